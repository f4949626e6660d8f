/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Beginnings of packets in a line of text: the walk that finds datagrams in frames, looked at as it
 * comes by each header.
 */
#include "section.h"

#include "describe-private.h"
#include "layer.h"

/* What the packet may have had behind the section: the walk takes octets that are missing for cut
 * off, and not for a fault, as long as it believes that they were there. */
#define CUT_OFF G_MAXUINT16

/* Labels of a stack that are told. */
#define MAX_LABELS 16

typedef struct {
    NfText *t;
    const NfDescriber *d;
    const char *separator;
    guint length;     /* of the innermost IP packet, in octets; 0 where it does not say */
    gboolean settled; /* the last header is told, and with it what the packet is */
} Teller;

static void
begin (Teller *s, const char *word)
{
    nf_text_add (s->t, s->separator);
    nf_text_add (s->t, word);
    s->separator = ", ";
}

static void
tell_ethernet (Teller *s, NfReader r)
{
    const guint8 *destination = nf_reader_take (&r, 6);
    const guint8 *source = nf_reader_take (&r, 6);

    if (!source)
        return;
    begin (s, "Ethernet ");
    nf_text_add_hex (s->t, source, 6, ':');
    nf_text_add (s->t, " > ");
    nf_text_add_hex (s->t, destination, 6, ':');
}

/* Three bits of priority, one that says that it may be dropped, twelve of VLAN (IEEE 802.1Q 9.6).
 */
static void
tell_vlan (Teller *s, NfReader r)
{
    guint tag = nf_reader_u16 (&r);

    if (r.failed)
        return;
    begin (s, "VLAN ");
    nf_text_add_uint (s->t, tag & 0xfff, 1);
    if (tag >> 13 != 0)
        nf_text_add_format (s->t, " priority %u", tag >> 13);
}

/* The labels down to the bottom of the stack (RFC 3032 2.1). */
static void
tell_mpls (Teller *s, NfReader r)
{
    guint entry = nf_reader_u32 (&r);

    if (r.failed)
        return;
    begin (s, "MPLS");
    for (guint i = 0; i < MAX_LABELS && !r.failed; i++) {
        nf_text_add_char (s->t, ' ');
        nf_text_add_uint (s->t, entry >> 12, 1);
        if ((entry & 0x100) != 0)
            return;
        entry = nf_reader_u32 (&r);
    }
    if (!r.failed)
        nf_text_add (s->t, " ...");
}

static void
tell_pppoe (Teller *s, NfReader r)
{
    nf_reader_take (&r, 2); /* version, type, code */
    guint session = nf_reader_u16 (&r);

    if (r.failed)
        return;
    begin (s, "PPPoE session ");
    nf_text_add_uint (s->t, session, 1);
}

/* RFC 791 3.1 */
static void
tell_ipv4 (Teller *s, NfReader r)
{
    nf_reader_take (&r, 2);
    guint length = nf_reader_u16 (&r);
    nf_reader_take (&r, 2);
    guint flags = nf_reader_u16 (&r);
    nf_reader_take (&r, 4);
    const guint8 *source = nf_reader_take (&r, 4);
    const guint8 *destination = nf_reader_take (&r, 4);

    if (!destination)
        return;
    begin (s, "IPv4 ");
    nf_ipv4_text (s->t, source);
    nf_text_add (s->t, " > ");
    nf_ipv4_text (s->t, destination);
    if ((flags & 0x3fff) == 0x2000)
        nf_text_add (s->t, " first fragment");
    s->length = length;
}

/* RFC 8200 3: the Payload Length is without the header's 40 octets. */
static void
tell_ipv6 (Teller *s, NfReader r)
{
    nf_reader_take (&r, 4);
    guint length = nf_reader_u16 (&r);
    nf_reader_take (&r, 2);
    const guint8 *source = nf_reader_take (&r, 16);
    const guint8 *destination = nf_reader_take (&r, 16);

    if (!destination)
        return;
    begin (s, "IPv6 ");
    nf_ipv6_text (s->t, source);
    nf_text_add (s->t, " > ");
    nf_ipv6_text (s->t, destination);
    s->length = length > 0 ? length + 40 : 0;
}

static void
tell_gre (Teller *s, NfReader r)
{
    (void)r;
    begin (s, "GRE");
}

