/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What options data announces: read from its records, and found again by subject. */
#include "announced.h"

#include "hash.h"
#include "value.h"

#include <float.h>

/* IANA's elements that announcements are made of. */
enum {
    INGRESS_INTERFACE = 10,
    EGRESS_INTERFACE = 14,
    SAMPLING_INTERVAL = 34,
    SAMPLER_ID = 48,
    SAMPLER_RANDOM_INTERVAL = 50,
    INTERFACE_NAME = 82,
    INTERFACE_DESCRIPTION = 83,
    SAMPLER_NAME = 84,
    APPLICATION_DESCRIPTION = 94,
    APPLICATION_ID = 95,
    APPLICATION_NAME = 96,
    COMMON_PROPERTIES_ID = 137,
    TEMPLATE_ID = 145,
    OBSERVATION_DOMAIN_ID = 149,
    SYSTEM_INIT_TIME = 160,
    INGRESS_VRF_ID = 234,
    EGRESS_VRF_ID = 235,
    VRF_NAME = 236,
    INGRESS_PHYSICAL_INTERFACE = 252,
    EGRESS_PHYSICAL_INTERFACE = 253,
    OBSERVATION_DOMAIN_NAME = 300,
    SELECTOR_ID = 302,
    SAMPLING_PACKET_INTERVAL = 305,
    SAMPLING_PACKET_SPACE = 306,
    SAMPLING_SIZE = 309,
    SAMPLING_POPULATION = 310,
    SAMPLING_PROBABILITY = 311,
    SELECTOR_NAME = 335
};

/* NetFlow v9's scope field types (RFC 3954 6.1), told apart from IANA's ids by a bit. None of those
 * above has it. */
#define N_SCOPES        8
#define SCOPE(type)     (0x200 | (type))
#define N_NUMBERS       SCOPE (N_SCOPES)
#define SCOPE_INTERFACE SCOPE (2)
#define SCOPE_TEMPLATE  SCOPE (5)

#define MAX_ELEMENTS 6

/* What malloc gives out for a subject in the two tables that know it, measured. */
#define SUBJECT_SIZE 400

/* The elements that have a subject's key, its name and its description, in order of preference. */
static const struct {
    guint16 key[MAX_ELEMENTS], name[MAX_ELEMENTS], description[MAX_ELEMENTS];
} kinds[NF_N_ANNOUNCED] = {
    [NF_ANNOUNCED_INTERFACE] = {.key = {SCOPE_INTERFACE, INGRESS_INTERFACE, EGRESS_INTERFACE,
                                        INGRESS_PHYSICAL_INTERFACE, EGRESS_PHYSICAL_INTERFACE},
                                .name = {INTERFACE_NAME},
                                .description = {INTERFACE_DESCRIPTION}},
    [NF_ANNOUNCED_SAMPLER] = {.key = {SAMPLER_ID, SELECTOR_ID},
                              .name = {SAMPLER_NAME, SELECTOR_NAME}},
    [NF_ANNOUNCED_TEMPLATE_SAMPLING] = {.key = {SCOPE_TEMPLATE, TEMPLATE_ID}},
    [NF_ANNOUNCED_INTERFACE_SAMPLING] = {.key = {SCOPE_INTERFACE, INGRESS_INTERFACE,
                                                 EGRESS_INTERFACE, INGRESS_PHYSICAL_INTERFACE,
                                                 EGRESS_PHYSICAL_INTERFACE}},
    [NF_ANNOUNCED_APPLICATION] = {.key = {APPLICATION_ID},
                                  .name = {APPLICATION_NAME},
                                  .description = {APPLICATION_DESCRIPTION}},
    [NF_ANNOUNCED_VRF] = {.key = {INGRESS_VRF_ID, EGRESS_VRF_ID}, .name = {VRF_NAME}},
    [NF_ANNOUNCED_DOMAIN] = {.key = {OBSERVATION_DOMAIN_ID}, .name = {OBSERVATION_DOMAIN_NAME}},
    [NF_ANNOUNCED_COMMON_PROPERTIES] = {.key = {COMMON_PROPERTIES_ID}},
};

