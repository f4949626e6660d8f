/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a record has the parts of a flow, and its ends as text. */
#include "show-flow.h"

enum { ICMP = 1, TCP = 6, UDP = 17, DCCP = 33, IPV6_ICMP = 58, SCTP = 132, UDP_LITE = 136 };

typedef struct {
    gint *fields[NF_N_FLOW_PARTS]; /* candidates, as nf_plan_candidates() gives them */
} FlowPlan;

/* A part is a common name or, where there is none, elements in order of preference. */
static const struct {
    const char *common;
    const char *elements[3];
} parts[NF_N_FLOW_PARTS] = {
    [NF_FLOW_SRC] = {.common = "src"},
    [NF_FLOW_DST] = {.common = "dst"},
    [NF_FLOW_SPORT] = {.common = "sport"},
    [NF_FLOW_DPORT] = {.common = "dport"},
    [NF_FLOW_SRC_MAC] = {.common = "src_mac"},
    [NF_FLOW_DST_MAC] = {.common = "dst_mac"},
    [NF_FLOW_PROTO] = {.common = "proto"},
    [NF_FLOW_ICMP] = {.elements = {"icmpTypeCodeIPv4", "icmpTypeCodeIPv6"}},
    [NF_FLOW_ICMP_TYPE] = {.elements = {"icmpTypeIPv4", "icmpTypeIPv6"}},
    [NF_FLOW_ICMP_CODE] = {.elements = {"icmpCodeIPv4", "icmpCodeIPv6"}},
    [NF_FLOW_PACKETS] = {.common = "packets"},
    [NF_FLOW_OCTETS] = {.common = "octets"},
    [NF_FLOW_REVERSE_PACKETS] = {.elements = {"reversePacketDeltaCount", "reversePacketTotalCount",
                                              "responderPackets"}},
    [NF_FLOW_REVERSE_OCTETS] = {.elements = {"reverseOctetDeltaCount", "reverseOctetTotalCount",
                                             "responderOctets"}},
    [NF_FLOW_FLAGS] = {.elements = {"tcpControlBits"}},
    [NF_FLOW_IN_IF] = {.common = "in_if"},
    [NF_FLOW_OUT_IF] = {.common = "out_if"},
    [NF_FLOW_EVENT] = {.elements = {"firewallEvent", "natEvent", "cisco.fwEvent"}},
    [NF_FLOW_NAT_SRC] = {.elements = {"postNATSourceIPv4Address", "postNATSourceIPv6Address",
                                      "cisco.xlateSrcAddrV4"}},
    [NF_FLOW_NAT_DST] = {.elements = {"postNATDestinationIPv4Address",
                                      "postNATDestinationIPv6Address", "cisco.xlateDstAddrV4"}},
    [NF_FLOW_NAT_SPORT] = {.elements = {"postNAPTSourceTransportPort", "cisco.xlateSrcPort"}},
    [NF_FLOW_NAT_DPORT] = {.elements = {"postNAPTDestinationTransportPort", "cisco.xlateDstPort"}},
};

static gint *
candidates (const NfBinding *binding, const NfRegistry *registry, NfFlowPart part)
{
    const NfElement *elements[G_N_ELEMENTS (parts[0].elements)];
    NfCommonName own = {.elements = elements};

    if (parts[part].common)
        return nf_plan_candidates (binding, nf_registry_common (registry, parts[part].common));
    for (guint i = 0; i < G_N_ELEMENTS (elements) && parts[part].elements[i]; i++) {
        elements[own.n_elements] = nf_registry_find (registry, parts[part].elements[i]);
        if (elements[own.n_elements])
            own.n_elements++;
    }
    return nf_plan_candidates (binding, &own);
}

static gpointer
make_flow_plan (NfPlan *plan, gpointer registry)
{
    FlowPlan *flow = g_new (FlowPlan, 1);

    for (guint i = 0; i < NF_N_FLOW_PARTS; i++)
        flow->fields[i] = candidates (plan->binding, registry, (NfFlowPart)i);
    return flow;
}

static void
free_flow_plan (gpointer flow_plan)
{
    FlowPlan *flow = flow_plan;

    for (guint i = 0; i < NF_N_FLOW_PARTS; i++)
        g_free (flow->fields[i]);
    g_free (flow);
}

void
nf_flow_extend_plans (NfShow *show)
{
    nf_plans_extend (show->plans, make_flow_plan, show->registry, free_flow_plan);
}

gint
nf_flow_field (NfShow *show, const NfEvent *event, NfFlowPart part)
{
    const FlowPlan *flow = nf_show_plan (show, event)->extra;

    return nf_show_pick (show, event, flow->fields[part]);
}

gboolean
nf_flow_value (NfShow *show, const NfEvent *event, NfFlowPart part, NfValue *value)
{
    gint field = nf_flow_field (show, event, part);

    if (field < 0)
        return FALSE;
    nf_show_value (show, event, (guint)field, value);
    /* only a user's own registry can call one of these a string */
    return value->kind != NF_VALUE_NONE && value->kind != NF_VALUE_STRING;
}

/* Reads a part that is a number. */
static gboolean
number (NfShow *show, const NfEvent *event, NfFlowPart part, guint64 *n)
{
    NfValue value;

    if (!nf_flow_value (show, event, part, &value) || value.kind != NF_VALUE_UNSIGNED)
        return FALSE;
    *n = value.u;
    return TRUE;
}

gint
nf_flow_protocol (NfShow *show, const NfEvent *event)
{
    guint64 protocol;

    return number (show, event, NF_FLOW_PROTO, &protocol) && protocol <= 255 ? (gint)protocol : -1;
}

