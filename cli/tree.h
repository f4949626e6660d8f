/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lines of -T tree, and those parts of a Message that are the same whatever its records hold:
 * headers, and octets without a meaning.
 */
#pragma once

#include "columns.h"
#include "show-value.h"

G_BEGIN_DECLS

/* What a line about `span` begins with: its place and length, and an indent of `depth` levels. */
void nf_tree_columns (NfShow *show, NfSpan span, guint depth);

/* Begins the line of what lies at `span`, which is noted in show->lines; its text goes to
 * show->out. */
void nf_tree_begin (NfShow *show, NfSpan span, guint depth);
void nf_tree_end (NfShow *show);

/* What a plan's `extra` is in -T tree: the beginnings of lines, rendered once. */
gpointer nf_tree_extend_plan (NfPlan *plan, gpointer data);
void nf_tree_free_extra (gpointer extra);

/* Begins the line of field `i` of a record with this plan, which lies at `span`, with its label. */
void nf_tree_begin_field (NfShow *show, NfSpan span, guint depth, const NfPlan *plan, guint i);

/* Lines of at most 16 octets, in hexadecimal and as text; a longer run of zeros is one line. */
void nf_tree_dump (NfShow *show, NfSpan span, guint depth);

/* Octets without a meaning: in the line of their label where they are few, else as a dump. */
void nf_tree_octets (NfShow *show, NfSpan span, guint depth, const char *label);

/* The Message's header, field by field. */
void nf_tree_message (NfShow *show, const NfMessage *message);

/* The header of the Set of a SET event, and which Template it has. */
void nf_tree_set (NfShow *show, const NfEvent *event);

/* Appends ", Template from packet 1", ", no Template": where the Template of a Data Set or of a
 * list came from. */
void nf_tree_template_use (NfShow *show, const NfTemplateUse *use);

/* What a Template Record begins with; `record`, a reader of it, moves to its Field Specifiers. */
void nf_tree_template_header (NfShow *show, const NfTemplate *tmpl, NfReader *record);

/* The parts of a Template withdrawal (RFC 7011 8.1). */
void nf_tree_withdrawal (NfShow *show, NfSpan span);

/* What a part of a subTemplateMultiList begins with (RFC 6313 4.5.3). */
void nf_tree_part_header (NfShow *show, NfSpan part, guint depth);

G_END_DECLS
