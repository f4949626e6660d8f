/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why what is on the wire is not in the socket. */
#include "obstacle.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

/* ---- the kernel's counters ---- */

/* The number in line `values` below the word `name` in line `names`: "Udp: InDatagrams NoPorts"
 * above "Udp: 12 3". 0 where there is none. */
static guint64
number_below (const char *names, const char *values, const char *name)
{
    g_auto (GStrv) heads = g_strsplit (names, " ", -1);
    g_auto (GStrv) numbers = g_strsplit (values, " ", -1);

    for (guint i = 0; heads[i] && numbers[i]; i++)
        if (strcmp (heads[i], name) == 0)
            return g_ascii_strtoull (numbers[i], NULL, 10);
    return 0;
}

/* A counter of /proc/net/snmp or netstat, where each kind has a line of names and one of numbers.
 */
static guint64
read_counter (const char *path, const char *kind, const char *name)
{
    g_autofree char *text = NULL;
    guint64 number = 0;

    if (!g_file_get_contents (path, &text, NULL, NULL))
        return 0;

    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (guint i = 0; lines[i] && lines[i + 1]; i++)
        if (g_str_has_prefix (lines[i], kind) && g_str_has_prefix (lines[i + 1], kind))
            number += number_below (lines[i], lines[i + 1], name);
    return number;
}

/* Of /proc/net/snmp6, which has a line each: "Udp6InCsumErrors   3". */
static guint64
read_counter6 (const char *name)
{
    g_autofree char *text = NULL;
    const char *at;

    if (!g_file_get_contents ("/proc/net/snmp6", &text, NULL, NULL) || !(at = strstr (text, name)))
        return 0;
    return g_ascii_strtoull (at + strlen (name), NULL, 10);
}

void
nf_obstacles_read (NfObstacles *obstacles)
{
    obstacles->reverse_path = read_counter ("/proc/net/netstat", "TcpExt:", "IPReversePathFilter");
    obstacles->checksum = read_counter ("/proc/net/snmp", "Udp:", "InCsumErrors") +
                          read_counter6 ("Udp6InCsumErrors ");
}

/* ---- addresses ---- */

/* Whether an interface of this host has the address. */
static gboolean
is_local (const NfEndpoint *wanted)
{
    struct ifaddrs *all, *one;
    gboolean found = FALSE;

    if (getifaddrs (&all) != 0)
        return TRUE; /* nobody can tell */
    for (one = all; one && !found; one = one->ifa_next) {
        NfEndpoint local;

        if (!one->ifa_addr ||
            (one->ifa_addr->sa_family != AF_INET && one->ifa_addr->sa_family != AF_INET6))
            continue;
        local = nf_endpoint_of (one->ifa_addr);
        found = nf_endpoint_same_address (&local, wanted) ||
                (wanted->family == 4 && wanted->address[0] == 127);
    }
    freeifaddrs (all);
    return found;
}

static gboolean
is_group (const NfEndpoint *e)
{
    return e->family == 4 ? e->address[0] >> 4 == 0xe : e->address[0] == 0xff;
}

gboolean
nf_obstacle_is_ours (const NfEndpoint *to)
{
    return is_group (to) || is_local (to);
}

static gboolean
takes (const NfListener *listener, const NfEndpoint *to)
{
    static const NfEndpoint zeros;
    NfEndpoint any = {.family = listener->local.family};

    if (listener->local.port != to->port || listener->transport != NF_TRANSPORT_UDP)
        return FALSE;
    memcpy (any.address, zeros.address, sizeof any.address);
    if (nf_endpoint_same_address (&listener->local, &any))
        return listener->is_dual || listener->local.family == to->family;
    return nf_endpoint_same_address (&listener->local, to);
}

/* ---- why ---- */

static void
add_kernel_reason (NfText *t, const NfObstacles *before, const NfEndpoint *from,
                   const char *interface)
{
    NfObstacles now;

    nf_obstacles_read (&now);
    if (now.reverse_path > before->reverse_path) {
        nf_text_add_format (t,
                            "its filter of reverse paths dropped %" G_GUINT64_FORMAT
                            " packets since, as the way back to ",
                            now.reverse_path - before->reverse_path);
        nf_endpoint_text (t, from);
        nf_text_add_format (
            t,
            " does not lead over %s (ip route get; sysctl net.ipv4.conf.%s.rp_filter=2 "
            "lets them in)",
            interface, interface);
    } else if (now.checksum > before->checksum) {
        nf_text_add_format (
            t, "the kernel dropped %" G_GUINT64_FORMAT " datagrams since for a wrong UDP checksum",
            now.checksum - before->checksum);
    } else {
        nf_text_add (t,
                     "a firewall of this host takes them, most likely (nft list ruleset; iptables "
                     "-nvL), or a container has the port");
    }
}

void
nf_obstacle_text (NfText *t, const NfObstacles *before, const NfEndpoint *from,
                  const NfEndpoint *to, const char *interface, const NfListener *listeners, guint n)
{
    gboolean is_taken = FALSE;

    for (guint i = 0; i < n; i++)
        is_taken |= takes (&listeners[i], to);
    if (is_group (to)) {
        nf_text_add (t, "nobody joined the group: -l ");
        nf_endpoint_text_port (t, to);
        nf_text_add (t, " does");
    } else if (!is_local (to)) {
        nf_endpoint_text (t, to);
        nf_text_add (t, " is no address of this host, but perhaps of a container or another host");
    } else if (!is_taken) {
        nf_text_add_format (t, "nfpeek does not listen on that address (-l %u takes all)",
                            to->port);
    } else {
        add_kernel_reason (t, before, from, interface);
    }
}
