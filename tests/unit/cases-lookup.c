/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which Template a Data Set has, in several datagrams, sessions and domains (RFC 7011 8, 9). */
#include "cases.h"

#define DOMAIN_2(length) "000a" length "6553f100 00000005 00000002"

/* Template 256 twice: an address, two ports */
#define ADDRESS IPFIX ("001c") "0002 000c  0100 0001  0008 0004"
#define PORTS   IPFIX ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"
#define DATA    IPFIX ("0018") "0100 0008  0a000001"

#define V9_ADDRESS V9 ("0001") "0000 000c  0100 0001  0008 0004"
#define V9_DATA    V9 ("0001") "0100 0008  0a000001"

const TranscriptCase lookup_cases[] = {
    {"lookup/earlier-message",
     {{.hex = ADDRESS}, {.hex = DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"lookup/later-message",
     {{.hex = DATA}, {.hex = ADDRESS}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"},
    {"lookup/other-file",
     {{.hex = ADDRESS, .file = 1}, {.hex = DATA, .file = 2}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of file 1 packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"lookup/later-file",
     {{.hex = DATA, .file = 1}, {.hex = ADDRESS, .file = 2}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of file 2 packet 2 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"},
    {"lookup/redefined",
     {{.hex = ADDRESS}, {.hex = DATA}, {.hex = PORTS}, {.hex = DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 3\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 4\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 3\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"},
    {"lookup/redefined-and-back",
     {{.hex = ADDRESS}, {.hex = PORTS}, {.hex = DATA}, {.hex = ADDRESS}, {.hex = DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"
     "packet 4\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 5\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 4\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"lookup/refreshed",
     {{.hex = ADDRESS}, {.hex = ADDRESS}, {.hex = DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    /* the first one after it, not the last */
    {"lookup/late-then-redefined",
     {{.hex = DATA}, {.hex = ADDRESS}, {.hex = PORTS}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 3\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"},
    {"lookup/none",
     {{.hex = DATA}},
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    /* one id, different Templates */
    {"lookup/two-exporters",
     {{.hex = ADDRESS}, {.hex = PORTS, .host = 2}, {.hex = DATA}, {.hex = DATA, .host = 2}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 4\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"},
    {"lookup/two-domains",
     {{.hex = ADDRESS},
      {.hex = DOMAIN_2 ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"},
      {.hex = DATA},
      {.hex = DOMAIN_2 ("0018") "0100 0008  0a000001"}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 32 domain 2 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 4\n"
     "message v10 24 domain 2 sequence 5\n"
     "set 16+8 256 data of packet 2\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"},
    {"lookup/two-versions",
     {{.hex = PORTS}, {.hex = V9_ADDRESS}, {.hex = DATA}, {.hex = V9_DATA}},
     "packet 1\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 2\n"
     "message v9 32 count 1 domain 1 sequence 5\n"
     "set 20+12 0 template\n"
     "  template 24+8 256 8:4\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"
     "packet 4\n"
     "message v9 28 count 1 domain 1 sequence 5\n"
     "set 20+8 256 data of packet 2\n"
     "  record 24+4 sourceIPv4Address=10.0.0.1\n"},
    {"lookup/other-exporter",
     {{.hex = ADDRESS}, {.hex = DATA, .host = 2}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    {"lookup/other-domain",
     {{.hex = ADDRESS}, {.hex = DOMAIN_2 ("0018") "0100 0008  0a000001"}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 2 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    {"lookup/other-version",
     {{.hex = ADDRESS}, {.hex = V9_DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v9 28 count 1 domain 1 sequence 5\n"
     "set 20+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 20+4 256 4\n"
     "  undecoded 24+4\n"},
    {"lookup/ipv6-exporter",
     {{.hex = ADDRESS, .family = 6}, {.hex = DATA, .family = 6}, {.hex = DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    /* the same octets as an IPv4 and as an IPv6 address are two exporters */
    {"lookup/ipv6-other-exporter",
     {{.hex = ADDRESS, .family = 6}, {.hex = DATA, .family = 6, .host = 2}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
