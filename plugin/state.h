/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is remembered of the file that is open: Templates, sequence numbers, and what each Message
 * was like when it was first visited. Made anew whenever Wireshark reads the packets again.
 *
 * Learning happens at a packet's first visit, which Wireshark makes in the order of the packets. At
 * later visits, in any order, nothing changes.
 */
#pragma once

#include "compat.h"
#include "plan.h"
#include "samplers.h"

typedef struct _NfpRun NfpRun;
typedef struct _NfpAssociation NfpAssociation;
typedef struct _NfpLate NfpLate;

/* An SCTP chunk that Messages came in. */
typedef struct {
    gboolean is_known; /* else they came in several */
    gboolean is_used;  /* by Messages before the one at hand */
    guint32 tsn;
    guint16 stream;
} NfpChunk;

/* What is kept of a Message between visits. */
typedef struct {
    guint64 order; /* its place among all, as NfDatagram has it */
    NfTrack track;
    NfFinding *findings; /* about limits that learning it met, and its Templates over time; */
    NfFinding *numbers;  /* about how it follows on others */
    guint n_findings, n_numbers;
    NfpRun *run;                 /* of these (numbers.h); NULL: they are not counted */
    NfpLate *late;               /* it waits, or waited, for a Template (late.h); or NULL */
    NfpAssociation *association; /* over SCTP (chunks.h), or NULL; */
    guint32 tsn;                 /* which of its chunks the Message came in, if that is known, */
    guint32 chunks_missing;      /* and so many are missing before that one */
} NfpMemory;

/* Frames in which a Template is used. */
typedef struct {
    guint32 first, last; /* 0: none */
} NfpUse;

/* Where Wireshark's own calls begin and end what is remembered. */
void nfp_state_begin (NfRegistry *registry, const char *template_file);
void nfp_state_end (void);

/* All Templates. NULL between files. */
NfCollector *nfp_state_collector (void);

/* The plan for a binding of the collector. */
NfpPlan *nfp_state_plan (const NfBinding *binding);

/*
 * A Message about to be dissected, which came in `chunk` over SCTP (else NULL): fills `datagram`
 * from the packet, and returns what is known of the Message from an earlier visit, or NULL. Then
 * `is_new` tells whether this is the first visit, and nfp_state_learn() is to be called next; else
 * it is a datagram that nobody received, quoted by ICMP or a record, and nothing is to be learnt.
 */
const NfpMemory *nfp_state_visit (packet_info *pinfo, tvbuff_t *tvb, const NfpChunk *chunk,
                                  NfDatagram *datagram, gboolean *is_new);

/* Learns a Message's Templates, at its first visit. Sets datagram->order. */
NfpMemory *nfp_state_learn (packet_info *pinfo, const NfpChunk *chunk, NfDatagram *datagram);

/* At the first visit: notes how the Message follows on the one before. */
void nfp_state_track (NfpMemory *memory, const NfDatagram *datagram, const NfMessage *message,
                      const NfRecordCounts *counts);

/* At the first visit: notes what an event of its walk says of Templates over time. */
void nfp_state_note (NfpMemory *memory, const NfDatagram *datagram, const NfEvent *event);

/* And what a Data Record tells of sampling: one of the Message last noted, or told to be the one
 * whose records follow. */
void nfp_state_note_record (const NfRecord *record);
void nfp_state_begin_records (const NfDatagram *datagram, const NfMessage *message);

/* At later visits: appends what is wrong with a whole domain to `findings`, an array of NfFinding,
 * where this is the last Message of it. */
void nfp_state_judge (const NfDatagram *datagram, const NfMessage *message, wmem_array_t *findings);

/* At the first visit: notes that a Data Set at `offset` used a Template, or wants one. */
void nfp_state_note_use (const NfDatagram *datagram, const NfMessage *message, guint16 id,
                         guint32 offset, const NfTemplateUse *use);

/* The Data Sets that use the Template which stands at this place. To be asked at later visits, when
 * all packets have been visited. */
NfpUse nfp_state_uses (guint64 order, guint32 offset);

/* Whether a frame number of NfTemplateUse is one of this file, not of the template file. */
gboolean nfp_state_is_frame (const NfTemplateUse *use);
