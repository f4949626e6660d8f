/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as people read them (common/describe.h). */
#include "cases.h"
#include "common/describe.h"

typedef struct {
    const char *element; /* its name or number */
    const char *hex;
    gint protocol;
    const char *text;
} DescribeCase;

/* A list of services with few entries. */
static const char *
service (gpointer data, guint protocol, guint port)
{
    (void)data;
    if (port == 443 && protocol == 6)
        return "https";
    if (port == 4739)
        return "ipfix";
    return port == 53 && protocol == 17 ? "domain" : NULL;
}

/* Describes a copy of just so many octets, so that a sanitizer sees what reads beyond. Returns the
 * text; free with g_free(). */
static char *
describe (const NfElement *element, const guint8 *octets, gsize length, gint protocol,
          gboolean numeric)
{
    NfDescriber d = {.registry = transcript_registry (), .numeric = numeric, .service = service};
    guint8 *copy = g_malloc (length);
    NfText t = NF_TEXT_INIT;
    NfValue value;
    char *text;

    if (length > 0)
        memcpy (copy, octets, length);
    nf_value_read (&value, (NfType)element->type, copy, length);
    g_assert_cmpint (nf_describe_value (&t, &d, element, &value, protocol), ==,
                     value.kind != NF_VALUE_OCTETS || length <= NF_DESCRIBE_INLINE);
    text = g_strdup (nf_text_string (&t));
    nf_text_clear (&t);
    g_free (copy);
    return text;
}

static void
check (const DescribeCase *c, gboolean numeric)
{
    const NfElement *element = nf_registry_find (transcript_registry (), c->element);
    gsize length;
    g_autofree guint8 *octets = transcript_hex (c->hex, &length);

    g_assert_nonnull (element);
    g_autofree char *text = describe (element, octets, length, c->protocol, numeric);
    g_assert_cmpstr (text, ==, c->text);

    /* whatever is cut off, or something else, nothing beyond is read */
    for (gsize n = 0; n < length; n++)
        g_free (describe (element, octets, n, c->protocol, numeric));
    for (gsize n = 0; n < length; n++) {
        static const guint8 hostile[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
        guint8 octet = octets[n];

        for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
            octets[n] = hostile[i];
            g_free (describe (element, octets, length, c->protocol, numeric));
        }
        octets[n] = octet;
    }
}

#define ETHERNET "020000000002 020000000001 "
#define IPV4     "4500 003c 0000 4000 40 06 0000 c0000201 c6336402 "
#define TCP_SYN  "c738 01bb 00000000 00000000 5002 ffff 0000 0000"

