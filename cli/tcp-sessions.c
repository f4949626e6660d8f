/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Connections of exporters. One that is silent or slow keeps none of the others waiting. */
#include "tcp-sessions.h"

#include "framer.h"
#include "say.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Octets read at once, so that all connections have their turn. */
#define READ_LENGTH 65536

typedef struct {
    int fd;
    NfEndpoint exporter;
    NfEndpoint collector;
    guint32 number;
    gboolean has_ended; /* nothing more comes; what is left is still to be taken */
    NfFramer framer;
} Session;

struct _NfTcpSessions {
    Session *all[NF_TCP_SESSIONS]; /* the first `n`; NULL: it has ended since they were polled */
    guint n;
    guint current;    /* the one read last */
    guint32 number;   /* of the connection that came last */
    gboolean refuses; /* there are too many; that has been said */
    gboolean anonymize;
    guint8 octets[READ_LENGTH];
};

NfTcpSessions *
nf_tcp_sessions_new (gboolean anonymize)
{
    NfTcpSessions *sessions = g_new0 (NfTcpSessions, 1);

    sessions->anonymize = anonymize;
    return sessions;
}

static void
session_free (Session *session)
{
    close (session->fd);
    nf_framer_clear (&session->framer);
    g_free (session);
}

void
nf_tcp_sessions_free (NfTcpSessions *sessions)
{
    for (guint i = 0; i < sessions->n; i++)
        if (sessions->all[i])
            session_free (sessions->all[i]);
    g_free (sessions);
}

/* ---- connections that come ---- */

static void
add (NfTcpSessions *s, int fd, const struct sockaddr_storage *peer)
{
    struct sockaddr_storage here = {.ss_family = AF_INET};
    socklen_t length = sizeof here;
    int on = 1;
    Session *session = g_new0 (Session, 1);

    getsockname (fd, (struct sockaddr *)&here, &length);
    /* An exporter that is gone without a word must not take a place for ever. */
    setsockopt (fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    session->fd = fd;
    session->exporter = nf_endpoint_of (peer);
    session->collector = nf_endpoint_of (&here);
    session->number = ++s->number;
    nf_framer_init (&session->framer, NF_FRAMER_BEGINS, TRUE);
    s->all[s->n++] = session;
}

static void
refuse (NfTcpSessions *s, int fd, const struct sockaddr_storage *peer)
{
    NfEndpoint exporter = nf_endpoint_of (peer);
    NfText t = NF_TEXT_INIT;

    close (fd);
    if (s->refuses)
        return;
    s->refuses = TRUE;
    nf_text_add (&t, s->anonymize ? "another" : "that of ");
    if (!s->anonymize)
        nf_endpoint_text_port (&t, &exporter);
    nf_say (NULL,
            "warning: there are %d connections, and nfpeek takes no more: %s is refused "
            "[limit-reached]",
            NF_TCP_SESSIONS, nf_text_string (&t));
    nf_text_clear (&t);
}

gboolean
nf_tcp_sessions_accept (NfTcpSessions *sessions, const NfListener *listener)
{
    /* No more at once than there are places: somebody may connect faster than we refuse. */
    for (guint i = 0; i < NF_TCP_SESSIONS; i++) {
        struct sockaddr_storage peer = {.ss_family = AF_INET};
        socklen_t length = sizeof peer;
        int fd =
            accept4 (listener->fd, (struct sockaddr *)&peer, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);

        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        if (sessions->n < NF_TCP_SESSIONS)
            add (sessions, fd, &peer);
        else
            refuse (sessions, fd, &peer);
    }
    return TRUE;
}

/* ---- those that are there ---- */

guint
nf_tcp_sessions_polled (NfTcpSessions *sessions, struct pollfd *polled)
{
    guint n = 0;

    for (guint i = 0; i < sessions->n; i++)
        if (sessions->all[i])
            sessions->all[n++] = sessions->all[i];
    sessions->n = n;
    if (n < NF_TCP_SESSIONS)
        sessions->refuses = FALSE;
    for (guint i = 0; i < n; i++)
        polled[i] = (struct pollfd){.fd = sessions->all[i]->fd, .events = POLLIN};
    return n;
}

/* Nanoseconds since 1970. */
static gint64
now_ns (void)
{
    struct timespec now;

    clock_gettime (CLOCK_REALTIME, &now);
    return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

void
nf_tcp_sessions_read (NfTcpSessions *sessions, guint i)
{
    Session *session = sessions->all[i];
    ssize_t n;

    sessions->current = i;
    if (!session)
        return;
    n = recv (session->fd, sessions->octets, sizeof sessions->octets, MSG_DONTWAIT);
    if (n > 0) {
        nf_framer_add (&session->framer, nf_reader (sessions->octets, (gsize)n, 0), 0, now_ns ());
    } else if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
        nf_framer_end (&session->framer);
        session->has_ended = TRUE;
    }
}

static void
describe (const Session *session, NfDatagram *g)
{
    *g = (NfDatagram){.exporter = session->exporter,
                      .collector = session->collector,
                      .transport = NF_TRANSPORT_TCP,
                      .connection = session->number,
                      .message = 1,
                      .has_time = TRUE,
                      .time_ns = now_ns ()};
}

gboolean
nf_tcp_sessions_take (NfTcpSessions *sessions, NfItem *item)
{
    Session *session = sessions->current < sessions->n ? sessions->all[sessions->current] : NULL;

    if (!session)
        return FALSE;
    *item = (NfItem){.kind = NF_ITEM_DATAGRAM};
    describe (session, &item->datagram);
    if (nf_framer_take (&session->framer, &item->datagram)) {
        item->datagram.frames = NULL; /* there are none */
        item->datagram.n_frames = 0;
        return TRUE;
    }
    if (!session->has_ended)
        return FALSE;
    item->kind = NF_ITEM_ENDED;
    sessions->all[sessions->current] = NULL;
    session_free (session);
    return TRUE;
}
