/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All inputs of the tables, for tests that want any (tests/unit/cases.h). */
#include "cases.h"

static void
test_case (gconstpointer data)
{
    const TranscriptCase *c = data;
    g_autofree char *transcript = transcript_of (c->inputs, NULL);

    g_assert_cmpstr (transcript, ==, c->expected);
}

void
cases_add_tests (const char *folder, const TranscriptCase *cases)
{
    for (const TranscriptCase *c = cases; c->name; c++) {
        g_autofree char *path = g_strconcat (folder, c->name, NULL);

        g_test_add_data_func (path, c, test_case);
    }
}

const TranscriptInput *
cases_nth (guint i, const char **name)
{
    static const TranscriptCase *const tables[] = {
        fixed_cases, netflow9_cases, netflow9_bad_cases, ipfix_cases,   ipfix_bad_cases,
        list_cases,  list_bad_cases, lookup_cases,       session_cases, vendor_cases};

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
