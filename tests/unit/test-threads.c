/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks change nothing (decoder.h): learnt collectors are walked by several threads at the same
 * time, each with a decoder, filters and texts of its own, and all say the same. Under the thread
 * sanitizer
 * (--enable-sanitizers=thread) it tells, too, where what they share is not to be shared.
 */
#include "cases.h"

#include "common/describe.h"
#include "common/filter.h"

#include <pthread.h>

#define N_THREADS 4

/* A look-up of each kind: of elements, common names, flows, lists, announcements. */
static const char *const expressions[] = {
    "src == 10.0.0.0/8 or dst == 192.0.2.0/24",
    "octets > 100 and start",
    "interfaceName contains \"0\" or sampling_rate > 1",
    "ingress_interface_name or application_name matches \"^[a-z]\"",
    "duration > 0 and template in {256, 257}",
};

typedef struct {
    NfCollector *collector;
    TranscriptSample sample;
    const char *name;
} Learnt;

typedef struct {
    const GArray *all; /* of Learnt */
    gboolean joins;    /* nf_decoder_join_records(), as in every other thread */
    GPtrArray *texts;  /* one for each of those */
} Walker;

typedef struct {
    NfText text;
    NfFilter *filters[G_N_ELEMENTS (expressions)];
    NfDescriber describer;
    gboolean joins;
} Reader;

/* Where the threads wait for each other, so that all meet what nobody has walked yet: none of
 * GLib's own, which the thread sanitizer does not see into. */
static pthread_barrier_t barrier;

/* ---- one thread ---- */

static void
add_fields (Reader *reader, const NfRecord *r)
{
    const NfBinding *binding = r->event->binding;

    reader->describer.record = r;
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        NfValue value;

        nf_record_value (r, i, &value);
        nf_text_add_char (&reader->text, ' ');
        nf_value_text (&reader->text, &value);
        nf_text_add_char (&reader->text, '=');
        nf_describe_value (&reader->text, &reader->describer, binding->fields[i].element, &value,
                           r->flow ? nf_flow_protocol (r) : -1);
        nf_record_announced_of_field (r, i, &value);
    }
}

static void
add_derived (Reader *reader, const NfRecord *r)
{
    for (guint which = 0; which < NF_N_DERIVED; which++) {
        NfValue value;

        if (!nf_derived_is_possible (r, (NfDerived)which) ||
            !nf_derived_value (r, (NfDerived)which, &value))
            continue;
        nf_text_add_format (&reader->text, " %s:", nf_derived_name ((NfDerived)which));
        nf_value_text (&reader->text, &value);
    }
    nf_text_add (&reader->text, "\n  ");
    nf_flow_text (&reader->text, r, FALSE);
}

static void
add_lists (Reader *reader, const NfRecord *r)
{
    const NfList *list;
    NfListWalk walk;
    NfListStep step;

    nf_list_walk_begin (&walk, r->lists, r->event);
    while ((list = nf_list_walk_next (&walk, &step))) {
        NfRecord inner = *r;

        nf_text_add_format (&reader->text, "\n    list %u step %u", list->depth, step);
        if (step != NF_LIST_RECORD)
            continue;
        inner.event = &list->record;
        inner.flow = NULL;
        add_fields (reader, &inner);
    }
}

static void
add_record (Reader *reader, const NfDatagram *datagram, NfRecord *r)
{
    NfFlow *flow = nf_flow_new (r->event->binding, reader->describer.registry);
    NfSubject subject = {
        .datagram = datagram, .message = r->message, .tmpl = r->event->binding->tmpl, .record = r};

    r->flow = flow;
    add_fields (reader, r);
    add_derived (reader, r);
    for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
        nf_text_add_format (&reader->text, " %d",
                            nf_filter_judge (reader->filters[i], &subject, NF_STAGE_RECORD));
    if (r->lists)
        add_lists (reader, r);
    nf_flow_free (flow);
}

/* Records that come together are told of one by one. */
static void
add_event (Reader *reader, const NfCollector *collector, const NfDecoder *decoder,
           const NfDatagram *datagram, NfMessage *message, const NfEvent *event)
{
    nf_text_add_format (&reader->text, "\n%d %u+%u", event->type, event->span.offset,
                        event->span.length);
    if (event->type == NF_EVENT_MESSAGE) {
        *message = *event->message;
    } else if (event->type == NF_EVENT_FINDING) {
        nf_text_add_char (&reader->text, ' ');
        nf_describe_finding (&reader->text, reader->describer.registry, &event->finding,
                             message->version);
    } else if (event->type == NF_EVENT_RECORD) {
        NfRecord record = {.event = event,
                           .octets = datagram->octets,
                           .message = message,
                           .lists = nf_decoder_lists (decoder),
                           .collector = collector,
                           .domain = nf_decoder_domain (decoder),
                           .datagram = datagram};

        add_record (reader, datagram, &record);
    }
}

