/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The walk: a datagram and what the collector knows -> events, in the order of the wire.
 *
 *      NfDecoder d = NF_DECODER_INIT;
 *
 *      nf_decoder_begin (&d, collector, &datagram, NF_CHECK_VALUES);
 *      while (nf_decoder_next (&d, &event) != NF_EVENT_END)
 *          ...
 *      nf_decoder_clear (&d);
 *
 * It changes nothing but itself, so a walk can be given up, repeated, or done by several threads
 * with a decoder each. Nothing is allocated for a record.
 *
 * Sets tile the Message behind its header, but for what an UNDECODED event outside any Set
 * covers; Templates, withdrawals, records, padding and undecoded octets tile their Set behind its
 * header of 4 octets. Findings about a record or a Template follow it. Of a fixed version the
 * records tile the Message behind its header.
 */
#pragma once

#include "check.h"

G_BEGIN_DECLS

/* Not to be looked into. */
typedef struct _NfListCheck NfListCheck;

typedef struct {
    const NfCollector *collector;
    const NfDatagram *datagram;
    NfCheckLevel level;
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
    gboolean is_sound; /* nothing was said of those before */
    gboolean checking; /* the lists of the record last announced are not yet judged, */
    gboolean judging;  /* nor all of its values */
    gboolean joins;    /* records may come together, */
    guint at_once;     /* so many */
    guint n_queue, at_queue;

    /* what a walk takes over from the one before */
    NfBinding *owned;   /* a Template that the collector has not */
    NfSpans spans;      /* of the current records, where their length varies, */
    NfSpans records;    /* and where these lie */
    NfLists *lists;     /* owned; NULL before the first record that has some */
    NfListCheck *check; /* likewise: what is wrong with them */
    NfCheck values;     /* of the current Data Set */
    NfTemplateUse use;  /* of the current Set */
    NfEvent queue[8];   /* the most events that one step makes */
} NfDecoder;

#define NF_DECODER_INIT                                                                            \
    {                                                                                              \
        .collector = NULL                                                                          \
    }

/* Starts walking a datagram, looking as closely as `level` says. `collector` and `datagram` must
 * stay as they are until the walk ends. */
void nf_decoder_begin (NfDecoder *decoder, const NfCollector *collector, const NfDatagram *datagram,
                       NfCheckLevel level);

/* For this walk: Data Records of which there is nothing to be said come together, as one event that
 * stands for NfEvent.count of them. Not those of options, nor with lists. */
void nf_decoder_join_records (NfDecoder *decoder);

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

/* What the lists in the records of the current Set are read with (list.h); NULL where no record
 * has had any. Borrowed. */
static inline NfLists *
nf_decoder_lists (const NfDecoder *decoder)
{
    return decoder->lists;
}

G_END_DECLS
