/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fields that every Message has, whatever its records hold: headers, Sets, Templates, what is
 * derived. Those of the registry are in elements.h.
 */
#pragma once

#include "compat.h"
#include "nfpeek.h"

/* Wireshark's numbers of the fields. */
typedef struct {
    /* the header */
    int version, length, count, sys_uptime, export_time, sequence, domain, source_id;
    int engine_type, engine_id, engine, aggregation, aggregation_version;
    int sampling_mode, sampling_interval, reserved;
    int expected, unit, lost, previous;
    /* Sets */
    int set, set_id, flowset_id, set_length, set_template, padding, undecoded;
    /* Templates */
    int tmpl, tmpl_id, field_count, scope_count, scope_length, option_length, withdrawal;
    int specifier, specifier_bit, specifier_id, specifier_id9, specifier_length, specifier_pen;
    int first_use, last_use, definition, redefined;
    /* records */
    int record, prefix, empty, octets, unknown, unknown_pen, unknown_id;
    int start, end, duration, icmp_type, icmp_code, match;
    int derived[NF_N_DERIVED];
    int common_properties, common_properties_frame;
    int finding;
    /* lists in records */
    int list_semantic, list_field_bit, list_field_id, list_field_length, list_field_pen;
    int list_template, list_template_id, list_part, list_part_length, list_record;
} NfpFields;

typedef struct {
    gint message, set, tmpl, specifier, record, finding, section, unknown, common_properties;
    gint list, part;
    gint message_match, set_match, record_match; /* instead, of what the record filter chooses */
} NfpSubtrees;

extern NfpFields nfp_field;
extern NfpSubtrees nfp_subtree;

/* Registers them for the protocol. */
void nfp_fields_register (int protocol, const NfRegistry *registry);

/* Whether somebody wants to see the field of this number in the tree: a filter, a column, a tap, or
 * a person before whom the tree is shown. */
static inline gboolean
nfp_is_wanted (proto_tree *tree, int field)
{
    return proto_field_is_referenced (tree, field);
}

/* Whether somebody wants the field for itself, not only all there is. */
static inline gboolean
nfp_is_asked_for (int field)
{
    return proto_registrar_get_nth ((guint)field)->ref_type != HF_REF_TYPE_NONE;
}

/* A time as Wireshark has them. */
static inline nstime_t
nfp_nstime (NfTime time)
{
    return (nstime_t){(time_t)time.s, (int)time.ns};
}

/* Whether the tree is made for a person, so that its texts matter. */
static inline gboolean
nfp_is_visible (proto_tree *tree)
{
    return tree && PTREE_DATA (tree)->visible;
}

/* Marks an item as not being octets of the packet. */
static inline void
nfp_mark_generated (proto_item *item)
{
    proto_item_set_generated (item);
}