struct _NfAnnounced {
    GHashTable *subjects; /* Subject -> itself, owned */
};

typedef struct {
    NfAnnouncedKey key;
    GPtrArray *all; /* of NfAnnouncement, referenced, in order of place */
} Subject;

/* ---- keys ---- */

NfAnnouncedKey
nf_announced_key_octets (NfAnnouncedKind kind, const guint8 *octets, gsize length)
{
    NfAnnouncedKey key = {.kind = (guint8)kind, .length = (guint8)MIN (length, NF_ANNOUNCED_KEY)};

    if (key.length > 0)
        memcpy (key.octets, octets, key.length);
    return key;
}

NfAnnouncedKey
nf_announced_key (NfAnnouncedKind kind, guint64 number)
{
    return nf_announced_key_octets (kind, (const guint8 *)&number, sizeof number);
}

void
nf_announced_key_confine (NfAnnouncedKey *key, guint16 version, guint32 domain)
{
    if (key->kind != NF_ANNOUNCED_TEMPLATE_SAMPLING && key->kind != NF_ANNOUNCED_COMMON_PROPERTIES)
        return;
    key->version = version;
    key->domain = domain;
}

static guint
subject_hash (gconstpointer subject)
{
    const NfAnnouncedKey *key = subject;
    NfHash hash = nf_hash_begin ();

    nf_hash_add_octets (&hash, (const guint8 *)key, sizeof *key);
    return nf_hash_end (&hash);
}

static gboolean
subject_equal (gconstpointer a, gconstpointer b)
{
    return memcmp (a, b, sizeof (NfAnnouncedKey)) == 0;
}

/* ---- sampling ---- */

gdouble
nf_sampling_rate (const NfSampling *sampling)
{
    const NfSampling *s = sampling;

    if (s->interval > 0)
        return (gdouble)s->interval;
    if (s->packets > 0)
        return ((gdouble)s->packets + (gdouble)s->space) / (gdouble)s->packets;
    if (s->random > 0)
        return (gdouble)s->random;
    if (s->size > 0 && s->population >= s->size)
        return (gdouble)s->population / (gdouble)s->size;
    /* of less than the least normal number the rate may be infinite */
    return s->probability >= DBL_MIN && s->probability <= 1 ? 1 / s->probability : 0;
}

/* ---- which fields ---- */

/* The number of an element as the tables above have it; 0: of none of theirs. */
static guint
number_of (const NfElement *element)
{
    if (!element || element->pen != 0 || element->space == NF_SPACE_NETFLOW9)
        return 0;
    if (element->space == NF_SPACE_SCOPE)
        return element->id < N_SCOPES ? SCOPE (element->id) : 0;
    return element->id < SCOPE (0) ? element->id : 0;
}

/* The first field of each number, or -1. */
static void
find_fields (gint first[N_NUMBERS], const NfBinding *binding)
{
    for (guint number = 0; number < N_NUMBERS; number++)
        first[number] = -1;
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        guint number = number_of (binding->fields[i].element);

        if (first[number] < 0)
            first[number] = (gint)i;
    }
}

/* The field of the first of the elements that there is, or -1. */
static gint
pick_field (const gint first[N_NUMBERS], const guint16 *elements)
{
    for (guint e = 0; e < MAX_ELEMENTS && elements[e] != 0; e++)
        if (first[elements[e]] >= 0)
            return first[elements[e]];
    return -1;
}

static gboolean
has_rate (const NfAnnouncePlan *p)
{
    return p->interval >= 0 || p->packets >= 0 || p->random >= 0 || p->size >= 0 ||
           p->probability >= 0;
}

/* A rate belongs to the sampler that stands with it; else to the Template, or the interface; else
 * to all that the exporter sends. */
static NfAnnouncedKind
kind_of_rate (const NfAnnouncePlan *plan)
{
    if (plan->key[NF_ANNOUNCED_SAMPLER] >= 0)
        return NF_ANNOUNCED_SAMPLER;
    if (plan->key[NF_ANNOUNCED_TEMPLATE_SAMPLING] >= 0)
        return NF_ANNOUNCED_TEMPLATE_SAMPLING;
    if (plan->key[NF_ANNOUNCED_INTERFACE_SAMPLING] >= 0)
        return NF_ANNOUNCED_INTERFACE_SAMPLING;
    return NF_ANNOUNCED_SYSTEM_SAMPLING;
}

