/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --limit: how much is remembered of what comes, by name. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* All that --limit can change. */
typedef struct {
    NfLimits library;
    guint max_groups; /* of --sum */
} NfBounds;

/* What is so where nobody asks for anything else. */
NfBounds nf_bounds_default (void);

/* Changes one of the bounds as "NAME=N" says. Returns FALSE and sets `error`, which names all there
 * are, where it says nothing. */
gboolean nf_bounds_change (NfBounds *bounds, const char *text, GError **error);

/* Appends all names, a line each, with what they have by default and what they bound. */
void nf_bounds_list (NfText *t);

G_END_DECLS
