/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T stats as text: a block for all, and one for each exporter and Observation Domain. */
#include "columns.h"
#include "stats.h"

#define LABEL_WIDTH 14

/* Fewer columns of time tell nothing. */
#define MIN_COLUMNS 3

/* Nor does a shorter silence. */
#define MIN_SILENCE_NS 1000000000

static void
begin_line (NfText *t, const char *label)
{
    gsize start;

    nf_text_add (t, "  ");
    start = nf_text_length (t);
    nf_text_add (t, label);
    nf_column_left (t, start, LABEL_WIDTH);
}

/* "12.3%"; less or more than what it would round to where that would be none or all. */
static void
add_percent (NfText *t, guint64 part, guint64 whole)
{
    gdouble percent = nf_stats_percent (part, whole);

    if (part > 0 && percent < 0.1)
        nf_text_add (t, "less than 0.1%");
    else if (part < whole && percent > 99.9)
        nf_text_add (t, "more than 99.9%");
    else if (part == 0)
        nf_text_add (t, "0.0%");
    else
        nf_text_add_format (t, "%.1f%%", percent);
}

/* ", 12.3/s"; nothing where too little time went by for that. */
static void
add_rate (NfText *t, guint64 n, const NfStatsRow *row)
{
    gdouble seconds = nf_stats_seconds (row);
    gdouble rate = seconds >= 1 ? (gdouble)n / seconds : 0;

    if (rate >= 0.001)
        nf_text_add_format (t, rate < 1 ? ", %.3f/s" : ", %.1f/s", rate);
}

/* "12.345 s", "-00:01:00.000" */
static void
add_duration (NfText *t, gint64 ns)
{
    gint64 ms = ns / 1000000;

    if (ms < 0)
        nf_text_add_char (t, '-');
    nf_describe_duration (t, (guint64)ABS (ms));
}

static void
add_time (NfText *t, gint64 ns)
{
    nf_time_text (t, nf_time_from_ns (ns), 3);
}

static void
add_messages (NfText *t, const NfStatsRow *row)
{
    const NfTally *tally = &row->row.tally;

    begin_line (t, "Messages");
    nf_text_add_uint (t, tally->messages, 1);
    add_rate (t, tally->messages, row);
    nf_text_add (t, ", ");
    nf_text_add_count (t, row->sets, "Sets");
    if (tally->copies > 0) {
        nf_text_add (t, "; ");
        nf_text_add_count (t, tally->copies, "Messages");
        nf_text_add (t, tally->copies == 1 ? " is a copy" : " are copies");
    }
    nf_text_add_char (t, '\n');
    begin_line (t, "records");
    nf_text_add_uint (t, tally->flows, 1);
    nf_text_add (t, " of flows, ");
    nf_text_add_uint (t, tally->options, 1);
    nf_text_add (t, " of options");
    add_rate (t, tally->flows + tally->options, row);
    nf_text_add_char (t, '\n');
}

static void
add_octets (NfText *t, const NfStatsRow *row)
{
    const NfTally *tally = &row->row.tally;

    begin_line (t, "octets");
    nf_text_add_uint (t, row->row.tally.octets, 1);
    if (row->row.tally.octets > 0) {
        nf_text_add (t, ", ");
        add_percent (t, tally->undecoded, row->row.tally.octets);
        nf_text_add (t, " of them not decodable");
    }
    if (tally->missing > 0) {
        nf_text_add_format (t, ", %" G_GUINT64_FORMAT " of ", tally->missing);
        nf_text_add_count (t, tally->sets, "Data Sets");
        nf_text_add (t, " without a Template");
    }
    nf_text_add_char (t, '\n');
}

/* What is no whole Message, where there is something. */
static void
add_incomplete (NfText *t, const NfStatsRow *row)
{
    const NfTally *tally = &row->row.tally;
    const struct {
        guint64 n;
        const char *words, *behind;
    } parts[] = {
        {row->strangers, "datagrams", " without a Message"},
        {tally->refused, "datagrams", " did not arrive"},
        {tally->unsound, "wrong checksums", ""},
        {tally->lost, "datagrams", " without all fragments"},
        {tally->gaps, "gaps", " in streams"},
        {tally->cut, "Messages", " cut by the capture"},
        {tally->encrypted, "times", " encrypted"},
    };
    const char *separator = "";

    for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
        if (parts[i].n == 0)
            continue;
        if (!*separator)
            begin_line (t, "incomplete");
        nf_text_add (t, separator);
        nf_text_add_count (t, parts[i].n, parts[i].words);
        nf_text_add (t, parts[i].behind);
        separator = ", ";
    }
    if (*separator)
        nf_text_add_char (t, '\n');
}

