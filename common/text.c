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

/* Appends `value` in decimal, `filling` before it up to `width` characters. */
static void
add_filled (NfText *t, guint64 value, guint width, char filling)
{
    char digits[NF_ROOM_FOR_UINT];
    guint n = (guint)(nf_put_uint (digits, value) - digits);

    for (guint i = n; i < width; i++)
        nf_text_add_char (t, filling);
    nf_text_add_octets (t, digits, n);
}

void
nf_text_add_uint (NfText *t, guint64 value, guint width)
{
    if (width > 1)
        add_filled (t, value, width, '0');
    else
        t->at = nf_put_uint (nf_text_room (t, NF_ROOM_FOR_UINT), value);
}

void
nf_text_add_uint_right (NfText *t, guint64 value, guint width)
{
    if (value < NF_FOUR_DIGITS && width >= 4 && width <= 8)
        t->at = nf_put_small_right (nf_text_room (t, 8 + 4), (guint32)value, width);
    else
        add_filled (t, value, width, ' ');
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
