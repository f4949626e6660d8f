/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements that exporters describe (RFC 5610 3). */
#include "learnt.h"

#include "element-private.h"
#include "hash.h"
#include "value.h"

/* Descriptions kept of all exporters together; some 200 octets each. The largest registries of an
 * enterprise have a few thousand. */
#define MAX_ELEMENTS 65536

/* Templates that wait for a description, all together: 8 octets each and what finds them. */
#define MAX_WAITING 65536

/* Octets of a name; IANA's longest has 50. */
#define MAX_NAME 128

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
    guint n_waiting;
};

typedef struct {
    NfDomainKey key;      /* version and id are 0 */
    GHashTable *elements; /* enterprise number * 65536 + id -> NfElement */
    GHashTable *waiting;  /* the same -> GArray of NfLearntUse */
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
nf_learnt_new (const NfRegistry *registry)
{
    NfLearnt *learnt = g_new0 (NfLearnt, 1);

    learnt->registry = registry;
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

void
nf_learnt_forget (NfLearnt *learnt, const NfDomainKey *domain)
{
    Session *session = find_session (learnt, domain);
    GHashTableIter iter;
    gpointer uses;

    if (!session)
        return;
    g_hash_table_iter_init (&iter, session->waiting);
    while (g_hash_table_iter_next (&iter, NULL, &uses))
        learnt->n_waiting -= ((GArray *)uses)->len;
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
 * whatever does not belong into one becomes an underscore. Returns NULL where there is none. */
static const char *
read_name (NfLearnt *learnt, const Description *d, guint32 pen)
{
    const char *key = nf_registry_enterprise (learnt->registry, pen, NULL);
    char name[MAX_NAME + 16];
    NfValue value;
    gsize start;

    read_field (d, d->plan->name, &value);
    if (value.kind != NF_VALUE_STRING || value.length == 0 || value.length > MAX_NAME / 2)
        return NULL;
    if (key)
        g_snprintf (name, MAX_NAME / 2, "%s.", key);
    else
        g_snprintf (name, MAX_NAME / 2, "%u.", pen);
    start = strlen (name);
    for (gsize i = 0; i < value.length; i++) {
        char c = (char)value.octets[i];

        name[start + i] = g_ascii_isalnum (c) || c == '-' ? c : '_';
    }
    name[start + value.length] = '\0';
    return g_string_chunk_insert_const (learnt->strings, name);
}

/* Makes an element of a record. Returns FALSE where it is none that can be used: of an element that
 * the registry knows, too, which is believed more than the exporter. */
static gboolean
describe (NfLearnt *learnt, const Description *d, NfElement *element)
{
    guint64 pen = read_number (d, d->plan->pen), id = read_number (d, d->plan->id);
    guint64 type = read_number (d, d->plan->type);

    if (pen == 0 || pen > G_MAXUINT32 || id > G_MAXUINT16 || type >= NF_N_TYPES)
        return FALSE;
    id &= NF_MAX_IPFIX_ID; /* some write it with the enterprise bit */
    *element = (NfElement){.pen = (guint32)pen,
                           .id = (guint16)id,
                           .space = NF_SPACE_IPFIX,
                           .type = (guint8)type,
                           .flags = NF_ELEMENT_LEARNT};
    if (nf_registry_lookup (learnt->registry, NF_SPACE_IPFIX, element->pen, element->id))
        return FALSE;
    element->name = read_name (learnt, d, element->pen);
    element->semantics = name_of_value (learnt, SEMANTICS, read_number (d, d->plan->semantics));
    element->units = name_of_value (learnt, UNITS, read_number (d, d->plan->units));
    element->range_min = read_number (d, d->plan->range_begin);
    element->range_max = read_number (d, d->plan->range_end);
    element->has_range = element->range_max > element->range_min;
    return element->name != NULL;
}

GArray *
nf_learnt_note (NfLearnt *learnt, const NfLearntPlan *plan, const NfDomainKey *domain,
                const guint8 *octets, const NfSpan *fields)
{
    Description d = {.plan = plan, .octets = octets, .fields = fields};
    const NfElement *kept;
    gpointer key, uses = NULL;
    NfElement element;
    Session *session;
    guint64 number;

    if (g_hash_table_size (learnt->elements) >= MAX_ELEMENTS || !describe (learnt, &d, &element))
        return NULL;
    kept = g_hash_table_lookup (learnt->elements, &element);
    if (!kept) {
        kept = g_memdup2 (&element, sizeof element);
        g_hash_table_add (learnt->elements, (gpointer)kept);
    }
    session = ensure_session (learnt, domain);
    number = (guint64)element.pen << 16 | element.id;
    if (g_hash_table_lookup (session->elements, &number) == kept)
        return NULL;
    g_hash_table_replace (session->elements, g_memdup2 (&number, sizeof number), (gpointer)kept);
    if (!g_hash_table_steal_extended (session->waiting, &number, &key, &uses))
        return NULL;
    g_free (key);
    learnt->n_waiting -= ((GArray *)uses)->len;
    return uses;
}

/* ---- Templates ---- */

static const NfElement *
find_element (gpointer session, const NfField *field)
{
    guint64 number = (guint64)field->pen << 16 | field->id;

    return g_hash_table_lookup (((const Session *)session)->elements, &number);
}

/* Remembers that a Template waits to hear what a field is. */
static void
wait_for (NfLearnt *learnt, Session *session, const NfField *field, const NfLearntUse *use)
{
    guint64 number = (guint64)field->pen << 16 | field->id;
    GArray *uses = g_hash_table_lookup (session->waiting, &number);

    if (learnt->n_waiting >= MAX_WAITING)
        return;
    if (!uses) {
        uses = g_array_new (FALSE, FALSE, sizeof (NfLearntUse));
        g_hash_table_insert (session->waiting, g_memdup2 (&number, sizeof number), uses);
    }
    g_array_append_val (uses, *use);
    learnt->n_waiting++;
}

static gboolean
is_unknown (const NfBinding *binding, guint i)
{
    return !binding->fields[i].element && binding->tmpl->fields[i].pen != 0;
}

NfBinding *
nf_learnt_bind (NfLearnt *learnt, const NfDomainKey *domain, const NfBinding *binding)
{
    NfLearntUse use = {.domain = domain->id, .template_id = binding->tmpl->id};
    Session *session = NULL;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        if (!is_unknown (binding, i))
            continue;
        if (!session)
            session = ensure_session (learnt, domain);
        if (!find_element (session, &binding->tmpl->fields[i]))
            wait_for (learnt, session, &binding->tmpl->fields[i], &use);
    }
    return session ? nf_binding_new_learnt (binding, find_element, session) : NULL;
}
