/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headers before a payload, which Wireshark has read and does not hand over.
 */
#pragma once

#include "compat.h"
#include "common/finding.h"
#include "common/datagram.h"

G_BEGIN_DECLS

/* Notes the checksums of the UDP header, and of an IPv4 header that stands right before it, of a
 * datagram whose ends and lengths are known. Where these headers are not before `tvb` nothing is.
 */
void nfp_headers_read_checksums (NfDatagram *datagram, tvbuff_t *tvb);

/* Whether a datagram that an error of ICMP quotes did not arrive, by that error. Returns TRUE with
 * the finding. */
gboolean nfp_headers_read_refusal (const NfDatagram *datagram, tvbuff_t *tvb, NfFinding *finding);

G_END_DECLS
