/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A collector: what arrives at ports, until a signal ends it (signals.h). */
#include "listen.h"
#include "say.h"
#include "signals.h"
#include "source.h"
#include "tcp-sessions.h"
#include "udp-batch.h"

#include <errno.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_SOCKETS 64

/* What lay in the sockets when the signal came is still read, but not what goes on arriving: in so
 * many reads a full buffer (NF_RECEIVE_BUFFER) of small datagrams is empty. */
#define MAX_DRAINED 4096

/* How long nobody is let in where that failed for want of memory or open files. */
#define PAUSE_US G_USEC_PER_SEC

typedef struct {
    NfSource base;
    NfListener listeners[MAX_SOCKETS];
    guint32 dropped[MAX_SOCKETS]; /* datagrams, as far as those read told */
    guint n_listeners;
    NfUdpBatch *batch;
    guint of; /* the socket that the batch is from */
    NfTcpSessions *sessions;
    gint64 pause_us; /* until then nobody is let in */
    /* What is waited for: signals, sockets, connections. Each that is ready has its turn before
     * they are waited for again, so that none is left waiting by a busy one. */
    struct pollfd polled[1 + MAX_SOCKETS + NF_TCP_SESSIONS];
    guint n_polled, turn;
    gboolean is_last; /* after the signal: nothing more is waited for */
    guint drained;    /* reads since the signal */
    guint64 packet;
} SocketSource;

/* Hands over the next datagram of the batch, with what was dropped before it. */
static gboolean
take_datagram (SocketSource *s, NfItem *item)
{
    guint32 dropped;

    *item = (NfItem){.kind = NF_ITEM_DATAGRAM};
    if (!nf_udp_batch_take (s->batch, &s->listeners[s->of].local, &item->datagram, &dropped))
        return FALSE;
    item->datagram.message = 1;
    if (dropped != 0) {
        item->datagram.dropped = dropped - s->dropped[s->of];
        s->dropped[s->of] = dropped;
    }
    return TRUE;
}

/* Hands over what has been read already. */
static gboolean
take (SocketSource *s, NfItem *item)
{
    if (!take_datagram (s, item) && !nf_tcp_sessions_take (s->sessions, item))
        return FALSE;
    if (item->kind == NF_ITEM_DATAGRAM)
        item->datagram.packet = ++s->packet;
    return TRUE;
}

/* Reads from, or lets in, whoever is next. FALSE: all have had their turn. */
static gboolean
read_next (SocketSource *s)
{
    while (s->turn < s->n_polled && s->polled[s->turn].revents == 0)
        s->turn++;
    if (s->turn >= s->n_polled)
        return FALSE;
    s->drained += s->is_last ? 1 : 0; /* a stream may have octets without end and no Message */

    guint i = s->turn++ - 1; /* the first one polled is that of the signals */

    if (i >= s->n_listeners) {
        nf_tcp_sessions_read (s->sessions, i - s->n_listeners);
    } else if (s->listeners[i].transport == NF_TRANSPORT_UDP) {
        s->of = i;
        nf_udp_batch_read (s->batch, s->listeners[i].fd);
    } else if (!nf_tcp_sessions_accept (s->sessions, &s->listeners[i])) {
        nf_say (NULL, "cannot take a connection: %s", g_strerror (errno));
        s->pause_us = g_get_monotonic_time () + PAUSE_US;
    }
    return TRUE;
}

/* Milliseconds until the source has to say that nothing came: rounded up, as it must not be asked
 * for that too early again and again. */
static int
time_left (const SocketSource *s, gint64 now_us)
{
    gint64 until_us = s->pause_us > now_us ? MIN (s->pause_us, s->base.wake_us) : s->base.wake_us;

    return s->is_last ? 0 : (int)CLAMP ((until_us - now_us + 999) / 1000, 0, G_MAXINT);
}

/* Waits until something comes, be it a signal. Returns how many are ready; below 0: `error`. */
static int
wait_for_any (SocketSource *s, GError **error)
{
    gint64 now_us = g_get_monotonic_time ();
    int n;

    s->polled[0] = (struct pollfd){.fd = nf_signals_fd (), .events = s->is_last ? 0 : POLLIN};
    for (guint i = 0; i < s->n_listeners; i++) {
        gboolean waits =
            s->listeners[i].transport == NF_TRANSPORT_TCP && (s->is_last || now_us < s->pause_us);

        s->polled[i + 1] = (struct pollfd){.fd = s->listeners[i].fd, .events = waits ? 0 : POLLIN};
    }
    s->n_polled =
        1 + s->n_listeners + nf_tcp_sessions_polled (s->sessions, s->polled + 1 + s->n_listeners);
    s->turn = 1;
    n = poll (s->polled, s->n_polled, time_left (s, now_us));
    if (n >= 0)
        return n;
    s->n_polled = s->turn = 0;
    if (errno == EINTR)
        return 0;
    g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                         g_strerror (errno));
    return -1;
}

