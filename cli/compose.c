/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams -> frames: Ethernet, IP, UDP, TCP, SCTP, each with its checksum. */
#include "compose.h"

#include "checksum.h"
#include "reader.h"

enum { PROTOCOL_ICMP = 1, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17 };
enum { PROTOCOL_FRAGMENT = 44, PROTOCOL_ICMPV6 = 58, PROTOCOL_SCTP = 132 };
enum { TCP_SYN = 0x02, TCP_PSH_ACK = 0x18 };              /* RFC 9293 3.1 */
enum { DATA_ENDS = 0x01, DATA_BEGINS = 0x02 };            /* RFC 9260 3.3.1 */
enum { IPV4_DONT_FRAGMENT = 0x4000, IPV4_MORE = 0x2000 }; /* RFC 791 3.1 */

#define HOPS        64
#define UDP_HEADER  8
#define TCP_HEADER  20
#define SCTP_HEADER 12
#define DATA_HEADER 16

/* Octets of UDP payload that IPv4 and IPv6 have room for in 65,535. */
#define MAX_UDP_IPV4 65507
#define MAX_UDP_IPV6 65527

/* Octets of a stream in one packet: room for headers is left, and it is a multiple of 4. */
#define MAX_PART 65000

/* Connections whose numbers are remembered. What comes beyond begins all of them anew, which
 * readers take for new connections. */
#define MAX_CONNECTIONS 65536

/* One direction of a connection. */
typedef struct {
    NfEndpoint from;
    NfEndpoint to;
    NfTransport transport;
    guint32 connection;
    guint32 tag;  /* SCTP: its own, as associations are told apart by it */
    guint32 next; /* TCP: the next octet's number; SCTP: the next chunk's */
} Connection;

struct _NfComposer {
    NfFrameTaker take;
    gpointer data;
    GHashTable *connections; /* of Connection, owned, each its own key */
    GByteArray *frame;
    guint32 n_tags;
    guint32 n_fragments; /* the identification of the last fragmented datagram */
};

/* What a frame is made of, from the inside out. */
typedef struct {
    const NfDatagram *datagram; /* its ends are known */
    guint protocol;
    const guint8 *header; /* of the transport, and what stands before the payload */
    gsize header_length;
    gsize checksum_at; /* where in the header its checksum is; 0: it has none */
    const guint8 *payload;
    gsize length;        /* octets of the payload that are there */
    gsize wire_length;   /* and that were on the wire */
    guint32 fragment_id; /* of a fragment; 0: it is none */
    gsize fragment_at;   /* it begins after so many octets, and */
    gboolean has_more;   /* more come behind it */
} Parts;

static guint
connection_hash (gconstpointer data)
{
    const Connection *c = data;

    return nf_endpoint_hash (&c->from) * 31 + nf_endpoint_hash (&c->to) + c->connection;
}

static gboolean
connection_equal (gconstpointer a, gconstpointer b)
{
    const Connection *x = a, *y = b;

    return x->connection == y->connection && x->transport == y->transport &&
           nf_endpoint_equal (&x->from, &y->from) && nf_endpoint_equal (&x->to, &y->to);
}

NfComposer *
nf_composer_new (NfFrameTaker take, gpointer data)
{
    NfComposer *c = g_new0 (NfComposer, 1);

    c->take = take;
    c->data = data;
    c->connections = g_hash_table_new_full (connection_hash, connection_equal, g_free, NULL);
    c->frame = g_byte_array_new ();
    return c;
}

void
nf_composer_free (NfComposer *composer)
{
    if (!composer)
        return;
    g_hash_table_unref (composer->connections);
    g_byte_array_unref (composer->frame);
    g_free (composer);
}

/* ---- octets ---- */

static void
put (GByteArray *to, guint64 value, guint n)
{
    for (guint i = n; i > 0; i--) {
        guint8 octet = (guint8)(value >> 8 * (i - 1));

        g_byte_array_append (to, &octet, 1);
    }
}

