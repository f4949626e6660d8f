/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetFlow v1 and v5 to v8: Messages without Templates, whose Count says how many records follow. */
#include "cases.h"

/* version, count, uptime 10 s, 2023-11-14T22:13:20Z and 0 ns */
#define V1(count) "0001" count "00002710 6553f100 00000000"
#define V5_RECORD                                                                                  \
    "0a000001 0a000002 0a0000fe 0001 0002" /* addresses, next hop, interfaces */                   \
    "0000000a 000003e8 00001388 00002328"  /* packets, octets, first, last */                      \
    "c350 0050 00 1b 06 00 fde9 fdea 18 10 0000"

#define V1_RECORD                                                                                  \
    "0a000001 0a000002 0a0000fe 0001 0002 0000000a 000003e8 00001388 00002328 c350 0050"           \
    "0000 06 00 1b 000000 00000000"

#define ADDRESSES_TO_PORTS                                                                         \
    "sourceIPv4Address=10.0.0.1 destinationIPv4Address=10.0.0.2 ipNextHopIPv4Address=10.0.0.254 "  \
    "ingressInterface=1 egressInterface=2 packetDeltaCount=10 octetDeltaCount=1000 "               \
    "flowStartSysUpTime=5000 flowEndSysUpTime=9000 sourceTransportPort=50000 "                     \
    "destinationTransportPort=80 "
#define V5_TEXT                                                                                    \
    ADDRESSES_TO_PORTS                                                                             \
    "paddingOctets=00 tcpControlBits=27 protocolIdentifier=6 ipClassOfService=0 "                  \
    "bgpSourceAsNumber=65001 bgpDestinationAsNumber=65002 sourceIPv4PrefixLength=24 "              \
    "destinationIPv4PrefixLength=16 paddingOctets=0000"
#define V5_ZERO_TEXT                                                                               \
    "sourceIPv4Address=0.0.0.0 destinationIPv4Address=0.0.0.0 ipNextHopIPv4Address=0.0.0.0 "       \
    "ingressInterface=0 egressInterface=0 packetDeltaCount=0 octetDeltaCount=0 "                   \
    "flowStartSysUpTime=0 flowEndSysUpTime=0 sourceTransportPort=0 destinationTransportPort=0 "    \
    "paddingOctets=00 tcpControlBits=0 protocolIdentifier=0 ipClassOfService=0 "                   \
    "bgpSourceAsNumber=0 bgpDestinationAsNumber=0 sourceIPv4PrefixLength=0 "                       \
    "destinationIPv4PrefixLength=0 paddingOctets=0000"
#define V1_TEXT                                                                                    \
    ADDRESSES_TO_PORTS                                                                             \
    "paddingOctets=0000 protocolIdentifier=6 ipClassOfService=0 tcpControlBits=27"

#define FLOW      "0a000001 0a000002 0a0000fe 0001 0002 0000000a 000003e8 00001388 00002328 c350 0050"
#define V7_RECORD FLOW "03 00 06 b8 fde9 fdea 18 10 0405 0a0000fd"
#define V7_TEXT                                                                                    \
    ADDRESSES_TO_PORTS                                                                             \
    "v7_flags=3 tcpControlBits=0 protocolIdentifier=6 ipClassOfService=184 "                       \
    "bgpSourceAsNumber=65001 bgpDestinationAsNumber=65002 sourceIPv4PrefixLength=24 "              \
    "destinationIPv4PrefixLength=16 v7_flow_flags=1029 ipv4RouterSc=10.0.0.253"

/* A record of a scheme in `length` octets, of the Message's `all`. */
#define V8_CASE(name, scheme, length, all, record, text)                                           \
    {                                                                                              \
        "v8/" name, {{.hex = V8 ("0001", scheme) record}},                                         \
            "message v8 " all " count 1 domain 258 sequence 5\n"                                   \
            "set 28+" length " 0 data of v8\n"                                                     \
            "  record 28+" length " " text "\n"                                                    \
    }
#define SUM "00000003 0000000a 000003e8 00001388 00002328"
#define COUNTERS                                                                                   \
    "packetDeltaCount=10 octetDeltaCount=1000 flowStartSysUpTime=5000 flowEndSysUpTime=9000 "
