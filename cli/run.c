/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run. Files are read twice: first every datagram is learnt, then every datagram is walked and
 * shown, so that Templates that come late are there. What can be read only once (a pipe, sockets)
 * is learnt and walked datagram by datagram.
 */
#include "run.h"

#include "anonymize.h"
#include "answer.h"
#include "interface.h"
#include "live.h"
#include "need.h"
#include "pairs.h"
#include "pick.h"
#include "privilege.h"
#include "say.h"
#include "select.h"
#include "signals.h"
#include "source.h"
#include "view.h"
#include "walk.h"

typedef struct {
    const NfOptions *options;
    GPtrArray *inputs; /* of NfInput */
    NfCollector *collector;
    NfAnonymizer *anonymizer; /* with --anonymize; else NULL */
    NfWalker *walker;
    NfAnswers *answers;
    NfPairs *pairs;
    NfLive *live;         /* while a live source is read; else NULL */
    gboolean is_first;    /* the datagrams are learnt for the first time */
    GArray *limits;       /* of NfFinding: the first limit that learning the files reached */
    guint64 limit_order;  /* the datagram at which it was reached */
    guint64 n_outside;    /* Messages that --from and --to left out, */
    gint64 outside[2];    /* and their first and last time, nanoseconds since 1970 */
    NfEvidence *evidence; /* of --evidence, or NULL */
    NfRemember *remember; /* of --templates, or NULL */
    gboolean is_silent;   /* it is gone through once more: nothing is said */
    char *interface;      /* the name of -i's; NULL: none */
    NfSource *capture;    /* of this interface; else NULL */
    gboolean failed;
} NfRun;

/* What goes wrong is said, unless it has been said before. */
static void
complain (NfRun *run, const char *name, const GError *error)
{
    if (!run->is_silent)
        nf_say (name, "%s", error->message);
    run->failed = TRUE;
}

static void
look_at_inputs (NfRun *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        NfInput *input = run->inputs->pdata[i];
        g_autoptr (GError) error = NULL;

        input->failed = !nf_input_look (input, &error);
        if (error)
            complain (run, input->name, error);
    }
}

static NfSource *
open_input (NfRun *run, NfInput *input)
{
    g_autoptr (GError) error = NULL;
    NfSource *source;

    if (input->failed)
        return NULL;
    source = nf_input_open (input, &error);
    if (source)
        return source;
    complain (run, input->name, error);
    input->failed = TRUE;
    return NULL;
}

/* ---- learning ---- */

static void
learn (NfRun *run, NfCollector *collector, const NfDatagram *datagram)
{
    gboolean first = run->limits->len == 0 && collector == run->collector;

    if (collector == run->collector)
        nf_collector_learn (collector, datagram, first ? run->limits : NULL);
    else
        nf_anonymizer_learn (run->anonymizer, datagram);
    if (run->remember)
        nf_remember_note (run->remember, datagram);
    if (run->is_first)
        nf_walker_foresee (run->walker, datagram);
    if (first && run->limits->len > 0) {
        g_array_set_size (run->limits, 1);
        run->limit_order = datagram->order;
    }
}

/* Learns a file. Returns FALSE where no more has to be learnt. */
static gboolean
learn_file (NfRun *run, NfCollector *collector, guint file, NfNeed *need)
{
    NfInput *input = run->inputs->pdata[file];
    NfSource *source = open_input (run, input);
    gboolean go_on = TRUE;
    NfItem item;

    while (source && go_on && nf_input_next (input, source, &item, NULL)) {
        if (item.kind == NF_ITEM_SEGMENT)
            nf_need_note_segment (need, item.datagram.packet);
        if (item.kind != NF_ITEM_DATAGRAM || !nf_select_is_message (run->options, &item.datagram))
            continue;
        learn (run, collector, &item.datagram);
        go_on = !nf_need_is_met (need, &item.datagram, run->inputs->len);
    }
    if (source)
        source->free (source);
    return go_on;
}

