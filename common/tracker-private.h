/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tracker from inside: what it hears of a Message (tracker-heard.c), sequence numbers
 * (tracker.c), gaps that are hard to believe (tracker-gap.c), Messages that are overtaken
 * (tracker-late.c), what there is besides (tracker-process.c). */
#pragma once

#include "domain.h"
#include "tracker.h"

G_BEGIN_DECLS

/* So far back a number may be of a datagram that was overtaken; beyond it the count began anew. */
#define NF_LATE_WINDOW 1000

/* Copies of a Message come soon after it: seconds later where ports are mirrored. A power of two.
 */
#define NF_N_RECENT 64

/* Processes behind one address that are told apart. */
#define NF_N_OTHERS 8

/* One hypothesis: the sequence numbers count in this unit. */
typedef struct {
    guint32 next; /* what it expects; of RECORDS_INCLUDING, less the records of that Message */
    guint32 hits; /* how often it was right where that was no matter of course */
    guint32 misses;
    guint32 outdid[NF_N_UNITS]; /* how often it was so where that unit was wrong */
    guint64 lost;               /* in this unit */
    gboolean sure;              /* whether `next` is known */
} NfHypothesis;

/* A Message that came not long ago. */
typedef struct {
    guint print;
    guint file;
    guint64 packet;
} NfRecent;

/* What another process would go on with, if there are several behind one address. */
typedef struct {
    guint32 next;
    guint32 claimed; /* lost, it was said, at the jump away from it */
} NfOther;

/* The last ones of a kind, and how often in succession one of them took its turn. */
typedef struct {
    NfOther sequences[NF_N_OTHERS];
    gint64 starts_ms[NF_N_OTHERS];
    guint n_sequences, n_starts;
    guint sequence_turns, start_turns;
    gboolean told;
} NfOthers;

/* A gap too large to be believed: it is said when the numbers go on behind it. */
typedef struct {
    guint32 lost; /* 0: none is held */
    guint32 expected;
    guint64 packet; /* of the Message behind it, */
    guint file;     /* and the file it is in */
    guint proofs;   /* Messages since that had the number expected */
    guint rivals;   /* units that may be meant instead, by which there is no gap: a bit for each */
} NfHeldGap;

/* Gaps that are none if the numbers count in another unit, which is not settled yet. */
typedef struct {
    guint32 lost; /* 0: there is none */
    guint32 expected;
    guint64 packet; /* of the Message behind the last one, */
    guint file;     /* and the file it is in */
    guint rivals;   /* a bit for each unit that it may be */
} NfDoubt;

/* What is known beforehand of Messages that are overtaken (tracker-late.c). */
typedef struct {
    gboolean any;
    guint32 last, export_time_s; /* of the last Message that was not */
    guint64 to_come;             /* Messages of the domain that are known to come */
    GArray *coming;              /* those that were, in order, or NULL; */
    guint at;                    /* of these the first that is still to come */
    GArray *waiting;             /* gaps that they belong in, or NULL */
    GArray *claimed;             /* gaps that were said, the last ones, or NULL */
} NfLate;

typedef struct {
    NfTrackKey key;
    gboolean seen;
    guint64 packet; /* of the last Message */
    guint32 sequence;
    gboolean had_flows;
    guint32 uptime_ms;
    guint32 export_time_s; /* of the last one that was not late */
    gint64 start_ms;       /* when the exporter was started, by its last Message, since 1970 */
    NfHypothesis units[NF_N_UNITS];
    NfSequenceUnit unit; /* the one that fits so far */
    gboolean unit_fits;  /* better than all others, by what came up to the last Message */
    gboolean unit_told;
    guint unchanged; /* how often flows came and the sequence number stayed as it was */
    NfHeldGap held;
    NfDoubt doubt;
    NfLate late;
    NfOthers *others; /* NULL: none were looked for so far */
    NfRecent *recent; /* a ring that grows up to NF_N_RECENT; of one, `first_recent` */
    NfRecent first_recent;
    guint n_recent;
    GList by_use;
} NfTracked;

/* What one hypothesis makes of a Message: as in NfTrack. */
typedef struct {
    NfSequenceOrder order;
    guint32 expected, lost, found;
} NfByUnit;

/* Appends a finding. */
static inline void
nf_tracked_say (GArray *findings, NfFindingId id, NfSpan span, guint64 a, guint64 b)
{
    NfFinding finding = {.id = id, .span = span, .args = {a, b}};

    g_array_append_val (findings, finding);
}

