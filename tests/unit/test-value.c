/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields as typed values and as text (common/value.h). */
#include "value.h"

#include <arpa/inet.h>
#include <float.h>
#include <math.h>

/* Octets written as a string literal, with their number. */
#define WIRE(literal) .octets = literal, .length = sizeof literal - 1

typedef struct {
    NfType type;
    const char *octets;
    gsize length;
    NfValueKind kind;
    const char *text;
} ValueCase;

/* Reads a value from a copy of just its length, so that a sanitizer sees what reads beyond. */
static void
check_value (gconstpointer data)
{
    const ValueCase *c = data;
    guint8 *copy = g_malloc (c->length);
    NfText t = NF_TEXT_INIT;
    NfValue value;

    if (c->length > 0)
        memcpy (copy, c->octets, c->length);
    nf_value_read (&value, c->type, copy, c->length);
    nf_value_text (&t, &value);
    g_assert_cmpstr (nf_text_string (&t), ==, c->text);
    g_assert_cmpint (value.kind, ==, c->kind);
    g_assert_true (value.octets == copy);
    if (value.kind != NF_VALUE_STRING)
        g_assert_cmpuint (value.length, ==, c->length);
    nf_text_clear (&t);
    g_free (copy);
}

static const ValueCase integers[] = {
    {NF_TYPE_UNSIGNED8, WIRE ("\xff"), NF_VALUE_UNSIGNED, "255"},
    {NF_TYPE_UNSIGNED16, WIRE ("\x01\x00"), NF_VALUE_UNSIGNED, "256"},
    {NF_TYPE_UNSIGNED32, WIRE ("\xff\xff\xff\xff"), NF_VALUE_UNSIGNED, "4294967295"},
    {NF_TYPE_UNSIGNED64, WIRE ("\xff\xff\xff\xff\xff\xff\xff\xff"), NF_VALUE_UNSIGNED,
     "18446744073709551615"},
    {NF_TYPE_UNSIGNED64, WIRE ("\x00\x00\x00\x00\x00\x00\x00\x00"), NF_VALUE_UNSIGNED, "0"},
    /* reduced size */
    {NF_TYPE_UNSIGNED64, WIRE ("\xff"), NF_VALUE_UNSIGNED, "255"},
    {NF_TYPE_UNSIGNED32, WIRE ("\x01\x00\x00"), NF_VALUE_UNSIGNED, "65536"},
    {NF_TYPE_UNSIGNED64, WIRE ("\x01\x02\x03\x04\x05"), NF_VALUE_UNSIGNED, "4328719365"},
    /* longer than the type */
    {NF_TYPE_UNSIGNED8, WIRE ("\x00\x00\x00\x07"), NF_VALUE_UNSIGNED, "7"},
    {NF_TYPE_SIGNED8, WIRE ("\xff\xfe"), NF_VALUE_SIGNED, "-2"},
    {NF_TYPE_UNSIGNED64, WIRE ("\x00\x00\x00\x00\x00\x00\x00\x00\x01"), NF_VALUE_OCTETS,
     "000000000000000001"},
    {NF_TYPE_SIGNED64, WIRE ("\x80\x00\x00\x00\x00\x00\x00\x00\x01"), NF_VALUE_OCTETS,
     "800000000000000001"},
    {NF_TYPE_SIGNED8, WIRE ("\x80"), NF_VALUE_SIGNED, "-128"},
    {NF_TYPE_SIGNED8, WIRE ("\x7f"), NF_VALUE_SIGNED, "127"},
    {NF_TYPE_SIGNED16, WIRE ("\xff\xff"), NF_VALUE_SIGNED, "-1"},
    {NF_TYPE_SIGNED32, WIRE ("\x80\x00\x00\x00"), NF_VALUE_SIGNED, "-2147483648"},
    {NF_TYPE_SIGNED64, WIRE ("\x80\x00\x00\x00\x00\x00\x00\x00"), NF_VALUE_SIGNED,
     "-9223372036854775808"},
    {NF_TYPE_SIGNED64, WIRE ("\x7f\xff\xff\xff\xff\xff\xff\xff"), NF_VALUE_SIGNED,
     "9223372036854775807"},
    {NF_TYPE_SIGNED64, WIRE ("\xff"), NF_VALUE_SIGNED, "-1"},
    {NF_TYPE_SIGNED32, WIRE ("\x80\x00\x00"), NF_VALUE_SIGNED, "-8388608"},
    {NF_TYPE_SIGNED32, WIRE ("\x7f\x00\x00"), NF_VALUE_SIGNED, "8323072"},
    {NF_TYPE_UNSIGNED256, WIRE ("\x01\x00\x00\x00\x00\x00\x00\x00"), NF_VALUE_UNSIGNED,
     "72057594037927936"},
    {NF_TYPE_UNSIGNED256, WIRE ("\x01\x00\x00\x00\x00\x00\x00\x00\xab"), NF_VALUE_OCTETS,
     "0100000000000000ab"},
};

