/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames of every link type, tags, labels, tunnels and extension headers; every prefix of them and
 * random changes to them; and, where NFPEEK_CORPUS names a folder, all of its captures.
 * Fragments have test-fragment.c.
 */
#include "common/capture.h"

#include <arpa/inet.h>
#include <pcap/pcap.h>
#include <string.h>

#define MAC             "020000000002 020000000001 "
#define V4              "c0000201 c0000202 " /* 192.0.2.1 to 192.0.2.2 */
#define V6              "20010db8000000000000000000000001 20010db8000000000000000000000002 "
#define UDP             "1000 0807 000c 0000 deadbeef "
#define IPV4            "4500 0020 0001 0000 4011 0000 " V4 UDP
#define IPV6            "60000000 000c 11 40 " V6 UDP
#define IPV4_PORTS      "4500 0020 0001 0000 4011 0000 " V4 "1000 0807 000c 0000 "
#define ICMP(type_code) "4500 003c 0001 0000 4001 0000 " V4 type_code "0000 "
#define REFUSAL(error)  "refusal, ICMP " error ": collector-unreachable, "
#define FOUND           "datagram 192.0.2.1:4096 > 192.0.2.2:2055 4/4 deadbeef"
#define FOUND_6         "datagram 2001:db8::1:4096 > 2001:db8::2:2055 4/4 deadbeef"

typedef struct {
    const char *name;
    int link_type;
    const char *hex;
    const char *expected;
} Row;

