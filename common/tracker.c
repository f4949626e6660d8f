/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sequence numbers: expectation, loss, and the unit they count in; uptimes. */
#include "tracker.h"

#include "domain.h"
#include "hash.h"

/* More domains than a capture has that is not made to fill memory; some 400 octets each. */
#define MAX_DOMAINS 131072

/* So far back a number may be of a datagram that was overtaken; beyond it the count began anew. */
#define LATE_WINDOW 1000

/* So far ahead a number is a gap; beyond it nobody lost so much: the count began anew. */
#define GAP_WINDOW (1u << 24)

/* An uptime so far back, in milliseconds, is that of an exporter that started again, if it says so,
 * not that of a datagram which was overtaken. */
#define RESTART_MS 60000

/* So much may differ when an exporter says it was started, by rounding: export times are seconds.
 */
#define SAME_START_MS 2000

/* Another unit is meant when it was right so often where the version's own was wrong, */
#define CONVINCING 3
/* and wrong so many times less often. */
#define BETTER 4

/* So often two processes must have taken turns, so that it is no chance. */
#define TURNS 3

/* Copies of a Message come soon after it. */
#define N_RECENT 8

/* Octets at either end of a Message by which a copy is known. */
#define PRINT_LENGTH 64

/* One hypothesis: the sequence numbers count in this unit. */
typedef struct {
    guint32 next; /* what it expects; of RECORDS_INCLUDING, less the records of that Message */
    guint32 hits; /* how often it was right where that was no matter of course */
    guint32 misses;
    guint64 lost;  /* in this unit */
    gboolean sure; /* whether `next` is known */
} Hypothesis;

/* A Message that came not long ago. */
typedef struct {
    guint print;
    guint64 packet;
} Recent;

/* What the domain's other process, if there are two, would go on with. */
typedef struct {
    guint32 next;
    gboolean sure;
    gint64 start_ms;
    guint turns;
    gboolean told;
} Other;

typedef struct {
    NfDomainKey key;
    guint16 stream;
    gboolean seen;
    guint64 packet; /* of the last Message */
    guint32 uptime_ms;
    gint64 start_ms; /* when the exporter was started, by its last Message, since 1970 */
    Hypothesis units[NF_N_UNITS];
    gboolean unit_told;
    Other other;
    Recent recent[N_RECENT];
    guint n_recent;
} Domain;

struct _NfTracker {
    GHashTable *domains; /* set of Domain */
};

static guint
domain_hash (gconstpointer domain)
{
    const Domain *d = domain;

    return nf_domain_key_hash (&d->key) + d->stream;
}

static gboolean
domain_equal (gconstpointer a, gconstpointer b)
{
    const Domain *x = a, *y = b;

    return x->stream == y->stream && nf_domain_key_equal (&x->key, &y->key);
}

NfTracker *
nf_tracker_new (void)
{
    NfTracker *tracker = g_new (NfTracker, 1);

    tracker->domains = g_hash_table_new_full (domain_hash, domain_equal, g_free, NULL);
    return tracker;
}

void
nf_tracker_free (NfTracker *tracker)
{
    g_hash_table_unref (tracker->domains);
    g_free (tracker);
}

NfRecordCounts
nf_record_counts_begin (const NfDatagram *datagram)
{
    return (NfRecordCounts){.unknown = datagram->length < datagram->wire_length};
}

void
nf_record_counts_add (NfRecordCounts *counts, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_SET:
        counts->unknown |=
            event->set->kind == NF_SET_DATA && !event->use.binding && event->set->span.length > 4;
        return;
    case NF_EVENT_TEMPLATE:
    case NF_EVENT_WITHDRAWAL:
        counts->templates++;
        return;
    case NF_EVENT_RECORD:
        *(event->binding->tmpl->options ? &counts->options : &counts->flows) += 1;
        return;
    case NF_EVENT_UNDECODED:
        counts->unknown |= event->in_set;
        return;
    default:
        return;
    }
}

const char *
nf_unit_name (NfSequenceUnit unit)
{
    static const char *const names[NF_N_UNITS] = {
        [NF_UNIT_MESSAGES] = "Messages",
        [NF_UNIT_RECORDS] = "Data Records",
        [NF_UNIT_RECORDS_INCLUDING] = "Data Records, this Message's included",
        [NF_UNIT_FLOWS] = "flows",
        [NF_UNIT_RECORDS_AND_TEMPLATES] = "Data Records and Templates",
    };

    g_return_val_if_fail (unit < NF_N_UNITS, NULL);
    return names[unit];
}

