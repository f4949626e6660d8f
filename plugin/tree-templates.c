/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates as a tree, with links to where they are used. */
#include "tree.h"

static void
add_uint16 (const NfpTree *tree, proto_tree *parent, int field, NfReader *r)
{
    guint32 offset = r->offset;

    proto_tree_add_uint (parent, field, tree->tvb, (gint)offset, 2, nf_reader_u16 (r));
}

/* What a Template Record begins with: other words in NetFlow v9's Options Templates. */
static void
add_template_header (const NfpTree *tree, proto_tree *t, const NfTemplate *tmpl, NfReader *r)
{
    add_uint16 (tree, t, nfp_field.tmpl_id, r);
    if (tmpl->options && tmpl->version == 9) {
        add_uint16 (tree, t, nfp_field.scope_length, r);
        add_uint16 (tree, t, nfp_field.option_length, r);
        return;
    }
    add_uint16 (tree, t, nfp_field.field_count, r);
    if (tmpl->options)
        add_uint16 (tree, t, nfp_field.scope_count, r);
}

void
nfp_tree_append_enterprise (proto_item *item, const char *before, guint32 pen, const char *behind)
{
    const NfRegistry *registry = nf_collector_registry (nfp_state_collector ());
    const char *title = NULL;

    if (pen != 0 && nf_registry_enterprise (registry, pen, &title))
        proto_item_append_text (item, "%s%s%s", before, title, behind);
}

/* A field in the command's words, but for its number. */
static void
add_specifier_text (proto_item *item, const NfBinding *binding, guint i)
{
    const NfElement *element = binding->fields[i].element;
    const NfField *field = &binding->tmpl->fields[i];
    int number = nfp_element_field (element);

    if (number > 0)
        proto_item_set_text (item, "%s", proto_registrar_get_nth ((guint)number)->name);
    else if (element) /* which the exporter describes */
        proto_item_set_text (item, "%s", element->name);
    else
        proto_item_set_text (item, "%u/%u, not known", field->pen, field->id);
    if (element && field->pen > 0)
        proto_item_append_text (item, " (%u/%u)", field->pen, field->id);
    else if (element)
        proto_item_append_text (item, " (%u)", field->id);
    if (element)
        proto_item_append_text (item, ", %s", nf_type_name ((NfType)element->type));
    if (field->length == NF_VARIABLE_LENGTH)
        proto_item_append_text (item, ", variable length");
    else
        proto_item_append_text (item, ", %u octet%s", field->length, field->length == 1 ? "" : "s");
    if (i < binding->tmpl->scope_count)
        proto_item_append_text (item, ", scope");
    if (element && element->flags & NF_ELEMENT_LEARNT)
        proto_item_append_text (item, ", as the exporter says");
    nfp_tree_append_enterprise (item, ", ", element ? element->pen : field->pen, "");
}

static void
add_specifier (const NfpTree *tree, proto_tree *parent, const NfBinding *binding, guint i,
               NfReader *r)
{
    NfReader parts = *r;
    guint32 start = r->offset;
    NfField field;
    proto_item *item;
    proto_tree *t;

    nf_template_read_specifier (&field, r, binding->tmpl->version);
    item = proto_tree_add_item (parent, nfp_field.specifier, tree->tvb, (gint)start,
                                (gint)(r->offset - start), ENC_NA);
    t = proto_item_add_subtree (item, nfp_subtree.specifier);
    if (tree->visible)
        add_specifier_text (item, binding, i);
    if (binding->tmpl->version == 9) {
        add_uint16 (tree, t, nfp_field.specifier_id9, &parts);
    } else {
        proto_tree_add_item (t, nfp_field.specifier_bit, tree->tvb, (gint)start, 2, ENC_BIG_ENDIAN);
        add_uint16 (tree, t, nfp_field.specifier_id, &parts);
    }
    add_uint16 (tree, t, nfp_field.specifier_length, &parts);
    if (parts.offset == r->offset)
        return;
    item = proto_tree_add_uint (t, nfp_field.specifier_pen, tree->tvb, (gint)parts.offset, 4,
                                field.pen);
    if (tree->visible)
        nfp_tree_append_enterprise (item, " (", field.pen, ")");
}

