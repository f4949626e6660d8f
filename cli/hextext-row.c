/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of a dump: its offset, its groups, its text column. */
#include "hextext-row.h"

#include <string.h>

/* Digits of an offset: Wireshark writes 4, od 6 or 7, xxd and hexdump 8, debuggers up to 16. */
#define MIN_OFFSET_DIGITS 4
#define MAX_OFFSET_DIGITS 16

/* Behind words an offset has 8 digits and a colon: the Linux kernel's dumps, for one. */
#define OFFSET_DIGITS_BEHIND_WORDS 8

/* xxd -g0 writes 16 octets as one group; more is no group. */
#define MAX_GROUP_OCTETS 32

/* Of od -c and hexdump -c. */
#define CHARS_PER_ROW 16

static const char *
skip_blanks (const char *at, const char *end)
{
    while (at < end && nf_hex_is_blank (*at))
        at++;
    return at;
}

static const char *
skip_digits (const char *at, const char *end)
{
    while (at < end && g_ascii_isxdigit (*at))
        at++;
    return at;
}

static gboolean
has_offset_prefix (const char *at)
{
    return at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
}

/* Takes offset and first group at `at`. */
static gboolean
scan_at (NfHexRow *row, const char *line, const char *at, const char *end)
{
    const char *behind, *group;

    *row = (NfHexRow){.kind = NF_HEX_ROW_DATA, .line = line, .end = end};
    row->prefixed = has_offset_prefix (at);
    row->offset = at + (row->prefixed ? 2 : 0);
    behind = skip_digits (row->offset, end);
    row->n_digits = (guint)(behind - row->offset);
    if (row->n_digits < MIN_OFFSET_DIGITS || row->n_digits > MAX_OFFSET_DIGITS)
        return FALSE;
    row->colon = behind < end && *behind == ':';
    row->groups = behind + row->colon;
    group = skip_blanks (row->groups, end);
    if (group == row->groups || group == end)
        return FALSE;
    behind = skip_digits (group, end);
    row->width = (guint)(behind - group);
    row->chars = !row->colon && *group == '\\' && row->n_digits > MIN_OFFSET_DIGITS;
    /* Without a colon only its width tells an offset from a group of plain hex. */
    return row->chars || (row->width > 0 && (behind == end || nf_hex_is_blank (*behind)) &&
                          (row->colon || row->n_digits > row->width || row->n_digits % 2 != 0));
}

