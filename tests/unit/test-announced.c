/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What options data announces: from where on it holds, in which domains, and how much of it is
 * remembered (common/announced.h, common/collector.h, common/derived.h). */
#include "cases.h"
#include "common/derived.h"

#include <malloc.h>

#define TEMPLATES                                                                                  \
    "0003 0018  0100 0003 0001  000a 0004  0052 0004  0053 0004  0000" /* 256: interface, name, */ \
    "0002 000c  0101 0001  000a 0004"                                  /* 257: an interface */

/* A Message of a domain; `length` is its own. */
#define MESSAGE(length, domain) "000a " length " 6553f100 00000005 " domain " "
#define DESCRIBE(domain)        MESSAGE ("0034", domain) TEMPLATES
#define NAME(domain, name)      MESSAGE ("0020", domain) "0100 0010  00000007 " name " 00000000"

static NfDatagram
datagram (const char *hex, guint8 address, guint16 port, guint64 order)
{
    gsize length;
    guint8 *octets = transcript_hex (hex, &length);

    return (NfDatagram){.octets = octets,
                        .length = length,
                        .wire_length = length,
                        .exporter = {.address = {192, 0, 2, address}, .family = 4, .port = port},
                        .transport = NF_TRANSPORT_UDP,
                        .order = order,
                        .packet = order};
}

/* Learns a Message. Returns how often a limit was reported. */
static guint
learn (NfCollector *c, const char *hex, guint8 address, guint16 port, guint64 order)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfDatagram d = datagram (hex, address, port, order);

    nf_collector_learn (c, &d, findings);
    for (guint i = 0; i < findings->len; i++)
        g_assert_cmpint (g_array_index (findings, NfFinding, i).id, ==, NF_FINDING_LIMIT_ANNOUNCED);
    g_free ((guint8 *)d.octets);
    return findings->len;
}

/* What interface 7 is called for a record of domain 1 in the datagram of that order; "-" where it
 * has no name. */
static const char *
name_of_7 (NfCollector *c, guint8 address, guint16 port, guint64 order)
{
    NfDatagram d =
        datagram (MESSAGE ("0018", "00000001") "0101 0008 00000007", address, port, order);
    NfAnnouncedKey key = nf_announced_key (NF_ANNOUNCED_INTERFACE, 7);
    const NfAnnouncement *a;
    NfFinding trouble;
    NfMessage m;

    g_assert_true (nf_message_read (&m, d.octets, d.length, d.wire_length, &trouble));
    a = nf_collector_find_announced (c, nf_collector_domain (c, &d, &m), &d, &key, 20);
    g_free ((guint8 *)d.octets);
    return a ? a->name : "-";
}

static NfCollector *
collector_of (gsize octets, gboolean stream)
{
    const NfLimits limits = {.max_domains = 8,
                             .max_templates = 100,
                             .max_fields = 100,
                             .max_announced = octets,
                             .stream = stream};

    return nf_collector_new (transcript_registry (), &limits);
}

/* From its record on; before the first one, that one; what is repeated or learnt twice is no news.
 */
static void
test_places (void)
{
    NfCollector *c = collector_of (100000, FALSE);

    learn (c, DESCRIBE ("00000001"), 1, 2055, 1);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 2), ==, "-");
    for (guint pass = 0; pass < 2; pass++) {
        learn (c, NAME ("00000001", "41414141"), 1, 2055, 10);
        learn (c, NAME ("00000001", "41414141"), 1, 2055, 15);
        learn (c, NAME ("00000001", "42424242"), 1, 2055, 20);
        learn (c, NAME ("00000001", "41414141"), 1, 2055, 30);
    }
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 5), ==, "AAAA");
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 19), ==, "AAAA");
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 25), ==, "BBBB");
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 35), ==, "AAAA");
    nf_collector_free (c);
}

/* The own domain first, then whatever the exporter said elsewhere, never what another one says. */
static void
test_other_domains (void)
{
    NfCollector *c = collector_of (100000, FALSE);

    learn (c, DESCRIBE ("00000002"), 1, 2055, 1);
    learn (c, NAME ("00000002", "42424242"), 1, 2055, 2);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 5), ==, "BBBB");
    g_assert_cmpstr (name_of_7 (c, 1, 9999, 5), ==, "BBBB");
    g_assert_cmpstr (name_of_7 (c, 2, 2055, 5), ==, "-");
    learn (c, DESCRIBE ("00000001"), 1, 2055, 6);
    learn (c, NAME ("00000001", "41414141"), 1, 2055, 7);
    learn (c, NAME ("00000002", "42424243"), 1, 2055, 8);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 9), ==, "AAAA");
    g_assert_cmpstr (name_of_7 (c, 1, 9999, 9), ==, "BBBC");
    nf_collector_free (c);
}

