/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is remembered of Templates, for which data, and how much of it (common/collector.h). */
#include "cases.h"
#include "common/domain.h"

#define ADDRESS   IPFIX ("001c") "0002 000c  0100 0001  0008 0004"
#define PORTS     IPFIX ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"
#define PROTOCOL  IPFIX ("001c") "0002 000c  0100 0001  0004 0001"
#define DATA      IPFIX ("0018") "0100 0008  0a000001"
#define WITHDRAWN IPFIX ("0018") "0002 0008  0100 0000"

/* A datagram from 192.0.2.1:port; its order is also its packet. Free its octets. */
static NfDatagram
datagram (const char *hex, guint16 port, guint64 order)
{
    gsize length;
    guint8 *octets = transcript_hex (hex, &length);

    return (NfDatagram){.octets = octets,
                        .length = length,
                        .wire_length = length,
                        .exporter = {.address = {192, 0, 2, 1}, .family = 4, .port = port},
                        .transport = NF_TRANSPORT_TCP,
                        .order = order,
                        .packet = order};
}

/* Learns a Message. Returns how often a limit was reported. */
static guint
learn (NfCollector *c, const char *hex, guint16 port, guint64 order)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfDatagram d = datagram (hex, port, order);

    nf_collector_learn (c, &d, findings);
    for (guint i = 0; i < findings->len; i++)
        g_assert_cmpint (g_array_index (findings, NfFinding, i).id, ==, NF_FINDING_LIMIT_REACHED);
    g_free ((guint8 *)d.octets);
    return findings->len;
}

/* Which packet's Template a Data Set 256 at that place has: 0 for none, negative where late. */
static gint64
used (NfCollector *c, guint16 port, guint64 order)
{
    NfDatagram d = datagram (DATA, port, order);
    NfFinding trouble;
    NfTemplateUse use;
    NfMessage m;
    gboolean found;

    g_assert_true (nf_message_read (&m, d.octets, d.length, d.wire_length, &trouble));
    found = nf_collector_find_template (c, nf_collector_domain (c, &d, &m), &d, &m, 256, 16, &use);
    g_assert_cmpint (found, ==, use.binding != NULL);
    g_free ((guint8 *)d.octets);
    if (!found || use.foreign)
        return 0;
    return use.late ? -(gint64)use.packet : (gint64)use.packet;
}

static NfCollector *
collector_of (guint domains, guint templates, guint fields, gboolean stream)
{
    const NfLimits limits = {
        .max_domains = domains, .max_templates = templates, .max_fields = fields, .stream = stream};

    return nf_collector_new (transcript_registry (), &limits);
}

/* What is learnt again adds nothing and changes no answer. */
static void
test_learn_twice (void)
{
    static const char *const messages[] = {ADDRESS, PORTS, ADDRESS, WITHDRAWN, PORTS, PORTS};
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);
    gint64 before[8];

    for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
        learn (c, messages[i], 2055, i * 2 + 2);
    g_assert_cmpuint (nf_collector_changes (c), ==, 5); /* the last one only refreshes */
    for (guint i = 0; i < G_N_ELEMENTS (before); i++)
        before[i] = used (c, 2055, i * 2 + 1);
    for (guint round = 0; round < 3; round++)
        for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
            learn (c, messages[i], 2055, i * 2 + 2);
    g_assert_cmpuint (nf_collector_changes (c), ==, 5);
    for (guint i = 0; i < G_N_ELEMENTS (before); i++)
        g_assert_cmpint (used (c, 2055, i * 2 + 1), ==, before[i]);
    nf_collector_free (c);
}

/* Each place has the Template in force there, before the first one that is late. */
static void
test_generations (void)
{
    static const gint64 expected[] = {-2, -2, 2, 2, 4, 4, 0, 0, 8, 8};
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);

    learn (c, ADDRESS, 2055, 2);
    learn (c, ADDRESS, 2055, 3);
    learn (c, PORTS, 2055, 4);
    learn (c, WITHDRAWN, 2055, 6);
    learn (c, PORTS, 2055, 8);
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        if (i != 2 && i != 4 && i != 6 && i != 8) /* there the Data Set is before the Template */
            g_assert_cmpint (used (c, 2055, i), ==, expected[i]);
    nf_collector_free (c);
}

