/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetFlow v1 and v5: Messages without Templates, whose Count says how many records follow. */
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
    {NULL, {{.hex = NULL}}, NULL},
};
