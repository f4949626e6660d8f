/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who exports to whom. */
#include "pairs.h"

#include "shortcut.h"

/* Pairs of ends that are remembered; what exports from ever new ports is no exporter. */
#define MAX_PAIRS 65536

/* The last Message that went one way, and the last one before it that was another's. */
typedef struct {
    guint64 orders[2]; /* NfDatagram's; 0: there is none */
    guint32 domain;    /* of the last one */
    guint16 version;
    guint16 from, to; /* its ports */
} Last;

typedef struct Pair {
    NfEndpoint exporter;
    NfEndpoint collector;
    struct Pair *first; /* the first pair between these two addresses; perhaps this one */
    Last last;
    Last of_addresses;   /* of a first pair that has others: of all between the two addresses */
    gboolean is_mixed;   /* Messages had different versions or domains */
    gboolean has_others; /* of a first pair: it is not the only one */
} Pair;

struct _NfPairs {
    const NfOptions *options;
    GHashTable *pairs;     /* of Pair, owned, each its own key */
    GHashTable *addresses; /* of Pair, borrowed: the first one between two addresses */
    NfShortcuts shortcuts; /* to `pairs` */
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

static gpointer *
place_of (const NfPairs *pairs, const NfDatagram *datagram)
{
    return nf_shortcut ((NfShortcuts *)&pairs->shortcuts, &datagram->exporter,
                        datagram->collector.port);
}

/* What `place`, the datagram's, leads to, or the long way. */
static Pair *
find_pair_at (const NfPairs *pairs, gpointer *place, const NfDatagram *datagram)
{
    Pair *pair = *place;

    if (pair && nf_endpoint_equal (&datagram->exporter, &pair->exporter) &&
        nf_endpoint_equal (&datagram->collector, &pair->collector))
        return pair;
    const Pair key = ends_of (datagram);

    return g_hash_table_lookup (pairs->pairs, &key);
}

static Pair *
find_pair (const NfPairs *pairs, const NfDatagram *datagram)
{
    return find_pair_at (pairs, place_of (pairs, datagram), datagram);
}

static Pair *
find_addresses (const NfPairs *pairs, const NfDatagram *datagram)
{
    const Pair key = ends_of (datagram);

    return g_hash_table_lookup (pairs->addresses, &key);
}

static Pair *
add_pair (NfPairs *pairs, const NfDatagram *datagram)
{
    Pair *pair = g_new (Pair, 1), *first = find_addresses (pairs, datagram);

    *pair = ends_of (datagram);
    pair->first = first ? first : pair;
    g_hash_table_add (pairs->pairs, pair);
    if (!first) {
        g_hash_table_add (pairs->addresses, pair);
    } else if (!first->has_others) {
        first->has_others = TRUE;
        first->of_addresses = first->last;
    }
    return pair;
}

/* Returns whether the Message is another's than the one before it, if there is one. */
static gboolean
note_last (Last *last, const NfDatagram *datagram, const NfMessage *message)
{
    gboolean is_first = last->orders[0] == 0;
    gboolean is_same = last->version == message->version && last->domain == message->domain;

    if (!is_first &&
        (!is_same || last->from != datagram->exporter.port || last->to != datagram->collector.port))
        last->orders[1] = last->orders[0];
    last->orders[0] = datagram->order;
    last->version = message->version;
    last->domain = message->domain;
    last->from = datagram->exporter.port;
    last->to = datagram->collector.port;
    return !is_first && !is_same;
}

void
nf_pairs_note (NfPairs *pairs, const NfDatagram *datagram, const NfMessage *message)
{
    gpointer *place = place_of (pairs, datagram);
    Pair *pair;

    if (datagram->transport != NF_TRANSPORT_UDP)
        return;
    pair = find_pair_at (pairs, place, datagram);
    if (!pair && g_hash_table_size (pairs->pairs) >= MAX_PAIRS)
        return;
    if (!pair)
        pair = add_pair (pairs, datagram);
    pair->is_mixed |= note_last (&pair->last, datagram, message);
    if (pair->first->has_others)
        note_last (&pair->first->of_addresses, datagram, message);
    *place = pair;
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
    return (NfMessage){.version = pair->last.version, .domain = pair->last.domain};
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
nf_pairs_before (const NfPairs *pairs, const NfDatagram *datagram, guint64 orders[2])
{
    const Pair *pair = datagram->octets ? find_pair (pairs, datagram) : NULL;
    const Last *last = pair ? &pair->last : NULL;

    if (!datagram->octets && (pair = find_addresses (pairs, datagram)))
        last = pair->has_others ? &pair->of_addresses : &pair->last;
    orders[0] = last ? last->orders[0] : 0;
    orders[1] = last ? last->orders[1] : 0;
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
