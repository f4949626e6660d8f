/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams through the decoder into a view. */
#include "walk-private.h"

#include "say.h"
#include "signals.h"

#include <unistd.h>

/* Text is written out when there is so much of it. */
#define WRITE_LENGTH ((gsize)1 << 20)

void
nf_walker_discard (NfWalker *w)
{
    g_clear_pointer (&w->metrics, nf_metrics_free);
    nf_decoder_clear (&w->decoder);
    nf_plans_free (w->show.plans);
    nf_text_clear (&w->show.out);
    nf_text_clear (&w->show.scratch);
    nf_report_free (w->report);
    nf_hold_free (w->hold);
    nf_pick_free (w->pick);
    g_clear_pointer (&w->tracker, nf_tracker_free);
    g_clear_pointer (&w->usage, nf_usage_free);
    g_clear_pointer (&w->samplers, nf_samplers_free);
    g_array_unref (w->said);
    g_array_unref (w->news);
    g_free (w);
}

static void show_event (const NfEvent *event, gpointer walker);

/* Whether it makes a difference what is said of sequence numbers, Templates over time, sampling and
 * how datagrams arrived, of which nothing is an error. */
static gboolean
minds_warnings (const NfWalker *w, const NfOptions *options)
{
    if (options->metrics)
        return TRUE;
    return !w->is_quiet &&
           (w->view->shows_findings || w->view->counts_findings || options->evidence ||
            nf_options_are_live (options) || nf_report_minds_warnings (w->report));
}

/* Opens the view and what is written. No file is emptied before the view can be. */
static gboolean
open_outputs (NfWalker *w, const NfOptions *options, GError **error)
{
    if (!nf_output_open (&w->output, "-o", options->output, options->files, error))
        return FALSE;
    w->show.is_terminal = isatty (w->output.fd) == 1;
    w->show.color = nf_options_color (options, w->show.is_terminal);
    w->self = w->view->open (&w->show, error);
    if (!w->self)
        return FALSE;
    if (options->metrics)
        w->metrics = nf_metrics_new (options->metrics, options->files, error);
    if ((!options->metrics || w->metrics) && nf_output_begin (&w->output, error) &&
        nf_copies_open (&w->copies, options, error))
        return TRUE;
    nf_copies_close (&w->copies);
    w->view->close (&w->show, w->self);
    return FALSE;
}

NfWalker *
nf_walker_new (const NfOptions *options, NfCollector *collector, NfAnonymizer *anonymizer,
               const NfView *view, NfFilter *filter, GError **error)
{
    NfWalker *w = g_new0 (NfWalker, 1);

    w->collector = collector;
    w->view = view;
    w->show.decoder = &w->decoder;
    w->show.anonymizer = anonymizer;
    w->show.options = options;
    w->show.registry = nf_collector_registry (collector);
    w->show.collector = collector;
    w->show.plans = nf_plans_new (w->show.registry, options->netflow9_names);
    w->report = nf_report_new (options, !view->shows_findings);
    w->hold = nf_hold_new (options->hold);
    w->is_quiet = options->send && view == &nf_view_nothing;
    w->is_blind = w->is_quiet && !filter && !anonymizer && !options->metrics;
    w->pick = nf_pick_new (filter, show_event, w);
    w->minds = minds_warnings (w, options);
    if (w->minds && options->packets->len == 0) {
        w->tracker = nf_tracker_new (&options->bounds.library);
        w->usage = nf_usage_new (&options->bounds.library);
        w->samplers = nf_samplers_new (&options->bounds.library);
    }
    w->said = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    w->news = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    if (open_outputs (w, options, error))
        return w;
    nf_walker_discard (w);
    return NULL;
}

void
nf_walker_gather (NfWalker *walker, NfEvidence *evidence)
{
    walker->evidence = evidence;
}

void
nf_walker_remember (NfWalker *walker, NfRemember *remember)
{
    walker->remember = remember;
}

void
nf_walker_write_out (NfWalker *w)
{
    g_autoptr (GError) error = NULL;

    if (nf_output_write (&w->output, &w->show.out, &error))
        return;
    nf_say (NULL, "%s", error->message);
    nf_text_truncate (&w->show.out, 0);
    w->done = w->failed = TRUE;
}

void
nf_walker_begin_input (NfWalker *walker, const char *name, gboolean is_file, gboolean live)
{
    gboolean minds_values =
        !walker->is_quiet && (walker->view->shows_findings || walker->evidence || walker->metrics ||
                              nf_report_minds_values (walker->report));

    walker->level = minds_values    ? NF_CHECK_VALUES
                    : walker->minds ? NF_CHECK_STRUCTURE
                                    : NF_CHECK_ERRORS;
    walker->show.file = name;
    walker->show.is_file = is_file;
    walker->live = live;
    walker->is_clocked = live && !is_file;
}

