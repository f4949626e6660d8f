/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sequence numbers between Messages (common/tracker.h). */
#include "tracker.h"

/* A Message of a domain, and what is to be said of it. */
typedef struct {
    guint32 sequence;
    NfRecordCounts counts;
    guint32 uptime_ms;
    guint32 domain;
    NfSequenceOrder order;
    guint32 expected;
    guint32 lost;
    guint64 lost_all;
} Step;

static void
follow (guint version, const Step *steps, guint n, NfSequenceUnit unit)
{
    NfTracker *tracker = nf_tracker_new ();
    NfTrack track;

    for (guint i = 0; i < n; i++) {
        NfDatagram datagram = {.packet = i + 1, .transport = NF_TRANSPORT_UDP};
        NfMessage message = {.version = (guint16)version,
                             .sequence = steps[i].sequence,
                             .sys_uptime_ms = steps[i].uptime_ms,
                             .domain = steps[i].domain};

        nf_tracker_note (tracker, &datagram, &message, &steps[i].counts, &track);
        g_assert_cmpint (track.order, ==, steps[i].order);
        if (track.order != NF_ORDER_UNKNOWN)
            g_assert_cmpuint (track.expected, ==, steps[i].expected);
        g_assert_cmpuint (track.lost, ==, steps[i].lost);
        g_assert_cmpuint (track.lost_all, ==, steps[i].lost_all);
    }
    g_assert_cmpint (track.unit, ==, unit);
    nf_tracker_free (tracker);
}

