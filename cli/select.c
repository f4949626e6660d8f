/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which datagrams are Messages, and what the others are. */
#include "select.h"

/* Where exporters send by default: NetFlow's, IPFIX's with and without TLS, and what vendors and
 * collectors have made usual. */
static const guint16 usual_ports[] = {2055, 2056, 4432, 4739, 4740, 9001, 9025, 9995, 9996};

/* Protocols met beside NetFlow on the management networks that captures come from. */
static const struct {
    NfTransport transport;
    guint16 port;
    const char *name;
} protocols[] = {
    {NF_TRANSPORT_UDP, 53, "DNS"},      {NF_TRANSPORT_UDP, 67, "DHCP"},
    {NF_TRANSPORT_UDP, 68, "DHCP"},     {NF_TRANSPORT_UDP, 69, "TFTP"},
    {NF_TRANSPORT_UDP, 123, "NTP"},     {NF_TRANSPORT_UDP, 137, "NetBIOS"},
    {NF_TRANSPORT_UDP, 161, "SNMP"},    {NF_TRANSPORT_UDP, 162, "SNMP trap"},
    {NF_TRANSPORT_UDP, 443, "QUIC"},    {NF_TRANSPORT_UDP, 500, "IKE"},
    {NF_TRANSPORT_UDP, 514, "syslog"},  {NF_TRANSPORT_UDP, 520, "RIP"},
    {NF_TRANSPORT_UDP, 546, "DHCPv6"},  {NF_TRANSPORT_UDP, 547, "DHCPv6"},
    {NF_TRANSPORT_UDP, 1812, "RADIUS"}, {NF_TRANSPORT_UDP, 1813, "RADIUS"},
    {NF_TRANSPORT_UDP, 1900, "SSDP"},   {NF_TRANSPORT_UDP, 3784, "BFD"},
    {NF_TRANSPORT_UDP, 4789, "VXLAN"},  {NF_TRANSPORT_UDP, 5060, "SIP"},
    {NF_TRANSPORT_UDP, 5353, "mDNS"},   {NF_TRANSPORT_UDP, 6081, "Geneve"},
    {NF_TRANSPORT_UDP, 6343, "sFlow"},  {NF_TRANSPORT_UDP, 51820, "WireGuard"},
    {NF_TRANSPORT_TCP, 22, "SSH"},      {NF_TRANSPORT_TCP, 23, "Telnet"},
    {NF_TRANSPORT_TCP, 25, "SMTP"},     {NF_TRANSPORT_TCP, 49, "TACACS+"},
    {NF_TRANSPORT_TCP, 53, "DNS"},      {NF_TRANSPORT_TCP, 80, "HTTP"},
    {NF_TRANSPORT_TCP, 179, "BGP"},     {NF_TRANSPORT_TCP, 443, "HTTPS"},
    {NF_TRANSPORT_TCP, 514, "syslog"},  {NF_TRANSPORT_TCP, 646, "LDP"},
    {NF_TRANSPORT_TCP, 830, "NETCONF"}, {NF_TRANSPORT_TCP, 6514, "syslog"},
    {NF_TRANSPORT_SCTP, 2905, "M3UA"},  {NF_TRANSPORT_SCTP, 3868, "Diameter"},
    {NF_TRANSPORT_SCTP, 36412, "S1AP"}, {NF_TRANSPORT_SCTP, 38412, "NGAP"},
};

/* More ports than this are not told apart. */
#define MAX_PORTS 1024

/* Ports of a transport that are told: nobody reads more. */
#define MAX_TOLD 8

const guint16 *
nf_select_usual_ports (guint *n)
{
    *n = G_N_ELEMENTS (usual_ports);
    return usual_ports;
}

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
    if (datagram->transport == NF_TRANSPORT_NONE || options->listen->len > 0)
        return TRUE;
    if (options->ports->len > 0)
        return nf_ranges_have (options->ports, datagram->collector.port) ||
               (nf_ranges_have (options->ports, datagram->exporter.port) &&
                is_plausible (datagram));
    return datagram->transport != NF_TRANSPORT_UDP || is_usual_port (datagram->collector.port) ||
           is_plausible (datagram);
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
nf_select_time (const NfDatagram *datagram, gint64 *ns)
{
    NfMessage message;
    NfFinding trouble;

    *ns = datagram->time_ns;
    if (datagram->has_time)
        return TRUE;
    if (!nf_message_read (&message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble))
        return FALSE;

    NfTime time = nf_message_export_time (&message, NULL);

    *ns = (gint64)time.s * 1000000000 + time.ns;
    return TRUE;
}

