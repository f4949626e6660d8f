/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements that exporters describe (RFC 5610 3). */
#include "learnt.h"

#include "element-private.h"
#include "hash.h"
#include "value.h"

/* Different descriptions of all exporters together, which are never forgotten: bindings have them.
 * Some 300 octets each. The largest registries of an enterprise have a few thousand. */
#define MAX_ELEMENTS 65536

/* What malloc gives out in a session for an element that it described, or that is waited for, and
 * for a Template that waits. */
#define KNOWN_SIZE   96
#define WAITED_SIZE  192
#define WAITING_SIZE 16

/* How many of those that wait for an element are looked at, the newest first, before a Template is
 * added: it may do already, where its layout is changed again and again. */
#define MAX_LOOKED_AT 64

/* IANA's elements that describe elements (RFC 5610 3.1 to 3.8, RFC 7012's registry). */
enum {
    INFORMATION_ELEMENT_ID = 303,
    DATA_TYPE = 339,
    NAME = 341,
    RANGE_BEGIN = 342,
    RANGE_END = 343,
    SEMANTICS = 344,
    UNITS = 345,
    PRIVATE_ENTERPRISE_NUMBER = 346
};

struct _NfLearnt {
    const NfRegistry *registry;
    GHashTable *sessions; /* set of Session, owned */
    GHashTable *elements; /* set of NfElement by all that is said of them, owned */
    GStringChunk *strings;
    gsize *used;
};

typedef struct {
    NfDomainKey key;      /* version and id are 0 */
    GHashTable *elements; /* enterprise number * 65536 + id -> NfElement */
    GHashTable *waiting;  /* the same -> GArray of NfLearntUse */
    gsize size;           /* octets of memory */
} Session;

static guint
element_hash (gconstpointer data)
{
    const NfElement *e = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guint64)e->pen << 16 | e->id);
    nf_hash_add (&hash, e->type);
    nf_hash_add_octets (&hash, (const guint8 *)e->name, strlen (e->name));
    return nf_hash_end (&hash);
}

static gboolean
element_equal (gconstpointer a, gconstpointer b)
{
    const NfElement *x = a, *y = b;

    return x->pen == y->pen && x->id == y->id && x->type == y->type &&
           x->semantics == y->semantics && x->units == y->units && x->has_range == y->has_range &&
           x->range_min == y->range_min && x->range_max == y->range_max &&
           strcmp (x->name, y->name) == 0;
}

static void
session_free (gpointer data)
{
    Session *session = data;

    g_hash_table_unref (session->elements);
    g_hash_table_unref (session->waiting);
    g_free (session);
}

NfLearnt *
nf_learnt_new (const NfRegistry *registry, gsize *used)
{
    NfLearnt *learnt = g_new0 (NfLearnt, 1);

    learnt->registry = registry;
    learnt->used = used;
    learnt->sessions =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, session_free, NULL);
    learnt->elements = g_hash_table_new_full (element_hash, element_equal, g_free, NULL);
    learnt->strings = g_string_chunk_new (4096);
    return learnt;
}

