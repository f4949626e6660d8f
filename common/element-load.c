/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's files: from CSV rows to what element.c keeps. registry.awk reads the shipped ones
 * alike. */
#include "csv.h"
#include "element-private.h"

#include <string.h>

/* What some editors put before UTF-8; csv.c skips it. */
#define BYTE_ORDER_MARK 0xfeff

/* The columns of a file of elements, the needed ones first. */
enum { ID, NAME, TYPE, PEN, VENDOR, NETFLOW9, SEMANTICS, UNITS, RANGE, NAMES, FLAGS, N_COLUMNS };

#define N_NEEDED (TYPE + 1)

static const char *const columns[N_COLUMNS] = {
    [ID] = "id",         [NAME] = "name",         [TYPE] = "type",           [PEN] = "pen",
    [VENDOR] = "vendor", [NETFLOW9] = "netflow9", [SEMANTICS] = "semantics", [UNITS] = "units",
    [RANGE] = "range",   [NAMES] = "names",       [FLAGS] = "flags",
};

static const struct {
    const char *word;
    NfElementFlags flag;
} flag_words[] = {
    {"uptime", NF_ELEMENT_UPTIME},
    {"padding", NF_ELEMENT_PADDING},
    {"single", NF_ELEMENT_SINGLE},
    {"identity", NF_ELEMENT_IDENTITY},
};

/* A file of elements being read. */
typedef struct {
    NfRegistry *registry;
    NfCsv csv;
    const char *fields[N_COLUMNS];
    NfSpace space;
    guint32 pen;      /* of rows that do not say */
    GString *scratch; /* a name being put together */
} Loader;

static gboolean
bad (Loader *l, GError **error, int column, const char *what)
{
    return nf_csv_fail (&l->csv, error, "column %s: \"%s\" %s", columns[column], l->fields[column],
                        what);
}

/* A whole field as a number. */
static gboolean
parse_number (const char *text, guint64 max, guint64 *value)
{
    return nf_parse_uint (&text, max, value) && *text == '\0';
}

/* Names become JSON keys, filter fields and words of expressions. */
static gboolean
is_name (const char *text)
{
    if (!g_ascii_isalpha (*text))
        return FALSE;
    while (g_ascii_isalnum (*text) || *text == '_' || *text == '-')
        text++;
    return *text == '\0';
}

/* Makes "PREFIX.NAME" of a row's name. */
static const char *
qualify (Loader *l, const char *prefix, const char *name)
{
    g_string_assign (l->scratch, prefix);
    g_string_append_c (l->scratch, '.');
    g_string_append (l->scratch, name);
    return g_string_chunk_insert_len (l->registry->strings, l->scratch->str,
                                      (gssize)l->scratch->len);
}

/* The name of an enterprise's element, by its key or else its number. */
static const char *
qualify_by_pen (Loader *l, guint32 pen, const char *name)
{
    const char *key = nf_registry_enterprise (l->registry, pen, NULL);
    char number[16];

    if (!key)
        g_snprintf (number, sizeof number, "%u", pen);
    return qualify (l, key ? key : number, name);
}

