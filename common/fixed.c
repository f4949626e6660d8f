/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The layouts of NetFlow's fixed versions, each octet as an Information Element. */
#include "fixed.h"

/* Those of IANA's registry, by what routers call them, */
enum {
    OCTETS = 1,
    PACKETS = 2,
    FLOWS = 3,
    PROTOCOL = 4,
    TOS = 5,
    TCP_FLAGS = 6,
    SRC_PORT = 7,
    SRC_ADDR = 8,
    SRC_MASK = 9,
    INPUT = 10,
    DST_PORT = 11,
    DST_ADDR = 12,
    DST_MASK = 13,
    OUTPUT = 14,
    NEXT_HOP = 15,
    SRC_AS = 16,
    DST_AS = 17,
    PEER_NEXT_HOP = 18,
    LAST = 21,
    FIRST = 22,
    ROUTER_SC = 43,
    SRC_PREFIX = 44,
    DST_PREFIX = 45,
    PADDING = 210
};

/* and those of elements/fixed.csv, in its order. */
enum { IN_ENCAPS = NF_FIRST_FIXED_ID, OUT_ENCAPS, FLAGS, FLOW_FLAGS, MARKED_TOS, EXTRA_PACKETS };

/* Information Element and length in octets. */
typedef struct {
    guint16 id;
    guint16 length;
} Part;

/* What all records of single flows begin with: addresses, interfaces, counters, times, ports. */
static const Part flow[] = {
    {SRC_ADDR, 4}, {DST_ADDR, 4}, {NEXT_HOP, 4}, {INPUT, 2},    {OUTPUT, 2},   {PACKETS, 4},
    {OCTETS, 4},   {FIRST, 4},    {LAST, 4},     {SRC_PORT, 2}, {DST_PORT, 2},
};

static const Part v1[] = {{PADDING, 2}, {PROTOCOL, 1}, {TOS, 1}, {TCP_FLAGS, 1}, {PADDING, 7}};
/* with the 4 octets at its end that few exporters send */
static const Part v1_long[] = {
    {PADDING, 2}, {PROTOCOL, 1}, {TOS, 1}, {TCP_FLAGS, 1}, {PADDING, 11}};
static const Part v5[] = {
    {PADDING, 1}, {TCP_FLAGS, 1}, {PROTOCOL, 1}, {TOS, 1},     {SRC_AS, 2},
    {DST_AS, 2},  {SRC_MASK, 1},  {DST_MASK, 1}, {PADDING, 2},
};
static const Part v6[] = {
    {PADDING, 1},  {TCP_FLAGS, 1}, {PROTOCOL, 1},  {TOS, 1},        {SRC_AS, 2},        {DST_AS, 2},
    {SRC_MASK, 1}, {DST_MASK, 1},  {IN_ENCAPS, 1}, {OUT_ENCAPS, 1}, {PEER_NEXT_HOP, 4},
};
/* FLAGS tells which fields are not valid or, of later switches, the flow mask; FLOW_FLAGS which
 * flows are not valid, and of those it is padding. */
static const Part v7[] = {
    {FLAGS, 1},  {TCP_FLAGS, 1}, {PROTOCOL, 1}, {TOS, 1},        {SRC_AS, 2},
    {DST_AS, 2}, {SRC_MASK, 1},  {DST_MASK, 1}, {FLOW_FLAGS, 2}, {ROUTER_SC, 4},
};

/* What the records of v8 begin with, but for those of switches. */
static const Part sum[] = {{FLOWS, 4}, {PACKETS, 4}, {OCTETS, 4}, {FIRST, 4}, {LAST, 4}};

static const Part as[] = {{SRC_AS, 2}, {DST_AS, 2}, {INPUT, 2}, {OUTPUT, 2}};
static const Part protocol_port[] = {{PROTOCOL, 1}, {PADDING, 3}, {SRC_PORT, 2}, {DST_PORT, 2}};
static const Part source_prefix[] = {
    {SRC_PREFIX, 4}, {SRC_MASK, 1}, {PADDING, 1}, {SRC_AS, 2}, {INPUT, 2}, {PADDING, 2},
};
static const Part destination_prefix[] = {
    {DST_PREFIX, 4}, {DST_MASK, 1}, {PADDING, 1}, {DST_AS, 2}, {OUTPUT, 2}, {PADDING, 2},
};
/* The destination's mask stands before the source's here, and in the two others with both. */
static const Part prefix[] = {
    {SRC_PREFIX, 4}, {DST_PREFIX, 4}, {DST_MASK, 1}, {SRC_MASK, 1}, {PADDING, 2},
    {SRC_AS, 2},     {DST_AS, 2},     {INPUT, 2},    {OUTPUT, 2},
};
static const Part destination[] = {
    {DST_ADDR, 4}, {PACKETS, 4}, {OCTETS, 4},     {FIRST, 4},         {LAST, 4},
    {OUTPUT, 2},   {TOS, 1},     {MARKED_TOS, 1}, {EXTRA_PACKETS, 4}, {ROUTER_SC, 4},
};
static const Part source_destination[] = {
    {DST_ADDR, 4}, {SRC_ADDR, 4},      {PACKETS, 4},   {OCTETS, 4}, {FIRST, 4},
    {LAST, 4},     {OUTPUT, 2},        {INPUT, 2},     {TOS, 1},    {MARKED_TOS, 1},
    {PADDING, 2},  {EXTRA_PACKETS, 4}, {ROUTER_SC, 4},
};
static const Part full_flow[] = {
    {DST_ADDR, 4},   {SRC_ADDR, 4}, {DST_PORT, 2},      {SRC_PORT, 2},  {PACKETS, 4}, {OCTETS, 4},
    {FIRST, 4},      {LAST, 4},     {OUTPUT, 2},        {INPUT, 2},     {TOS, 1},     {PROTOCOL, 1},
    {MARKED_TOS, 1}, {PADDING, 1},  {EXTRA_PACKETS, 4}, {ROUTER_SC, 4},
};
static const Part as_tos[] = {
    {SRC_AS, 2}, {DST_AS, 2}, {INPUT, 2}, {OUTPUT, 2}, {TOS, 1}, {PADDING, 3},
};
static const Part protocol_port_tos[] = {
    {PROTOCOL, 1}, {TOS, 1}, {PADDING, 2}, {SRC_PORT, 2}, {DST_PORT, 2}, {INPUT, 2}, {OUTPUT, 2},
};
static const Part source_prefix_tos[] = {
    {SRC_PREFIX, 4}, {SRC_MASK, 1}, {TOS, 1}, {SRC_AS, 2}, {INPUT, 2}, {PADDING, 2},
};
static const Part destination_prefix_tos[] = {
    {DST_PREFIX, 4}, {DST_MASK, 1}, {TOS, 1}, {DST_AS, 2}, {OUTPUT, 2}, {PADDING, 2},
};
static const Part prefix_tos[] = {
    {SRC_PREFIX, 4}, {DST_PREFIX, 4}, {DST_MASK, 1}, {SRC_MASK, 1}, {TOS, 1},
    {PADDING, 1},    {SRC_AS, 2},     {DST_AS, 2},   {INPUT, 2},    {OUTPUT, 2},
};
static const Part prefix_port[] = {
    {SRC_PREFIX, 4}, {DST_PREFIX, 4}, {DST_MASK, 1}, {SRC_MASK, 1}, {TOS, 1},
    {PROTOCOL, 1},   {SRC_PORT, 2},   {DST_PORT, 2}, {INPUT, 2},    {OUTPUT, 2},
};