static const DescribeCase numbers[] = {
    /* names, units, singular and plural */
    {"protocolIdentifier", "06", -1, "6 (TCP)"},
    {"protocolIdentifier", "0006", -1, "6 (TCP)"},
    {"reverseProtocolIdentifier", "11", -1, "17 (UDP)"},
    {"octetDeltaCount", "00000001", -1, "1 octet"},
    {"reversePacketDeltaCount", "02", -1, "2 packets"},
    {"mplsLabelStackDepth", "01", -1, "1 entry"},
    {"mplsLabelStackDepth", "02", -1, "2 entries"},
    {"flowDurationMilliseconds", "01", -1, "1 ms"},
    {"flowEndReason", "02", -1, "2 (active timeout)"},
    {"flowDirection", "ff", -1, "255"},
    {"biflowDirection", "01", -1, "1 (initiator)"},
    {"samplingAlgorithm", "02", -1, "2 (Random)"},
    {"bgpSourceAsNumber", "0000fde8", -1, "65000"},
    {"ntop.HTTP_RET_CODE", "0194", -1, "404 (Not Found)"},
    {"httpStatusCode", "00c8", -1, "200 (OK)"},
    {"gtpuMsgType", "ff", -1, "255 (G-PDU)"},
    {"gtpuPduType", "01", -1, "1 (UL PDU SESSION INFORMATION)"},
    {"srhIPv6ActiveSegmentType", "04", -1, "4 (IS-IS Segment Routing)"},
    {"natEvent", "0d", -1, "13 (Quota Exceeded)"},
    {"natQuotaExceededEvent", "00000002", -1, "2 (Maximum BIB entries)"},
    {"natThresholdEvent", "01", -1, "1 (Address pool high threshold event)"},
    {"ipv6ExtensionHeaderType", "2b", -1, "43 (IPv6-Route)"},
    /* numbers that people know in base 16 */
    {"ethernetType", "86dd", -1, "0x86dd (IPv6)"},
    {"ethernetType", "0008", -1, "0x0008"},
    {"flowLabelIPv6", "012345", -1, "0x00012345"},
    {"IPSecSPI", "00001000", -1, "0x00001000"},
    {"gtpuTEid", "00000064", -1, "0x00000064"},
    {"transportChecksum", "beef", -1, "0xbeef"},
    /* a Cisco ASA */
    {"cisco.fwEvent", "03", -1, "3 (Flow Denied)"},
    {"cisco.fwExtEvent", "03e9", -1, "1001 (Denied by ingress ACL)"},
    {"cisco.fwExtEvent", "07e0", -1, "2016 (flow terminated)"},
    {"cisco.fwExtEvent", "07d0", -1, "2000"},
    /* numbers of enterprises and elements */
    {"privateEnterpriseNumber", "00000009", -1, "9 (Cisco Systems)"},
    {"privateEnterpriseNumber", "fffffffe", -1, "4294967294"},
    {"informationElementId", "0008", -1, "8 (sourceIPv4Address)"},
    {"informationElementId", "0042", -1, "66"},
    {"layer2SegmentId", "0100000000001388", -1, "72057594037932936 (VXLAN 5000)"},
    {"layer2SegmentId", "0000000000000000", -1, "0"},
    {"bgpCommunity", "fde80064", -1, "4259840100 (65000:100)"},
    {"bgpCommunity", "ffff029a", -1, "4294902426 (BLACKHOLE)"},
};

static const DescribeCase octets_of_parts[] = {
    {"ipClassOfService", "00", -1, "0 (DSCP CS0, Not-ECT)"},
    {"ipClassOfService", "b8", -1, "184 (DSCP EF, Not-ECT)"},
    {"ipClassOfService", "03", -1, "3 (DSCP CS0, CE)"},
    {"postIpClassOfService", "29", -1, "41 (DSCP AF11, ECT(1))"},
    {"reverseIpClassOfService", "12", -1, "18 (DSCP 4, ECT(0))"},
    {"ipDiffServCodePoint", "2e", -1, "46 (EF)"},
    {"postIpPrecedence", "05", -1, "5 (CRITIC/ECP)"},
    {"forwardingStatus", "40", -1, "64 (Forwarded Unknown)"},
    {"forwardingStatus", "89", -1, "137 (Dropped bad TTL)"},
    {"forwardingStatus", "45", -1, "69 (Forwarded, reason 5)"},
    {"forwardingStatus", "ff", -1, "255 (Consumed, reason 63)"},
    {"forwardingStatus", "00000089", -1, "137 (Dropped bad TTL)"},
    {"forwardingStatus", "00000189", -1, "393"}, /* bits that nobody has defined */
};