static const ValueCase floats[] = {
    {NF_TYPE_FLOAT32, WIRE ("\x3f\x80\x00\x00"), NF_VALUE_FLOAT, "1"},
    {NF_TYPE_FLOAT32, WIRE ("\x3d\xcc\xcc\xcd"), NF_VALUE_FLOAT, "0.1"},
    {NF_TYPE_FLOAT64, WIRE ("\x3d\xcc\xcc\xcd"), NF_VALUE_FLOAT, "0.1"},
    {NF_TYPE_FLOAT64, WIRE ("\x3f\xb9\x99\x99\x99\x99\x99\x9a"), NF_VALUE_FLOAT, "0.1"},
    {NF_TYPE_FLOAT64, WIRE ("\xc0\x09\x21\xfb\x54\x44\x2d\x18"), NF_VALUE_FLOAT,
     "-3.141592653589793"},
    {NF_TYPE_FLOAT32, WIRE ("\x7f\xc0\x00\x00"), NF_VALUE_FLOAT, "NaN"},
    {NF_TYPE_FLOAT64, WIRE ("\xff\xf0\x00\x00\x00\x00\x00\x00"), NF_VALUE_FLOAT, "-INF"},
    {NF_TYPE_FLOAT32, WIRE ("\x3f\x80\x00\x00\x00\x00\x00\x00"), NF_VALUE_OCTETS,
     "3f80000000000000"},
    {NF_TYPE_FLOAT64, WIRE ("\x3f\x80\x00\x00\x00"), NF_VALUE_OCTETS, "3f80000000"},
    {NF_TYPE_FLOAT64, WIRE ("\x3f\x80\x00\x00\x00\x00\x00\x00\x00"), NF_VALUE_OCTETS,
     "3f8000000000000000"},
};

static const ValueCase others[] = {
    {NF_TYPE_BOOLEAN, WIRE ("\x01"), NF_VALUE_BOOLEAN, "true"},
    {NF_TYPE_BOOLEAN, WIRE ("\x02"), NF_VALUE_BOOLEAN, "false"},
    {NF_TYPE_BOOLEAN, WIRE ("\x00"), NF_VALUE_BOOLEAN, "0"},
    {NF_TYPE_BOOLEAN, WIRE ("\xff"), NF_VALUE_BOOLEAN, "255"},
    {NF_TYPE_BOOLEAN, WIRE ("\x00\x01"), NF_VALUE_OCTETS, "0001"},
    {NF_TYPE_MAC_ADDRESS, WIRE ("\x00\x1b\x21\x0a\xbc\xde"), NF_VALUE_MAC, "00:1b:21:0a:bc:de"},
    {NF_TYPE_MAC_ADDRESS, WIRE ("\x00\x1b\x21\x0a\xbc"), NF_VALUE_OCTETS, "001b210abc"},
    {NF_TYPE_IPV4_ADDRESS, WIRE ("\xc0\x00\x02\x01"), NF_VALUE_IPV4, "192.0.2.1"},
    {NF_TYPE_IPV4_ADDRESS, WIRE ("\xc0\x00\x02"), NF_VALUE_OCTETS, "c00002"},
    {NF_TYPE_IPV6_ADDRESS, WIRE ("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"), NF_VALUE_IPV6,
     "2001:db8::1"},
    {NF_TYPE_IPV6_ADDRESS, WIRE ("\x20\x01\x0d\xb8"), NF_VALUE_OCTETS, "20010db8"},
    {NF_TYPE_OCTET_ARRAY, WIRE ("\x00\x0a\xff\x00"), NF_VALUE_OCTETS, "000aff00"},
    {NF_TYPE_BASIC_LIST, WIRE ("\xff\x00"), NF_VALUE_OCTETS, "ff00"},
    {NF_TYPE_SUB_TEMPLATE_LIST, WIRE ("\xff\x01"), NF_VALUE_OCTETS, "ff01"},
    {NF_TYPE_SUB_TEMPLATE_MULTI_LIST, WIRE ("\xff"), NF_VALUE_OCTETS, "ff"},
    /* nothing at all */
    {NF_TYPE_OCTET_ARRAY, WIRE (""), NF_VALUE_OCTETS, ""},
    {NF_TYPE_STRING, WIRE (""), NF_VALUE_STRING, ""},
    {NF_TYPE_SUB_TEMPLATE_LIST, WIRE (""), NF_VALUE_OCTETS, ""},
    {NF_TYPE_UNSIGNED32, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_UNSIGNED256, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_SIGNED64, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_FLOAT64, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_BOOLEAN, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_MAC_ADDRESS, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_DATE_TIME_SECONDS, WIRE (""), NF_VALUE_NONE, ""},
    {NF_TYPE_IPV6_ADDRESS, WIRE (""), NF_VALUE_NONE, ""},
};