static void
put_octets (GByteArray *to, const guint8 *octets, gsize n)
{
    if (n > 0)
        g_byte_array_append (to, octets, (guint)n);
}

static void
put_endpoint (GByteArray *to, const NfEndpoint *endpoint)
{
    put_octets (to, endpoint->address, endpoint->family == 4 ? 4 : 16);
}

/* ---- IP ---- */

/* Both stations are made up: addresses that are administered locally. */
static void
put_ethernet (GByteArray *to, guint8 family)
{
    put (to, G_GUINT64_CONSTANT (0x020000000002), 6);
    put (to, G_GUINT64_CONSTANT (0x020000000001), 6);
    put (to, family == 4 ? 0x0800 : 0x86dd, 2);
}

/* Overwrites two octets. */
static void
set_u16 (GByteArray *to, guint at, guint16 value)
{
    to->data[at] = (guint8)(value >> 8);
    to->data[at + 1] = (guint8)value;
}

/* Puts the checksum of a header that is not that which came: as wrong as that one was. */
static void
put_ipv4_checksum (GByteArray *to, guint start, const NfChecksums *came)
{
    gsize length = to->len - start;
    guint16 error = nf_sum_fold ((guint64)came->ip + (guint16)~came->ip_right);

    nf_checksum_put (to, start + 10, nf_checksum_add (0, to->data + start, length));
    if (came->ip_wrong)
        set_u16 (to, start + 10,
                 came->ip == 0 ? 0
                               : nf_sum_fold (nf_octets_sum (to->data + start + 10, 2) + error));
}

static void
put_ipv4 (GByteArray *to, const Parts *p)
{
    guint start = to->len;

    put (to, 0x4500, 2);
    put (to, 20 + p->header_length + p->wire_length, 2);
    put (to, p->fragment_id, 2);
    put (to,
         p->fragment_id == 0 ? IPV4_DONT_FRAGMENT
                             : p->fragment_at / 8 | (p->has_more ? IPV4_MORE : 0),
         2);
    put (to, HOPS, 1);
    put (to, p->protocol, 1);
    put (to, 0, 2);
    put_endpoint (to, &p->datagram->exporter);
    put_endpoint (to, &p->datagram->collector);
    put_ipv4_checksum (to, start, &p->datagram->checksums);
}

static void
put_ipv6 (GByteArray *to, const Parts *p)
{
    put (to, 0x60000000, 4);
    put (to, (p->fragment_id ? 8 : 0) + p->header_length + p->wire_length, 2);
    put (to, p->fragment_id ? PROTOCOL_FRAGMENT : p->protocol, 1);
    put (to, HOPS, 1);
    put_endpoint (to, &p->datagram->exporter);
    put_endpoint (to, &p->datagram->collector);
    if (p->fragment_id == 0)
        return;
    put (to, p->protocol, 1); /* RFC 8200 4.5 */
    put (to, 0, 1);           /* reserved */
    put (to, p->fragment_at | (p->has_more ? 1 : 0), 2);
    put (to, p->fragment_id, 4);
}

/* The sum over what UDP, TCP and ICMPv6 add to their own octets (RFC 768, RFC 8200 8.1). */
static guint64
pseudo_header (const Parts *p)
{
    const NfDatagram *g = p->datagram;
    guint64 sum = p->protocol + p->header_length + p->wire_length;

    sum = nf_checksum_add (sum, g->exporter.address, sizeof g->exporter.address);
    return nf_checksum_add (sum, g->collector.address, sizeof g->collector.address);
}

/* Composes a frame. Nobody can tell the checksum of what is not all there: it stays 0. UDP's stays
 * what it was, right or wrong. */
