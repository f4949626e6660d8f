/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Octets out of text: tidy the text, blank its comments, let the reader of each form try, and keep
 * what the best of them found.
 */
#include "hextext-form.h"

#include <string.h>

typedef struct {
    void (*read) (NfHexOut *out, const char *end);
    gboolean raw;     /* reads comments, too: what looks like one may be a dump's text column */
    gboolean certain; /* where it finds anything, no other form is tried */
} Form;

/* Of two forms that give as many octets the first one counts. */
static const Form forms[] = {
    {.read = nf_hex_read_dump, .raw = TRUE, .certain = TRUE},
    {.read = nf_hex_read_strings},
    {.read = nf_hex_read_lists},
    {.read = nf_hex_read_base64, .raw = TRUE}, /* `//` is two of its digits */
    {.read = nf_hex_read_plain},
    {.read = nf_hex_read_hex_strings},
};

static const struct {
    NfHexNotes note;
    const char *text;
} note_texts[] = {
    {NF_HEX_OFFSETS, "offset column dropped"},
    {NF_HEX_TEXT_COLUMN, "text column dropped"},
    {NF_HEX_WORDS, "words dropped"},
    {NF_HEX_COMMENTS, "comments dropped"},
    {NF_HEX_SWAPPED, "octets of words swapped"},
    {NF_HEX_REPEATS, "repeated lines filled in"},
};

void
nf_hex_chunk_free (NfHexChunk *chunk)
{
    if (!chunk)
        return;
    g_byte_array_unref (chunk->octets);
    g_free (chunk);
}

/* The number of the line that `at` stands in. Only ever asked for places further on. */
static guint
line_number (NfHexOut *out, const char *at)
{
    for (; out->at < at; out->at++)
        if (*out->at == '\n')
            out->line++;
    return out->line;
}

void
nf_hex_begin (NfHexOut *out, const char *at)
{
    nf_hex_end (out, at);
    out->open = g_new0 (NfHexChunk, 1);
    out->open->octets = g_byte_array_new ();
    out->open->first_line = line_number (out, at);
}

void
nf_hex_add (NfHexOut *out, const guint8 *octets, gsize n)
{
    g_byte_array_append (out->open->octets, octets, (guint)n);
}

void
nf_hex_add_digit (NfHexOut *out, char digit)
{
    int value = g_ascii_xdigit_value (digit);

    if (out->digit < 0) {
        out->digit = value;
    } else {
        nf_hex_add (out, &(guint8){(guint8)(out->digit * 16 + value)}, 1);
        out->digit = -1;
    }
}

void
nf_hex_drop (NfHexOut *out)
{
    g_clear_pointer (&out->open, nf_hex_chunk_free);
    out->digit = -1;
}

void
nf_hex_end (NfHexOut *out, const char *at)
{
    NfHexChunk *chunk = out->open;

    if (!chunk || chunk->octets->len == 0) {
        nf_hex_drop (out);
        return;
    }
    chunk->last_line = line_number (out, at - 1);
    chunk->odd_digit = out->digit >= 0;
    out->n_octets += chunk->octets->len;
    g_ptr_array_add (out->chunks, chunk);
    out->open = NULL;
    out->digit = -1;
}

const char *
nf_hex_line_end (const char **at, const char *end)
{
    const char *newline;

    if (*at >= end)
        return NULL;
    newline = memchr (*at, '\n', (gsize)(end - *at));
    *at = newline ? newline + 1 : end;
    return newline ? newline : end;
}

gboolean
nf_hex_is_version (const guint8 *octets, gsize n)
{
    return n >= 2 && octets[0] == 0 && (octets[1] == 1 || (octets[1] >= 5 && octets[1] <= 10));
}

gboolean
nf_hex_elided (const char *at, const char *end)
{
    while (at < end && (g_ascii_isspace (*at) || *at == ','))
        at++;
    return g_str_has_prefix (at, "...") || g_str_has_prefix (at, "\xe2\x80\xa6");
}

/*
 * A copy of the text without what editors, browsers and Windows put in: byte order mark, carriage
 * returns, no-break spaces. A zero follows it.
 */
