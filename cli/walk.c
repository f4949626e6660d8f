/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams through the decoder into a view. */
#include "walk.h"

#include "copies.h"
#include "hold.h"
#include "metrics.h"
#include "output.h"
#include "pick.h"
#include "report.h"
#include "say.h"
#include "samplers.h"
#include "signals.h"
#include "tracker.h"
#include "usage.h"

#include <unistd.h>

/* Text is written out when there is so much of it. */
#define WRITE_LENGTH ((gsize)1 << 20)

struct _NfWalker {
    NfCollector *collector;
    NfDecoder decoder;
    const NfView *view;
    gpointer self; /* the view's */
    NfShow show;
    NfOutput output;
    NfCopies copies;      /* what is written and sent */
    gboolean is_quiet;    /* nothing but that is wanted: no finding is one */
    gboolean is_blind;    /* likewise, and nothing need be looked into for it */
    NfEvidence *evidence; /* findings are gathered there; or NULL */
    NfRemember *remember; /* of --templates, or NULL */
    NfMetrics *metrics;   /* of --metrics, or NULL */
    NfReport *report;
    NfHold *hold;
    NfPick *pick;
    NfTracker *tracker;   /* NULL where not all Messages are walked: there are gaps, then; */
    NfUsage *usage;       /* likewise; */
    NfSamplers *samplers; /* likewise */
    NfRecordCounts holds; /* of the datagram being shown */
    GArray *said;         /* of NfFinding: what the tracker says of it; */
    GArray *news;         /* likewise: what came of receiving and learning it */
    NfCounts counts;
    const NfDatagram *since; /* while held datagrams are shown: what brought their Templates */
    NfLack lack;             /* of the datagram being shown */
    NfIdSet brought;         /* Templates in it, while learning, */
    gboolean has_brought;    /* if there are any */
    gboolean live;
    gboolean is_clocked;  /* Messages come when they are sent: now is now */
    gboolean is_learning; /* the datagram being shown is read only once: Templates may yet come */
    guint64 waiting;      /* Data Sets shown then that had none, and have none now */
    guint64 shown;        /* Messages */
    gboolean is_started;  /* the view has begun the datagram */
    gboolean is_attempt;  /* not all was learnt before, */
    gboolean is_wrong;    /* and something may have to be shown otherwise */
    gboolean done;
    gboolean failed;
};

static void
discard (NfWalker *w)
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

