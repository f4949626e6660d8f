/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a sender numbers, put in order again: the octets of a TCP connection (RFC 9293 3.4), the
 * DATA chunks of an SCTP association (RFC 9260 3.3.1). Numbers wrap at 2^32 on the wire; here they
 * have 64 bits.
 *
 *      next            a piece that waits        another
 *      v               =================         ======
 *      |---- a hole ---|               |- a hole -|
 *
 * Of what comes twice the first copy is kept. A hole is given up when too much waits behind it, in
 * octets, pieces or time.
 */
#pragma once

#include "reader.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    guint64 start;   /* number of the first one: octet, chunk */
    guint64 end;     /* and of the one behind the last, all of those on the wire counted */
    guint64 packet;  /* the frame it came in, */
    gint64 time_ns;  /* and when */
    NfReader octets; /* as far as it was captured */
    /* ---- of a chunk ---- */
    gsize wire_length; /* octets on the wire */
    guint16 stream;
    gboolean begins; /* a user message */
    gboolean ends;
} NfPiece;

typedef struct {
    guint64 next;    /* the number that should come */
    guint64 forward; /* nothing before this number will come any more */
    GQueue pieces;   /* of NfPiece, owned: what waits, in order, none overlapping another */
    gsize held;      /* octets of memory that they take */
} NfSequence;

/* What nf_sequence_take() found. */
typedef enum {
    NF_NEXT_NOTHING, /* what should come is missing, and may yet come */
    NF_NEXT_PIECE,
    NF_NEXT_HOLE /* it will not come */
} NfNext;

/* Begins with the number `first` of the wire. */
G_GNUC_INTERNAL void nf_sequence_init (NfSequence *sequence, guint32 first);
G_GNUC_INTERNAL void nf_sequence_clear (NfSequence *sequence);

/* The number that 32 bits on the wire stand for: the nearest to `next`. */
G_GNUC_INTERNAL guint64 nf_sequence_unwrap (const NfSequence *sequence, guint32 number);

/* Takes a copy of what is new in the piece. Returns whether anything is. */
G_GNUC_INTERNAL gboolean nf_sequence_add (NfSequence *sequence, const NfPiece *piece);

/*
 * Takes what comes next: a piece, to be freed with nf_piece_free(), or a hole of `*hole` numbers.
 * Holes are given up by their age at `now_ns`, or, `at_end`, all of them.
 */
G_GNUC_INTERNAL NfNext nf_sequence_take (NfSequence *sequence, gint64 now_ns, gboolean at_end,
                                         NfPiece **piece, guint64 *hole);

G_GNUC_INTERNAL void nf_piece_free (NfPiece *piece);

G_END_DECLS
