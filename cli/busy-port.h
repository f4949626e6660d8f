/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why a port cannot be listened on: another program has it. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* Appends who listens at an address, as far as the system tells, what waits there and was dropped,
 * and how it can be watched: "nfcapd (process 1234) listens there already, ...". An address of
 * zeros is any. */
void nf_busy_port_text (NfText *t, NfTransport transport, NfEndpoint wanted);

G_END_DECLS
