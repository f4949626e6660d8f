/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fuzzer's input -> an expression of -Y, which judges a record if it is one. */
#include "tests/unit/transcript.h"

#include "common/filter.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Template 256 with a value of most sorts, and a record of it. */
static const TranscriptInput inputs[] = {
    {.hex =
         "000a 007e 6553f100 00000005 00000001"
         "0002 0038 0100 000c 0008 0004 000c 0004 0007 0002 0004 0001 0006 0002 0001 0008"
         "               0098 0008 0038 0006 0052 ffff 0114 0001 0140 0008 0046 0003"
         "0100 0036 0a000001 c0000209 01bb 06 0012 00000000000005dc 0000018bcfe56800 001122334455"
         "          02 6574 01 bff8000000000000 000102"},
    {.hex = NULL},
};

typedef struct {
    TranscriptSample sample;
    NfCollector *collector;
    NfDecoder decoder;
    NfMessage message;
    NfEvent event;
    NfRecord record;
    NfSubject subject;
} Sample;

/* The one record, which is there for all inputs. */
static const NfSubject *
sample_record (void)
{
    static Sample s;
    const NfDatagram *g = &s.sample.datagrams[0];

    if (s.collector)
        return &s.subject;
    transcript_sample_make (&s.sample, inputs);
    s.collector = nf_collector_new (transcript_registry (), &nf_default_limits);
    transcript_learn (s.collector, &s.sample, NULL);
    nf_decoder_begin (&s.decoder, s.collector, g, NF_CHECK_VALUES);
    while (nf_decoder_next (&s.decoder, &s.event) != NF_EVENT_RECORD) {
        g_assert_cmpint (s.event.type, !=, NF_EVENT_END);
        if (s.event.type == NF_EVENT_MESSAGE)
            s.message = *s.event.message;
    }
    s.record = (NfRecord){.event = &s.event,
                          .octets = g->octets,
                          .message = &s.message,
                          .flow = nf_flow_new (s.event.binding, transcript_registry ())};
    s.subject = (NfSubject){
        .datagram = g, .message = &s.message, .tmpl = s.event.binding->tmpl, .record = &s.record};
    return &s.subject;
}

/* What is said while less is known must stand when more is. */
static void
judge (NfFilter *filter)
{
    const NfSubject *subject = sample_record ();
    NfVerdict verdict = nf_filter_judge (filter, subject, NF_STAGE_RECORD);

    g_assert_cmpint (verdict, !=, NF_VERDICT_OPEN);
    for (guint stage = NF_STAGE_MESSAGE; stage < NF_STAGE_RECORD; stage++) {
        NfVerdict before = nf_filter_judge (filter, subject, (NfStage)stage);

        g_assert_true (before == NF_VERDICT_OPEN || before == verdict);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    g_autofree char *expression = g_strndup (size > 0 ? (const char *)data : "", size);
    g_autoptr (GError) error = NULL;
    gsize place = G_MAXSIZE;
    NfFilter *filter = nf_filter_new (transcript_registry (), expression, &place, &error);

    if (filter) {
        judge (filter);
        nf_filter_free (filter);
    } else {
        g_assert_nonnull (error);
        g_assert_cmpuint (place, <=, strlen (expression));
    }
    return 0;
}
