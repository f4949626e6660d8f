/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structured data (RFC 6313): lists in records. */
#include "cases.h"

/* Template 256: a basicList */
#define BASIC "0002 000c 0100 0001 0123 ffff"
#define BASIC_TEXT                                                                                 \
    "set 16+12 2 template\n"                                                                       \
    "  template 20+8 256 291:v\n"

/* Template 256: a subTemplateList; 257: an address, a protocol */
#define SUB "0002 0018 0100 0001 0124 ffff 0101 0002 0008 0004 0004 0001"
#define SUB_TEXT                                                                                   \
    "set 16+24 2 template\n"                                                                       \
    "  template 20+8 256 292:v\n"                                                                  \
    "  template 28+12 257 8:4 4:1\n"

/* the same with a subTemplateMultiList */
#define MULTI "0002 0018 0100 0001 0125 ffff 0101 0002 0008 0004 0004 0001"
#define MULTI_TEXT                                                                                 \
    "set 16+24 2 template\n"                                                                       \
    "  template 20+8 256 293:v\n"                                                                  \
    "  template 28+12 257 8:4 4:1\n"

const TranscriptCase list_cases[] = {
    {"list/basic-fixed",
     {{.hex = IPFIX ("002e") BASIC "0100 0012 0d 03 000a 0004 00000007 00000008"}},
     "message v10 46 domain 1 sequence 5\n" BASIC_TEXT "set 28+18 256 data of packet 1\n"
     "  record 32+14 basicList=allOf[{ingressInterface=7} {ingressInterface=8}]\n"},
    {"list/basic-one-octet-values",
     {{.hex = IPFIX ("0029") BASIC "0100 000d 08 03 0004 0001 0601 11"}},
     "message v10 41 domain 1 sequence 5\n" BASIC_TEXT "set 28+13 256 data of packet 1\n"
     "  record 32+9 basicList=allOf[{protocolIdentifier=6} {protocolIdentifier=1} "
     "{protocolIdentifier=17}]\n"},
    {"list/basic-variable",
     {{.hex = IPFIX ("002e") BASIC "0100 0012 0d 02 0052 ffff 02 6c6f 00 ff0001 61"}},
     "message v10 46 domain 1 sequence 5\n" BASIC_TEXT "set 28+18 256 data of packet 1\n"
     "  record 32+14 basicList=oneOrMoreOf[{interfaceName=lo} {interfaceName=} "
     "{interfaceName=a}]\n"},
    {"list/basic-enterprise",
     {{.hex = IPFIX ("002c") BASIC "0100 0010 0b 03 806f ffff 00001ad7 01 61"}},
     "message v10 44 domain 1 sequence 5\n" BASIC_TEXT "set 28+16 256 data of packet 1\n"
     "  record 32+12 basicList=allOf[{cert.httpUserAgent=a}]\n"},
    /* an enterprise number of 0 is one, too: the header has nine octets */
    {"list/basic-enterprise-0",
     {{.hex = IPFIX ("002b") BASIC "0100 000f 0a 03 8004 0001 00000000 06"}},
     "message v10 43 domain 1 sequence 5\n" BASIC_TEXT "set 28+15 256 data of packet 1\n"
     "  record 32+11 basicList=allOf[{protocolIdentifier=6}]\n"},
    {"list/basic-semantic",
     {{.hex = IPFIX ("002e") BASIC "0100 0012 06 05 0004 0001 06 06 ff 0004 0001 06"}},
     "message v10 46 domain 1 sequence 5\n" BASIC_TEXT "set 28+18 256 data of packet 1\n"
     "  record 32+7 basicList=5[{protocolIdentifier=6}]\n"
     "  record 39+7 basicList=undefined[{protocolIdentifier=6}]\n"},
    {"list/basic-long-prefix",
     {{.hex = IPFIX ("0029") BASIC "0100 000d ff0006 03 0004 0001 06"}},
     "message v10 41 domain 1 sequence 5\n" BASIC_TEXT "set 28+13 256 data of packet 1\n"
     "  record 32+9 basicList=allOf[{protocolIdentifier=6}]\n"},
    /* the field of the list has a fixed length: what it has not is no padding, but content */
    {"list/basic-fixed-field",
     {{.hex = IPFIX ("002e") "0002 000c 0100 0001 0123 0007"
                             "0100 0012 03 0004 0001 06 11 04 0004 0001 06 01"}},
     "message v10 46 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 291:7\n"
     "set 28+18 256 data of packet 1\n"
     "  record 32+7 basicList=allOf[{protocolIdentifier=6} {protocolIdentifier=17}]\n"
     "  record 39+7 basicList=ordered[{protocolIdentifier=6} {protocolIdentifier=1}]\n"},
    {"list/basic-of-lists",
     {{.hex = IPFIX ("0032") BASIC "0100 0016 11 03 0123 0006 04 0004 0001 06 04 0004 0001 11"}},
     "message v10 50 domain 1 sequence 5\n" BASIC_TEXT "set 28+22 256 data of packet 1\n"
     "  record 32+18 basicList=allOf[{basicList=ordered[{protocolIdentifier=6}]} "
     "{basicList=ordered[{protocolIdentifier=17}]}]\n"},
    {"list/basic-of-multi-lists",
     {{.hex = IPFIX ("003f") "0002 0018 0100 0001 0123 ffff 0101 0002 0008 0004 0004 0001"
                             "0100 0017 12 00 0125 ffff 0a 03 0101 0009 0a000001 06 01 04"}},
     "message v10 63 domain 1 sequence 5\n"
     "set 16+24 2 template\n"
     "  template 20+8 256 291:v\n"
     "  template 28+12 257 8:4 4:1\n"
     "set 40+23 256 data of packet 1\n"
     "  record 44+19 basicList=noneOf[{subTemplateMultiList=allOf[257: {sourceIPv4Address=10.0.0.1 "
     "protocolIdentifier=6}]} {subTemplateMultiList=ordered[]}]\n"},
    {"list/sub-template-fixed",
     {{.hex = IPFIX ("003a") SUB "0100 0012 0d 03 0101 0a000001 06 0a000002 11"}},
     "message v10 58 domain 1 sequence 5\n" SUB_TEXT "set 40+18 256 data of packet 1\n"
     "  record 44+14 subTemplateList=allOf[257: {sourceIPv4Address=10.0.0.1 protocolIdentifier=6} "
     "{sourceIPv4Address=10.0.0.2 protocolIdentifier=17}]\n"},
    {"list/sub-template-variable",
     {{.hex = IPFIX ("0036") "0002 0018 0100 0001 0124 ffff 0101 0002 0052 ffff 0004 0001"
                             "0100 000e 09 03 0101 02 6c6f 06 00 11"}},
     "message v10 54 domain 1 sequence 5\n"
     "set 16+24 2 template\n"
     "  template 20+8 256 292:v\n"
     "  template 28+12 257 82:v 4:1\n"
     "set 40+14 256 data of packet 1\n"
     "  record 44+10 subTemplateList=allOf[257: {interfaceName=lo protocolIdentifier=6} "
     "{interfaceName= protocolIdentifier=17}]\n"},
    {"list/multi",
     {{.hex = IPFIX ("0049") MULTI
       "0100 0021 1c 03 0101 000e 0a000001 06 0a000002 11 0101 0004 0101 0009 "
       "0a000003 01"}},
     "message v10 73 domain 1 sequence 5\n" MULTI_TEXT "set 40+33 256 data of packet 1\n"
     "  record 44+29 subTemplateMultiList=allOf[257: {sourceIPv4Address=10.0.0.1 "
     "protocolIdentifier=6} {sourceIPv4Address=10.0.0.2 protocolIdentifier=17} 257: 257: "
     "{sourceIPv4Address=10.0.0.3 protocolIdentifier=1}]\n"},
    {"list/empty",
     {{.hex = IPFIX ("0037") "0002 0014 0100 0003 0123 ffff 0124 ffff 0125 ffff"
                             "0100 0013 05 03 0004 0001 03 03 03e7 01 03 00 00 00"}},
     "message v10 55 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 291:v 292:v 293:v\n"
     "set 36+19 256 data of packet 1\n"
     "  record 40+12 basicList=allOf[] subTemplateList=allOf[999:] subTemplateMultiList=allOf[]\n"
     "  record 52+3 basicList=[] subTemplateList=[] subTemplateMultiList=[]\n"},
    /* a record of fields of length 0, which are lists */
    {"list/empty-fields",
     {{.hex = IPFIX ("0026") "0002 0010 0100 0002 0123 0000 0004 0001"
                             "0100 0006 06 11"}},
     "message v10 38 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 291:0 4:1\n"
     "  ! TEMPLATE_ZERO_LENGTH 24+4 291 0\n"
     "set 32+6 256 data of packet 1\n"
     "  record 36+1 basicList=[] protocolIdentifier=6\n"
     "  record 37+1 basicList=[] protocolIdentifier=17\n"},
    {"list/in-options",
     {{.hex = IPFIX ("0046") "0003 0012 0100 0002 0001 0123 ffff 0124 ffff"
                             "0002 0010 0101 0002 0008 0004 0004 0001"
                             "0100 0014 06 03 0004 0001 06 08 03 0101 0a000001 06"}},
     "message v10 70 domain 1 sequence 5\n"
     "set 16+18 3 options template\n"
     "  template 20+14 256 291:v | 292:v\n"
     "set 34+16 2 template\n"
     "  template 38+12 257 8:4 4:1\n"
     "set 50+20 256 data of packet 1\n"
     "  record 54+16 basicList=allOf[{protocolIdentifier=6}] subTemplateList=allOf[257: "
     "{sourceIPv4Address=10.0.0.1 protocolIdentifier=6}]\n"},
    /* records of an Options Template */
    {"list/of-options-records",
     {{.hex = IPFIX ("003b") "0002 000c 0100 0001 0124 ffff"
                             "0003 0012 0101 0002 0001 0095 0004 0004 0001"
                             "0100 000d 08 03 0101 00000001 06"}},
     "message v10 59 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 292:v\n"
     "set 28+18 3 options template\n"
     "  template 32+14 257 149:4 | 4:1\n"
     "set 46+13 256 data of packet 1\n"
     "  record 50+9 subTemplateList=allOf[257: {observationDomainId=1 protocolIdentifier=6}]\n"},
    /* NetFlow v9 has no lists, but who sends them will send RFC 6313's */
    {"list/netflow9",
     {{.hex = V9 ("0002") "0000 000c 0100 0001 0123 0007"
                          "0100 000c 03 0004 0001 06 11 00"}},
     "message v9 44 count 2 domain 1 sequence 5\n"
     "set 20+12 0 template\n"
     "  template 24+8 256 291:7\n"
     "set 32+12 256 data of packet 1\n"
     "  record 36+7 basicList=allOf[{protocolIdentifier=6} {protocolIdentifier=17}]\n"
     "  padding 43+1\n"},
    {"list/nested",
     {{.hex =
           IPFIX ("0058") "0002 0020 0100 0001 0125 ffff 0101 0002 0008 0004 0124 ffff 0102 0001 "
                          "0123 ffff"
                          "0100 0028 23 03 0101 0022 0a000001 11 04 0102 06 03 0004 0001 06 06 03 "
                          "0004 0001 11 0a000002 03 ff 0102"}},
     "message v10 88 domain 1 sequence 5\n"
     "set 16+32 2 template\n"
     "  template 20+8 256 293:v\n"
     "  template 28+12 257 8:4 292:v\n"
     "  template 40+8 258 291:v\n"
     "set 48+40 256 data of packet 1\n"
     "  record 52+36 subTemplateMultiList=allOf[257: {sourceIPv4Address=10.0.0.1 "
     "subTemplateList=ordered[258: {basicList=allOf[{protocolIdentifier=6}]} "
     "{basicList=allOf[{protocolIdentifier=17}]}]} {sourceIPv4Address=10.0.0.2 "
     "subTemplateList=undefined[258:]}]\n"},
    /* each has its own fields and lists, of variable length */
    {"list/two-records",
     {{.hex =
           IPFIX ("004f") "0002 001c 0100 0002 0124 ffff 0052 ffff 0101 0002 0052 ffff 0123 ffff"
                          "0100 0023 16 03 0101 01 61 06 03 0004 0001 06 02 6263 06 03 0004 0001 "
                          "11 01 64 03 03 0101 01 65"}},
     "message v10 79 domain 1 sequence 5\n"
     "set 16+28 2 template\n"
     "  template 20+12 256 292:v 82:v\n"
     "  template 32+12 257 82:v 291:v\n"
     "set 44+35 256 data of packet 1\n"
     "  record 48+25 subTemplateList=allOf[257: {interfaceName=a "
     "basicList=allOf[{protocolIdentifier=6}]} {interfaceName=bc "
     "basicList=allOf[{protocolIdentifier=17}]}] interfaceName=d\n"
     "  record 73+6 subTemplateList=allOf[257:] interfaceName=e\n"},
    /* the Template of the records is the one in force at the Data Set */
    {"list/redefined",
     {{.hex = IPFIX ("004b") SUB "0100 000d 08 03 0101 0a000001 06"
                                 "0002 000c 0101 0001 0004 0001"
                                 "0100 000a 05 03 0101 06 11"}},
     "message v10 75 domain 1 sequence 5\n" SUB_TEXT "set 40+13 256 data of packet 1\n"
     "  record 44+9 subTemplateList=allOf[257: {sourceIPv4Address=10.0.0.1 protocolIdentifier=6}]\n"
     "set 53+12 2 template\n"
     "  template 57+8 257 4:1\n"
     "set 65+10 256 data of packet 1\n"
     "  record 69+6 subTemplateList=allOf[257: {protocolIdentifier=6} {protocolIdentifier=17}]\n"},
    /* said once a Data Set, whatever the number of lists */
    {"list/late",
     {{.hex = IPFIX ("001c") "0002 000c 0100 0001 0124 ffff"},
      {.hex = IPFIX ("0033") "0100 0016 08 03 0101 0a000001 06 08 03 0101 0a000002 11"
                             "0100 000d 08 03 0101 0a000003 01"},
      {.hex = IPFIX ("0020") "0002 0010 0101 0002 0008 0004 0004 0001"}},
     "packet 1\n"
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 292:v\n"
     "packet 2\n"
     "message v10 51 domain 1 sequence 5\n"
     "set 16+22 256 data of packet 1\n"
     "  record 20+9 subTemplateList=allOf[257: {sourceIPv4Address=10.0.0.1 protocolIdentifier=6}]\n"
     "  ! TEMPLATE_LATE 21+3 257 0\n"
     "  record 29+9 subTemplateList=allOf[257: {sourceIPv4Address=10.0.0.2 "
     "protocolIdentifier=17}]\n"
     "set 38+13 256 data of packet 1\n"
     "  record 42+9 subTemplateList=allOf[257: {sourceIPv4Address=10.0.0.3 protocolIdentifier=1}]\n"
     "  ! TEMPLATE_LATE 43+3 257 0\n"
     "packet 3\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 8:4 4:1\n"},
    {"list/foreign",
     {{.hex = IPFIX ("0020") "0002 0010 0101 0002 0008 0004 0004 0001", .port = 4000},
      {.hex = IPFIX ("002b") "0002 000c 0100 0001 0125 ffff"
                             "0100 000f 0a 03 0101 0009 0a000001 06"}},
     "packet 1\n"
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 8:4 4:1\n"
     "packet 2\n"
     "message v10 43 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 293:v\n"
     "set 28+15 256 data of packet 2\n"
     "  record 32+11 subTemplateMultiList=allOf[257: {sourceIPv4Address=10.0.0.1 "
     "protocolIdentifier=6}]\n"
     "  ! TEMPLATE_FOREIGN 34+4 257 0\n"},
    /* said once a Data Set and element, and again in the next */
    {"list/unknown-element",
     {{.hex =
           IPFIX ("0040") BASIC "0100 0019 06 03 7ffe 0001 06 06 03 7ffd 0001 06 06 03 7ffe 0001 11"
                                "0100 000b 06 03 7ffe 0001 06"}},
     "message v10 64 domain 1 sequence 5\n" BASIC_TEXT "set 28+25 256 data of packet 1\n"
     "  record 32+7 basicList=allOf[{32766=06}]\n"
     "  ! ELEMENT_UNKNOWN 34+4 32766 1\n"
     "  record 39+7 basicList=allOf[{32765=06}]\n"
     "  ! ELEMENT_UNKNOWN 41+4 32765 1\n"
     "  record 46+7 basicList=allOf[{32766=11}]\n"
     "set 53+11 256 data of packet 1\n"
     "  record 57+7 basicList=allOf[{32766=06}]\n"
     "  ! ELEMENT_UNKNOWN 59+4 32766 1\n"},
    {"list/odd-lengths",
     {{.hex = IPFIX ("0037") BASIC
       "0100 001b 07 03 0004 0002 0006 08 03 0008 0003 0a0000 05 03 0004 0000"}},
     "message v10 55 domain 1 sequence 5\n" BASIC_TEXT "set 28+27 256 data of packet 1\n"
     "  record 32+8 basicList=allOf[{protocolIdentifier=6}]\n"
     "  ! ELEMENT_LENGTH 34+4 4 2\n"
     "  record 40+9 basicList=allOf[{sourceIPv4Address=0a0000}]\n"
     "  ! ELEMENT_OCTETS 42+4 8 3\n"
     "  record 49+6 basicList=allOf[]\n"
     "  ! TEMPLATE_ZERO_LENGTH 51+4 4 0\n"},
    /* eight lists, as many as there may be */
    {"list/deep",
     {{.hex =
           IPFIX ("0048") "0002 0014 0100 0001 0124 ffff 0101 0001 0124 ffff"
                          "0100 0024 1f 03 0101 1b 03 0101 17 03 0101 13 03 0101 0f 03 0101 0b 03 "
                          "0101 07 03 0101 03 03 0101"}},
     "message v10 72 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+8 256 292:v\n"
     "  template 28+8 257 292:v\n"
     "set 36+36 256 data of packet 1\n"
     "  record 40+32 subTemplateList=allOf[257: {subTemplateList=allOf[257: "
     "{subTemplateList=allOf[257: {subTemplateList=allOf[257: {subTemplateList=allOf[257: "
     "{subTemplateList=allOf[257: {subTemplateList=allOf[257: "
     "{subTemplateList=allOf[257:]}]}]}]}]}]}]}]\n"},
    {.name = NULL},
};
