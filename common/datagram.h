/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every source hands over: the octets that hold a Message, and how they came.
 */
#pragma once

#include "text.h"

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* One end of a conversation. All zero where it is not known (hex, raw files). */
typedef struct {
    guint8 address[16]; /* network order; the first 4 octets of an IPv4 address, then zeros */
    guint16 port;       /* host order */
    guint8 family;      /* 4, 6, or 0: not known */
} NfEndpoint;

typedef enum {
    NF_TRANSPORT_NONE,
    NF_TRANSPORT_UDP,
    NF_TRANSPORT_TCP,
    NF_TRANSPORT_SCTP
} NfTransport;

/* Whether it has connections, whose Templates end with them and are withdrawn before they change
 * (RFC 7011 8.1); over UDP they are not (8.4). */
static inline gboolean
nf_transport_has_connections (NfTransport transport)
{
    return transport == NF_TRANSPORT_TCP || transport == NF_TRANSPORT_SCTP;
}

/* What a stream has before a Message that is no whole Message. */
typedef struct {
    guint64 missing; /* octets that nobody captured; of SCTP, DATA chunks */
    guint64 skipped; /* octets that are there */
    gboolean
        at_start;    /* the stream's beginning is not in the capture: the Message was looked for */
    gboolean behind; /* the Message's end is missing in the next gap, which will be told */
} NfGap;

/* The checksums of the headers before a UDP payload, as far as they can be judged. Who changes what
 * they are of sets all to 0. */
typedef struct {
    gboolean ip_wrong; /* an IPv4 header (RFC 791 3.1) has `ip` where `ip_right` belongs */
    guint16 ip;
    guint16 ip_right;
    gboolean udp_known; /* of UDP (RFC 768, RFC 8200 8.1) these are known: */
    guint16 udp;        /* its checksum; 0: none */
    guint16 udp_pseudo; /* the sum of its pseudo header, carries added */
} NfChecksums;

typedef struct {
    const guint8 *octets; /* borrowed: valid until the source is asked for the next one */
    gsize length;         /* octets there are */
    gsize wire_length;    /* octets there were: more than `length` where the capture cut it */
    NfEndpoint exporter;
    NfEndpoint collector;
    NfTransport transport;
    guint32 connection; /* TCP, SCTP: which connection between the two endpoints */
    guint16 stream;     /* SCTP */
    NfChecksums checksums;
    NfGap gap;         /* before it, in its stream; where no Message follows the gap, `wire_length`
                          is 0 */
    guint64 dropped;   /* live sources: datagrams that the kernel dropped before it */
    gboolean has_time; /* whether `time_ns` is known */
    gint64 time_ns;    /* arrival, nanoseconds since 1970 */
    guint64 order;     /* rises over the whole run, never twice the same */
    guint file;        /* which input, from 0 */
    guint64 packet;    /* frame in which it became whole, from 1 as Wireshark counts; 0: none */
    guint message;     /* of this frame, from 1 */
    const guint64 *frames; /* those of its IP fragments, by offset, or of its TCP segments or SCTP
                              chunks; NULL where all came in `packet` */
    guint n_frames;
} NfDatagram;

/* A Transport Session and Observation Domain. */
typedef struct {
    NfEndpoint exporter;
    NfEndpoint collector;
    NfTransport transport;
    guint32 connection;
    guint16 version;
    guint32 id; /* Observation Domain ID, Source ID */
} NfDomainKey;

/* A place in the whole input: a datagram's order, and an offset in its Message. */
typedef struct {
    guint64 order;
    guint32 offset;
} NfPlace;

static inline gboolean
nf_place_is_before (NfPlace a, NfPlace b)
{
    return a.order < b.order || (a.order == b.order && a.offset < b.offset);
}

/* `s` seconds and `ns` nanoseconds since 1970 as a datagram's time. Captures may have any time:
 * what is before or behind all that can be told becomes the nearest that can. */
gint64 nf_arrival_ns (gint64 s, gint64 ns);

/* The same of what libpcap tells of a packet. It reads the 32 bits that a pcap file has for the
 * seconds as a number with a sign; they have none, and so go on from 2038 to 2106. */
gint64 nf_arrival_ns_of_pcap (gint64 s, gint64 ns);

/* Whether they are the same address, whatever the port. */
static inline gboolean
nf_endpoint_same_address (const NfEndpoint *a, const NfEndpoint *b)
{
    guint64 x[2], y[2]; /* for which memcmp() is called */

    memcpy (x, a->address, sizeof x);
    memcpy (y, b->address, sizeof y);
    return a->family == b->family && x[0] == y[0] && x[1] == y[1];
}

/* Whether the two ends are the same address and port. */
static inline gboolean
nf_endpoint_equal (const NfEndpoint *a, const NfEndpoint *b)
{
    return a->port == b->port && nf_endpoint_same_address (a, b);
}

/* For hash tables whose keys NfDomainKeys are; the hash is another one in each process. */
G_GNUC_INTERNAL guint nf_domain_key_hash (gconstpointer key);

static inline gboolean
nf_domain_key_equal (gconstpointer a, gconstpointer b)
{
    const NfDomainKey *x = (const NfDomainKey *)a, *y = (const NfDomainKey *)b;

    return x->id == y->id && x->version == y->version && x->transport == y->transport &&
           x->connection == y->connection && nf_endpoint_equal (&x->exporter, &y->exporter) &&
           nf_endpoint_equal (&x->collector, &y->collector);
}

/* A hash over address and port, another one in each process; over the address alone with
 * nf_endpoint_hash_address(). */
guint nf_endpoint_hash (const NfEndpoint *endpoint);
guint nf_endpoint_hash_address (const NfEndpoint *endpoint);

/* Judges the checksum of an IPv4 header of `length` octets, which are a multiple of 4, unless one
 * before it was wrong. */
void nf_checksums_judge_ipv4 (NfChecksums *checksums, const guint8 *header, gsize length);

/* Notes UDP's checksum, of a datagram whose ends and `wire_length` are known. */
void nf_datagram_set_udp_checksum (NfDatagram *datagram, guint16 checksum);

/* Appends the address, or "?" where it is not known. */
void nf_endpoint_text (NfText *t, const NfEndpoint *endpoint);

/* Appends address and port: "192.0.2.1:2055", "[2001:db8::1]:2055", "?" where not known. */
void nf_endpoint_text_port (NfText *t, const NfEndpoint *endpoint);

G_END_DECLS
