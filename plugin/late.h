/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages with records that nobody could read when they were first visited, as a Template came
 * later: kept, and read once it has come, for what goes on over time. Sequence numbers count
 * records, and samplers are named by them.
 */
#pragma once

#include "state.h"

/* What is kept. */
void nfp_late_begin (void);
void nfp_late_end (void);

/* At the first visit: keeps a Message that has a Data Set without a Template. */
void nfp_late_keep (NfpMemory *memory, const NfDatagram *datagram);

/* At later visits: reads those that can be read by now, when all up to the datagram `newest` has
 * been learnt. */
void nfp_late_serve (NfCollector *collector, guint64 newest);

/* What the Message holds, if it was kept and has been read; or NULL. */
const NfRecordCounts *nfp_late_counts (const NfpMemory *memory);
