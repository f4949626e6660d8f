/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain hex, with or without blanks, colons, dashes, 0x, quotes; and hex among words, as in
 *
 *      2023-11-14 22:13:20 E! raw data: 000900062e12...        a log line,
 *      5f5e100000000001...                                     wrapped by a terminal
 *
 * Lines are taken apart into pieces of hex, pieces of one place make a block, and a block is one
 * chunk, or one a piece where every piece begins like a Message.
 *
 * "dead", "face" and "add" are hex and English. So among words hex counts only as a run of at least
 * NF_HEX_MIN_RUN octets whose groups have one width and one separator; and a line is all hex only
 * where every group but the last has an even number of digits.
 */
#include "hextext-form.h"

#include <string.h>

/* A word or number: letters and digits. */
typedef struct {
    const char *at, *end; /* without 0x or \x before it */
    gboolean hex;
    char separator; /* what stands before it besides blanks; ' ' for blanks alone, 0 for more */
    gboolean apart; /* a quote and a comma stand before it: another string of a list */
} Token;

/* Tokens of one line that are all hex. */
typedef struct {
    const char *at, *end;
    guint digits;
    guint version; /* of the Message it begins like, if it has enough digits; else 0 */
} Piece;

typedef enum {
    LINE_EMPTY, /* nothing, or marks alone */
    LINE_COMMENT,
    LINE_STAR, /* od's and hexdump's `*` */
    LINE_HEX,
    LINE_MIXED
} LineKind;

typedef struct {
    NfHexOut *out;
    GArray *runs;   /* of Piece: of a line with words */
    GArray *pieces; /* of Piece: the block */
    gboolean open;  /* the next line may go on with the block's octets */
    gboolean half;  /* the last piece ended in the middle of an octet */
    gboolean cut;   /* octets are missing: what follows in the block is left out */
    gboolean words; /* the text has words */
} Plain;

/* Takes the next token of a line. */
static gboolean
next_token (const char **at, const char *end, Token *token)
{
    const char *p = *at;
    guint marks = 0;
    gboolean quote = FALSE, comma = FALSE;

    *token = (Token){.separator = ' '};
    for (; p < end && !nf_hex_is_word (*p); p++) {
        if (nf_hex_is_blank (*p))
            continue;
        quote = quote || *p == '"' || *p == '\'';
        comma = comma || *p == ',' || *p == ';';
        token->separator = marks++ == 0 ? *p : '\0';
    }
    if (p >= end)
        return FALSE;
    token->apart = quote && comma;
    if ((p[0] == '0' || p[0] == 'x') && p + 2 < end) {
        if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
            p += 2;
        else if (p[0] == 'x' && p > *at && p[-1] == '\\')
            p++;
    }
    token->at = p;
    for (token->hex = TRUE; p < end && nf_hex_is_word (*p); p++)
        token->hex = token->hex && g_ascii_isxdigit (*p);
    token->hex = token->hex && p > token->at;
    token->end = p;
    *at = p;
    return TRUE;
}

static guint
token_width (const Token *token)
{
    return (guint)(token->end - token->at);
}

/* Whether a line holds more than hex: letters beyond f, or two of the marks - : . as dates and
 * times have them. */
static gboolean
has_words (const char *at, const char *end)
{
    char mark = '\0';
    Token token;

    while (next_token (&at, end, &token)) {
        gboolean marked = token.separator != '\0' && strchr ("-:.", token.separator);

        if (!token.hex || (marked && mark != '\0' && mark != token.separator))
            return TRUE;
        mark = marked ? token.separator : mark;
    }
    return FALSE;
}