static void
add_loss (NfText *t, const NfLoss *loss)
{
    nf_text_add_format (t, "%" G_GUINT64_FORMAT " of ", loss->lost);
    nf_text_add_count (t, loss->of, loss->unit);
    nf_text_add (t, ", ");
    add_percent (t, loss->lost, loss->of);
}

static void
add_row_loss (NfText *t, const NfStatsRow *row)
{
    NfLoss loss;

    begin_line (t, "lost");
    if (nf_stats_loss (row, &loss)) {
        add_loss (t, &loss);
    } else if (!nf_version_has (row->row.key.version, NF_HEADER_SEQUENCE)) {
        nf_text_add_format (t, "not known: %s has no sequence numbers",
                            nf_version_name (row->row.key.version));
    } else {
        nf_text_add (t, "not known from ");
        nf_text_add_count (t, row->row.tally.messages, "Messages");
    }
    nf_text_add_char (t, '\n');
}

static void
add_period (NfText *t, const NfStatsRow *row)
{
    if (!row->period.is_known)
        return;
    begin_line (t, "active");
    if (row->period.last_ns == row->period.first_ns) {
        add_time (t, row->period.first_ns);
    } else {
        add_duration (t, row->period.last_ns - row->period.first_ns);
        nf_text_add (t, ", from ");
        add_time (t, row->period.first_ns);
        nf_text_add (t, " to ");
        add_time (t, row->period.last_ns);
    }
    nf_text_add (t, row->skew.n > 0 ? "\n" : " (export times)\n");
    if (row->silent_ns < MIN_SILENCE_NS)
        return;
    begin_line (t, "silent");
    add_duration (t, row->silent_ns);
    nf_text_add (t, " at most, from ");
    add_time (t, row->silent_from_ns);
    nf_text_add_char (t, '\n');
}

/* "12.345 s on average, 0.001 s to 00:01:00.000 (WORDS)" */
static void
add_measure (NfText *t, const char *label, const NfMeasure *measure, const char *words)
{
    if (measure->n == 0)
        return;
    begin_line (t, label);
    add_duration (t, nf_measure_mean (measure));
    if (measure->max > measure->min) {
        nf_text_add (t, " on average, ");
        add_duration (t, measure->min);
        nf_text_add (t, " to ");
        add_duration (t, measure->max);
    }
    nf_text_add (t, " (");
    nf_text_add (t, words);
    nf_text_add (t, ")\n");
}

/* Where a rate was announced that is not the records' own. */
static void
add_announced (NfShow *show, const NfRow *row, const NfStatsSampled *s)
{
    const char *file = nf_stats_announced_file (show, s);
    NfText *t = &show->out;

    if (!s->is_announced)
        return;
    nf_text_add (t, ", announced");
    if (s->packet > 0) { /* hex has none */
        nf_text_add (t, " in ");
        if (file && nf_origin_is_ambiguous (show->options)) {
            nf_origin_file (t, file);
            nf_text_add_char (t, ' ');
        }
        nf_origin_place (t, s->packet, 1);
    }
    if (s->domain != row->key.domain)
        nf_text_add_format (t, " for domain %u", s->domain);
}

/* Who told the rate, as in "1:1000 by v5 header". */
static void
add_source (NfText *t, const NfStatsSampled *s)
{
    static const char *const words[NF_SAMPLING_UNKNOWN + 1] = {
        [NF_SAMPLING_RECORD] = "the records",
        [NF_SAMPLING_SAMPLER] = "sampler ",
        [NF_SAMPLING_TEMPLATE] = "Template",
        [NF_SAMPLING_INTERFACE] = "interface",
        [NF_SAMPLING_SYSTEM] = "the whole system",
        [NF_SAMPLING_HEADER] = "v5 header",
        [NF_SAMPLING_UNKNOWN] = "",
    };

    nf_text_add (t, " by ");
    nf_text_add (t, words[s->source]);
    if (s->has_sampler)
        nf_text_add_uint (t, s->sampler, 1);
}

static void
add_sampled (NfShow *show, const NfStatsRow *row, const NfStatsSampled *s)
{
    NfText *t = &show->out;

    if (s->source != NF_SAMPLING_UNKNOWN) {
        nf_text_add (t, "1:");
        nf_float_text (t, s->rate, 8);
        add_source (t, s);
        add_announced (show, &row->row, s);
    } else if (s->has_sampler) {
        nf_text_add_format (t, "sampler %" G_GUINT64_FORMAT ", whose rate was never announced",
                            s->sampler);
    } else {
        nf_text_add (t, "no rate known");
    }
    nf_text_add (t, ", ");
    nf_text_add_uint (t, s->records, 1);
    nf_text_add (t, " of ");
    nf_text_add_count (t, row->row.tally.flows, "records");
    if (s->source != NF_SAMPLING_UNKNOWN && !show->options->scale)
        nf_text_add (t, ", counters not scaled");
    nf_text_add_char (t, '\n');
}

