/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept under the Template IDs of a domain. Most have few: these take no hash table. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many stand in the map itself, and are looked for one by one. */
#define NF_ID_MAP_FEW 4

typedef struct {
    gpointer few[NF_ID_MAP_FEW];
    guint16 ids[NF_ID_MAP_FEW]; /* of those */
    guint n_few;
    GHashTable *many; /* id -> all the others; NULL: there are none */
} NfIdMap;

typedef struct {
    const NfIdMap *map;
    guint next; /* of the few */
    GHashTableIter many;
} NfIdMapIter;

/* What is kept under `id`, or NULL. */
static inline gpointer
nf_id_map_find (const NfIdMap *map, guint16 id)
{
    for (guint i = 0; i < map->n_few; i++)
        if (map->ids[i] == id)
            return map->few[i];
    return map->many ? g_hash_table_lookup (map->many, GUINT_TO_POINTER (id)) : NULL;
}

/* Keeps what is no NULL under an `id` under which nothing is. A map that is all zero is empty. */
G_GNUC_INTERNAL void nf_id_map_add (NfIdMap *map, guint16 id, gpointer value);

/* How many there are. */
guint nf_id_map_size (const NfIdMap *map);

/* Goes through them in no order: the next one, or NULL. */
void nf_id_map_iter_init (NfIdMapIter *iter, const NfIdMap *map);
gpointer nf_id_map_iter_next (NfIdMapIter *iter);

/* Calls `free_value` for each and empties the map. */
G_GNUC_INTERNAL void nf_id_map_clear (NfIdMap *map, GDestroyNotify free_value);

G_END_DECLS
