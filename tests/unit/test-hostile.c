/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every good Message broken in every way: cut at each octet, each octet set to hostile values,
 * learnt and walked. transcript_walk() asserts what a walk must keep to; sanitizers see what is
 * read beyond a heap block. The Messages are those of cases.h and, where $NFPEEK_CORPUS names a
 * folder, those of the captures in it.
 */
#include "cases.h"

#include "common/capture.h"

#include <pcap.h>

static const guint8 hostile[] = {0x00, 0x01, 0x7f, 0x80, 0xff};

/* The first octets are all tried, then one in so many: a capture's Messages are long and alike. */
#define ALL_OCTETS   120
#define THEN_EACH    23
#define MAX_MESSAGES 60

/* A copy of `length` octets with nothing behind it. */
static NfDatagram
copy_of (const NfDatagram *d, gsize length, gsize wire_length)
{
    NfDatagram copy = *d;

    copy.octets = g_memdup2 (d->octets, length);
    copy.length = length;
    copy.wire_length = wire_length;
    return copy;
}

/* Learns what came before and the broken datagram, walks it as it is learnt and as if it were not,
 * and frees its octets. */
static void
try_datagram (const NfDatagram *before, guint n_before, NfDatagram broken, GArray *findings)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);

    for (guint i = 0; i < n_before; i++)
        nf_collector_learn (collector, &before[i], NULL);
    transcript_walk (NULL, collector, &broken, NULL);
    nf_collector_learn (collector, &broken, NULL);
    transcript_walk (NULL, collector, &broken, findings);
    nf_message_plausible (broken.octets, broken.length, broken.wire_length);
    g_assert_cmpuint (nf_message_extent (broken.octets, broken.length), <=, broken.length);
    nf_collector_free (collector);
    g_free ((guint8 *)broken.octets);
}

static gsize
step (gsize i)
{
    return i < ALL_OCTETS ? 1 : THEN_EACH;
}

static gboolean
has (const GArray *findings, NfFindingId id)
{
    for (guint i = 0; i < findings->len; i++)
        if (g_array_index (findings, NfFinding, i).id == id)
            return TRUE;
    return FALSE;
}

/* What a cut off end may say: that it is cut, and that Templates in it are not known. Nothing else
 * that the whole datagram does not say, too: the exporter is not at fault. */
static void
assert_only_cut (const GArray *cut, const GArray *whole)
{
    for (guint i = 0; i < cut->len; i++) {
        NfFindingId id = g_array_index (cut, NfFinding, i).id;

        if (id == NF_FINDING_MESSAGE_VERSION && (has (whole, NF_FINDING_MESSAGE_VERSION_SFLOW) ||
                                                 has (whole, NF_FINDING_MESSAGE_ENCRYPTED_TLS) ||
                                                 has (whole, NF_FINDING_MESSAGE_ENCRYPTED_DTLS)))
            continue; /* which takes more octets to tell */
        if (id != NF_FINDING_MESSAGE_TRUNCATED && id != NF_FINDING_MESSAGE_TRUNCATED_STREAM &&
            id != NF_FINDING_MESSAGE_TRUNCATED_GAP && id != NF_FINDING_MESSAGE_SHORT &&
            id != NF_FINDING_TEMPLATE_MISSING && id != NF_FINDING_LIST_TEMPLATE && !has (whole, id))
            g_error ("%s where the capture cut", transcript_finding_name (id));
    }
    g_assert_true (has (cut, NF_FINDING_MESSAGE_TRUNCATED) ||
                   has (cut, NF_FINDING_MESSAGE_TRUNCATED_STREAM) ||
                   has (cut, NF_FINDING_MESSAGE_TRUNCATED_GAP));
}

static void
try_prefixes (const NfDatagram *all, guint n)
{
    const NfDatagram *d = &all[n];
    g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (NfFinding));

    try_datagram (all, n, copy_of (d, d->length, d->wire_length), whole);
    for (gsize i = 0; i < d->length; i += step (i)) {
        g_autoptr (GArray) cut = g_array_new (FALSE, FALSE, sizeof (NfFinding));

        try_datagram (all, n, copy_of (d, i, i), NULL);
        try_datagram (all, n, copy_of (d, i, d->wire_length), cut);
        assert_only_cut (cut, whole);
    }
}