static void
add_sampling (NfShow *show, const NfStatsRow *row)
{
    NfText *t = &show->out;

    if (row->n_sampled == 0)
        return;
    for (guint i = 0; i < row->n_sampled; i++) {
        begin_line (t, i == 0 ? "sampling" : "");
        add_sampled (show, row, &row->sampled[i]);
    }
    if (row->others_sampled == 0)
        return;
    begin_line (t, "");
    nf_text_add (t, "more rates, which are not told apart, ");
    nf_text_add_count (t, row->others_sampled, "records");
    nf_text_add_char (t, '\n');
}

/* "5 min": the width of a column, which is a whole number of one unit. */
static void
add_width (NfText *t, gint64 seconds)
{
    static const struct {
        gint64 seconds;
        const char *unit;
    } units[] = {{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}};
    guint i = 0;

    while (seconds < units[i].seconds)
        i++;
    nf_text_add_int (t, seconds / units[i].seconds);
    nf_text_add (t, units[i].unit);
}

static void
add_timeline (NfText *t, const NfStats *stats, const NfStatsRow *row, gboolean with_axis)
{
    const NfTimelineAxis *axis = &stats->axis;
    guint64 columns[NF_TIMELINE_COLUMNS];

    if (axis->n < MIN_COLUMNS || row->timeline.n == 0)
        return;
    nf_timeline_columns (&row->timeline, axis, columns);
    begin_line (t, "by time");
    nf_timeline_bars (t, columns, axis->n, g_get_charset (NULL));
    nf_text_add_char (t, '\n');
    if (!with_axis)
        return;
    begin_line (t, "");
    nf_text_add (t, "from ");
    nf_time_text (t, (NfTime){.s = (guint64)MAX (axis->first * axis->width_s, 0)}, 0);
    nf_text_add (t, ", a column is ");
    add_width (t, axis->width_s);
    nf_text_add_char (t, '\n');
}

/* What all blocks have. */
static void
add_block (NfShow *show, const NfStats *stats, const NfStatsRow *row, gboolean with_axis)
{
    NfText *t = &show->out;

    if (row->row.tally.messages > 0)
        add_messages (t, row);
    add_octets (t, row);
    add_incomplete (t, row);
    if (row->row.tally.messages > 0 && row != &stats->total && row != stats->others)
        add_row_loss (t, row);
    for (guint i = 0; i < stats->n_losses && row == &stats->total; i++) {
        begin_line (t, "lost");
        add_loss (t, &stats->losses[i]);
        nf_text_add_char (t, '\n');
    }
    add_period (t, row);
    add_measure (t, "clock skew", &row->skew, "arrival less export time");
    add_measure (t, "export lag", &row->lag, "export time less the flow's end");
    if (row->any_flow) {
        begin_line (t, "longest flow");
        add_duration (t, row->longest_ns);
        nf_text_add_char (t, '\n');
    }
    add_sampling (show, row);
    add_timeline (t, stats, row, with_axis);
}

static void
add_title (NfShow *show, const NfRow *row)
{
    NfText *t = &show->out;

    nf_color_bold (show);
    nf_endpoint_text_port (t, &row->key.exporter);
    nf_text_add_char (t, ' ');
    nf_text_add (t, row->key.version > 0 ? nf_version_name (row->key.version) : "no Message");
    if (nf_version_has (row->key.version, NF_HEADER_DOMAIN)) {
        nf_text_add (t, " domain ");
        nf_text_add_uint (t, row->key.domain, 1);
    }
    nf_color_end (show);
    nf_text_add_char (t, '\n');
}

static void
add_total (NfShow *show, const NfStats *stats)
{
    nf_color_bold (show);
    nf_text_add_format (&show->out, "all %u exporters and domains", stats->rows->len);
    nf_color_end (show);
    nf_text_add_char (&show->out, '\n');
    add_block (show, stats, &stats->total, TRUE);
}

void
nf_stats_show (NfShow *show, const NfStats *stats)
{
    gboolean is_one = stats->rows->len == 1;

    if (stats->rows->len > 1)
        add_total (show, stats);
    for (guint i = 0; i < stats->rows->len; i++) {
        const NfStatsRow *row = stats->rows->pdata[i];

        if (!is_one)
            nf_text_add_char (&show->out, '\n');
        add_title (show, &row->row);
        add_block (show, stats, row, is_one);
    }
    if (stats->others->row.tally.octets > 0) {
        nf_text_add_format (&show->out, "\nthose beyond %u, which are not told apart\n", NF_ROWS);
        add_block (show, stats, stats->others, FALSE);
    }
    if (stats->rows->len == 0 && show->options->filter)
        nf_text_add (&show->out, "there is nothing for which -Y holds\n");
}