static const DescribeCase flags[] = {
    {"tcpControlBits", "12", -1, "0x12 (SYN ACK)"},
    {"tcpControlBits", "0112", -1, "0x0112 (SYN ACK AE)"},
    {"tcpControlBits", "8002", -1, "0x8002 (SYN 0x8000)"},
    {"tcpControlBits", "8000", -1, "0x8000"},
    {"tcpControlBits", "00", -1, "0x00"},
    {"reverseTcpControlBits", "04", -1, "0x04 (RST)"},
    {"cert.reverseInitialTCPFlags", "02", -1, "0x02 (SYN)"},
    {"cert.flowAttributes", "0005", -1, "0x05 (same-size MP_CAPABLE)"},
    {"ntop.CLIENT_TCP_FLAGS", "18", -1, "0x18 (PSH ACK)"},
    {"fragmentFlags", "40", -1, "0x40 (DF)"},
    {"isMulticast", "01", -1, "0x01 (MCv4)"},
    {"isMulticast", "28", -1, "0x28 (T, scope Link-Local)"},
    {"isMulticast", "50", -1, "0x50 (scope Site-Local)"},
    {"isMulticast", "f0", -1, "0xf0 (scope 15)"},
    {"srhFlagsIPv6", "20", -1, "0x20 (O)"},
    {"gtpuFlags", "34", -1, "0x34 (version 1, E PT)"},
    {"gtpuFlags", "20", -1, "0x20 (version 1)"},
    {"flowKeyIndicator", "000000000000001b", -1, "0x1b (fields 1 2 4 5)"},
    {"flowKeyIndicator", "8000000000000000", -1, "0x8000000000000000 (fields 64)"},
    /* no names, as exporters do not agree on which bit is which option */
    {"tcpOptions", "f0000000", -1, "0xf0000000"},
    {"ipv6ExtensionHeaders", "00000021", -1, "0x21"},
    {"ipv4Options", "00000080", -1, "0x80"},
    /* kinds of options; of 32 octets, too */
    {"tcpOptionsFull", "0116", -1, "0x0116 (NOP MSS SACK-Permitted Timestamps)"},
    {"tcpOptionsFull", "00000200", -1, "0x0200 (POCP)"},
    {"tcpOptionsFull", "4000 00*29 16", -1,
     "0x4000000000000000000000000000000000000000000000000000000000000016 "
     "(NOP MSS SACK-Permitted Experiment-2)"},
    {"udpUnsafeOptions", "4000000000000005", -1, "0x4000000000000005 (UCMP 194 UEXP)"},
    {"ipv6ExtensionHeadersFull", "00*9 0121", -1, "0x0000000000000000000121 (DST RH ESP)"},
};

static const DescribeCase icmp[] = {
    {"icmpTypeCodeIPv4", "0303", 1, "771 (Port Unreachable)"},
    {"icmpTypeCodeIPv4", "0303", -1, "771 (Port Unreachable)"},
    {"icmpTypeCodeIPv4", "0000", 1, "0 (Echo Reply)"},
    {"icmpTypeCodeIPv4", "0000", 6, "0"},
    {"icmpTypeCodeIPv4", "0303", 17, "771"},
    {"icmpTypeCodeIPv4", "8000", 58, "32768 (Echo Request)"},
    {"icmpTypeCodeIPv4", "0363", 1, "867 (Destination Unreachable)"},
    {"icmpTypeCodeIPv4", "c800", 1, "51200"},
    {"reverseIcmpTypeCodeIPv4", "0800", 1, "2048 (Echo Request)"},
    {"icmpTypeCodeIPv6", "8100", 58, "33024 (Echo Reply)"},
    {"icmpTypeCodeIPv6", "8100", -1, "33024 (Echo Reply)"},
    {"icmpTypeCodeIPv6", "8100", 6, "33024"},
    {"icmpTypeIPv4", "0b", 1, "11 (Time Exceeded)"},
    {"icmpTypeIPv4", "00", 6, "0"},
    {"icmpTypeIPv6", "87", -1, "135 (Neighbor Solicitation)"},
    {"icmpCodeIPv4", "01", 1, "1"}, /* of a type that is not known */
    {"igmpType", "16", 2, "22 (IGMPv2 Membership Report)"},
};

static const DescribeCase ports[] = {
    {"destinationTransportPort", "01bb", 6, "443 (https)"},
    {"destinationTransportPort", "01bb", 17, "443"},
    {"sourceTransportPort", "0035", -1, "53"},
    {"reverseSourceTransportPort", "0035", 17, "53 (domain)"},
    {"udpSourcePort", "0035", -1, "53 (domain)"},
    {"tcpDestinationPort", "01bb", -1, "443 (https)"},
    {"postNAPTSourceTransportPort", "0035", 17, "53 (domain)"},
    {"cisco.serverTransportPort", "01bb", 6, "443 (https)"},
    {"collectorTransportPort", "1283", 6, "4739"}, /* not the record's protocol */
};