/* Whether somebody wants to know where the Template is used. At a first visit nobody can know. */
static gboolean
are_links_wanted (const NfpTree *tree)
{
    return PINFO_FD_VISITED (tree->pinfo) && !tree->pinfo->flags.in_error_pkt &&
           (tree->visible || nfp_is_asked_for (nfp_field.first_use) ||
            nfp_is_asked_for (nfp_field.last_use) || nfp_is_asked_for (nfp_field.definition) ||
            nfp_is_asked_for (nfp_field.redefined));
}

/* Where the Template is used, and what it repeats or replaces. */
static void
add_links (NfpTree *tree, proto_tree *t, const NfEvent *event)
{
    NfCollector *collector = nfp_state_collector ();
    const NfDomain *domain = nf_collector_domain (collector, tree->datagram, tree->message);
    guint16 id = event->binding->tmpl->id;
    NfDatagram place = *tree->datagram;
    NfTemplateUse own, before;
    NfpUse use;

    if (!nf_collector_find_template (collector, domain, tree->datagram, tree->message, id,
                                     event->span.offset, &own) ||
        own.late || own.foreign)
        return;
    if (nfp_state_is_frame (&own) && own.packet != tree->pinfo->num)
        nfp_tree_add_frame (tree, t, nfp_field.definition, own.packet);
    use = nfp_state_uses (own.order, own.offset);
    nfp_tree_add_frame (tree, t, nfp_field.first_use, use.first);
    nfp_tree_add_frame (tree, t, nfp_field.last_use, use.last);
    place.order = own.order;
    if (nf_collector_find_template (collector, domain, &place, tree->message, id, own.offset - 1,
                                    &before) &&
        !before.late && !before.foreign && nfp_state_is_frame (&before))
        nfp_tree_add_frame (tree, t, nfp_field.redefined, before.packet);
}

proto_tree *
nfp_tree_template (NfpTree *tree, const NfEvent *event)
{
    const NfTemplate *tmpl = event->binding->tmpl;
    NfSpan span = event->span;
    NfReader r =
        nf_reader (nf_span_octets (tree->datagram->octets, span), span.length, span.offset);
    proto_item *item = proto_tree_add_item (tree->set, nfp_field.tmpl, tree->tvb, (gint)span.offset,
                                            (gint)span.length, ENC_NA);
    proto_tree *t = proto_item_add_subtree (item, nfp_subtree.tmpl);

    if (tree->visible) {
        proto_item_set_text (item, "%sTemplate %u: %u field%s", tmpl->options ? "Options " : "",
                             tmpl->id, tmpl->n_fields, tmpl->n_fields == 1 ? "" : "s");
        if (tmpl->scope_count > 0)
            proto_item_append_text (item, " (%u scope)", tmpl->scope_count);
        if (tmpl->variable)
            proto_item_append_text (item, ", records of variable length");
        else
            proto_item_append_text (item, ", records of %" G_GSIZE_FORMAT " octets",
                                    tmpl->record_length);
    }
    add_template_header (tree, t, tmpl, &r);
    for (guint i = 0; i < tmpl->n_fields; i++)
        add_specifier (tree, t, event->binding, i, &r);
    if (are_links_wanted (tree))
        add_links (tree, t, event);
    return t;
}

void
nfp_tree_withdrawal (NfpTree *tree, const NfEvent *event)
{
    NfSpan span = event->span;
    NfReader r =
        nf_reader (nf_span_octets (tree->datagram->octets, span), span.length, span.offset);
    proto_item *item = proto_tree_add_item (tree->set, nfp_field.withdrawal, tree->tvb,
                                            (gint)span.offset, (gint)span.length, ENC_NA);
    proto_tree *t = proto_item_add_subtree (item, nfp_subtree.tmpl);

    if (tree->visible && event->template_id < NF_FIRST_TEMPLATE_ID)
        proto_item_set_text (item, "Withdrawal of all %s",
                             event->template_id == 2 ? "Templates" : "Options Templates");
    else if (tree->visible)
        proto_item_set_text (item, "Withdrawal of Template %u", event->template_id);
    add_uint16 (tree, t, nfp_field.tmpl_id, &r);
    add_uint16 (tree, t, nfp_field.field_count, &r);
}
