/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IP packets of TCP and SCTP with IPFIX in them, as tests of streams need them. */
#pragma once

#include "common/capture.h"

G_BEGIN_DECLS

/* The link type of what is made here: an IP packet is a frame. */
#define PACKET_LINK_TYPE 12

/* Octets of each Message: a header and a Data Set of 16 octets of data. */
#define PACKET_MESSAGE 36

/* TCP flags. */
enum { PACKET_FIN = 1, PACKET_SYN = 2, PACKET_RST = 4 };

/* Appends Message `i`: its sequence number is `i`, its export time 2023-11-14T22:13:20Z. */
void packet_add_message (GByteArray *octets, guint32 i);

/* A TCP segment from port 40000 of 192.0.2.1 or 2001:db8::1 (`family` 4 or 6) to `port`. */
GByteArray *packet_segment (int family, guint16 port, guint32 sequence, guint flags,
                            const guint8 *octets, guint length);

/* An SCTP packet from port 40000 of 192.0.2.`host` to `port`, as yet without chunks, ... */
GByteArray *packet_sctp (guint8 host, guint16 port, guint32 tag);

/* ... and a chunk in it: DATA with `flags` (1: ends, 2: begins a user message), of `stream`, */
void packet_add_data (GByteArray *packet, guint flags, guint32 number, guint16 stream,
                      const guint8 *octets, guint length);

/* or FORWARD TSN. */
void packet_add_forward (GByteArray *packet, guint32 number);

/* Feeds a copy that ends where its memory ends, `cut` octets before the packet's end. */
void packet_feed (NfCapture *capture, const GByteArray *packet, guint cut, gint64 time_ns,
                  guint64 number);

G_END_DECLS
