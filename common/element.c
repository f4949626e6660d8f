/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The registry of Information Elements: types, look-ups, and how rows are kept. */
#include "builtin.h"
#include "element-private.h"

#include <string.h>

G_DEFINE_QUARK (nf - registry - error - quark, nf_registry_error)

/* Elements of a block: few calls of malloc, and little left over in the last one. */
#define BLOCK_ELEMENTS 256

/* Which lengths a type allows (RFC 7011 6.1, 6.2). */
typedef enum {
    EXACTLY, /* its own only */
    AT_MOST, /* any from 1 up to its own */
    FLOAT64, /* its own, or float32's */
    ANY      /* all, none and variable included */
} Lengths;

static const struct {
    const char *name;
    guint8 octets;
    Lengths lengths;
} types[NF_N_TYPES] = {
    [NF_TYPE_OCTET_ARRAY] = {"octetArray", 0, ANY},
    [NF_TYPE_UNSIGNED8] = {"unsigned8", 1, AT_MOST},
    [NF_TYPE_UNSIGNED16] = {"unsigned16", 2, AT_MOST},
    [NF_TYPE_UNSIGNED32] = {"unsigned32", 4, AT_MOST},
    [NF_TYPE_UNSIGNED64] = {"unsigned64", 8, AT_MOST},
    [NF_TYPE_SIGNED8] = {"signed8", 1, AT_MOST},
    [NF_TYPE_SIGNED16] = {"signed16", 2, AT_MOST},
    [NF_TYPE_SIGNED32] = {"signed32", 4, AT_MOST},
    [NF_TYPE_SIGNED64] = {"signed64", 8, AT_MOST},
    [NF_TYPE_FLOAT32] = {"float32", 4, EXACTLY},
    [NF_TYPE_FLOAT64] = {"float64", 8, FLOAT64},
    [NF_TYPE_BOOLEAN] = {"boolean", 1, EXACTLY},
    [NF_TYPE_MAC_ADDRESS] = {"macAddress", 6, EXACTLY},
    [NF_TYPE_STRING] = {"string", 0, ANY},
    [NF_TYPE_DATE_TIME_SECONDS] = {"dateTimeSeconds", 4, EXACTLY},
    [NF_TYPE_DATE_TIME_MILLISECONDS] = {"dateTimeMilliseconds", 8, EXACTLY},
    [NF_TYPE_DATE_TIME_MICROSECONDS] = {"dateTimeMicroseconds", 8, EXACTLY},
    [NF_TYPE_DATE_TIME_NANOSECONDS] = {"dateTimeNanoseconds", 8, EXACTLY},
    [NF_TYPE_IPV4_ADDRESS] = {"ipv4Address", 4, EXACTLY},
    [NF_TYPE_IPV6_ADDRESS] = {"ipv6Address", 16, EXACTLY},
    [NF_TYPE_BASIC_LIST] = {"basicList", 0, ANY},
    [NF_TYPE_SUB_TEMPLATE_LIST] = {"subTemplateList", 0, ANY},
    [NF_TYPE_SUB_TEMPLATE_MULTI_LIST] = {"subTemplateMultiList", 0, ANY},
    [NF_TYPE_UNSIGNED256] = {"unsigned256", 32, AT_MOST},
};

const char *
nf_type_name (NfType type)
{
    g_return_val_if_fail (type < NF_N_TYPES, NULL);
    return types[type].name;
}

NfType
nf_type_from_name (const char *name)
{
    guint i = 0;

    /* Asked for every row of a file: the first letter rules most types out. */
    while (i < NF_N_TYPES && (types[i].name[0] != name[0] || strcmp (types[i].name, name) != 0))
        i++;
    return (NfType)i;
}

