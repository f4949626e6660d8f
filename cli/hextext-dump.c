/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dumps: lines of an offset, groups of octets and perhaps a text column, as xxd, hexdump, od,
 * tcpdump and Wireshark write them. What the offsets say decides: in which radix they count, where
 * the text column begins, where a packet ends, which octets `*` stands for.
 */
#include "hextext-row.h"

#include <string.h>

/* All `*` of a text together may stand for so many octets: the text may claim any number. */
#define MAX_REPEATED (16 * 1024 * 1024)

/* Rows looked at to see how the offsets count. */
#define MAX_VOTERS 64

static const guint radices[] = {16, 8, 10};

/* Without a colon the widths of the first groups say what the groups are. First match counts. */
static const struct {
    guint min, max; /* digits of the narrowest and the widest */
    NfHexLayout layout;
} layouts[] = {
    {2, 2, {.name = "hex dump", .base = 16}},
    {3, 3, {.name = "octal dump", .base = 8, .octets = 1}},           /* od -b, hexdump -b */
    {1, 3, {.name = "decimal dump", .base = 10, .octets = 1}},        /* od -t u1 */
    {4, 4, {.name = "hex dump of words", .base = 16, .words = TRUE}}, /* hexdump, od -x */
    {8, 8, {.name = "hex dump of words", .base = 16, .words = TRUE}}, /* od -t x4 */
    {16, 16, {.name = "hex dump of words", .base = 16, .words = TRUE}},
    {6, 6, {.name = "octal dump of words", .base = 8, .octets = 2, .words = TRUE}}, /* od */
    {1, 5, {.name = "decimal dump of words", .base = 10, .octets = 2, .words = TRUE}},
    {1, 10, {.name = "decimal dump of words", .base = 10, .octets = 4, .words = TRUE}},
};

static const NfHexLayout colon_layout = {.name = "xxd dump", .base = 16, .words = TRUE};
static const NfHexLayout chars_layout = {.name = "dump of characters"}; /* od -c, hexdump -c */
static const NfHexLayout bits_layout = {.name = "xxd dump of bits", .base = 2, .octets = 1};

typedef struct {
    NfHexOut *out;
    GArray *rows;  /* of NfHexRow */
    guint n_plain; /* lines that are no rows and begin as plain hex does */
    NfHexLayout layout;
    guint radix;
    GByteArray *octets;     /* of the row */
    gsize text_column;      /* see nf_hex_row_read() */
    guint64 last, expected; /* offsets: of the last row, and behind its octets */
    const char *end;        /* of the last row that counted */
    gsize repeated;         /* octets that `*` stood for so far */
    gboolean star;          /* the last row was `*` */
    gboolean cut;           /* rows are missing: the rest of this dump is left out */
} Dump;

static const NfHexRow *
dump_row (const Dump *dump, guint i)
{
    return i < dump->rows->len ? &g_array_index (dump->rows, NfHexRow, i) : NULL;
}

/* Whether a line begins as plain hex does: with whole octets. */
static gboolean
is_plain_hex (const char *line, const char *end)
{
    const char *at = line;

    while (at < end && g_ascii_isxdigit (*at))
        at++;
    return at > line && (at - line) % 2 == 0 && (at == end || nf_hex_is_blank (*at));
}

/* Takes a line as a row behind the row `before` (or NULL); `first` is its first letter. */
static gboolean
scan_row (NfHexRow *row, const NfHexRow *before, const char *line, const char *first,
          const char *end)
{
    if (before && before->kind == NF_HEX_ROW_DATA && *first == '*' && first + 1 == end) {
        *row = *before;
        row->kind = NF_HEX_ROW_STAR;
        return TRUE;
    }
    return nf_hex_row_scan (row, before, line, end) ||
           (before && before->kind != NF_HEX_ROW_END &&
            nf_hex_row_scan_end (row, before, line, end));
}

static void
collect_rows (Dump *dump, const char *end)
{
    const char *at = dump->out->text, *line = at, *line_end;

    for (; (line_end = nf_hex_line_end (&at, end)); line = at) {
        guint n = dump->rows->len;
        const char *first = line;
        NfHexRow row;

        while (first < line_end && nf_hex_is_blank (*first))
            first++;
        if (first == line_end)
            continue;
        if (scan_row (&row, n > 0 ? dump_row (dump, n - 1) : NULL, line, first, line_end)) {
            g_array_append_val (dump->rows, row);
            dump->out->notes |= row.behind_words ? NF_HEX_WORDS : 0;
        } else {
            dump->n_plain += is_plain_hex (first, line_end) ? 1 : 0;
            dump->out->notes |= NF_HEX_WORDS;
        }
    }
}

