/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers of the forms of text share (see hextext.h): where their octets go.
 *
 * A reader is given the text and an NfHexOut. It opens a chunk, adds octets or digits, and ends the
 * chunk; a chunk without octets comes to nothing.
 */
#pragma once

#include "hextext.h"

/* A run of hex among words counts from here on. Timestamps, MAC addresses and English words such
 * as "decade" are shorter, and the smallest header of a Message is 16 octets. */
#define NF_HEX_MIN_RUN 8

typedef struct {
    const char *text;  /* what the reader reads; a zero follows it */
    GPtrArray *chunks; /* finished; owned */
    NfHexChunk *open;  /* or NULL */
    int digit;         /* the first half of an octet whose second is to come, or -1 */
    gsize n_octets;    /* in finished chunks */
    const char *at;    /* the lines before it have been counted */
    guint line;        /* of `at`, from 1 */
    const char *form;
    guint notes; /* NfHexNotes */
} NfHexOut;

/* Opens a chunk whose first octet stands at `at`, and ends the one that is open. Chunks are opened
 * in the order of the text. */
void nf_hex_begin (NfHexOut *out, const char *at);

void nf_hex_add (NfHexOut *out, const guint8 *octets, gsize n);

/* Adds a hex digit: two make an octet. */
void nf_hex_add_digit (NfHexOut *out, char digit);

/* Ends the open chunk, if any, whose text ends before `at`. */
void nf_hex_end (NfHexOut *out, const char *at);

/* Forgets the open chunk. */
void nf_hex_drop (NfHexOut *out);

/* The line that begins at `*at`: its end, and `*at` moved behind its newline. NULL at the end. */
const char *nf_hex_line_end (const char **at, const char *end);

/* Whether these octets begin with the version of a Message. */
gboolean nf_hex_is_version (const guint8 *octets, gsize n);

/* Whether the text goes on with "...": its writer left the rest out. */
gboolean nf_hex_elided (const char *at, const char *end);

/* Whether `c` can be part of a word or number. Octets beyond ASCII belong to words. */
static inline gboolean
nf_hex_is_word (char c)
{
    return g_ascii_isalnum (c) || c == '_' || (guchar)c >= 0x80;
}

/* What comments are overwritten with, so that a line that held one is told from an empty line. */
#define NF_HEX_COMMENT '\f'

static inline gboolean
nf_hex_is_blank (char c)
{
    return c == ' ' || c == '\t' || c == NF_HEX_COMMENT;
}

/* The readers, one a form or family of forms. The text is `out->text` up to `end`. */
void nf_hex_read_dump (NfHexOut *out, const char *end);
void nf_hex_read_strings (NfHexOut *out, const char *end);
void nf_hex_read_hex_strings (NfHexOut *out, const char *end);
void nf_hex_read_lists (NfHexOut *out, const char *end);
void nf_hex_read_base64 (NfHexOut *out, const char *end);
void nf_hex_read_plain (NfHexOut *out, const char *end);