gboolean
nf_flow_has_ends (NfShow *show, const NfEvent *event)
{
    return nf_flow_field (show, event, NF_FLOW_SRC) >= 0 ||
           nf_flow_field (show, event, NF_FLOW_DST) >= 0 ||
           nf_flow_field (show, event, NF_FLOW_SRC_MAC) >= 0 ||
           nf_flow_field (show, event, NF_FLOW_DST_MAC) >= 0;
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
icmp_of_ports (NfShow *show, const NfEvent *event, guint64 *type, guint64 *code)
{
    guint64 from = 0, to;

    if (!number (show, event, NF_FLOW_DPORT, &to))
        return FALSE;
    number (show, event, NF_FLOW_SPORT, &from);
    *type = from ? from : to >> 8;
    *code = from ? to : to & 0xff;
    return *type <= 255 && *code <= LAST_ICMP_CODE;
}

/* The type and code of ICMP: as elements of their own, else as ports. */
static gboolean
read_icmp (NfShow *show, const NfEvent *event, guint64 *type, guint64 *code)
{
    guint64 both;

    if (number (show, event, NF_FLOW_ICMP_TYPE, type) &&
        number (show, event, NF_FLOW_ICMP_CODE, code))
        return TRUE;
    if (!number (show, event, NF_FLOW_ICMP, &both))
        return icmp_of_ports (show, event, type, code);
    *type = both >> 8;
    *code = both & 0xff;
    return TRUE;
}

static void
add_icmp_end (NfShow *show, const NfEvent *event, const NfValue *address, gboolean destination)
{
    NfText *t = &show->out;
    guint64 type, code, port = 0;
    gboolean known = read_icmp (show, event, &type, &code);

    if (!known)
        number (show, event, destination ? NF_FLOW_DPORT : NF_FLOW_SPORT, &port);
    if (port > 0) {
        add_address_port (t, address, port);
        return;
    }
    if (!destination || !known) {
        add_address (t, address, FALSE);
        return;
    }
    add_address_port (t, address, type);
    nf_text_add_char (t, '.');
    nf_text_add_uint (t, code, 1);
}

/* Whether a port of 0 says something: exporters send it for protocols without ports, too. */
static gboolean
has_ports (gint protocol)
{
    return protocol == TCP || protocol == UDP || protocol == DCCP || protocol == SCTP ||
           protocol == UDP_LITE;
}

void
nf_flow_end_text (NfShow *show, const NfEvent *event, gboolean destination)
{
    gint protocol = nf_flow_protocol (show, event);
    NfValue address;
    guint64 port;

    if (!nf_flow_value (show, event, destination ? NF_FLOW_DST : NF_FLOW_SRC, &address)) {
        if (nf_flow_value (show, event, destination ? NF_FLOW_DST_MAC : NF_FLOW_SRC_MAC, &address))
            nf_value_text (&show->out, &address);
        else
            nf_text_add_char (&show->out, '-');
        return;
    }
    if (protocol == ICMP || protocol == IPV6_ICMP)
        add_icmp_end (show, event, &address, destination);
    else if (number (show, event, destination ? NF_FLOW_DPORT : NF_FLOW_SPORT, &port) &&
             (port > 0 || has_ports (protocol)))
        add_address_port (&show->out, &address, port);
    else
        add_address (&show->out, &address, FALSE);
}

/* Whether the NAT's value of a part is there and differs from what came in. */
static gboolean
is_translated (NfShow *show, const NfEvent *event, NfFlowPart before, NfFlowPart after)
{
    NfValue old, new;

    if (!nf_flow_value (show, event, after, &new) || new.length == 0)
        return FALSE;
    for (gsize i = 0; new.octets[i] == 0; i++)
        if (i + 1 == new.length) /* nothing was translated */
            return FALSE;
    return !nf_flow_value (show, event, before, &old) || old.length != new.length ||
           memcmp (old.octets, new.octets, new.length) != 0;
}

static void
add_nat_end (NfShow *show, const NfEvent *event, NfFlowPart address_part, NfFlowPart port_part)
{
    NfValue address;
    guint64 port;

    if (!nf_flow_value (show, event, address_part, &address))
        nf_text_add_char (&show->out, '*');
    else
        add_address (&show->out, &address, TRUE);
    if (number (show, event, port_part, &port)) {
        nf_text_add_char (&show->out, ':');
        nf_text_add_uint (&show->out, port, 1);
    }
}

void
nf_flow_nat_text (NfShow *show, const NfEvent *event)
{
    static const struct {
        const char *word;
        NfFlowPart address, port, nat_address, nat_port;
    } ends[] = {
        {"  source now ", NF_FLOW_SRC, NF_FLOW_SPORT, NF_FLOW_NAT_SRC, NF_FLOW_NAT_SPORT},
        {"  destination now ", NF_FLOW_DST, NF_FLOW_DPORT, NF_FLOW_NAT_DST, NF_FLOW_NAT_DPORT},
    };

    for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
        if (!is_translated (show, event, ends[i].address, ends[i].nat_address) &&
            !is_translated (show, event, ends[i].port, ends[i].nat_port))
            continue;
        nf_text_add (&show->out, ends[i].word);
        add_nat_end (show, event, ends[i].nat_address, ends[i].nat_port);
    }
}

const char *
nf_flow_protocol_name (NfShow *show, const NfEvent *event)
{
    gint field = nf_flow_field (show, event, NF_FLOW_PROTO);
    gint protocol = nf_flow_protocol (show, event);
    const NfNames *names = protocol >= 0 ? event->binding->fields[field].element->names : NULL;

    if (!names || show->options->numeric)
        return NULL;
    return nf_names_value (names, (guint64)protocol);
}
