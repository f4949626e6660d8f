/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams that wait for a Template. */
#include "hold.h"

/* Some minutes of one exporter's data, or seconds of many: 64 MiB at the very most. */
#define MAX_HELD 1000

/* Templates told apart when somebody asks what is waited for. */
#define MAX_WAITING 64

typedef struct {
    gint64 since_us; /* by g_get_monotonic_time() */
    NfDatagram datagram;
    NfLack lack;
    guint8 octets[];
} Held;

struct _NfHold {
    GQueue all; /* of Held, oldest first */
};

NfHold *
nf_hold_new (void)
{
    NfHold *hold = g_new0 (NfHold, 1);

    g_queue_init (&hold->all);
    return hold;
}

void
nf_hold_free (NfHold *hold)
{
    g_queue_clear_full (&hold->all, g_free);
    g_free (hold);
}

void
nf_hold_add (NfHold *hold, const NfDatagram *datagram, const NfLack *lack)
{
    Held *held = g_malloc (sizeof *held + datagram->length);

    if (hold->all.length >= MAX_HELD)
        g_free (g_queue_pop_head (&hold->all));
    held->since_us = g_get_monotonic_time ();
    held->datagram = *datagram;
    held->datagram.octets = held->octets;
    held->datagram.frames = NULL;
    held->datagram.n_frames = 0;
    held->lack = *lack;
    memcpy (held->octets, datagram->octets, datagram->length);
    g_queue_push_tail (&hold->all, held);
}

/* Takes out of what is lacked what has been brought. Returns whether there was any. */
static gboolean
fulfil (NfLack *lack, const NfIdSet *brought)
{
    guint n = 0, before = lack->n_ids;

    for (guint i = 0; i < before; i++) {
        if (nf_id_set_has (brought, lack->ids[i]))
            continue;
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
    for (GList *l = hold->all.head, *next; l; l = next) {
        Held *held = l->data;

        next = l->next;
        if (held->lack.version != version || held->lack.domain != domain ||
            !nf_endpoint_same_address (&held->datagram.exporter, exporter) ||
            !fulfil (&held->lack, brought))
            continue;
        each (&held->datagram, &held->lack, data);
        if (held->lack.n_ids == 0) {
            g_free (held);
            g_queue_delete_link (&hold->all, l);
        }
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
