/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a Template is of flows, and what it lacks of them. */
#include "shape.h"

/* What a Template may have. */
enum {
    SOURCE = 1 << 0, /* an address, of IP or of Ethernet */
    DESTINATION = 1 << 1,
    OTHER_END = 1 << 2, /* a station of a wireless network, or a label of MPLS */
    PROTOCOL = 1 << 3,
    CONTENT = 1 << 4, /* ports, an application, a type of Ethernet */
    OCTETS = 1 << 5,
    PACKETS = 1 << 6,
    START = 1 << 7,
    END = 1 << 8,
    OBSERVED = 1 << 9, /* the time of a packet, or of an event */
    INTERFACE = 1 << 10,
    NO_FLOW = 1 << 11,  /* events, and packets themselves */
    ELSEWHERE = 1 << 12 /* what is not in the record itself, or not in a field of its own */
};

#define ENDS     (SOURCE | DESTINATION | OTHER_END)
#define COUNTERS (OCTETS | PACKETS)
#define TIMES    (START | END | OBSERVED)

static const struct {
    const char *common;
    guint part;
} common_parts[] = {
    {"src", SOURCE},     {"src_mac", SOURCE}, {"dst", DESTINATION}, {"dst_mac", DESTINATION},
    {"proto", PROTOCOL}, {"port", CONTENT},   {"octets", OCTETS},   {"packets", PACKETS},
    {"start", START},    {"end", END},        {"in_if", INTERFACE}, {"out_if", INTERFACE},
};

/* Elements of IANA's that no common name is for, or whose common name says less. */
static const struct {
    guint16 first, last;
    guint part;
} element_parts[] = {
    {70, 70, OTHER_END},   /* mplsTopLabelStackSection */
    {95, 96, CONTENT},     /* applicationId, applicationName */
    {104, 104, NO_FLOW},   /* layer2packetSectionData */
    {137, 137, ELSEWHERE}, /* commonPropertiesId (RFC 5473) */
    {230, 230, NO_FLOW},   /* natEvent */
    {232, 232, OCTETS},    /* responderOctets */
    {233, 233, NO_FLOW},   /* firewallEvent */
    {256, 256, CONTENT},   /* ethernetType */
    {291, 293, ELSEWHERE}, /* lists (RFC 6313) */
    {299, 299, PACKETS},   /* responderPackets */
    {313, 317, NO_FLOW},   /* sections of packets */
    {322, 325, OBSERVED},  /* observationTime... */
    {365, 366, OTHER_END}, /* staMacAddress, staIPv4Address */
};

/* Cisco's NF_F_FW_EVENT: what an ASA logs. */
#define NETFLOW9_FIREWALL_EVENT 40005

static guint
part_of_element (const NfElement *element)
{
    guint16 id = nf_element_iana_id (element);

    if (!element)
        return 0;
    if (element->space == NF_SPACE_NETFLOW9 && element->id == NETFLOW9_FIREWALL_EVENT)
        return NO_FLOW;
    for (guint i = 0; i < G_N_ELEMENTS (element_parts); i++)
        if (id >= element_parts[i].first && id <= element_parts[i].last)
            return element_parts[i].part;
    return 0;
}

static gboolean
has_common (const NfBinding *binding, const NfCommonName *common)
{
    for (guint i = 0; i < common->n_elements; i++)
        for (guint f = 0; f < binding->tmpl->n_fields; f++)
            if (binding->fields[f].element == common->elements[i])
                return TRUE;
    return FALSE;
}

static guint
find_parts (const NfBinding *binding, const NfRegistry *registry)
{
    guint parts = 0;

    for (guint f = 0; f < binding->tmpl->n_fields; f++)
        parts |= part_of_element (binding->fields[f].element);
    for (guint i = 0; i < G_N_ELEMENTS (common_parts); i++)
        if (has_common (binding, nf_registry_common (registry, common_parts[i].common)))
            parts |= common_parts[i].part;
    return parts;
}

/*
 * A flow has two ends, something that it carries, counters and times: three of these are enough to
 * know it by, and its ends with the protocol are. What has a time, but no end and no counters, is a
 * log of events: that a session began, that a packet came.
 */
static gboolean
is_flow (guint parts)
{
    gboolean has_both = (parts & SOURCE) && (parts & DESTINATION);
    gboolean has_ends = has_both || (parts & OTHER_END);
    gboolean carries = (parts & (PROTOCOL | CONTENT)) != 0;
    gboolean counts = (parts & COUNTERS) != 0;
    gboolean has_times = (parts & TIMES) != 0;

    if (parts & (NO_FLOW | ELSEWHERE))
        return FALSE;
    if (has_times && !(parts & END) && !counts)
        return FALSE;
    return has_ends + carries + counts + has_times >= 3 || (has_both && (parts & PROTOCOL));
}

guint8
nf_shape_lacks (const NfBinding *binding, const NfRegistry *registry)
{
    static const guint wanted[] = {COUNTERS, TIMES, ENDS, INTERFACE};
    guint parts = find_parts (binding, registry);
    guint8 lacks = 0;

    if (binding->tmpl->options || !is_flow (parts))
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
        if (!(parts & wanted[i]))
            lacks |= (guint8)(1 << i);
    return lacks;
}
