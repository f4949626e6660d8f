/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The registry of Information Elements (common/element.h), and the rows the project ships. */
#include "element.h"

#include <string.h>

static NfRegistry *shipped; /* read by most tests, changed by none */

static const NfElement *
lookup (NfSpace space, guint32 pen, guint16 id)
{
    return nf_registry_lookup (shipped, space, pen, id);
}

static void
check_row (const NfElement *element, gpointer data)
{
    static NfElement last;
    GHashTable *seen = data;

    g_assert_cmpuint (element->type, <, NF_N_TYPES);
    g_assert_nonnull (element->semantics);
    g_assert_nonnull (element->units);
    g_assert_true (nf_registry_lookup (shipped, element->space, element->pen, element->id) ==
                   element);
    if (!g_hash_table_add (seen, (gpointer)element->name))
        g_error ("two elements are called %s", element->name);
    if (element->netflow9 && !g_hash_table_add (seen, (gpointer)element->netflow9))
        g_error ("two elements are called %s", element->netflow9);
    g_assert_true (nf_registry_find (shipped, element->name) == element);
    if (element->netflow9)
        g_assert_true (nf_registry_find (shipped, element->netflow9) == element);

    if (last.name)
        g_assert_true (
            last.space < element->space ||
            (last.space == element->space &&
             (last.pen < element->pen || (last.pen == element->pen && last.id < element->id))));
    last = *element;
}

static void
test_unique (void)
{
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    nf_registry_foreach (shipped, check_row, seen);
}

