/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What exporters are known to send in more than one Message. Other quirks of theirs are golden
 * samples (tests/golden/README.md). */
#include "cases.h"

#define V9_OF(source) "0009 0002 00002710 6553f100 00000005" source

/* Options Template 257: scope System, FLOW_SAMPLER_ID, _MODE, _RANDOM_INTERVAL */
#define SAMPLERS "0001 001c  0101 0004 000c  0001 0004  0030 0001  0031 0001  0032 0004 0000"

/* Template 256: octets, FLOW_SAMPLER_ID */
#define SAMPLED "0000 0010  0100 0002  0001 0004  0030 0002"

/* Template 256 of IPv4, and of IPv6 */
#define OF_IPV4 "0000 0010  0100 0002  0008 0004  0001 0004"
#define OF_IPV6 "0000 0010  0100 0002  001b 0010  0001 0004"
#define IPV4    "0100 000c  0a000001 00000064"
#define IPV6    "0100 0018  20010db8 00000000 00000000 00000001 000000c8"

const TranscriptCase vendor_cases[] = {
    /* ASR 9000 */
    {"vendor/sampler-never-announced",
     {{.hex = V9 ("0002") SAMPLED "0100 000c 000003e8 0001 0000"}},
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 1:4 48:2\n"
     "  ! ELEMENT_LENGTH_NETFLOW9 32+4 48 2\n"
     "set 36+12 256 data of packet 1\n"
     "  record 40+6 octetDeltaCount=1000 samplerId=1\n"
     "  padding 46+2\n"},
    /* Catalyst 9300 */
    {"vendor/sampler-in-another-domain",
     {{.hex = V9_OF ("00000000") SAMPLERS "0101 0010 00000000 01 02 00000064 0000"},
      {.hex = V9_OF ("00000100") SAMPLED "0100 000c 000003e8 0001 0000"}},
     "packet 1\n"
     "message v9 64 count 2 domain 0 sequence 5\n"
     "set 20+28 1 options template\n"
     "  template 24+22 257 1:4 | 48:1 49:1 50:4\n"
     "  padding 46+2\n"
     "set 48+16 257 data of packet 1\n"
     "  record 52+10 scope_system=0 samplerId=1 samplerMode=2 samplerRandomInterval=100\n"
     "  padding 62+2\n"
     "packet 2\n"
     "message v9 48 count 2 domain 256 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 1:4 48:2\n"
     "  ! ELEMENT_LENGTH_NETFLOW9 32+4 48 2\n"
     "set 36+12 256 data of packet 2\n"
     "  record 40+6 octetDeltaCount=1000 samplerId=1\n"
     "  padding 46+2\n"},
    /* NCS 5500 */
    {"vendor/two-samplers",
     {{.hex = V9 ("0003") SAMPLERS "0101 0018 00000000 01 02 00000064 00000000 02 02 00001000"},
      {.hex = V9 ("0003") SAMPLED "0100 0010 000003e8 0002 000007d0 0001"}},
     "packet 1\n"
     "message v9 72 count 3 domain 1 sequence 5\n"
     "set 20+28 1 options template\n"
     "  template 24+22 257 1:4 | 48:1 49:1 50:4\n"
     "  padding 46+2\n"
     "set 48+24 257 data of packet 1\n"
     "  record 52+10 scope_system=0 samplerId=1 samplerMode=2 samplerRandomInterval=100\n"
     "  record 62+10 scope_system=0 samplerId=2 samplerMode=2 samplerRandomInterval=4096\n"
     "packet 2\n"
     "message v9 52 count 3 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 1:4 48:2\n"
     "  ! ELEMENT_LENGTH_NETFLOW9 32+4 48 2\n"
     "set 36+16 256 data of packet 2\n"
     "  record 40+6 octetDeltaCount=1000 samplerId=2\n"
     "  record 46+6 octetDeltaCount=2000 samplerId=1\n"},
    /* nfprobe of pmacct, one process an interface */
    {"vendor/two-processes-of-one-domain",
     {{.hex = V9 ("0002") OF_IPV4 IPV4, .port = 4000},
      {.hex = V9 ("0002") OF_IPV6 IPV6, .port = 4001},
      {.hex = V9 ("0001") IPV4, .port = 4000},
      {.hex = V9 ("0001") IPV6, .port = 4001}},
     "packet 1\n"
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 8:4 1:4\n"
     "set 36+12 256 data of packet 1\n"
     "  record 40+8 sourceIPv4Address=10.0.0.1 octetDeltaCount=100\n"
     "packet 2\n"
     "message v9 60 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 27:16 1:4\n"
     "set 36+24 256 data of packet 2\n"
     "  record 40+20 sourceIPv6Address=2001:db8::1 octetDeltaCount=200\n"
     "packet 3\n"
     "message v9 32 count 1 domain 1 sequence 5\n"
     "set 20+12 256 data of packet 1\n"
     "  record 24+8 sourceIPv4Address=10.0.0.1 octetDeltaCount=100\n"
     "packet 4\n"
     "message v9 44 count 1 domain 1 sequence 5\n"
     "set 20+24 256 data of packet 2\n"
     "  record 24+20 sourceIPv6Address=2001:db8::1 octetDeltaCount=200\n"},
    {"vendor/two-layouts-alternate",
     {{.hex = V9 ("0002") OF_IPV4 IPV4},
      {.hex = V9 ("0002") OF_IPV6 IPV6},
      {.hex = V9 ("0002") OF_IPV4 IPV4},
      {.hex = V9 ("0001") IPV4}},
     "packet 1\n"
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 8:4 1:4\n"
     "set 36+12 256 data of packet 1\n"
     "  record 40+8 sourceIPv4Address=10.0.0.1 octetDeltaCount=100\n"
     "packet 2\n"
     "message v9 60 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 27:16 1:4\n"
     "set 36+24 256 data of packet 2\n"
     "  record 40+20 sourceIPv6Address=2001:db8::1 octetDeltaCount=200\n"
     "packet 3\n"
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 8:4 1:4\n"
     "set 36+12 256 data of packet 3\n"
     "  record 40+8 sourceIPv4Address=10.0.0.1 octetDeltaCount=100\n"
     "packet 4\n"
     "message v9 32 count 1 domain 1 sequence 5\n"
     "set 20+12 256 data of packet 3\n"
     "  record 24+8 sourceIPv4Address=10.0.0.1 octetDeltaCount=100\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
