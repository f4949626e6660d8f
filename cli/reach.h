/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -i and -l together: whether what the wire carries reaches the sockets. A datagram that was seen
 * on the wire and not read from a socket soon afterwards was taken by something in between, and
 * the kernel's counters may tell by what.
 */
#pragma once

#include "listen.h"
#include "options.h"

G_BEGIN_DECLS

typedef struct _NfReach NfReach;

/* For what goes to these; all are borrowed. Unless -q forbids it is said at once, and once of each
 * exporter, that nothing arrives, and why, as far as that can be told; with --anonymize once of all
 * of them. Free with nf_reach_free().
 */
NfReach *nf_reach_new (const char *interface, const NfListener *listeners, guint n,
                       const NfOptions *options);
void nf_reach_free (NfReach *reach);

/* A datagram was seen on the wire, or read from a socket. */
void nf_reach_note_wire (NfReach *reach, const NfDatagram *datagram);
void nf_reach_note_socket (NfReach *reach, const NfDatagram *datagram);

/* So many did not reach a socket as nobody read it in time: not to be told. */
void nf_reach_excuse (NfReach *reach, guint64 n);

/* Takes the next one, to an address of this host, that did not reach a socket: its ends, its
 * length, its first octets, which are borrowed until the next call. FALSE where there is none yet.
 */
gboolean nf_reach_take (NfReach *reach, gint64 now_us, NfDatagram *datagram);

/* From which `read_us` on there may be one; G_MAXINT64: never. */
gint64 nf_reach_due_us (const NfReach *reach);

/* Says what became of all datagrams on the wire, exporter by exporter where these may be named. */
void nf_reach_say_all (const NfReach *reach);

G_END_DECLS