const char *
nf_form_name (NfForm form)
{
    static const char *const names[NF_N_FORMS] = {
        [NF_FORM_HEXADECIMAL] = "hexadecimal",
        [NF_FORM_PORT] = "port",
        [NF_FORM_TCP_PORT] = "tcp-port",
        [NF_FORM_UDP_PORT] = "udp-port",
        [NF_FORM_EXPORT_PORT] = "export-port",
        [NF_FORM_CLASS_OF_SERVICE] = "class-of-service",
        [NF_FORM_FORWARDING_STATUS] = "forwarding-status",
        [NF_FORM_ICMP_TYPE_CODE] = "icmp-type-code",
        [NF_FORM_ICMP_TYPE] = "icmp-type",
        [NF_FORM_ICMP_CODE] = "icmp-code",
        [NF_FORM_ENTERPRISE] = "enterprise",
        [NF_FORM_ELEMENT] = "element",
        [NF_FORM_FIELD_BITS] = "field-bits",
        [NF_FORM_MULTICAST] = "multicast",
        [NF_FORM_GTPU_FLAGS] = "gtpu-flags",
        [NF_FORM_SEGMENT_ID] = "segment-id",
        [NF_FORM_COMMUNITY] = "community",
        [NF_FORM_KINDS] = "kinds",
        [NF_FORM_KINDS_192] = "kinds-192",
        [NF_FORM_NSEL_EVENT] = "nsel-event",
        [NF_FORM_YES_NO] = "yes-no",
        [NF_FORM_MPLS_LABEL] = "mpls-label",
        [NF_FORM_MPLS_STACK] = "mpls-stack",
        [NF_FORM_APPLICATION] = "application",
        [NF_FORM_ROUTE_DISTINGUISHER] = "route-distinguisher",
        [NF_FORM_EXTENDED_COMMUNITY] = "extended-community",
        [NF_FORM_LARGE_COMMUNITY] = "large-community",
        [NF_FORM_SERVICE_TAG] = "service-tag",
        [NF_FORM_OBJECT_ID] = "object-id",
        [NF_FORM_UUID] = "uuid",
        [NF_FORM_ACL_ID] = "acl-id",
        [NF_FORM_SEGMENTS] = "segments",
        [NF_FORM_SEGMENT_ROUTING_HEADER] = "segment-routing-header",
        [NF_FORM_FRAME] = "frame",
        [NF_FORM_IP_PACKET] = "ip-packet",
        [NF_FORM_IP_PAYLOAD] = "ip-payload",
        [NF_FORM_MPLS_PAYLOAD] = "mpls-payload",
        [NF_FORM_ICMP_MESSAGE] = "icmp-message",
    };

    g_return_val_if_fail (form < NF_N_FORMS, NULL);
    return names[form];
}

gboolean
nf_type_allows (NfType type, guint16 length)
{
    g_return_val_if_fail (type < NF_N_TYPES, FALSE);
    guint octets = types[type].octets;

    switch (types[type].lengths) {
    case EXACTLY:
        return length == octets;
    case AT_MOST:
        return length >= 1 && length <= octets;
    case FLOAT64:
        return length == octets || length == types[NF_TYPE_FLOAT32].octets;
    case ANY:
        return TRUE;
    }
    return FALSE;
}

static guint
element_hash (gconstpointer key)
{
    const NfElement *e = key;

    /* Enterprises number their elements from 0 or 1 on: an odd factor keeps them apart. */
    return e->pen * 0x9e3779b1u + ((guint)e->space << 16) + e->id;
}

static int
element_compare (gconstpointer a, gconstpointer b)
{
    const NfElement *x = a, *y = b;

    if (x->space != y->space)
        return x->space < y->space ? -1 : 1;
    if (x->pen != y->pen)
        return x->pen < y->pen ? -1 : 1;
    return (int)x->id - (int)y->id;
}

static gboolean
element_equal (gconstpointer a, gconstpointer b)
{
    return element_compare (a, b) == 0;
}

static void
common_clear (gpointer data)
{
    g_free (((NfCommonName *)data)->elements);
}

/* The element of a shipped row, made when it is first asked for: most runs meet some dozens of
 * thousands. Two threads may make it at the same time: one is kept. */
static const NfElement *
shipped_element (const NfRegistry *registry, const NfBuiltinElement *row)
{
    NfElement **place = &registry->shipped[row - nf_builtin_elements];
    NfElement *element = g_atomic_pointer_get (place);

    if (element)
        return element;
    element = nf_builtin_make (row);
    if (g_atomic_pointer_compare_and_exchange (place, NULL, element))
        return element;
    g_free (element);
    return g_atomic_pointer_get (place);
}

static void
add_common (NfRegistry *registry, const NfBuiltinCommon *row)
{
    const NfElement **elements = g_new (const NfElement *, row->n_elements);
    NfCommonName common = {nf_builtin_string (row->name), elements, row->n_elements};

    for (guint i = 0; i < row->n_elements; i++) {
        guint16 element = nf_builtin_meanings[row->first + i];

        elements[i] = shipped_element (registry, &nf_builtin_elements[element]);
    }
    g_array_append_val (registry->commons, common);
}

