/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists in records that do not add up, or whose Templates are not known (RFC 6313). */
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

const TranscriptCase list_bad_cases[] = {
    {"list-bad/header-basic",
     {{.hex = IPFIX ("0030") BASIC "0100 0014 01 03 04 03 0004 00 08 03 8004 0001 000000"}},
     "message v10 48 domain 1 sequence 5\n" BASIC_TEXT "set 28+20 256 data of packet 1\n"
     "  record 32+2 basicList=[?33+1]\n"
     "  ! LIST_HEADER 33+1 1 5\n"
     "  record 34+5 basicList=[?35+4]\n"
     "  ! LIST_HEADER 35+4 4 5\n"
     "  record 39+9 basicList=[?40+8]\n"
     "  ! LIST_HEADER 40+8 8 9\n"},
    {"list-bad/header-sub-template",
     {{.hex = IPFIX ("0031") SUB "0100 0009 01 03 02 03 01"}},
     "message v10 49 domain 1 sequence 5\n" SUB_TEXT "set 40+9 256 data of packet 1\n"
     "  record 44+2 subTemplateList=[?45+1]\n"
     "  ! LIST_HEADER 45+1 1 3\n"
     "  record 46+3 subTemplateList=[?47+2]\n"
     "  ! LIST_HEADER 47+2 2 3\n"},
    {"list-bad/values",
     {{.hex = IPFIX ("002d") BASIC "0100 0011 0c 03 000a 0004 00000007 000000"}},
     "message v10 45 domain 1 sequence 5\n" BASIC_TEXT "set 28+17 256 data of packet 1\n"
     "  record 32+13 basicList=allOf[{ingressInterface=7} ?42+3]\n"
     "  ! LIST_VALUES 42+3 3 4\n"},
    {"list-bad/values-of-length-0",
     {{.hex = IPFIX ("0028") BASIC "0100 000c 07 03 0052 0000 6162"}},
     "message v10 40 domain 1 sequence 5\n" BASIC_TEXT "set 28+12 256 data of packet 1\n"
     "  record 32+8 basicList=allOf[?38+2]\n"
     "  ! TEMPLATE_ZERO_LENGTH 34+4 82 0\n"
     "  ! LIST_VALUES 38+2 2 0\n"},
    {"list-bad/value",
     {{.hex = IPFIX ("0046") BASIC
       "0100 002a 0a 03 0052 ffff 01 61 03 6162 06 03 0052 ffff ff 07 03 0052 "
       "ffff ff00 0b 03 0052 ffff ff0004 616263"}},
     "message v10 70 domain 1 sequence 5\n" BASIC_TEXT "set 28+42 256 data of packet 1\n"
     "  record 32+11 basicList=allOf[{interfaceName=a} ?40+3]\n"
     "  ! LIST_VALUE 40+3 3 0\n"
     "  record 43+7 basicList=allOf[?49+1]\n"
     "  ! LIST_VALUE 49+1 1 0\n"
     "  record 50+8 basicList=allOf[?56+2]\n"
     "  ! LIST_VALUE 56+2 2 0\n"
     "  record 58+12 basicList=allOf[?64+6]\n"
     "  ! LIST_VALUE 64+6 6 0\n"},
    {"list-bad/record",
     {{.hex = IPFIX ("0038") SUB "0100 0010 0b 03 0101 0a000001 06 0a0000"}},
     "message v10 56 domain 1 sequence 5\n" SUB_TEXT "set 40+16 256 data of packet 1\n"
     "  record 44+12 subTemplateList=allOf[257: {sourceIPv4Address=10.0.0.1 protocolIdentifier=6} "
     "?53+3]\n"
     "  ! LIST_RECORD 53+3 257 3\n"},
    {"list-bad/record-variable",
     {{.hex = IPFIX ("0035") "0002 0018 0100 0001 0124 ffff 0101 0002 0052 ffff 0004 0001"
                             "0100 000d 08 03 0101 01 61 06 01 62"}},
     "message v10 53 domain 1 sequence 5\n"
     "set 16+24 2 template\n"
     "  template 20+8 256 292:v\n"
     "  template 28+12 257 82:v 4:1\n"
     "set 40+13 256 data of packet 1\n"
     "  record 44+9 subTemplateList=allOf[257: {interfaceName=a protocolIdentifier=6} ?51+2]\n"
     "  ! LIST_RECORD 51+2 257 2\n"},
    {"list-bad/records-of-length-0",
     {{.hex = IPFIX ("0031") "0002 0014 0100 0001 0124 ffff 0101 0001 0052 0000"
                             "0100 000d 04 03 0101 06 03 03 0101"}},
     "message v10 49 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+8 256 292:v\n"
     "  template 28+8 257 82:0\n"
     "  ! TEMPLATE_ZERO_RECORD 28+8 257 0\n"
     "  ! TEMPLATE_ZERO_LENGTH 32+4 82 0\n"
     "set 36+13 256 data of packet 1\n"
     "  record 40+5 subTemplateList=allOf[257: ?44+1]\n"
     "  ! TEMPLATE_ZERO_RECORD 44+1 257 0\n"
     "  record 45+4 subTemplateList=allOf[257:]\n"},
    /* the next part is found all the same */
    {"list-bad/part",
     {{.hex =
           IPFIX ("0041") MULTI "0100 0019 14 03 0101 000a 0a000001 06 0a 0101 0009 0a000002 11"}},
     "message v10 65 domain 1 sequence 5\n" MULTI_TEXT "set 40+25 256 data of packet 1\n"
     "  record 44+21 subTemplateMultiList=allOf[257: {sourceIPv4Address=10.0.0.1 "
     "protocolIdentifier=6} ?55+1 257: {sourceIPv4Address=10.0.0.2 protocolIdentifier=17}]\n"
     "  ! LIST_RECORD 55+1 257 1\n"},
    {"list-bad/part-header",
     {{.hex = IPFIX ("003a") MULTI "0100 0012 0d 03 0101 0009 0a000001 06 010100"}},
     "message v10 58 domain 1 sequence 5\n" MULTI_TEXT "set 40+18 256 data of packet 1\n"
     "  record 44+14 subTemplateMultiList=allOf[257: {sourceIPv4Address=10.0.0.1 "
     "protocolIdentifier=6} ?55+3]\n"
     "  ! LIST_PART_HEADER 55+3 3 4\n"},
    {"list-bad/part-length",
     {{.hex = IPFIX ("0038") MULTI "0100 0010 05 03 0101 0000 05 03 0101 0003"}},
     "message v10 56 domain 1 sequence 5\n" MULTI_TEXT "set 40+16 256 data of packet 1\n"
     "  record 44+6 subTemplateMultiList=allOf[?46+4]\n"
     "  ! LIST_PART_LENGTH 46+4 0 0\n"
     "  record 50+6 subTemplateMultiList=allOf[?52+4]\n"
     "  ! LIST_PART_LENGTH 52+4 3 0\n"},
    {"list-bad/part-beyond",
     {{.hex = IPFIX ("0037") MULTI "0100 000f 0a 03 0101 000a 0a000001 06"}},
     "message v10 55 domain 1 sequence 5\n" MULTI_TEXT "set 40+15 256 data of packet 1\n"
     "  record 44+11 subTemplateMultiList=allOf[?46+9]\n"
     "  ! LIST_PART_BEYOND 46+9 10 9\n"},
    {"list-bad/no-template",
     {{.hex =
           IPFIX ("0046") MULTI "0100 001e 19 03 03e7 0005 06 0002 0005 06 0000 0005 06 0101 0009 "
                                "0a000001 06"}},
     "message v10 70 domain 1 sequence 5\n" MULTI_TEXT "set 40+30 256 data of packet 1\n"
     "  record 44+26 subTemplateMultiList=allOf[999: ?50+1 2: ?55+1 0: ?60+1 257: "
     "{sourceIPv4Address=10.0.0.1 protocolIdentifier=6}]\n"
     "  ! LIST_TEMPLATE 50+1 999 1\n"
     "  ! LIST_TEMPLATE 55+1 2 1\n"
     "  ! LIST_TEMPLATE 60+1 0 1\n"},
    /* each list is judged for itself */
    {"list-bad/nested",
     {{.hex =
           IPFIX ("003d") "0002 0014 0100 0001 0124 ffff 0101 0001 0123 ffff"
                          "0100 0019 14 03 0101 06 03 000a 0004 00 06 03 0004 0001 06 01 03 05"}},
     "message v10 61 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+8 256 292:v\n"
     "  template 28+8 257 291:v\n"
     "set 36+25 256 data of packet 1\n"
     "  record 40+21 subTemplateList=allOf[257: {basicList=allOf[?50+1]} "
     "{basicList=allOf[{protocolIdentifier=6}]} {basicList=[?59+1]} ?60+1]\n"
     "  ! LIST_VALUES 50+1 1 4\n"
     "  ! LIST_HEADER 59+1 1 5\n"
     "  ! LIST_RECORD 60+1 257 1\n"},
    /* Template 257 has a list of its own records */
    {"list-bad/too-deep",
     {{.hex =
           IPFIX ("004d") "0002 0014 0100 0001 0124 ffff 0101 0001 0124 ffff"
                          "0100 0029 24 03 0101 20 03 0101 1c 03 0101 18 03 0101 14 03 0101 10 03 "
                          "0101 0c 03 0101 08 03 0101 04 03 0101 00"}},
     "message v10 77 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+8 256 292:v\n"
     "  template 28+8 257 292:v\n"
     "set 36+41 256 data of packet 1\n"
     "  record 40+37 subTemplateList=allOf[257: {subTemplateList=allOf[257: "
     "{subTemplateList=allOf[257: {subTemplateList=allOf[257: {subTemplateList=allOf[257: "
     "{subTemplateList=allOf[257: {subTemplateList=allOf[257: {subTemplateList=allOf[257: "
     "{subTemplateList=[?73+4]}]}]}]}]}]}]}]}]\n"
     "  ! LIMIT_LIST_DEPTH 73+4 8 0\n"},
    {"list-bad/too-deep-basic",
     {{.hex = IPFIX ("0057") BASIC
       "0100 003b 36 03 0123 ffff 30 03 0123 ffff 2a 03 0123 ffff 24 03 0123 "
       "ffff 1e 03 0123 ffff 18 03 0123 ffff 12 03 0123 ffff 0c 03 0123 ffff 06 "
       "03 0123 ffff 00"}},
     "message v10 87 domain 1 sequence 5\n" BASIC_TEXT "set 28+59 256 data of packet 1\n"
     "  record 32+55 "
     "basicList=allOf[{basicList=allOf[{basicList=allOf[{basicList=allOf[{basicList=allOf[{"
     "basicList=allOf[{basicList=allOf[{basicList=allOf[{basicList=[?81+6]}]}]}]}]}]}]}]}]\n"
     "  ! LIMIT_LIST_DEPTH 81+6 8 0\n"},
    {.name = NULL},
};
