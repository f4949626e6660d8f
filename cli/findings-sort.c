/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings and exporters in order, the worst first, and what they add up to. */
#include "findings.h"

/* Of so many of an exporter's Messages, in hundredths, the copies are half. */
#define DOUBLED_SHARE 40
/* Fewer copies are told one by one. */
#define DOUBLED_LEAST 5

static gint
compare (guint64 a, guint64 b)
{
    return a < b ? -1 : a > b;
}

/* So that what one row of the table says stands together, in the order of the table; what is empty
 * comes last. */
static gint
compare_groups (gconstpointer a, gconstpointer b)
{
    const NfFindingsGroup *x = *(NfFindingsGroup *const *)a, *y = *(NfFindingsGroup *const *)b;

    if ((x->n == 0) != (y->n == 0))
        return x->n == 0 ? 1 : -1;
    if (x->severity != y->severity)
        return compare (y->severity, x->severity);
    if (x->id != y->id)
        return compare (x->id, y->id);
    return compare (x->first.rank, y->first.rank);
}

static gint
compare_domains (gconstpointer a, gconstpointer b)
{
    const NfFindingsDomain *x = *(NfFindingsDomain *const *)a, *y = *(NfFindingsDomain *const *)b;

    return x->version != y->version ? compare (x->version, y->version)
                                    : compare (x->domain, y->domain);
}

NfHealth
nf_findings_health (const NfFindingsExporter *exporter)
{
    return nf_tally_judge (&exporter->tally).health;
}

static gint
compare_exporters (gconstpointer a, gconstpointer b)
{
    const NfFindingsExporter *x = *(NfFindingsExporter *const *)a,
                             *y = *(NfFindingsExporter *const *)b;
    NfHealth x_health = nf_findings_health (x), y_health = nf_findings_health (y);

    if (x->is_rest != y->is_rest)
        return x->is_rest ? 1 : -1;
    if (x_health != y_health)
        return compare (y_health, x_health);
    for (guint i = NF_N_SEVERITIES; i-- > 0;)
        if (x->tally.findings[i] != y->tally.findings[i])
            return compare (y->tally.findings[i], x->tally.findings[i]);
    return compare (x->index, y->index);
}

/* Those that were taken back have no finding left. */
static void
sort_groups (NfFindingsExporter *exporter)
{
    GPtrArray *groups = exporter->groups;

    g_ptr_array_sort (groups, compare_groups);
    exporter->n_groups = groups->len;
    while (exporter->n_groups > 0 &&
           ((const NfFindingsGroup *)groups->pdata[exporter->n_groups - 1])->n == 0)
        exporter->n_groups--;
}

void
nf_findings_sort (NfFindings *findings)
{
    findings->tally = (NfTally){.messages = 0};
    for (guint i = 0; i < findings->sorted->len; i++) {
        NfFindingsExporter *exporter = findings->sorted->pdata[i];

        g_ptr_array_sort (exporter->domains, compare_domains);
        sort_groups (exporter);
        exporter->tally = (NfTally){.messages = 0};
        for (guint j = 0; j < exporter->domains->len; j++)
            nf_tally_add (&exporter->tally,
                          &((const NfFindingsDomain *)exporter->domains->pdata[j])->tally);
        nf_tally_add (&findings->tally, &exporter->tally);
    }
    g_ptr_array_sort (findings->sorted, compare_exporters);
}

gboolean
nf_findings_next (const NfFindingsExporter *exporter, NfFindingsEntry *entry)
{
    NfFindingsGroup *const *groups = (NfFindingsGroup *const *)exporter->groups->pdata;
    guint at = entry->parts ? (guint)(entry->parts - groups) + entry->n_parts : 0;

    if (at >= exporter->n_groups)
        return FALSE;
    *entry = (NfFindingsEntry){.parts = groups + at, .first = groups[at], .last = groups[at]};
    for (; at < exporter->n_groups && groups[at]->id == entry->first->id; at++) {
        entry->n += groups[at]->n;
        entry->n_parts++;
        if (groups[at]->last.rank > entry->last->last.rank)
            entry->last = groups[at];
    }
    return TRUE;
}

gboolean
nf_findings_is_doubled (const NfFindingsExporter *exporter)
{
    const NfTally *tally = &exporter->tally;

    return tally->copies >= DOUBLED_LEAST &&
           tally->copies >=
               tally->messages / 100 * DOUBLED_SHARE + tally->messages % 100 * DOUBLED_SHARE / 100;
}

guint
nf_findings_losses (const NfFindingsExporter *exporter, gboolean is_chosen,
                    NfLoss losses[NF_LOSSES])
{
    guint n = 0;

    for (guint i = 0; i < exporter->domains->len; i++) {
        const NfFindingsDomain *domain = exporter->domains->pdata[i];

        n = nf_losses_add (losses, n, &domain->tally, domain->version);
    }
    for (guint i = 0; is_chosen && i < n; i++)
        losses[i].of = 0;
    return n;
}
