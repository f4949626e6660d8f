/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Connections of exporters: each is a Transport Session, whose octets become Messages by their
 * Length (RFC 7011 10.4).
 *
 *      nf_tcp_sessions_polled (sessions, polled)        then poll(), then for each that is ready
 *      nf_tcp_sessions_read (sessions, i)               what is there of it
 *      nf_tcp_sessions_take (sessions, &item)           until there is nothing more
 */
#pragma once

#include "listen.h"
#include "source.h"

#include <poll.h>

G_BEGIN_DECLS

/* Connections at once. With the sockets that are listened on they fit the 1024 open files that a
 * program commonly may have, and their halves of Messages 64 MiB. */
#define NF_TCP_SESSIONS 500

typedef struct _NfTcpSessions NfTcpSessions;

/* With `anonymize` no exporter is named in what is said of connections. Free with
 * nf_tcp_sessions_free(). */
NfTcpSessions *nf_tcp_sessions_new (gboolean anonymize);
void nf_tcp_sessions_free (NfTcpSessions *sessions);

/* Takes the connections that wait at a socket, which does not block; those beyond the limit are
 * refused. Returns FALSE where none can be taken now: ask again later. */
gboolean nf_tcp_sessions_accept (NfTcpSessions *sessions, const NfListener *listener);

/* Fills in what to wait for; room for NF_TCP_SESSIONS. Returns how many there are. Their numbers
 * are good until the next call. */
guint nf_tcp_sessions_polled (NfTcpSessions *sessions, struct pollfd *polled);

/* Reads once from a connection that is ready, without waiting. */
void nf_tcp_sessions_read (NfTcpSessions *sessions, guint i);

/* Takes the next Message of the connection read last, or NF_ITEM_ENDED where that has ended;
 * borrowed until the next read. FALSE: there is nothing more. */
gboolean nf_tcp_sessions_take (NfTcpSessions *sessions, NfItem *item);

G_END_DECLS