static void
test_netflow9 (void)
{
    static const Step steps[] = {
        {10, {.flows = 5}, .order = NF_ORDER_UNKNOWN},
        {11, {.flows = 5}, .order = NF_ORDER_NEXT, .expected = 11},
        {14, {.flows = 5}, .order = NF_ORDER_GAP, .expected = 12, .lost = 2, .lost_all = 2},
        {13, {.flows = 5}, .order = NF_ORDER_LATE, .expected = 15, .lost_all = 1},
        {15, {.unknown = TRUE}, .order = NF_ORDER_NEXT, .expected = 15, .lost_all = 1},
        {16, {.flows = 5}, .order = NF_ORDER_NEXT, .expected = 16, .lost_all = 1},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

static void
test_ipfix (void)
{
    static const Step steps[] = {
        {0, {.templates = 2}, .order = NF_ORDER_UNKNOWN},
        {0, {.flows = 5, .options = 2}, .order = NF_ORDER_NEXT, .expected = 0},
        {7, {.flows = 3}, .order = NF_ORDER_NEXT, .expected = 7},
        {20, {.flows = 3}, .order = NF_ORDER_GAP, .expected = 10, .lost = 10, .lost_all = 10},
        /* what cannot be counted makes the next one unknown */
        {23, {.unknown = TRUE}, .order = NF_ORDER_NEXT, .expected = 23, .lost_all = 10},
        {99, {.flows = 1}, .order = NF_ORDER_UNKNOWN, .lost_all = 10},
        {100, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 100, .lost_all = 10},
    };

    follow (10, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

static void
test_wrap (void)
{
    static const Step steps[] = {
        {0xfffffffe, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {0xffffffff, {.flows = 2}, .order = NF_ORDER_NEXT, .expected = 0xffffffff},
        {1, {.flows = 2}, .order = NF_ORDER_NEXT, .expected = 1},
        {4, {.flows = 1}, .order = NF_ORDER_GAP, .expected = 3, .lost = 1, .lost_all = 1},
    };

    follow (10, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

static void
test_reset (void)
{
    static const Step steps[] = {
        {5000, {.flows = 1}, .uptime_ms = 900000, .order = NF_ORDER_UNKNOWN},
        {5001, {.flows = 1}, .uptime_ms = 901000, .order = NF_ORDER_NEXT, .expected = 5001},
        {0, {.flows = 1}, .uptime_ms = 1000, .order = NF_ORDER_RESET, .expected = 5002},
        {1, {.flows = 1}, .uptime_ms = 2000, .order = NF_ORDER_NEXT, .expected = 1},
        /* so far ahead that nobody lost so much */
        {0x40000000, {.flows = 1}, .uptime_ms = 3000, .order = NF_ORDER_RESET, .expected = 2},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

static void
test_domains (void)
{
    static const Step steps[] = {
        {10, {.flows = 1}, .domain = 1, .order = NF_ORDER_UNKNOWN},
        {70, {.flows = 1}, .domain = 2, .order = NF_ORDER_UNKNOWN},
        {11, {.flows = 1}, .domain = 1, .order = NF_ORDER_NEXT, .expected = 11},
        {71, {.flows = 1}, .domain = 2, .order = NF_ORDER_NEXT, .expected = 71},
    };

    follow (10, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

static void
test_netflow5 (void)
{
    static const Step steps[] = {
        {100, {.flows = 30}, .order = NF_ORDER_UNKNOWN},
        {130, {.flows = 12}, .order = NF_ORDER_NEXT, .expected = 130},
        {172, {.flows = 1}, .order = NF_ORDER_GAP, .expected = 142, .lost = 30, .lost_all = 30},
    };

    follow (5, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

/* Exporters that count something else: told by the unit that fits, once it is clear. */
static void
test_units (void)
{
    static const struct {
        guint version;
        NfSequenceUnit unit;
    } cases[] = {
        {9, NF_UNIT_RECORDS},
        {9, NF_UNIT_FLOWS},
        {9, NF_UNIT_RECORDS_AND_TEMPLATES},
        {10, NF_UNIT_MESSAGES},
        {10, NF_UNIT_RECORDS_INCLUDING},
        {10, NF_UNIT_FLOWS},
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfTracker *tracker = nf_tracker_new ();
        guint32 counted[NF_N_UNITS] = {0};
        NfTrack track;

        for (guint k = 0; k < 20; k++) {
            NfDatagram datagram = {.packet = k + 1};
            NfMessage message = {.version = (guint16)cases[i].version};
            NfRecordCounts counts = {.flows = 5 + k % 3, .options = 1 + k % 2, .templates = 2};
            guint32 records = (guint32)(counts.flows + counts.options);

            counted[NF_UNIT_RECORDS_INCLUDING] += records;
            message.sequence = counted[cases[i].unit];
            nf_tracker_note (tracker, &datagram, &message, &counts, &track);
            counted[NF_UNIT_MESSAGES]++;
            counted[NF_UNIT_RECORDS] += records;
            counted[NF_UNIT_FLOWS] += (guint32)counts.flows;
            counted[NF_UNIT_RECORDS_AND_TEMPLATES] += records + (guint32)counts.templates;
        }
        g_assert_cmpint (track.unit, ==, cases[i].unit);
        g_assert_cmpint (track.order, ==, NF_ORDER_NEXT);
        g_assert_cmpuint (track.lost_all, ==, 0);
        g_assert_nonnull (nf_unit_name (track.unit));
        nf_tracker_free (tracker);
    }
}

static void
test_netflow1 (void)
{
    static const Step steps[] = {
        {0, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {0, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
    };

    follow (1, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

/* Each scheme of v8 is counted by itself; of one that is not known nothing is expected. */
static void
test_netflow8 (void)
{
    static const struct {
        guint8 aggregation;
        guint32 sequence;
        guint flows;
        NfSequenceOrder order;
        guint32 expected, lost;
    } steps[] = {
        {1, 100, 10, NF_ORDER_UNKNOWN, 0, 0}, {3, 7, 2, NF_ORDER_UNKNOWN, 0, 0},
        {1, 110, 10, NF_ORDER_NEXT, 110, 0},  {3, 9, 1, NF_ORDER_NEXT, 9, 0},
        {1, 125, 1, NF_ORDER_GAP, 120, 5},    {15, 1, 0, NF_ORDER_UNKNOWN, 0, 0},
        {15, 41, 0, NF_ORDER_UNKNOWN, 0, 0},
    };
    NfTracker *tracker = nf_tracker_new ();

    for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
        NfDatagram datagram = {.packet = i + 1};
        NfMessage message = {
            .version = 8, .aggregation = steps[i].aggregation, .sequence = steps[i].sequence};
        NfRecordCounts counts = {.flows = steps[i].flows};
        NfTrack track;

        nf_tracker_note (tracker, &datagram, &message, &counts, &track);
        g_assert_cmpint (track.order, ==, steps[i].order);
        g_assert_cmpuint (track.lost, ==, steps[i].lost);
        if (track.order != NF_ORDER_UNKNOWN)
            g_assert_cmpuint (track.expected, ==, steps[i].expected);
    }
    nf_tracker_free (tracker);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/tracker/netflow9", test_netflow9);
    g_test_add_func ("/tracker/ipfix", test_ipfix);
    g_test_add_func ("/tracker/wrap", test_wrap);
    g_test_add_func ("/tracker/reset", test_reset);
    g_test_add_func ("/tracker/domains", test_domains);
    g_test_add_func ("/tracker/netflow5", test_netflow5);
    g_test_add_func ("/tracker/netflow8", test_netflow8);
    g_test_add_func ("/tracker/units", test_units);
    g_test_add_func ("/tracker/netflow1", test_netflow1);
    return g_test_run ();
}
