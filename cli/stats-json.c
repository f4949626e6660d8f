/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T stats --json: one object. */
#include "json.h"
#include "stats.h"

static void
add_key (NfText *t, const char *key)
{
    nf_text_add_format (t, ",\"%s\":", key);
}

/* A number that may have a fraction, of as many digits as it is worth. */
static void
add_number (NfText *t, const char *key, gdouble number)
{
    add_key (t, key);
    nf_float_text (t, number, 4);
}

static void
add_time (NfText *t, const char *key, gint64 ns)
{
    add_key (t, key);
    nf_text_add_char (t, '"');
    nf_time_text (t, nf_time_from_ns (ns), 6);
    nf_text_add_char (t, '"');
}

/* Nanoseconds as seconds, to the millisecond. */
static void
add_seconds (NfText *t, const char *key, gint64 ns)
{
    gint64 ms = ns / 1000000;

    add_key (t, key);
    nf_text_add_format (t, "%s%" G_GINT64_FORMAT ".%03u", ms < 0 ? "-" : "", ABS (ms) / 1000,
                        (guint)(ABS (ms) % 1000));
}

/* Opens an object or array in place of the comma before the first of what was appended from `start`
 * on, if anything was. */
static void
begin (NfText *t, gsize start, char bracket)
{
    if (nf_text_length (t) == start)
        nf_text_add_char (t, bracket);
    t->start[start] = bracket;
}

static void
add_measure (NfText *t, const char *key, const NfMeasure *measure)
{
    gsize start;

    if (measure->n == 0)
        return;
    add_key (t, key);
    start = nf_text_length (t);
    add_seconds (t, "mean", nf_measure_mean (measure));
    add_seconds (t, "min", measure->min);
    add_seconds (t, "max", measure->max);
    begin (t, start, '{');
    nf_text_add_char (t, '}');
}

static void
add_counts (NfText *t, const NfStatsRow *row)
{
    const NfTally *tally = &row->row.tally;
    const struct {
        const char *key;
        guint64 n;
    } counts[] = {
        {"messages", tally->messages},
        {"sets", row->sets},
        {"flows", tally->flows},
        {"options", tally->options},
        {"octets", row->row.tally.octets},
        {"undecoded_octets", tally->undecoded},
        {"data_sets", tally->sets},
        {"data_sets_without_template", tally->missing},
        {"copies", tally->copies},
        {"no_message", row->strangers},
        {"refused", tally->refused},
        {"wrong_checksums", tally->unsound},
        {"fragments_incomplete", tally->lost},
        {"stream_gaps", tally->gaps},
        {"cut_short", tally->cut},
        {"encrypted", tally->encrypted},
    };

    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
        nf_json_add_uint (t, counts[i].key, counts[i].n);
}

static void
add_period (NfText *t, const NfStatsRow *row)
{
    gdouble seconds = nf_stats_seconds (row);
    const NfTally *tally = &row->row.tally;

    if (!row->period.is_known)
        return;
    add_time (t, "first", row->period.first_ns);
    add_time (t, "last", row->period.last_ns);
    nf_json_add_string (t, "by", row->skew.n > 0 ? "arrival" : "export");
    if (seconds > 0) {
        add_number (t, "messages_per_second", (gdouble)tally->messages / seconds);
        add_number (t, "records_per_second", (gdouble)(tally->flows + tally->options) / seconds);
    }
    if (row->silent_ns > 0) {
        add_seconds (t, "silent", row->silent_ns);
        add_time (t, "silent_from", row->silent_from_ns);
    }
}

static void
add_timeline (NfText *t, const NfStats *stats, const NfStatsRow *row)
{
    const NfTimelineAxis *axis = &stats->axis;
    guint64 columns[NF_TIMELINE_COLUMNS];

    if (row->timeline.n == 0)
        return;
    nf_timeline_columns (&row->timeline, axis, columns);
    nf_text_add (t, ",\"timeline\":{\"from\":\"");
    nf_time_text (t, (NfTime){.s = (guint64)MAX (axis->first * axis->width_s, 0)}, 0);
    nf_text_add_format (t, "\",\"seconds\":%" G_GINT64_FORMAT ",\"messages\":", axis->width_s);
    for (guint i = 0; i < axis->n; i++)
        nf_text_add_format (t, "%c%" G_GUINT64_FORMAT, i == 0 ? '[' : ',', columns[i]);
    nf_text_add (t, "]}");
}

