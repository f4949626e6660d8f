/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Message headers, what is plausibly a Message, where one ends (common/message.h). */
#include "cases.h"

static const struct {
    const char *hex;
    NfMessage expected;
} headers[] = {
    /* RFC 7011 3.1 */
    {"000a 0014  6553f100 00000005 01020304  0100 0004",
     {.version = 10,
      .header_length = 16,
      .length = 20,
      .end = 20,
      .export_time_s = 1700000000,
      .sequence = 5,
      .domain = 0x01020304}},
    /* RFC 3954 5.1 */
    {"0009 0003  00002710 6553f100 00000005 01020304",
     {.version = 9,
      .header_length = 20,
      .length = 20,
      .end = 20,
      .count = 3,
      .sys_uptime_ms = 10000,
      .export_time_s = 1700000000,
      .sequence = 5,
      .domain = 0x01020304}},
    {"0005 001e  00002710 6553f100 3b9ac9ff 00000005 01 02 4064",
     {.version = 5,
      .header_length = 24,
      .length = 24,
      .end = 24,
      .count = 30,
      .sys_uptime_ms = 10000,
      .export_time_s = 1700000000,
      .export_time_ns = 999999999,
      .sequence = 5,
      .domain = 0x0102,
      .engine_type = 1,
      .engine_id = 2,
      .sampling = 0x4064}},
    {"0006 001e  00002710 6553f100 3b9ac9ff 00000005 01 02 4064",
     {.version = 6,
      .header_length = 24,
      .length = 24,
      .end = 24,
      .count = 30,
      .sys_uptime_ms = 10000,
      .export_time_s = 1700000000,
      .export_time_ns = 999999999,
      .sequence = 5,
      .domain = 0x0102,
      .engine_type = 1,
      .engine_id = 2,
      .sampling = 0x4064}},
    {"0007 001b  00002710 6553f100 3b9ac9ff 00000005 01020304",
     {.version = 7,
      .header_length = 24,
      .length = 24,
      .end = 24,
      .count = 27,
      .sys_uptime_ms = 10000,
      .export_time_s = 1700000000,
      .export_time_ns = 999999999,
      .sequence = 5,
      .reserved = 0x01020304}},
    {"0008 0033  00002710 6553f100 3b9ac9ff 00000005 01 02 03 04 4064 0506",
     {.version = 8,
      .header_length = 28,
      .length = 28,
      .end = 28,
      .count = 51,
      .sys_uptime_ms = 10000,
      .export_time_s = 1700000000,
      .export_time_ns = 999999999,
      .sequence = 5,
      .domain = 0x0102,
      .engine_type = 1,
      .engine_id = 2,
      .aggregation = 3,
      .aggregation_version = 4,
      .sampling = 0x4064,
      .reserved = 0x0506}},
    {"0001 0001  00002710 6553f100 00000001",
     {.version = 1,
      .header_length = 16,
      .length = 16,
      .end = 16,
      .count = 1,
      .sys_uptime_ms = 10000,
      .export_time_s = 1700000000,
      .export_time_ns = 1}},
};

static void
check_header (const NfMessage *m, const NfMessage *e)
{
    g_assert_cmpuint (m->version, ==, e->version);
    g_assert_cmpuint (m->header_length, ==, e->header_length);
    g_assert_cmpuint (m->length, ==, e->length);
    g_assert_cmpuint (m->end, ==, e->end);
    g_assert_cmpuint (m->count, ==, e->count);
    g_assert_cmpuint (m->sys_uptime_ms, ==, e->sys_uptime_ms);
    g_assert_cmpuint (m->export_time_s, ==, e->export_time_s);
    g_assert_cmpuint (m->export_time_ns, ==, e->export_time_ns);
    g_assert_cmpuint (m->sequence, ==, e->sequence);
    g_assert_cmpuint (m->domain, ==, e->domain);
    g_assert_cmpuint (m->engine_type, ==, e->engine_type);
    g_assert_cmpuint (m->aggregation, ==, e->aggregation);
    g_assert_cmpuint (m->aggregation_version, ==, e->aggregation_version);
    g_assert_cmpuint (m->reserved, ==, e->reserved);
    g_assert_cmpuint (m->engine_id, ==, e->engine_id);
    g_assert_cmpuint (m->sampling, ==, e->sampling);
    g_assert_cmpint (nf_message_has_templates (m), ==, e->version >= 9);
}

