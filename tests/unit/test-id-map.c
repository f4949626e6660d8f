/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is kept under Template IDs (common/id-map.h). */
#include "id-map.h"

static guint n_freed;

static void
count_freed (gpointer value)
{
    (void)value;
    n_freed++;
}

/* All are found and gone through once, few or many. */
static void
test_all (gconstpointer data)
{
    guint n = GPOINTER_TO_UINT (data), n_seen = 0;
    gboolean *seen = g_new0 (gboolean, n + 1);
    NfIdMap map = {.n_few = 0};
    gpointer value;
    NfIdMapIter iter;

    for (guint i = 1; i <= n; i++) {
        g_assert_null (nf_id_map_find (&map, (guint16)(i * 7919)));
        nf_id_map_add (&map, (guint16)(i * 7919), GUINT_TO_POINTER (i));
    }
    g_assert_cmpuint (nf_id_map_size (&map), ==, n);
    for (guint i = 1; i <= n; i++)
        g_assert_cmpuint (GPOINTER_TO_UINT (nf_id_map_find (&map, (guint16)(i * 7919))), ==, i);
    nf_id_map_iter_init (&iter, &map);
    while ((value = nf_id_map_iter_next (&iter))) {
        g_assert_cmpuint (GPOINTER_TO_UINT (value), <=, n);
        g_assert_false (seen[GPOINTER_TO_UINT (value)]);
        seen[GPOINTER_TO_UINT (value)] = TRUE;
        n_seen++;
    }
    g_assert_cmpuint (n_seen, ==, n);
    n_freed = 0;
    nf_id_map_clear (&map, count_freed);
    g_assert_cmpuint (n_freed, ==, n);
    g_assert_cmpuint (nf_id_map_size (&map), ==, 0);
    g_assert_null (nf_id_map_find (&map, 7919));
    g_free (seen);
}

int
main (int argc, char **argv)
{
    static const guint sizes[] = {0, 1, NF_ID_MAP_FEW, NF_ID_MAP_FEW + 1, 1000, 65535};

    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
        g_autofree char *path = g_strdup_printf ("/id-map/%u", sizes[i]);

        g_test_add_data_func (path, GUINT_TO_POINTER (sizes[i]), test_all);
    }
    return g_test_run ();
}
