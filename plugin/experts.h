/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Findings as Wireshark's expert infos: nfpeek.finding.set_length for set-length.
 */
#pragma once

#include "compat.h"
#include "nfpeek.h"

/* Registers one for each code and severity of the table of findings. */
void nfp_experts_register (int protocol);

/* Adds a finding to the tree, on its octets in `tvb`, and to the expert infos, of which a packet has
 * no more than Wireshark can take. `tree` may be NULL: then only to those. `version` is the Message's, for the RFC's section; 0 where it has none. */
void nfp_experts_add (packet_info *pinfo, proto_tree *tree, tvbuff_t *tvb, const NfFinding *finding,
                      guint version);
