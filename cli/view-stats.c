/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T stats: how much came from each exporter and Observation Domain, when, and how much did not;
 * how its clock goes, how late it exports, how it samples.
 */
#include "stats.h"

typedef struct {
    NfRows rows;
    gint64 export_ns;        /* of the Message at hand */
    gboolean is_counted;     /* the datagram at hand is no Message, and is counted as what it is */
    NfStatsSampled *sampled; /* how all records of the Set at hand are; NULL: not looked up, or not
                                the same for all */
} View;

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

/* ---- measuring ---- */

static void
measure (NfMeasure *m, gint64 ns)
{
    m->min = m->n > 0 ? MIN (m->min, ns) : ns;
    m->max = m->n > 0 ? MAX (m->max, ns) : ns;
    m->sum += (gdouble)ns;
    m->n++;
}

static void
measure_add (NfMeasure *m, const NfMeasure *other)
{
    if (other->n == 0)
        return;
    m->min = m->n > 0 ? MIN (m->min, other->min) : other->min;
    m->max = m->n > 0 ? MAX (m->max, other->max) : other->max;
    m->sum += other->sum;
    m->n += other->n;
}

/* ---- sampling ---- */

/* How it is known of a flow record at what rate its packets were sampled. */
static NfStatsSampled
sampling_of (const NfRecord *r)
{
    NfStatsSampled s = {.records = 0};

    s.rate = nf_record_sampling (r, &s.source);
    if (s.source == NF_SAMPLING_SAMPLER || s.source == NF_SAMPLING_UNKNOWN)
        s.has_sampler = *nf_flow_candidates (r->flow, NF_FLOW_SAMPLER) >= 0 &&
                        nf_flow_number (r, NF_FLOW_SAMPLER, &s.sampler);
    return s;
}

static gboolean
is_same_sampling (const NfStatsSampled *a, const NfStatsSampled *b)
{
    return a->source == b->source && a->has_sampler == b->has_sampler && a->sampler == b->sampler &&
           a->rate <= b->rate && a->rate >= b->rate;
}

/* Notes that of `n` records alike. Returns where they are counted; NULL: among others. */
static NfStatsSampled *
note_sampling (NfStatsRow *row, const NfRecord *r, guint n)
{
    NfStatsSampled s = sampling_of (r);
    const NfAnnouncement *a;

    for (guint i = 0; i < row->n_sampled; i++) {
        if (is_same_sampling (&row->sampled[i], &s)) {
            row->sampled[i].records += n;
            return &row->sampled[i];
        }
    }
    if (row->n_sampled == NF_STATS_SAMPLED) {
        row->others_sampled += n;
        return NULL;
    }
    a = nf_record_sampling_announcement (r, s.source);
    s.records = n;
    s.is_announced = a != NULL;
    s.domain = a ? a->domain : 0;
    s.file = a ? a->file : 0;
    s.packet = a ? a->packet : 0;
    row->sampled[row->n_sampled] = s;
    return &row->sampled[row->n_sampled++];
}

/* The same of all records that the first one's event stands for. */
static void
note_samplings (View *view, NfStatsRow *row, const NfRecord *first)
{
    guint n = first->event->count;

    if (view->sampled) {
        view->sampled->records += n;
        return;
    }
    if (nf_record_is_sampled_as_others (first)) {
        view->sampled = note_sampling (row, first, n);
        return;
    }
    for (guint i = 0; i < n; i++) {
        NfEvent event = nf_event_record (first->event, i);
        NfRecord record = *first;

        record.event = &event;
        note_sampling (row, &record, 1);
    }
}

/* ---- the view ---- */

static gpointer
stats_open (NfShow *show, GError **error)
{
    View *view = g_new0 (View, 1);

    (void)show;
    (void)error;
    nf_rows_init (&view->rows, sizeof (NfStatsRow));
    return view;
}

static void
stats_start (NfShow *show, gpointer self)
{
    View *view = self;

    (void)show;
    nf_rows_start (&view->rows);
    view->is_counted = FALSE;
    view->sampled = NULL;
}