NfSequenceUnit
nf_unit_of_version (guint version)
{
    return version == 9 ? NF_UNIT_MESSAGES : NF_UNIT_RECORDS;
}

/* What a Message adds to the sequence number in this unit. */
static guint32
step_of (NfSequenceUnit unit, const NfRecordCounts *counts)
{
    switch (unit) {
    case NF_UNIT_MESSAGES:
        return 1;
    case NF_UNIT_FLOWS:
        return (guint32)counts->flows;
    case NF_UNIT_RECORDS_AND_TEMPLATES:
        return (guint32)(counts->flows + counts->options + counts->templates);
    default:
        return (guint32)(counts->flows + counts->options);
    }
}

/* How `sequence` compares with what is expected. */
static NfSequenceOrder
compare (guint32 sequence, guint32 expected, gboolean restarted)
{
    guint32 ahead = sequence - expected, behind = expected - sequence;

    if (ahead == 0)
        return NF_ORDER_NEXT;
    if (restarted)
        return NF_ORDER_RESET;
    if (ahead < GAP_WINDOW)
        return NF_ORDER_GAP;
    return behind <= LATE_WINDOW ? NF_ORDER_LATE : NF_ORDER_RESET;
}

/* Judges one hypothesis by a Message, and lets it expect the next one. */
static NfSequenceOrder
judge (Hypothesis *h, NfSequenceUnit unit, guint32 sequence, const NfRecordCounts *counts,
       gboolean restarted, NfTrack *track)
{
    guint32 step = step_of (unit, counts);
    gboolean including = unit == NF_UNIT_RECORDS_INCLUDING;
    gboolean countable = !counts->unknown || unit == NF_UNIT_MESSAGES;
    NfSequenceOrder order = NF_ORDER_UNKNOWN;

    if (h->sure && (countable || !including)) {
        track->expected = including ? h->next + step : h->next;
        order = compare (sequence, track->expected, restarted);
        track->lost = order == NF_ORDER_GAP ? sequence - track->expected : 0;
        h->lost += track->lost;
        h->hits += order == NF_ORDER_NEXT && step > 0;
        h->misses += order != NF_ORDER_NEXT;
        if (order == NF_ORDER_LATE)
            h->lost -= MIN (h->lost, step);
    }
    if (order == NF_ORDER_LATE) /* the next one is expected all the same */
        return order;
    h->sure = countable || including;
    h->next = including ? sequence : sequence + step;
    return order;
}

/* The unit that fits: the version's own, unless another one was right far more often. */
static NfSequenceUnit
best_unit (const Domain *d, guint version)
{
    NfSequenceUnit own = nf_unit_of_version (version), best = own;
    guint32 wrong = d->units[own].misses;

    if (version < 9 || wrong < CONVINCING)
        return own;
    for (guint i = 0; i < NF_N_UNITS; i++)
        if (d->units[i].hits >= CONVINCING && d->units[i].misses < d->units[best].misses &&
            d->units[i].misses <= wrong / BETTER)
            best = (NfSequenceUnit)i;
    return best;
}

/* Whether another unit, which was right no less often than this one so far, was right again. */
static gboolean
has_rival (const Domain *d, NfSequenceUnit unit, const NfTrack by_unit[NF_N_UNITS])
{
    for (guint i = 0; i < NF_N_UNITS; i++)
        if (i != unit && by_unit[i].order == NF_ORDER_NEXT && d->units[i].hits > 0 &&
            d->units[i].hits >= d->units[unit].hits)
            return TRUE;
    return FALSE;
}

static Domain *
find_domain (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message)
{
    Domain probe = {.key = nf_domain_key (datagram, message),
                    /* each of v8's schemes counts by itself */
                    .stream = message->aggregation ? message->aggregation : datagram->stream};
    Domain *domain = g_hash_table_lookup (tracker->domains, &probe);

    if (domain || g_hash_table_size (tracker->domains) >= MAX_DOMAINS)
        return domain;
    domain = g_memdup2 (&probe, sizeof probe);
    g_hash_table_add (tracker->domains, domain);
    return domain;
}

