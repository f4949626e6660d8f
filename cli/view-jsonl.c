/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T jsonl: a JSON object a Data Record, flat, for jq, databases and pipelines. */
#include "json-envelope.h"

typedef struct {
    NfText envelope; /* of the Message being shown: the same for all its records */
    gboolean fresh;  /* whether it is */
} Jsonl;

static gpointer
jsonl_open (NfShow *show, GError **error)
{
    (void)show;
    (void)error;
    return g_new0 (Jsonl, 1);
}

static void
jsonl_start (NfShow *show, gpointer self)
{
    (void)show;
    ((Jsonl *)self)->fresh = FALSE;
}

static void
add_flow_time (NfText *t, const NfRecord *r, const char *key, gboolean end)
{
    NfTime time;
    guint digits;

    if (!nf_record_flow_time (r, end, &time, &digits))
        return;
    nf_text_add (t, key);
    nf_time_text (t, time, digits);
    nf_text_add_char (t, '"');
}

/* All values of an element that stands in the Template more than once. */
static void
add_array (NfShow *show, const NfRecord *r, const NfPlan *plan, guint first)
{
    NfText *t = &show->out;
    char separator = '[';

    for (gint i = (gint)first; i >= 0; i = plan->fields[i].next_same) {
        NfValue value;

        nf_record_value (r, (guint)i, &value);
        if (value.kind == NF_VALUE_NONE)
            continue;
        if (separator == '[')
            nf_text_add_octets (t, plan->fields[first].key, plan->fields[first].key_length);
        nf_text_add_char (t, separator);
        nf_json_value (t, &value, show->options->big_as_string);
        separator = ',';
    }
    if (separator == ',')
        nf_text_add_char (t, ']');
}

static void
add_field (NfShow *show, const NfRecord *r, const NfPlan *plan, guint i)
{
    const NfPlanField *field = &plan->fields[i];
    NfValue value;

    if (field->repeats || field->is_padding)
        return;
    if (field->next_same >= 0) {
        add_array (show, r, plan, i);
        return;
    }
    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_NONE)
        return;
    nf_text_add_octets (&show->out, field->key, field->key_length);
    nf_json_value (&show->out, &value, show->options->big_as_string);
}

/* What the exporter announced of what the record names. */
static void
add_derived (NfShow *show, const NfRecord *r, const NfPlan *plan)
{
    NfText *t = &show->out;
    NfValue value;

    for (guint i = 0; i < plan->n_derived; i++) {
        NfDerived which = (NfDerived)plan->derived[i];

        if (!nf_derived_value (r, which, &value))
            continue;
        nf_text_add (t, ",\"");
        nf_text_add (t, nf_derived_name (which));
        nf_text_add (t, "\":");
        nf_json_value (t, &value, FALSE);
    }
}

static gboolean
has_element (const NfBinding *binding, const NfField *field)
{
    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        if (binding->tmpl->fields[i].pen == field->pen && binding->tmpl->fields[i].id == field->id)
            return TRUE;
    return FALSE;
}

/* The properties that the record has in common with others, but for what it says itself. */
static void
add_joined (NfShow *show, const NfRecord *r)
{
    const NfBinding *own = r->event->binding;
    NfRecord joined;
    NfEvent event;

    for (guint n = 0; nf_record_joined (r, n, &joined, &event); n++) {
        const NfPlan *plan = nf_show_plan (show, &event);

        for (guint i = event.binding->tmpl->scope_count; i < event.binding->tmpl->n_fields; i++)
            if (!has_element (own, &event.binding->tmpl->fields[i]))
                add_field (show, &joined, plan, i);
    }
}

static void
jsonl_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Jsonl *jsonl = self;
    NfText *t = &show->out;

    if (event->type != NF_EVENT_RECORD)
        return;
    if (!jsonl->fresh) {
        nf_text_truncate (&jsonl->envelope, 0);
        nf_json_envelope (&jsonl->envelope, show);
        jsonl->fresh = TRUE;
    }
    const NfPlan *plan = nf_show_plan (show, event);
    NfRecord record = nf_show_record (show, event);

    nf_text_add_octets (t, jsonl->envelope.start, nf_text_length (&jsonl->envelope));
    nf_json_template (t, event->binding);
    nf_text_add (t, event->binding->tmpl->options ? ",\"kind\":\"options\"" : ",\"kind\":\"flow\"");
    add_flow_time (t, &record, ",\"start\":\"", FALSE);
    add_flow_time (t, &record, ",\"end\":\"", TRUE);
    add_derived (show, &record, plan);
    for (guint i = 0; i < event->binding->tmpl->n_fields; i++)
        add_field (show, &record, plan, i);
    add_joined (show, &record);
    nf_text_add (t, "}\n");
}

static void
jsonl_end (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
jsonl_close (NfShow *show, gpointer self)
{
    (void)show;
    nf_text_clear (&((Jsonl *)self)->envelope);
    g_free (self);
}

const NfView nf_view_jsonl = {
    .name = "jsonl",
    .help = "a JSON object a Data Record, one a line",
    .open = jsonl_open,
    .start = jsonl_start,
    .event = jsonl_event,
    .end = jsonl_end,
    .close = jsonl_close,
};
