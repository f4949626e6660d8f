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
nf_tracked_has_doubts (const NfTracked *d, const NfTrack *track, const NfTrack *by_unit)
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

void
nf_tracked_hold_gap (NfTracked *d, const NfTrack *track, guint64 packet)
{
    d->held = (NfHeldGap){.lost = track->lost, .expected = track->expected, .packet = packet};
}

void
nf_tracked_confirm_gap (NfTracked *d, NfTrack *track, GArray *findings)
{
    NfHeldGap *held = &d->held;
    NfOthers *others = &d->others;
    guint version = d->key.domain.version;

    if (held->lost == 0 || track->steps[track->unit] == 0 || ++held->proofs < PROOFS)
        return;
    nf_tracked_say (findings, nf_tracked_gap_finding (version, track->unit, TRUE),
                    nf_message_sequence_span (version), held->lost, held->packet);
    for (guint i = 0; i < MIN (others->n_sequences, NF_N_OTHERS); i++)
        if (others->sequences[i].next == held->expected)
            others->sequences[i].claimed = held->lost;
    d->units[track->unit].lost += held->lost;
    track->lost += held->lost;
    held->lost = 0;
}
