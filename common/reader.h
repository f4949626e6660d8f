/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Big-endian reads from borrowed octets (RFC 7011 6: network octet order).
 *
 * This is the only place where octets from the wire are addressed, and nf_reader_take() is the
 * only place where a length is compared with what is there, but for nf_reader_peek(). A read past
 * the end gives zeros and sets `failed`, which stays set: read a whole header straight through,
 * then test once.
 *
 *      Message:  | header |   Set    |     Set        |
 *      reader:            ^ at, offset = 16           ^ at + left
 *
 * A sub-reader covers a part of its parent, so that what reads a Set cannot leave the Set; its
 * `offset` still counts from the first octet of the Message.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* A place in a Message: octets from its first octet on. */
typedef struct {
    guint32 offset;
    guint32 length;
} NfSpan;

typedef struct {
    const guint8 *at; /* the next octet; borrowed */
    gsize left;       /* octets from `at` on */
    guint32 offset;   /* of `at`, in octets from the first octet of the Message */
    gboolean failed;  /* something was read that was not there */
} NfReader;

/* Starts reading `length` octets at `octets`, which lie `offset` octets into their Message. */
static inline NfReader
nf_reader (const guint8 *octets, gsize length, guint32 offset)
{
    return (NfReader){.at = octets, .left = length, .offset = offset};
}

/* Takes the next `n` octets. Returns them, or NULL (and fails for good) where fewer are left. */
static inline const guint8 *
nf_reader_take (NfReader *r, gsize n)
{
    const guint8 *taken = r->at;

    if (G_UNLIKELY (n > r->left)) {
        r->failed = TRUE;
        r->left = 0;
        return NULL;
    }
    if (G_LIKELY (n != 0)) {
        r->at += n;
        r->left -= n;
        r->offset += (guint32)n;
    }
    return taken;
}

/* The unsigned integer in `n` octets at `octets`; of more than 8 octets the last 8 count. */
static inline guint64
nf_octets_uint (const guint8 *octets, gsize n)
{
    guint64 value = 0;
    guint32 half;

    switch (n) { /* the usual lengths, in one load each */
    case 1:
        return octets[0];
    case 2:
        return (guint64)octets[0] << 8 | octets[1];
    case 4:
        memcpy (&half, octets, sizeof half);
        return GUINT32_FROM_BE (half);
    case 8:
        memcpy (&value, octets, sizeof value);
        return GUINT64_FROM_BE (value);
    default:
        for (gsize i = 0; i < n; i++)
            value = value << 8 | octets[i];
        return value;
    }
}

/* Whether all of `n` octets are ASCII: eight at a time, the last eight once more for the rest. */
static inline gboolean
nf_octets_are_ascii (const guint8 *octets, gsize n)
{
    const guint64 high_bits = G_GUINT64_CONSTANT (0x8080808080808080);
    guint64 all = 0;

    if (n < 4) {
        for (gsize i = 0; i < n; i++)
            all |= octets[i];
        return (all & high_bits) == 0;
    }
    if (n < 8) {
        all = nf_octets_uint (octets, 4) | nf_octets_uint (octets + n - 4, 4);
        return (all & high_bits) == 0;
    }
    for (gsize i = 0; i + 8 < n; i += 8)
        all |= nf_octets_uint (octets + i, 8);
    all |= nf_octets_uint (octets + n - 8, 8);
    return (all & high_bits) == 0;
}

/* A sum of 16-bit words with its carries added, which leaves 16 bits of it (RFC 1071): at most 33,
 * 18, 17, 16, step by step. */
static inline guint16
nf_sum_fold (guint64 sum)
{
    sum = (sum >> 32) + (guint32)sum;
    for (guint i = 0; i < 3; i++)
        sum = (sum >> 16) + (sum & 0xffff);
    return (guint16)sum;
}

/* Words of 64 bits added up, and how often there was a carry. */
typedef struct {
    guint64 sum, carries;
} NfWordSum;

/* Adds the next 8 octets: an addition and one with carry, which compilers see in this. */
static inline void
nf_word_sum_add (NfWordSum *s, const guint8 *octets)
{
    guint64 word;

    memcpy (&word, octets, sizeof word);
    s->sum += word;
    s->carries += s->sum < word;
}

