/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T templates --diff OLD: what became of the Templates of each exporter and domain since another
 * capture, whatever the ports. Those that have another id now are known by their fields.
 *
 *  192.0.2.1 IPFIX domain 1: 1 the same, 1 changed, 1 renumbered, 1 new, 1 gone
 *
 *    Template 256 changed
 *      - octetDeltaCount      1  unsigned64            4 octets
 *      + octetDeltaCount      1  unsigned64            8 octets
 *    Template 300 was 257
 */
#include "columns.h"
#include "show-template.h"
#include "templates.h"

/* Templates of one exporter's address, version and domain, from either capture. */
typedef struct {
    NfDomainKey key;      /* address, version and domain of it count */
    GHashTable *sides[2]; /* id -> NfTemplateUsage: before and now; borrowed, the last of several
                             sessions */
} Pair;

enum { BEFORE, NOW };

typedef struct {
    guint same, changed, renumbered, added, gone;
} Counts;

/* ---- pairing ---- */

static gint
compare_keys (const NfDomainKey *a, const NfDomainKey *b)
{
    gint order = memcmp (a->exporter.address, b->exporter.address, sizeof a->exporter.address);

    if (order != 0)
        return order;
    if (a->version != b->version)
        return (gint)a->version - (gint)b->version;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void
free_pair (gpointer data)
{
    Pair *pair = data;

    g_hash_table_unref (pair->sides[BEFORE]);
    g_hash_table_unref (pair->sides[NOW]);
    g_free (pair);
}

/* Domains of one exporter's address, whatever the port, are the same. */
static NfDomainKey
key_of (const NfDomainKey *key)
{
    NfDomainKey same = {.exporter = key->exporter, .version = key->version, .id = key->id};

    same.exporter.port = 0;
    return same;
}

static Pair *
ensure_pair (GTree *pairs, const NfDomainKey *of)
{
    NfDomainKey key = key_of (of);
    Pair *pair = g_tree_lookup (pairs, &key);

    if (pair)
        return pair;
    pair = g_new0 (Pair, 1);
    pair->key = key;
    pair->sides[BEFORE] = g_hash_table_new (g_direct_hash, g_direct_equal);
    pair->sides[NOW] = g_hash_table_new (g_direct_hash, g_direct_equal);
    g_tree_insert (pairs, &pair->key, pair);
    return pair;
}

static void
add_side (GTree *pairs, const NfUsage *usage, guint side)
{
    g_autoptr (GPtrArray) domains = nf_usage_domains (usage);

    for (guint i = 0; i < domains->len; i++) {
        const NfDomainUsage *d = domains->pdata[i];
        g_autoptr (GPtrArray) templates = nf_usage_templates (d);
        Pair *pair = ensure_pair (pairs, &d->key);

        for (guint k = 0; k < templates->len; k++) {
            NfTemplateUsage *u = templates->pdata[k];

            if (u->binding)
                g_hash_table_insert (pair->sides[side], GUINT_TO_POINTER (u->id), u);
        }
    }
}

static gboolean
has_same_fields (const NfTemplate *a, const NfTemplate *b)
{
    if (a->options != b->options || a->n_fields != b->n_fields || a->scope_count != b->scope_count)
        return FALSE;
    for (guint i = 0; i < a->n_fields; i++)
        if (a->fields[i].pen != b->fields[i].pen || a->fields[i].id != b->fields[i].id ||
            a->fields[i].length != b->fields[i].length)
            return FALSE;
    return TRUE;
}

static gint
compare_ids (gconstpointer a, gconstpointer b)
{
    return (gint)(*(NfTemplateUsage *const *)a)->id - (gint)(*(NfTemplateUsage *const *)b)->id;
}

static GPtrArray *
sorted (GHashTable *side)
{
    GPtrArray *all = g_ptr_array_new ();
    GHashTableIter iter;
    gpointer u;

    g_hash_table_iter_init (&iter, side);
    while (g_hash_table_iter_next (&iter, NULL, &u))
        g_ptr_array_add (all, u);
    g_ptr_array_sort (all, compare_ids);
    return all;
}

static guint
fields_hash (gconstpointer usage)
{
    const NfTemplate *tmpl = ((const NfTemplateUsage *)usage)->binding->tmpl;
    guint hash = tmpl->n_fields;

    for (guint i = 0; i < tmpl->n_fields; i++)
        hash = hash * 31 +
               (tmpl->fields[i].pen ^ (guint)tmpl->fields[i].id << 16 ^ tmpl->fields[i].length);
    return hash;
}

static gboolean
fields_equal (gconstpointer a, gconstpointer b)
{
    return has_same_fields (((const NfTemplateUsage *)a)->binding->tmpl,
                            ((const NfTemplateUsage *)b)->binding->tmpl);
}

static void
free_queue (gpointer queue)
{
    g_queue_free (queue);
}

/* Templates by their fields: a queue of those that have the same. */
static GHashTable *
by_fields (const GPtrArray *templates)
{
    GHashTable *table = g_hash_table_new_full (fields_hash, fields_equal, NULL, free_queue);

    for (guint i = 0; i < templates->len; i++) {
        GQueue *same = g_hash_table_lookup (table, templates->pdata[i]);

        if (!same) {
            same = g_queue_new ();
            g_hash_table_insert (table, templates->pdata[i], same);
        }
        g_queue_push_tail (same, templates->pdata[i]);
    }
    return table;
}

/* ---- text ---- */

static void
add_heading (NfText *t, const NfTemplateUsage *u, const char *what)
{
    nf_text_add (t, u->binding->tmpl->options ? "  Options Template " : "  Template ");
    nf_text_add_uint (t, u->id, 1);
    nf_text_add (t, what);
}

/* Ids that both have. */
static void
add_common (NfShow *show, const Pair *pair, Counts *counts)
{
    g_autoptr (GPtrArray) now = sorted (pair->sides[NOW]);

    for (guint i = 0; i < now->len; i++) {
        const NfTemplateUsage *u = now->pdata[i];
        const NfTemplateUsage *old =
            g_hash_table_lookup (pair->sides[BEFORE], GUINT_TO_POINTER (u->id));

        if (!old)
            continue;
        if (has_same_fields (old->binding->tmpl, u->binding->tmpl)) {
            counts->same++;
            continue;
        }
        counts->changed++;
        add_heading (&show->out, u, " changed\n");
        nf_templates_add_changes (show, old->binding, u->binding, 4);
        nf_plans_trim (show->plans);
    }
}

/* Templates whose id only this side has. */
static GPtrArray *
only_in (const Pair *pair, guint side)
{
    GPtrArray *all = sorted (pair->sides[side]);
    GHashTable *other = pair->sides[side == NOW ? BEFORE : NOW];

    for (guint i = all->len; i-- > 0;)
        if (g_hash_table_contains (other,
                                   GUINT_TO_POINTER (((const NfTemplateUsage *)all->pdata[i])->id)))
            g_ptr_array_remove_index (all, i);
    return all;
}

static void
add_others (NfShow *show, const Pair *pair, Counts *counts)
{
    g_autoptr (GPtrArray) added = only_in (pair, NOW);
    g_autoptr (GPtrArray) gone = only_in (pair, BEFORE);
    g_autoptr (GHashTable) unpaired = by_fields (gone);
    NfText *t = &show->out;

    for (guint i = 0; i < added->len; i++) {
        const NfTemplateUsage *u = added->pdata[i];
        GQueue *same = g_hash_table_lookup (unpaired, u);
        const NfTemplateUsage *was = same ? g_queue_pop_head (same) : NULL;

        if (was) {
            counts->renumbered++;
            add_heading (t, u, " was ");
            nf_text_add_format (t, "%u\n", was->id);
            continue;
        }
        counts->added++;
        add_heading (t, u, " is new\n");
        nf_templates_add_fields (show, u->binding, 4);
        nf_plans_trim (show->plans);
    }
    for (guint i = 0; i < gone->len && !show->options->filter; i++) {
        GQueue *same = g_hash_table_lookup (unpaired, gone->pdata[i]);

        if (g_queue_peek_head (same) != gone->pdata[i]) /* the first ones are paired */
            continue;
        g_queue_pop_head (same);
        counts->gone++;
        add_heading (t, gone->pdata[i], " is gone\n");
    }
}

static void
add_count (NfText *t, gsize start, guint n, const char *what)
{
    if (n > 0)
        nf_text_add_format (t, "%s%u %s", nf_text_length (t) > start ? ", " : "", n, what);
}

/* The line of a domain, with what stands below it behind it. */
static void
add_pair (NfShow *show, const Pair *pair)
{
    Counts counts = {.same = 0};
    NfText *t = &show->out;
    NfText below = NF_TEXT_INIT;
    gsize start = nf_text_length (t);

    add_common (show, pair, &counts);
    add_others (show, pair, &counts);
    nf_text_add_octets (&below, nf_text_string (t) + start, nf_text_length (t) - start);
    nf_text_truncate (t, start);

    nf_color_bold (show);
    nf_endpoint_text (t, &pair->key.exporter);
    nf_text_add_format (t, " %s domain %u: ", nf_version_name (pair->key.version), pair->key.id);
    start = nf_text_length (t);
    add_count (t, start, counts.same, "the same");
    add_count (t, start, counts.changed, "changed");
    add_count (t, start, counts.renumbered, "renumbered");
    add_count (t, start, counts.added, "new");
    add_count (t, start, counts.gone, "gone");
    if (nf_text_length (t) == start)
        nf_text_add (t, "no Templates");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
    nf_text_add_octets (t, below.start, nf_text_length (&below));
    nf_text_clear (&below);
}

static gboolean
collect (gpointer key, gpointer pair, gpointer all)
{
    (void)key;
    g_ptr_array_add (all, pair);
    return FALSE;
}

static gint
compare_tree_keys (gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return compare_keys (a, b);
}

void
nf_templates_diff (NfShow *show, const NfUsage *before, const NfUsage *now)
{
    GTree *pairs = g_tree_new_full (compare_tree_keys, NULL, NULL, free_pair);
    g_autoptr (GPtrArray) all = g_ptr_array_new ();

    add_side (pairs, before, BEFORE);
    add_side (pairs, now, NOW);
    g_tree_foreach (pairs, collect, all); /* in the order of the keys */
    for (guint i = 0; i < all->len; i++)
        if (!show->options->filter || g_hash_table_size (((Pair *)all->pdata[i])->sides[NOW]) > 0)
            add_pair (show, all->pdata[i]);
    g_tree_unref (pairs);
}
