/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filters: which records expressions choose, what can be said before a record is known, what is
 * wrong with those that are none. */
#include "cases.h"

#include "common/filter.h"

#include <unistd.h>

/* Template 256: a flow with a value of each sort, one element twice. 257: a flow of IPv6, and an
 * element that nobody knows. Options Template 258: the name of an interface. */
#define TEMPLATES                                                                                  \
    "0002 007c"                                                                                    \
    "0100 0013 0008 0004 000c 0004 0007 0002 000b 0002 0004 0001 0006 0002 0001 0008 0002 0004"    \
    "          0098 0008 0099 0008 0038 0006 0052 ffff 0114 0001 003d 0001 0140 0008 0046 0003"    \
    "          01b2 0004 01b2 0004 afcb ffff 00000009"                                             \
    "0101 0007 001b 0010 001c 0010 0007 0002 000b 0002 0004 0001 0055 0008 8005 0002 00007ed9"     \
    "0003 0012 0102 0002 0001 000a 0004 0052 ffff"

#define GIGE "07 47696745302f37"

static const TranscriptInput inputs[] = {
    {.hex = IPFIX ("013f") TEMPLATES
     /* A: TCP 10.0.0.1:443 -> 192.0.2.9:51000, 1500 octets, from 22:13:20 on 1.5 s */
     "0100 005e 0a000001 c0000209 01bb c738 06 0012 00000000000005dc 00000003"
     "          0000018bcfe56800 0000018bcfe56ddc 001122334455" GIGE "01 01 3fe0000000000000 000102"
     "          00000001 fffffffb 0b 6578616d706c652e636f6d"
     /* B: UDP 2001:db8::1:53 -> 2001:db8::2:5000, 10000 octets */
     "0101 0033 20010db8 00*11 01 20010db8 00*11 02 0035 1388 11 0000000000002710 beef"
     /* O */
     "0102 0010 00000007" GIGE},
    /* V: TCP 192.0.2.1:1234 -> 198.51.100.1:80, 1200 octets of DSCP EF, from 22:13:10.5 on 0.4 s */
    {.hex = V5 ("0001") "c0000201 c6336401 00000000 0001 0002 0000000a 000004b0 000001f4 00000384"
                        "04d2 0050 00 1b 06 b8 fde8 fde9 18 10 0000"},
    {.hex = NULL},
};

typedef struct {
    const char *expression;
    const char *chosen; /* of the records A, B, O, V */
} Case;

