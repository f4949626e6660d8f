/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams on the wire and in sockets, compared. */
#include "reach.h"

#include "hash.h"
#include "obstacle.h"
#include "say.h"

/* How long after the one the other must have come: libpcap hands frames over in blocks. */
#define GRACE_US G_USEC_PER_SEC

/* Datagrams that are compared at a time, some 150 octets each. Of more the oldest are left out. */
#define MAX_PENDING 262144

/* Ways, from an exporter to a socket, that are told apart. */
#define MAX_WAYS 10000

/* Octets that are kept of a datagram: any version's header. */
#define KEPT 32

typedef struct {
    NfEndpoint exporter;
    NfEndpoint collector;
    gsize length;
    guint print;
    /* ---- the above is its key ---- */
    gint64 seen_us;
    gboolean on_wire, in_socket;
    guint8 octets[KEPT];
    GList by_age;
} Pending;

typedef struct {
    NfEndpoint exporter;
    NfEndpoint collector;
    guint64 on_wire, missing;
    gboolean is_ours; /* it leads to this host */
    gboolean is_said;
} Way;

struct _NfReach {
    const char *interface;
    const NfListener *listeners;
    guint n_listeners;
    GHashTable *pending; /* set of Pending, owned */
    GQueue by_age;       /* the same */
    GHashTable *ways;    /* set of Way, owned */
    NfObstacles before;  /* what the kernel had counted at the beginning */
    guint64 excused;
    const NfOptions *options;
    gboolean is_said; /* with --anonymize: that something is missing */
    guint8 taken[KEPT];
};

static guint
pending_hash (gconstpointer data)
{
    return ((const Pending *)data)->print;
}

static gboolean
pending_equal (gconstpointer a, gconstpointer b)
{
    const Pending *x = a, *y = b;

    return x->print == y->print && x->length == y->length &&
           nf_endpoint_equal (&x->exporter, &y->exporter) &&
           nf_endpoint_equal (&x->collector, &y->collector);
}

static guint
way_hash (gconstpointer data)
{
    const Way *way = data;

    return nf_endpoint_hash (&way->exporter) * 31 + nf_endpoint_hash (&way->collector);
}

static gboolean
way_equal (gconstpointer a, gconstpointer b)
{
    const Way *x = a, *y = b;

    return nf_endpoint_equal (&x->exporter, &y->exporter) &&
           nf_endpoint_equal (&x->collector, &y->collector);
}

NfReach *
nf_reach_new (const char *interface, const NfListener *listeners, guint n, const NfOptions *options)
{
    NfReach *reach = g_new0 (NfReach, 1);

    reach->interface = interface;
    reach->listeners = listeners;
    reach->n_listeners = n;
    reach->options = options;
    reach->pending = g_hash_table_new_full (pending_hash, pending_equal, g_free, NULL);
    reach->ways = g_hash_table_new_full (way_hash, way_equal, g_free, NULL);
    nf_obstacles_read (&reach->before);
    return reach;
}

void
nf_reach_free (NfReach *reach)
{
    g_hash_table_unref (reach->pending);
    g_hash_table_unref (reach->ways);
    g_free (reach);
}

/* ---- datagrams ---- */

/* Whether a socket has the port that a datagram goes to, whatever the address. */
static gboolean
has_port (const NfReach *reach, guint16 port)
{
    for (guint i = 0; i < reach->n_listeners; i++)
        if (reach->listeners[i].transport == NF_TRANSPORT_UDP &&
            reach->listeners[i].local.port == port)
            return TRUE;
    return FALSE;
}

static guint
print_of (const NfDatagram *g)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash (&g->exporter));
    nf_hash_add_octets (&hash, g->octets, g->length);
    return nf_hash_end (&hash);
}

static void
forget (NfReach *reach, Pending *pending)
{
    g_queue_unlink (&reach->by_age, &pending->by_age);
    g_hash_table_remove (reach->pending, pending);
}

static Way *
ensure_way (NfReach *reach, const Pending *pending)
{
    const Way probe = {.exporter = pending->exporter, .collector = pending->collector};
    Way *way = g_hash_table_lookup (reach->ways, &probe);

    if (way || g_hash_table_size (reach->ways) >= MAX_WAYS)
        return way;
    way = g_memdup2 (&probe, sizeof probe);
    way->is_ours = nf_obstacle_is_ours (&pending->collector);
    g_hash_table_add (reach->ways, way);
    return way;
}

static Pending *
ensure_pending (NfReach *reach, const NfDatagram *g)
{
    Pending *pending, probe = {.exporter = g->exporter,
                               .collector = g->collector,
                               .length = g->wire_length,
                               .print = print_of (g),
                               .seen_us = g->time_ns / 1000};

    pending = g_hash_table_lookup (reach->pending, &probe);
    if (pending)
        return pending;
    if (reach->by_age.length >= MAX_PENDING)
        forget (reach, reach->by_age.head->data);
    pending = g_memdup2 (&probe, sizeof probe);
    memcpy (pending->octets, g->octets, MIN (g->length, KEPT));
    pending->by_age.data = pending;
    g_queue_push_tail_link (&reach->by_age, &pending->by_age);
    g_hash_table_add (reach->pending, pending);
    return pending;
}