/* ---- copies ---- */

static guint
print_of (const NfDatagram *datagram)
{
    gsize n = MIN (datagram->length, PRINT_LENGTH);
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, datagram->length);
    nf_hash_add_octets (&hash, datagram->octets, n);
    nf_hash_add_octets (&hash, datagram->octets + datagram->length - n, n);
    return nf_hash_end (&hash);
}

/* The Message among the last ones that this one is a copy of, or NULL. Takes note of it. */
static const Recent *
find_copy (Domain *d, const NfDatagram *datagram)
{
    guint print = print_of (datagram);

    for (guint i = 0; i < MIN (d->n_recent, N_RECENT); i++)
        if (d->recent[i].print == print)
            return &d->recent[i];
    d->recent[d->n_recent++ % N_RECENT] = (Recent){print, datagram->packet};
    return NULL;
}

/* ---- what is to be said ---- */

static void
say (GArray *findings, NfFindingId id, NfSpan span, guint64 a, guint64 b)
{
    NfFinding finding = {.id = id, .span = span, .args = {a, b}};

    g_array_append_val (findings, finding);
}

/* What the Message's sequence number says of those before it. */
static void
say_order (const NfMessage *message, const NfTrack *track, GArray *findings)
{
    static const NfFindingId gaps[NF_N_UNITS] = {
        [NF_UNIT_MESSAGES] = NF_FINDING_SEQUENCE_GAP_MESSAGES,
        [NF_UNIT_RECORDS] = NF_FINDING_SEQUENCE_GAP_RECORDS,
        [NF_UNIT_RECORDS_INCLUDING] = NF_FINDING_SEQUENCE_GAP_RECORDS,
        [NF_UNIT_FLOWS] = NF_FINDING_SEQUENCE_GAP_FLOWS,
        [NF_UNIT_RECORDS_AND_TEMPLATES] = NF_FINDING_SEQUENCE_GAP_RECORDS,
    };
    NfSpan span = nf_message_sequence_span (message->version);
    guint32 sequence = message->sequence;

    if (track->order == NF_ORDER_GAP)
        say (findings, message->version < 9 ? NF_FINDING_SEQUENCE_GAP_FLOWS : gaps[track->unit],
             span, track->lost, track->expected);
    else if (track->order == NF_ORDER_LATE)
        say (findings, NF_FINDING_SEQUENCE_LATE, span, sequence, track->expected);
    else if (track->order == NF_ORDER_RESET)
        say (findings, NF_FINDING_SEQUENCE_RESET, span, sequence, track->expected);
}

/* That the numbers count in another unit than the version's: once. */
static void
say_unit (Domain *d, const NfMessage *message, NfSequenceUnit unit, GArray *findings)
{
    static const NfFindingId units[NF_N_UNITS] = {
        [NF_UNIT_MESSAGES] = NF_FINDING_SEQUENCE_UNIT_MESSAGES,
        [NF_UNIT_RECORDS] = NF_FINDING_SEQUENCE_UNIT_RECORDS,
        [NF_UNIT_RECORDS_INCLUDING] = NF_FINDING_SEQUENCE_UNIT_INCLUDING,
        [NF_UNIT_FLOWS] = NF_FINDING_SEQUENCE_UNIT_FLOWS,
        [NF_UNIT_RECORDS_AND_TEMPLATES] = NF_FINDING_SEQUENCE_UNIT_TEMPLATES,
    };

    if (d->unit_told || unit == nf_unit_of_version (message->version))
        return;
    d->unit_told = TRUE;
    say (findings, units[unit], nf_message_sequence_span (message->version), 0, 0);
}

/* ---- two processes behind one address ---- */

/* A jump of the sequence number: whether it goes on where another process left off. */
static gboolean
takes_turn (Domain *d, const NfMessage *message, NfTrack *track, GArray *findings)
{
    guint32 jump = message->sequence - track->expected;
    Other *other = &d->other;
    gboolean is_turn = other->sure && message->sequence == other->next;

    if (jump <= LATE_WINDOW || -jump <= LATE_WINDOW)
        return FALSE; /* what was lost or overtaken, most likely */
    if (is_turn && ++other->turns >= TURNS && !other->told) {
        other->told = TRUE;
        say (findings, NF_FINDING_EXPORTER_SHARED, nf_message_sequence_span (message->version),
             track->expected, message->sequence);
    }
    other->next = track->expected;
    other->sure = TRUE;
    return is_turn;
}