/* Whether a row's first group is all zeros and ones. */
static gboolean
is_bits (const NfHexRow *row)
{
    const char *at = row->groups;

    while (nf_hex_is_blank (*at))
        at++;
    return row->width == 8 && strspn (at, "01") == 8;
}

static gboolean
choose_layout (Dump *dump)
{
    const NfHexRow *first = dump_row (dump, 0);
    guint min = G_MAXUINT, max = 0;
    gboolean bits = TRUE;

    /* The last row may be cut in its first group. */
    for (guint i = 0; i < MAX (dump->rows->len - 1, 1); i++) {
        const NfHexRow *row = dump_row (dump, i);

        if (row->kind != NF_HEX_ROW_DATA)
            continue;
        min = MIN (min, row->width);
        max = MAX (max, row->width);
        bits = bits && is_bits (row);
    }
    if (bits || first->colon || first->chars) {
        dump->layout = bits ? bits_layout : first->colon ? colon_layout : chars_layout;
        return TRUE;
    }
    for (guint i = 0; i < G_N_ELEMENTS (layouts); i++) {
        if (min >= layouts[i].min && max <= layouts[i].max) {
            dump->layout = layouts[i].layout;
            return TRUE;
        }
    }
    return FALSE;
}

/* The host's order is nearly always little-endian, xxd writes the network's; but od --endian=big
 * and xxd -e do otherwise. The order in which the dump begins like a Message counts. */
static void
choose_order (Dump *dump)
{
    gboolean swapped = !dump_row (dump, 0)->colon;

    if (!dump->layout.words)
        return;
    for (guint i = 0; i < 2; i++) {
        gsize text_column = 0;

        dump->layout.swapped = i == 0 ? swapped : !swapped;
        nf_hex_row_read (dump_row (dump, 0), &dump->layout, NF_HEX_NONE, &text_column,
                         dump->octets);
        if (nf_hex_is_version (dump->octets->data, dump->octets->len))
            return;
    }
    dump->layout.swapped = swapped;
}

/* Sets the radix in which most offsets step by the octets of their row. Returns whether the
 * offsets show that this is a dump: they start at 0 or they step, which plain hex whose lines begin
 * with a field of zeros does not. */
static gboolean
choose_radix (Dump *dump)
{
    const NfHexRow *first = dump_row (dump, 0);
    guint votes[G_N_ELEMENTS (radices)] = {0}, best = 0;
    gsize text_column = 0, n_first = 0;

    for (guint i = 0; i < MIN (dump->rows->len, MAX_VOTERS); i++) {
        const NfHexRow *row = dump_row (dump, i), *next = dump_row (dump, i + 1);

        if (row->kind != NF_HEX_ROW_DATA)
            continue;
        nf_hex_row_read (row, &dump->layout, NF_HEX_NONE, &text_column, dump->octets);
        n_first = i == 0 ? dump->octets->len : n_first;
        if (!next || next->kind == NF_HEX_ROW_STAR)
            continue;
        for (guint k = 0; k < G_N_ELEMENTS (radices); k++)
            if (nf_hex_row_offset (next, radices[k]) - nf_hex_row_offset (row, radices[k]) ==
                dump->octets->len)
                votes[k]++;
    }
    for (guint k = 1; k < G_N_ELEMENTS (radices); k++)
        if (votes[k] > votes[best])
            best = k;
    dump->radix = radices[best];
    if (votes[best] > 0)
        return votes[best] >= MIN (dump->n_plain, MAX_VOTERS / 2);
    return dump->n_plain == 0 &&
           (nf_hex_row_offset (first, 16) == 0 || (first->colon && n_first >= NF_HEX_MIN_RUN));
}

static void
end_chunk (Dump *dump)
{
    if (dump->out->open && dump->star)
        dump->out->open->partial = TRUE;
    if (dump->out->open)
        nf_hex_end (dump->out, dump->end);
    dump->star = dump->cut = FALSE;
}

/* Fills in what `*` stands for, up to `offset`: the last row's octets. Returns FALSE where they
 * are too many. */
