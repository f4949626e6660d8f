/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The walk: a datagram and what the collector knows -> events, in the order of the wire.
 *
 *      NfDecoder d = NF_DECODER_INIT;
 *
 *      nf_decoder_begin (&d, collector, &datagram);
 *      while (nf_decoder_next (&d, &event) != NF_EVENT_END)
 *          ...
 *      nf_decoder_clear (&d);
 *
 * It changes nothing but itself, so a walk can be given up, repeated, or done by several threads
 * with a decoder each. Nothing is allocated for a record.
 *
 * Sets tile the Message behind its header, but for what an UNDECODED event outside any Set
 * covers; Templates, withdrawals, records, padding and undecoded octets tile their Set behind its
 * header of 4 octets. Of a fixed version the records tile the Message behind its header.
 */
#pragma once

#include "collector.h"
#include "finding.h"
#include "message.h"

G_BEGIN_DECLS

typedef enum {
    NF_EVENT_END,        /* the datagram is done; the event has no span */
    NF_EVENT_MESSAGE,    /* the header; the first event, where there is a header at all */
    NF_EVENT_SET,        /* a Set; what is in it follows */
    NF_EVENT_TEMPLATE,   /* a Template Record; findings about its fields follow */
    NF_EVENT_WITHDRAWAL, /* a Template withdrawal (RFC 7011 8.1) */
    NF_EVENT_RECORD,     /* a Data Record */
    NF_EVENT_PADDING,
    NF_EVENT_UNDECODED, /* octets that could not be decoded; a finding before it says why */
    NF_EVENT_FINDING
} NfEventType;

typedef struct {
    NfEventType type;
    gboolean in_set; /* it belongs to the Set last announced */
    NfSpan span;     /* octets from the Message's first octet */
    union {
        const NfMessage *message; /* MESSAGE: valid until the next datagram */
        struct {
            const NfSet *set;  /* SET: valid until the next Set */
            NfTemplateUse use; /* of a Data Set */
        };
        struct {
            const NfBinding *binding; /* TEMPLATE, RECORD: valid until the next event; a
                                         reference keeps it */
            const NfSpan *fields;     /* RECORD: the content of each field, without the length
                                         prefix; NULL where the Template's offsets serve */
        };
        guint16 template_id; /* WITHDRAWAL */
        NfFinding finding;   /* FINDING */
    };
} NfEvent;

/* Not to be looked into. */
typedef struct {
    const NfCollector *collector;
    const NfDatagram *datagram;
    const NfDomain *domain;
    NfMessage message;
    NfSet set;
    NfReader body;            /* behind the Sets already met */
    NfReader content;         /* of the current Set, behind what was met of it */
    const NfBinding *binding; /* of the current Data Set */
    guint32 zero_tail;        /* from this offset on the current Data Set is all zero */
    guint phase;
    guint n_sets;
    guint64 n_records; /* of all kinds, as v9 counts them */
    guint64 n_in_set;
    gboolean uncountable; /* there are records whose number is not known */
    NfReader specifiers;  /* Field Specifiers of a Template still to be judged */
    guint specifier;      /* which one is next */
    const NfBinding *judged;
    NfBinding *owned; /* a Template that the collector has not */
    NfSpan *spans;
    guint n_spans;
    NfEvent queue[6]; /* the most events that one step makes */
    guint n_queue, at_queue;
} NfDecoder;

#define NF_DECODER_INIT                                                                            \
    {                                                                                              \
        .collector = NULL                                                                          \
    }

/* Starts walking a datagram. `collector` and `datagram` must stay as they are until the walk ends.
 */
void nf_decoder_begin (NfDecoder *decoder, const NfCollector *collector,
                       const NfDatagram *datagram);

/* The Observation Domain of the Message being walked; NULL where none of its Templates is known. */
static inline const NfDomain *
nf_decoder_domain (const NfDecoder *decoder)
{
    return decoder->domain;
}

/* Finds the next event. Returns its type; after NF_EVENT_END always NF_EVENT_END. */
NfEventType nf_decoder_next (NfDecoder *decoder, NfEvent *event);

/* Frees what the decoder holds. It may be used again. */
void nf_decoder_clear (NfDecoder *decoder);

/* Where the content of field `i` lies, in octets from the Message's first octet. */
static inline NfSpan
nf_event_field (const NfEvent *event, guint i)
{
    const NfTemplate *tmpl = event->binding->tmpl;

    if (event->fields)
        return event->fields[i];
    return (NfSpan){event->span.offset + tmpl->offsets[i], tmpl->fields[i].length};
}

G_END_DECLS
