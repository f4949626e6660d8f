/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who talked to whom: protocol and ends of a flow, and these as text. */
#include "flow.h"

enum { ICMP = 1, TCP = 6, UDP = 17, DCCP = 33, IPV6_ICMP = 58, SCTP = 132, UDP_LITE = 136 };

/* A Template for ICMP may do without the protocol (softflowd's does): it has no ports, but type and
 * code. Returns the protocol, or -1. */
static gint
icmp_by_template (const NfRecord *r)
{
    static const NfFlowPart icmp[] = {NF_FLOW_ICMP, NF_FLOW_ICMP_TYPE};

    if (*nf_flow_candidates (r->flow, NF_FLOW_SPORT) >= 0 ||
        *nf_flow_candidates (r->flow, NF_FLOW_DPORT) >= 0)
        return -1;
    for (guint i = 0; i < G_N_ELEMENTS (icmp); i++) {
        gint field = nf_flow_field (r, icmp[i]);

        if (field >= 0) {
            guint id = r->event->binding->fields[field].element->id;

            return id == 32 || id == 176 ? ICMP : IPV6_ICMP;
        }
    }
    return -1;
}

gint
nf_flow_protocol (const NfRecord *r)
{
    guint64 protocol;

    if (*nf_flow_candidates (r->flow, NF_FLOW_PROTO) < 0)
        return icmp_by_template (r);
    return nf_flow_number (r, NF_FLOW_PROTO, &protocol) && protocol <= 255 ? (gint)protocol : -1;
}

static void
add_address (NfText *t, const NfValue *address, gboolean with_port)
{
    gboolean brackets = with_port && address->kind == NF_VALUE_IPV6;

    if (brackets)
        nf_text_add_char (t, '[');
    nf_value_text (t, address);
    if (brackets)
        nf_text_add_char (t, ']');
}

static void
add_address_port (NfText *t, const NfValue *address, guint64 port)
{
    add_address (t, address, TRUE);
    nf_text_add_char (t, ':');
    nf_text_add_uint (t, port, 1);
}

/* ICMP has no code above this one. */
#define LAST_ICMP_CODE 15

/* The type and code of ICMP as ports: routers put both into the destination port, fprobe the type
 * into the source port and the code into the destination port. */
static gboolean
icmp_of_ports (const NfRecord *r, guint64 *type, guint64 *code)
{
    guint64 from = 0, to;

    if (!nf_flow_number (r, NF_FLOW_DPORT, &to))
        return FALSE;
    nf_flow_number (r, NF_FLOW_SPORT, &from);
    *type = from ? from : to >> 8;
    *code = from ? to : to & 0xff;
    return *type <= 255 && *code <= LAST_ICMP_CODE;
}

gboolean
nf_flow_icmp_in_ports (const NfRecord *r, guint64 *type, guint64 *code)
{
    return *nf_flow_candidates (r->flow, NF_FLOW_ICMP) < 0 &&
           *nf_flow_candidates (r->flow, NF_FLOW_ICMP_TYPE) < 0 && icmp_of_ports (r, type, code);
}

/* The type and code of ICMP: as elements of their own, else as ports. */
static gboolean
read_icmp (const NfRecord *r, guint64 *type, guint64 *code)
{
    guint64 both;

    if (nf_flow_number (r, NF_FLOW_ICMP_TYPE, type) && nf_flow_number (r, NF_FLOW_ICMP_CODE, code))
        return TRUE;
    if (!nf_flow_number (r, NF_FLOW_ICMP, &both))
        return icmp_of_ports (r, type, code);
    *type = both >> 8;
    *code = both & 0xff;
    return TRUE;
}

gboolean
nf_flow_icmp (const NfRecord *r, guint64 *type, guint64 *code)
{
    gint protocol = nf_flow_protocol (r);

    return (protocol == ICMP || protocol == IPV6_ICMP) && read_icmp (r, type, code);
}

static void
add_icmp_end (NfText *t, const NfRecord *r, const NfValue *address, gboolean destination)
{
    guint64 type, code, port = 0;
    gboolean known = read_icmp (r, &type, &code);

    if (!known)
        nf_flow_number (r, destination ? NF_FLOW_DPORT : NF_FLOW_SPORT, &port);
    if (port > 0) {
        add_address_port (t, address, port);
        return;
    }
    add_address (t, address, FALSE);
    if (!destination || !known)
        return;
    nf_text_add (t, " type ");
    nf_text_add_uint (t, type, 1);
    nf_text_add (t, " code ");
    nf_text_add_uint (t, code, 1);
}

/* Whether a port of 0 says something: exporters send it for protocols without ports, too. */
static gboolean
has_ports (gint protocol)
{
    return protocol == TCP || protocol == UDP || protocol == DCCP || protocol == SCTP ||
           protocol == UDP_LITE;
}

/* What tells an end apart that has no address. */
static void
add_other_end (NfText *t, const NfRecord *r, gboolean destination)
{
    NfValue address;
    guint64 number;

    if ((!destination && nf_flow_value (r, NF_FLOW_STATION, &address)) ||
        nf_flow_value (r, destination ? NF_FLOW_DST_MAC : NF_FLOW_SRC_MAC, &address)) {
        nf_value_text (t, &address);
    } else if (nf_flow_number (r, destination ? NF_FLOW_DPORT : NF_FLOW_SPORT, &number)) {
        nf_text_add (t, "*:");
        nf_text_add_uint (t, number, 1);
    } else if (nf_flow_number (r, destination ? NF_FLOW_DST_AS : NF_FLOW_SRC_AS, &number)) {
        nf_text_add (t, "AS");
        nf_text_add_uint (t, number, 1);
    } else {
        nf_text_add_char (t, '-');
    }
}

