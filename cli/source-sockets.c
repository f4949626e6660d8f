/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A collector: what arrives at ports, until a signal ends it (signals.h). */
#include "listen.h"
#include "say.h"
#include "signals.h"
#include "source.h"
#include "udp-batch.h"

#include <errno.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_SOCKETS 64

/* What lay in the sockets when the signal came is still read, but not what goes on arriving: a full
 * buffer (NF_RECEIVE_BUFFER) has at most so many small datagrams. */
#define MAX_DRAINED 131072

typedef struct {
    NfSource base;
    NfListener listeners[MAX_SOCKETS];
    guint32 dropped[MAX_SOCKETS]; /* datagrams, as far as those read told */
    guint n_listeners;
    guint turn; /* the socket to be asked next, so that none is left waiting by a busy one */
    NfUdpBatch *batch;
    guint of;                              /* the socket that the batch is from */
    struct pollfd polled[MAX_SOCKETS + 1]; /* the last one in use is that of the signals */
    guint drained;                         /* datagrams read since the signal */
    guint64 packet;
} SocketSource;

/* Hands over the next datagram of the batch, with what was dropped before it. */
static gboolean
take (SocketSource *s, NfItem *item)
{
    guint32 dropped;

    *item = (NfItem){.kind = NF_ITEM_DATAGRAM};
    if (!nf_udp_batch_take (s->batch, &s->listeners[s->of].local, &item->datagram, &dropped))
        return FALSE;
    item->datagram.packet = ++s->packet;
    item->datagram.message = 1;
    if (dropped != 0) {
        item->datagram.dropped = dropped - s->dropped[s->of];
        s->dropped[s->of] = dropped;
    }
    return TRUE;
}

/* Reads from the next socket that has something. */
static gboolean
receive_any (SocketSource *s, NfItem *item)
{
    if (take (s, item))
        return TRUE;
    for (guint n = 0; n < s->n_listeners; n++) {
        s->of = (s->turn + n) % s->n_listeners;
        if (nf_udp_batch_read (s->batch, s->listeners[s->of].fd)) {
            s->turn = s->of + 1;
            return take (s, item);
        }
    }
    return FALSE;
}

/* Milliseconds until the source has to say that nothing came: rounded up, as it must not be asked
 * for that too early again and again. */
static int
time_left (const SocketSource *s)
{
    gint64 ms = (s->base.wake_us - g_get_monotonic_time () + 999) / 1000;

    return (int)CLAMP (ms, 0, G_MAXINT);
}

/* Waits until something comes, be it a signal. `*is_idle`: there is nothing to be read, but
 * something to be done. */
static gboolean
wait_for_any (SocketSource *s, gboolean *is_idle, GError **error)
{
    int n;

    for (guint i = 0; i < s->n_listeners; i++)
        s->polled[i] = (struct pollfd){.fd = s->listeners[i].fd, .events = POLLIN};
    s->polled[s->n_listeners] = (struct pollfd){.fd = nf_signals_fd (), .events = POLLIN};
    n = poll (s->polled, s->n_listeners + 1, time_left (s));
    *is_idle = n == 0 || s->polled[s->n_listeners].revents != 0;
    if (n >= 0 || errno == EINTR)
        return TRUE;
    g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                         g_strerror (errno));
    return FALSE;
}

static gboolean
sockets_next (NfSource *base, NfItem *item, GError **error)
{
    SocketSource *s = (SocketSource *)base;

    for (;;) {
        gboolean last = nf_signals_stopped (), is_idle = FALSE;

        if (s->drained < MAX_DRAINED && receive_any (s, item)) {
            s->drained += last ? 1 : 0;
            return TRUE;
        }
        if (last || !wait_for_any (s, &is_idle, error))
            return FALSE;
        if (is_idle && !nf_signals_stopped ()) {
            *item = (NfItem){.kind = NF_ITEM_IDLE};
            return TRUE;
        }
    }
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
        least = MIN (least, s->listeners[i].buffer);
    if (least < NF_RECEIVE_BUFFER)
        nf_say (NULL,
                "the kernel keeps %" G_GSIZE_FORMAT
                " KiB of what is not read yet, not the %" G_GSIZE_FORMAT
                " asked for: sysctl net.core.rmem_max=%" G_GSIZE_FORMAT " allows them",
                least >> 10, NF_RECEIVE_BUFFER >> 10, NF_RECEIVE_BUFFER);
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
