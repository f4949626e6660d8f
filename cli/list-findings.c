/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The findings that nfpeek knows: in a list, or explained. */
#include "columns.h"
#include "list.h"

#define CODE_WIDTH     22 /* with two spaces behind the longest */
#define SEVERITY_WIDTH 9  /* likewise */
#define LINE_WIDTH     90 /* of explanations */

/* A text of the table with N for each argument. */
static void
add_pattern (NfText *t, const char *text)
{
    for (; *text; text++) {
        if (*text != '%')
            nf_text_add_char (t, *text);
        else if (*++text == 's')
            nf_text_add_char (t, 's');
        else
            nf_text_add (t, *text == 'p' || *text == 'P' ? "packet N" : "N");
    }
}

/* "error    Template ID N is below 256: ... [RFC 7011 3.4.1, RFC 3954 5.2]" */
static void
add_row (NfText *t, NfFindingId id)
{
    const char *ipfix = nf_finding_reference (id, 10), *v9 = nf_finding_reference (id, 9);
    gsize start = nf_text_length (t);

    nf_text_add (t, nf_severity_name (nf_finding_severity (id)));
    nf_column_left (t, start, SEVERITY_WIDTH);
    add_pattern (t, nf_finding_template_text (id));
    nf_text_add_format (t, " [%s", ipfix);
    if (strcmp (ipfix, v9) != 0)
        nf_text_add_format (t, ", %s", v9);
    nf_text_add (t, "]\n");
}

static void
list (NfText *t)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        gsize start = nf_text_length (t);

        nf_text_add (t, nf_finding_code ((NfFindingId)i));
        nf_column_left (t, start, CODE_WIDTH);
        add_row (t, (NfFindingId)i);
    }
}

/* The first row after `id` that has another code, or NF_N_FINDINGS. */
static guint
next_code (guint id)
{
    const char *code = nf_finding_code ((NfFindingId)id);

    do
        id++;
    while (id < NF_N_FINDINGS && strcmp (nf_finding_code ((NfFindingId)id), code) == 0);
    return id;
}

static void
explain_part (NfText *t, const char *title, const char *sentences)
{
    nf_text_add (t, "\n  ");
    nf_text_add (t, title);
    nf_column_wrap (t, sentences, 2, LINE_WIDTH);
    nf_text_add_char (t, '\n');
}

/* The rows from `first` on, which have one code, and what that means. */
static void
explain (NfText *t, NfFindingId first)
{
    nf_text_add (t, nf_finding_code (first));
    nf_text_add_char (t, '\n');
    for (guint id = first; id < next_code (first); id++) {
        nf_text_add (t, "  ");
        add_row (t, (NfFindingId)id);
    }
    explain_part (t, "What it means: ", nf_finding_meaning (first));
    explain_part (t, "What to do: ", nf_finding_remedy (first));
    explain_part (t, "Example: ", nf_finding_example (first));
}

/* Whether all words are in what there is to read of a code. */
static gboolean
is_about (NfFindingId first, const GPtrArray *words)
{
    g_autofree char *sentences =
        g_strjoin (" ", nf_finding_code (first), nf_finding_meaning (first),
                   nf_finding_remedy (first), nf_finding_example (first), NULL);
    NfText t = NF_TEXT_INIT;
    gboolean has_all = TRUE;

    for (guint id = first; id < next_code (first); id++)
        add_row (&t, (NfFindingId)id);
    for (guint i = 0; i < words->len; i++)
        has_all &= nf_list_has_word (sentences, words->pdata[i]) ||
                   nf_list_has_word (nf_text_string (&t), words->pdata[i]);
    nf_text_clear (&t);
    return has_all;
}

static gboolean
is_named (NfFindingId first, const GPtrArray *words)
{
    for (guint i = 0; i < words->len; i++)
        if (strcmp (nf_finding_code (first), words->pdata[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Explains the codes that `chosen` says. Returns how many there were. */
static guint
explain_chosen (NfText *t, const GPtrArray *words,
                gboolean (*chosen) (NfFindingId first, const GPtrArray *words))
{
    guint n = 0;

    for (guint id = 0; id < NF_N_FINDINGS; id = next_code (id)) {
        if (!chosen ((NfFindingId)id, words))
            continue;
        if (n++ > 0)
            nf_text_add_char (t, '\n');
        explain (t, (NfFindingId)id);
    }
    return n;
}

gboolean
nf_list_findings (NfText *t, const GPtrArray *words, GError **error)
{
    if (words->len == 0) {
        list (t);
        return TRUE;
    }
    if (explain_chosen (t, words, is_named) > 0 || explain_chosen (t, words, is_about) > 0)
        return TRUE;
    g_set_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW,
                 "no finding has '%s' in its code, its texts or what explains it",
                 (const char *)words->pdata[0]);
    return FALSE;
}
