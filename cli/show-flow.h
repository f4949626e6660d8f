/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What makes a Data Record a flow: who talked to whom, by which protocol, how much. Worked out
 * once for each binding, as the `extra` of its plan.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

typedef enum {
    NF_FLOW_SRC,
    NF_FLOW_DST,
    NF_FLOW_SPORT,
    NF_FLOW_DPORT,
    NF_FLOW_SRC_MAC,
    NF_FLOW_DST_MAC,
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
    NF_FLOW_EVENT,   /* of a firewall or a NAT */
    NF_FLOW_NAT_SRC, /* what a NAT made of the source, and so on */
    NF_FLOW_NAT_DST,
    NF_FLOW_NAT_SPORT,
    NF_FLOW_NAT_DPORT,
    NF_N_FLOW_PARTS
} NfFlowPart;

/* Makes all plans from now on say where the parts of a flow are. */
void nf_flow_extend_plans (NfShow *show);

/* The field of a RECORD event that has the part, or -1. */
gint nf_flow_field (NfShow *show, const NfEvent *event, NfFlowPart part);

/* Reads the part of a RECORD event. Returns FALSE where it has none. */
gboolean nf_flow_value (NfShow *show, const NfEvent *event, NfFlowPart part, NfValue *value);

/* The protocol of a RECORD event, or -1. */
gint nf_flow_protocol (NfShow *show, const NfEvent *event);

/* Whether a RECORD event has addresses, or MAC addresses, of a flow. */
gboolean nf_flow_has_ends (NfShow *show, const NfEvent *event);

/* Appends the source, or the destination, to show->out: "10.0.0.1:443", "[2001:db8::1]:443", of
 * ICMP "10.0.0.1:8.0" by type and code; a MAC address where there is no other; "-" where there is
 * nothing. */
void nf_flow_end_text (NfShow *show, const NfEvent *event, gboolean destination);

/* Appends what a NAT made of the ends, where that is something else: "  source now
 * 203.0.113.5:40001". */
void nf_flow_nat_text (NfShow *show, const NfEvent *event);

/* The name of the protocol of a RECORD event; NULL with -n and where it has none. */
const char *nf_flow_protocol_name (NfShow *show, const NfEvent *event);

G_END_DECLS
