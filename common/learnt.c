/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements that exporters described (RFC 5610 3), and Templates bound to them. */
#include "learnt.h"

#include "hash.h"

/* Descriptions of one element in a session, and from where on each holds: what is added between
 * others moves all that follow. An exporter has one; another firmware has another one. */
#define MAX_DESCRIPTIONS 1024

/* Fields of all bindings to such elements. Some 40 octets each, and at worst 250 of an element that
 * nothing else has any more: 36 MiB. A few hundred exporters' Templates have fewer, and exporters
 * of one kind share theirs. */
#define MAX_BOUND_FIELDS 131072

/* Bindings that are found again without a look at their fields: more than a session's Templates. */
#define N_SLOTS 1024

/* What malloc gives out for an element of which a session said something, and for each time that it
 * did, without the name. */
#define SUBJECT_SIZE     160
#define DESCRIPTION_SIZE 208

/* An element as it was described. There is one for each different description, whichever session
 * it is of. */
typedef struct {
    gint refs;
    NfElement element; /* its name is the one below */
    char name[];
} Element;

/* What a session said of an element. */
typedef struct {
    NfPlace place; /* from where on it holds */
    Element *element;
} Description;

typedef struct {
    NfDomainKey key;      /* version and id are 0 */
    GHashTable *elements; /* enterprise number * 65536 + id -> GArray of Description, by place */
    guint64 stamp;        /* another one after each change, and of no other session */
    gsize size;           /* octets of memory */
} Session;

/* Places, from the first one to before the second. */
typedef struct {
    NfPlace from, to;
} Range;

/* What the last look at a Template's fields gave. */
typedef struct {
    guint64 stamp;      /* of its session; 0: empty */
    NfBinding *binding; /* a reference */
    Range range;        /* where it holds */
    NfBinding *better;  /* a reference; NULL: nothing was said of its elements */
    gboolean limited;
} Slot;

struct _NfLearnt {
    GHashTable *sessions; /* set of Session, owned */
    GHashTable *elements; /* set of Element by all that is said of them: a reference to each */
    GHashTable *bindings; /* set of NfBinding by Template and elements: a reference to each */
    GMutex lock;          /* for those, and the slots: walks look for bindings, too */
    Slot *slots;
    guint n_fields;  /* of the bindings */
    guint64 changes; /* descriptions added, fields bound */
    guint64 tidied;  /* `changes` when the unused ones were last forgotten */
    gsize *used;
};

/* ---- elements ---- */

static Element *
element_ref (Element *element)
{
    g_atomic_int_inc (&element->refs);
    return element;
}

static void
element_unref (gpointer element)
{
    if (g_atomic_int_dec_and_test (&((Element *)element)->refs))
        g_free (element);
}

static guint
element_hash (gconstpointer element)
{
    const NfElement *e = &((const Element *)element)->element;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guint64)e->pen << 16 | e->id);
    nf_hash_add (&hash, e->type);
    nf_hash_add (&hash, (guintptr)e->semantics);
    nf_hash_add (&hash, (guintptr)e->units);
    nf_hash_add (&hash, e->range_min);
    nf_hash_add (&hash, e->range_max);
    nf_hash_add_octets (&hash, (const guint8 *)e->name, strlen (e->name));
    return nf_hash_end (&hash);
}

/* Whether two descriptions say the same. Semantics and units are the registry's words. */
static gboolean
says_the_same (const NfElement *a, const NfElement *b)
{
    return a->pen == b->pen && a->id == b->id && a->type == b->type &&
           a->semantics == b->semantics && a->units == b->units && a->has_range == b->has_range &&
           a->range_min == b->range_min && a->range_max == b->range_max &&
           strcmp (a->name, b->name) == 0;
}

static gboolean
element_equal (gconstpointer a, gconstpointer b)
{
    return says_the_same (&((const Element *)a)->element, &((const Element *)b)->element);
}