/* Whether two times of a start, in milliseconds, are the same. */
static gboolean
is_same_start (gint64 a, gint64 b)
{
    return ABS (a - b) <= SAME_START_MS;
}

/* Compares uptimes. Returns whether the exporter started again. */
static gboolean
note_uptime (Domain *d, const NfMessage *message, GArray *findings)
{
    NfSpan span = nf_message_uptime_span (message->version);
    gint64 start_ms = (gint64)message->export_time_s * 1000 - message->sys_uptime_ms;
    gboolean went_back = (gint32)(message->sys_uptime_ms - d->uptime_ms) < -RESTART_MS;
    gboolean is_other = d->seen && !is_same_start (start_ms, d->start_ms), is_turn = FALSE;
    guint32 before_s = d->uptime_ms / 1000, now_s = message->sys_uptime_ms / 1000;
    Other *other = &d->other;

    if (span.length == 0)
        return FALSE;
    if (is_other) {
        is_turn = ABS (start_ms - d->start_ms) > RESTART_MS && other->start_ms != 0 &&
                  is_same_start (start_ms, other->start_ms);
        other->start_ms = d->start_ms;
        if (is_turn && ++other->turns >= TURNS && !other->told) {
            other->told = TRUE;
            say (findings, NF_FINDING_EXPORTER_SHARED_UPTIME, span, before_s, now_s);
        }
    }
    d->uptime_ms = message->sys_uptime_ms;
    d->start_ms = start_ms;
    if (!is_other || !went_back || is_turn)
        return FALSE;
    say (findings, NF_FINDING_UPTIME_RESET, span, before_s, now_s);
    return TRUE;
}

/* ---- all together ---- */

/* What each unit makes of the Message, and the one that fits. */
static void
judge_all (Domain *d, const NfMessage *message, const NfRecordCounts *counts, gboolean restarted,
           NfTrack *track, GArray *findings)
{
    NfTrack by_unit[NF_N_UNITS] = {{.order = NF_ORDER_UNKNOWN}};

    for (guint i = 0; i < NF_N_UNITS; i++)
        by_unit[i].order = judge (&d->units[i], (NfSequenceUnit)i, message->sequence, counts,
                                  restarted, &by_unit[i]);
    track->unit = best_unit (d, message->version);
    track->order = by_unit[track->unit].order;
    track->expected = by_unit[track->unit].expected;
    track->lost = by_unit[track->unit].lost;
    say_unit (d, message, track->unit, findings);
    if (track->order <= NF_ORDER_NEXT)
        return;
    if (takes_turn (d, message, track, findings) || has_rival (d, track->unit, by_unit)) {
        track->order = NF_ORDER_UNKNOWN;
        d->units[track->unit].lost -= track->lost;
        track->lost = 0;
    }
    if (!restarted)
        say_order (message, track, findings);
}

void
nf_tracker_note (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message,
                 const NfRecordCounts *counts, NfTrack *track, GArray *findings)
{
    Domain *d = find_domain (tracker, datagram, message);
    NfRecordCounts known = *counts;
    const Recent *copy;

    *track = (NfTrack){.order = NF_ORDER_UNKNOWN, .unit = nf_unit_of_version (message->version)};
    if (!d)
        return;
    track->unit = best_unit (d, message->version);
    track->has_last = d->seen;
    track->packet = d->packet;
    copy = find_copy (d, datagram);
    if (copy && message->sequence != d->units[track->unit].next) {
        track->order = NF_ORDER_COPY;
        track->lost_all = d->units[track->unit].lost;
        say (findings, NF_FINDING_SEQUENCE_COPY, nf_message_sequence_span (message->version),
             copy->packet, 0);
        return;
    }
    known.unknown |=
        !nf_message_has_templates (message) && nf_message_layout (message) == NF_N_FIXED;

    gboolean restarted = note_uptime (d, message, findings);

    if (nf_version_has (message->version, NF_HEADER_SEQUENCE))
        judge_all (d, message, &known, restarted, track, findings);
    track->lost_all = d->units[track->unit].lost;
    d->seen = TRUE;
    d->packet = datagram->packet;
}
