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
    TranscriptInput inputs[6];
    const char *wanted, *unwanted; /* in the transcript; or NULL */
} Case;

static const Case cases[] = {
    {"before",
     {{.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")}},
     "32473.hits=7",
     "ELEMENT_UNKNOWN"},
    {"after",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     "32473.hits=7",
     "ELEMENT_UNKNOWN"},
    {"with-the-enterprise-bit",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "8001", "03", HITS)}},
     "32473.hits=7",
     NULL},
    {"another-domain-of-the-session",
     {{.hex = TEMPLATE ("00000002", "001")},
      {.hex = DATA ("00000002")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     "32473.hits=7",
     NULL},
    {"another-session",
     {{.hex = TEMPLATE ("00000001", "001"), .port = 9999},
      {.hex = DATA ("00000001"), .port = 9999},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     "32473/1=00000007",
     "hits=7"},
    {"another-element",
     {{.hex = TEMPLATE ("00000001", "002")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)}},
     "32473/2=00000007",
     "hits=7"},
    {"described-anew",
     {{.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", MISS)},
      {.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")}},
     "32473.miss=7",
     "32473.hits"},
    {"no-such-type",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "ff", HITS)}},
     "32473/1=00000007",
     "hits=7"},
    {"no-name",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "03", "0000000000000000")}},
     "32473/1=00000007",
     NULL},
    {"a-type-of-another-length",
     {{.hex = TEMPLATE ("00000001", "001")},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00007ed9", "0001", "0c", HITS)}},
     "32473.hits=00000007",
     NULL},
    {"what-the-registry-knows",
     {{.hex = MESSAGE ("0020", "00000001") "0002 0010  0100 0001  900c 0004 00000009"},
      {.hex = DATA ("00000001")},
      {.hex = DESCRIPTIONS ("00000001")},
      {.hex = DESCRIBE ("00000001", "00000009", "1088", "0d", HITS)}},
     NULL,
     "cisco.hits"},
};

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *text = transcript_of (c->inputs, NULL);

    if (c->wanted && !strstr (text, c->wanted))
        g_error ("%s lacks %s", text, c->wanted);
    if (c->unwanted && strstr (text, c->unwanted))
        g_error ("%s has %s", text, c->unwanted);
}

/* Learns a Message of 192.0.2.1. Returns how often a limit was reported. */
static guint
learn (NfCollector *c, guint64 order, const char *hex)
{
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    gsize length;
    g_autofree guint8 *octets = transcript_hex (hex, &length);
    NfDatagram d = {.octets = octets,
                    .length = length,
                    .wire_length = length,
                    .exporter = {.address = {192, 0, 2, 1}, .family = 4, .port = 2055},
                    .order = order};

    nf_collector_learn (c, &d, findings);
    return findings->len;
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

/* What is described, and what waits for a description, counts among what options data says. */
static void
test_limit (void)
{
    NfRegistry *registry = transcript_registry ();
    NfLimits limits = nf_default_limits;
    NfCollector *c;

    limits.max_announced = 0;
    c = nf_collector_new (registry, &limits);
    g_assert_cmpuint (learn (c, 1, TEMPLATE ("00000001", "001")), ==, 0);
    g_assert_cmpuint (learn (c, 2, TEMPLATE ("00000002", "002")), ==, 1);
    g_assert_cmpuint (learn (c, 3, DESCRIPTIONS ("00000001")), ==, 0);
    g_assert_cmpuint (learn (c, 4, DESCRIBE ("00000001", "00007ed9", "0001", "03", HITS)), ==, 1);
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
    g_test_add_func ("/learnt/limit", test_limit);
    return g_test_run ();
}
