/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registry as Wireshark's fields. What is made here is never freed, as Wireshark keeps pointers
 * to it until its end.
 */
#include "elements.h"

typedef struct {
    hf_register_info info;
    int number;
    const NfElement *element;
} Field;

static NfRegistry *elements_of;
static GHashTable *fields;  /* NfElement -> Field */
static GHashTable *strings; /* NfNames -> value_string or val64_string, ended by a row of zeros */
static GHashTable *octets;  /* NfForm -> value_string for each octet */
static GHashTable *units;   /* "octets" -> unit_name_string */
static int protocol_of;
static NfpCommon *commons;
static guint n_commons;

/* What Wireshark has for each type. */
static const struct {
    enum ftenum ft;
    NfpAdd add;
} kinds[NF_N_TYPES] = {
    [NF_TYPE_OCTET_ARRAY] = {FT_BYTES, NFP_ADD_OCTETS},
    [NF_TYPE_UNSIGNED8] = {FT_UINT8, NFP_ADD_UINT},
    [NF_TYPE_UNSIGNED16] = {FT_UINT16, NFP_ADD_UINT},
    [NF_TYPE_UNSIGNED32] = {FT_UINT32, NFP_ADD_UINT},
    [NF_TYPE_UNSIGNED64] = {FT_UINT64, NFP_ADD_UINT64},
    [NF_TYPE_SIGNED8] = {FT_INT8, NFP_ADD_INT},
    [NF_TYPE_SIGNED16] = {FT_INT16, NFP_ADD_INT},
    [NF_TYPE_SIGNED32] = {FT_INT32, NFP_ADD_INT},
    [NF_TYPE_SIGNED64] = {FT_INT64, NFP_ADD_INT64},
    [NF_TYPE_FLOAT32] = {FT_FLOAT, NFP_ADD_FLOAT},
    [NF_TYPE_FLOAT64] = {FT_DOUBLE, NFP_ADD_DOUBLE},
    [NF_TYPE_BOOLEAN] = {FT_BOOLEAN, NFP_ADD_BOOLEAN},
    [NF_TYPE_MAC_ADDRESS] = {FT_ETHER, NFP_ADD_ETHER},
    [NF_TYPE_STRING] = {FT_STRINGZPAD, NFP_ADD_STRING},
    [NF_TYPE_DATE_TIME_SECONDS] = {FT_ABSOLUTE_TIME, NFP_ADD_TIME},
    [NF_TYPE_DATE_TIME_MILLISECONDS] = {FT_ABSOLUTE_TIME, NFP_ADD_TIME},
    [NF_TYPE_DATE_TIME_MICROSECONDS] = {FT_ABSOLUTE_TIME, NFP_ADD_TIME},
    [NF_TYPE_DATE_TIME_NANOSECONDS] = {FT_ABSOLUTE_TIME, NFP_ADD_TIME},
    [NF_TYPE_IPV4_ADDRESS] = {FT_IPv4, NFP_ADD_IPV4},
    [NF_TYPE_IPV6_ADDRESS] = {FT_IPv6, NFP_ADD_IPV6},
    [NF_TYPE_BASIC_LIST] = {FT_BYTES, NFP_ADD_OCTETS},
    [NF_TYPE_SUB_TEMPLATE_LIST] = {FT_BYTES, NFP_ADD_OCTETS},
    [NF_TYPE_SUB_TEMPLATE_MULTI_LIST] = {FT_BYTES, NFP_ADD_OCTETS},
    [NF_TYPE_UNSIGNED256] = {FT_UINT64, NFP_ADD_UINT64},
};

NfpAdd
nfp_add_of_type (NfType type)
{
    return kinds[type].add;
}

static gboolean
is_number (NfpAdd add)
{
    return add >= NFP_ADD_UINT && add <= NFP_ADD_INT64;
}

/* Fills a table with up to `room` names; returns how many there are. */
static guint
fill_values (const NfNames *names, value_string *table, guint room)
{
    const char *name;
    guint64 value;
    guint n = 0;

    for (guint i = 0; (name = nf_names_nth (names, i, &value)) != NULL; i++) {
        if (value > G_MAXUINT32)
            continue;
        if (n < room)
            table[n] = (value_string){(guint32)value, name};
        n++;
    }
    return n;
}

static guint
fill_values64 (const NfNames *names, val64_string *table, guint room)
{
    const char *name;
    guint64 value;
    guint n = 0;

    for (; (name = nf_names_nth (names, n, &value)) != NULL; n++)
        if (n < room)
            table[n] = (val64_string){value, name};
    return n;
}