#define BAD "\xef\xbf\xbd"

static const ValueCase strings[] = {
    {NF_TYPE_STRING, WIRE ("eth0"), NF_VALUE_STRING, "eth0"},
    {NF_TYPE_STRING, WIRE ("eth0\0\0\0\0"), NF_VALUE_STRING, "eth0"},
    {NF_TYPE_STRING, WIRE ("\0\0\0"), NF_VALUE_STRING, ""},
    /* one of each length, with the first and last of it */
    {NF_TYPE_STRING, WIRE ("\xc2\x80\xdf\xbf"), NF_VALUE_STRING, "\xc2\x80\xdf\xbf"},
    {NF_TYPE_STRING, WIRE ("\xe0\xa0\x80\xef\xbf\xbf"), NF_VALUE_STRING,
     "\xe0\xa0\x80\xef\xbf\xbf"},
    {NF_TYPE_STRING, WIRE ("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"), NF_VALUE_STRING,
     "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
    {NF_TYPE_STRING, WIRE ("\xed\x9f\xbf\xee\x80\x80"), NF_VALUE_STRING,
     "\xed\x9f\xbf\xee\x80\x80"},
    /* octets that begin nothing */
    {NF_TYPE_STRING, WIRE ("a\x80\xbf"), NF_VALUE_STRING, "a" BAD BAD},
    {NF_TYPE_STRING, WIRE ("\xc0\xaf"), NF_VALUE_STRING, BAD BAD},
    {NF_TYPE_STRING, WIRE ("\xc1\xbf\xf5\xff"), NF_VALUE_STRING, BAD BAD BAD BAD},
    /* overlong, surrogates, beyond U+10FFFF */
    {NF_TYPE_STRING, WIRE ("\xe0\x80\xaf"), NF_VALUE_STRING, BAD BAD BAD},
    {NF_TYPE_STRING, WIRE ("\xf0\x80\x80\xaf"), NF_VALUE_STRING, BAD BAD BAD BAD},
    {NF_TYPE_STRING, WIRE ("\xed\xa0\x80"), NF_VALUE_STRING, BAD BAD BAD},
    {NF_TYPE_STRING, WIRE ("\xf4\x90\x80\x80"), NF_VALUE_STRING, BAD BAD BAD BAD},
    /* cut: one replacement for what was there, and what follows is kept */
    {NF_TYPE_STRING, WIRE ("\xe2\x82"), NF_VALUE_STRING, BAD},
    {NF_TYPE_STRING, WIRE ("\xf0\x9f\x98"), NF_VALUE_STRING, BAD},
    {NF_TYPE_STRING, WIRE ("\xe2\x82z"), NF_VALUE_STRING, BAD "z"},
    {NF_TYPE_STRING, WIRE ("\xf0\x9f\xe2\x82\xac"), NF_VALUE_STRING, BAD "\xe2\x82\xac"},
    {NF_TYPE_STRING, WIRE ("\xc3"), NF_VALUE_STRING, BAD},
    {NF_TYPE_STRING, WIRE ("a\xf1\x80\x80\xe1\x80\xc2z"), NF_VALUE_STRING, "a" BAD BAD BAD "z"},
};

static const ValueCase times[] = {
    {NF_TYPE_DATE_TIME_SECONDS, WIRE ("\x00\x00\x00\x00"), NF_VALUE_TIME, "1970-01-01T00:00:00Z"},
    {NF_TYPE_DATE_TIME_SECONDS, WIRE ("\x65\x53\xf1\x00"), NF_VALUE_TIME, "2023-11-14T22:13:20Z"},
    {NF_TYPE_DATE_TIME_SECONDS, WIRE ("\xff\xff\xff\xff"), NF_VALUE_TIME, "2106-02-07T06:28:15Z"},
    {NF_TYPE_DATE_TIME_SECONDS, WIRE ("\x65\x53\xf1\x00\x00\x00\x00\x00"), NF_VALUE_OCTETS,
     "6553f10000000000"},
    {NF_TYPE_DATE_TIME_MILLISECONDS, WIRE ("\x00\x00\x01\x8b\xcf\xe5\x68\x7b"), NF_VALUE_TIME,
     "2023-11-14T22:13:20.123Z"},
    {NF_TYPE_DATE_TIME_MILLISECONDS, WIRE ("\x00\x00\xe6\x77\xd2\x1f\xdb\xff"), NF_VALUE_TIME,
     "9999-12-31T23:59:59.999Z"},
    {NF_TYPE_DATE_TIME_MILLISECONDS, WIRE ("\x00\x00\xe6\x77\xd2\x1f\xdc\x00"), NF_VALUE_TIME,
     "253402300800.000"},
    {NF_TYPE_DATE_TIME_MILLISECONDS, WIRE ("\xff\xff\xff\xff\xff\xff\xff\xff"), NF_VALUE_TIME,
     "18446744073709551.615"},
    {NF_TYPE_DATE_TIME_MILLISECONDS, WIRE ("\x65\x53\xf1\x00"), NF_VALUE_OCTETS, "6553f100"},
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\xe8\xfe\x6f\x80\x80\x00\x00\x00"), NF_VALUE_TIME,
     "2023-11-14T22:13:20.500000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\xe8\xfe\x6f\x80\x80\x00\x00\x00"), NF_VALUE_TIME,
     "2023-11-14T22:13:20.500000000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\xe8\xfe\x6f\x80\x00\x00\x07\xff"), NF_VALUE_TIME,
     "2023-11-14T22:13:20.000000477Z"},
    /* the 11 bits that do not count */
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\xe8\xfe\x6f\x80\x00\x00\x0f\xff"), NF_VALUE_TIME,
     "2023-11-14T22:13:20.000000Z"},
    /* rounded up into the next second */
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\xe8\xfe\x6f\x80\xff\xff\xff\xff"), NF_VALUE_TIME,
     "2023-11-14T22:13:21.000000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\xe8\xfe\x6f\x80\xff\xff\xff\xff"), NF_VALUE_TIME,
     "2023-11-14T22:13:21.000000000Z"},
    /* NTP's seconds: the first of 1970, the last before they wrap, the two after, the last ones */
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\x83\xaa\x7e\x80\x00\x00\x00\x00"), NF_VALUE_TIME,
     "1970-01-01T00:00:00.000000Z"},
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\xff\xff\xff\xff\x00\x00\x00\x00"), NF_VALUE_TIME,
     "2036-02-07T06:28:15.000000Z"},
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\x00\x00\x00\x00\x80\x00\x00\x00"), NF_VALUE_TIME,
     "2036-02-07T06:28:16.500000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\x00\x00\x00\x01\x00\x00\x00\x00"), NF_VALUE_TIME,
     "2036-02-07T06:28:17.000000000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\x83\xaa\x7e\x7f\xff\xff\xff\xff"), NF_VALUE_TIME,
     "2106-02-07T06:28:16.000000000Z"},
    {NF_TYPE_DATE_TIME_MICROSECONDS, WIRE ("\x00\x00\x00\x00\x00\x00\x00\x00"), NF_VALUE_TIME,
     "1970-01-01T00:00:00.000000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\x00\x00\x00\x00\x00\x00\x00\x00"), NF_VALUE_TIME,
     "1970-01-01T00:00:00.000000000Z"},
    {NF_TYPE_DATE_TIME_NANOSECONDS, WIRE ("\xe8\xfe\x6f\x80"), NF_VALUE_OCTETS, "e8fe6f80"},
};