/* `half`: the line before it ended in the middle of an octet. */
static LineKind
classify (const char *at, const char *end, gboolean half)
{
    gboolean odd = FALSE, any = FALSE;
    const char *mark = at;
    Token token;

    if (has_words (at, end))
        return LINE_MIXED;
    while (next_token (&at, end, &token)) {
        if (odd)
            return LINE_MIXED;
        odd = token_width (&token) % 2 != (half && !any ? 1 : 0);
        any = TRUE;
    }
    if (any)
        return LINE_HEX;
    if (memchr (mark, NF_HEX_COMMENT, (gsize)(end - mark)))
        return LINE_COMMENT;
    while (mark < end && nf_hex_is_blank (*mark))
        mark++;
    return mark < end && *mark == '*' ? LINE_STAR : LINE_EMPTY;
}

static void
piece_add (Piece *piece, const Token *token)
{
    if (piece->digits == 0)
        piece->at = token->at;
    piece->end = token->end;
    piece->digits += token_width (token);
}

/* Notes whether the piece begins like a Message. */
static void
piece_finish (Piece *piece)
{
    const char *at = piece->at;
    guint value = 0, n = 0;
    Token token;

    if (piece->digits < 2 * NF_HEX_MIN_RUN)
        return;
    while (n < 4 && next_token (&at, piece->end, &token))
        for (const char *p = token.at; p < token.end && n < 4; p++, n++)
            value = value * 16 + (guint)g_ascii_xdigit_value (*p);
    piece->version =
        nf_hex_is_version ((guint8[]){(guint8)(value >> 8), (guint8)value}, 2) ? value : 0;
}

static void
add_piece_digits (NfHexOut *out, const Piece *piece)
{
    const char *at = piece->at;
    Token token;

    while (next_token (&at, piece->end, &token))
        for (const char *p = token.at; p < token.end; p++)
            nf_hex_add_digit (out, *p);
}

static void
end_chunk (Plain *plain, const char *end, gboolean partial)
{
    NfHexOut *out = plain->out;

    if (plain->words && out->open->octets->len < NF_HEX_MIN_RUN) {
        nf_hex_drop (out);
        return;
    }
    out->open->partial = partial;
    nf_hex_end (out, end);
}

/* Whether every piece is of its own: all begin like Messages. Octets of one Message that were
 * wrapped may do so, too (0008 0004 is a field of a Template as well as a version), so where the
 * widths look wrapped the versions must be the same. */
static gboolean
is_separate (const Piece *pieces, guint n)
{
    gboolean wrapped = TRUE, same = TRUE;

    for (guint i = 0; i < n; i++) {
        if (pieces[i].version == 0)
            return FALSE;
        same = same && pieces[i].version == pieces[0].version;
        wrapped = wrapped && (i + 1 < n ? pieces[i].digits == pieces[0].digits
                                        : pieces[i].digits <= pieces[0].digits);
    }
    return n > 1 && (same || !wrapped);
}

/* The block is over: makes chunks of its pieces. `end`: of the text, to see whether it says that
 * more was left out. */
static void
block_end (Plain *plain, const char *end)
{
    const Piece *pieces = (const Piece *)(gpointer)plain->pieces->data;
    guint n = plain->pieces->len;
    gboolean separate = is_separate (pieces, n);

    for (guint i = 0; i < n; i++) {
        gboolean last = i + 1 == n;

        if (i == 0 || separate)
            nf_hex_begin (plain->out, pieces[i].at);
        add_piece_digits (plain->out, &pieces[i]);
        if (last || separate)
            end_chunk (plain, pieces[i].end,
                       nf_hex_elided (pieces[i].end, end) || (last && plain->cut));
    }
    g_array_set_size (plain->pieces, 0);
    plain->open = plain->half = plain->cut = FALSE;
}

static void
block_add (Plain *plain, Piece *piece)
{
    if (plain->cut || piece->digits == 0)
        return;
    piece_finish (piece);
    plain->half ^= piece->digits % 2 != 0;
    g_array_append_val (plain->pieces, *piece);
    plain->open = TRUE;
}

