/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plain collector: what arrives at UDP ports, until SIGINT or SIGTERM. */
#include "say.h"
#include "source.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_SOCKETS 64

/* The largest datagram that UDP carries. */
#define MAX_PAYLOAD 65535

/* What lay in the sockets when the signal came is still read, but not what goes on arriving. */
#define MAX_DRAINED 65536

typedef struct {
    NfSource base;
    struct pollfd polled[MAX_SOCKETS + 1]; /* the last one in use is the pipe that signals wake */
    NfEndpoint local[MAX_SOCKETS];
    nfds_t n_sockets;
    nfds_t turn;   /* the socket to be asked next, so that none is left waiting by a busy one */
    guint drained; /* datagrams read since the signal */
    guint64 packet;
    guint8 payload[MAX_PAYLOAD];
} UdpSource;

static volatile sig_atomic_t stopped;
static int wake_pipe[2] = {-1, -1};

/* The first signal ends the collection; as it resets the handler, a second one ends the program.
 * The octet in the pipe ends a wait that begins after the signal, too. */
static void
stop (int signal)
{
    int code = errno;

    (void)signal;
    stopped = 1;
    ssize_t n = write (wake_pipe[1], "", 1);

    (void)n; /* where the pipe is full, somebody is woken already */
    errno = code;
}

