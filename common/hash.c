/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SipHash-2-4 (Aumasson and Bernstein, 2012), a number of 64 bits at a time. */
#include "hash.h"

#include "reader.h"

NfHash
nf_hash_begin_keyed (guint64 low, guint64 high)
{
    return (NfHash){{low ^ G_GUINT64_CONSTANT (0x736f6d6570736575),
                     high ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
                     low ^ G_GUINT64_CONSTANT (0x6c7967656e657261),
                     high ^ G_GUINT64_CONSTANT (0x7465646279746573)}};
}

/*
 * The secret is the process's, not a collector's: GHashTable hands its functions the key alone, so
 * a collector's secret would have to stand in every key, and what hashes an endpoint (the command,
 * too) has no collector. It is written once and tells nothing of what was hashed.
 */
NfHash
nf_hash_begin (void)
{
    static guint64 low, high;
    static gsize made;

    if (g_once_init_enter (&made)) {
        low = (guint64)g_random_int () << 32 | g_random_int ();
        high = (guint64)g_random_int () << 32 | g_random_int ();
        g_once_init_leave (&made, 1);
    }
    return nf_hash_begin_keyed (low, high);
}

/* The last number has the length at its top, so that no octets can be another's beginning. */
void
nf_hash_add_octets (NfHash *hash, const guint8 *octets, gsize length)
{
    NfReader r = nf_reader (octets, length, 0);
    NfHash h = *hash; /* which the octets cannot be part of, as compilers must fear of the other */

    while (r.left >= 8)
        nf_hash_add (&h, nf_reader_uint (&r, 8));
    nf_hash_add (&h, (guint64)length << 56 | nf_reader_uint (&r, r.left));
    *hash = h;
}
