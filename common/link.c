/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headers below IP: link layers, tags, labels, and the numbers by which they say what follows.
 */
#include "layer.h"

/* The largest Length of IEEE 802.3; a larger number in its place is an EtherType. */
#define MAX_802_3_LENGTH 1500

static const NfLinkType link_types[] = {
    {0, 0, NF_LAYER_LOOPBACK},   /* NULL: the address family in the byte order of who captured */
    {1, 0, NF_LAYER_ETHERNET},   /* EN10MB */
    {9, 0, NF_LAYER_PPP},        /* PPP */
    {10, 13, NF_LAYER_LLC},      /* FDDI: frame control and two addresses */
    {11, 0, NF_LAYER_LLC},       /* ATM_RFC1483 */
    {12, 0, NF_LAYER_IP},        /* RAW */
    {14, 0, NF_LAYER_IP},        /* RAW of OpenBSD */
    {50, 0, NF_LAYER_PPP},       /* PPP_SERIAL: RFC 1662 framing, or Cisco's */
    {51, 0, NF_LAYER_PPPOE},     /* PPP_ETHER: PPPoE without its Ethernet header */
    {100, 0, NF_LAYER_LLC},      /* LINKTYPE_ATM_RFC1483 */
    {101, 0, NF_LAYER_IP},       /* LINKTYPE_RAW */
    {104, 0, NF_LAYER_C_HDLC},   /* C_HDLC */
    {108, 0, NF_LAYER_LOOPBACK}, /* LOOP: the same in network order */
    {113, 14, NF_LAYER_COOKED},  /* LINUX_SLL: packet type and link layer address */
    {204, 1, NF_LAYER_PPP},      /* PPP_WITH_DIR: direction */
    {205, 1, NF_LAYER_C_HDLC},   /* C_HDLC_WITH_DIR: direction */
    {219, 0, NF_LAYER_MPLS},     /* MPLS */
    {228, 0, NF_LAYER_IPV4},     /* IPV4 */
    {229, 0, NF_LAYER_IPV6},     /* IPV6 */
    {274, 8, NF_LAYER_ETHERNET}, /* ETHERNET_MPACKET: preamble */
    {276, 0, NF_LAYER_COOKED_2}, /* LINUX_SLL2 */
};

static const NfKnown ethertypes[] = {
    {0x0800, NF_LAYER_IPV4, NULL},
    {0x86dd, NF_LAYER_IPV6, NULL},
    {0x8100, NF_LAYER_VLAN, NULL}, /* IEEE 802.1Q */
    {0x88a8, NF_LAYER_VLAN, NULL}, /* IEEE 802.1ad, the outer tag */
    {0x9100, NF_LAYER_VLAN, NULL}, /* the same before it had a number of its own */
    {0x8847, NF_LAYER_MPLS, NULL},
    {0x8848, NF_LAYER_MPLS, NULL}, /* multicast at first, upstream-assigned labels since RFC 5332 */
    {0x8864, NF_LAYER_PPPOE, NULL},
    {0x6558, NF_LAYER_ETHERNET, NULL}, /* in GRE */
    {0x0806, NF_LAYER_END, "ARP"},
    {0x8809, NF_LAYER_END, "LACP"},
    {0x8863, NF_LAYER_END, "PPPoE discovery"},
    {0x888e, NF_LAYER_END, "EAPOL"},
    {0x88cc, NF_LAYER_END, "LLDP"},
    {0x88e5, NF_LAYER_END, "MACsec"},
};

static const NfKnown ppp_protocols[] = {
    {0x0021, NF_LAYER_IPV4, NULL},    /* RFC 1332 */
    {0x0057, NF_LAYER_IPV6, NULL},    /* RFC 5072 */
    {0x0281, NF_LAYER_MPLS, NULL},    /* RFC 3032 4.3 */
    {0x0283, NF_LAYER_MPLS, NULL},    /* likewise, multicast */
    {0x8021, NF_LAYER_END, "IPCP"},   /* RFC 1332 */
    {0x8057, NF_LAYER_END, "IPV6CP"}, /* RFC 5072 */
    {0xc021, NF_LAYER_END, "LCP"},    /* RFC 1661 */
    {0xc023, NF_LAYER_END, "PAP"},    /* RFC 1334 */
    {0xc223, NF_LAYER_END, "CHAP"},   /* RFC 1994 */
};

/* AF_INET is 2 everywhere, AF_INET6 is not. */
static const NfKnown address_families[] = {
    {2, NF_LAYER_IPV4, NULL},  /* everyone */
    {10, NF_LAYER_IPV6, NULL}, /* Linux */
    {23, NF_LAYER_IPV6, NULL}, /* Windows */
    {24, NF_LAYER_IPV6, NULL}, /* NetBSD, OpenBSD */
    {28, NF_LAYER_IPV6, NULL}, /* FreeBSD */
    {30, NF_LAYER_IPV6, NULL}, /* macOS */
};

NfLayer
nf_walk_follow_ethertype (NfWalk *w, guint type)
{
    return nf_walk_follow (w, nf_known_find (ethertypes, G_N_ELEMENTS (ethertypes), type),
                           "EtherType", type);
}

/* An EtherType, or the Length of IEEE 802.3 before an LLC header. */
static NfLayer
read_type_or_length (NfWalk *w)
{
    guint type = nf_reader_u16 (&w->r);

    if (type > MAX_802_3_LENGTH)
        return nf_walk_follow_ethertype (w, type);
    nf_walk_trim (w, type);
    return NF_LAYER_LLC;
}

static NfLayer
read_ethernet (NfWalk *w)
{
    nf_reader_take (&w->r, 12); /* the addresses */
    return read_type_or_length (w);
}

