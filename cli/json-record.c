/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records as -T json has them.
 *
 * A field whose content is a list (RFC 6313) has instead of "value"
 *
 *      "semantic":"allOf","element":{specifier},"values":[{place,"value":...}]      basicList
 *      "semantic":"allOf","template":260,"records":[{record}]                       subTemplateList
 *      "semantic":"allOf","parts":[{place,"template":260,"records":[{record}]}]     ...MultiList
 *
 * and "undecoded":{place} behind what could be decoded, of a part in the part.
 */
#include "json-record.h"

void
nf_json_add_span (NfText *t, NfSpan span)
{
    nf_text_add (t, ",\"offset\":");
    nf_text_add_uint (t, span.offset, 1);
    nf_text_add (t, ",\"length\":");
    nf_text_add_uint (t, span.length, 1);
}

void
nf_json_begin_at (NfText *t, NfSpan span)
{
    nf_text_add (t, "{\"offset\":");
    nf_text_add_uint (t, span.offset, 1);
    nf_json_add_uint (t, "length", span.length);
}

void
nf_json_add_length (NfText *t, const NfField *field)
{
    nf_json_add_uint (t, "length", field->length);
    if (field->length == NF_VARIABLE_LENGTH)
        nf_text_add (t, ",\"variable\":true");
}

void
nf_json_add_undecoded (NfText *t, NfSpan span)
{
    nf_text_add (t, ",\"undecoded\":");
    nf_json_begin_at (t, span);
    nf_text_add_char (t, '}');
}

static void add_list (NfShow *show, const NfRecord *r, guint i);

/* The content of field `i`: a value, and beside it what it does not say (the time that an uptime
 * stands for, the octets of a string that is no UTF-8); or a list. */
static void
add_content (NfShow *show, const NfRecord *r, guint i)
{
    const NfBoundField *bound = &r->event->binding->fields[i];
    NfText *t = &show->out;
    NfValue value;
    NfTime time;
    guint digits;

    if (nf_type_is_list (bound->type)) {
        add_list (show, r, i);
        return;
    }
    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_NONE)
        return;
    nf_text_add (t, ",\"value\":");
    nf_json_value (t, &value, show->options->big_as_string);
    if (bound->element && bound->element->flags & NF_ELEMENT_UPTIME &&
        nf_record_time (r, i, &time, &digits)) {
        nf_text_add (t, ",\"time\":\"");
        nf_time_text (t, time, digits);
        nf_text_add_char (t, '"');
    }
    if (value.kind == NF_VALUE_STRING && !nf_json_keeps (value.octets, value.length)) {
        nf_text_add (t, ",\"octets\":\"");
        nf_text_add_hex (t, value.octets, value.length, 0);
        nf_text_add_char (t, '"');
    }
}

/* ---- lists ---- */

static void
add_semantic (NfText *t, const NfList *list)
{
    const char *name = nf_list_semantic_name (list);

    if (name)
        nf_json_add_string (t, "semantic", name);
    else
        nf_json_add_uint (t, "semantic", list->semantic);
}

/* What the header of the list says, as far as there is one. */
static void
add_header (NfShow *show, const NfList *list)
{
    NfText *t = &show->out;
    const NfField *field;

    if (list->header.length == 0)
        return;
    add_semantic (t, list);
    if (list->kind == NF_LIST_SUB_TEMPLATE)
        nf_json_add_uint (t, "template", list->template_id);
    if (list->kind != NF_LIST_BASIC)
        return;
    field = &list->binding->tmpl->fields[0];
    nf_text_add (t, ",\"element\":");
    nf_json_begin_field (t, field, nf_show_list_element (show, list));
    nf_json_add_length (t, field);
    nf_text_add_char (t, '}');
}

/* A value of a basicList. */
static void
add_value (NfShow *show, const NfList *list)
{
    NfRecord record = nf_show_list_value (show, list);

    nf_json_begin_at (&show->out, nf_event_field (&list->record, 0));
    add_content (show, &record, 0);
    nf_text_add_char (&show->out, '}');
}

/* Values or records up to the end of the list or of its part: their array, and behind it what could
 * not be decoded. Returns the step that ends them. */
static NfListStep
add_records (NfShow *show, NfList *list, const char *key)
{
    NfText *t = &show->out;
    const char *separator = "";
    NfListStep step;

    nf_text_add (t, key);
    while ((step = nf_list_next (list)) == NF_LIST_RECORD) {
        nf_text_add (t, separator);
        separator = ",";
        if (list->kind == NF_LIST_BASIC)
            add_value (show, list);
        else
            nf_json_record (show, &list->record);
    }
    nf_text_add_char (t, ']');
    if (step != NF_LIST_UNDECODED || (list->kind == NF_LIST_SUB_TEMPLATE_MULTI && !list->in_part))
        return step;
    nf_json_add_undecoded (t, list->undecoded);
    return nf_list_next (list);
}

static void
add_parts (NfShow *show, NfList *list)
{
    NfText *t = &show->out;
    NfListStep step = nf_list_next (list);
    const char *separator = "";

    nf_text_add (t, ",\"parts\":[");
    while (step == NF_LIST_PART) {
        nf_text_add (t, separator);
        separator = ",";
        nf_text_add_format (t, "{\"template\":%u", list->template_id);
        nf_json_add_span (t, list->part);
        step = add_records (show, list, ",\"records\":[");
        nf_text_add_char (t, '}');
    }
    nf_text_add_char (t, ']');
    if (step == NF_LIST_UNDECODED)
        nf_json_add_undecoded (t, list->undecoded);
}

static void
add_list (NfShow *show, const NfRecord *r, guint i)
{
    NfList list;

    nf_list_begin (&list, r->lists, r->event, i);
    add_header (show, &list);
    if (list.kind == NF_LIST_SUB_TEMPLATE_MULTI)
        add_parts (show, &list);
    else
        add_records (show, &list, list.kind == NF_LIST_BASIC ? ",\"values\":[" : ",\"records\":[");
}

/* ---- records ---- */

void
nf_json_record (NfShow *show, const NfEvent *event)
{
    const NfTemplate *tmpl = event->binding->tmpl;
    const NfPlan *plan = nf_show_plan (show, event);
    NfRecord record = nf_show_raw_record (show, event);
    NfText *t = &show->out;

    nf_json_begin_at (t, event->span);
    nf_text_add (t, ",\"fields\":[");
    for (guint i = 0; i < tmpl->n_fields; i++) {
        const NfPlanField *field = &plan->fields[i];

        if (i > 0)
            nf_text_add_char (t, ',');
        nf_text_add_octets (t, field->json, field->json_length);
        nf_json_add_span (t, nf_event_field (event, i));
        add_content (show, &record, i);
        if (field->is_scope)
            nf_text_add (t, ",\"scope\":true");
        nf_text_add_char (t, '}');
    }
    nf_text_add (t, "]}");
}