/* The same Message, of Observation Domain 2. */
static void
learn_of_other (NfCollector *c, const char *hex, guint16 port, guint64 order)
{
    NfDatagram d = datagram (hex, port, order);

    ((guint8 *)d.octets)[15] = 2;
    nf_collector_learn (c, &d, NULL);
    g_free ((guint8 *)d.octets);
}

/* At a limit of files, what is refused does not come later, unless another session has it. */
static void
test_hindsight (void)
{
    NfCollector *c = collector_of (1, 10, 100, FALSE);

    learn (c, ADDRESS, 2055, 1);
    learn (c, DATA, 2055, 2);
    learn_of_other (c, ADDRESS, 2055, 3);
    learn_of_other (c, DATA, 2055, 4);
    g_assert_false (nf_collector_has_hindsight (c));
    learn (c, DATA, 2056, 5);
    g_assert_true (nf_collector_has_hindsight (c));
    nf_collector_free (c);

    c = collector_of (1, 10, 100, FALSE);
    learn (c, ADDRESS, 2055, 1);
    learn (c, PORTS, 2056, 2); /* which may be taken for a Template of 2055 that comes later */
    g_assert_true (nf_collector_has_hindsight (c));
    nf_collector_free (c);

    for (guint templates = 1; templates <= 2; templates++) {
        c = collector_of (10, templates, 100, FALSE);
        learn (c, ADDRESS, 2055, 1);
        learn_of_other (c, DATA, 2055, 2);
        g_assert_cmpint (nf_collector_has_hindsight (c), ==, templates > 1);
        nf_collector_free (c);
    }
}

/* What a Data Set at that place hangs on besides its Template, with unknown exporter or not. */
static NfTemplateUse
use_at (NfCollector *c, gboolean is_known, guint64 order)
{
    NfDatagram d = datagram (DATA, 2055, order);
    NfFinding trouble;
    NfTemplateUse use;
    NfMessage m;

    if (!is_known)
        d.exporter = (NfEndpoint){.family = 0};
    g_assert_true (nf_message_read (&m, d.octets, d.length, d.wire_length, &trouble));
    nf_collector_find_template (c, nf_collector_domain (c, &d, &m), &d, &m, 256, 16, &use);
    g_free ((guint8 *)d.octets);
    return use;
}

/* Where there is no Template any more, or too many, what says so is told. */
static void
test_other (void)
{
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);
    NfTemplateUse use;

    learn (c, ADDRESS, 2055, 2);
    g_assert_cmpuint (use_at (c, TRUE, 3).order, ==, 2);
    g_assert_cmpuint (use_at (c, TRUE, 3).other, ==, 0);
    learn (c, WITHDRAWN, 2055, 4);
    use = use_at (c, TRUE, 5);
    g_assert_null (use.binding);
    g_assert_cmpuint (use.other, ==, 4);
    learn (c, PORTS, 2055, 6);
    learn (c, ADDRESS, 2056, 7);
    use = use_at (c, FALSE, 8);
    g_assert_cmpuint (use.candidates, ==, 2);
    g_assert_cmpuint (MIN (use.order, use.other), ==, 6);
    g_assert_cmpuint (MAX (use.order, use.other), ==, 7);
    nf_collector_free (c);
}

