/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetFlow v9 (RFC 3954). */
#include "cases.h"

/* Template 256: addresses, octets (RFC 3954 5.2) */
#define TEMPLATE "0000 0014  0100 0003  0008 0004  000c 0004  0001 0004"
#define RECORD   "0a000001 0a000002 000003e8"
#define DATA     "0100 0010" RECORD

/* Template 257: an address, two ports, a protocol: 9 octets */
#define TEMPLATE_ODD "0000 0018  0101 0004  0008 0004  0007 0002  000b 0002  0004 0001"
#define RECORD_ODD   "0a000001 c350 0050 06"

#define RECORD_TEXT                                                                                \
    "sourceIPv4Address=10.0.0.1 destinationIPv4Address=10.0.0.2 octetDeltaCount=1000"
#define RECORD_ODD_TEXT                                                                            \
    "sourceIPv4Address=10.0.0.1 sourceTransportPort=50000 destinationTransportPort=80 "            \
    "protocolIdentifier=6"

const TranscriptCase netflow9_cases[] = {
    {"v9/template-and-data",
     {{.hex = V9 ("0002") TEMPLATE DATA}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"},
    {"v9/data-before-template-in-message",
     {{.hex = V9 ("0002") DATA TEMPLATE}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "set 20+16 256 data of packet 1 late\n"
     "  ! TEMPLATE_LATE 20+4 256 0\n"
     "  record 24+12 " RECORD_TEXT "\n"
     "set 36+20 0 template\n"
     "  template 40+16 256 8:4 12:4 1:4\n"},
    {"v9/padding",
     {{.hex = V9 ("0003") TEMPLATE_ODD "0101 0018" RECORD_ODD RECORD_ODD "0000"}},
     "message v9 68 count 3 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  template 24+20 257 8:4 7:2 11:2 4:1\n"
     "set 44+24 257 data of packet 1\n"
     "  record 48+9 " RECORD_ODD_TEXT "\n"
     "  record 57+9 " RECORD_ODD_TEXT "\n"
     "  padding 66+2\n"},
    {"v9/padding-not-zero",
     {{.hex = V9 ("0002") TEMPLATE_ODD "0101 0010" RECORD_ODD "000102"}},
     "message v9 60 count 2 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  template 24+20 257 8:4 7:2 11:2 4:1\n"
     "set 44+16 257 data of packet 1\n"
     "  record 48+9 " RECORD_ODD_TEXT "\n"
     "  ! SET_PADDING_NOT_ZERO 57+3 3 9\n"
     "  padding 57+3\n"},
    {"v9/no-padding",
     {{.hex = V9 ("0003") TEMPLATE_ODD "0101 000d" RECORD_ODD "0101 000d" RECORD_ODD}},
     "message v9 70 count 3 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  template 24+20 257 8:4 7:2 11:2 4:1\n"
     "set 44+13 257 data of packet 1\n"
     "  ! SET_ALIGNMENT 44+4 13 0\n"
     "  record 48+9 " RECORD_ODD_TEXT "\n"
     "set 57+13 257 data of packet 1\n"
     "  ! SET_ALIGNMENT 57+4 13 0\n"
     "  record 61+9 " RECORD_ODD_TEXT "\n"},
    /* as NX-OS and IOS-XR do: zeros that are as long as records are no records */
    {"v9/padding-long",
     {{.hex = V9 ("0002") "0000 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                          "0102 0034" RECORD "0000000a"
                          "00*32 "}},
     "message v9 96 count 2 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  template 24+20 258 8:4 12:4 1:4 2:4\n"
     "set 44+52 258 data of packet 1\n"
     "  record 48+16 " RECORD_TEXT " packetDeltaCount=10\n"
     "  ! SET_PADDING 64+32 32 16\n"
     "  padding 64+32\n"},
    /* what is not all zero is a record, and zeros before it are one, too */
    {"v9/zero-record-before-another",
     {{.hex = V9 ("0004") "0000 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                          "0102 0034" RECORD "0000000a"
                          "00*16 " RECORD "0000000b"}},
     "message v9 96 count 4 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  template 24+20 258 8:4 12:4 1:4 2:4\n"
     "set 44+52 258 data of packet 1\n"
     "  record 48+16 " RECORD_TEXT " packetDeltaCount=10\n"
     "  record 64+16 sourceIPv4Address=0.0.0.0 destinationIPv4Address=0.0.0.0 octetDeltaCount=0 "
     "packetDeltaCount=0\n"
     "  record 80+16 " RECORD_TEXT " packetDeltaCount=11\n"},
    /* the only record of a FlowSet is one */
    {"v9/zero-record-alone",
     {{.hex = V9 ("0002") "0000 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                          "0102 0014 00*16 "}},
     "message v9 64 count 2 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  template 24+20 258 8:4 12:4 1:4 2:4\n"
     "set 44+20 258 data of packet 1\n"
     "  record 48+16 sourceIPv4Address=0.0.0.0 destinationIPv4Address=0.0.0.0 octetDeltaCount=0 "
     "packetDeltaCount=0\n"},
    {"v9/several-templates-several-sets",
     {{.hex = V9 ("0006") "0000 0028  0100 0003 0008 0004 000c 0004 0001 0004"
                          "           0101 0004 0008 0004 0007 0002 000b 0002 0004 0001" DATA
                          "0101 0010" RECORD_ODD "000000" TEMPLATE DATA}},
     "message v9 128 count 6 domain 1 sequence 5\n"
     "set 20+40 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "  template 40+20 257 8:4 7:2 11:2 4:1\n"
     "set 60+16 256 data of packet 1\n"
     "  record 64+12 " RECORD_TEXT "\n"
     "set 76+16 257 data of packet 1\n"
     "  record 80+9 " RECORD_ODD_TEXT "\n"
     "  padding 89+3\n"
     "set 92+20 0 template\n"
     "  template 96+16 256 8:4 12:4 1:4\n"
     "set 112+16 256 data of packet 1\n"
     "  record 116+12 " RECORD_TEXT "\n"},
    {"v9/template-set-padding",
     {{.hex = V9 ("0002") "0000 0010 0100 0002 0008 0004 0001 0004"
                          "0100 000c 0a000001 00000001"}},
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 8:4 1:4\n"
     "set 36+12 256 data of packet 1\n"
     "  record 40+8 sourceIPv4Address=10.0.0.1 octetDeltaCount=1\n"},
    /* too few octets for another Template */
    {"v9/template-set-rest",
     {{.hex = V9 ("0002") "0000 0012 0100 0001 0008 0004  0101 0001 0008"
                          "0001 0016 0101 0000 0004 0022 0004  0102 0000 0004 0022"}},
     "message v9 60 count 2 domain 1 sequence 5\n"
     "set 20+18 0 template\n"
     "  ! SET_ALIGNMENT 20+4 18 0\n"
     "  template 24+8 256 8:4\n"
     "  ! SET_PADDING_NOT_ZERO 32+6 6 8\n"
     "  padding 32+6\n"
     "set 38+22 1 options template\n"
     "  ! SET_ALIGNMENT 38+4 22 0\n"
     "  template 42+10 257 | 34:4\n"
     "  ! SET_PADDING_NOT_ZERO 52+8 8 10\n"
     "  padding 52+8\n"},
    /* Count (RFC 3954 5.1: records, Templates among them) */
    {"v9/count-of-flowsets",
     {{.hex = V9 ("0002") TEMPLATE "0100 001c" RECORD RECORD}},
     "message v9 68 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+28 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "  record 56+12 " RECORD_TEXT "\n"
     "! MESSAGE_COUNT_FLOWSETS 2+2 2 3\n"},
    {"v9/count-below-flowsets",
     {{.hex = V9 ("0001") TEMPLATE DATA DATA DATA}},
     "message v9 88 count 1 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "set 56+16 256 data of packet 1\n"
     "  record 60+12 " RECORD_TEXT "\n"
     "set 72+16 256 data of packet 1\n"
     "  record 76+12 " RECORD_TEXT "\n"
     "! MESSAGE_COUNT 2+2 1 4\n"},
    {"v9/count-too-high",
     {{.hex = V9 ("0007") TEMPLATE DATA}},
     "message v9 56 count 7 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "! MESSAGE_COUNT 2+2 7 2\n"},
    {"v9/count-unknown-without-template",
     {{.hex = V9 ("0007") TEMPLATE "0101 0008 00000001"}},
     "message v9 48 count 7 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+8 257 data of no template\n"
     "  ! TEMPLATE_MISSING 40+4 257 4\n"
     "  undecoded 44+4\n"},
    /* what exporters put behind their FlowSets */
    {"v9/trailing",
     {{.hex = V9 ("0002") TEMPLATE DATA "0a0b0c"}},
     "message v9 59 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "! MESSAGE_TRAILING 56+3 3 0\n"
     "undecoded 56+3\n"},
    {"v9/trailing-zeros",
     {{.hex = V9 ("0002") TEMPLATE DATA "00*40 "}},
     "message v9 96 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "! MESSAGE_TRAILING_ZERO 56+40 40 0\n"
     "undecoded 56+40\n"},
    {"v9/trailing-two-zeros",
     {{.hex = V9 ("0002") TEMPLATE DATA "0000"}},
     "message v9 58 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "! MESSAGE_TRAILING 56+2 2 0\n"
     "undecoded 56+2\n"},
    /* Options Templates (RFC 3954 6.1) */
    {"v9/options-all-scope-types",
     {{.hex = V9 (
           "0002") "0001 0024  0101 0014 0004  0001 0004 0002 0004 0003 0004 0004 0002 0005 0002"
                   "           0022 0004  0000"
                   "0101 0018  00000001 00000002 00000003 0004 0005 00000064"}},
     "message v9 80 count 2 domain 1 sequence 5\n"
     "set 20+36 1 options template\n"
     "  template 24+30 257 1:4 2:4 3:4 4:2 5:2 | 34:4\n"
     "  padding 54+2\n"
     "set 56+24 257 data of packet 1\n"
     "  record 60+20 scope_system=1 scope_interface=2 scope_line_card=3 scope_cache=4 "
     "scope_template=5 samplingInterval=100\n"},
    /* Cisco IOS: scope System of no octets, FLOWS, sampling */
    {"v9/options-scope-length-0",
     {{.hex = V9 ("0002") "0001 0018  0101 0004 0008  0001 0000  0023 0001 0022 0004  0000"
                          "0101 000c  02 00000064 000000"}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "set 20+24 1 options template\n"
     "  template 24+18 257 1:0 | 35:1 34:4\n"
     "  ! TEMPLATE_ZERO_SCOPE 30+4 281474976710657 0\n"
     "  padding 42+2\n"
     "set 44+12 257 data of packet 1\n"
     "  record 48+5 scope_system= samplingAlgorithm=2 samplingInterval=100\n"
     "  padding 53+3\n"},
    {"v9/options-all-scope",
     {{.hex = V9 ("0002") "0001 0014  0101 0008 0000  0001 0004 0002 0004  0000"
                          "0101 000c  00000001 00000002"}},
     "message v9 52 count 2 domain 1 sequence 5\n"
     "set 20+20 1 options template\n"
     "  template 24+14 257 1:4 2:4\n"
     "  padding 38+2\n"
     "set 40+12 257 data of packet 1\n"
     "  record 44+8 scope_system=1 scope_interface=2\n"},
    {"v9/options-no-scope",
     {{.hex = V9 ("0002") "0001 0010  0101 0000 0004  0022 0004  0000"
                          "0101 0008  00000064"}},
     "message v9 44 count 2 domain 1 sequence 5\n"
     "set 20+16 1 options template\n"
     "  template 24+10 257 | 34:4\n"
     "  padding 34+2\n"
     "set 36+8 257 data of packet 1\n"
     "  record 40+4 samplingInterval=100\n"},
    {"v9/options-several",
     {{.hex = V9 ("0004") "0001 0020  0101 0004 0004  0001 0004  0022 0004"
                          "           0102 0004 0004  0002 0002  0052 0004"
                          "0101 000c  00000001 00000064"
                          "0102 000c  0007 65746830  0000"}},
     "message v9 76 count 4 domain 1 sequence 5\n"
     "set 20+32 1 options template\n"
     "  template 24+14 257 1:4 | 34:4\n"
     "  template 38+14 258 2:2 | 82:4\n"
     "set 52+12 257 data of packet 1\n"
     "  record 56+8 scope_system=1 samplingInterval=100\n"
     "set 64+12 258 data of packet 1\n"
     "  record 68+6 scope_interface=7 interfaceName=eth0\n"
     "  padding 74+2\n"},
    {"v9/options-empty",
     {{.hex = V9 ("0001") "0001 000c  0101 0000 0000  0000"}},
     "message v9 32 count 1 domain 1 sequence 5\n"
     "set 20+12 1 options template\n"
     "  ! TEMPLATE_EMPTY 24+6 257 0\n"
     "  undecoded 24+6\n"
     "  padding 30+2\n"},
    /* fields */
    {"v9/reduced-size",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  0001 0003  0002 0001"
                          "0100 0008  0f4240 0a"}},
     "message v9 44 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 1:3 2:1\n"
     "set 36+8 256 data of packet 1\n"
     "  record 40+4 octetDeltaCount=1000000 packetDeltaCount=10\n"},
    {"v9/long-integer",
     {{.hex = V9 ("0002") "0001 0012  0100 0004 0004  0001 0004  0030 0004"
                          "0100 000c  00000001 00000007"}},
     "message v9 50 count 2 domain 1 sequence 5\n"
     "set 20+18 1 options template\n"
     "  ! SET_ALIGNMENT 20+4 18 0\n"
     "  template 24+14 256 1:4 | 48:4\n"
     "  ! ELEMENT_LENGTH_NETFLOW9 34+4 48 4\n"
     "set 38+12 256 data of packet 1\n"
     "  record 42+8 scope_system=1 samplerId=7\n"},
    {"v9/unknown-field",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  fffe 0003  0004 0001"
                          "0100 0008  0a0b0c 06"}},
     "message v9 44 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 65534:3 4:1\n"
     "  ! ELEMENT_UNKNOWN 28+4 65534 3\n"
     "set 36+8 256 data of packet 1\n"
     "  record 40+4 65534=0a0b0c protocolIdentifier=6\n"},
    /* the top bit of an id is no enterprise bit in v9 */
    {"v9/private-field",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  ffff 0002  0007 0002"
                          "0100 0008  0a0b 0050"}},
     "message v9 44 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 65535:2 7:2\n"
     "  ! ELEMENT_UNKNOWN 28+4 65535 2\n"
     "set 36+8 256 data of packet 1\n"
     "  record 40+4 65535=0a0b sourceTransportPort=80\n"},
    {"v9/field-twice",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  0007 0002  0007 0002"
                          "0100 0008  0050 0051"}},
     "message v9 44 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 7:2 7:2\n"
     "  ! ELEMENT_DUPLICATE 32+4 7 2\n"
     "set 36+8 256 data of packet 1\n"
     "  record 40+4 sourceTransportPort=80 sourceTransportPort=81\n"},
    {"v9/field-of-length-0",
     {{.hex = V9 ("0002") "0000 0014  0100 0003  0007 0002  000b 0000  0004 0002"
                          "0100 0008  0050 0006"}},
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 7:2 11:0 4:2\n"
     "  ! TEMPLATE_ZERO_LENGTH 32+4 11 0\n"
     "  ! ELEMENT_LENGTH_NETFLOW9 36+4 4 2\n"
     "set 40+8 256 data of packet 1\n"
     "  record 44+4 sourceTransportPort=80 destinationTransportPort= protocolIdentifier=6\n"},
    {"v9/variable-length",
     {{.hex = V9 ("0003") "0000 0010  0100 0002  0052 ffff  0004 0001"
                          "0100 000c  04 65746830 06  00 11"}},
     "message v9 48 count 3 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  template 24+12 256 82:v 4:1\n"
     "  ! TEMPLATE_VARIABLE 28+4 82 65535\n"
     "set 36+12 256 data of packet 1\n"
     "  record 40+6 interfaceName=eth0 protocolIdentifier=6\n"
     "  record 46+2 interfaceName= protocolIdentifier=17\n"},
    /* records of 0 octets (never loops) */
    {"v9/record-of-length-0",
     {{.hex = V9 ("0002") "0000 000c  0100 0001  0008 0000"
                          "0100 0008 00000001"}},
     "message v9 40 count 2 domain 1 sequence 5\n"
     "set 20+12 0 template\n"
     "  template 24+8 256 8:0\n"
     "  ! TEMPLATE_ZERO_RECORD 24+8 256 0\n"
     "  ! TEMPLATE_ZERO_LENGTH 28+4 8 0\n"
     "set 32+8 256 data of packet 1\n"
     "  ! TEMPLATE_ZERO_RECORD 32+4 256 0\n"
     "  undecoded 36+4\n"},
    {"v9/record-of-length-0-set-empty",
     {{.hex = V9 ("0001") "0000 000c  0100 0001  0008 0000"
                          "0100 0004"}},
     "message v9 36 count 1 domain 1 sequence 5\n"
     "set 20+12 0 template\n"
     "  template 24+8 256 8:0\n"
     "  ! TEMPLATE_ZERO_RECORD 24+8 256 0\n"
     "  ! TEMPLATE_ZERO_LENGTH 28+4 8 0\n"
     "set 32+4 256 data of packet 1\n"
     "  ! SET_EMPTY 32+4 256 0\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
