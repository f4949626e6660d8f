/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The octets of a TCP connection in order, with holes, -> Messages (RFC 7011 10.4.3).
 *
 *      | Message | Message  - - hole - -  | Messa- -hole- - | Message |
 *        whole     cut       skipped up     cut; its Length   whole
 *                            to the next    says where the
 *                            plausible one  next one begins
 *
 * Add octets or a hole, then take until there is nothing more.
 */
#pragma once

#include "backlog.h"

G_BEGIN_DECLS

typedef enum {
    NF_FRAMER_BEGINS,   /* at the first octet of the connection */
    NF_FRAMER_JOINS,    /* at the first octet captured of a connection that is older */
    NF_FRAMER_FOLLOWS,  /* at the first octet of a Message */
    NF_FRAMER_SEARCHES, /* for a Message */
    NF_FRAMER_IGNORES   /* the connection: it is encrypted */
} NfFramerMode;

typedef struct {
    NfFramerMode mode;
    gboolean is_expected; /* what is no Message is to be handed out, too, at the beginning */
    gboolean is_late;     /* it joined, and no Message was found yet */
    NfBacklog backlog;
    gsize needed;     /* octets without which looking again is of no use */
    guint64 rest;     /* octets still to come of a Message that was cut, */
    gboolean is_told; /* which was handed out */
    guint64 hole;     /* octets that are missing behind the backlog */
    gboolean at_end;  /* nothing comes any more */
    guint64 missing;  /* since the last Message: as in NfGap */
    guint64 skipped;
    guint32 export_time_s; /* of the last Message, if of IPFIX; else 0 */
} NfFramer;

G_GNUC_INTERNAL void nf_framer_init (NfFramer *framer, NfFramerMode mode, gboolean is_expected);
G_GNUC_INTERNAL void nf_framer_clear (NfFramer *framer);

/* Adds octets that came in frame `packet` at `time_ns`, */
G_GNUC_INTERNAL void nf_framer_add (NfFramer *framer, NfReader octets, guint64 packet,
                                    gint64 time_ns);

/* ... or that so many are missing, or that it was all. */
G_GNUC_INTERNAL void nf_framer_add_hole (NfFramer *framer, guint64 length);
G_GNUC_INTERNAL void nf_framer_end (NfFramer *framer);

/* Takes the next Message: its octets, lengths, gap, packet, time and frames; borrowed until
 * something is added. `datagram` has the time by now. Returns FALSE where there is none yet. */
G_GNUC_INTERNAL gboolean nf_framer_take (NfFramer *framer, NfDatagram *datagram);

G_END_DECLS