/* Templates learnt in another order than they came in hold from where they stand. */
static void
test_out_of_order (void)
{
    static const guint orders[][3] = {{2, 4, 6}, {2, 6, 4}, {4, 2, 6},
                                      {4, 6, 2}, {6, 2, 4}, {6, 4, 2}};

    for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
        NfCollector *c = nf_collector_new (transcript_registry (), NULL);

        for (guint j = 0; j < 3; j++) {
            guint order = orders[i][j];

            learn (c, order == 2 ? ADDRESS : order == 4 ? PORTS : PROTOCOL, 2055, order);
        }
        g_assert_cmpint (used (c, 2055, 1), ==, -2);
        g_assert_cmpint (used (c, 2055, 3), ==, 2);
        g_assert_cmpint (used (c, 2055, 5), ==, 4);
        g_assert_cmpint (used (c, 2055, 7), ==, 6);
        nf_collector_free (c);
    }
}

/* A Template Record that is broken or data alone makes no Template. */
static void
test_nothing_to_learn (void)
{
    static const char *const messages[] = {
        DATA,
        "",
        "0009",
        V5 ("0001") "01*48 ",
        IPFIX ("0010"),
        IPFIX ("001c") "0002 000c  0100 0002  0008 0004",
        IPFIX ("001c") "0002 000c  00ff 0001  0008 0004",
        IPFIX ("0018") "0100 0003  0100 0001",
    };
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);

    for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
        g_assert_cmpuint (learn (c, messages[i], 2055, i + 1), ==, 0);
    g_assert_cmpuint (nf_collector_changes (c), ==, 0);
    g_assert_cmpint (used (c, 2055, 100), ==, 0);
    nf_collector_free (c);
}

/* A file's domains, Templates and fields beyond the limit are refused, and nothing is forgotten. */
static void
test_file_limits (void)
{
    NfCollector *domains = collector_of (2, 100, 100, FALSE);
    NfCollector *templates = collector_of (100, 2, 100, FALSE);
    NfCollector *fields = collector_of (100, 100, 2, FALSE);

    g_assert_cmpuint (learn (domains, ADDRESS, 1, 1), ==, 0);
    g_assert_cmpuint (learn (domains, ADDRESS, 2, 2), ==, 0);
    g_assert_cmpuint (learn (domains, ADDRESS, 3, 3), ==, 1);
    g_assert_cmpuint (learn (domains, PORTS, 2, 4), ==, 0);
    g_assert_cmpint (used (domains, 1, 9), ==, 1);
    g_assert_cmpint (used (domains, 2, 9), ==, 4);
    g_assert_cmpint (used (domains, 3, 9), ==, 0);

    g_assert_cmpuint (learn (templates, ADDRESS, 1, 1), ==, 0);
    g_assert_cmpuint (learn (templates, PORTS, 1, 2), ==, 0);
    g_assert_cmpuint (learn (templates, PORTS, 1, 3), ==, 0); /* a refresh needs no room */
    g_assert_cmpuint (learn (templates, ADDRESS, 1, 4), ==, 1);
    g_assert_cmpuint (learn (templates, ADDRESS, 2, 5), ==, 1);
    g_assert_cmpint (used (templates, 1, 9), ==, 2);

    g_assert_cmpuint (learn (fields, PORTS, 1, 1), ==, 0);
    g_assert_cmpuint (learn (fields, PORTS, 2, 2), ==, 0); /* the same Template is kept once */
    g_assert_cmpuint (learn (fields, ADDRESS, 2, 3), ==, 1);
    g_assert_cmpint (used (fields, 1, 9), ==, 1);
    g_assert_cmpint (used (fields, 2, 9), ==, 2);
    nf_collector_free (domains);
    nf_collector_free (templates);
    nf_collector_free (fields);
}

/* A connection ends: what came over others stays, and another one from there begins anew. */
static void
test_stream_ends_session (void)
{
    NfCollector *c = collector_of (10, 10, 10, TRUE);
    NfDatagram d = {.exporter = {.address = {192, 0, 2, 1}, .family = 4, .port = 1},
                    .transport = NF_TRANSPORT_TCP};

    learn (c, ADDRESS, 1, 1);
    learn (c, PORTS, 2, 2);
    g_assert_cmpint (used (c, 1, 3), ==, 1);
    nf_collector_end_session (c, &d);
    nf_collector_end_session (c, &d);
    g_assert_cmpint (used (c, 1, 3), ==, 0);
    g_assert_cmpint (used (c, 2, 3), ==, 2);
    learn (c, ADDRESS, 1, 4);
    g_assert_cmpint (used (c, 1, 5), ==, 4);
    nf_collector_free (c);
}