static void
give (NfComposer *c, const Parts *p)
{
    GByteArray *to = c->frame;
    guint8 family = p->datagram->exporter.family;
    guint start;

    g_byte_array_set_size (to, 0);
    put_ethernet (to, family);
    if (family == 4)
        put_ipv4 (to, p);
    else
        put_ipv6 (to, p);
    start = to->len;
    put_octets (to, p->header, p->header_length);
    put_octets (to, p->payload, p->length);
    if (p->length == p->wire_length && p->fragment_id == 0) {
        if (p->protocol == PROTOCOL_SCTP)
            nf_checksum_put_crc32c (to, start + p->checksum_at, start);
        else if (p->protocol == PROTOCOL_UDP && p->datagram->checksums.udp_known)
            set_u16 (to, start + (guint)p->checksum_at, p->datagram->checksums.udp);
        else
            nf_checksum_put (to, start + p->checksum_at,
                             nf_checksum_add (p->protocol == PROTOCOL_ICMP ? 0 : pseudo_header (p),
                                              to->data + start, to->len - start));
    }
    c->take (to, to->len + (p->wire_length - p->length), c->data);
}

/* ---- UDP ---- */

static void
give_udp (NfComposer *c, const NfDatagram *g, gsize length, gsize wire_length, gboolean is_lost)
{
    g_autoptr (GByteArray) header = g_byte_array_new ();
    Parts parts = {.datagram = g,
                   .protocol = PROTOCOL_UDP,
                   .header_length = UDP_HEADER,
                   .checksum_at = 6,
                   .payload = g->octets,
                   .length = length,
                   .wire_length = is_lost ? length : wire_length,
                   .has_more = is_lost,
                   .fragment_id = is_lost ? ++c->n_fragments : 0};

    put (header, g->exporter.port, 2);
    put (header, g->collector.port, 2);
    put (header, UDP_HEADER + wire_length, 2);
    put (header, 0, 2);
    parts.header = header->data;
    give (c, &parts);
}

/* ---- streams ---- */

/* The connection that the datagram belongs to; `*is_new` becomes whether it was not known. */
static Connection *
find_connection (NfComposer *c, const NfDatagram *g, gboolean *is_new)
{
    Connection key = {.from = g->exporter,
                      .to = g->collector,
                      .transport = g->transport,
                      .connection = g->connection};
    Connection *found = g_hash_table_lookup (c->connections, &key);

    *is_new = !found;
    if (found)
        return found;
    if (g_hash_table_size (c->connections) >= MAX_CONNECTIONS)
        g_hash_table_remove_all (c->connections);
    found = g_memdup2 (&key, sizeof key);
    found->tag = ++c->n_tags;
    found->next = c->n_tags * 0x01000000; /* far from where the last one of these ends began */
    g_hash_table_add (c->connections, found);
    return found;
}

static void
give_segment (NfComposer *c, const NfDatagram *g, Connection *stream, guint flags,
              const guint8 *octets, gsize length, gsize wire_length)
{
    g_autoptr (GByteArray) header = g_byte_array_new ();
    Parts parts = {.datagram = g,
                   .protocol = PROTOCOL_TCP,
                   .header_length = TCP_HEADER,
                   .checksum_at = 16,
                   .payload = octets,
                   .length = length,
                   .wire_length = wire_length};

    put (header, g->exporter.port, 2);
    put (header, g->collector.port, 2);
    put (header, stream->next, 4);
    put (header, flags == TCP_SYN ? 0 : 1, 4);
    put (header, TCP_HEADER / 4 << 4, 1);
    put (header, flags, 1);
    put (header, 65535, 2);
    put (header, 0, 4);
    parts.header = header->data;
    give (c, &parts);
    stream->next += (guint32)wire_length + (flags == TCP_SYN ? 1 : 0);
}

/* A chunk of user data; only its last part ends the user message. */
static void
give_chunk (NfComposer *c, const NfDatagram *g, Connection *stream, guint flags,
            const guint8 *octets, gsize length, gsize wire_length)
{
    g_autoptr (GByteArray) header = g_byte_array_new ();
    g_autoptr (GByteArray) payload = g_byte_array_new ();
    gsize padding = -wire_length % 4;
    Parts parts = {.datagram = g,
                   .protocol = PROTOCOL_SCTP,
                   .header_length = SCTP_HEADER + DATA_HEADER,
                   .checksum_at = 8,
                   .wire_length = wire_length + padding};

    put (header, g->exporter.port, 2);
    put (header, g->collector.port, 2);
    put (header, stream->tag, 4);
    put (header, 0, 4);
    put (header, flags, 2);
    put (header, DATA_HEADER + wire_length, 2);
    put (header, stream->next++, 4);
    put (header, g->stream, 2);
    put (header, 0, 6);
    parts.header = header->data;
    put_octets (payload, octets, length);
    if (length == wire_length)
        put (payload, 0, (guint)padding);
    parts.payload = payload->data;
    parts.length = payload->len;
    give (c, &parts);
}