static void
walk (Reader *reader, const NfCollector *collector, const NfDatagram *datagram)
{
    NfMessage message = {.version = 0};
    NfDecoder decoder = NF_DECODER_INIT;
    NfEvent event;

    nf_decoder_begin (&decoder, collector, datagram, NF_CHECK_VALUES);
    if (reader->joins)
        nf_decoder_join_records (&decoder);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END) {
        guint n = event.type == NF_EVENT_RECORD ? event.count : 1;

        for (guint i = 0; i < n; i++) {
            NfEvent one = n == 1 ? event : nf_event_record (&event, i);

            add_event (reader, collector, &decoder, datagram, &message, &one);
        }
    }
    nf_decoder_clear (&decoder);
}

static gpointer
walk_all (gpointer data)
{
    Walker *walker = data;
    Reader reader = {.text = NF_TEXT_INIT,
                     .describer = {.registry = transcript_registry ()},
                     .joins = walker->joins};

    pthread_barrier_wait (&barrier);
    for (guint i = 0; i < G_N_ELEMENTS (expressions); i++) {
        reader.filters[i] = nf_filter_new (transcript_registry (), expressions[i], NULL, NULL);
        g_assert_nonnull (reader.filters[i]);
    }
    for (guint i = 0; i < walker->all->len; i++) {
        const Learnt *learnt = &g_array_index (walker->all, Learnt, i);

        pthread_barrier_wait (&barrier);
        nf_text_truncate (&reader.text, 0);
        for (guint d = 0; d < learnt->sample.n; d++)
            walk (&reader, learnt->collector, &learnt->sample.datagrams[d]);
        g_ptr_array_add (walker->texts, g_strdup (nf_text_string (&reader.text)));
    }
    for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
        nf_filter_free (reader.filters[i]);
    nf_text_clear (&reader.text);
    return NULL;
}

/* ---- all of them ---- */

static GArray *
learn_all (void)
{
    GArray *all = g_array_new (FALSE, FALSE, sizeof (Learnt));
    const TranscriptInput *inputs;
    const char *name;

    for (guint i = 0; (inputs = cases_nth (i, &name)); i++) {
        Learnt learnt = {.collector = nf_collector_new (transcript_registry (), NULL),
                         .name = name};

        transcript_sample_make (&learnt.sample, inputs);
        transcript_learn (learnt.collector, &learnt.sample, NULL);
        g_array_append_val (all, learnt);
    }
    return all;
}

static void
run_threads (const GArray *all, Walker *walkers, guint n)
{
    GThread *threads[N_THREADS];

    g_assert_cmpint (pthread_barrier_init (&barrier, NULL, n), ==, 0);
    for (guint i = 0; i < n; i++) {
        walkers[i] = (Walker){
            .all = all, .joins = i % 2 == 1, .texts = g_ptr_array_new_with_free_func (g_free)};
        threads[i] = g_thread_new ("walker", walk_all, &walkers[i]);
    }
    for (guint i = 0; i < n; i++)
        g_thread_join (threads[i]);
    pthread_barrier_destroy (&barrier);
}

/* What the threads say, and one alone when nothing is left to be made at the first walk. */
static void
test_walks (void)
{
    GArray *all = learn_all ();
    Walker walkers[N_THREADS], alone;

    g_assert_cmpuint (all->len, >, 300);
    run_threads (all, walkers, N_THREADS);
    run_threads (all, &alone, 1);
    for (guint i = 0; i < all->len; i++) {
        const Learnt *learnt = &g_array_index (all, Learnt, i);

        for (guint w = 0; w < N_THREADS; w++) {
            if (strcmp (g_ptr_array_index (walkers[w].texts, i),
                        g_ptr_array_index (alone.texts, i)) != 0)
                g_error ("%s: thread %u says\n%s\nand not\n%s", learnt->name, w,
                         (char *)g_ptr_array_index (walkers[w].texts, i),
                         (char *)g_ptr_array_index (alone.texts, i));
        }
    }
    for (guint i = 0; i < N_THREADS; i++)
        g_ptr_array_unref (walkers[i].texts);
    g_ptr_array_unref (alone.texts);
    for (guint i = 0; i < all->len; i++) {
        Learnt *learnt = &g_array_index (all, Learnt, i);

        transcript_sample_clear (&learnt->sample);
        nf_collector_free (learnt->collector);
    }
    g_array_unref (all);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/threads/walks", test_walks);
    return g_test_run ();
}