/* A stream's least recently used domain makes room for a new one; data counts as use. */
static void
test_stream_forgets_least_used (void)
{
    NfCollector *c = collector_of (3, 100, 100, TRUE);

    learn (c, ADDRESS, 1, 1);
    learn (c, ADDRESS, 2, 2);
    learn (c, ADDRESS, 3, 3);
    learn (c, DATA, 1, 4);
    g_assert_cmpuint (learn (c, ADDRESS, 4, 5), ==, 1);
    g_assert_cmpint (used (c, 1, 9), ==, 1);
    g_assert_cmpint (used (c, 2, 9), ==, 0);
    g_assert_cmpint (used (c, 3, 9), ==, 3);
    g_assert_cmpint (used (c, 4, 9), ==, 5);
    nf_collector_free (c);
}

/* The domain that is being learnt is not the one to go, even if it was the least recently used. */
static void
test_stream_keeps_current (void)
{
    NfCollector *c = collector_of (100, 2, 100, TRUE);

    learn (c, ADDRESS, 1, 1);
    learn (c, ADDRESS, 2, 2);
    g_assert_cmpuint (learn (c, PORTS, 1, 3), ==, 1);
    g_assert_cmpint (used (c, 1, 9), ==, 3);
    g_assert_cmpint (used (c, 2, 9), ==, 0);
    nf_collector_free (c);
}

/* The limits hold for a single domain, too, of which nothing can be forgotten. */
static void
test_stream_limits_one_domain (void)
{
    NfCollector *c = collector_of (1, 4, 100, TRUE);
    guint reported = 0;

    for (guint i = 1; i <= 20; i++)
        reported += learn (c, i % 2 ? ADDRESS : PORTS, 1, i);
    g_assert_cmpuint (nf_collector_changes (c), ==, 4);
    g_assert_cmpuint (reported, >, 0);
    g_assert_cmpint (used (c, 1, 99), ==, 4);
    nf_collector_free (c);
}

/* Generations that no datagram can ask for are forgotten, so a stream may redefine for ever. */
static void
test_stream_forgets_generations (void)
{
    NfCollector *c = collector_of (1, 3, 3, TRUE);

    for (guint i = 1; i <= 1000; i++) {
        nf_collector_forget_before (c, i);
        g_assert_cmpuint (learn (c, i % 2 ? ADDRESS : PORTS, 1, i), ==, 0);
        g_assert_cmpint (used (c, 1, i + 1), ==, i);
    }
    /* the one in force at the first octet of the oldest datagram is still there */
    g_assert_cmpint (used (c, 1, 1000), ==, 999);
    g_assert_cmpint (used (c, 1, 1001), ==, 1000);
    nf_collector_free (c);
}

/* Templates that nothing uses any more need no room among the fields, and no domain goes. */
static void
test_stream_forgets_unused_fields (void)
{
    NfCollector *c = collector_of (10, 100, 8, TRUE);

    learn (c, PORTS, 7, 1);
    for (guint i = 2; i <= 200; i++) {
        g_autofree char *other =
            g_strdup_printf (IPFIX ("0020") "0002 0010  0100 0002  0007 0002  %04x 0002", i);

        nf_collector_forget_before (c, i);
        g_assert_cmpuint (learn (c, other, 1, i), ==, 0);
        g_assert_cmpint (used (c, 1, i + 1), ==, i);
    }
    g_assert_cmpint (used (c, 7, 999), ==, 1);
    nf_collector_free (c);
}