/* Domain 1 says of Template 256 that it samples 1:1000, and gives common properties 1. */
#define OF_ITS_OWN                                                                                 \
    MESSAGE ("0046", "00000001")                                                                   \
    "0003 0020  012c 0002 0001  0091 0002  0022 0004  0130 0002 0001  0089 0004  0008 0004"        \
    "012c 000a  0100 000003e8"                                                                     \
    "0130 000c  00000001 0a090909"

/* Template 256 and a record of it with common properties 1. */
#define FLOW_FIELDS "0010  0100 0002  0089 0004  0001 0004  0100 000c  00000001 00000064"

/* Whether a Message's record, which is learnt, is told of both; it is of neither otherwise. */
static gboolean
is_told (NfCollector *c, const char *hex, guint16 port)
{
    NfDatagram d = datagram (hex, 1, port, 9);
    NfDecoder decoder = NF_DECODER_INIT;
    NfMessage message = {.version = 0};
    NfSamplingSource source;
    NfRecord joined;
    NfEvent event, own;
    gboolean told = FALSE;
    guint next = 0;

    learn (c, hex, 1, port, 9);
    nf_decoder_begin (&decoder, c, &d, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_RECORD)
        if (event.type == NF_EVENT_MESSAGE)
            message = *event.message;
    NfFlow *flow = nf_flow_new (event.binding, transcript_registry ());
    NfRecord r = {.event = &event,
                  .octets = d.octets,
                  .message = &message,
                  .flow = flow,
                  .collector = c,
                  .domain = nf_collector_domain (c, &d, &message),
                  .datagram = &d};

    told = nf_record_joined (&r, &next, &joined, &own);
    g_assert_cmpint (nf_record_sampling (&r, &source) > 0, ==, told);
    nf_flow_free (flow);
    nf_decoder_clear (&decoder);
    g_free ((guint8 *)d.octets);
    return told;
}

/* What Template IDs and ids of common properties mean another domain's announcements do not tell,
 * be it of another number or version; those of the same one from another port do. */
static void
test_ids_of_a_domain (void)
{
    static const struct {
        const char *hex;
        guint16 port;
        gboolean told;
    } cases[] = {
        {MESSAGE ("002c", "00000001") "0002" FLOW_FIELDS, 2055, TRUE},
        {MESSAGE ("002c", "00000001") "0002" FLOW_FIELDS, 9999, TRUE},
        {MESSAGE ("002c", "00000002") "0002" FLOW_FIELDS, 2055, FALSE},
        {MESSAGE ("002c", "00000002") "0002" FLOW_FIELDS, 9999, FALSE},
        {"0009 0002 0000000a 6553f100 00000005 00000001 0000" FLOW_FIELDS, 2055, FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfCollector *c = collector_of (100000, FALSE);

        learn (c, OF_ITS_OWN, 1, 2055, 5);
        g_assert_cmpint (is_told (c, cases[i].hex, cases[i].port), ==, cases[i].told);
        nf_collector_free (c);
    }
}

/* Options data that came before its Template is found when all is learnt once more. */
static void
test_missed (void)
{
    NfCollector *c = collector_of (100000, FALSE);

    learn (c, NAME ("00000001", "41414141"), 1, 2055, 1);
    g_assert_false (nf_collector_missed_options (c));
    learn (c, DESCRIBE ("00000001"), 1, 2055, 2);
    g_assert_true (nf_collector_missed_options (c));
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 3), ==, "-");
    learn (c, NAME ("00000001", "41414141"), 1, 2055, 1);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 3), ==, "AAAA");
    nf_collector_free (c);
}

/* Files: what is beyond the limit is refused, and said. */
static void
test_file_limit (void)
{
    NfCollector *c = collector_of (800, FALSE);

    learn (c, DESCRIBE ("00000001"), 1, 2055, 1);
    g_assert_cmpuint (learn (c, NAME ("00000001", "41414141"), 1, 2055, 2), ==, 0);
    g_assert_cmpuint (learn (c, NAME ("00000001", "42424242"), 1, 2055, 3), ==, 1);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 4), ==, "AAAA");
    nf_collector_free (c);
}

