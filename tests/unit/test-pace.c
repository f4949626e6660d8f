/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When datagrams are sent: a table of when they arrived, or of a rate, and of when they are due, by
 * a clock that stands still but where the case says how long sending took.
 */
#include "cli/pace.h"

#define MS 1000000
#define S  ((gint64)1000000000)

/* By the clock of the test; it does not begin at 0. */
#define BEGIN (1000 * S)

#define MAX_STEPS 8

typedef struct {
    const char *name;
    guint64 rate;
    guint n;
    gint64 arrival[MAX_STEPS]; /* since 1970; -1: not known */
    gint64 now[MAX_STEPS];     /* since BEGIN, */
    gint64 due[MAX_STEPS];     /* likewise */
} Case;

static const Case cases[] = {
    {.name = "gaps",
     .rate = NF_RATE_ARRIVAL,
     .n = 4,
     .arrival = {5 * S, 5 * S + 20 * MS, 5 * S + 20 * MS, 100 * S},
     .due = {0, 20 * MS, 20 * MS, 95 * S}},
    {.name = "clock-goes-back",
     .rate = NF_RATE_ARRIVAL,
     .n = 4,
     .arrival = {100 * S, 101 * S, 50 * S, 52 * S},
     .due = {0, 1 * S, 1 * S, 3 * S}},
    {.name = "no-time",
     .rate = NF_RATE_ARRIVAL,
     .n = 4,
     .arrival = {-1, 7 * S, -1, 8 * S},
     .due = {0, 0, 0, 1 * S}},
    {.name = "centuries",
     .rate = NF_RATE_ARRIVAL,
     .n = 3,
     .arrival = {0, G_MAXINT64, G_MAXINT64},
     .due = {0, G_MAXINT64 - BEGIN, G_MAXINT64 - BEGIN}},
    {.name = "a-little-late",
     .rate = NF_RATE_ARRIVAL,
     .n = 3,
     .arrival = {0, 100 * MS, 200 * MS},
     .now = {0, 149 * MS, 149 * MS},
     .due = {0, 100 * MS, 200 * MS}},
    {.name = "too-late",
     .rate = NF_RATE_ARRIVAL,
     .n = 3,
     .arrival = {0, 100 * MS, 200 * MS},
     .now = {0, 400 * MS, 400 * MS},
     .due = {0, 400 * MS, 500 * MS}},
    {.name = "three-a-second",
     .rate = 3,
     .n = 5,
     .arrival = {9 * S, 3 * S, 99 * S, -1, 0},
     .due = {0, 333333333, 666666666, 1 * S, 1333333333}},
    {.name = "bursts-of-two", .rate = 4000, .n = 5, .due = {0, 0, 500000, 500000, 1000000}},
    {.name = "rate-too-late",
     .rate = 10,
     .n = 4,
     .now = {0, 100 * MS, 1000 * MS, 1000 * MS},
     .due = {0, 100 * MS, 1000 * MS, 1100 * MS}},
    {.name = "as-fast-as-it-can",
     .rate = NF_RATE_MAX,
     .n = 3,
     .arrival = {0, 5 * S, 9 * S},
     .now = {0, 1, 2},
     .due = {0, 1, 2}},
};

static void
run_case (gconstpointer data)
{
    const Case *c = data;
    NfPace pace = {.rate = c->rate};

    for (guint i = 0; i < c->n; i++) {
        NfDatagram datagram = {.has_time = c->arrival[i] >= 0, .time_ns = c->arrival[i]};

        g_assert_cmpint (nf_pace_next (&pace, &datagram, BEGIN + c->now[i]) - BEGIN, ==, c->due[i]);
    }
}

/* Over a day of full bursts nothing drifts. */
static void
test_drift (void)
{
    const guint64 rate = 1000000;
    NfPace pace = {.rate = rate, .n = rate * 86400, .start_ns = BEGIN};
    NfDatagram datagram = {.has_time = FALSE};

    g_assert_cmpint (nf_pace_next (&pace, &datagram, BEGIN), ==, BEGIN + 86400 * S);
}

static void
test_wait (void)
{
    gint64 begin = nf_pace_now ();

    g_assert_true (nf_pace_wait (begin - 1));
    g_assert_true (nf_pace_wait (begin + 30 * MS));
    g_assert_cmpint (nf_pace_now () - begin, >=, 30 * MS);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/pace/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], run_case);
    }
    g_test_add_func ("/pace/drift", test_drift);
    g_test_add_func ("/pace/wait", test_wait);
    return g_test_run ();
}
