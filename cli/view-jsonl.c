/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T jsonl: a JSON object a Data Record, flat but for lists, for jq, databases and pipelines. */
#include "json-envelope.h"
#include "json-flat.h"

typedef struct {
    NfText envelope;          /* of the Message being shown: the same for all its records */
    gboolean fresh;           /* whether it is */
    const NfBinding *binding; /* of the Set being shown, and what may be told of its records */
    NfDerived derived[NF_N_DERIVED];
    guint n_derived;
    gboolean may_be_sampled; /* likewise of their sampling rate */
} Jsonl;

/* What is said of each record of a binding: ,"template":256,"kind":"flow" */
static gpointer
extend_plan (NfPlan *plan, gpointer data)
{
    NfText *t = g_new0 (NfText, 1);

    (void)data;
    nf_json_template (t, plan->binding);
    nf_json_add_string (t, "kind", plan->binding->tmpl->options ? "options" : "flow");
    return t;
}

static void
free_text (gpointer t)
{
    nf_text_clear (t);
    g_free (t);
}

static gpointer
jsonl_open (NfShow *show, GError **error)
{
    (void)error;
    nf_plans_extend (show->plans, extend_plan, NULL, free_text);
    return g_new0 (Jsonl, 1);
}

static void
jsonl_start (NfShow *show, gpointer self)
{
    (void)show;
    ((Jsonl *)self)->fresh = FALSE;
}

/* `key` is of `length` octets. */
static inline void
add_flow_time (NfText *t, const NfRecord *r, const char *key, gsize length, gboolean end)
{
    NfTime time;
    guint digits;
    char *at;

    if (!nf_record_flow_time (r, end, &time, &digits))
        return;
    at = nf_text_room (t, length + NF_ROOM_FOR_TIME + 1);
    memcpy (at, key, length);
    at = nf_put_time (at + length, time, digits);
    *at++ = '"';
    t->at = at;
}

#define START ",\"start\":\""
#define END   ",\"end\":\""

/* Finds out what may be told of the records of a Set. */
static void
find_derived (Jsonl *jsonl, const NfRecord *r)
{
    jsonl->binding = r->event->binding;
    jsonl->n_derived = 0;
    jsonl->may_be_sampled = nf_derived_is_possible (r, NF_DERIVED_SAMPLING_RATE);
    for (guint i = 0; i < NF_N_DERIVED; i++)
        if (i != NF_DERIVED_SAMPLING_RATE && i != NF_DERIVED_SAMPLING_SOURCE &&
            nf_derived_is_possible (r, (NfDerived)i))
            jsonl->derived[jsonl->n_derived++] = (NfDerived)i;
}

static void
add_key (NfText *t, NfDerived which, const NfValue *value)
{
    nf_text_add (t, ",\"");
    nf_text_add (t, nf_derived_name (which));
    nf_text_add (t, "\":");
    nf_json_value (t, value, FALSE);
}

/* The rate and its source, which are found together. */
static void
add_sampling (NfText *t, const NfRecord *r)
{
    static const NfDerived keys[] = {NF_DERIVED_SAMPLING_RATE, NF_DERIVED_SAMPLING_SOURCE};
    NfSamplingSource source;
    gdouble rate = nf_record_sampling (r, &source);
    NfValue value;

    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (nf_derived_of_sampling (keys[i], rate, source, &value))
            add_key (t, keys[i], &value);
}

/* What the exporter announced of what the record names. */
static void
add_derived (NfText *t, const Jsonl *jsonl, const NfRecord *r)
{
    NfValue value;

    for (guint i = 0; i < jsonl->n_derived; i++)
        if (nf_derived_value (r, jsonl->derived[i], &value))
            add_key (t, jsonl->derived[i], &value);
    if (jsonl->may_be_sampled)
        add_sampling (t, r);
}

static void
add_line (NfShow *show, Jsonl *jsonl, const NfText *of_binding, const NfRecord *r)
{
    NfText *t = &show->out;

    nf_text_add_octets (t, jsonl->envelope.start, nf_text_length (&jsonl->envelope));
    nf_text_add_octets (t, of_binding->start, nf_text_length (of_binding));
    add_flow_time (t, r, START, sizeof START - 1, FALSE);
    add_flow_time (t, r, END, sizeof END - 1, TRUE);
    add_derived (t, jsonl, r);
    nf_json_flat_fields (t, show, r);
    nf_json_flat_joined (t, show, r);
    nf_text_add (t, "}\n");
}

static void
jsonl_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Jsonl *jsonl = self;
    NfEvent each = *event;

    if (event->type != NF_EVENT_RECORD)
        return;
    if (!jsonl->fresh) {
        nf_text_truncate (&jsonl->envelope, 0);
        nf_json_envelope (&jsonl->envelope, show);
        jsonl->fresh = TRUE;
        jsonl->binding = NULL;
    }

    const NfText *of_binding = nf_show_plan (show, event)->extra;
    NfRecord record = nf_show_raw_record (show, &each);

    if (jsonl->binding != event->binding)
        find_derived (jsonl, &record);
    for (guint i = 0; i < event->count; i++) {
        each = nf_event_record (event, i);
        nf_show_begin_record (show, &record);
        add_line (show, jsonl, of_binding, &record);
    }
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
    nf_plans_extend (show->plans, NULL, NULL, NULL);
    nf_text_clear (&((Jsonl *)self)->envelope);
    g_free (self);
}

const NfView nf_view_jsonl = {
    .name = "jsonl",
    .joins = TRUE,
    .open = jsonl_open,
    .start = jsonl_start,
    .event = jsonl_event,
    .end = jsonl_end,
    .close = jsonl_close,
};
