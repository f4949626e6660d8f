/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages that are overtaken, where it is known beforehand that they come. */
#include "tracker-private.h"

/* Messages that come late, of all domains, of which that is known beforehand; 16 octets each. */
#define MAX_COMING (1u << 20)

/* So many of a domain's next ones are looked at. */
#define MAX_AHEAD 64

/* Gaps of a domain that may turn out to be none. */
#define MAX_CLAIMED 16

/* One that was overtaken. */
typedef struct {
    guint64 order; /* of its datagram */
    guint32 sequence;
} Coming;

/* A gap in which Messages are still to come. */
typedef struct {
    guint32 first, span; /* the numbers that they may have */
    guint32 lost;        /* what has not come so far */
    guint64 packet;      /* of the Message behind the gap, */
    guint64 order;       /* of its datagram, */
    guint file;          /* and the file it is in */
    NfFindingId said;
} Waiting;

void
nf_tracked_clear_late (NfLate *late)
{
    g_clear_pointer (&late->coming, g_array_unref);
    g_clear_pointer (&late->waiting, g_array_unref);
    g_clear_pointer (&late->claimed, g_array_unref);
}

void
nf_tracked_foresee (NfTracked *d, const NfHeard *heard, guint *n)
{
    NfLate *late = &d->late;
    Coming coming = {heard->order, heard->sequence};
    gboolean is_newer = (gint32)(heard->export_time_s - late->export_time_s) > 0;

    late->to_come++;
    if (!late->any || is_newer || heard->sequence == late->last ||
        late->last - heard->sequence > NF_LATE_WINDOW) {
        late->any = TRUE;
        late->last = heard->sequence;
        late->export_time_s = heard->export_time_s;
    } else if (*n < MAX_COMING) {
        if (!late->coming)
            late->coming = g_array_new (FALSE, FALSE, sizeof (Coming));
        g_array_append_val (late->coming, coming);
        ++*n;
    }
}

/* Whether a Message with one of `span` numbers from `first` on comes behind that datagram. */
static gboolean
is_coming (NfLate *late, const NfHeard *heard, guint32 first, guint32 span)
{
    const Coming *coming = late->coming ? (const Coming *)(gpointer)late->coming->data : NULL;
    guint n = late->coming ? late->coming->len : 0;

    while (late->at < n && coming[late->at].order <= heard->order)
        late->at++;
    for (guint i = late->at; i < n && i - late->at < MAX_AHEAD; i++)
        if (coming[i].sequence - first < span)
            return TRUE;
    return FALSE;
}

/* The gap before a Message. */
static Waiting
gap_of (const NfHeard *heard, const NfTrack *track)
{
    Waiting gap = {.first = track->expected,
                   .span = track->lost,
                   .lost = track->lost,
                   .packet = heard->packet,
                   .order = heard->order,
                   .file = heard->file};

    if (track->unit == NF_UNIT_RECORDS_INCLUDING) /* a Message's number is behind its records */
        gap.first = track->expected - track->steps[track->unit] + 1;
    return gap;
}

/* The one that a number belongs in, or NULL. */
static Waiting *
find_gap (GArray *gaps, guint32 sequence, guint *index)
{
    for (*index = 0; gaps && *index < gaps->len; ++*index) {
        Waiting *gap = &g_array_index (gaps, Waiting, *index);

        if (sequence - gap->first < gap->span)
            return gap;
    }
    return NULL;
}

static void
keep_gap (GArray **gaps, const Waiting *gap)
{
    if (!*gaps)
        *gaps = g_array_new (FALSE, FALSE, sizeof (Waiting));
    g_array_append_vals (*gaps, gap, 1);
}

void
nf_tracked_note_gap (NfTracked *d, const NfHeard *heard, const NfTrack *track)
{
    Waiting gap = gap_of (heard, track);

    gap.said = nf_tracked_gap_finding (d->key.domain.version, track->unit, FALSE);
    if (d->late.claimed && d->late.claimed->len == MAX_CLAIMED)
        g_array_remove_index (d->late.claimed, 0);
    keep_gap (&d->late.claimed, &gap);
}

gboolean
nf_tracked_awaits (NfTracked *d, const NfHeard *heard, const NfTrack *track)
{
    Waiting waiting = gap_of (heard, track);

    if (track->lost > NF_LATE_WINDOW || !is_coming (&d->late, heard, waiting.first, waiting.span))
        return FALSE;
    keep_gap (&d->late.waiting, &waiting);
    return TRUE;
}

/* What is there of a gap that was said. */
static void
fill_claimed (NfTracked *d, const NfHeard *heard, NfTrack *track)
{
    guint i;
    Waiting *gap = find_gap (d->late.claimed, heard->sequence, &i);

    if (!gap)
        return;
    gap->lost -= MIN (gap->lost, track->found);
    if (gap->lost > 0)
        return;
    track->filled = gap->order;
    track->filled_finding = gap->said;
    g_array_remove_index (d->late.claimed, i);
}

void
nf_tracked_note_late (NfTracked *d, const NfHeard *heard, NfTrack *track, GArray *findings)
{
    guint version = d->key.domain.version;
    guint i;
    Waiting *gap = find_gap (d->late.waiting, heard->sequence, &i);

    if (!gap) {
        fill_claimed (d, heard, track);
        return;
    }
    d->units[track->unit].lost += track->found; /* that was lost elsewhere */
    track->found = 0;
    gap->lost -= MIN (gap->lost, track->steps[track->unit]);
    if (gap->lost > 0 && is_coming (&d->late, heard, gap->first, gap->span))
        return;
    if (gap->lost > 0)
        nf_tracked_say (findings, nf_tracked_gap_finding (version, track->unit, TRUE),
                        nf_message_sequence_span (version), gap->lost,
                        nf_tracked_packet (gap->packet, gap->file, heard));
    d->units[track->unit].lost += gap->lost;
    track->lost += gap->lost;
    g_array_remove_index (d->late.waiting, i);
}
