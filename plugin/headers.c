/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headers before a payload: in the packet's octets or, of a fragmented datagram, in those that
 * its fragments were put together to. They are looked for backwards, and believed where they say
 * what Wireshark says of the packet.
 */
#include "headers.h"

#include "common/icmp.h"

enum { UDP_HEADER = 8, IPV4_HEADER = 20, IPV4_LONGEST = 60, IPV6_HEADER = 40, ICMP_HEADER = 8 };
enum { PROTOCOL_UDP = 17 };

/* A reader of the `length` octets before `end` of `source`; a failed one where they are not there.
 */
static NfReader
read_before (tvbuff_t *source, gint end, gint length)
{
    NfReader r = nf_reader (NULL, 0, 0);

    if (end < length || !tvb_bytes_exist (source, end - length, length))
        nf_reader_take (&r, 1);
    else
        r = nf_reader (tvb_get_ptr (source, end - length, length), (gsize)length, 0);
    return r;
}

static gboolean
is_address (NfReader *r, const NfEndpoint *endpoint)
{
    gsize length = endpoint->family == 4 ? 4 : 16;
    const guint8 *octets = nf_reader_take (r, length);

    return octets && memcmp (octets, endpoint->address, length) == 0;
}

/* Whether `r` reads the IPv4 header (RFC 791 3.1) of the datagram, not fragmented. */
static gboolean
is_ipv4_header (NfReader r, const NfDatagram *g, gint length)
{
    guint version = nf_reader_u8 (&r);

    nf_reader_take (&r, 1);
    guint total = nf_reader_u16 (&r);
    nf_reader_take (&r, 2);
    guint fragment = nf_reader_u16 (&r) & 0x3fff;
    nf_reader_take (&r, 1);
    guint protocol = nf_reader_u8 (&r);
    nf_reader_take (&r, 2);
    return version == (guint)(0x40 | length / 4) && fragment == 0 && protocol == PROTOCOL_UDP &&
           total >= (gsize)length + UDP_HEADER + g->wire_length && is_address (&r, &g->exporter) &&
           is_address (&r, &g->collector) && !r.failed;
}

/* Octets of the IPv4 header that ends at `end`; 0 where there is none. */
static gint
find_ipv4_header (const NfDatagram *g, tvbuff_t *source, gint end)
{
    gint length = IPV4_HEADER;

    while (length <= IPV4_LONGEST && !is_ipv4_header (read_before (source, end, length), g, length))
        length += 4;
    return length <= IPV4_LONGEST ? length : 0;
}

/* Octets of the IPv6 header (RFC 8200 3) that ends at `end`; 0 where there is none. */
static gint
find_ipv6_header (const NfDatagram *g, tvbuff_t *source, gint end)
{
    NfReader r = read_before (source, end, IPV6_HEADER);
    guint version = nf_reader_u32 (&r) >> 28;

    nf_reader_take (&r, 2);
    guint next = nf_reader_u16 (&r) >> 8;
    return version == 6 && next == PROTOCOL_UDP && is_address (&r, &g->exporter) &&
                   is_address (&r, &g->collector) && !r.failed
               ? IPV6_HEADER
               : 0;
}

/* Reads the UDP header that is before `tvb`, if it is the datagram's: one that may have been longer
 * than `wire_length` where it `is_quote`. */
static gboolean
read_udp_header (const NfDatagram *g, tvbuff_t *tvb, gboolean is_quote, guint16 *checksum)
{
    NfReader r = read_before (tvb_get_ds_tvb (tvb), (gint)tvb_raw_offset (tvb), UDP_HEADER);
    guint16 from = nf_reader_u16 (&r);
    guint16 to = nf_reader_u16 (&r);
    gsize length = nf_reader_u16 (&r);

    *checksum = nf_reader_u16 (&r);
    return !r.failed && from == g->exporter.port && to == g->collector.port &&
           (length == UDP_HEADER + g->wire_length ||
            (is_quote && length > UDP_HEADER + g->wire_length));
}

void
nfp_headers_read_checksums (NfDatagram *datagram, tvbuff_t *tvb)
{
    tvbuff_t *source = tvb_get_ds_tvb (tvb);
    gint end = (gint)tvb_raw_offset (tvb) - UDP_HEADER;
    guint16 checksum;

    if (!read_udp_header (datagram, tvb, FALSE, &checksum))
        return;
    nf_datagram_set_udp_checksum (datagram, checksum);
    gint length = datagram->exporter.family == 4 ? find_ipv4_header (datagram, source, end) : 0;
    NfReader r = read_before (source, end, length);

    if (length > 0)
        nf_checksums_judge_ipv4 (&datagram->checksums, nf_reader_take (&r, (gsize)length),
                                 (gsize)length);
}

gboolean
nfp_headers_read_refusal (const NfDatagram *datagram, tvbuff_t *tvb, NfFinding *finding)
{
    tvbuff_t *source = tvb_get_ds_tvb (tvb);
    gint end = (gint)tvb_raw_offset (tvb) - UDP_HEADER;
    guint8 family = datagram->exporter.family;
    guint16 checksum;
    gint length;

    *finding = (NfFinding){.args = {datagram->collector.port, 0}};
    if (datagram->transport != NF_TRANSPORT_UDP ||
        !read_udp_header (datagram, tvb, TRUE, &checksum))
        return FALSE;
    length = family == 4 ? find_ipv4_header (datagram, source, end)
                         : find_ipv6_header (datagram, source, end);
    NfReader error = read_before (source, end - length, ICMP_HEADER);
    guint type = nf_reader_u8 (&error), code = nf_reader_u8 (&error);

    return length > 0 && !error.failed && nf_icmp_refuses (family, type, code, &finding->id);
}
