/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where datagrams go besides the view: into a capture (-w), to a collector (--send). */
#pragma once

#include "send.h"
#include "writer.h"

G_BEGIN_DECLS

typedef struct {
    NfWriter *writer; /* or NULL */
    NfSender *sender; /* or NULL */
} NfCopies;

/* Opens those that the options ask for. Returns FALSE and sets `error` where one cannot be. End
 * them with nf_copies_close() in any case. */
gboolean nf_copies_open (NfCopies *copies, const NfOptions *options, GError **error);

/* Writes and sends a datagram: `item`, if it is one whose fragments did not all come, or of which
 * ICMP says that it did not arrive. With `live` it goes out before this returns. Returns FALSE and
 * sets `error` where that fails. */
gboolean nf_copies_add (NfCopies *copies, const NfDatagram *datagram, const NfItem *item,
                        gboolean live, GError **error);

/* Ends them. Returns FALSE where not all could be done; that has been said. */
gboolean nf_copies_close (NfCopies *copies);

G_END_DECLS