static const Case cases[] = {
    /* presence */
    {"sourceIPv4Address", "AV"},
    {"nfpeek.sourceIPv4Address", "AV"},
    {"IPV4_SRC_ADDR", "AV"},
    {"0/8", "AV"},
    {"9/12235", "A"},
    {"cisco.applicationHttpHost", "A"},
    {"nfpeek.cisco.applicationHttpHost", "A"},
    {"32473/5", "B"},
    {"src", "ABV"},
    {"src6", "B"},
    {"interfaceName", "AO"},
    {"version", "ABOV"},
    {"duration", "AV"},
    {"not start", "BO"},
    /* numbers */
    {"octetDeltaCount == 1500", "A"},
    {"octetDeltaCount eq 0x5dc", "A"},
    {"octetDeltaCount == 02734", "A"},
    {"octetDeltaCount == 0b10111011100", "A"},
    {"octetDeltaCount == +1500", "A"},
    {"octets >= 1500", "AB"},
    {"octets ge 1500", "AB"},
    {"octets > 1500", "B"},
    {"octets < 1500", "V"},
    {"octets lt 1500", "V"},
    {"octets <= 1200 or octets gt 9999", "BV"},
    {"1200 < octets", "AB"},
    {"1200 < octets < 10000", "A"},
    {"1500 == octets", "A"},
    {"1500 <= octets", "AB"},
    {"1500 < octets", "B"},
    {"1500 > octets", "V"},
    {"1500 >= octets", "AV"},
    {"octets >= 1200 <= 1500", NULL},
    {"octets < 18446744073709551615", "ABV"},
    {"mibObjectValueInteger == -5", "A"},
    {"mibObjectValueInteger < 0", "A"},
    {"mibObjectValueInteger > -1", "A"},
    {"octets > -1", "ABV"},
    {"32473/5 == be:ef", "B"},
    {"32473/5 == 00:ef", ""},
    /* several values of one element: 1 and -5 */
    {"mibObjectValueInteger == 1", "A"},
    {"mibObjectValueInteger != 1", ""},
    {"mibObjectValueInteger != 2", "A"},
    {"mibObjectValueInteger ne 2", "A"},
    {"mibObjectValueInteger !== 1", "A"},
    {"mibObjectValueInteger any_ne 1", "A"},
    {"mibObjectValueInteger ~= 1", "A"},
    {"mibObjectValueInteger === 1", ""},
    {"mibObjectValueInteger all_eq 1", ""},
    {"mibObjectValueInteger all_ne 7", "A"},
    {"not mibObjectValueInteger == 1", "BOV"},
    {"any mibObjectValueInteger < 0", "A"},
    {"all mibObjectValueInteger < 0", ""},
    {"all mibObjectValueInteger < 2", "A"},
    {"all mibObjectValueInteger in {-5, 1}", "A"},
    {"all mibObjectValueInteger in {-5..0}", ""},
    {"any mibObjectValueInteger != 1", "A"},
    /* what is not there */
    {"octetTotalCount != 5", "B"},
    {"!(octetTotalCount == 10000)", "AOV"},
    {"octetTotalCount not in {5}", "ABOV"},
    {"octetTotalCount not in {10000}", "AOV"},
    {"sourceMacAddress == egressInterface", NULL},
    {"octetTotalCount == octetDeltaCount", ""},
    /* names of values */
    {"protocolIdentifier == TCP", "AV"},
    {"protocolIdentifier == udp", "B"},
    {"proto == \"UDP\"", "B"},
    {"proto in {udp, 1}", "B"},
    {"proto in {udp, 1, tcp}", "ABV"},
    {"flowDirection == egress", "A"},
    {"flowDirection != egress", ""},
    {"kind == options", "O"},
    {"kind == \"flow\"", "ABV"},
    {"kind in {OPTIONS}", "O"},
    {"template == V5", "V"},
    {"template in {v1, v5, v6, v7, v8}", "V"},
    {"transport == tcp", ""},
    {"transport == udp", "ABOV"},
    {"kind != flow", "O"},
    {"ipClassOfService == EF", "V"}, /* 184 to 187 */
    {"ipClassOfService != ef", ""},
    {"ipClassOfService in {AF43..EF}", "V"},
    {"ipClassOfService == CS6", ""},
    {"icmpCodeIPv4 == \"Echo Reply\"", NULL}, /* that is a type and a code */
    /* bits */
    {"tcpControlBits & 0x02", "AV"},
    {"tcpControlBits & 0x04", ""},
    {"tcpControlBits & SYN", "AV"},
    {"tcpControlBits & syn and tcpControlBits & FIN", "V"},
    {"tcpControlBits bitand 0x10", "AV"},
    {"tcpControlBits & 0x13 == 0x12", "A"},
    {"(tcpControlBits & 0x13) == 0x12", "A"},
    {"((tcpControlBits & 0x12)) == 0x02", ""},
    {"tcpControlBits & 0x03 != 0x03", "A"},
    {"tcpControlBits == 0x1b", "V"},
    {"tcpControlBits & 0xff in {0x10..0x1f}", "AV"},
    {"not tcpControlBits & FIN", "ABO"},
    {"mibObjectValueInteger & 4", ""},
    {"mibObjectValueInteger & 2", "A"},
    {"template & v5", NULL},
    /* addresses */
    {"src == 10.0.0.1", "A"},
    {"src == 10.0.0.0/8", "A"},
    {"src == 10.0.0.99/24", "A"},
    {"src == 0.0.0.0/0", "AV"},
    {"src == ::/0", "B"},
    {"src != 10.0.0.0/8", "BV"},
    {"src == 2001:db8::/32", "B"},
    {"src6 == 2001:db8::1", "B"},
    {"src == 2001:db8::1/128", "B"},
    {"src == 2001:db8::2", ""},
    {"addr == 2001:db8::2", "B"},
    {"addr == 192.0.2.0/24", "AV"},
    {"addr != 192.0.2.0/24", "B"},
    {"dst == 198.51.100.1", "V"},
    {"src in {10.0.0.0/8, 2001:db8::/32}", "AB"},
    {"src in {10.0.0.0..10.0.0.1}", "A"},
    {"(src) in {10.0.0.0/8}", "A"},
    {"(src) not in {10.0.0.0/8}", "BOV"},
    {"(src == dst) in {10.0.0.0/8}", NULL},
    {"src in {192.0.2.0/31, 192.0.2.0/24, 10.0.0.2..10.0.0.9}", "V"},
    {"src > 10.0.0.1", "V"},
    {"src >= 10.0.0.1", "AV"},
    {"src > 10.0.0.0/8", "V"},
    {"src <= 10.0.0.0/8", "A"},
    {"sourceIPv6Address == 2001:db8::1", "B"},
    {"src == dst", ""},
    {"sourceIPv4Address != destinationIPv4Address", "AV"},
    {"exporter == 192.0.2.1", "ABOV"},
    {"exporter == src", "V"},
    {"exporter == 192.0.2.0/30 and export_port == 2055", "ABOV"},
    /* ports: either end */
    {"port == 443", "A"},
    {"port == 51000", "A"},
    {"port == 53 or port == 80", "BV"},
    {"port != 443", "BV"},
    {"sport > dport", "V"},
    {"sport < dport", "AB"},
    {"port in {80..90, 5000}", "BV"},
    /* text */
    {"interfaceName == \"GigE0/7\"", "AO"},
    {"interfaceName == GigE0/7", "AO"},
    {"interfaceName == \"gige0/7\"", ""},
    {"interfaceName contains \"E0\"", "AO"},
    {"interfaceName contains E1", ""},
    {"interfaceName contains \"\"", "AO"},
    {"interfaceName matches \"^gige\"", "AO"},
    {"interfaceName ~ r\"^gige\\d/\\d$\"", "AO"},
    {"interfaceName ~ \"^gige\\\\d\"", "AO"},
    {"interfaceName ~ \"/8\"", ""},
    {"interfaceName > \"Gi\"", "AO"},
    {"interfaceName in {\"A\"..\"F\", \"GigE0/7\"}", "AO"},
    {"interfaceName == \"\\x47ig\\105\\u0030/7\"", "AO"},
    {"interfaceName == cisco.applicationHttpHost", ""},
    {"cisco.applicationHttpHost matches \"EXAMPLE.com$\"", "A"},
    /* octets */
    {"sourceMacAddress == 00:11:22:33:44:55", "A"},
    {"sourceMacAddress == 0011.2233.4455", "A"},
    {"src_mac == 00-11-22-33-44-55", "A"},
    {"src_mac contains 22:33", "A"},
    {"src_mac contains 22:34", ""},
    {"mplsTopLabelStackSection == 00:01:02", "A"},
    {"mplsTopLabelStackSection == 000102", "A"},
    {"mplsTopLabelStackSection contains 01", "A"},
    {"mplsTopLabelStackSection contains \"\\x01\\x02\"", "A"},
    {"mplsTopLabelStackSection matches \"\\\\x01.$\"", "A"},
    /* some of their octets */
    {"src_mac[0:3] == 00:11:22", "A"},
    {"sourceMacAddress[0:3] == 00:11:23", ""},
    {"src_mac[-2:2] == 44:55", "A"},
    {"src_mac[-1] == 55", "A"},
    {"src_mac[4:] == 44:55", "A"},
    {"src_mac[:2] == 0011", "A"},
    {"src_mac[1-2] == 11-22", "A"},
    {"src_mac[5] in {50..5f}", "A"},
    {"src_mac[6]", ""},
    {"src_mac[5]", "A"},
    {"src_mac[-6]", "A"},
    {"src_mac[-7]", ""},
    {"src_mac[4:3]", ""},
    {"src_mac[:] == 00:11:22:33:44:55", "A"},
    {"src_mac[0:2] != 00:12", "A"},
    {"interfaceName[0:3] == Gig", "AO"},
    {"interfaceName[3:] matches \"^e0\"", "AO"},
    {"interfaceName[0:1] == cisco.applicationHttpHost[0:1]", ""},
    {"mplsTopLabelStackSection[1:1] == src_mac[1:1]", ""},
    {"mplsTopLabelStackSection[0] == src_mac[0]", "A"},
    {"src_mac contains src_mac[2:2]", "A"},
    /* what is calculated */
    {"octets / packets == 500", "A"},
    {"octets - 2 * packets == 1494", "A"},
    {"octets - {packets + 1497} - 3 == packets - 6", "A"},
    {"{octets + 1} * 2 == 3002", "A"},
    {"octets % 7 == 2", "A"},
    {"octets > 3 * 1024 + 1", "B"},
    {"packets*500 == octets", "A"},
    {"octets/packets", NULL}, /* that could be a name */
    {"1501 == octets + 1", "A"},
    {"octets < packets + 1200", "V"},
    {"packets - octets < 0", "AV"},
    {"0 - 5 == mibObjectValueInteger", "A"},
    {"mibObjectValueInteger * mibObjectValueInteger == 25", "A"},
    {"mibObjectValueInteger * mibObjectValueInteger == -5", "A"},
    {"mibObjectValueInteger / 2 == -2 and mibObjectValueInteger % 2 == -1", "A"},
    {"all mibObjectValueInteger + 5 >= 0", "A"},
    {"all mibObjectValueInteger + 4 >= 0", ""},
    {"any mibObjectValueInteger + 5 in {0, 99}", "A"},
    {"octets / {packets - 3}", "V"}, /* not by 0 */
    {"octets % {packets - packets}", ""},
    {"octets * 18446744073709551615 or octets + 18446744073709551615", ""},
    {"0 - 9223372036854775807 - octets", ""},
    {"18446744073709551615 - octets > 0 and octets - 18446744073709551615 < 0", ""},
    {"octets - 9223372036854775807 < -9000000000000000000", "ABV"},
    {"octets * 0 == 0 - 0", "ABV"},
    {"octets * absoluteError == 750", "A"},
    {"octets / duration == 1000", "A"},
    {"absoluteError / {absoluteError - absoluteError}", ""},
    {"octets + 0.5 > 1500.4", "AB"},
    {"octets & 4 and octets + 4 & 8 == 0", "A"},
    {"template + 1 == 258", "B"},
    {"version - 5 == 0", "V"},
    {"octets + octetTotalCount == 20000", "B"},
    {"octets + octetTotalCount", "B"},
    {"len (interfaceName) == 7", "AO"},
    {"len(interfaceName) + len(src_mac) == 13", "A"},
    {"len(interfaceName[3:]) == 4", "AO"},
    {"len(32473/5) == 2", "B"},
    {"lower(interfaceName) == \"gige0/7\"", "AO"},
    {"upper(interfaceName) in {\"A\"..\"G\", \"GIGE0/7\"}", "AO"},
    {"upper(interfaceName)[0:3] == GIG", "AO"},
    {"lower(interfaceName) contains upper(interfaceName)", ""},
    {"lower(kind) == \"options\"", "O"},
    {"string(src) matches \"^10[.]0\"", "A"},
    {"string(octets) == \"1500\"", "A"},
    {"string(interfaceName) == interfaceName", "AO"},
    {"len(string(octets)) > 4", "B"},
    {"count(mibObjectValueInteger) == 2", "A"},
    {"count(addr) == 2", "ABV"},
    {"count(octetTotalCount) != 1", ""},
    {"abs(mibObjectValueInteger) == 5", "A"},
    {"all abs(mibObjectValueInteger) > 0", "A"},
    {"abs(0 - absoluteError) == 0.5", "A"},
    {"max(mibObjectValueInteger) == 1 and min(mibObjectValueInteger) == -5", "A"},
    {"max(sport, dport) == 51000", "A"},
    {"min (sport, dport, 80) == 53", "B"},
    {"max(octetTotalCount, octetDeltaCount) == 10000", "B"},
    {"max(octetTotalCount, octetDeltaCount) < 1500", "V"},
    {"max(duration, packets) == 3", "A"},
    /* fractions, booleans */
    {"absoluteError == 0.5", "A"},
    {"absoluteError > 0", "A"},
    {"absoluteError < 5e-1", ""},
    {"dataRecordsReliability == true", "A"},
    {"dataRecordsReliability == 1", "A"},
    {"dataRecordsReliability == False", ""},
    {"absoluteError < octetDeltaCount", "A"},
    /* times */
    {"start == \"2023-11-14 22:13:20\"", "A"},
    {"start == 2023-11-14T22:13:20Z", "A"},
    {"start == \"2023-11-14 23:13:20+01:00\"", "A"},
    {"start == \"2023-11-14 17:13:20-0500\"", "A"},
    {"start == \"Nov 14, 2023 22:13:20.000000000 UTC\"", "A"},
    {"start == 1700000000", "A"},
    {"end == 1700000001.5", "A"},
    {"end == 2023-11-14T22:13:21.5Z", "A"},
    {"start < \"2023-11-14 22:13:20\"", "V"},
    {"start > \"2023-11-14\"", "AV"},
    {"start > \"2023-11-14 22:13\"", "AV"},
    {"start > 2023-11-15", ""},
    {"start >= \"2023-11-14 22:13:10.5\"", "AV"},
    {"start in {2023-11-14T22:13:10Z..2023-11-14T22:13:19Z}", "V"},
    {"flowStartMilliseconds == 2023-11-14T22:13:20Z", "A"},
    {"duration == 1.5", "A"},
    {"duration < 1", "V"},
    {"duration == 0.4", "V"},
    {"export_time == 2023-11-14T22:13:20Z", "ABOV"},
    {"end > export_time", "A"},
    {"time", ""},
    /* the Message and the Template */
    {"version == 10", "ABO"},
    {"version == 5", "V"},
    {"domain == 1", "ABO"},
    {"domain == 258 and sequence == 5", "V"},
    {"packet == 2", "V"},
    {"message == 1", "ABOV"},
    {"template == 257", "B"},
    {"template in {256..257}", "AB"},
    {"template == v5", "V"},
    {"template in {v5, 258}", "OV"},
    {"template != v5", "ABO"},
    {"file", ""},
    /* how tests go together */
    {"version == 10 and not kind == options", "AB"},
    {"not version == 10 or template == 256", "AV"},
    {"version == 10 && !(template == 256) && template", "BO"},
    {"template == 256 or version == 10 and template == 257", "AB"},
    {"(template == 256 or version == 10) and template == 257", "B"},
    {"!!src", "ABV"},
    {"not not not src", "O"},
    {"src xor octetDeltaCount", "B"},
    {"src ^^ dst ^^ version == 10", "ABO"},
    {"src xor interfaceName and template == 256", "BV"},
    {"src or src or src or src", "ABV"},
    {" ( src\t)\n", "ABV"},
    {"src==10.0.0.1&&port==443", "A"},
    {"element.octetDeltaCount", "AV"},
};

