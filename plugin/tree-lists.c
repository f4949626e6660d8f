/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists in records (RFC 6313) as a tree. */
#include "tree.h"

/* A list on its way into the tree. */
typedef struct {
    const NfpTree *tree;
    const NfRecord *in; /* the record that it is in */
    NfList list;
    NfpPlanField value; /* of a basicList */
    gint protocol;      /* of ports in it, or -1 */
    guint64 n;          /* records so far, of a part in the part */
} Walk;

/* ---- headers ---- */

/* The number in the next `length` octets of a header. */
static void
add_number (const Walk *w, proto_tree *t, int field, NfReader *r, guint length)
{
    guint32 offset = r->offset;

    proto_tree_add_uint (t, field, w->tree->tvb, (gint)offset, (gint)length,
                         (guint32)nf_reader_uint (r, length));
}

/* A reader of what lies at `span`. */
static NfReader
reader_of (const Walk *w, NfSpan span)
{
    const NfDatagram *d = w->tree->datagram;

    return nf_reader (nf_span_octets (d->octets, span), span.length, span.offset);
}

/* The frame that has the Template of the records. */
static void
add_template (const Walk *w, proto_tree *t)
{
    if (nfp_state_is_frame (&w->list.use))
        nfp_tree_add_frame (w->tree, t, nfp_field.list_template, w->list.use.packet);
}

static void
add_specifier (const Walk *w, proto_tree *t, NfReader *r)
{
    NfReader again = *r;
    guint16 id = nf_reader_u16 (&again);
    proto_item *item;
    guint32 pen;

    proto_tree_add_boolean (t, nfp_field.list_field_bit, w->tree->tvb, (gint)r->offset, 2, id);
    add_number (w, t, nfp_field.list_field_id, r, 2);
    add_number (w, t, nfp_field.list_field_length, r, 2);
    if (r->left == 0)
        return;
    again = *r;
    pen = nf_reader_u32 (&again);
    item = proto_tree_add_uint (t, nfp_field.list_field_pen, w->tree->tvb, (gint)r->offset, 4, pen);
    if (w->tree->visible)
        nfp_tree_append_enterprise (item, " (", pen, ")");
}

static void
add_header (const Walk *w, proto_tree *t)
{
    NfReader r = reader_of (w, w->list.header);

    if (r.left == 0)
        return;
    add_number (w, t, nfp_field.list_semantic, &r, 1);
    if (w->list.kind == NF_LIST_BASIC)
        add_specifier (w, t, &r);
    if (w->list.kind != NF_LIST_SUB_TEMPLATE)
        return;
    add_number (w, t, nfp_field.list_template_id, &r, 2);
    add_template (w, t);
}

/* "basicList: allOf, values of ingressInterface" */
static void
add_title (const Walk *w, proto_item *item, const NfpPlanField *field)
{
    const NfList *list = &w->list;
    const char *semantic = nf_list_semantic_name (list);
    const NfElement *element;
    const NfField *specifier;

    proto_item_set_text (item, "%s: ", proto_registrar_get_nth ((guint)field->field)->name);
    if (list->header.length == 0) {
        proto_item_append_text (item, "%u octets", list->span.length);
        return;
    }
    if (semantic)
        proto_item_append_text (item, "%s", semantic);
    else
        proto_item_append_text (item, "semantic %u", list->semantic);
    if (list->kind == NF_LIST_SUB_TEMPLATE)
        proto_item_append_text (item, ", records of %u", list->template_id);
    if (list->kind != NF_LIST_BASIC)
        return;
    specifier = &list->binding->tmpl->fields[0];
    element = list->binding->fields[0].element;
    if (w->value.field != 0)
        proto_item_append_text (item, ", values of %s",
                                proto_registrar_get_nth ((guint)w->value.field)->name);
    else if (element) /* which the exporter describes */
        proto_item_append_text (item, ", values of %s", element->name);
    else
        proto_item_append_text (item, ", values of %u/%u", specifier->pen, specifier->id);
}

/* ---- what is in them ---- */

