/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams that wait for a Template. */
#include "hold.h"

/* Some minutes of one exporter's data, or seconds of many: 64 MiB at the very most. */
#define MAX_HELD 1000

typedef struct {
    NfDatagram datagram;
    guint16 version;
    guint32 domain;
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
nf_hold_add (NfHold *hold, const NfDatagram *datagram, const NfMessage *message)
{
    Held *held = g_malloc (sizeof *held + datagram->length);

    if (hold->all.length >= MAX_HELD)
        g_free (g_queue_pop_head (&hold->all));
    held->datagram = *datagram;
    held->datagram.octets = held->octets;
    held->datagram.frames = NULL;
    held->datagram.n_frames = 0;
    held->version = message->version;
    held->domain = message->domain;
    memcpy (held->octets, datagram->octets, datagram->length);
    g_queue_push_tail (&hold->all, held);
}

void
nf_hold_foreach (NfHold *hold, const NfDatagram *learnt, const NfMessage *message,
                 gboolean (*each) (const NfDatagram *held, gpointer data), gpointer data)
{
    for (GList *l = hold->all.head, *next; l; l = next) {
        const Held *held = l->data;

        next = l->next;
        if (held->version == message->version && held->domain == message->domain &&
            nf_endpoint_same_address (&held->datagram.exporter, &learnt->exporter) &&
            each (&held->datagram, data)) {
            g_free (l->data);
            g_queue_delete_link (&hold->all, l);
        }
    }
}

guint64
nf_hold_oldest (const NfHold *hold, guint64 otherwise)
{
    return hold->all.head ? ((const Held *)hold->all.head->data)->datagram.order : otherwise;
}