/* ---- the sample ---- */

static TranscriptSample sample;
static NfCollector *collector;

/* Calls `each` for every record of the sample, named by a letter. */
static void
each_record (void (*each) (const NfSubject *subject, char letter, gpointer data), gpointer data)
{
    static const char letters[] = "ABOV";
    const char *letter = letters;
    NfDecoder d = NF_DECODER_INIT;
    NfMessage message = {.version = 0};
    NfEvent event;

    for (guint i = 0; i < sample.n; i++) {
        nf_decoder_begin (&d, collector, &sample.datagrams[i], NF_CHECK_STRUCTURE);
        while (nf_decoder_next (&d, &event) != NF_EVENT_END) {
            if (event.type == NF_EVENT_MESSAGE)
                message = *event.message;
            if (event.type != NF_EVENT_RECORD)
                continue;
            NfFlow *flow = nf_flow_new (event.binding, transcript_registry ());
            NfRecord record = {.event = &event,
                               .octets = sample.datagrams[i].octets,
                               .message = &message,
                               .flow = flow};
            NfSubject subject = {.datagram = &sample.datagrams[i],
                                 .message = &message,
                                 .tmpl = event.binding->tmpl,
                                 .record = &record};

            each (&subject, *letter++, data);
            nf_flow_free (flow);
        }
    }
    g_assert_cmpint (*letter, ==, '\0');
    nf_decoder_clear (&d);
}