/* When the Message came: where that is not known, when it was exported. */
static void
note_time (NfStatsRow *row, gint64 ns)
{
    gint64 silent = ns - row->period.last_ns;

    if (!row->period.is_known) {
        row->period = (NfPeriod){.is_known = TRUE, .first_ns = ns, .last_ns = ns};
    } else if (silent > row->silent_ns) {
        row->silent_ns = silent;
        row->silent_from_ns = row->period.last_ns;
    }
    row->period.first_ns = MIN (row->period.first_ns, ns);
    row->period.last_ns = MAX (row->period.last_ns, ns);
    nf_timeline_note (&row->timeline, ns / NS_PER_S - (ns % NS_PER_S < 0));
}

static void
note_message (View *view, NfStatsRow *row, const NfShow *show, const NfMessage *message)
{
    const NfDatagram *g = show->datagram;

    view->export_ns = nf_origin_since_1970 (nf_message_export_time (message, NULL));
    if (show->held && show->is_again)
        return;
    note_time (row, g->has_time ? g->time_ns : view->export_ns);
    if (g->has_time)
        measure (&row->skew, g->time_ns - view->export_ns);
}

static void
note_duration (NfStatsRow *row, gint64 ns)
{
    row->longest_ns = row->any_flow ? MAX (row->longest_ns, ns) : ns;
    row->any_flow = TRUE;
}

/* A time of 0 is when an exporter started, or what those send that do not know it: long ago. */
static void
note_times (const View *view, NfStatsRow *row, const NfRecord *r)
{
    NfTime end;
    guint digits;
    gint64 ns;

    if (nf_record_flow_time (r, TRUE, &end, &digits)) {
        ns = view->export_ns - nf_origin_since_1970 (end);
        if (ns > NF_PAST_S * NS_PER_S &&
            nf_record_is_zero (r, (guint)nf_flow_field (r, NF_FLOW_END)))
            return;
        measure (&row->lag, ns);
    }
    if (nf_record_flow_duration (r, &ns) &&
        !(ns > NF_LONG_S * NS_PER_S &&
          nf_record_is_zero (r, (guint)nf_flow_field (r, NF_FLOW_START))))
        note_duration (row, ns);
}

/* The same of all records that the first one's event stands for. */
static void
note_times_of (const View *view, NfStatsRow *row, const NfRecord *first)
{
    NfFlowTimes times;

    nf_flow_times (first, &times);
    if (times.n > 0) {
        NfMeasure lag = {.n = times.n,
                         .sum = (gdouble)times.sum_ns,
                         .min = times.least_ns,
                         .max = times.most_ns};

        measure_add (&row->lag, &lag);
        note_duration (row, times.longest_ns);
    }
    for (guint i = 0; times.others != 0; times.others >>= 1, i++) {
        NfEvent event = nf_event_record (first->event, i);
        NfRecord record = *first;

        record.event = &event;
        if (times.others & 1)
            note_times (view, row, &record);
    }
}

static void
note_records (View *view, NfStatsRow *row, NfShow *show, const NfEvent *event)
{
    NfRecord record = nf_show_raw_record (show, event);

    if (event->binding->tmpl->options)
        return;
    note_times_of (view, row, &record);
    note_samplings (view, row, &record);
}

/* Whether a finding is what tells a datagram that is no Message from others. */
static gboolean
is_counted_by (NfFindingId id)
{
    return id == NF_FINDING_FRAGMENT_INCOMPLETE || id == NF_FINDING_MESSAGE_ENCRYPTED_TLS ||
           id == NF_FINDING_MESSAGE_ENCRYPTED_DTLS;
}

static void
stats_event (NfShow *show, gpointer self, const NfEvent *event)
{
    View *view = self;
    NfStatsRow *row = nf_rows_event (&view->rows, show, event);

    switch (event->type) {
    case NF_EVENT_MESSAGE:
        note_message (view, row, show, event->message);
        return;
    case NF_EVENT_SET:
        row->sets += !(show->held && show->is_set_again);
        view->sampled = NULL;
        return;
    case NF_EVENT_RECORD:
        note_records (view, row, show, event);
        return;
    case NF_EVENT_FINDING:
        view->is_counted |= is_counted_by (event->finding.id);
        return;
    default:
        return;
    }
}

