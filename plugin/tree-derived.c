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

    if (!nfp_is_wanted (t, field) || !nf_derived_value (r, which, &value))
        return;
    if (nf_derived_is_number (which))
        item = proto_tree_add_double (t, field, tree->tvb, start, 0,
                                      value.kind == NF_VALUE_FLOAT ? value.f : (gdouble)value.u);
    else
        item = proto_tree_add_string (t, field, tree->tvb, start, 0, clean_text (&value));
    nfp_mark_generated (item);
}

/* ---- common properties ---- */

/* A value that is no octets of this packet. Returns NULL where its kind is not what the field
 * wants. */
static proto_item *
add_value (const NfpTree *tree, proto_tree *t, const NfpPlanField *field, const NfValue *v)
{
    tvbuff_t *tvb = tree->tvb;
    int hf = field->field;
    guint32 ipv4;
    nstime_t time;

    switch (v->kind) {
    case NF_VALUE_UNSIGNED:
        if (field->add == NFP_ADD_UINT64)
            return proto_tree_add_uint64 (t, hf, tvb, 0, 0, v->u);
        return field->add == NFP_ADD_UINT && v->u <= G_MAXUINT32
                   ? proto_tree_add_uint (t, hf, tvb, 0, 0, (guint32)v->u)
                   : NULL;
    case NF_VALUE_SIGNED:
        if (field->add == NFP_ADD_INT64)
            return proto_tree_add_int64 (t, hf, tvb, 0, 0, v->i);
        return field->add == NFP_ADD_INT && v->i >= G_MININT32 && v->i <= G_MAXINT32
                   ? proto_tree_add_int (t, hf, tvb, 0, 0, (gint32)v->i)
                   : NULL;
    case NF_VALUE_FLOAT:
        return field->add == NFP_ADD_FLOAT ? proto_tree_add_float (t, hf, tvb, 0, 0, (gfloat)v->f)
                                           : proto_tree_add_double (t, hf, tvb, 0, 0, v->f);
    case NF_VALUE_BOOLEAN:
        return proto_tree_add_boolean (t, hf, tvb, 0, 0, v->u == 1);
    case NF_VALUE_STRING:
        return proto_tree_add_string (t, hf, tvb, 0, 0, clean_text (v));
    case NF_VALUE_MAC:
        return proto_tree_add_ether (t, hf, tvb, 0, 0, v->octets);
    case NF_VALUE_IPV4:
        memcpy (&ipv4, v->octets, sizeof ipv4);
        return proto_tree_add_ipv4 (t, hf, tvb, 0, 0, ipv4);
    case NF_VALUE_IPV6:
        return proto_tree_add_ipv6 (t, hf, tvb, 0, 0, (const ws_in6_addr *)v->octets);
    case NF_VALUE_TIME:
        time = (nstime_t){(time_t)v->time.s, (int)v->time.ns};
        return proto_tree_add_time (t, hf, tvb, 0, 0, &time);
    case NF_VALUE_OCTETS:
        return field->add == NFP_ADD_OCTETS
                   ? proto_tree_add_bytes_with_length (t, hf, tvb, 0, 0, v->octets, (gint)v->length)
                   : NULL;
    case NF_VALUE_NONE:
        return NULL;
    }
    return NULL;
}

static void
add_properties (NfpTree *tree, proto_tree *t, const NfRecord *joined)
{
    const NfAnnouncement *a = joined->announcement;
    const NfpPlan *plan = nfp_state_plan (a->binding);
    NfTemplateUse origin = {.binding = a->binding, .file = a->file, .packet = a->packet};
    proto_item *item =
        proto_tree_add_item (t, nfp_field.common_properties, tree->tvb, 0, 0, ENC_NA);
    proto_tree *sub = proto_item_add_subtree (item, nfp_subtree.common_properties);
    NfValue value;

    nfp_mark_generated (item);
    if (nfp_state_is_frame (&origin))
        nfp_tree_add_frame (tree, sub, nfp_field.common_properties_frame, a->packet);
    for (guint i = a->binding->tmpl->scope_count; i < a->binding->tmpl->n_fields; i++) {
        nf_record_value (joined, i, &value);
        item = plan->fields[i].field ? add_value (tree, sub, &plan->fields[i], &value) : NULL;
        if (item)
            nfp_mark_generated (item);
    }
}

void
nfp_tree_add_announced (NfpTree *tree, proto_tree *t, const NfRecord *r)
{
    NfRecord joined;
    NfEvent event;

    for (guint i = 0; i < NF_N_DERIVED; i++)
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
