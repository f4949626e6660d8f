/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who exports to whom, by UDP. It tells whom concerns what is no Message but was to be one: a
 * datagram that ICMP says did not arrive, of which it may quote no more than the ports, and one
 * whose fragments did not all come, of which the ports may be missing, too.
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct _NfPairs NfPairs;

/* Free with nf_pairs_free(). `options` is borrowed. */
NfPairs *nf_pairs_new (const NfOptions *options);
void nf_pairs_free (NfPairs *pairs);

/* Notes that a Message went from exporter to collector. */
void nf_pairs_note (NfPairs *pairs, const NfDatagram *datagram, const NfMessage *message);

/* What is known of the Message in a datagram that did not arrive, or not all of it: its version and
 * domain by what there is of it or, where all before it had the same, by those; and nothing else.
 * All 0 where nothing is. */
NfMessage nf_pairs_message (const NfPairs *pairs, const NfDatagram *datagram);

/* Whether a datagram that did not arrive was export: to a port of -d; without -d one that goes as a
 * Message did before it, or whose quote is plausibly the beginning of one. */
gboolean nf_pairs_refused (const NfPairs *pairs, const NfDatagram *datagram);

/* Whether a datagram of which fragments are missing goes as a Message did before it; where its
 * ports are missing, too, between the same addresses. */
gboolean nf_pairs_lost (const NfPairs *pairs, const NfDatagram *datagram);

/* Of a datagram that is what nf_pairs_lost() says: the orders of the Messages that show it, which
 * are the last one and the last one before that which was another's; 0 where there is none. */
void nf_pairs_before (const NfPairs *pairs, const NfDatagram *datagram, guint64 orders[2]);

/* Gives a datagram without ports those of all Messages before it between the same addresses, where
 * they had the same. */
void nf_pairs_set_ports (const NfPairs *pairs, NfDatagram *datagram);

G_END_DECLS
