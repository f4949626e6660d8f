/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hashes of what the wire says, for hash tables: SipHash-2-4 under a secret, so that no sender can
 * choose keys that collide and make each look-up a walk through all of them.
 *
 *      NfHash hash = nf_hash_begin ();
 *
 *      nf_hash_add (&hash, number);
 *      nf_hash_add_octets (&hash, octets, length);
 *      return nf_hash_end (&hash);
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    guint64 state[4];
} NfHash;

/* Begins a hash under the secret of this process: the same keys, the same hash, until it ends. */
G_GNUC_INTERNAL NfHash nf_hash_begin (void);

/* Begins one under a secret that is known. */
G_GNUC_INTERNAL NfHash nf_hash_begin_keyed (guint64 low, guint64 high);

G_GNUC_INTERNAL void nf_hash_add (NfHash *hash, guint64 number);
G_GNUC_INTERNAL void nf_hash_add_octets (NfHash *hash, const guint8 *octets, gsize length);

/* What all that was added hashes to. */
G_GNUC_INTERNAL guint nf_hash_end (NfHash *hash);

G_END_DECLS