static void *
make_values (const NfNames *names, gboolean wide)
{
    guint n = wide ? fill_values64 (names, NULL, 0) : fill_values (names, NULL, 0);

    if (wide) {
        val64_string *table = g_new0 (val64_string, n + 1);

        fill_values64 (names, table, n);
        return table;
    }
    value_string *table = g_new0 (value_string, n + 1);

    fill_values (names, table, n);
    return table;
}

void
nfp_name_values (header_field_info *hf, const NfNames *names)
{
    gboolean wide = hf->type == FT_UINT64;
    gpointer key = (char *)names + wide; /* no two tables lie so close */
    void *table;

    if (!strings)
        strings = g_hash_table_new (g_direct_hash, g_direct_equal);
    table = g_hash_table_lookup (strings, key);
    if (!table) {
        table = make_values (names, wide);
        g_hash_table_insert (strings, key, table);
    }
    if (wide)
        hf->display |= BASE_VAL64_STRING;
    hf->strings = table;
}

/* Names for all values of an octet, which are put together from parts of it. */
static void
name_octets (header_field_info *hf, const NfElement *element)
{
    value_string *table = g_hash_table_lookup (octets, GUINT_TO_POINTER (element->form));
    NfText t = NF_TEXT_INIT;

    if (!table) {
        table = g_new0 (value_string, G_MAXUINT8 + 2);
        for (guint i = 0; i <= G_MAXUINT8; i++) {
            nf_text_truncate (&t, 0);
            nf_describe_octet_name (&t, element, (guint8)i);
            table[i] = (value_string){i, g_strdup (nf_text_string (&t))};
        }
        nf_text_clear (&t);
        g_hash_table_insert (octets, GUINT_TO_POINTER (element->form), table);
    }
    hf->strings = table;
}

/* What stands behind the number: " octets", " octet" where it is one. */
static void
name_units (header_field_info *hf, const char *unit)
{
    unit_name_string *names = g_hash_table_lookup (units, unit);

    if (!names) {
        NfText t = NF_TEXT_INIT;

        names = g_new0 (unit_name_string, 1);
        nf_describe_unit (&t, unit, FALSE);
        names->plural = g_strdup (nf_text_string (&t));
        nf_text_truncate (&t, 0);
        nf_describe_unit (&t, unit, TRUE);
        names->singular = g_strdup (nf_text_string (&t));
        nf_text_clear (&t);
        g_hash_table_insert (units, (gpointer)unit, names);
    }
    if (names->plural[0] == '\0')
        return;
    hf->display |= BASE_UNIT_STRING;
    hf->strings = names;
}

static int
display_of (const NfElement *element, NfpAdd add)
{
    if (add == NFP_ADD_TIME)
        return ABSOLUTE_TIME_UTC;
    if (!is_number (add))
        return BASE_NONE;
    return nf_describe_is_flags (element) || element->form == NF_FORM_HEXADECIMAL ? BASE_HEX
                                                                                  : BASE_DEC;
}

static char *
describe (const NfElement *element)
{
    const char *title = NULL, *type = nf_type_name ((NfType)element->type);

    if (element->space == NF_SPACE_SCOPE)
        return g_strdup_printf ("NetFlow v9 scope field type %u", element->id);
    if (element->space == NF_SPACE_NETFLOW9)
        return g_strdup_printf ("NetFlow v9 field type %u, %s", element->id, type);
    if (element->space == NF_SPACE_FIXED)
        return g_strdup_printf ("of NetFlow v6 to v8, %s", type);
    if (element->pen == 0)
        return g_strdup_printf ("IANA %u, %s", element->id, type);
    nf_registry_enterprise (elements_of, element->pen, &title);
    return g_strdup_printf ("%u/%u, %s%s%s", element->pen, element->id, type, title ? ", " : "",
                            title ? title : "");
}

/* The name in filters. A user's element may be called as something else of a Message is, or as a
 * common name: it is nfpeek.element.NAME then. */
static char *
filter_of (const NfElement *element)
{
    g_autofree char *name = g_strconcat ("nfpeek.", element->name, NULL);

    if (proto_registrar_get_byname (name) || nf_registry_common (elements_of, element->name))
        return g_strconcat ("nfpeek.element.", element->name, NULL);
    return g_steal_pointer (&name);
}

