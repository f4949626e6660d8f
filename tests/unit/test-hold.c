/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams that wait for a Template: who is let go when, in which order, within which bound. */
#include "hold.h"

/* Holds a datagram of `length` octets, numbered `order`, that waits for Templates `a` and, unless
 * it is 0, `b` of a domain. */
static void
add (NfHold *hold, guint64 order, gsize length, guint32 domain, guint16 a, guint16 b)
{
    static guint8 octets[70000];
    NfDatagram datagram = {.octets = octets,
                           .length = length,
                           .order = order,
                           .exporter = {.family = 4, .port = (guint16)order}};
    NfLack lack = {.version = 10, .domain = domain, .n_ids = b ? 2 : 1, .ids = {a, b}};

    nf_hold_add (hold, &datagram, &lack);
}

static void
note (const NfDatagram *held, NfLack *lack, gpointer text)
{
    g_string_append_printf (text, "%u:%u ", (guint)held->order, lack->n_ids);
}

/* Brings Template `id` of a domain and expects "ORDER:LACKING ..." of what waited. */
static void
expect (NfHold *hold, guint32 domain, guint16 id, const char *expected)
{
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree NfIdSet *brought = g_new0 (NfIdSet, 1);
    NfEndpoint exporter = {.family = 4, .port = 9};

    nf_id_set_add (brought, id);
    nf_hold_release (hold, &exporter, 10, domain, brought, note, text);
    g_assert_cmpstr (text->str, ==, expected);
}

static void
test_order (void)
{
    NfHold *hold = nf_hold_new (1 << 20);

    g_assert_cmpuint (nf_hold_oldest (hold, 99), ==, 99);
    add (hold, 1, 100, 7, 256, 0);
    add (hold, 2, 100, 8, 256, 0);
    add (hold, 3, 100, 7, 256, 257);
    add (hold, 4, 100, 7, 257, 0);
    expect (hold, 6, 256, "");
    expect (hold, 7, 258, "");
    expect (hold, 7, 256, "1:0 3:1 ");
    g_assert_cmpuint (nf_hold_oldest (hold, 99), ==, 2);
    expect (hold, 7, 256, "");
    expect (hold, 7, 257, "3:0 4:0 ");
    expect (hold, 8, 256, "2:0 ");
    g_assert_cmpuint (nf_hold_oldest (hold, 99), ==, 99);
    nf_hold_free (hold);
}

/* The oldest ones make room; what could never have any is not held. */
static void
test_bound (void)
{
    NfHold *hold = nf_hold_new (100000);

    add (hold, 1, 40000, 7, 256, 0);
    add (hold, 2, 40000, 7, 256, 0);
    add (hold, 3, 40000, 7, 256, 0);
    g_assert_cmpuint (nf_hold_oldest (hold, 99), ==, 2);
    add (hold, 4, 65535, 8, 256, 0);
    g_assert_cmpuint (nf_hold_oldest (hold, 99), ==, 4);
    nf_hold_free (hold);
    hold = nf_hold_new (60000);
    add (hold, 1, 100, 7, 256, 0);
    add (hold, 2, 65535, 7, 256, 0);
    expect (hold, 7, 256, "1:0 ");
    nf_hold_free (hold);
    hold = nf_hold_new (0);
    add (hold, 1, 4, 7, 256, 0);
    expect (hold, 7, 256, "");
    nf_hold_free (hold);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/hold/order", test_order);
    g_test_add_func ("/hold/bound", test_bound);
    return g_test_run ();
}
