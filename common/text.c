/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A buffer that text is appended to. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>

/* The first room given: enough for most records, so that a buffer rarely grows twice. */
#define FIRST_ROOM 4096

void
nf_text_grow (NfText *t, gsize room)
{
    gsize length = nf_text_length (t);
    gsize size = MAX ((gsize)(t->end - t->start), FIRST_ROOM / 2);

    do
        size *= 2;
    while (size - length < room);
    t->start = g_realloc (t->start, size);
    t->at = t->start + length;
    t->end = t->start + size;
}

void
nf_text_clear (NfText *t)
{
    g_free (t->start);
    *t = (NfText)NF_TEXT_INIT;
}

static guint
count_digits (guint64 value)
{
    guint n = 1;

    for (; value >= 10000; value /= 10000)
        n += 4;
    return n + (value >= 10) + (value >= 100) + (value >= 1000);
}

const char nf_digit_pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637"
    "3839404142434445464748495051525354555657585960616263646566676869707172737475"
    "767778798081828384858687888990919293949596979899";

/* Puts the digits of `value` before `end`, two at a time. Returns the place of the first one. */
static char *
put_before (char *end, guint64 value)
{
    for (; value >= 100; value /= 100)
        memcpy (end -= 2, nf_digit_pairs + 2 * (value % 100), 2);
    if (value >= 10)
        memcpy (end -= 2, nf_digit_pairs + 2 * value, 2);
    else
        *--end = (char)('0' + value);
    return end;
}

/* Two digits, the first one in the low octet. */
static guint32
pair_of (guint value)
{
    const char *pair = nf_digit_pairs + 2 * (gsize)value;

    return (guint32)pair[0] | (guint32)pair[1] << 8;
}

/* The usual numbers, below 10,000, in columns of up to 8 characters: without a loop, and without
 * reading what was just written piece by piece, for which a processor would have to wait. */
static void
add_small (NfText *t, guint value, guint width, const char *filling)
{
    char *at = nf_text_room (t, 8 + 4);
    guint n = value >= 1000 ? 4 : value >= 100 ? 3 : value >= 10 ? 2 : 1;
    guint32 digits = pair_of (value / 100) | pair_of (value % 100) << 16;

    memcpy (at, filling, 8);
    at += width > n ? width - n : 0;
    digits = GUINT32_TO_LE (digits >> 8 * (4 - n));
    memcpy (at, &digits, 4);
    t->at = at + n;
}

static void
add_uint (NfText *t, guint64 value, guint width, const char *filling)
{
    char *at, *first;
    guint n;

    if (G_LIKELY (value < 10000 && width <= 8)) {
        add_small (t, (guint)value, width, filling);
        return;
    }
    n = MAX (count_digits (value), width);
    at = nf_text_room (t, n);
    t->at += n;
    first = put_before (t->at, value);
    while (first > at)
        *--first = *filling;
}

void
nf_text_add_uint (NfText *t, guint64 value, guint width)
{
    add_uint (t, value, width, "00000000");
}

void
nf_text_add_uint_right (NfText *t, guint64 value, guint width)
{
    add_uint (t, value, width, "        ");
}

void
nf_text_add_int (NfText *t, gint64 value)
{
    if (value < 0)
        nf_text_add_char (t, '-');
    nf_text_add_uint (t, value < 0 ? -(guint64)value : (guint64)value, 1);
}

void
nf_text_add_hex (NfText *t, const guint8 *octets, gsize length, char separator)
{
    static const char digits[] = "0123456789abcdef";
    char *at = nf_text_room (t, 3 * length);

    for (gsize i = 0; i < length; i++) {
        if (separator && i)
            *at++ = separator;
        *at++ = digits[octets[i] >> 4];
        *at++ = digits[octets[i] & 15];
    }
    t->at = at;
}

void
nf_text_add_hex_uint (NfText *t, guint64 value, guint width)
{
    static const char digits[] = "0123456789abcdef";

    while (width < 16 && value >> (4 * width) != 0)
        width++;

    char *at = nf_text_room (t, width);

    for (guint i = width; i-- > 0;)
        *at++ = digits[value >> (4 * i) & 15];
    t->at = at;
}

void
nf_text_add_format (NfText *t, const char *format, ...)
{
    va_list args, again;

    va_start (args, format);
    va_copy (again, args);
    gsize length = (gsize)vsnprintf (NULL, 0, format, again);
    va_end (again);
    vsnprintf (nf_text_room (t, length + 1), length + 1, format, args);
    va_end (args);
    t->at += length;
}

void
nf_text_add_count (NfText *t, guint64 n, const char *words)
{
    nf_text_add_uint (t, n, 1);
    nf_text_add_char (t, ' ');
    nf_text_add_octets (t, words, strlen (words) - (n == 1));
}
