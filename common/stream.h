/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TCP segments and DATA chunks of SCTP -> Messages: which connection each belongs to, whether it is
 * one that is followed, and what it has to hand out. Within fixed bounds of number and memory.
 *
 * A stream is one direction of a connection: who sends IPFIX is the exporter. It is followed when
 * it goes to a port where export is expected, or begins with a Message. Of all others nothing is
 * kept.
 */
#pragma once

#include "capture.h"
#include "reader.h"

G_BEGIN_DECLS

typedef struct _NfStreams NfStreams;

/* Whose part of which connection, and when and where it came. */
typedef struct {
    NfEndpoint from;
    NfEndpoint to;
    gint64 time_ns;
    guint64 packet;
} NfOrigin;

/* A TCP segment (RFC 9293 3.1). */
typedef struct {
    NfOrigin origin;
    guint32 sequence;
    gboolean syn, fin, rst;
    NfReader octets;   /* of the stream, as far as they were captured: none in a RST (3.5.3) */
    gsize wire_length; /* of those */
} NfSegment;

/* A DATA chunk (RFC 9260 3.3.1). */
typedef struct {
    NfOrigin origin;
    guint32 tag;    /* verification tag of its packet */
    guint32 number; /* TSN */
    guint16 stream;
    gboolean begins; /* a user message, */
    gboolean ends;
    NfReader octets;
    gsize wire_length;
} NfChunk;

/* What becomes of a part of a stream. */
typedef enum {
    NF_PART_FOREIGN,   /* it is of a stream that is not followed */
    NF_PART_EMPTY,     /* it has no payload */
    NF_PART_REPEATS,   /* all of it came before */
    NF_PART_ENCRYPTED, /* its stream is followed no further */
    NF_PART_TAKEN
} NfPart;

G_GNUC_INTERNAL NfStreams *nf_streams_new (void);
G_GNUC_INTERNAL void nf_streams_free (NfStreams *streams);

/* As nf_fragments_limit(). */
G_GNUC_INTERNAL void nf_streams_limit (NfStreams *streams, const NfLimits *limits);

/* As nf_capture_expect(). */
G_GNUC_INTERNAL void nf_streams_expect (NfStreams *streams, NfPortFilter expects,
                                        gconstpointer data);

/* Takes in a segment or a chunk. Those of one packet come together, and then all Messages are taken
 * before those of the next one come. */
G_GNUC_INTERNAL NfPart nf_streams_add_segment (NfStreams *streams, const NfSegment *segment);
G_GNUC_INTERNAL NfPart nf_streams_add_chunk (NfStreams *streams, const NfChunk *chunk);

/* No chunk numbered up to `number` will come any more: FORWARD TSN (RFC 3758 3.2). */
G_GNUC_INTERNAL void nf_streams_forward (NfStreams *streams, const NfOrigin *origin, guint32 tag,
                                         guint32 number);

/* As nf_capture_take_message(). */
G_GNUC_INTERNAL gboolean nf_streams_take (NfStreams *streams, gboolean at_end,
                                          NfDatagram *datagram);

G_END_DECLS