static gboolean
catch_signals (GError **error)
{
    struct sigaction action = {.sa_handler = stop, .sa_flags = (int)SA_RESETHAND};

    stopped = 0;
    if (pipe2 (wake_pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
        g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                             g_strerror (errno));
        return FALSE;
    }
    sigaction (SIGINT, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
    return TRUE;
}

static NfEndpoint
endpoint_of (const struct sockaddr_storage *address)
{
    const struct sockaddr_in *v4 = (const void *)address;
    const struct sockaddr_in6 *v6 = (const void *)address;
    NfEndpoint endpoint = {.family = 4};

    if (address->ss_family == AF_INET) {
        memcpy (endpoint.address, &v4->sin_addr, 4);
        endpoint.port = ntohs (v4->sin_port);
        return endpoint;
    }
    endpoint.port = ntohs (v6->sin6_port);
    if (IN6_IS_ADDR_V4MAPPED (&v6->sin6_addr)) {
        memcpy (endpoint.address, v6->sin6_addr.s6_addr + 12, 4);
        return endpoint;
    }
    endpoint.family = 6;
    memcpy (endpoint.address, &v6->sin6_addr, 16);
    return endpoint;
}

/* Takes "[ADDR:]PORT" apart: "2055", "127.0.0.1:2055", "[::1]:2055". */
static gboolean
split_address (const char *text, char **host, const char **port)
{
    const char *colon = strrchr (text, ':');

    *host = NULL;
    *port = text;
    if (colon && *text == '[' && colon > text + 1 && colon[-1] == ']')
        *host = g_strndup (text + 1, (gsize)(colon - text) - 2);
    else if (colon && memchr (text, ':', (gsize)(colon - text)))
        return FALSE;
    else if (colon)
        *host = g_strndup (text, (gsize)(colon - text));
    if (colon)
        *port = colon + 1;
    return **port != '\0' && strspn (*port, "0123456789") == strlen (*port) &&
           strlen (*port) <= 5 && atoi (*port) <= 65535;
}

static int
open_socket (const struct addrinfo *where)
{
    int on = 1, off = 0;
    int fd = socket (where->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    if (where->ai_family == AF_INET6)
        setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    setsockopt (fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (bind (fd, where->ai_addr, where->ai_addrlen) == 0)
        return fd;

    int code = errno;

    close (fd);
    errno = code;
    return -1;
}

/* Adds the socket and tells where it listens: with port 0 the system has chosen one. */
static void
add_socket (UdpSource *source, int fd)
{
    struct sockaddr_storage address = {.ss_family = AF_INET};
    socklen_t length = sizeof address;
    NfText t = NF_TEXT_INIT;

    getsockname (fd, (struct sockaddr *)&address, &length);
    source->polled[source->n_sockets] = (struct pollfd){.fd = fd, .events = POLLIN};
    source->local[source->n_sockets] = endpoint_of (&address);
    nf_endpoint_text_port (&t, &source->local[source->n_sockets++]);
    nf_say (NULL, "listening on UDP %s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* Tries what the name resolves to; without an address IPv6's wildcard, which takes IPv4, too. */
static gboolean
listen_on (UdpSource *source, const char *text, GError **error)
{
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    g_autofree char *host = NULL;
    const char *port;
    int fd = -1, code = EADDRNOTAVAIL;

    if (!split_address (text, &host, &port)) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "-l wants [ADDR:]PORT, such as 2055, 127.0.0.1:2055 or [::1]:2055, not '%s'",
                     text);
        return FALSE;
    }

    int failed = getaddrinfo (host ? host : "::", port, &hints, &found);

    for (const struct addrinfo *a = failed ? NULL : found; a && fd < 0; a = a->ai_next) {
        fd = open_socket (a);
        code = errno;
    }
    if (found)
        freeaddrinfo (found);
    if (fd < 0 && !host && code != EADDRINUSE && code != EACCES &&
        getaddrinfo ("0.0.0.0", port, &hints, &found) == 0) {
        fd = open_socket (found);
        code = errno;
        freeaddrinfo (found);
    }
    if (fd >= 0) {
        add_socket (source, fd);
        return TRUE;
    }
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot listen on UDP %s: %s", text,
                 failed && host ? gai_strerror (failed)
                                : (code == EADDRINUSE ? "another program listens there already"
                                                      : g_strerror (code)));
    return FALSE;
}

static gint64
arrival_time (struct msghdr *header)
{
    struct timespec now;

    for (struct cmsghdr *c = CMSG_FIRSTHDR (header); c; c = CMSG_NXTHDR (header, c)) {
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
            memcpy (&now, CMSG_DATA (c), sizeof now);
            return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
        }
    }
    clock_gettime (CLOCK_REALTIME, &now);
    return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Receives one datagram. FALSE where there was none after all. */
static gboolean
receive (UdpSource *source, nfds_t i, NfItem *item)
{
    struct sockaddr_storage from = {.ss_family = AF_INET};
    _Alignas(struct cmsghdr) char control[256];
    struct iovec part = {.iov_base = source->payload, .iov_len = sizeof source->payload};
    struct msghdr header = {.msg_name = &from,
                            .msg_namelen = sizeof from,
                            .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control};
    ssize_t n = recvmsg (source->polled[i].fd, &header, MSG_DONTWAIT);

    if (n < 0)
        return FALSE;
    *item = (NfItem){.kind = NF_ITEM_DATAGRAM};
    item->datagram = (NfDatagram){.octets = source->payload,
                                  .length = (gsize)n,
                                  .wire_length = (gsize)n,
                                  .exporter = endpoint_of (&from),
                                  .collector = source->local[i],
                                  .transport = NF_TRANSPORT_UDP,
                                  .has_time = TRUE,
                                  .time_ns = arrival_time (&header),
                                  .packet = ++source->packet,
                                  .message = 1};
    return TRUE;
}

/* Receives from the next socket that has something. */
static gboolean
receive_any (UdpSource *source, NfItem *item)
{
    for (nfds_t n = 0; n < source->n_sockets; n++) {
        nfds_t i = (source->turn + n) % source->n_sockets;

        if (receive (source, i, item)) {
            source->turn = i + 1;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
udp_next (NfSource *base, NfItem *item, GError **error)
{
    UdpSource *source = (UdpSource *)base;

    for (;;) {
        gboolean last = stopped != 0;

        if (source->drained < MAX_DRAINED && receive_any (source, item)) {
            source->drained += last ? 1 : 0;
            return TRUE;
        }
        if (last)
            return FALSE;
        source->polled[source->n_sockets] = (struct pollfd){.fd = wake_pipe[0], .events = POLLIN};
        if (poll (source->polled, source->n_sockets + 1, -1) < 0 && errno != EINTR) {
            g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                                 g_strerror (errno));
            return FALSE;
        }
    }
}

static void
udp_free (NfSource *base)
{
    UdpSource *source = (UdpSource *)base;

    for (nfds_t i = 0; i < source->n_sockets; i++)
        close (source->polled[i].fd);
    signal (SIGINT, SIG_DFL);
    signal (SIGTERM, SIG_DFL);
    close (wake_pipe[0]);
    close (wake_pipe[1]);
    g_free (source);
}

NfSource *
nf_source_udp_new (const GPtrArray *addresses, GError **error)
{
    UdpSource *source;

    if (!catch_signals (error))
        return NULL;
    source = g_new0 (UdpSource, 1);
    source->base = (NfSource){.next = udp_next, .free = udp_free};
    for (guint i = 0; i < addresses->len; i++) {
        if (source->n_sockets == MAX_SOCKETS)
            g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "-l: at most %d of them",
                         MAX_SOCKETS);
        if (source->n_sockets == MAX_SOCKETS || !listen_on (source, addresses->pdata[i], error)) {
            udp_free (&source->base);
            return NULL;
        }
    }
    return &source->base;
}
