/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a record has the parts of a flow. */
#include "flow.h"

struct _NfFlow {
    gboolean has_sampling, has_ends;
    guint announced;                 /* kinds of things that it announces: a bit each */
    guint sampling_kinds;            /* as nf_flow_sampling_kinds() */
    NfClock clock;                   /* of start and end */
    gint *fields[NF_N_FLOW_PARTS];   /* candidates */
    NfSpan numbers[NF_N_FLOW_PARTS]; /* of parts that are one unsigned integer, always in the same
                                        place of a record: that place; length 0: of others */
};

typedef struct {
    NfSpace space;
    guint32 pen;
    guint16 id;
} Key;

#define IANA(id)                                                                                   \
    {                                                                                              \
        NF_SPACE_IPFIX, 0, id                                                                      \
    }
#define REVERSE(id)                                                                                \
    {                                                                                              \
        NF_SPACE_IPFIX, NF_REVERSE_PEN, id                                                         \
    } /* RFC 5103 6.1 */
#define NETFLOW9(id)                                                                               \
    {                                                                                              \
        NF_SPACE_NETFLOW9, 0, id                                                                   \
    }

#define MAX_ELEMENTS 4

/* A part is a common name or, where there is none, elements in order of preference. */
static const struct {
    const char *common;
    Key elements[MAX_ELEMENTS];
} parts[NF_N_FLOW_PARTS] = {
    [NF_FLOW_SRC] = {.common = "src"},
    [NF_FLOW_DST] = {.common = "dst"},
    [NF_FLOW_SPORT] = {.common = "sport"},
    [NF_FLOW_DPORT] = {.common = "dport"},
    /* ...IPv4Prefix, ...IPv6Prefix; ...PrefixLength of them */
    [NF_FLOW_SRC_PREFIX] = {.elements = {IANA (44), IANA (170)}},
    [NF_FLOW_DST_PREFIX] = {.elements = {IANA (45), IANA (169)}},
    [NF_FLOW_SRC_BITS] = {.elements = {IANA (9), IANA (29)}},
    [NF_FLOW_DST_BITS] = {.elements = {IANA (13), IANA (30)}},
    [NF_FLOW_SRC_MAC] = {.common = "src_mac"},
    [NF_FLOW_DST_MAC] = {.common = "dst_mac"},
    [NF_FLOW_SRC_AS] = {.common = "src_as"},
    [NF_FLOW_DST_AS] = {.common = "dst_as"},
    /* staIPv4Address, staMacAddress */
    [NF_FLOW_STATION] = {.elements = {IANA (366), IANA (365)}},
    [NF_FLOW_PROTO] = {.common = "proto"},
    /* icmpTypeCode, icmpType, icmpCode; of IPv4, of IPv6 */
    [NF_FLOW_ICMP] = {.elements = {IANA (32), IANA (139)}},
    [NF_FLOW_ICMP_TYPE] = {.elements = {IANA (176), IANA (178)}},
    [NF_FLOW_ICMP_CODE] = {.elements = {IANA (177), IANA (179)}},
    [NF_FLOW_PACKETS] = {.common = "packets"},
    [NF_FLOW_OCTETS] = {.common = "octets"},
    /* DeltaCount, TotalCount; responderPackets, responderOctets */
    [NF_FLOW_REVERSE_PACKETS] = {.elements = {REVERSE (2), REVERSE (86), IANA (299)}},
    [NF_FLOW_REVERSE_OCTETS] = {.elements = {REVERSE (1), REVERSE (85), IANA (232)}},
    /* tcpControlBits */
    [NF_FLOW_FLAGS] = {.elements = {IANA (6)}},
    [NF_FLOW_IN_IF] = {.common = "in_if"},
    [NF_FLOW_OUT_IF] = {.common = "out_if"},
    [NF_FLOW_STATUS] = {.elements = {IANA (89)}},
    /* firewallEvent, natEvent, Cisco's fwEvent */
    [NF_FLOW_EVENT] = {.elements = {IANA (233), IANA (230), NETFLOW9 (40005)}},
    /* observationTimeMilliseconds, ...Microseconds, ...Nanoseconds, ...Seconds */
    [NF_FLOW_EVENT_TIME] = {.elements = {IANA (323), IANA (324), IANA (325), IANA (322)}},
    /* postNAT...IPv4Address, ...IPv6Address, Cisco's xlate...AddrV4; postNAPT...TransportPort */
    [NF_FLOW_NAT_SRC] = {.elements = {IANA (225), IANA (281), NETFLOW9 (40001)}},
    [NF_FLOW_NAT_DST] = {.elements = {IANA (226), IANA (282), NETFLOW9 (40002)}},
    [NF_FLOW_NAT_SPORT] = {.elements = {IANA (227), NETFLOW9 (40003)}},
    [NF_FLOW_NAT_DPORT] = {.elements = {IANA (228), NETFLOW9 (40004)}},
    [NF_FLOW_START] = {.common = "start"},
    [NF_FLOW_END] = {.common = "end"},
    /* samplerId, selectorId */
    [NF_FLOW_SAMPLER] = {.elements = {IANA (48), IANA (302)}},
    [NF_FLOW_APPLICATION] = {.elements = {IANA (95)}},
    /* ingressVRFID, egressVRFID */
    [NF_FLOW_IN_VRF] = {.elements = {IANA (234)}},
    [NF_FLOW_OUT_VRF] = {.elements = {IANA (235)}},
    [NF_FLOW_COMMON_PROPERTIES] = {.elements = {IANA (137)}},
    [NF_FLOW_SAMPLING_INTERVAL] = {.elements = {IANA (34)}},
    [NF_FLOW_SAMPLING_PACKETS] = {.elements = {IANA (305)}},
    [NF_FLOW_SAMPLING_SPACE] = {.elements = {IANA (306)}},
    [NF_FLOW_SAMPLING_RANDOM] = {.elements = {IANA (50)}},
    [NF_FLOW_SAMPLING_SIZE] = {.elements = {IANA (309)}},
    [NF_FLOW_SAMPLING_POPULATION] = {.elements = {IANA (310)}},
    [NF_FLOW_SAMPLING_PROBABILITY] = {.elements = {IANA (311)}},
};