/* What the whole has and each of its parts. */
static void
add_common (NfText *t, const NfStats *stats, const NfStatsRow *row)
{
    add_counts (t, row);
    add_period (t, row);
    add_measure (t, "clock_skew", &row->skew);
    add_measure (t, "export_lag", &row->lag);
    if (row->any_flow)
        add_seconds (t, "longest_flow", row->longest_ns);
    add_timeline (t, stats, row);
}

/* ,"unit":"messages","lost":3,"of":1207,"lost_percent":0.24855 */
static void
add_loss (NfText *t, const NfLoss *loss)
{
    g_autofree char *unit = g_ascii_strdown (loss->unit, -1);

    nf_json_add_string (t, "unit", unit);
    nf_json_add_uint (t, "lost", loss->lost);
    nf_json_add_uint (t, "of", loss->of);
    add_number (t, "lost_percent", nf_stats_percent (loss->lost, loss->of));
}

static void
add_losses (NfText *t, const NfStats *stats)
{
    gsize all, start;

    add_key (t, "losses");
    all = nf_text_length (t);
    for (guint i = 0; i < stats->n_losses; i++) {
        nf_text_add_char (t, ',');
        start = nf_text_length (t);
        add_loss (t, &stats->losses[i]);
        begin (t, start, '{');
        nf_text_add_char (t, '}');
    }
    begin (t, all, '[');
    nf_text_add_char (t, ']');
}

static void
add_sampling (NfShow *show, const NfStatsRow *row)
{
    NfText *t = &show->out;

    if (row->n_sampled == 0)
        return;
    add_key (t, "sampling");
    for (guint i = 0; i < row->n_sampled; i++) {
        const NfStatsSampled *s = &row->sampled[i];

        nf_text_add (t, i == 0 ? "[{\"records\":" : ",{\"records\":");
        nf_text_add_uint (t, s->records, 1);
        if (s->source != NF_SAMPLING_UNKNOWN) {
            nf_text_add (t, ",\"rate\":");
            nf_float_text (t, s->rate, 8);
        }
        nf_json_add_string (t, "source", nf_sampling_source_name (s->source));
        if (s->has_sampler)
            nf_json_add_uint (t, "sampler", s->sampler);
        if (s->is_announced) {
            nf_json_add_uint (t, "domain", s->domain);
            nf_json_add_string (t, "file", nf_stats_announced_file (show, s));
            nf_json_add_uint (t, "packet", s->packet);
        }
        nf_text_add_char (t, '}');
    }
    nf_text_add_char (t, ']');
    if (row->others_sampled > 0)
        nf_json_add_uint (t, "other_sampling", row->others_sampled);
}

static void
add_origin (NfText *t, const NfRow *row)
{
    if (row->key.exporter.family != 0) {
        add_key (t, "exporter");
        nf_text_add_char (t, '"');
        nf_endpoint_text (t, &row->key.exporter);
        nf_text_add_char (t, '"');
        nf_json_add_uint (t, "port", row->key.exporter.port);
    }
    if (row->key.version > 0)
        nf_json_add_uint (t, "version", row->key.version);
    if (nf_version_has (row->key.version, NF_HEADER_DOMAIN))
        nf_json_add_uint (t, "domain", row->key.domain);
}

static void
add_row (NfShow *show, const NfStats *stats, const NfStatsRow *row)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);
    NfLoss loss;

    add_origin (t, &row->row);
    add_common (t, stats, row);
    if (nf_stats_loss (row, &loss))
        add_loss (t, &loss);
    add_sampling (show, row);
    begin (t, start, '{');
    nf_text_add_char (t, '}');
}

void
nf_stats_json (NfShow *show, const NfStats *stats)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    add_common (t, stats, &stats->total);
    add_losses (t, stats);
    nf_text_add (t, ",\"exporters\":[");
    for (guint i = 0; i < stats->rows->len; i++) {
        if (i > 0)
            nf_text_add_char (t, ',');
        add_row (show, stats, stats->rows->pdata[i]);
    }
    nf_text_add_char (t, ']');
    if (stats->others->row.tally.octets > 0) {
        add_key (t, "others");
        gsize others = nf_text_length (t);

        add_common (t, stats, stats->others);
        begin (t, others, '{');
        nf_text_add_char (t, '}');
    }
    begin (t, start, '{');
    nf_text_add (t, "}\n");
}
