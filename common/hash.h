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

G_GNUC_INTERNAL void nf_hash_add_octets (NfHash *hash, const guint8 *octets, gsize length);

static inline guint64
nf_hash_rotate (guint64 x, guint bits)
{
    return x << bits | x >> (64 - bits);
}

static inline void
nf_hash_stir (guint64 v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = nf_hash_rotate (v[1], 13) ^ v[0];
    v[3] = nf_hash_rotate (v[3], 16) ^ v[2];
    v[0] = nf_hash_rotate (v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = nf_hash_rotate (v[1], 17) ^ v[2];
    v[3] = nf_hash_rotate (v[3], 21) ^ v[0];
    v[2] = nf_hash_rotate (v[2], 32);
}

static inline void
nf_hash_add (NfHash *hash, guint64 number)
{
    hash->state[3] ^= number;
    nf_hash_stir (hash->state);
    nf_hash_stir (hash->state);
    hash->state[0] ^= number;
}

/* What all that was added hashes to. */
static inline guint
nf_hash_end (NfHash *hash)
{
    guint64 *v = hash->state;

    v[2] ^= 0xff;
    for (guint i = 0; i < 4; i++)
        nf_hash_stir (v);
    return (guint)(v[0] ^ v[1] ^ v[2] ^ v[3]);
}

G_END_DECLS
