/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sequence numbers: expectation, loss, and the unit they count in. */
#include "tracker-private.h"

#include "shortcut.h"

/* So far ahead a number is a gap; beyond it nobody lost so much: the count began anew. */
#define GAP_WINDOW (1u << 24)

/* Another unit is meant when it was right so often where the one taken so far was wrong, */
#define CONVINCING 3
/* or so often, if it was said that that one is meant, */
#define REVISING 30
/* and so many times as often as it was the other way round. */
#define BETTER 4

struct _NfTracker {
    guint max_domains;
    GHashTable *domains;     /* set of NfTracked */
    GQueue by_use;           /* of NfTracked, the one heard of last first */
    NfShortcuts shortcuts;   /* to them; none is freed before the end */
    gboolean forgets;        /* it has been said */
    gboolean any_unforeseen; /* there are domains that nf_tracker_foresee() leaves out */
    guint n_coming;          /* late Messages known beforehand */
};

/* Of an NfTrackKey, with which an NfTracked begins. */
static guint
key_hash (gconstpointer key)
{
    const NfTrackKey *k = key;

    return nf_domain_key_hash (&k->domain) + k->stream;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
    const NfTrackKey *x = a, *y = b;

    return x->stream == y->stream && nf_domain_key_equal (&x->domain, &y->domain);
}

static void
clear_domain (NfTracked *d)
{
    nf_tracked_clear_late (&d->late);
    nf_tracked_clear_prints (d);
    g_free (d->others);
}

static void
free_domain (gpointer domain)
{
    clear_domain (domain);
    g_free (domain);
}