static const struct {
    NfSpace space;
    guint32 pen;
    guint16 id;
    const char *name; /* NULL: not known */
    NfType type;
    const char *netflow9;
    guint8 flags;
} known[] = {
    {NF_SPACE_IPFIX, 0, 1, "octetDeltaCount", NF_TYPE_UNSIGNED64, "IN_BYTES", NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 0, 8, "sourceIPv4Address", NF_TYPE_IPV4_ADDRESS, "IPV4_SRC_ADDR",
     NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 0, 21, "flowEndSysUpTime", NF_TYPE_UNSIGNED32, "LAST_SWITCHED",
     NF_ELEMENT_UPTIME | NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 0, 22, "flowStartSysUpTime", NF_TYPE_UNSIGNED32, "FIRST_SWITCHED",
     NF_ELEMENT_UPTIME | NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 0, 50, "samplerRandomInterval", NF_TYPE_UNSIGNED32,
     "FLOW_SAMPLER_RANDOM_INTERVAL", 0},
    {NF_SPACE_IPFIX, 0, 63, "bgpNextHopIPv6Address", NF_TYPE_IPV6_ADDRESS, "BGP_IPV6_NEXT_HOP",
     NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 0, 82, "interfaceName", NF_TYPE_STRING, "IF_NAME", 0},
    {NF_SPACE_IPFIX, 0, 89, "forwardingStatus", NF_TYPE_UNSIGNED32, "FORWARDING_STATUS", 0},
    {NF_SPACE_IPFIX, 0, 152, "flowStartMilliseconds", NF_TYPE_DATE_TIME_MILLISECONDS,
     "FLOW_CREATE_TIME_MSEC", NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 0, 210, "paddingOctets", NF_TYPE_OCTET_ARRAY, NULL, NF_ELEMENT_PADDING},
    {NF_SPACE_IPFIX, 0, 311, "samplingProbability", NF_TYPE_FLOAT64, NULL, 0},
    {NF_SPACE_IPFIX, 0, 323, "observationTimeMilliseconds", NF_TYPE_DATE_TIME_MILLISECONDS,
     "EVENT_TIME_MSEC", 0},
    {NF_SPACE_IPFIX, 0, 515, "ipv6ExtensionHeadersFull", NF_TYPE_UNSIGNED256, NULL, 0},
    {NF_SPACE_IPFIX, 0, 65, NULL, 0, NULL, 0},
    {NF_SPACE_IPFIX, 0, 32767, NULL, 0, NULL, 0},
    {NF_SPACE_IPFIX, 9, 12235, "cisco.applicationHttpHost", NF_TYPE_STRING, NULL, 0},
    {NF_SPACE_IPFIX, 9, 8, NULL, 0, NULL, 0},
    {NF_SPACE_IPFIX, 35632, 118, "ntop.L7_PROTO", NF_TYPE_UNSIGNED16, NULL, 0},
    {NF_SPACE_IPFIX, 6871, 14, "cert.initialTCPFlags", NF_TYPE_UNSIGNED16, NULL, 0},
    {NF_SPACE_IPFIX, 10704, 2, "barracuda.LogOp", NF_TYPE_UNSIGNED8, NULL, 0},
    {NF_SPACE_IPFIX, 4294967295, 1, NULL, 0, NULL, 0},
    /* RFC 5103 6.1 */
    {NF_SPACE_IPFIX, 29305, 1, "reverseOctetDeltaCount", NF_TYPE_UNSIGNED64, NULL,
     NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 29305, 22, "reverseFlowStartSysUpTime", NF_TYPE_UNSIGNED32, NULL,
     NF_ELEMENT_UPTIME | NF_ELEMENT_SINGLE},
    {NF_SPACE_IPFIX, 29305, 236, "reverseVRFname", NF_TYPE_STRING, NULL, 0},
    {NF_SPACE_IPFIX, 29305, 65, NULL, 0, NULL, 0},
    {NF_SPACE_IPFIX, 6871, 14 | 0x4000, "cert.reverseInitialTCPFlags", NF_TYPE_UNSIGNED16, NULL, 0},
    {NF_SPACE_IPFIX, 6871, 1 | 0x4000, NULL, 0, NULL, 0},
    /* what only v9 has, IANA's, and what enterprises moved up */
    {NF_SPACE_NETFLOW9, 0, 65, "fortinet.flowFlags", NF_TYPE_UNSIGNED16, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 8, "sourceIPv4Address", NF_TYPE_IPV4_ADDRESS, "IPV4_SRC_ADDR",
     NF_ELEMENT_SINGLE},
    {NF_SPACE_NETFLOW9, 0, 33002, "cisco.fwExtEvent", NF_TYPE_UNSIGNED16, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 45003, "cisco.applicationHttpHost", NF_TYPE_STRING, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 56701, "paloalto.appId", NF_TYPE_STRING, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 57590, "ntop.L7_PROTO", NF_TYPE_UNSIGNED16, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 57591, "ntop.L7_PROTO_NAME", NF_TYPE_STRING, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 33610, "fastip.meterVersion", NF_TYPE_STRING, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 32767, NULL, 0, NULL, 0},
    {NF_SPACE_NETFLOW9, 0, 65535, NULL, 0, NULL, 0},
    {NF_SPACE_SCOPE, 0, 1, "scope_system", NF_TYPE_UNSIGNED64, NULL, 0},
    {NF_SPACE_SCOPE, 0, 2, "scope_interface", NF_TYPE_UNSIGNED64, NULL, 0},
    {NF_SPACE_SCOPE, 0, 3, "scope_line_card", NF_TYPE_UNSIGNED64, NULL, 0},
    {NF_SPACE_SCOPE, 0, 4, "scope_cache", NF_TYPE_UNSIGNED64, NULL, 0},
    {NF_SPACE_SCOPE, 0, 5, "scope_template", NF_TYPE_UNSIGNED64, NULL, 0},
    {NF_SPACE_SCOPE, 0, 6, NULL, 0, NULL, 0},
    {NF_SPACE_FIXED, 0, 32768, "v6_input_encapsulation", NF_TYPE_UNSIGNED8, NULL, 0},
    {NF_SPACE_FIXED, 0, 32773, "v8_extra_packets", NF_TYPE_UNSIGNED32, NULL, 0},
    {NF_SPACE_FIXED, 0, 32774, NULL, 0, NULL, 0},
    {NF_SPACE_FIXED, 0, 8, NULL, 0, NULL, 0},
};

