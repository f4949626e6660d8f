/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The buffer that text is appended to (common/text.h). */
#include "text.h"

static void
test_empty (void)
{
    NfText t = NF_TEXT_INIT;

    g_assert_cmpuint (nf_text_length (&t), ==, 0);
    nf_text_truncate (&t, 0);
    nf_text_add_octets (&t, NULL, 0);
    nf_text_add_hex (&t, NULL, 0, ':');
    g_assert_cmpuint (nf_text_length (&t), ==, 0);
    g_assert_cmpstr (nf_text_string (&t), ==, "");
    nf_text_clear (&t);
    nf_text_add (&t, "again");
    g_assert_cmpstr (nf_text_string (&t), ==, "again");
    nf_text_clear (&t);
    g_assert_null (t.start);
    nf_text_clear (&t);
}

static void
test_append (void)
{
    NfText t = NF_TEXT_INIT;

    nf_text_add (&t, "one");
    nf_text_add_char (&t, ',');
    nf_text_add_octets (&t, "two\0three", 9);
    nf_text_add (&t, "");
    g_assert_cmpuint (nf_text_length (&t), ==, 13);
    g_assert_cmpint (memcmp (t.start, "one,two\0three", 13), ==, 0);

    /* the zero that ends the string does not count, and is written over */
    g_assert_cmpstr (nf_text_string (&t), ==, "one,two");
    g_assert_cmpuint (nf_text_length (&t), ==, 13);
    nf_text_truncate (&t, 3);
    nf_text_add_char (&t, '!');
    g_assert_cmpstr (nf_text_string (&t), ==, "one!");
    nf_text_clear (&t);
}

/* What was there before survives each time the room grows, by single octets and at once. */
static void
test_grow (void)
{
    NfText t = NF_TEXT_INIT;
    const gsize large = 1000000;

    for (guint i = 0; i < 20000; i++)
        nf_text_add_char (&t, (char)('a' + i % 26));
    memset (nf_text_room (&t, large), 'z', large);
    t.at += large;
    g_assert_cmpuint (nf_text_length (&t), ==, 20000 + large);
    for (guint i = 0; i < 20000; i++)
        g_assert_cmpint (t.start[i], ==, 'a' + i % 26);
    g_assert_cmpint (t.at[-1], ==, 'z');
    g_assert_true (nf_text_room (&t, 1) < t.end);
    nf_text_clear (&t);
}

/* Room is what was asked for, not less, when just that much or one more is left. */
static void
test_room (void)
{
    NfText t = NF_TEXT_INIT;

    nf_text_add_char (&t, 'x');
    gsize left = (gsize)(t.end - t.at);
    const char *start = t.start;

    g_assert_true (nf_text_room (&t, left) == t.at && t.start == start);
    nf_text_room (&t, left + 1);
    g_assert_cmpuint ((gsize)(t.end - t.at), >=, left + 1);
    g_assert_cmpint (t.start[0], ==, 'x');
    nf_text_clear (&t);
}

static void
test_numbers (void)
{
    static const struct {
        guint64 value;
        guint width;
        const char *text;
    } unsigned_cases[] = {
        {0, 1, "0"},
        {0, 0, "0"},
        {0, 3, "000"},
        {7, 2, "07"},
        {100, 2, "100"},
        {G_MAXUINT32, 1, "4294967295"},
        {G_MAXUINT64, 1, "18446744073709551615"},
        {1, 20, "00000000000000000001"},
        {G_MAXUINT64, 20, "18446744073709551615"},
    };
    static const struct {
        gint64 value;
        const char *text;
    } signed_cases[] = {
        {0, "0"},
        {-1, "-1"},
        {G_MAXINT64, "9223372036854775807"},
        {G_MININT64, "-9223372036854775808"},
    };
    NfText t = NF_TEXT_INIT;

    for (gsize i = 0; i < G_N_ELEMENTS (unsigned_cases); i++) {
        nf_text_truncate (&t, 0);
        nf_text_add_uint (&t, unsigned_cases[i].value, unsigned_cases[i].width);
        g_assert_cmpstr (nf_text_string (&t), ==, unsigned_cases[i].text);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (signed_cases); i++) {
        nf_text_truncate (&t, 0);
        nf_text_add_int (&t, signed_cases[i].value);
        g_assert_cmpstr (nf_text_string (&t), ==, signed_cases[i].text);
    }
    nf_text_clear (&t);
}