NfTracker *
nf_tracker_new (const NfLimits *limits)
{
    NfTracker *tracker = g_new0 (NfTracker, 1);

    tracker->max_domains = (limits ? limits : &nf_default_limits)->max_domains;
    tracker->domains = g_hash_table_new_full (key_hash, key_equal, free_domain, NULL);
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

/* What a Message adds to the sequence number, by unit. */
static void
count_steps (guint32 steps[NF_N_UNITS], const NfRecordCounts *counts)
{
    guint32 flows = (guint32)counts->flows, records = flows + (guint32)counts->options;

    steps[NF_UNIT_MESSAGES] = 1;
    steps[NF_UNIT_RECORDS] = steps[NF_UNIT_RECORDS_INCLUDING] = records;
    steps[NF_UNIT_FLOWS] = flows;
    steps[NF_UNIT_RECORDS_AND_TEMPLATES] = records + (guint32)counts->templates;
}

/* When a Message comes, besides its number. */
typedef struct {
    gboolean restarted; /* the exporter's uptime says that it started again */
    gboolean newer;     /* exported later than all before: nothing overtook it */
} When;

/* How `sequence` compares with what is expected. */
static NfSequenceOrder
compare (guint32 sequence, guint32 expected, When when)
{
    guint32 ahead = sequence - expected, behind = expected - sequence;

    if (ahead == 0)
        return NF_ORDER_NEXT;
    if (when.restarted)
        return NF_ORDER_RESET;
    if (ahead < GAP_WINDOW)
        return NF_ORDER_GAP;
    return behind <= NF_LATE_WINDOW && !when.newer ? NF_ORDER_LATE : NF_ORDER_RESET;
}

/* Judges one hypothesis by a Message that adds `step`, and lets it expect the next one. `by`, all
 * zero, becomes the judgement. */
static void
judge (NfHypothesis *h, NfSequenceUnit unit, const NfHeard *heard, guint32 step, When when,
       NfByUnit *by)
{
    guint32 sequence = heard->sequence;
    gboolean including = unit == NF_UNIT_RECORDS_INCLUDING;
    gboolean countable = !heard->counts.unknown || unit == NF_UNIT_MESSAGES;

    if (h->sure && (countable || !including)) {
        by->expected = including ? h->next + step : h->next;
        by->order = compare (sequence, by->expected, when);
    }
    switch (by->order) {
    case NF_ORDER_NEXT:
        h->hits += step > 0;
        break;
    case NF_ORDER_GAP:
        by->lost = sequence - by->expected;
        h->lost += by->lost;
        h->misses++;
        break;
    case NF_ORDER_LATE: /* the next one is expected all the same */
        by->found = (guint32)MIN (h->lost, step);
        h->lost -= by->found;
        h->misses++;
        return;
    case NF_ORDER_RESET:
        h->misses += !when.restarted;
        break;
    default:
        break;
    }
    h->sure = countable || including;
    h->next = including ? sequence : sequence + step;
}

/* Notes which units were right where others were wrong: what is lost proves all of them wrong, and
 * so does not tell. */
static void
compare_units (NfTracked *d, const NfByUnit by_unit[NF_N_UNITS], const guint32 steps[NF_N_UNITS])
{
    for (guint i = 0; i < NF_N_UNITS; i++)
        if (by_unit[i].order == NF_ORDER_NEXT && steps[i] > 0)
            for (guint j = 0; j < NF_N_UNITS; j++)
                d->units[i].outdid[j] += by_unit[j].order > NF_ORDER_NEXT;
}

/* The unit that fits: the one that did so far, unless another one was right far more often. */
static NfSequenceUnit
best_unit (const NfTracked *d)
{
    NfSequenceUnit best = d->unit;
    guint32 least = d->unit_told ? REVISING : CONVINCING;

    for (guint i = 0; i < NF_N_UNITS; i++) {
        guint32 right = d->units[i].outdid[d->unit];

        if (right < least || right / BETTER < d->units[d->unit].outdid[i])
            continue;
        if (best == d->unit || d->units[i].outdid[best] > d->units[best].outdid[i])
            best = (NfSequenceUnit)i;
    }
    return best;
}

/* Takes the unit that fits. While the one taken so far is right, nothing new speaks for another. */
static void
choose_unit (NfTracked *d, const NfByUnit by_unit[NF_N_UNITS])
{
    NfSequenceUnit before = d->unit;

    if (d->unit_fits && by_unit[before].order <= NF_ORDER_NEXT)
        return;
    d->unit = best_unit (d);
    d->unit_fits = d->unit == before;
}

/* Which other units may be the one that is meant, a bit for each: it was right where this one was
 * wrong more often than the other way round; it was right no less often than this one so far and
 * was right again; or it could not be asked while this one has not proved itself. */
static guint
find_rivals (const NfTracked *d, NfSequenceUnit unit, const NfByUnit by_unit[NF_N_UNITS])
{
    const NfHypothesis *own = &d->units[unit];
    guint rivals = 0;

    for (guint i = 0; i < NF_N_UNITS; i++) {
        const NfHypothesis *h = &d->units[i];

        if (i == unit)
            continue;
        if (h->outdid[unit] > own->outdid[i] ||
            (by_unit[i].order == NF_ORDER_NEXT && h->hits >= own->hits &&
             (h->hits > 0 || by_unit[unit].order != NF_ORDER_GAP)) ||
            (by_unit[i].order == NF_ORDER_UNKNOWN && own->hits < own->misses))
            rivals |= 1u << i;
    }
    return rivals;
}

/* Forgets the domain longest silent. Returns where another one may stand, all zero. */
static NfTracked *
forget (NfTracker *tracker, GArray *findings)
{
    NfTracked *oldest = g_queue_pop_tail_link (&tracker->by_use)->data;

    g_hash_table_steal (tracker->domains, oldest);
    clear_domain (oldest);
    memset (oldest, 0, sizeof *oldest);
    if (!tracker->forgets)
        nf_tracked_say (findings, NF_FINDING_LIMIT_TRACKED, (NfSpan){0, 0}, tracker->max_domains,
                        0);
    tracker->forgets = TRUE;
    return oldest;
}

static NfTracked *
find_domain (NfTracker *tracker, const NfTrackKey *key, GArray *findings)
{
    gpointer *place = nf_shortcut (&tracker->shortcuts, &key->domain.exporter, key->domain.id);
    NfTracked *domain = *place;

    if (!domain || !key_equal (&domain->key, key))
        domain = g_hash_table_lookup (tracker->domains, key);
    if (domain && tracker->by_use.head == &domain->by_use) /* that of the Message before */
        return domain;
    if (domain) {
        g_queue_unlink (&tracker->by_use, &domain->by_use);
    } else {
        domain = g_hash_table_size (tracker->domains) >= tracker->max_domains
                     ? forget (tracker, findings)
                     : g_new0 (NfTracked, 1);
        domain->key = *key;
        domain->unit = nf_unit_of_version (key->domain.version);
        domain->by_use.data = domain;
        tracker->any_unforeseen |= !nf_version_has (key->domain.version, NF_HEADER_SEQUENCE);
        g_hash_table_add (tracker->domains, domain);
    }
    g_queue_push_head_link (&tracker->by_use, &domain->by_use);
    *place = domain;
    return domain;
}

/* ---- what is to be said ---- */

/* What the Message's sequence number says of those before it. */
static void
say_order (const NfTracked *d, guint32 sequence, const NfTrack *track, GArray *findings)
{
    guint version = d->key.domain.version;
    NfSpan span = nf_message_sequence_span (version);

    if (track->order == NF_ORDER_GAP)
        nf_tracked_say (findings, nf_tracked_gap_finding (version, track->unit, FALSE), span,
                        track->lost, track->expected);
    else if (track->order == NF_ORDER_LATE)
        nf_tracked_say (findings, NF_FINDING_SEQUENCE_LATE, span, sequence, track->expected);
    else if (track->order == NF_ORDER_RESET)
        nf_tracked_say (findings, NF_FINDING_SEQUENCE_RESET, span, sequence, track->expected);
}

/* That the numbers count in another unit than the version's: once. */
static void
say_unit (NfTracked *d, NfSequenceUnit unit, GArray *findings)
{
    guint version = d->key.domain.version;
    static const NfFindingId units[NF_N_UNITS] = {
        [NF_UNIT_MESSAGES] = NF_FINDING_SEQUENCE_UNIT_MESSAGES,
        [NF_UNIT_RECORDS] = NF_FINDING_SEQUENCE_UNIT_RECORDS,
        [NF_UNIT_RECORDS_INCLUDING] = NF_FINDING_SEQUENCE_UNIT_INCLUDING,
        [NF_UNIT_FLOWS] = NF_FINDING_SEQUENCE_UNIT_FLOWS,
        [NF_UNIT_RECORDS_AND_TEMPLATES] = NF_FINDING_SEQUENCE_UNIT_TEMPLATES,
    };

    if (d->unit_told || unit == nf_unit_of_version (version))
        return;
    d->unit_told = TRUE;
    nf_tracked_say (findings, units[unit], nf_message_sequence_span (version), 0, 0);
}

/* That the number stays as it is, whatever comes: once. */
static void
say_unchanged (NfTracked *d, GArray *findings)
{
    if (++d->unchanged < CONVINCING || d->unit_told)
        return;
    d->unit_told = TRUE;
    nf_tracked_say (findings, NF_FINDING_SEQUENCE_UNIT_NONE,
                    nf_message_sequence_span (d->key.domain.version), 0, 0);
}

/* ---- all together ---- */

/* Claims neither that anything was lost nor that it is there. */
static void
withdraw (NfHypothesis *h, NfTrack *track)
{
    h->lost = h->lost + track->found - track->lost;
    track->lost = track->found = 0;
}

/* What was counted as lost in the old unit is taken back for what it is in the new one. */
static void
change_unit (NfTracked *d, NfTrack *track)
{
    if (track->unit == track->found_unit)
        return;
    d->held.lost = 0;
    nf_tracked_drop_doubt (d, track);
    g_clear_pointer (&d->late.waiting, g_array_unref);
    g_clear_pointer (&d->late.claimed, g_array_unref);
    track->lost = (guint32)MIN (d->units[track->unit].lost, G_MAXUINT32);
    track->found = (guint32)MIN (track->lost_all, G_MAXUINT32);
}

/* What each unit makes of the Message, and the one that fits. */
static void
judge_all (NfTracked *d, const NfHeard *heard, When when, NfTrack *track, GArray *findings)
{
    NfByUnit by_unit[NF_N_UNITS] = {{.order = NF_ORDER_UNKNOWN}};
    gboolean is_doubtful;
    NfHypothesis *h;
    guint rivals;

    for (guint i = 0; i < NF_N_UNITS; i++)
        judge (&d->units[i], (NfSequenceUnit)i, heard, track->steps[i], when, &by_unit[i]);
    if (!when.restarted)
        compare_units (d, by_unit, track->steps);
    choose_unit (d, by_unit);
    track->unit = d->unit;
    track->order = by_unit[track->unit].order;
    track->expected = by_unit[track->unit].expected;
    track->hindsight |= track->order == NF_ORDER_GAP || track->order == NF_ORDER_LATE;
    track->lost = by_unit[track->unit].lost;
    track->found = by_unit[track->unit].found;
    say_unit (d, track->unit, findings);
    if (track->order == NF_ORDER_NEXT && d->held.lost > 0)
        nf_tracked_confirm_gap (d, heard, track, findings);
    if (track->order == NF_ORDER_NEXT && d->doubt.lost > 0)
        nf_tracked_settle (d, heard, track, findings);
    if (track->order == NF_ORDER_LATE)
        nf_tracked_fill_doubt (d, heard, track);
    if (track->order <= NF_ORDER_NEXT)
        return;
    h = &d->units[track->unit];
    is_doubtful = nf_tracked_has_doubts (d, track, by_unit);
    rivals = find_rivals (d, track->unit, by_unit);
    if (is_doubtful) {
        nf_tracked_hold_gap (d, heard, track, rivals);
        withdraw (h, track);
    }
    if (rivals != 0) {
        if (track->order == NF_ORDER_GAP && !is_doubtful && !nf_tracked_awaits (d, heard, track))
            nf_tracked_doubt (d, heard, track, rivals);
        withdraw (h, track);
        track->order = NF_ORDER_UNKNOWN;
    } else if (nf_tracked_takes_turn (d, heard, track, findings)) {
        d->held.lost = 0;
        h->lost -= track->lost;
        h->lost -= MIN (h->lost, track->found);
        track->lost = 0;
        track->order = NF_ORDER_UNKNOWN;
    } else if (is_doubtful) {
        track->order = NF_ORDER_UNKNOWN;
    } else if (track->order == NF_ORDER_GAP && nf_tracked_awaits (d, heard, track)) {
        withdraw (h, track);
        track->order = NF_ORDER_UNKNOWN;
    } else if (track->order == NF_ORDER_LATE) {
        nf_tracked_note_late (d, heard, track, findings);
    }
    if (track->order == NF_ORDER_GAP)
        nf_tracked_note_gap (d, heard, track);
    if (!when.restarted)
        say_order (d, heard->sequence, track, findings);
}

static void
judge_sequence (NfTracked *d, const NfHeard *heard, When when, NfTrack *track, GArray *findings)
{
    if (!nf_version_has (d->key.domain.version, NF_HEADER_SEQUENCE))
        return;
    if (d->seen && heard->sequence == d->sequence && d->had_flows && heard->counts.flows > 0)
        say_unchanged (d, findings);
    else
        judge_all (d, heard, when, track, findings);
}

/* Whether the Message is one that came before; says so. */
static gboolean
is_copy (NfTracked *d, const NfHeard *heard, NfTrack *track, GArray *findings)
{
    guint32 due = d->units[track->unit].next;
    const NfRecent *copy;

    if (track->unit == NF_UNIT_RECORDS_INCLUDING)
        due += track->steps[track->unit];
    copy = heard->sequence == due ? NULL : nf_tracked_find_copy (d, heard);
    if (!copy) {
        nf_tracked_keep_print (d, heard);
        return FALSE;
    }
    track->order = NF_ORDER_COPY;
    track->expected = due;
    nf_tracked_say (findings, NF_FINDING_SEQUENCE_COPY,
                    nf_message_sequence_span (d->key.domain.version),
                    nf_tracked_packet (copy->packet, copy->file, heard), 0);
    return TRUE;
}

void
nf_tracker_foresee_heard (NfTracker *tracker, const NfTrackKey *key, const NfHeard *heard)
{
    if (nf_version_has (key->domain.version, NF_HEADER_SEQUENCE) &&
        g_hash_table_size (tracker->domains) < tracker->max_domains)
        nf_tracked_foresee (find_domain (tracker, key, NULL), heard, &tracker->n_coming);
}

void
nf_tracker_foresee (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message)
{
    const NfTrackKey key = nf_track_key (datagram, message);
    const NfHeard heard = {.order = datagram->order,
                           .sequence = message->sequence,
                           .export_time_s = message->export_time_s};

    nf_tracker_foresee_heard (tracker, &key, &heard);
}

void
nf_tracker_note_heard (NfTracker *tracker, const NfTrackKey *key, const NfHeard *heard,
                       NfTrack *track, GArray *findings)
{
    NfTracked *d = find_domain (tracker, key, findings);
    When when = {.newer = d->seen && (gint32)(heard->export_time_s - d->export_time_s) > 0};

    *track = (NfTrack){.unit = d->unit,
                       .found_unit = d->unit,
                       .has_last = d->seen,
                       .packet = d->packet,
                       .lost_all = d->units[d->unit].lost,
                       /* what is foreseen is in place before what is not, and is forgotten later */
                       .hindsight = tracker->forgets && tracker->any_unforeseen};
    count_steps (track->steps, &heard->counts);
    d->late.to_come -= MIN (d->late.to_come, 1);
    if (is_copy (d, heard, track, findings))
        return;
    when.restarted = nf_tracked_note_uptime (d, heard, findings);
    judge_sequence (d, heard, when, track, findings);
    change_unit (d, track);
    track->lost_all = d->units[track->unit].lost;
    if (track->order != NF_ORDER_LATE)
        d->export_time_s = heard->export_time_s;
    d->seen = TRUE;
    d->packet = heard->packet;
    d->sequence = heard->sequence;
    d->had_flows = heard->counts.flows > 0;
}

void
nf_tracker_note (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message,
                 const NfRecordCounts *counts, NfTrack *track, GArray *findings)
{
    const NfTrackKey key = nf_track_key (datagram, message);
    const NfHeard heard = nf_heard (datagram, message, counts);

    nf_tracker_note_heard (tracker, &key, &heard, track, findings);
}
