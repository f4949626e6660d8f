/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sequence numbers: expectation, loss, and the unit they count in. */
#include "tracker.h"

#include "domain.h"

/* More domains than a capture has that is not made to fill memory; some 150 octets each. */
#define MAX_DOMAINS 1000000

/* So far back a number may be of a datagram that was overtaken; beyond it the count began anew. */
#define LATE_WINDOW 1000

/* So far ahead a number is a gap; beyond it nobody lost so much: the count began anew. */
#define GAP_WINDOW (1u << 24)

/* An uptime so far back, in milliseconds, is that of an exporter that started again, not that of a
 * datagram which was overtaken. */
#define RESTART_MS 60000

/* A unit replaces the version's own when it was right so many times more often. */
#define CONVINCING 3

/* One hypothesis: the sequence numbers count in this unit. */
typedef struct {
    guint32 next;  /* what it expects; of RECORDS_INCLUDING, less the records of that Message */
    guint32 hits;  /* how often it was right where that was no matter of course */
    guint64 lost;  /* in this unit */
    gboolean sure; /* whether `next` is known */
} Hypothesis;

typedef struct {
    NfDomainKey key;
    guint16 stream;
    guint64 packet; /* of the last Message */
    guint32 uptime_ms;
    Hypothesis units[NF_N_UNITS];
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

    if (version < 9)
        return own;
    for (guint i = 0; i < NF_N_UNITS; i++)
        if (d->units[i].hits > d->units[best].hits)
            best = (NfSequenceUnit)i;
    return d->units[best].hits >= CONVINCING * (d->units[own].hits + 1) ? best : own;
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

void
nf_tracker_note (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message,
                 const NfRecordCounts *counts, NfTrack *track)
{
    Domain *d = find_domain (tracker, datagram, message);
    NfTrack by_unit[NF_N_UNITS] = {{.order = NF_ORDER_UNKNOWN}};
    NfRecordCounts known = *counts;

    *track = (NfTrack){.order = NF_ORDER_UNKNOWN, .unit = nf_unit_of_version (message->version)};
    if (!d)
        return;
    known.unknown |=
        !nf_message_has_templates (message) && nf_message_layout (message) == NF_N_FIXED;

    gboolean seen = d->units[NF_UNIT_MESSAGES].sure; /* which every Message makes sure */
    gboolean restarted = seen && message->version <= 9 &&
                         (gint32)(message->sys_uptime_ms - d->uptime_ms) < -RESTART_MS;

    if (nf_version_has (message->version, NF_HEADER_SEQUENCE))
        for (guint i = 0; i < NF_N_UNITS; i++)
            by_unit[i].order = judge (&d->units[i], (NfSequenceUnit)i, message->sequence, &known,
                                      restarted, &by_unit[i]);
    track->unit = best_unit (d, message->version);
    track->order = by_unit[track->unit].order;
    track->expected = by_unit[track->unit].expected;
    track->lost = by_unit[track->unit].lost;
    track->lost_all = d->units[track->unit].lost;
    track->has_last = d->packet != 0 || seen;
    track->packet = d->packet;
    d->packet = datagram->packet;
    d->uptime_ms = message->sys_uptime_ms;
}