/* The one of all elements that are described like this. Returns a reference. */
static Element *
keep_element (NfLearnt *learnt, const NfDescribed *described)
{
    gsize name = strlen (described->name) + 1;
    Element *element = g_malloc (sizeof *element + name), *kept;

    element->refs = 1;
    element->element = described->element;
    element->element.name = memcpy (element->name, described->name, name);
    kept = g_hash_table_lookup (learnt->elements, element);
    if (!kept) {
        g_hash_table_add (learnt->elements, element);
        return element_ref (element);
    }
    g_free (element);
    return element_ref (kept);
}

/* ---- sessions ---- */

static void
session_free (gpointer data)
{
    Session *session = data;

    g_hash_table_unref (session->elements);
    g_free (session);
}

static NfDomainKey
session_key (const NfDomainKey *domain)
{
    NfDomainKey key = *domain;

    key.version = 0;
    key.id = 0;
    return key;
}

static guint
number_hash (gconstpointer number)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, *(const guint64 *)number);
    return nf_hash_end (&hash);
}

static Session *
find_session (const NfLearnt *learnt, const NfDomainKey *domain)
{
    NfDomainKey key = session_key (domain);

    return g_hash_table_lookup (learnt->sessions, &key);
}

static Session *
ensure_session (NfLearnt *learnt, const NfDomainKey *domain)
{
    Session *session = find_session (learnt, domain);

    if (session)
        return session;
    session = g_new0 (Session, 1);
    session->key = session_key (domain);
    session->elements =
        g_hash_table_new_full (number_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
    g_hash_table_add (learnt->sessions, session);
    return session;
}

/* Counts memory that the session takes or, below 0, gives back. */
static void
count (NfLearnt *learnt, Session *session, gssize octets)
{
    session->size += (gsize)octets;
    *learnt->used += (gsize)octets;
}

void
nf_learnt_forget (NfLearnt *learnt, const NfDomainKey *domain)
{
    Session *session = find_session (learnt, domain);

    if (!session)
        return;
    *learnt->used -= session->size;
    g_hash_table_remove (learnt->sessions, session);
}

/* ---- descriptions ---- */

static void
description_clear (gpointer description)
{
    element_unref (((Description *)description)->element);
}

static gssize
size_of (const Description *description)
{
    return DESCRIPTION_SIZE + (gssize)strlen (description->element->name);
}

/* All descriptions of an element; NULL: there are none. */
static GArray *
descriptions_of (const Session *session, guint32 pen, guint16 id)
{
    guint64 number = (guint64)pen << 16 | id;

    return g_hash_table_lookup (session->elements, &number);
}

static GArray *
ensure_descriptions (NfLearnt *learnt, Session *session, guint32 pen, guint16 id)
{
    guint64 number = (guint64)pen << 16 | id;
    GArray *all = descriptions_of (session, pen, id);

    if (all)
        return all;
    all = g_array_new (FALSE, FALSE, sizeof (Description));
    g_array_set_clear_func (all, description_clear);
    g_hash_table_insert (session->elements, g_memdup2 (&number, sizeof number), all);
    count (learnt, session, SUBJECT_SIZE);
    return all;
}

gboolean
nf_learnt_knows (const NfLearnt *learnt, const NfDomainKey *domain, const NfDescribed *described,
                 NfPlace place)
{
    const NfElement *element = &described->element;
    const Session *session = find_session (learnt, domain);
    const GArray *all = session ? descriptions_of (session, element->pen, element->id) : NULL;
    guint begun = all ? nf_places_begun (all, place) : 0;
    const Description *d;

    if (begun == 0)
        return FALSE;
    d = &g_array_index (all, Description, begun - 1);
    return !nf_place_is_before (d->place, place) || says_the_same (&d->element->element, element);
}

static void
forget_outlived (NfLearnt *learnt, Session *session, GArray *all, guint64 oldest)
{
    guint n = nf_places_outlived (all, oldest);

    for (guint i = 0; i < n; i++)
        count (learnt, session, -size_of (&g_array_index (all, Description, i)));
    if (n > 0)
        g_array_remove_range (all, 0, n);
}

gboolean
nf_learnt_add (NfLearnt *learnt, const NfDomainKey *domain, const NfDescribed *described,
               NfPlace place, guint64 oldest)
{
    const NfElement *element = &described->element;
    Session *session = ensure_session (learnt, domain);
    GArray *all = ensure_descriptions (learnt, session, element->pen, element->id);
    Description d = {.place = place};

    nf_learnt_tidy (learnt);
    if (all->len >= MAX_DESCRIPTIONS)
        forget_outlived (learnt, session, all, oldest);
    if (all->len >= MAX_DESCRIPTIONS)
        return FALSE;
    d.element = keep_element (learnt, described);
    g_array_insert_val (all, nf_places_begun (all, place), d);
    count (learnt, session, size_of (&d));
    forget_outlived (learnt, session, all, oldest);
    session->stamp = ++learnt->changes;
    return TRUE;
}

/* The description of a field's element in force at `place` or, where there is none, the first to
 * come; NULL where there is none at all. `range` is narrowed to where it holds. */
static const Description *
find_description (const Session *session, const NfField *field, NfPlace place, Range *range)
{
    const GArray *all = descriptions_of (session, field->pen, field->id);
    guint begun = all ? nf_places_begun (all, place) : 0;
    guint next = MAX (begun, 1);
    const Description *d;

    if (!all)
        return NULL;
    d = &g_array_index (all, Description, next - 1);
    if (next > 1 && nf_place_is_before (range->from, d->place))
        range->from = d->place;
    if (next < all->len && nf_place_is_before (d[1].place, range->to))
        range->to = d[1].place;
    return d;
}

const NfElement *
nf_learnt_find (const NfLearnt *learnt, const NfDomainKey *domain, const NfField *field,
                NfPlace place, NfPlace *from)
{
    const Session *session = find_session (learnt, domain);
    Range range = {.from = {0, 0}};
    const Description *d = session ? find_description (session, field, place, &range) : NULL;

    if (d && from)
        *from = d->place;
    return d ? &d->element->element : NULL;
}

/* ---- bindings ---- */

static guint
binding_hash (gconstpointer binding)
{
    const NfBinding *b = binding;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_template_hash (b->tmpl));
    for (guint i = 0; i < b->learnt->len; i++)
        nf_hash_add (&hash, (guintptr)b->learnt->pdata[i]);
    return nf_hash_end (&hash);
}

