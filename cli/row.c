/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows by exporter, version and Observation Domain. */
#include "row.h"

#include "hash.h"

static guint
row_hash (gconstpointer data)
{
    const NfRowKey *key = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash (&key->exporter));
    nf_hash_add (&hash, (guint64)key->version << 32 | key->domain);
    return nf_hash_end (&hash);
}

static gboolean
row_equal (gconstpointer a, gconstpointer b)
{
    const NfRowKey *x = a, *y = b;

    return x->domain == y->domain && x->version == y->version &&
           nf_endpoint_equal (&x->exporter, &y->exporter);
}

void
nf_rows_init (NfRows *rows, gsize size)
{
    g_return_if_fail (size >= sizeof (NfRow));
    *rows = (NfRows){.size = size};
    rows->told = g_hash_table_new_full (row_hash, row_equal, g_free, NULL);
    rows->others = g_malloc0 (size);
}

void
nf_rows_clear (NfRows *rows)
{
    g_hash_table_unref (rows->told);
    g_free (rows->others);
}

void
nf_rows_start (NfRows *rows)
{
    rows->current = NULL;
}

static NfRow *
find_row (NfRows *rows, const NfShow *show)
{
    const NfMessage *message = show->message ? show->message : show->whose;
    NfRowKey key = {.exporter = show->datagram->exporter,
                    .domain = message ? message->domain : 0,
                    .version = message ? message->version : 0};
    gpointer *place = nf_shortcut (&rows->shortcuts, &key.exporter, key.domain);
    NfRow *row = *place;

    if (row && row_equal (&row->key, &key))
        return row;
    row = g_hash_table_lookup (rows->told, &key);
    if (!row) {
        guint index = g_hash_table_size (rows->told);

        if (index >= NF_ROWS)
            return rows->others;
        row = g_malloc0 (rows->size);
        row->key = key;
        row->index = index;
        g_hash_table_add (rows->told, row);
    }
    *place = row;
    return row;
}

/* The row of the datagram at hand, which is known from its first event on. */
static NfRow *
row_of (NfRows *rows, const NfShow *show)
{
    if (!rows->current)
        rows->current = find_row (rows, show);
    return rows->current;
}

gpointer
nf_rows_event (NfRows *rows, const NfShow *show, const NfEvent *event)
{
    NfRow *row = row_of (rows, show);

    nf_tally_event (&row->tally, show, event);
    return row;
}

gpointer
nf_rows_end (NfRows *rows, const NfShow *show)
{
    NfRow *row = row_of (rows, show);

    nf_tally_end (&row->tally, show);
    return row;
}

GPtrArray *
nf_rows_sorted (const NfRows *rows, GCompareFunc compare)
{
    GPtrArray *sorted = g_ptr_array_new ();
    GHashTableIter iter;
    gpointer row;

    g_hash_table_iter_init (&iter, rows->told);
    while (g_hash_table_iter_next (&iter, &row, NULL))
        g_ptr_array_add (sorted, row);
    g_ptr_array_sort (sorted, compare);
    return sorted;
}

gint
nf_row_compare_messages (const NfRow *a, const NfRow *b)
{
    if (a->tally.messages != b->tally.messages)
        return a->tally.messages > b->tally.messages ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}