/* What -T jsonl says of every record stands beside its elements, and no key may be there twice. */
static gboolean
is_reserved (const char *name)
{
    static const char *const keys[] = {"file",
                                       "packet",
                                       "message",
                                       "held",
                                       "time",
                                       "exporter",
                                       "port",
                                       "transport",
                                       "stream",
                                       "version",
                                       "domain",
                                       "sequence",
                                       "aggregation",
                                       "template",
                                       "export_time",
                                       "kind",
                                       "start",
                                       "end",
                                       "ingress_interface_name",
                                       "ingress_interface_description",
                                       "egress_interface_name",
                                       "egress_interface_description",
                                       "ingress_vrf_name",
                                       "egress_vrf_name",
                                       "application_name",
                                       "domain_name",
                                       "sampler_name",
                                       "sampling_rate",
                                       "sampling_source"};

    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        if (strcmp (keys[i], name) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
parse_id (Loader *l, NfElement *element, GError **error)
{
    guint64 id, pen, max = l->space == NF_SPACE_IPFIX ? NF_MAX_IPFIX_ID : G_MAXUINT16;

    if (!parse_number (l->fields[ID], max, &id))
        return nf_csv_fail (&l->csv, error, "column id: \"%s\" is no number from 0 to %u",
                            l->fields[ID], (guint)max);
    element->id = (guint16)id;
    element->pen = l->pen;
    element->space = (guint8)l->space;
    if (l->space != NF_SPACE_IPFIX || !(l->csv.present & 1u << PEN))
        return TRUE;
    if (!parse_number (l->fields[PEN], G_MAXUINT32, &pen))
        return bad (l, error, PEN, "is no enterprise number");
    element->pen = (guint32)pen;
    return TRUE;
}

/* Whether a user's element can be called so. */
static gboolean
check_name (Loader *l, const NfElement *element, int column, const char *name, GError **error)
{
    if (is_reserved (name))
        return bad (l, error, column, "is the name of what a record has beside its elements");
    if (nf_registry_name_taken (l->registry, element, name))
        return bad (l, error, column, "is the name of another element");
    return TRUE;
}

static gboolean
parse_name (Loader *l, NfElement *element, GError **error)
{
    const char *name = l->fields[NAME], *v9 = l->fields[NETFLOW9], *vendor = l->fields[VENDOR];

    if (*name == '\0')
        return nf_csv_fail (&l->csv, error, "column name: missing");
    if (!is_name (name))
        return bad (l, error, NAME, "is no name: letters, digits, _ and -, a letter first");
    if (*vendor && !is_name (vendor))
        return bad (l, error, VENDOR, "is no name");
    if (*v9 && !is_name (v9))
        return bad (l, error, NETFLOW9, "is no name");

    element->name = name;
    element->netflow9 = *v9 ? v9 : NULL;
    if (l->space == NF_SPACE_IPFIX && element->pen > 0)
        element->name = qualify_by_pen (l, element->pen, name);
    else if (l->space == NF_SPACE_NETFLOW9 && *vendor)
        element->name = qualify (l, vendor, name);

    return check_name (l, element, NAME, element->name, error) &&
           (!*v9 || check_name (l, element, NETFLOW9, v9, error));
}

/* "0-255" */
static gboolean
parse_range (Loader *l, NfElement *element, GError **error)
{
    const char *at = l->fields[RANGE];

    element->has_range = *at != '\0';
    if (element->has_range &&
        (!nf_parse_uint (&at, G_MAXUINT64, &element->range_min) || *at++ != '-' ||
         !parse_number (at, G_MAXUINT64, &element->range_max) ||
         element->range_min > element->range_max))
        return bad (l, error, RANGE, "is no range: LOWEST-HIGHEST");
    return TRUE;
}

static gboolean
is_word (const char *at, gsize length, const char *word)
{
    return strlen (word) == length && strncmp (word, at, length) == 0;
}

/* Takes one word of the flags. Returns FALSE where it is none that is known. */
static gboolean
take_flag (NfElement *element, const char *at, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS (flag_words); i++) {
        if (is_word (at, length, flag_words[i].word)) {
            element->flags |= (guint8)flag_words[i].flag;
            return TRUE;
        }
    }
    for (guint form = NF_FORM_PLAIN + 1; form < NF_N_FORMS; form++) {
        if (is_word (at, length, nf_form_name ((NfForm)form))) {
            element->form = (guint8)form;
            return TRUE;
        }
    }
    return FALSE;
}

/* Words separated by spaces. */
static gboolean
parse_flags (Loader *l, NfElement *element, GError **error)
{
    for (const char *at = l->fields[FLAGS]; *(at += strspn (at, " ")) != '\0';) {
        gsize length = strcspn (at, " ");

        if (!take_flag (element, at, length))
            return bad (l, error, FLAGS, "has a word that is no flag");
        at += length;
    }
    return TRUE;
}

/* The element that counts the other direction: "octetDeltaCount" is "reverseOctetDeltaCount"
 * there (RFC 5103 6.1), and an enterprise's name stays before it. */
static NfElement
reverse_of (Loader *l, const NfElement *element)
{
    const char *dot = strchr (element->name, '.');
    const char *name = dot ? dot + 1 : element->name;
    NfElement reverse = *element;

    g_string_truncate (l->scratch, 0);
    g_string_append_len (l->scratch, element->name, name - element->name);
    g_string_append (l->scratch, "reverse");
    g_string_append_c (l->scratch, g_ascii_toupper (*name));
    g_string_append (l->scratch, name + 1);
    reverse.name =
        g_string_chunk_insert_len (l->registry->strings, l->scratch->str, (gssize)l->scratch->len);
    reverse.netflow9 = NULL;
    if (element->pen == 0)
        reverse.pen = NF_REVERSE_PEN;
    else
        reverse.id |= NF_CERT_REVERSE;
    return reverse;
}

static gboolean
has_reverse (const NfElement *element)
{
    return element->space == NF_SPACE_IPFIX &&
           (element->pen == 0 || (element->pen == NF_CERT_PEN && !(element->id & NF_CERT_REVERSE)));
}

static gboolean
add_row (Loader *l, GError **error)
{
    NfElement element = {.semantics = l->fields[SEMANTICS], .units = l->fields[UNITS]};
    NfType type = nf_type_from_name (l->fields[TYPE]);
    const char *names = l->fields[NAMES];
    NfElement reverse;

    if (!parse_id (l, &element, error) || !parse_name (l, &element, error) ||
        !parse_range (l, &element, error) || !parse_flags (l, &element, error))
        return FALSE;
    if (type == NF_N_TYPES)
        return bad (l, error, TYPE, "is no type of RFC 7012 or RFC 6313");
    element.type = (guint8)type;
    if (*names && !(element.names = nf_registry_names (l->registry, names)))
        return bad (l, error, NAMES, "is no table of names");
    if (has_reverse (&element)) {
        reverse = reverse_of (l, &element);
        if (nf_registry_name_taken (l->registry, &reverse, reverse.name))
            return bad (l, error, NAME, "has a reverse with the name of another element");
    }
    nf_registry_add (l->registry, &element);
    if (has_reverse (&element))
        nf_registry_add (l->registry, &reverse);
    return TRUE;
}

/* The rows' space and enterprise, as far as the file's name tells. */
static void
place_of_file (Loader *l, const char *path)
{
    g_autofree char *base = g_path_get_basename (path);
    const char *at = base;
    guint64 pen;

    if (strcmp (base, "netflow9.csv") == 0)
        l->space = NF_SPACE_NETFLOW9;
    else if (strcmp (base, "scope.csv") == 0)
        l->space = NF_SPACE_SCOPE;
    else if (strcmp (base, "fixed.csv") == 0)
        l->space = NF_SPACE_FIXED;
    else if (g_str_has_prefix (at, "pen-") && (at += strlen ("pen-")) &&
             nf_parse_uint (&at, G_MAXUINT32, &pen) && strcmp (at, ".csv") == 0)
        l->pen = (guint32)pen;
}

static gboolean
load_rows (NfRegistry *registry, const char *path, char *text, GError **error)
{
    g_autoptr (GString) scratch = g_string_sized_new (2 * NF_CSV_MAX_FIELD);
    Loader l = {.registry = registry, .scratch = scratch};
    GError *trouble = NULL;

    place_of_file (&l, path);
    if (!nf_csv_begin (&l.csv, path, text, columns, N_COLUMNS, N_NEEDED, error))
        return FALSE;
    while (nf_csv_next (&l.csv, l.fields, N_COLUMNS, &trouble) && add_row (&l, &trouble))
        ;
    if (trouble)
        g_propagate_error (error, trouble);
    return trouble == NULL;
}

/* Keeps a copy of the text, as the rows will point into it. */
static char *
keep_text (NfRegistry *registry, const char *text, gsize length)
{
    char *copy = g_malloc (length + 1);

    memcpy (copy, text, length);
    copy[length] = '\0';
    g_ptr_array_add (registry->texts, copy);
    return copy;
}

/* Where in a user's file something stands that must not be shown as it is: an octet that is not
 * UTF-8, or a character that would not be seen and could talk to a terminal. NULL: nowhere. */
static const char *
find_unclean (const char *text, gsize length)
{
    const char *at = text, *end;

    g_utf8_validate (text, (gssize)length, &end);
    if (end > at && g_utf8_get_char (at) == BYTE_ORDER_MARK)
        at = g_utf8_next_char (at);
    for (; at < end; at = g_utf8_next_char (at))
        if (!g_unichar_isprint (g_utf8_get_char (at)) && *at != '\n' && *at != '\r')
            return at;
    return end < text + length ? end : NULL;
}

gboolean
nf_registry_load_text (NfRegistry *registry, const char *path, const char *text, gsize length,
                       GError **error)
{
    g_return_val_if_fail (registry != NULL && path != NULL && text != NULL, FALSE);
    const char *unclean = find_unclean (text, length);

    if (unclean) {
        NfCsv csv = {.path = path, .line = 1};

        for (const char *at = text; at < unclean; at++)
            csv.line += *at == '\n';
        return nf_csv_fail (&csv, error, "a character that does not print, or not UTF-8");
    }
    return load_rows (registry, path, keep_text (registry, text, length), error);
}
