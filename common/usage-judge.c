/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates over time: what is wrong with a domain when all has come. */
#include "usage.h"

/* Who sends options data for so long has had its flows end, too: they are exported after a minute
 * or a few. */
#define NO_FLOWS_NS (5 * 60 * G_GINT64_CONSTANT (1000000000))

/* Templates that were announced, of flows alone or of all kinds. */
static guint64
count_announced (const NfDomainUsage *domain, gboolean of_flows)
{
    const NfTemplateUsage *t;
    NfIdMapIter iter;
    guint64 n = 0;

    nf_id_map_iter_init (&iter, &domain->templates);
    while ((t = nf_id_map_iter_next (&iter))) {
        if (t->lost_sets > 0)
            return 0; /* something came */
        n += t->announced > 0 && !(of_flows && (!t->binding || t->binding->tmpl->options));
    }
    return n;
}

/* Templates, and in several Messages nothing that they describe, nor anything else; or for some
 * time nothing but options data. */
static gboolean
has_no_data (const NfDomainUsage *domain, NfFinding *finding)
{
    gboolean has_options = domain->options > 0;

    if (domain->flows > 0 || domain->messages < 2 ||
        (has_options && domain->last.time_ns - domain->first.time_ns < NO_FLOWS_NS))
        return FALSE;
    *finding =
        (NfFinding){.id = has_options ? NF_FINDING_EXPORT_NO_FLOWS : NF_FINDING_EXPORT_NO_DATA,
                    .args = {count_announced (domain, has_options), domain->messages}};
    return finding->args[0] > 0;
}

void
nf_usage_judge (const NfDomainUsage *domain, NfVerdictFunc say_of, gpointer data)
{
    NfFinding finding;

    if (has_no_data (domain, &finding))
        say_of (&domain->key, &finding, 0, data);
}

void
nf_usage_end (const NfUsage *usage, NfVerdictFunc say_of, gpointer data)
{
    g_autoptr (GPtrArray) domains = nf_usage_domains (usage);

    for (guint i = 0; i < domains->len; i++)
        nf_usage_judge (domains->pdata[i], say_of, data);
}