static void
test_hex (void)
{
    static const guint8 octets[] = {0x00, 0x1b, 0xff};
    NfText t = NF_TEXT_INIT;

    nf_text_add_hex (&t, octets, sizeof octets, 0);
    nf_text_add_char (&t, ' ');
    nf_text_add_hex (&t, octets, sizeof octets, ':');
    nf_text_add_char (&t, ' ');
    nf_text_add_hex (&t, octets, 1, ':');
    g_assert_cmpstr (nf_text_string (&t), ==, "001bff 00:1b:ff 00");
    nf_text_clear (&t);
}

static void
test_format (void)
{
    NfText t = NF_TEXT_INIT;
    g_autofree char *wide = g_strnfill (10000, 'w');

    nf_text_add (&t, "<");
    nf_text_add_format (&t, "%s=%d", "a", -5);
    nf_text_add_format (&t, "%s", "");
    nf_text_add_format (&t, "%s", wide);
    nf_text_add (&t, ">");
    g_assert_cmpuint (nf_text_length (&t), ==, 10006);
    g_assert_true (g_str_has_prefix (nf_text_string (&t), "<a=-5www"));
    g_assert_true (g_str_has_suffix (nf_text_string (&t), "www>"));
    nf_text_clear (&t);
}

static void
test_words (void)
{
    NfText t = NF_TEXT_INIT;

    nf_text_add_count (&t, 0, "octets");
    nf_text_add_char (&t, ',');
    nf_text_add_count (&t, 1, "octets");
    nf_text_add_char (&t, ',');
    nf_text_add_count (&t, G_MAXUINT64, "flows");
    g_assert_cmpstr (nf_text_string (&t), ==, "0 octets,1 octet,18446744073709551615 flows");
    nf_text_truncate (&t, 0);
    nf_text_add_hex_uint (&t, 0, 1);
    nf_text_add_char (&t, ',');
    nf_text_add_hex_uint (&t, 0x1b, 4);
    nf_text_add_char (&t, ',');
    nf_text_add_hex_uint (&t, 0xabc, 2);
    nf_text_add_char (&t, ',');
    nf_text_add_hex_uint (&t, G_MAXUINT64, 2);
    g_assert_cmpstr (nf_text_string (&t), ==, "0,001b,abc,ffffffffffffffff");
    nf_text_clear (&t);
}

/* Numbers of each length, in columns narrower and wider than they are, as printf writes them. */
static void
test_columns (void)
{
    guint64 value = 1;

    for (guint digits = 1; digits <= 19; digits++, value *= 10) {
        guint64 near[] = {value - 1, value, value + 1, value * 9 / 7, value * 9 + value - 1};

        for (guint i = 0; i < G_N_ELEMENTS (near); i++) {
            for (guint width = 1; width <= 20; width++) {
                g_autofree char *right =
                    g_strdup_printf ("%*" G_GUINT64_FORMAT, (int)width, near[i]);
                g_autofree char *zeros =
                    g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int)width, near[i]);
                NfText t = NF_TEXT_INIT;

                nf_text_add_uint_right (&t, near[i], width);
                g_assert_cmpstr (nf_text_string (&t), ==, right);
                nf_text_truncate (&t, 0);
                nf_text_add_uint (&t, near[i], width);
                g_assert_cmpstr (nf_text_string (&t), ==, zeros);
                nf_text_clear (&t);
            }
        }
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/text/empty", test_empty);
    g_test_add_func ("/text/append", test_append);
    g_test_add_func ("/text/grow", test_grow);
    g_test_add_func ("/text/room", test_room);
    g_test_add_func ("/text/numbers", test_numbers);
    g_test_add_func ("/text/hex", test_hex);
    g_test_add_func ("/text/words", test_words);
    g_test_add_func ("/text/format", test_format);
    g_test_add_func ("/text/columns", test_columns);
    return g_test_run ();
}
