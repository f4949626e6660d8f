/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames -> datagrams and Messages: IP, what is above it, and what callers see. */
#include "capture.h"

#include "icmp.h"

/* Octets of headers: of IPv4's without options (RFC 791 3.1), IPv6's (RFC 8200 3), UDP's (RFC 768).
 * As many are asked for at once, so that no part of one has to ask. */
#define IPV4_HEADER 20
#define IPV6_HEADER 40
#define UDP_HEADER  8

/* The number of its protocol (RFC 768). */
#define PROTOCOL_UDP 17

struct _NfCapture {
    const NfLinkType *link_type;
    NfFragments *fragments;
    NfStreams *streams;
    NfDatagram blank; /* what is known of any before its headers are read; copied, as that is faster
                         than zeros one by one */
    gint64 now_ns;    /* when the last frame came */
};

static const NfKnown ip_protocols[] = {
    {PROTOCOL_UDP, NF_LAYER_UDP, NULL},
    {6, NF_LAYER_TCP, NULL},             /* RFC 9293 */
    {132, NF_LAYER_SCTP, NULL},          /* RFC 9260 */
    {1, NF_LAYER_ICMP, NULL},            /* RFC 792 */
    {58, NF_LAYER_ICMPV6, NULL},         /* RFC 4443 */
    {0, NF_LAYER_EXTENSION, NULL},       /* Hop-by-Hop Options */
    {43, NF_LAYER_ROUTING, NULL},        /* Routing */
    {60, NF_LAYER_EXTENSION, NULL},      /* Destination Options */
    {44, NF_LAYER_FRAGMENT, NULL},       /* of IPv6 */
    {51, NF_LAYER_AUTHENTICATION, NULL}, /* RFC 4302 */
    {4, NF_LAYER_IPV4, NULL},            /* in IP: RFC 2003 */
    {41, NF_LAYER_IPV6, NULL},           /* in IP: RFC 2473, RFC 4213 */
    {47, NF_LAYER_GRE, NULL},            /* RFC 2784 */
    {2, NF_LAYER_END, "IGMP"},           /* RFC 3376 */
    {50, NF_LAYER_END, "ESP"},           /* RFC 4303 */
    {59, NF_LAYER_END, "IPv6 without payload"},
    {88, NF_LAYER_END, "EIGRP"}, /* RFC 7868 */
    {89, NF_LAYER_END, "OSPF"},  /* RFC 2328, RFC 5340 */
    {103, NF_LAYER_END, "PIM"},  /* RFC 7761 */
    {112, NF_LAYER_END, "VRRP"}, /* RFC 9568 */
};

NfLayer
nf_walk_follow_ip_protocol (NfWalk *w, guint protocol)
{
    const NfKnown *known = nf_known_find (ip_protocols, G_N_ELEMENTS (ip_protocols), protocol);

    return known ? nf_walk_follow (w, known, NULL, protocol)
                 : nf_walk_other (w, "IP protocol %u", protocol);
}

/* GRE (RFC 2784 2, RFC 2890 2): a checksum, a key and a sequence number where bits say so. */
static NfLayer
read_gre (NfWalk *w)
{
    guint flags = nf_reader_u16 (&w->r);
    guint type = nf_reader_u16 (&w->r);

    if ((flags & 0x4007) != 0)
        return nf_walk_other (w, "GRE with routing, or of PPTP");
    for (guint bit = 0x8000; bit >= 0x1000; bit >>= 1)
        if ((flags & bit) != 0)
            nf_reader_take (&w->r, 4);
    return nf_walk_follow_ethertype (w, type);
}

static void
set_address (NfEndpoint *endpoint, guint8 family, const guint8 *octets)
{
    *endpoint = (NfEndpoint){.family = family};
    if (octets)
        memcpy (endpoint->address, octets, family == 4 ? 4 : 16);
}

static void
read_addresses (NfWalk *w, NfReader *header, guint8 family)
{
    gsize length = family == 4 ? 4 : 16;

    set_address (&w->frame->datagram.exporter, family, nf_reader_take (header, length));
    set_address (&w->frame->datagram.collector, family, nf_reader_take (header, length));
}

/* Goes on in what the fragments were joined to. */
static NfLayer
follow_joined (NfWalk *w, const NfFragmented *joined)
{
    w->joined = TRUE;
    w->r = nf_reader (joined->octets, joined->length, 0);
    w->missing = MAX (joined->total, joined->length) - joined->length;
    w->frame->datagram.checksums = joined->checksums;
    w->frame->datagram.frames = joined->frames;
    w->frame->datagram.n_frames = joined->n_frames;
    return nf_walk_follow_ip_protocol (w, joined->protocol);
}