/* Gives octets of a stream in packets that have room for them. Of a Message whose end is missing in
 * a gap no chunk is the last one. */
static void
give_parts (NfComposer *c, const NfDatagram *g, Connection *stream, const guint8 *octets,
            gsize length, gsize wire_length)
{
    NfReader r = nf_reader (octets, length, 0);

    for (gsize done = 0, n; done < wire_length; done += n) {
        gsize there;

        n = MIN (wire_length - done, MAX_PART);
        there = MIN (n, r.left);
        if (g->transport == NF_TRANSPORT_SCTP)
            give_chunk (c, g, stream,
                        (done == 0 ? DATA_BEGINS : 0) |
                            (done + n == wire_length && !g->gap.behind ? DATA_ENDS : 0),
                        nf_reader_take (&r, there), there, n);
        else
            give_segment (c, g, stream, TCP_PSH_ACK, nf_reader_take (&r, there), there, n);
    }
}

/* Octets of the stream that are no Message. Of what they were nothing is known. */
static void
give_skipped (NfComposer *c, const NfDatagram *g, Connection *stream, guint64 skipped)
{
    static const guint8 zeros[MAX_PART];

    for (guint64 left = skipped, n; left > 0; left -= n) {
        n = MIN (left, MAX_PART);
        if (g->transport == NF_TRANSPORT_SCTP) /* the end of something, so that it begins nothing */
            give_chunk (c, g, stream, DATA_ENDS, zeros, n, n);
        else
            give_parts (c, g, stream, zeros, n, n);
    }
}

static void
give_stream (NfComposer *c, const NfDatagram *g)
{
    gsize wire_length = MIN (g->wire_length, g->length + MAX_PART);
    gboolean is_new;
    Connection *stream = find_connection (c, g, &is_new);
    guint64 before = 0; /* of what was skipped: no octet is missing before the first one */

    if (is_new && g->transport == NF_TRANSPORT_TCP && !g->gap.at_start)
        give_segment (c, g, stream, TCP_SYN, NULL, 0, 0);
    if (is_new && g->gap.at_start && g->gap.missing > 0)
        before = MIN (g->gap.skipped, 1);
    give_skipped (c, g, stream, before);
    stream->next += (guint32)g->gap.missing;
    give_skipped (c, g, stream, g->gap.skipped - before);
    if (g->gap.behind)
        wire_length = g->length;
    give_parts (c, g, stream, g->octets, g->length, MAX (wire_length, g->length));
    if (g->gap.behind && g->transport == NF_TRANSPORT_TCP)
        stream->next += (guint32)(g->wire_length - g->length);
}

/* ---- all together ---- */

NfDatagram
nf_compose_ends (const NfDatagram *datagram)
{
    static const NfEndpoint documentation[2][2] = {
        {{.family = 4, .address = {192, 0, 2, 254}}, {.family = 4, .address = {192, 0, 2, 253}}},
        {{.family = 6, .address = {0x20, 1, 0xd, 0xb8, [15] = 254}},
         {.family = 6, .address = {0x20, 1, 0xd, 0xb8, [15] = 253}}},
    };
    NfDatagram g = *datagram;
    guint row = g.exporter.family == 6 || g.collector.family == 6;
    NfReader r = nf_reader (g.octets, g.length, 0);
    guint16 usual = nf_reader_u16 (&r) == 10 ? 4739 : 2055;
    NfEndpoint *ends[2] = {&g.exporter, &g.collector};

    for (guint i = 0; i < 2; i++) {
        guint16 port = ends[i]->family == 0 ? usual : ends[i]->port;

        if (ends[i]->family != (row ? 6 : 4))
            *ends[i] = documentation[row][i];
        ends[i]->port = port;
    }
    return g;
}

