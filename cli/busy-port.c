/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why a port cannot be listened on. /proc/net/udp has a line a socket, in the reader's network
 * namespace: its address, what waits in it, its inode, what was dropped; /proc/PID/fd has links to
 * inodes, for the owner and root to read.
 */
#include "busy-port.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What /proc/net/tcp calls a socket that listens. */
#define STATE_LISTEN 0x0a

typedef struct {
    NfEndpoint local;
    guint state;
    guint64 waiting; /* octets as the kernel counts them, or connections */
    guint64 inode;
    guint64 dropped; /* datagrams */
} Socket;

static gboolean
is_any (const NfEndpoint *e)
{
    static const guint8 zeros[16] = {0};

    return memcmp (e->address, zeros, sizeof zeros) == 0;
}

/* Words of 32 bits in hex, each as the machine has it in memory. One of IPv4 within IPv6 is one of
 * IPv4. */
static gboolean
read_address (NfEndpoint *e, const char *hex)
{
    static const guint8 mapped[12] = {[10] = 0xff, [11] = 0xff};
    gsize n = strlen (hex) / 8;

    if (n != 1 && n != 4)
        return FALSE;
    e->family = n == 1 ? 4 : 6;
    for (gsize i = 0; i < n; i++) {
        char word[9] = {0};
        guint32 octets;

        memcpy (word, hex + 8 * i, 8);
        octets = (guint32)strtoul (word, NULL, 16);
        memcpy (e->address + 4 * i, &octets, 4);
    }
    if (n == 4 && memcmp (e->address, mapped, sizeof mapped) == 0) {
        memmove (e->address, e->address + sizeof mapped, 4);
        memset (e->address + 4, 0, sizeof mapped);
        e->family = 4;
    }
    return TRUE;
}

/* Reads a line; its heading is none. */
static gboolean
read_line (Socket *s, const char *line)
{
    char address[33];
    guint port;

    *s = (Socket){.inode = 0};
    if (sscanf (line,
                "%*u: %32[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*x:%" SCNx64
                " %*x:%*x %*x %*u %*u %" SCNu64 " %*u %*s %" SCNu64,
                address, &port, &s->state, &s->waiting, &s->inode, &s->dropped) < 5)
        return FALSE;
    s->local.port = (guint16)port;
    return read_address (&s->local, address);
}

/* A wildcard takes all; that of IPv6 IPv4, too. */
static gboolean
overlaps (const NfEndpoint *a, const NfEndpoint *b)
{
    return a->port == b->port && (is_any (a) || is_any (b) || nf_endpoint_same_address (a, b));
}

/* Finds the first socket at the address in a table of the kernel's. TRUE where there is one. */
static gboolean
find_in (Socket *s, const char *path, NfTransport transport, const NfEndpoint *wanted)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents (path, &text, NULL, NULL))
        return FALSE;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (read_line (s, *line) && overlaps (&s->local, wanted) &&
            (transport != NF_TRANSPORT_TCP || s->state == STATE_LISTEN))
            return TRUE;
    return FALSE;
}

/* ---- whose it is ---- */

static gboolean
has_socket (const char *pid, const char *link)
{
    g_autofree char *folder = g_strdup_printf ("/proc/%s/fd", pid);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name (dir))) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autofree char *target = g_file_read_link (path, NULL);

        if (target && strcmp (target, link) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The process that has a socket open; NULL where none can be seen. */
static char *
find_owner (guint64 inode)
{
    g_autofree char *link = g_strdup_printf ("socket:[%" G_GUINT64_FORMAT "]", inode);
    g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name (dir)))
        if (g_ascii_isdigit (*name) && has_socket (name, link))
            return g_strdup (name);
    return NULL;
}

static void
add_owner (NfText *t, guint64 inode)
{
    g_autofree char *pid = find_owner (inode);
    g_autofree char *path = pid ? g_strdup_printf ("/proc/%s/comm", pid) : NULL;
    g_autofree char *name = NULL;

    if (pid && atoi (pid) == (int)getpid ())
        nf_text_add (t, "another -l");
    else if (pid && g_file_get_contents (path, &name, NULL, NULL))
        nf_text_add_format (t, "%s (process %s)", g_strchomp (name), pid);
    else
        nf_text_add (t, "another program (whose name root could see)");
    nf_text_add (t, " listens there already");
}

/* No socket of IPv4 stands in the way of one address of IPv6. */
static gboolean
find_socket (Socket *s, NfTransport transport, const NfEndpoint *wanted)
{
    gboolean is_tcp = transport == NF_TRANSPORT_TCP;

    return ((wanted->family == 4 || is_any (wanted)) &&
            find_in (s, is_tcp ? "/proc/net/tcp" : "/proc/net/udp", transport, wanted)) ||
           find_in (s, is_tcp ? "/proc/net/tcp6" : "/proc/net/udp6", transport, wanted);
}

void
nf_busy_port_text (NfText *t, NfTransport transport, NfEndpoint wanted)
{
    gboolean is_tcp = transport == NF_TRANSPORT_TCP;
    Socket s;

    if (find_socket (&s, transport, &wanted)) {
        add_owner (t, s.inode);
        if (!is_tcp) {
            nf_text_add (t, "; ");
            nf_text_add_count (t, s.waiting, "octets");
            nf_text_add (t, " wait in its queue, ");
            nf_text_add_count (t, s.dropped, "datagrams");
            nf_text_add (t, s.dropped == 1 ? " was dropped" : " were dropped");
        }
    } else {
        nf_text_add (t, "another program listens there already");
    }
    nf_text_add_format (t, "; nfpeek -i any -f '%s port %u' watches what comes without listening",
                        is_tcp ? "tcp" : "udp", wanted.port);
}