static void
test_lookup (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
        const NfElement *e = lookup (known[i].space, known[i].pen, known[i].id);

        g_assert_cmpstr (e ? e->name : NULL, ==, known[i].name);
        if (!e)
            continue;
        g_assert_cmpstr (nf_type_name (e->type), ==, nf_type_name (known[i].type));
        g_assert_cmpstr (e->netflow9, ==, known[i].netflow9);
        g_assert_cmpuint (e->flags, ==, known[i].flags);
    }

    const NfElement *e = lookup (NF_SPACE_IPFIX, 0, 31);
    g_assert_true (e->has_range);
    g_assert_cmpuint (e->range_min, ==, 0);
    g_assert_cmpuint (e->range_max, ==, 0xfffff);
    e = lookup (NF_SPACE_IPFIX, 0, 1);
    g_assert_false (e->has_range);
    g_assert_cmpstr (e->semantics, ==, "deltaCounter");
    g_assert_cmpstr (e->units, ==, "octets");
}

static void
test_find (void)
{
    static const struct {
        const char *name, *found;
    } rows[] = {
        {"sourceIPv4Address", "sourceIPv4Address"},
        {"IPV4_SRC_ADDR", "sourceIPv4Address"},
        {"8", "sourceIPv4Address"},
        {"0/8", "sourceIPv4Address"},
        {"v9/8", "sourceIPv4Address"},
        {"v9/65", "fortinet.flowFlags"},
        {"scope/1", "scope_system"},
        {"fixed/32770", "v7_flags"},
        {"9/12235", "cisco.applicationHttpHost"},
        {"29305/1", "reverseOctetDeltaCount"},
        {"ntop.L7_PROTO", "ntop.L7_PROTO"},
        {"reverseOctetDeltaCount", "reverseOctetDeltaCount"},
        {"scope_cache", "scope_cache"},
        {"sourceipv4address", NULL},
        {"applicationHttpHost", NULL},
        {"", NULL},
        {"/", NULL},
        {"0/", NULL},
        {"/8", NULL},
        {"0/8 ", NULL},
        {"0/-8", NULL},
        {"0/8/8", NULL},
        {"4294967296/8", NULL},
        {"0/65544", NULL},
        {"99/99", NULL},
        {"65536", NULL},
        {"v9/", NULL},
        {"v9/1/1", NULL},
        {"v9/65536", NULL},
        {"scope/", NULL},
        {"scope/6", NULL},
        {"scope/1/1", NULL},
        {"fixed/1", NULL},
        {"32770", NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        const NfElement *e = nf_registry_find (shipped, rows[i].name);

        g_assert_cmpstr (e ? e->name : NULL, ==, rows[i].found);
    }
}

static void
test_enterprise (void)
{
    const char *title = "unchanged";

    g_assert_cmpstr (nf_registry_enterprise (shipped, 9, &title), ==, "cisco");
    g_assert_cmpstr (title, ==, "Cisco Systems");
    g_assert_cmpstr (nf_registry_enterprise (shipped, 35632, NULL), ==, "ntop");
    g_assert_null (nf_registry_enterprise (shipped, 1, &title));
    g_assert_cmpstr (title, ==, "Cisco Systems");
}

static void
test_commons (void)
{
    static const char *const names[] = {"src",    "dst",     "addr",    "sport",    "dport",
                                        "port",   "proto",   "octets",  "packets",  "in_if",
                                        "out_if", "start",   "end",     "next_hop", "src_as",
                                        "dst_as", "src_mac", "dst_mac", "vlan"};
    static const guint16 octets[] = {1, 85, 231, 23};
    static const guint16 addr[] = {8, 27, 44, 170, 12, 28, 45, 169};

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        const NfCommonName *common = nf_registry_common (shipped, names[i]);

        g_assert_nonnull (common);
        g_assert_cmpstr (common->name, ==, names[i]);
        g_assert_null (nf_registry_find (shipped, names[i]));
        g_assert_cmpuint (common->n_elements, >, 0);
        for (guint k = 0; k < common->n_elements; k++)
            g_assert_cmpuint (common->elements[k]->pen, ==, 0);
    }
    for (guint k = 0; k < G_N_ELEMENTS (octets); k++)
        g_assert_cmpuint (nf_registry_common (shipped, "octets")->elements[k]->id, ==, octets[k]);
    g_assert_cmpuint (nf_registry_common (shipped, "addr")->n_elements, ==, G_N_ELEMENTS (addr));
    for (guint k = 0; k < G_N_ELEMENTS (addr); k++)
        g_assert_cmpuint (nf_registry_common (shipped, "addr")->elements[k]->id, ==, addr[k]);
    g_assert_null (nf_registry_common (shipped, "sourceIPv4Address"));

    guint n = 0;

    while (nf_registry_common_nth (shipped, n)) {
        const NfCommonName *common = nf_registry_common_nth (shipped, n++);

        g_assert_true (nf_registry_common (shipped, common->name) == common);
    }
    g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
}

