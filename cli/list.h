/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --list-elements and --list-findings, and the user's files of elements. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* Appends the elements that have all of the words in their row; FALSE and `error` where there is
 * none. */
gboolean nf_list_elements (NfText *t, const NfRegistry *registry, const NfOptions *options,
                           GError **error);

/* Appends all findings. */
void nf_list_findings (NfText *t);

/* The *.csv files of a folder by name, char * to be freed with the array; none where there is no
 * such folder. */
GPtrArray *nf_list_csv_files (const char *folder);

G_END_DECLS
