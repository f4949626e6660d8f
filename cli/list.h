/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --list-elements and --list-findings. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* Whether the word is in the row, upper and lower case being the same. */
gboolean nf_list_has_word (const char *row, const char *word);

/* Appends the elements that have all of the words in their row; FALSE and `error` where there is
 * none. */
gboolean nf_list_elements (NfText *t, const NfRegistry *registry, const NfOptions *options,
                           GError **error);

/* Appends all findings, a line each. Of words, those codes are explained that one of them is or, if
 * none is a code, that have all of them in what there is to read; FALSE and `error` where there is
 * none. */
gboolean nf_list_findings (NfText *t, const GPtrArray *words, GError **error);

G_END_DECLS
