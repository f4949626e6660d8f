/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shortcuts into hash tables of what is known of exporters: as long as those are some hundreds,
 * most are found without a hash under a secret (hash.h). Who chooses addresses that meet here makes
 * the others go the long way, which is no longer than it was.
 *
 *      gpointer *place = nf_shortcut (&shortcuts, &key.exporter, key.id);
 *
 *      if (!*place || !is_equal (*place, &key))
 *          *place = g_hash_table_lookup (table, &key);
 *
 * What is freed has to be taken out with nf_shortcuts_drop().
 */
#pragma once

#include "datagram.h"

G_BEGIN_DECLS

#define NF_SHORTCUT_BITS 8

typedef struct {
    gpointer to[1 << NF_SHORTCUT_BITS];
} NfShortcuts;

/* Where the last one is noted of those that have this number, or another one that leads there. */
static inline gpointer *
nf_shortcut_of (NfShortcuts *shortcuts, guint64 number)
{
    number *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15); /* 2^64 by the golden ratio */
    return &shortcuts->to[number >> (64 - NF_SHORTCUT_BITS)];
}

/* Where the last one is noted of those that may be that exporter's domain; `id` is its number, or
 * whatever else tells one from the other. */
static inline gpointer *
nf_shortcut (NfShortcuts *shortcuts, const NfEndpoint *exporter, guint32 id)
{
    guint64 halves[2];

    memcpy (halves, exporter->address, sizeof halves);
    return nf_shortcut_of (shortcuts, halves[0] ^ halves[1] ^ (guint64)exporter->port << 48 ^ id);
}

/* Forgets what is to be freed, if it is noted. */
static inline void
nf_shortcuts_drop (NfShortcuts *shortcuts, const NfEndpoint *exporter, guint32 id,
                   gconstpointer gone)
{
    gpointer *place = nf_shortcut (shortcuts, exporter, id);

    if (*place == gone)
        *place = NULL;
}

G_END_DECLS
