/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who gets a port. */
#include "ports.h"

#include "plugin.h"

static struct {
    const char *table;
    dissector_handle_t handle;
    GHashTable *taken; /* port -> the handle that had it, or NULL */
} kinds[NFP_N_PORTS] = {
    [NFP_PORTS_UDP] = {.table = "udp.port"},   [NFP_PORTS_TCP] = {.table = "tcp.port"},
    [NFP_PORTS_SCTP] = {.table = "sctp.port"}, [NFP_PORTS_TLS] = {.table = "tls.port"},
    [NFP_PORTS_DTLS] = {.table = "dtls.port"}, [NFP_PORTS_FILE] = {.table = "wtap_encap"},
};

static const range_t *
wanted_ports (NfpPorts kind)
{
    switch (kind) {
    case NFP_PORTS_UDP:
        return nfp_preferences.udp_ports;
    case NFP_PORTS_TCP:
        return nfp_preferences.tcp_ports;
    case NFP_PORTS_SCTP:
        return nfp_preferences.sctp_ports;
    case NFP_PORTS_TLS:
    case NFP_PORTS_DTLS:
        return nfp_preferences.tls_ports;
    default:
        return NULL;
    }
}

gboolean
nfp_ports_has (NfpPorts kind, guint32 port)
{
    const range_t *ports = wanted_ports (kind);

    if (kind == NFP_PORTS_FILE)
        return port == WTAP_ENCAP_RAW_IPFIX;
    return ports && value_is_in_range (ports, port);
}

/* Whether the port should be ours where `other`, who may be nobody, has it else. */
static gboolean
is_wanted (NfpPorts kind, guint32 port, dissector_handle_t other)
{
    return proto_is_protocol_enabled (find_protocol_by_id (nfp_protocol)) &&
           nfp_ports_has (kind, port) && (nfp_preferences.replace_cflow || !other);
}

/* Takes a port, if it is to be ours; a user's Decode As goes before. */
static void
take (NfpPorts kind, guint32 port)
{
    dissector_table_t table = find_dissector_table (kinds[kind].table);
    dissector_handle_t now =
        table ? dissector_get_default_uint_handle (kinds[kind].table, port) : NULL;

    if (!table || dissector_is_uint_changed (table, port) || now == kinds[kind].handle ||
        !is_wanted (kind, port, now))
        return;
    g_hash_table_replace (kinds[kind].taken, GUINT_TO_POINTER (port), now);
    dissector_add_uint (kinds[kind].table, port, kinds[kind].handle);
}

/* Gives a port back that is not to be ours any more. Returns whether it was. */
static gboolean
give_back (gpointer key, gpointer other, gpointer data)
{
    NfpPorts kind = (NfpPorts)GPOINTER_TO_UINT (data);
    const char *name = kinds[kind].table;
    guint32 port = GPOINTER_TO_UINT (key);

    if (is_wanted (kind, port, other))
        return FALSE;
    if (dissector_get_default_uint_handle (name, port) == kinds[kind].handle &&
        !dissector_is_uint_changed (find_dissector_table (name), port)) {
        if (other)
            dissector_add_uint (name, port, other);
        else
            dissector_delete_uint (name, port, kinds[kind].handle);
    }
    return TRUE;
}

void
nfp_ports_apply (void)
{
    for (guint kind = 0; kind < NFP_N_PORTS; kind++) {
        const range_t *ports = wanted_ports ((NfpPorts)kind);

        g_hash_table_foreach_remove (kinds[kind].taken, give_back, GUINT_TO_POINTER (kind));
        for (guint i = 0; ports && i < ports->nranges; i++)
            for (guint32 port = ports->ranges[i].low; port <= ports->ranges[i].high; port++)
                take ((NfpPorts)kind, port);
    }
    take (NFP_PORTS_FILE, WTAP_ENCAP_RAW_IPFIX);
}

static NfpPorts
kind_of (const packet_info *pinfo)
{
    switch (pinfo->ptype) {
    case PT_TCP:
        return NFP_PORTS_TCP;
    case PT_SCTP:
        return NFP_PORTS_SCTP;
    default:
        return NFP_PORTS_UDP;
    }
}

gboolean
nfp_ports_is_chosen (const packet_info *pinfo)
{
    NfpPorts kind = kind_of (pinfo);
    dissector_table_t table = find_dissector_table (kinds[kind].table);

    return table && dissector_is_uint_changed (table, pinfo->match_uint) &&
           dissector_get_uint_handle (table, pinfo->match_uint) == kinds[kind].handle;
}

void
nfp_ports_handoff (const NfpHandles *handles)
{
    kinds[NFP_PORTS_UDP].handle = kinds[NFP_PORTS_DTLS].handle = handles->udp;
    kinds[NFP_PORTS_TCP].handle = kinds[NFP_PORTS_TLS].handle = handles->stream;
    kinds[NFP_PORTS_SCTP].handle = handles->sctp;
    kinds[NFP_PORTS_FILE].handle = handles->file;
    for (guint kind = 0; kind < NFP_N_PORTS; kind++)
        kinds[kind].taken = g_hash_table_new (g_direct_hash, g_direct_equal);
    for (guint kind = 0; kind <= NFP_PORTS_SCTP; kind++)
        dissector_add_for_decode_as (kinds[kind].table, kinds[kind].handle);
}
