/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which Template a Data Set has among those of an exporter's other sessions, of sessions that
 * withdrew it, and of other exporters where it is not known who sent the data (RFC 7011 8). */
#include "cases.h"

/* Template 256 twice: an address, two ports */
#define ADDRESS   IPFIX ("001c") "0002 000c  0100 0001  0008 0004"
#define PORTS     IPFIX ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"
#define DATA      IPFIX ("0018") "0100 0008  0a000001"
#define WITHDRAWN IPFIX ("0018") "0002 0008  0100 0000"

#define V9_ADDRESS V9 ("0001") "0000 000c  0100 0001  0008 0004"
#define V9_DATA    V9 ("0001") "0100 0008  0a000001"

#define TCP .transport = NF_TRANSPORT_TCP

const TranscriptCase session_cases[] = {
    /* sessions of one exporter */
    {"session/other-collector",
     {{.hex = ADDRESS}, {.hex = DATA, .to = 2}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/other-port",
     {{.hex = ADDRESS, .port = 4000}, {.hex = DATA, .port = 4001}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1 foreign\n"
     "  ! TEMPLATE_FOREIGN 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/other-port-v9",
     {{.hex = V9_ADDRESS, .port = 4000}, {.hex = V9_DATA, .port = 4001}},
     "packet 1\n"
     "message v9 32 count 1 domain 1 sequence 5\n"
     "set 20+12 0 template\n"
     "  template 24+8 256 8:4\n"
     "packet 2\n"
     "message v9 28 count 1 domain 1 sequence 5\n"
     "set 20+8 256 data of packet 1 foreign\n"
     "  ! TEMPLATE_FOREIGN_NETFLOW9 20+4 256 0\n"
     "  record 24+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/own-before-foreign",
     {{.hex = ADDRESS, .port = 4000},
      {.hex = PORTS, .port = 4001},
      {.hex = DATA, .port = 4001},
      {.hex = DATA, .port = 4000}},
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
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    /* a late Template of the own session comes before a foreign one */
    {"session/late-before-foreign",
     {{.hex = ADDRESS, .port = 4000}, {.hex = DATA, .port = 4001}, {.hex = PORTS, .port = 4001}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 3 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"
     "packet 3\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"},
    /* of the sessions with other collectors before those of other ports */
    {"session/collector-before-port",
     {{.hex = ADDRESS, .to = 2}, {.hex = PORTS, .port = 4000}, {.hex = DATA}},
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
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/foreign-nearest",
     {{.hex = ADDRESS, .port = 4000}, {.hex = PORTS, .port = 4001}, {.hex = DATA, .port = 4002}},
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
     "set 16+8 256 data of packet 2 foreign\n"
     "  ! TEMPLATE_FOREIGN 16+4 256 0\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"},
    {"session/foreign-in-force-before-late",
     {{.hex = ADDRESS, .port = 4000}, {.hex = DATA, .port = 4002}, {.hex = PORTS, .port = 4001}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1 foreign\n"
     "  ! TEMPLATE_FOREIGN 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 3\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"},
    {"session/foreign-late",
     {{.hex = DATA, .port = 4002}, {.hex = ADDRESS, .port = 4001}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2 late foreign\n"
     "  ! TEMPLATE_FOREIGN 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"},
    {"session/foreign-late-nearest",
     {{.hex = DATA, .port = 4002}, {.hex = ADDRESS, .port = 4000}, {.hex = PORTS, .port = 4001}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2 late foreign\n"
     "  ! TEMPLATE_FOREIGN 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 3\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"},
    {"session/tcp-connections",
     {{.hex = ADDRESS, .connection = 1, TCP},
      {.hex = PORTS, .connection = 2, TCP},
      {.hex = DATA, .connection = 1, TCP},
      {.hex = DATA, .connection = 2, TCP}},
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
    {"session/tcp-connected-again",
     {{.hex = ADDRESS, .connection = 1, TCP}, {.hex = DATA, .connection = 2, TCP}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1 foreign\n"
     "  ! TEMPLATE_FOREIGN 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    /* withdrawal */
    {"session/withdrawn",
     {{.hex = ADDRESS, TCP},
      {.hex = DATA, TCP},
      {.hex = WITHDRAWN, TCP},
      {.hex = DATA, TCP},
      {.hex = PORTS, TCP},
      {.hex = DATA, TCP}},
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
     "set 16+8 2 template\n"
     "  withdrawal 20+4 256\n"
     "packet 4\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"
     "packet 5\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 6\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 5\n"
     "  record 20+4 sourceTransportPort=2560 destinationTransportPort=1\n"},
    {"session/withdrawn-udp",
     {{.hex = ADDRESS}, {.hex = WITHDRAWN}, {.hex = DATA}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 2 template\n"
     "  withdrawal 20+4 256\n"
     "  ! TEMPLATE_WITHDRAWAL 20+4 256 0\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    /* data before a withdrawal that comes before any Template: the Template is late */
    {"session/withdrawn-before-the-first",
     {{.hex = DATA, TCP}, {.hex = WITHDRAWN, TCP}, {.hex = DATA, TCP}, {.hex = ADDRESS, TCP}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 4 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 2 template\n"
     "  withdrawal 20+4 256\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"
     "packet 4\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"},
    /* what this session withdrew is not borrowed from another */
    {"session/withdrawn-here-only",
     {{.hex = ADDRESS, .port = 4000, TCP},
      {.hex = ADDRESS, TCP},
      {.hex = WITHDRAWN, TCP},
      {.hex = DATA, TCP}},
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
     "set 16+8 2 template\n"
     "  withdrawal 20+4 256\n"
     "packet 4\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    {"session/all-withdrawn",
     {{.hex = ADDRESS, TCP},
      {.hex = DATA, TCP},
      {.hex = IPFIX ("0018") "0002 0008  0002 0000", TCP},
      {.hex = DATA, TCP},
      {.hex = ADDRESS, TCP},
      {.hex = DATA, TCP}},
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
     "set 16+8 2 template\n"
     "  withdrawal 20+4 2\n"
     "packet 4\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"
     "packet 5\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 6\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 5\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/all-withdrawn-twice",
     {{.hex = IPFIX ("0018") "0002 0008  0002 0000", TCP},
      {.hex = ADDRESS, TCP},
      {.hex = IPFIX ("0018") "0002 0008  0002 0000", TCP},
      {.hex = DATA, TCP}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 2 template\n"
     "  withdrawal 20+4 2\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 2 template\n"
     "  withdrawal 20+4 2\n"
     "packet 4\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 4\n"
     "  undecoded 20+4\n"},
    /* Messages of which nobody knows where they came from */
    {"session/unknown-exporter",
     {{.hex = ADDRESS, .unknown = TRUE}, {.hex = DATA, .unknown = TRUE}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/unknown-takes-known",
     {{.hex = ADDRESS, .host = 7}, {.hex = DATA, .unknown = TRUE}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/unknown-all-agree",
     {{.hex = ADDRESS, .host = 7}, {.hex = ADDRESS, .host = 8}, {.hex = DATA, .unknown = TRUE}},
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
     "set 16+8 256 data of packet 2\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/unknown-ambiguous",
     {{.hex = ADDRESS, .host = 7}, {.hex = PORTS, .host = 8}, {.hex = DATA, .unknown = TRUE}},
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
     "set 16+8 256 data of no template\n"
     "  ! TEMPLATE_AMBIGUOUS 16+4 256 2\n"
     "  undecoded 20+4\n"},
    {"session/unknown-own-first",
     {{.hex = PORTS, .host = 8}, {.hex = ADDRESS, .unknown = TRUE}, {.hex = DATA, .unknown = TRUE}},
     "packet 1\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    /* whether its transport withdraws Templates is not known either */
    {"session/unknown-withdrawn",
     {{.hex = ADDRESS, .unknown = TRUE},
      {.hex = WITHDRAWN, .unknown = TRUE},
      {.hex = DATA, .unknown = TRUE}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"
     "packet 2\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 2 template\n"
     "  withdrawal 20+4 256\n"
     "  ! TEMPLATE_WITHDRAWAL_BARE 20+4 256 0\n"
     "packet 3\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 1\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"},
    {"session/unknown-late",
     {{.hex = DATA, .unknown = TRUE}, {.hex = ADDRESS, .host = 7}},
     "packet 1\n"
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 256 data of packet 2 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+4 sourceIPv4Address=10.0.0.1\n"
     "packet 2\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:4\n"},
    {"session/known-takes-no-unknown",
     {{.hex = ADDRESS, .unknown = TRUE}, {.hex = DATA}},
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