typedef struct {
    NfFilter *filter;
    GString *chosen;
} Choice;

static void
choose (const NfSubject *subject, char letter, gpointer data)
{
    Choice *choice = data;
    NfVerdict verdict = nf_filter_judge (choice->filter, subject, NF_STAGE_RECORD);

    g_assert_cmpint (verdict, !=, NF_VERDICT_OPEN);
    if (verdict == NF_VERDICT_YES)
        g_string_append_c (choice->chosen, letter);
    /* whatever was said before, with less known, stands */
    for (guint stage = NF_STAGE_MESSAGE; stage < NF_STAGE_RECORD; stage++) {
        NfVerdict before = nf_filter_judge (choice->filter, subject, (NfStage)stage);

        g_assert_true (before == NF_VERDICT_OPEN || before == verdict);
    }
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (GError) error = NULL;
    Choice choice = {.filter = nf_filter_new (transcript_registry (), c->expression, NULL, &error)};

    if (!c->chosen) {
        g_assert_null (choice.filter);
        g_assert_nonnull (error);
        return;
    }
    g_assert_no_error (error);
    choice.chosen = g_string_new (NULL);
    each_record (choose, &choice);
    g_assert_cmpstr (choice.chosen->str, ==, c->chosen);
    nf_filter_forget (choice.filter);
    each_record (choose, &choice);
    g_string_free (choice.chosen, TRUE);
    nf_filter_free (choice.filter);
}

