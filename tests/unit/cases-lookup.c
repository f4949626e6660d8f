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
    {"lookup/earlier-message", {{ADDRESS}, {DATA}}, "@@"},
    {"lookup/later-message", {{DATA}, {ADDRESS}}, "@@"},
    {"lookup/other-file", {{ADDRESS, .file = 1}, {DATA, .file = 2}}, "@@"},
    {"lookup/later-file", {{DATA, .file = 1}, {ADDRESS, .file = 2}}, "@@"},
    {"lookup/redefined", {{ADDRESS}, {DATA}, {PORTS}, {DATA}}, "@@"},
    {"lookup/redefined-and-back", {{ADDRESS}, {PORTS}, {DATA}, {ADDRESS}, {DATA}}, "@@"},
    {"lookup/refreshed", {{ADDRESS}, {ADDRESS}, {DATA}}, "@@"},
    /* the first one after it, not the last */
    {"lookup/late-then-redefined", {{DATA}, {ADDRESS}, {PORTS}}, "@@"},
    {"lookup/none", {{DATA}}, "@@"},
    /* one id, different Templates */
    {"lookup/two-exporters",
     {{ADDRESS}, {PORTS, .host = 2}, {DATA}, {DATA, .host = 2}},
     "@@"},
    {"lookup/two-domains",
     {{ADDRESS},
      {DOMAIN_2 ("0020") "0002 0010  0100 0002  0007 0002  000b 0002"},
      {DATA},
      {DOMAIN_2 ("0018") "0100 0008  0a000001"}},
     "@@"},
    {"lookup/two-versions", {{PORTS}, {V9_ADDRESS}, {DATA}, {V9_DATA}}, "@@"},
    {"lookup/other-exporter", {{ADDRESS}, {DATA, .host = 2}}, "@@"},
    {"lookup/other-domain", {{ADDRESS}, {DOMAIN_2 ("0018") "0100 0008  0a000001"}}, "@@"},
    {"lookup/other-version", {{ADDRESS}, {V9_DATA}}, "@@"},
    {"lookup/ipv6-exporter", {{ADDRESS, .family = 6}, {DATA, .family = 6}, {DATA}}, "@@"},
    /* the same octets as an IPv4 and as an IPv6 address are two exporters */
    {"lookup/ipv6-other-exporter",
     {{ADDRESS, .family = 6}, {DATA, .family = 6, .host = 2}},
     "@@"},
    /* sessions of one exporter */
    {"lookup/other-collector", {{ADDRESS}, {DATA, .to = 2}}, "@@"},
    {"lookup/other-port", {{ADDRESS, .port = 4000}, {DATA, .port = 4001}}, "@@"},
    {"lookup/other-port-v9", {{V9_ADDRESS, .port = 4000}, {V9_DATA, .port = 4001}}, "@@"},
    {"lookup/own-before-foreign",
     {{ADDRESS, .port = 4000}, {PORTS, .port = 4001}, {DATA, .port = 4001}, {DATA, .port = 4000}},
     "@@"},
    /* a late Template of the own session comes before a foreign one */
    {"lookup/late-before-foreign",
     {{ADDRESS, .port = 4000}, {DATA, .port = 4001}, {PORTS, .port = 4001}},
     "@@"},
    /* of the sessions with other collectors before those of other ports */
    {"lookup/collector-before-port",
     {{ADDRESS, .to = 2}, {PORTS, .port = 4000}, {DATA}},
     "@@"},
    {"lookup/foreign-nearest",
     {{ADDRESS, .port = 4000}, {PORTS, .port = 4001}, {DATA, .port = 4002}},
     "@@"},
    {"lookup/foreign-in-force-before-late",
     {{ADDRESS, .port = 4000}, {DATA, .port = 4002}, {PORTS, .port = 4001}},
     "@@"},
    {"lookup/foreign-late", {{DATA, .port = 4002}, {ADDRESS, .port = 4001}}, "@@"},
    {"lookup/tcp-connections",
     {{ADDRESS, .connection = 1, TCP},
      {PORTS, .connection = 2, TCP},
      {DATA, .connection = 1, TCP},
      {DATA, .connection = 2, TCP}},
     "@@"},
    /* withdrawal */
    {"lookup/withdrawn",
     {{ADDRESS, TCP}, {DATA, TCP}, {WITHDRAWN, TCP}, {DATA, TCP}, {PORTS, TCP}, {DATA, TCP}},
     "@@"},
    {"lookup/withdrawn-udp", {{ADDRESS}, {WITHDRAWN}, {DATA}}, "@@"},
    /* what this session withdrew is not borrowed from another */
    {"lookup/withdrawn-here-only",
     {{ADDRESS, .port = 4000, TCP}, {ADDRESS, TCP}, {WITHDRAWN, TCP}, {DATA, TCP}},
     "@@"},
    {"lookup/all-withdrawn",
     {{ADDRESS, TCP},
      {DATA, TCP},
      {IPFIX ("0018") "0002 0008  0002 0000", TCP},
      {DATA, TCP},
      {ADDRESS, TCP},
      {DATA, TCP}},
     "@@"},
    /* Messages of which nobody knows where they came from */
    {"lookup/unknown-exporter", {{ADDRESS, .unknown = TRUE}, {DATA, .unknown = TRUE}}, "@@"},
    {"lookup/unknown-takes-known", {{ADDRESS, .host = 7}, {DATA, .unknown = TRUE}}, "@@"},
    {"lookup/unknown-all-agree",
     {{ADDRESS, .host = 7}, {ADDRESS, .host = 8}, {DATA, .unknown = TRUE}},
     "@@"},
    {"lookup/unknown-ambiguous",
     {{ADDRESS, .host = 7}, {PORTS, .host = 8}, {DATA, .unknown = TRUE}},
     "@@"},
    {"lookup/unknown-own-first",
     {{PORTS, .host = 8}, {ADDRESS, .unknown = TRUE}, {DATA, .unknown = TRUE}},
     "@@"},
    {"lookup/unknown-late", {{DATA, .unknown = TRUE}, {ADDRESS, .host = 7}}, "@@"},
    {"lookup/known-takes-no-unknown", {{ADDRESS, .unknown = TRUE}, {DATA}}, "@@"},
    {NULL, {{NULL}}, NULL},
};