static char *
tidy (const char *text, gsize length, gsize *tidy_length)
{
    char *copy = g_malloc (length + 1);
    gsize n = 0;

    for (gsize i = 0; i < length; i++) {
        gsize left = length - i;

        if (i == 0 && left >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
            i += 2;
        else if (left >= 2 && memcmp (text + i, "\xc2\xa0", 2) == 0) {
            copy[n++] = ' ';
            i++;
        } else if (text[i] != '\r')
            copy[n++] = text[i];
        else if (left < 2 || text[i + 1] != '\n')
            copy[n++] = '\n';
    }
    copy[n] = '\0';
    *tidy_length = n;
    return copy;
}

/* The end of the comment that starts at `at`, or NULL where none does. `*no_close` is set once
 * there is no further end of a C comment, so that it is looked for only once. */
static char *
comment_end (char *text, char *at, char *end, gboolean *no_close)
{
    char before = at > text ? at[-1] : '\n';
    char *newline = NULL;

    if (at[0] == '/' && at[1] == '*' && !*no_close) {
        char *close = g_strstr_len (at + 2, end - at - 2, "*/");

        *no_close = close == NULL;
        return close ? close + 2 : NULL;
    }
    /* Not "packet #12", not "http://". */
    if ((at[0] == '#' && g_ascii_isspace (before) && !g_ascii_isdigit (at[1])) ||
        (at[0] == '/' && at[1] == '/' && (g_ascii_isspace (before) || strchr (",{[(", before)))) {
        newline = memchr (at, '\n', (gsize)(end - at));
        return newline ? newline : end;
    }
    return NULL;
}

/* The end of the quoted string that starts at `at` if it ends on the same line, else `at`. */
static char *
quoted_end (char *at, char *end)
{
    for (char *p = at + 1; p < end && *p != '\n'; p++) {
        if (*p == '\\' && p + 1 < end && p[1] != '\n')
            p++;
        else if (*p == *at)
            return p;
    }
    return at;
}

/* Overwrites comments, so that places stay the same. Returns whether there was one. */
static gboolean
blank_comments (char *text, gsize length)
{
    char *end = text + length;
    gboolean found = FALSE, no_close = FALSE, no_quote = FALSE;

    for (char *at = text; at < end; at++) {
        char *close;

        if (*at == '\n')
            no_quote = FALSE;
        if ((*at == '"' || *at == '\'') && !no_quote) {
            close = quoted_end (at, end);
            no_quote = close == at;
            at = close;
            continue;
        }
        close = comment_end (text, at, end, &no_close);
        if (!close)
            continue;
        for (; at < close; at++)
            if (*at != '\n')
                *at = NF_HEX_COMMENT;
        found = TRUE;
        at--;
    }
    return found;
}

static void
out_init (NfHexOut *out, const char *text)
{
    *out = (NfHexOut){.text = text, .digit = -1, .at = text, .line = 1};
    out->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify)nf_hex_chunk_free);
}

gboolean
nf_hex_read (const char *text, gsize length, GPtrArray *chunks, NfHexReport *report)
{
    gsize n;
    g_autofree char *raw = tidy (text, length, &n);
    g_autofree char *code = g_memdup2 (raw, n + 1);
    gboolean comments = blank_comments (code, n);
    NfHexOut best;

    out_init (&best, raw);
    best.line = line_number (&best, raw + n);
    *report = (NfHexReport){.lines = n == 0 || raw[n - 1] == '\n' ? best.line - 1 : best.line};
    for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
        const char *read = forms[i].raw ? raw : code;
        NfHexOut out;

        out_init (&out, read);
        forms[i].read (&out, read + n);
        nf_hex_end (&out, read + n);
        if (comments && !forms[i].raw)
            out.notes |= NF_HEX_COMMENTS;
        if (out.n_octets > best.n_octets) {
            NfHexOut worse = best;

            best = out;
            out = worse;
        }
        g_ptr_array_unref (out.chunks);
        if (forms[i].certain && best.n_octets > 0)
            break;
    }
    if (best.n_octets > 0) {
        report->form = best.form;
        report->notes = best.notes;
    }
    g_ptr_array_extend_and_steal (chunks, best.chunks);
    return report->form != NULL;
}

char *
nf_hex_report_text (const NfHexReport *report)
{
    GString *text = g_string_new (report->form ? report->form : "no octets found");

    for (guint i = 0; i < G_N_ELEMENTS (note_texts); i++)
        if (report->notes & note_texts[i].note)
            g_string_append_printf (text, ", %s", note_texts[i].text);
    return g_string_free (text, FALSE);
}

gboolean
nf_hex_looks_like_text (const guint8 *octets, gsize length)
{
    /* Captures, IPFIX and NetFlow all have zeros in their first few octets. */
    for (gsize i = 0; i < length; i++)
        if ((octets[i] < ' ' && !g_ascii_isspace (octets[i]) && octets[i] != '\033') ||
            octets[i] == 0x7f)
            return FALSE;
    return length > 0;
}
