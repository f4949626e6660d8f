/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which datagrams are Messages, and what the others are. */
#include "select.h"

/* Where exporters send by default: NetFlow's, IPFIX's with and without TLS, and what vendors and
 * collectors have made usual. */
static const guint16 usual_ports[] = {2055, 2056, 4432, 4739, 4740, 9001, 9025, 9995, 9996};

/* Protocols met beside NetFlow on the management networks that captures come from. */
static const struct {
    guint16 port;
    const char *name;
} protocols[] = {
    {53, "DNS"},      {67, "DHCP"},     {68, "DHCP"},       {69, "TFTP"},         {123, "NTP"},
    {137, "NetBIOS"}, {161, "SNMP"},    {162, "SNMP trap"}, {443, "QUIC"},        {500, "IKE"},
    {514, "syslog"},  {520, "RIP"},     {546, "DHCPv6"},    {547, "DHCPv6"},      {1812, "RADIUS"},
    {1813, "RADIUS"}, {1900, "SSDP"},   {3784, "BFD"},      {4789, "VXLAN"},      {5060, "SIP"},
    {5353, "mDNS"},   {6081, "Geneve"}, {6343, "sFlow"},    {51820, "WireGuard"},
};

/* More ports than this are not told apart. */
#define MAX_PORTS 1024

static gboolean
is_usual_port (guint16 port)
{
    for (guint i = 0; i < G_N_ELEMENTS (usual_ports); i++)
        if (usual_ports[i] == port)
            return TRUE;
    return FALSE;
}

static gboolean
is_plausible (const NfDatagram *g)
{
    return nf_message_plausible (g->octets, g->length, g->wire_length);
}

gboolean
nf_select_is_message (const NfOptions *options, const NfDatagram *datagram)
{
    if (datagram->transport != NF_TRANSPORT_UDP)
        return TRUE;
    if (options->listen->len > 0)
        return TRUE;
    if (options->ports->len > 0)
        return nf_ranges_have (options->ports, datagram->collector.port) ||
               (nf_ranges_have (options->ports, datagram->exporter.port) &&
                is_plausible (datagram));
    return is_usual_port (datagram->collector.port) || is_plausible (datagram);
}

gboolean
nf_select_is_lost_message (const NfOptions *options, const NfDatagram *datagram)
{
    if (options->ports->len > 0)
        return nf_ranges_have (options->ports, datagram->collector.port);
    return is_usual_port (datagram->collector.port);
}

gboolean
nf_select_wants_packet (const NfOptions *options, const NfDatagram *datagram)
{
    if (options->packets->len == 0)
        return TRUE;
    for (guint i = 0; i < datagram->n_frames; i++)
        if (nf_ranges_have (options->packets, datagram->frames[i]))
            return TRUE;
    return nf_ranges_have (options->packets,
                           datagram->packet ? datagram->packet : datagram->message);
}

gboolean
nf_select_is_past (const NfOptions *options, guint64 packet)
{
    for (guint i = 0; i < options->packets->len; i++)
        if (g_array_index (options->packets, NfRange, i).last >= packet)
            return FALSE;
    return options->packets->len > 0;
}

static const char *
protocol_of (guint16 port)
{
    for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
        if (protocols[i].port == port)
            return protocols[i].name;
    return NULL;
}

const char *
nf_select_name_payload (const NfDatagram *datagram)
{
    NfMessage message;
    NfFinding trouble;

    if (!nf_message_read (&message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble) &&
        trouble.id == NF_FINDING_MESSAGE_VERSION_SFLOW)
        return "sFlow";

    const char *name = protocol_of (datagram->collector.port);

    return name ? name : protocol_of (datagram->exporter.port);
}

typedef struct {
    guint16 port;
    const char *name;
    guint64 n;
} Tally;

struct _NfCensus {
    GHashTable *ports; /* port -> Tally */
    guint64 n_packets; /* of all kinds */
    guint64 n_others;  /* UDP to more ports than are told apart */
};

NfCensus *
nf_census_new (void)
{
    NfCensus *census = g_new0 (NfCensus, 1);

    census->ports = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
    return census;
}

void
nf_census_free (NfCensus *census)
{
    g_hash_table_unref (census->ports);
    g_free (census);
}

/* The port that tells what it is: that of a known protocol, else where it goes. */
static guint16
telling_port (const NfDatagram *datagram)
{
    if (!protocol_of (datagram->collector.port) && protocol_of (datagram->exporter.port))
        return datagram->exporter.port;
    return datagram->collector.port;
}

void
nf_census_add (NfCensus *census, const NfDatagram *datagram)
{
    census->n_packets++;
    if (!datagram)
        return;

    guint16 port = telling_port (datagram);
    Tally *tally = g_hash_table_lookup (census->ports, GUINT_TO_POINTER (port));

    if (!tally && g_hash_table_size (census->ports) >= MAX_PORTS) {
        census->n_others++;
        return;
    }
    if (!tally) {
        tally = g_new0 (Tally, 1);
        tally->port = port;
        tally->name = nf_select_name_payload (datagram);
        g_hash_table_insert (census->ports, GUINT_TO_POINTER (port), tally);
    }
    tally->n++;
}

static gint
by_count (gconstpointer a, gconstpointer b)
{
    const Tally *x = a, *y = b;

    return x->n < y->n ? 1 : x->n > y->n ? -1 : (gint)x->port - (gint)y->port;
}

void
nf_census_text (NfText *t, const NfCensus *census)
{
    GList *tallies = g_list_sort (g_hash_table_get_values (census->ports), by_count);
    guint shown = 0;

    nf_text_add_format (t, "%" G_GUINT64_FORMAT " packet%s", census->n_packets,
                        census->n_packets == 1 ? "" : "s");
    for (GList *l = tallies; l && shown < 8; l = l->next, shown++) {
        const Tally *tally = l->data;

        nf_text_add_format (t, "%s %u%s%s%s %" G_GUINT64_FORMAT,
                            shown ? "," : "; UDP ports:", tally->port, tally->name ? " (" : "",
                            tally->name ? tally->name : "", tally->name ? ")" : "", tally->n);
    }
    if (g_list_length (tallies) > shown || census->n_others > 0)
        nf_text_add (t, ", and more");
    if (!tallies && census->n_packets > 0)
        nf_text_add (t, ", none of them a whole UDP datagram");
    g_list_free (tallies);
}
