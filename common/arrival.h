/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a datagram's arrival tells of its Message: when it came against when it says that it was
 * exported, and whether a kernel would have taken it. For the decoder, and for who changes what it
 * judges.
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

/* The checksum of UDP (RFC 768) that is right for the datagram, all of which is there. */
G_GNUC_INTERNAL guint16 nf_arrival_udp_checksum (const NfDatagram *datagram);

G_END_DECLS
