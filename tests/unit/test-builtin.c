/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables that registry.awk makes (common/builtin.h), against what the loader of users' files
 * makes of the same rows. */
#include "builtin.h"
#include "csv.h"
#include "element-private.h"

#include <string.h>

#define MAX_WANTED 4

/* A shipped file, read as a user's is. */
typedef struct {
    NfCsv csv;
    char *path, *text;
    guint n_wanted;
    const char *fields[MAX_WANTED];
} File;

static char *
shipped_path (const char *name)
{
    return g_build_filename (g_getenv ("NFPEEK_SOURCE"), "common", name, NULL);
}

static void
file_open (File *file, const char *name, const char *const *wanted, guint n_wanted, guint n_needed)
{
    g_autoptr (GError) error = NULL;

    *file = (File){.path = shipped_path (name), .n_wanted = n_wanted};
    g_file_get_contents (file->path, &file->text, NULL, &error);
    g_assert_no_error (error);
    nf_csv_begin (&file->csv, file->path, file->text, wanted, n_wanted, n_needed, &error);
    g_assert_no_error (error);
}

static gboolean
file_next (File *file)
{
    g_autoptr (GError) error = NULL;
    gboolean is_row = nf_csv_next (&file->csv, file->fields, file->n_wanted, &error);

    g_assert_no_error (error);
    return is_row;
}

static void
file_close (File *file)
{
    g_free (file->path);
    g_free (file->text);
}

static guint64
number (const char *text)
{
    guint64 value = 0;

    g_assert_true (nf_parse_uint (&text, G_MAXUINT64, &value));
    g_assert_cmpstr (text, ==, "");
    return value;
}

/* Loads the files of elements among those of the folder. */
static void
load_elements (NfRegistry *registry)
{
    g_autofree char *folder = shipped_path ("elements");
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir))) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_autoptr (GError) error = NULL;

        if (!g_str_has_suffix (name, ".csv") || strcmp (name, "enterprises.csv") == 0 ||
            strcmp (name, "common.csv") == 0)
            continue;
        nf_registry_load (registry, path, &error);
        g_assert_no_error (error);
    }
}

static void
collect (const NfElement *element, gpointer elements)
{
    g_ptr_array_add (elements, (gpointer)element);
}

/* Each row is replaced by one like it. */
static void
test_elements (void)
{
    g_autoptr (NfRegistry) registry = nf_registry_new ();
    g_autoptr (GPtrArray) builtin = g_ptr_array_new (), loaded = g_ptr_array_new ();

    nf_registry_foreach (registry, collect, builtin);
    load_elements (registry);
    nf_registry_foreach (registry, collect, loaded);
    g_assert_cmpuint (builtin->len, ==, nf_n_builtin_elements);
    g_assert_cmpuint (builtin->len, ==, loaded->len);
    for (guint i = 0; i < builtin->len; i++) {
        const NfElement *a = builtin->pdata[i], *b = loaded->pdata[i];

        if (a == b)
            g_error ("%s is in no file", a->name);
        g_assert_cmpstr (a->name, ==, b->name);
        g_assert_cmpstr (a->netflow9, ==, b->netflow9);
        g_assert_cmpuint (a->space, ==, b->space);
        g_assert_cmpuint (a->pen, ==, b->pen);
        g_assert_cmpuint (a->id, ==, b->id);
        g_assert_cmpuint (a->type, ==, b->type);
        g_assert_cmpuint (a->flags, ==, b->flags);
        g_assert_cmpuint (a->form, ==, b->form);
        g_assert_cmpstr (a->semantics, ==, b->semantics);
        g_assert_cmpstr (a->units, ==, b->units);
        g_assert_true (a->names == b->names);
        g_assert_cmpint (a->has_range, ==, b->has_range);
        g_assert_cmpuint (a->range_min, ==, b->range_min);
        g_assert_cmpuint (a->range_max, ==, b->range_max);
    }
}