static const DescribeCase labels_and_segments[] = {
    {"mplsTopLabelStackSection", "04e251", -1,
     "0x04e251 (label 20005, class 0, bottom of the stack)"},
    {"mplsLabelStackSection2", "7ffdae", -1, "0x7ffdae (label 524250, class 7)"},
    {"mplsLabelStackSection10", "000000", -1, "0x000000 (label 0, class 0)"},
    {"mplsTopLabelStackSection", "000001", -1,
     "0x000001 (label 0 IPv4 Explicit NULL, class 0, bottom of the stack)"},
    {"mplsTopLabelStackSection", "04e2513f", -1,
     "0x04e2513f (label 20005, class 0, bottom of the stack, TTL 63)"},
    {"mplsTopLabelStackSection", "04e2513f00", -1, "0x04e2513f00"},
    {"mplsLabelStackSection", "04e2503f 000071ff 00000000", -1,
     "0x04e2503f000071ff00000000 (label 20005, class 0, TTL 63; label 7 Entropy Label Indicator, "
     "class 0, bottom of the stack, TTL 255)"},
    {"srhSegmentIPv6ListSection", "20010db8 00*11 01 20010db8 00*11 02", -1,
     "0x20010db800000000000000000000000120010db8000000000000000000000002 "
     "(2001:db8::1, 2001:db8::2)"},
    {"srhSegmentIPv6ListSection", "fe80 00*270", -1,
     "272 octets: fe80::, ::, ::, ::, ::, ::, ::, ::, ::, ::, ::, ::, ::, ::, ::, ::, 1 more"},
    {"srhIPv6Section", "29 04 04 01 01 00 0005 20010db8 00*11 01 20010db8 00*11 02", -1,
     "40 octets: next header 41 (IPv6), 1 segment left, flags 0x00, tag 5, segments 2001:db8::1, "
     "2001:db8::2"},
    {"srhIPv6Section", "06 02 04 00 00 00 0000 20010db8 00*11 01 0500", -1,
     "0x060204000000000020010db80000000000000000000000010500 (next header 6 (TCP), 0 segments "
     "left, "
     "flags 0x00, tag 0, segments 2001:db8::1)"},
    {"srhIPv6Section", "06 00 02 00 00000000", -1,
     "0x0600020000000000 (next header 6 (TCP), routing type 2)"},
    {"mplsVpnRouteDistinguisher", "0000 fde8 00000064", -1, "0x0000fde800000064 (65000:100)"},
    {"mplsVpnRouteDistinguisher", "0001 c0000201 0064", -1, "0x0001c00002010064 (192.0.2.1:100)"},
    {"mplsVpnRouteDistinguisher", "0002 00010000 0064", -1, "0x0002000100000064 (65536:100)"},
    {"mplsVpnRouteDistinguisher", "0003 00010000 0064", -1, "0x0003000100000064"},
    {"bgpExtendedCommunity", "0002 fde8 00000064", -1,
     "0x0002fde800000064 (route target 65000:100)"},
    {"bgpExtendedCommunity", "4103 c0000201 0064", -1,
     "0x4103c00002010064 (route origin 192.0.2.1:100)"},
    {"bgpExtendedCommunity", "030b 0000 00000064", -1, "0x030b000000000064"},
    {"bgpLargeCommunity", "0000fbf0 00000001 00000002", -1,
     "0x0000fbf00000000100000002 (64496:1:2)"},
    {"dot1qServiceInstanceTag", "70 0003e8 020000000002 020000000001", -1,
     "0x700003e8020000000002020000000001 (service instance 1000, priority 3, may be dropped, "
     "02:00:00:00:00:01 > 02:00:00:00:00:02)"},
};

