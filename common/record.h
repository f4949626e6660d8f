/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A Data Record of a walk with all it takes to read it: its fields as values, and as times where
 * they stand for some.
 */
#pragma once

#include "list.h"
#include "value.h"

G_BEGIN_DECLS

/* Where the records of a binding have the parts of a flow: flow.h. */
typedef struct _NfFlow NfFlow;

/* A sampling rate that was looked up: what nf_record_sampling() says. */
typedef struct {
    gboolean is_known;
    guint source; /* NfSamplingSource */
    gdouble rate;
} NfSampled;

typedef struct {
    const NfEvent *event;     /* a RECORD event */
    const guint8 *octets;     /* from the Message's first octet on */
    const NfMessage *message; /* its header */
    const NfFlow *flow;       /* of the event's binding; NULL for a value of a basicList */
    NfLists *lists;           /* what its lists are read with; NULL where it has none */
    /* ---- to find what was announced of it; NULL where nobody asks ---- */
    const NfCollector *collector;
    const NfDomain *domain;             /* the Message's: nf_collector_domain() */
    const NfDatagram *datagram;         /* the Message's */
    const NfAnnouncement *announcement; /* of nf_record_joined(): where the record stands */
    NfSampled sampled;                  /* of nf_record_note_sampling() */
    gdouble scale; /* counters are multiplied by it: the sampling rate; 0 and 1: as they came */
} NfRecord;

/* Multiplies the value of field `i` by the scale, if it is one that counts octets, packets or
 * frames. */
void nf_record_scale (const NfRecord *r, guint i, NfValue *value);

/* The content of field `i` as a typed value. */
static inline void
nf_record_value (const NfRecord *r, guint i, NfValue *value)
{
    NfSpan span = nf_event_field (r->event, i);

    nf_value_read (value, r->event->binding->fields[i].type, nf_span_octets (r->octets, span),
                   span.length);
    if (G_UNLIKELY (r->scale > 1))
        nf_record_scale (r, i, value);
}

/* Whether all octets of field `i` are zero, or there are none. */
gboolean nf_record_is_zero (const NfRecord *r, guint i);

/* What the exporter announced of `key` for this record, or NULL. */
const NfAnnouncement *nf_record_announced (const NfRecord *r, const NfAnnouncedKey *key);

/* Which of `candidates` (nf_binding_candidates()) to take: the first that is not all zero, else the
 * first, but of addresses in a record of IPv6 the first of those; -1 where there is none. */
gint nf_record_pick (const NfRecord *r, const gint *candidates);

/* The number in the first field that is IANA's element `id`. Returns FALSE where there is none. */
gboolean nf_record_number (const NfRecord *r, guint16 id, guint64 *n);

/* Of a field of `length` octets with a part of a packet (NF_FORM_FRAME and those behind it) how
 * many are no padding, and into `offset` where in the packet they begin: only at 0 there is a
 * header. */
gsize nf_record_section (const NfRecord *r, const NfElement *element, gsize length,
                         guint64 *offset);

/* Whether field `i` is a time relative to sysUpTime. */
gboolean nf_record_is_uptime (const NfRecord *r, guint i);

/* Whether values of the element are relative to that or to the export; it may be NULL. */
gboolean nf_element_is_relative_time (const NfElement *element);

/* The absolute time that field `i` stands for: itself, or by the header where it is relative to
 * sysUpTime. `digits` becomes how many digits of its fraction are known. FALSE where it is no time,
 * or has no base. */
gboolean nf_record_time (const NfRecord *r, guint i, NfTime *time, guint *digits);

/* When the flow started or ended, by what the record has. FALSE where it has nothing that tells an
 * absolute time. */
gboolean nf_record_flow_time (const NfRecord *r, gboolean end, NfTime *time, guint *digits);

/* How long it was from the time in field `from` to that in field `to`, in nanoseconds, negative
 * where that comes first: in the coarser of their units; of two uptimes, which need no clock, the
 * shorter way round modulo 2^32. FALSE where that is not known, or beyond 2^33 seconds. */
gboolean nf_record_duration (const NfRecord *r, guint from, guint to, gint64 *ns);

/* The same from the flow's start to its end. */
gboolean nf_record_flow_duration (const NfRecord *r, gint64 *ns);

G_END_DECLS
