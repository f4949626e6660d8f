/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which Template a Data Set has, in several datagrams, sessions and domains (RFC 7011 8, 9). */
#include "cases.h"

/* version, Length, 2023-11-14T22:13:20Z, sequence 5, Observation Domain */
#define IPFIX(length)   "000a" length "6553f100 00000005 00000001"
#define DOMAIN_2(length) "000a" length "6553f100 00000005 00000002"
#define V9(count)       "0009" count "00002710 6553f100 00000005 00000001"

/* Template 256 three times: an address, two ports, a protocol four times reduced */
#define ADDRESS   IPFIX ("001c") "0002 000c  0100 0001  0008 0004"
#define PORTS     IPFIX ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"
#define DATA      IPFIX ("0018") "0100 0008  0a000001"
#define WITHDRAWN IPFIX ("0018") "0002 0008  0100 0000"

#define V9_ADDRESS V9 ("0001") "0000 000c  0100 0001  0008 0004"
#define V9_DATA    V9 ("0001") "0100 0008  0a000001"

#define TCP .transport = NF_TRANSPORT_TCP

const TranscriptCase lookup_cases[] = {
    {"lookup/earlier-message", {{.hex = ADDRESS}, {.hex = DATA}}, "@@"},
    {"lookup/later-message", {{.hex = DATA}, {.hex = ADDRESS}}, "@@"},
    {"lookup/other-file", {{.hex = ADDRESS, .file = 1}, {.hex = DATA, .file = 2}}, "@@"},
    {"lookup/later-file", {{.hex = DATA, .file = 1}, {.hex = ADDRESS, .file = 2}}, "@@"},
    {"lookup/redefined", {{.hex = ADDRESS}, {.hex = DATA}, {.hex = PORTS}, {.hex = DATA}}, "@@"},
    {"lookup/redefined-and-back", {{.hex = ADDRESS}, {.hex = PORTS}, {.hex = DATA}, {.hex = ADDRESS}, {.hex = DATA}}, "@@"},
    {"lookup/refreshed", {{.hex = ADDRESS}, {.hex = ADDRESS}, {.hex = DATA}}, "@@"},
    /* the first one after it, not the last */
    {"lookup/late-then-redefined", {{.hex = DATA}, {.hex = ADDRESS}, {.hex = PORTS}}, "@@"},
    {"lookup/none", {{.hex = DATA}}, "@@"},
    /* one id, different Templates */
    {"lookup/two-exporters",
     {{.hex = ADDRESS}, {.hex = PORTS, .host = 2}, {.hex = DATA}, {.hex = DATA, .host = 2}},
     "@@"},
    {"lookup/two-domains",
     {{.hex = ADDRESS},
      {.hex = DOMAIN_2 ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"},
      {.hex = DATA},
      {.hex = DOMAIN_2 ("0018") "0100 0008  0a000001"}},
     "@@"},
    {"lookup/two-versions", {{.hex = PORTS}, {.hex = V9_ADDRESS}, {.hex = DATA}, {.hex = V9_DATA}}, "@@"},
    {"lookup/other-exporter", {{.hex = ADDRESS}, {.hex = DATA, .host = 2}}, "@@"},
    {"lookup/other-domain", {{.hex = ADDRESS}, {.hex = DOMAIN_2 ("0018") "0100 0008  0a000001"}}, "@@"},
    {"lookup/other-version", {{.hex = ADDRESS}, {.hex = V9_DATA}}, "@@"},
    {"lookup/ipv6-exporter", {{.hex = ADDRESS, .family = 6}, {.hex = DATA, .family = 6}, {.hex = DATA}}, "@@"},
    /* the same octets as an IPv4 and as an IPv6 address are two exporters */
    {"lookup/ipv6-other-exporter",
     {{.hex = ADDRESS, .family = 6}, {.hex = DATA, .family = 6, .host = 2}},
     "@@"},
    /* sessions of one exporter */
    {"lookup/other-collector", {{.hex = ADDRESS}, {.hex = DATA, .to = 2}}, "@@"},
    {"lookup/other-port", {{.hex = ADDRESS, .port = 4000}, {.hex = DATA, .port = 4001}}, "@@"},
    {"lookup/other-port-v9", {{.hex = V9_ADDRESS, .port = 4000}, {.hex = V9_DATA, .port = 4001}}, "@@"},
    {"lookup/own-before-foreign",
     {{.hex = ADDRESS, .port = 4000}, {.hex = PORTS, .port = 4001}, {.hex = DATA, .port = 4001}, {.hex = DATA, .port = 4000}},
     "@@"},
    /* a late Template of the own session comes before a foreign one */
    {"lookup/late-before-foreign",
     {{.hex = ADDRESS, .port = 4000}, {.hex = DATA, .port = 4001}, {.hex = PORTS, .port = 4001}},
     "@@"},
    /* of the sessions with other collectors before those of other ports */
    {"lookup/collector-before-port",
     {{.hex = ADDRESS, .to = 2}, {.hex = PORTS, .port = 4000}, {.hex = DATA}},
     "@@"},
    {"lookup/foreign-nearest",
     {{.hex = ADDRESS, .port = 4000}, {.hex = PORTS, .port = 4001}, {.hex = DATA, .port = 4002}},
     "@@"},
    {"lookup/foreign-in-force-before-late",
     {{.hex = ADDRESS, .port = 4000}, {.hex = DATA, .port = 4002}, {.hex = PORTS, .port = 4001}},
     "@@"},
    {"lookup/foreign-late", {{.hex = DATA, .port = 4002}, {.hex = ADDRESS, .port = 4001}}, "@@"},
    {"lookup/tcp-connections",
     {{.hex = ADDRESS, .connection = 1, TCP},
      {.hex = PORTS, .connection = 2, TCP},
      {.hex = DATA, .connection = 1, TCP},
      {.hex = DATA, .connection = 2, TCP}},
     "@@"},
    /* withdrawal */
    {"lookup/withdrawn",
     {{.hex = ADDRESS, TCP}, {.hex = DATA, TCP}, {.hex = WITHDRAWN, TCP}, {.hex = DATA, TCP}, {.hex = PORTS, TCP}, {.hex = DATA, TCP}},
     "@@"},
    {"lookup/withdrawn-udp", {{.hex = ADDRESS}, {.hex = WITHDRAWN}, {.hex = DATA}}, "@@"},
    /* what this session withdrew is not borrowed from another */
    {"lookup/withdrawn-here-only",
     {{.hex = ADDRESS, .port = 4000, TCP}, {.hex = ADDRESS, TCP}, {.hex = WITHDRAWN, TCP}, {.hex = DATA, TCP}},
     "@@"},
    {"lookup/all-withdrawn",
     {{.hex = ADDRESS, TCP},
      {.hex = DATA, TCP},
      {.hex = IPFIX ("0018") "0002 0008  0002 0000", TCP},
      {.hex = DATA, TCP},
      {.hex = ADDRESS, TCP},
      {.hex = DATA, TCP}},
     "@@"},
    /* Messages of which nobody knows where they came from */
    {"lookup/unknown-exporter", {{.hex = ADDRESS, .unknown = TRUE}, {.hex = DATA, .unknown = TRUE}}, "@@"},
    {"lookup/unknown-takes-known", {{.hex = ADDRESS, .host = 7}, {.hex = DATA, .unknown = TRUE}}, "@@"},
    {"lookup/unknown-all-agree",
     {{.hex = ADDRESS, .host = 7}, {.hex = ADDRESS, .host = 8}, {.hex = DATA, .unknown = TRUE}},
     "@@"},
    {"lookup/unknown-ambiguous",
     {{.hex = ADDRESS, .host = 7}, {.hex = PORTS, .host = 8}, {.hex = DATA, .unknown = TRUE}},
     "@@"},
    {"lookup/unknown-own-first",
     {{.hex = PORTS, .host = 8}, {.hex = ADDRESS, .unknown = TRUE}, {.hex = DATA, .unknown = TRUE}},
     "@@"},
    {"lookup/unknown-late", {{.hex = DATA, .unknown = TRUE}, {.hex = ADDRESS, .host = 7}}, "@@"},
    {"lookup/known-takes-no-unknown", {{.hex = ADDRESS, .unknown = TRUE}, {.hex = DATA}}, "@@"},
    {NULL, {{.hex = NULL}}, NULL},
};
