/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates and their Field Specifiers as text. */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* Appends "Template 256: 3 fields, records of 12 octets". */
void nf_show_template_title (NfText *t, const NfTemplate *tmpl);

/* How wide the column of names has to be, within reason. */
guint nf_show_longest_name (const NfPlan *plan);

/* Appends a Field Specifier to show->out: name (in `width` columns), number, type, length. */
void nf_show_specifier (NfShow *show, const NfField *field, const NfBoundField *bound,
                        const char *name, guint width, gboolean is_scope);

G_END_DECLS