static void
test_headers (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
        gsize length;
        g_autofree guint8 *octets = transcript_hex (headers[i].hex, &length);
        NfFinding trouble;
        NfMessage m;

        g_assert_true (nf_message_read (&m, octets, length, length, &trouble));
        check_header (&m, &headers[i].expected);
        for (gsize n = 0; n < headers[i].expected.header_length; n++)
            g_assert_false (nf_message_read (&m, octets, n, n, &trouble));
    }
}

/* A Message ends where its Length says, where the datagram ends, or where the capture cut it. */
static void
test_end (void)
{
    static const struct {
        guint length, captured, wire, end;
    } cases[] = {
        {20, 20, 20, 20}, {20, 30, 30, 20},    {40, 30, 30, 30}, {20, 18, 20, 18},
        {15, 20, 20, 16}, {65535, 20, 20, 20}, {0, 16, 16, 16},
    };
    guint8 octets[40] = {0, 10};

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfFinding trouble;
        NfMessage m;

        octets[2] = (guint8)(cases[i].length >> 8);
        octets[3] = (guint8)cases[i].length;
        g_assert_true (nf_message_read (&m, octets, cases[i].captured, cases[i].wire, &trouble));
        g_assert_cmpuint (m.length, ==, cases[i].length);
        g_assert_cmpuint (m.end, ==, cases[i].end);
    }
}

#define V9_TEMPLATE "0000 000c 0100 0001 0008 0004"
#define TEMPLATE    "0002 000c 0100 0001 0008 0004"
#define DATA        "0100 0008 0a000001"

static void
test_plausible (void)
{
    static const struct {
        const char *hex;
        guint cut;
        gboolean plausible;
    } cases[] = {
        {V5 ("0001") "01*48 ", 0, TRUE},
        {V5 ("0002") "01*96 ", 0, TRUE},
        {V5 ("0002") "01*96 ", 50, TRUE},
        {V5 ("0002") "01*48 ", 0, FALSE},
        {V5 ("0001") "01*47 ", 0, FALSE},
        {V5 ("0000"), 0, FALSE},
        {V6 ("0001") "01*52 ", 0, TRUE},
        {V6 ("0001") "01*48 ", 0, FALSE},
        {V7 ("0002") "01*104 ", 0, TRUE},
        {V7 ("0002") "01*104 ", 60, TRUE},
        {V7 ("0002") "01*96 ", 0, FALSE},
        {V7 ("0000"), 0, FALSE},
        {V8 ("0002", "01") "01*56 ", 0, TRUE},
        {V8 ("0002", "01") "01*64 ", 0, FALSE},
        {V8 ("0000", "01"), 0, FALSE},
        {V8 ("0001", "00") "01*28 ", 0, FALSE},
        {V8 ("0001", "0f") "01*28 ", 0, FALSE},
        {V9 ("0002") V9_TEMPLATE DATA, 0, TRUE},
        {V9 ("0009") V9_TEMPLATE DATA, 0, TRUE},
        {V9 ("0001") DATA, 0, TRUE},
        {V9 ("0002") V9_TEMPLATE DATA, 3, TRUE},
        {V9 ("0002") V9_TEMPLATE DATA "0a0b0c", 0, TRUE},
        {V9 ("0002") V9_TEMPLATE DATA "00*40 ", 0, TRUE},
        {V9 ("0002") V9_TEMPLATE "0100 000c 0a000001", 0, FALSE},
        {V9 ("0002") V9_TEMPLATE "0100 0003 0a000001", 0, FALSE},
        {V9 ("0001") "0005 0008 00000000", 0, FALSE},
        {IPFIX ("0024") TEMPLATE DATA, 0, TRUE},
        {IPFIX ("0024") TEMPLATE DATA, 9, TRUE},
        {IPFIX ("0010"), 0, TRUE},
        {IPFIX ("0018") DATA, 0, TRUE},
        {IPFIX ("0023") TEMPLATE DATA, 0, FALSE},
        {IPFIX ("0018") "0000 0008 0a000001", 0, FALSE},
        {IPFIX ("0018") "0100 0003 0a000001", 0, FALSE},
        /* DNS, sFlow, nothing */
        {"1234 0100 0001 0000 0000 0000 03777777 00 0001 0001", 0, FALSE},
        {"00000005 00000001 c0000201 00000000 00000001 00002710 00000000", 0, FALSE},
        {"", 0, FALSE},
        {"000a", 0, FALSE},
        {"00*100 ", 0, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize length;
        g_autofree guint8 *octets = transcript_hex (cases[i].hex, &length);

        if (nf_message_plausible (octets, length - cases[i].cut, length) != cases[i].plausible)
            g_error ("%s with %u octets cut off: not %d", cases[i].hex, cases[i].cut,
                     cases[i].plausible);
    }
}

/* Every scheme of v8: its record is as long as it should be, and no other length will do. */
static void
test_schemes (void)
{
    static const struct {
        guint length;
        const char *name;
    } schemes[] = {
        {0, NULL},
        {28, "AS"},
        {28, "protocol-port"},
        {32, "source prefix"},
        {32, "destination prefix"},
        {40, "prefix"},
        {32, "destination only"},
        {40, "source-destination"},
        {44, "full flow"},
        {32, "AS-ToS"},
        {32, "protocol-port-ToS"},
        {32, "source prefix-ToS"},
        {32, "destination prefix-ToS"},
        {40, "prefix-ToS"},
        {40, "prefix-port"},
        {0, NULL},
    };
    gsize header;
    g_autofree guint8 *octets = transcript_hex (V8 ("0001", "00") "01*100 ", &header);

    header -= 100;
    for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
        octets[22] = (guint8)i;
        for (gsize n = 0; n < 100; n++)
            g_assert_cmpint (nf_message_plausible (octets, header + n, header + n), ==,
                             schemes[i].name && n == schemes[i].length);
        g_assert_cmpstr (nf_fixed_scheme_name (i), ==, schemes[i].name);
    }
}

