/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data Records as a tree. */
#include "match.h"
#include "section.h"

#include "plugin.h"

/* Text of labels. Not freed when a dissection is given up: it is used again. */
static NfText scratch;

/* ---- which fields ---- */

/* Whether somebody wants what is derived from a record. */
static gboolean
is_derived_wanted (const NfpTree *tree)
{
    return tree->visible || nfp_is_asked_for (nfp_field.start) ||
           nfp_is_asked_for (nfp_field.end) || nfp_is_asked_for (nfp_field.duration) ||
           nfp_is_asked_for (nfp_field.icmp_type) || nfp_is_asked_for (nfp_field.icmp_code);
}

static gboolean
is_common_asked_for (const NfpCommon *c)
{
    return nfp_is_asked_for (c->field) || (c->field6 != 0 && nfp_is_asked_for (c->field6));
}

/* Whether somebody wants one of the common names. */
static gboolean
is_any_common_wanted (const NfpTree *tree)
{
    guint n;
    const NfpCommon *commons = nfp_commons (&n);

    if (tree->visible)
        return n > 0;
    for (guint i = 0; i < n; i++)
        if (is_common_asked_for (&commons[i]))
            return TRUE;
    return FALSE;
}

gboolean
nfp_tree_is_wanted (const NfpPlanField *field)
{
    if (field->is_section || field->is_list) /* in which a filter may look for anything */
        return TRUE;
    return field->field == 0 || nfp_is_asked_for (field->field);
}

static gboolean
is_fallback_wanted (void)
{
    return nfp_is_asked_for (nfp_field.empty) || nfp_is_asked_for (nfp_field.octets) ||
           nfp_is_asked_for (nfp_field.prefix);
}

void
nfp_tree_begin_records (NfpTree *tree)
{
    guint n = tree->plan->binding->tmpl->n_fields;

    tree->n_wanted = 0;
    tree->derived_wanted = is_derived_wanted (tree);
    tree->commons_wanted = is_any_common_wanted (tree);
    tree->announced_wanted = nfp_tree_is_announced_wanted (tree);
    tree->names_announced = nfp_tree_is_any_announced ();
    tree->match_wanted = nfp_match_is_wanted (tree);
    tree->all_wanted = tree->visible || is_fallback_wanted ();
    if (tree->all_wanted)
        return;
    tree->wanted = wmem_alloc_array (tree->pinfo->pool, guint32, n);
    for (guint i = 0; i < n; i++)
        if (nfp_tree_is_wanted (&tree->plan->fields[i]))
            tree->wanted[tree->n_wanted++] = i;
}

/* ---- what is derived ---- */

/* The octets of the field that has a part of the flow; the record's where there is none. */
static NfSpan
span_of_part (const NfRecord *r, NfFlowPart part)
{
    gint i = nf_flow_field (r, part);

    return i >= 0 ? nf_event_field (r->event, (guint)i) : r->event->span;
}

static void
add_time (const NfpTree *tree, proto_tree *t, const NfRecord *r, gboolean end)
{
    NfSpan span = span_of_part (r, end ? NF_FLOW_END : NF_FLOW_START);
    int field = end ? nfp_field.end : nfp_field.start;
    proto_item *item;
    nstime_t ns;
    NfTime time;
    guint digits;

    if (!nfp_is_wanted (t, field) || !nf_record_flow_time (r, end, &time, &digits))
        return;
    ns = nfp_nstime (time);
    item = proto_tree_add_time (t, field, tree->tvb, (gint)span.offset, (gint)span.length, &ns);
    nfp_mark_generated (item);
    if (!tree->visible)
        return;
    /* Wireshark takes longer over the text of two times than over all else of a record. */
    nf_text_truncate (&scratch, 0);
    nf_text_add (&scratch, end ? "Flow end: " : "Flow start: ");
    nf_time_text (&scratch, time, digits);
    nfp_tree_set_label (item, &scratch);
}

static void
add_times (const NfpTree *tree, proto_tree *t, const NfRecord *r)
{
    gint64 duration;
    nstime_t ns;

    add_time (tree, t, r, FALSE);
    add_time (tree, t, r, TRUE);
    if (!nfp_is_wanted (t, nfp_field.duration) || !nf_record_flow_duration (r, &duration))
        return;
    ns = (nstime_t){(time_t)(duration / 1000000000), (int)(duration % 1000000000)};
    nfp_mark_generated (proto_tree_add_time (t, nfp_field.duration, tree->tvb,
                                             (gint)r->event->span.offset, 0, &ns));
}

static void
add_icmp (const NfpTree *tree, proto_tree *t, const NfRecord *r)
{
    const gint fields[] = {nfp_field.icmp_type, nfp_field.icmp_code};
    guint64 values[2];

    if (!nf_flow_icmp (r, &values[0], &values[1]))
        return;
    for (guint i = 0; i < 2; i++) {
        if (!nfp_is_wanted (t, fields[i]) || values[i] > 255)
            continue;
        proto_item *item = proto_tree_add_uint (t, fields[i], tree->tvb,
                                                (gint)r->event->span.offset, 0, (guint32)values[i]);

        nfp_mark_generated (item);
        proto_item_set_hidden (item);
    }
}