void
nf_composer_add (NfComposer *composer, const NfDatagram *datagram)
{
    NfDatagram g = nf_compose_ends (datagram);
    gsize room = g.exporter.family == 4 ? MAX_UDP_IPV4 : MAX_UDP_IPV6;

    if (g.transport == NF_TRANSPORT_TCP || g.transport == NF_TRANSPORT_SCTP) {
        give_stream (composer, &g);
    } else if (g.length > room || g.gap.missing + g.gap.skipped > 0) {
        g.transport = NF_TRANSPORT_TCP;
        give_stream (composer, &g);
    } else {
        give_udp (composer, &g, g.length, CLAMP (g.wire_length, g.length, room), FALSE);
    }
}

/* What came of a datagram without its first fragment, as one that was cut: its octets are not
 * known. If the last one came, it ends there. */
static void
give_rest (NfComposer *c, const NfItem *lost)
{
    NfDatagram g = nf_compose_ends (&lost->datagram);
    gsize all = lost->octets_expected ? UDP_HEADER + lost->octets_expected : 0;
    Parts parts = {.datagram = &g,
                   .protocol = PROTOCOL_UDP,
                   .wire_length = lost->octets_there,
                   .fragment_id = ++c->n_fragments,
                   .fragment_at = all ? all - MIN (all, lost->octets_there) : UDP_HEADER,
                   .has_more = all == 0};

    if (lost->octets_there <= MAX_UDP_IPV4 && parts.fragment_at > 0 && parts.fragment_at % 8 == 0)
        give (c, &parts);
}

void
nf_composer_add_lost (NfComposer *composer, const NfItem *lost)
{
    NfDatagram g = nf_compose_ends (&lost->datagram);
    gsize length = g.length / 8 * 8; /* fragments end on 8 octets, and so does UDP's header */
    gsize expected = MIN (lost->octets_expected, MAX_UDP_IPV4);

    if (!g.octets)
        give_rest (composer, lost);
    else if (expected > length && length <= MAX_PART)
        give_udp (composer, &g, length, expected, TRUE);
}

/* Type and code of the usual error (RFC 792, RFC 4443). */
static guint16
error_of (guint8 family, NfFindingId why)
{
    if (why == NF_FINDING_COLLECTOR_UNREACHABLE_PORT)
        return family == 4 ? 0x0303 : 0x0104;
    if (why == NF_FINDING_COLLECTOR_UNREACHABLE_FILTER)
        return family == 4 ? 0x030d : 0x0101;
    return family == 4 ? 0x0301 : 0x0103;
}

void
nf_composer_add_refusal (NfComposer *composer, const NfItem *refusal)
{
    const NfDatagram *g = &refusal->datagram;
    const NfDatagram back = {.exporter = g->collector, .collector = g->exporter};
    const Parts quoted = {.datagram = g,
                          .protocol = PROTOCOL_UDP,
                          .header_length = UDP_HEADER,
                          .wire_length = g->wire_length};
    g_autoptr (GByteArray) header = g_byte_array_new ();
    guint8 family = g->exporter.family;
    Parts parts = {.datagram = &back,
                   .protocol = family == 4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6,
                   .checksum_at = 2,
                   .payload = g->octets,
                   .length = MIN (g->length, MAX_PART),
                   .wire_length = MIN (g->length, MAX_PART)};

    put (header, error_of (family, refusal->why), 2);
    put (header, 0, 6); /* checksum, unused */
    if (family == 4)
        put_ipv4 (header, &quoted);
    else
        put_ipv6 (header, &quoted);
    put (header, g->exporter.port, 2);
    put (header, g->collector.port, 2);
    put (header, UDP_HEADER + g->wire_length, 2);
    put (header, 0, 2);
    parts.header = header->data;
    parts.header_length = header->len;
    give (composer, &parts);
}
