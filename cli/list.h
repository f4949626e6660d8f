/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --list-elements and --list-findings. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* Appends the elements that have all of the words in their row; FALSE and `error` where there is
 * none. */
gboolean nf_list_elements (NfText *t, const NfRegistry *registry, const NfOptions *options,
                           GError **error);

/* Appends all findings. */
void nf_list_findings (NfText *t);

G_END_DECLS
