/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON text: strings that come from the wire, and values. */
#include "json.h"

typedef struct {
    const char *name;
    const char *octets;
    gsize length;
    const char *json;
    gboolean keeps;
} StringCase;

#define OCTETS(s) s, sizeof s - 1

static const StringCase strings[] = {
    {"empty", OCTETS (""), "\"\"", TRUE},
    {"plain", OCTETS ("GigE0/7"), "\"GigE0/7\"", TRUE},
    {"quote", OCTETS ("a\"b"), "\"a\\\"b\"", TRUE},
    {"backslash", OCTETS ("a\\b"), "\"a\\\\b\"", TRUE},
    {"line-feed", OCTETS ("a\nb"), "\"a\\nb\"", TRUE},
    {"tab-and-return", OCTETS ("\t\r"), "\"\\t\\r\"", TRUE},
    {"escape", OCTETS ("\033[m"), "\"\\u001b[m\"", TRUE},
    {"zero-inside", OCTETS ("a\0b"), "\"a\\u0000b\"", TRUE},
    {"delete", OCTETS ("\177"), "\"\\u007f\"", TRUE},
    {"utf-8", OCTETS ("Z\xc3\xbcrich"), "\"Z\xc3\xbcrich\"", TRUE},
    {"four-octets", OCTETS ("\xf0\x9f\x98\x80"), "\"\xf0\x9f\x98\x80\"", TRUE},
    {"latin-1", OCTETS ("Z\xfcrich"), "\"Z\xef\xbf\xbdrich\"", FALSE},
    {"cut-character", OCTETS ("a\xc3"), "\"a\xef\xbf\xbd\"", FALSE},
    {"bad-behind-zero", OCTETS ("a\0\xff"), "\"a\\u0000\xef\xbf\xbd\"", FALSE},
};

static void
test_string (gconstpointer data)
{
    const StringCase *c = data;
    NfText t = NF_TEXT_INIT;

    nf_json_string (&t, (const guint8 *)c->octets, c->length);
    g_assert_cmpstr (nf_text_string (&t), ==, c->json);
    g_assert_cmpint (nf_json_keeps ((const guint8 *)c->octets, c->length), ==, c->keeps);
    nf_text_clear (&t);
}

/* Every ASCII character at every place among others is written as it is by itself: long text is
 * looked at eight octets at a time. */
static void
test_places (void)
{
    enum { LENGTH = 19 };

    for (guint c = 0; c < 0x80; c++) {
        NfText alone = NF_TEXT_INIT;
        guint8 octet = (guint8)c;

        nf_json_string (&alone, &octet, 1);
        nf_text_truncate (&alone, nf_text_length (&alone) - 1);
        for (guint place = 0; place < LENGTH; place++) {
            guint8 octets[LENGTH];
            NfText t = NF_TEXT_INIT, expected = NF_TEXT_INIT;

            memset (octets, '~', LENGTH);
            octets[place] = octet;
            nf_json_string (&t, octets, LENGTH);
            nf_text_add_char (&expected, '"');
            for (guint i = 0; i < LENGTH; i++)
                nf_text_add (&expected, i == place ? nf_text_string (&alone) + 1 : "~");
            nf_text_add_char (&expected, '"');
            g_assert_cmpstr (nf_text_string (&t), ==, nf_text_string (&expected));
            nf_text_clear (&t);
            nf_text_clear (&expected);
        }
        nf_text_clear (&alone);
    }
}

typedef struct {
    const char *name;
    NfType type;
    const char *octets;
    gsize length;
    gboolean big_as_string;
    const char *json;
} ValueCase;

static const ValueCase values[] = {
    {"number", NF_TYPE_UNSIGNED32, OCTETS ("\0\0\5\xdc"), FALSE, "1500"},
    {"negative", NF_TYPE_SIGNED8, OCTETS ("\xff"), FALSE, "-1"},
    {"exact", NF_TYPE_UNSIGNED64, OCTETS ("\0\x20\0\0\0\0\0\0"), TRUE, "9007199254740992"},
    {"big", NF_TYPE_UNSIGNED64, OCTETS ("\0\x20\0\0\0\0\0\1"), FALSE, "9007199254740993"},
    {"big-quoted", NF_TYPE_UNSIGNED64, OCTETS ("\0\x20\0\0\0\0\0\1"), TRUE, "\"9007199254740993\""},
    {"float", NF_TYPE_FLOAT32, OCTETS ("\x3f\xc0\0\0"), FALSE, "1.5"},
    {"not-a-number", NF_TYPE_FLOAT32, OCTETS ("\x7f\xc0\0\0"), FALSE, "\"NaN\""},
    {"infinite", NF_TYPE_FLOAT32, OCTETS ("\xff\x80\0\0"), FALSE, "\"-INF\""},
    {"true", NF_TYPE_BOOLEAN, OCTETS ("\1"), FALSE, "true"},
    {"false", NF_TYPE_BOOLEAN, OCTETS ("\2"), FALSE, "false"},
    {"neither", NF_TYPE_BOOLEAN, OCTETS ("\3"), FALSE, "3"},
    {"address", NF_TYPE_IPV4_ADDRESS, OCTETS ("\xc0\0\2\1"), FALSE, "\"192.0.2.1\""},
    {"octets", NF_TYPE_OCTET_ARRAY, OCTETS ("\xde\xad"), FALSE, "\"dead\""},
    {"no-octets", NF_TYPE_OCTET_ARRAY, OCTETS (""), FALSE, "\"\""},
    {"seconds", NF_TYPE_DATE_TIME_SECONDS, OCTETS ("\x65\x53\xf1\0"), FALSE,
     "\"2023-11-14T22:13:20Z\""},
};

static void
test_value (gconstpointer data)
{
    const ValueCase *c = data;
    NfText t = NF_TEXT_INIT;
    NfValue value;

    nf_value_read (&value, c->type, (const guint8 *)c->octets, c->length);
    nf_json_value (&t, &value, c->big_as_string);
    g_assert_cmpstr (nf_text_string (&t), ==, c->json);
    nf_text_clear (&t);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (strings); i++) {
        g_autofree char *path = g_strdup_printf ("/json/string/%s", strings[i].name);

        g_test_add_data_func (path, &strings[i], test_string);
    }
    g_test_add_func ("/json/places", test_places);
    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
        g_autofree char *path = g_strdup_printf ("/json/value/%s", values[i].name);

        g_test_add_data_func (path, &values[i], test_value);
    }
    return g_test_run ();
}
