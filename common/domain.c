/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates of one Observation Domain, and from where on each holds (RFC 7011 8). */
#include "domain.h"

static void
clear_generation (gpointer generation)
{
    NfBinding *binding = ((NfGeneration *)generation)->binding;

    if (binding)
        nf_binding_unref (binding);
}

NfDomain *
nf_domain_new (const NfDomainKey *key)
{
    NfDomain *domain = g_new0 (NfDomain, 1);

    domain->key = *key;
    domain->use.data = domain->kin.data = domain->namesake.data = domain->mate.data = domain;
    return domain;
}

void
nf_domain_free (gpointer domain)
{
    NfDomain *d = domain;

    nf_id_map_clear (&d->templates, (GDestroyNotify)g_array_unref);
    g_clear_pointer (&d->announced, nf_announced_free);
    g_free (d);
}

static GArray *
generations_of (const NfDomain *domain, guint16 id)
{
    return nf_id_map_find (&domain->templates, id);
}

static NfPlace
place_of (const GArray *all, guint i)
{
    NfPlace place;

    memcpy (&place, all->data + (gsize)i * g_array_get_element_size ((GArray *)all), sizeof place);
    return place;
}

guint
nf_places_begun (const GArray *all, NfPlace place)
{
    guint low = 0, high = all->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (nf_place_is_before (place, place_of (all, middle)))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

guint
nf_places_outlived (const GArray *all, guint64 oldest)
{
    guint n = 0;

    while (n + 1 < all->len && place_of (all, n + 1).order < oldest)
        n++;
    return n;
}

/* The generation in force at `place`, or NULL. `all` may be NULL. Mostly it is the last one. */
static const NfGeneration *
last_begun (const GArray *all, NfPlace place)
{
    guint begun = all ? all->len : 0;

    if (begun > 0 && nf_generation_is_late (&g_array_index (all, NfGeneration, begun - 1), place))
        begun = nf_places_begun (all, place);
    return begun > 0 ? &g_array_index (all, NfGeneration, begun - 1) : NULL;
}

/* Where nothing has begun yet: the first Template to come or, where none comes, a withdrawal. */
static const NfGeneration *
first_to_come (const GArray *all)
{
    for (guint i = 0; i < all->len; i++)
        if (g_array_index (all, NfGeneration, i).binding)
            return &g_array_index (all, NfGeneration, i);
    return &g_array_index (all, NfGeneration, 0);
}

const NfGeneration *
nf_domain_find (const NfDomain *domain, guint16 id, NfPlace place)
{
    const GArray *all = generations_of (domain, id);
    const NfGeneration *g, *withdrawal;

    if (!all || all->len == 0)
        return NULL;
    g = last_begun (all, place);
    if (!g)
        return first_to_come (all);
    if (!g->binding || !domain->withdraws_all)
        return g;
    withdrawal = last_begun (
        generations_of (domain, nf_domain_id_of_all (g->binding->tmpl->options)), place);
    return withdrawal && nf_generation_is_late (withdrawal, g->place) ? withdrawal : g;
}

gint
nf_domain_add (NfDomain *domain, guint16 id, const NfGeneration *generation, guint64 oldest)
{
    GArray *all = generations_of (domain, id);

    if (!all) {
        all = g_array_new (FALSE, FALSE, sizeof (NfGeneration));
        g_array_set_clear_func (all, clear_generation);
        nf_id_map_add (&domain->templates, id, all);
        domain->withdraws_all |= id < NF_FIRST_TEMPLATE_ID;
    }
    g_array_insert_val (all, nf_places_begun (all, generation->place), *generation);

    guint outlived = nf_places_outlived (all, oldest);

    if (outlived > 0)
        g_array_remove_range (all, 0, outlived);
    return 1 - (gint)outlived;
}

guint
nf_domain_size (const NfDomain *domain)
{
    const GArray *all;
    NfIdMapIter iter;
    guint n = 0;

    nf_id_map_iter_init (&iter, &domain->templates);
    while ((all = nf_id_map_iter_next (&iter)))
        n += all->len;
    return n;
}
