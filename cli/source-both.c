/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -i and -l together: what the sockets read are the datagrams; what the interface shows is compared
 * with them, and gives what ICMP says and what the sockets never got.
 */
#include "reach.h"
#include "source.h"

/* How often the interface is looked at; libpcap hands frames over no sooner. */
#define LOOK_US (50 * 1000)

/* After the sockets have ended the wire may show what came later than they were read; nothing that
 * came so shortly before is called missing. */
#define LAST_US (G_USEC_PER_SEC / 2)

typedef struct {
    NfSource base;
    NfSource *sockets, *wire; /* owned */
    NfReach *reach;
    gint64 look_us;    /* when to look at the interface next, monotonic */
    gint64 read_us;    /* since 1970: up to there the sockets have been read */
    gboolean was_idle; /* they had nothing when they were last asked */
    gint64 ended_ns;   /* since 1970: when the sockets ended; 0: not yet */
    guint64 n_dropped; /* what was dropped from the sockets, as far as known */
} BothSource;

/* Takes what the interface has, up to the next item that is to be shown. FALSE: nothing more. */
static gboolean
look_at_wire (BothSource *s, NfItem *item)
{
    g_autoptr (GError) error = NULL; /* told when the source ends: the sockets go on */

    s->wire->wake_us = s->ended_ns == 0 ? 0 : G_MAXINT64; /* it ends by itself, then */
    while (s->wire->next (s->wire, item, &error) && item->kind != NF_ITEM_IDLE) {
        s->base.packets = s->wire->packets;
        if (item->kind == NF_ITEM_REFUSAL || item->kind == NF_ITEM_LOST)
            return TRUE;
        if (item->kind == NF_ITEM_DATAGRAM &&
            (s->ended_ns == 0 || item->datagram.time_ns < s->ended_ns - LAST_US * 1000))
            nf_reach_note_wire (s->reach, &item->datagram);
    }
    return FALSE;
}

/* What was dropped is known when the next datagram is read, or by asking. */
static void
excuse_dropped (BothSource *s)
{
    guint64 dropped = s->sockets->dropped (s->sockets);

    nf_reach_excuse (s->reach, dropped - s->n_dropped);
    s->n_dropped = dropped;
}

static gboolean
take_missing (BothSource *s, gint64 read_us, NfItem *item)
{
    if (nf_reach_due_us (s->reach) > read_us)
        return FALSE;
    excuse_dropped (s);
    *item = (NfItem){.kind = NF_ITEM_REFUSAL, .why = NF_FINDING_COLLECTOR_UNREACHABLE_SOCKET};
    if (!nf_reach_take (s->reach, read_us, &item->datagram))
        return FALSE;
    item->datagram.has_time = TRUE;
    item->datagram.time_ns = g_get_real_time () * 1000;
    return TRUE;
}

/* What waits in a socket may be old: how far they have been read is told by what is read, and by
 * their having nothing, not just no time left to look. */
static void
note_socket (BothSource *s, const NfItem *item)
{
    gboolean is_idle = item->kind == NF_ITEM_IDLE;

    if (item->kind == NF_ITEM_DATAGRAM) {
        nf_reach_note_socket (s->reach, &item->datagram);
        if (item->datagram.transport == NF_TRANSPORT_UDP)
            s->read_us = item->datagram.time_ns / 1000;
    } else if (is_idle && s->was_idle) {
        s->read_us = g_get_real_time ();
    }
    s->was_idle = is_idle;
}

static gboolean
both_next (NfSource *base, NfItem *item, GError **error)
{
    BothSource *s = (BothSource *)base;

    if (s->ended_ns == 0) {
        gint64 now_us = g_get_monotonic_time ();

        if (now_us >= s->look_us) {
            if (look_at_wire (s, item) || take_missing (s, s->read_us, item))
                return TRUE;
            s->look_us = now_us + LOOK_US;
        }
        s->sockets->wake_us = MIN (base->wake_us, s->look_us);
        if (s->sockets->next (s->sockets, item, error)) {
            note_socket (s, item);
            return TRUE;
        }
        s->ended_ns = g_get_real_time () * 1000;
    }
    return look_at_wire (s, item) || take_missing (s, G_MAXINT64, item);
}

static guint64
both_dropped (NfSource *base)
{
    BothSource *s = (BothSource *)base;

    return s->sockets->dropped (s->sockets);
}

static void
both_say (NfSource *base)
{
    nf_reach_say_all (((BothSource *)base)->reach);
}

static void
both_free (NfSource *base)
{
    BothSource *s = (BothSource *)base;

    if (s->reach)
        nf_reach_free (s->reach);
    if (s->wire)
        s->wire->free (s->wire);
    if (s->sockets)
        s->sockets->free (s->sockets);
    g_free (s);
}

/* The ports of the sockets, as chosen by the system where that was asked for: an array of NfRange.
 */
static GArray *
ports_of (const NfListener *listeners, guint n)
{
    GArray *ports = g_array_new (FALSE, FALSE, sizeof (NfRange));

    for (guint i = 0; i < n; i++) {
        NfRange range = {listeners[i].local.port, listeners[i].local.port};

        if (listeners[i].transport == NF_TRANSPORT_UDP)
            g_array_append_val (ports, range);
    }
    return ports;
}

NfSource *
nf_source_both_new (const char *interface, const NfOptions *options, GError **error)
{
    BothSource *s = g_new0 (BothSource, 1);
    g_autoptr (GArray) ports = NULL;
    const NfListener *listeners = NULL;
    guint n = 0;

    s->base =
        (NfSource){.next = both_next, .free = both_free, .dropped = both_dropped, .say = both_say};
    s->sockets = nf_source_sockets_new (options, error);
    if (s->sockets) {
        listeners = nf_source_sockets_listeners (s->sockets, &n);
        ports = ports_of (listeners, n);
        s->wire = nf_source_live_new (interface, options, ports, error);
    }
    if (!s->wire) {
        both_free (&s->base);
        return NULL;
    }
    s->reach = nf_reach_new (interface, listeners, n, options);
    return &s->base;
}