/* A line of nothing but hex: goes on with the block, except behind a quote and a comma. */
static void
read_hex_line (Plain *plain, const char *at, const char *line_end, const char *end)
{
    Piece piece = {0};
    Token token;

    if (!plain->open)
        block_end (plain, end);
    while (next_token (&at, line_end, &token)) {
        if (token.apart && piece.digits > 0) {
            block_add (plain, &piece);
            block_end (plain, end);
            piece = (Piece){0};
        }
        piece_add (&piece, &token);
    }
    block_add (plain, &piece);
    for (gboolean quote = FALSE; at < line_end; at++) {
        quote = quote || *at == '"' || *at == '\'';
        if (quote && (*at == ',' || *at == ';'))
            plain->open = FALSE;
    }
}

static void
run_finish (Plain *plain, Piece *run)
{
    piece_finish (run);
    if (run->digits >= 2 * NF_HEX_MIN_RUN)
        g_array_append_val (plain->runs, *run);
    *run = (Piece){0};
}

/* Finds the runs of a line with words: groups of one width, of which the last may be shorter, and
 * with one separator. */
static void
find_runs (Plain *plain, const char *at, const char *line_end)
{
    Piece run = {0};
    guint width = 0, n = 0;
    char separator = '\0';
    Token token;

    g_array_set_size (plain->runs, 0);
    while (next_token (&at, line_end, &token)) {
        gboolean goes_on = token.hex && run.digits > 0 && width % 2 == 0 &&
                           run.digits == width * n && token_width (&token) <= width &&
                           token.separator != '\0' && strchr (" :-.,", token.separator) &&
                           (n == 1 || token.separator == separator);

        if (!goes_on) {
            run_finish (plain, &run);
            n = 0;
            width = token_width (&token);
        }
        separator = token.separator;
        if (token.hex) {
            piece_add (&run, &token);
            n++;
        }
    }
    run_finish (plain, &run);
}

/* A line with words. Of its runs those count that begin like a Message, or else the longest one.
 * Each is a block of its own; one that starts the line goes on with the block before. */
static void
read_mixed_line (Plain *plain, const char *at, const char *line_end, const char *end)
{
    gboolean version = FALSE;
    guint longest = 0;
    const char *last = NULL;

    find_runs (plain, at, line_end);
    for (guint i = 0; i < plain->runs->len; i++) {
        const Piece *run = &g_array_index (plain->runs, Piece, i);

        version = version || run->version != 0;
        longest = MAX (longest, run->digits);
    }
    for (guint i = 0; i < plain->runs->len; i++) {
        Piece *run = &g_array_index (plain->runs, Piece, i);

        if (version ? run->version == 0 : run->digits < longest)
            continue;
        if (run->at > at || !plain->open)
            block_end (plain, end);
        block_add (plain, run);
        last = run->end;
    }
    while (last && last < line_end && !nf_hex_is_word (*last))
        last++;
    plain->open = last == line_end;
}

static gboolean
any_line_has_words (const char *text, const char *end)
{
    const char *at = text, *line = text, *line_end;

    for (; (line_end = nf_hex_line_end (&at, end)); line = at)
        if (has_words (line, line_end))
            return TRUE;
    return FALSE;
}

void
nf_hex_read_plain (NfHexOut *out, const char *end)
{
    Plain plain = {.out = out, .words = any_line_has_words (out->text, end)};
    const char *at = out->text, *line = at, *line_end;

    plain.runs = g_array_new (FALSE, FALSE, sizeof (Piece));
    plain.pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
    for (; (line_end = nf_hex_line_end (&at, end)); line = at) {
        switch (classify (line, line_end, plain.open && plain.half)) {
        case LINE_EMPTY:
            block_end (&plain, end);
            break;
        case LINE_COMMENT:
            break;
        case LINE_STAR:
            plain.cut = plain.pieces->len > 0;
            break;
        case LINE_HEX:
            read_hex_line (&plain, line, line_end, end);
            break;
        case LINE_MIXED:
            read_mixed_line (&plain, line, line_end, end);
            break;
        }
    }
    block_end (&plain, end);
    g_array_unref (plain.runs);
    g_array_unref (plain.pieces);
    out->notes |= plain.words ? NF_HEX_WORDS : 0;
    out->form = plain.words ? "hex among words" : "plain hex";
}
