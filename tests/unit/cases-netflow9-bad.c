/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetFlow v9: what RFC 3954 does not allow, Templates that change, captures that cut. */
#include "cases.h"

/* Template 256: addresses, octets (RFC 3954 5.2) */
#define TEMPLATE "0000 0014  0100 0003  0008 0004  000c 0004  0001 0004"
#define RECORD   "0a000001 0a000002 000003e8"
#define DATA     "0100 0010" RECORD

#define RECORD_TEXT                                                                                \
    "sourceIPv4Address=10.0.0.1 destinationIPv4Address=10.0.0.2 octetDeltaCount=1000"
const TranscriptCase netflow9_bad_cases[] = {
    /* Templates that cannot be */
    {"v9/template-without-fields",
     {{.hex = V9 ("0002") "0000 0018  0100 0000  0101 0003  0008 0004  000c 0004  0001 0004"
                          "0101 0010" RECORD}},
     "message v9 60 count 2 domain 1 sequence 5\n"
     "set 20+24 0 template\n"
     "  ! TEMPLATE_EMPTY 24+4 256 0\n"
     "  undecoded 24+4\n"
     "  template 28+16 257 8:4 12:4 1:4\n"
     "set 44+16 257 data of packet 1\n"
     "  record 48+12 " RECORD_TEXT "\n"},
    {"v9/template-id-below-256",
     {{.hex = V9 ("0002") "0000 0014  00ff 0001 0008 0004  0100 0001 0008 0004"
                          "0100 0008 0a000001"}},
     "message v9 48 count 2 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  ! TEMPLATE_ID 24+8 255 0\n"
     "  undecoded 24+8\n"
     "  template 32+8 256 8:4\n"
     "set 40+8 256 data of packet 1\n"
     "  record 44+4 sourceIPv4Address=10.0.0.1\n"},
    {"v9/template-past-its-flowset",
     {{.hex = V9 ("0002") "0000 0010 0100 0004 0008 0004 000c 0004" DATA}},
     "message v9 52 count 2 domain 1 sequence 5\n"
     "set 20+16 0 template\n"
     "  ! TEMPLATE_TRUNCATED 24+12 256 4\n"
     "  undecoded 24+12\n"
     "set 36+16 256 data of no template\n"
     "  ! TEMPLATE_MISSING 36+4 256 12\n"
     "  undecoded 40+12\n"},
    /* FlowSets that cannot be */
    {"v9/flowset-length-0",
     {{.hex = V9 ("0003") TEMPLATE "0100 0000" RECORD DATA}},
     "message v9 72 count 3 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "! SET_LENGTH 40+4 0 0\n"
     "undecoded 40+32\n"},
    {"v9/flowset-length-3",
     {{.hex = V9 ("0003") TEMPLATE "0100 0003" RECORD DATA}},
     "message v9 72 count 3 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "! SET_LENGTH 40+4 3 0\n"
     "undecoded 40+32\n"},
    {"v9/flowset-past-the-end",
     {{.hex = V9 ("0003") TEMPLATE "0100 0030" RECORD RECORD "0a0b"}},
     "message v9 70 count 3 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+30 256 data of packet 1 cut from 48\n"
     "  ! SET_LENGTH_BEYOND 40+4 48 30\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "  record 56+12 " RECORD_TEXT "\n"
     "  undecoded 68+2\n"},
    {"v9/flowset-empty",
     {{.hex = V9 ("0001") TEMPLATE "0100 0004"}},
     "message v9 44 count 1 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+4 256 data of packet 1\n"
     "  ! SET_EMPTY 40+4 256 0\n"},
    {"v9/template-flowset-empty",
     {{.hex = V9 ("0001") "0000 0004" TEMPLATE}},
     "message v9 44 count 1 domain 1 sequence 5\n"
     "set 20+4 0 template\n"
     "  ! SET_EMPTY 20+4 0 0\n"
     "set 24+20 0 template\n"
     "  template 28+16 256 8:4 12:4 1:4\n"},
    {"v9/flowset-id-reserved",
     {{.hex = V9 ("0002") "0002 0008 01020304" TEMPLATE DATA}},
     "message v9 64 count 2 domain 1 sequence 5\n"
     "set 20+8 2 reserved\n"
     "  ! SET_OTHER_VERSION 20+4 2 0\n"
     "  undecoded 24+4\n"
     "set 28+20 0 template\n"
     "  template 32+16 256 8:4 12:4 1:4\n"
     "set 48+16 256 data of packet 1\n"
     "  record 52+12 " RECORD_TEXT "\n"},
    {"v9/header-only", {{.hex = V9 ("0000")}}, "message v9 20 count 0 domain 1 sequence 5\n"},
    /* redefinition */
    {"v9/redefined-between-flowsets",
     {{.hex = V9 ("0004") TEMPLATE DATA "0000 0010  0100 0002  0007 0002  000b 0002"
                                        "0100 0008 00500051"}},
     "message v9 80 count 4 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "set 56+16 0 template\n"
     "  template 60+12 256 7:2 11:2\n"
     "set 72+8 256 data of packet 1\n"
     "  record 76+4 sourceTransportPort=80 destinationTransportPort=81\n"},
    {"v9/redefined-as-options",
     {{.hex = V9 ("0004") TEMPLATE DATA "0001 0014  0100 0004 0004  0001 0004  0022 0004  0000"
                                        "0100 000c 00000001 00000064"}},
     "message v9 88 count 4 domain 1 sequence 5\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "set 56+20 1 options template\n"
     "  template 60+14 256 1:4 | 34:4\n"
     "  padding 74+2\n"
     "set 76+12 256 data of packet 1\n"
     "  record 80+8 scope_system=1 samplingInterval=100\n"},
    /* the snap length */
    {"v9/cut-record",
     {{.hex = V9 ("0003") TEMPLATE "0100 001c" RECORD RECORD, .cut = 5}},
     "message v9 68 count 3 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 63+0 63 68\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+23 256 data of packet 1 cut from 28\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "  undecoded 56+7\n"},
    {"v9/cut-at-record",
     {{.hex = V9 ("0003") TEMPLATE "0100 001c" RECORD RECORD, .cut = 12}},
     "message v9 68 count 3 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 56+0 56 68\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1 cut from 28\n"
     "  record 44+12 " RECORD_TEXT "\n"},
    {"v9/cut-trailing-zeros",
     {{.hex = V9 ("0002") TEMPLATE DATA "00*40 ", .cut = 7}},
     "message v9 96 count 2 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 89+0 89 96\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "set 40+16 256 data of packet 1\n"
     "  record 44+12 " RECORD_TEXT "\n"
     "undecoded 56+33\n"},
    {"v9/cut-set-header",
     {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 14}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 42+0 42 56\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"
     "undecoded 40+2\n"},
    {"v9/cut-between-sets",
     {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 16}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 40+0 40 56\n"
     "set 20+20 0 template\n"
     "  template 24+16 256 8:4 12:4 1:4\n"},
    {"v9/cut-template",
     {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 18}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 38+0 38 56\n"
     "set 20+18 0 template cut from 20\n"
     "  undecoded 24+14\n"},
    {"v9/cut-template-header",
     {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 30}},
     "message v9 56 count 2 domain 1 sequence 5\n"
     "! MESSAGE_TRUNCATED 26+0 26 56\n"
     "set 20+6 0 template cut from 20\n"
     "  undecoded 24+2\n"},
    {"v9/cut-header",
     {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 40}},
     "! MESSAGE_TRUNCATED 16+0 16 56\n"
     "! MESSAGE_SHORT 0+16 16 20\n"
     "undecoded 0+16\n"},
    {NULL, {{.hex = NULL}}, NULL},
};