static NfLayer
read_vlan (NfWalk *w)
{
    nf_reader_take (&w->r, 2); /* priority and VLAN */
    return read_type_or_length (w);
}

/* An EtherType, or one of Linux's numbers for frames without: 4 is LLC. */
static NfLayer
read_cooked (NfWalk *w)
{
    guint type = nf_reader_u16 (&w->r);

    return type == 4 ? NF_LAYER_LLC : nf_walk_follow_ethertype (w, type);
}

/* The same, followed by 18 octets about the interface. */
static NfLayer
read_cooked_2 (NfWalk *w)
{
    NfLayer next = read_cooked (w);

    nf_reader_take (&w->r, 18);
    return next;
}

static NfLayer
read_loopback (NfWalk *w)
{
    guint32 family = nf_reader_u32 (&w->r);

    if (family > 0xffff)
        family = GUINT32_SWAP_LE_BE (family);
    return nf_walk_follow (
        w, nf_known_find (address_families, G_N_ELEMENTS (address_families), family),
        "address family", family);
}

/* LLC (IEEE 802.2), with SNAP behind it where an EtherType is told (RFC 1042). */
static NfLayer
read_llc (NfWalk *w)
{
    guint destination = nf_reader_u8 (&w->r);
    guint source_control = nf_reader_u16 (&w->r);

    if (destination == 0x06 && source_control == 0x0603)
        return NF_LAYER_IPV4;
    if (destination == 0x42)
        return nf_walk_other (w, "STP");
    if (destination != 0xaa || source_control != 0xaa03)
        return nf_walk_other (w, "LLC 0x%02x", destination);

    guint organization = (guint)nf_reader_uint (&w->r, 3);
    guint type = nf_reader_u16 (&w->r);
    if (organization != 0)
        return nf_walk_other (w, "SNAP %06x 0x%04x", organization, type);
    return nf_walk_follow_ethertype (w, type);
}

static NfLayer
read_c_hdlc (NfWalk *w)
{
    nf_reader_take (&w->r, 2); /* address, control */
    return nf_walk_follow_ethertype (w, nf_reader_u16 (&w->r));
}

/* PPP (RFC 1661 2): address and control (RFC 1662) may be left out, and so may the first octet of
 * a protocol below 256. Cisco's framing has other addresses in the same place. */
static NfLayer
read_ppp (NfWalk *w)
{
    guint first = nf_walk_peek (w);

    if (first == 0x0f || first == 0x8f)
        return NF_LAYER_C_HDLC;
    if (first == 0xff)
        nf_reader_take (&w->r, 2);

    guint protocol = nf_reader_u8 (&w->r);
    if (protocol % 2 == 0)
        protocol = protocol << 8 | nf_reader_u8 (&w->r);
    return nf_walk_follow (w, nf_known_find (ppp_protocols, G_N_ELEMENTS (ppp_protocols), protocol),
                           "PPP protocol", protocol);
}

/* PPPoE (RFC 2516 4, 6): a code other than 0 is no session. */
static NfLayer
read_pppoe (NfWalk *w)
{
    nf_reader_take (&w->r, 1); /* version, type */
    guint code = nf_reader_u8 (&w->r);
    nf_reader_take (&w->r, 2); /* session */
    nf_walk_trim (w, nf_reader_u16 (&w->r));
    return code == 0 ? NF_LAYER_PPP : nf_walk_other (w, "PPPoE discovery");
}

/* IP by its version. */
static NfLayer
read_ip (NfWalk *w)
{
    guint version = nf_walk_peek (w) >> 4;

    if (version == 4 || version == 6)
        return version == 4 ? NF_LAYER_IPV4 : NF_LAYER_IPV6;
    return nf_walk_other (w, "IP version %u", version);
}

/* A pseudowire's control word is told from IP by its first four bits (RFC 4385 3). */
NfLayer
nf_walk_follow_labels (NfWalk *w)
{
    guint version = nf_walk_peek (w) >> 4;
    if (version == 1)
        return nf_walk_other (w, "MPLS pseudowire control message");
    if (version != 0)
        return NF_LAYER_IP;
    nf_reader_take (&w->r, 4);
    return NF_LAYER_ETHERNET;
}

/* MPLS (RFC 3032 2.1): labels down to the bottom of the stack. */
static NfLayer
read_mpls (NfWalk *w)
{
    guint32 label;

    do
        label = nf_reader_u32 (&w->r);
    while ((label & 0x100) == 0 && !w->r.failed);
    return nf_walk_follow_labels (w);
}

const NfLayerRow nf_link_layers[] = {
    [NF_LAYER_ETHERNET] = {"Ethernet", read_ethernet},
    [NF_LAYER_COOKED] = {"Linux cooked", read_cooked},
    [NF_LAYER_COOKED_2] = {"Linux cooked", read_cooked_2},
    [NF_LAYER_LOOPBACK] = {"loopback", read_loopback},
    [NF_LAYER_LLC] = {"LLC", read_llc},
    [NF_LAYER_C_HDLC] = {"C-HDLC", read_c_hdlc},
    [NF_LAYER_PPP] = {"PPP", read_ppp},
    [NF_LAYER_PPPOE] = {"PPPoE", read_pppoe},
    [NF_LAYER_VLAN] = {"VLAN", read_vlan},
    [NF_LAYER_MPLS] = {"MPLS", read_mpls},
    [NF_LAYER_IP] = {"IP", read_ip},
};

const NfLinkType *
nf_link_type_find (int link_type)
{
    for (gsize i = 0; i < G_N_ELEMENTS (link_types); i++)
        if (link_types[i].link_type == link_type)
            return &link_types[i];
    return NULL;
}