static proto_tree *
add_part (const Walk *w, proto_tree *t)
{
    NfSpan span = w->list.part;
    NfReader r = reader_of (w, span);
    proto_item *item = proto_tree_add_item (t, nfp_field.list_part, w->tree->tvb, (gint)span.offset,
                                            (gint)span.length, ENC_NA);
    proto_tree *part = proto_item_add_subtree (item, nfp_subtree.part);

    if (w->tree->visible)
        proto_item_set_text (item, "Records of %u", w->list.template_id);
    add_number (w, part, nfp_field.list_template_id, &r, 2);
    add_number (w, part, nfp_field.list_part_length, &r, 2);
    add_template (w, part);
    return part;
}

/* Field `i` of a record in the list, if somebody wants it. */
static void
add_field (const Walk *w, proto_tree *t, const NfRecord *r, guint i, const NfpPlanField *field,
           gint protocol)
{
    if (w->tree->all_wanted)
        nfp_tree_prefix (w->tree, t, r->event, i);
    else if (!nfp_tree_is_wanted (field))
        return;
    nfp_tree_field (w->tree, t, r, i, field, protocol);
}

static void
add_record (const Walk *w, proto_tree *t, NfRecord *r)
{
    NfpPlan *plan = nfp_state_plan (r->event->binding);
    NfSpan span = r->event->span;
    proto_item *item = proto_tree_add_item (t, nfp_field.list_record, w->tree->tvb,
                                            (gint)span.offset, (gint)span.length, ENC_NA);
    proto_tree *fields = proto_item_add_subtree (item, nfp_subtree.record);
    gint protocol;

    r->flow = plan->flow;
    protocol = nfp_tree_label_protocol (w->tree, r);
    if (w->tree->visible)
        nfp_tree_record_text (item, r, "Record", w->n);
    for (guint i = 0; i < r->event->binding->tmpl->n_fields; i++)
        add_field (w, fields, r, i, &plan->fields[i], protocol);
    if (w->tree->commons_wanted)
        nfp_tree_add_commons (w->tree, fields, r, plan);
}

static void
add_content (Walk *w, proto_tree *t)
{
    NfRecord record = {.event = &w->list.record,
                       .octets = w->in->octets,
                       .message = w->in->message,
                       .collector = w->in->collector,
                       .domain = w->in->domain,
                       .datagram = w->in->datagram,
                       .lists = w->in->lists};

    w->n++;
    if (w->list.kind != NF_LIST_BASIC) {
        add_record (w, t, &record);
        return;
    }
    add_field (w, t, &record, 0, &w->value, w->protocol);
    if (w->tree->commons_wanted)
        nfp_tree_add_commons_of_value (w->tree, t, &record);
}

proto_item *
nfp_tree_list (const NfpTree *tree, proto_tree *t, const NfRecord *r, guint i,
               const NfpPlanField *field, gint protocol)
{
    Walk w = {.tree = tree, .in = r, .protocol = protocol};
    NfSpan span = nf_event_field (r->event, i);
    proto_item *item = proto_tree_add_item (t, field->field, tree->tvb, (gint)span.offset,
                                            (gint)span.length, ENC_NA);
    proto_tree *whole = proto_item_add_subtree (item, nfp_subtree.list), *place = whole;
    NfListStep step;

    nf_list_begin (&w.list, r->lists, r->event, i);
    if (w.list.kind == NF_LIST_BASIC && w.list.binding)
        nfp_plan_field (&w.value, &w.list.binding->fields[0]);
    if (tree->visible)
        add_title (&w, item, field);
    add_header (&w, whole);
    while ((step = nf_list_next (&w.list)) != NF_LIST_END) {
        NfSpan undecoded = w.list.undecoded;

        if (!w.list.in_part)
            place = whole;
        if (step == NF_LIST_PART) {
            place = add_part (&w, whole);
            w.n = 0;
        } else if (step == NF_LIST_RECORD) {
            add_content (&w, place);
        } else {
            proto_tree_add_item (place, nfp_field.undecoded, tree->tvb, (gint)undecoded.offset,
                                 (gint)undecoded.length, ENC_NA);
        }
    }
    return item;
}
