/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run. Files are read twice: first every datagram is learnt, then every datagram is walked and
 * shown, so that Templates that come late are there. Views that show no record try to do with one
 * pass, which is given up where what comes later would change what was shown. What can be read only
 * once (a pipe, sockets) is learnt and walked datagram by datagram.
 */
#include "run-private.h"

#include "need.h"
#include "pick.h"
#include "say.h"
#include "select.h"
#include "signals.h"
#include "walk.h"

#include <sys/stat.h>
#include <unistd.h>

void
nf_run_complain (NfRun *run, const char *name, const GError *error)
{
    if (!run->is_silent)
        nf_say (name, "%s", error->message);
    run->failed = TRUE;
}

/* Begins to catch the signals that end the reading, where it is to end in order: of a pipe, which
 * is a live source to whoever feeds it, what came is shown, and a capture that is written ends with
 * a whole packet. */
static void
catch_signals (NfRun *run)
{
    g_autoptr (GError) error = NULL;

    if (run->catches || run->is_silent)
        return;
    run->catches = nf_signals_begin (FALSE, &error);
    if (error)
        nf_run_complain (run, NULL, error);
}

static gboolean
is_pipe (const char *name)
{
    struct stat about;
    gboolean is_there =
        strcmp (name, "-") == 0 ? fstat (STDIN_FILENO, &about) == 0 : stat (name, &about) == 0;

    return is_there && !S_ISREG (about.st_mode) && !S_ISDIR (about.st_mode);
}

/* A pipe may keep silent for long before its first octet. */
static void
look_at_inputs (NfRun *run)
{
    for (guint i = 0; i < run->inputs->len; i++) {
        NfInput *input = run->inputs->pdata[i];

        if (input->is_file && is_pipe (input->name))
            catch_signals (run);
    }
    for (guint i = 0; i < run->inputs->len; i++) {
        NfInput *input = run->inputs->pdata[i];
        g_autoptr (GError) error = NULL;

        input->failed = !nf_input_look (input, &error);
        if (error)
            nf_run_complain (run, input->name, error);
    }
}

NfSource *
nf_run_open_input (NfRun *run, NfInput *input)
{
    g_autoptr (GError) error = NULL;
    NfSource *source;

    if (input->failed)
        return NULL;
    source = nf_input_open (input, &error);
    if (source)
        return source;
    nf_run_complain (run, input->name, error);
    input->failed = TRUE;
    return NULL;
}

/* ---- learning ---- */

void
nf_run_learn (NfRun *run, const NfDatagram *datagram)
{
    gboolean first = run->limits->len == 0;

    nf_collector_learn (run->collector, datagram, first ? run->limits : NULL);
    if (first && run->limits->len > 0) {
        g_array_set_size (run->limits, 1);
        run->limit_order = datagram->order;
    }
}

static void
learn (NfRun *run, NfCollector *collector, const NfDatagram *datagram)
{
    if (collector == run->collector)
        nf_run_learn (run, datagram);
    else
        nf_anonymizer_learn (run->anonymizer, datagram);
    if (run->remember)
        nf_remember_note (run->remember, datagram);
    if (run->is_first)
        nf_walker_foresee (run->walker, datagram);
}

/* Whether a signal has ended the reading already: then nothing is shown of files. */
static gboolean
is_stopped (const NfRun *run)
{
    return run->catches && nf_signals_stopped ();
}