gboolean
nf_select_wants_time (const NfOptions *options, const NfDatagram *datagram)
{
    gint64 ns;

    if (options->from_ns == 0 && options->to_ns == G_MAXINT64)
        return TRUE;
    return nf_select_time (datagram, &ns) && ns >= options->from_ns && ns < options->to_ns;
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
protocol_of (NfTransport transport, guint16 port)
{
    for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
        if (protocols[i].transport == transport && protocols[i].port == port)
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

    const char *name = protocol_of (datagram->transport, datagram->collector.port);

    return name ? name : protocol_of (datagram->transport, datagram->exporter.port);
}

typedef struct {
    NfTransport transport;
    guint16 port;
    const char *name;
    guint64 n;
} Tally;

struct _NfCensus {
    GHashTable *ports; /* transport and port -> Tally */
    guint64 n_packets; /* of all kinds */
    guint64 n_others;  /* to more ports than are told apart */
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
    if (!protocol_of (datagram->transport, datagram->collector.port) &&
        protocol_of (datagram->transport, datagram->exporter.port))
        return datagram->exporter.port;
    return datagram->collector.port;
}

void
nf_census_add (NfCensus *census, const NfItem *item)
{
    const NfDatagram *g = &item->datagram;

    census->n_packets++;
    if (item->kind != NF_ITEM_DATAGRAM && g->transport == NF_TRANSPORT_UDP)
        return;

    guint16 port = telling_port (g);
    gpointer key = GUINT_TO_POINTER ((guint)g->transport << 16 | port);
    Tally *tally = g_hash_table_lookup (census->ports, key);

    if (!tally && g_hash_table_size (census->ports) >= MAX_PORTS) {
        census->n_others++;
        return;
    }
    if (!tally) {
        tally = g_new0 (Tally, 1);
        tally->transport = g->transport;
        tally->port = port;
        tally->name = nf_select_name_payload (g);
        g_hash_table_insert (census->ports, key, tally);
    }
    tally->n++;
}

/* By transport; then the ones met most often first. */
static gint
compare_tallies (gconstpointer a, gconstpointer b)
{
    const Tally *x = a, *y = b;

    if (x->transport != y->transport)
        return (gint)x->transport - (gint)y->transport;
    return x->n < y->n ? 1 : x->n > y->n ? -1 : (gint)x->port - (gint)y->port;
}

static void
add_tally (NfText *t, const Tally *tally, gboolean is_first)
{
    static const char *const names[] = {[NF_TRANSPORT_UDP] = "; UDP ports:",
                                        [NF_TRANSPORT_TCP] = "; TCP ports:",
                                        [NF_TRANSPORT_SCTP] = "; SCTP ports:"};

    nf_text_add_format (
        t, "%s %u%s%s%s %" G_GUINT64_FORMAT, is_first ? names[tally->transport] : ",", tally->port,
        tally->name ? " (" : "", tally->name ? tally->name : "", tally->name ? ")" : "", tally->n);
}

void
nf_census_text (NfText *t, const NfCensus *census)
{
    GList *tallies = g_list_sort (g_hash_table_get_values (census->ports), compare_tallies);
    NfTransport transport = NF_TRANSPORT_NONE;
    gboolean is_more = census->n_others > 0;
    guint shown = 0;

    nf_text_add_format (t, "%" G_GUINT64_FORMAT " packet%s", census->n_packets,
                        census->n_packets == 1 ? "" : "s");
    for (GList *l = tallies; l; l = l->next) {
        const Tally *tally = l->data;
        gboolean is_first = tally->transport != transport;

        shown = is_first ? 0 : shown;
        transport = tally->transport;
        is_more |= shown == MAX_TOLD;
        if (shown < MAX_TOLD) {
            add_tally (t, tally, is_first);
            shown++;
        }
    }
    if (is_more)
        nf_text_add (t, ", and more");
    if (!tallies && census->n_packets > 0)
        nf_text_add (t, ", none of them of UDP, TCP or SCTP");
    g_list_free (tallies);
}
