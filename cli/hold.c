/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams that wait for a Template. */
#include "hold.h"

/* Templates told apart when somebody asks what is waited for. */
#define MAX_WAITING 64

/* What malloc needs for a piece of memory. */
#define MALLOC_OCTETS 16

typedef struct {
    gint64 since_us; /* by g_get_monotonic_time() */
    GList by_age;    /* its links in the queues: of all, */
    GList of_whom;   /* and of those of the same exporter, version and domain */
    GQueue *same;    /* that one */
    NfDatagram datagram;
    NfLack lack;
    guint8 octets[];
} Held;

struct _NfHold {
    GQueue all;          /* of Held, oldest first */
    GHashTable *by_whom; /* NfDomainKey, of which only the exporter's address, version and domain
                            are set -> GQueue of Held, oldest first; both owned */
    gsize octets;        /* of memory that is taken */
    gsize max_octets;
};

NfHold *
nf_hold_new (gsize max_octets)
{
    NfHold *hold = g_new0 (NfHold, 1);

    g_queue_init (&hold->all);
    hold->by_whom = g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, g_free, g_free);
    hold->max_octets = max_octets;
    return hold;
}

static NfDomainKey
key_of (const NfEndpoint *exporter, guint16 version, guint32 domain)
{
    NfDomainKey key = {.exporter = *exporter, .version = version, .id = domain};

    key.exporter.port = 0;
    return key;
}

/* What it takes, with its queue, which it may be alone in. */
static gsize
octets_of (const NfDatagram *datagram)
{
    return sizeof (Held) + datagram->length + sizeof (NfDomainKey) + sizeof (GQueue) +
           3 * MALLOC_OCTETS;
}

static void
let_go (NfHold *hold, Held *held)
{
    g_queue_unlink (&hold->all, &held->by_age);
    g_queue_unlink (held->same, &held->of_whom);
    if (held->same->length == 0) {
        NfDomainKey key = key_of (&held->datagram.exporter, held->lack.version, held->lack.domain);

        g_hash_table_remove (hold->by_whom, &key);
    }
    hold->octets -= octets_of (&held->datagram);
    g_free (held);
}

void
nf_hold_free (NfHold *hold)
{
    while (hold->all.head)
        let_go (hold, hold->all.head->data);
    g_hash_table_unref (hold->by_whom);
    g_free (hold);
}

static GQueue *
queue_of (NfHold *hold, const NfDomainKey *key)
{
    GQueue *queue = g_hash_table_lookup (hold->by_whom, key);

    if (!queue) {
        queue = g_new0 (GQueue, 1);
        g_hash_table_insert (hold->by_whom, g_memdup2 (key, sizeof *key), queue);
    }
    return queue;
}

void
nf_hold_add (NfHold *hold, const NfDatagram *datagram, const NfLack *lack)
{
    gsize octets = octets_of (datagram);
    NfDomainKey key = key_of (&datagram->exporter, lack->version, lack->domain);
    Held *held;

    if (octets > hold->max_octets)
        return;
    while (hold->octets > hold->max_octets - octets)
        let_go (hold, hold->all.head->data);
    hold->octets += octets;
    held = g_malloc0 (sizeof *held + datagram->length);
    held->since_us = g_get_monotonic_time ();
    held->datagram = *datagram;
    held->datagram.octets = held->octets;
    held->datagram.frames = NULL;
    held->datagram.n_frames = 0;
    held->lack = *lack;
    memcpy (held->octets, datagram->octets, datagram->length);
    held->by_age.data = held->of_whom.data = held;
    held->same = queue_of (hold, &key);
    g_queue_push_tail_link (&hold->all, &held->by_age);
    g_queue_push_tail_link (held->same, &held->of_whom);
}

/* Takes out of what is lacked what has been brought. Returns whether there was any. */
static gboolean
fulfil (NfLack *lack, const NfIdSet *brought)
{
    guint n = 0, before = lack->n_ids;

    lack->n_brought = 0;
    for (guint i = 0; i < before; i++) {
        if (nf_id_set_has (brought, lack->ids[i])) {
            lack->brought[lack->n_brought++] = lack->ids[i];
            continue;
        }
        lack->sets[n] = lack->sets[i];
        lack->ids[n++] = lack->ids[i];
    }
    lack->n_ids = n;
    return n < before;
}

void
nf_hold_release (NfHold *hold, const NfEndpoint *exporter, guint16 version, guint32 domain,
                 const NfIdSet *brought,
                 void (*each) (const NfDatagram *held, NfLack *lack, gpointer data), gpointer data)
{
    NfDomainKey key = key_of (exporter, version, domain);
    GQueue *same = g_hash_table_lookup (hold->by_whom, &key);

    for (GList *l = same ? same->head : NULL, *next; l; l = next) {
        Held *held = l->data;

        next = l->next;
        if (!fulfil (&held->lack, brought))
            continue;
        each (&held->datagram, &held->lack, data);
        if (held->lack.n_ids == 0)
            let_go (hold, held);
    }
}

static void
add_waiting (GArray *waiting, const Held *held, guint i)
{
    const NfLack *lack = &held->lack;
    NfWaiting new = {.exporter = held->datagram.exporter,
                     .version = lack->version,
                     .domain = lack->domain,
                     .id = lack->ids[i],
                     .since_us = held->since_us,
                     .sets = lack->sets[i]};

    new.exporter.port = 0;
    for (guint at = 0; at < waiting->len; at++) {
        NfWaiting *w = &g_array_index (waiting, NfWaiting, at);

        if (w->id == new.id && w->domain == new.domain &&
            w->version == new.version &&nf_endpoint_equal (&w->exporter, &new.exporter)) {
            w->sets += new.sets;
            return;
        }
    }
    if (waiting->len < MAX_WAITING)
        g_array_append_val (waiting, new);
}

GArray *
nf_hold_waiting (const NfHold *hold)
{
    GArray *waiting = g_array_new (FALSE, FALSE, sizeof (NfWaiting));

    for (const GList *l = hold->all.head; l; l = l->next) {
        const Held *held = l->data;

        for (guint i = 0; i < held->lack.n_ids; i++)
            add_waiting (waiting, held, i);
    }
    return waiting;
}

guint64
nf_hold_oldest (const NfHold *hold, guint64 otherwise)
{
    return hold->all.head ? ((const Held *)hold->all.head->data)->datagram.order : otherwise;
}
