/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads from borrowed octets (common/reader.h). */
#include "reader.h"

static const guint8 sample[] = {0x00, 0x0a, 0x01, 0x02, 0x03, 0x04, 0x05, 0xff, 0xfe};

/* A copy on the heap of just its length, so that a sanitizer sees what reads beyond. */
static guint8 *
exact_copy (gsize length)
{
    guint8 *copy = g_malloc (length);

    g_assert_cmpuint (length, <=, sizeof sample);
    if (length > 0)
        memcpy (copy, sample, length);
    return copy;
}

static void
test_in_order (void)
{
    g_autofree guint8 *octets = exact_copy (sizeof sample);
    NfReader r = nf_reader (octets, sizeof sample, 100);

    g_assert_cmpuint (nf_reader_u8 (&r), ==, 0x00);
    g_assert_cmpuint (nf_reader_u16 (&r), ==, 0x0a01);
    g_assert_cmpuint (nf_reader_u32 (&r), ==, 0x02030405);
    g_assert_cmpuint (nf_reader_peek (&r, 1, 1), ==, nf_octets_uint (octets + 8, 1));
    g_assert_cmpuint (nf_reader_peek (&r, 0, 2), ==, nf_octets_uint (octets + 7, 2));
    g_assert_cmpuint (r.offset, ==, 107); /* which takes nothing */
    g_assert_cmpuint (r.left, ==, 2);
    g_assert_true (nf_reader_take (&r, 2) == octets + 7);
    g_assert_cmpuint (r.left, ==, 0);
    g_assert_false (r.failed);

    /* nothing is left, and nothing may be taken still */
    g_assert_nonnull (nf_reader_take (&r, 0));
    g_assert_false (r.failed);
    g_assert_cmpuint (r.offset, ==, 109);
}

/* Each read at each length: what is there is read, what is not gives zero and fails. */
static void
test_short (void)
{
    for (gsize length = 0; length <= 8; length++)
        for (gsize n = 0; n <= 8; n++) {
            g_autofree guint8 *octets = exact_copy (length);
            NfReader r = nf_reader (octets, length, 0);
            guint64 value = nf_reader_uint (&r, n);

            g_assert_cmpint (r.failed, ==, n > length);
            g_assert_cmpuint (value, ==, n > length ? 0 : nf_octets_uint (sample, n));
            g_assert_cmpuint (r.left, ==, n > length ? 0 : length - n);
        }
}

/* After a read past the end even what would have been there is not read. */
static void
test_failure_sticks (void)
{
    NfReader r = nf_reader (sample, 3, 0);

    g_assert_cmpuint (nf_reader_u32 (&r), ==, 0);
    g_assert_true (r.failed);
    g_assert_cmpuint (nf_reader_u8 (&r), ==, 0);
    g_assert_null (nf_reader_take (&r, 1));
    nf_reader_take (&r, 0);
    g_assert_true (r.failed);
    g_assert_true (nf_reader_sub (&r, 0).failed);

    r = nf_reader (sample, 3, 0);
    g_assert_null (nf_reader_take (&r, G_MAXSIZE));
    g_assert_true (r.failed);
}

static void
test_octets_uint (void)
{
    g_assert_cmpuint (nf_octets_uint (sample, 0), ==, 0);
    g_assert_cmpuint (nf_octets_uint (sample, 3), ==, 0x0a01);
    g_assert_cmpuint (nf_octets_uint (sample, 8), ==, G_GUINT64_CONSTANT (0x000a0102030405ff));
    g_assert_cmpuint (nf_octets_uint (sample, 9), ==, G_GUINT64_CONSTANT (0x0a0102030405fffe));
}