void
nf_reach_note_wire (NfReach *reach, const NfDatagram *datagram)
{
    Pending *pending;
    Way *way;

    if (datagram->transport != NF_TRANSPORT_UDP || datagram->length < datagram->wire_length ||
        !has_port (reach, datagram->collector.port))
        return;
    pending = ensure_pending (reach, datagram);
    if (pending->on_wire) /* captured twice, at two interfaces or as it is passed on */
        return;
    pending->on_wire = TRUE;
    way = ensure_way (reach, pending);
    if (way)
        way->on_wire++;
}

void
nf_reach_note_socket (NfReach *reach, const NfDatagram *datagram)
{
    if (datagram->transport == NF_TRANSPORT_UDP)
        ensure_pending (reach, datagram)->in_socket = TRUE;
}

void
nf_reach_excuse (NfReach *reach, guint64 n)
{
    reach->excused += n;
}

gint64
nf_reach_due_us (const NfReach *reach)
{
    const Pending *oldest = g_queue_peek_head ((GQueue *)&reach->by_age);

    return oldest ? oldest->seen_us + GRACE_US : G_MAXINT64;
}

/* ---- what is missing ---- */

static void
add_way (NfText *t, const Way *way)
{
    nf_endpoint_text_port (t, &way->exporter);
    nf_text_add (t, " to ");
    nf_endpoint_text_port (t, &way->collector);
}

/* Says of whom nothing arrives, and why. */
static void
say_way (const NfReach *reach, Way *way)
{
    NfText t = NF_TEXT_INIT;

    way->is_said = TRUE;
    nf_text_add_format (&t, "%s has datagrams from ", reach->interface);
    add_way (&t, way);
    nf_text_add (&t, " that do not reach the socket: ");
    nf_obstacle_text (&t, &reach->before, &way->exporter, &way->collector, reach->interface,
                      reach->listeners, reach->n_listeners);
    nf_say (NULL, "%s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* The same where nobody may be named: why it is so names them, too. */
static void
say_missing (NfReach *reach)
{
    if (!reach->is_said)
        nf_say (NULL,
                "%s has datagrams that do not reach the socket; whose and why is not said with "
                "--anonymize",
                reach->interface);
    reach->is_said = TRUE;
}

/* Whether a datagram is missing that is meant for this host. */
static gboolean
is_missing (NfReach *reach, const Pending *pending)
{
    Way *way;

    if (!pending->on_wire || pending->in_socket)
        return FALSE;
    if (reach->excused > 0) {
        reach->excused--;
        return FALSE;
    }
    way = ensure_way (reach, pending);
    if (!way)
        return TRUE;
    way->missing++;
    if (reach->options->anonymize && !reach->options->quiet)
        say_missing (reach);
    else if (!way->is_said && !reach->options->quiet)
        say_way (reach, way);
    return way->is_ours;
}

gboolean
nf_reach_take (NfReach *reach, gint64 read_us, NfDatagram *datagram)
{
    gboolean found = FALSE;
    Pending *pending;

    while (!found && (pending = g_queue_peek_head (&reach->by_age)) &&
           pending->seen_us + GRACE_US <= read_us) {
        found = is_missing (reach, pending);
        if (found) {
            memcpy (reach->taken, pending->octets, KEPT);
            *datagram = (NfDatagram){.octets = reach->taken,
                                     .length = MIN (pending->length, KEPT),
                                     .wire_length = pending->length,
                                     .exporter = pending->exporter,
                                     .collector = pending->collector,
                                     .transport = NF_TRANSPORT_UDP};
        }
        forget (reach, pending);
    }
    return found;
}

static gint
compare_ways (gconstpointer a, gconstpointer b)
{
    const Way *x = *(const Way *const *)a, *y = *(const Way *const *)b;

    if (x->missing != y->missing)
        return x->missing > y->missing ? -1 : 1;
    return x->on_wire > y->on_wire ? -1 : x->on_wire < y->on_wire;
}

void
nf_reach_say_all (const NfReach *reach)
{
    enum { MAX_TOLD = 10 }; /* nobody reads more lines */
    g_autoptr (GPtrArray) ways = g_ptr_array_new ();
    guint64 on_wire = 0, missing = 0;
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, reach->ways);
    while (g_hash_table_iter_next (&iter, &value, NULL)) {
        on_wire += ((const Way *)value)->on_wire;
        missing += ((const Way *)value)->missing;
        g_ptr_array_add (ways, value);
    }
    nf_say (NULL,
            "seen on %s to these ports: %" G_GUINT64_FORMAT "; of these did not reach the socket: "
            "%" G_GUINT64_FORMAT,
            reach->interface, on_wire, missing);
    g_ptr_array_sort (ways, compare_ways);
    for (guint i = 0; !reach->options->anonymize && i < MIN (ways->len, MAX_TOLD); i++) {
        const Way *way = ways->pdata[i];
        NfText t = NF_TEXT_INIT;

        if (way->missing == 0)
            break;
        add_way (&t, way);
        nf_say (NULL, "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " did not reach the socket",
                nf_text_string (&t), way->missing, way->on_wire);
        nf_text_clear (&t);
    }
}