/* Adds the value of field `i` under a common name. */
static proto_item *
add_common (const NfpTree *tree, proto_tree *t, const NfRecord *r, const NfpCommon *c, guint i)
{
    NfpPlanField field = {.field = c->field, .add = c->add};
    NfValue value;

    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_NONE)
        return NULL;
    if (value.kind == NF_VALUE_IPV6 && c->field6 != 0)
        field = (NfpPlanField){.field = c->field6, .add = NFP_ADD_IPV6};
    return nfp_tree_add_value (tree, t, &field, nf_event_field (r->event, i), &value);
}

/* It is beside the field itself as ip.addr is beside ip.src. */
static void
hide (proto_item *item)
{
    if (!item)
        return;
    proto_item_set_generated (item);
    proto_item_set_hidden (item);
}

void
nfp_tree_add_commons (const NfpTree *tree, proto_tree *t, const NfRecord *r, NfpPlan *plan)
{
    nfp_plan_find_commons (plan);
    for (guint i = 0; i < plan->commons->len; i++) {
        const NfpPlanCommon *c = &g_array_index (plan->commons, NfpPlanCommon, i);

        if (!tree->visible && !is_common_asked_for (c->common))
            continue;
        if (c->field.is_simple)
            hide (nfp_tree_add_simple (tree, t, &c->field, r, (guint)*c->candidates));
        else
            hide (add_common (tree, t, r, c->common, (guint)nf_record_pick (r, c->candidates)));
    }
}

void
nfp_tree_add_commons_of_value (const NfpTree *tree, proto_tree *t, const NfRecord *r)
{
    const NfElement *element = r->event->binding->fields[0].element;
    guint n;
    const NfpCommon *commons = nfp_commons (&n);

    for (guint i = 0; i < n; i++) {
        const NfCommonName *common = commons[i].common;

        for (guint k = 0; k < common->n_elements; k++)
            if (common->elements[k] == element &&
                (tree->visible || is_common_asked_for (&commons[i])))
                hide (add_common (tree, t, r, &commons[i], 0));
    }
}

/* ---- records ---- */

void
nfp_tree_record_text (proto_item *item, const NfRecord *r, const char *word, guint64 n)
{
    nf_text_truncate (&scratch, 0);
    nf_text_add (&scratch, word);
    nf_text_add_char (&scratch, ' ');
    nf_text_add_uint (&scratch, n, 1);
    if (!r->event->binding->tmpl->options && nf_flow_has_ends (r->flow)) {
        nf_text_add (&scratch, ": ");
        nf_flow_text (&scratch, r, FALSE);
    }
    nfp_tree_set_label (item, &scratch);
}

gint
nfp_tree_label_protocol (const NfpTree *tree, const NfRecord *r)
{
    return tree->visible ? nf_flow_protocol (r) : -1;
}

static void
add_field (const NfpTree *tree, proto_tree *t, const NfRecord *r, guint i, gint protocol)
{
    const NfpPlanField *field = &tree->plan->fields[i];

    if (field->is_plain || (field->is_simple && !nfp_tree_has_label (tree, field, protocol))) {
        nfp_tree_add_simple (tree, t, field, r, i);
        return;
    }
    if (tree->all_wanted)
        nfp_tree_prefix (tree, t, r->event, i);
    nfp_tree_field (tree, t, r, i, field, protocol);
}

proto_tree *
nfp_tree_record (NfpTree *tree, const NfEvent *event)
{
    const NfTemplate *tmpl = event->binding->tmpl;
    NfRecord record = {.event = event,
                       .octets = tree->datagram->octets,
                       .message = tree->message,
                       .flow = tree->plan->flow,
                       .collector = nfp_state_collector (),
                       .domain = tree->domain,
                       .datagram = tree->datagram,
                       .lists = nf_decoder_lists (tree->decoder)};
    guint n = tree->all_wanted ? tmpl->n_fields : tree->n_wanted;
    gint protocol = nfp_tree_label_protocol (tree, &record);
    proto_item *item =
        proto_tree_add_item (tree->set, nfp_field.record, tree->tvb, (gint)event->span.offset,
                             (gint)event->span.length, ENC_NA);
    proto_tree *t = proto_item_add_subtree (item, nfp_subtree.record);

    tree->n_records++;
    if (tree->visible)
        nfp_tree_record_text (item, &record, tmpl->options ? "Options Data Record" : "Data Record",
                              tree->n_records);
    if (tree->match_wanted)
        nfp_match_record (tree, item, &record);
    for (guint i = 0; i < n; i++)
        add_field (tree, t, &record, tree->all_wanted ? i : tree->wanted[i], protocol);
    if (tree->derived_wanted) {
        add_times (tree, t, &record);
        if (!tree->visible || protocol == IP_PROTO_ICMP || protocol == IP_PROTO_ICMPV6)
            add_icmp (tree, t, &record);
    }
    if (tree->commons_wanted)
        nfp_tree_add_commons (tree, t, &record, tree->plan);
    if (tree->announced_wanted && tree->n_records == 1)
        nfp_tree_begin_announced (tree, &record);
    if (tree->announced_wanted && !tmpl->options)
        nfp_tree_add_announced (tree, t, &record);
    return t;
}
