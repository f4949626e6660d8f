/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command does with a file (tests/fuzz/lines.h). */
#include "lines.h"

#include "scratch.h"

#include "tests/unit/transcript.h"

#include "cli/run.h"

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
    "-T csv -e ingress_interface_name,ingress_vrf_name,application_name INPUT",
    "-T csv -e sampler_name,domain_name,sampling_rate,sampling_source INPUT",
    "-T jsonl -Y sampling_rate>1||ingress_interface_name!=x||sampler_name==a INPUT",
    "--sum octets,ingress_interface_name,application_name --scale INPUT",
    "-T flows --scale -n INPUT",
    "-T tree --packets 2-3 --names netflow9 INPUT",
    "-T json --big-as-string -Y octets>1 INPUT",
    "-T messages --templates W INPUT",
};

void
lines_run (const char *input, guint which)
{
    g_autofree char *written = scratch_path ("written");
    g_autofree char *whole =
        g_strdup_printf ("nfpeek -q -o /dev/null %s", lines[which % G_N_ELEMENTS (lines)]);
    g_auto (GStrv) argv = g_strsplit (whole, " ", -1);
    g_autofree char **words = NULL;
    g_autoptr (GError) error = NULL;
    NfOptions options;
    int status;

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
}