void
nf_learnt_free (NfLearnt *learnt)
{
    g_hash_table_unref (learnt->sessions);
    g_hash_table_unref (learnt->elements);
    g_string_chunk_free (learnt->strings);
    g_free (learnt);
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
    session->elements = g_hash_table_new_full (number_hash, g_int64_equal, g_free, NULL);
    session->waiting =
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

gboolean
nf_learnt_plan (NfLearntPlan *plan, const NfBinding *binding)
{
    if (!binding->tmpl->options || binding->tmpl->version != 10)
        return FALSE;
    *plan = (NfLearntPlan){.binding = binding,
                           .pen = nf_binding_find (binding, PRIVATE_ENTERPRISE_NUMBER),
                           .id = nf_binding_find (binding, INFORMATION_ELEMENT_ID),
                           .type = nf_binding_find (binding, DATA_TYPE),
                           .name = nf_binding_find (binding, NAME),
                           .semantics = nf_binding_find (binding, SEMANTICS),
                           .units = nf_binding_find (binding, UNITS),
                           .range_begin = nf_binding_find (binding, RANGE_BEGIN),
                           .range_end = nf_binding_find (binding, RANGE_END)};
    return plan->pen >= 0 && plan->id >= 0 && plan->type >= 0 && plan->name >= 0;
}

/* A record of descriptions. */
typedef struct {
    const NfLearntPlan *plan;
    const guint8 *octets;
    const NfSpan *fields;
} Description;

static void
read_field (const Description *d, gint field, NfValue *value)
{
    NfSpan span = d->fields[field];

    nf_value_read (value, d->plan->binding->fields[field].type, nf_span_octets (d->octets, span),
                   span.length);
}

/* A number, or 0 where there is none. */
static guint64
read_number (const Description *d, gint field)
{
    NfValue value = {.kind = NF_VALUE_NONE};

    if (field >= 0)
        read_field (d, field, &value);
    return value.kind == NF_VALUE_UNSIGNED ? value.u : 0;
}

/* What a number is called in the values of IANA's element `id`; "" where it has no name. */
static const char *
name_of_value (const NfLearnt *learnt, guint16 id, guint64 value)
{
    const NfElement *element = nf_registry_lookup (learnt->registry, NF_SPACE_IPFIX, 0, id);
    const char *name = element && element->names ? nf_names_value (element->names, value) : NULL;

    return name && strcmp (name, "none") != 0 ? name : "";
}

/* "ENTERPRISE.NAME", as the registry calls its elements. Names become keys and go to terminals:
 * whatever does not belong into one becomes an underscore. Returns FALSE where there is none. */
static gboolean
read_name (const NfLearnt *learnt, const Description *d, guint32 pen, char name[NF_LEARNT_NAME])
{
    const char *key = nf_registry_enterprise (learnt->registry, pen, NULL);
    NfValue value;
    gsize start;

    read_field (d, d->plan->name, &value);
    if (value.kind != NF_VALUE_STRING || value.length == 0 || value.length > NF_LEARNT_NAME / 2)
        return FALSE;
    if (key)
        g_snprintf (name, NF_LEARNT_NAME / 2, "%s.", key);
    else
        g_snprintf (name, NF_LEARNT_NAME / 2, "%u.", pen);
    start = strlen (name);
    for (gsize i = 0; i < value.length; i++) {
        char c = (char)value.octets[i];

        name[start + i] = g_ascii_isalnum (c) || c == '-' ? c : '_';
    }
    name[start + value.length] = '\0';
    return TRUE;
}

/* Makes an element of a record. Returns FALSE where it is none that can be used: of an element that
 * the registry knows, too, which is believed more than the exporter. */
static gboolean
describe (const NfLearnt *learnt, const Description *d, NfDescribed *described)
{
    guint64 pen = read_number (d, d->plan->pen), id = read_number (d, d->plan->id);
    guint64 type = read_number (d, d->plan->type);
    NfElement *element = &described->element;

    if (pen == 0 || pen > G_MAXUINT32 || id > G_MAXUINT16 || type >= NF_N_TYPES)
        return FALSE;
    id &= NF_MAX_IPFIX_ID; /* some write it with the enterprise bit */
    *element = (NfElement){.pen = (guint32)pen,
                           .id = (guint16)id,
                           .space = NF_SPACE_IPFIX,
                           .type = (guint8)type,
                           .name = described->name,
                           .flags = NF_ELEMENT_LEARNT};
    if (nf_registry_lookup (learnt->registry, NF_SPACE_IPFIX, element->pen, element->id))
        return FALSE;
    element->semantics = name_of_value (learnt, SEMANTICS, read_number (d, d->plan->semantics));
    element->units = name_of_value (learnt, UNITS, read_number (d, d->plan->units));
    element->range_min = read_number (d, d->plan->range_begin);
    element->range_max = read_number (d, d->plan->range_end);
    element->has_range = element->range_max > element->range_min;
    return read_name (learnt, d, element->pen, described->name);
}

static guint64
number_of (guint32 pen, guint16 id)
{
    return (guint64)pen << 16 | id;
}

static const NfElement *
find_element (const Session *session, guint32 pen, guint16 id)
{
    guint64 number = number_of (pen, id);

    return g_hash_table_lookup (session->elements, &number);
}

gboolean
nf_learnt_read (const NfLearnt *learnt, const NfLearntPlan *plan, const NfDomainKey *domain,
                const guint8 *octets, const NfSpan *fields, NfDescribed *described)
{
    Description d = {.plan = plan, .octets = octets, .fields = fields};
    const NfElement *element = &described->element, *known;
    const Session *session;

    if (!describe (learnt, &d, described))
        return FALSE;
    session = find_session (learnt, domain);
    known = session ? find_element (session, element->pen, element->id) : NULL;
    return !known || !element_equal (known, element);
}

/* The one of all elements that are described like this; NULL where no more are remembered. */
static const NfElement *
keep_element (NfLearnt *learnt, const NfElement *element)
{
    NfElement *kept = g_hash_table_lookup (learnt->elements, element);

    if (kept || g_hash_table_size (learnt->elements) >= MAX_ELEMENTS)
        return kept;
    kept = g_memdup2 (element, sizeof *element);
    kept->name = g_string_chunk_insert_const (learnt->strings, element->name);
    g_hash_table_add (learnt->elements, kept);
    return kept;
}

/* Those that waited for the element are told. */
static void
end_waiting (NfLearnt *learnt, Session *session, const guint64 *number, GArray *told)
{
    GArray *uses = g_hash_table_lookup (session->waiting, number);

    if (!uses)
        return;
    g_array_append_vals (told, uses->data, uses->len);
    count (learnt, session, -(gssize)(WAITED_SIZE + uses->len * WAITING_SIZE));
    g_hash_table_remove (session->waiting, number);
}

gboolean
nf_learnt_add (NfLearnt *learnt, const NfDomainKey *domain, const NfDescribed *described,
               GArray *told)
{
    const NfElement *kept = keep_element (learnt, &described->element);
    guint64 number = number_of (described->element.pen, described->element.id);
    Session *session;

    if (!kept)
        return FALSE;
    session = ensure_session (learnt, domain);
    if (g_hash_table_replace (session->elements, g_memdup2 (&number, sizeof number),
                              (gpointer)kept))
        count (learnt, session, KNOWN_SIZE);
    end_waiting (learnt, session, &number, told);
    return TRUE;
}

/* ---- Templates ---- */

static gboolean
is_lacking (const NfBinding *binding, guint i)
{
    return !binding->fields[i].element && binding->tmpl->fields[i].pen != 0;
}

gboolean
nf_learnt_is_lacking (const NfBinding *binding)
{
    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        if (is_lacking (binding, i))
            return TRUE;
    return FALSE;
}

static gboolean
waits_already (const GArray *uses, const NfLearntUse *use)
{
    for (guint n = 1; n <= MIN (uses->len, MAX_LOOKED_AT); n++) {
        const NfLearntUse *other = &g_array_index (uses, NfLearntUse, uses->len - n);

        if (other->domain == use->domain && other->template_id == use->template_id)
            return TRUE;
    }
    return FALSE;
}

/* Remembers that a Template waits to hear what a field is. */
static void
wait_for (NfLearnt *learnt, Session *session, const NfField *field, const NfLearntUse *use)
{
    guint64 number = number_of (field->pen, field->id);
    GArray *uses = g_hash_table_lookup (session->waiting, &number);

    if (!uses) {
        uses = g_array_new (FALSE, FALSE, sizeof (NfLearntUse));
        g_hash_table_insert (session->waiting, g_memdup2 (&number, sizeof number), uses);
        count (learnt, session, WAITED_SIZE);
    } else if (waits_already (uses, use)) {
        return;
    }
    g_array_append_val (uses, *use);
    count (learnt, session, WAITING_SIZE);
}

void
nf_learnt_wait (NfLearnt *learnt, const NfDomainKey *domain, const NfBinding *binding)
{
    NfLearntUse use = {.domain = domain->id, .template_id = binding->tmpl->id};
    Session *session = ensure_session (learnt, domain);

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        const NfField *field = &binding->tmpl->fields[i];

        if (is_lacking (binding, i) && !find_element (session, field->pen, field->id))
            wait_for (learnt, session, field, &use);
    }
}

static const NfElement *
find_field (gpointer session, const NfField *field)
{
    return find_element (session, field->pen, field->id);
}

NfBinding *
nf_learnt_bind (const NfLearnt *learnt, const NfDomainKey *domain, const NfBinding *binding)
{
    Session *session = find_session (learnt, domain);

    return session ? nf_binding_new_learnt (binding, find_field, session) : NULL;
}

const NfElement *
nf_learnt_find (const NfLearnt *learnt, const NfDomainKey *domain, const NfField *field)
{
    const Session *session = find_session (learnt, domain);

    return session ? find_element (session, field->pen, field->id) : NULL;
}
