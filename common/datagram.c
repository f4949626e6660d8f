/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two ends of a conversation: compared, hashed, as text; times; checksums on the way. */
#include "datagram.h"

#include "hash.h"
#include "reader.h"
#include "value.h"

gint64
nf_arrival_ns (gint64 s, gint64 ns)
{
    const gint64 second = 1000000000;

    return CLAMP (s, 0, G_MAXINT64 / second - 1) * second + CLAMP (ns, 0, second - 1);
}

gint64
nf_arrival_ns_of_pcap (gint64 s, gint64 ns)
{
    return nf_arrival_ns (s < 0 && s >= G_MININT32 ? (gint64)(guint32)s : s, ns);
}

/* An IPv4 address takes no more than one number. */
static void
add_endpoint (NfHash *hash, const NfEndpoint *endpoint, guint16 port)
{
    guint64 number = (guint64)endpoint->family << 48 | (guint64)port << 32;

    if (endpoint->family == 6) {
        nf_hash_add (hash, number);
        nf_hash_add (hash, nf_octets_uint (endpoint->address, 8));
        nf_hash_add (hash, nf_octets_uint (endpoint->address + 8, 8));
    } else {
        nf_hash_add (hash, number | nf_octets_uint (endpoint->address, 4));
    }
}

static guint
hash_with_port (const NfEndpoint *endpoint, guint16 port)
{
    NfHash hash = nf_hash_begin ();

    add_endpoint (&hash, endpoint, port);
    return nf_hash_end (&hash);
}

guint
nf_endpoint_hash (const NfEndpoint *endpoint)
{
    return hash_with_port (endpoint, endpoint->port);
}

guint
nf_endpoint_hash_address (const NfEndpoint *endpoint)
{
    return hash_with_port (endpoint, 0);
}

guint
nf_domain_key_hash (gconstpointer key)
{
    const NfDomainKey *k = key;
    NfHash hash = nf_hash_begin ();

    add_endpoint (&hash, &k->exporter, k->exporter.port);
    add_endpoint (&hash, &k->collector, k->collector.port);
    nf_hash_add (&hash, (guint64)k->id << 32 | (guint32)k->version << 16 | (guint32)k->transport);
    if (k->connection != 0)
        nf_hash_add (&hash, k->connection);
    return nf_hash_end (&hash);
}

void
nf_endpoint_text (NfText *t, const NfEndpoint *endpoint)
{
    if (endpoint->family == 4)
        nf_ipv4_text (t, endpoint->address);
    else if (endpoint->family == 6)
        nf_ipv6_text (t, endpoint->address);
    else
        nf_text_add_char (t, '?');
}

void
nf_endpoint_text_port (NfText *t, const NfEndpoint *endpoint)
{
    gboolean brackets = endpoint->family == 6;

    if (brackets)
        nf_text_add_char (t, '[');
    nf_endpoint_text (t, endpoint);
    if (brackets)
        nf_text_add_char (t, ']');
    if (endpoint->family != 0) {
        nf_text_add_char (t, ':');
        nf_text_add_uint (t, endpoint->port, 1);
    }
}

void
nf_checksums_judge_ipv4 (NfChecksums *checksums, const guint8 *header, gsize length)
{
    enum { CHECKSUM = 10 };
    NfReader words = nf_reader (header, length, 0), r = words;
    guint64 sum = 0; /* too few words for a carry */

    while (words.left >= 8) {
        guint64 two = nf_reader_uint (&words, 8);

        sum += (two >> 32) + (guint32)two;
    }
    sum += nf_reader_u32 (&words); /* of an odd number; else there is none, which is 0 */
    if (G_LIKELY (nf_sum_fold (sum) == G_MAXUINT16) || checksums->ip_wrong)
        return;
    nf_reader_take (&r, CHECKSUM);
    checksums->ip_wrong = TRUE;
    checksums->ip = nf_reader_u16 (&r);
    checksums->ip_right = (guint16)~nf_sum_fold (sum + (guint16)~checksums->ip);
}

/* A sum of an address, carries not added; what follows an IPv4 address is zeros. */
static guint64
sum_address (const NfEndpoint *endpoint)
{
    return endpoint->family == 4 ? nf_octets_uint (endpoint->address, 4)
                                 : nf_octets_sum (endpoint->address, sizeof endpoint->address);
}

void
nf_datagram_set_udp_checksum (NfDatagram *datagram, guint16 checksum)
{
    enum { PROTOCOL_UDP = 17, HEADER = 8 };

    datagram->checksums.udp_known = TRUE;
    datagram->checksums.udp = checksum;
    datagram->checksums.udp_pseudo =
        nf_sum_fold (sum_address (&datagram->exporter) + sum_address (&datagram->collector) +
                     PROTOCOL_UDP + HEADER + datagram->wire_length);
}
