/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sequence numbers, judged once in passing and again when all is known. */
#include "numbers.h"

#include "domain.h"
#include "late.h"

/* While packets still come, judging all Messages again takes one part in so many of the time. */
#define MOST_OF_TIME 20

typedef struct {
    NfpMemory *memory;
    NfHeard heard;
} Counted;

/* Messages whose numbers go on from one to the next. */
struct _NfpRun {
    NfTrackKey key;
    GArray *messages;   /* of Counted, in order */
    guint reviewed;     /* so many of them were there when they were judged again, */
    gint64 again_at_us; /* and not before then they are once more */
};

static struct {
    NfTracker *tracker;
    GHashTable *runs; /* set of NfpRun, owned */
    GArray *said;     /* of NfFinding, empty between calls */
} numbers;

static guint
run_hash (gconstpointer run)
{
    const NfTrackKey *key = &((const NfpRun *)run)->key;

    return nf_domain_key_hash (&key->domain) + key->stream;
}

static gboolean
run_equal (gconstpointer a, gconstpointer b)
{
    const NfTrackKey *x = &((const NfpRun *)a)->key, *y = &((const NfpRun *)b)->key;

    return x->stream == y->stream && nf_domain_key_equal (&x->domain, &y->domain);
}

static void
run_free (gpointer run)
{
    g_array_unref (((NfpRun *)run)->messages);
    g_free (run);
}

void
nfp_numbers_begin (void)
{
    numbers.tracker = nf_tracker_new (NULL);
    numbers.runs = g_hash_table_new_full (run_hash, run_equal, run_free, NULL);
    numbers.said = g_array_new (FALSE, FALSE, sizeof (NfFinding));
}

void
nfp_numbers_end (void)
{
    g_clear_pointer (&numbers.tracker, nf_tracker_free);
    g_clear_pointer (&numbers.runs, g_hash_table_unref);
    g_clear_pointer (&numbers.said, g_array_unref);
}

static NfpRun *
ensure_run (const NfTrackKey *key)
{
    const NfpRun probe = {.key = *key};
    NfpRun *run = g_hash_table_lookup (numbers.runs, &probe);

    if (run)
        return run;
    run = g_memdup2 (&probe, sizeof probe);
    run->messages = g_array_new (FALSE, FALSE, sizeof (Counted));
    g_hash_table_add (numbers.runs, run);
    return run;
}

/* Keeps what was said of a Message, in place of what was said before. */
static void
keep (NfpMemory *memory)
{
    memory->n_numbers = numbers.said->len;
    if (memory->n_numbers > 0) {
        gsize size = memory->n_numbers * sizeof (NfFinding);

        memory->numbers = wmem_realloc (wmem_file_scope (), memory->numbers, size);
        memcpy (memory->numbers, numbers.said->data, size);
    }
    g_array_set_size (numbers.said, 0);
}

void
nfp_numbers_note (NfpMemory *memory, const NfDatagram *datagram, const NfMessage *message,
                  const NfRecordCounts *counts)
{
    NfTrackKey key = nf_track_key (datagram, message);
    Counted counted = {memory, nf_heard (datagram, message, counts)};

    memory->run = ensure_run (&key);
    g_array_append_val (memory->run->messages, counted);
    nf_tracker_note_heard (numbers.tracker, &key, &counted.heard, &memory->track, numbers.said);
    keep (memory);
}

/* SCTP may bring them in another order than that in which they were sent. */
static gint
compare_chunks (gconstpointer a, gconstpointer b)
{
    const Counted *x = a, *y = b;
    gint32 apart = (gint32)(x->memory->tsn - y->memory->tsn); /* numbers wrap */

    return apart != 0 ? apart : x->heard.order < y->heard.order ? -1 : 1;
}

/* Goes through the Messages once more, as the command does, which knows them all beforehand. */
static void
review (NfpRun *run)
{
    NfTracker *tracker = nf_tracker_new (NULL);

    if (run->key.domain.transport == NF_TRANSPORT_SCTP)
        g_array_sort (run->messages, compare_chunks);
    for (guint i = 0; i < run->messages->len; i++)
        nf_tracker_foresee_heard (tracker, &run->key,
                                  &g_array_index (run->messages, Counted, i).heard);
    for (guint i = 0; i < run->messages->len; i++) {
        Counted *counted = &g_array_index (run->messages, Counted, i);
        const NfRecordCounts *late = nfp_late_counts (counted->memory);

        if (late)
            counted->heard.counts = *late;
        nf_tracker_note_heard (tracker, &run->key, &counted->heard, &counted->memory->track,
                               numbers.said);
        keep (counted->memory);
    }
    nf_tracker_free (tracker);
}

void
nfp_numbers_changed (const NfpMemory *memory)
{
    if (memory->run)
        memory->run->reviewed = 0;
}

/* What a gap was said to have and came after all is not missing at the gap any more. */
void
nfp_numbers_review (const NfpMemory *memory)
{
    NfpRun *run = memory->run;
    gint64 begun_us;

    if (!run || run->reviewed == run->messages->len)
        return;
    begun_us = g_get_monotonic_time ();
    if (begun_us < run->again_at_us)
        return;
    review (run);
    run->reviewed = run->messages->len;
    run->again_at_us = g_get_monotonic_time ();
    run->again_at_us += (run->again_at_us - begun_us) * MOST_OF_TIME;
}
