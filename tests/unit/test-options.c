/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: what is understood, and what is refused with which words. */
#include "options.h"

typedef struct {
    const char *line;  /* words between blanks */
    const char *error; /* part of what is said, or NULL where it is understood */
    const char *files; /* joined by commas */
    const char *view;  /* or NULL: none chosen */
} Case;

static const Case cases[] = {
    {"a.pcap", NULL, "a.pcap", NULL},
    {"-r a.pcap", NULL, "a.pcap", NULL},
    {"-ra.pcap b.pcap", NULL, "a.pcap,b.pcap", NULL},
    {"-nr a.pcap -V", NULL, "a.pcap", "tree"},
    {"-nnV a.pcap", NULL, "a.pcap", "tree"},
    {"a.pcap -T jsonl", NULL, "a.pcap", "jsonl"},
    {"-Tjson -", NULL, "-", "json"},
    {"-T csv -e src,dst -e octets -- -odd", NULL, "-odd", "csv"},
    {"-c10 a", NULL, "a", NULL},
    {"-c 0 a", "-c wants a number", "", NULL},
    {"-c ten a", "-c wants a number", "", NULL},
    {"-d udp.port==2055,cflow a", NULL, "a", NULL},
    {"-d 2055,9990-9999 a", NULL, "a", NULL},
    {"-d 70000 a", "-d wants ports", "", NULL},
    {"--packets=1,5-9 a", NULL, "a", NULL},
    {"--packets 9-5 a", "--packets wants", "", NULL},
    {"--packets , a", "--packets wants", "", NULL},
    {"--from 2023-11-14T22:13:20Z --to @1700000060.5 a", NULL, "a", NULL},
    {"--from 2023 a", "--from wants a time", "", NULL},
    {"--from @noon a", "--from wants a time", "", NULL},
    {"--to 22:13 a", "--to wants a time", "", NULL},
    {"--from @99999999999 a", NULL, "a", NULL},
    {"--from 2023-11-15 --to 2023-11-14 a", "--to is not later", "a", NULL},
    {"--limit domains=5 --limit announced=9999999999 a", NULL, "a", NULL},
    {"--limit domain=5 a",
     "--limit wants NAME=N, such as domains=100000, not 'domain=5'; there are "
     "domains, templates, ",
     "", NULL},
    {"--limit domains=0 a", "--limit wants", "", NULL},
    {"--limit domains=9999999999 a", "--limit wants", "", NULL},
    {"--limit domains a", "--limit wants", "", NULL},
    {"--hold 0 a", NULL, "a", NULL},
    {"--hold 1M a", "--hold wants a number of MiB", "", NULL},
    {"--metrics m.prom a", NULL, "a", NULL},
    {"--metrics - a", "--metrics wants the name", "a", NULL},
    {"--metrics m -w m a", "--metrics wants a file of its own", "a", NULL},
    {"--color a", NULL, "a", NULL},
    {"--color=sometimes a", "--color is", "", NULL},
    {"--fail-on=never a", NULL, "a", NULL},
    {"--fail-on=often a", "--fail-on is", "", NULL},
    {"--names=netflow9 a", NULL, "a", NULL},
    {"--names=cisco a", "--names is", "", NULL},
    {"-T tables a", "there is no view 'tables'", "", "tables"},
    {"-e src a", "-e chooses the columns", "a", NULL},
    {"-Y src a.pcap", NULL, "a.pcap", NULL},
    {"-V -Ysrc==10.0.0.1 a.pcap", NULL, "a.pcap", "tree"},
    {"a.pcap -Y", "-Y requires an argument", "", NULL},
    {"--sum octets,src -c 3 a.pcap", NULL, "a.pcap", NULL},
    {"--sum=octets,src -T jsonl a.pcap", NULL, "a.pcap", "jsonl"},
    {"--sum octets -V a.pcap", "--sum is a table", "a.pcap", "tree"},
    {"--sum , a.pcap", "--sum wants names", "", NULL},
    {"--sum octets -e src a.pcap", "those of --sum", "a.pcap", NULL},
    {"-T csv -e , a", "-e wants names", "", "csv"},
    {"-l 2055", NULL, "", NULL},
    {"--listen", NULL, "", NULL},
    {"-l 2055 a", "-l listens", "a", NULL},
    {"-l 2055 -d 2055", "-d chooses", "", NULL},
    {"-l 2055 -i eth0 -d 2055", NULL, "", NULL},
    {"-i eth0", NULL, "", NULL},
    {"-i eth0 -T tree udp port 2055", NULL, "", "tree"},
    {"-i 1 -f udp --user nobody", NULL, "", NULL},
    {"-i eth0 -f udp tcp", "there are two capture filters", "", NULL},
    {"-i eth0 -i any", "-i goes once", "", NULL},
    {"-i eth0 -r a", "-i captures", "a", NULL},
    {"-i eth0 -l 2055", NULL, "", NULL},
    {"-i eth0 -l tcp:2055", "-i goes with -l of UDP", "", NULL},
    {"-f udp a", "-f goes with -i", "a", NULL},
    {"--user nobody a", "--user goes with -i", "a", NULL},
    {"--send h:2055 --rate max a", NULL, "a", NULL},
    {"--send h:2055 --rate 0 a", NULL, "a", NULL},
    {"--send h:2055 --rate fast a", "--rate wants", "", NULL},
    {"--send h:2055 --rate 5000000000 a", "--rate wants", "", NULL},
    {"--rate 5 a", "--rate goes with --send", "a", NULL},
    {"--send h:2055 -l 2055", "--send sends", "", NULL},
    {"--send h:2055 -i eth0", "--send sends", "", NULL},
    {"-l 2055 --for 90", NULL, "", NULL},
    {"-l 2055 --for=5m --every 10s", NULL, "", NULL},
    {"-l 2055 --every 1h -T stats", NULL, "", "stats"},
    {"-l 2055 --every 10s -T flows", "--every goes with -T summary, ", "", "flows"},
    {"-l 2055 --every 10s --sum octets", NULL, "", NULL},
    {"-l 2055 --every 10s --sum octets -T csv", "--every goes with -T summary, ", "", "csv"},
    {"-l 2055 --for 0", "--for wants a time", "", NULL},
    {"-l 2055 --for 5x", "--for wants a time", "", NULL},
    {"-l 2055 --for s", "--for wants a time", "", NULL},
    {"-l 2055 --for -5", "--for wants a time", "", NULL},
    {"-l 2055 --every 9000h", "--every wants a time", "", NULL},
    {"-l 2055 --every 99999999999999999999", "--every wants a time", "", NULL},
    {"--for 5s a", "--for goes with -i or -l", "a", NULL},
    {"--every 5s a", "--every goes with -i or -l", "a", NULL},
    {"-Q a", "there is no option -Q", "", NULL},
    {"-nQn a", "there is no option -Q", "", NULL},
    {"--frobnicate a", "'--frobnicate' is no option", "", NULL},
    {"--list a", "the beginning of several", "", NULL},
    {"--version=3 a", "--version takes no argument", "", NULL},
    {"--help=3 a", "-h takes no argument", "", NULL},
    {"a -c", "-c requires an argument", "", NULL},
    {"a --packets", "--packets requires an argument", "", NULL},
    {"", "nothing to read", "", NULL},
    {"-V", "nothing to read", "", "tree"},
};

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *line = g_strdup_printf ("nfpeek %s", c->line);
    g_auto (GStrv) argv = g_strsplit (g_strchomp (line), " ", -1);
    g_autofree char **words = g_memdup2 (argv, (g_strv_length (argv) + 1) * sizeof *argv);
    g_autoptr (GError) error = NULL;
    NfOptions options;
    gboolean good = nf_options_parse (&options, (int)g_strv_length (argv), words, &error);

    g_assert_cmpint (good, ==, c->error == NULL);
    g_assert_cmpint (good, ==, error == NULL);
    if (c->error)
        g_assert_nonnull (strstr (error->message, c->error));
    g_ptr_array_add (options.files, NULL);
    g_autofree char *files = g_strjoinv (",", (char **)options.files->pdata);

    g_assert_cmpstr (files, ==, c->files);
    g_assert_cmpstr (options.view, ==, c->view);
    nf_options_clear (&options);
}

static void
test_ranges (void)
{
    g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (NfRange));

    g_assert_true (nf_ranges_parse (ranges, "1,5-9,100-", 200));
    for (guint64 n = 0; n <= 201; n++)
        g_assert_cmpint (nf_ranges_have (ranges, n), ==,
                         n == 1 || (n >= 5 && n <= 9) || (n >= 100 && n <= 200));
}

/* A terminal that is not small has 60 lines of 80 columns, and the last thing on it are examples.
 */
static void
test_help (void)
{
    NfText t = NF_TEXT_INIT;

    nf_options_help (&t);
    nf_text_truncate (&t, nf_text_length (&t) - 1);
    g_auto (GStrv) lines = g_strsplit (nf_text_string (&t), "\n", -1);
    guint n = g_strv_length (lines);

    g_assert_cmpuint (n, <=, 60);
    for (guint i = 0; i < n; i++)
        g_assert_cmpuint (strlen (lines[i]), <=, 80);
    g_assert_true (g_str_has_prefix (lines[n - 1], "  nfpeek "));
    nf_text_clear (&t);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/options/%u", i);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/options/ranges", test_ranges);
    g_test_add_func ("/options/help", test_help);
    return g_test_run ();
}