static const Row rows[] = {
    /* link types */
    {"null-little", 0, "02000000 " IPV4, FOUND},
    {"null-big", 0, "00000002 " IPV4, FOUND},
    {"null-linux", 0, "0a000000 " IPV6, FOUND_6},
    {"null-windows", 0, "17000000 " IPV6, FOUND_6},
    {"null-openbsd", 0, "18000000 " IPV6, FOUND_6},
    {"null-freebsd", 0, "1c000000 " IPV6, FOUND_6},
    {"null-macos", 0, "1e000000 " IPV6, FOUND_6},
    {"null-other", 0, "07000000 " IPV4, "other address family 0x0007"},
    {"loop", 108, "00000018 " IPV6, FOUND_6},
    {"ethernet", 1, MAC "0800 " IPV4, FOUND},
    {"ethernet-ipv6", 1, MAC "86dd " IPV6, FOUND_6},
    {"mpacket", 274, "55555555555555d5 " MAC "0800 " IPV4 "01020304", FOUND},
    {"ppp", 9, "ff03 0021 " IPV4, FOUND},
    {"ppp-without-address", 9, "0057 " IPV6, FOUND_6},
    {"ppp-compressed", 9, "21 " IPV4, FOUND},
    {"ppp-mpls", 9, "ff03 0281 00010140 " IPV4, FOUND},
    {"ppp-lcp", 9, "ff03 c021 01010004", "other LCP"},
    {"ppp-serial-cisco", 50, "0f00 0800 " IPV4, FOUND},
    {"ppp-ether", 51, "1100 0001 0022 0021 " IPV4, FOUND},
    {"ppp-direction", 204, "01 ff03 0021 " IPV4, FOUND},
    {"fddi", 10, "50 " MAC "aaaa03 000000 0800 " IPV4, FOUND},
    {"atm", 11, "aaaa03 000000 0800 " IPV4, FOUND},
    {"raw", 12, IPV4, FOUND},
    {"raw-openbsd", 14, IPV6, FOUND_6},
    {"raw-file", 101, IPV6, FOUND_6},
    {"raw-neither", 101, "50000000", "other IP version 5"},
    {"hdlc", 104, "0f00 0800 " IPV4, FOUND},
    {"hdlc-slarp", 104, "8f00 8035 00000000", "other EtherType 0x8035"},
    {"hdlc-direction", 205, "00 0f00 86dd " IPV6, FOUND_6},
    {"cooked", 113, "0000 0001 0006 020000000001 0000 0800 " IPV4, FOUND},
    {"cooked-llc", 113, "0000 0001 0006 020000000001 0000 0004 424203", "other STP"},
    {"cooked-2", 276, "86dd 0000 00000002 0001 00 06 0200000000010000 " IPV6, FOUND_6},
    {"mpls-link", 219, "00010140 " IPV4, FOUND},
    {"ipv4-link", 228, IPV4, FOUND},
    {"ipv6-link", 229, IPV6, FOUND_6},

    /* between Ethernet and IP */
    {"vlan", 1, MAC "8100 0005 0800 " IPV4, FOUND},
    {"vlan-in-vlan", 1, MAC "8100 0005 8100 0006 86dd " IPV6, FOUND_6},
    {"vlan-9100", 1, MAC "9100 0005 8100 0006 0800 " IPV4, FOUND},
    {"qinq-pppoe", 1, MAC "88a8 0005 8100 0006 8864 1100 0001 0022 0021 " IPV4, FOUND},
    {"pppoe-padded", 1, MAC "8864 1100 0001 0022 0021 " IPV4 "00000000", FOUND},
    {"pppoe-discovery", 1, MAC "8863 1109 0000 0000", "other PPPoE discovery"},
    {"pppoe-padt", 1, MAC "8864 11a7 0001 0000", "other PPPoE discovery"},
    {"mpls-1", 1, MAC "8847 00010140 " IPV4, FOUND},
    {"mpls-3", 1, MAC "8848 00010040 00020040 00030140 " IPV6, FOUND_6},
    {"pseudowire", 1, MAC "8847 00010140 00000000 " MAC "8100 0005 0800 " IPV4, FOUND},
    {"pseudowire-control", 1, MAC "8847 00010140 10000000",
     "other MPLS pseudowire control message"},
    {"mpls-no-bottom", 1, MAC "8847 00010040 00010040", "other too short for its MPLS header"},
    {"snap", 1, MAC "0028 aaaa03 000000 0800 " IPV4 "0000", FOUND},
    {"llc-ip", 1, MAC "0023 060603 " IPV4, FOUND},
    {"vlan-snap", 1, MAC "8100 0005 003c aaaa03 000000 86dd " IPV6, FOUND_6},
    {"length-short", 1, MAC "0028 aaaa03 000000 86dd " IPV6, "other too short for its IPv6 header"},
    {"stp", 1, MAC "0026 424203 0000", "other STP"},
    {"isis", 1, MAC "0003 fefe03", "other LLC 0xfe"},
    {"cdp", 1, MAC "0008 aaaa03 00000c 2000", "other SNAP 00000c 0x2000"},
    {"arp", 1, MAC "0806 0001", "other ARP"},
    {"lldp", 1, MAC "88cc 0207", "other LLDP"},
    {"ethertype", 1, MAC "88f7 0002", "other EtherType 0x88f7"},

    /* IP */
    {"padding", 1, MAC "0800 " IPV4 "000000000000", FOUND},
    {"options", 12, "4700 0028 0001 0000 4011 0000 " V4 "94040000 00000000 " UDP, FOUND},
    {"do-not-fragment", 12, "4500 0020 0001 4000 4011 0000 " V4 UDP, FOUND},
    {"offload", 12, "4500 0000 0001 0000 4011 0000 " V4 UDP, FOUND},
    {"header-16", 12, "4400 0020 0001 0000 4011 0000 " V4 UDP, "other malformed IPv4 header"},
    {"total-19", 12, "4500 0013 0001 0000 4011 0000 " V4 UDP, "other malformed IPv4 header"},
    {"wrong-version", 228, IPV6, "other malformed IPv4 header"},
    {"extensions-2", 12,
     "60000000 0024 00 40 " V6 "3c00 010400000000 1101 01 0c 000000000000000000000000 " UDP,
     FOUND_6},
    {"routing", 12, "60000000 0014 2b 40 " V6 "1100 0000 00000000 " UDP, FOUND_6},
    {"authentication", 12,
     "60000000 0024 33 40 " V6 "1104 0000 00000001 00000001 000000000000000000000000 " UDP,
     FOUND_6},
    {"atomic-fragment", 12, "60000000 0014 2c 40 " V6 "1100 0000 00000007 " UDP, FOUND_6},
    {"ipv6-offload", 12, "60000000 0000 11 40 " V6 UDP, FOUND_6},
    {"ipv6-nothing", 12, "60000000 0000 3b 40 " V6, "other IPv6 without payload"},
    {"ip-in-ip", 12, "4500 0034 0001 0000 4004 0000 0a000001 0a000002 " IPV4, FOUND},
    {"ipv6-in-ip", 12, "4500 0048 0001 0000 4029 0000 0a000001 0a000002 " IPV6, FOUND_6},
    {"ip-in-ipv6", 12, "60000000 0020 04 40 " V6 IPV4, FOUND},
    {"gre", 12, "4500 0038 0001 0000 402f 0000 0a000001 0a000002 0000 0800 " IPV4, FOUND},
    {"gre-key-sequence", 12,
     "4500 0040 0001 0000 402f 0000 0a000001 0a000002 3000 0800 00000001 00000002 " IPV4, FOUND},
    {"gre-ethernet", 12,
     "4500 0046 0001 0000 402f 0000 0a000001 0a000002 0000 6558 " MAC "0800 " IPV4, FOUND},
    {"gre-pptp", 12, "4500 0020 0001 0000 402f 0000 " V4 "3001 880b 00000001",
     "other GRE with routing, or of PPTP"},
    {"tcp", 12, "4500 0028 0001 0000 4006 0000 " V4 "1000 0050 00000000", "other TCP to port 80"},
    {"tcp-syn", 12,
     "4500 0028 0001 0000 4006 0000 " V4 "1000 0050 00000000 00000000 5002 ffff 0000 0000",
     "other TCP to port 80"},
    {"tcp-header-16", 12,
     "4500 0028 0001 0000 4006 0000 " V4 "1000 1283 00000000 00000000 4002 ffff 0000 0000",
     "other TCP to port 4739"},
    {"tcp-expected", 12,
     "4500 002c 0001 0000 4006 0000 " V4 "1000 1283 00000000 00000000 5010 ffff 0000 0000 000a0010",
     "segment"},
    {"tcp-expected-options", 12,
     "4500 0034 0001 0000 4006 0000 " V4
     "1000 1283 00000000 00000000 7010 ffff 0000 0000 0101010101010100 000a0010",
     "segment"},
    {"tcp-no-data", 12,
     "4500 0028 0001 0000 4006 0000 " V4 "1000 1283 00000000 00000000 5002 ffff 0000 0000",
     "other TCP to port 4739, no data"},
    {"gre-fragment", 12, "4500 001c 0001 0001 402f 0000 " V4 "0000000000000000",
     "other fragment of IP protocol 47"},
    {"sctp", 12, "4500 0028 0001 0000 4084 0000 " V4 "1000 1283 00000000",
     "other SCTP to port 4739"},
    {"sctp-data", 12,
     "4500 0034 0001 0000 4084 0000 " V4
     "1000 1283 00000007 00000000 0003 0014 00000001 0000 0000 00000000 000a0010",
     "segment"},
    {"sctp-sack", 12,
     "4500 0030 0001 0000 4084 0000 " V4
     "1000 1283 00000007 00000000 0300 0010 00000001 00010000 0000 0000",
     "other SCTP to port 4739"},
    {"sctp-chunk-length-3", 12,
     "4500 0024 0001 0000 4084 0000 " V4 "1000 1283 00000007 00000000 0003 0003",
     "other SCTP to port 4739"},
    {"icmp-port", 12, "4500 001c 0001 0000 4001 0000 " V4 "0303 0000 00000000",
     "other ICMP port unreachable"},
    {"icmp-echo", 12, "4500 001c 0001 0000 4001 0000 " V4 "0800 0000", "other ICMP type 8 code 0"},
    {"icmpv6-port", 12, "60000000 0008 3a 40 " V6 "0104 0000 00000000",
     "other ICMPv6 port unreachable"},
    {"icmpv6", 12, "60000000 0008 3a 40 " V6 "8700 0000 00000000", "other ICMPv6 type 135 code 0"},
    {"icmp-quote", 12, ICMP ("0303") "00000000 " IPV4, REFUSAL ("port unreachable") FOUND},
    {"icmp-quote-ports", 12, "4500 0038 0001 0000 4001 0000 " V4 "0301 0000 00000000 " IPV4_PORTS,
     REFUSAL ("type 3 code 1") "datagram 192.0.2.1:4096 > 192.0.2.2:2055 0/4 "},
    {"icmp-quote-filter", 12, ICMP ("030d") "00000000 " IPV4, REFUSAL ("type 3 code 13") FOUND},
    {"icmp-quote-extended", 12,
     "4500 0044 0001 0000 4001 0000 " V4 "0303 0000 00070000 " IPV4_PORTS "20000000 00000000",
     REFUSAL ("port unreachable") "datagram 192.0.2.1:4096 > 192.0.2.2:2055 0/4 "},
    {"icmp-too-large", 12, ICMP ("0304") "000005dc " IPV4, "other ICMP type 3 code 4"},
    {"icmp-quote-fragment", 12, ICMP ("0303") "00000000 4500 0020 0001 0010 4011 0000 " V4 UDP,
     "other ICMP port unreachable"},
    {"icmp-quote-tcp", 12, ICMP ("0303") "00000000 4500 0020 0001 0000 4006 0000 " V4 UDP,
     "other ICMP port unreachable"},
    {"icmp-quote-quote", 12,
     "4500 0058 0001 0000 4001 0000 " V4 "0303 0000 00000000 " ICMP ("0303") "00000000 " IPV4,
     "other ICMP port unreachable"},
    {"icmpv6-quote", 12, "60000000 003c 3a 40 " V6 "0104 0000 00000000 " IPV6,
     "refusal, ICMPv6 port unreachable: collector-unreachable, " FOUND_6},
    {"icmpv6-quote-options", 12,
     "60000000 0044 3a 40 " V6 "0103 0000 00000000 60000000 0014 00 40 " V6
     "1100 0104 00000000 " UDP,
     "refusal, ICMPv6 type 1 code 3: collector-unreachable, " FOUND_6},
    {"icmpv6-too-big", 12, "60000000 003c 3a 40 " V6 "0200 0000 00000500 " IPV6,
     "other ICMPv6 type 2 code 0"},
    {"igmp", 12, "4500 001c 0001 0000 4002 0000 " V4 "1100 0000", "other IGMP"},
    {"protocol", 12, "4500 001c 0001 0000 404d 0000 " V4 "1100 0000", "other IP protocol 77"},

    /* UDP */
    {"udp-shorter", 12, "4500 0022 0001 0000 4011 0000 " V4 UDP "0000", FOUND},
    {"udp-longer", 12, "4500 0020 0001 0000 4011 0000 " V4 "1000 0807 0014 0000 deadbeef",
     "datagram 192.0.2.1:4096 > 192.0.2.2:2055 4/12 deadbeef"},
    {"udp-0", 12, "4500 0020 0001 0000 4011 0000 " V4 "1000 0807 0000 0000 deadbeef", FOUND},
    {"udp-7", 12, "4500 0020 0001 0000 4011 0000 " V4 "1000 0807 0007 0000 deadbeef",
     "other UDP with a Length below 8"},
    {"udp-empty", 12, "4500 001c 0001 0000 4011 0000 " V4 "1000 0807 0008 0000",
     "datagram 192.0.2.1:4096 > 192.0.2.2:2055 0/0 "},
    {"empty", 1, "", "other too short for its Ethernet header"},
};

