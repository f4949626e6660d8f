/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Other names for addresses and text (cli/pseudonym.h). */
#include "cli/pseudonym.h"

#include "nfpeek.h"

#define LOW  G_GUINT64_CONSTANT (0x0706050403020100)
#define HIGH G_GUINT64_CONSTANT (0x0f0e0d0c0b0a0908)

typedef void (*Rename) (NfPseudonyms *p, guint8 *to, const guint8 *from);

/* How many bits from the first on the two have in common. */
static guint
common_bits (const guint8 *a, const guint8 *b, guint bits)
{
    guint n = 0;

    while (n < bits && (a[n / 8] >> (7 - n % 8) & 1) == (b[n / 8] >> (7 - n % 8) & 1))
        n++;
    return n;
}

static void
check_kept (Rename rename, const guint8 *octets, gsize length)
{
    NfPseudonyms *p = nf_pseudonyms_new (LOW, HIGH);
    guint8 to[16];

    rename (p, to, octets);
    g_assert_cmpint (memcmp (to, octets, length), ==, 0);
    nf_pseudonyms_free (p);
}

/* Fills in an address that has the first `bits` bits of `like`, and random others. */
static void
make_like (GRand *random, guint8 *octets, gsize length, const guint8 *like, guint bits)
{
    for (gsize i = 0; i < length; i++)
        octets[i] = (guint8)g_rand_int (random);
    for (guint i = 0; i < bits; i++) {
        guint8 bit = (guint8)(0x80 >> i % 8);

        octets[i / 8] = (guint8)((octets[i / 8] & ~bit) | (like[i / 8] & bit));
    }
}

/* Pairs with all numbers of bits in common, near addresses that stay, too. */
static void
check_prefixes (Rename rename, Rename back, gsize length, const guint8 *near)
{
    NfPseudonyms *p = nf_pseudonyms_new (LOW, HIGH);
    GRand *random = g_rand_new_with_seed (6);
    guint bits = (guint)length * 8;

    for (guint n = 0; n < 40 * bits; n++) {
        guint8 a[16], b[16], to_a[16], to_b[16], from[16];

        make_like (random, a, length, near, n % 2 ? n % bits : 0);
        make_like (random, b, length, a, n % bits);
        rename (p, to_a, a);
        rename (p, to_b, b);
        g_assert_cmpuint (common_bits (to_a, to_b, bits), ==, common_bits (a, b, bits));
        back (p, from, to_a);
        g_assert_cmpint (memcmp (from, a, length), ==, 0);
    }
    g_rand_free (random);
    nf_pseudonyms_free (p);
}

static void
test_ipv4_prefixes (void)
{
    static const guint8 near[][4] = {{0}, {127, 0, 0, 1}, {224, 0, 0, 5}, {255, 255, 255, 255}};

    for (guint i = 0; i < G_N_ELEMENTS (near); i++)
        check_prefixes (nf_pseudonyms_ipv4, nf_pseudonyms_ipv4_back, 4, near[i]);
}

static void
test_ipv6_prefixes (void)
{
    static const guint8 near[][16] = {{0x20, 0x01, 0x0d, 0xb8},
                                      {0xff, 0x02, [15] = 1},
                                      {0xff, 0x02, [11] = 1, 0xff},
                                      {0xfe, 0x80, [8] = 2},
                                      {0, 0x64, 0xff, 0x9b},
                                      {[10] = 0xff, 0xff, 192, 0, 2, 1},
                                      {[15] = 1}};

    for (guint i = 0; i < G_N_ELEMENTS (near); i++)
        check_prefixes (nf_pseudonyms_ipv6, nf_pseudonyms_ipv6_back, 16, near[i]);
}