/* Without a word on the oldest datagram everything is kept: held data may still ask for it. */
static void
test_stream_keeps_what_may_be_asked_for (void)
{
    NfCollector *c = collector_of (10, 100, 100, TRUE);

    for (guint i = 1; i <= 10; i++)
        learn (c, i % 2 ? ADDRESS : PORTS, 1, i * 2);
    for (guint i = 1; i <= 10; i++)
        g_assert_cmpint (used (c, 1, i * 2 + 1), ==, i * 2);
    nf_collector_forget_before (c, 11);
    learn (c, ADDRESS, 1, 22);
    g_assert_cmpint (used (c, 1, 11), ==, 10);
    g_assert_cmpint (used (c, 1, 13), ==, 12);
    nf_collector_free (c);
}

/* Exporters that come and go: a full collector goes on learning, and answers are right. */
static void
test_stream_churn (void)
{
    NfCollector *c = collector_of (64, 64, 64, TRUE);

    for (guint i = 1; i <= 5000; i++) {
        learn (c, i % 3 ? ADDRESS : PORTS, (guint16)(i % 500), i);
        g_assert_cmpint (used (c, (guint16)(i % 500), i + 1), ==, i);
        g_assert_cmpint (used (c, (guint16)((i - 1) % 500), i + 1), ==, i - 1);
    }
    nf_collector_free (c);
}

/* A Template with more fields of length 0 than are remembered, and data of as few octets. */
static void
test_empty_fields (void)
{
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);

    learn (c, IPFIX ("101c") "0002 100c  0100 0401  00*4096 0008 0004", 1, 1);
    g_assert_cmpint (used (c, 1, 9), ==, 1);
    learn (c, IPFIX ("1020") "0002 1010  0100 0402  00*4100 0008 0004", 1, 2);
    g_assert_cmpint (used (c, 1, 9), ==, 1);
    g_assert_cmpuint (nf_collector_changes (c), ==, 1);
    nf_collector_free (c);
}

/* Connections and domains that a hash times 31 takes for one. */
static void
test_hash (void)
{
    g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);

    for (guint i = 0; i < 4096; i++) {
        const NfDomainKey key = {.version = 10,
                                 .connection = i,
                                 .id = (4096 - i) * 31 * 31,
                                 .transport = NF_TRANSPORT_TCP};

        g_hash_table_add (hashes, GUINT_TO_POINTER (nf_domain_key_hash (&key)));
    }
    g_assert_cmpuint (g_hash_table_size (hashes), >, 4090); /* two of 32 bits may be the same */
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    cases_add_tests ("/collector/", lookup_cases);
    cases_add_tests ("/collector/", session_cases);
    cases_add_tests ("/collector/", vendor_cases);
    g_test_add_func ("/collector/learn-twice", test_learn_twice);
    g_test_add_func ("/collector/generations", test_generations);
    g_test_add_func ("/collector/other", test_other);
    g_test_add_func ("/collector/out-of-order", test_out_of_order);
    g_test_add_func ("/collector/nothing-to-learn", test_nothing_to_learn);
    g_test_add_func ("/collector/empty-fields", test_empty_fields);
    g_test_add_func ("/collector/hash", test_hash);
    g_test_add_func ("/collector/file/limits", test_file_limits);
    g_test_add_func ("/collector/file/hindsight", test_hindsight);
    g_test_add_func ("/collector/stream/least-used", test_stream_forgets_least_used);
    g_test_add_func ("/collector/stream/ends-session", test_stream_ends_session);
    g_test_add_func ("/collector/stream/current", test_stream_keeps_current);
    g_test_add_func ("/collector/stream/one-domain", test_stream_limits_one_domain);
    g_test_add_func ("/collector/stream/generations", test_stream_forgets_generations);
    g_test_add_func ("/collector/stream/unused-fields", test_stream_forgets_unused_fields);
    g_test_add_func ("/collector/stream/asked-for", test_stream_keeps_what_may_be_asked_for);
    g_test_add_func ("/collector/stream/churn", test_stream_churn);
    return g_test_run ();
}
