/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The user's files of Information Elements (common/element.h): what they add, and what is said of
 * bad ones. */
#include "element.h"

#include <glib/gstdio.h>
#include <string.h>

static void
load (NfRegistry *registry, const char *path, const char *text)
{
    g_autoptr (GError) error = NULL;

    nf_registry_load_text (registry, path, text, strlen (text), &error);
    g_assert_no_error (error);
}

static void
test_user_rows (void)
{
    NfRegistry *r = nf_registry_new ();
    const NfElement *e;

    /* any order of columns, unknown ones, comments, empty lines, CRLF, a BOM, quotes, no last end
     */
    load (r, "mine.csv",
          "\xef\xbb\xbf# mine\r\n\r\nwhat,type,flags,\"name\",id,pen,names,range,units\r\n"
          "x,unsigned16,\"uptime  padding\",\"some_name\",7,99999,tcpControlBits,1-0x10,\"a, "
          "\"\"b\"\"\"\r\n"
          "x,string,,host,8,9");
    e = nf_registry_lookup (r, NF_SPACE_IPFIX, 99999, 7);
    g_assert_cmpstr (e->name, ==, "99999.some_name");
    g_assert_cmpuint (e->type, ==, NF_TYPE_UNSIGNED16);
    g_assert_cmpuint (e->flags, ==, NF_ELEMENT_UPTIME | NF_ELEMENT_PADDING);
    g_assert_true (nf_names_are_bits (e->names));
    g_assert_cmpuint (e->range_min, ==, 1);
    g_assert_cmpuint (e->range_max, ==, 16);
    g_assert_cmpstr (e->units, ==, "a, \"b\"");
    g_assert_cmpstr (e->semantics, ==, "");
    g_assert_true (nf_registry_find (r, "99999.some_name") == e);
    g_assert_true (nf_registry_find (r, "99999/7") == e);
    g_assert_true (nf_registry_find (r, "cisco.host") ==
                   nf_registry_lookup (r, NF_SPACE_NETFLOW9, 0, 32768 + 8));

    /* the file's name gives the enterprise */
    load (r, "some/where/pen-5951.csv", "id,name,type\n32767,highest,boolean\n");
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_IPFIX, 5951, 32767)->name, ==,
                     "citrix.highest");
    load (r, "pen-x.csv", "id,name,type\n20000,ofIana,boolean\n");
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_IPFIX, 0, 20000)->name, ==, "ofIana");
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_IPFIX, 29305, 20000)->name, ==,
                     "reverseOfIana");

    /* NetFlow v9's own */
    load (r, "netflow9.csv", "id,vendor,name,type\n65535,acme,last,string\n65534,,plain,string\n");
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_NETFLOW9, 0, 65535)->name, ==, "acme.last");
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_NETFLOW9, 0, 65534)->name, ==, "plain");
    nf_registry_unref (r);
}

static void
test_replace (void)
{
    NfRegistry *r = nf_registry_new ();
    const NfElement *old = nf_registry_lookup (r, NF_SPACE_IPFIX, 0, 8);
    const NfElement *reverse = nf_registry_lookup (r, NF_SPACE_IPFIX, 29305, 8);
    const NfElement *now;

    g_assert_true (nf_registry_find (r, "IPV4_SRC_ADDR") == old);
    load (r, "mine.csv", "id,name,type\n8,sourceAddress,octetArray\n8,sourceHost,string\n");
    now = nf_registry_lookup (r, NF_SPACE_IPFIX, 0, 8);
    g_assert_cmpstr (now->name, ==, "sourceHost");
    g_assert_null (now->netflow9);
    g_assert_true (nf_registry_find (r, "sourceHost") == now);
    g_assert_null (nf_registry_find (r, "sourceIPv4Address"));
    g_assert_null (nf_registry_find (r, "IPV4_SRC_ADDR"));
    g_assert_null (nf_registry_find (r, "sourceAddress"));
    g_assert_null (nf_registry_find (r, "reverseSourceIPv4Address"));
    g_assert_cmpuint (nf_registry_find (r, "reverseSourceHost")->type, ==, NF_TYPE_STRING);
    g_assert_true (nf_registry_common (r, "src")->elements[0] == now);
    g_assert_true (nf_registry_common (r, "addr")->elements[0] == now);

    /* who still has the old rows can read them */
    g_assert_cmpstr (old->name, ==, "sourceIPv4Address");
    g_assert_cmpstr (reverse->name, ==, "reverseSourceIPv4Address");
    g_assert_true (nf_registry_ref (r) == r);
    nf_registry_unref (r);
    g_assert_cmpstr (old->netflow9, ==, "IPV4_SRC_ADDR");
    nf_registry_unref (r);
}

