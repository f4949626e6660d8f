/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields of records as a tree. */
#include "section.h"
#include "tree.h"

#include "plugin.h"

/* Text of labels. Not freed when a dissection is given up: it is used again. */
static NfText scratch;

static const char *
service_name (gpointer pinfo, guint protocol, guint port)
{
    wmem_allocator_t *pool = ((packet_info *)pinfo)->pool;
    const char *name = NULL;

    if (!gbl_resolv_flags.transport_name)
        return NULL;
    switch (protocol) {
    case IP_PROTO_TCP:
        name = tcp_port_to_display (pool, port);
        break;
    case IP_PROTO_UDP:
        name = udp_port_to_display (pool, port);
        break;
    case IP_PROTO_SCTP:
        name = sctp_port_to_display (pool, port);
        break;
    default:
        return NULL;
    }
    return name && !g_ascii_isdigit (*name) ? name : NULL;
}

/* The label of an item whose value says more than Wireshark makes of it, as the command has it. */
static void
describe (const NfpTree *tree, proto_item *item, const NfpPlanField *field, const NfRecord *r,
          const NfElement *element, const NfValue *value, gint protocol)
{
    NfDescriber describer = {.registry = nf_collector_registry (nfp_state_collector ()),
                             .record = r,
                             .service = service_name,
                             .service_data = tree->pinfo};

    nf_text_truncate (&scratch, 0);
    nf_text_add (&scratch, proto_registrar_get_nth ((guint)field->field)->name);
    nf_text_add (&scratch, ": ");
    nf_describe_value (&scratch, &describer, element, value, protocol);
    nfp_tree_set_label (item, &scratch);
}

/* Whether Wireshark would find nothing in a string but what is there: no zero, which ends it, and
 * nothing but ASCII. */
static gboolean
is_plain_string (const NfValue *v)
{
    return v->length > 0 && nf_octets_are_ascii (v->octets, v->length) &&
           !memchr (v->octets, 0, v->length);
}

/* Wireshark's text of a string ends at a zero; what is behind it is said to be there. */
static proto_item *
add_string (proto_tree *t, int hf, tvbuff_t *tvb, gint start, gint length, const NfValue *v)
{
    proto_item *item;

    if ((gint)v->length == length && is_plain_string (v)) {
        nf_text_truncate (&scratch, 0);
        nf_text_add_octets (&scratch, v->octets, v->length);
        return proto_tree_add_string (t, hf, tvb, start, length, nf_text_string (&scratch));
    }
    item = proto_tree_add_item (t, hf, tvb, start, length, ENC_UTF_8);
    if (v->length > 0 && memchr (v->octets, 0, v->length))
        proto_item_append_text (item, " (then a zero; %d octets in all)", length);
    return item;
}