static void
test_kept_addresses (void)
{
    static const guint8 ipv4[][4] = {
        {0}, {127, 0, 0, 1}, {127, 9, 8, 7}, {224, 0, 0, 5}, {255, 255, 255, 255}};
    static const guint8 ipv6[][16] = {{0},
                                      {[15] = 1},
                                      {0xff, 0x02, [15] = 1},
                                      {0xff, 0x05, [14] = 1, 3},
                                      {[10] = 0xff, 0xff, 127, 0, 0, 1}};
    static const guint8 macs[][6] = {{0}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

    for (guint i = 0; i < G_N_ELEMENTS (ipv4); i++)
        check_kept (nf_pseudonyms_ipv4, ipv4[i], 4);
    for (guint i = 0; i < G_N_ELEMENTS (ipv6); i++)
        check_kept (nf_pseudonyms_ipv6, ipv6[i], 16);
    for (guint i = 0; i < G_N_ELEMENTS (macs); i++)
        check_kept (nf_pseudonyms_mac, macs[i], 6);
}

/* The kind stays, the rest does not; the key decides. */
static void
test_kinds (void)
{
    static const struct {
        guint8 octets[16];
        guint length, kept; /* octets, bits */
    } cases[] = {{{239, 1, 2, 3}, 4, 4},
                 {{10, 1, 2, 3}, 4, 5},
                 {{192, 0, 2, 1}, 4, 3},
                 {{0xff, 0x0e, 0x12, 0x34, [15] = 9}, 16, 16},
                 {{0xff, 0x15, [15] = 9}, 16, 16},
                 {{0xfe, 0x80, [8] = 2, 1, 2, 3, 4, 5, 6, 7}, 16, 64},
                 {{0x20, 0x01, 0x0d, 0xb8, [15] = 9}, 16, 3},
                 {{0, 0x64, 0xff, 0x9b, [12] = 192, 0, 2, 1}, 16, 99}};

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        guint bits = cases[i].length * 8, differ = 0;

        for (guint64 key = 1; key <= 64; key++) {
            NfPseudonyms *p = nf_pseudonyms_new (key, HIGH);
            guint8 to[16];

            (cases[i].length == 4 ? nf_pseudonyms_ipv4 : nf_pseudonyms_ipv6) (p, to,
                                                                              cases[i].octets);
            g_assert_cmpuint (common_bits (to, cases[i].octets, bits), >=, cases[i].kept);
            differ += common_bits (to, cases[i].octets, bits) < bits;
            nf_pseudonyms_free (p);
        }
        g_assert_cmpuint (differ, ==, 64);
    }
}

/* Addresses of IPv4 are the same ones in those of IPv6. */
static void
test_embedded (void)
{
    static const guint8 prefixes[][12] = {{0}, {[10] = 0xff, 0xff}, {0, 0x64, 0xff, 0x9b}};
    static const guint8 ipv4[4] = {203, 0, 113, 7};
    NfPseudonyms *p = nf_pseudonyms_new (LOW, HIGH);
    guint8 to4[4], ipv6[16], to6[16];

    nf_pseudonyms_ipv4 (p, to4, ipv4);
    for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
        memcpy (ipv6, prefixes[i], 12);
        memcpy (ipv6 + 12, ipv4, 4);
        nf_pseudonyms_ipv6 (p, to6, ipv6);
        g_assert_cmpint (memcmp (to6, prefixes[i], 12), ==, 0);
        g_assert_cmpint (memcmp (to6 + 12, to4, 4), ==, 0);
        nf_pseudonyms_ipv6_back (p, to6, to6);
        g_assert_cmpint (memcmp (to6, ipv6, 16), ==, 0);
    }
    nf_pseudonyms_free (p);
}

static void
test_macs (void)
{
    NfPseudonyms *p = nf_pseudonyms_new (LOW, HIGH);

    for (guint kind = 0; kind < 4; kind++) {
        guint8 mac[6] = {(guint8)kind, 0x1b, 0x21, 0x3c, 0x9d, 0xf8}, to[6], again[6];

        nf_pseudonyms_mac (p, to, mac);
        nf_pseudonyms_mac (p, again, mac);
        g_assert_cmpint (memcmp (to, again, 6), ==, 0);
        g_assert_cmpuint (to[0] & 3, ==, kind);
        g_assert_cmpint (memcmp (to + 1, mac + 1, 5), !=, 0);
    }
    nf_pseudonyms_free (p);
}

