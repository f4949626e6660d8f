/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates over time, as -T templates shows them. */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* Appends all domains and their Templates to show->out, for people. */
void nf_templates_text (NfShow *show, const NfUsage *usage);

/* The same as one JSON object. */
void nf_templates_json (NfShow *show, const NfUsage *usage);

/* What is different from the Templates of `before`, for people. */
void nf_templates_diff (NfShow *show, const NfUsage *before, const NfUsage *now);

/* Where in a record the field behind `field` lies, which lies at `offset`; -1: that differs from
 * record to record. */
gint64 nf_templates_next_offset (gint64 offset, const NfField *field);

/* Appends the fields of a Template, a line each: where in the record, how long, what. */
void nf_templates_add_fields (NfShow *show, const NfBinding *binding, guint indent);

/* Appends what is different between two Templates: a line each field, those that only `before` has
 * with a minus, those that only `after` has with a plus before it. */
void nf_templates_add_changes (NfShow *show, const NfBinding *before, const NfBinding *after,
                               guint indent);

G_END_DECLS
