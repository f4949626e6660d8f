/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of views, and what several of them ask of a record. */
#include "view.h"

static const NfView *const views[] = {
    &nf_view_summary, &nf_view_messages, &nf_view_tree, &nf_view_flows,
    &nf_view_json,    &nf_view_jsonl,    &nf_view_csv,
};

const NfView *
nf_view_find (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (views); i++)
        if (strcmp (views[i]->name, name) == 0)
            return views[i];
    return NULL;
}

const NfView *const *
nf_views (guint *n)
{
    *n = G_N_ELEMENTS (views);
    return views;
}

const char *
nf_version_name (guint version)
{
    static const char *const names[] = {
        [1] = "NetFlow v1", [5] = "NetFlow v5", [9] = "NetFlow v9", [10] = "IPFIX"};

    return version < G_N_ELEMENTS (names) && names[version] ? names[version] : "unknown version";
}

gint
nf_show_pick (const NfShow *show, const NfEvent *event, const gint *candidates)
{
    for (const gint *c = candidates; *c >= 0; c++) {
        NfSpan span = nf_event_field (event, (guint)*c);
        NfReader content = nf_reader (nf_show_octets (show, span), span.length, span.offset);

        if (!nf_reader_rest_is_zero (&content))
            return *c;
    }
    return *candidates;
}

/* The uptime of the exporter when it sent the Message, modulo 2^32 milliseconds. IPFIX does not say
 * it in its header, but a record may carry the time of the exporter's start. */
static gboolean
read_uptime (NfShow *show, const NfEvent *event, NfTime export_time, guint32 *uptime_ms)
{
    const NfPlan *plan = nf_show_plan (show, event);
    NfValue boot;

    *uptime_ms = show->message->sys_uptime_ms;
    if (show->message->version <= 9)
        return TRUE;
    if (plan->boot < 0)
        return FALSE;
    nf_show_value (show, event, (guint)plan->boot, &boot);
    if (boot.kind != NF_VALUE_TIME || boot.time.s == 0)
        return FALSE;
    *uptime_ms = (guint32)((export_time.s - boot.time.s) * 1000 - boot.time.ns / 1000000);
    return TRUE;
}

/* Of elements 158 and 159: microseconds before the export time (RFC 5102's flowStart/EndDelta). */
static gboolean
is_export_delta (const NfElement *element)
{
    return element->space == NF_SPACE_IPFIX && element->pen == 0 &&
           (element->id == 158 || element->id == 159);
}

static NfTime
time_before_export (const NfMessage *message, guint64 us)
{
    guint64 at = (guint64)message->export_time_s * 1000000;

    at = us < at ? at - us : 0;
    return (NfTime){at / 1000000, (guint32)(at % 1000000) * 1000};
}

gboolean
nf_show_field_time (NfShow *show, const NfEvent *event, guint i, NfTime *time, guint *digits)
{
    const NfPlan *plan = nf_show_plan (show, event);
    const NfElement *element = event->binding->fields[i].element;
    NfTime now = nf_message_export_time (show->message, NULL);
    guint32 uptime_ms;
    NfValue value;

    nf_show_value (show, event, i, &value);
    if (value.kind == NF_VALUE_TIME) {
        *time = value.time;
        *digits = value.digits;
        return TRUE;
    }
    if (value.kind != NF_VALUE_UNSIGNED)
        return FALSE;
    *digits = 3;
    if (plan->fields[i].is_uptime) {
        if (!read_uptime (show, event, now, &uptime_ms))
            return FALSE;
        *time = nf_time_from_uptime (now, uptime_ms, (guint32)value.u);
        return TRUE;
    }
    *digits = 6;
    *time = time_before_export (show->message, value.u);
    return is_export_delta (element);
}

gboolean
nf_show_flow_time (NfShow *show, const NfEvent *event, gboolean end, NfTime *time, guint *digits)
{
    const NfPlan *plan = nf_show_plan (show, event);
    gint i = nf_show_pick (show, event, end ? plan->end : plan->start);

    return i >= 0 && nf_show_field_time (show, event, (guint)i, time, digits);
}