NfRegistry *
nf_registry_new (void)
{
    NfRegistry *registry = g_new0 (NfRegistry, 1);

    registry->refs = 1;
    registry->shipped = g_new0 (NfElement *, nf_n_builtin_elements);
    registry->commons = g_array_new (FALSE, FALSE, sizeof (NfCommonName));
    g_array_set_clear_func (registry->commons, common_clear);
    for (guint i = 0; i < nf_n_builtin_commons; i++)
        add_common (registry, &nf_builtin_commons[i]);
    registry->texts = g_ptr_array_new_with_free_func (g_free);
    registry->strings = g_string_chunk_new (4096);
    registry->blocks = g_ptr_array_new_with_free_func (g_free);
    registry->block_used = BLOCK_ELEMENTS;
    registry->by_id = g_hash_table_new (element_hash, element_equal);
    registry->by_name = g_hash_table_new (g_str_hash, g_str_equal);
    return registry;
}

NfRegistry *
nf_registry_ref (NfRegistry *registry)
{
    g_return_val_if_fail (registry != NULL, NULL);
    g_atomic_int_inc (&registry->refs);
    return registry;
}

void
nf_registry_unref (NfRegistry *registry)
{
    g_return_if_fail (registry != NULL);
    if (!g_atomic_int_dec_and_test (&registry->refs))
        return;
    g_hash_table_unref (registry->by_name);
    g_hash_table_unref (registry->by_id);
    g_ptr_array_unref (registry->blocks);
    g_string_chunk_free (registry->strings);
    g_ptr_array_unref (registry->texts);
    g_array_unref (registry->commons);
    for (guint i = 0; i < nf_n_builtin_elements; i++)
        g_free (registry->shipped[i]);
    g_free (registry->shipped);
    g_free (registry);
}

static void
index_names (GHashTable *by_name, const NfElement *element)
{
    g_hash_table_replace (by_name, (gpointer)element->name, (gpointer)element);
    if (element->netflow9)
        g_hash_table_replace (by_name, (gpointer)element->netflow9, (gpointer)element);
}

static void
forget_name (GHashTable *by_name, const NfElement *element, const char *name)
{
    if (name && g_hash_table_lookup (by_name, name) == element)
        g_hash_table_remove (by_name, name);
}

/* The row of exactly this name, or NULL. */
static const NfElement *
find_by_name (const NfRegistry *registry, const char *name)
{
    const NfElement *own = g_hash_table_lookup (registry->by_name, name);
    const NfBuiltinElement *row = own ? NULL : nf_builtin_find_name (name);
    const NfElement *element = row ? shipped_element (registry, row) : NULL;

    /* Of a shipped row that is replaced, the names are, too. */
    return element && !g_hash_table_contains (registry->by_id, element) ? element : own;
}

gboolean
nf_registry_name_taken (const NfRegistry *registry, const NfElement *element, const char *name)
{
    const NfElement *owner = find_by_name (registry, name);

    return owner && !element_equal (owner, element);
}

/* Puts `now` where `old` was known; `old` itself stays, as others may point to it. */
static void
replace (NfRegistry *registry, const NfElement *old, const NfElement *now)
{
    forget_name (registry->by_name, old, old->name);
    forget_name (registry->by_name, old, old->netflow9);
    for (guint i = 0; i < registry->commons->len; i++) {
        NfCommonName *common = &g_array_index (registry->commons, NfCommonName, i);

        for (guint k = 0; k < common->n_elements; k++)
            if (common->elements[k] == old)
                common->elements[k] = now;
    }
}

void
nf_registry_add (NfRegistry *registry, const NfElement *element)
{
    if (registry->block_used == BLOCK_ELEMENTS) {
        g_ptr_array_add (registry->blocks, g_new (NfElement, BLOCK_ELEMENTS));
        registry->block_used = 0;
    }
    NfElement *block = g_ptr_array_index (registry->blocks, registry->blocks->len - 1);
    NfElement *kept = &block[registry->block_used++];
    const NfElement *old =
        nf_registry_exact (registry, (NfSpace)element->space, element->pen, element->id);

    *kept = *element;
    if (old)
        replace (registry, old, kept);
    g_hash_table_add (registry->by_id, kept);
    index_names (registry->by_name, kept);
}

const NfElement *
nf_registry_exact (const NfRegistry *registry, NfSpace space, guint32 pen, guint16 id)
{
    NfElement key = {.space = (guint8)space, .pen = pen, .id = id};
    const NfElement *own = g_hash_table_lookup (registry->by_id, &key);
    const NfBuiltinElement *row = own ? NULL : nf_builtin_find (space, pen, id);

    return row ? shipped_element (registry, row) : own;
}