static void
test_near (void)
{
    static const struct {
        const char *typed, *first; /* NULL: nothing is near */
    } rows[] = {
        {"octetDeltaCnt", "octetDeltaCount"},
        {"OCTETDELTACOUNT", "octetDeltaCount"},
        {"sourceIPv4Addres", "sourceIPv4Address"},
        {"ipv4-src-addr", "IPV4_SRC_ADDR"},
        {"srcaddr", "IPV4_SRC_ADDR"},
        {"srcs", "src"},
        {"octet", "octets"},
        {"applicationHttpHost", "cisco.applicationHttpHost"},
        {"L7_PROTO", "ntop.L7_PROTO"},
        {"xyzzyxyzzy", NULL},
        {"", NULL},
        {"...", NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_auto (GStrv) near = nf_registry_near (shipped, rows[i].typed, NULL, 3);

        g_assert_cmpstr (near[0], ==, rows[i].first);
        g_assert_cmpuint (g_strv_length (near), <=, 3);
        for (guint k = 0; near[k]; k++)
            g_assert_true (nf_registry_find (shipped, near[k]) ||
                           nf_registry_common (shipped, near[k]));
    }

    /* words of the caller's are names, too */
    static const char *const others[] = {"exporter", "octetDeltaCnt", NULL};
    g_auto (GStrv) key = nf_registry_near (shipped, "exportr", others, 1);
    g_assert_cmpstr (key[0], ==, "exporter");

    /* a name of any length is looked at no further than names go */
    g_autofree char *long_name = g_strnfill (100000, 'o');
    g_auto (GStrv) near = nf_registry_near (shipped, long_name, NULL, 0);
    g_assert_cmpuint (g_strv_length (near), ==, 0);
}

static void
test_names (void)
{
    const NfNames *protocols = lookup (NF_SPACE_IPFIX, 0, 4)->names;
    const NfNames *flags = lookup (NF_SPACE_IPFIX, 0, 6)->names;
    guint64 mask = 0;

    g_assert_false (nf_names_are_bits (protocols));
    g_assert_cmpstr (nf_names_value (protocols, 6), ==, "TCP");
    g_assert_cmpstr (nf_names_value (protocols, 0), ==, "HOPOPT");
    g_assert_cmpstr (nf_names_value (protocols, 255), ==, "Reserved");
    g_assert_null (nf_names_value (protocols, 256));
    g_assert_null (nf_names_value (protocols, G_MAXUINT64));

    g_assert_true (nf_names_are_bits (flags));
    g_assert_null (nf_names_value (flags, 2));
    g_assert_cmpstr (nf_names_nth (flags, 1, &mask), ==, "SYN");
    g_assert_cmpuint (mask, ==, 2);
    g_assert_cmpstr (nf_names_nth (flags, 8, &mask), ==, "AE");
    g_assert_cmpuint (mask, ==, 0x100);
    g_assert_null (nf_names_nth (flags, 9, &mask));

    g_assert_true (lookup (NF_SPACE_IPFIX, 29305, 6)->names == flags);
    g_assert_true (lookup (NF_SPACE_IPFIX, 35632, 78)->names == flags);
    g_assert_cmpstr (nf_names_value (lookup (NF_SPACE_IPFIX, 0, 89)->names, 129), ==,
                     "Dropped ACL deny");
    g_assert_cmpstr (nf_names_value (lookup (NF_SPACE_IPFIX, 0, 502)->names, 31), ==,
                     "End with PSP, USP & USD"); /* a quoted field */
    g_assert_null (lookup (NF_SPACE_IPFIX, 0, 1)->names);
}

/* A filter finds a value by its name: no other one has it, whatever the case of its letters. */
static void
check_names_differ (const NfElement *element, gpointer data)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    const char *name;
    guint64 value;

    (void)data;
    for (guint i = 0; element->names && (name = nf_names_nth (element->names, i, &value)); i++)
        if (!g_hash_table_add (seen, g_ascii_strdown (name, -1)))
            g_error ("%s: '%s' is the name of two values", element->name, name);
}

