/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inputs with the transcript that the RFCs ask for: compared by test-decoder.c and
 * test-collector.c, broken in every way by test-hostile.c.
 */
#pragma once

#include "transcript.h"

G_BEGIN_DECLS

/* Message headers: an uptime of 10 s, 2023-11-14T22:13:20Z, sequence 5, domain 1; of v5, v6
 * and v8 engine type 1, engine id 2; of v5 sampling of 1:100. */
#define V5(count) "0005" count "00002710 6553f100 00000000 00000005 01 02 4064"
#define V6(count) "0006" count "00002710 6553f100 00000000 00000005 01 02 0000"
#define V7(count) "0007" count "00002710 6553f100 00000000 00000005 00000000"
#define V8(count, scheme)                                                                          \
    "0008" count "00002710 6553f100 00000000 00000005 01 02" scheme "02 0000 0000"
#define V9(count)     "0009" count "00002710 6553f100 00000005 00000001"
#define IPFIX(length) "000a" length "6553f100 00000005 00000001"

typedef struct {
    const char *name;
    TranscriptInput inputs[TRANSCRIPT_MAX];
    const char *expected;
} TranscriptCase;

/* Inputs that raise one finding and no other. */
typedef struct {
    NfFindingId id;
    guint only; /* the number of the one datagram whose walk counts; 0: all do */
    TranscriptInput inputs[TRANSCRIPT_MAX];
} FindingCase;

/* Each ends with a row without a name. */
extern const TranscriptCase fixed_cases[];        /* NetFlow v1, v5 to v8 */
extern const TranscriptCase netflow9_cases[];     /* RFC 3954 */
extern const TranscriptCase netflow9_bad_cases[]; /* what it does not allow, captures that cut */
extern const TranscriptCase ipfix_cases[];        /* RFC 7011 */
extern const TranscriptCase ipfix_bad_cases[];    /* what it forbids, captures that cut */
extern const TranscriptCase list_cases[];         /* RFC 6313 */
extern const TranscriptCase list_bad_cases[];     /* what does not add up */
extern const TranscriptCase lookup_cases[];       /* which Template a Data Set has */
extern const TranscriptCase session_cases[];      /* the same with several sessions */
extern const TranscriptCase vendor_cases[];       /* what exporters are known for */

/* Of all findings that walks raise, in the order of finding.def; ends with a row without inputs. */
extern const FindingCase finding_cases[];

/* Adds a test for each case of a table, called `folder` and its name. */
void cases_add_tests (const char *folder, const TranscriptCase *cases);

/* All of these, in turn: the inputs of case `i` with a name for it, or NULL behind the last one. */
const TranscriptInput *cases_nth (guint i, const char **name);

G_END_DECLS