/* Common properties have the scope commonPropertiesId; other records only name it. */
static gboolean
has_common_properties (const NfAnnouncePlan *plan)
{
    gint key = plan->key[NF_ANNOUNCED_COMMON_PROPERTIES];

    return key >= 0 && (guint)key < plan->binding->tmpl->scope_count;
}

void
nf_announce_plan (NfAnnouncePlan *plan, const NfBinding *binding)
{
    gint first[N_NUMBERS];

    *plan = (NfAnnouncePlan){.binding = binding};
    if (!binding->tmpl->options)
        return;
    find_fields (first, binding);
    for (guint k = 0; k < NF_N_ANNOUNCED; k++) {
        plan->key[k] = pick_field (first, kinds[k].key);
        plan->name[k] = pick_field (first, kinds[k].name);
        plan->description[k] = pick_field (first, kinds[k].description);
        plan->announces[k] = (plan->key[k] >= 0 || k == NF_ANNOUNCED_DOMAIN) &&
                             (plan->name[k] >= 0 || plan->description[k] >= 0);
    }
    plan->interval = first[SAMPLING_INTERVAL];
    plan->packets = first[SAMPLING_PACKET_INTERVAL];
    plan->space = first[SAMPLING_PACKET_SPACE];
    plan->random = first[SAMPLER_RANDOM_INTERVAL];
    plan->size = first[SAMPLING_SIZE];
    plan->population = first[SAMPLING_POPULATION];
    plan->probability = first[SAMPLING_PROBABILITY];
    plan->start = first[SYSTEM_INIT_TIME];
    if (has_rate (plan))
        plan->announces[kind_of_rate (plan)] = TRUE;
    plan->announces[NF_ANNOUNCED_START] = plan->start >= 0;
    plan->announces[NF_ANNOUNCED_COMMON_PROPERTIES] = has_common_properties (plan);
    for (guint k = 0; k < NF_N_ANNOUNCED; k++)
        plan->any |= plan->announces[k];
}

guint
nf_announced_kinds (const NfBinding *binding)
{
    /* IANA's elements that tell a name, a description or a rate; 0 behind the last one */
    static const guint16 telling[NF_N_ANNOUNCED][8] = {
        [NF_ANNOUNCED_INTERFACE] = {82, 83},
        [NF_ANNOUNCED_SAMPLER] = {84, 335, 34, 50, 305, 309, 311},
        [NF_ANNOUNCED_APPLICATION] = {94, 96},
        [NF_ANNOUNCED_VRF] = {236},
        [NF_ANNOUNCED_DOMAIN] = {300},
    };
    guint found = 0;

    for (guint i = 0; binding->tmpl->options && i < binding->tmpl->n_fields; i++)
        for (guint k = 0; k < NF_N_ANNOUNCED; k++)
            for (const guint16 *id = telling[k]; *id != 0; id++)
                if (nf_element_iana_id (binding->fields[i].element) == *id)
                    found |= 1u << k;
    return found;
}

/* ---- reading a record ---- */

static void
read_field (const NfAnnouncePlan *plan, const NfAnnouncer *from, gint field, NfValue *value)
{
    NfSpan span = {0, 0};

    *value = (NfValue){.kind = NF_VALUE_NONE};
    if (field < 0)
        return;
    span = from->fields[field];
    nf_value_read (value, plan->binding->fields[field].type, nf_span_octets (from->octets, span),
                   span.length);
}

/* The number in a field; 0 where there is none. */
static guint64
read_number (const NfAnnouncePlan *plan, const NfAnnouncer *from, gint field)
{
    NfValue value;

    read_field (plan, from, field, &value);
    return value.kind == NF_VALUE_UNSIGNED ? value.u : 0;
}