/* Whether fragments of this protocol may belong to what carries Messages: a datagram's own headers
 * (RFC 8200 4.5: those behind the Fragment header) may come before it. */
static gboolean
is_worth_joining (const NfKnown *known)
{
    switch (known ? known->layer : NF_LAYER_END) {
    case NF_LAYER_UDP:
    case NF_LAYER_TCP:
    case NF_LAYER_SCTP:
    case NF_LAYER_EXTENSION:
    case NF_LAYER_ROUTING:
    case NF_LAYER_AUTHENTICATION:
        return TRUE;
    default:
        return FALSE;
    }
}

/* A fragment whose payload is all that is left. */
static NfLayer
read_fragment (NfWalk *w, NfFragment *fragment)
{
    const NfKnown *known =
        nf_known_find (ip_protocols, G_N_ELEMENTS (ip_protocols), fragment->protocol);
    const NfDatagram *d = &w->frame->datagram;
    NfFragmented whole;

    if (w->r.failed)
        return NF_LAYER_END;
    if (!w->fragments)
        return fragment->offset == 0
                   ? nf_walk_follow_ip_protocol (w, fragment->protocol)
                   : nf_walk_other (w, "fragment from octet %u on", (guint)fragment->offset);
    if (!is_worth_joining (known))
        return nf_walk_other (w, "fragment of IP protocol %u", fragment->protocol);
    if (w->joined) /* what `r` reads belongs to whom it would be handed over */
        return nf_walk_other (w, "fragment in a fragmented datagram");

    memcpy (fragment->key.source, d->exporter.address, sizeof d->exporter.address);
    memcpy (fragment->key.destination, d->collector.address, sizeof d->collector.address);
    fragment->key.family = d->exporter.family;
    fragment->octets = w->r;
    fragment->wire_length = w->r.left + w->missing;
    fragment->time_ns = d->time_ns;
    fragment->packet = d->packet;
    fragment->checksums = d->checksums;
    switch (nf_fragments_add (w->fragments, fragment, &whole)) {
    case NF_FRAGMENT_COMPLETES:
        return follow_joined (w, &whole);
    case NF_FRAGMENT_REPEATS:
        return nf_walk_other (w, "fragment of a datagram that is whole already");
    case NF_FRAGMENT_MALFORMED:
        return nf_walk_other (w, "malformed fragment");
    case NF_FRAGMENT_WAITS:
        break;
    }
    w->frame->kind = NF_FRAME_FRAGMENT;
    return NF_LAYER_END;
}

/* Judges the checksum of an IPv4 header that `r` reads. One that is not all there is for others to
 * notice. */
static void
judge_ipv4_header (NfWalk *w, NfReader r, gsize length)
{
    const guint8 *header = nf_reader_take (&r, length);

    if (header)
        nf_checksums_judge_ipv4 (&w->frame->datagram.checksums, header, length);
}

/* IPv4 (RFC 791 3.1). Total Length 0 is a frame larger than it can say, which the network card
 * divides or joined: all that is there. */
static NfLayer
read_ipv4 (NfWalk *w)
{
    gsize wire = w->r.left + w->missing;
    NfReader whole = w->r;
    NfReader r = nf_reader_sub (&w->r, IPV4_HEADER);

    if (r.failed)
        return NF_LAYER_END;

    guint version = nf_reader_u8 (&r);
    gsize header = (version & 15) * 4;
    nf_reader_take (&r, 1);
    gsize total = nf_reader_u16 (&r);
    guint identification = nf_reader_u16 (&r);
    guint flags = nf_reader_u16 (&r);
    nf_reader_take (&r, 1);
    guint8 protocol = nf_reader_u8 (&r);
    nf_reader_take (&r, 2);
    read_addresses (w, &r, 4);

    if (total != 0)
        judge_ipv4_header (w, whole, header);
    else
        total = wire;
    if (version >> 4 != 4 || header < IPV4_HEADER || total < header)
        return nf_walk_other (w, "malformed IPv4 header");
    nf_reader_take (&w->r, header - IPV4_HEADER);
    nf_walk_trim (w, total - header);
    if ((flags & 0x3fff) == 0)
        return nf_walk_follow_ip_protocol (w, protocol);

    NfFragment fragment = {.key = {.identification = identification, .protocol = protocol},
                           .protocol = protocol,
                           .more = (flags & 0x2000) != 0,
                           .offset = (flags & 0x1fff) * 8};
    return read_fragment (w, &fragment);
}

