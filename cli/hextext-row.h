/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of a dump (hextext-row.c reads it, hextext-dump.c puts the lines together):
 *
 *      00000010: 6164 0000 0000 0000 0000 0000 0000 0000  ad..............
 *      offset    groups                                   text column
 */
#pragma once

#include "hextext-form.h"

typedef enum {
    NF_HEX_ROW_DATA,
    NF_HEX_ROW_STAR, /* `*`: the line before it, again and again, up to the next offset */
    NF_HEX_ROW_END   /* the offset behind the last octet, alone */
} NfHexRowKind;

typedef struct {
    NfHexRowKind kind;
    guint n_digits;     /* of the offset */
    const char *line;   /* where columns are counted from */
    const char *offset; /* its digits */
    const char *groups; /* behind the offset column */
    const char *end;    /* of the line */
    guint width;        /* digits of the first group */
    gboolean colon;     /* behind the offset */
    gboolean prefixed;  /* 0x before the offset */
    gboolean behind_words;
    gboolean chars; /* its groups are characters, as od -c writes them */
} NfHexRow;

/* How the groups of a dump are written. */
typedef struct {
    const char *name;
    guint base;       /* 16, 10, 8, 2; 0: characters in columns of four, as od -c writes them */
    guint octets;     /* a group; 0: as many as its digits say (base 16) */
    gboolean words;   /* a group is a number in the host's order rather than octets in a row */
    gboolean swapped; /* that order is not the network's: reverse each group */
} NfHexLayout;

/* No limit; also: no text column. */
#define NF_HEX_NONE G_MAXSIZE

/* Takes the line from `line` to `end` as a row of data, behind the row `before` or NULL. Returns
 * FALSE where it is none. */
gboolean nf_hex_row_scan (NfHexRow *row, const NfHexRow *before, const char *line, const char *end);

/* Takes it as the bare offset that ends a dump of rows like `before`. */
gboolean nf_hex_row_scan_end (NfHexRow *row, const NfHexRow *before, const char *line,
                              const char *end);

/* The offset as a number of base `radix`. */
guint64 nf_hex_row_offset (const NfHexRow *row, guint radix);

/*
 * Reads the octets of a row into `octets`, whose content is replaced: at most `limit`.
 * `*text_column`: where the text column begins, in chars from the line's beginning; NF_HEX_NONE
 * where the dump has none; 0 where that is not known, and then it is set. Returns whether the row
 * had one.
 */
gboolean nf_hex_row_read (const NfHexRow *row, const NfHexLayout *layout, gsize limit,
                          gsize *text_column, GByteArray *octets);
