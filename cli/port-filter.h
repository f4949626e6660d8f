/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is captured where nobody says it in libpcap's words: everything to and from some ports. */
#pragma once

#include "options.h"

G_BEGIN_DECLS

/*
 * Appends an expression of pcap-filter(7) for `ports`, an array of NfRange, or, if there are none,
 * those that exporters usually send to: UDP, TCP, SCTP, and IP fragments, which have no ports; with
 * them ICMP's errors of unreachable destinations. Of Ethernet (libpcap's `link_type`) also with one
 * or two VLAN tags.
 */
void nf_port_filter (NfText *t, const GArray *ports, int link_type);

G_END_DECLS
