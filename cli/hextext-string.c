/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strings with escapes, as C, Go, Python and Wireshark write octets:
 *
 *      "\x00\t\x00\x12" "AB"    b'\x00\t'    "\000\011"    \x00\x09 (to the end of the line)
 *
 * Strings with nothing but blanks, `+` or `\` between them are one. A string that a terminal has
 * wrapped goes on over line ends.
 *
 * And strings of hex that are one so, of which the first stands among words and is short:
 *
 *      packet = "0009" "0001" ...
 */
#include "hextext-form.h"

#include <string.h>

/* What a backslash and a letter mean. */
static const struct {
    char letter;
    guint8 octet;
} escapes[] = {
    {'a', 7},  {'b', 8},   {'t', 9},     {'n', 10},  {'v', 11},    {'f', 12},  {'r', 13},
    {'e', 27}, {'"', '"'}, {'\'', '\''}, {'`', '`'}, {'\\', '\\'}, {'?', '?'}, {'/', '/'},
};

static const char quotes[] = "\"'`";

/* A string of a log has few escapes, one of octets many: at least one octet in so many. */
#define MAX_OCTETS_PER_ESCAPE 4

/* Escapes seen in the open chunk. */
typedef struct {
    guint escapes; /* of any kind */
    guint numeric; /* \x00, \000, \u0000: what only octets have */
} Seen;

/* Reads up to `max` digits of `base`. Returns how many there were. */
static guint
take_digits (const char *at, const char *end, guint base, guint max, guint *value)
{
    guint n = 0;

    for (*value = 0; n < max && at + n < end; n++) {
        int digit = g_ascii_xdigit_value (at[n]);

        if (digit < 0 || (guint)digit >= base)
            break;
        *value = *value * base + (guint)digit;
    }
    return n;
}

/* Reads the escape whose backslash stands at `at`. Returns its length, 0 where it is none. */
static gsize
take_escape (const char *at, const char *end, guint8 *octet, Seen *seen)
{
    guint value = 0, digits = 0, prefix = 2;

    if (at + 1 >= end)
        return 0;
    if (at[1] == 'x') {
        digits = take_digits (at + 2, end, 16, 2, &value);
    } else if (at[1] == 'u') {
        digits = take_digits (at + 2, end, 16, 4, &value);
        digits = digits == 4 ? digits : 0;
    } else {
        prefix = 1;
        digits = take_digits (at + 1, end, 8, 3, &value);
    }
    if (digits > 0 && value <= 0xff) {
        *octet = (guint8)value;
        seen->escapes++;
        seen->numeric++;
        return prefix + digits;
    }
    for (guint i = 0; i < G_N_ELEMENTS (escapes); i++) {
        if (at[1] == escapes[i].letter) {
            *octet = escapes[i].octet;
            seen->escapes++;
            return 2;
        }
    }
    return 0;
}

/* Adds what a string's inside stands for. */
static void
add_unescaped (NfHexOut *out, const char *at, const char *end, Seen *seen)
{
    while (at < end) {
        guint8 octet = (guint8)*at;
        gsize length = *at == '\\' ? take_escape (at, end, &octet, seen) : 1;

        nf_hex_add (out, &octet, 1); /* a backslash that means nothing stands for itself */
        at += MAX (length, 1);
    }
}

/* Whether a string may begin with this quote: not the apostrophe in "don't", but that in b'...'. */
static gboolean
quote_opens (const char *text, const char *at)
{
    if (*at == '\0' || !strchr (quotes, *at))
        return FALSE;
    if (at == text || !nf_hex_is_word (at[-1]))
        return TRUE;
    return strchr ("bBuULf", at[-1]) && (at - 1 == text || !nf_hex_is_word (at[-2]));
}

/* Copies the inside of the string whose quote stands at `at`, without line ends. Sets `*stop` to
 * the place behind its closing quote. Returns FALSE where there is none up to `*stop`, the end of
 * the line; a string that has an escape on its first line may be wrapped over more, up to an empty
 * line. */
static gboolean
copy_quoted (const char *at, const char *end, GString *inside, const char **stop)
{
    char quote = *at++;
    gboolean escape = FALSE;

    g_string_truncate (inside, 0);
    for (*stop = at; *stop < end; ++*stop) {
        if (**stop == quote) {
            ++*stop;
            return TRUE;
        }
        if (**stop == '\n') {
            if (!escape || (*stop)[1] == '\n')
                return FALSE;
            continue;
        }
        if (**stop == '\\' && *stop + 1 < end) {
            escape = TRUE;
            g_string_append_c (inside, *(*stop)++);
            if (**stop == '\n' && *stop + 1 < end) /* wrapped within the escape */
                ++*stop;
        }
        g_string_append_c (inside, **stop);
    }
    return FALSE;
}

/* The quote of the string that follows directly: behind blanks, line ends, `+`, `\`, and a prefix
 * as in b''. NULL where there is none. */
