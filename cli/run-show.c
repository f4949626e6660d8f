/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams of files, sockets and interfaces to the walker. */
#include "interface.h"
#include "privilege.h"
#include "run-private.h"
#include "say.h"
#include "select.h"
#include "signals.h"
#include "walk.h"

/* How long a pipe is read after the signal, where something comes all the time. */
#define DRAIN_US G_USEC_PER_SEC

/* Whether a datagram of which fragments are missing was a Message. Its ports may be missing, too;
 * with -d only what goes to the right one is remembered. With -i the kernel lets through fragments
 * of all UDP, but the first one of export alone: those without are not export's. */
static gboolean
is_lost_message (const NfRun *run, const NfItem *item)
{
    const NfDatagram *g = &item->datagram;

    if (nf_select_is_lost_message (run->options, g))
        return TRUE;
    return !run->options->interface && (run->options->ports->len == 0 || !g->octets) &&
           nf_pairs_lost (run->pairs, g);
}

static gboolean
is_message (const NfRun *run, const NfItem *item)
{
    if (item->kind == NF_ITEM_REFUSAL)
        return nf_pairs_refused (run->pairs, &item->datagram);
    if (item->kind == NF_ITEM_LOST)
        return is_lost_message (run, item);
    return item->kind == NF_ITEM_DATAGRAM && nf_select_is_message (run->options, &item->datagram);
}

/* Whether it is a Message in fact, not only a datagram where one was to be expected. */
static gboolean
has_header (const NfItem *item, NfMessage *message)
{
    const NfDatagram *g = &item->datagram;
    NfFinding trouble;

    return item->kind == NF_ITEM_DATAGRAM &&
           nf_message_read (message, g->octets, g->length, g->wire_length, &trouble);
}

/* Whether it is of the time that is wanted. */
static gboolean
is_in_time (NfRun *run, const NfDatagram *datagram)
{
    gint64 ns;

    if (nf_select_wants_time (run->options, datagram))
        return TRUE;
    if (!nf_select_time (datagram, &ns))
        return FALSE;
    run->outside[0] = run->n_outside > 0 ? MIN (run->outside[0], ns) : ns;
    run->outside[1] = run->n_outside > 0 ? MAX (run->outside[1], ns) : ns;
    run->n_outside++;
    return FALSE;
}

