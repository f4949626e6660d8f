/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The DATA chunks of SCTP associations (RFC 9260 3.3.1): which of them no packet of the file has.
 * Wireshark's SCTP does not tell; their numbers stand in front of the payload. Of a user message
 * that came in several chunks they are not known: nothing is claimed around it.
 */
#pragma once

#include "state.h"

/* What is kept of associations. */
void nfp_chunks_begin (void);
void nfp_chunks_end (void);

/* The chunk that `payload` is the whole user data of. */
NfpChunk nfp_chunk_of (tvbuff_t *payload);

/* At the first visit: notes in which chunk the Message came. */
void nfp_chunks_note (NfpMemory *memory, guint32 connection, const NfpChunk *chunk);

/* At later visits: so many chunks are missing before the Message, by all that came. */
guint32 nfp_chunks_missing (const NfpMemory *memory);
