/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of -T tree: Data Records, their fields, and the lists in those (RFC 7011 3.4.3, RFC
 * 6313 4.5).
 */
#include "tree-record.h"

#include "show-template.h"
#include "tree-derived.h"

/* What a line needs that is the same for all of a Data Record. */
typedef struct {
    NfShow *show;
    const NfServices *services;
} Lines;

/* ---- fields ---- */

/* The octets before the content of a field of variable length, which say its length. */
static void
show_prefix (NfShow *show, const NfEvent *event, guint i, guint depth)
{
    if (event->binding->tmpl->fields[i].length != NF_VARIABLE_LENGTH)
        return;

    NfSpan before = i > 0 ? nf_event_field (event, i - 1) : (NfSpan){event->span.offset, 0};
    guint32 start = before.offset + before.length;
    NfSpan content = nf_event_field (event, i);

    nf_tree_begin (show, (NfSpan){start, content.offset - start}, depth);
    nf_text_add (&show->out, "Length of the next field: ");
    nf_text_add_uint (&show->out, content.length, 1);
    nf_tree_end (show);
}

static gboolean
is_padding (const NfElement *element)
{
    return element && element->flags & NF_ELEMENT_PADDING;
}

static void show_list (const Lines *lines, const NfRecord *r, guint i, gint protocol, guint depth);

/* Field `i` of a record, by this name. */
static void
show_field (const Lines *lines, const NfRecord *r, guint i, const char *name, gint protocol,
            guint depth)
{
    NfShow *show = lines->show;
    NfSpan span = nf_event_field (r->event, i);

    show_prefix (show, r->event, i, depth);
    if (is_padding (r->event->binding->fields[i].element) && span.length > 0) {
        nf_tree_octets (show, span, depth, name);
        return;
    }
    nf_tree_begin (show, span, depth);
    nf_text_add (&show->out, name);
    nf_text_add (&show->out, ": ");
    if (nf_type_is_list (r->event->binding->fields[i].type) && span.length > 0) {
        show_list (lines, r, i, protocol, depth + 1);
    } else {
        gboolean shown = nf_show_field (show, r, i, lines->services, protocol);

        nf_tree_end (show);
        if (!shown)
            nf_tree_dump (show, span, depth + 1);
    }
}

/* The same of fields that a plan has found to be shown in a simple way. */

static void
show_number (NfShow *show, const NfRecord *r, guint i, const NfPlanField *field)
{
    NfSpan span = nf_event_field (r->event, i);
    NfValue value = {.kind = NF_VALUE_UNSIGNED,
                     .u = nf_octets_uint (nf_span_octets (r->octets, span), span.length)};
    const NfPlanText *unit = value.u == 1 ? &field->unit : &field->units;
    NfText *t = &show->out;

    t->at = nf_put_uint (nf_text_room (t, NF_ROOM_FOR_UINT), value.u);
    nf_text_add_octets (t, unit->text, unit->length);
    if (field->has_more)
        nf_show_more (show, r, i, &value);
}

static void
show_plain (NfShow *show, const NfRecord *r, guint i, const NfPlanField *field)
{
    NfSpan span = nf_event_field (r->event, i);
    NfText *t = &show->out;
    NfValue value;

    if (field->simple) {
        t->at = nf_put_simple (nf_text_room (t, NF_ROOM_FOR_SIMPLE), field->simple,
                               nf_span_octets (r->octets, span), span.length);
        return;
    }
    nf_record_value (r, i, &value);
    nf_value_text (t, &value);
}

/* By its one octet, which is described at most once. */
static void
show_octet (const Lines *lines, const NfRecord *r, guint i, const NfPlanField *field, gint protocol)
{
    NfText *t = &lines->show->out;
    NfSpan span = nf_event_field (r->event, i);
    guint64 number = nf_octets_uint (nf_span_octets (r->octets, span), span.length);
    NfOctetText *octet = &field->octets[number];
    gsize start = nf_text_length (t);

    if (octet->text) {
        nf_text_add_octets (t, octet->text, octet->length);
        return;
    }
    nf_show_field (lines->show, r, i, lines->services, protocol);
    nf_octet_text_set (octet, t, start);
}

static void
show_planned (const Lines *lines, const NfRecord *r, const NfPlan *plan, guint i, gint protocol,
              guint depth)
{
    const NfPlanField *field = &plan->fields[i];

    if (!field->is_number && !field->is_plain && !field->is_port && !field->octets) {
        show_field (lines, r, i, field->name, protocol, depth);
        return;
    }
    nf_tree_begin_field (lines->show, nf_event_field (r->event, i), depth, plan, i);
    if (field->is_number)
        show_number (lines->show, r, i, field);
    else if (field->is_plain)
        show_plain (lines->show, r, i, field);
    else if (field->is_port)
        nf_show_port (lines->show, r, i, lines->services, protocol);
    else
        show_octet (lines, r, i, field, protocol);
    nf_tree_end (lines->show);
}