static const DescribeCase identifiers[] = {
    /* RFC 6759 */
    {"applicationId", "01 06", -1, "0x0106 (IANA-L3:6 TCP)"},
    {"applicationId", "03 0035", 17, "0x030035 (IANA-L4:53 domain)"},
    {"applicationId", "03 000001bb", -1, "0x03000001bb (IANA-L4:443 https)"},
    {"applicationId", "03 0050", -1, "0x030050 (IANA-L4:80)"},
    {"applicationId", "0d 0001e5", -1, "0x0d0001e5 (PANA-L7:485)"},
    {"applicationId", "12 0806", -1, "0x120806 (ETHERTYPE:2054 ARP)"},
    {"applicationId", "14 00003044 00003f43", -1,
     "0x140000304400003f43 (PANA-L7-PEN:12356 Fortinet:16195)"},
    {"applicationId", "14 fffffffe 000001", -1, "0x14fffffffe000001 (PANA-L7-PEN:4294967294:1)"},
    {"applicationId", "05 000048", -1, "0x05000048 (engine 5:72)"},
    {"applicationId", "0d", -1, "0x0d"},
    {"applicationId", "0d 00*9", -1, "0x0d000000000000000000"},
    {"mibObjectIdentifier", "2b060102010202010a", -1,
     "0x2b060102010202010a (1.3.6.1.2.1.2.2.1.10)"},
    {"mibObjectIdentifier", "0605 2b06018201", -1, "0x06052b06018201 (1.3.6.1.257)"},
    {"mibObjectIdentifier", "883703", -1, "0x883703 (2.999.3)"},
    {"mibObjectIdentifier", "2b82", -1, "0x2b82"},
    {"mibObjectIdentifier", "ff*11", -1, "0xffffffffffffffffffffff"},
    {"mibObjectIdentifier", "2b 01*128", -1, "129 octets"},
    {"tcpOptionsFull", "00*33", -1, "33 octets"},
    {"virtualStationUUID", "00112233 4455 6677 8899 aabbccddeeff", -1,
     "0x00112233445566778899aabbccddeeff (00112233-4455-6677-8899-aabbccddeeff)"},
    {"vmware.vifUuid", "00112233 4455 6677 8899 aabbccddeeff", -1,
     "0x00112233445566778899aabbccddeeff (00112233-4455-6677-8899-aabbccddeeff)"},
    {"cisco.ingressAcl", "0f8e7ff3 fc1a030f 00000000", -1,
     "0x0f8e7ff3fc1a030f00000000 (list 0x0f8e7ff3, entry 0xfc1a030f, expanded 0x00000000)"},
    {"cisco.egressAcl", "00*12", -1, "0x000000000000000000000000"},
    {"p2pTechnology", "31", -1, "1 (yes)"},
    {"tunnelTechnology", "6e", -1, "n (no)"},
    {"encryptedTechnology", "6e6f", -1, "no"},
};

