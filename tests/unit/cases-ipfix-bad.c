/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IPFIX: what RFC 7011 forbids, Templates that change, captures that cut. */
#include "cases.h"

/* Template 256: addresses, octets (RFC 7011 3.4.1) */
#define TEMPLATE "0002 0014  0100 0003  0008 0004  000c 0004  0001 0004"
#define RECORD   "0a000001 0a000002 000003e8"
#define DATA     "0100 0010" RECORD

#define RECORD_TEXT                                                                                \
    "sourceIPv4Address=10.0.0.1 destinationIPv4Address=10.0.0.2 octetDeltaCount=1000"

/* Template 257: interfaceName of variable length, protocolIdentifier */
#define TEMPLATE_VARIABLE "0002 0010  0101 0002  0052 ffff  0004 0001"

const TranscriptCase ipfix_bad_cases[] = {
    /* Templates that cannot be */
    {"ipfix/template-id-below-256",
     {{.hex = IPFIX ("002c") "0002 0014  0003 0001  0008 0004  0100 0001  0008 0004"
                             "0100 0008 0a000001"}},
     "message v10 44 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  ! TEMPLATE_ID 20+8 3 0\n"
     "  undecoded 20+8\n"
     "  template 28+8 256 8:4\n"
     "set 36+8 256 data of packet 1\n"
     "  record 40+4 sourceIPv4Address=10.0.0.1\n"},
    {"ipfix/template-past-its-set",
     {{.hex = IPFIX ("0034") "0002 0014  0100 0004  0008 0004  000c 0004  0001 0004" DATA}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  ! TEMPLATE_TRUNCATED 20+16 256 4\n"
     "  undecoded 20+16\n"
     "set 36+16 256 data of no template\n"
     "  ! TEMPLATE_MISSING 36+4 256 12\n"
     "  undecoded 40+12\n"},
    {"ipfix/template-header-past-its-set",
     {{.hex = IPFIX ("0018") "0003 0008 0100 0001"}},
     "message v10 24 domain 1 sequence 5\n"
     "set 16+8 3 options template\n"
     "  ! TEMPLATE_TRUNCATED_HEADER 20+4 4 0\n"
     "  undecoded 20+4\n"},
    {"ipfix/enterprise-number-past-its-set",
     {{.hex = IPFIX ("001c") "0002 000c 0100 0001 8001 0004"}},
     "message v10 28 domain 1 sequence 5\n"
     "set 16+12 2 template\n"
     "  ! TEMPLATE_TRUNCATED 20+8 256 1\n"
     "  undecoded 20+8\n"},
    /* Sets that cannot be */
    {"ipfix/set-length-0",
     {{.hex = IPFIX ("0044") TEMPLATE "0100 0000" RECORD DATA}},
     "message v10 68 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "! SET_LENGTH 36+4 0 0\n"
     "undecoded 36+32\n"},
    {"ipfix/set-length-3",
     {{.hex = IPFIX ("0044") TEMPLATE "0100 0003" RECORD DATA}},
     "message v10 68 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "! SET_LENGTH 36+4 3 0\n"
     "undecoded 36+32\n"},
    {"ipfix/set-past-the-end",
     {{.hex = IPFIX ("0036") TEMPLATE "0100 0020" RECORD "0a0b"}},
     "message v10 54 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+18 256 data of packet 1 cut from 32\n"
     "  ! SET_LENGTH_BEYOND 36+4 32 18\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "  undecoded 52+2\n"},
    {"ipfix/set-past-the-end-whole-records",
     {{.hex = IPFIX ("0034") TEMPLATE "0100 ffff" RECORD}},
     "message v10 52 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1 cut from 65535\n"
     "  ! SET_LENGTH_BEYOND 36+4 65535 16\n"
     "  record 40+12 " RECORD_TEXT "\n"},
    {"ipfix/set-id-reserved",
     {{.hex = IPFIX ("003c") "0004 0008 01020304" TEMPLATE DATA}},
     "message v10 60 domain 1 sequence 5\n"
     "set 16+8 4 reserved\n"
     "  ! SET_RESERVED 16+4 4 0\n"
     "  undecoded 20+4\n"
     "set 24+20 2 template\n"
     "  template 28+16 256 8:4 12:4 1:4\n"
     "set 44+16 256 data of packet 1\n"
     "  record 48+12 " RECORD_TEXT "\n"},
    {"ipfix/set-id-0",
     {{.hex = IPFIX ("003c") "0000 0008 01020304" TEMPLATE DATA}},
     "message v10 60 domain 1 sequence 5\n"
     "set 16+8 0 reserved\n"
     "  ! SET_OTHER_VERSION 16+4 0 2\n"
     "  undecoded 20+4\n"
     "set 24+20 2 template\n"
     "  template 28+16 256 8:4 12:4 1:4\n"
     "set 44+16 256 data of packet 1\n"
     "  record 48+12 " RECORD_TEXT "\n"},
    {"ipfix/set-id-reserved-empty",
     {{.hex = IPFIX ("0014") "00ff 0004"}},
     "message v10 20 domain 1 sequence 5\n"
     "set 16+4 255 reserved\n"
     "  ! SET_RESERVED 16+4 255 0\n"
     "  ! SET_EMPTY 16+4 255 0\n"},
    {"ipfix/set-empty",
     {{.hex = IPFIX ("0028") TEMPLATE "0100 0004"}},
     "message v10 40 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+4 256 data of packet 1\n"
     "  ! SET_EMPTY 36+4 256 0\n"},
    {"ipfix/set-empty-without-template",
     {{.hex = IPFIX ("0014") "0100 0004"}},
     "message v10 20 domain 1 sequence 5\n"
     "set 16+4 256 data of no template\n"
     "  ! SET_EMPTY 16+4 256 0\n"},
    {"ipfix/set-of-less-than-a-record",
     {{.hex = IPFIX ("002a") TEMPLATE "0100 0006 0000"}},
     "message v10 42 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+6 256 data of packet 1\n"
     "  padding 40+2\n"
     "  ! SET_EMPTY 36+4 256 0\n"},
    {"ipfix/without-template",
     {{.hex = IPFIX ("0020") DATA}},
     "message v10 32 domain 1 sequence 5\n"
     "set 16+16 256 data of no template\n"
     "  ! TEMPLATE_MISSING 16+4 256 12\n"
     "  undecoded 20+12\n"},
    /* Length against the datagram */
    {"ipfix/length-too-low",
     {{.hex = IPFIX ("0024") TEMPLATE DATA}},
     "message v10 36 domain 1 sequence 5\n"
     "! MESSAGE_LENGTH 2+2 36 52\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "undecoded 36+16\n"},
    {"ipfix/length-too-high",
     {{.hex = IPFIX ("0050") TEMPLATE "0100 0020" RECORD}},
     "message v10 80 domain 1 sequence 5\n"
     "! MESSAGE_LENGTH 2+2 80 52\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1 cut from 32\n"
     "  record 40+12 " RECORD_TEXT "\n"},
    {"ipfix/length-below-header",
     {{.hex = IPFIX ("0003") TEMPLATE DATA}},
     "message v10 3 domain 1 sequence 5\n"
     "! MESSAGE_LENGTH 2+2 3 52\n"
     "undecoded 16+36\n"},
    {"ipfix/length-in-a-set",
     {{.hex = IPFIX ("002c") TEMPLATE DATA}},
     "message v10 44 domain 1 sequence 5\n"
     "! MESSAGE_LENGTH 2+2 44 52\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+8 256 data of packet 1 cut from 16\n"
     "  undecoded 40+4\n"
     "undecoded 44+8\n"},
    /* redefinition */
    {"ipfix/redefined-between-sets",
     {{.hex = IPFIX ("004c") TEMPLATE DATA "0002 0010  0100 0002  0007 0002  000b 0002"
                                           "0100 0008 0050 0051"}},
     "message v10 76 domain 1 sequence 5\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "set 52+16 2 template\n"
     "  template 56+12 256 7:2 11:2\n"
     "set 68+8 256 data of packet 1\n"
     "  record 72+4 sourceTransportPort=80 destinationTransportPort=81\n"},
    {"ipfix/redefined-in-one-set",
     {{.hex = IPFIX ("0030") "0002 0018  0100 0002  0007 0002  000b 0002  0100 0001  0008 0004"
                             "0100 0008 0a000001"}},
     "message v10 48 domain 1 sequence 5\n"
     "set 16+24 2 template\n"
     "  template 20+12 256 7:2 11:2\n"
     "  template 32+8 256 8:4\n"
     "set 40+8 256 data of packet 1\n"
     "  record 44+4 sourceIPv4Address=10.0.0.1\n"},
    /* the snap length */
    {"ipfix/cut-record",
     {{.hex = IPFIX ("0040") TEMPLATE "0100 001c" RECORD RECORD, .cut = 5}},
     "message v10 64 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 59+0 59 64\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+23 256 data of packet 1 cut from 28\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "  undecoded 52+7\n"},
    {"ipfix/cut-variable-record",
     {{.hex = IPFIX ("0031") TEMPLATE_VARIABLE "0101 0011  04 65746830 06  05 666f6f2f31 11",
       .cut = 3}},
     "message v10 49 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 46+0 46 49\n"
     "set 16+16 2 template\n"
     "  template 20+12 257 82:v 4:1\n"
     "set 32+14 257 data of packet 1 cut from 17\n"
     "  record 36+6 interfaceName=eth0 protocolIdentifier=6\n"
     "  undecoded 42+4\n"},
    {"ipfix/cut-template",
     {{.hex = IPFIX ("0034") TEMPLATE DATA, .cut = 19}},
     "message v10 52 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 33+0 33 52\n"
     "set 16+17 2 template cut from 20\n"
     "  undecoded 20+13\n"},
    {"ipfix/cut-and-length-too-high",
     {{.hex = IPFIX ("0050") TEMPLATE DATA, .cut = 5}},
     "message v10 80 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 47+0 47 52\n"
     "! MESSAGE_LENGTH 2+2 80 52\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+11 256 data of packet 1 cut from 16\n"
     "  undecoded 40+7\n"},
    {"ipfix/cut-behind-its-length",
     {{.hex = IPFIX ("0034") TEMPLATE DATA "0102030405", .cut = 3}},
     "message v10 52 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 54+0 54 57\n"
     "! MESSAGE_LENGTH 2+2 52 57\n"
     "set 16+20 2 template\n"
     "  template 20+16 256 8:4 12:4 1:4\n"
     "set 36+16 256 data of packet 1\n"
     "  record 40+12 " RECORD_TEXT "\n"
     "undecoded 52+2\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
