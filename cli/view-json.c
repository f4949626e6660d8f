/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T json: a JSON object a Message, one a line, with the place of everything.
 *
 * {envelope,"sets":[{set,"templates":[...],"records":[...],"padding":N,"undecoded":{}}],
 *  "undecoded":{},"findings":[...]}
 *
 * Findings come where the walk meets them; they are kept aside until the Message ends.
 */
#include "json-envelope.h"
#include "json-record.h"

typedef enum { LIST_NONE, LIST_TEMPLATES, LIST_RECORDS } List;

typedef struct {
    NfText findings;
    GArray *undecoded;     /* NfSpan: the Message's octets outside its Sets */
    GArray *set_undecoded; /* and those of the open Set */
    guint32 padding;       /* of the open Set, octets */
    gboolean in_message;   /* the envelope is written */
    gboolean in_sets;      /* "sets":[ is open */
    gboolean in_set;       /* and a Set in it */
    List list;             /* the open list of the open Set */
    List due;              /* the list it has, even if nothing is in it */
} Json;

static gpointer
json_open (NfShow *show, GError **error)
{
    Json *json = g_new0 (Json, 1);

    (void)show;
    (void)error;
    json->undecoded = g_array_new (FALSE, FALSE, sizeof (NfSpan));
    json->set_undecoded = g_array_new (FALSE, FALSE, sizeof (NfSpan));
    return json;
}

static void
json_start (NfShow *show, gpointer self)
{
    Json *json = self;

    (void)show;
    nf_text_truncate (&json->findings, 0);
    g_array_set_size (json->undecoded, 0);
    json->in_message = json->in_sets = json->in_set = FALSE;
}

/* Remembers octets that could not be decoded; joined with those just before them. */
static void
keep_undecoded (GArray *spans, NfSpan span)
{
    NfSpan *last = spans->len ? &g_array_index (spans, NfSpan, spans->len - 1) : NULL;

    if (last && last->offset + last->length == span.offset)
        last->length += span.length;
    else
        g_array_append_val (spans, span);
}

/* One place is an object; several, which only a Set with several bad Templates has, are an array.
 */
static void
add_undecoded (NfText *t, const GArray *spans)
{
    if (spans->len == 0)
        return;
    nf_text_add (t, spans->len > 1 ? ",\"undecoded\":[" : ",\"undecoded\":");
    for (guint i = 0; i < spans->len; i++) {
        if (i > 0)
            nf_text_add_char (t, ',');
        nf_json_begin_at (t, g_array_index (spans, NfSpan, i));
        nf_text_add_char (t, '}');
    }
    if (spans->len > 1)
        nf_text_add_char (t, ']');
}

static void
add_header (NfText *t, const NfMessage *m, const NfDatagram *g)
{
    nf_json_add_uint (t, "length", m->length);
    if (m->length > g->length)
        nf_json_add_uint (t, "captured", g->length);
    if (m->version > 9)
        return;
    nf_json_add_uint (t, "count", m->count);
    nf_json_add_uint (t, "sys_uptime", m->sys_uptime_ms);
    if (nf_version_has (m->version, NF_HEADER_ENGINE)) {
        nf_json_add_uint (t, "engine_type", m->engine_type);
        nf_json_add_uint (t, "engine_id", m->engine_id);
    }
    if (nf_version_has (m->version, NF_HEADER_AGGREGATION))
        nf_json_add_uint (t, "aggregation_version", m->aggregation_version);
    if (nf_version_has (m->version, NF_HEADER_SAMPLING))
        nf_json_add_uint (t, "sampling", m->sampling);
    if (nf_version_has (m->version, NF_HEADER_RESERVED))
        nf_json_add_uint (t, "reserved", m->reserved);
}

/* A datagram's object begins with its first event, when it is known whether there is a header. */
static void
begin_message (NfShow *show, Json *json)
{
    if (json->in_message)
        return;
    json->in_message = TRUE;
    nf_json_envelope (&show->out, show);
    if (show->is_end)
        return;
    if (!show->message) {
        nf_json_add_uint (&show->out, "length", show->datagram->wire_length);
        return;
    }
    add_header (&show->out, show->message, show->datagram);
    nf_text_add (&show->out, ",\"sets\":[");
    json->in_sets = TRUE;
}

static void
end_list (NfShow *show, Json *json)
{
    if (json->list != LIST_NONE)
        nf_text_add_char (&show->out, ']');
    json->list = LIST_NONE;
}

/* Opens a list of the Set, or goes on with it. */
static void
next_in_list (NfShow *show, Json *json, List list)
{
    if (json->list == list) {
        nf_text_add_char (&show->out, ',');
        return;
    }
    end_list (show, json);
    nf_text_add (&show->out, list == LIST_TEMPLATES ? ",\"templates\":[" : ",\"records\":[");
    json->list = list;
    json->due = LIST_NONE;
}

static void
end_set (NfShow *show, Json *json)
{
    if (!json->in_set)
        return;
    if (json->due != LIST_NONE)
        next_in_list (show, json, json->due);
    end_list (show, json);
    if (json->padding > 0)
        nf_json_add_uint (&show->out, "padding", json->padding);
    add_undecoded (&show->out, json->set_undecoded);
    nf_text_add_char (&show->out, '}');
    json->in_set = FALSE;
}

