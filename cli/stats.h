/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -T stats keeps of each exporter and Observation Domain, and of all of them. */
#pragma once

#include "row.h"
#include "show-origin.h"
#include "timeline.h"

G_BEGIN_DECLS

/* Sampling rates told apart in a row. */
#define NF_STATS_SAMPLED 8

/* Something measured again and again, in nanoseconds. */
typedef struct {
    guint64 n;
    gdouble sum;
    gint64 min, max;
} NfMeasure;

/* Flow records of which is known in the same way how their packets were sampled. */
typedef struct {
    guint64 records;
    NfSamplingSource source; /* NF_SAMPLING_UNKNOWN: nobody told a rate */
    gdouble rate;            /* one packet in so many */
    gboolean has_sampler;    /* they name a sampler, whose rate it is or is missing */
    guint64 sampler;
    gboolean is_announced; /* options data told the rate: its place and Observation Domain */
    guint32 domain;
    guint file;
    guint64 packet; /* 0: not known */
} NfStatsSampled;

typedef struct {
    NfRow row;
    guint64 sets;
    guint64 strangers;                /* datagrams that are no Messages */
    NfPeriod period;                  /* arrival or, where that is not known, export */
    gint64 silent_ns, silent_from_ns; /* the longest time without a Message, and its beginning */
    NfMeasure skew;                   /* arrival less export time */
    NfMeasure lag;                    /* export time less the flow's end */
    gboolean any_flow;                /* of which is known how long it lasted: */
    gint64 longest_ns;
    NfStatsSampled sampled[NF_STATS_SAMPLED];
    guint n_sampled;
    guint64 others_sampled; /* records for which there is no room in `sampled` */
    NfTimeline timeline;    /* of Messages */
} NfStatsRow;

typedef struct {
    GPtrArray *rows;          /* of NfStatsRow, sorted; borrowed */
    const NfStatsRow *others; /* those beyond NF_ROWS, in one */
    NfStatsRow total;
    NfLoss losses[NF_LOSSES]; /* of all rows */
    guint n_losses;
    NfTimelineAxis axis; /* for all their timelines */
} NfStats;

/* The mean of a measure in nanoseconds; of nothing 0. */
gint64 nf_measure_mean (const NfMeasure *measure);

/* What a row lost. FALSE where nothing is known of it. */
gboolean nf_stats_loss (const NfStatsRow *row, NfLoss *loss);

/* The part of a whole in per cent; of nothing 0. */
gdouble nf_stats_percent (guint64 part, guint64 whole);

/* How many seconds lie between the first Message and the last one. */
gdouble nf_stats_seconds (const NfStatsRow *row);

/* The name of the file that a rate was announced in; NULL where it was in none. */
const char *nf_stats_announced_file (const NfShow *show, const NfStatsSampled *sampled);

/* Appends it to show->out, as text or as a JSON object. */
void nf_stats_show (NfShow *show, const NfStats *stats);
void nf_stats_json (NfShow *show, const NfStats *stats);

G_END_DECLS
