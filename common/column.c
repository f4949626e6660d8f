/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Columns of numbers. What is the same for all of them is not asked for each. */
#include "column.h"

static inline void
read_all (NfColumn column, gsize length, guint n, guint64 *numbers)
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
nf_column_read (const NfColumn *column, guint n, guint64 *numbers)
{
    switch (column->length) {
    case 1:
        read_all (*column, 1, n, numbers);
        return;
    case 2:
        read_all (*column, 2, n, numbers);
        return;
    case 4:
        read_all (*column, 4, n, numbers);
        return;
    case 8:
        read_all (*column, 8, n, numbers);
        return;
    default:
        read_all (*column, column->length, n, numbers);
    }
}
