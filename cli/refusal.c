/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Errors of ICMP that concern export. */
#include "refusal.h"

/* Pairs of ends that are remembered; what exports from ever new ports is no exporter. */
#define MAX_PAIRS 65536

typedef struct {
    NfEndpoint exporter;
    NfEndpoint collector;
    guint32 domain; /* of the last Message */
    guint16 version;
} Pair;

struct _NfRefusals {
    const NfOptions *options;
    GHashTable *pairs; /* of Pair, owned, each its own key */
    Pair *last;        /* the one noted last, or NULL */
};

static guint
pair_hash (gconstpointer data)
{
    const Pair *pair = data;

    return nf_endpoint_hash (&pair->exporter) * 31 + nf_endpoint_hash (&pair->collector);
}

static gboolean
pair_equal (gconstpointer a, gconstpointer b)
{
    const Pair *x = a, *y = b;

    return nf_endpoint_equal (&x->exporter, &y->exporter) &&
           nf_endpoint_equal (&x->collector, &y->collector);
}

NfRefusals *
nf_refusals_new (const NfOptions *options)
{
    NfRefusals *r = g_new0 (NfRefusals, 1);

    r->options = options;
    r->pairs = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
    return r;
}

void
nf_refusals_free (NfRefusals *refusals)
{
    g_hash_table_unref (refusals->pairs);
    g_free (refusals);
}

static Pair *
find_pair (const NfRefusals *refusals, const NfDatagram *datagram)
{
    const Pair key = {.exporter = datagram->exporter, .collector = datagram->collector};

    if (refusals->last && pair_equal (&key, refusals->last))
        return refusals->last;
    return g_hash_table_lookup (refusals->pairs, &key);
}

void
nf_refusals_note (NfRefusals *refusals, const NfDatagram *datagram, const NfMessage *message)
{
    Pair *pair;

    if (datagram->transport != NF_TRANSPORT_UDP)
        return;
    pair = find_pair (refusals, datagram);
    if (!pair && g_hash_table_size (refusals->pairs) >= MAX_PAIRS)
        return;
    if (!pair) {
        pair = g_new0 (Pair, 1);
        pair->exporter = datagram->exporter;
        pair->collector = datagram->collector;
        g_hash_table_add (refusals->pairs, pair);
    }
    pair->version = message->version;
    pair->domain = message->domain;
    refusals->last = pair;
}

NfMessage
nf_refusals_message (const NfRefusals *refusals, const NfDatagram *datagram)
{
    const Pair *pair = find_pair (refusals, datagram);
    NfMessage quoted;
    NfFinding trouble;

    if (nf_message_read (&quoted, datagram->octets, datagram->length, datagram->wire_length,
                         &trouble))
        return (NfMessage){.version = quoted.version, .domain = quoted.domain};
    return (NfMessage){.version = pair ? pair->version : 0, .domain = pair ? pair->domain : 0};
}

gboolean
nf_refusals_concern (const NfRefusals *refusals, const NfDatagram *datagram)
{
    if (refusals->options->ports->len > 0)
        return nf_ranges_have (refusals->options->ports, datagram->collector.port);
    return find_pair (refusals, datagram) ||
           nf_message_plausible (datagram->octets, datagram->length, datagram->wire_length);
}
