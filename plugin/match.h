/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The preference "record filter": which Data Records are marked, since a display filter finds whole
 * packets.
 */
#pragma once

#include "tree.h"

/* Takes the expression over where it has changed, "" being none; one that is none is told once. */
void nfp_match_apply (NfRegistry *registry, const char *expression);

/* Lets go of what is known of bindings. */
void nfp_match_forget (void);

/* Whether records have to be looked at: there is a filter, and somebody wants to know what matches.
 */
gboolean nfp_match_is_wanted (const NfpTree *tree);

/* Marks a record that matches: a field in its tree, and the subtrees of the record, its Set and its
 * Message so that Wireshark opens them. */
void nfp_match_record (NfpTree *tree, proto_item *item, const NfRecord *record);
