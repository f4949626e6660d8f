/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sockets that -l asks for: addresses, groups, how much the kernel keeps for them. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* How many octets the kernel is asked to keep of what nobody has read yet: a second and more of
 * what a gigabit carries in export packets, for the time that a disk or a terminal stands still. */
#define NF_RECEIVE_BUFFER ((gsize)32 << 20)

typedef struct _NfListener {
    int fd;
    NfTransport transport;
    NfEndpoint local;
    gboolean is_dual; /* `local` is IPv6's wildcard and takes IPv4, too */
    gsize buffer;     /* octets that the kernel keeps */
} NfListener;

/* Opens what "[ADDR:]PORT" asks for: UDP or, with "tcp:" before it, TCP. Without an address it is
 * all of IPv4's and IPv6's; a group is joined, on the interface whose name follows after a %. Port
 * 0: the system chooses one. Returns FALSE and sets `error`, which explains a busy port. */
gboolean nf_listen (NfListener *listener, const char *text, GError **error);

/* Appends "UDP 127.0.0.1:2055". */
void nf_listener_text (NfText *t, const NfListener *listener);

/* The address as the kernel gives it, IPv4 within IPv6 as IPv4. `address` is a struct sockaddr. */
NfEndpoint nf_endpoint_of (gconstpointer address);

G_END_DECLS