/* Learns a file. Returns FALSE where no more has to be learnt. */
static gboolean
learn_file (NfRun *run, NfCollector *collector, guint file, NfNeed *need)
{
    NfInput *input = run->inputs->pdata[file];
    NfSource *source = nf_run_open_input (run, input);
    g_autoptr (GError) error = NULL;
    gboolean go_on = TRUE;
    NfItem item;

    while (source && go_on && !is_stopped (run) && nf_input_next (input, source, &item, &error)) {
        nf_progress_note (run->progress, source, 0);
        if (item.kind == NF_ITEM_SEGMENT)
            nf_need_note_segment (need, item.datagram.packet);
        if (item.kind != NF_ITEM_DATAGRAM || !nf_select_is_message (run->options, &item.datagram))
            continue;
        learn (run, collector, &item.datagram);
        go_on = !nf_need_is_met (need, &item.datagram, run->inputs->len);
    }
    nf_progress_end_file (run->progress, input);
    if (source)
        source->free (source);
    if (error && !input->missed)
        input->missed = g_steal_pointer (&error);
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
    nf_progress_begin (run->progress, "learning Templates: ");
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

/* ---- an attempt ---- */

/* Whether files may be read once, by a view that sums up what is in them. */
static gboolean
can_attempt (const NfRun *run, const NfView *view)
{
    const NfOptions *o = run->options;
    gboolean can = view->now && run->inputs->len > 0 && !run->is_silent && !run->anonymizer &&
                   !run->evidence && !run->remember;

    for (guint i = 0; i < run->inputs->len; i++)
        can &= !((const NfInput *)run->inputs->pdata[i])->is_stream;
    return can && !o->output && !o->write && !o->metrics && !o->send && !o->filter &&
           o->packets->len == 0 && o->count == 0 && o->from_ns == 0 && o->to_ns == G_MAXINT64 &&
           !nf_options_are_live (o);
}

/* Begins anew what an attempt has used. */
static gboolean
begin_again (NfRun *run)
{
    NfRegistry *registry = nf_registry_ref (nf_collector_registry (run->collector));
    const NfLimits limits = limits_of (run);
    g_autoptr (GError) error = NULL;

    nf_walker_abandon (run->walker);
    end (run);
    begin (run);
    run->collector = nf_collector_new (registry, &limits);
    run->walker =
        nf_walker_new (run->options, run->collector, NULL, choose_view (run), NULL, &error);
    nf_registry_unref (registry);
    if (!run->walker)
        nf_run_complain (run, NULL, error);
    return run->walker != NULL;
}

/* Shows files as they are learnt, which halves the time. Most captures have nothing that is another
 * thing to who knows what comes later; where one has, all begins anew. Returns whether that is so.
 */
static gboolean
attempt (NfRun *run)
{
    run->is_attempt = TRUE;
    nf_progress_begin (run->progress, "");
    nf_walker_attempt (run->walker);
    nf_run_show_files (run);
    run->is_attempt = FALSE;
    run->is_wrong |= !nf_walker_end_attempt (run->walker);
    if (!run->is_wrong)
        return FALSE;
    run->is_wrong = FALSE;
    return begin_again (run);
}

/* Learns and shows with an open view. Returns whether there was a finding at or above --fail-on. */
static gboolean
learn_and_show (NfRun *run)
{
    gboolean findings;

    if (run->options->interface) {
        nf_run_show_interface (run);
    } else if (run->options->listen->len > 0) {
        nf_run_show_sockets (run);
    } else if (!can_attempt (run, choose_view (run)) || attempt (run)) {
        if (!nf_walker_is_blind (run->walker))
            learn_files (run, run->collector);
        nf_progress_begin (run->progress, "");
        if (run->options->write)
            catch_signals (run);
        nf_run_show_files (run);
    }
    nf_progress_hide (run->progress);
    if (!run->walker)
        return FALSE;
    if (nf_walker_counts (run->walker)->datagrams == 0) {
        run->failed = TRUE; /* none at all, or none in the packets or the time asked for */
        if (run->n_outside > 0 && !run->is_silent)
            nf_run_say_outside (run);
    }
    if (!nf_walker_finish (run->walker, &findings))
        run->failed = TRUE;
    if (run->catches) /* what else is to be written does not wait for a signal */
        nf_signals_stop ();
    return findings;
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
        nf_run_complain (run, NULL, error);
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
        nf_run_complain (run, NULL, error);
}

/* ---- */

/* Opens everything; `filter` is taken over. What is remembered is read before everything else, and
 * with the rights with which it will be written. */
static gboolean
open_all (NfRun *run, NfRegistry *registry, NfFilter *filter, GError **error)
{
    NfLimits limits;

    if ((run->options->interface && !nf_run_open_interface (run, error)) ||
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
        run.progress = nf_progress_new (options, run.inputs, !choose_view (&run)->now);
        if (run.anonymizer)
            begin_anonymizing (&run);
        findings = learn_and_show (&run);
        if (run.anonymizer && !options->quiet)
            nf_anonymizer_say (run.anonymizer);
        if (run.remember)
            end_remembering (&run);
    } else {
        nf_run_complain (&run, NULL, error);
    }
    end (&run);
    if (run.evidence && !error)
        write_evidence (&run, registry);
    nf_progress_free (run.progress);
    g_clear_pointer (&run.remember, nf_remember_free);
    nf_anonymizer_free (run.anonymizer);
    g_clear_pointer (&run.evidence, nf_evidence_free);
    if (run.capture)
        run.capture->free (run.capture);
    g_free (run.interface);
    g_ptr_array_unref (run.inputs);
    if (run.catches)
        nf_signals_end ();
    return run.failed ? NF_EXIT_FAILED : findings ? NF_EXIT_FINDINGS : NF_EXIT_DONE;
}