/* "10.1.0.0/16": where the address is that of a network. Returns whether it is. */
static gboolean
add_network (NfText *t, const NfRecord *r, const NfValue *address, gboolean destination)
{
    NfFlowPart prefix = destination ? NF_FLOW_DST_PREFIX : NF_FLOW_SRC_PREFIX;
    guint64 number;

    if (*nf_flow_candidates (r->flow, prefix) < 0 ||
        nf_flow_field (r, prefix) != nf_flow_field (r, destination ? NF_FLOW_DST : NF_FLOW_SRC))
        return FALSE;
    nf_value_text (t, address);
    if (nf_flow_number (r, destination ? NF_FLOW_DST_BITS : NF_FLOW_SRC_BITS, &number)) {
        nf_text_add_char (t, '/');
        nf_text_add_uint (t, number, 1);
    }
    if (nf_flow_number (r, destination ? NF_FLOW_DPORT : NF_FLOW_SPORT, &number)) {
        nf_text_add_char (t, ':');
        nf_text_add_uint (t, number, 1);
    }
    return TRUE;
}

static void
add_end (NfText *t, const NfRecord *r, gint protocol, gboolean destination)
{
    NfValue address;
    guint64 port;

    if (!nf_flow_value (r, destination ? NF_FLOW_DST : NF_FLOW_SRC, &address)) {
        add_other_end (t, r, destination);
        return;
    }
    if (add_network (t, r, &address, destination))
        return;
    if (protocol == ICMP || protocol == IPV6_ICMP)
        add_icmp_end (t, r, &address, destination);
    else if (nf_flow_number (r, destination ? NF_FLOW_DPORT : NF_FLOW_SPORT, &port) &&
             (port > 0 || has_ports (protocol)))
        add_address_port (t, &address, port);
    else
        add_address (t, &address, FALSE);
}

void
nf_flow_end_text (NfText *t, const NfRecord *r, gboolean destination)
{
    add_end (t, r, nf_flow_protocol (r), destination);
}

/* Whether the NAT's value of a part is there and differs from what came in. */
static gboolean
is_translated (const NfRecord *r, NfFlowPart before, NfFlowPart after)
{
    NfValue old, new;

    if (!nf_flow_value (r, after, &new) || new.length == 0)
        return FALSE;
    for (gsize i = 0; new.octets[i] == 0; i++)
        if (i + 1 == new.length) /* nothing was translated */
            return FALSE;
    return !nf_flow_value (r, before, &old) || old.length != new.length ||
           memcmp (old.octets, new.octets, new.length) != 0;
}

static void
add_nat_end (NfText *t, const NfRecord *r, NfFlowPart address_part, NfFlowPart port_part)
{
    NfValue address;
    guint64 port;

    if (!nf_flow_value (r, address_part, &address))
        nf_text_add_char (t, '*');
    else
        add_address (t, &address, TRUE);
    if (nf_flow_number (r, port_part, &port)) {
        nf_text_add_char (t, ':');
        nf_text_add_uint (t, port, 1);
    }
}

void
nf_flow_nat_text (NfText *t, const NfRecord *r)
{
    static const struct {
        const char *word;
        NfFlowPart address, port, nat_address, nat_port;
    } ends[] = {
        {"  source now ", NF_FLOW_SRC, NF_FLOW_SPORT, NF_FLOW_NAT_SRC, NF_FLOW_NAT_SPORT},
        {"  destination now ", NF_FLOW_DST, NF_FLOW_DPORT, NF_FLOW_NAT_DST, NF_FLOW_NAT_DPORT},
    };

    for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
        if (!is_translated (r, ends[i].address, ends[i].nat_address) &&
            !is_translated (r, ends[i].port, ends[i].nat_port))
            continue;
        nf_text_add (t, ends[i].word);
        add_nat_end (t, r, ends[i].nat_address, ends[i].nat_port);
    }
}

static const char *
name_of_protocol (const NfRecord *r, gint protocol)
{
    gint field = nf_flow_field (r, NF_FLOW_PROTO);
    NfValue address;

    if (protocol < 0 || (protocol == 0 && nf_flow_value (r, NF_FLOW_DST, &address) &&
                         address.kind == NF_VALUE_IPV4))
        return NULL;
    if (field < 0)
        return protocol == ICMP ? "ICMP" : "IPv6-ICMP";
    const NfNames *names = r->event->binding->fields[field].element->names;

    return names ? nf_names_value (names, (guint64)protocol) : NULL;
}

const char *
nf_flow_protocol_name (const NfRecord *r)
{
    return name_of_protocol (r, nf_flow_protocol (r));
}

void
nf_flow_text (NfText *t, const NfRecord *r, gboolean numeric)
{
    static const struct {
        NfFlowPart part;
        const char *words;
    } counters[] = {{NF_FLOW_PACKETS, "packets"}, {NF_FLOW_OCTETS, "octets"}};
    gint protocol = nf_flow_protocol (r);
    const char *name = numeric ? NULL : name_of_protocol (r, protocol);
    guint64 n;

    if (!nf_flow_has_ends (r->flow))
        return;
    if (name) {
        nf_text_add (t, name);
        nf_text_add_char (t, ' ');
    }
    add_end (t, r, protocol, FALSE);
    nf_text_add (t, " -> ");
    add_end (t, r, protocol, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS (counters); i++) {
        if (!nf_flow_number (r, counters[i].part, &n))
            continue;
        nf_text_add (t, ", ");
        nf_text_add_count (t, n, counters[i].words);
    }
}
