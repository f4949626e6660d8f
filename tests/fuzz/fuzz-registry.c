/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> a user's file of Information Elements (RFC 4180), loaded into a registry of a
 * few rows: as elements of IANA's, of an enterprise, and of NetFlow v9.
 */
#include "common/element.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What a row that was taken must keep to. */
static void
check_element (const NfElement *element, gpointer data)
{
    const NfRegistry *registry = data;
    NfSpace space;
    guint32 pen;
    guint16 id;

    g_assert_true (nf_registry_lookup (registry, (NfSpace)element->space, element->pen,
                                       element->id) == element);
    g_assert_true (nf_registry_find (registry, element->name) == element);
    g_assert_true (!element->netflow9 || nf_registry_find (registry, element->netflow9) == element);
    g_assert_false (nf_element_parse_number (element->name, &space, &pen, &id));
    g_assert_true (g_str_is_ascii (element->name));
    g_assert_true (g_utf8_validate (element->units, -1, NULL));
    g_assert_true (g_utf8_validate (element->semantics, -1, NULL));
    g_assert_cmpuint (element->type, <, NF_N_TYPES);
    g_assert_cmpuint (element->form, <, NF_N_FORMS);
    g_assert_cmpuint (element->range_min, <=, element->range_max);
}

/* What is said of a bad row begins with its place, and can be shown. */
static void
check_error (const GError *error, const char *path, const guint8 *data, gsize size)
{
    const char *at = error->message;
    guint64 line, n_lines = 1;
    char *end;

    g_assert_true (g_error_matches (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW));
    g_assert_true (g_utf8_validate (at, -1, NULL));
    g_assert_null (strchr (at, '\n'));
    g_assert_true (g_str_has_prefix (at, path));
    at += strlen (path);
    g_assert_cmpint (*at, ==, ':');
    line = g_ascii_strtoull (at + 1, &end, 10);
    g_assert_true (g_str_has_prefix (end, ": "));
    for (gsize i = 0; i < size; i++)
        n_lines += data[i] == '\n';
    g_assert_cmpuint (line, <=, n_lines);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    static const char *const paths[] = {"mine.csv", "pen-6871.csv", "netflow9.csv"};

    for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
        NfRegistry *registry = nf_registry_new ();
        g_autoptr (GError) error = NULL;
        gboolean good = nf_registry_load_text (registry, paths[i],
                                               size > 0 ? (const char *)data : "", size, &error);

        g_assert_true (good == (error == NULL));
        if (error)
            check_error (error, paths[i], data, size);
        nf_registry_foreach (registry, check_element, registry);
        nf_registry_unref (registry);
    }
    return 0;
}