#define UNCLEAN "a.csv:2: a character that does not print, or not UTF-8"

static const struct {
    const char *path, *text, *message;
} bad[] = {
    {"a.csv", "", "a.csv:0: no header line"},
    {"a.csv", "# only\n\n", "a.csv:2: no header line"},
    {"a.csv", "id,type\n", "a.csv:1: column name: missing"},
    {"a.csv", "\nid,name,id,type\n", "a.csv:2: column id: twice"},
    {"a.csv", "id,name,type\n1,octets1,unsigned33\n",
     "a.csv:2: column type: \"unsigned33\" is no type of RFC 7012 or RFC 6313"},
    {"a.csv", "id,name,type\n1,octets1\n",
     "a.csv:2: column type: \"\" is no type of RFC 7012 or RFC 6313"},
    {"a.csv", "id,name,type\n#\n1,,string\n", "a.csv:3: column name: missing"},
    {"a.csv", "id,name,type\n1,a b,string\n",
     "a.csv:2: column name: \"a b\" is no name: letters, digits, _ and -, a letter first"},
    {"a.csv", "id,name,type\n1,9lives,string\n",
     "a.csv:2: column name: \"9lives\" is no name: letters, digits, _ and -, a letter first"},
    {"a.csv", "id,name,type\n2,octetDeltaCount,string\n",
     "a.csv:2: column name: \"octetDeltaCount\" is the name of another element"},
    {"a.csv", "id,name,type\n20000,OctetDeltaCount,string\n",
     "a.csv:2: column name: \"OctetDeltaCount\" has a reverse with the name of another element"},
    {"a.csv", "id,name,type\n2,IN_BYTES,string\n",
     "a.csv:2: column name: \"IN_BYTES\" is the name of another element"},
    {"pen-9.csv", "id,name,type,netflow9\n2,b,string,IN_BYTES\n",
     "pen-9.csv:2: column netflow9: \"IN_BYTES\" is the name of another element"},
    {"a.csv", "id,name,type,netflow9\n2,b,string,!\n",
     "a.csv:2: column netflow9: \"!\" is no name"},
    {"a.csv", "id,name,type\n32768,b,string\n",
     "a.csv:2: column id: \"32768\" is no number from 0 to 32767"},
    {"netflow9.csv", "id,name,type\n65536,b,string\n",
     "netflow9.csv:2: column id: \"65536\" is no number from 0 to 65535"},
    {"netflow9.csv", "id,name,type,vendor\n65535,b,string,a.b\n",
     "netflow9.csv:2: column vendor: \"a.b\" is no name"},
    {"a.csv", "id,name,type\n,b,string\n", "a.csv:2: column id: \"\" is no number from 0 to 32767"},
    {"a.csv", "id,name,type\n-1,b,string\n",
     "a.csv:2: column id: \"-1\" is no number from 0 to 32767"},
    {"a.csv", "id,name,type\n0x,b,string\n",
     "a.csv:2: column id: \"0x\" is no number from 0 to 32767"},
    {"a.csv", "id,name,type\n1 ,b,string\n",
     "a.csv:2: column id: \"1 \" is no number from 0 to 32767"},
    {"a.csv", "id,name,type,pen\n1,b,string,4294967296\n",
     "a.csv:2: column pen: \"4294967296\" is no enterprise number"},
    {"a.csv", "id,name,type,pen\n1,b,string\n",
     "a.csv:2: column pen: \"\" is no enterprise number"},
    {"a.csv", "id,name,type,range\n1,b,string,5\n",
     "a.csv:2: column range: \"5\" is no range: LOWEST-HIGHEST"},
    {"a.csv", "id,name,type,range\n1,b,string,5-4\n",
     "a.csv:2: column range: \"5-4\" is no range: LOWEST-HIGHEST"},
    {"a.csv", "id,name,type,range\n1,b,string,0-18446744073709551616\n",
     "a.csv:2: column range: \"0-18446744073709551616\" is no range: LOWEST-HIGHEST"},
    {"a.csv", "id,name,type,names\n1,b,string,colours\n",
     "a.csv:2: column names: \"colours\" is no table of names"},
    {"a.csv", "id,name,type,flags\n1,b,string,uptime up\n",
     "a.csv:2: column flags: \"uptime up\" has a word that is no flag"},
    {"a.csv", "id,name,type\n1,b,string,x\n", "a.csv:2: more fields than the header has"},
    {"a.csv", "id,name,type\n1,\"b,string\n2,c,string\n", "a.csv:2: a quote is not closed"},
    {"a.csv", "id,name,type\n1,\"b\"c,string\n", "a.csv:2: text behind a closing quote"},
    {"a.csv", "id,name,type\n1,\"b", "a.csv:2: a quote is not closed"},
    {"a.csv", "id,name,type\n1,b\033[2J,string\n", UNCLEAN},
    {"a.csv", "id,name,type\n1,b\t,string\n", UNCLEAN},
    {"a.csv", "id,name,type\n1,b\xff,string\n", UNCLEAN},
    {"a.csv",
     "id,name,type,units\n1,b,string,\xc2\x9b"
     "2J\n",
     UNCLEAN},
    {"a.csv",
     "id,name,type,units\n1,b,string,\xe2\x80\xae"
     "s\n",
     UNCLEAN},
    {"a.csv",
     "id,name,type\n\xef\xbb\xbf"
     "1,b,string\n",
     UNCLEAN},
};

