/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a Message came from and when, as text and as columns of a table. */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* Appends where a datagram was met: "packet 12", from its second Message on "packet 12 Message 2",
 * without packets "Message 2". */
void nf_origin_place (NfText *t, guint64 packet, guint message);

/* "UDP", "TCP", "SCTP"; "?" where it is not known. */
const char *nf_origin_transport (NfTransport transport);

/* Appends whose it is: "192.0.2.1:2055 NetFlow v9 domain 5". */
void nf_origin_domain (NfText *t, const NfDatagram *datagram, const NfMessage *message);

/* Appends the name of the input, safe for a terminal. */
void nf_origin_file (NfText *t, const char *file);

/* Whether there are several inputs, so that a packet's number alone is not enough. */
gboolean nf_origin_is_ambiguous (const NfOptions *options);

/* When it arrived. Only for a datagram that has a time. */
NfTime nf_origin_time (const NfDatagram *datagram);

/* When the Message at hand arrived or, where that is not known, was exported; nanoseconds since
 * 1970, as nf_origin_since_1970(). Only where it has a header. */
gint64 nf_origin_message_ns (const NfShow *show);

/* Nanoseconds since 1970; of what the wire says, which may be any time, at most some 292 years. */
gint64 nf_origin_since_1970 (NfTime time);

/* From the first to the last arrival. */
typedef struct {
    gboolean is_known; /* whether any datagram had a time */
    gint64 first_ns, last_ns;
} NfPeriod;

void nf_period_note (NfPeriod *period, const NfDatagram *datagram);

/* Appends " in 12.345 s from 2023-11-14T22:13:20.000Z", of a single Message " of ..."; nothing
 * where it is not known. */
void nf_origin_period (NfText *t, const NfPeriod *period, guint64 messages);

/* Columns of the datagram being shown: packet, with the input where there are several; time of
 * arrival or, where that is not known, of export; exporter. Those of variable width grow with what
 * they have to hold. */
void nf_origin_place_column (NfShow *show, guint *width);
void nf_origin_time_column (NfShow *show);
void nf_origin_exporter_column (NfText *t, const NfEndpoint *exporter, guint *width);

G_END_DECLS
