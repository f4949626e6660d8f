/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which datagrams make up the evidence: those at fault, those that the findings are known by, and
 * all that these hang on, which takes several passes over the inputs: what a datagram hangs on lies
 * mostly before it. None of them is kept; only their orders are.
 */
#include "evidence-private.h"
#include "select.h"

/* What hangs on what, so many times over. Templates that describe the options data by which other
 * Templates are read are three; whoever makes more has no evidence by right. */
#define MAX_PASSES 16

typedef struct {
    guint64 order;
    gboolean is_bare;
    guint generations; /* that are wanted of its Templates */
    gboolean is_known; /* what it hangs on */
} Wanted;

/* Messages of a domain, counted from 1. */
typedef struct {
    guint64 first, last;
} Range;

typedef struct {
    NfDomainKey key;
    guint64 n;         /* Messages so far in this pass */
    GArray *ranges;    /* of Range, wanted; owned */
    guint64 data;      /* the order of a datagram with a Data Set; 0: none so far */
    guint64 no_data;   /* up to this order there is none with a record */
    guint64 kept;      /* datagrams that are wanted */
    gboolean has_data; /* one of them has data */
} Domain;

struct _NfSelection {
    const NfOptions *options;
    GPtrArray *inputs;
    NfNeeds *needs;
    GHashTable *wanted;  /* set of Wanted, owned */
    GHashTable *domains; /* set of Domain, owned: those of groups, and of what is wanted */
    GHashTable *faults;  /* order -> GSList of NfEvidenceGroup; while Messages are counted */
    guint64 now;         /* the order of the datagram at hand */
    gboolean again;      /* something is wanted that this pass has gone past */
    gboolean is_full;
    gboolean has_places; /* of the findings */
};

static void
free_domain (gpointer domain)
{
    g_array_unref (((Domain *)domain)->ranges);
    g_free (domain);
}

/* Wants a datagram; with the next pass, where it lies behind. */
static Wanted *
want (NfSelection *s, guint64 order, gboolean is_bare)
{
    Wanted *w = g_hash_table_lookup (s->wanted, &order);

    if (!w) {
        if (g_hash_table_size (s->wanted) >= NF_EVIDENCE_DATAGRAMS) {
            s->is_full = TRUE;
            return NULL;
        }
        w = g_new0 (Wanted, 1);
        w->order = order;
        w->is_bare = is_bare;
        g_hash_table_add (s->wanted, w);
        s->again |= order <= s->now;
    } else if (w->is_bare && !is_bare) {
        w->is_bare = w->is_known = FALSE;
        s->again |= order <= s->now;
    }
    return w;
}

static void
take_need (guint64 order, gboolean is_bare, gpointer selection)
{
    want (selection, order, is_bare);
}

NfSelection *
nf_selection_new (const NfOptions *options, const NfCollector *collector, GPtrArray *inputs)
{
    NfSelection *s = g_new0 (NfSelection, 1);

    s->options = options;
    s->inputs = inputs;
    s->needs = nf_needs_new (collector, take_need, s);
    s->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    /* The key is the first member. */
    s->domains = g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, free_domain, NULL);
    return s;
}

void
nf_selection_free (NfSelection *selection)
{
    nf_needs_free (selection->needs);
    g_hash_table_unref (selection->wanted);
    g_hash_table_unref (selection->domains);
    g_free (selection);
}

gboolean
nf_selection_is_full (const NfSelection *selection)
{
    return selection->is_full;
}

static Domain *
ensure_domain (NfSelection *s, const NfDomainKey *key)
{
    Domain *domain = g_hash_table_lookup (s->domains, key);

    if (domain)
        return domain;
    domain = g_new0 (Domain, 1);
    domain->key = *key;
    domain->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
    g_hash_table_add (s->domains, domain);
    return domain;
}

/* ---- passes ---- */

/* Gives all Messages, and what may be there of lost ones, to `take`, none behind the datagram of
 * order `last`. */
static void
pass (NfSelection *s, guint64 last, void (*take) (const NfItem *item, gpointer data), gpointer data)
{
    guint64 order = 0;

    for (guint i = 0; i < s->inputs->len && order < last; i++) {
        NfInput *input = s->inputs->pdata[i];
        NfSource *source = input->failed ? NULL : nf_input_open (input, NULL);
        NfItem item;

        for (; source && order < last && nf_input_next (input, source, &item, NULL);
             order = item.datagram.order)
            if (item.kind == NF_ITEM_REFUSAL || item.kind == NF_ITEM_LOST ||
                (item.kind == NF_ITEM_DATAGRAM &&
                 nf_select_is_message (s->options, &item.datagram)))
                take (&item, data);
        if (source)
            source->free (source);
    }
}

