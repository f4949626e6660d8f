/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Octets out of text as people paste it: plain hex, log lines, dumps of xxd, hexdump, od, tcpdump
 * and Wireshark, strings with escapes, arrays, base64.
 *
 * It knows text, not packets: a chunk may hold a Message, several, or a frame around one.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Octets that belong together. */
typedef struct {
    GByteArray *octets;          /* at least one; owned */
    guint first_line, last_line; /* where they stood, from 1 */
    gboolean odd_digit;          /* half an octet at the end was dropped */
    gboolean partial;            /* octets are missing in the text, at the end or, where offsets do
                                    not start at 0, at the beginning; what stood behind a gap is
                                    left out, because its place is not known */
} NfHexChunk;

void nf_hex_chunk_free (NfHexChunk *chunk);

/* What had to be done to the text. */
typedef enum {
    NF_HEX_OFFSETS = 1 << 0,     /* an offset column dropped */
    NF_HEX_TEXT_COLUMN = 1 << 1, /* the column with the octets as text dropped */
    NF_HEX_WORDS = 1 << 2,       /* words dropped, or lines without octets */
    NF_HEX_COMMENTS = 1 << 3,    /* comments dropped */
    NF_HEX_SWAPPED = 1 << 4,     /* words of 2, 4 or 8 octets turned into network order */
    NF_HEX_REPEATS = 1 << 5      /* repeated lines filled in where the dump has `*` */
} NfHexNotes;

typedef struct {
    guint lines; /* of the text */
    const char
        *form;   /* how it was read: "xxd dump", "plain hex", ...; NULL where nothing was found */
    guint notes; /* NfHexNotes */
} NfHexReport;

/*
 * Reads `length` octets of text at `text`, which need not end with a zero, and appends to `chunks`
 * an NfHexChunk for each group of octets, in the order of the text. A chunk ends where an offset
 * column starts again, at a blank line, at another log line, string or array; lines of plain hex
 * are one chunk unless every one of them begins like a Message. The whole text is read in one
 * form: a dump if it has an offset column, else the form that gives most octets.
 * Fills `report`. Returns whether there was at least one chunk. Takes time proportional to
 * `length`; chunks never hold more octets than the text, repeats (at most 16 MiB) excepted.
 * The caller frees the chunks: make `chunks` with nf_hex_chunk_free() as its free function.
 */
gboolean nf_hex_read (const char *text, gsize length, GPtrArray *chunks, NfHexReport *report);

/* How the text was read, for people: "hexdump -C dump, offset column dropped, ...". Free with
 * g_free(). */
char *nf_hex_report_text (const NfHexReport *report);

/* Whether a file that begins with these octets (a few thousand are enough) is text, not binary. */
gboolean nf_hex_looks_like_text (const guint8 *octets, gsize length);

G_END_DECLS
