/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes on between Messages: which sequence number the next one should have, and how much was
 * lost where it has another (RFC 7011 3.1, RFC 3954 5.1); whether the exporter started again, and
 * whether there are two of them behind one address.
 *
 * Exporters count in other units than their version's, too. The tracker keeps score of each unit
 * for each domain, and computes expectation and loss in the one that fits; where another unit may
 * yet prove to be meant, it claims nothing. Once that one is known, what was lost is told in it
 * from the first Message on. It is fed once, in wire order; what it says of a Message is for the
 * caller to keep.
 */
#pragma once

#include "event.h"
#include "bound.h"

G_BEGIN_DECLS

/* What a sequence number may count. The first that fits is taken to be meant. */
typedef enum {
    NF_UNIT_MESSAGES,          /* NetFlow v9 */
    NF_UNIT_RECORDS,           /* IPFIX: Data Records before this Message; v5 to v8: flows */
    NF_UNIT_RECORDS_INCLUDING, /* and those of this Message: softflowd */
    NF_UNIT_FLOWS,             /* without the records of options */
    NF_UNIT_RECORDS_AND_TEMPLATES /* with Template Records */,
    NF_N_UNITS
} NfSequenceUnit;

/* What a Message holds. */
typedef struct {
    guint64 flows;     /* Data Records described by a Template, or of a fixed version */
    guint64 options;   /* Data Records described by an Options Template */
    guint64 templates; /* Template and Options Template Records */
    gboolean unknown;  /* there are records that could not be counted */
} NfRecordCounts;

/* What is known of a Message before its walk: nothing; or that not all of it is there. */
NfRecordCounts nf_record_counts_begin (const NfDatagram *datagram);

/* Counts an event of the walk. */
void nf_record_counts_add (NfRecordCounts *counts, const NfEvent *event);

typedef enum {
    NF_ORDER_UNKNOWN, /* the first of its domain, or nothing tells what to expect, or what
                       * is missing is known to come later */
    NF_ORDER_NEXT,    /* as expected */
    NF_ORDER_GAP,     /* `lost` are missing before it */
    NF_ORDER_LATE,    /* it comes after its successors */
    NF_ORDER_COPY,    /* the same Message came before: captured, or sent, twice */
    NF_ORDER_RESET    /* the exporter started to count anew */
} NfSequenceOrder;

typedef struct {
    NfSequenceOrder order;
    NfSequenceUnit unit;
    guint32 expected; /* the sequence number that should have come; unless NF_ORDER_UNKNOWN */
    /* What was lost before this Message, and what is there after all of what was counted as lost.
     * Where `unit` is another one than before: all that was lost so far, and all that was counted
     * so in the old one. */
    guint32 lost;
    guint32 found;
    NfSequenceUnit found_unit; /* what `found` counts: the unit before this Message */
    guint32 steps[NF_N_UNITS]; /* what this Message adds to the number, by unit */
    guint64 lost_all;          /* in the domain so far, in the unit; what came late taken off */
    guint64 filled; /* order of a datagram: what was missing before it is all there; or 0 */
    NfFindingId filled_finding; /* what was said of it, and is not true any more */
    guint8 doubts; /* 1: before this Message something is missing, or the numbers count otherwise */
    guint8 settled;     /* 1: which of it holds is known now, of a Message before */
    gboolean hindsight; /* it may be judged otherwise by who knows what comes later */
    gboolean has_last;  /* whether there was a Message of the domain before */
    guint64 packet;     /* of that one: NfDatagram's */
} NfTrack;

/* Whose numbers go on from Message to Message: a domain's or, of SCTP and NetFlow v8, those of one
 * stream or one aggregation scheme of it. */
typedef struct {
    NfDomainKey domain;
    guint16 stream;
} NfTrackKey;

NfTrackKey nf_track_key (const NfDatagram *datagram, const NfMessage *message);

/* All that counts of a Message: who has kept it can do without the Message. */
typedef struct {
    guint64 order; /* NfDatagram's */
    guint64 packet;
    guint file;
    guint32 sequence; /* NfMessage's */
    guint32 export_time_s;
    guint32 sys_uptime_ms;
    guint print; /* which copies of it have, too */
    NfRecordCounts counts;
} NfHeard;

NfHeard nf_heard (const NfDatagram *datagram, const NfMessage *message,
                  const NfRecordCounts *counts);

typedef struct _NfTracker NfTracker;

/* `limits` may be NULL. Free with nf_tracker_free(). */
NfTracker *nf_tracker_new (const NfLimits *limits);
void nf_tracker_free (NfTracker *tracker);

/* Tells beforehand of a Message that nf_tracker_note() will take note of once all have been told,
 * in the same order and with the same `order`: where it is overtaken by others nothing is said to
 * be missing, then. Need not be called. */
void nf_tracker_foresee (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message);

/* Takes note of a Message and tells how it follows on the one before it in its domain (Transport
 * Session, SCTP stream, version, Observation Domain). Appends what is wrong with that to
 * `findings`, an array of NfFinding. Of more domains than the limit those longest silent are
 * forgotten. */
void nf_tracker_note (NfTracker *tracker, const NfDatagram *datagram, const NfMessage *message,
                      const NfRecordCounts *counts, NfTrack *track, GArray *findings);

/* The same of what was kept of a Message. */
void nf_tracker_foresee_heard (NfTracker *tracker, const NfTrackKey *key, const NfHeard *heard);
void nf_tracker_note_heard (NfTracker *tracker, const NfTrackKey *key, const NfHeard *heard,
                            NfTrack *track, GArray *findings);

/* "Messages", "Data Records": what the unit counts, in the plural. */
const char *nf_unit_name (NfSequenceUnit unit);

/* The unit that the version's sequence numbers should count in. */
NfSequenceUnit nf_unit_of_version (guint version);

G_END_DECLS