static const DescribeCase sections[] = {
    {"dataLinkFrameSection", ETHERNET "8100 200a 0800" IPV4 TCP_SYN, -1,
     "58 octets: Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, VLAN 10 priority 1, IPv4 "
     "192.0.2.1 > "
     "198.51.100.2, TCP 51000 > 443 SYN, length 60"},
    {"layer2packetSectionData", ETHERNET "0806 0001", -1,
     "0x0200000000020200000000010806"
     "0001 (Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, ARP)"},
    {"dataLinkFrameSection", ETHERNET "8847 000640ff 000051ff " IPV4 TCP_SYN, -1,
     "62 octets: Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, MPLS 100 5, IPv4 192.0.2.1 > "
     "198.51.100.2, TCP 51000 > 443 SYN, length 60"},
    {"dataLinkFrameSection", ETHERNET "8864 11 00 0007 0016 0021" IPV4, -1,
     "42 octets: Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, PPPoE session 7, IPv4 192.0.2.1 > "
     "198.51.100.2, cut before its TCP header, length 60"},
    {"dataLinkFrameSection", ETHERNET "8864 11 00 00", -1,
     "0x02000000000202000000000188641100"
     "00 (Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, cut before its PPPoE header)"},
    {"dataLinkFrameSection", ETHERNET "8847 000010ff 000020ff 000030ff 000040ff 000050ff 000060ff",
     -1,
     "38 octets: Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, MPLS 1 2 3 4 5 6, cut before its "
     "MPLS "
     "header"},
    {"dataLinkFrameSection", ETHERNET "8847 00*72", -1,
     "86 octets: Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, MPLS 0 0 0 0 0 0 0 0 0 0 0 0 0 0 "
     "0 0 ..., cut "
     "before its MPLS header"},
    {"ipHeaderPacketSection", "4500 0054 0000 0000 40 2f 0000 c0000201 c6336402 0000 0800" IPV4, -1,
     "44 octets: IPv4 192.0.2.1 > 198.51.100.2, GRE, IPv4 192.0.2.1 > 198.51.100.2, cut before its "
     "TCP "
     "header, length 60"},
    {"dataLinkFrameSection", ETHERNET "0800" IPV4, -1,
     "34 octets: Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, IPv4 192.0.2.1 > 198.51.100.2, "
     "cut "
     "before its TCP header, length 60"},
    {"dataLinkFrameSection", "020000000002", -1, "0x020000000002 (cut before its Ethernet header)"},
    {"ipHeaderPacketSection", "4500 0054 0000 2000 40 01 0000 c0000201 c6336402 0800", -1,
     "0x450000540000200040010000c0000201c63364020800 (IPv4 192.0.2.1 > 198.51.100.2 first "
     "fragment, "
     "ICMP Echo Request, length 84)"},
    {"ipHeaderPacketSection", "4500 0054 0000 2010 40 11 0000 c0000201 c6336402 0800", -1,
     "0x450000540000201040110000c0000201c63364020800 (IPv4 192.0.2.1 > 198.51.100.2, fragment from "
     "octet 128 on, length 84)"},
    {"ipHeaderPacketSection",
     "60000000 0010 11 40 20010db8 00*11 01 20010db8 00*11 02 14e9 0035 0010", -1,
     "46 octets: IPv6 2001:db8::1 > 2001:db8::2, UDP 5353 > 53, length 56"},
    {"ipHeaderPacketSection", "60000000 0010 3a 40 20010db8 00*11 01 20010db8 00*11 02 87 00", -1,
     "42 octets: IPv6 2001:db8::1 > 2001:db8::2, ICMPv6 Neighbor Solicitation, length 56"},
    {"ipHeaderPacketSection", "4500 0044 0000 4000 40 59 0000 c0000201 c6336402", -1,
     "0x450000440000400040590000c0000201c6336402 (IPv4 192.0.2.1 > 198.51.100.2, OSPF, length 68)"},
    {"ipHeaderPacketSection", "00", -1, "0x00 (IP version 0)"},
    {"ipPayloadPacketSection", "14e9 0035 0010 0000", 17, "0x14e9003500100000 (UDP 5353 > 53)"},
    {"ipPayloadPacketSection", "14e9 0035 0010 0000", -1, "0x14e9003500100000"},
    {"ipPayloadPacketSection", "14e9 0035", 132, "0x14e90035 (SCTP 5353 > 53)"},
    {"mplsPayloadPacketSection", IPV4 TCP_SYN, -1,
     "40 octets: IPv4 192.0.2.1 > 198.51.100.2, TCP 51000 > 443 SYN, length 60"},
    {"mplsPayloadPacketSection", "00000000" ETHERNET "0806", -1,
     "0x000000000200000000020200000000010806 (Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, "
     "ARP)"},
    {"icmpHeaderPacketSection", "0303 0000", 1, "0x03030000 (ICMP Port Unreachable)"},
    {"icmpHeaderPacketSection", "c805", -1, "0xc805 (ICMP type 200 code 5)"},
    {"icmpHeaderPacketSection", "8000 0000", 58, "0x80000000 (ICMPv6 Echo Request)"},
};

