/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gaps in the sequence numbers: their findings, and those too large to be believed at once. */
#include "tracker-private.h"

/* More than that is not lost at once, most likely: another exporter goes on at its own numbers. */
#define MOST_MESSAGES 10000
#define MOST_RECORDS  100000

/* The same of a unit that was never right yet, where it is known that enough comes to prove it:
 * another one may be meant. */
#define MOST_MESSAGES_AT_FIRST 3
#define MOST_RECORDS_AT_FIRST  100

/* So many Messages must have the number that is expected behind a gap, for it to be one. */
#define PROOFS 3

NfFindingId
nf_tracked_gap_finding (guint version, NfSequenceUnit unit, gboolean is_later)
{
    if (unit == NF_UNIT_MESSAGES)
        return is_later ? NF_FINDING_SEQUENCE_GAP_MESSAGES_BEFORE
                        : NF_FINDING_SEQUENCE_GAP_MESSAGES;
    if (unit == NF_UNIT_FLOWS || version < 9)
        return is_later ? NF_FINDING_SEQUENCE_GAP_FLOWS_BEFORE : NF_FINDING_SEQUENCE_GAP_FLOWS;
    return is_later ? NF_FINDING_SEQUENCE_GAP_RECORDS_BEFORE : NF_FINDING_SEQUENCE_GAP_RECORDS;
}

gboolean
nf_tracked_has_doubts (const NfTracked *d, const NfTrack *track, const NfByUnit *by_unit)
{
    const NfHypothesis *h = &d->units[track->unit];
    gboolean is_new = h->hits == 0 && d->late.to_come >= PROOFS &&
                      by_unit[NF_UNIT_MESSAGES].lost != by_unit[NF_UNIT_RECORDS].lost;

    if (track->order == NF_ORDER_RESET)
        return h->hits == 0 && h->misses > 1;
    if (track->order != NF_ORDER_GAP)
        return FALSE;
    if (track->unit == NF_UNIT_MESSAGES)
        return track->lost > (is_new ? MOST_MESSAGES_AT_FIRST : MOST_MESSAGES);
    return track->lost > (is_new ? MOST_RECORDS_AT_FIRST : MOST_RECORDS);
}

/* ---- gaps that are none in another unit ---- */

/* Strikes off the units that this one has proved wrong since. Returns whether none is left. */
static gboolean
are_outdone (const NfTracked *d, NfSequenceUnit unit, guint *rivals)
{
    for (guint i = 0; i < NF_N_UNITS; i++)
        if (d->units[unit].outdid[i] >= d->units[i].outdid[unit] + PROOFS)
            *rivals &= ~(1u << i);
    return *rivals == 0;
}

void
nf_tracked_doubt (NfTracked *d, const NfHeard *heard, NfTrack *track, guint rivals)
{
    NfDoubt *doubt = &d->doubt;

    track->doubts = doubt->lost == 0;
    *doubt = (NfDoubt){.lost = doubt->lost + track->lost,
                       .expected = track->expected,
                       .packet = heard->packet,
                       .file = heard->file,
                       .rivals = doubt->rivals | rivals};
}

void
nf_tracked_drop_doubt (NfTracked *d, NfTrack *track)
{
    if (d->doubt.lost == 0)
        return;
    d->doubt = (NfDoubt){.lost = 0};
    track->settled = 1;
}

void
nf_tracked_fill_doubt (NfTracked *d, const NfHeard *heard, NfTrack *track)
{
    NfDoubt *doubt = &d->doubt;
    guint32 found = track->steps[track->unit];

    if (doubt->lost == 0 || heard->sequence - doubt->expected >= doubt->lost)
        return;
    if (found >= doubt->lost)
        nf_tracked_drop_doubt (d, track);
    else
        doubt->lost -= found;
}

void
nf_tracked_settle (NfTracked *d, const NfHeard *heard, NfTrack *track, GArray *findings)
{
    guint version = d->key.domain.version;
    NfDoubt *doubt = &d->doubt;

    if (!are_outdone (d, track->unit, &doubt->rivals))
        return;
    nf_tracked_say (findings, nf_tracked_gap_finding (version, track->unit, TRUE),
                    nf_message_sequence_span (version), doubt->lost,
                    nf_tracked_packet (doubt->packet, doubt->file, heard));
    d->units[track->unit].lost += doubt->lost;
    track->lost += doubt->lost;
    nf_tracked_drop_doubt (d, track);
}

/* ---- gaps too large to be believed ---- */

void
nf_tracked_hold_gap (NfTracked *d, const NfHeard *heard, const NfTrack *track, guint rivals)
{
    d->held = (NfHeldGap){.lost = track->lost,
                          .expected = track->expected,
                          .packet = heard->packet,
                          .file = heard->file,
                          .rivals = rivals};
}

void
nf_tracked_confirm_gap (NfTracked *d, const NfHeard *heard, NfTrack *track, GArray *findings)
{
    NfHeldGap *held = &d->held;
    NfOthers *others = d->others;
    guint version = d->key.domain.version;

    if (track->steps[track->unit] == 0 || ++held->proofs < PROOFS ||
        !are_outdone (d, track->unit, &held->rivals))
        return;
    nf_tracked_say (findings, nf_tracked_gap_finding (version, track->unit, TRUE),
                    nf_message_sequence_span (version), held->lost,
                    nf_tracked_packet (held->packet, held->file, heard));
    for (guint i = 0; others && i < MIN (others->n_sequences, NF_N_OTHERS); i++)
        if (others->sequences[i].next == held->expected)
            others->sequences[i].claimed = held->lost;
    d->units[track->unit].lost += held->lost;
    track->lost += held->lost;
    held->lost = 0;
}
