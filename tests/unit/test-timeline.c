/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slots of time that become wider as time goes on. */
#include "timeline.h"

#include <glib.h>

/* What is shown: the width of a column in seconds, its start, bars. */
static void
check (const NfTimeline *timeline, const char *expected)
{
    NfTimelineAxis axis = nf_timeline_axis (timeline);
    guint64 columns[NF_TIMELINE_COLUMNS];
    NfText t = NF_TEXT_INIT;

    nf_timeline_columns (timeline, &axis, columns);
    nf_text_add_format (&t, "%" G_GINT64_FORMAT " from %" G_GINT64_FORMAT " ", axis.width_s,
                        axis.first * axis.width_s);
    nf_timeline_bars (&t, columns, axis.n, FALSE);
    g_assert_cmpstr (nf_text_string (&t), ==, expected);
    nf_text_clear (&t);
}

static void
test_seconds (void)
{
    NfTimeline timeline = {.n = 0};

    check (&timeline, "1 from 0 ||");
    nf_timeline_note (&timeline, 100);
    check (&timeline, "1 from 100 |8|");
    for (guint i = 0; i < 7; i++)
        nf_timeline_note (&timeline, 104);
    nf_timeline_note (&timeline, 98); /* backward */
    check (&timeline, "1 from 98 |2 2   8|");
}

/* Nothing is forgotten, whatever the width. */
static void
test_wider (void)
{
    NfTimeline timeline = {.n = 0};

    for (gint64 time = 0; time < 240; time++)
        nf_timeline_note (&timeline, time);
    g_assert_cmpuint (timeline.n, ==, 240);
    check (&timeline, "5 from 0 |888888888888888888888888888888888888888888888888|");
    nf_timeline_note (&timeline, 240);
    g_assert_cmpuint (timeline.n, ==, 49);
    check (&timeline, "5 from 0 |8888888888888888888888888888888888888888888888882|");
    nf_timeline_note (&timeline, 3600);
    check (&timeline, "120 from 0 |881                           1|");
}

static void
test_backward (void)
{
    NfTimeline timeline = {.n = 0};

    nf_timeline_note (&timeline, 86400);
    nf_timeline_note (&timeline, 86400);
    nf_timeline_note (&timeline, 0);
    nf_timeline_note (&timeline, -3600);
    check (&timeline, "1800 from -3600 |4 4                                               8|");
}

/* Any times at all, at most so many columns. */
static void
test_far (void)
{
    const gint64 century = G_GINT64_CONSTANT (3155760000);
    NfTimeline timeline = {.n = 0};
    guint64 columns[NF_TIMELINE_COLUMNS], sum = 0;
    NfTimelineAxis axis;

    nf_timeline_note (&timeline, -3 * century);
    nf_timeline_note (&timeline, 0);
    nf_timeline_note (&timeline, 3 * century);
    axis = nf_timeline_axis (&timeline);
    g_assert_cmpuint (axis.n, <=, NF_TIMELINE_COLUMNS);
    nf_timeline_columns (&timeline, &axis, columns);
    for (guint i = 0; i < axis.n; i++)
        sum += columns[i];
    g_assert_cmpuint (sum, ==, 3);
}

/* For every length of time there are columns, and no fewer than a third of what there is room for
 * once they are wider than a slot. */
static void
test_lengths (void)
{
    for (gint64 length = 60; length < 400 * 86400; length += 1 + length / 7) {
        NfTimeline timeline = {.n = 0};

        nf_timeline_note (&timeline, 1700000000);
        nf_timeline_note (&timeline, 1700000000 + length);

        NfTimelineAxis axis = nf_timeline_axis (&timeline);

        g_assert_cmpuint (axis.n, <=, NF_TIMELINE_COLUMNS);
        g_assert_cmpuint (axis.n, >=, NF_TIMELINE_COLUMNS / 3);
    }
}

static void
test_add (void)
{
    NfTimeline total = {.n = 0}, narrow = {.n = 0}, wide = {.n = 0};
    NfTimelineAxis axis;
    guint64 columns[NF_TIMELINE_COLUMNS];

    nf_timeline_note (&narrow, 7200);
    nf_timeline_note (&narrow, 7201);
    nf_timeline_note (&wide, 0);
    nf_timeline_note (&wide, 36000);
    nf_timeline_add (&total, &narrow);
    nf_timeline_add (&total, &wide);
    check (&total, "1200 from 0 |4     8                       4|");
    axis = nf_timeline_axis (&total);
    nf_timeline_columns (&narrow, &axis, columns);
    g_assert_cmpuint (columns[6], ==, 2);
    g_assert_cmpuint (columns[0], ==, 0);
}

static void
test_blocks (void)
{
    const guint64 columns[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    NfText t = NF_TEXT_INIT;

    nf_timeline_bars (&t, columns, G_N_ELEMENTS (columns), TRUE);
    g_assert_cmpstr (nf_text_string (&t), ==, "| ▁▂▃▄▅▆▇█|");
    nf_text_clear (&t);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/timeline/seconds", test_seconds);
    g_test_add_func ("/timeline/wider", test_wider);
    g_test_add_func ("/timeline/backward", test_backward);
    g_test_add_func ("/timeline/far", test_far);
    g_test_add_func ("/timeline/lengths", test_lengths);
    g_test_add_func ("/timeline/add", test_add);
    g_test_add_func ("/timeline/blocks", test_blocks);
    return g_test_run ();
}
