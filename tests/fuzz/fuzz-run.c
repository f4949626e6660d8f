/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> a file that the command shows: each view, and what else it does with
 * datagrams. Its last octet says which of the command lines below.
 */
#include "scratch.h"

#include "tests/unit/transcript.h"

#include "cli/run.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Words between blanks; INPUT is the file, W a file to write. */
static const char *const lines[] = {
    "INPUT",
    "-T findings INPUT",
    "-T findings --json INPUT",
    "-T templates INPUT",
    "-T templates --json INPUT",
    "-T stats INPUT",
    "-T stats --json INPUT",
    "-T messages INPUT",
    "-T tree INPUT",
    "-T tree -n --names netflow9 INPUT",
    "-T flows INPUT",
    "-T json INPUT",
    "-T jsonl INPUT",
    "-T jsonl --scale INPUT",
    "-T csv -e src,dst,sport,octets,packets,start,end,duration INPUT",
    "-T hex INPUT",
    "--sum octets,packets,src,dst INPUT",
    "--sum octets,in_if -T jsonl INPUT",
    "-Y octets>9||src==10.0.0.0/8||record==3 -T jsonl INPUT",
    "-d 2055 --packets 2-9 -T stats INPUT",
    "--diff INPUT -T templates INPUT",
    "--limit domains=2 --limit templates=3 --limit fields=20 INPUT",
    "-w W -T stats INPUT",
    "-w W --anonymize -T jsonl INPUT",
    "--anonymize -T hex INPUT",
    "--evidence W INPUT",
    "--evidence W --anonymize INPUT",
    "--metrics W INPUT",
};

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    const char *line = lines[size > 0 ? data[size - 1] % G_N_ELEMENTS (lines) : 0];
    g_autofree char *input = scratch_path ("input"), *written = scratch_path ("written");
    g_autofree char *whole = g_strdup_printf ("nfpeek -q -o /dev/null %s", line);
    g_auto (GStrv) argv = g_strsplit (whole, " ", -1);
    g_autofree char **words = NULL;
    g_autoptr (GError) error = NULL;
    NfOptions options;
    int status;

    scratch_write (input, data, size);
    for (guint i = 0; argv[i]; i++) {
        const char *path = strcmp (argv[i], "INPUT") == 0 ? input
                           : strcmp (argv[i], "W") == 0   ? written
                                                          : NULL;

        if (path) {
            g_free (argv[i]);
            argv[i] = g_strdup (path);
        }
    }
    words = g_memdup2 (argv, (g_strv_length (argv) + 1) * sizeof *argv);
    nf_options_parse (&options, (int)g_strv_length (argv), words, &error);
    g_assert_no_error (error);
    status = nf_run (&options, transcript_registry ());
    g_assert_cmpint (status, >=, NF_EXIT_DONE);
    g_assert_cmpint (status, <=, NF_EXIT_FAILED);
    nf_options_clear (&options);
    return 0;
}