void
nf_walker_end_input (NfWalker *walker)
{
    nf_report_end_file (walker->report, walker->show.file);
}

gboolean
nf_walker_is_done (const NfWalker *walker)
{
    return walker->done;
}

gboolean
nf_walker_is_blind (const NfWalker *walker)
{
    return walker->is_blind;
}

const NfCounts *
nf_walker_counts (const NfWalker *walker)
{
    return &walker->counts;
}

/* A Set without a Template; on a live source it may yet come. */
static void
count_lack (NfWalker *w, guint16 id)
{
    NfLack *lack = &w->lack;

    w->counts.missing++;
    if (!w->is_learning || nf_pick_set (w->pick) == NF_VERDICT_NO)
        return;
    w->waiting += nf_pick_set (w->pick) == NF_VERDICT_YES;
    for (guint i = 0; i < lack->n_ids; i++) {
        if (lack->ids[i] == id) {
            lack->sets[i]++;
            return;
        }
    }
    if (lack->n_ids == NF_HOLD_IDS)
        return;
    lack->sets[lack->n_ids] = 1;
    lack->ids[lack->n_ids++] = id;
}

void
nf_walker_count (NfWalker *w, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        w->lack.version = event->message->version;
        w->lack.domain = event->message->domain;
        return;
    case NF_EVENT_RECORD:
        w->counts.records += event->count;
        return;
    case NF_EVENT_TEMPLATE:
        if (w->is_learning)
            nf_id_set_add (&w->brought, event->binding->tmpl->id);
        w->has_brought |= w->is_learning;
        return;
    case NF_EVENT_SET:
        if (nf_set_lacks_template (event))
            count_lack (w, event->set->id);
        return;
    case NF_EVENT_UNDECODED:
        w->counts.undecoded += event->span.length;
        return;
    default:
        return;
    }
}

/* What is shown would be another thing to who knows what comes later. */
static void
give_attempt_up (NfWalker *w)
{
    w->is_wrong = w->done = TRUE;
}

static void
report_finding (NfWalker *w, const NfFinding *finding)
{
    if (finding->id == NF_FINDING_TEMPLATE_REMEMBERED ||
        finding->id == NF_FINDING_TEMPLATE_REMEMBERED_LONG)
        nf_remember_said (w->remember);
    if (w->is_attempt && nf_report_prints (w->report)) {
        give_attempt_up (w);
        return;
    }
    if (w->is_learning && finding->id == NF_FINDING_TEMPLATE_MISSING)
        nf_report_waiting (w->report, &w->show, finding);
    else
        nf_report_finding (w->report, &w->show, finding);
}

/* Writes the text out when it has become long. */
static void
write_much (NfWalker *w)
{
    if (nf_text_length (&w->show.out) >= WRITE_LENGTH && !w->show.is_unsettled)
        nf_walker_write_out (w);
}

/* An event that reaches the view. */
static void
show_event (const NfEvent *event, gpointer walker)
{
    NfWalker *w = walker;

    if (!w->is_started) {
        w->view->start (&w->show, w->self);
        if (w->metrics && !w->show.is_so_far)
            nf_metrics_start (w->metrics);
    }
    w->is_started = TRUE;
    if (w->show.is_so_far) {
        w->view->event (&w->show, w->self, event);
        return;
    }
    if (w->evidence)
        nf_evidence_event (w->evidence, &w->show, event);
    if (event->type == NF_EVENT_FINDING)
        report_finding (w, &event->finding);
    if (event->type == NF_EVENT_RECORD)
        w->counts.shown += event->count;
    w->view->event (&w->show, w->self, event);
    if (w->metrics)
        nf_metrics_event (w->metrics, &w->show, event);
    write_much (w);
}

void
nf_walker_attempt (NfWalker *walker)
{
    walker->is_attempt = TRUE;
}

gboolean
nf_walker_end_attempt (NfWalker *walker)
{
    walker->is_attempt = FALSE;
    return !walker->is_wrong;
}

void
nf_walker_begin (NfWalker *w, const NfDatagram *datagram)
{
    nf_plans_trim (w->show.plans);
    w->show.datagram = datagram;
    w->show.plain = w->show.anonymizer ? nf_anonymizer_plain (w->show.anonymizer) : NULL;
    w->show.message = w->show.whose = NULL;
    w->show.domain = NULL;
    w->show.track = (NfTrack){.order = NF_ORDER_UNKNOWN};
    w->is_started = FALSE;
    nf_pick_begin (w->pick);
}

