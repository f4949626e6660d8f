/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folders among the files to be read. */
#include "folder.h"

#include "say.h"
#include "source.h"

/* Names of files that are no captures which are told; more are counted. */
#define MAX_NAMED 3

typedef struct {
    char *path; /* owned */
    gboolean has_time;
    gint64 first_ns; /* when its first packet arrived */
} Capture;

typedef struct {
    const NfOptions *options;
    GArray *captures; /* of Capture */
    GString *others;  /* names of what is no capture */
    guint n_others;
} Folder;

static void
clear_capture (gpointer data)
{
    g_free (((Capture *)data)->path);
}

/* By their first packets; captures without any come last, in the order of their names. */
static gint
compare_captures (gconstpointer a, gconstpointer b)
{
    const Capture *x = a, *y = b;

    if (x->has_time != y->has_time)
        return x->has_time ? -1 : 1;
    if (x->has_time && x->first_ns != y->first_ns)
        return x->first_ns < y->first_ns ? -1 : 1;
    return strcmp (x->path, y->path);
}

/* Finds out when its first packet arrived. One that cannot be read is left to be complained of when
 * its turn comes. */
static void
look_at_first_packet (NfInput *input, Capture *capture)
{
    NfSource *source = nf_input_open (input, NULL);
    NfItem item;

    if (!source)
        return;
    capture->has_time = source->next (source, &item, NULL) && item.datagram.has_time;
    capture->first_ns = capture->has_time ? item.datagram.time_ns : 0;
    source->free (source);
}

static void
note_other (Folder *folder, const char *name)
{
    if (folder->n_others++ < MAX_NAMED)
        g_string_append_printf (folder->others, "%s%s", folder->others->len > 0 ? ", " : "", name);
}

static void
look_at_file (Folder *folder, const char *path, const char *name)
{
    NfInput *input = nf_input_new_file (path, folder->options);
    g_autoptr (GError) error = NULL;
    gboolean is_capture = nf_input_is_capture (input, &error);
    Capture capture = {.has_time = FALSE};

    if (is_capture)
        look_at_first_packet (input, &capture);
    nf_input_free (input);
    if (is_capture || error) {
        capture.path = g_strdup (path);
        g_array_append_val (folder->captures, capture);
    } else {
        note_other (folder, name);
    }
}

static void
say_others (const Folder *folder, const char *path)
{
    if (folder->n_others == 0 || folder->options->quiet)
        return;
    if (folder->n_others > MAX_NAMED)
        g_string_append_printf (folder->others, " and %u more", folder->n_others - MAX_NAMED);
    nf_say (path, "left out, as no capture: %s", folder->others->str);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
    return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Reads a folder, but not what is in folders in it, nor hidden files. */
static gboolean
read_folder (Folder *folder, const char *path, GError **error)
{
    g_autoptr (GDir) dir = g_dir_open (path, 0, error);
    g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
    const char *name;

    if (!dir)
        return FALSE;
    while ((name = g_dir_read_name (dir)))
        g_ptr_array_add (names, g_strdup (name));
    g_ptr_array_sort (names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *file = g_build_filename (path, names->pdata[i], NULL);

        name = names->pdata[i];
        if (*name == '.' || g_file_test (file, G_FILE_TEST_IS_DIR))
            continue;
        if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
            look_at_file (folder, file, name);
        else /* a pipe, or a link to nothing */
            note_other (folder, name);
    }
    g_array_sort (folder->captures, compare_captures);
    say_others (folder, path);
    if (folder->captures->len > 0)
        return TRUE;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: there is no capture in this folder",
                 path);
    return FALSE;
}

/* Appends the captures of a folder to `files`. */
static gboolean
expand (const NfOptions *options, const char *path, GPtrArray *files, GError **error)
{
    Folder folder = {.options = options};
    gboolean good;

    folder.captures = g_array_new (FALSE, FALSE, sizeof (Capture));
    folder.others = g_string_new (NULL);
    g_array_set_clear_func (folder.captures, clear_capture);
    good = read_folder (&folder, path, error);
    for (guint i = 0; i < folder.captures->len; i++)
        g_ptr_array_add (files, g_strdup (g_array_index (folder.captures, Capture, i).path));
    g_array_unref (folder.captures);
    g_string_free (folder.others, TRUE);
    return good;
}

gboolean
nf_folders_expand (NfOptions *options, GError **error)
{
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < options->files->len; i++) {
        const char *path = options->files->pdata[i];

        if (strcmp (path, "-") == 0 || !g_file_test (path, G_FILE_TEST_IS_DIR))
            g_ptr_array_add (files, g_strdup (path));
        else if (!expand (options, path, files, error))
            return FALSE;
    }
    g_ptr_array_unref (options->files);
    options->files = g_steal_pointer (&files);
    return TRUE;
}
