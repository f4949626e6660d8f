/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements that exporters describe by options data (RFC 5610): which Templates know them, and what
 * is not believed (common/learnt.h). */
#include "cases.h"

#define MESSAGE(length, domain) "000a " length " 6553f100 00000005 " domain " "

/* Template 256: an element of the documentation's enterprise, 4 octets; and data of it. */
#define TEMPLATE(domain, id) MESSAGE ("0020", domain) "0002 0010  0100 0001  8" id " 0004 00007ed9"
#define DATA(domain)         MESSAGE ("0018", domain) "0100 0008  00000007"

/* Options Template 257: enterprise, element; its type, its name in 8 octets; and a record. */
#define DESCRIPTIONS(domain)                                                                       \
    MESSAGE ("002a", domain)                                                                       \
    "0003 001a  0101 0004 0002  015a 0004 012f 0002  0153 0001 0155 0008"
#define DESCRIBE(domain, pen, id, type, name)                                                      \
    MESSAGE ("0023", domain) "0101 0013 " pen " " id " " type " " name

#define HITS "6869747300000000"
#define MISS "6d69737300000000"

typedef struct {
    const char *name;
    TranscriptInput inputs[8];
    const char *wanted[2]; /* in the transcript, in this order; or NULL */
    const char *unwanted;
} Case;

static const Case cases[] = {
    {"before",
     {{.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")}},
     {"32473.hits=7"},
     "ELEMENT_UNKNOWN"},
    {"after",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     {"32473.hits=7"},
     "ELEMENT_UNKNOWN"},
    {"with-the-enterprise-bit",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "8001", "03", HITS)}},
     {"32473.hits=7"},
     NULL},
    {"another-domain-of-the-session",
     {{.hex = TEMPLATE ("00000002", "001")},
      {.hex = DATA ("00000002")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     {"32473.hits=7"},
     NULL},
    {"another-session",
     {{.hex = TEMPLATE ("00000001", "001"), .port = 9999},
      {.hex = DATA ("00000001"), .port = 9999},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     {"32473/1=00000007"},
     "hits=7"},
    {"another-element",
     {{.hex = TEMPLATE ("00000001", "002")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     {"32473/2=00000007"},
     "hits=7"},
    {"described-anew",
     {{.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", MISS)},
      {.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")}},
     {"32473.miss=7"},
     "32473.hits"},
    {"another-description-between",
     {{.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "00", MISS)},
      {.hex = DATA ("00000001")}},
     {"32473.hits=7", "32473.miss=00000007"},
     "ELEMENT_UNKNOWN"},
    {"the-first-to-come",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", MISS)},
      {.hex = DATA ("00000001")}},
     {"32473.hits=7", "32473.miss=7"},
     NULL},
    {"back-and-forth",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", MISS)},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = DATA ("00000001")}},
     {"32473.miss=7", "32473.hits=7"},
     NULL},
    {"in-lists",
     {{.hex = MESSAGE ("001c", "00000001") "0002 000c  0100 0001  0123 000d"},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = MESSAGE ("0021", "00000001") "0100 0011  03 8001 0004 00007ed9 00000007"},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", MISS)},
      {.hex = MESSAGE ("0021", "00000001") "0100 0011  03 8001 0004 00007ed9 00000007"}},
     {"32473.hits=7", "32473.miss=7"},
     "ELEMENT_UNKNOWN"},
    {"no-such-type",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "ff", HITS)}},
     {"32473/1=00000007"},
     "hits=7"},
    {"no-name",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", "0000000000000000")}},
     {"32473/1=00000007"},
     NULL},
    {"a-type-of-another-length",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "0c", HITS)}},
     {"32473.hits=00000007"},
     NULL},
    {"what-the-registry-knows",
     {{.hex = MESSAGE ("0020", "00000001") "0002 0010  0100 0001  900c 0004 00000009"},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00000009", "1088", "0d", HITS)}},
     {NULL},
     "cisco.hits"},
};

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *text = transcript_of (c->inputs, NULL);

    const char *at = text;

    for (guint i = 0; i < G_N_ELEMENTS (c->wanted) && c->wanted[i]; i++) {
        at = strstr (at, c->wanted[i]);
        if (!at)
            g_error ("%s lacks %s", text, c->wanted[i]);
    }
    if (c->unwanted && strstr (text, c->unwanted))
        g_error ("%s has %s", text, c->unwanted);
}

/* A Message of 192.0.2.1. Free its octets. */
static NfDatagram
datagram (guint64 order, const char *hex)
{
    gsize length;
    guint8 *octets = transcript_hex (hex, &length);

    return (NfDatagram){.octets = octets,
                        .length = length,
                        .wire_length = length,
                        .exporter = {.address = {192, 0, 2, 1}, .family = 4, .port = 2055},
                        .order = order};
}

