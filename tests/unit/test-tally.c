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

/* What came is counted in each unit: nobody knows which one will be meant. Where that is known what
 * was lost in another one is taken back. */
static void
test_units (void)
{
    static const NfDatagram datagram;
    static NfShow show;
    NfTally tally = {.messages = 0};
    NfLoss losses[NF_LOSSES];

    show.datagram = &datagram;
    show.track = (NfTrack){.order = NF_ORDER_GAP,
                           .unit = NF_UNIT_RECORDS,
                           .found_unit = NF_UNIT_RECORDS,
                           .lost = 30,
                           .steps = {[NF_UNIT_MESSAGES] = 1, [NF_UNIT_RECORDS] = 10}};
    nf_tally_end (&tally, &show);
    nf_losses_add (losses, 0, &tally, 10);
    g_assert_cmpuint (losses[0].lost, ==, 30);
    g_assert_cmpuint (losses[0].of, ==, 40);
    show.track.unit = NF_UNIT_MESSAGES;
    show.track.lost = 2;
    show.track.found = 30;
    nf_tally_end (&tally, &show);
    nf_losses_add (losses, 0, &tally, 10);
    g_assert_cmpstr (losses[0].unit, ==, "Messages");
    g_assert_cmpuint (losses[0].lost, ==, 2);
    g_assert_cmpuint (losses[0].of, ==, 4);
}

/* Losses of one unit are one; of what nobody knows how it follows there is none. */
static void
test_losses (void)
{
    const NfTally messages = {.unit = NF_UNIT_MESSAGES,
                              .followed = 9,
                              .skipped = 3,
                              .received = {[NF_UNIT_MESSAGES] = 97, [NF_UNIT_RECORDS] = 900}};
    const NfTally records = {
        .unit = NF_UNIT_RECORDS, .followed = 1, .received = {[NF_UNIT_RECORDS] = 120}};
    const NfTally unknown = {.unit = NF_UNIT_RECORDS, .messages = 5};
    NfLoss losses[NF_LOSSES];
    guint n = nf_losses_add (losses, 0, &messages, 9);

    n = nf_losses_add (losses, n, &records, 10);
    n = nf_losses_add (losses, n, &unknown, 10);
    n = nf_losses_add (losses, n, &messages, 9);
    g_assert_cmpuint (n, ==, 2);
    g_assert_cmpstr (losses[0].unit, ==, "Messages");
    g_assert_cmpuint (losses[0].lost, ==, 6);
    g_assert_cmpuint (losses[0].of, ==, 200);
    g_assert_cmpuint (losses[1].lost, ==, 0);
    g_assert_cmpuint (losses[1].of, ==, 120);
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

/* Columns of a terminal, not characters or octets. */
static void
test_width (void)
{
    static const struct {
        const char *text;
        guint width;
    } texts[] = {
        {"", 0},
        {"ge-0/0/7", 8},
        {"\xc3\xbc", 1},                 /* u with dots, */
        {"u\xcc\x88", 1},                /* and the dots apart */
        {"\xe4\xb8\xad\xe6\x96\x87", 4}, /* two wide ones */
        {"a\xff\xe4\xb8", 4},            /* octets that are no character */
    };
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        const char *text = texts[i].text;

        g_assert_cmpuint (nf_column_width (text, strlen (text)), ==, texts[i].width);
        nf_text_truncate (&t, 0);
        nf_text_add (&t, text);
        nf_column_left (&t, 0, 8);
        g_assert_cmpuint (nf_text_length (&t), ==, strlen (text) + 8 - texts[i].width);
    }
    nf_text_clear (&t);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/tally/judge", test_judge);
    g_test_add_func ("/tally/losses", test_losses);
    g_test_add_func ("/tally/units", test_units);
    g_test_add_func ("/columns/wrap", test_wrap);
    g_test_add_func ("/columns/width", test_width);
    return g_test_run ();
}
