/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams read many at once, into memory that is there already. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

typedef struct _NfUdpBatch NfUdpBatch;

/* Free with nf_udp_batch_free(). */
NfUdpBatch *nf_udp_batch_new (void);
void nf_udp_batch_free (NfUdpBatch *batch);

/* Reads what a socket has, some dozens of datagrams at most, without waiting; what was in the batch
 * is gone. Returns whether there was anything. */
gboolean nf_udp_batch_read (NfUdpBatch *batch, int fd);

/* Takes the next one: payload, ends, time of arrival. `local` is the socket's own address, for what
 * does not say where it was sent to. `dropped` becomes how many datagrams the kernel had dropped by
 * then for this socket, modulo 2^32. The octets are good until the next read. FALSE: there is none
 * left. */
gboolean nf_udp_batch_take (NfUdpBatch *batch, const NfEndpoint *local, NfDatagram *datagram,
                            guint32 *dropped);

G_END_DECLS