static gboolean
fill_repeats (Dump *dump, guint64 offset)
{
    dump->star = FALSE;
    if (offset <= dump->expected)
        return offset == dump->expected;
    if (dump->octets->len == 0 || offset - dump->expected > MAX_REPEATED - dump->repeated)
        return FALSE;
    dump->repeated += (gsize)(offset - dump->expected);
    while (dump->expected < offset) {
        gsize n = MIN ((gsize)(offset - dump->expected), dump->octets->len);

        nf_hex_add (dump->out, dump->octets->data, n);
        dump->expected += n;
    }
    dump->out->notes |= NF_HEX_REPEATS;
    return TRUE;
}

/* Joins a row's place to the chunk's end, or opens another chunk. Returns FALSE where the row is to
 * be left out. */
static gboolean
find_place (Dump *dump, const NfHexRow *row, guint64 offset)
{
    if (dump->out->open && offset > dump->last) {
        if (dump->cut)
            return FALSE;
        if (dump->star ? fill_repeats (dump, offset) : offset == dump->expected)
            return TRUE;
        dump->out->open->partial = dump->cut = TRUE;
        return FALSE;
    }
    end_chunk (dump);
    nf_hex_begin (dump->out, row->line);
    dump->out->open->partial = offset != 0;
    dump->text_column = 0;
    return TRUE;
}

static void
read_data_row (Dump *dump, guint i)
{
    const NfHexRow *row = dump_row (dump, i), *next = dump_row (dump, i + 1);
    guint64 offset = nf_hex_row_offset (row, dump->radix), next_offset;
    gsize limit = NF_HEX_NONE;

    if (!find_place (dump, row, offset)) {
        dump->last = offset;
        return;
    }
    if (next && next->kind != NF_HEX_ROW_STAR) {
        next_offset = nf_hex_row_offset (next, dump->radix);
        limit = next_offset > offset ? (gsize)(next_offset - offset) : limit;
    }
    if (nf_hex_row_read (row, &dump->layout, limit, &dump->text_column, dump->octets))
        dump->out->notes |= NF_HEX_TEXT_COLUMN;
    nf_hex_add (dump->out, dump->octets->data, dump->octets->len);
    dump->last = offset;
    dump->expected = offset + dump->octets->len;
    dump->end = row->end;
}

static void
read_end_row (Dump *dump, const NfHexRow *row)
{
    guint64 offset = nf_hex_row_offset (row, dump->radix);

    if (!dump->out->open)
        return;
    if (!dump->cut && (dump->star ? !fill_repeats (dump, offset) : offset != dump->expected))
        dump->out->open->partial = TRUE;
    dump->end = row->end;
    end_chunk (dump);
}

static void
read_rows (Dump *dump)
{
    for (guint i = 0; i < dump->rows->len; i++) {
        const NfHexRow *row = dump_row (dump, i);

        if (row->kind == NF_HEX_ROW_DATA)
            read_data_row (dump, i);
        else if (row->kind == NF_HEX_ROW_END)
            read_end_row (dump, row);
        else
            dump->star = dump->out->open && !dump->cut;
    }
    end_chunk (dump);
}

/* What wrote the dump, as far as it shows. */
static const char *
dump_name (const Dump *dump)
{
    const NfHexRow *first = dump_row (dump, 0);
    gboolean text = (dump->out->notes & NF_HEX_TEXT_COLUMN) != 0;
    const char *last = first->end;

    if (dump->layout.base != 16)
        return dump->layout.name;
    if (first->colon)
        return first->prefixed ? "tcpdump dump" : dump->layout.name;
    while (last > first->groups && nf_hex_is_blank (last[-1]))
        last--;
    if (text && last[-1] == '|')
        return "hexdump -C dump";
    if (text && last[-1] == '<')
        return "od dump";
    return first->n_digits == 4 ? "Wireshark dump" : dump->layout.name;
}

void
nf_hex_read_dump (NfHexOut *out, const char *end)
{
    Dump dump = {.out = out, .rows = g_array_new (FALSE, FALSE, sizeof (NfHexRow))};

    dump.octets = g_byte_array_new ();
    collect_rows (&dump, end);
    if (dump.rows->len > 0 && choose_layout (&dump)) {
        choose_order (&dump);
        if (choose_radix (&dump)) {
            read_rows (&dump);
            out->notes |= NF_HEX_OFFSETS | (dump.layout.swapped ? NF_HEX_SWAPPED : 0);
            out->form = dump_name (&dump);
        }
    }
    g_array_unref (dump.rows);
    g_byte_array_unref (dump.octets);
}
