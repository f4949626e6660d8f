/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The DATA chunks of an SCTP association in order, with holes, -> Messages (RFC 7011 10.2.3).
 *
 * A user message is a Message, in one chunk or, fragmented, in several with consecutive numbers
 * (RFC 9260 6.9). Should it hold several, their Lengths tell them apart.
 */
#pragma once

#include "backlog.h"
#include "sequence.h"

G_BEGIN_DECLS

typedef struct {
    NfBacklog backlog;     /* of the user message at hand, what was not handed out */
    guint64 wire_length;   /* octets that has on the wire, as far as its chunks came */
    guint16 stream;        /* which it came on */
    gboolean is_open;      /* its first chunk came, */
    gboolean is_whole;     /* and the last one, or none will come any more: */
    gboolean is_broken;    /* then its end is missing */
    gboolean is_cut;       /* what comes of it lies behind octets that were not captured */
    gboolean is_encrypted; /* the association: it is ignored */
    gboolean is_late;      /* no Message was handed out yet */
    gboolean at_end;       /* nothing comes any more */
    guint64 hole;          /* chunks that are missing behind the user message at hand */
    guint64 missing;       /* since the last Message: as in NfGap */
    guint64 skipped;
} NfAssembler;

G_GNUC_INTERNAL void nf_assembler_init (NfAssembler *assembler);
G_GNUC_INTERNAL void nf_assembler_clear (NfAssembler *assembler);

/* Adds the next chunk, once nothing more can be taken; */
G_GNUC_INTERNAL void nf_assembler_add (NfAssembler *assembler, const NfPiece *chunk);

/* ... or that so many are missing, or that it was all. */
G_GNUC_INTERNAL void nf_assembler_add_hole (NfAssembler *assembler, guint64 chunks);
G_GNUC_INTERNAL void nf_assembler_end (NfAssembler *assembler);

/* Takes the next Message: its octets, lengths, stream, gap, packet, time and frames; borrowed until
 * something is added. Returns FALSE where there is none yet. */
G_GNUC_INTERNAL gboolean nf_assembler_take (NfAssembler *assembler, NfDatagram *datagram);

G_END_DECLS
