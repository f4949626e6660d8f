/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From octets that Wireshark hands over to a dissected Message; and how such octets come: UDP
 * datagrams, streams of TCP and TLS, SCTP, IPFIX Files.
 */
#pragma once

#include "compat.h"

/* A dissector of each way, for Wireshark's tables. */
typedef struct {
    dissector_handle_t udp;    /* and DTLS: a Message a datagram */
    dissector_handle_t stream; /* TCP, TLS: Messages one behind the other */
    dissector_handle_t sctp;   /* whole Messages, several perhaps */
    dissector_handle_t file;   /* RFC 5655: a Message as a packet */
} NfpHandles;

/* Makes them. */
void nfp_dissect_register (int protocol);

/* Registers the heuristics, and looks up other dissectors. Once all protocols are registered. */
void nfp_dissect_handoff (int protocol);

const NfpHandles *nfp_dissect_handles (void);