static gdouble
read_rate (const NfAnnouncePlan *plan, const NfAnnouncer *from)
{
    NfSampling s = {.interval = read_number (plan, from, plan->interval),
                    .packets = read_number (plan, from, plan->packets),
                    .space = read_number (plan, from, plan->space),
                    .random = read_number (plan, from, plan->random),
                    .size = read_number (plan, from, plan->size),
                    .population = read_number (plan, from, plan->population)};
    NfValue value;

    read_field (plan, from, plan->probability, &value);
    s.probability = value.kind == NF_VALUE_FLOAT ? value.f : 0;
    return nf_sampling_rate (&s);
}

static guint64
read_start (const NfAnnouncePlan *plan, const NfAnnouncer *from)
{
    NfValue value;

    read_field (plan, from, plan->start, &value);
    return value.kind == NF_VALUE_TIME ? value.time.s * 1000 + value.time.ns / 1000000 : 0;
}

/* Returns FALSE where the record has no key. */
static gboolean
read_key (const NfAnnouncePlan *plan, NfAnnouncedKind kind, const NfAnnouncer *from,
          NfAnnouncedKey *key)
{
    NfValue value;

    *key = (NfAnnouncedKey){.kind = (guint8)kind};
    if (plan->key[kind] < 0) {
        if (kind == NF_ANNOUNCED_DOMAIN)
            *key = nf_announced_key (kind, from->domain);
        return TRUE;
    }
    read_field (plan, from, plan->key[kind], &value);
    if (value.kind == NF_VALUE_UNSIGNED)
        *key = nf_announced_key (kind, value.u);
    else if (value.kind == NF_VALUE_OCTETS && value.length > 0)
        *key = nf_announced_key_octets (kind, value.octets, value.length);
    nf_announced_key_confine (key, from->version, from->domain);
    return key->length > 0;
}

static char *
read_text (const NfAnnouncePlan *plan, const NfAnnouncer *from, gint field)
{
    NfValue value;

    read_field (plan, from, field, &value);
    return value.kind == NF_VALUE_STRING ? g_strndup ((const char *)value.octets, value.length)
                                         : g_strdup ("");
}

/* Keeps the whole record, its fields' places counted from its own first octet. */
static void
keep_record (NfAnnouncement *a, const NfAnnouncePlan *plan, const NfAnnouncer *from)
{
    guint n = plan->binding->tmpl->n_fields;
    NfSpan *fields = g_memdup2 (from->fields, n * sizeof *fields);

    for (guint i = 0; i < n; i++)
        fields[i].offset -= from->record.offset;
    a->binding = nf_binding_ref ((NfBinding *)plan->binding);
    a->octets = g_memdup2 (nf_span_octets (from->octets, from->record), from->record.length);
    a->fields = fields;
    a->size += from->record.length + n * sizeof *fields;
}

NfAnnouncement *
nf_announce (const NfAnnouncePlan *plan, NfAnnouncedKind kind, const NfAnnouncer *from,
             NfAnnouncedKey *key)
{
    NfAnnouncement *a;

    if (!plan->announces[kind] || !read_key (plan, kind, from, key))
        return NULL;
    a = g_new0 (NfAnnouncement, 1);
    a->refs = 1;
    a->place = from->place;
    a->file = from->file;
    a->packet = from->packet;
    a->domain = from->domain;
    a->name = read_text (plan, from, plan->name[kind]);
    a->description = read_text (plan, from, plan->description[kind]);
    a->size = sizeof *a + SUBJECT_SIZE + strlen (a->name) + strlen (a->description) + 2;
    if (kind == kind_of_rate (plan))
        a->rate = read_rate (plan, from);
    if (kind == NF_ANNOUNCED_START)
        a->start_ms = read_start (plan, from);
    if (kind == NF_ANNOUNCED_COMMON_PROPERTIES)
        keep_record (a, plan, from);
    a->used = from->used;
    *a->used += a->size;
    if (*a->name || *a->description || a->rate > 0 || a->start_ms > 0 || a->binding)
        return a;
    nf_announcement_unref (a);
    return NULL;
}

NfAnnouncement *
nf_announcement_ref (NfAnnouncement *announcement)
{
    announcement->refs++;
    return announcement;
}

