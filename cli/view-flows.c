/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T flows: a line a flow, for people. Options data is left out. A flow without counters, as NAT
 * and firewall events are, has dashes there, and what happened at its end.
 */
#include "columns.h"
#include "show-flow.h"

typedef struct {
    guint source_width; /* grow when an IPv6 address needs it, and stay so */
    guint destination_width;
} Flows;

static void
flows_start (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
add_titles (NfShow *show, const Flows *flows)
{
    NfText *t = &show->out;
    gsize start;

    nf_color_bold (show);
    nf_text_add (t, "start                      duration  proto      ");
    start = nf_text_length (t);
    nf_text_add (t, "source");
    nf_column_right (t, start, flows->source_width);
    nf_text_add (t, " -> ");
    start = nf_text_length (t);
    nf_text_add (t, "destination");
    nf_column_left (t, start, flows->destination_width);
    nf_text_add (t, "   packets       octets  flags     in>out");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
}

static gpointer
flows_open (NfShow *show, GError **error)
{
    Flows *flows = g_new0 (Flows, 1);

    (void)error;
    nf_flow_extend_plans (show);
    flows->source_width = flows->destination_width = strlen ("192.168.100.100:50000");
    add_titles (show, flows);
    return flows;
}

/* Seconds and milliseconds from one time to another; FALSE where that is beyond sense. */
static gboolean
add_duration (NfText *t, NfTime start, NfTime end)
{
    const gint64 most_s = G_GINT64_CONSTANT (1) << 40;
    gint64 s = (gint64)(end.s - start.s);
    gint64 ms;

    if (s > most_s || s < -most_s)
        return FALSE;
    ms = s * 1000 + (gint64)(end.ns / 1000000) - (gint64)(start.ns / 1000000);
    if (ms < 0)
        nf_text_add_char (t, '-');
    ms = ABS (ms);
    nf_text_add_uint (t, (guint64)ms / 1000, 1);
    nf_text_add_char (t, '.');
    nf_text_add_uint (t, (guint64)ms % 1000, 3);
    return TRUE;
}

/* The field that tells the flow's start or end, where it counts from the exporter's start. */
static gint
uptime_field (NfShow *show, const NfEvent *event, gboolean end)
{
    const NfPlan *plan = nf_show_plan (show, event);
    gint field = nf_show_pick (show, event, end ? plan->end : plan->start);

    return field >= 0 && plan->fields[field].is_uptime ? field : -1;
}

/* How long a flow lasted by two uptimes: that needs no clock. They count modulo 2^32. */
static gboolean
add_uptime_duration (NfShow *show, const NfEvent *event)
{
    gint from = uptime_field (show, event, FALSE), to = uptime_field (show, event, TRUE);
    NfValue start, end;

    if (from < 0 || to < 0)
        return FALSE;
    nf_show_value (show, event, (guint)from, &start);
    nf_show_value (show, event, (guint)to, &end);
    if (start.kind != NF_VALUE_UNSIGNED || end.kind != NF_VALUE_UNSIGNED)
        return FALSE;
    return add_duration (&show->out, nf_time_from_ms (0),
                         nf_time_from_ms ((guint32)(end.u - start.u)));
}

/* "2023-11-14T22:13:20.000Z      1.234": milliseconds are enough to read. */
static void
add_times (NfShow *show, const NfEvent *event)
{
    NfText *t = &show->out;
    NfTime start, end;
    guint digits, end_digits;
    gboolean has_start = nf_show_flow_time (show, event, FALSE, &start, &digits);
    gboolean has_end = nf_show_flow_time (show, event, TRUE, &end, &end_digits);
    gsize column = nf_text_length (t);

    if (has_start)
        nf_time_text (t, start, MIN (digits, 3));
    else
        nf_text_add_char (t, '-');
    nf_column_left (t, column, strlen ("2023-11-14T22:13:20.000Z"));
    column = nf_text_length (t);
    if (has_start && has_end ? !add_duration (t, start, end) : !add_uptime_duration (show, event))
        nf_text_add_char (t, '-');
    nf_column_right (t, column, 11);
    nf_text_add (t, "  ");
}

static void
add_ends (NfShow *show, Flows *flows, const NfEvent *event)
{
    NfText *t = &show->out;
    gsize column = nf_text_length (t);
    gint protocol = nf_flow_protocol (show, event);
    const char *name = nf_flow_protocol_name (show, event);

    if (name)
        nf_text_add (t, name);
    else if (protocol >= 0)
        nf_text_add_uint (t, (guint64)protocol, 1);
    else
        nf_text_add_char (t, '-');
    nf_column_left (t, column, strlen ("IPv6-ICMP"));
    nf_text_add (t, "  ");
    column = nf_text_length (t);
    nf_flow_end_text (show, event, FALSE);
    flows->source_width = MAX (flows->source_width, (guint)(nf_text_length (t) - column));
    nf_column_right (t, column, flows->source_width);
    nf_text_add (t, " -> ");
    column = nf_text_length (t);
    nf_flow_end_text (show, event, TRUE);
    flows->destination_width = MAX (flows->destination_width, (guint)(nf_text_length (t) - column));
    nf_column_left (t, column, flows->destination_width);
}

/* A number, or a dash. */
static void
add_number (NfShow *show, const NfEvent *event, NfFlowPart part, guint width)
{
    NfText *t = &show->out;
    gsize column = nf_text_length (t);
    NfValue value;

    if (nf_flow_value (show, event, part, &value) && value.kind == NF_VALUE_UNSIGNED)
        nf_value_text (t, &value);
    else
        nf_text_add_char (t, '-');
    nf_column_right (t, column, width);
}

/* The eight flags of TCP as letters, dots for those not set. */
static void
add_flags (NfShow *show, const NfEvent *event)
{
    static const char letters[] = "CEUAPRSF";
    NfValue value;
    gboolean known = nf_flow_value (show, event, NF_FLOW_FLAGS, &value) &&
                     value.kind == NF_VALUE_UNSIGNED && value.u != 0;

    for (guint i = 0; i < 8; i++)
        nf_text_add_char (&show->out, known && value.u >> (7 - i) & 1 ? letters[i] : '.');
}

static void
add_interfaces (NfShow *show, const NfEvent *event)
{
    if (nf_flow_field (show, event, NF_FLOW_IN_IF) < 0 &&
        nf_flow_field (show, event, NF_FLOW_OUT_IF) < 0) {
        nf_text_add_char (&show->out, '-');
        return;
    }
    add_number (show, event, NF_FLOW_IN_IF, 0);
    nf_text_add_char (&show->out, '>');
    add_number (show, event, NF_FLOW_OUT_IF, 0);
}

/* "  <- 3 148": packets and octets that came back, where the record has both directions. */
static void
add_reverse (NfShow *show, const NfEvent *event)
{
    if (nf_flow_field (show, event, NF_FLOW_REVERSE_PACKETS) < 0 &&
        nf_flow_field (show, event, NF_FLOW_REVERSE_OCTETS) < 0)
        return;
    nf_text_add (&show->out, "  <- ");
    add_number (show, event, NF_FLOW_REVERSE_PACKETS, 0);
    nf_text_add_char (&show->out, ' ');
    add_number (show, event, NF_FLOW_REVERSE_OCTETS, 0);
}

/* What a firewall or a NAT did. */
static void
add_event (NfShow *show, const NfEvent *event)
{
    gint field = nf_flow_field (show, event, NF_FLOW_EVENT);
    const NfNames *names = field >= 0 ? event->binding->fields[field].element->names : NULL;
    const char *name = NULL;
    NfValue value;

    if (nf_flow_value (show, event, NF_FLOW_EVENT, &value) && value.kind == NF_VALUE_UNSIGNED) {
        if (names && !show->options->numeric)
            name = nf_names_value (names, value.u);
        nf_text_add (&show->out, "  ");
        if (name)
            nf_text_add (&show->out, name);
        else
            nf_text_add_format (&show->out, "event %" G_GUINT64_FORMAT, value.u);
    }
    nf_flow_nat_text (show, event);
}

static void
flows_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Flows *flows = self;
    NfText *t = &show->out;

    if (event->type != NF_EVENT_RECORD || event->binding->tmpl->options)
        return;
    add_times (show, event);
    add_ends (show, flows, event);
    add_number (show, event, NF_FLOW_PACKETS, 10);
    add_number (show, event, NF_FLOW_OCTETS, 13);
    nf_text_add (t, "  ");
    add_flags (show, event);
    nf_text_add (t, "  ");
    add_interfaces (show, event);
    add_reverse (show, event);
    add_event (show, event);
    nf_text_add_char (t, '\n');
}

static void
flows_end (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
flows_close (NfShow *show, gpointer self)
{
    (void)show;
    g_free (self);
}

const NfView nf_view_flows = {
    .name = "flows",
    .help = "a line a flow",
    .open = flows_open,
    .start = flows_start,
    .event = flows_event,
    .end = flows_end,
    .close = flows_close,
};