static void
test_names_differ (void)
{
    nf_registry_foreach (shipped, check_names_differ, NULL);
}

/* Lengths from 0 on that a type allows, and whether it may be of variable length. */
static void
test_allows (void)
{
    static const struct {
        NfType type;
        const char *allowed; /* "-" is no, "+" is yes */
        gboolean any;
    } rows[] = {
        {NF_TYPE_OCTET_ARRAY, "+++++++++++++++++", TRUE},
        {NF_TYPE_UNSIGNED8, "-+---------------", FALSE},
        {NF_TYPE_UNSIGNED16, "-++--------------", FALSE},
        {NF_TYPE_UNSIGNED32, "-++++------------", FALSE},
        {NF_TYPE_UNSIGNED64, "-++++++++--------", FALSE},
        {NF_TYPE_SIGNED8, "-+---------------", FALSE},
        {NF_TYPE_SIGNED16, "-++--------------", FALSE},
        {NF_TYPE_SIGNED32, "-++++------------", FALSE},
        {NF_TYPE_SIGNED64, "-++++++++--------", FALSE},
        {NF_TYPE_FLOAT32, "----+------------", FALSE},
        {NF_TYPE_FLOAT64, "----+---+--------", FALSE},
        {NF_TYPE_BOOLEAN, "-+---------------", FALSE},
        {NF_TYPE_MAC_ADDRESS, "------+----------", FALSE},
        {NF_TYPE_STRING, "+++++++++++++++++", TRUE},
        {NF_TYPE_DATE_TIME_SECONDS, "----+------------", FALSE},
        {NF_TYPE_DATE_TIME_MILLISECONDS, "--------+--------", FALSE},
        {NF_TYPE_DATE_TIME_MICROSECONDS, "--------+--------", FALSE},
        {NF_TYPE_DATE_TIME_NANOSECONDS, "--------+--------", FALSE},
        {NF_TYPE_IPV4_ADDRESS, "----+------------", FALSE},
        {NF_TYPE_IPV6_ADDRESS, "----------------+", FALSE},
        {NF_TYPE_BASIC_LIST, "+++++++++++++++++", TRUE},
        {NF_TYPE_SUB_TEMPLATE_LIST, "+++++++++++++++++", TRUE},
        {NF_TYPE_SUB_TEMPLATE_MULTI_LIST, "+++++++++++++++++", TRUE},
        {NF_TYPE_UNSIGNED256, "-++++++++++++++++", FALSE},
    };

    G_STATIC_ASSERT (G_N_ELEMENTS (rows) == NF_N_TYPES);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_assert_cmpuint (rows[i].type, ==, i);
        g_assert_cmpuint (nf_type_from_name (nf_type_name (rows[i].type)), ==, rows[i].type);
        for (guint16 length = 0; rows[i].allowed[length]; length++)
            g_assert_cmpint (nf_type_allows (rows[i].type, length), ==,
                             rows[i].allowed[length] == '+');
        g_assert_cmpint (nf_type_allows (rows[i].type, 65535), ==, rows[i].any);
        g_assert_cmpint (nf_type_allows (rows[i].type, 32), ==,
                         rows[i].any || rows[i].type == NF_TYPE_UNSIGNED256);
        g_assert_cmpint (nf_type_allows (rows[i].type, 33), ==, rows[i].any);
    }
    g_assert_cmpuint (nf_type_from_name ("unsigned33"), ==, NF_N_TYPES);
    g_assert_cmpuint (nf_type_from_name (""), ==, NF_N_TYPES);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    shipped = nf_registry_new ();
    g_test_add_func ("/element/unique", test_unique);
    g_test_add_func ("/element/lookup", test_lookup);
    g_test_add_func ("/element/find", test_find);
    g_test_add_func ("/element/enterprise", test_enterprise);
    g_test_add_func ("/element/commons", test_commons);
    g_test_add_func ("/element/near", test_near);
    g_test_add_func ("/element/names", test_names);
    g_test_add_func ("/element/names-differ", test_names_differ);
    g_test_add_func ("/element/allows", test_allows);
    int status = g_test_run ();
    nf_registry_unref (shipped);
    return status;
}
