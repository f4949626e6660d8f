/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who exports to whom. */
#include "pairs.h"

/* Pairs of ends that are remembered; what exports from ever new ports is no exporter. */
#define MAX_PAIRS 65536

typedef struct {
    NfEndpoint exporter;
    NfEndpoint collector;
    guint32 domain; /* of the last Message */
    guint16 version;
    gboolean is_mixed;   /* those before it had others */
    gboolean has_others; /* the first pair between two addresses: it is not the only one */
} Pair;

struct _NfPairs {
    const NfOptions *options;
    GHashTable *pairs;     /* of Pair, owned, each its own key */
    GHashTable *addresses; /* of Pair, borrowed: the first one between two addresses */
    Pair *last;            /* the one noted last, or NULL */
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

static guint
addresses_hash (gconstpointer data)
{
    const Pair *pair = data;

    return nf_endpoint_hash_address (&pair->exporter) * 31 +
           nf_endpoint_hash_address (&pair->collector);
}

static gboolean
addresses_equal (gconstpointer a, gconstpointer b)
{
    const Pair *x = a, *y = b;

    return nf_endpoint_same_address (&x->exporter, &y->exporter) &&
           nf_endpoint_same_address (&x->collector, &y->collector);
}

NfPairs *
nf_pairs_new (const NfOptions *options)
{
    NfPairs *p = g_new0 (NfPairs, 1);

    p->options = options;
    p->pairs = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
    p->addresses = g_hash_table_new (addresses_hash, addresses_equal);
    return p;
}

void
nf_pairs_free (NfPairs *pairs)
{
    g_hash_table_unref (pairs->addresses);
    g_hash_table_unref (pairs->pairs);
    g_free (pairs);
}

static Pair
ends_of (const NfDatagram *datagram)
{
    return (Pair){.exporter = datagram->exporter, .collector = datagram->collector};
}

static Pair *
find_pair (const NfPairs *pairs, const NfDatagram *datagram)
{
    const Pair key = ends_of (datagram);

    if (pairs->last && pair_equal (&key, pairs->last))
        return pairs->last;
    return g_hash_table_lookup (pairs->pairs, &key);
}

static Pair *
find_addresses (const NfPairs *pairs, const NfDatagram *datagram)
{
    const Pair key = ends_of (datagram);

    return g_hash_table_lookup (pairs->addresses, &key);
}

static Pair *
add_pair (NfPairs *pairs, const NfDatagram *datagram, const NfMessage *message)
{
    Pair *pair = g_new (Pair, 1), *first = find_addresses (pairs, datagram);

    *pair = ends_of (datagram);
    pair->version = message->version;
    pair->domain = message->domain;
    g_hash_table_add (pairs->pairs, pair);
    if (first)
        first->has_others = TRUE;
    else
        g_hash_table_add (pairs->addresses, pair);
    return pair;
}

void
nf_pairs_note (NfPairs *pairs, const NfDatagram *datagram, const NfMessage *message)
{
    Pair *pair;

    if (datagram->transport != NF_TRANSPORT_UDP)
        return;
    pair = find_pair (pairs, datagram);
    if (!pair && g_hash_table_size (pairs->pairs) >= MAX_PAIRS)
        return;
    if (!pair)
        pair = add_pair (pairs, datagram, message);
    pair->is_mixed |= pair->version != message->version || pair->domain != message->domain;
    pair->version = message->version;
    pair->domain = message->domain;
    pairs->last = pair;
}

NfMessage
nf_pairs_message (const NfPairs *pairs, const NfDatagram *datagram)
{
    const Pair *pair = find_pair (pairs, datagram);
    NfMessage there;
    NfFinding trouble;

    if (nf_message_read (&there, datagram->octets, datagram->length, datagram->wire_length,
                         &trouble))
        return (NfMessage){.version = there.version, .domain = there.domain};
    if (!pair || pair->is_mixed)
        return (NfMessage){.version = 0};
    return (NfMessage){.version = pair->version, .domain = pair->domain};
}

gboolean
nf_pairs_refused (const NfPairs *pairs, const NfDatagram *datagram)
{
    if (pairs->options->ports->len > 0)
        return nf_ranges_have (pairs->options->ports, datagram->collector.port);
    return find_pair (pairs, datagram) ||
           nf_message_plausible (datagram->octets, datagram->length, datagram->wire_length);
}

gboolean
nf_pairs_lost (const NfPairs *pairs, const NfDatagram *datagram)
{
    return datagram->octets ? find_pair (pairs, datagram) != NULL
                            : find_addresses (pairs, datagram) != NULL;
}

void
nf_pairs_set_ports (const NfPairs *pairs, NfDatagram *datagram)
{
    const Pair *pair = datagram->octets ? NULL : find_addresses (pairs, datagram);

    if (!pair || pair->has_others)
        return;
    datagram->exporter.port = pair->exporter.port;
    datagram->collector.port = pair->collector.port;
}
