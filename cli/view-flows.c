/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T flows: a line a flow, for people. Options data is left out. A flow without counters, as NAT
 * and firewall events are, has dashes there, and what happened at its end; one that was dropped
 * why; a record with a part of a packet what packet that is.
 */
#include "columns.h"
#include "say.h"
#include "show-value.h"

#include "common/printable.h"

typedef struct {
    guint source_width; /* grow when an IPv6 address needs it, and stay so */
    guint destination_width;
    guint64 flows; /* shown, and what was not: */
    guint64 options;
    guint64 templates;
    gboolean told_relative; /* that flows lack a start */
} Flows;

static void
flows_start (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
add_titles (NfShow *show, gpointer self)
{
    const Flows *flows = self;
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
    flows->source_width = flows->destination_width = strlen ("192.168.100.100:50000");
    add_titles (show, flows);
    return flows;
}

/* "1.234": seconds, cut off behind the milliseconds. */
static void
add_duration (NfText *t, const NfRecord *r)
{
    gint64 ns;
    guint64 ms;

    if (!nf_record_flow_duration (r, &ns)) {
        nf_text_add_char (t, '-');
        return;
    }
    if (ns < 0)
        nf_text_add_char (t, '-');
    ms = (guint64)ABS (ns) / 1000000;
    nf_text_add_uint (t, ms / 1000, 1);
    nf_text_add_char (t, '.');
    nf_text_add_uint (t, ms % 1000, 3);
}

/* "2023-11-14T22:13:20.000Z      1.234": milliseconds are enough to read. A blank stands between
 * them however long it lasted. */
static void
add_times (NfText *t, const NfRecord *r)
{
    NfTime start;
    guint digits;
    gsize column = nf_text_length (t);

    if (nf_record_flow_time (r, FALSE, &start, &digits))
        nf_time_text (t, start, MIN (digits, 3));
    else
        nf_text_add_char (t, '-');
    nf_column_left (t, column, strlen ("2023-11-14T22:13:20.000Z"));
    column = nf_text_length (t);
    nf_text_add_char (t, ' ');
    add_duration (t, r);
    nf_column_right (t, column, 11);
    nf_text_add (t, "  ");
}

static void
add_ends (NfShow *show, Flows *flows, const NfRecord *r)
{
    NfText *t = &show->out;
    gsize column = nf_text_length (t);
    gint protocol = nf_flow_protocol (r);
    const char *name = show->options->numeric ? NULL : nf_flow_protocol_name (r);

    if (name)
        nf_text_add (t, name);
    else if (protocol >= 0)
        nf_text_add_uint (t, (guint64)protocol, 1);
    else
        nf_text_add_char (t, '-');
    nf_column_left (t, column, strlen ("IPv6-ICMP"));
    nf_text_add (t, "  ");
    column = nf_text_length (t);
    nf_flow_end_text (t, r, FALSE);
    flows->source_width = MAX (flows->source_width, (guint)(nf_text_length (t) - column));
    nf_column_right (t, column, flows->source_width);
    nf_text_add (t, " -> ");
    column = nf_text_length (t);
    nf_flow_end_text (t, r, TRUE);
    flows->destination_width = MAX (flows->destination_width, (guint)(nf_text_length (t) - column));
    nf_column_left (t, column, flows->destination_width);
}

/* A number, or a dash. */
static void
add_number (NfText *t, const NfRecord *r, NfFlowPart part)
{
    guint64 n;

    if (nf_flow_number (r, part, &n))
        nf_text_add_uint (t, n, 1);
    else
        nf_text_add_char (t, '-');
}

/* The same in a column, at the right, with a blank before it however large it is. */
static void
add_column (NfText *t, const NfRecord *r, NfFlowPart part, guint width)
{
    gsize column = nf_text_length (t);

    nf_text_add_char (t, ' ');
    add_number (t, r, part);
    nf_column_right (t, column, width);
}

/* The eight flags of TCP as letters, dots for those not set. */
static void
add_flags (NfText *t, const NfRecord *r)
{
    static const char letters[] = "CEUAPRSF";
    guint64 flags = 0;

    nf_flow_number (r, NF_FLOW_FLAGS, &flags);
    for (guint i = 0; i < 8; i++)
        nf_text_add_char (t, flags >> (7 - i) & 1 ? letters[i] : '.');
}

/* An interface by its name or description, where one was announced; else by its number. */
static void
add_interface (NfShow *show, const NfRecord *r, NfFlowPart part)
{
    NfValue value;

    if (!show->options->numeric && nf_derived_interface (r, part == NF_FLOW_OUT_IF, &value))
        nf_show_safe (&show->out, (const char *)value.octets, value.length);
    else
        add_number (&show->out, r, part);
}

static void
add_interfaces (NfShow *show, const NfRecord *r)
{
    NfText *t = &show->out;

    if (nf_flow_field (r, NF_FLOW_IN_IF) < 0 && nf_flow_field (r, NF_FLOW_OUT_IF) < 0) {
        nf_text_add_char (t, '-');
        return;
    }
    add_interface (show, r, NF_FLOW_IN_IF);
    nf_text_add_char (t, '>');
    add_interface (show, r, NF_FLOW_OUT_IF);
}

/* "  <- 3 148": packets and octets that came back, where the record has both directions. */
static void
add_reverse (NfText *t, const NfRecord *r)
{
    if (nf_flow_field (r, NF_FLOW_REVERSE_PACKETS) < 0 &&
        nf_flow_field (r, NF_FLOW_REVERSE_OCTETS) < 0)
        return;
    nf_text_add (t, "  <- ");
    add_number (t, r, NF_FLOW_REVERSE_PACKETS);
    nf_text_add_char (t, ' ');
    add_number (t, r, NF_FLOW_REVERSE_OCTETS);
}

/* Why its packets went no further: they were dropped, or consumed. */
static void
add_status (NfShow *show, const NfRecord *r)
{
    const guint dropped = 2 << 6; /* the lowest such status */
    gint field = nf_flow_field (r, NF_FLOW_STATUS);
    guint64 n;

    if (!nf_flow_number (r, NF_FLOW_STATUS, &n) || n < dropped || n > G_MAXUINT8)
        return;
    nf_text_add (&show->out, "  ");
    if (show->options->numeric)
        nf_text_add_format (&show->out, "status %u", (guint)n);
    else
        nf_describe_octet_name (&show->out, r->event->binding->fields[field].element, (guint8)n);
}

/* When it did. */
static void
add_event_time (NfText *t, const NfRecord *r)
{
    gint field = nf_flow_field (r, NF_FLOW_EVENT_TIME);
    NfTime time;
    guint digits;

    if (field < 0 || !nf_record_time (r, (guint)field, &time, &digits))
        return;
    nf_text_add (t, " at ");
    nf_time_text (t, time, MIN (digits, 3));
}

/* What a firewall or a NAT did. */
static void
add_event (NfShow *show, const NfRecord *r)
{
    gint field = nf_flow_field (r, NF_FLOW_EVENT);
    const NfNames *names = field >= 0 ? r->event->binding->fields[field].element->names : NULL;
    const char *name = NULL;
    guint64 n;

    if (nf_flow_number (r, NF_FLOW_EVENT, &n)) {
        if (names && !show->options->numeric)
            name = nf_names_value (names, n);
        nf_text_add (&show->out, "  ");
        if (name)
            nf_text_add (&show->out, name);
        else
            nf_text_add_format (&show->out, "event %" G_GUINT64_FORMAT, n);
        add_event_time (&show->out, r);
    }
    nf_flow_nat_text (&show->out, r);
}

/* What packet it is, where the record has a part of one. */
static void
add_section (NfShow *show, const NfRecord *r)
{
    gint field = nf_show_plan (show, r->event)->section;

    if (field < 0)
        return;
    nf_text_add (&show->out, "  ");
    nf_show_field (show, r, (guint)field, NULL, nf_flow_protocol (r));
}

/* Times of IPFIX that count from the exporter's start need that, which options data or the record
 * may tell (element 160); NetFlow's headers do. */
static void
tell_relative (NfShow *show, Flows *flows, const NfRecord *r)
{
    NfTime start;
    guint digits;

    if (flows->told_relative || show->options->quiet || show->message->version != 10 ||
        nf_flow_field (r, NF_FLOW_START) < 0 || nf_record_flow_time (r, FALSE, &start, &digits))
        return;
    flows->told_relative = TRUE;
    nf_say (show->file,
            "flows without a start: their times count from the exporter's start, which it "
            "does not tell");
}

static void
count_other (Flows *flows, const NfEvent *event)
{
    flows->templates += event->type == NF_EVENT_TEMPLATE;
    flows->options += event->type == NF_EVENT_RECORD;
}

/* Where nothing but titles was shown: what there was instead. */
static void
tell_none (const NfShow *show, const Flows *flows)
{
    NfText t = NF_TEXT_INIT;

    if (show->options->quiet || flows->flows > 0 || flows->options + flows->templates == 0)
        return;
    nf_text_add (&t, "no flow, but ");
    if (flows->templates > 0)
        nf_text_add_count (&t, flows->templates, "Templates");
    if (flows->options > 0) {
        nf_text_add (&t, flows->templates > 0 ? " and " : "");
        nf_text_add_count (&t, flows->options, "options records");
        nf_text_add (&t, ": -T jsonl -Y 'kind == options'");
    }
    nf_say (NULL, "%s", nf_text_string (&t));
    nf_text_clear (&t);
}

static void
flows_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Flows *flows = self;
    NfText *t = &show->out;

    if (event->type != NF_EVENT_RECORD || event->binding->tmpl->options) {
        count_other (flows, event);
        return;
    }
    NfRecord record = nf_show_record (show, event);

    flows->flows++;
    tell_relative (show, flows, &record);

    add_times (t, &record);
    add_ends (show, flows, &record);
    add_column (t, &record, NF_FLOW_PACKETS, 10);
    add_column (t, &record, NF_FLOW_OCTETS, 13);
    nf_text_add (t, "  ");
    add_flags (t, &record);
    nf_text_add (t, "  ");
    add_interfaces (show, &record);
    add_reverse (t, &record);
    add_status (show, &record);
    add_event (show, &record);
    add_section (show, &record);
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
    tell_none (show, self);
    g_free (self);
}

const NfView nf_view_flows = {
    .name = "flows",
    .open = flows_open,
    .start = flows_start,
    .event = flows_event,
    .end = flows_end,
    .close = flows_close,
    .again = add_titles,
};