void
nf_run_say_outside (const NfRun *run)
{
    NfText t = NF_TEXT_INIT;

    nf_text_add (&t, "no Message is from between --from and --to: there ");
    nf_text_add (&t, run->n_outside == 1 ? "is " : "are ");
    nf_text_add_count (&t, run->n_outside, "Messages");
    nf_text_add (&t, run->n_outside == 1 ? ", of " : ", from ");
    nf_time_text (&t, nf_time_from_ns (run->outside[0]), 3);
    if (run->n_outside > 1) {
        nf_text_add (&t, " to ");
        nf_time_text (&t, nf_time_from_ns (run->outside[1]), 3);
    }
    nf_say (NULL, "%s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* Remembers what an item brings that is read only once, or that time goes on. */
static void
remember (NfRun *run, const NfItem *item, gboolean message)
{
    g_autoptr (GError) error = NULL;

    if (message && item->kind == NF_ITEM_DATAGRAM)
        nf_remember_note (run->remember, &item->datagram);
    if (!nf_remember_write_if_due (run->remember, &error))
        nf_run_complain (run, NULL, error);
}

/* The limit that learning the datagram reached, or NULL. */
static const GArray *
limits_at (const NfRun *run, const NfDatagram *datagram)
{
    return datagram->order == run->limit_order ? run->limits : NULL;
}

/* Learns a datagram of a file and shows it. */
static void
attempt (NfRun *run, const NfDatagram *datagram)
{
    nf_run_learn (run, datagram);
    nf_walker_show (run->walker, datagram, limits_at (run, datagram));
    run->is_wrong |= nf_collector_has_hindsight (run->collector);
}

static void
show_message (NfRun *run, const NfItem *item, gboolean once)
{
    const NfDatagram *g = &item->datagram;

    if (!nf_select_wants_packet (run->options, g) || !is_in_time (run, g)) {
        if (once && item->kind == NF_ITEM_DATAGRAM)
            nf_collector_learn (run->collector, g, NULL);
    } else if (item->kind == NF_ITEM_LOST) {
        NfMessage of = nf_pairs_message (run->pairs, g);
        guint64 before[2];

        nf_pairs_before (run->pairs, g, before);
        nf_walker_show_lost (run->walker, item, &of, before);
    } else if (item->kind == NF_ITEM_REFUSAL) {
        NfMessage of = nf_pairs_message (run->pairs, g);

        nf_walker_show_refusal (run->walker, item, &of);
    } else if (once) {
        nf_walker_show_live (run->walker, g);
    } else if (run->is_attempt) {
        attempt (run, g);
    } else {
        nf_walker_show (run->walker, g, limits_at (run, g));
    }
}

/* The least number that a packet still to be read can have. One of a stream may have more Messages.
 */
static guint64
next_packet (const NfItem *item)
{
    const NfDatagram *g = &item->datagram;

    return g->transport == NF_TRANSPORT_UDP ? g->packet + 1 : g->packet;
}

/* Whether a signal has ended it: a file, which can be read again, at once; a pipe as soon as
 * nothing more comes (stream.c), or something does all the time. What is live ends by itself, and
 * what is sent with the next datagram. */
static gboolean
is_ended (NfRun *run, const NfInput *input)
{
    if (run->live || run->options->send || run->is_silent || !nf_signals_stopped ())
        return FALSE;
    if (!input->is_stream)
        return TRUE;
    if (run->end_us == 0)
        run->end_us = g_get_monotonic_time () + DRAIN_US;
    return g_get_monotonic_time () >= run->end_us;
}

static void
say_ended (NfRun *run, const char *name)
{
    nf_say (name, "ended by a signal: what follows is not read");
    run->failed = run->is_cut = TRUE;
}

/* Where a file has no Message: what it has instead. */
static void
say_nothing_found (NfRun *run, const char *name, const NfCensus *census)
{
    NfText t = NF_TEXT_INIT;

    if (run->options->listen->len > 0) /* the closing line says so */
        return;
    nf_census_text (&t, census);
    nf_say (name, "no NetFlow or IPFIX Message: %s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* Shows an item, or counts it in the census. Returns whether it is a Message; `*found` becomes
 * whether it has the header of one. */
static gboolean
show_item (NfRun *run, const NfItem *item, gboolean once, NfCensus *census, gboolean *found)
{
    gboolean message = is_message (run, item);
    NfMessage header;

    *found = message && has_header (item, &header);
    if (*found)
        nf_pairs_note (run->pairs, &item->datagram, &header);
    if (run->remember && once)
        remember (run, item, message);
    if (message)
        show_message (run, item, once);
    else if (item->kind == NF_ITEM_ENDED)
        nf_collector_end_session (run->collector, &item->datagram);
    else if (item->kind != NF_ITEM_IDLE)
        nf_census_add (census, item);
    if (run->live)
        nf_live_note (run->live, item, *found);
    else if (once)
        nf_walker_wake (run->walker);
    return message;
}

/* Shows what a source gives, which `input` was opened as. With `once` it has not been learnt. */
static void
show_source (NfRun *run, NfInput *input, NfSource *source, gboolean once)
{
    const char *name = input->name;
    g_autoptr (GError) error = NULL;
    NfCensus *census = nf_census_new ();
    NfItem item;
    gboolean found = FALSE, expected = FALSE, past = FALSE, at_end = FALSE, ended = FALSE;
    gboolean picks_packets = run->options->packets->len > 0;

    while (!nf_walker_is_done (run->walker) && !past && !run->is_wrong &&
           !(ended = is_ended (run, input))) {
        at_end = !nf_input_next (input, source, &item, &error);
        if (at_end)
            break;
        if (item.kind == NF_ITEM_LOST && !run->options->interface)
            nf_pairs_set_ports (run->pairs, &item.datagram);
        if (run->evidence && item.kind < NF_ITEM_ENDED)
            nf_evidence_keep (run->evidence, &item.datagram);

        gboolean has_found, message = show_item (run, &item, once, census, &has_found);

        expected |= message;
        found |= has_found;
        if (run->remember && once)
            source->wake_us = MIN (source->wake_us, nf_remember_due_us (run->remember));
        if (picks_packets) {
            if (item.kind < NF_ITEM_ENDED)
                nf_answers_note (run->answers, name, &item, message);
            past = nf_select_is_past (run->options, next_packet (&item)) &&
                   !nf_answers_are_open (run->answers);
        }
        nf_progress_note (run->progress, source, nf_walker_counts (run->walker)->records);
    }
    run->is_wrong |= run->is_attempt && (error || !found); /* which is said when it is no attempt */
    if (run->is_wrong) {
        nf_census_free (census);
        return;
    }
    if (error)
        nf_run_complain (run, name, error);
    else if (input->missed && at_end && !run->is_silent)
        nf_run_complain (run, name, input->missed);
    g_clear_error (&input->missed);
    if (ended && !input->is_stream) {
        say_ended (run, name);
    } else if (!found && !past && !nf_walker_is_done (run->walker)) {
        run->failed = TRUE;
        if (!expected && !run->is_silent) /* else findings say what there was instead */
            say_nothing_found (run, name, census);
    }
    nf_answers_end_file (run->answers, name, at_end && !error);
    nf_walker_end_input (run->walker);
    nf_census_free (census);
}

/* Whether no further file is to be shown. */
static gboolean
is_over (const NfRun *run)
{
    return nf_walker_is_done (run->walker) || run->is_wrong || run->is_cut;
}

void
nf_run_show_files (NfRun *run)
{
    for (guint i = 0; i < run->inputs->len && !is_over (run); i++) {
        NfInput *input = run->inputs->pdata[i];
        NfSource *source;

        if (i > 0 && is_ended (run, input)) {
            say_ended (run, input->name);
            break;
        }
        source = nf_run_open_input (run, input);

        if (!source)
            continue;
        if (input->remark && *input->remark && !run->options->quiet)
            nf_say (input->name, "%s", input->remark);
        g_clear_pointer (&input->remark, g_free); /* once, however often it is read */
        nf_walker_begin_input (run->walker, input->name, input->is_file, input->is_stream);
        show_source (run, input, source, input->is_stream);
        nf_progress_end_file (run->progress, input);
        source->free (source);
    }
}

/* What findings call the source: by what is listened on. */
static char *
name_sockets (const NfOptions *options)
{
    guint n_tcp = nf_options_n_tcp (options);

    return (char *)(n_tcp == 0 ? "UDP" : n_tcp == options->listen->len ? "TCP" : "UDP and TCP");
}

/* Shows a live source until it ends. Signals are caught. */
static void
show_live (NfRun *run, NfInput *input, NfSource *source)
{
    run->live = nf_live_new (run->options, run->walker, source);
    nf_walker_begin_input (run->walker, input->name, FALSE, TRUE);
    show_source (run, input, source, TRUE);
    if (!run->options->quiet)
        nf_live_say_received (run->live);
    g_clear_pointer (&run->live, nf_live_free);
}

void
nf_run_show_sockets (NfRun *run)
{
    g_autoptr (GError) error = NULL;
    NfSource *source;
    NfInput sockets = {.options = run->options,
                       .name = name_sockets (run->options),
                       .is_stream = TRUE,
                       .anonymizer = run->anonymizer};

    if (!nf_signals_begin (run->options->output || run->options->write, &error)) {
        nf_run_complain (run, NULL, error);
        return;
    }
    run->catches = TRUE;
    source = nf_source_sockets_new (run->options, &error);
    if (source) {
        show_live (run, &sockets, source);
        source->free (source);
    } else {
        nf_run_complain (run, NULL, error);
    }
}

gboolean
nf_run_open_interface (NfRun *run, GError **error)
{
    run->interface = nf_interface_name (run->options->interface, error);
    if (run->interface)
        run->capture =
            run->options->listen->len > 0
                ? nf_source_both_new (run->interface, run->options, error)
                : nf_source_live_new (run->interface, run->options, run->options->ports, error);
    return run->capture && nf_privilege_drop (run->options->user, error);
}

void
nf_run_show_interface (NfRun *run)
{
    g_autoptr (GError) error = NULL;
    NfInput interface = {.options = run->options,
                         .name = run->options->listen->len > 0 ? name_sockets (run->options)
                                                               : run->interface,
                         .is_stream = TRUE,
                         .anonymizer = run->anonymizer};

    if (!nf_signals_begin (run->options->output || run->options->write, &error)) {
        nf_run_complain (run, NULL, error);
        return;
    }
    run->catches = TRUE;
    nf_say (NULL, "capturing on %s", run->interface);
    show_live (run, &interface, run->capture);
}
