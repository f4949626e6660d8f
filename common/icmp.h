/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ICMP and ICMPv6 (RFC 792, RFC 4443): errors that say that a datagram did not reach whom it was
 * sent to, and which one it was. Private to the library and the plugin.
 */
#pragma once

#include "layer.h"

G_BEGIN_DECLS

/* Whether a message of this type and code, of IPv4 or IPv6 by `family` (4 or 6), says that what was
 * sent does not arrive where it was sent to. `*why` becomes the finding that it is if that was
 * export: its first argument is the port. That a packet is too large is another matter. */
G_GNUC_INTERNAL gboolean nf_icmp_refuses (guint8 family, guint type, guint code, NfFindingId *why);

/* The layers of ICMP and ICMPv6. */
G_GNUC_INTERNAL NfLayer nf_walk_icmp (NfWalk *w);
G_GNUC_INTERNAL NfLayer nf_walk_icmpv6 (NfWalk *w);

G_END_DECLS
