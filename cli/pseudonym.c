/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Other names for addresses and text: bits turned, letters chosen by SipHash under a key. */
#include "pseudonym.h"

#include "common/hash.h"
#include "nfpeek.h"

#include <errno.h>
#include <stdio.h>

#define IPV4_BITS 32
#define IPV6_BITS 128

/* Addresses of which it is remembered what they become: a site has some ten thousand, and a
 * look-up costs a hundredth of working it out. Each has one place, the last to take it stays. */
#define REMEMBERED 16384

/* What a hash is about, so that the same octets of another kind have another one. */
enum { ABOUT_IPV4 = 1, ABOUT_IPV6, ABOUT_MAC, ABOUT_TEXT, ABOUT_LETTERS };

/* Addresses that stay as they are, or whose first bits do. */
typedef struct {
    guint8 octets[16];
    guint length;   /* bits */
    gboolean whole; /* those behind them stay, too */
} Block;

static const Block ipv4_blocks[] = {
    {{0}, 32, TRUE},                 /* unspecified */
    {{127}, 8, TRUE},                /* loopback */
    {{224}, 4, FALSE},               /* multicast, */
    {{224}, 24, TRUE},               /* on a link: routing protocols and the like (RFC 5771) */
    {{255, 255, 255, 255}, 32, TRUE} /* broadcast */
};

/* ff00::/8 is looked at by itself. */
static const Block ipv6_blocks[] = {
    {{0}, 96, FALSE}, /* unspecified, loopback; IPv4 follows, as in the next two */
    {{[10] = 0xff, [11] = 0xff}, 96, FALSE},
    {{0, 0x64, 0xff, 0x9b}, 96, FALSE},
    {{0xfe, 0x80}, 64, FALSE} /* link-local */
};

typedef struct {
    gboolean is_there;
    guint8 from[16];
    guint8 to[16];
} Remembered;

struct _NfPseudonyms {
    guint64 low, high; /* the key */
    Remembered ipv4[REMEMBERED];
    Remembered ipv6[REMEMBERED];
};

NfPseudonyms *
nf_pseudonyms_new (guint64 low, guint64 high)
{
    NfPseudonyms *p = g_new0 (NfPseudonyms, 1);

    p->low = low;
    p->high = high;
    return p;
}

NfPseudonyms *
nf_pseudonyms_new_random (GError **error)
{
    static const char *const path = "/dev/urandom";
    guint64 key[2];
    FILE *file = fopen (path, "rb");
    gboolean good = file && fread (key, sizeof key, 1, file) == 1;

    if (!good)
        g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                     "cannot read random numbers from %s: %s", path, g_strerror (errno));
    if (file)
        fclose (file);
    return good ? nf_pseudonyms_new (key[0], key[1]) : NULL;
}

void
nf_pseudonyms_free (NfPseudonyms *p)
{
    g_free (p);
}

/* ---- addresses ---- */

static gboolean
bit_of (const guint8 *octets, guint i)
{
    return (octets[i / 8] >> (7 - i % 8) & 1) != 0;
}

/* How many bits from the first on two addresses have in common, at most `max`. */
static guint
common_bits (const guint8 *a, const guint8 *b, guint max)
{
    guint n = 0;

    while (n + 8 <= max && a[n / 8] == b[n / 8])
        n += 8;
    while (n < max && bit_of (a, n) == bit_of (b, n))
        n++;
    return n;
}

/* How many bits are not turned for the sake of `block`: those in common with it, and the one that
 * tells the address from it. */
static guint
bits_kept_for (const Block *block, const guint8 *octets, guint bits)
{
    guint n = common_bits (octets, block->octets, block->length);

    if (n < block->length)
        return n + 1;
    return block->whole ? bits : block->length;
}

/* Multicast: flags and scope stay and, where the flags say that it was assigned to everybody, a
 * group that is only a number. */
static guint
bits_kept_of_multicast (const guint8 *octets)
{
    const Block numbered = {{0xff, octets[1]}, 112, TRUE};
    gboolean assigned = octets[1] >> 4 == 0;

    return assigned ? MAX (16, bits_kept_for (&numbered, octets, IPV6_BITS)) : 16;
}

/* How many bits of the address are not turned. Whether a bit is depends on those to its left. */
static guint
bits_kept (const guint8 *octets, guint bits)
{
    const Block *blocks = bits == IPV4_BITS ? ipv4_blocks : ipv6_blocks;
    guint n_blocks = bits == IPV4_BITS ? G_N_ELEMENTS (ipv4_blocks) : G_N_ELEMENTS (ipv6_blocks);
    guint kept = 0;

    if (bits == IPV6_BITS && octets[0] == 0xff)
        kept = bits_kept_of_multicast (octets);
    else if (bits == IPV6_BITS)
        kept = common_bits (octets, (const guint8[]){0xff}, 8) + 1;
    for (guint i = 0; i < n_blocks; i++)
        kept = MAX (kept, bits_kept_for (&blocks[i], octets, bits));
    return kept;
}

/* Whether the key turns bit `i`, by the `i` bits to its left: those that `octets` begins with. */
static gboolean
is_turned (const NfPseudonyms *p, const guint8 *octets, guint i, guint bits)
{
    NfHash hash = nf_hash_begin_keyed (p->low, p->high);
    guint8 before[16] = {0};

    memcpy (before, octets, (i + 7) / 8);
    if (i % 8 != 0)
        before[i / 8] &= (guint8)(0xff << (8 - i % 8));
    nf_hash_add (&hash, (guint64)(bits == IPV4_BITS ? ABOUT_IPV4 : ABOUT_IPV6) << 8 | i);
    nf_hash_add (&hash, nf_octets_uint (before, 8));
    if (bits == IPV6_BITS)
        nf_hash_add (&hash, nf_octets_uint (before + 8, 8));
    return nf_hash_end (&hash) & 1;
}