/* ---- before a record is known ---- */

static const struct {
    const char *expression;
    NfVerdict message, set, template; /* of Template 256 of the IPFIX Message */
} stages[] = {
    {"exporter == 192.0.2.1", NF_VERDICT_YES, NF_VERDICT_YES, NF_VERDICT_YES},
    {"exporter == 192.0.2.7", NF_VERDICT_NO, NF_VERDICT_NO, NF_VERDICT_NO},
    {"template == 256", NF_VERDICT_OPEN, NF_VERDICT_YES, NF_VERDICT_YES},
    {"template == 257", NF_VERDICT_OPEN, NF_VERDICT_NO, NF_VERDICT_NO},
    {"kind == flow", NF_VERDICT_OPEN, NF_VERDICT_OPEN, NF_VERDICT_YES},
    {"exporter == 192.0.2.1 and template == 256", NF_VERDICT_OPEN, NF_VERDICT_YES, NF_VERDICT_YES},
    {"exporter == 192.0.2.7 and template == 256", NF_VERDICT_NO, NF_VERDICT_NO, NF_VERDICT_NO},
    {"octets > 1", NF_VERDICT_OPEN, NF_VERDICT_OPEN, NF_VERDICT_OPEN},
    {"octets", NF_VERDICT_OPEN, NF_VERDICT_OPEN, NF_VERDICT_OPEN},
    {"not octets", NF_VERDICT_OPEN, NF_VERDICT_OPEN, NF_VERDICT_OPEN},
    {"octets > 1 and domain == 2", NF_VERDICT_NO, NF_VERDICT_NO, NF_VERDICT_NO},
    {"octets > 1 or domain == 1", NF_VERDICT_YES, NF_VERDICT_YES, NF_VERDICT_YES},
    {"octets > 1 xor domain == 1", NF_VERDICT_OPEN, NF_VERDICT_OPEN, NF_VERDICT_OPEN},
    {"exporter == src", NF_VERDICT_OPEN, NF_VERDICT_OPEN, NF_VERDICT_OPEN},
    {"version", NF_VERDICT_YES, NF_VERDICT_YES, NF_VERDICT_YES},
};

