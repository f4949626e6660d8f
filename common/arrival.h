/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a datagram's arrival tells of its Message: when it came against when it says that it was
 * exported, and whether a kernel would have taken it. Private to the decoder.
 */
#pragma once

#include "datagram.h"
#include "message.h"

G_BEGIN_DECLS

/*
 * Whether the header's export time cannot be (RFC 7011 3.1, RFC 3954 5.1): it holds the uptime, or,
 * where the arrival is known, is over five minutes from it. Returns TRUE with the finding.
 */
G_GNUC_INTERNAL gboolean nf_arrival_judge_time (const NfDatagram *datagram,
                                                const NfMessage *message, NfFinding *finding);

/* Whether a kernel drops the datagram for the checksum of an IPv4 header or, the next, of UDP, or
 * would if the sender's card did not compute it. Returns TRUE with the finding. */
G_GNUC_INTERNAL gboolean nf_arrival_judge_ip (const NfDatagram *datagram, NfFinding *finding);
G_GNUC_INTERNAL gboolean nf_arrival_judge_udp (const NfDatagram *datagram, NfFinding *finding);

G_END_DECLS