/* The elements of a part, in order of preference. Returns how many there are. */
static guint
elements_of (const NfRegistry *registry, NfFlowPart part, const NfElement **elements)
{
    guint n = 0;

    for (guint i = 0; i < MAX_ELEMENTS && parts[part].elements[i].id != 0; i++) {
        Key key = parts[part].elements[i];

        elements[n] = nf_registry_lookup (registry, key.space, key.pen, key.id);
        n += elements[n] != NULL;
    }
    return n;
}

static gboolean
is_one_of (const gint *candidates, gint field)
{
    while (*candidates >= 0 && *candidates != field)
        candidates++;
    return *candidates >= 0;
}

/* The observation time of a record of one packet is when its flow starts; that of an event, the end
 * of a NAT session for one, is when it happened. */
static void
drop_event_times (NfFlow *flow)
{
    gint *kept = flow->fields[NF_FLOW_START];

    if (*flow->fields[NF_FLOW_EVENT] < 0)
        return;
    for (const gint *c = kept; *c >= 0; c++)
        if (!is_one_of (flow->fields[NF_FLOW_EVENT_TIME], *c))
            *kept++ = *c;
    *kept = -1;
}

/* Where in each record the part is, if that is always the same place and an unsigned integer. */
static NfSpan
place_of_number (const NfBinding *binding, const gint *candidates)
{
    const NfTemplate *tmpl = binding->tmpl;
    guint i = (guint)candidates[0];

    if (candidates[0] < 0 || candidates[1] >= 0 || i >= tmpl->n_fixed ||
        !nf_type_is_unsigned (binding->fields[i].type) || tmpl->fields[i].length > sizeof (guint64))
        return (NfSpan){0, 0};
    return (NfSpan){tmpl->offsets[i], tmpl->fields[i].length};
}

static gboolean
has_ends (const NfFlow *flow)
{
    static const NfFlowPart ends[] = {NF_FLOW_SRC,    NF_FLOW_DST,     NF_FLOW_SPORT,
                                      NF_FLOW_DPORT,  NF_FLOW_SRC_MAC, NF_FLOW_DST_MAC,
                                      NF_FLOW_SRC_AS, NF_FLOW_DST_AS,  NF_FLOW_STATION};

    for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
        if (*flow->fields[ends[i]] >= 0)
            return TRUE;
    return FALSE;
}

/* A rate is announced of a sampler, or an interface, that the records name, of their Template, or
 * of all that the exporter sends. */
