/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of findings and what explains them (common/finding.h). */
#include "finding.h"

static const struct {
    const char *code;
    const char *texts[3];
} helps[] = {
#define NF_HELP(code_, meaning, remedy, example)                                                   \
    {.code = code_, .texts = {meaning, remedy, example}},
#include "finding-help.def"
};

static NfFindingId
find (const char *code)
{
    guint id = 0;

    while (id < NF_N_FINDINGS && strcmp (nf_finding_code ((NfFindingId)id), code) != 0)
        id++;
    return (NfFindingId)id;
}

/* Rows of one code stand together, so that what is listed by code is listed once. */
static void
test_together (void)
{
    for (guint i = 1; i < NF_N_FINDINGS; i++) {
        const char *code = nf_finding_code ((NfFindingId)i);

        if (strcmp (code, nf_finding_code ((NfFindingId)(i - 1))) != 0 && find (code) != i)
            g_error ("finding.def: the rows of %s do not stand together", code);
    }
}

static void
test_each_is_explained (void)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        NfFindingId id = (NfFindingId)i;

        if (!nf_finding_meaning (id) || !nf_finding_remedy (id) || !nf_finding_example (id))
            g_error ("finding-help.def: no row for %s", nf_finding_code (id));
    }
}

/* In the order of finding.def, so that each is there once, too. */
static void
test_none_is_left_over (void)
{
    guint before = 0;

    for (guint i = 0; i < G_N_ELEMENTS (helps); i++) {
        guint id = find (helps[i].code);

        if (id == NF_N_FINDINGS)
            g_error ("finding-help.def: there is no finding %s", helps[i].code);
        if (i > 0 && id <= before)
            g_error ("finding-help.def: %s stands elsewhere in finding.def", helps[i].code);
        before = id;
    }
}

/* One line of sentences each, without what C or the manual page would have to escape. */
static void
test_sentences (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (helps); i++) {
        for (guint j = 0; j < G_N_ELEMENTS (helps[i].texts); j++) {
            const char *text = helps[i].texts[j];

            g_test_message ("%s: %s", helps[i].code, text);
            g_assert_true (g_str_has_suffix (text, "."));
            g_assert_null (strpbrk (text, "\\\"\n\t"));
            g_assert_null (strstr (text, "  "));
            for (const char *at = text; *at; at++)
                g_assert_true (g_ascii_isprint (*at));
        }
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/finding/together", test_together);
    g_test_add_func ("/finding/each-is-explained", test_each_is_explained);
    g_test_add_func ("/finding/none-is-left-over", test_none_is_left_over);
    g_test_add_func ("/finding/sentences", test_sentences);
    return g_test_run ();
}
