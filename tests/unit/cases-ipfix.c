/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IPFIX (RFC 7011). */
#include "cases.h"

/* version, Length, 2023-11-14T22:13:20Z, sequence 5, Observation Domain 1 */
#define IPFIX(length) "000a" length "6553f100 00000005 00000001"

/* Template 256: addresses, octets (RFC 7011 3.4.1) */
#define TEMPLATE "0002 0014  0100 0003  0008 0004  000c 0004  0001 0004"
#define RECORD   "0a000001 0a000002 000003e8"
#define DATA     "0100 0010" RECORD

/* Template 257: interfaceName of variable length, protocolIdentifier */
#define TEMPLATE_VARIABLE "0002 0010  0101 0002  0052 ffff  0004 0001"

const TranscriptCase ipfix_cases[] = {
    {"ipfix/template-and-data", {{.hex = IPFIX ("0034") TEMPLATE DATA}}, "@@"},
    {"ipfix/data-before-template-in-message", {{.hex = IPFIX ("0034") DATA TEMPLATE}}, "@@"},
    {"ipfix/header-only", {{.hex = IPFIX ("0010")}}, "@@"},
    {"ipfix/several-templates-in-set",
     {{.hex = IPFIX ("0040") "0002 001c  0100 0003  0008 0004 000c 0004 0001 0004"
                      "           0101 0001  0004 0001"
                      "0101 0005 06" "0100 000f" "0a000001 0a000002 0003e8"}},
     "@@"},
    {"ipfix/padding",
     {{.hex = IPFIX ("0040") TEMPLATE "0100 001c" RECORD "0a000003 0a000004 000003"}},
     "@@"},
    {"ipfix/padding-in-all-sets",
     {{.hex = IPFIX ("003a") "0002 0017  0100 0003  0008 0004  000c 0004  0001 0004  000000"
                      "0100 0013" RECORD "000000"}},
     "@@"},
    {"ipfix/padding-long",
     {{.hex = IPFIX ("004c") "0002 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                      "0102 0024" RECORD "0000000a" "00*16 "}},
     "@@"},
    /* variable length (RFC 7011 7) */
    {"ipfix/variable-short-form",
     {{.hex = IPFIX ("0031") TEMPLATE_VARIABLE "0101 0011  04 65746830 06  05 666f6f2f31 11"}},
     "@@"},
    {"ipfix/variable-long-form", {{.hex = IPFIX ("002c") TEMPLATE_VARIABLE "0101 000c  ff 0004 65746830 06"}},
     "@@"},
    {"ipfix/variable-254-octets",
     {{.hex = IPFIX ("0124") TEMPLATE_VARIABLE "0101 0104  fe 61*254 06"}},
     "@@"},
    {"ipfix/variable-length-0",
     {{.hex = IPFIX ("002a") TEMPLATE_VARIABLE "0101 000a  00 06  ff 0000 11"}},
     "@@"},
    {"ipfix/variable-past-its-set",
     {{.hex = IPFIX ("0036") TEMPLATE_VARIABLE "0101 000a  04 65746830 06"
                      "0101 000c  09 65746830 06 00 11"}},
     "@@"},
    {"ipfix/variable-prefix-cut-off", {{.hex = IPFIX ("0026") TEMPLATE_VARIABLE "0101 0006  ff 00"}}, "@@"},
    {"ipfix/variable-padding",
     {{.hex = IPFIX ("002b") TEMPLATE_VARIABLE "0101 000b  04 65746830 06  00"}},
     "@@"},
    /* enterprises (RFC 7011 3.2), reverse elements (RFC 5103) */
    {"ipfix/enterprise",
     {{.hex = IPFIX ("003c") "0002 0020  0100 0003  8001 0002 0000ffff  8003 0004 00007279  0004 0001"
                      "0100 000c  0a0b 00000007 06 00"}},
     "@@"},
    {"ipfix/enterprise-in-options",
     {{.hex = IPFIX ("0038") "0003 001a  0100 0002 0001  0090 0004  8001 0002 0000ffff"
                      "0100 000e  00000001 0a0b  0000 0000"}},
     "@@"},
    {"ipfix/enterprise-0",
     {{.hex = IPFIX ("0029") "0002 0010  0100 0001  8004 0001 00000000" "0100 0009 06 11 2f 3a 84"}},
     "@@"},
    {"ipfix/reverse",
     {{.hex = IPFIX ("0034") "0002 0014  0100 0002  0001 0004  8001 0004 00007279"
                      "0100 0010  000003e8 000007d0 00000000"}},
     "@@"},
    /* Options Templates (RFC 7011 3.4.2) */
    {"ipfix/options",
     {{.hex = IPFIX ("003c") "0003 0018  0100 0003 0001  0095 0004  0029 0008  002a 0008  0000"
                      "0100 0018  00000001 0000000000000002 0000000000000003"}},
     "@@"},
    {"ipfix/options-all-scope",
     {{.hex = IPFIX ("002e") "0003 0012  0100 0002 0002  0095 0004  0090 0004" "0100 000c 0000000100000002"}},
     "@@"},
    {"ipfix/options-without-scope",
     {{.hex = IPFIX ("0026") "0003 000e  0100 0001 0000  0095 0004" "0100 0008 00000001"}},
     "@@"},
    {"ipfix/options-more-scope-than-fields",
     {{.hex = IPFIX ("003c") "0003 0018  0100 0001 0002  0095 0004  0101 0001 0001  0095 0004"
                      "0100 000c 00000001 00000002" "0101 0008 00000001"}},
     "@@"},
    {"ipfix/options-several-and-padding",
     {{.hex = IPFIX ("0032") "0003 001a  0100 0001 0001  0095 0004  0101 0001 0001  0090 0004  0000"
                      "0101 0008 00000001"}},
     "@@"},
    /* fields */
    {"ipfix/reduced-size",
     {{.hex = IPFIX ("002d") "0002 0010  0100 0002  0001 0003  0002 0001" "0100 000d 0f4240 0a ffffff ff 00"}},
     "@@"},
    {"ipfix/integer-too-long",
     {{.hex = IPFIX ("0024") "0002 000c  0100 0001  0004 0002" "0100 0008 0006 0011"}},
     "@@"},
    {"ipfix/address-too-short",
     {{.hex = IPFIX ("0024") "0002 000c  0100 0001  0008 0002" "0100 0008 0a00 0a01"}},
     "@@"},
    {"ipfix/floats",
     {{.hex = IPFIX ("003c") "0002 0010  0100 0002  0140 0008  0140 0004" "0100 001c"
                      "3ff8000000000000 3fc00000 bff8000000000000 bfc00000"}},
     "@@"},
    {"ipfix/times",
     {{.hex = IPFIX ("0054") "0002 0018  0100 0004  0096 0004  0098 0008  009a 0008  009c 0008" "0100 002c"
                      "6553f100  0000018bcfe56800  e8fde58080000000  e8fde58080000000"
                      "000000000000000000000000"}},
     "@@"},
    {"ipfix/strings",
     {{.hex = IPFIX ("002c") "0002 000c  0100 0001  0052 0004" "0100 0010 65740000 65ff7468 00000000"}},
     "@@"},
    {"ipfix/boolean-and-mac",
     {{.hex = IPFIX ("0033") "0002 0010  0100 0002  0114 0001  0038 0006" "0100 0013"
                      "01 020000000001 02 020000000002 00"}},
     "@@"},
    {"ipfix/unknown-element",
     {{.hex = IPFIX ("002c") "0002 0010  0100 0002  7ffe 0003  0004 0001" "0100 000c 0a0b0c 06 0d0e0f 11"}},
     "@@"},
    {"ipfix/element-twice",
     {{.hex = IPFIX ("0028") "0002 0010  0100 0002  0143 0004  0143 0004" "0100 0008 00000001"}},
     "@@"},
    {"ipfix/field-of-length-0",
     {{.hex = IPFIX ("0030") "0002 0014  0100 0003  0052 0000  0008 0000  0004 0001" "0100 000c 06*4 11*4 "}},
     "@@"},
    {"ipfix/record-of-length-0",
     {{.hex = IPFIX ("0034") "0002 000c  0100 0001  0008 0000" "0100 0010 00*12 " "0100 0008 01*4 "}},
     "@@"},
    /* withdrawal (RFC 7011 8.1) */
    {"ipfix/withdrawal-udp", {{.hex = IPFIX ("004c") TEMPLATE DATA "0002 0008 0100 0000" DATA}}, "@@"},
    {"ipfix/withdrawal-tcp",
     {{.hex = IPFIX ("0070") TEMPLATE DATA "0002 0008 0100 0000" DATA TEMPLATE DATA,
       .transport = NF_TRANSPORT_TCP}},
     "@@"},
    {"ipfix/withdrawal-sctp",
     {{.hex = IPFIX ("004c") TEMPLATE DATA "0002 0008 0100 0000" DATA, .transport = NF_TRANSPORT_SCTP}},
     "@@"},
    {"ipfix/withdrawal-of-all-templates",
     {{.hex = IPFIX ("006a") TEMPLATE "0003 000e  0101 0001 0001  0095 0004" DATA "0002 0008 0002 0000" DATA
                      "0101 0008 00000001" TEMPLATE "0101 0008 00000001", 
       .transport = NF_TRANSPORT_TCP}},
     "@@"},
    {"ipfix/withdrawal-of-all-options-templates",
     {{.hex = IPFIX ("0062") TEMPLATE "0003 000e  0101 0001 0001  0095 0004" "0101 0008 00000001"
                      "0003 0008 0003 0000" DATA "0101 0008 00000001",
       .transport = NF_TRANSPORT_TCP}},
     "@@"},
    {"ipfix/withdrawal-of-a-reserved-id", {{.hex = IPFIX ("0018") "0002 0008 0003 0000"}}, "@@"},
    /* Templates that cannot be */
    {"ipfix/template-id-below-256",
     {{.hex = IPFIX ("002c") "0002 0014  0003 0001  0008 0004  0100 0001  0008 0004" "0100 0008 0a000001"}},
     "@@"},
    {"ipfix/template-past-its-set",
     {{.hex = IPFIX ("0034") "0002 0014  0100 0004  0008 0004  000c 0004  0001 0004" DATA}},
     "@@"},
    {"ipfix/template-header-past-its-set", {{.hex = IPFIX ("0018") "0003 0008 0100 0001"}}, "@@"},
    {"ipfix/enterprise-number-past-its-set",
     {{.hex = IPFIX ("001c") "0002 000c 0100 0001 8001 0004"}},
     "@@"},
    /* Sets that cannot be */
    {"ipfix/set-length-0", {{.hex = IPFIX ("0044") TEMPLATE "0100 0000" RECORD DATA}}, "@@"},
    {"ipfix/set-length-3", {{.hex = IPFIX ("0044") TEMPLATE "0100 0003" RECORD DATA}}, "@@"},
    {"ipfix/set-past-the-end", {{.hex = IPFIX ("0036") TEMPLATE "0100 0020" RECORD "0a0b"}}, "@@"},
    {"ipfix/set-past-the-end-whole-records", {{.hex = IPFIX ("0034") TEMPLATE "0100 ffff" RECORD}}, "@@"},
    {"ipfix/set-id-reserved", {{.hex = IPFIX ("003c") "0004 0008 01020304" TEMPLATE DATA}}, "@@"},
    {"ipfix/set-id-0", {{.hex = IPFIX ("003c") "0000 0008 01020304" TEMPLATE DATA}}, "@@"},
    {"ipfix/set-id-reserved-empty", {{.hex = IPFIX ("0014") "00ff 0004"}}, "@@"},
    {"ipfix/set-empty", {{.hex = IPFIX ("0028") TEMPLATE "0100 0004"}}, "@@"},
    {"ipfix/set-empty-without-template", {{.hex = IPFIX ("0014") "0100 0004"}}, "@@"},
    {"ipfix/set-of-less-than-a-record", {{.hex = IPFIX ("002a") TEMPLATE "0100 0006 0000"}}, "@@"},
    {"ipfix/without-template", {{.hex = IPFIX ("0020") DATA}}, "@@"},
    /* Length against the datagram */
    {"ipfix/length-too-low", {{.hex = IPFIX ("0024") TEMPLATE DATA}}, "@@"},
    {"ipfix/length-too-high", {{.hex = IPFIX ("0050") TEMPLATE "0100 0020" RECORD}}, "@@"},
    {"ipfix/length-below-header", {{.hex = IPFIX ("0003") TEMPLATE DATA}}, "@@"},
    {"ipfix/length-in-a-set", {{.hex = IPFIX ("002c") TEMPLATE DATA}}, "@@"},
    /* redefinition */
    {"ipfix/redefined-between-sets",
     {{.hex = IPFIX ("004c") TEMPLATE DATA "0002 0010  0100 0002  0007 0002  000b 0002"
                      "0100 0008 0050 0051"}},
     "@@"},
    {"ipfix/redefined-in-one-set",
     {{.hex = IPFIX ("0030") "0002 0018  0100 0002  0007 0002  000b 0002  0100 0001  0008 0004"
                      "0100 0008 0a000001"}},
     "@@"},
    /* the snap length */
    {"ipfix/cut-record", {{.hex = IPFIX ("0040") TEMPLATE "0100 001c" RECORD RECORD, .cut = 5}}, "@@"},
    {"ipfix/cut-variable-record",
     {{.hex = IPFIX ("0031") TEMPLATE_VARIABLE "0101 0011  04 65746830 06  05 666f6f2f31 11", .cut = 3}},
     "@@"},
    {"ipfix/cut-template", {{.hex = IPFIX ("0034") TEMPLATE DATA, .cut = 19}}, "@@"},
    {"ipfix/cut-and-length-too-high", {{.hex = IPFIX ("0050") TEMPLATE DATA, .cut = 5}}, "@@"},
    {"ipfix/cut-behind-its-length", {{.hex = IPFIX ("0034") TEMPLATE DATA "0102030405", .cut = 3}}, "@@"},
    {NULL, {{.hex = NULL}}, NULL},
};
