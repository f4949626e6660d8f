/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which findings count. */
#include "severity.h"

void
nf_severities_init (NfSeverities *severities)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        severities->of[i] = nf_finding_severity ((NfFindingId)i);
}

/* Gives all findings of a code a severity. Returns whether there are any. */
static gboolean
set (NfSeverities *severities, const char *code, NfSeverity severity)
{
    gboolean found = FALSE;

    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        if (strcmp (nf_finding_code ((NfFindingId)i), code) != 0)
            continue;
        severities->of[i] = severity;
        found = TRUE;
    }
    return found;
}

gboolean
nf_severities_ignore (NfSeverities *severities, const char *text, char **wrong)
{
    g_auto (GStrv) codes = g_strsplit (text, ",", -1);

    for (char **code = codes; *code; code++) {
        if (!set (severities, g_strstrip (*code), NF_N_SEVERITIES)) {
            *wrong = g_strdup (*code);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
nf_severities_change (NfSeverities *severities, const char *text)
{
    const char *equals = strchr (text, '=');
    g_autofree char *code = equals ? g_strndup (text, (gsize)(equals - text)) : NULL;
    NfSeverity level = equals ? nf_severity_from_name (equals + 1) : NF_N_SEVERITIES;

    return level != NF_N_SEVERITIES && set (severities, code, level);
}