/* Streams: the domain least recently used is forgotten, with what it said. */
static void
test_stream_limit (void)
{
    NfCollector *c = collector_of (800, TRUE);

    learn (c, DESCRIBE ("00000001"), 1, 2055, 1);
    learn (c, DESCRIBE ("00000001"), 2, 2055, 2);
    g_assert_cmpuint (learn (c, NAME ("00000001", "41414141"), 1, 2055, 3), ==, 0);
    g_assert_cmpuint (learn (c, NAME ("00000001", "42424242"), 2, 2055, 4), ==, 1);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 5), ==, "-");
    g_assert_cmpstr (name_of_7 (c, 2, 2055, 5), ==, "BBBB");
    nf_collector_free (c);
}

/* Streams: where there is nothing else to be forgotten, an exporter begins anew. */
static void
test_stream_begins_anew (void)
{
    NfCollector *c = collector_of (3000, TRUE);
    guint limits = 0;

    learn (c, DESCRIBE ("00000001"), 1, 2055, 1);
    for (guint i = 2; i < 100; i++) {
        g_autofree char *hex = g_strdup_printf (
            MESSAGE ("0020", "00000001") "0100 0010 %08x 43434343 00000000", i + 98);

        limits += learn (c, hex, 1, 2055, i);
    }
    g_assert_cmpuint (limits, >, 5);
    g_assert_cmpuint (limits, <, 50);
    g_assert_cmpuint (learn (c, NAME ("00000001", "41414141"), 1, 2055, 100), <=, 1);
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 101), ==, "AAAA");
    nf_collector_free (c);
}

/* A stream that goes on renaming keeps but the name in force. */
static void
test_stream_forgets (void)
{
    static const char *const names[] = {NAME ("00000001", "41414141"),
                                        NAME ("00000001", "42424242")};
    NfCollector *c = collector_of (2000, TRUE);

    learn (c, DESCRIBE ("00000001"), 1, 2055, 1);
    for (guint i = 2; i < 100; i++) {
        nf_collector_forget_before (c, i);
        g_assert_cmpuint (learn (c, names[i % 2], 1, 2055, i), ==, 0);
    }
    g_assert_cmpstr (name_of_7 (c, 1, 2055, 100), ==, "BBBB");
    nf_collector_free (c);
}

/* Streams: the Template by which a record is learnt came from another port, and room for the own
 * domain is made by forgetting that one's. What is freed is overwritten, so that it would show. */
static void
test_stream_of_two_ports (void)
{
    const NfLimits limits = {.max_domains = 1,
                             .max_templates = 100,
                             .max_fields = 100,
                             .max_announced = 100000,
                             .stream = TRUE};
    NfCollector *c = nf_collector_new (transcript_registry (), &limits);
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfDatagram d = datagram (NAME ("00000001", "41414141"), 1, 9999, 2);

    mallopt (M_PERTURB, 0x55);
    learn (c, DESCRIBE ("00000001"), 1, 2055, 1);
    nf_collector_learn (c, &d, findings);
    g_assert_cmpuint (findings->len, ==, 1);
    g_assert_cmpint (g_array_index (findings, NfFinding, 0).id, ==, NF_FINDING_LIMIT_REACHED);
    g_assert_cmpstr (name_of_7 (c, 1, 9999, 3), ==, "AAAA");
    mallopt (M_PERTURB, 0);
    nf_collector_free (c);
    g_free ((guint8 *)d.octets);
}