/* Zeros between two characters stay, which a comparison of C strings cannot show. */
static void
test_string_with_zero (void)
{
    NfText t = NF_TEXT_INIT;
    NfValue value;

    nf_value_read (&value, NF_TYPE_STRING, (const guint8 *)"a\0b\0", 4);
    nf_value_text (&t, &value);
    g_assert_cmpuint (nf_text_length (&t), ==, 3);
    g_assert_cmpint (memcmp (t.start, "a\0b", 3), ==, 0);
    nf_text_clear (&t);
}

/* Every type takes every length without a crash, and says NONE only where there is nothing. */
static void
test_any_length (void)
{
    NfText t = NF_TEXT_INIT;

    for (guint type = 0; type <= NF_N_TYPES; type++)
        for (gsize length = 0; length <= 33; length++) {
            guint8 *octets = g_malloc (length);
            NfValue value;

            if (length > 0)
                memset (octets, 0xff, length);
            nf_value_read (&value, type, octets, length);
            nf_text_truncate (&t, 0);
            nf_value_text (&t, &value);
            g_assert_true (value.kind != NF_VALUE_NONE || length == 0);
            g_assert_cmpuint (nf_text_length (&t) > 0, ==, length > 0);
            g_free (octets);
        }
    nf_text_clear (&t);
}