/* A file of names of values, or of bits: rising, so that they can be searched by halves. */
static void
check_names (const NfRegistry *registry, const char *base)
{
    static const char *const wanted[] = {"name", "value", "mask"};
    g_autofree char *path = g_strconcat ("values/", base, NULL);
    g_autofree char *table = g_strndup (base, strlen (base) - strlen (".csv"));
    const NfNames *names = nf_registry_names (registry, table);
    guint64 least = 0, value;
    guint n = 0;
    File file;

    g_assert_nonnull (names);
    file_open (&file, path, wanted, G_N_ELEMENTS (wanted), 1);
    g_assert_cmpint (nf_names_are_bits (names), ==, (file.csv.present & 1u << 2) != 0);
    for (; file_next (&file); n++) {
        g_assert_cmpstr (nf_names_nth (names, n, &value), ==, file.fields[0]);
        g_assert_cmpuint (value, ==, number (file.fields[nf_names_are_bits (names) ? 2 : 1]));
        if (value < least)
            g_error ("%s:%u: not a number above the one before", path, file.csv.line);
        least = value + 1;
        g_assert_cmpstr (nf_names_value (names, value), ==,
                         nf_names_are_bits (names) ? NULL : file.fields[0]);
    }
    g_assert_null (nf_names_nth (names, n, &value));
    file_close (&file);
}

static void
test_names (void)
{
    g_autoptr (NfRegistry) registry = nf_registry_new ();
    g_autofree char *folder = shipped_path ("values");
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;
    guint n = 0;

    while ((name = g_dir_read_name (dir))) {
        if (!g_str_has_suffix (name, ".csv"))
            continue;
        check_names (registry, name);
        n++;
    }
    g_assert_cmpuint (n, ==, nf_n_builtin_names);
    g_assert_null (nf_registry_names (registry, "colours"));
    g_assert_null (nf_registry_names (registry, ""));
}

static void
test_enterprises (void)
{
    static const char *const wanted[] = {"pen", "key", "name", "netflow9"};
    g_autoptr (NfRegistry) registry = nf_registry_new ();
    const char *title = NULL;
    guint n = 0;
    File file;

    file_open (&file, "elements/enterprises.csv", wanted, G_N_ELEMENTS (wanted), 3);
    for (; file_next (&file); n++) {
        guint32 pen = (guint32)number (file.fields[0]);

        g_assert_cmpuint (n, <, nf_n_builtin_enterprises);
        g_assert_cmpstr (nf_registry_enterprise (registry, pen, &title), ==, file.fields[1]);
        g_assert_cmpstr (title, ==, file.fields[2]);
        g_assert_cmpuint (nf_builtin_enterprises[n].netflow9, ==,
                          *file.fields[3] ? number (file.fields[3]) : 0);
        for (const char *at = file.fields[1]; *at || at == file.fields[1]; at++)
            g_assert_true (at == file.fields[1] ? g_ascii_isalpha (*at)
                                                : g_ascii_isalnum (*at) || *at == '_');
    }
    g_assert_cmpuint (n, ==, nf_n_builtin_enterprises);
    file_close (&file);
}

/* Checks off what a word of common.csv means; returns how many elements that are. */
static guint
check_meaning (const NfRegistry *registry, const NfCommonName *common, guint i, const char *word)
{
    const NfCommonName *other = nf_registry_common (registry, word);

    g_assert_cmpuint (i + (other ? other->n_elements : 1), <=, common->n_elements);
    for (guint k = 0; other && k < other->n_elements; k++)
        g_assert_true (common->elements[i + k] == other->elements[k]);
    if (other)
        return other->n_elements;
    g_assert_true (common->elements[i] ==
                   nf_registry_lookup (registry, NF_SPACE_IPFIX, 0, (guint16)number (word)));
    return 1;
}

static void
test_commons (void)
{
    static const char *const wanted[] = {"name", "elements"};
    g_autoptr (NfRegistry) registry = nf_registry_new ();
    const NfCommonName *common;
    guint n = 0;
    File file;

    file_open (&file, "elements/common.csv", wanted, G_N_ELEMENTS (wanted), 2);
    for (; file_next (&file); n++) {
        g_auto (GStrv) words = g_strsplit (file.fields[1], " ", -1);
        guint i = 0;

        common = nf_registry_common_nth (registry, n);
        g_assert_nonnull (common);
        g_assert_cmpstr (common->name, ==, file.fields[0]);
        for (guint k = 0; words[k]; k++)
            i += check_meaning (registry, common, i, words[k]);
        g_assert_cmpuint (i, ==, common->n_elements);
    }
    g_assert_null (nf_registry_common_nth (registry, n));
    file_close (&file);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_assert_nonnull (g_getenv ("NFPEEK_SOURCE"));
    g_test_add_func ("/builtin/elements", test_elements);
    g_test_add_func ("/builtin/names", test_names);
    g_test_add_func ("/builtin/enterprises", test_enterprises);
    g_test_add_func ("/builtin/commons", test_commons);
    return g_test_run ();
}
