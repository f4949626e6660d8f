/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A buffer that text is appended to: made once, emptied and filled again for every record.
 *
 * It exists because values are written some ten million times a second: room is asked for once,
 * then octets are stored without a check and without a format string.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct {
    char *start; /* owned; NULL before the first use */
    char *at;    /* where the next octet goes */
    char *end;   /* behind the last octet there is room for */
} NfText;

#define NF_TEXT_INIT                                                                               \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }

/* ---- decimal digits: four, or eight, at a time in one word ---- */

/* The first numbers that have more. */
#define NF_FOUR_DIGITS  10000
#define NF_EIGHT_DIGITS 100000000

/* The digits of `value`, below NF_FOUR_DIGITS: one an octet, the first one in the lowest, as
 * numbers 0 to 9. Each step splits all parts at once: four digits into 2 and 2, these into 1 and 1.
 */
static inline guint32
nf_four_digits (guint32 value)
{
    guint32 parts = value / 100 | (value % 100) << 16;
    guint32 above = (parts * 103 >> 10) & 0x000f000f; /* divided by 10 */

    return above | (parts - 10 * above) << 8;
}

/* The same of what is below NF_EIGHT_DIGITS. */
static inline guint64
nf_eight_digits (guint32 value)
{
    guint64 parts = value / 10000 | (guint64)(value % 10000) << 32;
    guint64 above = (parts * 10486 >> 20) & G_GUINT64_CONSTANT (0x7f0000007f); /* by 100 */

    parts = above | (parts - 100 * above) << 16;
    above = (parts * 103 >> 10) & G_GUINT64_CONSTANT (0x000f000f000f000f); /* by 10 */
    return above | (parts - 10 * above) << 8;
}

/* How many digits are left without the zeros before the number: at least one. */
static inline guint
nf_count_of_four (guint32 digits)
{
    return 4 - (guint)__builtin_ctz (digits | 1u << 24) / 8;
}

static inline guint
nf_count_of_eight (guint64 digits)
{
    return 8 - (guint)__builtin_ctzll (digits | G_GUINT64_CONSTANT (1) << 56) / 8;
}

/* Puts the last `n` of the digits at `at`, where there must be room for all. Returns the place
 * behind. */
static inline char *
nf_put_of_four (char *at, guint32 digits, guint n)
{
    digits = GUINT32_TO_LE ((digits | 0x30303030) >> 8 * (4 - n));
    memcpy (at, &digits, 4);
    return at + n;
}

static inline char *
nf_put_of_eight (char *at, guint64 digits, guint n)
{
    digits |= G_GUINT64_CONSTANT (0x3030303030303030);
    digits = GUINT64_TO_LE (digits >> 8 * (8 - n));
    memcpy (at, &digits, 8);
    return at + n;
}

/* What nf_put_uint() may write to: as many digits as an integer of 64 bits has. */
#define NF_ROOM_FOR_UINT 20

/* Puts `value` in decimal at `at`. Returns the place behind. */
static inline char *
nf_put_uint (char *at, guint64 value)
{
    guint64 digits, above;

    if (value < NF_FOUR_DIGITS) { /* most numbers */
        digits = nf_four_digits ((guint32)value);
        return nf_put_of_four (at, (guint32)digits, nf_count_of_four ((guint32)digits));
    }
    above = value / NF_EIGHT_DIGITS;
    if (above >= NF_EIGHT_DIGITS) {
        digits = nf_eight_digits ((guint32)(above / NF_EIGHT_DIGITS));
        at = nf_put_of_eight (at, digits, nf_count_of_eight (digits));
        at = nf_put_of_eight (at, nf_eight_digits ((guint32)(above % NF_EIGHT_DIGITS)), 8);
    } else if (above > 0) {
        digits = nf_eight_digits ((guint32)above);
        at = nf_put_of_eight (at, digits, nf_count_of_eight (digits));
    }
    digits = nf_eight_digits ((guint32)(value % NF_EIGHT_DIGITS));
    return nf_put_of_eight (at, digits, above > 0 ? 8 : nf_count_of_eight (digits));
}

/* The same with spaces before it up to `width` characters, of a value below NF_FOUR_DIGITS. `width`
 * is 4 to 8; so much room there must be, and four more. */
static inline char *
nf_put_small_right (char *at, guint32 value, guint width)
{
    guint32 digits = nf_four_digits (value);
    guint n = nf_count_of_four (digits);

    memcpy (at, "        ", 8);
    return nf_put_of_four (at + (width - n), digits, n);
}

/* Makes room for `room` more octets: what nf_text_room() calls when there is too little. */
void nf_text_grow (NfText *t, gsize room);

/* Frees the octets. The buffer may be used again. */
void nf_text_clear (NfText *t);

static inline gsize
nf_text_length (const NfText *t)
{
    return (gsize)(t->at - t->start);
}

/* Forgets all but the first `length` octets. `length` is at most what is there. */
static inline void
nf_text_truncate (NfText *t, gsize length)
{
    if (length < nf_text_length (t)) /* which keeps off a NULL `start` */
        t->at = t->start + length;
}

/* Makes sure that `room` octets can be stored at t->at. Returns t->at. */
static inline char *
nf_text_room (NfText *t, gsize room)
{
    if (G_UNLIKELY ((gsize)(t->end - t->at) < room))
        nf_text_grow (t, room);
    return t->at;
}

static inline void
nf_text_add_octets (NfText *t, const void *octets, gsize length)
{
    if (length == 0)
        return;
    memcpy (nf_text_room (t, length), octets, length);
    t->at += length;
}

static inline void
nf_text_add (NfText *t, const char *text)
{
    nf_text_add_octets (t, text, strlen (text));
}

static inline void
nf_text_add_char (NfText *t, char c)
{
    *nf_text_room (t, 1) = c;
    t->at++;
}

/* Ends the text with a zero octet, which does not count. Returns the text; owned by `t`. */
static inline const char *
nf_text_string (NfText *t)
{
    *nf_text_room (t, 1) = '\0';
    return t->start;
}

/* Appends `value` in decimal, with zeros before it up to `width` digits. */
void nf_text_add_uint (NfText *t, guint64 value, guint width);

/* The same with spaces before it. */
void nf_text_add_uint_right (NfText *t, guint64 value, guint width);

/* Appends `value` in decimal. */
void nf_text_add_int (NfText *t, gint64 value);

/* Appends "3 records"; the word, which is in the plural, without its last letter behind 1. */
void nf_text_add_count (NfText *t, guint64 n, const char *words);

/* Appends `value` in lower-case hexadecimal, with zeros before it up to `width` digits (1 to 16).
 */
void nf_text_add_hex_uint (NfText *t, guint64 value, guint width);

/* Appends each octet as two lower-case hexadecimal digits, `separator` between them unless it is
 * 0. */
void nf_text_add_hex (NfText *t, const guint8 *octets, gsize length, char separator);

/* Appends as printf does: for what is not written once a record. */
void nf_text_add_format (NfText *t, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