static void
add_element (const NfElement *element, gpointer array)
{
    NfpAdd add = nfp_add_of_type ((NfType)element->type);
    Field *field = g_new0 (Field, 1);
    header_field_info *hf = &field->info.hfinfo;

    field->element = element;
    field->info.p_id = &field->number;
    *hf = (header_field_info){element->name,
                              filter_of (element),
                              kinds[element->type].ft,
                              display_of (element, add),
                              NULL,
                              0,
                              describe (element),
                              HFILL};
    if (is_number (add) && nf_describe_has_names (element))
        nfp_name_values (hf, element->names);
    else if (is_number (add) && nf_describe_has_octet_names (element))
        name_octets (hf, element);
    else if (is_number (add) && hf->display == BASE_DEC)
        name_units (hf, element->units);
    g_hash_table_insert (fields, (gpointer)element, field);
    g_ptr_array_add (array, field);
}

/* ---- common names ---- */

/* How values of a common name are added: as the widest of its elements. */
static NfpAdd
common_add (const NfCommonName *common)
{
    NfpAdd add = nfp_add_of_type ((NfType)common->elements[0]->type);

    for (guint i = 1; i < common->n_elements && is_number (add); i++)
        add = MAX (add, nfp_add_of_type ((NfType)common->elements[i]->type));
    return add;
}

static void
register_common (int *number, const char *name, const char *six, enum ftenum type,
                 const NfNames *names)
{
    hf_register_info *info = g_new0 (hf_register_info, 1);
    gboolean is_uint = type == FT_UINT32 || type == FT_UINT64;

    *info =
        (hf_register_info){number,
                           {g_strconcat (name, six, NULL), g_strconcat ("nfpeek.", name, six, NULL),
                            type, is_uint ? BASE_DEC : BASE_NONE, NULL, 0,
                            "Whatever element the exporter has it in", HFILL}};
    if (names && type == FT_UINT32 && !nf_names_are_bits (names))
        nfp_name_values (&info->hfinfo, names);
    proto_register_field_array (protocol_of, info, 1);
}

static void
add_common (NfpCommon *c, const NfCommonName *common)
{
    const NfElement *first = common->elements[0];

    c->common = common;
    c->add = common_add (common);
    c->is_either = nf_flow_ends (common->name, c->ends);
    if (c->add == NFP_ADD_IPV4) {
        register_common (&c->field, common->name, "", FT_IPv4, NULL);
        register_common (&c->field6, common->name, "6", FT_IPv6, NULL);
    } else if (c->add == NFP_ADD_ETHER) {
        register_common (&c->field, common->name, "", FT_ETHER, NULL);
    } else {
        register_common (&c->field, common->name, "",
                         c->add == NFP_ADD_UINT64 ? FT_UINT64 : FT_UINT32, first->names);
    }
}

/* Wireshark calls it, once, when it meets a name that begins like one of ours and is not known. */
static void
register_commons (const char *name)
{
    (void)name;
    const NfCommonName *common;
    guint n = 0;

    while (nf_registry_common_nth (elements_of, n))
        n++;
    commons = g_new0 (NfpCommon, n);
    for (guint i = 0; i < n; i++) {
        common = nf_registry_common_nth (elements_of, i);
        if (strcmp (common->name, "start") != 0 && strcmp (common->name, "end") != 0)
            add_common (&commons[n_commons++], common);
    }
}

const NfpCommon *
nfp_commons (guint *n)
{
    *n = n_commons;
    return commons;
}

/* ---- all of them ---- */

void
nfp_elements_register (int protocol, NfRegistry *registry)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();

    protocol_of = protocol;
    elements_of = nf_registry_ref (registry);
    fields = g_hash_table_new (g_direct_hash, g_direct_equal);
    octets = g_hash_table_new (g_direct_hash, g_direct_equal);
    units = g_hash_table_new (g_str_hash, g_str_equal);
    nf_registry_foreach (registry, add_element, all);
    for (guint i = 0; i < all->len; i++)
        proto_register_field_array (protocol, &((Field *)all->pdata[i])->info, 1);
    proto_register_prefix ("nfpeek", register_commons);
}

void
nfp_elements_rename (gboolean netflow9)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, fields);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        Field *field = value;
        const NfElement *element = field->element;

        field->info.hfinfo.name = netflow9 && element->netflow9 ? element->netflow9 : element->name;
    }
}

int
nfp_element_field (const NfElement *element)
{
    const Field *field = element ? g_hash_table_lookup (fields, element) : NULL;

    return field ? field->number : 0;
}

guint64
nfp_element_most (const NfElement *element)
{
    NfType type = (NfType)element->type;

    if (display_of (element, nfp_add_of_type (type)) != BASE_HEX)
        return G_MAXUINT64;
    return type == NF_TYPE_UNSIGNED8    ? G_MAXUINT8
           : type == NF_TYPE_UNSIGNED16 ? G_MAXUINT16
                                        : G_MAXUINT64;
}