/* One event: some may be shown now, perhaps this one. */
static void
take_one (NfWalker *w, const NfEvent *event)
{
    if (event->type == NF_EVENT_FINDING &&
        (w->is_quiet || nf_severities_ignores (&w->show.options->severities, event->finding.id)))
        return;
    if (event->type == NF_EVENT_MESSAGE) {
        w->show.message = event->message;
        w->show.domain = nf_decoder_domain (&w->decoder);
    } else if (event->type == NF_EVENT_SET) {
        w->show.record = 0;
    } else if (event->type == NF_EVENT_RECORD) {
        w->show.record += event->count;
    }
    nf_pick_event (w->pick, &w->show, event);
}

/* An event of the walk. Records that come together are taken apart where each is looked at. */
void
nf_walker_take (NfWalker *w, const NfEvent *event)
{
    if (event->type != NF_EVENT_RECORD || event->count == 1 ||
        (w->view->joins && !w->show.options->filter)) {
        take_one (w, event);
        return;
    }
    for (guint i = 0; i < event->count && !w->failed; i++) {
        NfEvent one = nf_event_record (event, i);

        take_one (w, &one);
    }
}

void
nf_walker_take_finding (NfWalker *w, const NfFinding *finding, gboolean in_set)
{
    NfEvent event = {
        .type = NF_EVENT_FINDING, .in_set = in_set, .span = finding->span, .finding = *finding};

    nf_walker_take (w, &event);
}

/* Writes and sends a datagram of which something was shown: `item`, if it is one that is not whole
 * or did not arrive. With one that was held that may have been done when it came. */
static void
keep (NfWalker *w, const NfItem *item)
{
    g_autoptr (GError) error = NULL;

    if (w->show.held && w->show.is_again)
        return;
    if (!nf_copies_add (&w->copies, w->show.datagram, item, w->live, &error)) {
        nf_say (NULL, "%s", error->message);
        w->done = w->failed = TRUE;
    }
    w->done |= w->copies.sender && nf_signals_stopped ();
}

void
nf_walker_end_view (NfWalker *w)
{
    w->view->end (&w->show, w->self);
    write_much (w);
    if (w->metrics && !w->show.is_so_far)
        nf_metrics_end (w->metrics, &w->show);
}

/* Ends a datagram, of which something was shown or nothing. */
void
nf_walker_end (NfWalker *w, const NfItem *lost)
{
    if (!w->is_started)
        return;
    nf_walker_end_view (w);
    if (w->show.anonymizer)
        nf_anonymizer_count (w->show.anonymizer, w->show.held && w->show.is_again);
    keep (w, lost);
    if (w->live || w->copies.sender) /* which takes its time */
        nf_walker_write_out (w);
    w->shown += !(w->show.held && w->show.is_again);
    if (w->show.options->count > 0 && w->shown >= w->show.options->count)
        w->done = TRUE;
}

/* Takes what there is to be said. */
static void
take_said (NfWalker *w, gboolean in_set)
{
    for (guint i = 0; i < w->said->len; i++)
        nf_walker_take_finding (w, &g_array_index (w->said, NfFinding, i), in_set);
    g_array_set_size (w->said, 0);
}

/* Notes what an event that has been taken says of what goes on over time, and records of sampling;
 * of those of nobody knows whom nothing. */
void
nf_walker_note_over_time (NfWalker *w, const NfEvent *event)
{
    if (!w->usage || w->show.datagram->exporter.family == 0)
        return;
    if (event->type == NF_EVENT_MESSAGE) {
        nf_usage_message (w->usage, w->show.datagram, event->message, w->show.held, w->said);
        nf_samplers_message (w->samplers, w->show.datagram, event->message);
    } else {
        nf_usage_event (w->usage, event, w->said);
    }
    if (w->said->len > 0) {
        w->show.others[0] = nf_usage_last_announced (w->usage);
        take_said (w, event->in_set || event->type == NF_EVENT_SET);
        w->show.others[0] = 0;
    }
    if (event->type == NF_EVENT_RECORD && !event->binding->tmpl->options) {
        NfRecord record = nf_show_raw_record (&w->show, event);

        nf_samplers_records (w->samplers, &record);
    }
}

/* Says of a Data Set whose Template comes from an earlier run that it does. */
static void
note_remembered (NfWalker *w, const NfEvent *event)
{
    NfFinding finding;

    if (w->remember && event->type == NF_EVENT_SET &&
        nf_remember_judge (w->remember, w->show.datagram, w->show.message, event, &finding))
        nf_walker_take_finding (w, &finding, TRUE);
}