static void
learn_files_once (NfRun *run, NfCollector *collector)
{
    NfNeed *need = nf_need_new (run->options, collector);
    gboolean go_on = TRUE;

    for (guint i = 0; i < run->inputs->len && go_on; i++)
        if (!((const NfInput *)run->inputs->pdata[i])->is_stream)
            go_on = learn_file (run, collector, i, need);
    nf_need_free (need);
}

/* Learns all files. Options data that came before its Template could not be read then; once more,
 * and it can. */
static void
learn_files (NfRun *run, NfCollector *collector)
{
    run->is_first = collector == run->collector;
    learn_files_once (run, collector);
    run->is_first = FALSE;
    if (nf_collector_missed_options (collector))
        learn_files_once (run, collector);
}

/* From here on all that is read is rewritten; what can be read twice is learnt as it is before. */
static void
begin_anonymizing (NfRun *run)
{
    learn_files (run, nf_anonymizer_collector (run->anonymizer));
    for (guint i = 0; i < run->inputs->len; i++)
        ((NfInput *)run->inputs->pdata[i])->anonymizer = run->anonymizer;
}

/* ---- showing ---- */

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

/* There are Messages, but --from and --to left all of them out. */
static void
say_outside (const NfRun *run)
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
        complain (run, NULL, error);
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
    } else {
        nf_walker_show (run->walker, g, g->order == run->limit_order ? run->limits : NULL);
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
    gboolean found = FALSE, expected = FALSE, past = FALSE, at_end = FALSE;

    while (!nf_walker_is_done (run->walker) && !past) {
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
        if (item.kind < NF_ITEM_ENDED)
            nf_answers_note (run->answers, name, &item, message);
        past = nf_select_is_past (run->options, next_packet (&item)) &&
               !nf_answers_are_open (run->answers);
    }
    if (error)
        complain (run, name, error);
    if (!found && !past && !nf_walker_is_done (run->walker)) {
        run->failed = TRUE;
        if (!expected && !run->is_silent) /* else findings say what there was instead */
            say_nothing_found (run, name, census);
    }
    nf_answers_end_file (run->answers, name, at_end && !error);
    nf_walker_end_input (run->walker);
    nf_census_free (census);
}

static void
show_files (NfRun *run)
{
    for (guint i = 0; i < run->inputs->len && !nf_walker_is_done (run->walker); i++) {
        NfInput *input = run->inputs->pdata[i];
        NfSource *source = open_input (run, input);

        if (!source)
            continue;
        if (input->remark && *input->remark && !run->options->quiet)
            nf_say (input->name, "%s", input->remark);
        nf_walker_begin_input (run->walker, input->name, input->is_file, input->is_stream);
        show_source (run, input, source, input->is_stream);
        source->free (source);
    }
}

