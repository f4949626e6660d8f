/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T jsonl: a JSON object a Data Record, flat, for jq, databases and pipelines. */
#include "json-envelope.h"

typedef struct {
    NfText envelope;          /* of the Message being shown: the same for all its records */
    gboolean fresh;           /* whether it is */
    const NfBinding *binding; /* of the Set being shown, and what may be told of its records */
    NfDerived derived[NF_N_DERIVED];
    guint n_derived;
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

/* Finds out what may be told of the records of a Set. */
static void
find_derived (Jsonl *jsonl, const NfRecord *r)
{
    jsonl->binding = r->event->binding;
    jsonl->n_derived = 0;
    for (guint i = 0; i < NF_N_DERIVED; i++)
        if (nf_derived_is_possible (r, (NfDerived)i))
            jsonl->derived[jsonl->n_derived++] = (NfDerived)i;
}

/* What the exporter announced of what the record names. */
static void
add_derived (NfText *t, const Jsonl *jsonl, const NfRecord *r)
{
    NfValue value;

    for (guint i = 0; i < jsonl->n_derived; i++) {
        if (!nf_derived_value (r, jsonl->derived[i], &value))
            continue;
        nf_text_add (t, ",\"");
        nf_text_add (t, nf_derived_name (jsonl->derived[i]));
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

/* The fields of a record from `first` on, but for those of elements that `but` has, which may be
 * NULL. */
static void
add_fields (NfShow *show, const NfRecord *r, const NfPlan *plan, guint first, const NfBinding *but)
{
    const NfTemplate *tmpl = r->event->binding->tmpl;

    for (guint i = first; i < tmpl->n_fields; i++)
        if (!but || !has_element (but, &tmpl->fields[i]))
            add_field (show, r, plan, i);
}

/* The properties that the record has in common with others, but for what it says itself. */
static void
add_joined (NfShow *show, const NfRecord *r)
{
    NfRecord joined;
    NfEvent event;

    for (guint n = 0; nf_record_joined (r, n, &joined, &event); n++)
        add_fields (show, &joined, nf_show_plan (show, &event), event.binding->tmpl->scope_count,
                    r->event->binding);
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
        jsonl->binding = NULL;
    }
    const NfPlan *plan = nf_show_plan (show, event);
    NfRecord record = nf_show_record (show, event);

    nf_text_add_octets (t, jsonl->envelope.start, nf_text_length (&jsonl->envelope));
    nf_json_template (t, event->binding);
    nf_text_add (t, event->binding->tmpl->options ? ",\"kind\":\"options\"" : ",\"kind\":\"flow\"");
    add_flow_time (t, &record, ",\"start\":\"", FALSE);
    add_flow_time (t, &record, ",\"end\":\"", TRUE);
    if (jsonl->binding != event->binding)
        find_derived (jsonl, &record);
    add_derived (t, jsonl, &record);
    add_fields (show, &record, plan, 0, NULL);
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