/* IPv6 (RFC 8200 3). Payload Length 0 is a jumbogram (RFC 2675 3) or left to the network card: all
 * that is there. */
static NfLayer
read_ipv6 (NfWalk *w)
{
    NfReader r = nf_reader_sub (&w->r, IPV6_HEADER);

    if (r.failed)
        return NF_LAYER_END;

    guint version = nf_reader_u32 (&r) >> 28;
    gsize length = nf_reader_u16 (&r);
    guint protocol = nf_reader_u8 (&r);
    nf_reader_take (&r, 1);
    read_addresses (w, &r, 6);

    if (version != 6)
        return nf_walk_other (w, "malformed IPv6 header");
    if (length != 0)
        nf_walk_trim (w, length);
    return nf_walk_follow_ip_protocol (w, protocol);
}

/* An extension header in units of 8 octets, the first not counted (RFC 8200 4.3, 4.4, 4.6). */
static NfLayer
read_extension (NfWalk *w)
{
    guint next = nf_reader_u8 (&w->r);

    nf_reader_take (&w->r, 8 * nf_reader_u8 (&w->r) + 6u);
    return nf_walk_follow_ip_protocol (w, next);
}

/* The Routing header (RFC 8200 4.4). With segments left the pseudo header of UDP has another
 * destination than IPv6's (RFC 8200 8.1). */
static NfLayer
read_routing (NfWalk *w)
{
    NfReader ahead = w->r;

    nf_reader_take (&ahead, 3); /* next header, length, type */
    w->is_underway |= nf_reader_u8 (&ahead) != 0;
    return read_extension (w);
}

/* The Authentication Header, in units of 4 octets, the first two not counted (RFC 4302 2.2). */
static NfLayer
read_authentication (NfWalk *w)
{
    guint next = nf_reader_u8 (&w->r);

    nf_reader_take (&w->r, 4 * nf_reader_u8 (&w->r) + 6u);
    return nf_walk_follow_ip_protocol (w, next);
}

/* The Fragment header (RFC 8200 4.5). One at offset 0 and without more is of a whole datagram. */
static NfLayer
read_fragment_header (NfWalk *w)
{
    NfFragment fragment = {.protocol = nf_reader_u8 (&w->r)};

    nf_reader_take (&w->r, 1);
    guint flags = nf_reader_u16 (&w->r);
    fragment.key.identification = nf_reader_u32 (&w->r);
    fragment.more = (flags & 1) != 0;
    fragment.offset = flags & 0xfff8;
    if (fragment.offset == 0 && !fragment.more)
        return nf_walk_follow_ip_protocol (w, fragment.protocol);
    return read_fragment (w, &fragment);
}

/*
 * UDP (RFC 768). Octets behind its Length are no payload; where it goes beyond what IP says, the
 * difference counts as cut off. Length 0 is a jumbogram (RFC 2675 4) or left to the network card:
 * all of IP's payload.
 */
static NfLayer
read_udp (NfWalk *w)
{
    NfDatagram *d = &w->frame->datagram;
    NfReader r = nf_reader_sub (&w->r, UDP_HEADER);

    if (r.failed)
        return NF_LAYER_END;

    guint16 source = nf_reader_u16 (&r);
    guint16 destination = nf_reader_u16 (&r);
    gsize length = nf_reader_u16 (&r);
    guint16 checksum = nf_reader_u16 (&r);
    gboolean is_told = length != 0;

    if (!is_told)
        length = UDP_HEADER + w->r.left + w->missing;
    if (length < UDP_HEADER)
        return nf_walk_other (w, "UDP with a Length below 8");

    NfReader payload = w->r;
    d->wire_length = length - UDP_HEADER;
    d->length = MIN (d->wire_length, payload.left);
    d->octets = nf_reader_take (&payload, d->length);
    d->exporter.port = source;
    d->collector.port = destination;
    if (is_told && !w->is_underway)
        nf_datagram_set_udp_checksum (d, checksum);
    w->frame->kind = NF_FRAME_DATAGRAM;
    return NF_LAYER_END;
}