static GByteArray *
octets_from_hex (const char *hex)
{
    GByteArray *octets = g_byte_array_new ();

    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        g_assert_true (g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]));
        guint8 octet = (guint8)(g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
        g_byte_array_append (octets, &octet, 1);
        hex++;
    }
    return octets;
}

static void
add_endpoint (GString *text, const NfEndpoint *endpoint)
{
    char address[INET6_ADDRSTRLEN];

    g_assert_nonnull (inet_ntop (endpoint->family == 4 ? AF_INET : AF_INET6, endpoint->address,
                                 address, sizeof address));
    g_string_append_printf (text, "%s:%u", address, endpoint->port);
}

/* What the frame turned out to be; reads all that it points to. */
static char *
describe (const NfFrame *frame)
{
    GString *text = g_string_new (NULL);
    const NfDatagram *d = &frame->datagram;

    if (frame->kind == NF_FRAME_FRAGMENT)
        g_string_append (text, "fragment");
    if (frame->kind == NF_FRAME_SEGMENT)
        g_string_append (text, "segment");
    if (frame->kind == NF_FRAME_OTHER)
        g_string_append_printf (text, "other %s", frame->what);
    if (frame->kind == NF_FRAME_REFUSAL)
        g_string_append_printf (text, "refusal, %s: %s, ", frame->what,
                                nf_finding_code (frame->why));
    if (frame->kind == NF_FRAME_DATAGRAM || frame->kind == NF_FRAME_REFUSAL) {
        g_assert_cmpuint (d->length, <=, d->wire_length);
        g_assert_cmpint (d->transport, ==, NF_TRANSPORT_UDP);
        g_string_append (text, "datagram ");
        add_endpoint (text, &d->exporter);
        g_string_append (text, " > ");
        add_endpoint (text, &d->collector);
        g_string_append_printf (text, " %zu/%zu ", d->length, d->wire_length);
        for (gsize i = 0; i < d->length; i++)
            g_string_append_printf (text, "%02x", d->octets[i]);
        for (guint i = 0; i < d->n_frames; i++)
            g_string_append_printf (text, " #%" G_GUINT64_FORMAT, d->frames[i]);
    }
    return g_string_free (text, FALSE);
}