static gboolean
sockets_next (NfSource *base, NfItem *item, GError **error)
{
    SocketSource *s = (SocketSource *)base;

    while (s->drained < MAX_DRAINED) {
        int n;

        if (take (s, item))
            return TRUE;
        if (read_next (s))
            continue;
        s->is_last = nf_signals_stopped ();
        n = wait_for_any (s, error);
        if (n < 0 || (n == 0 && s->is_last))
            return FALSE;
        if (n == 0 || s->polled[0].revents != 0 || g_get_monotonic_time () >= base->wake_us) {
            *item = (NfItem){.kind = NF_ITEM_IDLE};
            return TRUE;
        }
    }
    return FALSE;
}

/* The kernel's own count knows of what was dropped behind the last datagram read, too. */
static guint64
sockets_dropped (NfSource *base)
{
    SocketSource *s = (SocketSource *)base;
    guint64 sum = 0;

    for (guint i = 0; i < s->n_listeners; i++) {
        guint32 memory[SK_MEMINFO_VARS] = {0};
        socklen_t length = sizeof memory;

        if (s->listeners[i].transport == NF_TRANSPORT_TCP)
            continue;
        if (getsockopt (s->listeners[i].fd, SOL_SOCKET, SO_MEMINFO, memory, &length) == 0)
            sum += memory[SK_MEMINFO_DROPS];
        else
            sum += s->dropped[i];
    }
    return sum;
}

static void
sockets_free (NfSource *base)
{
    SocketSource *s = (SocketSource *)base;

    for (guint i = 0; i < s->n_listeners; i++)
        close (s->listeners[i].fd);
    nf_tcp_sessions_free (s->sessions);
    nf_udp_batch_free (s->batch);
    g_free (s);
}

/* Tells where it listens: with port 0 the system has chosen one. */
static void
say_listening (const NfListener *listener)
{
    NfText t = NF_TEXT_INIT;

    nf_listener_text (&t, listener);
    nf_say (NULL, "listening on %s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* What comes faster than it is read is lost sooner with less. */
static void
say_buffer (const SocketSource *s)
{
    gsize least = NF_RECEIVE_BUFFER;

    for (guint i = 0; i < s->n_listeners; i++)
        if (s->listeners[i].transport == NF_TRANSPORT_UDP)
            least = MIN (least, s->listeners[i].buffer);
    if (least < NF_RECEIVE_BUFFER)
        nf_say (NULL,
                "the kernel keeps %" G_GSIZE_FORMAT
                " KiB of what is not read yet, not the %" G_GSIZE_FORMAT
                " asked for: sysctl net.core.rmem_max=%" G_GSIZE_FORMAT " allows them",
                least >> 10, NF_RECEIVE_BUFFER >> 10, NF_RECEIVE_BUFFER);
}

const NfListener *
nf_source_sockets_listeners (const NfSource *source, guint *n)
{
    const SocketSource *s = (const SocketSource *)source;

    *n = s->n_listeners;
    return s->listeners;
}

NfSource *
nf_source_sockets_new (const NfOptions *options, GError **error)
{
    const GPtrArray *addresses = options->listen;
    SocketSource *s;

    if (addresses->len > MAX_SOCKETS) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "-l: at most %d of them",
                     MAX_SOCKETS);
        return NULL;
    }
    s = g_new0 (SocketSource, 1);
    s->base = (NfSource){.next = sockets_next, .free = sockets_free, .dropped = sockets_dropped};
    s->batch = nf_udp_batch_new ();
    s->sessions = nf_tcp_sessions_new (options->anonymize);
    for (guint i = 0; i < addresses->len; i++) {
        if (!nf_listen (&s->listeners[i], addresses->pdata[i], error)) {
            sockets_free (&s->base);
            return NULL;
        }
        s->n_listeners++;
        say_listening (&s->listeners[i]);
    }
    if (!options->quiet)
        say_buffer (s);
    return &s->base;
}
