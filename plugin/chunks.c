/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Holes in the numbers of DATA chunks. */
#include "chunks.h"

/* More than that is no hole: another association between the same ends. */
#define LARGEST_HOLE 32767

typedef struct {
    guint32 tsn;
    guint32 arrival; /* the how manieth of its association */
    NfpMemory *memory;
} Chunk;

struct _NfpAssociation {
    GArray *chunks;  /* of Chunk: in order of arrival until they are reviewed, then of number */
    GArray *unknown; /* of guint32: arrivals of what has no number */
    guint32 n_arrivals;
    guint reviewed; /* so many chunks are in order */
};

/* By Wireshark's number of the connection. */
static GHashTable *associations;

static void
association_free (gpointer association)
{
    g_array_unref (((NfpAssociation *)association)->chunks);
    g_array_unref (((NfpAssociation *)association)->unknown);
    g_free (association);
}

void
nfp_chunks_begin (void)
{
    associations = g_hash_table_new_full (NULL, NULL, NULL, association_free);
}

void
nfp_chunks_end (void)
{
    g_clear_pointer (&associations, g_hash_table_unref);
}

NfpChunk
nfp_chunk_of (tvbuff_t *payload)
{
    enum { DATA_CHUNK = 0, CHUNK_HEADER = 16, TSN = 4, STREAM = 8 };
    tvbuff_t *frame = tvb_get_ds_tvb (payload);
    gint start = (gint)tvb_raw_offset (payload) - CHUNK_HEADER;

    if (start < 0 || tvb_get_ntohs (frame, start) >> 8 != DATA_CHUNK ||
        tvb_get_ntohs (frame, start + 2) != (guint)tvb_reported_length (payload) + CHUNK_HEADER)
        return (NfpChunk){.is_known = FALSE};
    return (NfpChunk){.is_known = TRUE,
                      .tsn = tvb_get_ntohl (frame, start + TSN),
                      .stream = tvb_get_ntohs (frame, start + STREAM)};
}

static NfpAssociation *
ensure_association (guint32 connection)
{
    NfpAssociation *a = g_hash_table_lookup (associations, GUINT_TO_POINTER (connection));

    if (a)
        return a;
    a = g_new0 (NfpAssociation, 1);
    a->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
    a->unknown = g_array_new (FALSE, FALSE, sizeof (guint32));
    g_hash_table_insert (associations, GUINT_TO_POINTER (connection), a);
    return a;
}

void
nfp_chunks_note (NfpMemory *memory, guint32 connection, const NfpChunk *chunk)
{
    NfpAssociation *a = ensure_association (connection);
    Chunk noted = {chunk->tsn, a->n_arrivals, memory};

    memory->tsn = chunk->tsn;
    if (chunk->is_used)
        return;
    a->n_arrivals++;
    if (!chunk->is_known) {
        g_array_append_val (a->unknown, noted.arrival);
        return;
    }
    memory->association = a;
    g_array_append_val (a->chunks, noted);
}

static gint
compare_chunks (gconstpointer a, gconstpointer b)
{
    const Chunk *x = a, *y = b;
    gint32 apart = (gint32)(x->tsn - y->tsn); /* numbers wrap */

    return apart != 0 ? apart : x->arrival < y->arrival ? -1 : 1;
}

/* Whether something without a number came between two chunks, or at least not before or behind
 * both. */
static gboolean
is_unclear (const NfpAssociation *a, const Chunk *x, const Chunk *y)
{
    guint32 first = MIN (x->arrival, y->arrival), last = MAX (x->arrival, y->arrival);
    guint low = 0, high = a->unknown->len; /* they are in order */

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index (a->unknown, guint32, middle) <= first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->unknown->len && g_array_index (a->unknown, guint32, low) < last;
}

static void
review (NfpAssociation *a)
{
    g_array_sort (a->chunks, compare_chunks);
    for (guint i = 0; i < a->chunks->len; i++) {
        const Chunk *chunk = &g_array_index (a->chunks, Chunk, i);
        const Chunk *before = i > 0 ? chunk - 1 : chunk;
        guint32 missing = chunk->tsn - before->tsn;

        chunk->memory->chunks_missing =
            missing > 1 && missing <= LARGEST_HOLE && !is_unclear (a, before, chunk) ? missing - 1
                                                                                     : 0;
    }
    a->reviewed = a->chunks->len;
}

guint32
nfp_chunks_missing (const NfpMemory *memory)
{
    if (memory->association && memory->association->reviewed != memory->association->chunks->len)
        review (memory->association);
    return memory->chunks_missing;
}