/* Whether a Message has a whole Data Set that is not empty. */
static gboolean
has_data_set (const NfDatagram *g, const NfMessage *message)
{
    NfReader content, r = nf_reader (g->octets, message->end, 0);
    NfFinding trouble;
    NfSet set;

    nf_reader_take (&r, message->header_length);
    while (nf_message_next_set (message, &r, &set, &content, &trouble) == NF_SET_THERE)
        if (set.kind == NF_SET_DATA && content.left > 0 && !set.cut)
            return TRUE;
    return FALSE;
}

/* Counts an item in its domain, if that is one of those which are looked at and it is one of those
 * which were walked. Returns the domain, or NULL. */
static Domain *
count (NfSelection *s, const NfItem *item)
{
    const NfDatagram *g = &item->datagram;
    NfMessage message;
    NfFinding trouble;
    NfDomainKey key;
    Domain *domain;

    if (item->kind != NF_ITEM_DATAGRAM || !nf_select_wants_packet (s->options, g) ||
        !nf_select_wants_time (s->options, g) ||
        !nf_message_read (&message, g->octets, g->length, g->wire_length, &trouble))
        return NULL;
    key = nf_domain_key (g, &message);
    domain = g_hash_table_lookup (s->domains, &key);
    if (!domain)
        return NULL;
    domain->n++;
    if (domain->data == 0 && g->order > domain->no_data && has_data_set (g, &message))
        domain->data = g->order;
    return domain;
}

static void
begin_pass (NfSelection *s)
{
    GHashTableIter iter;
    gpointer domain;

    g_hash_table_iter_init (&iter, s->domains);
    while (g_hash_table_iter_next (&iter, &domain, NULL))
        ((Domain *)domain)->n = 0;
    s->now = 0;
    s->again = FALSE;
}

/* ---- the places of findings ---- */

static void
find_place (const NfItem *item, gpointer selection)
{
    NfSelection *s = selection;
    const Domain *domain = count (s, item);
    const GSList *at = NULL;

    if (domain || item->kind == NF_ITEM_REFUSAL) /* which is of no domain by itself */
        at = g_hash_table_lookup (s->faults, &item->datagram.order);
    for (; at; at = at->next) {
        NfEvidenceGroup *group = at->data;

        group->place = domain ? domain->n : ensure_domain (s, &group->key)->n;
    }
}

static void
add_fault (NfSelection *s, NfEvidenceGroup *group)
{
    GSList *same = g_hash_table_lookup (s->faults, &group->order);

    if (group->version != 0)
        ensure_domain (s, &group->key);
    if (same)
        same->next = g_slist_prepend (same->next, group);
    else
        g_hash_table_insert (s->faults, &group->order, g_slist_prepend (NULL, group));
}

/* Counts to where in its domain each finding is. */
static void
find_places (NfSelection *s, const NfEvidence *evidence)
{
    GHashTableIter iter;
    gpointer value, list;

    s->faults = g_hash_table_new (g_int64_hash, g_int64_equal);
    g_hash_table_iter_init (&iter, evidence->groups);
    while (g_hash_table_iter_next (&iter, &value, NULL))
        add_fault (s, value);
    begin_pass (s);
    pass (s, G_MAXUINT64, find_place, s);
    g_hash_table_iter_init (&iter, evidence->groups);
    while (g_hash_table_iter_next (&iter, &value, NULL)) {
        NfEvidenceGroup *group = value;

        if (group->order == 0)
            group->place = ensure_domain (s, &group->key)->n;
    }
    g_hash_table_iter_init (&iter, s->faults);
    while (g_hash_table_iter_next (&iter, NULL, &list))
        g_slist_free (list);
    g_clear_pointer (&s->faults, g_hash_table_unref);
}

/* ---- what is wanted ---- */

static void
want_range (Domain *domain, guint64 first, guint64 last)
{
    Range range = {first, last};

    if (first <= last)
        g_array_append_val (domain->ranges, range);
}

static void
want_group (NfSelection *s, const NfEvidenceGroup *group)
{
    guint generations = nf_evidence_generations (group->id);
    Domain *domain;
    Wanted *w;

    if (!nf_evidence_is_possible (group->id))
        return;
    if (group->order != 0 && (w = want (s, group->order, FALSE)))
        w->generations = MAX (w->generations, generations);
    for (guint i = 0; i < G_N_ELEMENTS (group->others); i++)
        if (group->others[i] != 0)
            want (s, group->others[i], FALSE);
    if (group->version == 0)
        return;
    domain = ensure_domain (s, &group->key);
    want_range (domain, 1, group->first);
    if (group->before > 0 && group->place > 0)
        want_range (domain, group->place - MIN (group->before, group->place - 1), group->place);
}

static gint
compare_ranges (gconstpointer a, gconstpointer b)
{
    const Range *x = a, *y = b;

    return x->first < y->first ? -1 : x->first > y->first;
}

