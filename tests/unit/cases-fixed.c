/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NetFlow v1 and v5: Messages without Templates, whose Count says how many records follow. */
#include "cases.h"

/* version, count, uptime 10 s, 2023-11-14T22:13:20Z and 0 ns */
#define V1(count) "0001" count "00002710 6553f100 00000000"
/* and a sequence of 5, engine type 1, engine id 2, sampling 1:100 */
#define V5(count) "0005" count "00002710 6553f100 00000000 00000005 01 02 4064"

#define V5_RECORD                                                                                  \
    "0a000001 0a000002 0a0000fe 0001 0002" /* addresses, next hop, interfaces */                   \
    "0000000a 000003e8 00001388 00002328"  /* packets, octets, first, last */                      \
    "c350 0050 00 1b 06 00 fde9 fdea 18 10 0000"

#define V1_RECORD                                                                                  \
    "0a000001 0a000002 0a0000fe 0001 0002 0000000a 000003e8 00001388 00002328 c350 0050"          \
    "0000 06 00 1b 000000 00000000"

const TranscriptCase fixed_cases[] = {
    {"v5/record", {{.hex = V5 ("0001") V5_RECORD}}, "@@"},
    {"v5/two-records", {{.hex = V5 ("0002") V5_RECORD V5_RECORD}}, "@@"},
    {"v5/no-record", {{.hex = V5 ("0000")}}, "@@"},
    {"v5/count-too-high", {{.hex = V5 ("0003") V5_RECORD V5_RECORD}}, "@@"},
    {"v5/count-too-low", {{.hex = V5 ("0001") V5_RECORD V5_RECORD}}, "@@"},
    {"v5/count-nonsense", {{.hex = V5 ("ffff") V5_RECORD}}, "@@"},
    {"v5/trailing", {{.hex = V5 ("0001") V5_RECORD "0102030405"}}, "@@"},
    {"v5/filled-with-zeros", {{.hex = V5 ("0001") V5_RECORD "00*50 "}}, "@@"},
    /* as many as the Count says are records, whatever is in them */
    {"v5/zero-record", {{.hex = V5 ("0002") V5_RECORD "00*48 "}}, "@@"},
    {"v5/cut-record", {{.hex = V5 ("0002") V5_RECORD V5_RECORD, .cut = 20}}, "@@"},
    {"v5/cut-between-records", {{.hex = V5 ("0002") V5_RECORD V5_RECORD, .cut = 48}}, "@@"},
    {"v5/cut-header", {{.hex = V5 ("0002") V5_RECORD V5_RECORD, .cut = 100}}, "@@"},
    {"v1/record", {{.hex = V1 ("0001") V1_RECORD}}, "@@"},
    {"v1/records-of-52-octets",
     {{.hex = V1 ("0002") V1_RECORD "00000000" V1_RECORD "00000000"}},
     "@@"},
    {NULL, {{.hex = NULL}}, NULL},
};
