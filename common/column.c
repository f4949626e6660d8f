/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A number of many records at once. What is the same for all of them is not asked for each. */
#include "event.h"

/* Unsigned integers of one length: at equal distances, or wherever they are. */
typedef struct {
    const guint8 *at;     /* the first one, or what the places' offsets count from */
    gsize stride;         /* octets from one to the next, or places */
    const NfSpan *places; /* where the first one begins; NULL: at equal distances */
} Column;

static Column
column_of (const NfEvent *event, const guint8 *octets, guint i)
{
    const NfTemplate *tmpl = event->binding->tmpl;

    if (!event->records)
        return (Column){.at = nf_span_octets (octets, nf_event_field (event, i)),
                        .stride = event->span.length};
    if (i < tmpl->n_fixed)
        return (Column){.at = octets + tmpl->offsets[i], .stride = 1, .places = event->records};
    return (Column){.at = octets, .stride = tmpl->n_fields, .places = event->fields + i};
}

static inline void
read_all (Column column, gsize length, guint n, guint64 *numbers)
{
    if (column.places) {
        for (guint i = 0; i < n; i++, column.places += column.stride)
            numbers[i] = nf_octets_uint (nf_span_octets (column.at, *column.places), length);
        return;
    }
    for (guint i = 0; i < n; i++, column.at += column.stride)
        numbers[i] = nf_octets_uint (column.at, length);
}

void
nf_event_numbers (const NfEvent *event, const guint8 *octets, guint i,
                  guint64 numbers[NF_MOST_AT_ONCE])
{
    Column column = column_of (event, octets, i);
    gsize length = event->binding->tmpl->fields[i].length;
    guint n = event->count;

    switch (length) {
    case 1:
        read_all (column, 1, n, numbers);
        return;
    case 2:
        read_all (column, 2, n, numbers);
        return;
    case 4:
        read_all (column, 4, n, numbers);
        return;
    case 8:
        read_all (column, 8, n, numbers);
        return;
    default:
        read_all (column, length, n, numbers);
    }
}