static NfTime
read_ntp (NfType type, guint64 timestamp)
{
    guint64 wire = GUINT64_TO_BE (timestamp);
    NfValue value;

    nf_value_read (&value, type, (const guint8 *)&wire, sizeof wire);
    g_assert_cmpint (value.kind, ==, NF_VALUE_TIME);
    return value.time;
}

/* What an exporter encodes comes back, whichever way it rounds its fraction. */
static void
test_ntp_round_trip (void)
{
    const guint64 s = G_GUINT64_CONSTANT (0xe8fe6f80) << 32;

    for (guint64 i = 0; i < 1000; i++) {
        guint64 us = i < 500 ? i * 2003 : 999999 - (i - 500), ns = us * 1000 + i;
        guint64 down = (us << 32) / 1000000, up = down + (us > 0);
        const guint64 fractions[] = {down, up, down & ~G_GUINT64_CONSTANT (0x7ff), down | 0x7ff};

        for (guint k = 0; k < G_N_ELEMENTS (fractions); k++) {
            NfTime time = read_ntp (NF_TYPE_DATE_TIME_MICROSECONDS, s | fractions[k]);

            g_assert_cmpuint (time.s, ==, 1700000000);
            g_assert_cmpuint (time.ns, ==, us * 1000);
        }
        down = (ns << 32) / 1000000000;
        g_assert_cmpuint (read_ntp (NF_TYPE_DATE_TIME_NANOSECONDS, s | down).ns, ==, ns);
        g_assert_cmpuint (read_ntp (NF_TYPE_DATE_TIME_NANOSECONDS, s | (down + 1)).ns, ==, ns);
    }
}

static void
assert_time (NfTime time, guint digits, const char *expected)
{
    NfText t = NF_TEXT_INIT;

    nf_time_text (&t, time, digits);
    g_assert_cmpstr (nf_text_string (&t), ==, expected);
    nf_text_clear (&t);
}

static void
test_time_text (void)
{
    assert_time ((NfTime){951782399, 0}, 0, "2000-02-28T23:59:59Z");
    assert_time ((NfTime){951782400, 0}, 0, "2000-02-29T00:00:00Z");
    assert_time ((NfTime){951868800, 0}, 0, "2000-03-01T00:00:00Z");
    assert_time ((NfTime){1709208000, 0}, 0, "2024-02-29T12:00:00Z");
    assert_time ((NfTime){1704067199, 999999999}, 9, "2023-12-31T23:59:59.999999999Z");
    assert_time ((NfTime){4107542399, 0}, 0, "2100-02-28T23:59:59Z");
    assert_time ((NfTime){4107542400, 0}, 0, "2100-03-01T00:00:00Z");
    assert_time ((NfTime){253402300799, 0}, 0, "9999-12-31T23:59:59Z");
    assert_time ((NfTime){253402300800, 0}, 0, "253402300800");
    assert_time ((NfTime){253402300800, 5}, 9, "253402300800.000000005");
    assert_time ((NfTime){G_MAXUINT64, 0}, 0, "18446744073709551615");
    assert_time ((NfTime){0, 1999999}, 3, "1970-01-01T00:00:00.001Z");
    assert_time ((NfTime){0, 1999999}, 6, "1970-01-01T00:00:00.001999Z");
}

/* Every day from 1970 to 9999, against GLib's calendar. */
static void
test_calendar (void)
{
    NfText t = NF_TEXT_INIT;
    GDate *date = g_date_new_dmy (1, G_DATE_JANUARY, 1970);

    for (guint64 day = 0; g_date_get_year (date) < 10000; day++, g_date_add_days (date, 1)) {
        char expected[32];

        g_snprintf (expected, sizeof expected, "%04u-%02u-%02uT23:59:59Z", g_date_get_year (date),
                    (guint)g_date_get_month (date), g_date_get_day (date));
        nf_text_truncate (&t, 0);
        nf_time_text (&t, (NfTime){.s = day * 86400 + 86399}, 0);
        g_assert_cmpstr (nf_text_string (&t), ==, expected);
    }
    g_date_free (date);
    nf_text_clear (&t);
}

static void
test_ipv4 (void)
{
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < 256; i++) {
        const guint8 octets[4] = {(guint8)i, 0, 255, (guint8)(255 - i)};
        char expected[INET_ADDRSTRLEN];

        nf_text_truncate (&t, 0);
        nf_ipv4_text (&t, octets);
        g_assert_cmpstr (nf_text_string (&t), ==,
                         inet_ntop (AF_INET, octets, expected, sizeof expected));
    }
    nf_text_clear (&t);
}