static const char *
adjacent_string (const char *text, const char *at, const char *end)
{
    while (at < end && (g_ascii_isspace (*at) || *at == '+' || *at == '\\'))
        at++;
    if (at + 1 < end && strchr ("bBuUL", *at))
        at++;
    return at < end && quote_opens (text, at) ? at : NULL;
}

/* Ends the open chunk and keeps it if it looks like octets. */
static void
finish (NfHexOut *out, const char *end, const Seen *seen)
{
    if (seen->numeric < 2 || out->open->octets->len > seen->escapes * MAX_OCTETS_PER_ESCAPE) {
        nf_hex_drop (out);
        out->notes |= NF_HEX_WORDS;
        return;
    }
    nf_hex_end (out, end);
    out->form = "string with escapes";
}

/* Reads the string at `at` and those that follow it directly. Returns the place behind them. Where
 * the string is not closed, returns NULL and sets `*stop` to the place where that showed. */
static const char *
read_quoted (NfHexOut *out, const char *at, const char *end, GString *inside, const char **stop)
{
    const char *next = at, *behind = NULL, *close;
    Seen seen = {0};

    while (next && copy_quoted (next, end, inside, &close)) {
        if (!behind)
            nf_hex_begin (out, at);
        behind = close;
        add_unescaped (out, inside->str, inside->str + inside->len, &seen);
        next = adjacent_string (out->text, behind, end);
    }
    if (behind)
        finish (out, behind, &seen);
    else
        *stop = close;
    return behind;
}

/* Reads escapes without quotes, up to the end of the line. Returns that end. */
static const char *
read_bare (NfHexOut *out, const char *at, const char *end)
{
    const char *next = at, *line_end = nf_hex_line_end (&next, end), *last = line_end;
    Seen seen = {0};

    while (last > at && g_ascii_isspace (last[-1]))
        last--;
    nf_hex_begin (out, at);
    add_unescaped (out, at, last, &seen);
    finish (out, last, &seen);
    return line_end;
}

void
nf_hex_read_strings (NfHexOut *out, const char *end)
{
    g_autoptr (GString) inside = g_string_new (NULL);
    const char *unclosed[G_N_ELEMENTS (quotes)] = {NULL}; /* up to here none of this kind closes */
    const char *at = out->text;

    while (at < end) {
        const char *behind = NULL;

        if (quote_opens (out->text, at)) {
            const char **stop = &unclosed[strchr (quotes, *at) - quotes];

            if (at >= *stop)
                behind = read_quoted (out, at, end, inside, stop);
        } else if (*at == '\\' && at + 1 < end && (at[1] == 'x' || g_ascii_isdigit (at[1]))) {
            behind = read_bare (out, at, end);
        } else if (nf_hex_is_word (at[0]) && nf_hex_is_word (at[1])) { /* one letter: as in b'' */
            out->notes |= NF_HEX_WORDS;
        }
        if (behind)
            at = behind;
        else /* an escaped quote opens nothing */
            at += at[0] == '\\' && at + 1 < end && at[1] != '\n' ? 2 : 1;
    }
}

/* The closing quote of the string of hex digits that opens at `at`, or NULL. */
static const char *
hex_string_close (const char *at, const char *end)
{
    const char *p = at + 1;
    guint digits = 0;

    for (; p < end && (g_ascii_isxdigit (*p) || *p == ' '); p++)
        digits += *p != ' ';
    return p < end && *p == *at && digits > 0 ? p : NULL;
}

/* Reads the string of hex at `at` and those that follow it directly. Returns the place behind them,
 * NULL where there is none. */
static const char *
read_digits (NfHexOut *out, const char *at, const char *end)
{
    const char *next = at, *behind = NULL, *close;

    while (next && (close = hex_string_close (next, end))) {
        if (!behind)
            nf_hex_begin (out, at);
        for (const char *p = next + 1; p < close; p++)
            if (*p != ' ')
                nf_hex_add_digit (out, *p);
        behind = close + 1;
        next = adjacent_string (out->text, behind, end);
    }
    if (!behind)
        return NULL;
    if (out->open->octets->len < NF_HEX_MIN_RUN) {
        nf_hex_drop (out);
        out->notes |= NF_HEX_WORDS;
    } else {
        nf_hex_end (out, behind);
        out->form = "strings of hex";
    }
    return behind;
}

void
nf_hex_read_hex_strings (NfHexOut *out, const char *end)
{
    const char *line = out->text, *at, *line_end;

    for (at = line; (line_end = nf_hex_line_end (&line, end)); at = MAX (at, line)) {
        while (at < line_end) {
            const char *behind = NULL;

            if (quote_opens (out->text, at)) {
                behind = read_digits (out, at, end);
                if (!behind && (behind = memchr (at + 1, *at, (gsize)(line_end - at - 1))))
                    behind++;
            } else if (nf_hex_is_word (at[0]) && nf_hex_is_word (at[1])) {
                out->notes |= NF_HEX_WORDS;
            }
            at = behind ? behind : at + 1;
        }
    }
}