static guint
sampling_kinds (const NfFlow *flow)
{
    guint kinds = 1u << NF_ANNOUNCED_TEMPLATE_SAMPLING | 1u << NF_ANNOUNCED_SYSTEM_SAMPLING;

    if (*flow->fields[NF_FLOW_SAMPLER] >= 0)
        kinds |= 1u << NF_ANNOUNCED_SAMPLER;
    if (*flow->fields[NF_FLOW_IN_IF] >= 0 || *flow->fields[NF_FLOW_OUT_IF] >= 0)
        kinds |= 1u << NF_ANNOUNCED_INTERFACE_SAMPLING;
    return kinds;
}

NfFlow *
nf_flow_new (const NfBinding *binding, const NfRegistry *registry)
{
    NfFlow *flow = g_new (NfFlow, 1);

    for (guint i = 0; i < NF_N_FLOW_PARTS; i++) {
        const NfElement *own[MAX_ELEMENTS];
        NfCommonName common = {.elements = own};

        if (parts[i].common)
            common = *nf_registry_common (registry, parts[i].common);
        else
            common.n_elements = elements_of (registry, (NfFlowPart)i, own);
        flow->fields[i] = nf_binding_candidates (binding, &common);
    }
    flow->has_sampling = FALSE;
    for (guint i = NF_FLOW_SAMPLING_INTERVAL; i <= NF_FLOW_SAMPLING_PROBABILITY; i++)
        flow->has_sampling |= *flow->fields[i] >= 0;
    flow->announced = nf_announced_kinds (binding);
    flow->sampling_kinds = sampling_kinds (flow);
    drop_event_times (flow);
    for (guint i = 0; i < NF_N_FLOW_PARTS; i++)
        flow->numbers[i] = place_of_number (binding, flow->fields[i]);
    flow->has_ends = has_ends (flow);
    flow->clock = nf_clock_of (binding, *flow->fields[NF_FLOW_START], *flow->fields[NF_FLOW_END]);
    return flow;
}

void
nf_flow_free (NfFlow *flow)
{
    for (guint i = 0; i < NF_N_FLOW_PARTS; i++)
        g_free (flow->fields[i]);
    g_free (flow);
}

gboolean
nf_flow_has_sampling (const NfFlow *flow)
{
    return flow->has_sampling;
}

guint
nf_flow_sampling_kinds (const NfFlow *flow)
{
    return flow->sampling_kinds;
}

gboolean
nf_flow_has_ends (const NfFlow *flow)
{
    return flow->has_ends;
}

gboolean
nf_flow_is_announcing (const NfFlow *flow, NfAnnouncedKind kind)
{
    return flow->announced >> kind & 1;
}

G_STATIC_ASSERT (NF_MOST_AT_ONCE <= 32); /* NfFlowTimes.others */

/* Ends and durations of flows, in counts of their clock. */
typedef struct {
    guint64 sum; /* how long before the latest end that is right they ended, all added up, */
    guint64 least, most; /* and the shortest and the longest of it */
    guint64 longest;     /* how long the longest flow lasted */
} Gathered;

/* Gathers all `n` as if their times were right, which the extremes tell then. FALSE: one of them is
 * not (nf_clock_is_right()), and what is gathered means nothing. */
static gboolean
gather (NfClock clock, guint64 latest, const guint64 *starts, const guint64 *ends, guint n,
        Gathered *gathered)
{
    guint64 sum = 0, least = G_MAXUINT64, most = 0, longest = 0;

    for (guint i = 0; i < n; i++) {
        guint64 start = starts[i] << clock.shift, end = ends[i] << clock.shift;
        guint64 before = latest - end;

        if (G_UNLIKELY (start == 0 || end == 0))
            return FALSE;
        sum += before; /* 32 hours and some at most, where all are right */
        least = MIN (least, before);
        most = MAX (most, before);
        longest = MAX (longest, end - start);
    }
    *gathered = (Gathered){sum, least, most, longest};
    return n > 0 && least > 0 && most <= (NF_FUTURE_S + NF_PAST_S) * clock.per_second &&
           longest <= NF_LONG_S * clock.per_second;
}

/* Moves the times that are right to the front. Returns how many there are; `others` becomes a bit
 * for each of those that are not. */
