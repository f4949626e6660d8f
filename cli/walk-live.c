/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams that are read once: learnt and shown one by one, and again when a Template has come. */
#include "walk-private.h"

/* Whether the Set is one of a held datagram that can be shown only now: its Template has just come.
 */
static gboolean
is_new (const NfLack *lack, const NfEvent *event)
{
    if (event->set->kind != NF_SET_DATA || event->set->span.length <= 4 || !event->use->binding)
        return FALSE;
    for (guint i = 0; i < lack->n_brought; i++)
        if (lack->brought[i] == event->set->id)
            return TRUE;
    return FALSE;
}

/* A Set of a held datagram, which was counted as undecoded when it came, is none any more. */
static void
count_held_set (NfWalker *w, const NfEvent *event)
{
    w->counts.missing--;
    w->counts.undecoded -= event->set->span.length - 4;
    w->waiting -= w->show.is_set_again ? 1 : 0;
}

/* Takes an event of a held datagram's Set that can be shown only now, `header` before the first. */
static void
take_held (NfWalker *w, NfEvent *header, const NfEvent *event)
{
    if (header->type == NF_EVENT_MESSAGE) {
        nf_walker_take (w, header);
        nf_walker_note_over_time (w, header);
    }
    header->type = NF_EVENT_END;
    nf_walker_take (w, event);
    nf_walker_note_over_time (w, event);
    if (event->type == NF_EVENT_SET)
        count_held_set (w, event);
    else
        nf_walker_count (w, event);
}

/* Learns a held datagram again, as it may be options data. What was held is as it came. */
static void
learn_held (NfWalker *w, NfDatagram *datagram)
{
    if (w->show.anonymizer) {
        nf_anonymizer_learn (w->show.anonymizer, datagram);
        nf_anonymizer_rewrite (w->show.anonymizer, datagram);
    }
    nf_collector_learn (w->collector, datagram, NULL);
}

/* Shows the Sets of a held datagram whose Template has just come. */
static void
show_held (const NfDatagram *held, NfLack *lack, gpointer data)
{
    NfWalker *w = data;
    NfDatagram datagram = *held;
    gboolean wanted = FALSE;
    NfEvent event, header = {.type = NF_EVENT_END};

    if (w->done && !lack->is_shown) /* it would be one Message more than -c asks for */
        return;
    w->show.file = lack->input;
    w->show.is_file = lack->is_file;
    learn_held (w, &datagram);
    w->show.is_again = lack->is_shown;
    nf_walker_begin (w, &datagram);
    nf_walker_begin_walk (w, &datagram);
    while (!w->failed && nf_decoder_next (&w->decoder, &event) != NF_EVENT_END) {
        if (event.type == NF_EVENT_MESSAGE)
            header = event;
        if (event.type == NF_EVENT_SET)
            wanted = is_new (lack, &event);
        if (wanted && (event.in_set || event.type == NF_EVENT_SET))
            take_held (w, &header, &event);
    }
    nf_walker_end (w, NULL);
    lack->is_shown |= w->is_started;
}

/* Shows what waited for the Templates that a datagram brought. */
static void
release_held (NfWalker *w, const NfDatagram *datagram)
{
    const char *file = w->show.file;
    gboolean is_file = w->show.is_file;

    w->show.held = TRUE;
    nf_hold_release (w->hold, &datagram->exporter, w->lack.version, w->lack.domain, &w->brought,
                     show_held, w);
    w->show.held = FALSE;
    w->show.file = file;
    w->show.is_file = is_file;
}

void
nf_walker_show_live (NfWalker *walker, const NfDatagram *datagram)
{
    guint64 changes = nf_collector_changes (walker->collector);
    guint64 oldest = nf_hold_oldest (walker->hold, datagram->order);
    NfAnonymizer *anonymizer = walker->show.anonymizer;
    NfDatagram came = anonymizer ? *nf_anonymizer_plain (anonymizer)->datagram : *datagram;
    const NfFinding dropped = {.id = NF_FINDING_DATAGRAM_DROPPED, .args = {datagram->dropped}};

    if (walker->is_blind) {
        nf_walker_pass_on (walker, datagram, NULL);
        return;
    }
    g_array_set_size (walker->news, 0);
    if (datagram->dropped > 0)
        g_array_append_val (walker->news, dropped);
    nf_collector_forget_before (walker->collector, oldest);
    if (anonymizer)
        nf_collector_forget_before (nf_anonymizer_collector (anonymizer), oldest);
    nf_collector_learn (walker->collector, datagram, walker->news);
    walker->lack = (NfLack){.input = walker->show.file, .is_file = walker->show.is_file};
    walker->is_learning = TRUE;
    nf_walker_show (walker, datagram, walker->news);
    walker->is_learning = FALSE;
    walker->lack.is_shown = walker->is_started;
    if (walker->lack.n_ids > 0)
        nf_hold_add (walker->hold, &came, &walker->lack);
    if (nf_collector_changes (walker->collector) != changes && !walker->failed)
        release_held (walker, &came);
    if (walker->has_brought)
        memset (&walker->brought, 0, sizeof walker->brought);
    walker->has_brought = FALSE;
}