static void
test_rates (void)
{
    static const struct {
        NfSampling sampling;
        gdouble rate;
    } cases[] = {
        {{.interval = 0}, 0},
        {{.interval = 100, .random = 7}, 100},
        {{.packets = 1, .space = 999}, 1000},
        {{.packets = 2, .space = 1}, 1.5},
        {{.packets = 0, .space = 5}, 0},
        {{.random = 512}, 512},
        {{.size = 2, .population = 100}, 50},
        {{.size = 100, .population = 2}, 0},
        {{.probability = 0.25}, 4},
        {{.probability = 2}, 0},
        {{.probability = 0x1p-1022}, 0x1p1022},
        {{.probability = 0x1p-1030}, 0},
        {{.probability = -1}, 0},
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        g_assert_cmpfloat (nf_sampling_rate (&cases[i].sampling), ==, cases[i].rate);
}

/* Learns a record of options that has sampler 7 before `n` other fields. */
static void
learn_sampler (NfCollector *c, guint n, const char *fields, const char *values)
{
    g_autofree char *hex = NULL;
    gsize n_fields, n_values;

    g_free (transcript_hex (fields, &n_fields));
    g_free (transcript_hex (values, &n_values));
    hex = g_strdup_printf (MESSAGE ("%04x", "00000001") "0003 %04x 0100 %04x 0001 0030 0001 %s "
                                                        "0100 %04x 07 %s",
                           (guint)(16 + 14 + n_fields + 5 + n_values), (guint)(14 + n_fields),
                           n + 1, fields, (guint)(5 + n_values), values);
    learn (c, hex, 1, 2055, 1);
}

/* Rates and the exporter's start are found in whichever fields they are, behind however many. */
static void
test_fields (void)
{
    static const struct {
        guint n;
        const char *fields, *values;
        gdouble rate;
        guint64 start_ms;
    } cases[] = {
        {1, "0022 0004", "000003e8", 1000, 0},
        {2, "0132 0004  0131 0004", "00000063 00000001", 100, 0},
        {1, "0032 0002", "0200", 512, 0},
        {2, "0136 0004  0135 0004", "00000064 00000002", 50, 0},
        {1, "0137 0008", "3fd00000 00000000", 4, 0},
        {2, "00a0 0008  0022 0001", "00000000 000003e8 05", 5, 1000},
        {52, "00*200  0022 0001  0022 0001", "07 08", 7, 0},
        {2, "0022 0000  0022 0001", "08", 0, 0},
        {2, "8022 0001 00001234  0022 0001", "03 04", 4, 0},
    };
    const NfAnnouncedKey start = {.kind = NF_ANNOUNCED_START};
    const NfAnnouncedKey sampler = nf_announced_key (NF_ANNOUNCED_SAMPLER, 7);
    const NfDatagram d = {.exporter = {.address = {192, 0, 2, 1}, .family = 4}, .order = 2};

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        NfCollector *c = collector_of (100000, FALSE);
        const NfAnnouncement *a;

        learn_sampler (c, cases[i].n, cases[i].fields, cases[i].values);
        a = nf_collector_find_announced (c, NULL, &d, &sampler, 0);
        g_assert_cmpfloat (a ? a->rate : 0, ==, cases[i].rate);
        a = nf_collector_find_announced (c, NULL, &d, &start, 0);
        g_assert_cmpuint (a ? a->start_ms : 0, ==, cases[i].start_ms);
        nf_collector_free (c);
    }
}

/* No element of a user's can be called as something that stands beside the elements. */
static void
test_names_are_reserved (void)
{
    for (guint i = 0; i < NF_N_DERIVED; i++) {
        g_autofree char *text =
            g_strdup_printf ("id,name,type\n1,%s,string\n", nf_derived_name ((NfDerived)i));
        g_autoptr (NfRegistry) registry = nf_registry_new ();
        g_autoptr (GError) error = NULL;

        g_assert_false (nf_registry_load_text (registry, "x.csv", text, strlen (text), &error));
        g_assert_error (error, NF_REGISTRY_ERROR, NF_REGISTRY_ERROR_ROW);
        g_assert_cmpint (nf_derived_find (nf_derived_name ((NfDerived)i)), ==, i);
    }
    g_assert_cmpint (nf_derived_find ("octets"), ==, NF_N_DERIVED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/announced/places", test_places);
    g_test_add_func ("/announced/other-domains", test_other_domains);
    g_test_add_func ("/announced/ids-of-a-domain", test_ids_of_a_domain);
    g_test_add_func ("/announced/missed", test_missed);
    g_test_add_func ("/announced/limit/file", test_file_limit);
    g_test_add_func ("/announced/limit/stream", test_stream_limit);
    g_test_add_func ("/announced/limit/stream-of-one", test_stream_begins_anew);
    g_test_add_func ("/announced/limit/renaming", test_stream_forgets);
    g_test_add_func ("/announced/limit/two-ports", test_stream_of_two_ports);
    g_test_add_func ("/announced/rates", test_rates);
    g_test_add_func ("/announced/fields", test_fields);
    g_test_add_func ("/announced/reserved", test_names_are_reserved);
    return g_test_run ();
}
