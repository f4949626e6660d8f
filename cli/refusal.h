/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errors of ICMP that concern export. Of the datagram that an error is about it may quote no more
 * than the ports: who exports to whom is remembered.
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct _NfRefusals NfRefusals;

/* Free with nf_refusals_free(). `options` is borrowed. */
NfRefusals *nf_refusals_new (const NfOptions *options);
void nf_refusals_free (NfRefusals *refusals);

/* Notes that a Message went from exporter to collector. */
void nf_refusals_note (NfRefusals *refusals, const NfDatagram *datagram, const NfMessage *message);

/* What is known of the Message in a datagram that did not arrive: its version and domain by the
 * quote or by those before it, and nothing else. All 0 where nothing is. */
NfMessage nf_refusals_message (const NfRefusals *refusals, const NfDatagram *datagram);

/* Whether a datagram that did not arrive was export: to a port of -d; without -d one that goes as a
 * Message did before it, or whose quote is plausibly the beginning of one. */
gboolean nf_refusals_concern (const NfRefusals *refusals, const NfDatagram *datagram);

G_END_DECLS
