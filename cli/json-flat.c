/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields by name. */
#include "json-flat.h"

/* Lists in common properties stay octets: what was remembered of those lies in no Data Set, with
 * which lists are read. */
static void
add_value (NfText *t, NfShow *show, const NfRecord *r, guint i, const NfValue *value)
{
    if (value->kind == NF_VALUE_OCTETS && !r->announcement &&
        nf_type_is_list (r->event->binding->fields[i].type))
        nf_json_flat_list (t, show, r, i);
    else
        nf_json_value (t, value, show->options->big_as_string);
}

/* All values of an element that stands in the Template more than once. */
static void
add_array (NfText *t, NfShow *show, const NfRecord *r, const NfPlan *plan, guint first)
{
    char separator = '[';
    NfValue value;

    for (gint i = (gint)first; i >= 0; i = plan->fields[i].next_same) {
        nf_record_value (r, (guint)i, &value);
        if (value.kind == NF_VALUE_NONE)
            continue;
        if (separator == '[')
            nf_text_add_octets (t, plan->fields[first].key, plan->fields[first].key_length);
        nf_text_add_char (t, separator);
        add_value (t, show, r, (guint)i, &value);
        separator = ',';
    }
    if (separator == ',')
        nf_text_add_char (t, ']');
}

static void
add_field (NfText *t, NfShow *show, const NfRecord *r, const NfPlan *plan, guint i)
{
    const NfPlanField *field = &plan->fields[i];
    NfValue value;

    if (field->repeats || field->is_padding)
        return;
    if (field->next_same >= 0) {
        add_array (t, show, r, plan, i);
        return;
    }
    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_NONE)
        return;
    nf_text_add_octets (t, field->key, field->key_length);
    add_value (t, show, r, i, &value);
}

static gboolean
has_element (const NfBinding *binding, const NfField *field)
{
    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        if (binding->tmpl->fields[i].pen == field->pen && binding->tmpl->fields[i].id == field->id)
            return TRUE;
    return FALSE;
}

/* A field that the plan has found to be simple. */
static inline void
add_simple (NfText *t, const NfRecord *r, const NfPlanField *field, guint i)
{
    NfSpan span = nf_event_field (r->event, i);
    const guint8 *octets = nf_span_octets (r->octets, span);
    char *at = nf_text_room (t, field->key_length + NF_PLAN_STEP + NF_ROOM_FOR_SIMPLE + 2);

    at = nf_plan_put (at, field->key, field->key_length);
    if (field->simple != NF_SIMPLE_UINT)
        *at++ = '"';
    at = nf_put_simple (at, field->simple, octets, span.length);
    if (field->simple != NF_SIMPLE_UINT)
        *at++ = '"';
    t->at = at;
}

/* A field of text that the plan has found to be the only one of its name. */
static void
add_text (NfText *t, const NfRecord *r, const NfPlanField *field, guint i)
{
    NfSpan span = nf_event_field (r->event, i);
    const guint8 *octets = nf_span_octets (r->octets, span);

    t->at = nf_plan_put (nf_text_room (t, field->key_length + NF_PLAN_STEP), field->key,
                         field->key_length);
    nf_json_string (t, octets, nf_value_text_length (octets, span.length));
}

void
nf_json_flat_fields (NfText *t, NfShow *show, const NfRecord *r)
{
    const NfPlan *plan = nf_show_plan (show, r->event);
    gboolean as_it_is = r->scale <= 1 && !show->options->big_as_string;
    guint n = r->event->binding->tmpl->n_fields;

    for (guint i = 0; i < n; i++) {
        const NfPlanField *field = &plan->fields[i];

        if (field->simple && as_it_is)
            add_simple (t, r, field, i);
        else if (field->is_text)
            add_text (t, r, field, i);
        else
            add_field (t, show, r, plan, i);
    }
}

/* How many records of common properties a flow is shown with: exporters have a few of them. */
#define MAX_JOINED 4

/* Each key once: what the record has itself, or an earlier one of its common properties, is left
 * out. */
void
nf_json_flat_joined (NfText *t, NfShow *show, const NfRecord *r)
{
    const NfBinding *given[1 + MAX_JOINED] = {r->event->binding};
    guint n_given = 1, next = 0;
    NfRecord joined;
    NfEvent event;

    while (n_given <= MAX_JOINED && nf_record_joined (r, &next, &joined, &event)) {
        const NfTemplate *tmpl = event.binding->tmpl;
        const NfPlan *plan = nf_show_plan (show, &event);

        for (guint i = tmpl->scope_count; i < tmpl->n_fields; i++) {
            guint g = 0;

            while (g < n_given && !has_element (given[g], &tmpl->fields[i]))
                g++;
            if (g == n_given)
                add_field (t, show, &joined, plan, i);
        }
        given[n_given++] = event.binding;
    }
}

/* A record in a list, at the sampling rate of the Data Record. Its keys have commas before them:
 * the first one becomes a brace. */
static void
add_record (NfText *t, NfShow *show, const NfList *list, gdouble scale)
{
    NfRecord record = nf_show_raw_record (show, &list->record);
    gsize start = nf_text_length (t);

    record.scale = scale;
    nf_json_flat_fields (t, show, &record);
    if (nf_text_length (t) == start)
        nf_text_add_char (t, '{');
    t->start[start] = '{';
    nf_text_add_char (t, '}');
}

/* A value of a basicList. */
static void
add_list_value (NfText *t, NfShow *show, const NfList *list, gdouble scale)
{
    NfRecord record = nf_show_list_value (show, list);
    const char *name;
    NfValue value;

    record.scale = scale;
    nf_text_add_char (t, '{');
    nf_record_value (&record, 0, &value);
    if (value.kind != NF_VALUE_NONE) {
        name = nf_show_list_element (show, list);
        nf_json_string (t, (const guint8 *)name, strlen (name));
        nf_text_add_char (t, ':');
        add_value (t, show, &record, 0, &value);
    }
    nf_text_add_char (t, '}');
}

void
nf_json_flat_list (NfText *t, NfShow *show, const NfRecord *r, guint i)
{
    char separator = '[';
    NfListStep step;
    NfList list;

    nf_list_begin (&list, r->lists, r->event, i);
    while ((step = nf_list_next (&list)) != NF_LIST_END) {
        if (step != NF_LIST_RECORD)
            continue;
        nf_text_add_char (t, separator);
        separator = ',';
        if (list.kind == NF_LIST_BASIC)
            add_list_value (t, show, &list, r->scale);
        else
            add_record (t, show, &list, r->scale);
    }
    nf_text_add (t, separator == '[' ? "[]" : "]");
}
