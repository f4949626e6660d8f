/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All inputs of the tables, for tests that want any (tests/unit/cases.h). */
#include "cases.h"

const TranscriptInput *
cases_nth (guint i, const char **name)
{
    static const TranscriptCase *const tables[] = {
        fixed_cases,     netflow9_cases, netflow9_bad_cases, ipfix_cases,
        ipfix_bad_cases, lookup_cases,   session_cases};

    for (guint table = 0; table < G_N_ELEMENTS (tables); table++) {
        for (const TranscriptCase *c = tables[table]; c->name; c++) {
            if (i-- == 0) {
                *name = c->name;
                return c->inputs;
            }
        }
    }
    for (const FindingCase *c = finding_cases; c->inputs[0].hex; c++) {
        if (i-- == 0) {
            *name = transcript_finding_name (c->id);
            return c->inputs;
        }
    }
    return NULL;
}
