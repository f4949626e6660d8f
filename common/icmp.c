/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What ICMP says of datagrams that did not arrive, which it quotes from the IP header on:
 *
 *      | type | code | checksum | 4 octets | IP header | UDP header | payload, or a part |
 */
#include "icmp.h"

/* What did not arrive, and why, by code: Destination Unreachable of IPv4 (RFC 1122 3.2.2.1, and 13
 * of RFC 1812) and of IPv6 (RFC 4443 3.1). The others
 * are 0, which is no such finding: the table of findings begins with another one. */
static const NfFindingId of_ipv4[] = {
    [0] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,    /* network */
    [1] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,    /* host */
    [2] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,    /* it has no UDP */
    [3] = NF_FINDING_COLLECTOR_UNREACHABLE_PORT,    /* port */
    [6] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,    /* network not known */
    [7] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,    /* host not known */
    [9] = NF_FINDING_COLLECTOR_UNREACHABLE_FILTER,  /* network forbidden */
    [10] = NF_FINDING_COLLECTOR_UNREACHABLE_FILTER, /* host forbidden */
    [11] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,   /* network, for this type of service */
    [12] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,   /* host, likewise */
    [13] = NF_FINDING_COLLECTOR_UNREACHABLE_FILTER, /* forbidden */
};
static const NfFindingId of_ipv6[] = {
    [0] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,   /* no route */
    [1] = NF_FINDING_COLLECTOR_UNREACHABLE_FILTER, /* forbidden */
    [2] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,   /* beyond the scope of the source's address */
    [3] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,   /* address */
    [4] = NF_FINDING_COLLECTOR_UNREACHABLE_PORT,   /* port */
    [5] = NF_FINDING_COLLECTOR_UNREACHABLE_FILTER, /* the source's address is forbidden */
    [6] = NF_FINDING_COLLECTOR_UNREACHABLE_HOST,   /* route that rejects */
};

gboolean
nf_icmp_refuses (guint8 family, guint type, guint code, NfFindingId *why)
{
    enum { UNREACHABLE_IPV4 = 3, UNREACHABLE_IPV6 = 1 };
    const NfFindingId *table = family == 4 ? of_ipv4 : of_ipv6;
    guint n = family == 4 ? G_N_ELEMENTS (of_ipv4) : G_N_ELEMENTS (of_ipv6);

    if (type != (family == 4 ? UNREACHABLE_IPV4 : UNREACHABLE_IPV6) || code >= n ||
        table[code] == 0)
        return FALSE;
    *why = table[code];
    return TRUE;
}

/* Reads the rest of an error up to the packet that it quotes, of which the sender may say how long
 * the quote is (RFC 4884), in words of 4 octets in IPv4 and of 8 in IPv6. */
static NfReader
read_quote (NfWalk *w, guint8 family)
{
    NfReader r = w->r;
    gsize length;

    nf_reader_take (&r, family == 4 ? 3 : 2); /* checksum; unused in IPv4 */
    length = nf_reader_u8 (&r) * (family == 4 ? 4u : 8u);
    nf_reader_take (&r, family == 4 ? 2 : 3);
    return length > 0 && length < r.left ? nf_reader_sub (&r, length) : r;
}

/* The frame becomes one that says of a UDP datagram that it did not arrive, if it quotes one. */
static void
look_into_quote (NfWalk *w, guint8 family, NfFindingId why)
{
    NfFrame quoted = {.kind = NF_FRAME_OTHER};
    NfWalk q = {.frame = &quoted, .r = read_quote (w, family), .is_quote = TRUE};
    NfDatagram *d = &w->frame->datagram;

    nf_walk (&q, family == 4 ? NF_LAYER_IPV4 : NF_LAYER_IPV6);
    if (quoted.kind != NF_FRAME_DATAGRAM)
        return;
    w->frame->kind = NF_FRAME_REFUSAL;
    w->frame->why = why;
    d->exporter = quoted.datagram.exporter;
    d->collector = quoted.datagram.collector;
    d->octets = quoted.datagram.octets;
    d->length = quoted.datagram.length;
    d->wire_length = quoted.datagram.wire_length;
    d->checksums = (NfChecksums){.ip_wrong = FALSE};
}

static NfLayer
read_icmp (NfWalk *w, guint8 family)
{
    const char *name = family == 4 ? "ICMP" : "ICMPv6";
    guint type = nf_reader_u8 (&w->r), code = nf_reader_u8 (&w->r);
    NfFindingId why;
    gboolean refuses = nf_icmp_refuses (family, type, code, &why);

    if (refuses && why == NF_FINDING_COLLECTOR_UNREACHABLE_PORT)
        nf_walk_other (w, "%s port unreachable", name);
    else
        nf_walk_other (w, "%s type %u code %u", name, type, code);
    /* whoever observes headers has nothing of a quote; one in a quote is made to keep us busy */
    if (refuses && !w->observe && !w->is_quote)
        look_into_quote (w, family, why);
    return NF_LAYER_END;
}

NfLayer
nf_walk_icmp (NfWalk *w)
{
    return read_icmp (w, 4);
}

NfLayer
nf_walk_icmpv6 (NfWalk *w)
{
    return read_icmp (w, 6);
}
