/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The judgement on what was counted (cli/tally.h), and sentences in lines (cli/columns.h). */
#include "columns.h"
#include "tally.h"

static const struct {
    NfTally tally;
    const char *word;
    NfHealth health;
} judgements[] = {
    {{.messages = 5, .flows = 9}, "ok", NF_HEALTHY},
    {{.messages = 5}, "no data", NF_HEALTHY},
    {{.messages = 5, .flows = 9, .findings = {0, 2, 0}}, "warnings", NF_HEALTHY},
    {{.messages = 5, .flows = 9, .findings = {7, 0, 0}}, "ok", NF_HEALTHY},
    {{.messages = 5, .flows = 9, .cut = 1}, "cut short", NF_LOSSY},
    {{.encrypted = 1}, "encrypted", NF_UNDECODABLE},
    {{.messages = 5, .flows = 9, .skipped = 3}, "Messages lost", NF_LOSSY},
    {{.messages = 5, .flows = 9, .skipped = 3, .unit = NF_UNIT_RECORDS}, "records lost", NF_LOSSY},
    {{.messages = 5, .flows = 9, .gaps = 1}, "segments lost", NF_LOSSY},
    {{.lost = 1, .findings = {0, 1, 0}}, "fragments lost", NF_LOSSY},
    {{.messages = 5, .flows = 9, .skipped = 3, .broken = 1, .findings = {0, 0, 1}},
     "undecoded",
     NF_BROKEN},
    {{.broken = 2, .findings = {0, 0, 2}}, "no Message", NF_UNDECODABLE},
    {{.messages = 5, .missing = 1, .findings = {0, 0, 1}}, "no Template", NF_UNDECODABLE},
    /* other errors than those for want of a Template */
    {{.messages = 5, .missing = 1, .broken = 1, .findings = {0, 0, 2}}, "no Template", NF_BROKEN},
};

static void
test_judge (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (judgements); i++) {
        NfJudgement judged = nf_tally_judge (&judgements[i].tally);

        g_assert_cmpstr (judged.word, ==, judgements[i].word);
        g_assert_cmpstr (nf_health_name (judged.health), ==, nf_health_name (judgements[i].health));
        g_assert_cmpint (judged.rank == 0, ==, strcmp (judged.word, "ok") == 0);
    }
}

/* In what a loss is counted, that is how much came. */
static void
test_received (void)
{
    static const guint64 expected[NF_N_UNITS] = {
        [NF_UNIT_MESSAGES] = 8,
        [NF_UNIT_RECORDS] = 120,
        [NF_UNIT_RECORDS_INCLUDING] = 120,
        [NF_UNIT_FLOWS] = 100,
        [NF_UNIT_RECORDS_AND_TEMPLATES] = 123,
    };
    NfTally tally = {.messages = 10, .copies = 2, .flows = 100, .options = 20, .templates = 3};

    for (guint i = 0; i < NF_N_UNITS; i++) {
        tally.unit = (NfSequenceUnit)i;
        g_assert_cmpuint (nf_tally_received (&tally), ==, expected[i]);
    }
}

static const struct {
    const char *before, *text;
    guint indent, width;
    const char *expected;
} lines[] = {
    {"", "", 2, 10, ""},
    {"", "one two", 2, 10, "one two"},
    {"", "one two three", 2, 10, "one two\n  three"},
    {"", "one two three four", 2, 10, "one two\n  three\n  four"},
    {"title: ", "one two", 2, 10, "title: one\n  two"},
    {"title: ", "ones two", 2, 10, "title:\n  ones two"},
    {"before\n", "one two three", 0, 7, "before\none two\nthree"},
    {"", "1234567890 1", 0, 10, "1234567890\n1"},
    {"", "12345678901 1", 0, 10, "12345678901\n1"},
    {"", "\xc3\xbc\xc3\xbc\xc3\xbc \xc3\xbc\xc3\xbc", 0, 6,
     "\xc3\xbc\xc3\xbc\xc3\xbc \xc3\xbc\xc3\xbc"},
};

static void
test_wrap (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
        NfText t = NF_TEXT_INIT;

        nf_text_add (&t, lines[i].before);
        nf_column_wrap (&t, lines[i].text, lines[i].indent, lines[i].width);
        g_assert_cmpstr (nf_text_string (&t), ==, lines[i].expected);
        nf_text_clear (&t);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/tally/judge", test_judge);
    g_test_add_func ("/tally/received", test_received);
    g_test_add_func ("/columns/wrap", test_wrap);
    return g_test_run ();
}
