/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Template IDs: a few in a row, further ones in a hash table. */
#include "id-map.h"

void
nf_id_map_add (NfIdMap *map, guint16 id, gpointer value)
{
    if (map->n_few < NF_ID_MAP_FEW) {
        map->ids[map->n_few] = id;
        map->few[map->n_few++] = value;
        return;
    }
    if (!map->many)
        map->many = g_hash_table_new (g_direct_hash, g_direct_equal);
    g_hash_table_insert (map->many, GUINT_TO_POINTER (id), value);
}

guint
nf_id_map_size (const NfIdMap *map)
{
    return map->n_few + (map->many ? g_hash_table_size (map->many) : 0);
}

void
nf_id_map_iter_init (NfIdMapIter *iter, const NfIdMap *map)
{
    iter->map = map;
    iter->next = 0;
    if (map->many)
        g_hash_table_iter_init (&iter->many, map->many);
}

gpointer
nf_id_map_iter_next (NfIdMapIter *iter)
{
    gpointer value = NULL;

    if (iter->next < iter->map->n_few)
        return iter->map->few[iter->next++];
    if (iter->map->many)
        g_hash_table_iter_next (&iter->many, NULL, &value);
    return value;
}

void
nf_id_map_clear (NfIdMap *map, GDestroyNotify free_value)
{
    NfIdMapIter iter;
    gpointer value;

    nf_id_map_iter_init (&iter, map);
    while ((value = nf_id_map_iter_next (&iter)))
        free_value (value);
    g_clear_pointer (&map->many, g_hash_table_unref);
    map->n_few = 0;
}