gboolean
nf_hex_row_scan (NfHexRow *row, const NfHexRow *before, const char *line, const char *end)
{
    const char *at = line;
    gboolean found;

    /* `>` quotes mail, `|` frames tables. */
    while (at < end && (nf_hex_is_blank (*at) || *at == '>' || *at == '|'))
        at++;
    found = scan_at (row, line, at, end);
    /* Among characters the first one may be any. */
    if (before && before->chars && row->n_digits == before->n_digits && row->groups < end &&
        nf_hex_is_blank (*row->groups))
        found = row->chars = TRUE;
    if (found)
        return TRUE;
    for (; at < end; at++) {
        if (at > line && nf_hex_is_blank (at[-1]) && g_ascii_isxdigit (*at) &&
            scan_at (row, line, at, end) && row->colon &&
            row->n_digits == OFFSET_DIGITS_BEHIND_WORDS) {
            row->behind_words = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
nf_hex_row_scan_end (NfHexRow *row, const NfHexRow *before, const char *line, const char *end)
{
    const char *at = skip_blanks (line, end), *behind = skip_digits (at, end);

    *row = (NfHexRow){.kind = NF_HEX_ROW_END, .line = line, .offset = at, .end = end};
    row->n_digits = (guint)(behind - at);
    return !before->colon && row->n_digits == before->n_digits && skip_blanks (behind, end) == end;
}

guint64
nf_hex_row_offset (const NfHexRow *row, guint radix)
{
    guint64 offset = 0;

    for (guint i = 0; i < row->n_digits; i++)
        offset = offset * radix + (guint)g_ascii_xdigit_value (row->offset[i]);
    return offset;
}

/* Adds a group in network order. Returns FALSE where it is none of this layout. */
static gboolean
add_group (const char *at, const char *end, const NfHexLayout *layout, GByteArray *octets)
{
    guint digits = (guint)(end - at), n = layout->octets ? layout->octets : digits / 2;
    guint8 group[MAX_GROUP_OCTETS] = {0};

    if (n == 0 || n > MAX_GROUP_OCTETS || (layout->octets == 0 && digits % 2 != 0))
        return FALSE;
    /* A long multiplication: group = group * base + digit. */
    for (; at < end; at++) {
        guint carry = (guint)g_ascii_xdigit_value (*at);

        if (carry >= layout->base)
            return FALSE;
        for (guint i = n; i > 0; i--) {
            carry += group[i - 1] * layout->base;
            group[i - 1] = (guint8)carry;
            carry >>= 8;
        }
        if (carry != 0)
            return FALSE;
    }
    for (guint i = 0; i < n; i++)
        g_byte_array_append (octets, &group[layout->swapped ? n - 1 - i : i], 1);
    return TRUE;
}

/* The octet that a column of od -c stands for: "005", "\t", "A". */
static guint8
char_octet (const char *at, const char *end)
{
    static const char letters[] = "0abtnvfr\\", octets[] = "\0\a\b\t\n\v\f\r\\";
    guint value = 0;
    const char *letter;

    for (; at + 1 < end && *at == ' '; at++)
        ;
    if (end - at == 1)
        return (guint8)*at;
    letter = end - at == 2 && at[0] == '\\' ? strchr (letters, at[1]) : NULL;
    if (letter && *letter)
        return (guint8)octets[letter - letters];
    for (; at < end; at++)
        value = value * 8 + (guint)(*at - '0');
    return (guint8)value;
}

/* Reads columns of four characters. Blanks are octets, too: those of od up to `limit`, even where
 * an editor has cut them off, but not the many behind it that hexdump fills its last line with. */
static void
read_chars (const NfHexRow *row, gsize limit, GByteArray *octets)
{
    const char *at = row->groups;

    for (; row->end - at >= 4 && octets->len < limit; at += 4) {
        guint8 octet = char_octet (at, at + 4);

        g_byte_array_append (octets, &octet, 1);
    }
    while (limit <= CHARS_PER_ROW && octets->len < limit)
        g_byte_array_append (octets, (const guint8 *)" ", 1);
}

/* Whether the text column begins at `at`, behind `n` octets of hex and more blanks than between
 * groups. It is as long as there are octets; blanks at its end may be lost. */
static gboolean
is_text (const NfHexRow *row, const char *at, gboolean wide_gap, gsize n, gsize text_column)
{
    if (text_column > 0)
        return (gsize)(at - row->line) >= text_column;
    return wide_gap && n > 0 && (gsize)(row->end - at) == n;
}

/* Reads groups. Returns the place of the text column, or the end of the row. */
static const char *
read_groups (const NfHexRow *row, const NfHexLayout *layout, gsize limit, gsize text_column,
             GByteArray *octets)
{
    const char *at = row->groups;
    gsize usual_gap = 1;

    for (guint i = 0;; i++) {
        const char *group = skip_blanks (at, row->end), *behind = skip_digits (group, row->end);
        gsize gap = (gsize)(group - at);

        if (group == row->end || octets->len >= limit ||
            (behind < row->end && !nf_hex_is_blank (*behind)) ||
            (layout->base == 16 &&
             is_text (row, group, gap > usual_gap, octets->len, text_column)) ||
            !add_group (group, behind, layout, octets))
            return group;
        if (i == 1)
            usual_gap = gap;
        at = behind;
    }
}

gboolean
nf_hex_row_read (const NfHexRow *row, const NfHexLayout *layout, gsize limit, gsize *text_column,
                 GByteArray *octets)
{
    const char *text;

    g_byte_array_set_size (octets, 0);
    if (layout->base == 0) {
        read_chars (row, limit, octets);
        return FALSE;
    }
    text = read_groups (row, layout, limit, *text_column, octets);
    if (octets->len > limit)
        g_byte_array_set_size (octets, (guint)limit);
    if (*text_column == 0)
        *text_column = text < row->end ? (gsize)(text - row->line) : NF_HEX_NONE;
    return text < row->end;
}
