/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder for targets that read and write files (tests/fuzz/scratch.h). */
#include "scratch.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

static char *folder;

static void
remove_folder (void)
{
    GDir *dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name (dir))) {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
    }
    g_clear_pointer (&dir, g_dir_close);
    g_rmdir (folder);
    g_free (folder);
}

static void
say_nothing (const gchar *text)
{
    (void)text;
}

char *
scratch_path (const char *name)
{
    g_autoptr (GError) error = NULL;

    if (!folder) {
        folder = g_dir_make_tmp ("nfpeek-fuzz-XXXXXX", &error);
        g_assert_no_error (error);
        g_set_printerr_handler (say_nothing);
        atexit (remove_folder);
    }
    return g_build_filename (folder, name, NULL);
}

void
scratch_write (const char *path, const guint8 *octets, gsize size)
{
    FILE *file = fopen (path, "wb");

    g_assert_nonnull (file);
    g_assert_true (size == 0 || fwrite (octets, 1, size, file) == size);
    g_assert_cmpint (fclose (file), ==, 0);
}
