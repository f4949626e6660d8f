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

/* "00" to "99", one behind the other: two decimal digits at a time. */
G_GNUC_INTERNAL extern const char nf_digit_pairs[];

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
