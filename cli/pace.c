/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks and waits of what is sent. */
#include "pace.h"

#include "signals.h"

#include <poll.h>
#include <time.h>

#define SECOND_NS      ((gint64)1000000000)
#define MILLISECOND_NS ((gint64)1000000)

/* Bursts a second: timers are exact to some 50 microseconds, which is a tenth of what lies between
 * two bursts, and few enough datagrams come at once for any socket's buffer. */
#define BURSTS 2000

/* What is caught up with. After a longer pause (a stopped process, a slow disk) everything at once
 * would flood the collector. */
#define MAX_LATE (50 * MILLISECOND_NS)

/* Waits that are longer are left to poll(), which a signal ends however short before it comes. */
#define LONG_WAIT (20 * MILLISECOND_NS)

gint64
nf_pace_now (void)
{
    struct timespec now;

    clock_gettime (CLOCK_MONOTONIC, &now);
    return (gint64)now.tv_sec * SECOND_NS + now.tv_nsec;
}

/* By arrival: so long after the last one. */
static gint64
next_by_arrival (NfPace *pace, const NfDatagram *datagram)
{
    gint64 gap = 0;

    if (datagram->has_time) {
        if (pace->has_last && datagram->time_ns > pace->last_ns)
            gap = datagram->time_ns - pace->last_ns;
        pace->last_ns = datagram->time_ns;
        pace->has_last = TRUE;
    }
    gap = MIN (gap, G_MAXINT64 - pace->start_ns);
    return pace->start_ns += gap;
}

/* By rate: the first of a burst says when all of it is due. */
static gint64
next_by_rate (const NfPace *pace)
{
    guint64 burst = CLAMP (pace->rate / BURSTS, 1, NF_PACE_BURST);
    guint64 first = pace->n - pace->n % burst;

    return pace->start_ns + (gint64)(first / pace->rate) * SECOND_NS +
           (gint64)(first % pace->rate * (guint64)SECOND_NS / pace->rate);
}

gint64
nf_pace_next (NfPace *pace, const NfDatagram *datagram, gint64 now_ns)
{
    gint64 due, late;

    if (pace->rate == NF_RATE_MAX)
        return now_ns;
    if (pace->n == 0)
        pace->start_ns = now_ns;
    due = pace->rate == NF_RATE_ARRIVAL ? next_by_arrival (pace, datagram) : next_by_rate (pace);
    pace->n++;
    late = now_ns - due;
    if (late > MAX_LATE) {
        pace->start_ns += late;
        due = now_ns;
    }
    return due;
}

gboolean
nf_pace_wait (gint64 due_ns)
{
    for (;;) {
        gint64 left = due_ns - nf_pace_now ();

        if (nf_signals_stopped ())
            return FALSE;
        if (left <= 0)
            return TRUE;
        if (left > LONG_WAIT) {
            struct pollfd wake = {.fd = nf_signals_fd (), .events = POLLIN};

            if (poll (&wake, 1, (int)MIN ((left - LONG_WAIT / 2) / MILLISECOND_NS, 60000)) > 0)
                nf_signals_settle ();
        } else {
            struct timespec due = {.tv_sec = due_ns / SECOND_NS, .tv_nsec = due_ns % SECOND_NS};

            clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
        }
    }
}
