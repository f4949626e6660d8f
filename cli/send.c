/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams, sent again. */
#include "send.h"

#include "pace.h"
#include "say.h"
#include "signals.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Sockets, one an exporter: more than one person looks at, and far below what a process may open.
 */
#define MAX_SESSIONS 64

/* Octets kept until they are sent: several of the largest datagrams, many of the usual ones. */
#define BATCH_OCTETS ((gsize)1 << 18)

/* The largest payload: 65535 octets less UDP's header and, with IPv4, that one's (RFC 768, RFC 791,
 * RFC 8200). */
#define MAX_PAYLOAD_IPV4 65507
#define MAX_PAYLOAD_IPV6 65527

/* How long the answer of a host that does not want them may take in the end. */
#define ANSWER_MS 200

#define SECOND_NS ((gint64)1000000000)

/* Of longer pauses a word is said. */
#define LONG_PAUSE_S 30

typedef struct {
    NfEndpoint exporter;
    int fd;
} Session;

struct _NfSender {
    NfPace pace;
    gboolean quiet;
    struct sockaddr_storage to;
    socklen_t to_length;
    NfText name; /* of `to` */
    Session sessions[MAX_SESSIONS];
    guint n_sessions;
    gboolean is_shared; /* there are more exporters than sessions */
    /* the batch: datagrams of one session */
    int fd;
    guint n;
    gsize n_octets;
    struct mmsghdr headers[NF_PACE_BURST];
    struct iovec parts[NF_PACE_BURST];
    guint8 *octets; /* BATCH_OCTETS */
    /* what is told */
    guint64 sent, sent_octets;
    guint64 refused; /* ICMP port unreachable that came back */
    guint64 lost, unfit, too_large;
    gint64 first_ns, last_ns; /* when the first and the last one were sent */
    gboolean failed;
};

/* ---- sockets ---- */

/* Takes "ADDR:PORT" apart: "127.0.0.1:2055", "[::1]:2055", "collector:2055". */
static gboolean
split (const char *text, char **host, const char **port)
{
    const char *colon = strrchr (text, ':');
    gboolean is_ipv6 = colon && *text == '[' && colon > text + 1 && colon[-1] == ']';

    *host = NULL;
    if (!colon || colon == text || (!is_ipv6 && strchr (text, ':') != colon))
        return FALSE;
    *host = is_ipv6 ? g_strndup (text + 1, (gsize)(colon - text) - 2)
                    : g_strndup (text, (gsize)(colon - text));
    *port = colon + 1;
    return **port != '\0' && strspn (*port, "0123456789") == strlen (*port) &&
           strlen (*port) <= 5 && atoi (*port) >= 1 && atoi (*port) <= 65535;
}

/* A socket to the collector. As exporters do, it leaves fragmentation to the network: else the
 * kernel would refuse what is larger than a path's MTU. Returns -1 and leaves errno. */
static int
connect_to (const struct sockaddr *to, socklen_t length)
{
    int dont = to->sa_family == AF_INET ? IP_PMTUDISC_DONT : IPV6_PMTUDISC_DONT;
    int fd = socket (to->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    if (to->sa_family == AF_INET)
        setsockopt (fd, IPPROTO_IP, IP_MTU_DISCOVER, &dont, sizeof dont);
    else
        setsockopt (fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &dont, sizeof dont);
    if (connect (fd, to, length) == 0)
        return fd;

    int code = errno;

    close (fd);
    errno = code;
    return -1;
}

static void
name_address (NfText *t, const struct sockaddr_storage *to, socklen_t length)
{
    char host[NI_MAXHOST], port[NI_MAXSERV];

    if (getnameinfo ((const struct sockaddr *)to, length, host, sizeof host, port, sizeof port,
                     NI_NUMERICHOST | NI_NUMERICSERV) == 0)
        nf_text_add_format (t, to->ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

/* Opens the first session, to the first address of the name that there is a way to. */
static gboolean
open_first (NfSender *s, const char *text, GError **error)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    g_autofree char *host = NULL;
    const char *port;
    int fd = -1;

    if (!split (text, &host, &port)) {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "--send wants ADDR:PORT, such as 127.0.0.1:2055, [::1]:2055 or "
                     "collector:2055, not '%s'",
                     text);
        return FALSE;
    }

    int failed = getaddrinfo (host, port, &hints, &found);

    for (const struct addrinfo *a = failed ? NULL : found; a && fd < 0; a = a->ai_next) {
        fd = connect_to (a->ai_addr, a->ai_addrlen);
        memcpy (&s->to, a->ai_addr, a->ai_addrlen);
        s->to_length = a->ai_addrlen;
    }
    if (fd < 0)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot send to %s: %s", text,
                     failed ? gai_strerror (failed) : g_strerror (errno));
    if (found)
        freeaddrinfo (found);
    if (fd < 0)
        return FALSE;
    s->fd = s->sessions[0].fd = fd;
    name_address (&s->name, &s->to, s->to_length);
    return TRUE;
}