proto_item *
nfp_tree_add_value (const NfpTree *tree, proto_tree *t, const NfpPlanField *field, NfSpan span,
                    const NfValue *v)
{
    tvbuff_t *tvb = tree->tvb;
    gint start = (gint)span.offset, length = (gint)span.length;
    int hf = field->field;
    nstime_t time;

    switch (field->add) {
    case NFP_ADD_UINT:
        if (v->kind != NF_VALUE_UNSIGNED || v->u > G_MAXUINT32)
            return NULL;
        return proto_tree_add_uint (t, hf, tvb, start, length, (guint32)v->u);
    case NFP_ADD_UINT64:
        if (v->kind != NF_VALUE_UNSIGNED)
            return NULL;
        return proto_tree_add_uint64 (t, hf, tvb, start, length, v->u);
    case NFP_ADD_INT:
        if (v->kind != NF_VALUE_SIGNED || v->i > G_MAXINT32 || v->i < G_MININT32)
            return NULL;
        return proto_tree_add_int (t, hf, tvb, start, length, (gint32)v->i);
    case NFP_ADD_INT64:
        if (v->kind != NF_VALUE_SIGNED)
            return NULL;
        return proto_tree_add_int64 (t, hf, tvb, start, length, v->i);
    case NFP_ADD_FLOAT:
        if (v->kind != NF_VALUE_FLOAT)
            return NULL;
        return proto_tree_add_float (t, hf, tvb, start, length, (gfloat)v->f);
    case NFP_ADD_DOUBLE:
        if (v->kind != NF_VALUE_FLOAT)
            return NULL;
        return proto_tree_add_double (t, hf, tvb, start, length, v->f);
    case NFP_ADD_BOOLEAN:
        if (v->kind != NF_VALUE_BOOLEAN)
            return NULL;
        return proto_tree_add_boolean (t, hf, tvb, start, length, v->u == 1);
    case NFP_ADD_TIME:
        if (v->kind != NF_VALUE_TIME)
            return NULL;
        time = nfp_nstime (v->time);
        return proto_tree_add_time (t, hf, tvb, start, length, &time);
    case NFP_ADD_STRING:
        return v->kind == NF_VALUE_STRING ? add_string (t, hf, tvb, start, length, v) : NULL;
    case NFP_ADD_ETHER:
        return v->kind == NF_VALUE_MAC ? proto_tree_add_item (t, hf, tvb, start, length, ENC_NA)
                                       : NULL;
    case NFP_ADD_IPV4:
        return v->kind == NF_VALUE_IPV4
                   ? proto_tree_add_item (t, hf, tvb, start, length, ENC_BIG_ENDIAN)
                   : NULL;
    case NFP_ADD_IPV6:
        return v->kind == NF_VALUE_IPV6 ? proto_tree_add_item (t, hf, tvb, start, length, ENC_NA)
                                        : NULL;
    case NFP_ADD_OCTETS:
        return proto_tree_add_item (t, hf, tvb, start, length, ENC_NA);
    }
    return NULL;
}

static const char *
octets_text (const NfpTree *tree, NfSpan span)
{
    return span.length == 0 ? "(empty)"
                            : tvb_bytes_to_str (tree->pinfo->pool, tree->tvb, (gint)span.offset,
                                                (gint)span.length);
}

/* The label of an element that only the exporter knows, by what it said of it (RFC 5610). */
static void
describe_learnt (proto_item *item, const NfRecord *r, guint i)
{
    const NfElement *element = r->event->binding->fields[i].element;
    NfDescriber describer = {.registry = nf_collector_registry (nfp_state_collector ())};
    NfValue value;

    nf_record_value (r, i, &value);
    nf_text_truncate (&scratch, 0);
    nf_describe_value (&scratch, &describer, element, &value, -1);
    proto_item_set_text (item, "%s: %s", element->name, nf_text_string (&scratch));
}

/* Octets of an element that has no row, with the numbers it goes by. */
static proto_item *
add_unknown (const NfpTree *tree, proto_tree *t, const NfRecord *r, guint i, NfSpan span)
{
    const NfField *field = &r->event->binding->tmpl->fields[i];
    const NfElement *element = r->event->binding->fields[i].element;
    proto_item *item = proto_tree_add_item (t, nfp_field.unknown, tree->tvb, (gint)span.offset,
                                            (gint)span.length, ENC_NA);
    proto_tree *numbers = proto_item_add_subtree (item, nfp_subtree.unknown);

    if (tree->visible)
        proto_item_set_text (item, "%u/%u: %s", field->pen, field->id, octets_text (tree, span));
    if (tree->visible && element)
        describe_learnt (item, r, i);
    nfp_mark_generated (proto_tree_add_uint (numbers, nfp_field.unknown_pen, tree->tvb,
                                             (gint)span.offset, (gint)span.length, field->pen));
    nfp_mark_generated (proto_tree_add_uint (numbers, nfp_field.unknown_id, tree->tvb,
                                             (gint)span.offset, (gint)span.length, field->id));
    return item;
}

/* A field whose octets are none of its element's type: no octet at all, or too few or many. */
static proto_item *
add_misfit (const NfpTree *tree, proto_tree *t, const NfpPlanField *field, NfSpan span)
{
    proto_item *item =
        proto_tree_add_item (t, span.length == 0 ? nfp_field.empty : nfp_field.octets, tree->tvb,
                             (gint)span.offset, (gint)span.length, ENC_NA);
    const char *name = proto_registrar_get_nth ((guint)field->field)->name;

    if (tree->visible)
        proto_item_set_text (item, "%s: %s", name, octets_text (tree, span));
    return item;
}