/* Learns a Message. Returns how often a limit was reported. */
static guint
learn (NfCollector *c, guint64 order, const char *hex)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfDatagram d = datagram (order, hex);

    nf_collector_learn (c, &d, findings);
    g_free ((guint8 *)d.octets);
    return findings->len;
}

/* The binding that data of Template 256 has in datagram `order`. */
static const NfBinding *
binding_at (const NfCollector *c, guint64 order, gboolean *limited)
{
    NfDatagram d = datagram (order, DATA ("00000001"));
    NfFinding trouble;
    NfTemplateUse use;
    NfMessage m;

    g_assert_true (nf_message_read (&m, d.octets, d.length, d.wire_length, &trouble));
    g_assert_true (
        nf_collector_find_template (c, nf_collector_domain (c, &d, &m), &d, &m, 256, 16, &use));
    g_free ((guint8 *)d.octets);
    if (limited)
        *limited = use.limited;
    return use.binding;
}

static const char *
name_at (const NfCollector *c, guint64 order)
{
    const NfElement *element = binding_at (c, order, NULL)->fields[0].element;

    return element ? element->name : "";
}

static void
assert_names (const NfCollector *c)
{
    g_assert_cmpstr (name_at (c, 3), ==, "32473.hits"); /* the first to come */
    g_assert_cmpstr (name_at (c, 15), ==, "32473.hits");
    g_assert_cmpstr (name_at (c, 45), ==, "32473.hits");
    g_assert_cmpstr (name_at (c, 25), ==, "32473.miss");
    g_assert_cmpstr (name_at (c, 35), ==, "32473.hits");
    g_assert_true (binding_at (c, 3, NULL) == binding_at (c, 35, NULL));
}

/* Whatever the order in which they are learnt, and how often, descriptions hold from their place
 * on; the one of 40 repeats that of 30. */
static void
test_places (void)
{
    static const struct {
        guint64 order;
        const char *hex;
    } messages[] = {{5, TEMPLATE ("00000001", "001")},
                    {6, DESCRIPTIONS ("00000001")},
                    {10, DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
                    {20, DESCRIBE ("00000001", "00007ed9", "0001", "03", MISS)},
                    {30, DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
                    {40, DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}};
    static const guint orders[][G_N_ELEMENTS (messages)] = {
        {0, 1, 2, 3, 4, 5}, {1, 5, 4, 3, 2, 0}, {1, 3, 5, 2, 0, 4}};

    for (guint o = 0; o < G_N_ELEMENTS (orders); o++) {
        NfCollector *c = nf_collector_new (transcript_registry (), NULL);

        for (guint twice = 0; twice < 2; twice++) {
            for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
                learn (c, messages[orders[o][i]].order, messages[orders[o][i]].hex);
            assert_names (c);
        }
        nf_collector_free (c);
    }
}

/* A description of element 1 whose name is a number of eight digits. */
static char *
describe_number (guint number)
{
    GString *hex = g_string_new (MESSAGE ("0023", "00000001") "0101 0013 00007ed9 0001 03 ");
    g_autofree char *digits = g_strdup_printf ("%08u", number);

    for (const char *digit = digits; *digit; digit++)
        g_string_append_printf (hex, "3%c", *digit);
    return g_string_free (hex, FALSE);
}

/* A stream forgets descriptions that no datagram can ask for, and what they said. */
static void
test_stream (void)
{
    NfLimits limits = {.max_domains = 1,
                       .max_templates = 4,
                       .max_fields = 16,
                       .max_announced = 4096,
                       .stream = TRUE};
    NfCollector *c = nf_collector_new (transcript_registry (), &limits);

    learn (c, 1, TEMPLATE ("00000001", "001"));
    learn (c, 2, DESCRIPTIONS ("00000001"));
    for (guint i = 0; i < 100000; i++) {
        g_autofree char *hex = describe_number (i);

        nf_collector_forget_before (c, i + 3);
        g_assert_cmpuint (learn (c, i + 3, hex), ==, 0);
        if (i % 10 == 0)
            g_assert_true (binding_at (c, i + 3, NULL)->learnt != NULL);
    }
    learn (c, 200000, DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS));
    g_assert_cmpstr (name_at (c, 200001), ==, "32473.hits");
    nf_collector_free (c);
}

/* A file's descriptions of one element are bounded; the first of them hold. */
static void
test_many (void)
{
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);
    guint said = 0;

    learn (c, 1, TEMPLATE ("00000001", "001"));
    learn (c, 2, DESCRIPTIONS ("00000001"));
    for (guint i = 0; i < 2000; i++) {
        g_autofree char *hex = describe_number (i);

        said += learn (c, i + 3, hex);
    }
    g_assert_cmpuint (said, ==, 2000 - 1024);
    g_assert_cmpstr (name_at (c, 3), ==, "32473.00000000");
    nf_collector_free (c);
}