/* The session of an exporter; one of several where there are too many of them. */
static const Session *
find_session (NfSender *s, const NfEndpoint *exporter)
{
    Session *next = &s->sessions[s->n_sessions];

    for (guint i = 0; i < s->n_sessions; i++)
        if (nf_endpoint_equal (&s->sessions[i].exporter, exporter))
            return &s->sessions[i];
    if (s->n_sessions > 0 && s->n_sessions < MAX_SESSIONS && !s->is_shared)
        next->fd = connect_to ((const struct sockaddr *)&s->to, s->to_length);
    if (s->n_sessions < MAX_SESSIONS && !s->is_shared && next->fd >= 0) {
        next->exporter = *exporter;
        s->n_sessions++;
        return next;
    }
    if (!s->is_shared && !s->quiet)
        nf_say (NULL, "more than %u exporters: those that follow share their source ports",
                s->n_sessions);
    s->is_shared = TRUE;
    return &s->sessions[nf_endpoint_hash (exporter) % s->n_sessions];
}

/* ---- the batch ---- */

/* ICMP told that a datagram sent before had nobody to take it. */
static void
note_refused (NfSender *s)
{
    if (s->refused++ == 0)
        nf_say (NULL, "nobody listens on UDP %s: ICMP port unreachable came back",
                nf_text_string (&s->name));
}

static void
note_sent (NfSender *s, guint first, guint n)
{
    s->last_ns = nf_pace_now ();
    if (s->sent == 0)
        s->first_ns = s->last_ns;
    s->sent += n;
    for (guint i = first; i < first + n; i++)
        s->sent_octets += s->parts[i].iov_len;
}

/* What sendmmsg() did not want to send. Returns whether it may be tried again. */
static gboolean
note_trouble (NfSender *s, guint *done, GError **error)
{
    switch (errno) {
    case EINTR:
        return TRUE;
    case ECONNREFUSED: /* of an earlier datagram; this one was not sent */
        note_refused (s);
        return TRUE;
    case ENOBUFS:
    case EAGAIN:
        return nf_pace_wait (nf_pace_now () + SECOND_NS / 1000);
    case EMSGSIZE:
        s->too_large++;
        ++*done;
        return TRUE;
    default:
        g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                     "cannot send to %s: %s", nf_text_string (&s->name), g_strerror (errno));
        s->failed = TRUE;
        return FALSE;
    }
}

gboolean
nf_sender_flush (NfSender *sender, GError **error)
{
    guint done = 0, n = sender->n;

    sender->n = 0;
    sender->n_octets = 0;
    while (done < n) {
        int result = sendmmsg (sender->fd, sender->headers + done, n - done, 0);

        if (result < 0 && !note_trouble (sender, &done, error))
            return !sender->failed;
        if (result <= 0)
            continue;
        note_sent (sender, done, (guint)result);
        done += (guint)result;
        if (done < n) /* the error that stopped it is not told, and the socket has forgotten it */
            note_refused (sender);
    }
    return TRUE;
}

static void
add_to_batch (NfSender *s, const NfDatagram *g)
{
    struct iovec *part = &s->parts[s->n];

    part->iov_base = s->octets + s->n_octets;
    part->iov_len = g->length;
    memcpy (part->iov_base, g->octets, g->length);
    s->n_octets += g->length;
    s->headers[s->n] = (struct mmsghdr){.msg_hdr = {.msg_iov = part, .msg_iovlen = 1}};
    s->n++;
}

/* ---- what is sent ---- */

/* Whether it can be sent as a datagram; else it is counted. */
static gboolean
is_fit (NfSender *s, const NfDatagram *g)
{
    gsize max = s->to.ss_family == AF_INET6 ? MAX_PAYLOAD_IPV6 : MAX_PAYLOAD_IPV4;
    NfMessage message;
    NfFinding trouble;

    if (g->length < g->wire_length)
        s->lost++;
    else if (!g->octets ||
             (g->transport != NF_TRANSPORT_UDP &&
              !nf_message_read (&message, g->octets, g->length, g->wire_length, &trouble)))
        s->unfit++;
    else if (g->length > max)
        s->too_large++;
    else
        return TRUE;
    return FALSE;
}

static void
say_pause (const NfSender *s, gint64 ns)
{
    gint64 seconds = ns / SECOND_NS + (ns % SECOND_NS >= SECOND_NS / 2);

    if (seconds > LONG_PAUSE_S && !s->quiet)
        nf_say (NULL, "the next datagram came %" G_GINT64_FORMAT " s later, and is sent then",
                seconds);
}

gboolean
nf_sender_add (NfSender *sender, const NfDatagram *datagram, GError **error)
{
    if (nf_signals_stopped () || !is_fit (sender, datagram))
        return TRUE;

    gint64 now = nf_pace_now ();
    gint64 due = nf_pace_next (&sender->pace, datagram, now);
    const Session *session = find_session (sender, &datagram->exporter);
    gboolean is_full =
        sender->n == NF_PACE_BURST || sender->n_octets + datagram->length > BATCH_OCTETS;

    if ((due > now || is_full || session->fd != sender->fd) && !nf_sender_flush (sender, error))
        return FALSE;
    if (due > now) {
        say_pause (sender, due - now);
        if (!nf_pace_wait (due))
            return TRUE;
    }
    sender->fd = session->fd;
    add_to_batch (sender, datagram);
    return TRUE;
}