static void
test_stages (void)
{
    NfMessage message;
    NfFinding trouble;
    const NfDatagram *g = &sample.datagrams[0];
    NfTemplate tmpl = {.id = 256, .version = 10};
    NfSubject subject = {.datagram = g, .message = &message};

    g_assert_true (nf_message_read (&message, g->octets, g->length, g->length, &trouble));
    for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
        g_autoptr (NfFilter) filter =
            nf_filter_new (transcript_registry (), stages[i].expression, NULL, NULL);

        subject.tmpl = NULL;
        subject.template_id = 256;
        g_assert_cmpint (nf_filter_judge (filter, &subject, NF_STAGE_MESSAGE), ==,
                         stages[i].message);
        g_assert_cmpint (nf_filter_judge (filter, &subject, NF_STAGE_SET), ==, stages[i].set);
        subject.tmpl = &tmpl;
        g_assert_cmpint (nf_filter_judge (filter, &subject, NF_STAGE_TEMPLATE), ==,
                         stages[i].template);
    }
}

/* A datagram that is no Message. */
static void
test_no_header (void)
{
    NfSubject subject = {.datagram = &sample.datagrams[0]};
    static const struct {
        const char *expression;
        NfVerdict verdict;
    } rows[] = {
        {"exporter == 192.0.2.1", NF_VERDICT_YES},
        {"version", NF_VERDICT_NO},
        {"domain == 1 or sequence == 5 or export_time > 0", NF_VERDICT_NO},
        {"octets", NF_VERDICT_OPEN},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (NfFilter) filter =
            nf_filter_new (transcript_registry (), rows[i].expression, NULL, NULL);

        g_assert_cmpint (nf_filter_judge (filter, &subject, NF_STAGE_MESSAGE), ==, rows[i].verdict);
    }
}

/* ---- what is no filter ---- */

