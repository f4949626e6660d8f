/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetFlow v9 (RFC 3954). */
#include "cases.h"

/* version, count, uptime 10 s, 2023-11-14T22:13:20Z, sequence 5, Source ID 1 */
#define V9(count) "0009" count "00002710 6553f100 00000005 00000001"

/* Template 256: addresses, octets (RFC 3954 5.2) */
#define TEMPLATE "0000 0014  0100 0003  0008 0004  000c 0004  0001 0004"
#define RECORD   "0a000001 0a000002 000003e8"
#define DATA     "0100 0010" RECORD

/* Template 257: an address, two ports, a protocol: 9 octets */
#define TEMPLATE_ODD "0000 0018  0101 0004  0008 0004  0007 0002  000b 0002  0004 0001"
#define RECORD_ODD   "0a000001 c350 0050 06"

const TranscriptCase netflow9_cases[] = {
    {"v9/template-and-data", {{.hex = V9 ("0002") TEMPLATE DATA}}, "@@"},
    {"v9/data-before-template-in-message", {{.hex = V9 ("0002") DATA TEMPLATE}}, "@@"},
    {"v9/padding",
     {{.hex = V9 ("0003") TEMPLATE_ODD "0101 0018" RECORD_ODD RECORD_ODD "0000"}},
     "@@"},
    {"v9/padding-not-zero", {{.hex = V9 ("0002") TEMPLATE_ODD "0101 0010" RECORD_ODD "000102"}}, "@@"},
    {"v9/no-padding", {{.hex = V9 ("0003") TEMPLATE_ODD "0101 000d" RECORD_ODD "0101 000d" RECORD_ODD}},
     "@@"},
    /* as NX-OS and IOS-XR do: zeros that are as long as records are no records */
    {"v9/padding-long",
     {{.hex = V9 ("0002") "0000 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                   "0102 0034" RECORD "0000000a" "00*32 "}},
     "@@"},
    /* what is not all zero is a record, and zeros before it are one, too */
    {"v9/zero-record-before-another",
     {{.hex = V9 ("0004") "0000 0018 0102 0004 0008 0004 000c 0004 0001 0004 0002 0004"
                   "0102 0034" RECORD "0000000a" "00*16 " RECORD "0000000b"}},
     "@@"},
    {"v9/several-templates-several-sets",
     {{.hex = V9 ("0006") "0000 0028  0100 0003 0008 0004 000c 0004 0001 0004"
                   "           0101 0004 0008 0004 0007 0002 000b 0002 0004 0001" DATA
                   "0101 0010" RECORD_ODD "000000" TEMPLATE DATA}},
     "@@"},
    {"v9/template-set-padding",
     {{.hex = V9 ("0002") "0000 0010 0100 0002 0008 0004 0001 0004" "0100 000c 0a000001 00000001"}},
     "@@"},
    /* Count (RFC 3954 5.1: records, Templates among them) */
    {"v9/count-of-flowsets", {{.hex = V9 ("0002") TEMPLATE "0100 001c" RECORD RECORD}}, "@@"},
    {"v9/count-below-flowsets", {{.hex = V9 ("0001") TEMPLATE DATA DATA DATA}}, "@@"},
    {"v9/count-too-high", {{.hex = V9 ("0007") TEMPLATE DATA}}, "@@"},
    {"v9/count-unknown-without-template", {{.hex = V9 ("0007") TEMPLATE "0101 0008 00000001"}}, "@@"},
    /* what exporters put behind their FlowSets */
    {"v9/trailing", {{.hex = V9 ("0002") TEMPLATE DATA "0a0b0c"}}, "@@"},
    {"v9/trailing-zeros", {{.hex = V9 ("0002") TEMPLATE DATA "00*40 "}}, "@@"},
    {"v9/trailing-two-zeros", {{.hex = V9 ("0002") TEMPLATE DATA "0000"}}, "@@"},
    /* Options Templates (RFC 3954 6.1) */
    {"v9/options-all-scope-types",
     {{.hex = V9 ("0002") "0001 0024  0101 0014 0004  0001 0004 0002 0004 0003 0004 0004 0002 0005 0002"
                   "           0022 0004  0000"
                   "0101 0018  00000001 00000002 00000003 0004 0005 00000064"}},
     "@@"},
    /* Cisco IOS: scope System of no octets, FLOWS, sampling */
    {"v9/options-scope-length-0",
     {{.hex = V9 ("0002") "0001 0018  0101 0004 0008  0001 0000  0023 0001 0022 0004  0000"
                   "0101 000c  02 00000064 000000"}},
     "@@"},
    {"v9/options-all-scope",
     {{.hex = V9 ("0002") "0001 0014  0101 0008 0000  0001 0004 0002 0004  0000"
                   "0101 000c  00000001 00000002"}},
     "@@"},
    {"v9/options-no-scope",
     {{.hex = V9 ("0002") "0001 0010  0101 0000 0004  0022 0004  0000"
                   "0101 0008  00000064"}},
     "@@"},
    {"v9/options-several",
     {{.hex = V9 ("0004") "0001 0020  0101 0004 0004  0001 0004  0022 0004"
                   "           0102 0004 0004  0002 0002  0052 0004"
                   "0101 000c  00000001 00000064"
                   "0102 000c  0007 65746830  0000"}},
     "@@"},
    {"v9/options-empty", {{.hex = V9 ("0001") "0001 000c  0101 0000 0000  0000"}}, "@@"},
    /* fields */
    {"v9/reduced-size",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  0001 0003  0002 0001"
                   "0100 0008  0f4240 0a"}},
     "@@"},
    {"v9/long-integer",
     {{.hex = V9 ("0002") "0001 0012  0100 0004 0004  0001 0004  0030 0004"
                   "0100 000c  00000001 00000007"}},
     "@@"},
    {"v9/unknown-field",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  fffe 0003  0004 0001"
                   "0100 0008  0a0b0c 06"}},
     "@@"},
    /* the top bit of an id is no enterprise bit in v9 */
    {"v9/private-field",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  ffff 0002  0007 0002"
                   "0100 0008  0a0b 0050"}},
     "@@"},
    {"v9/field-twice",
     {{.hex = V9 ("0002") "0000 0010  0100 0002  0007 0002  0007 0002"
                   "0100 0008  0050 0051"}},
     "@@"},
    {"v9/field-of-length-0",
     {{.hex = V9 ("0002") "0000 0014  0100 0003  0007 0002  000b 0000  0004 0002"
                   "0100 0008  0050 0006"}},
     "@@"},
    {"v9/variable-length",
     {{.hex = V9 ("0003") "0000 0010  0100 0002  0052 ffff  0004 0001"
                   "0100 0010  04 65746830 06  00 11  00000000"}},
     "@@"},
    /* records of 0 octets (never loops) */
    {"v9/record-of-length-0",
     {{.hex = V9 ("0002") "0000 000c  0100 0001  0008 0000" "0100 0008 00000001"}},
     "@@"},
    {"v9/record-of-length-0-set-empty",
     {{.hex = V9 ("0002") "0000 000c  0100 0001  0008 0000" "0100 0004"}},
     "@@"},
    /* Templates that cannot be */
    {"v9/template-without-fields",
     {{.hex = V9 ("0002") "0000 0018  0100 0000  0101 0003  0008 0004  000c 0004  0001 0004"
                   "0101 0010" RECORD}},
     "@@"},
    {"v9/template-id-below-256",
     {{.hex = V9 ("0002") "0000 0014  00ff 0001 0008 0004  0100 0001 0008 0004" "0100 0008 0a000001"}},
     "@@"},
    {"v9/template-past-its-flowset", {{.hex = V9 ("0002") "0000 0010 0100 0004 0008 0004 000c 0004" DATA}},
     "@@"},
    /* FlowSets that cannot be */
    {"v9/flowset-length-0", {{.hex = V9 ("0003") TEMPLATE "0100 0000" RECORD DATA}}, "@@"},
    {"v9/flowset-length-3", {{.hex = V9 ("0003") TEMPLATE "0100 0003" RECORD DATA}}, "@@"},
    {"v9/flowset-past-the-end", {{.hex = V9 ("0003") TEMPLATE "0100 0030" RECORD RECORD "0a0b"}}, "@@"},
    {"v9/flowset-empty", {{.hex = V9 ("0001") TEMPLATE "0100 0004"}}, "@@"},
    {"v9/template-flowset-empty", {{.hex = V9 ("0001") "0000 0004" TEMPLATE}}, "@@"},
    {"v9/flowset-id-reserved", {{.hex = V9 ("0002") "0002 0008 01020304" TEMPLATE DATA}}, "@@"},
    {"v9/header-only", {{.hex = V9 ("0000")}}, "@@"},
    /* redefinition */
    {"v9/redefined-between-flowsets",
     {{.hex = V9 ("0004") TEMPLATE DATA "0000 0010  0100 0002  0007 0002  000b 0002" "0100 0008 00500051"}},
     "@@"},
    {"v9/redefined-as-options",
     {{.hex = V9 ("0004") TEMPLATE DATA "0001 0014  0100 0004 0004  0001 0004  0022 0004  0000"
                   "0100 000c 00000001 00000064"}},
     "@@"},
    /* the snap length */
    {"v9/cut-record", {{.hex = V9 ("0003") TEMPLATE "0100 001c" RECORD RECORD, .cut = 5}}, "@@"},
    {"v9/cut-at-record", {{.hex = V9 ("0003") TEMPLATE "0100 001c" RECORD RECORD, .cut = 12}}, "@@"},
    {"v9/cut-set-header", {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 14}}, "@@"},
    {"v9/cut-between-sets", {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 16}}, "@@"},
    {"v9/cut-template", {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 18}}, "@@"},
    {"v9/cut-template-header", {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 30}}, "@@"},
    {"v9/cut-header", {{.hex = V9 ("0002") TEMPLATE DATA, .cut = 40}}, "@@"},
    {NULL, {{.hex = NULL}}, NULL},
};