static void
stats_end (NfShow *show, gpointer self)
{
    View *view = self;
    NfStatsRow *row = nf_rows_end (&view->rows, show);

    if (show->held && show->is_again)
        return;
    row->strangers += !show->message && !view->is_counted && show->datagram->length > 0;
}

/* ---- at the end ---- */

gint64
nf_measure_mean (const NfMeasure *measure)
{
    return measure->n > 0 ? (gint64)(measure->sum / (gdouble)measure->n) : 0;
}

gdouble
nf_stats_percent (guint64 part, guint64 whole)
{
    return whole > 0 ? 100.0 * (gdouble)part / (gdouble)whole : 0;
}

gdouble
nf_stats_seconds (const NfStatsRow *row)
{
    return (gdouble)(row->period.last_ns - row->period.first_ns) / NS_PER_S;
}

gboolean
nf_stats_loss (const NfStatsRow *row, NfLoss *loss)
{
    NfLoss losses[NF_LOSSES] = {{.lost = 0}};
    gboolean is_known = nf_losses_add (losses, 0, &row->row.tally, row->row.key.version) > 0;

    *loss = losses[0];
    return is_known;
}

const char *
nf_stats_announced_file (const NfShow *show, const NfStatsSampled *sampled)
{
    const GPtrArray *files = show->options->files;

    return sampled->file < files->len ? files->pdata[sampled->file] : NULL;
}

static void
add_up (NfStatsRow *total, const NfStatsRow *row)
{
    nf_tally_add (&total->row.tally, &row->row.tally);
    total->sets += row->sets;
    total->strangers += row->strangers;
    if (row->period.is_known && total->period.is_known) {
        total->period.first_ns = MIN (total->period.first_ns, row->period.first_ns);
        total->period.last_ns = MAX (total->period.last_ns, row->period.last_ns);
    } else if (row->period.is_known) {
        total->period = row->period;
    }
    measure_add (&total->skew, &row->skew);
    measure_add (&total->lag, &row->lag);
    if (row->any_flow)
        total->longest_ns =
            total->any_flow ? MAX (total->longest_ns, row->longest_ns) : row->longest_ns;
    total->any_flow |= row->any_flow;
    nf_timeline_add (&total->timeline, &row->timeline);
}

/* Who lost most of what it sent comes first, then who sends most. */
static gint
compare_rows (gconstpointer a, gconstpointer b)
{
    const NfStatsRow *x = *(NfStatsRow *const *)a, *y = *(NfStatsRow *const *)b;
    NfLoss of_x, of_y;
    gdouble x_lost, y_lost;

    nf_stats_loss (x, &of_x);
    nf_stats_loss (y, &of_y);
    x_lost = nf_stats_percent (of_x.lost, of_x.of);
    y_lost = nf_stats_percent (of_y.lost, of_y.of);
    if (x_lost < y_lost || x_lost > y_lost)
        return x_lost > y_lost ? -1 : 1;
    return nf_row_compare_messages (&x->row, &y->row);
}

static void
stats_now (NfShow *show, gpointer self)
{
    View *view = self;
    NfStats *stats = g_new0 (NfStats, 1);

    stats->rows = nf_rows_sorted (&view->rows, compare_rows);
    stats->others = (const NfStatsRow *)view->rows.others;
    for (guint i = 0; i < stats->rows->len; i++) {
        const NfStatsRow *row = stats->rows->pdata[i];

        add_up (&stats->total, row);
        stats->n_losses =
            nf_losses_add (stats->losses, stats->n_losses, &row->row.tally, row->row.key.version);
    }
    add_up (&stats->total, stats->others);
    stats->axis = nf_timeline_axis (&stats->total.timeline);
    if (show->options->json)
        nf_stats_json (show, stats);
    else
        nf_stats_show (show, stats);
    g_ptr_array_unref (stats->rows);
    g_free (stats);
}

static void
stats_close (NfShow *show, gpointer self)
{
    View *view = self;

    stats_now (show, view);
    nf_rows_clear (&view->rows);
    g_free (view);
}

const NfView nf_view_stats = {
    .name = "stats",
    .counts_findings = TRUE,
    .joins = TRUE,
    .has_json = TRUE,
    .open = stats_open,
    .start = stats_start,
    .event = stats_event,
    .end = stats_end,
    .close = stats_close,
    .now = stats_now,
};