static guint
keep_right (NfClock clock, guint64 now, guint64 *starts, guint64 *ends, guint n, guint32 *others)
{
    guint kept = 0;

    *others = 0;
    for (guint i = 0; i < n; i++) {
        if (!nf_clock_is_right (clock, now, starts[i] << clock.shift, ends[i] << clock.shift)) {
            *others |= (guint32)1 << i;
            continue;
        }
        starts[kept] = starts[i];
        ends[kept++] = ends[i];
    }
    return kept;
}

void
nf_flow_times (const NfRecord *first, NfFlowTimes *times)
{
    const NfFlow *flow = first->flow;
    NfClock clock = flow->clock;
    guint64 starts[NF_MOST_AT_ONCE], ends[NF_MOST_AT_ONCE], now, future, latest;
    guint n = first->event->count;
    guint32 others = 0;
    Gathered all;

    *times = (NfFlowTimes){.others = G_MAXUINT32 >> (32 - n)};
    now = clock.ns > 0 ? nf_clock_now (clock, first->message) : 0;
    if (now == 0)
        return;
    nf_event_numbers (first->event, first->octets, (guint)*flow->fields[NF_FLOW_START], starts);
    nf_event_numbers (first->event, first->octets, (guint)*flow->fields[NF_FLOW_END], ends);
    future = NF_FUTURE_S * clock.per_second;
    latest = now + future;
    if (!gather (clock, latest, starts, ends, n, &all)) {
        n = keep_right (clock, now, starts, ends, n, &others);
        if (!gather (clock, latest, starts, ends, n, &all))
            return;
    }
    *times = (NfFlowTimes){
        .n = n,
        .others = others,
        .sum_ns = ((gint64)(all.sum - n * future) >> clock.shift) * clock.ns,
        .least_ns = ((gint64)(all.least - future) >> clock.shift) * clock.ns,
        .most_ns = ((gint64)(all.most - future) >> clock.shift) * clock.ns,
        .longest_ns = (gint64)(all.longest >> clock.shift) * clock.ns,
    };
}

gboolean
nf_flow_ends (const char *common, NfFlowPart ends[2])
{
    static const struct {
        const char *name;
        NfFlowPart ends[2];
    } either[] = {{"addr", {NF_FLOW_SRC, NF_FLOW_DST}}, {"port", {NF_FLOW_SPORT, NF_FLOW_DPORT}}};

    for (guint i = 0; i < G_N_ELEMENTS (either); i++) {
        if (strcmp (common, either[i].name) != 0)
            continue;
        memcpy (ends, either[i].ends, sizeof either[i].ends);
        return TRUE;
    }
    return FALSE;
}

const gint *
nf_flow_candidates (const NfFlow *flow, NfFlowPart part)
{
    return flow->fields[part];
}

gint
nf_flow_field (const NfRecord *r, NfFlowPart part)
{
    return nf_record_pick (r, r->flow->fields[part]);
}

gboolean
nf_flow_value (const NfRecord *r, NfFlowPart part, NfValue *value)
{
    gint field = nf_flow_field (r, part);

    if (field < 0)
        return FALSE;
    nf_record_value (r, (guint)field, value);
    /* only a user's own registry can call one of these a string */
    return value->kind != NF_VALUE_NONE && value->kind != NF_VALUE_STRING;
}

gboolean
nf_flow_column (const NfRecord *first, NfFlowPart part, guint64 numbers[NF_MOST_AT_ONCE])
{
    const gint *fields = first->flow->fields[part];
    const NfBinding *binding = first->event->binding;

    if (fields[0] < 0 || fields[1] >= 0 || !nf_type_is_unsigned (binding->fields[*fields].type) ||
        binding->tmpl->fields[*fields].length == 0)
        return FALSE;
    nf_event_numbers (first->event, first->octets, (guint)*fields, numbers);
    return TRUE;
}

gboolean
nf_flow_number (const NfRecord *r, NfFlowPart part, guint64 *n)
{
    NfSpan place = r->flow->numbers[part];
    NfValue value;

    if (G_LIKELY (place.length > 0 && r->scale <= 1)) {
        place.offset += r->event->span.offset;
        *n = nf_octets_uint (nf_span_octets (r->octets, place), place.length);
        return TRUE;
    }
    if (!nf_flow_value (r, part, &value) || value.kind != NF_VALUE_UNSIGNED)
        return FALSE;
    *n = value.u;
    return TRUE;
}