static const struct {
    const char *expression;
    guint column;
    const char *says;
} bad[] = {
    {"", 1, "a name or a value is expected, not the end"},
    {"   ", 4, "not the end"},
    {"srx == 10.0.0.1", 1, "'srx'; did you mean src"},
    {"exportr == 10.0.0.1", 1, "did you mean exporter"},
    {"src == 10.0.0.1 and octetDeltaCnt > 5", 21, "did you mean octetDeltaCount"},
    {"nfpeek.xyzzyxyzzy", 1, "--list-elements"},
    {"src ==", 7, "not the end"},
    {"src == == 5", 8, "not '=='"},
    {"start > \"yesterday\"", 9, "'yesterday' is none, such as \"2023-11-14 22:13:20\""},
    {"src = 10.0.0.1", 5, "'=' has no meaning here: equality is =="},
    {"src == 10.0.0.1 dst", 17, "an operator is expected, not 'dst'"},
    {"(src == 10.0.0.1", 17, "an operator or ) is expected, not the end"},
    {"src == 10.0.0.1)", 16, "not ')'"},
    {"not", 4, "not the end"},
    {"and src", 1, "not 'and'"},
    {"src or", 7, "not the end"},
    {"any src", 8, "a comparison is expected"},
    {"octets == 10.0.0.1", 11, "octets is a number, and '10.0.0.1' is none"},
    {"octets == abc", 11, "is none"},
    {"octets == 1.5", 11, "is none"},
    {"octets == 09", 11, "is none"},
    {"octets == 18446744073709551616", 11, "is none"},
    {"octets == -9223372036854775809", 11, "is none"},
    {"proto == tcpp", 10, "nor the name of one"},
    {"src == 5", 8, "src is an address"},
    {"src == 10.0.0.0/33", 8, "is none"},
    {"src == 10.0.0.0/", 8, "is none"},
    {"src == 300.0.0.1", 8, "is none"},
    {"src6 == 10.0.0.1", 9, "an IPv6 address"},
    {"sourceIPv4Address == ::1", 22, "an IPv4 address"},
    {"src_mac == 00:11:22", 12, "a MAC address"},
    {"kind == flows", 9, "kind is never 'flows'"},
    {"template == v55", 13, "is none"},
    {"start > yesterday", 9, "start is a time"},
    {"start > \"2023-02-29\"", 9, "is none"},
    {"start > \"2023-11-14 25:00\"", 9, "is none"},
    {"dataRecordsReliability == 2", 27, "true or false"},
    {"absoluteError == 1.5x", 18, "with a fraction"},
    {"absoluteError == nan", 18, "with a fraction"},
    {"mplsTopLabelStackSection == 00:1", 29, "is none"},
    {"octets contains 5", 17, "only text and octets"},
    {"src matches \"10\"", 13, "only text and octets"},
    {"src & 5", 7, "which has no bits"},
    {"src_mac[0:3] == 00:11:2g", 17, "is octets, and '00:11:2g' is none"},
    {"src_mac[x] == 00", 9, "'x' is no slice"},
    {"src_mac[2:0]", 9, "is no slice"},
    {"src_mac[2-1]", 9, "is no slice"},
    {"src_mac[-2-1]", 9, "is no slice"},
    {"src_mac[1:2:3]", 9, "is no slice"},
    {"src_mac[-]", 9, "a slice such as 0:3 is expected, not '-'"},
    {"src_mac[]", 9, "a slice such as 0:3 is expected, not ']'"},
    {"src_mac[0", 10, "] is expected"},
    {"src_mac[99999999999]", 9, "is no slice"},
    {"octets[0]", 8, "only text and octets have slices"},
    {"src_mac[0:1] & 2", 16, "which has no bits"},
    {"tcpControlBits & SYNN", 18, "nor the name of one"},
    {"interfaceName == octets", 18, "they are never the same"},
    {"octets == interfaceName", 11, "they are never the same"},
    {"interfaceName ~ \"(\"", 17, "regular expression"},
    {"interfaceName == \"abc", 18, "a quote is missing"},
    {"interfaceName == \"\\q\"", 19, "no escape"},
    {"interfaceName == \"\\ud800\"", 19, "no escape"},
    {"interfaceName == \"\\x\"", 19, "no escape"},
    {"interfaceName ~ \"a\\0b\"", 17, "no zero octet"},
    {"port in 5", 9, "{ is expected"},
    {"port in {}", 10, "a value is expected"},
    {"port in {5", 11, "a comma or } is expected"},
    {"port in {5 6}", 12, "a comma or } is expected"},
    {"port in {5..}", 13, "a value is expected"},
    {"port in {9..5}", 10, "'9' is higher than '5'"},
    {"port in {5, x}", 13, "is none"},
    {"interfaceName == \"\xc3\xbc\" and $", 26, "'$' has no meaning"},
    {"1 == 1", 1, "no element or key is called '1'"},
    {"octets + ", 10, "a name or a number is expected, not the end"},
    {"octets / packets > abc", 20, "octets / packets is a number, and 'abc' is none"},
    {"octets == packets + xyzzy", 21, "called 'xyzzy'"},
    {"octets == 2 * (packets + 1)", 15, "between { and }"},
    {"octets == 2 * {packets + 1", 27, "an operator or } is expected, not the end"},
    {"octets & 2 + 1", 12, "an operator is expected, not '+'"},
    {"octets % 1.5 == 0", 8, "no remainder"},
    {"octets + start > 5", 10, "'start' is a time: only numbers"},
    {"src - 1 == 10.0.0.0", 1, "'src' is an address: only numbers"},
    {"len(octets) > 1", 5, "only text and octets have a length"},
    {"len(interfaceName, src) > 1", 18, ") is expected, not ','"},
    {"lower(src) == 5", 7, "only text has letters"},
    {"count(octets + 1) > 1", 7, "only values of a name"},
    {"max(octets packets) > 1", 12, "a comma or ) is expected, not 'packets'"},
    {"max() > 1", 5, "a name or a number is expected, not ')'"},
    {"length(interfaceName) > 1", 1, "no function 'length': only len"},
    {"lower(interfaceName) == octets", 25, "they are never the same"},
    {"\"a\" == \"b\"", 1, "a name is expected"},
};

static void
test_bad (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;
        NfFilter *filter = nf_filter_new (transcript_registry (), bad[i].expression, NULL, &error);
        g_autofree char *start = g_strdup_printf ("column %u: ", bad[i].column);

        g_assert_null (filter);
        g_assert_error (error, NF_FILTER_ERROR, 0);
        g_test_message ("%s -> %s", bad[i].expression, error->message);
        g_assert_true (g_str_has_prefix (error->message, start));
        g_assert_nonnull (strstr (error->message, bad[i].says));
    }
}

/* `times` times `part`, between two ends. */
static char *
repeat (const char *before, const char *part, guint times, const char *after)
{
    GString *s = g_string_new (before);

    for (guint i = 0; i < times; i++)
        g_string_append (s, part);
    g_string_append (s, after);
    return g_string_free (s, FALSE);
}