/* Whether walking a Data Set of 256 says that descriptions are left out. */
static gboolean
says_limited (const NfCollector *c, guint64 order)
{
    NfDatagram d = datagram (order, DATA ("00000001"));
    NfDecoder decoder = NF_DECODER_INIT;
    gboolean said = FALSE;
    NfEvent event;

    nf_decoder_begin (&decoder, c, &d, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END)
        said |= event.type == NF_EVENT_FINDING && event.finding.id == NF_FINDING_LIMIT_DESCRIBED;
    nf_decoder_clear (&decoder);
    g_free ((guint8 *)d.octets);
    return said;
}

/* Different readings of Templates that are too many are left out, and that is said; what nothing
 * uses any more is let go for others. */
static void
test_bindings (void)
{
    enum { N_FIELDS = 8000, N_READINGS = 20, N_KEPT = 131072 / N_FIELDS };
    NfCollector *c = nf_collector_new (transcript_registry (), NULL);
    g_autoptr (GString) template = g_string_new (NULL);
    gboolean limited;

    g_string_append_printf (template, MESSAGE ("%04x", "00000001") "0002 %04x 0100 %04x",
                            24 + N_FIELDS * 8, 8 + N_FIELDS * 8, N_FIELDS);
    for (guint i = 1; i <= N_FIELDS; i++)
        g_string_append_printf (template, "%04x 0001 00007ed9", 0x8000 | i);
    learn (c, 1, template->str);
    learn (c, 2, DESCRIPTIONS ("00000001"));
    for (guint i = 0; i < N_READINGS; i++) {
        g_autofree char *hex = describe_number (i);

        learn (c, i * 2 + 3, hex);
    }
    for (guint i = 0; i < N_READINGS; i++) {
        g_assert_true ((binding_at (c, i * 2 + 4, &limited)->learnt == NULL) == (i >= N_KEPT));
        g_assert_cmpint (limited, ==, i >= N_KEPT);
        g_assert_cmpint (says_limited (c, i * 2 + 4), ==, i >= N_KEPT);
    }
    learn (c, 100, DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS));
    g_assert_cmpstr (name_at (c, 101), ==, "32473.hits");
    nf_collector_free (c);
}

/* A Template of many elements that are described one by one is remembered once, not once for each
 * of them. */
static void
test_one_by_one (void)
{
    NfRegistry *registry = transcript_registry ();
    NfLimits limits = nf_default_limits;
    NfCollector *c;
    GString *template = g_string_new (MESSAGE ("0098", "00000001") "0002 0088 0100 0010");

    for (guint i = 1; i <= 16; i++)
        g_string_append_printf (template, "8%03x 0004 00007ed9", i);
    limits.max_fields = 48;
    c = nf_collector_new (registry, &limits);
    g_assert_cmpuint (learn (c, 1, template->str), ==, 0);
    g_assert_cmpuint (learn (c, 2, DESCRIPTIONS ("00000001")), ==, 0);
    for (guint i = 1; i <= 16; i++) {
        g_autofree char *id = g_strdup_printf ("%04x", i);
        g_autofree char *hex =
            g_strconcat (MESSAGE ("0023", "00000001"), "0101 0013 00007ed9", id, "03", HITS, NULL);

        g_assert_cmpuint (learn (c, 2 + i, hex), ==, 0);
    }
    g_assert_cmpuint (learn (c, 19, TEMPLATE ("00000001", "0ff")), ==, 0);
    nf_collector_free (c);
    g_string_free (template, TRUE);
}

/* What is described counts among what options data says. */
static void
test_limit (void)
{
    NfRegistry *registry = transcript_registry ();
    NfLimits limits = nf_default_limits;
    NfCollector *c;

    limits.max_announced = 500;
    c = nf_collector_new (registry, &limits);
    g_assert_cmpuint (learn (c, 1, DESCRIPTIONS ("00000001")), ==, 0);
    for (guint i = 0; i < 3; i++) {
        g_autofree char *hex = describe_number (i);

        g_assert_cmpuint (learn (c, i + 2, hex), ==, i < 2 ? 0 : 1);
    }
    nf_collector_free (c);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/learnt/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/learnt/one-by-one", test_one_by_one);
    g_test_add_func ("/learnt/places", test_places);
    g_test_add_func ("/learnt/stream", test_stream);
    g_test_add_func ("/learnt/many", test_many);
    g_test_add_func ("/learnt/bindings", test_bindings);
    g_test_add_func ("/learnt/limit", test_limit);
    return g_test_run ();
}
