/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages in slots of time. */
#include "timeline.h"

#define DAY 86400

/* Widths of slots in seconds: each a multiple of the one before, so that slots fit into wider ones
 * whole. Behind the last one they double. */
static const gint64 rungs[] = {1, 5, 10, 20, 60, 300, 600, 1200, 3600, 7200, 14400, 43200, DAY};

/* Widths of columns. For each rung there is one among them that is a multiple of it and at least
 * NF_TIMELINE_SLOTS / NF_TIMELINE_COLUMNS times as wide, but not much wider. Behind the last one
 * they double, too. */
static const gint64 widths[] = {1,   2,    5,    10,   20,   30,    60,    120,   300,
                                600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, DAY};

static gint64
ladder (const gint64 *steps, guint n, guint i)
{
    return i < n ? steps[i] : steps[n - 1] << (i - n + 1);
}

static gint64
rung_width (guint rung)
{
    return ladder (rungs, G_N_ELEMENTS (rungs), rung);
}

/* Division that rounds down before 1970, too. */
static gint64
floor_div (gint64 a, gint64 b)
{
    return a / b - (a % b < 0);
}

/* Makes slots one rung wider. */
static void
widen (NfTimeline *timeline)
{
    gint64 ratio = rung_width (timeline->rung + 1) / rung_width (timeline->rung);
    gint64 first = floor_div (timeline->first, ratio);
    guint n = 0;

    for (guint i = 0; i < timeline->n; i++) {
        guint to = (guint)(floor_div (timeline->first + i, ratio) - first);
        guint32 count = timeline->counts[i];

        timeline->counts[i] = 0;
        timeline->counts[to] += count;
        n = to + 1;
    }
    timeline->rung++;
    timeline->first = first;
    timeline->n = n;
}

/* Makes room for the slot that a time lies in, and returns it. */
static guint32 *
slot_of (NfTimeline *timeline, gint64 time_s)
{
    gint64 slot = floor_div (time_s, rung_width (timeline->rung));
    gint64 first = timeline->n > 0 ? MIN (timeline->first, slot) : slot;
    gint64 last = timeline->n > 0 ? MAX (timeline->first + timeline->n - 1, slot) : slot;
    guint before;

    if (last - first >= NF_TIMELINE_SLOTS) {
        widen (timeline);
        return slot_of (timeline, time_s);
    }
    before = timeline->n > 0 ? (guint)(timeline->first - first) : 0;
    if (before > 0) {
        memmove (timeline->counts + before, timeline->counts,
                 timeline->n * sizeof *timeline->counts);
        memset (timeline->counts, 0, before * sizeof *timeline->counts);
    }
    timeline->first = first;
    timeline->n = (guint)(last - first) + 1;
    return &timeline->counts[slot - first];
}

void
nf_timeline_note (NfTimeline *timeline, gint64 time_s)
{
    ++*slot_of (timeline, time_s);
}

void
nf_timeline_add (NfTimeline *timeline, const NfTimeline *other)
{
    gint64 width = rung_width (other->rung);

    while (timeline->rung < other->rung)
        widen (timeline);
    for (guint i = 0; i < other->n; i++)
        if (other->counts[i] > 0)
            *slot_of (timeline, (other->first + i) * width) += other->counts[i];
}

NfTimelineAxis
nf_timeline_axis (const NfTimeline *timeline)
{
    gint64 rung = rung_width (timeline->rung);
    gint64 start = timeline->first * rung, end = (timeline->first + timeline->n - 1) * rung;

    if (timeline->n == 0)
        return (NfTimelineAxis){.width_s = 1};
    for (guint i = 0;; i++) {
        gint64 width = ladder (widths, G_N_ELEMENTS (widths), i);
        gint64 first = floor_div (start, width), last = floor_div (end, width);

        if (width % rung == 0 && last - first < NF_TIMELINE_COLUMNS)
            return (NfTimelineAxis){
                .width_s = width, .first = first, .n = (guint)(last - first) + 1};
    }
}

void
nf_timeline_columns (const NfTimeline *timeline, const NfTimelineAxis *axis,
                     guint64 columns[NF_TIMELINE_COLUMNS])
{
    gint64 rung = rung_width (timeline->rung);

    memset (columns, 0, NF_TIMELINE_COLUMNS * sizeof *columns);
    for (guint i = 0; i < timeline->n; i++)
        columns[floor_div ((timeline->first + i) * rung, axis->width_s) - axis->first] +=
            timeline->counts[i];
}

void
nf_timeline_bars (NfText *t, const guint64 *columns, guint n, gboolean utf8)
{
    static const char blocks[][4] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    guint64 highest = 1;

    for (guint i = 0; i < n; i++)
        highest = MAX (highest, columns[i]);
    nf_text_add_char (t, '|');
    for (guint i = 0; i < n; i++) {
        guint64 eighths = (columns[i] * G_N_ELEMENTS (blocks) + highest - 1) / highest;

        if (eighths == 0)
            nf_text_add_char (t, ' ');
        else if (utf8)
            nf_text_add (t, blocks[eighths - 1]);
        else
            nf_text_add_uint (t, eighths, 1);
    }
    nf_text_add_char (t, '|');
}