static void
test_sub (void)
{
    NfReader r = nf_reader (sample, sizeof sample, 16);

    nf_reader_u16 (&r);
    NfReader sub = nf_reader_sub (&r, 4);

    g_assert_cmpuint (r.offset, ==, 22);
    g_assert_cmpuint (r.left, ==, 3);
    g_assert_cmpuint (sub.offset, ==, 18);
    g_assert_cmpuint (nf_reader_u32 (&sub), ==, 0x01020304);
    g_assert_false (sub.failed);

    /* what fails in a part does not fail the whole */
    g_assert_cmpuint (nf_reader_u8 (&sub), ==, 0);
    g_assert_true (sub.failed);
    g_assert_false (r.failed);
    g_assert_cmpuint (nf_reader_u8 (&r), ==, 0x05);

    /* an empty part, and one larger than the whole */
    sub = nf_reader_sub (&r, 0);
    g_assert_false (sub.failed);
    g_assert_cmpuint (sub.left, ==, 0);
    sub = nf_reader_sub (&r, 3);
    g_assert_true (sub.failed);
    g_assert_cmpuint (sub.left, ==, 0);
    g_assert_true (r.failed);
}

static void
test_rest (void)
{
    static const guint8 zeros[] = {7, 0, 0};
    NfReader r = nf_reader (zeros, sizeof zeros, 40);
    NfSpan span;

    g_assert_false (nf_reader_rest_is_zero (&r));
    nf_reader_u8 (&r);
    g_assert_true (nf_reader_rest_is_zero (&r));
    span = nf_reader_rest (&r);
    g_assert_cmpuint (span.offset, ==, 41);
    g_assert_cmpuint (span.length, ==, 2);
    nf_reader_u16 (&r);
    g_assert_true (nf_reader_rest_is_zero (&r));
    g_assert_cmpuint (nf_reader_rest (&r).length, ==, 0);
}

/* No octets at all, not even an address. */
static void
test_nothing (void)
{
    NfReader r = nf_reader (NULL, 0, 0);

    g_assert_true (nf_reader_rest_is_zero (&r));
    g_assert_false (r.failed);
    g_assert_cmpuint (nf_reader_u16 (&r), ==, 0);
    g_assert_true (r.failed);
}

/* Word by word, as RFC 1071 says it first. */
static guint16
sum_slowly (const guint8 *octets, gsize n)
{
    guint32 sum = 0;

    for (gsize i = 0; i < n; i++) {
        sum += i % 2 == 0 ? (guint32)octets[i] << 8 : octets[i];
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return (guint16)sum;
}

static void
test_sum (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (3);

    for (gsize n = 0; n < 200; n++) {
        for (guint kind = 0; kind < 3; kind++) {
            g_autofree guint8 *octets = g_new0 (guint8, n);

            for (gsize i = 0; i < n && kind > 0; i++)
                octets[i] = kind == 1 ? 0xff : (guint8)g_rand_int_range (random, 0, 256);
            g_assert_cmpuint (nf_octets_sum (octets, n), ==, sum_slowly (octets, n));
        }
    }
}

/* One octet beyond ASCII, at each place of each length. */
static void
test_ascii (void)
{
    for (gsize n = 0; n < 40; n++) {
        g_autofree guint8 *octets = g_malloc (n + 2); /* what lies around them does not count */

        memset (octets, 0xff, n + 2);
        memset (octets + 1, 0x7f, n);
        g_assert_true (nf_octets_are_ascii (octets + 1, n));
        for (gsize i = 1; i <= n; i++) {
            octets[i] = 0x80;
            g_assert_false (nf_octets_are_ascii (octets + 1, n));
            octets[i] = 0;
        }
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/reader/in-order", test_in_order);
    g_test_add_func ("/reader/short", test_short);
    g_test_add_func ("/reader/failure-sticks", test_failure_sticks);
    g_test_add_func ("/reader/octets-uint", test_octets_uint);
    g_test_add_func ("/reader/sum", test_sum);
    g_test_add_func ("/reader/ascii", test_ascii);
    g_test_add_func ("/reader/sub", test_sub);
    g_test_add_func ("/reader/rest", test_rest);
    g_test_add_func ("/reader/nothing", test_nothing);
    return g_test_run ();
}
