/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data Records as lines of -T tree, down to the values in their lists (RFC 6313). */
#pragma once

#include "tree.h"

G_BEGIN_DECLS

/* The lines of the record of a RECORD event, the `n`th of its Set. `services` may be NULL. */
void nf_tree_record (NfShow *show, const NfEvent *event, guint64 n, const NfServices *services);

G_END_DECLS
