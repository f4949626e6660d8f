/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When datagrams are to be sent: as far apart as they arrived, or so many a second.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* Values of a rate besides datagrams a second. */
#define NF_RATE_ARRIVAL G_MAXUINT64 /* as they arrived */
#define NF_RATE_MAX     0           /* as fast as it can be done */

/* So many datagrams may be due at one moment, where a rate has them sent in bursts. */
#define NF_PACE_BURST 64

typedef struct {
    guint64 rate;
    guint64 n;       /* datagrams since `start_ns` */
    gint64 start_ns; /* CLOCK_MONOTONIC; of NF_RATE_ARRIVAL when the last one was due */
    gint64 last_ns;  /* when the last one arrived, since 1970; */
    gboolean has_last;
} NfPace;

/* Now, by CLOCK_MONOTONIC, in nanoseconds. */
gint64 nf_pace_now (void);

/*
 * When the next datagram is to be sent, by the same clock, `now_ns` being now; a time that is past
 * means at once. By arrival, gaps are kept; where the capture's clock goes back, and before what
 * has no time, there is none. Whoever is late catches up, unless it is too late: then all that
 * follows is as much later.
 */
gint64 nf_pace_next (NfPace *pace, const NfDatagram *datagram, gint64 now_ns);

/* Waits until then. Returns FALSE where a signal came (signals.h). */
gboolean nf_pace_wait (gint64 due_ns);

G_END_DECLS