#define SUM_TEXT "deltaFlowCount=3 " COUNTERS
#define AS_TEXT  "bgpSourceAsNumber=65001 bgpDestinationAsNumber=65002 "
#define PREFIXES "sourceIPv4Prefix=10.1.0.0 destinationIPv4Prefix=10.2.2.0 "
#define MASKS    "destinationIPv4PrefixLength=24 sourceIPv4PrefixLength=16 "
#define IN_OUT   "ingressInterface=1 egressInterface=2"
#define PORTS    "sourceTransportPort=50000 destinationTransportPort=80"
#define MARKED   "v8_extra_packets=7 ipv4RouterSc=10.0.0.253"

const TranscriptCase fixed_cases[] = {
    {"v5/record",
     {{.hex = V5 ("0001") V5_RECORD}},
     "message v5 72 count 1 domain 258 sequence 5\n"
     "set 24+48 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"},
    {"v5/two-records",
     {{.hex = V5 ("0002") V5_RECORD V5_RECORD}},
     "message v5 120 count 2 domain 258 sequence 5\n"
     "set 24+96 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "  record 72+48 " V5_TEXT "\n"},
    {"v5/no-record",
     {{.hex = V5 ("0000")}},
     "message v5 24 count 0 domain 258 sequence 5\n"
     "set 24+0 0 data of v5\n"},
    {"v5/count-too-high",
     {{.hex = V5 ("0003") V5_RECORD V5_RECORD}},
     "message v5 120 count 3 domain 258 sequence 5\n"
     "set 24+96 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "  record 72+48 " V5_TEXT "\n"
     "! MESSAGE_COUNT 2+2 3 2\n"},
    {"v5/count-too-low",
     {{.hex = V5 ("0001") V5_RECORD V5_RECORD}},
     "message v5 120 count 1 domain 258 sequence 5\n"
     "set 24+96 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "  record 72+48 " V5_TEXT "\n"
     "! MESSAGE_COUNT 2+2 1 2\n"},
    {"v5/count-nonsense",
     {{.hex = V5 ("ffff") V5_RECORD}},
     "message v5 72 count 65535 domain 258 sequence 5\n"
     "set 24+48 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "! MESSAGE_COUNT 2+2 65535 1\n"},
    {"v5/trailing",
     {{.hex = V5 ("0001") V5_RECORD "0102030405"}},
     "message v5 77 count 1 domain 258 sequence 5\n"
     "set 24+48 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "! MESSAGE_TRAILING 72+5 5 0\n"
     "undecoded 72+5\n"},
    {"v5/filled-with-zeros",
     {{.hex = V5 ("0001") V5_RECORD "00*50 "}},
     "message v5 122 count 1 domain 258 sequence 5\n"
     "set 24+48 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "! MESSAGE_TRAILING_ZERO 72+50 50 0\n"
     "undecoded 72+50\n"},
    /* as many as the Count says are records, whatever is in them */
    {"v5/zero-record",
     {{.hex = V5 ("0002") V5_RECORD "00*48 "}},
     "message v5 120 count 2 domain 258 sequence 5\n"
     "set 24+96 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "  record 72+48 " V5_ZERO_TEXT "\n"},
    {"v5/cut-record",
     {{.hex = V5 ("0002") V5_RECORD V5_RECORD, .cut = 20}},
     "message v5 120 count 2 domain 258 sequence 5\n"
     "! MESSAGE_TRUNCATED 100+0 100 120\n"
     "set 24+48 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"
     "undecoded 72+28\n"},
    {"v5/cut-between-records",
     {{.hex = V5 ("0002") V5_RECORD V5_RECORD, .cut = 48}},
     "message v5 120 count 2 domain 258 sequence 5\n"
     "! MESSAGE_TRUNCATED 72+0 72 120\n"
     "set 24+48 0 data of v5\n"
     "  record 24+48 " V5_TEXT "\n"},
    {"v5/cut-header",
     {{.hex = V5 ("0002") V5_RECORD V5_RECORD, .cut = 100}},
     "! MESSAGE_TRUNCATED 20+0 20 120\n"
     "! MESSAGE_SHORT 0+20 20 24\n"
     "undecoded 0+20\n"},
    {"v1/record",
     {{.hex = V1 ("0001") V1_RECORD}},
     "message v1 64 count 1 domain 0 sequence 0\n"
     "set 16+48 0 data of v1\n"
     "  record 16+48 " V1_TEXT " paddingOctets=00000000000000\n"},
    {"v1/record-of-52-octets",
     {{.hex = V1 ("0001") V1_RECORD "00000000"}},
     "message v1 68 count 1 domain 0 sequence 0\n"
     "set 16+52 0 data of v1\n"
     "  record 16+52 " V1_TEXT " paddingOctets=0000000000000000000000\n"},
    {"v1/records-of-52-octets",
     {{.hex = V1 ("0002") V1_RECORD "00000000" V1_RECORD "00000000"}},
     "message v1 120 count 2 domain 0 sequence 0\n"
     "set 16+104 0 data of v1\n"
     "  record 16+52 " V1_TEXT " paddingOctets=0000000000000000000000\n"
     "  record 68+52 " V1_TEXT " paddingOctets=0000000000000000000000\n"},
    {"v6/record",
     {{.hex = V6 ("0001") FLOW "00 1b 06 b8 fde9 fdea 18 10 0e 12 0a0000fc"}},
     "message v6 76 count 1 domain 258 sequence 5\n"
     "set 24+52 0 data of v6\n"
     "  record 24+52 " ADDRESSES_TO_PORTS
     "paddingOctets=00 tcpControlBits=27 protocolIdentifier=6 ipClassOfService=184 "
     "bgpSourceAsNumber=65001 bgpDestinationAsNumber=65002 sourceIPv4PrefixLength=24 "
     "destinationIPv4PrefixLength=16 v6_input_encapsulation=14 v6_output_encapsulation=18 "
     "bgpNextHopIPv4Address=10.0.0.252\n"},
    {"v7/records",
     {{.hex = V7 ("0002") V7_RECORD V7_RECORD}},
     "message v7 128 count 2 domain 0 sequence 5\n"
     "set 24+104 0 data of v7\n"
     "  record 24+52 " V7_TEXT "\n"
     "  record 76+52 " V7_TEXT "\n"},
    {"v7/count-too-high",
     {{.hex = V7 ("0002") V7_RECORD}},
     "message v7 76 count 2 domain 0 sequence 5\n"
     "set 24+52 0 data of v7\n"
     "  record 24+52 " V7_TEXT "\n"
     "! MESSAGE_COUNT 2+2 2 1\n"},
    /* of which one is as long as a record of v5 */
    {"v7/cut-record",
     {{.hex = V7 ("0001") V7_RECORD, .cut = 4}},
     "message v7 76 count 1 domain 0 sequence 5\n"
     "! MESSAGE_TRUNCATED 72+0 72 76\n"
     "set 24+0 0 data of v7\n"
     "undecoded 24+48\n"},
    V8_CASE ("as", "01", "28", "56", SUM "fde9 fdea 0001 0002", SUM_TEXT AS_TEXT IN_OUT),
    V8_CASE ("protocol-port", "02", "28", "56", SUM "06 00 0000 c350 0050",
             SUM_TEXT "protocolIdentifier=6 paddingOctets=000000 " PORTS),
    V8_CASE ("source-prefix", "03", "32", "60", SUM "0a010000 10 00 fde9 0001 0000",
             SUM_TEXT "sourceIPv4Prefix=10.1.0.0 sourceIPv4PrefixLength=16 paddingOctets=00 "
                      "bgpSourceAsNumber=65001 ingressInterface=1 paddingOctets=0000"),
    V8_CASE ("destination-prefix", "04", "32", "60", SUM "0a020200 18 00 fdea 0002 0000",
             SUM_TEXT
             "destinationIPv4Prefix=10.2.2.0 destinationIPv4PrefixLength=24 paddingOctets=00 "
             "bgpDestinationAsNumber=65002 egressInterface=2 paddingOctets=0000"),
    V8_CASE ("prefix", "05", "40", "68", SUM "0a010000 0a020200 18 10 0000 fde9 fdea 0001 0002",
             SUM_TEXT PREFIXES MASKS "paddingOctets=0000 " AS_TEXT IN_OUT),
    V8_CASE ("destination-only", "06", "32", "60",
             "0a000002 0000000a 000003e8 00001388 00002328 0002 b8 28 00000007 0a0000fd",
             "destinationIPv4Address=10.0.0.2 " COUNTERS
             "egressInterface=2 ipClassOfService=184 v8_marked_tos=40 " MARKED),
    V8_CASE ("source-destination", "07", "40", "68",
             "0a000002 0a000001 0000000a 000003e8 00001388 00002328 0002 0001 b8 28 0000 "
             "00000007 0a0000fd",
             "destinationIPv4Address=10.0.0.2 sourceIPv4Address=10.0.0.1 " COUNTERS
             "egressInterface=2 ingressInterface=1 ipClassOfService=184 v8_marked_tos=40 "
             "paddingOctets=0000 " MARKED),
    V8_CASE ("full-flow", "08", "44", "72",
             "0a000002 0a000001 0050 c350 0000000a 000003e8 00001388 00002328 0002 0001 "
             "b8 06 28 00 00000007 0a0000fd",
             "destinationIPv4Address=10.0.0.2 sourceIPv4Address=10.0.0.1 "
             "destinationTransportPort=80 sourceTransportPort=50000 " COUNTERS
             "egressInterface=2 ingressInterface=1 ipClassOfService=184 protocolIdentifier=6 "
             "v8_marked_tos=40 paddingOctets=00 " MARKED),
    V8_CASE ("as-tos", "09", "32", "60", SUM "fde9 fdea 0001 0002 b8 00 0000",
             SUM_TEXT AS_TEXT IN_OUT " ipClassOfService=184 paddingOctets=000000"),
    V8_CASE ("protocol-port-tos", "0a", "32", "60", SUM "06 b8 0000 c350 0050 0001 0002",
             SUM_TEXT "protocolIdentifier=6 ipClassOfService=184 paddingOctets=0000 " PORTS
                      " " IN_OUT),
    V8_CASE ("source-prefix-tos", "0b", "32", "60", SUM "0a010000 10 b8 fde9 0001 0000",
             SUM_TEXT "sourceIPv4Prefix=10.1.0.0 sourceIPv4PrefixLength=16 ipClassOfService=184 "
                      "bgpSourceAsNumber=65001 ingressInterface=1 paddingOctets=0000"),
    V8_CASE ("destination-prefix-tos", "0c", "32", "60", SUM "0a020200 18 b8 fdea 0002 0000",
             SUM_TEXT
             "destinationIPv4Prefix=10.2.2.0 destinationIPv4PrefixLength=24 ipClassOfService=184 "
             "bgpDestinationAsNumber=65002 egressInterface=2 paddingOctets=0000"),
    V8_CASE ("prefix-tos", "0d", "40", "68",
             SUM "0a010000 0a020200 18 10 b8 00 fde9 fdea 0001 0002",
             SUM_TEXT PREFIXES MASKS "ipClassOfService=184 paddingOctets=00 " AS_TEXT IN_OUT),
    V8_CASE ("prefix-port", "0e", "40", "68",
             SUM "0a010000 0a020200 18 10 b8 06 c350 0050 0001 0002",
             SUM_TEXT PREFIXES MASKS "ipClassOfService=184 protocolIdentifier=6 " PORTS " " IN_OUT),
    {"v8/no-such-scheme",
     {{.hex = V8 ("0001", "0f") "01*30 "}},
     "message v8 58 count 1 domain 258 sequence 5\n"
     "! MESSAGE_AGGREGATION 22+1 15 0\n"
     "undecoded 28+30\n"},
    {"v8/no-scheme",
     {{.hex = V8 ("0001", "00")}},
     "message v8 28 count 1 domain 258 sequence 5\n"
     "! MESSAGE_AGGREGATION 22+1 0 0\n"},
    {"v8/trailing",
     {{.hex = V8 ("0001", "01") SUM "fde9 fdea 0001 0002 0102"}},
     "message v8 58 count 1 domain 258 sequence 5\n"
     "set 28+28 0 data of v8\n"
     "  record 28+28 " SUM_TEXT AS_TEXT IN_OUT "\n"
     "! MESSAGE_TRAILING 56+2 2 0\n"
     "undecoded 56+2\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
