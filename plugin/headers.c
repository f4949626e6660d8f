/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headers before a payload: in the packet's octets or, of a fragmented datagram, in those that
 * its fragments were put together to. They are looked for backwards, and believed where they say
 * what Wireshark says of the packet.
 */
#include "headers.h"

#include "common/reader.h"

enum { UDP_HEADER = 8, IPV4_HEADER = 20, IPV4_LONGEST = 60, PROTOCOL_UDP = 17 };

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
    const guint8 *octets = nf_reader_take (r, 4);

    return octets && memcmp (octets, endpoint->address, 4) == 0;
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

static void
judge_ipv4_header (NfDatagram *g, tvbuff_t *source, gint end)
{
    for (gint length = IPV4_HEADER; length <= IPV4_LONGEST; length += 4) {
        NfReader r = read_before (source, end, length);

        if (!is_ipv4_header (r, g, length))
            continue;
        nf_checksums_judge_ipv4 (&g->checksums, nf_reader_take (&r, (gsize)length), (gsize)length);
        return;
    }
}

void
nfp_headers_read_checksums (NfDatagram *datagram, tvbuff_t *tvb)
{
    tvbuff_t *source = tvb_get_ds_tvb (tvb);
    gint start = (gint)tvb_raw_offset (tvb);
    NfReader r = read_before (source, start, UDP_HEADER);
    guint16 from = nf_reader_u16 (&r);
    guint16 to = nf_reader_u16 (&r);
    gsize length = nf_reader_u16 (&r);
    guint16 checksum = nf_reader_u16 (&r);

    if (r.failed || from != datagram->exporter.port || to != datagram->collector.port ||
        length != UDP_HEADER + datagram->wire_length)
        return;
    nf_datagram_set_udp_checksum (datagram, checksum);
    if (datagram->exporter.family == 4)
        judge_ipv4_header (datagram, source, start - UDP_HEADER);
}
