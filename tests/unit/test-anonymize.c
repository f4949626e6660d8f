/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Datagrams that were rewritten (cli/anonymize.h) are walked as before: the same events with the
 * same spans, the same findings with the same arguments. So it must be of the Messages of cases.h,
 * as they are and broken in every way; but for findings about values where an id has several
 * Templates, as what is an address by any of them is rewritten, or its Template may not be the one
 * that was meant, as then no value stays.
 */
#include "cases.h"
#include "cli/anonymize.h"

static const guint8 hostile[] = {0x00, 0x01, 0xff};

/* Both sides: what came, and what became of it, each in a heap block of its own. */
typedef struct {
    guint n;
    NfDatagram came[TRANSCRIPT_MAX + 1];
    NfDatagram rewritten[TRANSCRIPT_MAX + 1];
    NfCollector *collectors[2];
    gboolean is_ambiguous; /* an id has several Templates, or one that is late or foreign */
} Sides;

static NfDatagram
copy_of (const NfDatagram *d, gsize length)
{
    NfDatagram copy = *d;

    copy.octets = g_memdup2 (d->octets, length);
    copy.length = length;
    return copy;
}

/* Notes the Templates of a datagram that was learnt, by their ids. */
static void
note_templates (Sides *sides, const NfDatagram *datagram, GHashTable *by_id)
{
    NfDecoder decoder = NF_DECODER_INIT;
    NfEvent event;

    nf_decoder_begin (&decoder, sides->collectors[0], datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END) {
        const NfBinding *known;
        gpointer id;

        if (event.type != NF_EVENT_TEMPLATE)
            continue;
        id = GUINT_TO_POINTER (event.binding->tmpl->id);
        known = g_hash_table_lookup (by_id, id);
        sides->is_ambiguous |= known && !nf_template_equal (known->tmpl, event.binding->tmpl);
        g_hash_table_insert (by_id, id, nf_binding_ref ((NfBinding *)event.binding));
    }
    nf_decoder_clear (&decoder);
}

/* Notes the Sets of a datagram, once all are learnt, whose Template may not be the one meant. */
static void
note_uses (Sides *sides, const NfDatagram *datagram)
{
    NfDecoder decoder = NF_DECODER_INIT;
    NfEvent event;

    nf_decoder_begin (&decoder, sides->collectors[0], datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END)
        if (event.type == NF_EVENT_SET)
            sides->is_ambiguous |= event.use->late || event.use->foreign;
    nf_decoder_clear (&decoder);
}

/* Rewrites `n` datagrams once all of them are learnt. */
static void
sides_make (Sides *sides, const NfDatagram *came, guint n)
{
    NfAnonymizer *anonymizer = nf_anonymizer_new (transcript_registry (), NULL, NULL);
    GHashTable *by_id = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)nf_binding_unref);

    *sides = (Sides){.n = n};
    sides->collectors[0] = nf_collector_new (transcript_registry (), NULL);
    sides->collectors[1] = nf_collector_new (transcript_registry (), NULL);
    for (guint i = 0; i < n; i++) {
        sides->came[i] = came[i];
        nf_anonymizer_learn (anonymizer, &came[i]);
        nf_collector_learn (sides->collectors[0], &came[i], NULL);
        note_templates (sides, &came[i], by_id);
    }
    g_hash_table_unref (by_id);
    for (guint i = 0; i < n; i++) {
        NfDatagram d = came[i];

        note_uses (sides, &came[i]);
        nf_anonymizer_rewrite (anonymizer, &d);
        sides->rewritten[i] = copy_of (&d, d.length);
        nf_collector_learn (sides->collectors[1], &sides->rewritten[i], NULL);
    }
    nf_anonymizer_free (anonymizer);
}

static void
sides_clear (Sides *sides)
{
    for (guint i = 0; i < sides->n; i++)
        g_free ((guint8 *)sides->rewritten[i].octets);
    nf_collector_free (sides->collectors[0]);
    nf_collector_free (sides->collectors[1]);
}

