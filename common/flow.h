/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What makes a Data Record a flow: who talked to whom, by which protocol, how much, when. Where the
 * parts are is worked out once for each binding.
 */
#pragma once

#include "clock.h"
#include "record.h"

G_BEGIN_DECLS

typedef enum {
    NF_FLOW_SRC,
    NF_FLOW_DST,
    NF_FLOW_SPORT,
    NF_FLOW_DPORT,
    NF_FLOW_SRC_PREFIX, /* an address that stands for all of its network, which has so many bits */
    NF_FLOW_DST_PREFIX,
    NF_FLOW_SRC_BITS,
    NF_FLOW_DST_BITS,
    NF_FLOW_SRC_MAC,
    NF_FLOW_DST_MAC,
    NF_FLOW_SRC_AS,
    NF_FLOW_DST_AS,
    NF_FLOW_STATION, /* of a wireless network: its records may be about one end only */
    NF_FLOW_PROTO,
    NF_FLOW_ICMP,      /* type * 256 + code */
    NF_FLOW_ICMP_TYPE, /* or each of them */
    NF_FLOW_ICMP_CODE,
    NF_FLOW_PACKETS,
    NF_FLOW_OCTETS,
    NF_FLOW_REVERSE_PACKETS, /* of the other direction, in the same record (RFC 5103) */
    NF_FLOW_REVERSE_OCTETS,
    NF_FLOW_FLAGS,
    NF_FLOW_IN_IF,
    NF_FLOW_OUT_IF,
    NF_FLOW_STATUS, /* whether it was forwarded (RFC 7270 4.12) */
    NF_FLOW_EVENT,  /* of a firewall or a NAT, */
    NF_FLOW_EVENT_TIME,
    NF_FLOW_NAT_SRC, /* what a NAT made of the source, and so on */
    NF_FLOW_NAT_DST,
    NF_FLOW_NAT_SPORT,
    NF_FLOW_NAT_DPORT,
    NF_FLOW_START,
    NF_FLOW_END,
    NF_FLOW_SAMPLER, /* by which sampler or selector its packets were chosen */
    NF_FLOW_APPLICATION,
    NF_FLOW_IN_VRF,
    NF_FLOW_OUT_VRF,
    NF_FLOW_COMMON_PROPERTIES, /* RFC 5473 */
    NF_FLOW_SAMPLING_INTERVAL, /* how its packets were sampled: NfSampling */
    NF_FLOW_SAMPLING_PACKETS,
    NF_FLOW_SAMPLING_SPACE,
    NF_FLOW_SAMPLING_RANDOM,
    NF_FLOW_SAMPLING_SIZE,
    NF_FLOW_SAMPLING_POPULATION,
    NF_FLOW_SAMPLING_PROBABILITY,
    NF_N_FLOW_PARTS
} NfFlowPart;

/* Finds the parts among the fields of a binding, whose registry this is. Free with nf_flow_free().
 */
NfFlow *nf_flow_new (const NfBinding *binding, const NfRegistry *registry);
void nf_flow_free (NfFlow *flow);

/* Whether records say themselves how their packets were sampled. */
gboolean nf_flow_has_sampling (const NfFlow *flow);

/* The kinds of what is announced that may tell how packets of the records were sampled: bit
 * 1 << NfAnnouncedKind of each. */
guint nf_flow_sampling_kinds (const NfFlow *flow);

/* Whether the records are options data that announces things of a kind: these need not be told what
 * they say themselves. */
gboolean nf_flow_is_announcing (const NfFlow *flow, NfAnnouncedKind kind);

/* The two parts that a common name of either end of a flow stands for ("addr", "port"). FALSE where
 * it is of one thing. */
gboolean nf_flow_ends (const char *common, NfFlowPart ends[2]);

/* The fields that may be the part, as nf_binding_candidates() gives them. Borrowed. */
const gint *nf_flow_candidates (const NfFlow *flow, NfFlowPart part);

/* The field of the record that has the part, or -1. */
gint nf_flow_field (const NfRecord *r, NfFlowPart part);

/* When flows ended and how long they lasted, those of records that come together (NfEvent.count):
 * of those whose times are plainly right, without a look at each record as such. */
typedef struct {
    guint n;                  /* of so many; 0: what follows is not set */
    gint64 sum_ns;            /* how long before their export they ended, all added up, */
    gint64 least_ns, most_ns; /* and the shortest and the longest of it */
    gint64 longest_ns;        /* how long the longest flow lasted */
    guint32 others;           /* a bit for each of the other records, the first one the lowest */
} NfFlowTimes;

void nf_flow_times (const NfRecord *first, NfFlowTimes *times);

/* Reads the part. Returns FALSE where the record has none. */
gboolean nf_flow_value (const NfRecord *r, NfFlowPart part, NfValue *value);

/* Reads a part of all the records for which the first one's event stands. Returns FALSE where it is
 * no number that they have in one field and no other. */
gboolean nf_flow_column (const NfRecord *first, NfFlowPart part, guint64 numbers[NF_MOST_AT_ONCE]);

/* Reads a part that is a number. Returns FALSE where the record has none. */
gboolean nf_flow_number (const NfRecord *r, NfFlowPart part, guint64 *n);

/* The protocol, or -1. A Template without it that has type and code of ICMP is one of ICMP. */
gint nf_flow_protocol (const NfRecord *r);

/* The type and code of ICMP where its record has no elements for them and an exporter put them into
 * the ports. Returns FALSE where it did not, or the record has no ports; not to be asked of other
 * protocols. */
gboolean nf_flow_icmp_in_ports (const NfRecord *r, guint64 *type, guint64 *code);

/* The type and code of ICMP, or of IPv6-ICMP: as elements of their own, else out of the ports.
 * Returns FALSE where the record is of another protocol, or has neither. */
gboolean nf_flow_icmp (const NfRecord *r, guint64 *type, guint64 *code);

/* The name of the protocol, or NULL. An IPv4 flow of protocol 0 has none: its exporter does not
 * tell the protocol. */
const char *nf_flow_protocol_name (const NfRecord *r);

/* Whether its records have the ends of a flow: addresses of any kind, ports or AS numbers. */
gboolean nf_flow_has_ends (const NfFlow *flow);

/* Appends the source, or the destination: "10.0.0.1:443", "[2001:db8::1]:443", of
 * ICMP's destination "10.0.0.1 type 8 code 0", of a network "10.1.0.0/16:443". Where there is no
 * address a station's or a MAC address, "*:443" or "AS65000"; "-" where there is nothing. */
void nf_flow_end_text (NfText *t, const NfRecord *r, gboolean destination);

/* Appends what a NAT made of the ends, where that is something else: "  source now
 * 203.0.113.5:40001". */
void nf_flow_nat_text (NfText *t, const NfRecord *r);

/* Appends the flow in a line: "UDP 192.0.2.10:5353 -> 203.0.113.53:53, 1 packet, 62 octets"; with
 * `numeric` without the protocol's name. Nothing where the record has no ends. */
void nf_flow_text (NfText *t, const NfRecord *r, gboolean numeric);

G_END_DECLS