const NfLayerRow nf_ip_layers[] = {
    [NF_LAYER_GRE] = {"GRE", read_gre},
    [NF_LAYER_IPV4] = {"IPv4", read_ipv4},
    [NF_LAYER_IPV6] = {"IPv6", read_ipv6},
    [NF_LAYER_EXTENSION] = {"IPv6 extension", read_extension},
    [NF_LAYER_ROUTING] = {"IPv6 extension", read_routing},
    [NF_LAYER_AUTHENTICATION] = {"AH", read_authentication},
    [NF_LAYER_FRAGMENT] = {"Fragment", read_fragment_header},
    [NF_LAYER_ICMP] = {"ICMP", nf_walk_icmp},
    [NF_LAYER_ICMPV6] = {"ICMPv6", nf_walk_icmpv6},
    [NF_LAYER_SCTP] = {"SCTP", nf_walk_sctp},
    [NF_LAYER_TCP] = {"TCP", nf_walk_tcp},
    [NF_LAYER_UDP] = {"UDP", read_udp},
};

NfCapture *
nf_capture_new (int link_type)
{
    const NfLinkType *known = nf_link_type_find (link_type);

    if (!known)
        return NULL;

    NfCapture *capture = g_new0 (NfCapture, 1);
    capture->link_type = known;
    capture->fragments = nf_fragments_new ();
    capture->streams = nf_streams_new ();
    capture->blank = (NfDatagram){.transport = NF_TRANSPORT_UDP, .has_time = TRUE};
    return capture;
}

void
nf_capture_free (NfCapture *capture)
{
    if (!capture)
        return;
    nf_fragments_free (capture->fragments);
    nf_streams_free (capture->streams);
    g_free (capture);
}

void
nf_capture_limit (NfCapture *capture, const NfLimits *limits)
{
    nf_fragments_limit (capture->fragments, limits);
    nf_streams_limit (capture->streams, limits);
}

void
nf_capture_expect (NfCapture *capture, NfPortFilter expects, gconstpointer data)
{
    nf_streams_expect (capture->streams, expects, data);
}

/* A walk that begins with `frame` as nothing but when and where it came. */
static NfWalk
begin_walk (NfCapture *capture, NfFrame *frame, gint64 time_ns, guint64 packet)
{
    frame->kind = NF_FRAME_DATAGRAM;
    frame->datagram = capture->blank;
    frame->datagram.time_ns = time_ns;
    frame->datagram.packet = packet;
    frame->why = 0;
    frame->what[0] = '\0';
    return (NfWalk){.fragments = capture->fragments, .streams = capture->streams, .frame = frame};
}

void
nf_capture_frame (NfCapture *capture, const guint8 *octets, gsize captured, gsize wire,
                  gint64 time_ns, guint64 packet, NfFrame *frame)
{
    NfWalk w = begin_walk (capture, frame, time_ns, packet);

    w.r = nf_reader (octets, captured, 0);
    w.missing = MAX (wire, captured) - captured;
    capture->now_ns = time_ns;
    nf_reader_take (&w.r, capture->link_type->skip);
    nf_walk (&w, capture->link_type->layer);
}

/* Reads what came of a lost datagram. Returns FALSE where that does not show that it is
 * UDP; where the first fragment is missing, the others say what the datagram begins with. */
static gboolean
describe_lost (NfCapture *capture, const NfFragmented *there, NfLostDatagram *lost)
{
    NfFrame frame;
    NfWalk w = begin_walk (capture, &frame, there->time_ns, there->packet);

    if (there->length == 0 && there->protocol != PROTOCOL_UDP)
        return FALSE;
    w.is_lost = TRUE;
    set_address (&frame.datagram.exporter, there->key.family, there->key.source);
    set_address (&frame.datagram.collector, there->key.family, there->key.destination);
    nf_walk (&w, follow_joined (&w, there));
    if (frame.kind == NF_FRAME_OTHER && !w.r.failed)
        return FALSE;

    /* Without a UDP header what there is of the beginning is a part of it. */
    gsize headers = w.r.failed ? there->length : w.r.offset;
    if (w.r.failed)
        frame.datagram.wire_length = MAX (there->total, UDP_HEADER) - UDP_HEADER;
    *lost = (NfLostDatagram){.datagram = frame.datagram,
                             .octets_there = MAX (there->seen, headers) - headers,
                             .octets_expected = frame.datagram.wire_length};
    return TRUE;
}

gboolean
nf_capture_take_lost (NfCapture *capture, gboolean at_end, NfLostDatagram *lost)
{
    NfFragmented there;

    if (nf_fragments_are_none (capture->fragments)) /* as after most frames */
        return FALSE;
    while (nf_fragments_take_lost (capture->fragments, capture->now_ns, at_end, &there))
        if (describe_lost (capture, &there, lost))
            return TRUE;
    return FALSE;
}

gboolean
nf_capture_take_message (NfCapture *capture, gboolean at_end, NfDatagram *datagram)
{
    return nf_streams_take (capture->streams, at_end, datagram);
}
