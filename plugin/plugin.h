/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The protocol: its number, and what the user set for it. */
#pragma once

#include "compat.h"
#include "nfpeek.h"

typedef struct {
    range_t *udp_ports;
    range_t *tcp_ports;
    range_t *sctp_ports;
    range_t *tls_ports;    /* of TLS and DTLS */
    NfpBool replace_cflow; /* take the ports, and IPFIX Files, from the built-in dissector */
    NfpBool heuristics;    /* look at datagrams to other ports */
    NfpBool reassemble;    /* Messages that span TCP segments */
    NfpBool findings;      /* say what is wrong */
    gint names;            /* NFP_NAMES_... */
    const char *template_file;
    const char *record_filter; /* an expression of filter.h, or "" */
} NfpPreferences;

enum { NFP_NAMES_IPFIX, NFP_NAMES_NETFLOW9 };

/* Keys of what is kept of a packet while it is dissected: how many Messages it has so far, which
 * expert infos, and how many parts of packets. */
enum { NFP_OF_PACKET_MESSAGES, NFP_OF_PACKET_EXPERTS, NFP_OF_PACKET_SECTIONS };

extern int nfp_protocol;
extern int nfp_tap;
extern NfpPreferences nfp_preferences;

/* What is kept of this packet under a key, at this visit: `size` octets, zero when they are asked
 * for first. */
static inline gpointer
nfp_of_packet (packet_info *pinfo, guint32 key, gsize size)
{
    gpointer data = p_get_proto_data (pinfo->pool, pinfo, nfp_protocol, key);

    if (!data) {
        data = wmem_alloc0 (pinfo->pool, size);
        p_add_proto_data (pinfo->pool, pinfo, nfp_protocol, key, data);
    }
    return data;
}