#define FLOW(version, rest)                                                                        \
    {                                                                                              \
        version, 0, NULL, flow, G_N_ELEMENTS (flow), rest, G_N_ELEMENTS (rest)                     \
    }
#define SUM(scheme, name, rest)                                                                    \
    {                                                                                              \
        8, scheme, name, sum, G_N_ELEMENTS (sum), rest, G_N_ELEMENTS (rest)                        \
    }
#define SWITCH(scheme, name, all)                                                                  \
    {                                                                                              \
        8, scheme, name, NULL, 0, all, G_N_ELEMENTS (all)                                          \
    }

static const struct {
    guint8 version;
    guint8 scheme;
    const char *name; /* of the scheme */
    const Part *beginning;
    guint n_beginning;
    const Part *rest;
    guint n_rest;
} layouts[NF_N_FIXED] = {
    FLOW (1, v1),
    FLOW (1, v1_long),
    FLOW (5, v5),
    FLOW (6, v6),
    FLOW (7, v7),
    SUM (1, "AS", as),
    SUM (2, "protocol-port", protocol_port),
    SUM (3, "source prefix", source_prefix),
    SUM (4, "destination prefix", destination_prefix),
    SUM (5, "prefix", prefix),
    SWITCH (6, "destination only", destination),
    SWITCH (7, "source-destination", source_destination),
    SWITCH (8, "full flow", full_flow),
    SUM (9, "AS-ToS", as_tos),
    SUM (10, "protocol-port-ToS", protocol_port_tos),
    SUM (11, "source prefix-ToS", source_prefix_tos),
    SUM (12, "destination prefix-ToS", destination_prefix_tos),
    SUM (13, "prefix-ToS", prefix_tos),
    SUM (14, "prefix-port", prefix_port),
};

/* Part `i` of the layout, or NULL behind the last one. */
static const Part *
part (guint layout, guint i)
{
    guint n = layouts[layout].n_beginning;

    if (i < n)
        return &layouts[layout].beginning[i];
    return i - n < layouts[layout].n_rest ? &layouts[layout].rest[i - n] : NULL;
}

guint
nf_fixed_layout (guint version, guint scheme, guint count, gsize octets)
{
    guint first = NF_N_FIXED;

    for (guint i = NF_N_FIXED; i-- > 0;) {
        if (layouts[i].version != version || layouts[i].scheme != scheme)
            continue;
        if (count > 0 && octets == (gsize)count * nf_fixed_record_length (i))
            return i;
        first = i;
    }
    return first;
}

guint
nf_fixed_record_length (guint layout)
{
    guint length = 0;

    g_return_val_if_fail (layout < NF_N_FIXED, 0);
    for (guint i = 0; part (layout, i); i++)
        length += part (layout, i)->length;
    return length;
}

NfTemplate *
nf_fixed_template (guint layout)
{
    g_return_val_if_fail (layout < NF_N_FIXED, NULL);
    guint n = layouts[layout].n_beginning + layouts[layout].n_rest;
    g_autofree NfField *fields = g_new0 (NfField, n);

    for (guint i = 0; i < n; i++)
        fields[i] = (NfField){.id = part (layout, i)->id, .length = part (layout, i)->length};
    return nf_template_new_fixed (layouts[layout].version, fields, n);
}

const char *
nf_fixed_name (guint version)
{
    static const char *const names[] = {[1] = "v1", [5] = "v5", [6] = "v6", [7] = "v7", [8] = "v8"};

    return version < G_N_ELEMENTS (names) ? names[version] : NULL;
}

const char *
nf_fixed_scheme_name (guint scheme)
{
    for (guint i = 0; i < NF_N_FIXED; i++)
        if (layouts[i].name && layouts[i].scheme == scheme)
            return layouts[i].name;
    return NULL;
}
