/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A number that many records have, read of all of them at once. */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* Unsigned integers of one length: at equal distances, or wherever they are. */
typedef struct {
    const guint8 *at;     /* the first one, or what the places' offsets count from; borrowed */
    gsize length;         /* at most 8 octets */
    gsize stride;         /* octets from one to the next, or places */
    const NfSpan *places; /* where the first one begins; borrowed. NULL: at equal distances */
} NfColumn;

/* Reads the first `n`; whoever made the column knows that they are there. */
G_GNUC_INTERNAL void nf_column_read (const NfColumn *column, guint n, guint64 *numbers);

G_END_DECLS
