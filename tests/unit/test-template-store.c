/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is remembered of Templates: how much, and of whom where that is too much. */
#include "transcript.h"

#include "template-store.h"

/* More domains than there is room for: each takes about a KiB. */
#define N_DOMAINS 100000

/* An IPFIX Message of a domain, at a time in seconds, with a Template that has one field. */
static void
note (NfTemplateStore *store, guint32 domain, gint64 time_s)
{
    guint8 octets[] = {0, 10, 0, 28, 0x65, 0x53, 0xf1, 0, 0, 0, 0, 0, 0, 0,
                       0, 0,  0, 2,  0,    12,   1,    0, 0, 1, 0, 8, 0, 4};
    NfDatagram datagram = {.octets = octets,
                           .length = sizeof octets,
                           .wire_length = sizeof octets,
                           .exporter = {.family = 4, .port = 4000},
                           .transport = NF_TRANSPORT_UDP,
                           .has_time = TRUE,
                           .time_ns = time_s * G_GINT64_CONSTANT (1000000000)};

    for (guint i = 0; i < 4; i++)
        octets[12 + i] = (guint8)(domain >> (24 - 8 * i));
    g_assert_true (nf_template_store_note (store, &datagram));
}

/* The domains of what is composed, a bit for each. */
static void
mark (const NfDatagram *datagram, gpointer domains)
{
    NfMessage message;
    NfFinding trouble;

    g_assert_true (nf_message_read (&message, datagram->octets, datagram->length,
                                    datagram->wire_length, &trouble));
    g_assert_cmpuint (message.domain, <, N_DOMAINS);
    ((guint8 *)domains)[message.domain] = 1;
}

/* Who was silent longest is forgotten, whoever came first. */
static void
test_room (void)
{
    NfTemplateStore *store = nf_template_store_new (transcript_registry ());
    g_autofree guint8 *kept = g_malloc0 (N_DOMAINS);
    guint64 n_kept = 0;

    note (store, 0, 1700000000);
    g_assert_cmpuint (nf_template_store_forgotten (store), ==, 0);
    for (guint32 i = 1; i < N_DOMAINS; i++) {
        note (store, i, 1700000000 + i);
        if (i % 1000 == 0)
            note (store, 0, 1700000000 + i);
    }
    nf_template_store_compose (store, mark, kept);
    for (guint32 i = 0; i < N_DOMAINS; i++)
        n_kept += kept[i];
    g_assert_cmpuint (n_kept, <, N_DOMAINS);
    g_assert_cmpuint (n_kept, >, N_DOMAINS / 2);
    g_assert_cmpuint (nf_template_store_forgotten (store), ==, N_DOMAINS - n_kept);
    g_assert_cmpuint (kept[0], ==, 1);
    for (guint32 i = 1; i < N_DOMAINS; i++)
        g_assert_cmpuint (kept[i], ==, i >= N_DOMAINS - (n_kept - 1));
    nf_template_store_free (store);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/template-store/room", test_room);
    return g_test_run ();
}
