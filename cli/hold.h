/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Datagrams of a live source that hold Sets without a Template: kept, within bounds, until learning
 * brings it.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

typedef struct _NfHold NfHold;

NfHold *nf_hold_new (void);
void nf_hold_free (NfHold *hold);

/* Keeps a copy of the datagram; the oldest one goes where too many are held. */
void nf_hold_add (NfHold *hold, const NfDatagram *datagram, const NfMessage *message);

/* Calls `each` for the held datagrams of the exporter and domain that `learnt` is from, oldest
 * first. Those for which it returns TRUE are let go. */
void nf_hold_foreach (NfHold *hold, const NfDatagram *learnt, const NfMessage *message,
                      gboolean (*each) (const NfDatagram *held, gpointer data), gpointer data);

/* The order of the oldest datagram held, or `otherwise`. */
guint64 nf_hold_oldest (const NfHold *hold, guint64 otherwise);

G_END_DECLS