static void
begin_set (NfShow *show, Json *json, const NfEvent *event)
{
    static const char *const kinds[] = {[NF_SET_TEMPLATE] = "template",
                                        [NF_SET_OPTIONS_TEMPLATE] = "options_template",
                                        [NF_SET_DATA] = "data",
                                        [NF_SET_RESERVED] = "reserved"};
    const NfSet *set = event->set;
    gboolean another = json->in_set;
    NfText *t = &show->out;

    end_set (show, json);
    nf_text_add (t, another ? ",{" : "{");
    if (nf_message_has_templates (show->message))
        nf_text_add_format (t, "\"id\":%u,", set->id);
    nf_text_add_format (t, "\"kind\":\"%s\",\"offset\":%u,\"length\":%" G_GSIZE_FORMAT,
                        kinds[set->kind], set->span.offset, set->length);
    if (set->length > set->span.length)
        nf_json_add_uint (t, "captured", set->span.length);
    if (set->kind == NF_SET_DATA && event->use->binding)
        nf_json_template (t, event->use->binding);
    else if (set->kind == NF_SET_DATA)
        nf_text_add (t, ",\"template\":null");
    json->due = set->kind == NF_SET_RESERVED ? LIST_NONE
                : set->kind != NF_SET_DATA   ? LIST_TEMPLATES
                : event->use->binding        ? LIST_RECORDS
                                             : LIST_NONE;
    g_array_set_size (json->set_undecoded, 0);
    json->padding = 0;
    json->in_set = TRUE;
}

static void
add_template (NfShow *show, Json *json, const NfEvent *event)
{
    const NfPlan *plan = nf_show_plan (show, event);
    const NfTemplate *tmpl = event->binding->tmpl;
    NfText *t = &show->out;

    next_in_list (show, json, LIST_TEMPLATES);
    nf_text_add_format (t, "{\"id\":%u", tmpl->id);
    nf_json_add_span (t, event->span);
    nf_json_add_uint (t, "scope_count", tmpl->scope_count);
    nf_text_add (t, ",\"fields\":[");
    for (guint i = 0; i < tmpl->n_fields; i++) {
        if (i > 0)
            nf_text_add_char (t, ',');
        nf_json_begin_field (t, &tmpl->fields[i], plan->fields[i].name);
        nf_json_add_length (t, &tmpl->fields[i]);
        nf_text_add (t, plan->fields[i].is_scope ? ",\"scope\":true}" : "}");
    }
    nf_text_add (t, "]}");
}

static void
add_withdrawal (NfShow *show, Json *json, const NfEvent *event)
{
    next_in_list (show, json, LIST_TEMPLATES);
    nf_text_add_format (&show->out, "{\"id\":%u", event->template_id);
    nf_json_add_span (&show->out, event->span);
    nf_text_add (&show->out, ",\"withdrawn\":true}");
}

static void
add_record (NfShow *show, Json *json, const NfEvent *event)
{
    next_in_list (show, json, LIST_RECORDS);
    nf_json_record (show, event);
}

static void
keep_finding (NfShow *show, Json *json, const NfFinding *finding)
{
    NfText *t = &json->findings, *text = &show->scratch;

    nf_text_add (t, nf_text_length (t) ? ",{\"code\":\"" : "{\"code\":\"");
    nf_text_add (t, nf_finding_code (finding->id));
    nf_text_add (t, "\",\"severity\":\"");
    nf_text_add (t, nf_severity_name (show->options->severities.of[finding->id]));
    nf_text_add_char (t, '"');
    nf_json_add_span (t, finding->span);
    nf_text_truncate (text, 0);
    nf_describe_finding (text, show->registry, finding, show->message ? show->message->version : 0);
    nf_json_add_string (t, "text", nf_text_string (text));
    nf_text_add_char (t, '}');
}

static void
json_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Json *json = self;

    begin_message (show, json);
    switch (event->type) {
    case NF_EVENT_SET:
        begin_set (show, json, event);
        return;
    case NF_EVENT_TEMPLATE:
        add_template (show, json, event);
        return;
    case NF_EVENT_WITHDRAWAL:
        add_withdrawal (show, json, event);
        return;
    case NF_EVENT_RECORD:
        add_record (show, json, event);
        return;
    case NF_EVENT_PADDING:
        json->padding = event->span.length;
        return;
    case NF_EVENT_UNDECODED:
        keep_undecoded (event->in_set ? json->set_undecoded : json->undecoded, event->span);
        return;
    case NF_EVENT_FINDING:
        keep_finding (show, json, &event->finding);
        return;
    default:
        return;
    }
}

static void
json_end (NfShow *show, gpointer self)
{
    Json *json = self;
    NfText *t = &show->out;

    begin_message (show, json);
    end_set (show, json);
    if (json->in_sets)
        nf_text_add_char (t, ']');
    add_undecoded (t, json->undecoded);
    nf_text_add (t, ",\"findings\":[");
    nf_text_add_octets (t, json->findings.start, nf_text_length (&json->findings));
    nf_text_add (t, "]}\n");
}

static void
json_close (NfShow *show, gpointer self)
{
    Json *json = self;

    (void)show;
    nf_text_clear (&json->findings);
    g_array_unref (json->undecoded);
    g_array_unref (json->set_undecoded);
    g_free (json);
}

const NfView nf_view_json = {
    .name = "json",
    .shows_findings = TRUE,
    .open = json_open,
    .start = json_start,
    .event = json_event,
    .end = json_end,
    .close = json_close,
};