void
nf_announcement_unref (NfAnnouncement *announcement)
{
    NfAnnouncement *a = announcement;

    if (--a->refs > 0)
        return;
    *a->used -= a->size;
    if (a->binding)
        nf_binding_unref (a->binding);
    g_free ((char *)a->name);
    g_free ((char *)a->description);
    g_free ((guint8 *)a->octets);
    g_free ((NfSpan *)a->fields);
    g_free (a);
}

/* Whether both say the same of their subject. */
static gboolean
is_equal (const NfAnnouncement *a, const NfAnnouncement *b)
{
    if (a->binding != b->binding || a->size != b->size || a->rate != b->rate ||
        a->start_ms != b->start_ms || strcmp (a->name, b->name) != 0 ||
        strcmp (a->description, b->description) != 0)
        return FALSE;
    for (guint i = 0; a->binding && i < a->binding->tmpl->n_fields; i++)
        if (a->fields[i].length != b->fields[i].length ||
            memcmp (nf_span_octets (a->octets, a->fields[i]),
                    nf_span_octets (b->octets, b->fields[i]), a->fields[i].length) != 0)
            return FALSE;
    return TRUE;
}

/* ---- finding them again ---- */

static void
subject_free (gpointer subject)
{
    g_ptr_array_unref (((Subject *)subject)->all);
    g_free (subject);
}

NfAnnounced *
nf_announced_new (void)
{
    NfAnnounced *announced = g_new (NfAnnounced, 1);

    announced->subjects = g_hash_table_new_full (subject_hash, subject_equal, subject_free, NULL);
    return announced;
}

void
nf_announced_free (NfAnnounced *announced)
{
    g_hash_table_unref (announced->subjects);
    g_free (announced);
}

/* How many of the announcements stand before `place`. */
static guint
count_begun (const GPtrArray *all, NfPlace place)
{
    guint low = 0, high = all->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (nf_place_is_before (((const NfAnnouncement *)all->pdata[middle])->place, place))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gboolean
nf_announced_knows (const NfAnnounced *announced, const NfAnnouncedKey *key,
                    const NfAnnouncement *announcement)
{
    const Subject *subject = g_hash_table_lookup (announced->subjects, key);
    guint begun = subject ? count_begun (subject->all, announcement->place) : 0;

    if (begun > 0 && is_equal (subject->all->pdata[begun - 1], announcement))
        return TRUE;
    return subject && begun < subject->all->len &&
           !nf_place_is_before (announcement->place,
                                ((const NfAnnouncement *)subject->all->pdata[begun])->place);
}

const NfAnnouncement *
nf_announced_find (const NfAnnounced *announced, const NfAnnouncedKey *key, NfPlace place)
{
    const Subject *subject = g_hash_table_lookup (announced->subjects, key);
    guint begun = subject ? count_begun (subject->all, place) : 0;

    if (!subject)
        return NULL;
    return subject->all->pdata[begun > 0 ? begun - 1 : 0];
}

/* How many lie before the one in force at the first octet of datagram `oldest`. */
static guint
count_outlived (const GPtrArray *all, guint64 oldest)
{
    guint n = 0;

    while (n + 1 < all->len && ((const NfAnnouncement *)all->pdata[n + 1])->place.order < oldest)
        n++;
    return n;
}

void
nf_announced_add (NfAnnounced *announced, const NfAnnouncedKey *key, NfAnnouncement *announcement,
                  guint64 oldest)
{
    Subject *subject = g_hash_table_lookup (announced->subjects, key);
    guint outlived;

    if (!subject) {
        subject = g_new (Subject, 1);
        subject->key = *key;
        subject->all = g_ptr_array_new_with_free_func ((GDestroyNotify)nf_announcement_unref);
        g_hash_table_add (announced->subjects, subject);
    }
    g_ptr_array_insert (subject->all, (gint)count_begun (subject->all, announcement->place),
                        nf_announcement_ref (announcement));
    outlived = count_outlived (subject->all, oldest);
    if (outlived > 0)
        g_ptr_array_remove_range (subject->all, 0, outlived);
}
