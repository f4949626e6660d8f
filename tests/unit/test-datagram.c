/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Endpoints compared, hashed, as text (common/datagram.h). */
#include "datagram.h"

#define IPV4(last, port_)                                                                          \
    {                                                                                              \
        .address = {192, 0, 2, last}, .family = 4, .port = port_                                   \
    }
#define IPV6(last, port_)                                                                          \
    {                                                                                              \
        .address = {0x20, 0x01, 0x0d, 0xb8, [15] = last}, .family = 6, .port = port_               \
    }

static void
test_compare (void)
{
    static const struct {
        NfEndpoint a, b;
        gboolean equal, same_address;
    } cases[] = {
        {IPV4 (1, 2055), IPV4 (1, 2055), TRUE, TRUE},
        {IPV4 (1, 2055), IPV4 (1, 2056), FALSE, TRUE},
        {IPV4 (1, 2055), IPV4 (2, 2055), FALSE, FALSE},
        {IPV6 (1, 4739), IPV6 (1, 4739), TRUE, TRUE},
        {IPV6 (1, 4739), IPV6 (1, 4740), FALSE, TRUE},
        {IPV6 (1, 4739), IPV6 (2, 4739), FALSE, FALSE},
        /* the same octets, but of two families */
        {{.address = {1, 2, 3, 4}, .family = 4},
         {.address = {1, 2, 3, 4}, .family = 6},
         FALSE,
         FALSE},
        {{.family = 0}, {.family = 0}, TRUE, TRUE},
        {{.family = 0}, {.family = 4}, FALSE, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        const NfEndpoint *a = &cases[i].a, *b = &cases[i].b;

        g_assert_cmpint (nf_endpoint_equal (a, b), ==, cases[i].equal);
        g_assert_cmpint (nf_endpoint_equal (b, a), ==, cases[i].equal);
        g_assert_cmpint (nf_endpoint_same_address (a, b), ==, cases[i].same_address);
        g_assert_cmpint (nf_endpoint_hash (a) == nf_endpoint_hash (b), ==, cases[i].equal);
        g_assert_cmpint (nf_endpoint_hash_address (a) == nf_endpoint_hash_address (b), ==,
                         cases[i].same_address);
    }
}

/* What lies between the members of an endpoint must not count. */
static void
test_padding (void)
{
    NfEndpoint a, b;

    memset (&a, 0x00, sizeof a);
    memset (&b, 0xff, sizeof b);
    memset (b.address, 0, sizeof b.address);
    a.family = b.family = 4;
    a.port = b.port = 9995;
    g_assert_true (nf_endpoint_equal (&a, &b));
    g_assert_cmpuint (nf_endpoint_hash (&a), ==, nf_endpoint_hash (&b));
}

/* Neighbouring addresses and ports, as networks have them, spread: of 65536 hashes almost all
 * differ, and their lowest bits, which a hash table takes, are used evenly. */
static void
test_spread (void)
{
    GHashTable *hashes = g_hash_table_new (NULL, NULL);
    guint buckets[256] = {0};

    for (guint i = 0; i < 65536; i++) {
        const NfEndpoint e = {
            .address = {10, 0, 0, (guint8)i}, .family = 4, .port = (guint16)(50000 + (i >> 8))};
        guint hash = nf_endpoint_hash (&e);

        g_hash_table_add (hashes, GUINT_TO_POINTER (hash));
        buckets[hash & 255]++;
    }
    g_assert_cmpuint (g_hash_table_size (hashes), >, 65500);
    for (guint i = 0; i < G_N_ELEMENTS (buckets); i++) {
        g_assert_cmpuint (buckets[i], >, 128);
        g_assert_cmpuint (buckets[i], <, 512);
    }
    g_hash_table_destroy (hashes);
}

static void
test_text (void)
{
    static const struct {
        NfEndpoint endpoint;
        const char *address, *with_port;
    } cases[] = {
        {IPV4 (1, 2055), "192.0.2.1", "192.0.2.1:2055"},
        {IPV4 (255, 0), "192.0.2.255", "192.0.2.255:0"},
        {IPV6 (1, 65535), "2001:db8::1", "[2001:db8::1]:65535"},
        {{.family = 0}, "?", "?"},
        {{.family = 0, .port = 2055}, "?", "?"},
    };
    NfText t = NF_TEXT_INIT;

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        nf_text_truncate (&t, 0);
        nf_endpoint_text (&t, &cases[i].endpoint);
        g_assert_cmpstr (nf_text_string (&t), ==, cases[i].address);
        nf_text_truncate (&t, 0);
        nf_endpoint_text_port (&t, &cases[i].endpoint);
        g_assert_cmpstr (nf_text_string (&t), ==, cases[i].with_port);
    }
    nf_text_clear (&t);
}

/* Times that no 64 bits of nanoseconds hold are as near as they can be. */
static void
test_arrival (void)
{
    g_assert_cmpint (nf_arrival_ns (1700000000, 5), ==, G_GINT64_CONSTANT (1700000000000000005));
    g_assert_cmpint (nf_arrival_ns (-1, 5), ==, 5);
    g_assert_cmpint (nf_arrival_ns (0, -1), ==, 0);
    g_assert_cmpint (nf_arrival_ns (0, G_MAXINT64), ==, 999999999);
    g_assert_cmpint (nf_arrival_ns (G_MAXINT64, 7) % 1000000000, ==, 7);
    g_assert_cmpint (nf_arrival_ns (G_MAXINT64, 7), >, nf_arrival_ns (9000000000, 0));
    g_assert_cmpint (nf_arrival_ns_of_pcap (1700000000, 5), ==, nf_arrival_ns (1700000000, 5));
    g_assert_cmpint (nf_arrival_ns_of_pcap (G_MININT32, 5), ==, nf_arrival_ns (2147483648, 5));
    g_assert_cmpint (nf_arrival_ns_of_pcap (-1, 5), ==, nf_arrival_ns (4294967295, 5));
    g_assert_cmpint (nf_arrival_ns_of_pcap (G_MININT64, 5), ==, 5);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/datagram/arrival", test_arrival);
    g_test_add_func ("/datagram/compare", test_compare);
    g_test_add_func ("/datagram/padding", test_padding);
    g_test_add_func ("/datagram/spread", test_spread);
    g_test_add_func ("/datagram/text", test_text);
    return g_test_run ();
}