/* What is written at once is the same text, and stays within its room. */
static void
test_simple (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (7);
    NfText t = NF_TEXT_INIT;

    for (guint type = 0; type < NF_N_TYPES; type++) {
        for (gsize length = 0; length <= 33; length++) {
            NfSimple simple = nf_value_simple ((NfType)type, length);

            for (guint i = 0; i < 500 && simple != NF_SIMPLE_NOT; i++) {
                guint8 octets[33];
                char text[NF_ROOM_FOR_SIMPLE];
                NfValue value;
                guint shift = (guint)g_rand_int_range (random, 0, (gint32)length + 1);

                for (gsize o = 0; o < length; o++) /* numbers of all sizes */
                    octets[o] = o < shift ? 0 : (guint8)g_rand_int_range (random, 0, 256);
                nf_value_read (&value, (NfType)type, octets, length);
                nf_text_truncate (&t, 0);
                nf_value_text (&t, &value);
                char *end = nf_put_simple (text, simple, octets, length);

                g_assert_cmpuint ((gsize)(end - text), ==, nf_text_length (&t));
                g_assert_cmpint (memcmp (text, t.start, (gsize)(end - text)), ==, 0);
            }
        }
    }
    g_assert_cmpint (nf_value_simple (NF_TYPE_UNSIGNED8, 1), ==, NF_SIMPLE_UINT);
    g_assert_cmpint (nf_value_simple (NF_TYPE_IPV4_ADDRESS, 4), ==, NF_SIMPLE_IPV4);
    nf_text_clear (&t);
}

/* The rules of RFC 5952 4 and 5, one address each. */
static void
test_ipv6 (void)
{
    static const struct {
        const char *given, *expected;
    } cases[] = {
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"0:0:1:0:0:0:0:0", "0:0:1::"},
        {"0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"},
        {"0:0:2:3:4:5:6:7", "::2:3:4:5:6:7"},
        {"1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"},
        {"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
        {"2001:DB8::ABCD:10:200:3000", "2001:db8::abcd:10:200:3000"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"::fffe:192.0.2.1", "::fffe:c000:201"},
        {"::192.0.2.1", "::c000:201"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
    };
    NfText t = NF_TEXT_INIT;

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        guint8 octets[16];

        g_assert_cmpint (inet_pton (AF_INET6, cases[i].given, octets), ==, 1);
        nf_text_truncate (&t, 0);
        nf_ipv6_text (&t, octets);
        g_assert_cmpstr (nf_text_string (&t), ==, cases[i].expected);
    }
    nf_text_clear (&t);
}

/* Each pattern of zero groups, against inet_ntop(); the first group is never zero, because where
 * an address begins with 96 zero bits implementations differ. */
static void
test_ipv6_zeros (void)
{
    NfText t = NF_TEXT_INIT;

    for (guint pattern = 0; pattern < 128; pattern++) {
        guint8 octets[16] = {0x20, 0x01};
        char expected[INET6_ADDRSTRLEN];

        for (guint group = 1; group < 8; group++)
            if (pattern >> (group - 1) & 1)
                octets[2 * group + (group & 1)] = (guint8)(group << (pattern & 3));
        nf_text_truncate (&t, 0);
        nf_ipv6_text (&t, octets);
        g_assert_cmpstr (nf_text_string (&t), ==,
                         inet_ntop (AF_INET6, octets, expected, sizeof expected));
    }
    nf_text_clear (&t);
}

static void
test_float_text (void)
{
    static const struct {
        gdouble value;
        guint octets;
        const char *text;
    } cases[] = {
        {0.0, 8, "0"},
        {-0.0, 8, "-0"},
        {0.1f, 4, "0.1"},
        {0.1f, 8, "0.10000000149011612"},
        {0.1 + 0.2, 8, "0.30000000000000004"},
        {1e20, 8, "1e+20"},
        {1e-7, 8, "1e-07"},
        {123456789, 8, "123456789"},
        {123456789, 4, "1.2345679e+08"},
        {16777217, 8, "16777217"},
        {16777216, 4, "16777216"},
        {1.0 / 3, 8, "0.3333333333333333"},
        {1.0f / 3, 4, "0.33333334"},
        {FLT_MAX, 4, "3.4028235e+38"},
        {FLT_MIN, 4, "1.1754944e-38"},
        {1.40129846e-45, 4, "1e-45"},
        {DBL_MAX, 8, "1.7976931348623157e+308"},
        {DBL_MIN, 8, "2.2250738585072014e-308"},
        {4.9406564584124654e-324, 8, "5e-324"},
        {INFINITY, 8, "INF"},
        {-INFINITY, 4, "-INF"},
        {NAN, 8, "NaN"},
    };
    NfText t = NF_TEXT_INIT;

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        nf_text_truncate (&t, 0);
        nf_float_text (&t, cases[i].value, cases[i].octets);
        g_assert_cmpstr (nf_text_string (&t), ==, cases[i].text);
    }
    nf_text_clear (&t);
}