/* Neither long nor deep expressions take a stack or an age. */
static void
test_extremes (void)
{
    static const struct {
        const char *before, *part;
        guint times;
        const char *after;
        gboolean good;
    } rows[] = {
        {"", "(", 90, "src", FALSE},
        {"", "(", 100000, "src", FALSE},
        {"", "!", 100000, "src", TRUE},
        {"", "not ", 25000, "src", TRUE},
        {"src", " or src", 15000, "", TRUE},
        {"src", "&&src", 20000, "", TRUE},
        {"src", "^^src", 20000, "", TRUE},
        {"port in {1", ",65535", 20000, "}", TRUE},
        {"0", "<octets", 10000, "", TRUE},
        {"octets", "<octets", 10000, "", TRUE},
        {"interfaceName ~ \"", "(", 10000, "\"", FALSE},
        {"interfaceName ~ \"", "(a+)+", 100, "\"", TRUE},
        {"interfaceName == \"", "a", 100000, "\"", TRUE},
        {"", "a", 100000, "", FALSE},
        {"src == ", "1", 200000, "", FALSE},
        {"octets", " + octets", 45, " > 5", TRUE},
        {"octets", " + octets", 10000, " > 5", FALSE},
        {"", "{", 100000, "octets", FALSE},
        {"", "len(", 30000, "src", FALSE},
        {"max(octets", ",1", 10000, ") > 5", FALSE},
        {"mibObjectValueInteger", " * mibObjectValueInteger", 40, " > 5", TRUE}, /* 2^41 values */
        {"octets", " + 1 > octets", 5000, "", TRUE},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autofree char *expression =
            repeat (rows[i].before, rows[i].part, rows[i].times, rows[i].after);
        g_autoptr (GError) error = NULL;
        Choice choice = {.filter =
                             nf_filter_new (transcript_registry (), expression, NULL, &error)};

        g_test_message ("%u", i);
        g_assert_cmpint (choice.filter != NULL, ==, rows[i].good);
        g_assert_cmpint (error == NULL, ==, rows[i].good);
        if (!choice.filter)
            continue;
        choice.chosen = g_string_new (NULL);
        each_record (choose, &choice);
        g_string_free (choice.chosen, TRUE);
        nf_filter_free (choice.filter);
    }
}

/* Each beginning of a good expression is either good or has a place within it. Of every eighth:
 * what a name may have meant takes milliseconds to find. */
static void
test_beginnings (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (cases); i += 8) {
        for (gsize n = 0; n <= strlen (cases[i].expression); n++) {
            g_autofree char *beginning = g_strndup (cases[i].expression, n);
            gsize place = G_MAXSIZE;
            NfFilter *filter = nf_filter_new (transcript_registry (), beginning, &place, NULL);

            if (filter)
                nf_filter_free (filter);
            else
                g_assert_cmpuint (place, <=, n);
        }
    }
}

/* Sections of packets: 43,000 octets, and 21,500 that are not among them but for the last one. Each
 * place of the first looked at would make 460 million steps a time, and two minutes of all; so it
 * is ended after one. */
static void
test_contains (void)
{
    enum { WHOLE = 43000, PART = 21500, TIMES = 5000 };
    g_autoptr (NfFilter) filter =
        nf_filter_new (transcript_registry (), "0/313 contains 0/314", NULL, NULL);
    const NfField fields[] = {{.id = 313, .length = WHOLE}, {.id = 314, .length = PART}};
    NfBinding *binding =
        nf_binding_new (nf_template_new_fixed (10, fields, 2), transcript_registry ());
    g_autofree guint8 *octets = g_malloc (WHOLE + PART);
    NfMessage message = {.version = 10};
    NfDatagram datagram = {.octets = octets, .length = WHOLE + PART};
    NfEvent event = {.type = NF_EVENT_RECORD, .span = {0, WHOLE + PART}, .binding = binding};
    NfFlow *flow = nf_flow_new (binding, transcript_registry ());
    NfRecord record = {.event = &event, .octets = octets, .message = &message, .flow = flow};
    NfSubject subject = {
        .datagram = &datagram, .message = &message, .tmpl = binding->tmpl, .record = &record};

    memset (octets, 'a', WHOLE + PART);
    g_assert_cmpint (nf_filter_judge (filter, &subject, NF_STAGE_RECORD), ==, NF_VERDICT_YES);
    octets[WHOLE + PART - 1] = 'b';
    alarm (60);
    for (guint i = 0; i < TIMES; i++)
        g_assert_cmpint (nf_filter_judge (filter, &subject, NF_STAGE_RECORD), ==, NF_VERDICT_NO);
    alarm (0);
    nf_flow_free (flow);
    nf_binding_unref (binding);
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    transcript_sample_make (&sample, inputs);
    collector = nf_collector_new (transcript_registry (), &nf_default_limits);
    transcript_learn (collector, &sample, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/filter/%u", i);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/filter/stages", test_stages);
    g_test_add_func ("/filter/no-header", test_no_header);
    g_test_add_func ("/filter/bad", test_bad);
    g_test_add_func ("/filter/contains", test_contains);
    g_test_add_func ("/filter/extremes", test_extremes);
    g_test_add_func ("/filter/beginnings", test_beginnings);
    status = g_test_run ();
    nf_collector_free (collector);
    transcript_sample_clear (&sample);
    return status;
}
