/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hashes under a secret (common/hash.h). */
#include "common/hash.h"

static guint
hash_of (const char *text, gsize length)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add_octets (&hash, (const guint8 *)text, length);
    return nf_hash_end (&hash);
}

/* The example of SipHash's paper (appendix A): the octets 0 to 14 under the key of octets 0 to 15
 * make a129ca6149be45e5. */
static void
test_example (void)
{
    NfHash hash = nf_hash_begin_keyed (G_GUINT64_CONSTANT (0x0706050403020100),
                                       G_GUINT64_CONSTANT (0x0f0e0d0c0b0a0908));

    nf_hash_add (&hash, G_GUINT64_CONSTANT (0x0706050403020100));
    nf_hash_add (&hash, G_GUINT64_CONSTANT (0x0f0e0d0c0b0a0908));
    g_assert_cmpuint (nf_hash_end (&hash), ==, 0x49be45e5);
}

/* The secret makes the hash, and it is one secret for all. */
static void
test_secret (void)
{
    NfHash a = nf_hash_begin_keyed (1, 2);
    NfHash b = nf_hash_begin_keyed (1, 3);
    NfHash c = nf_hash_begin_keyed (2, 2);
    guint low = nf_hash_end (&b);

    g_assert_cmpuint (nf_hash_end (&a), !=, low);
    g_assert_cmpuint (nf_hash_end (&c), !=, low);
    g_assert_cmpuint (hash_of ("abc", 3), ==, hash_of ("abc", 3));
}

/* Octets that are others' beginning, or that sums times 33 or 31 take for the same. */
static void
test_octets (void)
{
    static const struct {
        const char *a;
        gsize a_length;
        const char *b;
        gsize b_length;
    } cases[] = {
        {"", 0, "\0", 1},
        {"abc", 3, "abc\0", 4},
        {"12345678", 8, "12345678\0", 9},
        {"12345678", 8, "12345678\0\0\0\0\0\0\0\0", 16},
        {"\0abc", 4, "abc", 3},
        {"\1\x21", 2, "\2\0", 2},
        {"\1\x1f", 2, "\2\0", 2},
        {"Az1234567", 9, "BY1234567", 9},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_cmpuint (hash_of (cases[i].a, cases[i].a_length), !=,
                          hash_of (cases[i].b, cases[i].b_length));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hash/example", test_example);
    g_test_add_func ("/hash/secret", test_secret);
    g_test_add_func ("/hash/octets", test_octets);
    return g_test_run ();
}