static gboolean
binding_equal (gconstpointer a, gconstpointer b)
{
    const NfBinding *x = a, *y = b;

    return x->learnt->len == y->learnt->len && nf_template_equal (x->tmpl, y->tmpl) &&
           memcmp (x->learnt->pdata, y->learnt->pdata, x->learnt->len * sizeof (gpointer)) == 0;
}

/* Looking for what a session said of a Template's elements. */
typedef struct {
    const Session *session;
    NfPlace place;
    Range range;       /* of places for which all of it is the same */
    GPtrArray *learnt; /* the elements, in the order of the fields; references */
} Search;

static const NfElement *
find_element (gpointer data, const NfField *field)
{
    Search *s = data;
    const Description *d = find_description (s->session, field, s->place, &s->range);

    if (!d)
        return NULL;
    g_ptr_array_add (s->learnt, element_ref (d->element));
    return &d->element->element;
}

/* The one of all bindings that are like `better`, which is taken over. Borrowed; NULL where no more
 * are kept. */
static NfBinding *
keep_binding (NfLearnt *learnt, NfBinding *better)
{
    NfBinding *kept = g_hash_table_lookup (learnt->bindings, better);
    guint n = better->tmpl->n_fields;

    if (!kept) {
        learnt->changes += n;
        if (learnt->n_fields + n <= MAX_BOUND_FIELDS) {
            learnt->n_fields += n;
            g_hash_table_add (learnt->bindings, better);
            return better;
        }
    }
    nf_binding_unref (better);
    return kept;
}

static void
slot_clear (Slot *slot)
{
    if (slot->stamp == 0)
        return;
    nf_binding_unref (slot->binding);
    if (slot->better)
        nf_binding_unref (slot->better);
    *slot = (Slot){.stamp = 0};
}