/* Whatever the bits, what is written reads back as the same number. */
static void
test_float_round_trip (void)
{
    GRand *random = g_rand_new_with_seed (7011);
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < 20000; i++) {
        guint64 bits = (guint64)g_rand_int (random) << 32 | g_rand_int (random);
        gdouble value, again;

        memcpy (&value, &bits, sizeof value);
        if (!isfinite (value))
            continue;
        nf_text_truncate (&t, 0);
        nf_float_text (&t, value, 8);
        again = g_ascii_strtod (nf_text_string (&t), NULL);
        g_assert_cmpint (memcmp (&again, &value, sizeof value), ==, 0);
    }
    nf_text_clear (&t);
    g_rand_free (random);
}

static void
test_time_from_uptime (void)
{
    static const struct {
        NfTime export_time;
        guint32 now_ms, value_ms;
        NfTime expected;
    } cases[] = {
        {{1700000000, 0}, 5000, 5000, {1700000000, 0}},
        {{1700000000, 0}, 5000, 3500, {1699999998, 500000000}},
        {{1700000000, 0}, 5000, 4999, {1699999999, 999000000}},
        {{1700000000, 0}, 5000, 6001, {1700000001, 1000000}},
        {{1700000000, 250000000}, 5000, 4500, {1699999999, 750000000}},
        {{1700000000, 999999999}, 5000, 5001, {1700000001, 999999}},
        /* the uptime wrapped between the value and the header */
        {{1700000000, 0}, 1000, G_MAXUINT32, {1699999998, 999000000}},
        /* and between the header and the value */
        {{1700000000, 0}, G_MAXUINT32, 1000, {1700000001, 1000000}},
        /* as far apart as can be */
        {{1700000000, 0}, 0, 0x80000000, {1697852516, 352000000}},
        {{1700000000, 0}, 0, 0x7fffffff, {1702147483, 647000000}},
        /* as 1970 begins */
        {{1, 0}, 1000, 0, {0, 0}},
        {{0, 0}, 1, 2, {0, 1000000}},
        {{5, 0}, 1500, 0, {3, 500000000}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfTime time = {0};

        g_assert_true (
            nf_time_from_uptime (&time, cases[i].export_time, cases[i].now_ms, cases[i].value_ms));
        g_assert_cmpuint (time.s, ==, cases[i].expected.s);
        g_assert_cmpuint (time.ns, ==, cases[i].expected.ns);
    }
}

static void
test_time_before_1970 (void)
{
    NfTime time;

    g_assert_false (nf_time_from_uptime (&time, (NfTime){1, 0}, 1001, 0));
    g_assert_false (nf_time_from_uptime (&time, (NfTime){0, 0}, 1, 0));
    g_assert_false (nf_time_from_uptime (&time, (NfTime){100, 0}, 100000, G_MAXUINT32));
}

static void
test_time_from_ns (void)
{
    static const struct {
        gint64 ns;
        NfTime expected;
    } cases[] = {
        {0, {0, 0}},
        {999999999, {0, 999999999}},
        {G_GINT64_CONSTANT (1700000000123456789), {1700000000, 123456789}},
        {G_MAXINT64, {9223372036, 854775807}},
        {-1, {0, 0}},
        {G_MININT64, {0, 0}},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfTime time = nf_time_from_ns (cases[i].ns);

        g_assert_cmpuint (time.s, ==, cases[i].expected.s);
        g_assert_cmpuint (time.ns, ==, cases[i].expected.ns);
    }
}

#define UNSIGNED(n)                                                                                \
    {                                                                                              \
        .kind = NF_VALUE_UNSIGNED, .u = (n)                                                        \
    }
#define SIGNED(n)                                                                                  \
    {                                                                                              \
        .kind = NF_VALUE_SIGNED, .i = (n)                                                          \
    }
#define FLOAT(n)                                                                                   \
    {                                                                                              \
        .kind = NF_VALUE_FLOAT, .f = (n)                                                           \
    }
#define BOOLEAN(n)                                                                                 \
    {                                                                                              \
        .kind = NF_VALUE_BOOLEAN, .u = (n)                                                         \
    }
#define AT(s, n)                                                                                   \
    {                                                                                              \
        .kind = NF_VALUE_TIME, .time = {(s), (n) }                                                 \
    }
#define BYTES(k, o)                                                                                \
    {                                                                                              \
        .kind = NF_VALUE_##k, .octets = (const guint8 *)(o), .length = sizeof (o) - 1              \
    }

static void
test_compare (void)
{
    static const struct {
        NfValue a, b;
        gint order;
        gboolean alike;
    } rows[] = {
        {UNSIGNED (5), UNSIGNED (5), 0, TRUE},
        {UNSIGNED (5), UNSIGNED (6), -1, TRUE},
        {UNSIGNED (G_MAXUINT64), SIGNED (-1), 1, TRUE},
        {SIGNED (-2), SIGNED (-1), -1, TRUE},
        {SIGNED (G_MININT64), SIGNED (G_MAXINT64), -1, TRUE},
        {SIGNED (7), UNSIGNED (7), 0, TRUE},
        {FLOAT (1.5), UNSIGNED (1), 1, TRUE},
        {FLOAT (-0.5), SIGNED (-1), 1, TRUE},
        {FLOAT (2), FLOAT (2), 0, TRUE},
        {FLOAT (NAN), FLOAT (1), 0, FALSE},
        {BOOLEAN (1), BOOLEAN (2), 1, TRUE},
        {BOOLEAN (0), BOOLEAN (2), 0, TRUE},
        {AT (5, 1), AT (5, 2), -1, TRUE},
        {AT (6, 0), AT (5, 2), 1, TRUE},
        {BYTES (STRING, "ab"), BYTES (STRING, "abc"), -1, TRUE},
        {BYTES (STRING, ""), BYTES (STRING, ""), 0, TRUE},
        {BYTES (STRING, "b"), BYTES (STRING, "abc"), 1, TRUE},
        {BYTES (OCTETS, "\0\1\2\3\4\5"), BYTES (MAC, "\0\1\2\3\4\5"), 0, TRUE},
        {BYTES (IPV4, "\xff\0\0\1"), BYTES (IPV4, "\1\0\0\1"), 1, TRUE},
        {BYTES (IPV4, "abcd"), BYTES (IPV6, "abcdabcdabcdabcd"), -1, FALSE},
        {BYTES (STRING, "ab"), BYTES (OCTETS, "ab"), 1, FALSE},
        {UNSIGNED (1), BOOLEAN (1), -1, FALSE},
        {{.kind = NF_VALUE_NONE}, {.kind = NF_VALUE_NONE}, 0, FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        gint order = nf_value_compare (&rows[i].a, &rows[i].b);
        gint back = nf_value_compare (&rows[i].b, &rows[i].a);

        g_assert_cmpint ((order > 0) - (order < 0), ==, rows[i].order);
        g_assert_cmpint ((back > 0) - (back < 0), ==, -rows[i].order);
        g_assert_cmpint (nf_value_is_like (&rows[i].a, &rows[i].b), ==, rows[i].alike);
        g_assert_cmpint (nf_value_is_like (&rows[i].b, &rows[i].a), ==, rows[i].alike);
    }
}

static void
add_values (const char *group, const ValueCase *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf ("/value/%s/%02" G_GSIZE_FORMAT, group, i);

        g_test_add_data_func (path, &cases[i], check_value);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add_values ("integers", integers, G_N_ELEMENTS (integers));
    add_values ("floats", floats, G_N_ELEMENTS (floats));
    add_values ("strings", strings, G_N_ELEMENTS (strings));
    add_values ("times", times, G_N_ELEMENTS (times));
    add_values ("others", others, G_N_ELEMENTS (others));
    g_test_add_func ("/value/string-with-zero", test_string_with_zero);
    g_test_add_func ("/value/compare", test_compare);
    g_test_add_func ("/value/any-length", test_any_length);
    g_test_add_func ("/value/ntp-round-trip", test_ntp_round_trip);
    g_test_add_func ("/value/time-text", test_time_text);
    g_test_add_func ("/value/calendar", test_calendar);
    g_test_add_func ("/value/ipv4", test_ipv4);
    g_test_add_func ("/value/simple", test_simple);
    g_test_add_func ("/value/ipv6", test_ipv6);
    g_test_add_func ("/value/ipv6-zeros", test_ipv6_zeros);
    g_test_add_func ("/value/float-text", test_float_text);
    g_test_add_func ("/value/float-round-trip", test_float_round_trip);
    g_test_add_func ("/value/time-from-uptime", test_time_from_uptime);
    g_test_add_func ("/value/time-before-1970", test_time_before_1970);
    g_test_add_func ("/value/time-from-ns", test_time_from_ns);
    return g_test_run ();
}