const NfElement *
nf_registry_lookup (const NfRegistry *registry, NfSpace space, guint32 pen, guint16 id)
{
    g_return_val_if_fail (registry != NULL, NULL);
    const NfElement *element =
        nf_registry_exact (registry, space, space == NF_SPACE_IPFIX ? pen : 0, id);

    if (element || space != NF_SPACE_NETFLOW9)
        return element;
    element = nf_registry_exact (registry, NF_SPACE_IPFIX, 0, id);
    return element ? element : nf_registry_moved (registry, id);
}

gboolean
nf_parse_uint (const char **text, guint64 max, guint64 *value)
{
    gboolean hex = g_str_has_prefix (*text, "0x");
    const char *first = *text + (hex ? 2 : 0), *at = first;
    guint64 sum = 0;

    for (; hex ? g_ascii_isxdigit (*at) : g_ascii_isdigit (*at); at++) {
        guint digit = (guint)g_ascii_xdigit_value (*at), base = hex ? 16 : 10;

        if (sum > (max - digit) / base)
            return FALSE;
        sum = sum * base + digit;
    }
    *value = sum;
    *text = at;
    return at > first;
}

gboolean
nf_element_parse_number (const char *text, NfSpace *space, guint32 *pen, guint16 *id)
{
    guint64 first = 0, second;

    *space = NF_SPACE_IPFIX;
    if (g_str_has_prefix (text, "v9/"))
        *space = NF_SPACE_NETFLOW9;
    else if (g_str_has_prefix (text, "scope/"))
        *space = NF_SPACE_SCOPE;
    else if (g_str_has_prefix (text, "fixed/"))
        *space = NF_SPACE_FIXED;
    if (*space != NF_SPACE_IPFIX)
        text = strchr (text, '/') + 1;
    if (!nf_parse_uint (&text, G_MAXUINT32, &second))
        return FALSE;
    if (*space == NF_SPACE_IPFIX && *text == '/') {
        first = second;
        text++;
        if (!nf_parse_uint (&text, G_MAXUINT16, &second))
            return FALSE;
    }
    *pen = (guint32)first;
    *id = (guint16)second;
    return second <= G_MAXUINT16 && *text == '\0';
}

static const NfElement *
find_by_number (const NfRegistry *registry, const char *text)
{
    NfSpace space;
    guint32 pen;
    guint16 id;

    if (!nf_element_parse_number (text, &space, &pen, &id))
        return NULL;
    return nf_registry_lookup (registry, space, pen, id);
}

const NfElement *
nf_registry_find (const NfRegistry *registry, const char *name)
{
    g_return_val_if_fail (registry != NULL && name != NULL, NULL);
    const NfElement *element = find_by_name (registry, name);

    return element ? element : find_by_number (registry, name);
}

const NfCommonName *
nf_registry_common (const NfRegistry *registry, const char *name)
{
    g_return_val_if_fail (registry != NULL && name != NULL, NULL);
    for (guint i = 0; i < registry->commons->len; i++) {
        const NfCommonName *common = &g_array_index (registry->commons, NfCommonName, i);

        if (strcmp (common->name, name) == 0)
            return common;
    }
    return NULL;
}

const NfCommonName *
nf_registry_common_nth (const NfRegistry *registry, guint i)
{
    g_return_val_if_fail (registry != NULL, NULL);
    return i < registry->commons->len ? &g_array_index (registry->commons, NfCommonName, i) : NULL;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
    return element_compare (*(gconstpointer const *)a, *(gconstpointer const *)b);
}

void
nf_registry_foreach (const NfRegistry *registry,
                     void (*each) (const NfElement *element, gpointer data), gpointer data)
{
    g_return_if_fail (registry != NULL);
    g_autoptr (GPtrArray) elements = g_ptr_array_sized_new (nf_n_builtin_elements);
    GHashTableIter own;
    gpointer key;

    g_hash_table_iter_init (&own, registry->by_id);
    while (g_hash_table_iter_next (&own, &key, NULL))
        g_ptr_array_add (elements, key);
    for (guint i = 0; i < nf_n_builtin_elements; i++) {
        const NfElement *element = shipped_element (registry, &nf_builtin_elements[i]);

        if (!g_hash_table_contains (registry->by_id, element))
            g_ptr_array_add (elements, (gpointer)element);
    }
    if (g_hash_table_size (registry->by_id) > 0) /* the shipped ones are in order */
        g_ptr_array_sort (elements, compare_places);
    for (guint i = 0; i < elements->len; i++)
        each (elements->pdata[i], data);
}