/* What it comes to, in halves of words, which the carries are worth one of. */
static inline guint64
nf_word_sum_halves (NfWordSum s)
{
    return (s.sum >> 32) + (guint32)s.sum + s.carries;
}

/* The sum of `n` octets as 16-bit words, the last of an odd number in the upper half of one;
 * carries have been added. Words of any size and order make the same sum, but for the order of its
 * octets (RFC 1071): those of 64 bits are added up, every fourth one by itself, so that none has to
 * wait for another.
 */
static inline guint16
nf_octets_sum (const guint8 *octets, gsize n)
{
    NfWordSum a = {0, 0}, b = {0, 0}, c = {0, 0}, d = {0, 0};
    guint8 rest[32] = {0};

    for (; n >= sizeof rest; octets += sizeof rest, n -= sizeof rest) {
        nf_word_sum_add (&a, octets);
        nf_word_sum_add (&b, octets + 8);
        nf_word_sum_add (&c, octets + 16);
        nf_word_sum_add (&d, octets + 24);
    }
    if (n > 0)
        memcpy (rest, octets, n);
    nf_word_sum_add (&a, rest);
    nf_word_sum_add (&b, rest + 8);
    nf_word_sum_add (&c, rest + 16);
    nf_word_sum_add (&d, rest + 24);
    return GUINT16_FROM_BE (nf_sum_fold (nf_word_sum_halves (a) + nf_word_sum_halves (b) +
                                         nf_word_sum_halves (c) + nf_word_sum_halves (d)));
}

/* The next `n` octets (at most 8) as an unsigned integer; 0 where fewer are left. */
static inline guint64
nf_reader_uint (NfReader *r, gsize n)
{
    const guint8 *octets = nf_reader_take (r, n);

    return octets ? nf_octets_uint (octets, n) : 0;
}

static inline guint8
nf_reader_u8 (NfReader *r)
{
    return (guint8)nf_reader_uint (r, 1);
}

static inline guint16
nf_reader_u16 (NfReader *r)
{
    return (guint16)nf_reader_uint (r, 2);
}

static inline guint32
nf_reader_u32 (NfReader *r)
{
    return (guint32)nf_reader_uint (r, 4);
}

/* The unsigned integer in `n` octets that lie `offset` octets behind the next one, and are known to
 * be there: for who compared a length with r->left that has them all. */
static inline guint64
nf_reader_peek (const NfReader *r, gsize offset, gsize n)
{
    return nf_octets_uint (r->at + offset, n);
}

/* Takes the next `n` octets as a reader of their own; an empty, failed one where fewer are left. */
static inline NfReader
nf_reader_sub (NfReader *r, gsize n)
{
    NfReader sub = *r;

    sub.left = n;
    if (!nf_reader_take (r, n)) {
        sub.left = 0;
        sub.failed = TRUE;
    }
    return sub;
}

/* What is left, as a place in the Message. */
static inline NfSpan
nf_reader_rest (const NfReader *r)
{
    return (NfSpan){.offset = r->offset, .length = (guint32)r->left};
}

/* Whether all that is left is zero; TRUE where nothing is left. */
static inline gboolean
nf_reader_rest_is_zero (const NfReader *r)
{
    for (gsize i = 0; i < r->left; i++)
        if (r->at[i] != 0)
            return FALSE;
    return TRUE;
}

/* Takes the octets that are ASCII. */
static inline void
nf_reader_skip_ascii (NfReader *r)
{
    const guint64 high_bits = G_GUINT64_CONSTANT (0x8080808080808080);

    while (r->left >= 8 && (nf_octets_uint (r->at, 8) & high_bits) == 0)
        nf_reader_take (r, 8);
    while (r->left > 0 && *r->at < 0x80)
        nf_reader_take (r, 1);
}

/* The offset in the Message from which on all that is left is zero. */
static inline guint32
nf_reader_zero_tail (const NfReader *r)
{
    gsize n = r->left;

    while (n > 0 && r->at[n - 1] == 0)
        n--;
    return r->offset + (guint32)n;
}

/* The octets that lie at `span` of a Message that begins at `message`. */
static inline const guint8 *
nf_span_octets (const guint8 *message, NfSpan span)
{
    return message + span.offset;
}

G_END_DECLS
