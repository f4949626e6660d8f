/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --send: datagrams, sent again to a collector.
 *
 * Of each exporter of the capture (address and port) they come from a socket, and so a port, of
 * its own: by addresses and ports a collector tells Transport Sessions over UDP apart (RFC 7011).
 * The address is this host's.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

typedef struct _NfSender NfSender;

/* Sends to "ADDR:PORT", `rate` datagrams a second (or as pace.h says); `quiet`: without remarks on
 * how it went. Returns NULL and sets `error` where that is no address, or there is no way to it.
 * End it with nf_sender_close(). */
NfSender *nf_sender_new (const char *to, guint64 rate, gboolean quiet, GError **error);

/*
 * Sends a datagram when its time has come, and waits until then. What is not whole, no Message of a
 * stream or a file, or larger than UDP carries is counted instead; as a rule, it goes out only with
 * the next call. Returns FALSE and sets `error` where it cannot be sent. Once a signal came
 * (signals.h) nothing more is sent.
 */
gboolean nf_sender_add (NfSender *sender, const NfDatagram *datagram, GError **error);

/* Counts a datagram whose fragments did not all come. */
void nf_sender_add_lost (NfSender *sender);

/* Sends what was added. Returns FALSE and sets `error` where it cannot be sent. */
gboolean nf_sender_flush (NfSender *sender, GError **error);

/* Sends what was added, says how much was sent, and frees the sender. Returns FALSE where nothing
 * was, where something could not be, or where nobody listened; that has been said. */
gboolean nf_sender_close (NfSender *sender);

G_END_DECLS