/* What findings call the source: by what is listened on. */
static char *
name_sockets (const NfOptions *options)
{
    guint n_tcp = 0;

    for (guint i = 0; i < options->listen->len; i++)
        n_tcp += g_str_has_prefix (options->listen->pdata[i], "tcp:") ? 1 : 0;
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

static void
show_sockets (NfRun *run)
{
    g_autoptr (GError) error = NULL;
    NfSource *source;
    NfInput sockets = {.options = run->options,
                       .name = name_sockets (run->options),
                       .is_stream = TRUE,
                       .anonymizer = run->anonymizer};

    if (!nf_signals_begin (run->options->output || run->options->write, &error)) {
        complain (run, NULL, error);
        return;
    }
    source = nf_source_sockets_new (run->options, &error);
    if (source) {
        show_live (run, &sockets, source);
        source->free (source);
    } else {
        complain (run, NULL, error);
    }
    nf_signals_end ();
}

/* Opens the interface of -i; then nothing takes root's rights any more. */
static gboolean
open_interface (NfRun *run, GError **error)
{
    run->interface = nf_interface_name (run->options->interface, error);
    if (run->interface)
        run->capture =
            run->options->listen->len > 0
                ? nf_source_both_new (run->interface, run->options, error)
                : nf_source_live_new (run->interface, run->options, run->options->ports, error);
    return run->capture && nf_privilege_drop (run->options->user, error);
}

static void
show_interface (NfRun *run)
{
    g_autoptr (GError) error = NULL;
    NfInput interface = {.options = run->options,
                         .name = run->options->listen->len > 0 ? name_sockets (run->options)
                                                               : run->interface,
                         .is_stream = TRUE,
                         .anonymizer = run->anonymizer};

    if (!nf_signals_begin (run->options->output || run->options->write, &error)) {
        complain (run, NULL, error);
        return;
    }
    nf_say (NULL, "capturing on %s", run->interface);
    show_live (run, &interface, run->capture);
    nf_signals_end ();
}

/* ---- all together ---- */

static GPtrArray *
make_inputs (const NfOptions *options)
{
    GPtrArray *inputs = g_ptr_array_new_with_free_func (nf_input_free);

    for (guint i = 0; i < options->files->len; i++)
        g_ptr_array_add (inputs, nf_input_new_file (options->files->pdata[i], options));
    if (options->hex->len > 0)
        g_ptr_array_add (inputs, nf_input_new_text (options->hex, options));
    for (guint i = 0; i < inputs->len; i++)
        ((NfInput *)inputs->pdata[i])->number = i;
    return inputs;
}

/* The view that suits what there is to show, where -T does not say. */
static const NfView *
choose_view (const NfRun *run)
{
    gboolean is_single = run->inputs->len > 0;

    if (run->options->sum->len > 0)
        return &nf_view_sum;
    if (run->options->view)
        return nf_view_find (run->options->view);
    if (run->options->send)
        return &nf_view_nothing;
    if (nf_options_are_live (run->options))
        return nf_view_find (run->options->every_us > 0 ? "summary" : "messages");
    for (guint i = 0; i < run->inputs->len; i++)
        is_single &= ((const NfInput *)run->inputs->pdata[i])->is_single;
    return nf_view_find (is_single ? "tree" : "summary");
}

/* Learns and shows with an open view. Returns whether there was a finding at or above --fail-on. */
static gboolean
learn_and_show (NfRun *run)
{
    gboolean findings;

    if (run->options->interface) {
        show_interface (run);
    } else if (run->options->listen->len > 0) {
        show_sockets (run);
    } else {
        if (!nf_walker_is_blind (run->walker))
            learn_files (run, run->collector);
        show_files (run);
    }
    if (nf_walker_counts (run->walker)->messages == 0) {
        run->failed = TRUE; /* none at all, or none in the packets or the time asked for */
        if (run->n_outside > 0 && !run->is_silent)
            say_outside (run);
    }
    if (!nf_walker_finish (run->walker, &findings))
        run->failed = TRUE;
    return findings;
}

/* Whether all is read once: what was longest silent may be forgotten, as nobody comes back to it.
 */
static gboolean
is_read_once (const NfRun *run)
{
    gboolean once = run->inputs->len > 0;

    for (guint i = 0; i < run->inputs->len; i++)
        once &= ((const NfInput *)run->inputs->pdata[i])->is_stream;
    return once || nf_options_are_live (run->options);
}

static NfLimits
limits_of (const NfRun *run)
{
    NfLimits limits = run->options->bounds.library;

    limits.stream = is_read_once (run);
    return limits;
}

/* Makes ready what a run needs; `run` has options and inputs. */
static void
begin (NfRun *run)
{
    run->answers = nf_answers_new (run->options);
    run->pairs = nf_pairs_new (run->options);
    run->limits = g_array_new (FALSE, FALSE, sizeof (NfFinding));
}

static void
end (NfRun *run)
{
    g_array_unref (run->limits);
    nf_answers_free (run->answers);
    nf_pairs_free (run->pairs);
    g_clear_pointer (&run->collector, nf_collector_free);
}

/* ---- evidence ---- */

NfCollector *
nf_run_gather (const NfOptions *options, NfRegistry *registry, GPtrArray *inputs,
               NfEvidence *evidence)
{
    NfRun run = {.options = options, .inputs = inputs, .is_silent = TRUE};
    NfCollector *collector = NULL;
    const NfLimits limits = limits_of (&run);
    NfFilter *filter;

    if (!nf_pick_compile (options, registry, &filter))
        return NULL;
    begin (&run);
    run.collector = nf_collector_new (registry, &limits);
    if (inputs->len > 0)
        run.anonymizer = ((const NfInput *)inputs->pdata[0])->anonymizer;
    run.walker =
        nf_walker_new (options, run.collector, run.anonymizer, &nf_view_nothing, filter, NULL);
    if (run.walker) {
        nf_walker_gather (run.walker, evidence);
        learn_and_show (&run);
        collector = g_steal_pointer (&run.collector);
    }
    end (&run);
    return collector;
}

/* Reads the file of --templates. */
static gboolean
begin_remembering (NfRun *run, NfRegistry *registry, GError **error)
{
    if (run->options->templates)
        run->remember = nf_remember_new (run->options, registry, error);
    return run->remember || !run->options->templates;
}

/* Writes it. */
static void
end_remembering (NfRun *run)
{
    g_autoptr (GError) error = NULL;

    if (!nf_remember_write (run->remember, &error))
        complain (run, NULL, error);
}

/* Opens the file of --evidence and the view, whose records pass `filter`, which is taken over. No
 * file is emptied before all of that can be. */
static gboolean
open_outputs (NfRun *run, NfFilter *filter, GError **error)
{
    const NfLimits limits = limits_of (run);

    if (run->options->anonymize)
        run->anonymizer =
            nf_anonymizer_new (nf_collector_registry (run->collector), &limits, error);
    if (run->options->evidence)
        run->evidence = nf_evidence_new (run->options, run->inputs, error);
    if ((run->options->anonymize && !run->anonymizer) ||
        (run->options->evidence && !run->evidence)) {
        g_clear_pointer (&filter, nf_filter_free);
        return FALSE;
    }
    run->walker = nf_walker_new (run->options, run->collector, run->anonymizer, choose_view (run),
                                 filter, error);
    if (run->walker && run->remember)
        nf_walker_remember (run->walker, run->remember);
    return run->walker != NULL;
}

static void
write_evidence (NfRun *run, NfRegistry *registry)
{
    g_autoptr (GError) error = NULL;

    if (!nf_evidence_write (run->evidence, run->options, registry, run->inputs, &error))
        complain (run, NULL, error);
}

/* ---- */

/* Opens everything; `filter` is taken over. What is remembered is read before everything else, and
 * with the rights with which it will be written. */
static gboolean
open_all (NfRun *run, NfRegistry *registry, NfFilter *filter, GError **error)
{
    NfLimits limits;

    if ((run->options->interface && !open_interface (run, error)) ||
        !begin_remembering (run, registry, error)) {
        g_clear_pointer (&filter, nf_filter_free);
        return FALSE;
    }
    look_at_inputs (run);
    limits = limits_of (run);
    run->collector = nf_collector_new (registry, &limits);
    if (run->remember)
        nf_remember_learn (run->remember, run->collector);
    return open_outputs (run, filter, error);
}

int
nf_run (const NfOptions *options, NfRegistry *registry)
{
    NfRun run = {.options = options};
    gboolean findings = FALSE;
    g_autoptr (GError) error = NULL;
    NfFilter *filter;

    if (!nf_pick_compile (options, registry, &filter))
        return NF_EXIT_FAILED;
    run.inputs = make_inputs (options);
    begin (&run);
    if (open_all (&run, registry, filter, &error)) {
        if (run.anonymizer)
            begin_anonymizing (&run);
        findings = learn_and_show (&run);
        if (run.anonymizer && !options->quiet)
            nf_anonymizer_say (run.anonymizer);
        if (run.remember)
            end_remembering (&run);
    } else {
        complain (&run, NULL, error);
    }
    end (&run);
    if (run.evidence && !error)
        write_evidence (&run, registry);
    g_clear_pointer (&run.remember, nf_remember_free);
    nf_anonymizer_free (run.anonymizer);
    g_clear_pointer (&run.evidence, nf_evidence_free);
    if (run.capture)
        run.capture->free (run.capture);
    g_free (run.interface);
    g_ptr_array_unref (run.inputs);
    return run.failed ? NF_EXIT_FAILED : findings ? NF_EXIT_FINDINGS : NF_EXIT_DONE;
}
