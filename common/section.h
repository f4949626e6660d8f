/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beginnings of packets in a line of text. Private to the library. */
#pragma once

#include "describe.h"

G_BEGIN_DECLS

/*
 * Appends what packet it is that `octets` begin: "Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02,
 * VLAN 10, IPv4 192.0.2.1 > 198.51.100.2, TCP 51000 > 443 SYN, length 60". `form` says with which
 * header they begin, `protocol` which that is in NF_FORM_IP_PAYLOAD and NF_FORM_ICMP_MESSAGE. The
 * length is that of the innermost IP packet.
 */
G_GNUC_INTERNAL void nf_section_text (NfText *t, const NfDescriber *d, NfForm form, NfReader octets,
                                      gint protocol);

G_END_DECLS
