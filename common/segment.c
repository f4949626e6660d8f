/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The headers of TCP segments and SCTP packets, for the streams they belong to. */
#include "layer.h"

/* Octets of a TCP header without options (RFC 9293 3.1), of an SCTP chunk's header (RFC 9260 3.2),
 * and of what stands behind that in a DATA chunk, before the user data (3.3.1). */
#define TCP_HEADER   20
#define CHUNK_HEADER 4
#define DATA_HEADER  12

enum { TCP_FIN = 0x01, TCP_SYN = 0x02, TCP_RST = 0x04 };
enum { CHUNK_DATA = 0, CHUNK_FORWARD_TSN = 192 }; /* RFC 9260 3.3.1, RFC 3758 3.2 */
enum { DATA_ENDS = 0x01, DATA_BEGINS = 0x02 };

/* Reads the ports: the frame is of this transport. What the caller did not take of the frames
 * before is lost. */
static NfOrigin
read_origin (NfWalk *w, NfTransport transport)
{
    NfDatagram *d = &w->frame->datagram;
    NfDatagram ignored;

    while (nf_streams_take (w->streams, FALSE, &ignored))
        ;
    d->exporter.port = nf_reader_u16 (&w->r);
    d->collector.port = nf_reader_u16 (&w->r);
    d->transport = transport;
    return (NfOrigin){
        .from = d->exporter, .to = d->collector, .time_ns = d->time_ns, .packet = d->packet};
}

/* What the frame is by what became of the part of a stream in it. */
static NfLayer
settle (NfWalk *w, const char *name, NfPart part)
{
    static const char *const remarks[] = {[NF_PART_FOREIGN] = "",
                                          [NF_PART_EMPTY] = ", no data",
                                          [NF_PART_REPEATS] = ", data that came before",
                                          [NF_PART_ENCRYPTED] = ", encrypted"};

    if (part != NF_PART_TAKEN)
        return nf_walk_other (w, "%s to port %u%s", name, w->frame->datagram.collector.port,
                              remarks[part]);
    w->frame->kind = NF_FRAME_SEGMENT;
    return NF_LAYER_END;
}

/* Of a packet that belongs to no stream to be followed. */
static NfLayer
only_look (NfWalk *w, const char *name)
{
    nf_reader_take (&w->r, 4); /* ports */
    return nf_walk_other (w, "%s", name);
}

NfLayer
nf_walk_tcp (NfWalk *w)
{
    if (!w->streams)
        return only_look (w, "TCP");
    if (w->is_lost) /* a hole in its stream */
        return nf_walk_other (w, "part of a TCP segment");

    NfSegment segment = {.origin = read_origin (w, NF_TRANSPORT_TCP)};
    NfReader r = w->r;

    segment.sequence = nf_reader_u32 (&r);
    nf_reader_take (&r, 4); /* acknowledgment */
    gsize header = (nf_reader_u8 (&r) >> 4) * 4;
    guint flags = nf_reader_u8 (&r);

    nf_reader_take (&r, 6 + MAX (header, TCP_HEADER) - TCP_HEADER); /* window ... options */
    if (w->r.failed)
        return NF_LAYER_END;
    if (r.failed || header < TCP_HEADER)
        return settle (w, "TCP", NF_PART_FOREIGN);
    segment.syn = (flags & TCP_SYN) != 0;
    segment.fin = (flags & TCP_FIN) != 0;
    segment.rst = (flags & TCP_RST) != 0;
    if (!segment.rst) { /* what stands in one says why, and is none of the stream's octets */
        segment.octets = r;
        segment.wire_length = r.left + w->missing;
    }
    return settle (w, "TCP", nf_streams_add_segment (w->streams, &segment));
}

/* Reads what follows a chunk's header: `wire` octets, as far as they were captured. `chunk` has
 * what all chunks of the packet share. */
static NfPart
read_chunk (NfWalk *w, NfChunk *chunk, guint type, guint flags, NfReader r, gsize wire)
{
    chunk->number = nf_reader_u32 (&r);
    if (r.failed)
        return NF_PART_FOREIGN;
    if (type == CHUNK_FORWARD_TSN)
        nf_streams_forward (w->streams, &chunk->origin, chunk->tag, chunk->number);
    if (type != CHUNK_DATA)
        return NF_PART_FOREIGN;
    chunk->stream = nf_reader_u16 (&r);
    nf_reader_take (&r, 6); /* Stream Sequence Number, Payload Protocol Identifier */
    if (r.failed)
        return NF_PART_FOREIGN;
    chunk->begins = (flags & DATA_BEGINS) != 0;
    chunk->ends = (flags & DATA_ENDS) != 0;
    chunk->octets = r;
    chunk->wire_length = wire - DATA_HEADER;
    return nf_streams_add_chunk (w->streams, chunk);
}

NfLayer
nf_walk_sctp (NfWalk *w)
{
    NfPart most = NF_PART_FOREIGN;

    if (!w->streams)
        return only_look (w, "SCTP");
    if (w->is_lost)
        return nf_walk_other (w, "part of an SCTP packet");

    NfChunk chunk = {.origin = read_origin (w, NF_TRANSPORT_SCTP)};
    NfReader r = w->r;

    chunk.tag = nf_reader_u32 (&r);
    nf_reader_take (&r, 4); /* checksum */
    if (w->r.failed)
        return NF_LAYER_END;
    while (r.left >= CHUNK_HEADER) {
        guint type = nf_reader_u8 (&r);
        guint flags = nf_reader_u8 (&r);
        gsize length = nf_reader_u16 (&r);

        if (length < CHUNK_HEADER)
            break;
        gsize wire = MIN (length - CHUNK_HEADER, r.left + w->missing);
        NfReader content = nf_reader_sub (&r, MIN (wire, r.left));
        NfPart part = read_chunk (w, &chunk, type, flags, content, wire);

        most = MAX (most, part);
        nf_reader_take (&r, MIN (-length % 4, r.left)); /* padding */
    }
    return settle (w, "SCTP", most);
}
