/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each row of finding.def that a walk or learning raises is raised by an input, and alone. */
#include "cases.h"

/* What no walk and no learning raises: the command tells it of datagrams that never came, that the
 * kernel dropped (tests/command/listen.sh) or that, by ICMP, did not arrive
 * (tests/command/arrival.sh), and of Templates of an earlier run (tests/command/remember.sh), the
 * plugin of streams (tests/plugin/streams.sh), the tracker of Messages that follow each other
 * (test-tracker.c). */
static gboolean
is_exempt (NfFindingId id)
{
    return id == NF_FINDING_FRAGMENT_INCOMPLETE || id == NF_FINDING_DATAGRAM_DROPPED ||
           (id >= NF_FINDING_COLLECTOR_UNREACHABLE_PORT &&
            id <= NF_FINDING_COLLECTOR_UNREACHABLE_SOCKET) ||
           id == NF_FINDING_TEMPLATE_REMEMBERED || id == NF_FINDING_TEMPLATE_REMEMBERED_LONG ||
           id == NF_FINDING_STREAM_GAP_REST || id == NF_FINDING_LIMIT_TRACKED ||
           id == NF_FINDING_LIMIT_USAGE || id == NF_FINDING_LIMIT_SAMPLERS ||
           (id >= NF_FINDING_EXPORT_NO_DATA && id <= NF_FINDING_SAMPLING_ABSENT) ||
           (id >= NF_FINDING_UPTIME_RESET && id <= NF_FINDING_EXPORTER_SHARED_UPTIME) ||
           (id >= NF_FINDING_TEMPLATE_WITHDRAWAL_UNKNOWN && id <= NF_FINDING_TEMPLATE_INTERVAL);
}

static void
test_alone (gconstpointer data)
{
    const FindingCase *c = data;
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    TranscriptSample sample;

    transcript_sample_make (&sample, c->inputs);
    transcript_learn (collector, &sample, findings);
    for (guint i = 0; i < sample.n; i++)
        if (c->only == 0 || c->only == i + 1)
            transcript_walk (NULL, collector, &sample.datagrams[i], findings);
    g_assert_cmpuint (findings->len, >, 0);
    for (guint i = 0; i < findings->len; i++)
        g_assert_cmpstr (transcript_finding_name (g_array_index (findings, NfFinding, i).id), ==,
                         transcript_finding_name (c->id));
    g_assert_cmpuint (findings->len, ==, 1);
    transcript_sample_clear (&sample);
    nf_collector_free (collector);
}

/* LIMIT_REACHED needs a limit, as LIMIT_ANNOUNCED (test-announced.c) and LIMIT_DESCRIBED
 * (test-learnt.c) do; all else is in the table. */
static void
test_limit (void)
{
    static const TranscriptInput inputs[] = {
        {.hex = IPFIX ("001c") "0002 000c  0100 0001  0008 0004"},
        {.hex = IPFIX ("001c") "0002 000c  0101 0001  0008 0004"},
        {.hex = NULL},
    };
    const NfLimits limits = {.max_domains = 1, .max_templates = 1, .max_fields = 10};
    g_autofree char *text = transcript_of (inputs, &limits);

    g_assert_cmpstr (text, ==,
                     "learning ! LIMIT_REACHED 0+0 1 1\n"
                     "packet 1\n"
                     "message v10 28 domain 1 sequence 5\n"
                     "set 16+12 2 template\n"
                     "  template 20+8 256 8:4\n"
                     "packet 2\n"
                     "message v10 28 domain 1 sequence 5\n"
                     "set 16+12 2 template\n"
                     "  template 20+8 257 8:4\n");
}

/* Times that are near enough, or of which nothing is known. */
static void
test_no_skew (void)
{
    static const TranscriptInput inputs[] = {
        {.hex = IPFIX ("0010"), .arrival_s = 1700000300},
        {.hex = IPFIX ("0010"), .arrival_s = 1699999700},
        {.hex = IPFIX ("0010")},
        {.hex = IPFIX ("0010"), .arrival_s = 3600}, /* of a capture that counts from its start */
        {.hex = "0009 0000 00000000 00000000 00000005 00000001"},
        {.hex = "0009 0000 000f4240 000003ea 00000005 00000001"},
        {.hex = NULL},
    };
    g_autofree char *text = transcript_of (inputs, NULL);

    g_assert_null (strchr (text, '!'));
}

/* Checksums that are right, that are 0 where they need not be, or that cover what is not there. */
static void
test_no_checksum (void)
{
    /* 0x1234 + two ports of 2055 + Length 24 + the Message: 0x78ce */
    static const TranscriptInput inputs[] = {
        {.hex = IPFIX ("0010"),
         .checksums = {.udp_known = TRUE, .udp = 0x8731, .udp_pseudo = 0x1234}},
        {.hex = IPFIX ("0010"), .checksums = {.udp_known = TRUE, .udp_pseudo = 0x1234}},
        {.hex = IPFIX ("0010"), .checksums = {.udp = 1, .udp_pseudo = 0x1234}},
        /* adds up to 0xffff: a checksum of 0, written as 0xffff */
        {.hex = IPFIX ("0010"),
         .checksums = {.udp_known = TRUE, .udp = 0xffff, .udp_pseudo = 0x9965}},
        {.hex = NULL},
    };
    g_autofree char *text = transcript_of (inputs, NULL);

    g_assert_null (strchr (text, '!'));
}

static gboolean
has_case (NfFindingId id)
{
    for (const FindingCase *c = finding_cases; c->inputs[0].hex; c++)
        if (c->id == id)
            return TRUE;
    return id == NF_FINDING_LIMIT_REACHED || id == NF_FINDING_LIMIT_ANNOUNCED ||
           id == NF_FINDING_LIMIT_DESCRIBED;
}

static void
test_all_there (void)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        if (!has_case ((NfFindingId)i) && !is_exempt ((NfFindingId)i))
            g_error ("no input raises %s", transcript_finding_name ((NfFindingId)i));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (const FindingCase *c = finding_cases; c->inputs[0].hex; c++) {
        g_autofree char *path = g_strdup_printf ("/findings/%s/%u", transcript_finding_name (c->id),
                                                 (guint)(c - finding_cases));

        g_test_add_data_func (path, c, test_alone);
    }
    g_test_add_func ("/findings/LIMIT_REACHED", test_limit);
    g_test_add_func ("/findings/no-skew", test_no_skew);
    g_test_add_func ("/findings/no-checksum", test_no_checksum);
    g_test_add_func ("/findings/all-there", test_all_there);
    return g_test_run ();
}