/* A packet as a finding about the Message `heard` names it. */
static inline guint64
nf_tracked_packet (guint64 packet, guint file, const NfHeard *heard)
{
    return file == heard->file ? packet : packet | NF_PACKET_BEFORE;
}

/* What is to be the same of copies of a Message. */
G_GNUC_INTERNAL guint nf_tracked_print (const NfDatagram *datagram);

/* The Message among the domain's last ones that this one is a copy of, or NULL. */
G_GNUC_INTERNAL const NfRecent *nf_tracked_find_copy (const NfTracked *d, const NfHeard *heard);

/* Makes it one of these. */
G_GNUC_INTERNAL void nf_tracked_keep_print (NfTracked *d, const NfHeard *heard);

/* Frees them. */
G_GNUC_INTERNAL void nf_tracked_clear_prints (NfTracked *d);

/* A jump of the sequence number: whether it goes on where another process left off. What was said
 * to be lost at the jump away from that one is there, then: track->found. */
G_GNUC_INTERNAL gboolean nf_tracked_takes_turn (NfTracked *d, const NfHeard *heard, NfTrack *track,
                                                GArray *findings);

/* The finding of a gap that is said at its place, or at a later Message. */
G_GNUC_INTERNAL NfFindingId nf_tracked_gap_finding (guint version, NfSequenceUnit unit,
                                                    gboolean is_later);

/* Whether a gap or a new count is hard to believe: so much cannot have been lost at once; or the
 * unit was never right yet and another one, of `by_unit`, says something else. */
G_GNUC_INTERNAL gboolean nf_tracked_has_doubts (const NfTracked *d, const NfTrack *track,
                                                const NfByUnit *by_unit);

/* Holds such a gap before the Message, in place of one held before. */
G_GNUC_INTERNAL void nf_tracked_hold_gap (NfTracked *d, const NfHeard *heard, const NfTrack *track,
                                          guint rivals);

/* A gap before the Message that is none by one of the units `rivals`, a bit for each. */
G_GNUC_INTERNAL void nf_tracked_doubt (NfTracked *d, const NfHeard *heard, NfTrack *track,
                                       guint rivals);

/* A Message that was taken for lost, if the unit is the right one, has come. */
G_GNUC_INTERNAL void nf_tracked_fill_doubt (NfTracked *d, const NfHeard *heard, NfTrack *track);

/* A Message has the number expected: says what is in doubt, once it has proved all rivals wrong. */
G_GNUC_INTERNAL void nf_tracked_settle (NfTracked *d, const NfHeard *heard, NfTrack *track,
                                        GArray *findings);

/* The unit is another one: nothing is in doubt any more. */
G_GNUC_INTERNAL void nf_tracked_drop_doubt (NfTracked *d, NfTrack *track);

/* A Message has the number expected: says what gap is held, if that is proof enough. */
G_GNUC_INTERNAL void nf_tracked_confirm_gap (NfTracked *d, const NfHeard *heard, NfTrack *track,
                                             GArray *findings);

/* Frees what the struct refers to. */
G_GNUC_INTERNAL void nf_tracked_clear_late (NfLate *late);

/* Takes note of a Message that nf_tracker_note() will be told of; `n` counts those remembered. */
G_GNUC_INTERNAL void nf_tracked_foresee (NfTracked *d, const NfHeard *heard, guint *n);

/* Whether some of what is missing before the Message is still to come; then the gap is not to be
 * said. */
G_GNUC_INTERNAL gboolean nf_tracked_awaits (NfTracked *d, const NfHeard *heard,
                                            const NfTrack *track);

/* Notes that a gap before the Message was said. */
G_GNUC_INTERNAL void nf_tracked_note_gap (NfTracked *d, const NfHeard *heard, const NfTrack *track);

/* A Message that is late: where it was waited for nothing was counted as lost. Says what is missing
 * for good when the last one of a gap has come. Tells of a gap that was said and is none any more.
 */
G_GNUC_INTERNAL void nf_tracked_note_late (NfTracked *d, const NfHeard *heard, NfTrack *track,
                                           GArray *findings);

/* Compares uptimes. Returns whether the exporter started again. */
G_GNUC_INTERNAL gboolean nf_tracked_note_uptime (NfTracked *d, const NfHeard *heard,
                                                 GArray *findings);

G_END_DECLS
