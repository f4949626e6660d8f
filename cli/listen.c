/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sockets that -l asks for. SO_REUSEADDR and SO_REUSEPORT are never set: with them nfpeek would
 * take a running collector's datagrams away.
 */
#include "listen.h"

#include "busy-port.h"

#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What an argument says. */
typedef struct {
    NfTransport transport;
    char *host;      /* NULL: any address */
    char *interface; /* of a group, as "239.1.1.1%eth0" has it; or NULL */
    const char *port;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
    g_free (wanted->host);
    g_free (wanted->interface);
}

NfEndpoint
nf_endpoint_of (gconstpointer address)
{
    const struct sockaddr_in *v4 = address;
    const struct sockaddr_in6 *v6 = address;
    NfEndpoint endpoint = {.family = 4};

    if (v4->sin_family == AF_INET) {
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

/* Takes the argument apart: "2055", "127.0.0.1:2055", "[::1]:2055", "tcp:4739". */
static gboolean
read_argument (const char *text, Wanted *wanted)
{
    gboolean is_tcp = strncmp (text, "tcp:", 4) == 0;
    const char *rest = is_tcp || strncmp (text, "udp:", 4) == 0 ? text + 4 : text;
    const char *colon = strrchr (rest, ':'), *port = colon ? colon + 1 : rest;
    char *percent;

    *wanted = (Wanted){.transport = is_tcp ? NF_TRANSPORT_TCP : NF_TRANSPORT_UDP, .port = port};
    if (colon && *rest == '[' && colon > rest + 1 && colon[-1] == ']')
        wanted->host = g_strndup (rest + 1, (gsize)(colon - rest) - 2);
    else if (colon && memchr (rest, ':', (gsize)(colon - rest)))
        return FALSE;
    else if (colon)
        wanted->host = g_strndup (rest, (gsize)(colon - rest));
    percent = wanted->host ? strchr (wanted->host, '%') : NULL;
    if (percent) {
        wanted->interface = g_strdup (percent + 1);
        if (!strchr (wanted->host, ':')) /* IPv6 has it in the address (RFC 4007 11) */
            *percent = '\0';
    }
    return *port != '\0' && strspn (port, "0123456789") == strlen (port) && strlen (port) <= 5 &&
           atoi (port) <= 65535;
}

/* ---- one address ---- */

/* Joins a group; any other address needs nothing. Returns FALSE and leaves errno. */
static gboolean
join (int fd, const struct addrinfo *where, const char *interface)
{
    const struct sockaddr_in *v4 = (const void *)where->ai_addr;
    const struct sockaddr_in6 *v6 = (const void *)where->ai_addr;
    guint index = interface ? if_nametoindex (interface) : 0;
    int off = 0;

    if (where->ai_family == AF_INET && IN_MULTICAST (ntohl (v4->sin_addr.s_addr))) {
        struct ip_mreqn group = {.imr_multiaddr = v4->sin_addr, .imr_ifindex = (int)index};

        setsockopt (fd, IPPROTO_IP, IP_MULTICAST_ALL, &off, sizeof off);
        if (interface && index == 0)
            return FALSE;
        return setsockopt (fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group) == 0;
    }
    if (where->ai_family == AF_INET6 && IN6_IS_ADDR_MULTICAST (&v6->sin6_addr)) {
        struct ipv6_mreq group = {.ipv6mr_multiaddr = v6->sin6_addr,
                                  .ipv6mr_interface = v6->sin6_scope_id};

        return setsockopt (fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &group, sizeof group) == 0;
    }
    return TRUE;
}

/* What comes with each datagram: when it arrived, where it was sent, what the kernel dropped. */
static void
ask_for_details (int fd, int family)
{
    int on = 1;

    setsockopt (fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    setsockopt (fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
    if (family == AF_INET)
        setsockopt (fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    else
        setsockopt (fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
}

/* Raises what the kernel keeps as far as it allows, for root beyond net.core.rmem_max. It doubles
 * the number, for what it spends itself. Returns octets. */
static gsize
raise_buffer (int fd)
{
    int wanted = (int)NF_RECEIVE_BUFFER, got = 0;
    socklen_t length = sizeof got;

    if (setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, sizeof wanted) < 0)
        setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
    getsockopt (fd, SOL_SOCKET, SO_RCVBUF, &got, &length);
    return (gsize)got / 2;
}

static gboolean
bind_socket (NfListener *listener, const struct addrinfo *where, const char *interface)
{
    int off = 0, fd = listener->fd;
    struct sockaddr_storage address = {.ss_family = AF_INET};
    socklen_t length = sizeof address;

    if (where->ai_family == AF_INET6)
        listener->is_dual =
            setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0 &&
            IN6_IS_ADDR_UNSPECIFIED (&((const struct sockaddr_in6 *)where->ai_addr)->sin6_addr);
    if (where->ai_socktype == SOCK_DGRAM) {
        ask_for_details (fd, where->ai_family);
        listener->buffer = raise_buffer (fd);
    }
    if (bind (fd, where->ai_addr, where->ai_addrlen) < 0)
        return FALSE;
    if (where->ai_socktype == SOCK_STREAM ? listen (fd, SOMAXCONN) < 0
                                          : !join (fd, where, interface))
        return FALSE;
    getsockname (fd, (struct sockaddr *)&address, &length);
    listener->local = nf_endpoint_of (&address);
    return TRUE;
}

/* Returns FALSE and leaves errno. */
static gboolean
open_socket (NfListener *listener, const struct addrinfo *where, const char *interface)
{
    int code;

    listener->fd = socket (where->ai_family, where->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener->fd < 0)
        return FALSE;
    if (bind_socket (listener, where, interface))
        return TRUE;
    code = errno;
    close (listener->fd);
    listener->fd = -1;
    errno = code;
    return FALSE;
}

/* ---- what an argument asks for ---- */

static void
explain (const Wanted *wanted, const struct addrinfo *where, const char *text, int code,
         GError **error)
{
    NfEndpoint any = {.family = 6, .port = (guint16)atoi (wanted->port)};
    NfText t = NF_TEXT_INIT;

    if (code == EADDRINUSE)
        nf_busy_port_text (&t, wanted->transport,
                           wanted->host && where ? nf_endpoint_of (where->ai_addr) : any);
    else
        nf_text_add (&t, g_strerror (code));
    if (code == EACCES)
        nf_text_add (&t, ": ports below 1024 are for root");
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot listen on %s %s: %s",
                 wanted->transport == NF_TRANSPORT_TCP ? "TCP" : "UDP",
                 g_str_has_prefix (text, "tcp:") || g_str_has_prefix (text, "udp:") ? text + 4
                                                                                    : text,
                 nf_text_string (&t));
    nf_text_clear (&t);
}

/* Tries what the host resolves to. `*last` becomes what was tried last, `*code` why it failed.
 * Returns what getaddrinfo() says. */
static int
try_host (NfListener *listener, const Wanted *wanted, const char *host, struct addrinfo **found,
          const struct addrinfo **last, int *code)
{
    struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    int failed;

    hints.ai_socktype = wanted->transport == NF_TRANSPORT_TCP ? SOCK_STREAM : SOCK_DGRAM;
    failed = getaddrinfo (host, wanted->port, &hints, found);
    for (const struct addrinfo *a = failed ? NULL : *found; a && listener->fd < 0; a = a->ai_next) {
        *last = a;
        *code = open_socket (listener, a, wanted->interface) ? 0 : errno;
    }
    return failed;
}

/* Without an address IPv6's wildcard is tried, which takes IPv4, too; where there is no IPv6,
 * IPv4's. */
static gboolean
listen_on (NfListener *listener, const Wanted *wanted, const char *text, GError **error)
{
    struct addrinfo *found = NULL, *found4 = NULL;
    const struct addrinfo *last = NULL;
    int code = EADDRNOTAVAIL;
    int failed =
        try_host (listener, wanted, wanted->host ? wanted->host : "::", &found, &last, &code);

    if (listener->fd < 0 && !wanted->host && code != EADDRINUSE && code != EACCES)
        try_host (listener, wanted, "0.0.0.0", &found4, &last, &code);
    if (listener->fd < 0 && failed && wanted->host)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot listen on %s: %s", text,
                     gai_strerror (failed));
    else if (listener->fd < 0)
        explain (wanted, last, text, code, error);
    if (found)
        freeaddrinfo (found);
    if (found4)
        freeaddrinfo (found4);
    return listener->fd >= 0;
}

gboolean
nf_listen (NfListener *listener, const char *text, GError **error)
{
    Wanted wanted;
    gboolean good = read_argument (text, &wanted);

    *listener = (NfListener){.fd = -1, .transport = wanted.transport};
    if (good)
        good = listen_on (listener, &wanted, text, error);
    else
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "-l wants [tcp:][ADDR:]PORT, such as 2055, [::1]:2055 or tcp:4739, not '%s'",
                     text);
    wanted_clear (&wanted);
    return good;
}

void
nf_listener_text (NfText *t, const NfListener *listener)
{
    nf_text_add (t, listener->transport == NF_TRANSPORT_TCP ? "TCP " : "UDP ");
    if (listener->is_dual)
        nf_text_add_format (t, "0.0.0.0:%u and ", listener->local.port);
    nf_endpoint_text_port (t, &listener->local);
}