/* Feeds a copy that ends where its memory ends. */
static char *
feed (NfCapture *capture, const guint8 *octets, gsize captured, gsize wire)
{
    g_autofree guint8 *copy = g_memdup2 (octets, captured);
    NfFrame frame;

    nf_capture_frame (capture, copy, captured, wire, 0, 1, &frame);
    return describe (&frame);
}

static void
test_rows (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GByteArray) octets = octets_from_hex (rows[i].hex);
        NfCapture *capture = nf_capture_new (rows[i].link_type);

        g_test_message ("%s", rows[i].name);
        g_assert_nonnull (capture);
        g_autofree char *text = feed (capture, octets->data, octets->len, octets->len);
        g_assert_cmpstr (text, ==, rows[i].expected);
        nf_capture_free (capture);
    }
}

/* Whatever is cut off, the frame is the same as before, or cut; and nothing is waited for. */
static void
test_prefixes (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GByteArray) octets = octets_from_hex (rows[i].hex);
        NfCapture *capture = nf_capture_new (rows[i].link_type);
        NfLostDatagram lost;

        g_test_message ("%s", rows[i].name);
        for (guint n = 0; n < octets->len; n++) {
            g_autofree char *cut = feed (capture, octets->data, n, octets->len);
            g_autofree char *ends = feed (capture, octets->data, n, n);
            gboolean same = g_str_equal (cut, rows[i].expected);

            g_assert_true (same || g_str_has_prefix (cut, "other cut before its ") ||
                           g_str_has_prefix (cut, "other too short for its ") ||
                           g_str_has_prefix (cut, "other TCP to port ") ||
                           g_str_has_prefix (cut, "other SCTP to port ") ||
                           g_str_equal (cut, "segment") || g_str_has_prefix (cut, "other ICMP") ||
                           (g_str_has_prefix (cut, "refusal, ") && !strstr (cut, "4/4")) ||
                           (g_str_has_prefix (cut, "datagram ") && !strstr (cut, "4/4")));
            g_assert_true (g_str_has_prefix (ends, "datagram ") ||
                           g_str_has_prefix (ends, "refusal, ") ||
                           g_str_has_prefix (ends, "other ") || g_str_equal (ends, "segment"));
        }
        g_assert_false (nf_capture_take_lost (capture, TRUE, &lost));
        nf_capture_free (capture);
    }
}