static void
turn_bit (guint8 *octets, guint i)
{
    octets[i / 8] ^= (guint8)(0x80 >> i % 8);
}

static void
forward (const NfPseudonyms *p, guint8 *to, const guint8 *from, guint bits)
{
    guint8 out[16];

    memcpy (out, from, bits / 8);
    for (guint i = bits_kept (from, bits); i < bits; i++)
        if (is_turned (p, from, i, bits))
            turn_bit (out, i);
    memcpy (to, out, bits / 8);
}

/* Bit by bit: those to the left of one are known before it is. */
static void
back (const NfPseudonyms *p, guint8 *to, const guint8 *from, guint bits)
{
    guint8 out[16] = {0};

    for (guint i = 0; i < bits; i++) {
        gboolean turned = i >= bits_kept (out, bits) && is_turned (p, out, i, bits);

        if (bit_of (from, i) != turned)
            turn_bit (out, i);
    }
    memcpy (to, out, bits / 8);
}

/* The place where it is remembered what `octets` become, or will be; `found` tells which. */
static Remembered *
remembered (Remembered *all, const guint8 *octets, guint bits, gboolean *found)
{
    guint64 key = nf_octets_uint (octets, bits == IPV4_BITS ? 4 : 8);

    if (bits == IPV6_BITS)
        key = key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + nf_octets_uint (octets + 8, 8);
    key *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

    Remembered *r = &all[(key >> 40) % REMEMBERED];

    *found = r->is_there && memcmp (r->from, octets, bits / 8) == 0;
    return r;
}

static void
forward_remembered (const NfPseudonyms *p, Remembered *all, guint8 *to, const guint8 *from,
                    guint bits)
{
    gboolean found;
    Remembered *r = remembered (all, from, bits, &found);

    if (!found) {
        memcpy (r->from, from, bits / 8);
        forward (p, r->to, from, bits);
        r->is_there = TRUE;
    }
    memcpy (to, r->to, bits / 8);
}

void
nf_pseudonyms_ipv4 (NfPseudonyms *p, guint8 *to, const guint8 *from)
{
    forward_remembered (p, p->ipv4, to, from, IPV4_BITS);
}

void
nf_pseudonyms_ipv4_back (NfPseudonyms *p, guint8 *to, const guint8 *from)
{
    back (p, to, from, IPV4_BITS);
}

/* Whether an IPv6 address holds one of IPv4. */
static gboolean
holds_ipv4 (const guint8 *octets)
{
    for (guint i = 0; i < G_N_ELEMENTS (ipv6_blocks); i++)
        if (ipv6_blocks[i].length == 96 && memcmp (octets, ipv6_blocks[i].octets, 12) == 0)
            return TRUE;
    return FALSE;
}

void
nf_pseudonyms_ipv6 (NfPseudonyms *p, guint8 *to, const guint8 *from)
{
    if (!holds_ipv4 (from)) {
        forward_remembered (p, p->ipv6, to, from, IPV6_BITS);
        return;
    }
    memmove (to, from, 12);
    nf_pseudonyms_ipv4 (p, to + 12, from + 12);
}

void
nf_pseudonyms_ipv6_back (NfPseudonyms *p, guint8 *to, const guint8 *from)
{
    if (!holds_ipv4 (from)) {
        back (p, to, from, IPV6_BITS);
        return;
    }
    memmove (to, from, 12);
    nf_pseudonyms_ipv4_back (p, to + 12, from + 12);
}

/* ---- hashes ---- */

/* 32 bits about some octets; `part` makes further ones. */
static guint
hash_of (const NfPseudonyms *p, guint about, guint part, const guint8 *octets, gsize length)
{
    NfHash hash = nf_hash_begin_keyed (p->low, p->high);

    nf_hash_add (&hash, (guint64)about << 32 | part);
    nf_hash_add_octets (&hash, octets, length);
    return nf_hash_end (&hash);
}

void
nf_pseudonyms_mac (NfPseudonyms *p, guint8 *to, const guint8 *from)
{
    const guint8 kind = 0x03; /* of a group; administered locally */
    static const guint8 none[6], all[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    guint8 out[6];

    if (memcmp (from, none, 6) == 0 || memcmp (from, all, 6) == 0) {
        memmove (to, from, 6);
        return;
    }
    guint64 hash =
        (guint64)hash_of (p, ABOUT_MAC, 1, from, 6) << 32 | hash_of (p, ABOUT_MAC, 0, from, 6);

    for (guint i = 0; i < 6; i++)
        out[i] = (guint8)(hash >> 8 * i);
    out[0] = (guint8)((out[0] & ~kind) | (from[0] & kind));
    memcpy (to, out, 6);
}

/* A hash is good for six letters: 26^6 is less than 2^32. */
void
nf_pseudonyms_text (NfPseudonyms *p, guint8 *to, const guint8 *from, gsize length)
{
    const guint letters = 26, a_hash = 6;
    guint8 seed[8];
    NfValue text;
    guint word = 0;

    nf_value_read (&text, NF_TYPE_STRING, from, length);
    gsize valid = nf_value_valid_length (&text);

    for (guint i = 0; i < 2; i++) {
        guint half = hash_of (p, ABOUT_TEXT, i, from, text.length);

        memcpy (seed + 4 * i, &half, 4);
    }
    for (gsize i = 0; i < text.length; i++, word /= letters) {
        if (i % a_hash == 0)
            word = hash_of (p, ABOUT_LETTERS, (guint)(i / a_hash), seed, sizeof seed);
        to[i] = i == valid ? 0xff : (guint8)('a' + word % letters);
    }
    memmove (to + text.length, from + text.length, length - text.length);
}