static void
test_bad_rows (void)
{
    NfRegistry *r = nf_registry_new ();

    for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_false (
            nf_registry_load_text (r, bad[i].path, bad[i].text, strlen (bad[i].text), &error));
        g_assert_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW);
        g_assert_cmpstr (error->message, ==, bad[i].message);
        g_assert_false (
            nf_registry_load_text (r, bad[i].path, bad[i].text, strlen (bad[i].text), NULL));
    }
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_IPFIX, 0, 1)->name, ==, "octetDeltaCount");

    /* a zero octet, of which C strings know nothing */
    g_autoptr (GError) error = NULL;
    g_assert_false (nf_registry_load_text (r, "a.csv", "id\0,", 4, &error));
    g_assert_cmpstr (error->message, ==, "a.csv:1: a character that does not print, or not UTF-8");
    nf_registry_unref (r);
}

/* A key that -T jsonl has beside the elements is no name of theirs; with an enterprise before it,
 * it is another name. */
static void
test_reserved_names (void)
{
    static const char *const keys[] = {"file",     "packet",      "message", "held",   "time",
                                       "exporter", "port",        "version", "domain", "sequence",
                                       "template", "export_time", "kind",    "start",  "end"};
    NfRegistry *r = nf_registry_new ();

    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
        g_autofree char *name = g_strdup_printf ("id,name,type\n\n20000,%s,string\n", keys[i]);
        g_autofree char *v9 =
            g_strdup_printf ("id,name,type,netflow9\n20000,mine,string,%s\n", keys[i]);
        g_autofree char *message = g_strdup_printf (
            "a.csv:3: column name: \"%s\" is the name of what a record has beside its elements",
            keys[i]);
        g_autofree char *message_v9 = g_strdup_printf (
            "a.csv:2: column netflow9: \"%s\" is the name of what a record has beside its elements",
            keys[i]);
        g_autoptr (GError) error = NULL;

        g_assert_null (nf_registry_find (r, keys[i]));
        g_assert_false (nf_registry_load_text (r, "a.csv", name, strlen (name), &error));
        g_assert_cmpstr (error->message, ==, message);
        g_clear_error (&error);
        g_assert_false (nf_registry_load_text (r, "a.csv", v9, strlen (v9), &error));
        g_assert_cmpstr (error->message, ==, message_v9);
        load (r, "pen-99999.csv", name);
    }
    g_assert_nonnull (nf_registry_find (r, "99999.end"));
    nf_registry_unref (r);
}

