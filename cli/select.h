/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which datagrams are Messages to be decoded, and what the others are, for people.
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

/* The ports that exporters usually send to, `*n` of them. */
const guint16 *nf_select_usual_ports (guint *n);

/*
 * Whether the datagram counts as a Message: one to a port of -d; without -d one to a port that
 * exporters usually send to, or one that is plausibly a Message whatever its port. Of TCP and SCTP
 * all counts that the library hands out, without ports (hex, files of Messages) all that there is.
 */
gboolean nf_select_is_message (const NfOptions *options, const NfDatagram *datagram);

/* Whether fragments that never became a datagram would have been a Message: by their port. */
gboolean nf_select_is_lost_message (const NfOptions *options, const NfDatagram *datagram);

/* Whether --packets wants this one. */
gboolean nf_select_wants_packet (const NfOptions *options, const NfDatagram *datagram);

/* When it arrived or, where that is not known, was exported, in nanoseconds since 1970. FALSE where
 * neither is known. */
gboolean nf_select_time (const NfDatagram *datagram, gint64 *ns);

/* Whether --from and --to want this one. What has no time is wanted where any time will do. */
gboolean nf_select_wants_time (const NfOptions *options, const NfDatagram *datagram);

/* Whether --packets wants none behind `packet`. */
gboolean nf_select_is_past (const NfOptions *options, guint64 packet);

/* What a datagram that is no Message probably is: "DNS", "sFlow", or NULL. */
const char *nf_select_name_payload (const NfDatagram *datagram);

/* What went where that was no Message, to be told where there was none. */
typedef struct _NfCensus NfCensus;

NfCensus *nf_census_new (void);
void nf_census_free (NfCensus *census);

/* Counts an item that is no Message. */
void nf_census_add (NfCensus *census, const NfItem *item);

/* Appends "12 packets; UDP ports: 6343 (sFlow) 25, 53 (DNS) 4; TCP ports: 443 (HTTPS) 9". */
void nf_census_text (NfText *t, const NfCensus *census);

G_END_DECLS