static void
test_snap_length (void)
{
    static const struct {
        gsize captured;
        const char *expected;
    } cuts[] = {
        {46, "datagram 192.0.2.1:4096 > 192.0.2.2:2055 4/4 deadbeef"},
        {44, "datagram 192.0.2.1:4096 > 192.0.2.2:2055 2/4 dead"},
        {42, "datagram 192.0.2.1:4096 > 192.0.2.2:2055 0/4 "},
        {41, "other cut before its UDP header"},
        {33, "other cut before its IPv4 header"},
        {13, "other cut before its Ethernet header"},
        {0, "other cut before its Ethernet header"},
    };
    g_autoptr (GByteArray) octets = octets_from_hex (MAC "0800 " IPV4);
    NfCapture *capture = nf_capture_new (1);

    for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++) {
        g_autofree char *text = feed (capture, octets->data, cuts[i].captured, 60);
        g_assert_cmpstr (text, ==, cuts[i].expected);
    }
    nf_capture_free (capture);
}

/* Ever more tags end somewhere. */
static void
test_depth (void)
{
    g_autoptr (GString) hex = g_string_new (MAC);
    NfCapture *capture = nf_capture_new (1);

    for (guint i = 0; i < 1000; i++)
        g_string_append (hex, "8100 0001 ");
    g_string_append (hex, "0800 " IPV4);
    g_autoptr (GByteArray) octets = octets_from_hex (hex->str);
    g_autofree char *text = feed (capture, octets->data, octets->len, octets->len);
    g_assert_cmpstr (text, ==, "other too many headers");
    nf_capture_free (capture);
}

