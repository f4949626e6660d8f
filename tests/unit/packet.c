/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IP packets, octet by octet. */
#include "packet.h"

static void
add_uint (GByteArray *packet, guint64 value, guint n)
{
    while (n-- > 0) {
        guint8 octet = (guint8)(value >> 8 * n);

        g_byte_array_append (packet, &octet, 1);
    }
}

void
packet_add_message (GByteArray *octets, guint32 i)
{
    add_uint (octets, 10 << 16 | PACKET_MESSAGE, 4);
    add_uint (octets, 1700000000, 4);
    add_uint (octets, i, 4);
    add_uint (octets, 1, 4);
    add_uint (octets, 256 << 16 | (PACKET_MESSAGE - 16), 4);
    for (guint k = 0; k < 4; k++)
        add_uint (octets, i * 2654435761u ^ 0x55aa55aau, 4);
}

static GByteArray *
begin_ipv4 (guint8 protocol, guint8 host)
{
    GByteArray *packet = g_byte_array_new ();

    add_uint (packet, 0x4500, 2);
    add_uint (packet, 0, 2); /* Total Length: all that is there */
    add_uint (packet, 0, 4);
    add_uint (packet, 64 << 8 | protocol, 2);
    add_uint (packet, 0, 2);
    add_uint (packet, 0xc0000200 | host, 4);
    add_uint (packet, 0xc0000209, 4);
    return packet;
}

static GByteArray *
begin_ipv6 (guint8 protocol)
{
    GByteArray *packet = g_byte_array_new ();

    add_uint (packet, 0x60000000, 4);
    add_uint (packet, 0, 2); /* Payload Length: likewise */
    add_uint (packet, (guint)protocol << 8 | 64, 2);
    for (guint end = 1; end <= 2; end++) {
        add_uint (packet, G_GUINT64_CONSTANT (0x20010db800000000), 8);
        add_uint (packet, end, 8);
    }
    return packet;
}

GByteArray *
packet_segment (int family, guint16 port, guint32 sequence, guint flags, const guint8 *octets,
                guint length)
{
    GByteArray *packet = family == 4 ? begin_ipv4 (6, 1) : begin_ipv6 (6);

    add_uint (packet, 40000, 2);
    add_uint (packet, port, 2);
    add_uint (packet, sequence, 4);
    add_uint (packet, 0, 4);
    add_uint (packet, 0x5010 | flags, 2);
    add_uint (packet, 0xffff0000, 4);
    add_uint (packet, 0, 2);
    g_byte_array_append (packet, octets, length);
    return packet;
}

GByteArray *
packet_sctp (guint8 host, guint16 port, guint32 tag)
{
    GByteArray *packet = begin_ipv4 (132, host);

    add_uint (packet, 40000, 2);
    add_uint (packet, port, 2);
    add_uint (packet, tag, 4);
    add_uint (packet, 0, 4);
    return packet;
}

void
packet_add_data (GByteArray *packet, guint flags, guint32 number, guint16 stream,
                 const guint8 *octets, guint length)
{
    add_uint (packet, flags, 2);
    add_uint (packet, 16 + length, 2);
    add_uint (packet, number, 4);
    add_uint (packet, stream, 2);
    add_uint (packet, 0, 6);
    g_byte_array_append (packet, octets, length);
    add_uint (packet, 0, -length % 4);
}

void
packet_add_forward (GByteArray *packet, guint32 number)
{
    add_uint (packet, 192 << 8, 2);
    add_uint (packet, 8, 2);
    add_uint (packet, number, 4);
}

void
packet_feed (NfCapture *capture, const GByteArray *packet, guint cut, gint64 time_ns,
             guint64 number)
{
    g_autofree guint8 *copy = g_memdup2 (packet->data, packet->len - cut);
    NfFrame frame;

    nf_capture_frame (capture, copy, packet->len - cut, packet->len, time_ns, number, &frame);
    g_assert_cmpint (frame.kind, !=, NF_FRAME_DATAGRAM);
}
