/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may lie between the wire and a socket of this host: where a datagram is addressed to, and
 * what the kernel counted in /proc/net. */
#pragma once

#include "listen.h"

G_BEGIN_DECLS

/* Packets that the kernel dropped, for different reasons; since it started. */
typedef struct {
    guint64 reverse_path; /* the way back leads elsewhere */
    guint64 checksum;     /* UDP's is wrong */
} NfObstacles;

void nf_obstacles_read (NfObstacles *obstacles);

/* Whether what is sent to the address is meant for this host: one of its own, or a group. */
gboolean nf_obstacle_is_ours (const NfEndpoint *to);

/* Appends why what is seen on the interface, from one end to the other, does not reach the
 * listeners, as far as it can be told; `before` is what the kernel had counted before it came. */
void nf_obstacle_text (NfText *t, const NfObstacles *before, const NfEndpoint *from,
                       const NfEndpoint *to, const char *interface, const NfListener *listeners,
                       guint n);

G_END_DECLS