/* Puts ranges in order, those that touch together. */
static void
join_ranges (GArray *ranges)
{
    guint n = 0;

    g_array_sort (ranges, compare_ranges);
    for (guint i = 0; i < ranges->len; i++) {
        Range range = g_array_index (ranges, Range, i);
        Range *last = n > 0 ? &g_array_index (ranges, Range, n - 1) : NULL;

        if (last && range.first <= last->last + 1)
            last->last = MAX (last->last, range.last);
        else
            g_array_index (ranges, Range, n++) = range;
    }
    g_array_set_size (ranges, n);
}

static gboolean
is_in_ranges (const GArray *ranges, guint64 n)
{
    guint low = 0, high = ranges->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (g_array_index (ranges, Range, middle).last < n)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ranges->len && g_array_index (ranges, Range, low).first <= n;
}

/* Notes a datagram of which is found out now what it hangs on. */
static void
note_kept (NfSelection *s, const NfDatagram *g, gboolean has_data)
{
    NfMessage message;
    NfFinding trouble;
    NfDomainKey key;
    Domain *domain;
    guint before = g_hash_table_size (s->domains);

    if (!nf_message_read (&message, g->octets, g->length, g->wire_length, &trouble))
        return;
    key = nf_domain_key (g, &message);
    domain = ensure_domain (s, &key);
    domain->kept++;
    domain->has_data |= has_data || !nf_message_has_templates (&message);
    s->again |= g_hash_table_size (s->domains) > before; /* its first data may lie behind */
}

static void
consider (const NfItem *item, gpointer selection)
{
    NfSelection *s = selection;
    const NfDatagram *g = &item->datagram;
    const Domain *domain = count (s, item);
    Wanted *w;

    s->now = g->order - 1;
    if (domain && is_in_ranges (domain->ranges, domain->n))
        want (s, g->order, FALSE);
    s->now = g->order;
    w = g_hash_table_lookup (s->wanted, &g->order);
    if (!w || w->is_known)
        return;
    w->is_known = TRUE;
    if (item->kind == NF_ITEM_DATAGRAM)
        note_kept (s, g, nf_needs_of (s->needs, g, w->is_bare, w->generations));
}

/* Where only Templates are kept of a domain it would look as if it had no data: one datagram with
 * data shows that it has. */
static void
want_data (NfSelection *s)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, s->domains);
    while (g_hash_table_iter_next (&iter, &value, NULL)) {
        Domain *domain = value;

        if (domain->kept < 2 || domain->has_data || domain->data == 0)
            continue;
        if (!g_hash_table_contains (s->wanted, &domain->data)) {
            want (s, domain->data, FALSE);
            continue;
        }
        domain->no_data = domain->data; /* there is no record in it */
        domain->data = 0;
        s->again = TRUE;
    }
}

static void
forget_all (NfSelection *s)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_remove_all (s->wanted);
    s->is_full = FALSE;
    g_hash_table_iter_init (&iter, s->domains);
    while (g_hash_table_iter_next (&iter, &value, NULL)) {
        Domain *domain = value;

        g_array_set_size (domain->ranges, 0);
        domain->kept = 0;
        domain->has_data = FALSE;
    }
}

void
nf_selection_make (NfSelection *selection, const NfEvidence *evidence)
{
    GHashTableIter iter;
    gpointer value;
    guint n = 0;

    if (!selection->has_places)
        find_places (selection, evidence);
    selection->has_places = TRUE;
    forget_all (selection);
    g_hash_table_iter_init (&iter, evidence->groups);
    while (g_hash_table_iter_next (&iter, &value, NULL))
        want_group (selection, value);
    g_hash_table_iter_init (&iter, selection->domains);
    while (g_hash_table_iter_next (&iter, &value, NULL))
        join_ranges (((Domain *)value)->ranges);
    do {
        begin_pass (selection);
        pass (selection, G_MAXUINT64, consider, selection);
        want_data (selection);
    } while (selection->again && ++n < MAX_PASSES);
}

/* ---- what was selected ---- */

typedef struct {
    const NfSelection *selection;
    void (*take) (const NfItem *item, gpointer data);
    gpointer data;
} Giving;

static void
give (const NfItem *item, gpointer giving)
{
    const Giving *g = giving;

    if (g_hash_table_contains (g->selection->wanted, &item->datagram.order))
        g->take (item, g->data);
}

void
nf_selection_each (NfSelection *selection, void (*take) (const NfItem *item, gpointer data),
                   gpointer data)
{
    Giving giving = {selection, take, data};
    GHashTableIter iter;
    gpointer value;
    guint64 last = 0;

    g_hash_table_iter_init (&iter, selection->wanted);
    while (g_hash_table_iter_next (&iter, &value, NULL))
        last = MAX (last, ((const Wanted *)value)->order);
    pass (selection, last, give, &giving);
}
