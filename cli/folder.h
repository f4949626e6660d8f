/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders among the files to be read: each stands for the captures in it. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/* Puts in place of each folder among options->files the captures in it, in the order of their first
 * packets; unless -q, says what else it has. Returns FALSE and sets `error` where a folder cannot
 * be read or has none. */
gboolean nf_folders_expand (NfOptions *options, GError **error);

G_END_DECLS