/* Fields and headers at their limits, and one beyond. */
static void
test_limits (void)
{
    NfRegistry *r = nf_registry_new ();
    g_autofree char *name = g_strnfill (255, 'n');
    g_autofree char *row = g_strdup_printf ("id,name,type\n1,%s,string\n", name);
    g_autofree char *long_row = g_strdup_printf ("id,name,type\n1,%sn,string\n", name);
    g_autofree char *commas = g_strnfill (29, ',');
    g_autofree char *wide = g_strdup_printf ("id,name,type%s\n1,b,string\n", commas);
    g_autofree char *wider = g_strdup_printf ("id,name,type%s,\n1,b,string\n", commas);
    g_autoptr (GError) error = NULL;

    load (r, "pen-9.csv", row);
    g_assert_cmpuint (strlen (nf_registry_lookup (r, NF_SPACE_IPFIX, 9, 1)->name), ==,
                      strlen ("cisco.") + 255);
    load (r, "pen-6871.csv", row);
    g_assert_nonnull (nf_registry_lookup (r, NF_SPACE_IPFIX, 6871, 0x4001));
    g_assert_false (nf_registry_load_text (r, "a.csv", long_row, strlen (long_row), &error));
    g_assert_cmpstr (error->message, ==, "a.csv:2: a field of over 255 octets");
    g_clear_error (&error);
    load (r, "a.csv", wide);
    g_assert_false (nf_registry_load_text (r, "a.csv", wider, strlen (wider), &error));
    g_assert_cmpstr (error->message, ==, "a.csv:1: over 32 columns");
    nf_registry_unref (r);
}

static void
test_files (void)
{
    NfRegistry *r = nf_registry_new ();
    g_autofree char *folder = g_dir_make_tmp ("nfpeek-test-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "pen-7.csv", NULL);
    g_autofree char *large = g_strnfill (4 * 1024 * 1024 + 1, '\n');
    g_autofree char *too_large = g_strdup_printf ("%s: over 4194304 octets", path);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, "id,name,type\n1,one,string\n", -1, NULL));
    nf_registry_load (r, path, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (nf_registry_lookup (r, NF_SPACE_IPFIX, 7, 1)->name, ==, "7.one");

    g_assert_true (g_file_set_contents (path, large, -1, NULL));
    g_assert_false (nf_registry_load (r, path, &error));
    g_assert_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_FILE);
    g_assert_cmpstr (error->message, ==, too_large);
    g_clear_error (&error);

    g_remove (path);
    g_assert_false (nf_registry_load (r, path, &error));
    g_assert_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_FILE);
    g_assert_true (g_str_has_prefix (error->message, path));
    g_clear_error (&error);
    g_assert_false (nf_registry_load (r, folder, &error));
    g_assert_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_FILE);
    g_rmdir (folder);
    nf_registry_unref (r);
}

/* Every beginning of a file, from a copy of its exact size: no read behind the end. */
static void
test_prefixes (void)
{
    static const char text[] = "\xef\xbb\xbf# c\r\nid,\"name\",type,range,flags\r\n"
                               "1,\"a\"\"b\",string\n2,b,unsigned8,1-0x2,uptime \n";
    NfRegistry *r = nf_registry_new ();

    for (gsize length = 0; length < sizeof text; length++) {
        char *copy = g_malloc (length + (length == 0));

        memcpy (copy, text, length);
        nf_registry_load_text (r, "pen-3.csv", copy, length, NULL);
        g_free (copy);
    }
    nf_registry_unref (r);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/element-load/user-rows", test_user_rows);
    g_test_add_func ("/element-load/replace", test_replace);
    g_test_add_func ("/element-load/bad-rows", test_bad_rows);
    g_test_add_func ("/element-load/reserved-names", test_reserved_names);
    g_test_add_func ("/element-load/limits", test_limits);
    g_test_add_func ("/element-load/files", test_files);
    g_test_add_func ("/element-load/prefixes", test_prefixes);
    return g_test_run ();
}
