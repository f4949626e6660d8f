/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks that flows are timed by. */
#include "clock.h"

#define NTP_SECOND (G_GUINT64_CONSTANT (1) << 32)

static NfClock
clock_of_field (const NfBoundField *bound)
{
    switch (bound->type) {
    case NF_TYPE_UNSIGNED32:
        if (bound->element->flags & NF_ELEMENT_UPTIME)
            return (NfClock){
                .shift = 32, .per_second = G_GUINT64_CONSTANT (1000) << 32, .ns = 1000000};
        break;
    case NF_TYPE_DATE_TIME_SECONDS:
        return (NfClock){.per_second = 1, .ns = 1000000000};
    case NF_TYPE_DATE_TIME_MILLISECONDS:
        return (NfClock){.per_second = 1000, .ns = 1000000};
    case NF_TYPE_DATE_TIME_MICROSECONDS:
    case NF_TYPE_DATE_TIME_NANOSECONDS:
        return (NfClock){.per_second = NTP_SECOND};
    default:
        break;
    }
    return (NfClock){.per_second = 0};
}

NfClock
nf_clock_of (const NfBinding *binding, gint start, gint end)
{
    NfClock of_start, of_end;

    if (start < 0 || end < 0)
        return (NfClock){.per_second = 0};
    of_start = clock_of_field (&binding->fields[start]);
    of_end = clock_of_field (&binding->fields[end]);
    return of_start.per_second == of_end.per_second ? of_start : (NfClock){.per_second = 0};
}

guint64
nf_clock_now (NfClock clock, const NfMessage *message)
{
    if (clock.shift > 0)
        return message->version <= 9 ? (guint64)message->sys_uptime_ms << clock.shift : 0;
    if (clock.per_second == NTP_SECOND)
        return (message->export_time_s + NF_NTP_EPOCH_TO_1970) << 32;
    return message->export_time_s * clock.per_second;
}