/* With -n. */
static const DescribeCase numeric[] = {
    {"protocolIdentifier", "06", -1, "6"},
    {"octetDeltaCount", "01", -1, "1 octet"},
    {"tcpControlBits", "12", -1, "0x12"},
    {"tcpOptionsFull", "00*9 16", -1, "0x00000000000000000016"},
    {"ipv6ExtensionHeadersFull", "00*9 21", -1, "0x00000000000000000021"},
    {"ipClassOfService", "b8", -1, "184"},
    {"forwardingStatus", "40", -1, "64"},
    {"icmpTypeCodeIPv4", "0303", 1, "771"},
    {"destinationTransportPort", "01bb", 6, "443"},
    {"privateEnterpriseNumber", "00000009", -1, "9"},
    {"applicationId", "03 01bb", -1, "0x0301bb"},
    {"mplsTopLabelStackSection", "000001", -1, "0x000001 (label 0, class 0, bottom of the stack)"},
    {"p2pTechnology", "31", -1, "1"},
    {"srhIPv6Section", "06 00 04 00 00 00 0000", -1,
     "0x0600040000000000 (next header 6, 0 segments left, flags 0x00, tag 0)"},
    {"ipHeaderPacketSection", IPV4 TCP_SYN, -1,
     "40 octets: IPv4 192.0.2.1 > 198.51.100.2, TCP 51000 > 443 flags 0x02, length 60"},
    {"icmpHeaderPacketSection", "0303", 1, "0x0303 (ICMP type 3 code 3)"},
};

static const struct {
    const char *name;
    const DescribeCase *cases;
    guint n;
    gboolean numeric;
} groups[] = {
    {"numbers", numbers, G_N_ELEMENTS (numbers), FALSE},
    {"octets-of-parts", octets_of_parts, G_N_ELEMENTS (octets_of_parts), FALSE},
    {"flags", flags, G_N_ELEMENTS (flags), FALSE},
    {"icmp", icmp, G_N_ELEMENTS (icmp), FALSE},
    {"ports", ports, G_N_ELEMENTS (ports), FALSE},
    {"labels-and-segments", labels_and_segments, G_N_ELEMENTS (labels_and_segments), FALSE},
    {"identifiers", identifiers, G_N_ELEMENTS (identifiers), FALSE},
    {"sections", sections, G_N_ELEMENTS (sections), FALSE},
    {"numeric", numeric, G_N_ELEMENTS (numeric), TRUE},
};

static void
test_group (gconstpointer data)
{
    guint g = GPOINTER_TO_UINT (data);

    for (guint i = 0; i < groups[g].n; i++)
        check (&groups[g].cases[i], groups[g].numeric);
}

/* Names of bits stand for bits, names of an octet's parts for each of its values, and what has a
 * text of its own says so. */
static void
check_element (const NfElement *element, gpointer data)
{
    guint *n_special = data;
    gboolean flags_of = nf_describe_is_flags (element);

    *n_special += nf_describe_is_special (element) ? 1 : 0;
    if (element->names && nf_names_are_bits (element->names))
        g_assert_true (flags_of);
    if (flags_of || nf_describe_has_octet_names (element))
        g_assert_false (nf_describe_has_names (element));
    if (nf_describe_is_port (element))
        g_assert_false (nf_describe_is_special (element));
    for (guint octet = 0; octet <= 255 && nf_describe_has_octet_names (element); octet++) {
        NfText t = NF_TEXT_INIT;

        nf_describe_octet_name (&t, element, (guint8)octet);
        g_assert_cmpuint (nf_text_length (&t), >, 0);
        nf_text_clear (&t);
    }
}

static void
test_elements (void)
{
    guint n_special = 0;

    nf_registry_foreach (transcript_registry (), check_element, &n_special);
    g_assert_cmpuint (n_special, >, 100);
}

/* Each form is some element's, and has a name of its own. */
static void
note_form (const NfElement *element, gpointer data)
{
    ((gboolean *)data)[element->form] = TRUE;
}

static void
test_forms (void)
{
    gboolean seen[NF_N_FORMS] = {FALSE};

    nf_registry_foreach (transcript_registry (), note_form, seen);
    g_assert_null (nf_form_name (NF_FORM_PLAIN));
    for (guint i = 0; i < NF_N_FORMS; i++)
        g_assert_true (seen[i]);
    for (guint i = NF_FORM_PLAIN + 1; i < NF_N_FORMS; i++)
        for (guint j = i + 1; j < NF_N_FORMS; j++)
            g_assert_cmpstr (nf_form_name ((NfForm)i), !=, nf_form_name ((NfForm)j));
}

