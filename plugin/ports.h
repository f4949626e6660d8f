/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who gets a port: nfpeek takes the ports of its preferences, those of the built-in cflow included,
 * and gives each back to whoever had it when it is no longer wanted.
 */
#pragma once

#include "dissect.h"

typedef enum {
    NFP_PORTS_UDP,
    NFP_PORTS_TCP,
    NFP_PORTS_SCTP,
    NFP_PORTS_TLS, /* what TLS and DTLS hide: Wireshark knows those by their looks */
    NFP_PORTS_DTLS,
    NFP_PORTS_FILE,
    NFP_N_PORTS
} NfpPorts;

/* Makes nfpeek a choice for Decode As. Once all protocols are registered. */
void nfp_ports_handoff (const NfpHandles *handles);

/* Takes and gives back, by what the preferences say now. To be called before each reading of a file
 * and after each change of a preference: cflow takes its ports back whenever its own change. */
void nfp_ports_apply (void);

/* Whether the preferences have the port. */
gboolean nfp_ports_has (NfpPorts kind, guint32 port);

/* Whether the user said, with Decode As, that this packet is nfpeek's. */
gboolean nfp_ports_is_chosen (const packet_info *pinfo);