/* ---- records ---- */

/* A record, in a line that begins with `word` and its number; its fields below it. */
static void
show_record (const Lines *lines, const NfEvent *event, const char *word, guint64 n, guint depth)
{
    NfShow *show = lines->show;
    const NfPlan *plan = nf_show_plan (show, event);
    const NfTemplate *tmpl = event->binding->tmpl;
    NfRecord record = nf_show_raw_record (show, event);
    gint protocol = nf_flow_protocol (&record);

    nf_tree_begin (show, event->span, depth);
    nf_text_add (&show->out, word);
    nf_text_add_uint (&show->out, n, 1);
    if (!tmpl->options && nf_flow_has_ends (record.flow)) {
        nf_text_add (&show->out, ": ");
        nf_flow_text (&show->out, &record, show->options->numeric);
    }
    nf_tree_end (show);
    for (guint i = 0; i < tmpl->n_fields; i++)
        show_planned (lines, &record, plan, i, protocol, depth + 1);
    nf_tree_derived (show, &record, depth + 1, lines->services);
}

void
nf_tree_record (NfShow *show, const NfEvent *event, guint64 n, const NfServices *services)
{
    const Lines lines = {.show = show, .services = services};

    show_record (&lines, event,
                 event->binding->tmpl->options ? "Options Data Record " : "Data Record ", n, 1);
}

/* ---- lists ---- */

/* "3 (allOf)" */
static void
add_semantic (NfText *t, const NfList *list)
{
    const char *name = nf_list_semantic_name (list);

    nf_text_add_uint (t, list->semantic, 1);
    if (name)
        nf_text_add_format (t, " (%s)", name);
}

/* "records of 260, Template from packet 1" */
static void
add_records_of (NfShow *show, const char *word, const NfList *list)
{
    nf_text_add (&show->out, word);
    nf_text_add_uint (&show->out, list->template_id, 1);
    nf_tree_template_use (show, &list->use);
}

/* Ends the line of the list's field with what its header says. */
static void
end_title (NfShow *show, const NfList *list)
{
    const char *semantic = nf_list_semantic_name (list);
    NfText *t = &show->out;

    if (list->header.length == 0) {
        nf_text_add_count (t, list->span.length, "octets");
        nf_tree_end (show);
        return;
    }
    if (semantic)
        nf_text_add (t, semantic);
    else
        nf_text_add_format (t, "semantic %u", list->semantic);
    if (list->kind == NF_LIST_BASIC) {
        nf_text_add (t, ", values of ");
        nf_text_add (t, nf_show_list_element (show, list));
    } else if (list->kind == NF_LIST_SUB_TEMPLATE) {
        add_records_of (show, ", records of ", list);
    }
    nf_tree_end (show);
}

/* The octets of the list's header. */
static void
show_header (NfShow *show, const NfList *list, guint depth)
{
    NfSpan semantic = {list->header.offset, 1};
    NfSpan rest = {semantic.offset + 1, list->header.length - 1};

    nf_tree_begin (show, semantic, depth);
    nf_text_add (&show->out, "Semantic: ");
    add_semantic (&show->out, list);
    nf_tree_end (show);
    if (list->kind == NF_LIST_SUB_TEMPLATE_MULTI)
        return;
    nf_tree_begin (show, rest, depth);
    if (list->kind == NF_LIST_BASIC)
        nf_show_specifier (show, &list->binding->tmpl->fields[0], &list->binding->fields[0],
                           nf_show_list_element (show, list), 0, FALSE);
    else
        nf_text_add_format (&show->out, "Template ID: %u", list->template_id);
    nf_tree_end (show);
}

static void
show_part (NfShow *show, const NfList *list, guint depth)
{
    nf_tree_begin (show, list->part, depth);
    add_records_of (show, "Records of ", list);
    nf_tree_end (show);
    nf_tree_part_header (show, list->part, depth + 1);
}

static void
show_list (const Lines *lines, const NfRecord *r, guint i, gint protocol, guint depth)
{
    NfShow *show = lines->show;
    guint64 n = 0;
    NfListStep step;
    NfList list;

    nf_list_begin (&list, r->lists, r->event, i);
    end_title (show, &list);
    if (list.header.length > 0)
        show_header (show, &list, depth);
    while ((step = nf_list_next (&list)) != NF_LIST_END) {
        guint inner = depth + (list.in_part ? 1 : 0);

        if (step == NF_LIST_PART) {
            show_part (show, &list, depth);
            n = 0;
        } else if (step == NF_LIST_UNDECODED) {
            nf_tree_octets (show, list.undecoded, inner, "Undecoded octets");
        } else if (list.kind == NF_LIST_BASIC) {
            NfRecord value = nf_show_list_value (show, &list);

            show_field (lines, &value, 0, nf_show_list_element (show, &list), protocol, inner);
        } else {
            show_record (lines, &list.record, "Record ", ++n, inner);
        }
    }
}