/* Numbers by themselves, as they stand in a column. */
static void
test_alone (void)
{
    static const struct {
        const char *element;
        guint64 value;
        const char *text, *numeric;
    } rows[] = {
        {"protocolIdentifier", 6, "6 (TCP)", "6"},
        {"ipClassOfService", 184, "184 (DSCP EF, Not-ECT)", "184"},
        {"icmpCodeIPv4", 0, "0", "0"}, /* not type 0, code 0 */
        {"icmpTypeCodeIPv6", 33024, "33024 (Echo Reply)", "33024"},
        {"tcpControlBits", 0x12, "0x12 (SYN ACK)", "0x12"},
        {"tcpOptionsFull", 0x116, "0x0116 (NOP MSS SACK-Permitted Timestamps)", "0x0116"},
        {"flowIdleTimeout", 15, "15", "15"}, /* without its unit */
        {"ethernetType", 0x800, "0x0800 (IPv4)", "0x0800"},
    };
    NfDescriber d = {.registry = transcript_registry ()};

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        const NfElement *element = nf_registry_find (d.registry, rows[i].element);
        NfValue value = {.kind = NF_VALUE_UNSIGNED, .u = rows[i].value};
        NfText t = NF_TEXT_INIT;

        d.numeric = FALSE;
        nf_describe_alone (&t, &d, element, &value);
        g_assert_cmpstr (nf_text_string (&t), ==, rows[i].text);
        nf_text_truncate (&t, 0);
        d.numeric = TRUE;
        nf_describe_alone (&t, &d, element, &value);
        g_assert_cmpstr (nf_text_string (&t), ==, rows[i].numeric);
        nf_text_clear (&t);
    }
}

/* The numbers that go by a name. */
static void
test_find (void)
{
    static const struct {
        const char *element, *name;
        guint64 low, high; /* G_MAXUINT64: none */
    } rows[] = {
        {"protocolIdentifier", "udp", 17, 17},
        {"tcpControlBits", "SYN", 2, 2},
        {"forwardingStatus", "dropped acl deny", 129, 129},
        {"forwardingStatus", "Dropped", 128, 191},
        {"forwardingStatus", "consumed", 192, 255},
        {"ipClassOfService", "AF21", 72, 75},
        {"ipDiffServCodePoint", "AF21", 18, 18},
        {"tcpOptionsFull", "MSS", 4, 4},
        {"udpSafeOptions", "TIME", 0x100, 0x100},
        {"udpUnsafeOptions", "UENC", 2, 2},
        {"udpUnsafeOptions", "FRAG", G_MAXUINT64, G_MAXUINT64},
        {"udpSafeOptions", "EXP", G_MAXUINT64, G_MAXUINT64}, /* bit 127 */
        {"icmpCodeIPv4", "Echo Reply", G_MAXUINT64, G_MAXUINT64},
        {"protocolIdentifier", "ud", G_MAXUINT64, G_MAXUINT64},
        {"octetDeltaCount", "udp", G_MAXUINT64, G_MAXUINT64},
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        const NfElement *element = nf_registry_find (transcript_registry (), rows[i].element);
        guint64 low, high;

        if (!nf_describe_find (element, rows[i].name, &low, &high))
            low = high = G_MAXUINT64;
        g_assert_cmpuint (low, ==, rows[i].low);
        g_assert_cmpuint (high, ==, rows[i].high);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
        g_autofree char *path = g_strconcat ("/describe/", groups[i].name, NULL);

        g_test_add_data_func (path, GUINT_TO_POINTER (i), test_group);
    }
    g_test_add_func ("/describe/alone", test_alone);
    g_test_add_func ("/describe/find", test_find);
    g_test_add_func ("/describe/elements", test_elements);
    g_test_add_func ("/describe/forms", test_forms);
    return g_test_run ();
}
