/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --anonymize: each datagram is written anew (rewrite.h) before anything is learnt, shown or
 * written of it, so all that comes behind deals with Messages that may be posted. To find the
 * fields the anonymizer has a collector of its own, which learns what came.
 *
 *      source -> nf_anonymizer_learn()                           files: all of them first
 *      source -> nf_anonymizer_take() -> collector, view, writer
 *
 * Data Sets whose Template is not known become zero.
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct _NfAnonymizer NfAnonymizer;

/* A datagram as it came, and what is needed to look its records up. */
typedef struct {
    const NfDatagram *datagram;
    const NfCollector *collector; /* has learnt what came */
    const NfDomain *domain;       /* of that; or NULL */
} NfPlain;

/* Begins with a new key. Returns NULL and sets `error` where there is none to be had. Free with
 * nf_anonymizer_free(). */
NfAnonymizer *nf_anonymizer_new (NfRegistry *registry, const NfLimits *limits, GError **error);
void nf_anonymizer_free (NfAnonymizer *anonymizer);

/* Learns a datagram as it came: as nf_collector_learn(). */
void nf_anonymizer_learn (NfAnonymizer *anonymizer, const NfDatagram *datagram);

/* What that has made of it. */
NfCollector *nf_anonymizer_collector (const NfAnonymizer *anonymizer);

/* Makes `datagram` one that may be shown: its octets are copied and written anew, its ends get
 * other addresses. What it points to then is good until the next call. `datagram` itself, as it
 * came, must have been learnt. */
void nf_anonymizer_rewrite (NfAnonymizer *anonymizer, NfDatagram *datagram);

/* Makes an item one that may be shown, if it is a datagram or what there is of one; learns it
 * before where it is read only once. */
void nf_anonymizer_take (NfAnonymizer *anonymizer, NfItem *item, gboolean once);

/* Gives the ends of a datagram other addresses, and nothing else; and the way back. */
void nf_anonymizer_hide_ends (NfAnonymizer *anonymizer, NfDatagram *datagram);
void nf_anonymizer_show_ends (NfAnonymizer *anonymizer, NfDatagram *datagram);

/* The datagram last rewritten as it came; good as long as its octets are. */
const NfPlain *nf_anonymizer_plain (const NfAnonymizer *anonymizer);

/* Counts the datagram last rewritten among those that were shown; `again` where it was before. */
void nf_anonymizer_count (NfAnonymizer *anonymizer, gboolean again);

/* Says what was done to those, and what was kept, for people to sign off. */
void nf_anonymizer_say (const NfAnonymizer *anonymizer);

G_END_DECLS