/* "UDP 5353 > 53" */
static gboolean
tell_ports (Teller *s, NfReader *r, const char *word)
{
    guint source = nf_reader_u16 (r);
    guint destination = nf_reader_u16 (r);

    if (r->failed)
        return FALSE;
    begin (s, word);
    nf_text_add_format (s->t, " %u > %u", source, destination);
    s->settled = TRUE;
    return TRUE;
}

static void
tell_udp (Teller *s, NfReader r)
{
    tell_ports (s, &r, "UDP");
}

static void
tell_sctp (Teller *s, NfReader r)
{
    tell_ports (s, &r, "SCTP");
}

/* The nine flags of TCP (RFC 9293 3.1, RFC 9768). */
static void
tell_tcp (Teller *s, NfReader r)
{
    const NfNames *names = s->d->numeric ? NULL : nf_describe_names_of (s->d, NF_ID_TCP_FLAGS);

    if (!tell_ports (s, &r, "TCP"))
        return;
    nf_reader_take (&r, 8); /* sequence and acknowledgement numbers */
    guint flags = nf_reader_u16 (&r) & 0x1ff;
    if (r.failed)
        return;
    if (names)
        nf_describe_bits (s->t, names, flags, 0, " ");
    else
        nf_text_add_format (s->t, " flags 0x%02x", flags);
}

static void
tell_icmp_of (Teller *s, NfReader *r, gint protocol, const char *word)
{
    guint type = nf_reader_u8 (r);
    guint code = nf_reader_u8 (r);
    const char *name = s->d->numeric ? NULL : nf_describe_icmp (s->d, protocol, type, code);

    if (r->failed)
        return;
    begin (s, word);
    if (name) {
        nf_text_add_char (s->t, ' ');
        nf_text_add (s->t, name);
    } else {
        nf_text_add_format (s->t, " type %u code %u", type, code);
    }
    s->settled = TRUE;
}

static void
tell_icmp (Teller *s, NfReader r)
{
    tell_icmp_of (s, &r, NF_IP_ICMP, "ICMP");
}

static void
tell_icmpv6 (Teller *s, NfReader r)
{
    tell_icmp_of (s, &r, NF_IP_ICMPV6, "ICMPv6");
}

/* What is told of a header, which the reader is at; nothing where it is not whole. */
static void (*const tells[]) (Teller *s, NfReader r) = {
    [NF_LAYER_ETHERNET] = tell_ethernet, [NF_LAYER_PPPOE] = tell_pppoe,
    [NF_LAYER_VLAN] = tell_vlan,         [NF_LAYER_MPLS] = tell_mpls,
    [NF_LAYER_IPV4] = tell_ipv4,         [NF_LAYER_IPV6] = tell_ipv6,
    [NF_LAYER_GRE] = tell_gre,           [NF_LAYER_ICMP] = tell_icmp,
    [NF_LAYER_ICMPV6] = tell_icmpv6,     [NF_LAYER_SCTP] = tell_sctp,
    [NF_LAYER_TCP] = tell_tcp,           [NF_LAYER_UDP] = tell_udp,
};

static void
observe (const NfWalk *w, NfLayer layer, gpointer data)
{
    if (layer < G_N_ELEMENTS (tells) && tells[layer])
        tells[layer](data, w->r);
}

/* The header that octets of the form begin with. */
static NfLayer
first_layer (NfWalk *w, NfForm form, gint protocol)
{
    switch (form) {
    case NF_FORM_FRAME:
        return NF_LAYER_ETHERNET;
    case NF_FORM_IP_PACKET:
        return NF_LAYER_IP;
    case NF_FORM_MPLS_PAYLOAD:
        return nf_walk_follow_labels (w);
    case NF_FORM_ICMP_MESSAGE:
        return protocol == NF_IP_ICMPV6 ? NF_LAYER_ICMPV6 : NF_LAYER_ICMP;
    default:
        return protocol >= 0 ? nf_walk_follow_ip_protocol (w, (guint)protocol) : NF_LAYER_END;
    }
}

void
nf_section_text (NfText *t, const NfDescriber *d, NfForm form, NfReader octets, gint protocol)
{
    Teller s = {.t = t, .d = d, .separator = ""};
    NfFrame frame = {.kind = NF_FRAME_OTHER};
    NfWalk w = {
        .frame = &frame, .r = octets, .missing = CUT_OFF, .observe = observe, .observe_data = &s};

    nf_walk (&w, first_layer (&w, form, protocol));
    if (!s.settled && frame.what[0] != '\0')
        begin (&s, frame.what);
    if (s.length > 0) {
        begin (&s, "length ");
        nf_text_add_uint (t, s.length, 1);
    }
}