/* Opens the view and what is written. No file is emptied before the view can be. */
static gboolean
open_outputs (NfWalker *w, const NfOptions *options, GError **error)
{
    if (!nf_output_open (&w->output, "-o", options->output, options->files, error))
        return FALSE;
    w->show.is_terminal = isatty (w->output.fd) == 1;
    w->show.color = options->color == NF_COLOR_ALWAYS ||
                    (options->color == NF_COLOR_AUTO && w->show.is_terminal);
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
    if (options->packets->len == 0) {
        w->tracker = nf_tracker_new (&options->bounds.library);
        w->usage = nf_usage_new (&options->bounds.library);
        w->samplers = nf_samplers_new (&options->bounds.library);
    }
    w->said = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    w->news = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    if (open_outputs (w, options, error))
        return w;
    discard (w);
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

static void
write_out (NfWalker *w)
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

static void
count_event (NfWalker *w, const NfEvent *event)
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
    if (w->is_attempt && nf_report_prints (w->report)) {
        give_attempt_up (w);
        return;
    }
    if (w->is_learning && finding->id == NF_FINDING_TEMPLATE_MISSING)
        nf_report_waiting (w->report, &w->show, finding);
    else
        nf_report_finding (w->report, &w->show, finding);
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
    if (nf_text_length (&w->show.out) >= WRITE_LENGTH)
        write_out (w);
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

static void
begin_datagram (NfWalker *w, const NfDatagram *datagram)
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
static void
take_event (NfWalker *w, const NfEvent *event)
{
    NfEvent single = *event;

    if (event->type != NF_EVENT_RECORD || event->count == 1 ||
        (w->view->joins && !w->show.options->filter)) {
        take_one (w, event);
        return;
    }
    single.count = 1;
    for (guint i = 0; i < event->count && !w->failed; i++) {
        take_one (w, &single);
        single.span.offset += single.span.length;
    }
}

static void
take_finding (NfWalker *w, const NfFinding *finding, gboolean in_set)
{
    NfEvent event = {
        .type = NF_EVENT_FINDING, .in_set = in_set, .span = finding->span, .finding = *finding};

    take_event (w, &event);
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

static void
end_view (NfWalker *w)
{
    w->view->end (&w->show, w->self);
    if (w->metrics && !w->show.is_so_far)
        nf_metrics_end (w->metrics, &w->show);
}

/* Ends a datagram, of which something was shown or nothing. */
static void
end_datagram (NfWalker *w, const NfItem *lost)
{
    if (!w->is_started)
        return;
    end_view (w);
    if (w->show.anonymizer)
        nf_anonymizer_count (w->show.anonymizer, w->show.held && w->show.is_again);
    keep (w, lost);
    if (w->live || w->copies.sender) /* which takes its time */
        write_out (w);
    w->shown += !(w->show.held && w->show.is_again);
    if (w->show.options->count > 0 && w->shown >= w->show.options->count)
        w->done = TRUE;
}

/* Notes what flows tell of sampling. */
static void
note_sampled (NfWalker *w, const NfEvent *event)
{
    NfRecord record;

    if (event->type == NF_EVENT_MESSAGE)
        nf_samplers_message (w->samplers, w->show.datagram, event->message);
    if (event->type != NF_EVENT_RECORD || event->binding->tmpl->options)
        return;
    record = nf_show_raw_record (&w->show, event);
    nf_samplers_records (w->samplers, &record);
}

/* Notes what an event that has been taken says of what goes on over time; of those of nobody knows
 * whom nothing.
 */
static void
note_over_time (NfWalker *w, const NfEvent *event)
{
    if (!w->usage || w->show.datagram->exporter.family == 0)
        return;
    g_array_set_size (w->said, 0);
    if (event->type == NF_EVENT_MESSAGE)
        nf_usage_message (w->usage, w->show.datagram, event->message, w->show.held, w->said);
    nf_usage_event (w->usage, event, w->said);
    w->show.others[0] = nf_usage_last_announced (w->usage);
    for (guint i = 0; i < w->said->len; i++)
        take_finding (w, &g_array_index (w->said, NfFinding, i),
                      event->in_set || event->type == NF_EVENT_SET);
    w->show.others[0] = 0;
    note_sampled (w, event);
}

/* Says of a Data Set whose Template comes from an earlier run that it does. */
static void
note_remembered (NfWalker *w, const NfEvent *event)
{
    NfFinding finding;

    if (w->remember && event->type == NF_EVENT_SET &&
        nf_remember_judge (w->remember, w->show.datagram, w->show.message, event, &finding))
        take_finding (w, &finding, TRUE);
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
    g_array_set_size (w->said, 0);
    nf_tracker_note (w->tracker, datagram, w->show.message, &w->holds, &w->show.track, w->said);
    if (w->is_attempt && w->show.track.hindsight)
        give_attempt_up (w);
    w->counts.lost[w->show.track.unit] += w->show.track.lost;
    w->counts.lost[w->show.track.found_unit] -=
        MIN (w->counts.lost[w->show.track.found_unit], w->show.track.found);
    for (guint i = 0; i < w->said->len; i++)
        take_finding (w, &g_array_index (w->said, NfFinding, i), FALSE);
}

static void
begin_walk (NfWalker *w, const NfDatagram *datagram)
{
    nf_decoder_begin (&w->decoder, w->collector, datagram, NF_CHECK_VALUES);
    nf_decoder_join_records (&w->decoder);
}

/* Has a datagram that nobody looks into sent and written. */
static void
pass_on (NfWalker *w, const NfDatagram *datagram, const NfItem *lost)
{
    begin_datagram (w, datagram);
    w->is_started = TRUE;
    end_datagram (w, lost);
    w->counts.messages++;
}

void
nf_walker_show (NfWalker *walker, const NfDatagram *datagram, const GArray *limits)
{
    NfEvent event;

    if (walker->is_blind) {
        pass_on (walker, datagram, NULL);
        return;
    }
    begin_datagram (walker, datagram);
    if (walker->usage)
        nf_usage_begin (walker->usage);
    walker->holds = nf_record_counts_begin (datagram);
    begin_walk (walker, datagram);
    while (!walker->failed && nf_decoder_next (&walker->decoder, &event) != NF_EVENT_END) {
        take_event (walker, &event);
        note_over_time (walker, &event);
        note_remembered (walker, &event);
        nf_record_counts_add (&walker->holds, &event);
        if (nf_pick_is_over (walker->pick) && !walker->is_learning) {
            walker->holds.unknown = TRUE;
            break;
        }
        count_event (walker, &event);
    }
    track (walker, datagram);
    for (guint i = 0; limits && i < limits->len; i++)
        take_finding (walker, &g_array_index (limits, NfFinding, i), FALSE);
    end_datagram (walker, NULL);
    walker->counts.messages++;
}

void
nf_walker_show_lost (NfWalker *walker, const NfItem *item, const NfMessage *of,
                     const guint64 before[2])
{
    NfFinding finding = {.id = NF_FINDING_FRAGMENT_INCOMPLETE,
                         .args = {item->octets_there, item->octets_expected}};

    if (walker->is_blind) {
        pass_on (walker, &item->datagram, item);
        return;
    }
    begin_datagram (walker, &item->datagram);
    if (of->version != 0)
        walker->show.whose = of;
    memcpy (walker->show.others, before, sizeof walker->show.others);
    take_finding (walker, &finding, FALSE);
    memset (walker->show.others, 0, sizeof walker->show.others);
    end_datagram (walker, item);
    walker->counts.messages++;
}

void
nf_walker_show_refusal (NfWalker *walker, const NfItem *item, const NfMessage *of)
{
    NfFinding finding = {.id = item->why, .args = {item->datagram.collector.port, 0}};
    NfDatagram datagram = item->datagram;

    datagram.octets = NULL; /* they have been shown, or never came by */
    datagram.length = datagram.wire_length = 0;
    begin_datagram (walker, &datagram);
    if (of->version != 0)
        walker->show.whose = of;
    take_finding (walker, &finding, FALSE);
    if (!walker->is_started)
        return;
    end_view (walker);
    keep (walker, item);
    if (walker->live)
        write_out (walker);
}

/* Whether the Set is one of a held datagram that can be shown only now. */
static gboolean
is_new (const NfWalker *w, const NfEvent *event)
{
    return event->set->kind == NF_SET_DATA && event->set->span.length > 4 && event->use.binding &&
           event->use.late && event->use.packet == w->since->packet &&
           event->use.file == w->since->file;
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
        take_event (w, header);
        note_over_time (w, header);
    }
    header->type = NF_EVENT_END;
    take_event (w, event);
    note_over_time (w, event);
    if (event->type == NF_EVENT_SET)
        count_held_set (w, event);
    else
        count_event (w, event);
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
    begin_datagram (w, &datagram);
    begin_walk (w, &datagram);
    while (!w->failed && nf_decoder_next (&w->decoder, &event) != NF_EVENT_END) {
        if (event.type == NF_EVENT_MESSAGE)
            header = event;
        if (event.type == NF_EVENT_SET)
            wanted = is_new (w, &event);
        if (wanted && (event.in_set || event.type == NF_EVENT_SET))
            take_held (w, &header, &event);
    }
    end_datagram (w, NULL);
    lack->is_shown |= w->is_started;
}

/* Shows what waited for the Templates that a datagram brought. */
static void
release_held (NfWalker *w, const NfDatagram *datagram)
{
    const char *file = w->show.file;
    gboolean is_file = w->show.is_file;

    w->show.held = TRUE;
    w->since = datagram;
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
        pass_on (walker, datagram, NULL);
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

/* ---- what is said of whole domains ---- */

/* Shows what is said of a whole domain, as if it were a Message without octets. */
static void
show_verdict (const NfDomainKey *key, const NfFinding *finding, guint64 order, gpointer walker)
{
    NfMessage message = {.version = key->version, .domain = key->id};
    NfDatagram datagram = {.exporter = key->exporter,
                           .collector = key->collector,
                           .transport = key->transport,
                           .connection = key->connection,
                           .order = G_MAXUINT64};
    NfWalker *w = walker;
    NfDatagram came = datagram;
    NfPlain plain = {.datagram = &came};

    begin_datagram (w, &datagram);
    if (w->show.anonymizer) {
        nf_anonymizer_show_ends (w->show.anonymizer, &came);
        w->show.plain = &plain;
    }
    w->show.message = &message;
    w->show.others[0] = order;
    take_finding (w, finding, FALSE);
    w->show.others[0] = 0;
    if (w->is_started)
        end_view (w);
    w->show.plain = NULL;
}

/* Has the view take note of that, as if all had come, or take it back. */
static void
judge_so_far (NfWalker *w, gboolean is_back)
{
    if (!w->usage || !w->view->shows_findings)
        return;
    w->show.is_end = w->show.is_so_far = TRUE;
    w->show.is_back = is_back;
    nf_usage_end (w->usage, show_verdict, w);
    nf_samplers_end (w->samplers, w->collector, show_verdict, w);
    w->show.is_end = w->show.is_so_far = w->show.is_back = FALSE;
}

/* ---- in between ---- */

/* Objects of JSON need none to be told apart. */
static void
add_heading (NfWalker *w, const char *heading)
{
    if (!w->show.options->json)
        nf_text_add_format (&w->show.out, "%s\n", heading);
}

void
nf_walker_show_now (NfWalker *walker, const char *heading)
{
    NfWalker *w = walker;

    if (!w->view->now || w->done)
        return;
    add_heading (w, heading);
    judge_so_far (w, FALSE);
    w->view->now (&w->show, w->self);
    judge_so_far (w, TRUE);
    if (!w->show.options->json)
        nf_text_add_char (&w->show.out, '\n');
    write_out (w);
}

void
nf_walker_reopen (NfWalker *walker)
{
    NfWalker *w = walker;
    const NfOptions *options = w->show.options;
    g_autoptr (GError) error = NULL, writer_error = NULL;

    write_out (w);
    if (nf_output_reopen (&w->output, "-o", options->files, &error) && w->view->again)
        w->view->again (&w->show, w->self);
    write_out (w);
    if (w->copies.writer)
        w->copies.writer = nf_writer_reopen (w->copies.writer, "-w", options->files, &writer_error);
    if (error)
        nf_say (NULL, "%s", error->message);
    if (writer_error)
        nf_say (NULL, "%s", writer_error->message);
}

GArray *
nf_walker_waiting (const NfWalker *walker)
{
    GArray *waiting = nf_hold_waiting (walker->hold);

    for (guint i = 0; walker->show.anonymizer && i < waiting->len; i++) {
        NfWaiting *w = &g_array_index (waiting, NfWaiting, i);
        NfDatagram datagram = {.exporter = w->exporter};

        nf_anonymizer_hide_ends (walker->show.anonymizer, &datagram);
        w->exporter = datagram.exporter;
    }
    return waiting;
}

/* ---- the end ---- */

/* Nothing came out of them, and nobody can tell whether something should have. */
static void
say_unknown (const NfWalker *w)
{
    guint64 n = nf_pick_unknown (w->pick);

    if (n > 0 && !w->show.options->quiet)
        nf_say (NULL,
                "-Y: %" G_GUINT64_FORMAT
                " Data Set%s without a Template: what it says of their records is not known",
                n, n == 1 ? "" : "s");
}

/* All has come: what is to be said of the whole, unless not all was wanted. */
static void
end_all (NfWalker *w)
{
    if (!w->usage || w->done || w->failed)
        return;
    w->show.is_file = FALSE;
    w->show.is_end = TRUE;
    nf_usage_end (w->usage, show_verdict, w);
    nf_samplers_end (w->samplers, w->collector, show_verdict, w);
}

/* Writes the file of --metrics. Returns whether that could be done; else it is said. */
static gboolean
write_metrics (NfWalker *w)
{
    g_autoptr (GError) error = NULL;

    if (!w->metrics ||
        nf_metrics_write (w->metrics, w->is_clocked ? g_get_real_time () * 1000 : 0, &error))
        return TRUE;
    nf_say (NULL, "%s", error->message);
    return FALSE;
}

gint64
nf_walker_wake_us (const NfWalker *walker)
{
    return walker->metrics ? nf_metrics_due_us (walker->metrics) : G_MAXINT64;
}

void
nf_walker_note_dropped (NfWalker *walker, guint64 dropped)
{
    if (walker->metrics)
        nf_metrics_set_dropped (walker->metrics, dropped);
}

void
nf_walker_wake (NfWalker *walker)
{
    if (walker->metrics && g_get_monotonic_time () >= nf_metrics_due_us (walker->metrics))
        write_metrics (walker);
}

void
nf_walker_abandon (NfWalker *walker)
{
    walker->view->close (&walker->show, walker->self);
    discard (walker);
}

gboolean
nf_walker_finish (NfWalker *walker, gboolean *failed)
{
    g_autoptr (GError) error = NULL;
    gboolean written;

    end_all (walker);
    if (walker->show.options->every_us > 0)
        add_heading (walker, "---- in the end ----");
    walker->view->close (&walker->show, walker->self);
    if (!walker->failed)
        write_out (walker);
    if (!nf_output_close (&walker->output, &error) && !walker->failed)
        nf_say (NULL, "%s", error->message);
    written = !walker->failed && !error;
    written = nf_copies_close (&walker->copies) && written;
    written = write_metrics (walker) && written;
    if (!walker->is_quiet)
        nf_report_never_came (walker->report, walker->waiting);
    say_unknown (walker);
    *failed = nf_report_failed (walker->report);
    discard (walker);
    return written;
}
