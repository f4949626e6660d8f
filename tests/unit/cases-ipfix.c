/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IPFIX (RFC 7011). */
#include "cases.h"

/* Template 256: addresses, octets (RFC 7011 3.4.1) */
#define TEMPLATE "0002 0014  0100 0003  0008 0004  000c 0004  0001 0004"
#define RECORD   "0a000001 0a000002 000003e8"
#define DATA     "0100 0010" RECORD

#define RECORD_TEXT                                                                                \
    "sourceIPv4Address=10.0.0.1 destinationIPv4Address=10.0.0.2 octetDeltaCount=1000"

/* Template 257: interfaceName of variable length, protocolIdentifier */
#define TEMPLATE_VARIABLE "0002 0010  0101 0002  0052 ffff  0004 0001"

const TranscriptCase ipfix_cases[] = {
    {"ipfix/template-and-data",
     {{.hex = IPFIX ("0034") TEMPLATE DATA}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"},
    {"ipfix/data-before-template-in-message",
     {{.hex = IPFIX ("0034") DATA TEMPLATE}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+16 256 data of packet 1 late\n"
     "  ! TEMPLATE_LATE 16+4 256 0\n"
     "  record 20+12 " RECORD_TEXT "\n"
     "set 32+20 2 template\n"
     "  template 36+16 256 8:4 12:4 1:4\n"},
    {"ipfix/header-only", {{.hex = IPFIX ("0010")}}, "message v10 16 domain 1 sequence 5\n"},
    {"ipfix/several-templates-in-set",
     {{.hex = IPFIX ("0040") "0002 001c  0100 0003  0008 0004 000c 0004 0001 0003"
                             "           0101 0001  0004 0001"
                             "0101 0005 06"
                             "0100 000f"
                             "0a000001 0a000002 0003e8"}},
     "message v10 64 domain 1 sequence 5\n"
     "set 16+28 2 template\n"
     "  template 20+16 256 8:4 12:4 1:3\n"
     "  template 36+8 257 4:1\n"
     "set 44+5 257 data of packet 1\n"
     "  record 48+1 protocolIdentifier=6\n"
     "set 49+15 256 data of packet 1\n"
     "  record 53+11 " RECORD_TEXT "\n"},
    {"ipfix/padding",
     {{.hex = IPFIX ("0043") TEMPLATE "0100 001f" RECORD RECORD "000000"}},
     "message v10 67 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+31 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "  record 52+12 " RECORD_TEXT "\n"
     "  padding 64+3\n"},
    {"ipfix/padding-in-all-sets",
     {{.hex = IPFIX ("003a") "0002 0017  0100 0003  0008 0004  000c 0004  0001 0004  000000"
                             "0100 0013" RECORD "000000"}},
     "message v10 58 domain 1 sequence 5\n"
     "set 16+23 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "  padding 36+3\n"
     "set 39+19 256 data of packet 1\n"
     "  record 43+12 " RECORD_TEXT "\n"
     "  padding 55+3\n"},
    {"ipfix/padding-long",
     {{.hex = IPFIX ("004c") "0002 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                             "0102 0024" RECORD "0000000a"
                             "00*16 "}},
     "message v10 76 domain 1 sequence 5\n"
     "set 16+24 2 template\n"
     "  template 20+20 258 8:4 12:4 1:4 2:4\n"
     "set 40+36 258 data of packet 1\n"
     "  record 44+16 " RECORD_TEXT " packetDeltaCount=10\n"
     "  ! SET_PADDING 60+16 16 16\n"
     "  padding 60+16\n"},
    /* variable length (RFC 7011 7) */
    {"ipfix/variable-short-form",
     {{.hex = IPFIX ("0031") TEMPLATE_VARIABLE "0101 0011  04 65746830 06  05 666f6f2f31 11"}},
     "message v10 49 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+17 257 data of packet 1\n"
     "  record 36+6 interfaceName=eth0 protocolIdentifier=6\n"
     "  record 42+7 interfaceName=foo/1 protocolIdentifier=17\n"},
    {"ipfix/variable-long-form",
     {{.hex = IPFIX ("002c") TEMPLATE_VARIABLE "0101 000c  ff 0004 65746830 06"}},
     "message v10 44 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+12 257 data of packet 1\n"
     "  record 36+8 interfaceName=eth0 protocolIdentifier=6\n"},
    {"ipfix/variable-length-0",
     {{.hex = IPFIX ("002a") TEMPLATE_VARIABLE "0101 000a  00 06  ff 0000 11"}},
     "message v10 42 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+10 257 data of packet 1\n"
     "  record 36+2 interfaceName= protocolIdentifier=6\n"
     "  record 38+4 interfaceName= protocolIdentifier=17\n"},
    {"ipfix/variable-past-its-set",
     {{.hex = IPFIX ("0036") TEMPLATE_VARIABLE "0101 000a  04 65746830 06"
                                               "0101 000c  09 65746830 06 00 11"}},
     "message v10 54 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+10 257 data of packet 1\n"
     "  record 36+6 interfaceName=eth0 protocolIdentifier=6\n"
     "set 42+12 257 data of packet 1\n"
     "  ! RECORD_TRUNCATED 46+8 8 2\n"
     "  undecoded 46+8\n"},
    {"ipfix/variable-prefix-cut-off",
     {{.hex = IPFIX ("0026") TEMPLATE_VARIABLE "0101 0006  ff 00"}},
     "message v10 38 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+6 257 data of packet 1\n"
     "  ! RECORD_TRUNCATED 36+2 2 2\n"
     "  undecoded 36+2\n"},
    {"ipfix/variable-padding",
     {{.hex = IPFIX ("002b") TEMPLATE_VARIABLE "0101 000b  04 65746830 06  00"}},
     "message v10 43 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+11 257 data of packet 1\n"
     "  record 36+6 interfaceName=eth0 protocolIdentifier=6\n"
     "  padding 42+1\n"},
    /* enterprises (RFC 7011 3.2), reverse elements (RFC 5103) */
    {"ipfix/enterprise",
     {{.hex =
           IPFIX ("0038") "0002 001c  0100 0003  8001 0002 0000ffff  8003 0004 00007279  0004 0001"
                          "0100 000c  0a0b 00000007 06 00"}},
     "message v10 56 domain 1 sequence 5\n"
     "set 16+28 2 template\n"
     "  template 20+24 256 65535/1:2 29305/3:4 4:1\n"
     "  ! ELEMENT_UNKNOWN 24+8 4294901761 2\n"
     "set 44+12 256 data of packet 1\n"
     "  record 48+7 65535/1=0a0b reverseDeltaFlowCount=7 protocolIdentifier=6\n"
     "  padding 55+1\n"},
    {"ipfix/enterprise-in-options",
     {{.hex = IPFIX ("0034") "0003 0016  0100 0002 0001  0090 0004  8001 0002 0000ffff"
                             "0100 000e  00000001 0a0b  0000 0000"}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+22 3 options template\n"
     "  template 20+18 256 144:4 | 65535/1:2\n"
     "  ! ELEMENT_UNKNOWN 30+8 4294901761 2\n"
     "set 38+14 256 data of packet 1\n"
     "  record 42+6 exportingProcessId=1 65535/1=0a0b\n"
     "  padding 48+4\n"},
    {"ipfix/enterprise-0",
     {{.hex = IPFIX ("0029") "0002 0010  0100 0001  8004 0001 00000000"
                             "0100 0009 06 11 2f 3a 84"}},
     "message v10 41 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 4:1\n"
     "set 32+9 256 data of packet 1\n"
     "  record 36+1 protocolIdentifier=6\n"
     "  record 37+1 protocolIdentifier=17\n"
     "  record 38+1 protocolIdentifier=47\n"
     "  record 39+1 protocolIdentifier=58\n"
     "  record 40+1 protocolIdentifier=132\n"},
    {"ipfix/reverse",
     {{.hex = IPFIX ("0034") "0002 0014  0100 0002  0001 0004  8001 0004 00007279"
                             "0100 0010  000003e8 000007d0 00000000"}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 1:4 29305/1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+8 octetDeltaCount=1000 reverseOctetDeltaCount=2000\n"
     "  padding 48+4\n"},
    /* Options Templates (RFC 7011 3.4.2) */
    {"ipfix/options",
     {{.hex = IPFIX ("0040") "0003 0018  0100 0003 0001  0095 0004  0029 0008  002a 0008  0000"
                             "0100 0018  00000001 0000000000000002 0000000000000003"}},
     "message v10 64 domain 1 sequence 5\n"
     "set 16+24 3 options template\n"
     "  template 20+18 256 149:4 | 41:8 42:8\n"
     "  padding 38+2\n"
     "set 40+24 256 data of packet 1\n"
     "  record 44+20 observationDomainId=1 exportedMessageTotalCount=2 "
     "exportedFlowRecordTotalCount=3\n"},
    {"ipfix/options-all-scope",
     {{.hex = IPFIX ("002e") "0003 0012  0100 0002 0002  0095 0004  0090 0004"
                             "0100 000c 0000000100000002"}},
     "message v10 46 domain 1 sequence 5\n"
     "set 16+18 3 options template\n"
     "  template 20+14 256 149:4 144:4\n"
     "set 34+12 256 data of packet 1\n"
     "  record 38+8 observationDomainId=1 exportingProcessId=2\n"},
    {"ipfix/options-without-scope",
     {{.hex = IPFIX ("0026") "0003 000e  0100 0001 0000  0095 0004"
                             "0100 0008 00000001"}},
     "message v10 38 domain 1 sequence 5\n"
     "set 16+14 3 options template\n"
     "  template 20+10 256 | 149:4\n"
     "  ! TEMPLATE_NO_SCOPE 20+10 256 0\n"
     "set 30+8 256 data of packet 1\n"
     "  record 34+4 observationDomainId=1\n"},
    {"ipfix/options-more-scope-than-fields",
     {{.hex = IPFIX ("003c") "0003 0018  0100 0001 0002  0095 0004  0101 0001 0001  0095 0004"
                             "0100 000c 00000001 00000002"
                             "0101 0008 00000001"}},
     "message v10 60 domain 1 sequence 5\n"
     "set 16+24 3 options template\n"
     "  ! TEMPLATE_SCOPE 20+10 2 1\n"
     "  undecoded 20+10\n"
     "  template 30+10 257 149:4\n"
     "set 40+12 256 data of no template\n"
     "  ! TEMPLATE_MISSING 40+4 256 8\n"
     "  undecoded 44+8\n"
     "set 52+8 257 data of packet 1\n"
     "  record 56+4 observationDomainId=1\n"},
    {"ipfix/options-several-and-padding",
     {{.hex = IPFIX ("0032") "0003 001a  0100 0001 0001  0095 0004  0101 0001 0001  0090 0004  0000"
                             "0101 0008 00000001"}},
     "message v10 50 domain 1 sequence 5\n"
     "set 16+26 3 options template\n"
     "  template 20+10 256 149:4\n"
     "  template 30+10 257 144:4\n"
     "  padding 40+2\n"
     "set 42+8 257 data of packet 1\n"
     "  record 46+4 exportingProcessId=1\n"},
    /* fields */
    {"ipfix/reduced-size",
     {{.hex = IPFIX ("002d") "0002 0010  0100 0002  0001 0003  0002 0001"
                             "0100 000d 0f4240 0a ffffff ff 00"}},
     "message v10 45 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 1:3 2:1\n"
     "set 32+13 256 data of packet 1\n"
     "  record 36+4 octetDeltaCount=1000000 packetDeltaCount=10\n"
     "  record 40+4 octetDeltaCount=16777215 packetDeltaCount=255\n"
     "  padding 44+1\n"},
    {"ipfix/integer-too-long",
     {{.hex = IPFIX ("0024") "0002 000c  0100 0001  0004 0002"
                             "0100 0008 0006 0011"}},
     "message v10 36 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 4:2\n"
     "  ! ELEMENT_LENGTH 24+4 4 2\n"
     "set 28+8 256 data of packet 1\n"
     "  record 32+2 protocolIdentifier=6\n"
     "  record 34+2 protocolIdentifier=17\n"},
    {"ipfix/address-too-short",
     {{.hex = IPFIX ("0024") "0002 000c  0100 0001  0008 0002"
                             "0100 0008 0a00 0a01"}},
     "message v10 36 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:2\n"
     "  ! ELEMENT_OCTETS 24+4 8 2\n"
     "set 28+8 256 data of packet 1\n"
     "  record 32+2 sourceIPv4Address=0a00\n"
     "  record 34+2 sourceIPv4Address=0a01\n"},
    {"ipfix/floats",
     {{.hex = IPFIX ("003c") "0002 0010  0100 0002  0140 0008  0140 0004"
                             "0100 001c"
                             "3ff8000000000000 3fc00000 bff8000000000000 bfc00000"}},
     "message v10 60 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 320:8 320:4\n"
     "set 32+28 256 data of packet 1\n"
     "  record 36+12 absoluteError=1.5 absoluteError=1.5\n"
     "  record 48+12 absoluteError=-1.5 absoluteError=-1.5\n"},
    {"ipfix/times",
     {{.hex = IPFIX ("0048") "0002 0018  0100 0004  0096 0004  0098 0008  009a 0008  009c 0008"
                             "0100 0020"
                             "6553f100  0000018bcfe56800  e8fe6f8080000000  e8fe6f8080000000"}},
     "message v10 72 domain 1 sequence 5\n"
     "set 16+24 2 template\n"
     "  template 20+20 256 150:4 152:8 154:8 156:8\n"
     "set 40+32 256 data of packet 1\n"
     "  record 44+28 flowStartSeconds=2023-11-14T22:13:20Z "
     "flowStartMilliseconds=2023-11-14T22:13:20.000Z "
     "flowStartMicroseconds=2023-11-14T22:13:20.500000Z "
     "flowStartNanoseconds=2023-11-14T22:13:20.500000000Z\n"},
    {"ipfix/strings",
     {{.hex = IPFIX ("002c") "0002 000c  0100 0001  0052 0004"
                             "0100 0010 65740000 65ff7468 00000000"}},
     "message v10 44 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 82:4\n"
     "set 28+16 256 data of packet 1\n"
     "  record 32+4 interfaceName=et\n"
     "  record 36+4 interfaceName=e\xef\xbf\xbd"
     "th\n"
     "  ! VALUE_ENCODING 36+4 82 2\n"
     "  record 40+4 interfaceName=\n"},
    {"ipfix/boolean-and-mac",
     {{.hex = IPFIX ("0033") "0002 0010  0100 0002  0114 0001  0038 0006"
                             "0100 0013"
                             "01 020000000001 02 020000000002 00"}},
     "message v10 51 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 276:1 56:6\n"
     "set 32+19 256 data of packet 1\n"
     "  record 36+7 dataRecordsReliability=true sourceMacAddress=02:00:00:00:00:01\n"
     "  record 43+7 dataRecordsReliability=false sourceMacAddress=02:00:00:00:00:02\n"
     "  padding 50+1\n"},
    {"ipfix/unknown-element",
     {{.hex = IPFIX ("002c") "0002 0010  0100 0002  7ffe 0003  0004 0001"
                             "0100 000c 0a0b0c 06 0d0e0f 11"}},
     "message v10 44 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 32766:3 4:1\n"
     "  ! ELEMENT_UNKNOWN 24+4 32766 3\n"
     "set 32+12 256 data of packet 1\n"
     "  record 36+4 32766=0a0b0c protocolIdentifier=6\n"
     "  record 40+4 32766=0d0e0f protocolIdentifier=17\n"},
    {"ipfix/element-twice",
     {{.hex = IPFIX ("0034") "0002 0010  0100 0002  0143 0008  0143 0008"
                             "0100 0014 0000018bcfe56800 0000018bcfe56801"}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+16 2 template\n"
     "  template 20+12 256 323:8 323:8\n"
     "set 32+20 256 data of packet 1\n"
     "  record 36+16 observationTimeMilliseconds=2023-11-14T22:13:20.000Z "
     "observationTimeMilliseconds=2023-11-14T22:13:20.001Z\n"},
    {"ipfix/field-of-length-0",
     {{.hex = IPFIX ("0030") "0002 0014  0100 0003  0052 0000  0008 0000  0004 0001"
                             "0100 000c 06*4 11*4 "}},
     "message v10 48 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 82:0 8:0 4:1\n"
     "  ! TEMPLATE_ZERO_LENGTH 24+4 82 0\n"
     "  ! TEMPLATE_ZERO_LENGTH 28+4 8 0\n"
     "set 36+12 256 data of packet 1\n"
     "  record 40+1 interfaceName= sourceIPv4Address= protocolIdentifier=6\n"
     "  record 41+1 interfaceName= sourceIPv4Address= protocolIdentifier=6\n"
     "  record 42+1 interfaceName= sourceIPv4Address= protocolIdentifier=6\n"
     "  record 43+1 interfaceName= sourceIPv4Address= protocolIdentifier=6\n"
     "  record 44+1 interfaceName= sourceIPv4Address= protocolIdentifier=17\n"
     "  record 45+1 interfaceName= sourceIPv4Address= protocolIdentifier=17\n"
     "  record 46+1 interfaceName= sourceIPv4Address= protocolIdentifier=17\n"
     "  record 47+1 interfaceName= sourceIPv4Address= protocolIdentifier=17\n"},
    {"ipfix/record-of-length-0",
     {{.hex = IPFIX ("0034") "0002 000c  0100 0001  0008 0000"
                             "0100 0010 00*12 "
                             "0100 0008 01*4 "}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  template 20+8 256 8:0\n"
     "  ! TEMPLATE_ZERO_RECORD 20+8 256 0\n"
     "  ! TEMPLATE_ZERO_LENGTH 24+4 8 0\n"
     "set 28+16 256 data of packet 1\n"
     "  ! TEMPLATE_ZERO_RECORD 28+4 256 0\n"
     "  undecoded 32+12\n"
     "set 44+8 256 data of packet 1\n"
     "  ! TEMPLATE_ZERO_RECORD 44+4 256 0\n"
     "  undecoded 48+4\n"},
    /* withdrawal (RFC 7011 8.1) */
    {"ipfix/withdrawal-udp",
     {{.hex = IPFIX ("004c") TEMPLATE DATA "0002 0008 0100 0000" DATA}},
     "message v10 76 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "set 52+8 2 template\n"
     "  withdrawal 56+4 256\n"
     "  ! TEMPLATE_WITHDRAWAL 56+4 256 0\n"
     "set 60+16 256 data of packet 1\n"
     "  record 64+12 " RECORD_TEXT "\n"},
    {"ipfix/withdrawal-tcp",
     {{.hex = IPFIX ("0070") TEMPLATE DATA "0002 0008 0100 0000" DATA TEMPLATE DATA,
       .transport = NF_TRANSPORT_TCP}},
     "message v10 112 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "set 52+8 2 template\n"
     "  withdrawal 56+4 256\n"
     "set 60+16 256 data of no template\n"
     "  ! TEMPLATE_MISSING 60+4 256 12\n"
     "  undecoded 64+12\n"
     "set 76+20 2 template\n"
     "  template 80+16 256 8:4 12:4 1:4\n"
     "set 96+16 256 data of packet 1\n"
     "  record 100+12 " RECORD_TEXT "\n"},
    {"ipfix/withdrawal-sctp",
     {{.hex = IPFIX ("004c") TEMPLATE DATA "0002 0008 0100 0000" DATA,
       .transport = NF_TRANSPORT_SCTP}},
     "message v10 76 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "set 52+8 2 template\n"
     "  withdrawal 56+4 256\n"
     "set 60+16 256 data of no template\n"
     "  ! TEMPLATE_MISSING 60+4 256 12\n"
     "  undecoded 64+12\n"},
    {"ipfix/withdrawal-of-all-templates",
     {{.hex = IPFIX ("007e") TEMPLATE "0003 000e  0101 0001 0001  0095 0004" DATA
                                      "0002 0008 0002 0000" DATA "0101 0008 00000001" TEMPLATE
                                      "0101 0008 00000001",
       .transport = NF_TRANSPORT_TCP}},
     "message v10 126 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+14 3 options template\n"
     "  template 40+10 257 149:4\n"
     "set 50+16 256 data of packet 1\n"
     "  record 54+12 " RECORD_TEXT "\n"
     "set 66+8 2 template\n"
     "  withdrawal 70+4 2\n"
     "set 74+16 256 data of no template\n"
     "  ! TEMPLATE_MISSING 74+4 256 12\n"
     "  undecoded 78+12\n"
     "set 90+8 257 data of packet 1\n"
     "  record 94+4 observationDomainId=1\n"
     "set 98+20 2 template\n"
     "  template 102+16 256 8:4 12:4 1:4\n"
     "set 118+8 257 data of packet 1\n"
     "  record 122+4 observationDomainId=1\n"},
    {"ipfix/withdrawal-of-all-options-templates",
     {{.hex = IPFIX ("005a") TEMPLATE "0003 000e  0101 0001 0001  0095 0004"
                                      "0101 0008 00000001"
                                      "0003 0008 0003 0000" DATA "0101 0008 00000001",
       .transport = NF_TRANSPORT_TCP}},
     "message v10 90 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+14 3 options template\n"
     "  template 40+10 257 149:4\n"
     "set 50+8 257 data of packet 1\n"
     "  record 54+4 observationDomainId=1\n"
     "set 58+8 3 options template\n"
     "  withdrawal 62+4 3\n"
     "set 66+16 256 data of packet 1\n"
     "  record 70+12 " RECORD_TEXT "\n"
     "set 82+8 257 data of no template\n"
     "  ! TEMPLATE_MISSING 82+4 257 4\n"
     "  undecoded 86+4\n"},
    {"ipfix/withdrawal-of-a-reserved-id",
     {{.hex = IPFIX ("0018") "0002 0008 0003 0000"}},
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 2 template\n"
     "  ! TEMPLATE_ID 20+4 3 0\n"
     "  undecoded 20+4\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