void
nf_sender_add_lost (NfSender *sender)
{
    sender->lost++;
}

/* ---- beginning and end ---- */

NfSender *
nf_sender_new (const char *to, guint64 rate, gboolean quiet, GError **error)
{
    NfSender *s = g_new0 (NfSender, 1);

    s->pace.rate = rate;
    s->quiet = quiet;
    s->octets = g_malloc (BATCH_OCTETS);
    if (open_first (s, to, error) && nf_signals_begin (FALSE, error)) {
        prctl (PR_SET_TIMERSLACK, 1UL); /* else each wait may be 50 microseconds longer */
        return s;
    }
    g_free (s->octets);
    g_free (s);
    return NULL;
}

/* What came back from all sockets. Whether that was an answer. */
static gboolean
gather_answers (NfSender *s)
{
    guint64 before = s->refused;

    for (guint i = 0; i < s->n_sessions; i++) {
        int code = 0;
        socklen_t length = sizeof code;

        if (getsockopt (s->sessions[i].fd, SOL_SOCKET, SO_ERROR, &code, &length) == 0 &&
            code == ECONNREFUSED)
            note_refused (s);
    }
    return s->refused > before;
}

/* Whether the collector is on this host: what goes there comes from its own address. */
static gboolean
is_local (const NfSender *s)
{
    struct sockaddr_storage from = {.ss_family = AF_UNSPEC};
    const struct sockaddr_in *v4 = (const void *)&from, *to_v4 = (const void *)&s->to;
    const struct sockaddr_in6 *v6 = (const void *)&from, *to_v6 = (const void *)&s->to;
    socklen_t length = sizeof from;

    if (getsockname (s->sessions[0].fd, (struct sockaddr *)&from, &length) < 0)
        return FALSE;
    return from.ss_family == AF_INET6 ? IN6_ARE_ADDR_EQUAL (&v6->sin6_addr, &to_v6->sin6_addr)
                                      : v4->sin_addr.s_addr == to_v4->sin_addr.s_addr;
}

/* Nobody has refused anything so far; another host's answer to what was sent last may be on its
 * way. */
static void
await_answers (NfSender *s)
{
    struct pollfd polled[MAX_SESSIONS];

    if (gather_answers (s) || s->refused > 0 || s->sent == 0 || is_local (s) ||
        nf_signals_stopped ())
        return;
    for (guint i = 0; i < s->n_sessions; i++)
        polled[i] = (struct pollfd){.fd = s->sessions[i].fd};
    if (poll (polled, s->n_sessions, ANSWER_MS) > 0)
        gather_answers (s);
}

static void
say_not_sent (const NfSender *s)
{
    NfText t = NF_TEXT_INIT;

    if (s->lost > 0)
        nf_text_add_format (&t, ", %" G_GUINT64_FORMAT " that the capture has not whole", s->lost);
    if (s->unfit > 0)
        nf_text_add_format (&t, ", %" G_GUINT64_FORMAT " of streams and files that are no Message",
                            s->unfit);
    if (s->too_large > 0)
        nf_text_add_format (&t, ", %" G_GUINT64_FORMAT " too large for UDP", s->too_large);
    if (nf_text_length (&t) > 0)
        nf_say (NULL, "not sent:%s", nf_text_string (&t) + 1);
    nf_text_clear (&t);
}

static void
say_sent (NfSender *s)
{
    gint64 ns = s->last_ns - s->first_ns;
    NfText t = NF_TEXT_INIT;

    nf_text_add (&t, "sent ");
    nf_text_add_count (&t, s->sent, "datagrams");
    nf_text_add (&t, ", ");
    nf_text_add_count (&t, s->sent_octets, "octets");
    nf_text_add_format (&t, ", to %s in %" G_GINT64_FORMAT ".%03d s", nf_text_string (&s->name),
                        ns / SECOND_NS, (int)(ns % SECOND_NS / 1000000));
    if (s->sent > 1 && ns >= SECOND_NS / 1000)
        nf_text_add_format (&t, " (%.0f a second)", (double)(s->sent - 1) * 1e9 / (double)ns);
    if (s->refused > 0)
        nf_text_add_format (&t, "; refused: %" G_GUINT64_FORMAT, s->refused);
    nf_say (NULL, "%s", nf_text_string (&t));
    nf_text_clear (&t);
}

gboolean
nf_sender_close (NfSender *sender)
{
    g_autoptr (GError) error = NULL;
    gboolean good;

    if (!sender->failed && !nf_sender_flush (sender, &error))
        nf_say (NULL, "%s", error->message);
    await_answers (sender);
    good = !sender->failed && sender->sent > sender->refused;
    if (!sender->quiet || !good) {
        say_not_sent (sender);
        say_sent (sender);
    }
    for (guint i = 0; i < MAX (sender->n_sessions, 1); i++)
        close (sender->sessions[i].fd);
    nf_signals_end ();
    nf_text_clear (&sender->name);
    g_free (sender->octets);
    g_free (sender);
    return good;
}
