/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the start and the end of flows are encoded, where both are alike: for whoever looks at those
 * of many records. As counts of 64 bits, which may be subtracted and compared, they need not be
 * made into times as long as they are plainly right.
 */
#pragma once

#include "event.h"

G_BEGIN_DECLS

/* From how many seconds on a flow ends after its export: the header's time has whole seconds, cut
 * off, so the export was up to a second later; an end may be rounded up to whole seconds. Ends of
 * softflowd and others, in milliseconds, lie up to half a second behind the header's time; clocks
 * that go wrong are 5 s ahead and more. */
#define NF_FUTURE_S 2

/* Flows are exported at the latest when they have been active for so long: no exporter's longest
 * timeout for flows is above an hour by default. */
#define NF_PAST_S 3600

/* Longer than a flow lasts. */
#define NF_LONG_S (24 * 3600)

/* The octets of a number count modulo 2^64 behind a shift to the left. */
typedef struct {
    guint shift;
    guint64 per_second; /* 0: start and end differ, or are of another kind */
    gint64 ns;          /* of a whole count; 0: there are more counts than nanoseconds */
} NfClock;

/* The clock of the fields with the start and the end; they may be -1. */
G_GNUC_INTERNAL NfClock nf_clock_of (const NfBinding *binding, gint start, gint end);

/* The export time by that clock; 0 where the header does not tell. */
guint64 nf_clock_now (NfClock clock, const NfMessage *message);

/* Whether start and end are plainly right: set, and the export, the end and the start near each
 * other, in that order. */
static inline gboolean
nf_clock_is_right (NfClock clock, guint64 now, guint64 start, guint64 end)
{
    guint64 ago = now + NF_FUTURE_S * clock.per_second - end;

    return start != 0 && end != 0 && ago - 1 < (NF_FUTURE_S + NF_PAST_S) * clock.per_second &&
           end - start <= NF_LONG_S * clock.per_second;
}

G_END_DECLS
