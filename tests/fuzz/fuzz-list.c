/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> the content of a list (RFC 6313): of a basicList, a subTemplateList and a
 * subTemplateMultiList, each in a record of its own. What lists must keep to is asserted by
 * transcript_walk().
 */
#include "tests/unit/transcript.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What of it goes into a Message with its headers and the length prefix. */
#define MAX_CONTENT 60000

/* Templates 256 to 258: a list of each kind; 259 and 260: records for them, of fixed and of
 * variable length; 261: a list of records with two lists; 262: one of a fixed length; 263: an
 * element that nobody knows. */
static const TranscriptInput templates[] = {
    {.hex = "000a 007c 6553f100 00000000 00000001"
            "0002 006c"
            "0100 0001 0123 ffff"
            "0101 0001 0124 ffff"
            "0102 0001 0125 ffff"
            "0103 0002 0008 0004 0004 0001"
            "0104 0003 0052 ffff 0007 0002 0123 ffff"
            "0105 0003 0004 0001 0125 ffff 0123 0005"
            "0106 0002 0124 0003 0052 ffff"
            "0107 0003 8001 ffff 00007ed9 8002 0003 00007ed9 0008 0004"},
    {.hex = NULL},
};

static const NfCollector *
prepared_collector (void)
{
    static NfCollector *collector;
    TranscriptSample sample;
    g_autoptr (GArray) findings = NULL;

    if (collector)
        return collector;
    findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    collector = nf_collector_new (transcript_registry (), NULL);
    transcript_sample_make (&sample, templates);
    transcript_learn (collector, &sample, findings);
    transcript_walk (NULL, collector, &sample.datagrams[0], findings);
    for (guint i = 0; i < findings->len; i++)
        g_assert_cmpint (nf_finding_severity (g_array_index (findings, NfFinding, i).id), ==,
                         NF_SEVERITY_NOTE);
    transcript_sample_clear (&sample);
    return collector;
}

static void
append (GByteArray *octets, guint64 value, guint n)
{
    while (n-- > 0)
        g_byte_array_append (octets, &(guint8){(guint8)(value >> 8 * n)}, 1);
}

/* A Message with a record of Template `id`, whose one field has this content. */
static GByteArray *
message_of (guint id, const guint8 *content, guint length)
{
    GByteArray *octets = g_byte_array_new ();

    append (octets, 10, 2);
    append (octets, 16 + 4 + 3 + length, 2);
    append (octets, 0x6553f10100000000, 8);
    append (octets, 1, 4);
    append (octets, id, 2);
    append (octets, 4 + 3 + length, 2);
    append (octets, 255, 1);
    append (octets, length, 2);
    return g_byte_array_append (octets, content, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    const NfCollector *collector = prepared_collector ();
    NfText t = NF_TEXT_INIT;

    for (guint id = 256; id < 259; id++) {
        g_autoptr (GByteArray) octets = message_of (id, data, (guint)MIN (size, MAX_CONTENT));
        g_autofree guint8 *exact = g_memdup2 (octets->data, octets->len);
        const NfDatagram d = {
            .octets = exact,
            .length = octets->len,
            .wire_length = octets->len,
            .exporter = {.family = 4, .address = {192, 0, 2, 1}, .port = 2055},
            .collector = {.family = 4, .address = {198, 51, 100, 1}, .port = 2055},
            .transport = NF_TRANSPORT_UDP,
            .order = id,
            .packet = id};

        transcript_walk (&t, collector, &d, NULL);
    }
    nf_text_clear (&t);
    return 0;
}
