/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inputs with the transcript that the RFCs ask for: compared by test-decoder.c and
 * test-collector.c, broken in every way by test-hostile.c.
 */
#pragma once

#include "transcript.h"

G_BEGIN_DECLS

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
extern const TranscriptCase fixed_cases[];    /* NetFlow v1 and v5 */
extern const TranscriptCase netflow9_cases[]; /* RFC 3954 */
extern const TranscriptCase ipfix_cases[];    /* RFC 7011 */
extern const TranscriptCase lookup_cases[];   /* which Template a Data Set has */

/* Of all findings that walks raise, in the order of finding.def; ends with a row without inputs. */
extern const FindingCase finding_cases[];

/* All of these, in turn: the inputs of case `i` with a name for it, or NULL behind the last one. */
const TranscriptInput *cases_nth (guint i, const char **name);

G_END_DECLS
