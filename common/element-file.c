/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's own files of Information Elements. */
#include "element.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Octets of a user's file: thirty times all that is shipped. It keeps a device or a pipe without
 * end from filling the memory. */
#define MAX_FILE (4u << 20)

gboolean
nf_registry_load (NfRegistry *registry, const char *path, GError **error)
{
    g_return_val_if_fail (registry != NULL && path != NULL, FALSE);
    FILE *file = fopen (path, "rb");
    g_autofree char *text = file ? g_try_malloc (MAX_FILE + 1) : NULL;
    gsize length = text ? fread (text, 1, MAX_FILE + 1, file) : 0;
    int trouble = !file || (text && ferror (file)) ? errno : text ? 0 : ENOMEM;

    if (file)
        fclose (file);
    if (trouble) {
        g_set_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_FILE, "%s: %s", path,
                     g_strerror (trouble));
        return FALSE;
    }
    if (length > MAX_FILE) {
        g_set_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_FILE, "%s: over %u octets", path,
                     MAX_FILE);
        return FALSE;
    }
    return nf_registry_load_text (registry, path, text, length, error);
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The *.csv files of a folder by name; none where there is no such folder. */
static GPtrArray *
csv_files (const char *folder)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name (dir)))
        if (g_str_has_suffix (name, ".csv"))
            g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    g_ptr_array_sort (paths, by_name);
    return paths;
}

gboolean
nf_registry_load_user (NfRegistry *registry, GError **error)
{
    g_autofree char *folder =
        g_build_filename (g_get_user_config_dir (), "nfpeek", "elements", NULL);
    g_autoptr (GPtrArray) paths = csv_files (folder);

    for (guint i = 0; i < paths->len; i++)
        if (!nf_registry_load (registry, paths->pdata[i], error))
            return FALSE;
    return TRUE;
}
