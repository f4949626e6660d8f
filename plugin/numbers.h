/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How Messages follow on each other (common/tracker.h). At the first visit that is told by those
 * before; from the second visit on by all that were visited: a Message that comes late is not
 * missing, whatever was said before it came.
 */
#pragma once

#include "state.h"

/* What is kept of a domain's Messages; NULL: of none. */
void nfp_numbers_begin (void);
void nfp_numbers_end (void);

/* At the first visit: notes how the Message follows on the one before. */
void nfp_numbers_note (NfpMemory *memory, const NfDatagram *datagram, const NfMessage *message,
                       const NfRecordCounts *counts);

/* What the Message holds is known better by now (late.h). */
void nfp_numbers_changed (const NfpMemory *memory);

/* At later visits: sees to it that what is remembered is by all that came. */
void nfp_numbers_review (const NfpMemory *memory);