/* What is plausible, but not beyond doubt. The Messages are of November 2023. */
static void
test_certain (void)
{
    const guint64 arrival_s = 1700000000;
    static const struct {
        const char *hex;
        gboolean certain;
    } cases[] = {
        {V5 ("0002") "01*96 ", TRUE},
        {V7 ("0002") "01*104 ", TRUE},
        {V8 ("0001", "08") "01*44 ", TRUE},
        {V9 ("0002") V9_TEMPLATE DATA, TRUE},
        {V9 ("0002") V9_TEMPLATE DATA "00*40 ", TRUE},
        {V9 ("0002") V9_TEMPLATE DATA "0a0b0c", FALSE},
        {V9 ("0001") "0100 0004", FALSE},
        {IPFIX ("0024") TEMPLATE DATA, TRUE},
        {IPFIX ("0018") "0100 0080 0a000001", FALSE},
        {IPFIX ("0014") "0100 0004", FALSE},
        {IPFIX ("0010"), FALSE},
        {"00*100 ", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize length;
        g_autofree guint8 *octets = transcript_hex (cases[i].hex, &length);

        if (nf_message_certain (octets, length, length, arrival_s) != cases[i].certain ||
            nf_message_certain (octets, length, length, 0) != cases[i].certain)
            g_error ("%s: not %d", cases[i].hex, cases[i].certain);
        /* exported years after it arrived */
        g_assert_false (nf_message_certain (octets, length, length, 1600000000));
    }
}

/* Messages written one after the other: where the first one ends. */
static void
test_extent (void)
{
    static const struct {
        const char *first, *next; /* `next` follows `first` */
    } cases[] = {
        {IPFIX ("0024") TEMPLATE DATA, ""},
        {IPFIX ("0024") TEMPLATE DATA, IPFIX ("0018") DATA},
        {IPFIX ("0024") TEMPLATE DATA, V9 ("0001") DATA},
        {IPFIX ("0030") TEMPLATE DATA, ""},
        {V9 ("0002") V9_TEMPLATE DATA, ""},
        {V9 ("0002") V9_TEMPLATE DATA, V9 ("0001") DATA},
        {V9 ("0002") V9_TEMPLATE DATA, V5 ("0001") "01*48 "},
        {V9 ("0002") V9_TEMPLATE DATA, IPFIX ("0018") DATA},
        {V9 ("0002") "0001 0012 0100 0004 0004 0001 0004 0022 0004" DATA, V9 ("0001") DATA},
        {V9 ("0000"), V9 ("0001") DATA},
        /* zeros that fill a Message up belong to it */
        {V9 ("0002") V9_TEMPLATE DATA "00*4 ", V9 ("0001") DATA},
        {V9 ("0002") V9_TEMPLATE DATA "00*39 ", V9 ("0001") DATA},
        {V9 ("0002") V9_TEMPLATE DATA "00*40 ", ""},
        {V9 ("0002") V9_TEMPLATE DATA "0a0b0c", ""},
        {V5 ("0001") "01*48 ", V5 ("0001") "01*48 "},
        {V5 ("0001") "01*48 ", V9 ("0001") DATA},
        {V5 ("0001") "01*48 ", ""},
        {V6 ("0001") "01*52 ", V7 ("0001") "01*52 "},
        {V7 ("0002") "01*104 ", V8 ("0001", "01") "01*28 "},
        {V8 ("0001", "08") "01*44 ", V8 ("0001", "0e") "01*40 "},
        {V8 ("0001", "0e") "01*40 ", V9 ("0001") DATA},
        {V9 ("0002") V9_TEMPLATE DATA, V8 ("0001", "02") "01*28 "},
        {V8 ("0001", "0f") "01*28 ", ""},
        {V7 ("0002") "01*52 ", ""},
        {V5 ("0002") "01*48 ", ""},
        {V5 ("0001") "01*48 0102", ""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *both = g_strconcat (cases[i].first, " ", cases[i].next, NULL);
        gsize first, length;
        g_autofree guint8 *octets = transcript_hex (both, &length);

        g_free (transcript_hex (cases[i].first, &first));
        if (nf_message_extent (octets, length) != first)
            g_error ("%s: %" G_GSIZE_FORMAT " instead of %" G_GSIZE_FORMAT, both,
                     nf_message_extent (octets, length), first);
    }
}

static void
test_no_extent (void)
{
    static const char *const cases[] = {
        "", "00", "000a", "0002 0001 00*40 ", "0009 0001 00002710 6553f100", "48656c6c6f"};

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize length;
        g_autofree guint8 *octets = transcript_hex (cases[i], &length);

        g_assert_cmpuint (nf_message_extent (octets, length), ==, 0);
    }
}

/* In a stream: what four octets tell, of IPFIX; other versions must be there whole. */
static void
test_length (void)
{
    static const struct {
        const char *hex;
        gsize length;
    } cases[] = {
        {"", 0},
        {"000a00", 0},
        {"000a0010", 16},
        {"000affff", 65535},
        {"000a000f", NF_NO_MESSAGE},
        {"47455420", NF_NO_MESSAGE},
        {V9 ("0002") V9_TEMPLATE DATA, 40},
        {V9 ("0002") V9_TEMPLATE DATA V9 ("0001") DATA, 40},
        {"00090001", 20},
        {V9 ("0002"), 22},
        {V9 ("0002") V9_TEMPLATE "0100 0010 0a000001", 48},
        {V9 ("0002") V9_TEMPLATE "01", 34},
        {V9 ("0002") V9_TEMPLATE "0100", 36},
        {V9 ("0002") V9_TEMPLATE "0009", 32},
        {V9 ("0002") "0009 0001", NF_NO_MESSAGE},
        {V9 ("0002") V9_TEMPLATE "0102 0003 0a000001", NF_NO_MESSAGE},
        {V9 ("0002") V9_TEMPLATE "0100 ffdf 00*65499 ", 65535},
        {V9 ("0002") V9_TEMPLATE "0100 ffe0 00*65500 ", NF_NO_MESSAGE},
        {"00050001", 24},
        {V5 ("0001") "01*48 ", 72},
        {V5 ("0002") "01*48 ", 120},
        {V5 ("0000"), NF_NO_MESSAGE},
        {V5 ("0100"), NF_NO_MESSAGE},
        /* NetFlow v8 by protocol and port, and of a scheme that nobody knows */
        {"0008 0001 00002710 6553f100 00000000 00000005 0102 0201 0000 0000", 56},
        {"0008 0001 00002710 6553f100 00000000 00000005 0102 0f02 0000 0000 01*12 ", NF_NO_MESSAGE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        gsize length;
        g_autofree guint8 *octets = transcript_hex (cases[i].hex, &length);

        g_assert_cmpuint (nf_message_length (octets, length), ==, cases[i].length);
    }
}

#define OLD(length) "000a" length "36000000 00000005 00000001" /* exported in 1998 */
#define WHOLE       IPFIX ("0024") TEMPLATE DATA

/* Where the next Message begins among other octets. */
static void
test_find (void)
{
    static const struct {
        const char *hex;
        NfFind found; /* with more octets to come, */
        NfFind found_at_end;
        gsize before; /* of NF_FIND_HERE at the end */
        guint64 arrival_s, export_s;
    } cases[] = {
        {"", NF_FIND_NOTHING, NF_FIND_NOTHING, 0, 0, 0},
        {WHOLE, NF_FIND_HERE, NF_FIND_HERE, 0, 0, 0},
        {WHOLE, NF_FIND_HERE, NF_FIND_HERE, 0, 0, 1700000000 + 300 * 86400},
        {"0a000001" WHOLE, NF_FIND_HERE, NF_FIND_HERE, 4, 0, 0},
        {"000a000a 000a" WHOLE, NF_FIND_HERE, NF_FIND_HERE, 6, 0, 0},
        {"01" WHOLE WHOLE, NF_FIND_HERE, NF_FIND_HERE, 1, 0, 0},
        /* one that is not whole */
        {"01 000a0024 6553f100 00000005 00000001", NF_FIND_LATER, NF_FIND_NOTHING, 0, 0, 0},
        {"01 000a0024 6553f100 00000005 00000001 0002000c 01", NF_FIND_LATER, NF_FIND_HERE, 1,
         1700080000, 0},
        {"01 000a0024 6553f100 00000005 00000001 0002000c 01", NF_FIND_LATER, NF_FIND_HERE, 1, 1,
         1700080000},
        {"01 000a0024 6553f100 00000005 00000001 0002000c 01", NF_FIND_LATER, NF_FIND_NOTHING, 0,
         1700090000, 0},
        {"01 000a0024 6553f100 00000005 00000001 0002000c 01", NF_FIND_LATER, NF_FIND_NOTHING, 0, 0,
         0},
        {"01 000a0024 6553", NF_FIND_LATER, NF_FIND_NOTHING, 0, 0, 0},
        {"01 00", NF_FIND_LATER, NF_FIND_NOTHING, 0, 0, 0},
        {"01 000b", NF_FIND_NOTHING, NF_FIND_NOTHING, 0, 0, 0},
        {"01 000a000f", NF_FIND_NOTHING, NF_FIND_NOTHING, 0, 0, 0},
        /* what is none: Sets that lie elsewhere, something else behind it */
        {IPFIX ("0024") TEMPLATE "0100 0009 0a000001", NF_FIND_NOTHING, NF_FIND_NOTHING, 0, 0, 0},
        {IPFIX ("0024") TEMPLATE "0005 0008 0a000001", NF_FIND_NOTHING, NF_FIND_NOTHING, 0, 0, 0},
        {WHOLE "0102", NF_FIND_NOTHING, NF_FIND_NOTHING, 0, 0, 0},
        {WHOLE "01" WHOLE, NF_FIND_HERE, NF_FIND_HERE, 37, 0, 0},
        {WHOLE "00", NF_FIND_HERE, NF_FIND_HERE, 0, 0, 0},
        /* long before its arrival, but not long after it */
        {WHOLE, NF_FIND_HERE, NF_FIND_HERE, 0, 1800000000, 0},
        {WHOLE, NF_FIND_LATER, NF_FIND_NOTHING, 0, 1600000000, 0},
        /* of another time: only if the next one is of the same */
        {WHOLE, NF_FIND_LATER, NF_FIND_NOTHING, 0, 0, 1400000000},
        {OLD ("0018") DATA, NF_FIND_LATER, NF_FIND_NOTHING, 0, 0, 0},
        {OLD ("0018") DATA OLD ("0018"), NF_FIND_HERE, NF_FIND_HERE, 0, 0, 0},
        {OLD ("0018") DATA WHOLE, NF_FIND_HERE, NF_FIND_HERE, 24, 0, 0},
        {WHOLE OLD ("0018"), NF_FIND_HERE, NF_FIND_HERE, 0, 0, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        const NfAround around = {.arrival_s = cases[i].arrival_s, .export_s = cases[i].export_s};
        gsize length, before, needed;
        g_autofree guint8 *octets = transcript_hex (cases[i].hex, &length);
        NfFind found = nf_message_find (octets, length, FALSE, around, &before, &needed);

        g_test_message ("%s", cases[i].hex);
        g_assert_cmpint (found, ==, cases[i].found);
        if (found == NF_FIND_LATER)
            g_assert_cmpuint (before + needed, >, length);
        found = nf_message_find (octets, length, TRUE, around, &before, &needed);
        g_assert_cmpint (found, ==, cases[i].found_at_end);
        g_assert_cmpuint (before, ==, found == NF_FIND_HERE ? cases[i].before : length);
    }
}

/* Octets at random that happen to have the version are hardly ever taken for a stream. */
static void
test_starts_stream (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (9);
    guint8 octets[1448];
    gsize length;
    g_autofree guint8 *whole = transcript_hex (WHOLE, &length);
    guint taken = 0;

    g_assert_true (nf_message_starts_stream (whole, length, 0));
    g_assert_true (nf_message_starts_stream (whole, length, 1700000000));
    g_assert_true (nf_message_starts_stream (whole, 20, 1700000000 + 80000));
    g_assert_false (nf_message_starts_stream (whole, 20, 1700000000 + 90000));
    g_assert_false (nf_message_starts_stream (whole, 19, 1700000000));
    g_assert_false (nf_message_starts_stream (whole, 20, 0));
    g_assert_false (nf_message_starts_stream (NULL, 0, 0));
    for (guint i = 0; i < 100000; i++) {
        for (guint n = 0; n < sizeof octets; n += 4) {
            guint32 word = g_rand_int (rand);

            memcpy (octets + n, &word, 4);
        }
        octets[0] = 0;
        octets[1] = 10;
        taken += nf_message_starts_stream (octets, sizeof octets, 1700000000) ? 1 : 0;
    }
    g_assert_cmpuint (taken, <=, 20);
}

/* Versions up to 8 have nanoseconds, which nobody keeps from being too many. */
static void
test_export_time (void)
{
    static const struct {
        NfMessage message;
        NfTime expected;
        guint digits;
    } cases[] = {
        {{.version = 10, .export_time_s = 1700000000}, {1700000000, 0}, 0},
        {{.version = 5, .export_time_s = 1700000000}, {1700000000, 0}, 0},
        {{.version = 5, .export_time_s = 1, .export_time_ns = 123456789}, {1, 123456789}, 9},
        {{.version = 1, .export_time_s = 1, .export_time_ns = G_MAXUINT32}, {1, 294967295}, 9},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        guint digits;
        NfTime time = nf_message_export_time (&cases[i].message, &digits);

        g_assert_cmpuint (time.s, ==, cases[i].expected.s);
        g_assert_cmpuint (time.ns, ==, cases[i].expected.ns);
        g_assert_cmpuint (digits, ==, cases[i].digits);
        time = nf_message_export_time (&cases[i].message, NULL);
        g_assert_cmpuint (time.ns, ==, cases[i].expected.ns);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/message/headers", test_headers);
    g_test_add_func ("/message/end", test_end);
    g_test_add_func ("/message/plausible", test_plausible);
    g_test_add_func ("/message/schemes", test_schemes);
    g_test_add_func ("/message/certain", test_certain);
    g_test_add_func ("/message/extent", test_extent);
    g_test_add_func ("/message/no-extent", test_no_extent);
    g_test_add_func ("/message/length", test_length);
    g_test_add_func ("/message/find", test_find);
    g_test_add_func ("/message/starts-stream", test_starts_stream);
    g_test_add_func ("/message/export-time", test_export_time);
    return g_test_run ();
}