static void
test_link_types (void)
{
    static const int unknown[] = {-1, 147 /* USER0 */, 400};

    for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
        g_assert_null (nf_capture_new (unknown[i]));
    nf_capture_free (NULL);
}

static void
test_times (void)
{
    g_autoptr (GByteArray) octets = octets_from_hex (IPV4);
    NfCapture *capture = nf_capture_new (12);
    NfFrame frame;

    nf_capture_frame (capture, octets->data, octets->len, octets->len, 1700000000123456789, 7,
                      &frame);
    g_assert_true (frame.datagram.has_time);
    g_assert_cmpint (frame.datagram.time_ns, ==, 1700000000123456789);
    g_assert_cmpuint (frame.datagram.packet, ==, 7);
    g_assert_null (frame.datagram.frames);
    nf_capture_free (capture);
}

/* A few octets of each frame set at random, fragments among them as flags are hit. */
static void
test_mutations (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (5);

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GByteArray) octets = octets_from_hex (rows[i].hex);
        NfCapture *capture = nf_capture_new (rows[i].link_type);
        NfLostDatagram lost;

        for (guint round = 0; round < 100 && octets->len != 0; round++) {
            g_autofree guint8 *copy = g_memdup2 (octets->data, octets->len);
            for (gint change = g_rand_int_range (random, 1, 6); change > 0; change--)
                copy[g_rand_int_range (random, 0, (gint32)octets->len)] =
                    (guint8)g_rand_int_range (random, 0, 256);
            g_autofree char *text = feed (capture, copy, octets->len, octets->len);
            g_assert_cmpstr (text, !=, "");
            nf_capture_take_lost (capture, FALSE, &lost);
        }
        while (nf_capture_take_lost (capture, TRUE, &lost))
            g_assert_cmpuint (lost.datagram.n_frames, >, 0);
        nf_capture_free (capture);
    }
}

static guint
count_datagrams (const char *path)
{
    char error[PCAP_ERRBUF_SIZE];
    pcap_t *pcap = pcap_open_offline (path, error);
    struct pcap_pkthdr *header;
    const guint8 *octets;
    guint datagrams = 0;

    g_assert_nonnull (pcap);
    NfCapture *capture = nf_capture_new (pcap_datalink (pcap));
    g_assert_nonnull (capture);
    for (guint64 packet = 1; pcap_next_ex (pcap, &header, &octets) == 1; packet++) {
        NfFrame frame;

        nf_capture_frame (capture, octets, header->caplen, header->len,
                          header->ts.tv_sec * G_GINT64_CONSTANT (1000000000), packet, &frame);
        datagrams += frame.kind == NF_FRAME_DATAGRAM;
    }
    nf_capture_free (capture);
    pcap_close (pcap);
    return datagrams;
}

static void
test_corpus (void)
{
    const char *folder = g_getenv ("NFPEEK_CORPUS");
    g_autoptr (GDir) dir = folder ? g_dir_open (folder, 0, NULL) : NULL;
    const char *name;

    if (!dir) {
        g_test_skip ("NFPEEK_CORPUS names no folder");
        return;
    }
    while ((name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        if (!g_str_has_suffix (name, ".pcap"))
            continue;
        guint datagrams = count_datagrams (path);
        g_test_message ("%s: %u datagrams", name, datagrams);
        g_assert_cmpuint (datagrams, >, 0);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/capture/rows", test_rows);
    g_test_add_func ("/capture/prefixes", test_prefixes);
    g_test_add_func ("/capture/snap-length", test_snap_length);
    g_test_add_func ("/capture/depth", test_depth);
    g_test_add_func ("/capture/link-types", test_link_types);
    g_test_add_func ("/capture/times", test_times);
    g_test_add_func ("/capture/mutations", test_mutations);
    g_test_add_func ("/capture/corpus", test_corpus);
    return g_test_run ();
}