void
nf_walker_foresee (NfWalker *walker, const NfDatagram *datagram)
{
    NfMessage message;
    NfFinding trouble;

    if (walker->tracker && datagram->exporter.family != 0 &&
        nf_message_read (&message, datagram->octets, datagram->length, datagram->wire_length,
                         &trouble))
        nf_tracker_foresee (walker->tracker, datagram, &message);
}

/* How the Message follows on those before it; of Messages from nowhere nobody can tell. */
static void
track (NfWalker *w, const NfDatagram *datagram)
{
    if (!w->tracker || !w->show.message || datagram->exporter.family == 0)
        return;
    nf_tracker_note (w->tracker, datagram, w->show.message, &w->holds, &w->show.track, w->said);
    if (w->is_attempt && w->show.track.hindsight)
        give_attempt_up (w);
    w->counts.lost[w->show.track.unit] += w->show.track.lost;
    w->counts.lost[w->show.track.found_unit] -=
        MIN (w->counts.lost[w->show.track.found_unit], w->show.track.found);
    if (w->said->len > 0)
        take_said (w, FALSE);
}

void
nf_walker_begin_walk (NfWalker *w, const NfDatagram *datagram)
{
    nf_decoder_begin (&w->decoder, w->collector, datagram, w->level);
    nf_decoder_join_records (&w->decoder);
}

/* Has a datagram that nobody looks into sent and written. */
void
nf_walker_pass_on (NfWalker *w, const NfDatagram *datagram, const NfItem *lost)
{
    nf_walker_begin (w, datagram);
    w->is_started = TRUE;
    nf_walker_end (w, lost);
    w->counts.datagrams++;
}

void
nf_walker_show (NfWalker *walker, const NfDatagram *datagram, const GArray *limits)
{
    NfEvent event;

    if (walker->is_blind) {
        nf_walker_pass_on (walker, datagram, NULL);
        return;
    }
    nf_walker_begin (walker, datagram);
    if (walker->usage)
        nf_usage_begin (walker->usage);
    walker->holds = nf_record_counts_begin (datagram);
    nf_walker_begin_walk (walker, datagram);
    while (!walker->failed && nf_decoder_next (&walker->decoder, &event) != NF_EVENT_END) {
        nf_walker_take (walker, &event);
        nf_walker_note_over_time (walker, &event);
        note_remembered (walker, &event);
        nf_record_counts_add (&walker->holds, &event);
        if (nf_pick_is_over (walker->pick) && !walker->is_learning) {
            walker->holds.unknown = TRUE;
            break;
        }
        nf_walker_count (walker, &event);
    }
    track (walker, datagram);
    for (guint i = 0; limits && i < limits->len; i++)
        nf_walker_take_finding (walker, &g_array_index (limits, NfFinding, i), FALSE);
    nf_walker_end (walker, NULL);
    walker->counts.datagrams++;
    walker->counts.messages += walker->show.message ? 1 : 0;
}

void
nf_walker_show_lost (NfWalker *walker, const NfItem *item, const NfMessage *of,
                     const guint64 before[2])
{
    NfFinding finding = {.id = NF_FINDING_FRAGMENT_INCOMPLETE,
                         .args = {item->octets_there, item->octets_expected}};

    if (walker->is_blind) {
        nf_walker_pass_on (walker, &item->datagram, item);
        return;
    }
    nf_walker_begin (walker, &item->datagram);
    if (of->version != 0)
        walker->show.whose = of;
    memcpy (walker->show.others, before, sizeof walker->show.others);
    nf_walker_take_finding (walker, &finding, FALSE);
    memset (walker->show.others, 0, sizeof walker->show.others);
    nf_walker_end (walker, item);
    walker->counts.datagrams++;
}

void
nf_walker_show_refusal (NfWalker *walker, const NfItem *item, const NfMessage *of)
{
    NfFinding finding = {.id = item->why, .args = {item->datagram.collector.port, 0}};
    NfDatagram datagram = item->datagram;

    datagram.octets = NULL; /* they have been shown, or never came by */
    datagram.length = datagram.wire_length = 0;
    nf_walker_begin (walker, &datagram);
    if (of->version != 0)
        walker->show.whose = of;
    nf_walker_take_finding (walker, &finding, FALSE);
    if (!walker->is_started)
        return;
    nf_walker_end_view (walker);
    keep (walker, item);
    if (walker->live)
        nf_walker_write_out (walker);
}
