/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -Y: which events of a walk reach the view. Those of records and Templates for which the
 * expression holds, the headers of their Sets and of the Message, and what goes with them: padding,
 * octets that could not be decoded, findings that are not about something left out. Where the
 * Message or the Set decides for itself, all that is in it goes the same way.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* Is given an event that is to be shown. */
typedef void (*NfPickGive) (const NfEvent *event, gpointer data);

typedef struct _NfPick NfPick;

/* Compiles -Y. Returns FALSE where it is no expression, which has been said with the place then;
 * `filter` becomes NULL where there is no -Y. */
gboolean nf_pick_compile (const NfOptions *options, NfRegistry *registry, NfFilter **filter);

/* Picks by a filter, which is taken over; NULL: everything is wanted. */
NfPick *nf_pick_new (NfFilter *filter, NfPickGive give, gpointer data);
void nf_pick_free (NfPick *pick);

/* Begins a datagram, whose events follow. */
void nf_pick_begin (NfPick *pick);

/* Takes the next event, and gives what there is to be shown now: perhaps some that waited, then
 * perhaps this one. Sets show->is_set_again. */
void nf_pick_event (NfPick *pick, NfShow *show, const NfEvent *event);

/* Whether nothing of the datagram is wanted, whatever follows. */
gboolean nf_pick_is_over (const NfPick *pick);

/* The verdict on the current Set. */
NfVerdict nf_pick_set (const NfPick *pick);

/* Data Sets without a Template whose records may have been wanted. */
guint64 nf_pick_unknown (const NfPick *pick);

G_END_DECLS
