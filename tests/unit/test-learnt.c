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

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/learnt/", cases[i].name, NULL);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    return g_test_run ();
}