static void
assert_same_event (const NfEvent *a, const NfEvent *b)
{
    g_assert_cmpuint (a->type, ==, b->type);
    g_assert_cmpuint (a->span.offset, ==, b->span.offset);
    g_assert_cmpuint (a->span.length, ==, b->span.length);
    if (a->type != NF_EVENT_FINDING)
        return;
    g_assert_cmpstr (transcript_finding_name (a->finding.id), ==,
                     transcript_finding_name (b->finding.id));
    if (strcmp (nf_finding_code (a->finding.id), "datagram-checksum") == 0)
        return; /* its arguments are of octets that were rewritten */
    g_assert_cmpuint (a->finding.args[0], ==, b->finding.args[0]);
    g_assert_cmpuint (a->finding.args[1], ==, b->finding.args[1]);
}

static void
assert_same_walk (const Sides *sides, guint i)
{
    const NfDatagram *a = &sides->came[i], *b = &sides->rewritten[i];
    NfDecoder decoders[2] = {NF_DECODER_INIT, NF_DECODER_INIT};
    NfCheckLevel level = sides->is_ambiguous ? NF_CHECK_STRUCTURE : NF_CHECK_VALUES;
    NfEvent events[2];

    nf_decoder_begin (&decoders[0], sides->collectors[0], a, level);
    nf_decoder_begin (&decoders[1], sides->collectors[1], b, level);
    do {
        nf_decoder_next (&decoders[0], &events[0]);
        nf_decoder_next (&decoders[1], &events[1]);
        assert_same_event (&events[0], &events[1]);
    } while (events[0].type != NF_EVENT_END);
    nf_decoder_clear (&decoders[0]);
    nf_decoder_clear (&decoders[1]);
    g_assert_cmpint (nf_message_plausible (a->octets, a->length, a->wire_length), ==,
                     nf_message_plausible (b->octets, b->length, b->wire_length));
}

static void
try_datagrams (const NfDatagram *came, guint n)
{
    Sides sides;

    sides_make (&sides, came, n);
    for (guint i = 0; i < n; i++)
        assert_same_walk (&sides, i);
    sides_clear (&sides);
}

/* The same with datagram `which` cut to `length` octets, or with an octet set. */
static void
try_broken (const TranscriptSample *sample, guint which, gsize length, gsize at, gint octet)
{
    NfDatagram all[TRANSCRIPT_MAX];

    memcpy (all, sample->datagrams, sample->n * sizeof *all);
    all[which] = copy_of (&all[which], length);
    if (octet >= 0)
        ((guint8 *)all[which].octets)[at] = (guint8)octet;
    try_datagrams (all, sample->n);
    g_free ((guint8 *)all[which].octets);
}

static void
try_sample (const TranscriptSample *sample)
{
    try_datagrams (sample->datagrams, sample->n);
    for (guint i = 0; i < sample->n; i++) {
        const NfDatagram *d = &sample->datagrams[i];

        for (gsize at = 0; at < MIN (d->length, 200); at++) {
            try_broken (sample, i, at, 0, -1);
            for (guint k = 0; k < G_N_ELEMENTS (hostile); k++)
                try_broken (sample, i, d->length, at, hostile[k]);
        }
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
        try_sample (&sample);
        transcript_sample_clear (&sample);
    }
}

/* The ends of a datagram find their way back, and stay where nobody knows them. */
static void
test_ends (void)
{
    NfAnonymizer *anonymizer = nf_anonymizer_new (transcript_registry (), NULL, NULL);
    NfDatagram came = {.exporter = {{192, 0, 2, 1}, 2055, 4},
                       .collector = {{0x20, 0x01, 0x0d, 0xb8, [15] = 1}, 4739, 6}};
    NfDatagram d = came;

    nf_anonymizer_hide_ends (anonymizer, &d);
    g_assert_false (nf_endpoint_same_address (&d.exporter, &came.exporter));
    g_assert_cmpuint (d.exporter.port, ==, 2055);
    nf_anonymizer_show_ends (anonymizer, &d);
    g_assert_true (nf_endpoint_equal (&d.exporter, &came.exporter));
    g_assert_true (nf_endpoint_equal (&d.collector, &came.collector));
    d = (NfDatagram){.length = 0};
    nf_anonymizer_rewrite (anonymizer, &d);
    g_assert_cmpuint (d.exporter.family, ==, 0);
    g_assert_null (d.octets);
    nf_anonymizer_free (anonymizer);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/anonymize/ends", test_ends);
    g_test_add_func ("/anonymize/cases", test_cases);
    return g_test_run ();
}
