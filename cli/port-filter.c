/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports, as a capture filter. */
#include "port-filter.h"

#include "select.h"

#include <pcap/pcap.h>

/*
 * Behind the first one fragments have no ports: those whose offset is not 0 (RFC 791 3.1), and of
 * IPv6 all that have a Fragment header, next header 44 (RFC 8200 4.5).
 */
#define FRAGMENTS "ip[6:2] & 0x1fff != 0 or ip6[6] = 44"

/* ICMP says that a destination is unreachable (RFC 792, RFC 4443 3.1): a collector, perhaps. */
#define REFUSALS "icmp[0] = 3 or (ip6[6] = 58 and ip6[40] = 1)"

/* Of more parts of -d than this the kernel gets the range they are in, and what is between them is
 * left out later: libpcap needs a second to compile 500 of them, and the kernel takes no programs
 * of any length. */
#define MAX_RANGES 64

static void
add_range (NfText *t, const NfRange *range)
{
    if (range->first == range->last)
        nf_text_add_format (t, "port %" G_GUINT64_FORMAT " or ", range->first);
    else
        nf_text_add_format (t, "portrange %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT " or ",
                            range->first, range->last);
}

static void
add_ranges (NfText *t, const GArray *ranges)
{
    NfRange all = {.first = G_MAXUINT64};

    for (guint i = 0; i < ranges->len; i++) {
        const NfRange *range = &g_array_index (ranges, NfRange, i);

        all.first = MIN (all.first, range->first);
        all.last = MAX (all.last, range->last);
        if (ranges->len <= MAX_RANGES)
            add_range (t, range);
    }
    if (ranges->len > MAX_RANGES)
        add_range (t, &all);
}

static void
add_ports (NfText *t, const GArray *ports)
{
    guint n;
    const guint16 *usual = nf_select_usual_ports (&n);

    add_ranges (t, ports);
    for (guint i = 0; ports->len == 0 && i < n; i++)
        nf_text_add_format (t, "port %u or ", usual[i]);
}

/*
 * Behind the word vlan all offsets count from its tag, to the end of the expression: each `vlan`
 * steps over one more. Linux' cooked frames, of all interfaces together, have no such word; the
 * kernel looks behind one tag by itself.
 */
void
nf_port_filter (NfText *t, const GArray *ports, int link_type)
{
    guint tags = link_type == DLT_EN10MB ? 2 : 0;

    for (guint i = 0; i <= tags; i++) {
        nf_text_add (t, i > 0 ? " or (vlan and (" : "");
        add_ports (t, ports);
        nf_text_add (t, FRAGMENTS " or " REFUSALS);
    }
    for (guint i = 0; i < tags; i++)
        nf_text_add (t, "))");
}
