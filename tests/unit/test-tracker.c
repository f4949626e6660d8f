/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes on between Messages (common/tracker.h). */
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
    const char *finding; /* its code, or NULL */
    guint32 export_time_s;
} Step;

/* Holds what is said of a Message against one code, or none; empties the array. */
static void
check_said (GArray *findings, const char *code)
{
    g_assert_cmpuint (findings->len, ==, code ? 1 : 0);
    if (code)
        g_assert_cmpstr (nf_finding_code (g_array_index (findings, NfFinding, 0).id), ==, code);
    g_array_set_size (findings, 0);
}

static void
follow (guint version, const Step *steps, guint n, NfSequenceUnit unit)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfTrack track;

    for (guint i = 0; i < n; i++) {
        guint8 octets[2] = {(guint8)i, 1};
        NfDatagram datagram = {
            .octets = octets, .length = 2, .packet = i + 1, .transport = NF_TRANSPORT_UDP};
        NfMessage message = {.version = (guint16)version,
                             .sequence = steps[i].sequence,
                             .sys_uptime_ms = steps[i].uptime_ms,
                             .export_time_s = steps[i].export_time_s,
                             .domain = steps[i].domain};

        nf_tracker_note (tracker, &datagram, &message, &steps[i].counts, &track, findings);
        check_said (findings, steps[i].finding);
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
        {14,
         {.flows = 5},
         .order = NF_ORDER_GAP,
         .expected = 12,
         .lost = 2,
         .lost_all = 2,
         .finding = "sequence-gap"},
        {13,
         {.flows = 5},
         .order = NF_ORDER_LATE,
         .expected = 15,
         .lost_all = 1,
         .finding = "sequence-late"},
        {15, {.unknown = TRUE}, .order = NF_ORDER_NEXT, .expected = 15, .lost_all = 1},
        {16, {.flows = 5}, .order = NF_ORDER_NEXT, .expected = 16, .lost_all = 1},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

/* A gap that is none if Templates count as well: nothing is said before the numbers tell which. */
static void
test_doubt (void)
{
    static const Step lost[] = {
        {0, {.flows = 1, .templates = 1}, .export_time_s = 1, .order = NF_ORDER_UNKNOWN},
        {2, {.flows = 1, .templates = 1}, .export_time_s = 2, .order = NF_ORDER_UNKNOWN},
        {3,
         {.flows = 1, .templates = 1},
         .export_time_s = 3,
         .order = NF_ORDER_NEXT,
         .expected = 3},
        {4,
         {.flows = 1, .templates = 1},
         .export_time_s = 4,
         .order = NF_ORDER_NEXT,
         .expected = 4},
        {5,
         {.flows = 1, .templates = 1},
         .export_time_s = 5,
         .order = NF_ORDER_NEXT,
         .expected = 5},
        {6,
         {.flows = 1, .templates = 1},
         .export_time_s = 6,
         .order = NF_ORDER_NEXT,
         .expected = 6,
         .lost = 1,
         .lost_all = 1,
         .finding = "sequence-gap"},
        {7,
         {.flows = 1, .templates = 1},
         .export_time_s = 7,
         .order = NF_ORDER_NEXT,
         .expected = 7,
         .lost_all = 1},
    };
    static const Step other_unit[] = {
        {0, {.flows = 1, .templates = 1}, .export_time_s = 8, .order = NF_ORDER_UNKNOWN},
        {2, {.flows = 1, .templates = 1}, .export_time_s = 9, .order = NF_ORDER_UNKNOWN},
        {4, {.flows = 1, .templates = 1}, .export_time_s = 10, .order = NF_ORDER_UNKNOWN},
        {6,
         {.flows = 1, .templates = 1},
         .export_time_s = 11,
         .order = NF_ORDER_NEXT,
         .expected = 6,
         .finding = "sequence-unit"},
        {8,
         {.flows = 1, .templates = 1},
         .export_time_s = 12,
         .order = NF_ORDER_NEXT,
         .expected = 8},
    };

    follow (9, lost, G_N_ELEMENTS (lost), NF_UNIT_MESSAGES);
    follow (9, other_unit, G_N_ELEMENTS (other_unit), NF_UNIT_RECORDS_AND_TEMPLATES);
}

static void
test_ipfix (void)
{
    static const Step steps[] = {
        {0, {.templates = 2}, .order = NF_ORDER_UNKNOWN},
        {0, {.flows = 5, .options = 2}, .order = NF_ORDER_NEXT, .expected = 0},
        {7, {.flows = 3}, .order = NF_ORDER_NEXT, .expected = 7},
        {20,
         {.flows = 3},
         .order = NF_ORDER_GAP,
         .expected = 10,
         .lost = 10,
         .lost_all = 10,
         .finding = "sequence-gap"},
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
        {4,
         {.flows = 1},
         .order = NF_ORDER_GAP,
         .expected = 3,
         .lost = 1,
         .lost_all = 1,
         .finding = "sequence-gap"},
    };

    follow (10, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

static void
test_reset (void)
{
    static const Step steps[] = {
        {5000, {.flows = 1}, .uptime_ms = 900000, .export_time_s = 1000, .order = NF_ORDER_UNKNOWN},
        {5001,
         {.flows = 1},
         .uptime_ms = 901000,
         .export_time_s = 1001,
         .order = NF_ORDER_NEXT,
         .expected = 5001},
        {0,
         {.flows = 1},
         .uptime_ms = 1000,
         .export_time_s = 1100,
         .order = NF_ORDER_RESET,
         .expected = 5002,
         .finding = "uptime-reset"},
        {1,
         {.flows = 1},
         .uptime_ms = 2000,
         .export_time_s = 1101,
         .order = NF_ORDER_NEXT,
         .expected = 1},
        /* so far ahead that nobody lost so much */
        {0x40000000,
         {.flows = 1},
         .uptime_ms = 3000,
         .export_time_s = 1102,
         .order = NF_ORDER_RESET,
         .expected = 2,
         .finding = "sequence-reset"},
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
        {172,
         {.flows = 1},
         .order = NF_ORDER_GAP,
         .expected = 142,
         .lost = 30,
         .lost_all = 30,
         .finding = "sequence-gap"},
    };

    follow (5, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

/* Feeds 30 Messages of an exporter that counts in a unit; of each kind of Data there is some now
 * and then. Nothing but the unit is wrong with them, and that is said once. */
static void
follow_unit (guint version, NfSequenceUnit unit, gboolean is_own)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    guint32 counted[NF_N_UNITS] = {0};
    NfTrack track;

    for (guint k = 0; k < 30; k++) {
        NfDatagram datagram = {.octets = (const guint8 *)&k, .length = sizeof k, .packet = k + 1};
        NfMessage message = {.version = (guint16)version};
        NfRecordCounts counts = {.flows = 5 + k % 3, .options = k % 2, .templates = k % 4 ? 0 : 2};
        guint32 records = (guint32)(counts.flows + counts.options);

        counted[NF_UNIT_RECORDS_INCLUDING] += records;
        message.sequence = counted[unit];
        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        g_assert_cmpuint (track.lost_all, ==, 0);
        counted[NF_UNIT_MESSAGES]++;
        counted[NF_UNIT_RECORDS] += records;
        counted[NF_UNIT_FLOWS] += (guint32)counts.flows;
        counted[NF_UNIT_RECORDS_AND_TEMPLATES] += records + (guint32)counts.templates;
    }
    check_said (findings, is_own ? NULL : "sequence-unit");
    g_assert_cmpint (track.unit, ==, unit);
    g_assert_cmpint (track.order, ==, NF_ORDER_NEXT);
    g_assert_nonnull (nf_unit_name (track.unit));
    nf_tracker_free (tracker);
}

static void
test_units (void)
{
    for (guint i = 0; i < NF_N_UNITS; i++) {
        NfSequenceUnit unit = (NfSequenceUnit)i;

        follow_unit (10, unit, unit == NF_UNIT_RECORDS);
        if (unit != NF_UNIT_RECORDS_INCLUDING)
            follow_unit (9, unit, unit == NF_UNIT_MESSAGES);
    }
}

/* Half of the Messages, or some, are lost: in the unit that is meant so much and no more is missing
 * in the end, whatever was taken to be meant before, and of the unit it is said once. */
static void
follow_lossy (guint version, NfSequenceUnit unit, guint percent)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    g_autoptr (GRand) rand = g_rand_new_with_seed (percent);
    NfTracker *tracker = nf_tracker_new (NULL);
    gint64 sum[NF_N_UNITS] = {0};
    guint32 counted = 100, lost = 0, lost_after = 0, units = 0, others = 0;
    NfTrack track;

    for (guint k = 0; k < 200; k++) {
        NfDatagram datagram = {.octets = (const guint8 *)&k, .length = sizeof k, .packet = k + 1};
        NfMessage message = {.version = (guint16)version, .sequence = counted};
        NfRecordCounts counts = {.flows = (guint64)g_rand_int_range (rand, 5, 20)};
        guint32 step = unit == NF_UNIT_MESSAGES ? 1 : (guint32)counts.flows;

        counted += step;
        lost_after += step;
        if (k > 0 && (guint)g_rand_int_range (rand, 0, 100) < percent)
            continue;
        lost += lost_after - step;
        lost_after = 0;
        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        sum[track.unit] += track.lost;
        sum[track.found_unit] -= track.found;
    }
    for (guint i = 0; i < findings->len; i++) {
        const char *code = nf_finding_code (g_array_index (findings, NfFinding, i).id);

        units += strcmp (code, "sequence-unit") == 0;
        others += strcmp (code, "sequence-gap") != 0 && strcmp (code, "sequence-unit") != 0;
    }
    g_assert_cmpuint (units, ==, 1);
    g_assert_cmpuint (others, <=, 3);
    g_assert_cmpint (track.unit, ==, unit);
    g_assert_cmpuint (track.lost_all, ==, lost);
    for (guint i = 0; i < NF_N_UNITS; i++)
        g_assert_cmpint (sum[i], ==, i == unit ? (gint64)lost : 0);
    nf_tracker_free (tracker);
}

static void
test_units_lossy (void)
{
    for (guint percent = 10; percent <= 50; percent += 20) {
        follow_lossy (10, NF_UNIT_MESSAGES, percent);
        follow_lossy (9, NF_UNIT_RECORDS, percent);
        follow_lossy (5, NF_UNIT_MESSAGES, percent);
    }
}

/* A gap too large to be believed is one when the numbers go on behind it. */
static void
test_gap_held (void)
{
    static const Step steps[] = {
        {10, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {11, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 11},
        {7000012, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {7000013, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 7000013},
        {7000014, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 7000014},
        {7000015,
         {.flows = 1},
         .order = NF_ORDER_NEXT,
         .expected = 7000015,
         .lost = 7000000,
         .lost_all = 7000000,
         .finding = "sequence-gap"},
        {7000016, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 7000016, .lost_all = 7000000},
    };

    follow (10, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

/* A capture of a mirrored port has each datagram twice: that is no loss, and nothing late. */
static void
test_copies (void)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfRecordCounts counts = {.flows = 3};
    NfTrack track;

    for (guint i = 0; i < 20; i++) {
        guint8 octets[4] = {0, 9, 0, (guint8)(i / 2)};
        NfDatagram datagram = {.octets = octets, .length = sizeof octets, .packet = i + 1};
        NfMessage message = {.version = 9, .sequence = 100 + i / 2};

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        g_assert_cmpint (track.order, ==,
                         i % 2   ? NF_ORDER_COPY
                         : i > 0 ? NF_ORDER_NEXT
                                 : NF_ORDER_UNKNOWN);
        if (i % 2)
            g_assert_cmpuint (g_array_index (findings, NfFinding, 0).args[0], ==, i);
        check_said (findings, i % 2 ? "sequence-late" : NULL);
    }
    nf_tracker_free (tracker);
}

/* An exporter that started again soon counts from 0: nothing overtook what was exported later. */
static void
test_restart_near (void)
{
    static const Step steps[] = {
        {30, {.flows = 1}, .export_time_s = 1000, .order = NF_ORDER_UNKNOWN},
        {31, {.flows = 1}, .export_time_s = 1001, .order = NF_ORDER_NEXT, .expected = 31},
        {0,
         {.flows = 1},
         .export_time_s = 1002,
         .order = NF_ORDER_RESET,
         .expected = 32,
         .finding = "sequence-reset"},
        {1, {.flows = 1}, .export_time_s = 1003, .order = NF_ORDER_NEXT, .expected = 1},
        {4,
         {.flows = 1},
         .export_time_s = 1004,
         .order = NF_ORDER_GAP,
         .expected = 2,
         .lost = 2,
         .lost_all = 2,
         .finding = "sequence-gap"},
    };

    follow (10, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

/* A month of uptime is more than half of what its 32 bits hold. */
static void
test_restart_after_a_month (void)
{
    static const Step steps[] = {
        {500, {.flows = 1}, 2592000000, .export_time_s = 1700000000, .order = NF_ORDER_UNKNOWN},
        {0,
         {.flows = 1},
         5000,
         .export_time_s = 1700000060,
         .order = NF_ORDER_RESET,
         .expected = 501,
         .finding = "uptime-reset"},
        {1, {.flows = 1}, 6000, .export_time_s = 1700000061, .order = NF_ORDER_NEXT, .expected = 1},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

/* A number that stays as it is tells nothing; that is said once. */
static void
test_unchanged (void)
{
    static const Step steps[] = {
        {0, {.flows = 2}, .order = NF_ORDER_UNKNOWN},
        {0, {.flows = 3}, .order = NF_ORDER_UNKNOWN},
        {0, {.flows = 2}, .order = NF_ORDER_UNKNOWN},
        {0, {.flows = 1}, .order = NF_ORDER_UNKNOWN, .finding = "sequence-unit"},
        {0, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
    };

    follow (5, steps, G_N_ELEMENTS (steps), NF_UNIT_RECORDS);
}

/* NetFlow v9 by records that cannot be counted: nobody knows that anything is missing. */
static void
test_uncountable (void)
{
    static const Step steps[] = {
        {100, {.unknown = TRUE}, .order = NF_ORDER_UNKNOWN},
        {106, {.unknown = TRUE}, .order = NF_ORDER_UNKNOWN, .expected = 101},
        {111, {.unknown = TRUE}, .order = NF_ORDER_UNKNOWN, .expected = 107},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

/* Behind a Set without an end there may be more. */
static void
test_counts (void)
{
    const NfFindingId unknown[] = {NF_FINDING_SET_LENGTH, NF_FINDING_SET_LENGTH_BEYOND,
                                   NF_FINDING_MESSAGE_LENGTH};
    NfDatagram whole = {.length = 20, .wire_length = 20}, cut = {.length = 20, .wire_length = 30};
    NfEvent event = {.type = NF_EVENT_FINDING, .finding.id = NF_FINDING_SET_PADDING};
    NfRecordCounts counts = nf_record_counts_begin (&whole);

    g_assert_true (nf_record_counts_begin (&cut).unknown);
    nf_record_counts_add (&counts, &event);
    g_assert_false (counts.unknown);
    for (guint i = 0; i < G_N_ELEMENTS (unknown); i++) {
        counts = nf_record_counts_begin (&whole);
        event.finding.id = unknown[i];
        nf_record_counts_add (&counts, &event);
        g_assert_true (counts.unknown);
    }
}

/* Copies that come two seconds later, when 40 other Messages have come. */
static void
test_copies_late (void)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfRecordCounts counts = {.flows = 3};
    NfTrack track;

    for (guint i = 0; i < 200; i++) {
        guint number = i < 40 ? i : i % 2 ? (i - 40) / 2 : 40 + (i - 40) / 2;
        NfDatagram datagram = {
            .octets = (const guint8 *)&number, .length = sizeof number, .packet = i + 1};
        NfMessage message = {.version = 9, .sequence = number};
        gboolean is_copy = i >= 40 && i % 2;

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        g_assert_cmpint (track.order == NF_ORDER_COPY, ==, is_copy);
        check_said (findings, is_copy ? "sequence-late" : NULL);
    }
    nf_tracker_free (tracker);
}

/* A Message of a file that is overtaken by others: told beforehand, nothing is missing before
 * those.
 */
static void
test_foreseen (void)
{
    static const struct {
        guint32 sequence, lost;
        NfSequenceOrder order;
        const char *said[2];
    } steps[] = {
        {10, 0, NF_ORDER_UNKNOWN, {NULL}},
        {13, 0, NF_ORDER_NEXT, {NULL}},
        {19, 0, NF_ORDER_UNKNOWN, {NULL}}, /* 16 comes later */
        {22, 0, NF_ORDER_NEXT, {NULL}},
        {31, 0, NF_ORDER_UNKNOWN, {NULL}}, /* 25 is lost, 28 comes later */
        {16, 0, NF_ORDER_LATE, {"sequence-late"}},
        {28, 3, NF_ORDER_LATE, {"sequence-gap", "sequence-late"}},
        {34, 0, NF_ORDER_NEXT, {NULL}},
        {40, 3, NF_ORDER_GAP, {"sequence-gap"}},
    };
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfRecordCounts counts = {.flows = 3};
    NfTrack track;

    for (guint i = 0; i < 2 * G_N_ELEMENTS (steps); i++) {
        guint k = i % G_N_ELEMENTS (steps), said = 0;
        NfDatagram datagram = {
            .octets = (const guint8 *)&k, .length = sizeof k, .packet = k + 1, .order = k + 1};
        NfMessage message = {.version = 10, .sequence = steps[k].sequence};

        if (i < G_N_ELEMENTS (steps)) {
            nf_tracker_foresee (tracker, &datagram, &message);
            continue;
        }
        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        g_assert_cmpint (track.order, ==, steps[k].order);
        g_assert_cmpuint (track.lost, ==, steps[k].lost);
        g_assert_cmpuint (track.found, ==, 0);
        for (; said < findings->len; said++)
            g_assert_cmpstr (nf_finding_code (g_array_index (findings, NfFinding, said).id), ==,
                             steps[k].said[said]);
        g_assert_true (said == 2 || !steps[k].said[said]);
        g_array_set_size (findings, 0);
    }
    g_assert_cmpuint (track.lost_all, ==, 6);
    nf_tracker_free (tracker);
}

/* The same of what is read once: when all has come the gap that was said is told to be none. */
static void
test_filled (void)
{
    static const guint32 sequences[] = {1, 2, 5, 3, 4, 6};
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfRecordCounts counts = {.flows = 3};
    NfTrack track;

    for (guint i = 0; i < G_N_ELEMENTS (sequences); i++) {
        NfDatagram datagram = {
            .octets = (const guint8 *)&i, .length = sizeof i, .packet = i + 1, .order = i + 1};
        NfMessage message = {.version = 9, .sequence = sequences[i]};

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        g_assert_cmpuint (track.filled, ==, i == 4 ? 3 : 0);
        if (i == 4)
            g_assert_cmpint (track.filled_finding, ==, NF_FINDING_SEQUENCE_GAP_MESSAGES);
    }
    g_assert_cmpuint (track.lost_all, ==, 0);
    nf_tracker_free (tracker);
}

/* Three processes in turn. What the jumps made look lost is there. */
static void
test_three (void)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfRecordCounts counts = {.flows = 1};
    gint64 lost = 0;
    guint shared = 0;
    NfTrack track;

    for (guint i = 0; i < 30; i++) {
        NfDatagram datagram = {.octets = (const guint8 *)&i, .length = sizeof i, .packet = i + 1};
        NfMessage message = {.version = 10, .sequence = 5000000 * (i % 3) + i / 3};

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        lost += (gint64)track.lost - track.found;
        g_assert_cmpint (lost, ==, (gint64)track.lost_all);
    }
    for (guint i = 0; i < findings->len; i++) {
        NfFindingId id = g_array_index (findings, NfFinding, i).id;

        shared += id == NF_FINDING_EXPORTER_SHARED;
        g_assert_cmpstr (nf_finding_code (id), !=, "sequence-gap");
    }
    g_assert_cmpuint (shared, ==, 1);
    g_assert_cmpint (lost, ==, 0);
    nf_tracker_free (tracker);
}

/* More domains than can be followed: those longest silent are forgotten, which is said once. */
static void
test_many_domains (void)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);
    NfRecordCounts counts = {.flows = 1};
    NfTrack track;

    for (guint i = 0; i < nf_default_limits.max_domains + 10; i++) {
        NfDatagram datagram = {.octets = (const guint8 *)&i, .length = sizeof i, .packet = i + 1};
        NfMessage message = {.version = 10, .domain = i};

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
    }
    check_said (findings, "limit-reached");
    for (guint i = 0; i < 2; i++) {
        guint kept = 1000 + i;
        NfDatagram datagram = {.octets = (const guint8 *)&kept, .length = sizeof kept, .packet = 1};
        NfMessage message = {.version = 10, .domain = i ? 1000 : 5, .sequence = 1};

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        g_assert_cmpint (track.order, ==, i ? NF_ORDER_NEXT : NF_ORDER_UNKNOWN);
    }
    nf_tracker_free (tracker);
}

/* A datagram that was overtaken by more than a minute is no restart. */
static void
test_uptime_late (void)
{
    static const Step steps[] = {
        {9, {.flows = 1}, 500000, .export_time_s = 1000, .order = NF_ORDER_UNKNOWN},
        {5,
         {.flows = 1},
         400000,
         .export_time_s = 900,
         .order = NF_ORDER_LATE,
         .expected = 10,
         .finding = "sequence-late"},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

/* Two processes that take turns: told once, and nothing is lost for it once they are known. */
static void
test_shared (void)
{
    static const Step by_sequence[] = {
        {100, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {101, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 101},
        {90000000,
         {.flows = 1},
         .order = NF_ORDER_RESET,
         .expected = 102,
         .finding = "sequence-reset"},
        {102, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {90000001, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {103, {.flows = 1}, .order = NF_ORDER_UNKNOWN, .finding = "exporter-shared"},
        {90000002, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {90000003, {.flows = 1}, .order = NF_ORDER_NEXT, .expected = 90000003},
        {104, {.flows = 1}, .order = NF_ORDER_UNKNOWN},
        {106,
         {.flows = 1},
         .order = NF_ORDER_GAP,
         .expected = 105,
         .lost = 1,
         .lost_all = 1,
         .finding = "sequence-gap"},
    };

    follow (10, by_sequence, G_N_ELEMENTS (by_sequence), NF_UNIT_RECORDS);
}

/* The same by uptimes that differ, whatever the sequence numbers are. */
static void
test_shared_uptime (void)
{
    static const char *const said[] = {NULL, "uptime-reset", NULL, NULL, "exporter-shared",
                                       NULL, NULL,           NULL};
    Step steps[G_N_ELEMENTS (said)];

    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        steps[i] = (Step){.sequence = i,
                          .counts = {.flows = 1},
                          .uptime_ms = (i % 2 ? 90000 : 500000) + 1000 * i,
                          .export_time_s = 1000 + i,
                          .order = i > 0 ? NF_ORDER_NEXT : NF_ORDER_UNKNOWN,
                          .expected = i,
                          .finding = said[i]};
    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

/* An uptime that wraps after 49.7 days is that of an exporter that runs on. */
static void
test_uptime_wrap (void)
{
    static const Step steps[] = {
        {1, {.flows = 1}, 0xfffff000, .export_time_s = 4294968, .order = NF_ORDER_UNKNOWN},
        {2, {.flows = 1}, 500, .export_time_s = 4294972, .order = NF_ORDER_NEXT, .expected = 2},
        {3, {.flows = 1}, 1500, .export_time_s = 4294973, .order = NF_ORDER_NEXT, .expected = 3},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
}

/* One that goes back by less than it is: the exporter did not start again, its numbers go on. */
static void
test_uptime_jump (void)
{
    static const Step steps[] = {
        {1, {.flows = 1}, 500000, .export_time_s = 1000, .order = NF_ORDER_UNKNOWN},
        {2,
         {.flows = 1},
         300000,
         .export_time_s = 1016,
         .order = NF_ORDER_NEXT,
         .expected = 2,
         .finding = "uptime-reset"},
        {4,
         {.flows = 1},
         301000,
         .export_time_s = 1017,
         .order = NF_ORDER_GAP,
         .expected = 3,
         .lost = 1,
         .lost_all = 1,
         .finding = "sequence-gap"},
    };

    follow (9, steps, G_N_ELEMENTS (steps), NF_UNIT_MESSAGES);
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
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfTracker *tracker = nf_tracker_new (NULL);

    for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
        NfDatagram datagram = {.octets = (const guint8 *)&i, .length = sizeof i, .packet = i + 1};
        NfMessage message = {
            .version = 8, .aggregation = steps[i].aggregation, .sequence = steps[i].sequence};
        NfRecordCounts counts = {.flows = steps[i].flows};
        NfTrack track;

        nf_tracker_note (tracker, &datagram, &message, &counts, &track, findings);
        check_said (findings, steps[i].order == NF_ORDER_GAP ? "sequence-gap" : NULL);
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
    g_test_add_func ("/tracker/units-lossy", test_units_lossy);
    g_test_add_func ("/tracker/gap-held", test_gap_held);
    g_test_add_func ("/tracker/foreseen", test_foreseen);
    g_test_add_func ("/tracker/filled", test_filled);
    g_test_add_func ("/tracker/copies", test_copies);
    g_test_add_func ("/tracker/copies-late", test_copies_late);
    g_test_add_func ("/tracker/restart-near", test_restart_near);
    g_test_add_func ("/tracker/restart-after-a-month", test_restart_after_a_month);
    g_test_add_func ("/tracker/unchanged", test_unchanged);
    g_test_add_func ("/tracker/uncountable", test_uncountable);
    g_test_add_func ("/tracker/counts", test_counts);
    g_test_add_func ("/tracker/three", test_three);
    g_test_add_func ("/tracker/many-domains", test_many_domains);
    g_test_add_func ("/tracker/uptime-late", test_uptime_late);
    g_test_add_func ("/tracker/doubt", test_doubt);
    g_test_add_func ("/tracker/shared", test_shared);
    g_test_add_func ("/tracker/shared-uptime", test_shared_uptime);
    g_test_add_func ("/tracker/uptime-wrap", test_uptime_wrap);
    g_test_add_func ("/tracker/uptime-jump", test_uptime_jump);
    g_test_add_func ("/tracker/netflow1", test_netflow1);
    return g_test_run ();
}