static void
try_octets (const NfDatagram *all, guint n)
{
    const NfDatagram *d = &all[n];

    for (gsize i = 0; i < d->length; i += step (i)) {
        for (gsize j = 0; j < G_N_ELEMENTS (hostile); j++) {
            NfDatagram broken = copy_of (d, d->length, d->wire_length);

            ((guint8 *)broken.octets)[i] = hostile[j];
            try_datagram (all, n, broken, NULL);
        }
    }
}

/* Walks them in their order, then backwards: the same is said of each, whichever came first. */
static void
assert_same_in_any_order (const NfDatagram *all, guint n)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    g_autoptr (GPtrArray) transcripts = g_ptr_array_new_with_free_func (g_free);
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < n; i++)
        nf_collector_learn (collector, &all[i], NULL);
    for (guint i = 0; i < n; i++) {
        nf_text_truncate (&t, 0);
        transcript_walk (&t, collector, &all[i], NULL);
        g_ptr_array_add (transcripts, g_strdup (nf_text_string (&t)));
    }
    for (guint i = 0; i < n; i++)
        nf_collector_learn (collector, &all[i], NULL);
    for (guint i = n; i-- > 0;) {
        nf_text_truncate (&t, 0);
        transcript_walk (&t, collector, &all[i], NULL);
        g_assert_cmpstr (nf_text_string (&t), ==, transcripts->pdata[i]);
    }
    nf_text_clear (&t);
    nf_collector_free (collector);
}

static void
try_all (const NfDatagram *all, guint n)
{
    assert_same_in_any_order (all, n);
    for (guint i = 0; i < n; i++) {
        try_prefixes (all, i);
        try_octets (all, i);
    }
}

static void
test_cases (void)
{
    const TranscriptInput *inputs;
    const char *name;

    for (guint i = 0; (inputs = cases_nth (i, &name)); i++) {
        TranscriptSample sample;

        g_test_message ("%s", name);
        transcript_sample_make (&sample, inputs);
        try_all (sample.datagrams, sample.n);
        transcript_sample_clear (&sample);
    }
}

/* Takes the plausible Messages of a capture, up to MAX_MESSAGES. Returns an array of NfDatagram
 * whose octets are owned. */
static GArray *
read_capture (const char *path)
{
    GArray *all = g_array_new (FALSE, FALSE, sizeof (NfDatagram));
    char error[PCAP_ERRBUF_SIZE];
    pcap_t *pcap = pcap_open_offline (path, error);
    NfCapture *capture = pcap ? nf_capture_new (pcap_datalink (pcap)) : NULL;
    struct pcap_pkthdr *header;
    const guint8 *octets;
    guint64 packet = 0;

    while (capture && all->len < MAX_MESSAGES && pcap_next_ex (pcap, &header, &octets) == 1) {
        NfFrame frame;
        NfDatagram *d = &frame.datagram;

        nf_capture_frame (capture, octets, header->caplen, header->len, 0, ++packet, &frame);
        if (frame.kind != NF_FRAME_DATAGRAM ||
            !nf_message_plausible (d->octets, d->length, d->wire_length))
            continue;
        d->octets = g_memdup2 (d->octets, d->length);
        d->order = packet;
        g_array_append_val (all, *d);
    }
    if (capture)
        nf_capture_free (capture);
    if (pcap)
        pcap_close (pcap);
    return all;
}

static void
test_capture (gconstpointer data)
{
    g_autoptr (GArray) all = read_capture (data);

    try_all ((const NfDatagram *)(void *)all->data, all->len);
    for (guint i = 0; i < all->len; i++)
        g_free ((guint8 *)g_array_index (all, NfDatagram, i).octets);
}

static void
add_captures (const char *folder)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name;

    g_assert_nonnull (dir);
    while ((name = g_dir_read_name (dir))) {
        g_autofree char *path = g_strconcat ("/hostile/", name, NULL);

        if (g_str_has_suffix (name, ".pcap") || g_str_has_suffix (name, ".pcapng"))
            g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_capture,
                                       g_free);
    }
    g_dir_close (dir);
}

int
main (int argc, char **argv)
{
    const char *corpus = g_getenv ("NFPEEK_CORPUS");

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hostile/cases", test_cases);
    if (corpus)
        add_captures (corpus);
    return g_test_run ();
}
