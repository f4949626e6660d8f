/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * By what other Templates the records of a Data Set may have been written: all that the exporter
 * ever gave the id in that domain, also later. Two exporting processes behind one address give each
 * its own, and of a Template that changed the first announcement may be lost (RFC 7011 8).
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

typedef struct _NfReadings NfReadings;

/* Knows none yet. Free with nf_readings_free(). */
NfReadings *nf_readings_new (void);
void nf_readings_free (NfReadings *readings);

/* Remembers the Templates in a datagram that `collector` has learnt. */
void nf_readings_note (NfReadings *readings, const NfCollector *collector,
                       const NfDatagram *datagram);

/* All Templates of `id`, as const NfBinding, in the domain of the Message; where `foreign`, in
 * those of all sessions of its exporter address. Borrowed until the next call; NULL: none. `all`
 * becomes whether these are all: there is a limit. */
const GPtrArray *nf_readings_find (NfReadings *readings, const NfDatagram *datagram,
                                   const NfMessage *message, guint16 id, gboolean foreign,
                                   gboolean *all);

/* Whether records of the Template fill a Set's `body` but for padding. Always, where the capture
 * cut the Set. */
gboolean nf_reading_fits (const NfBinding *binding, NfReader body, gboolean cut);

G_END_DECLS
