/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of common/elements as what a generator can choose from. Only the columns id, name and
 * type are read. */
#include "generate.h"

#include <stdlib.h>
#include <string.h>

#define REVERSE_PEN                   29305 /* RFC 5103 6.1 */
#define INFORMATION_ELEMENT_DATA_TYPE 339

static const char *const type_names[N_TYPES] = {
    [OCTET_ARRAY] = "octetArray",
    [UNSIGNED8] = "unsigned8",
    [UNSIGNED16] = "unsigned16",
    [UNSIGNED32] = "unsigned32",
    [UNSIGNED64] = "unsigned64",
    [UNSIGNED256] = "unsigned256",
    [SIGNED8] = "signed8",
    [SIGNED16] = "signed16",
    [SIGNED32] = "signed32",
    [SIGNED64] = "signed64",
    [FLOAT32] = "float32",
    [FLOAT64] = "float64",
    [BOOLEAN] = "boolean",
    [MAC_ADDRESS] = "macAddress",
    [STRING] = "string",
    [DATE_TIME_SECONDS] = "dateTimeSeconds",
    [DATE_TIME_MILLISECONDS] = "dateTimeMilliseconds",
    [DATE_TIME_MICROSECONDS] = "dateTimeMicroseconds",
    [DATE_TIME_NANOSECONDS] = "dateTimeNanoseconds",
    [IPV4_ADDRESS] = "ipv4Address",
    [IPV6_ADDRESS] = "ipv6Address",
    [BASIC_LIST] = "basicList",
    [SUB_TEMPLATE_LIST] = "subTemplateList",
    [SUB_TEMPLATE_MULTI_LIST] = "subTemplateMultiList",
};

/* One of the tables: cells by the names of their columns. */
typedef struct {
    GPtrArray *rows; /* of char ** */
    char **columns;
} Table;

static void
table_read (Table *table, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents (path, &text, NULL, NULL)) {
        fprintf (stderr, "generate: cannot read %s\n", path);
        exit (2);
    }
    lines = g_strsplit (text, "\n", -1);
    *table = (Table){.rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev)};
    for (guint i = 0; lines[i]; i++) {
        if (*lines[i] == '#' || *lines[i] == '\0')
            continue;
        if (!table->columns)
            table->columns = g_strsplit (lines[i], ",", -1);
        else
            g_ptr_array_add (table->rows, g_strsplit (lines[i], ",", -1));
    }
}

static void
table_clear (Table *table)
{
    g_ptr_array_unref (table->rows);
    g_strfreev (table->columns);
}

/* The cell of a row; "" where it ends before. */
static const char *
cell (const Table *table, guint row, const char *column)
{
    char **cells = g_ptr_array_index (table->rows, row);

    for (guint i = 0; table->columns[i] && cells[i]; i++)
        if (strcmp (table->columns[i], column) == 0)
            return cells[i];
    return "";
}

static Type
type_of (const char *name)
{
    guint type = 0;

    while (type < N_TYPES && strcmp (type_names[type], name) != 0)
        type++;
    return (Type)type;
}

static void
element_free (gpointer data)
{
    g_free (((Element *)data)->name);
    g_free (data);
}

/* Takes the name. An element whose number is taken is not met. */
static void
add (Elements *elements, guint32 pen, guint id, Type type, char *name)
{
    Element *element = g_new (Element, 1);

    *element = (Element){.pen = pen, .id = (guint16)id, .type = type, .name = name};
    if (type == N_TYPES || id == 0 || id > G_MAXUINT16 ||
        !g_hash_table_add (elements->taken, g_strdup_printf ("%u/%u", pen, id)) ||
        (pen == 0 && id == INFORMATION_ELEMENT_DATA_TYPE)) { /* it changes what others are */
        g_free (name);
        g_free (element);
        return;
    }
    g_ptr_array_add (elements->by_type[type], element);
}

static char *
reverse_name (const char *name)
{
    return g_strdup_printf ("reverse%c%s", g_ascii_toupper (*name), name + 1);
}

static void
add_iana (Elements *elements, const char *folder, guint version)
{
    Table table;

    table_read (&table, folder, "iana.csv");
    for (guint i = 0; i < table.rows->len; i++) {
        const char *name = cell (&table, i, "name");
        guint id = (guint)atoi (cell (&table, i, "id"));
        Type type = type_of (cell (&table, i, "type"));

        add (elements, 0, id, type, g_strdup (name));
        if (version == 10)
            add (elements, REVERSE_PEN, id, type, reverse_name (name));
    }
    table_clear (&table);
}

/* Ids that only NetFlow v9 has. */
static void
add_netflow9 (Elements *elements, const char *folder)
{
    Table table;

    table_read (&table, folder, "netflow9.csv");
    for (guint i = 0; i < table.rows->len; i++) {
        const char *vendor = cell (&table, i, "vendor");

        add (elements, 0, (guint)atoi (cell (&table, i, "id")), type_of (cell (&table, i, "type")),
             g_strconcat (vendor, *vendor ? "." : "", cell (&table, i, "name"), NULL));
    }
    table_clear (&table);
}

/* An enterprise's, in IPFIX with its number, in NetFlow v9 with `moved` added to their ids. */
static void
add_enterprise (Elements *elements, const char *folder, const char *pen, const char *key,
                guint moved)
{
    g_autofree char *file = g_strdup_printf ("pen-%s.csv", pen);
    g_autofree char *path = g_build_filename (folder, file, NULL);
    Table table;

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return;
    table_read (&table, folder, file);
    for (guint i = 0; i < table.rows->len; i++)
        add (elements, moved > 0 ? 0 : (guint32)strtoul (pen, NULL, 10),
             (guint)atoi (cell (&table, i, "id")) + moved, type_of (cell (&table, i, "type")),
             g_strdup_printf ("%s.%s", key, cell (&table, i, "name")));
    table_clear (&table);
}

static void
add_enterprises (Elements *elements, const char *folder, guint version)
{
    Table table;

    table_read (&table, folder, "enterprises.csv");
    for (guint i = 0; i < table.rows->len; i++) {
        guint moved = version == 9 ? (guint)atoi (cell (&table, i, "netflow9")) : 0;

        if (version == 10 || moved > 0)
            add_enterprise (elements, folder, cell (&table, i, "pen"), cell (&table, i, "key"),
                            moved);
    }
    table_clear (&table);
}

Elements *
elements_read (const char *folder, guint version)
{
    Elements *elements = g_new0 (Elements, 1);

    elements->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < N_TYPES; i++)
        elements->by_type[i] = g_ptr_array_new_with_free_func (element_free);
    if (version == 9)
        add_netflow9 (elements, folder);
    add_iana (elements, folder, version);
    add_enterprises (elements, folder, version);
    return elements;
}

void
elements_free (Elements *elements)
{
    for (guint i = 0; i < N_TYPES; i++)
        g_ptr_array_unref (elements->by_type[i]);
    g_hash_table_unref (elements->taken);
    g_free (elements);
}
