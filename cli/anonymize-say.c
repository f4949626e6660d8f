/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was rewritten, and what was kept. */
#include "anonymize-say.h"

#include "say.h"

static void
say_rewritten (const NfAnonymized *a)
{
    const NfRewritten *done = &a->done;
    const struct {
        const char *what;
        guint64 n;
    } kinds[] = {{"in records IPv4 addresses", done->ipv4},
                 {"IPv6 addresses", done->ipv6},
                 {"MAC addresses", done->macs},
                 {"strings", done->texts},
                 {"octets made zero", done->zeroed}};
    NfText t = NF_TEXT_INIT;

    nf_text_add_count (&t, a->n_datagrams, "datagrams");
    nf_text_add (&t, " with other addresses");
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        nf_text_add_format (&t, ", %s: %" G_GUINT64_FORMAT, kinds[i].what, kinds[i].n);
    nf_say (NULL, "rewritten: %s", nf_text_string (&t));
    nf_text_clear (&t);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
    return strcmp (((const NfElement *)a)->name, ((const NfElement *)b)->name);
}

static void
say_kept_elements (const NfAnonymized *a)
{
    GList *elements = g_list_sort (g_hash_table_get_keys (a->kept), compare_names);
    NfText t = NF_TEXT_INIT;

    for (GList *l = elements; l; l = l->next) {
        nf_text_add (&t, l == elements ? "" : ", ");
        nf_text_add (&t, ((const NfElement *)l->data)->name);
    }
    if (elements)
        nf_say (NULL, "kept in records: %s", nf_text_string (&t));
    nf_text_clear (&t);
    g_list_free (elements);
}

void
nf_anonymized_say (const NfAnonymized *anonymized)
{
    say_rewritten (anonymized);
    nf_say (NULL,
            "kept: names of files, times of arrival, ports, headers of Messages (times, sequence "
            "numbers, domains), Templates, numbers of elements that exporters describe");
    say_kept_elements (anonymized);
}
