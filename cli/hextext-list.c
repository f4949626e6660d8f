/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays of octets as programs write them:
 *
 *      { 0x00, 0x09, 0x00 }    []byte{0x0, 0x9}    (byte) 0x00, (byte) 0x09    0x00 0x09
 *      [0, 9, 0, 5]    {"type":"Buffer","data":[0,9,0,5]}    <<0,9,0,5>>    [0 9 0 5]    -84
 *
 * Hex or decimal? A number with 0x is hex. Where there is none: with a letter anywhere, or with
 * two digits everywhere, the array is hex, otherwise decimal. A Message begins with an octet 0,
 * which a decimal array writes "0" and a hex one "00", so this errs only on octets that are none.
 */
#include "hextext-form.h"

#include <string.h>

/* Fewer numbers are a version or an address rather than octets. */
#define MIN_NUMBERS 4

/* So many without commas, 0x or brackets are octets rather than a table. */
#define MIN_BARE_NUMBERS 16

typedef struct {
    const char *at, *end; /* its digits */
    gboolean prefixed;    /* with 0x */
    gboolean negative;    /* as Java writes octets above 127 */
} Number;

/* Numbers that stand together. */
typedef struct {
    const char *at, *end;
    guint n, n_commas, n_prefixed; /* numbers, those behind a comma, those with 0x */
    gboolean letters, all_two, in_range, bracket;
    guint first_width;
} Run;

/* Skips blanks, newlines, one comma and Java's casts. Returns whether there was a comma. */
static gboolean
skip_separator (const char **at, const char *end)
{
    gboolean comma = FALSE;

    while (*at < end) {
        if (**at == ',' && !comma)
            comma = TRUE;
        else if (g_str_has_prefix (*at, "(byte)"))
            *at += strlen ("(byte)") - 1;
        else if (!g_ascii_isspace (**at))
            break;
        (*at)++;
    }
    return comma;
}

/* Reads a number of the size of an octet: 0x and one or two digits, one to three decimal digits,
 * or two hex digits. Moves `*at` behind it, or leaves it. */
static gboolean
take_number (const char **at, const char *end, Number *number)
{
    const char *p = *at;
    gboolean decimal = TRUE;
    gsize width;

    number->negative = *p == '-';
    p += number->negative;
    number->prefixed = p[0] == '0' && (p[1] == 'x' || p[1] == 'X');
    p += number->prefixed ? 2 : 0;
    number->at = p;
    while (p < end && g_ascii_isxdigit (*p))
        decimal = g_ascii_isdigit (*p++) && decimal;
    number->end = p;
    width = (gsize)(p - number->at);
    if (width == 0 || width > 3 || (p < end && nf_hex_is_word (*p)))
        return FALSE;
    if (number->prefixed ? width > 2 || number->negative : !decimal && width != 2)
        return FALSE;
    *at = p;
    return TRUE;
}

static gint64
number_value (const Number *number, gboolean hex)
{
    gint64 value = (gint64)g_ascii_strtoull (number->at, NULL, number->prefixed || hex ? 16 : 10);

    return number->negative ? -value : value;
}

static void
run_note (Run *run, const Number *number)
{
    gsize width = (gsize)(number->end - number->at);
    gint64 value = number_value (number, FALSE);

    if (run->n++ == 0)
        run->first_width = (guint)width;
    run->n_prefixed += number->prefixed ? 1 : 0;
    run->all_two = run->all_two && width == 2;
    run->in_range = run->in_range && value >= -128 && value <= 255;
    for (const char *p = number->at; p < number->end && !number->prefixed; p++)
        run->letters = run->letters || !g_ascii_isdigit (*p);
    run->end = number->end;
}

/* Finds the numbers from `at` on that stand together: all with a comma between, or none. */
static gboolean
run_find (Run *run, const char *text, const char *at, const char *end)
{
    Number number;

    *run = (Run){.at = at, .all_two = TRUE, .in_range = TRUE};
    run->bracket = at > text && strchr ("[{(<", at[-1]);
    if (!take_number (&at, end, &number))
        return FALSE;
    for (;;) {
        const char *behind = at;
        gboolean comma = skip_separator (&at, end);

        run_note (run, &number);
        if ((run->n > 1 && comma != (run->n_commas > 0)) || at == behind || at >= end ||
            !take_number (&at, end, &number))
            return TRUE;
        run->n_commas += comma ? 1 : 0;
    }
}

static gboolean
run_is_octets (const Run *run)
{
    if (run->n < MIN_NUMBERS || !run->in_range)
        return FALSE;
    return run->n_commas == run->n - 1 || run->n_prefixed == run->n ||
           (run->first_width == 1 && (run->bracket || run->n >= MIN_BARE_NUMBERS));
}

static void
run_read (NfHexOut *out, const Run *run, const char *end)
{
    gboolean hex = run->n_prefixed == 0 && (run->letters || run->all_two);
    const char *at = run->at;
    Number number;

    nf_hex_begin (out, at);
    for (guint i = 0; i < run->n && take_number (&at, end, &number); i++) {
        guint8 octet = (guint8)number_value (&number, hex);

        nf_hex_add (out, &octet, 1);
        skip_separator (&at, end);
    }
    out->open->partial = nf_hex_elided (run->end, end);
    nf_hex_end (out, run->end);
    out->form = run->n_prefixed > 0 ? "C array" : hex ? "hex array" : "decimal array";
}

void
nf_hex_read_lists (NfHexOut *out, const char *end)
{
    const char *at = out->text;
    Run run;

    while (at < end) {
        if (run_find (&run, out->text, at, end)) {
            if (run_is_octets (&run))
                run_read (out, &run, end);
            at = run.end;
            continue;
        }
        if (!nf_hex_is_word (*at)) {
            at++;
            continue;
        }
        out->notes |= NF_HEX_WORDS;
        while (at < end && nf_hex_is_word (*at))
            at++;
    }
}