void
nfp_tree_prefix (const NfpTree *tree, proto_tree *t, const NfEvent *event, guint i)
{
    NfSpan content, before;
    guint32 start;

    if (event->binding->tmpl->fields[i].length != NF_VARIABLE_LENGTH)
        return;
    content = nf_event_field (event, i);
    before = i > 0 ? nf_event_field (event, i - 1) : (NfSpan){event->span.offset, 0};
    start = before.offset + before.length;
    proto_tree_add_uint (t, nfp_field.prefix, tree->tvb, (gint)start,
                         (gint)(content.offset - start), content.length);
}

/* Whether a port's label is worth making here: it may have a name, or be ICMP's type and code. */
static gboolean
has_port_name (gint protocol)
{
    return gbl_resolv_flags.transport_name || protocol == IP_PROTO_ICMP ||
           protocol == IP_PROTO_ICMPV6;
}

gboolean
nfp_tree_has_label (const NfpTree *tree, const NfpPlanField *field, gint protocol)
{
    return (field->is_named && tree->names_announced) ||
           (field->is_port && has_port_name (protocol));
}

/* Whether a value's label is worth making here: Wireshark makes others only when they are shown. */
static gboolean
has_more_to_say (const NfpPlanField *field, const NfElement *element, const NfValue *value,
                 gint protocol)
{
    switch (value->kind) {
    case NF_VALUE_UNSIGNED:
        if (field->is_port)
            return has_port_name (protocol);
        return field->is_special && nf_describe_adds (element, value);
    case NF_VALUE_BOOLEAN:
        return value->u != 1 && value->u != 2; /* neither true nor false */
    case NF_VALUE_FLOAT:                       /* of which Wireshark shows six digits, */
    case NF_VALUE_TIME:                        /* and of which it always shows nine */
        return TRUE;
    default:
        return field->is_special;
    }
}

proto_item *
nfp_tree_add_simple (const NfpTree *tree, proto_tree *t, const NfpPlanField *field,
                     const NfRecord *r, guint i)
{
    NfSpan span = nf_event_field (r->event, i);
    guint64 n = nf_octets_uint (nf_span_octets (r->octets, span), span.length);
    gint start = (gint)span.offset, length = (gint)span.length;

    switch (field->add) {
    case NFP_ADD_IPV4:
        return proto_tree_add_ipv4 (t, field->field, tree->tvb, start, length,
                                    g_htonl ((guint32)n));
    case NFP_ADD_UINT64:
        return proto_tree_add_uint64 (t, field->field, tree->tvb, start, length, n);
    default:
        return proto_tree_add_uint (t, field->field, tree->tvb, start, length, (guint32)n);
    }
}

proto_item *
nfp_tree_field (const NfpTree *tree, proto_tree *t, const NfRecord *r, guint i,
                const NfpPlanField *field, gint protocol)
{
    const NfEvent *event = r->event;
    const NfElement *element = event->binding->fields[i].element;
    NfSpan span = nf_event_field (event, i);
    proto_item *item = NULL;
    NfValue value;

    if (field->is_plain)
        return nfp_tree_add_simple (tree, t, field, r, i);
    if (field->field == 0)
        return add_unknown (tree, t, r, i, span);
    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_OCTETS && field->is_list && span.length > 0)
        return nfp_tree_list (tree, t, r, i, field, protocol);
    if (value.kind != NF_VALUE_NONE && !(value.kind == NF_VALUE_UNSIGNED && value.u > field->most))
        item = nfp_tree_add_value (tree, t, field, span, &value);
    if (!item)
        item = add_misfit (tree, t, field, span);
    else if (tree->visible && has_more_to_say (field, element, &value, protocol))
        describe (tree, item, field, r, element, &value, protocol);
    if (tree->visible && field->is_named)
        nfp_tree_add_announced_name (item, r, i, &value);
    if (tree->visible && i < event->binding->tmpl->scope_count)
        proto_item_append_text (item, " (scope)");
    if (field->is_section)
        nfp_section_dissect (item, tree->pinfo, tree->tvb, r, i);
    return item;
}