static void
test_text (void)
{
    static const struct {
        const char *text;
        gsize length;
        gsize letters; /* before zeros, */
        gsize wrong;   /* or before an octet that is wrong */
    } cases[] = {
        {"", 0, 0, 0},
        {"GigabitEthernet0/1", 18, 18, 18},
        {"GigabitEthernet0/1\0\0\0", 21, 18, 18},
        {"\0\0", 2, 0, 0},
        {"a\0b", 3, 3, 3},
        {"caf\xc3\xa9", 5, 5, 5},
        {"caf\xe9 au lait", 12, 12, 3},
        {"caf\xc3", 4, 4, 3},
    };
    NfPseudonyms *p = nf_pseudonyms_new (LOW, HIGH);

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        const guint8 *from = (const guint8 *)cases[i].text;
        guint8 to[32] = {0};
        NfValue value;

        nf_pseudonyms_text (p, to, from, cases[i].length);
        nf_value_read (&value, NF_TYPE_STRING, to, cases[i].length);
        g_assert_cmpuint (value.length, ==, cases[i].letters);
        g_assert_cmpuint (nf_value_valid_length (&value), ==, cases[i].wrong);
        for (gsize k = 0; k < cases[i].letters; k++)
            g_assert_true (k == cases[i].wrong || g_ascii_islower (to[k]));
    }
    nf_pseudonyms_free (p);
}

/* The same text is the same, however it is padded; another one is not, nor under another key. */
static void
test_text_is_consistent (void)
{
    NfPseudonyms *p = nf_pseudonyms_new (LOW, HIGH), *q = nf_pseudonyms_new (LOW + 1, HIGH);
    guint8 a[12], b[12], c[12], d[12];

    nf_pseudonyms_text (p, a, (const guint8 *)"uplink-1\0\0\0\0", 12);
    nf_pseudonyms_text (p, b, (const guint8 *)"uplink-1", 8);
    nf_pseudonyms_text (p, c, (const guint8 *)"uplink-2", 8);
    nf_pseudonyms_text (q, d, (const guint8 *)"uplink-1", 8);
    g_assert_cmpint (memcmp (a, b, 8), ==, 0);
    g_assert_cmpint (memcmp (b, c, 8), !=, 0);
    g_assert_cmpint (memcmp (b, d, 8), !=, 0);
    nf_pseudonyms_free (p);
    nf_pseudonyms_free (q);
}

static void
test_random_keys (void)
{
    static const guint8 ipv6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
    NfPseudonyms *p = nf_pseudonyms_new_random (NULL), *q = nf_pseudonyms_new_random (NULL);
    guint8 a[16], b[16];

    nf_pseudonyms_ipv6 (p, a, ipv6);
    nf_pseudonyms_ipv6 (q, b, ipv6);
    g_assert_cmpint (memcmp (a, b, 16), !=, 0);
    nf_pseudonyms_free (p);
    nf_pseudonyms_free (q);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/pseudonym/ipv4-prefixes", test_ipv4_prefixes);
    g_test_add_func ("/pseudonym/ipv6-prefixes", test_ipv6_prefixes);
    g_test_add_func ("/pseudonym/kept-addresses", test_kept_addresses);
    g_test_add_func ("/pseudonym/kinds", test_kinds);
    g_test_add_func ("/pseudonym/embedded", test_embedded);
    g_test_add_func ("/pseudonym/macs", test_macs);
    g_test_add_func ("/pseudonym/text", test_text);
    g_test_add_func ("/pseudonym/text-is-consistent", test_text_is_consistent);
    g_test_add_func ("/pseudonym/random-keys", test_random_keys);
    return g_test_run ();
}
