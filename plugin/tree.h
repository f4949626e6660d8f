/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A Message as a tree of fields. Each item covers just the octets it is about.
 */
#pragma once

#include "fields.h"
#include "state.h"

/* A Message on its way into the tree. */
typedef struct {
    packet_info *pinfo;
    tvbuff_t *tvb;
    proto_tree *tree; /* of the Message */
    const NfDatagram *datagram;
    const NfMessage *message;
    const NfDomain *domain;   /* NULL where none of its Templates is known */
    const NfDecoder *decoder; /* of the walk */
    gboolean visible;         /* a person looks at it: texts matter */
    gboolean findings;
    NfCheckLevel level; /* how closely to look for them */
    /* ---- of the current Set ---- */
    proto_tree *set;
    const NfSet *in; /* NULL outside of Sets */
    NfpPlan *plan;
    guint64 n_records;
    guint32 *wanted; /* the fields of its records that somebody wants, ascending; */
    guint n_wanted;
    gboolean all_wanted;       /* or all of them */
    gboolean derived_wanted;   /* times */
    gboolean commons_wanted;   /* common names */
    gboolean announced_wanted; /* what the exporter announced */
    gboolean names_announced;  /* and in labels: what numbers are called */
    guint derived_possible;    /* which of that its records may have: bits by NfDerived */
    gboolean match_wanted;     /* which records match the record filter */
} NfpTree;

/* Adds the Message's fields to tree->tree, and `said`, an array of NfFinding that no walk tells.
 * `tree` has been filled down to the current Set. */
void nfp_tree_message (NfpTree *tree, const NfTrack *track, wmem_array_t *said);

/* ---- between tree.c, tree-templates.c, tree-records.c and tree-lists.c ---- */

/* Makes `text` the label of an item of a visible tree. */
void nfp_tree_set_label (proto_item *item, NfText *text);

/* "FlowSet" in NetFlow v9. */
const char *nfp_set_word (const NfpTree *tree);

/* A Template Record, and a withdrawal. Returns the Template's tree, where findings about it go. */
proto_tree *nfp_tree_template (NfpTree *tree, const NfEvent *event);
void nfp_tree_withdrawal (NfpTree *tree, const NfEvent *event);

/* Appends whose an element is, between these words, where a name is known for the number. */
void nfp_tree_append_enterprise (proto_item *item, const char *before, guint32 pen,
                                 const char *behind);

/* Finds out which fields of the Set's records are wanted. Once a Set, behind `plan`. */
void nfp_tree_begin_records (NfpTree *tree);

/* A Data Record. Returns its tree, where findings about its lists go. */
proto_tree *nfp_tree_record (NfpTree *tree, const NfEvent *event);

/* Whether somebody wants the field; where all fields are wanted this need not be asked. */
gboolean nfp_tree_is_wanted (const NfpPlanField *field);

/* "WORD 3: TCP 10.0.0.1:51000 -> 10.0.0.2:443, 12 packets, 1200 octets": a record's item. */
void nfp_tree_record_text (proto_item *item, const NfRecord *r, const char *word, guint64 n);

/* The protocol of the record that labels of its fields depend on; -1 where nobody reads them. */
gint nfp_tree_label_protocol (const NfpTree *tree, const NfRecord *r);

/* What a record has under the common names that somebody asked for: hidden fields. `plan` is of its
 * binding. And the same of a value of a basicList, which has no plan. */
void nfp_tree_add_commons (const NfpTree *tree, proto_tree *t, const NfRecord *r, NfpPlan *plan);
void nfp_tree_add_commons_of_value (const NfpTree *tree, proto_tree *t, const NfRecord *r);

/* ---- tree-fields.c ---- */

/* Adds a value to the field that Wireshark has for it. Returns NULL where its kind is not what the
 * element's type promised: its length does not fit. */
proto_item *nfp_tree_add_value (const NfpTree *tree, proto_tree *t, const NfpPlanField *field,
                                NfSpan span, const NfValue *v);

/* Whether there may be more to be shown of a simple field than Wireshark makes of its value. */
gboolean nfp_tree_has_label (const NfpTree *tree, const NfpPlanField *field, gint protocol);

/* Adds field `i` of a record as `field` says, which is simple. */
proto_item *nfp_tree_add_simple (const NfpTree *tree, proto_tree *t, const NfpPlanField *field,
                                 const NfRecord *r, guint i);

/* Field `i` of a record, Data Record or in a list; `protocol` is that of ports in it, or -1.
 * Returns its item. */
proto_item *nfp_tree_field (const NfpTree *tree, proto_tree *t, const NfRecord *r, guint i,
                            const NfpPlanField *field, gint protocol);

/* The octets before the content of a field of variable length (RFC 7011 7). */
void nfp_tree_prefix (const NfpTree *tree, proto_tree *t, const NfEvent *event, guint i);

/* ---- tree-lists.c ---- */

/* The list (RFC 6313) in field `i` of a record, and all that is in it. Returns its item. */
proto_item *nfp_tree_list (const NfpTree *tree, proto_tree *t, const NfRecord *r, guint i,
                           const NfpPlanField *field, gint protocol);

/* ---- tree-derived.c ---- */

/* Whether somebody wants what the exporter announced of what records name. */
gboolean nfp_tree_is_announced_wanted (const NfpTree *tree);

/* Finds out what of it the Set's records may have, by the first of them; if there is nothing, it is
 * not wanted any more. */
void nfp_tree_begin_announced (NfpTree *tree, const NfRecord *r);

/* Whether it announced what any number is called. */
gboolean nfp_tree_is_any_announced (void);

/* Adds it, and the common properties that the record names. */
void nfp_tree_add_announced (NfpTree *tree, proto_tree *t, const NfRecord *r);

/* Appends to a field's label what its number is called. */
void nfp_tree_add_announced_name (proto_item *item, const NfRecord *r, guint i,
                                  const NfValue *value);

/* Adds a frame number that is no octets of the packet, unless it is 0. */
void nfp_tree_add_frame (const NfpTree *tree, proto_tree *parent, int field, guint64 frame);
