/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which datagrams are taken for Messages. */
#include "select.h"

/* A v9 Message with a Template Set, an IPFIX Message without Sets, a DNS query, sFlow, v5 with a
 * Count that does not fit. */
#define V9     "\0\x09\0\1\0\0\0\0\x60\0\0\0\0\0\0\0\0\0\0\1\0\0\0\x0c\1\0\0\1\0\1\0\4"
#define IPFIX  "\0\x0a\0\x10\x60\0\0\0\0\0\0\0\0\0\0\1"
#define DNS    "\0\x09\1\0\0\1\0\0\0\0\0\0\3www\7example\3com\0\0\1\0\1"
#define SFLOW  "\0\0\0\5\0\0\0\1\xc0\0\2\1\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\0"
#define BAD_V5 "\0\5\0\2\0\0\0\0\x60\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

typedef struct {
    const char *name;
    const char *octets;
    gsize length;
    guint16 from, to;
    const char *ports; /* of -d, or NULL */
    gboolean taken;
    const char *called; /* what it is called where it is no Message */
} Case;

#define OCTETS(s) s, sizeof s - 1

static const Case cases[] = {
    {"v9-any-port", OCTETS (V9), 40000, 6343, NULL, TRUE, NULL},
    {"ipfix-any-port", OCTETS (IPFIX), 40000, 1, NULL, TRUE, NULL},
    {"dns", OCTETS (DNS), 40000, 53, NULL, FALSE, "DNS"},
    {"dns-answer", OCTETS (DNS), 53, 40000, NULL, FALSE, "DNS"},
    {"sflow", OCTETS (SFLOW), 40000, 6343, NULL, FALSE, "sFlow"},
    {"sflow-on-netflow-port", OCTETS (SFLOW), 40000, 2055, NULL, TRUE, NULL},
    {"bad-v5-any-port", OCTETS (BAD_V5), 40000, 1234, NULL, FALSE, NULL},
    {"bad-v5-usual-port", OCTETS (BAD_V5), 40000, 9995, NULL, TRUE, NULL},
    {"other-than-d", OCTETS (V9), 40000, 2055, "9000", FALSE, NULL},
    {"as-d-says", OCTETS (DNS), 40000, 53, "50-60", TRUE, NULL},
    {"from-port-of-d", OCTETS (V9), 9000, 40000, "9000", TRUE, NULL},
    {"dns-from-port-of-d", OCTETS (DNS), 53, 40000, "53", FALSE, "DNS"},
};

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    char *argv[] = {"nfpeek", "-d", (char *)c->ports, "a", NULL};
    char *bare[] = {"nfpeek", "a", NULL};
    NfDatagram g = {.octets = (const guint8 *)c->octets,
                    .length = c->length,
                    .wire_length = c->length,
                    .transport = NF_TRANSPORT_UDP,
                    .exporter = {.family = 4, .port = c->from},
                    .collector = {.family = 4, .port = c->to}};
    NfOptions options;

    g_assert_true (nf_options_parse (&options, c->ports ? 4 : 2, c->ports ? argv : bare, NULL));
    g_assert_cmpint (nf_select_is_message (&options, &g), ==, c->taken);
    if (!c->taken)
        g_assert_cmpstr (nf_select_name_payload (&g), ==, c->called);
    nf_options_clear (&options);
}

/* Random payloads that happen to begin with a version, one in 32,768, are taken for a Message less
 * often than once in 10,000 times. */
static void
test_random (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (7);
    guint8 octets[256];
    guint taken = 0;

    for (guint i = 0; i < 300000; i++) {
        for (guint n = 0; n < sizeof octets; n += 4) {
            guint32 word = g_rand_int (rand);

            memcpy (octets + n, &word, 4);
        }
        octets[0] = 0;
        octets[1] = i % 2 ? 9 : 10;
        if (nf_message_plausible (octets, sizeof octets, sizeof octets))
            taken++;
    }
    g_assert_cmpuint (taken, <=, 30);
}

static void
test_census (void)
{
    static const NfItem items[] = {
        {.kind = NF_ITEM_DATAGRAM,
         .datagram = {.octets = (const guint8 *)DNS,
                      .length = sizeof DNS - 1,
                      .wire_length = sizeof DNS - 1,
                      .transport = NF_TRANSPORT_UDP,
                      .exporter = {.family = 4, .port = 53},
                      .collector = {.family = 4, .port = 40000}}},
        {.kind = NF_ITEM_OTHER, .datagram = {.transport = NF_TRANSPORT_UDP}},
        {.kind = NF_ITEM_OTHER,
         .datagram = {.transport = NF_TRANSPORT_TCP, .exporter = {.port = 443}}},
        {.kind = NF_ITEM_OTHER,
         .datagram = {.transport = NF_TRANSPORT_TCP, .collector = {.port = 53}}},
        {.kind = NF_ITEM_OTHER,
         .datagram = {.transport = NF_TRANSPORT_TCP, .collector = {.port = 443}}},
        {.kind = NF_ITEM_OTHER,
         .datagram = {.transport = NF_TRANSPORT_SCTP, .collector = {.port = 7}}},
    };
    NfCensus *census = nf_census_new ();
    NfText t = NF_TEXT_INIT;

    nf_census_text (&t, census);
    g_assert_cmpstr (nf_text_string (&t), ==, "0 packets");
    nf_census_add (census, &items[1]);
    nf_text_truncate (&t, 0);
    nf_census_text (&t, census);
    g_assert_cmpstr (nf_text_string (&t), ==, "1 packet, none of them of UDP, TCP or SCTP");
    for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
        nf_census_add (census, &items[i]);
    nf_text_truncate (&t, 0);
    nf_census_text (&t, census);
    g_assert_cmpstr (nf_text_string (&t), ==,
                     "7 packets; UDP ports: 53 (DNS) 1; TCP ports: 443 (HTTPS) 2, 53 (DNS) 1; "
                     "SCTP ports: 7 1");
    nf_text_clear (&t);
    nf_census_free (census);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/select/%s", cases[i].name);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/select/random", test_random);
    g_test_add_func ("/select/census", test_census);
    return g_test_run ();
}