static void
slot_fill (NfLearnt *learnt, Slot *slot, const Session *session, NfBinding *binding, NfPlace place)
{
    Search search = {.session = session,
                     .place = place,
                     .range = {.to = {G_MAXUINT64, G_MAXUINT32}},
                     .learnt = g_ptr_array_new_with_free_func (element_unref)};
    NfBinding *better = nf_binding_new_learnt (binding, find_element, &search, search.learnt);
    NfBinding *kept = better ? keep_binding (learnt, better) : NULL;

    g_ptr_array_unref (search.learnt);
    slot_clear (slot);
    *slot = (Slot){.stamp = session->stamp,
                   .binding = nf_binding_ref (binding),
                   .range = search.range,
                   .better = kept ? nf_binding_ref (kept) : NULL,
                   .limited = better && !kept};
}

static Slot *
slot_of (const NfLearnt *learnt, const Session *session, const NfBinding *binding)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guintptr)session);
    nf_hash_add (&hash, (guintptr)binding);
    return &learnt->slots[nf_hash_end (&hash) % N_SLOTS];
}

static gboolean
slot_serves (const Slot *slot, const Session *session, const NfBinding *binding, NfPlace place)
{
    return slot->stamp == session->stamp && slot->binding == binding &&
           !nf_place_is_before (place, slot->range.from) &&
           nf_place_is_before (place, slot->range.to);
}

NfBinding *
nf_learnt_bind (NfLearnt *learnt, const NfDomainKey *domain, NfBinding *binding, NfPlace place,
                gboolean *limited)
{
    const Session *session = binding->lacking ? find_session (learnt, domain) : NULL;
    Slot *slot;

    *limited = FALSE;
    if (!session)
        return binding;
    g_mutex_lock (&learnt->lock);
    slot = slot_of (learnt, session, binding);
    if (!slot_serves (slot, session, binding, place))
        slot_fill (learnt, slot, session, binding, place);
    if (slot->better)
        binding = slot->better;
    *limited = slot->limited;
    g_mutex_unlock (&learnt->lock);
    return binding;
}

/* ---- all together ---- */

static gboolean
is_unused_binding (gpointer binding, gpointer value, gpointer data)
{
    NfBinding *b = binding;

    (void)value;
    if (g_atomic_int_get (&b->refs) > 1)
        return FALSE;
    ((NfLearnt *)data)->n_fields -= b->tmpl->n_fields;
    return TRUE;
}

static gboolean
is_unused_element (gpointer element, gpointer value, gpointer data)
{
    (void)value;
    (void)data;
    return g_atomic_int_get (&((Element *)element)->refs) == 1;
}

void
nf_learnt_forget_unused (NfLearnt *learnt)
{
    learnt->tidied = learnt->changes;
    for (guint i = 0; i < N_SLOTS; i++)
        slot_clear (&learnt->slots[i]);
    g_hash_table_foreach_remove (learnt->bindings, is_unused_binding, learnt);
    g_hash_table_foreach_remove (learnt->elements, is_unused_element, NULL);
}

void
nf_learnt_tidy (NfLearnt *learnt)
{
    guint kept = g_hash_table_size (learnt->elements) + learnt->n_fields;

    if (learnt->changes - learnt->tidied > N_SLOTS + kept / 8)
        nf_learnt_forget_unused (learnt);
}

NfLearnt *
nf_learnt_new (gsize *used)
{
    NfLearnt *learnt = g_new0 (NfLearnt, 1);

    learnt->used = used;
    learnt->sessions =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, session_free, NULL);
    learnt->elements = g_hash_table_new_full (element_hash, element_equal, element_unref, NULL);
    learnt->bindings =
        g_hash_table_new_full (binding_hash, binding_equal, (GDestroyNotify)nf_binding_unref, NULL);
    learnt->slots = g_new0 (Slot, N_SLOTS);
    g_mutex_init (&learnt->lock);
    return learnt;
}

void
nf_learnt_free (NfLearnt *learnt)
{
    for (guint i = 0; i < N_SLOTS; i++)
        slot_clear (&learnt->slots[i]);
    g_hash_table_unref (learnt->sessions);
    g_hash_table_unref (learnt->bindings);
    g_hash_table_unref (learnt->elements);
    g_mutex_clear (&learnt->lock);
    g_free (learnt->slots);
    g_free (learnt);
}
