/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a record beside its octets: names and rates that the exporter announced, common
 * properties. */
#include "tree.h"

static NfText scratch;

gboolean
nfp_tree_is_announced_wanted (const NfpTree *tree)
{
    const NfFlow *flow = tree->plan->flow;

    if (tree->visible)
        return TRUE;
    /* in common properties there may be any element */
    if (nf_collector_has_announced (nfp_state_collector (), NF_ANNOUNCED_COMMON_PROPERTIES) &&
        *nf_flow_candidates (flow, NF_FLOW_COMMON_PROPERTIES) >= 0)
        return TRUE;
    for (guint i = 0; i < NF_N_DERIVED; i++)
        if (nfp_is_asked_for (nfp_field.derived[i]))
            return TRUE;
    return FALSE;
}

gboolean
nfp_tree_is_any_announced (void)
{
    for (guint i = 0; i < NF_N_ANNOUNCED; i++)
        if (nf_collector_has_announced (nfp_state_collector (), (NfAnnouncedKind)i))
            return TRUE;
    return FALSE;
}

void
nfp_tree_begin_announced (NfpTree *tree, const NfRecord *r)
{
    tree->derived_possible = 0;
    for (guint i = 0; i < NF_N_DERIVED; i++)
        if (nfp_is_wanted (tree->tree, nfp_field.derived[i]) &&
            nf_derived_is_possible (r, (NfDerived)i))
            tree->derived_possible |= 1u << i;
    tree->announced_wanted = tree->derived_possible != 0 ||
                             *nf_flow_candidates (r->flow, NF_FLOW_COMMON_PROPERTIES) >= 0;
}

/* A text that may hold anything, as Wireshark wants it. */
static const char *
clean_text (const NfValue *value)
{
    nf_text_truncate (&scratch, 0);
    nf_value_text (&scratch, value);
    return nf_text_string (&scratch);
}

static void
add_derived (const NfpTree *tree, proto_tree *t, const NfRecord *r, NfDerived which)
{
    int field = nfp_field.derived[which];
    gint start = (gint)r->event->span.offset;
    proto_item *item;
    NfValue value;

    if (!nf_derived_value (r, which, &value))
        return;
    if (nf_derived_is_number (which))
        item = proto_tree_add_double (t, field, tree->tvb, start, 0,
                                      value.kind == NF_VALUE_FLOAT ? value.f : (gdouble)value.u);
    else
        item = proto_tree_add_string (t, field, tree->tvb, start, 0, clean_text (&value));
    nfp_mark_generated (item);
}

/* ---- common properties ---- */

/* The octets of an announced record, which are none of this packet. */
static tvbuff_t *
octets_of (const NfpTree *tree, const NfAnnouncement *a)
{
    NfSpan last = a->fields[a->binding->tmpl->n_fields - 1];
    guint length = last.offset + last.length;
    const guint8 *octets = wmem_memdup (tree->pinfo->pool, a->octets, length);

    return tvb_new_child_real_data (tree->tvb, octets, length, (gint)length);
}

/* The record's fields but for its scope, marked as none of this packet. What needs more of the
 * record's own packet than its octets is shown as octets. */
static void
add_properties (const NfpTree *tree, proto_tree *t, NfRecord *joined)
{
    const NfAnnouncement *a = joined->announcement;
    const NfTemplate *tmpl = a->binding->tmpl;
    NfTemplateUse origin = {.binding = a->binding, .file = a->file, .packet = a->packet};
    proto_item *item =
        proto_tree_add_item (t, nfp_field.common_properties, tree->tvb, 0, 0, ENC_NA);
    proto_tree *sub = proto_item_add_subtree (item, nfp_subtree.common_properties);
    NfpTree there = *tree;
    NfValue id;

    nfp_mark_generated (item);
    if (tree->visible) {
        nf_record_value (joined, 0, &id);
        proto_item_append_text (item, " %s", clean_text (&id));
    }
    if (nfp_state_is_frame (&origin))
        nfp_tree_add_frame (tree, sub, nfp_field.common_properties_frame, a->packet);
    there.tvb = octets_of (tree, a);
    there.plan = nfp_state_plan (a->binding);
    joined->flow = there.plan->flow;
    for (guint i = tmpl->scope_count; i < tmpl->n_fields; i++) {
        NfpPlanField field = there.plan->fields[i];

        field.is_list = field.is_section = FALSE;
        if (tree->all_wanted || nfp_tree_is_wanted (&field))
            nfp_mark_generated (nfp_tree_field (&there, sub, joined, i, &field, -1));
    }
    if (tree->commons_wanted)
        nfp_tree_add_commons (&there, sub, joined, there.plan);
}

void
nfp_tree_add_announced (NfpTree *tree, proto_tree *t, const NfRecord *r)
{
    NfRecord joined;
    NfEvent event;

    for (guint i = 0; i < NF_N_DERIVED; i++)
        if (tree->derived_possible & 1u << i)
            add_derived (tree, t, r, (NfDerived)i);
    for (guint next = 0; nf_record_joined (r, &next, &joined, &event);)
        add_properties (tree, t, &joined);
}

void
nfp_tree_add_announced_name (proto_item *item, const NfRecord *r, guint i, const NfValue *value)
{
    const NfAnnouncement *a = nf_record_announced_of_field (r, i, value);

    if (!a)
        return;
    nf_text_truncate (&scratch, 0);
    nf_announcement_text (&scratch, a);
    proto_item_append_text (item, "%s", nf_text_string (&scratch));
}
