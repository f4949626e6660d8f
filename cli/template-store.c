/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to be remembered of Templates and options data. */
#include "template-store-private.h"

#include "hash.h"
#include "learnt.h"

/* What malloc gives out for a domain, and for a record besides its octets. */
#define DOMAIN_SIZE 640
#define STORED_SIZE 304

/* What a record of options data is about, as octets: its Template, and of all that it announces or
 * describes the kind and the key. Of several records about the same the last one is kept. */
static guint
subject_hash (gconstpointer subject)
{
    gsize length;
    const guint8 *octets = g_bytes_get_data ((GBytes *)subject, &length);
    NfHash hash = nf_hash_begin ();

    nf_hash_add_octets (&hash, octets, length);
    return nf_hash_end (&hash);
}

static void
stored_free (gpointer data)
{
    NfStored *stored = data;

    g_bytes_unref (stored->octets);
    if (stored->announcer)
        nf_binding_unref (stored->announcer);
    g_free (stored);
}

static gsize
size_of (const NfStored *stored)
{
    return STORED_SIZE + g_bytes_get_size (stored->octets);
}

/* ---- domains ---- */

static void
domain_free (gpointer data)
{
    NfStoredDomain *domain = data;

    g_hash_table_unref (domain->templates);
    g_hash_table_unref (domain->records);
    g_free (domain);
}

NfTemplateStore *
nf_template_store_new (NfRegistry *registry)
{
    NfTemplateStore *store = g_new0 (NfTemplateStore, 1);

    store->registry = nf_registry_ref (registry);
    store->domains =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, domain_free, NULL);
    return store;
}

void
nf_template_store_free (NfTemplateStore *store)
{
    g_hash_table_unref (store->domains);
    nf_spans_clear (&store->fields);
    nf_registry_unref (store->registry);
    g_free (store);
}

static NfDomainKey
key_of (const NfDatagram *datagram, const NfMessage *message)
{
    NfDomainKey key = nf_domain_key (datagram, message);

    key.collector = (NfEndpoint){.family = 0};
    return key;
}

static NfStoredDomain *
find_domain (const NfTemplateStore *store, const NfDatagram *datagram, const NfMessage *message)
{
    NfDomainKey key = key_of (datagram, message);

    return g_hash_table_lookup (store->domains, &key);
}

static NfStoredDomain *
ensure_domain (NfTemplateStore *store, const NfDatagram *datagram, const NfMessage *message)
{
    NfStoredDomain *domain = find_domain (store, datagram, message);

    if (domain)
        return domain;
    domain = g_new0 (NfStoredDomain, 1);
    domain->key = key_of (datagram, message);
    domain->templates = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, stored_free);
    domain->records = g_hash_table_new_full (subject_hash, g_bytes_equal,
                                             (GDestroyNotify)g_bytes_unref, stored_free);
    domain->size = DOMAIN_SIZE;
    store->size += DOMAIN_SIZE;
    g_hash_table_add (store->domains, domain);
    return domain;
}

static gint
compare_last (gconstpointer a, gconstpointer b)
{
    gint64 x = (*(NfStoredDomain *const *)a)->last_ns, y = (*(NfStoredDomain *const *)b)->last_ns;

    return (x > y) - (x < y);
}

/* Forgets the domains of which nothing was heard for the longest time, an eighth of all at once. */
static void
make_room (NfTemplateStore *store)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    GHashTableIter iter;
    gpointer domain;

    g_hash_table_iter_init (&iter, store->domains);
    while (g_hash_table_iter_next (&iter, &domain, NULL))
        g_ptr_array_add (all, domain);
    g_ptr_array_sort (all, compare_last);
    for (guint i = 0; i < all->len && store->size > NF_TEMPLATE_STORE_SIZE / 8 * 7; i++) {
        store->size -= ((NfStoredDomain *)all->pdata[i])->size;
        g_hash_table_remove (store->domains, all->pdata[i]);
        store->n_forgotten++;
    }
}

/* ---- noting ---- */

/* A Message being noted. */
typedef struct {
    NfTemplateStore *store;
    const NfDatagram *datagram;
    NfMessage message;
    NfStoredDomain *domain; /* NULL: it has none yet */
    gint64 time_ns;
    gboolean is_all; /* there is nothing but what is remembered */
} Noting;

static void
count (Noting *n, const NfStored *stored, gboolean more)
{
    gsize size = more ? size_of (stored) : -size_of (stored);

    n->domain->size += size;
    n->store->size += size;
    n->domain->n_announcers += stored->announcer ? (more ? 1u : -1u) : 0;
}

/* Whether the same is stored; then it was announced once more. */
static gboolean
renew (Noting *n, NfStored *stored, const guint8 *octets, gsize length, NfStoredKind kind)
{
    gsize size;
    const guint8 *before = stored ? g_bytes_get_data (stored->octets, &size) : NULL;

    n->store->changes++;
    n->domain->last_ns = MAX (n->domain->last_ns, n->time_ns);
    n->domain->collector = n->datagram->collector;
    if (!stored || stored->kind != kind || size != length || memcmp (before, octets, length) != 0)
        return FALSE;
    if (kind != NF_STORED_RECORD)
        n->domain->interval_ns = MAX (n->domain->interval_ns, n->time_ns - stored->time_ns);
    stored->time_ns = n->time_ns;
    stored->uptime_ms = n->message.sys_uptime_ms;
    return TRUE;
}

static NfStored *
stored_new (const Noting *n, NfStoredKind kind, guint16 id, const guint8 *octets, gsize length)
{
    NfStored *stored = g_new0 (NfStored, 1);

    *stored = (NfStored){.kind = kind,
                         .id = id,
                         .time_ns = n->time_ns,
                         .uptime_ms = n->message.sys_uptime_ms,
                         .octets = g_bytes_new (octets, length)};
    return stored;
}

/* Forgets the records of a Template that is another one now. */
static void
forget_records (Noting *n, guint16 id)
{
    GHashTableIter iter;
    gpointer record;

    g_hash_table_iter_init (&iter, n->domain->records);
    while (g_hash_table_iter_next (&iter, NULL, &record)) {
        if (((const NfStored *)record)->id != id)
            continue;
        count (n, record, FALSE);
        g_hash_table_iter_remove (&iter);
    }
}

/* The Options Template as a binding where its records are to be kept; else NULL. Returns a
 * reference. */
static NfBinding *
announcer_of (const NfTemplateStore *store, const NfTemplateScan *scan)
{
    NfBinding *binding = nf_binding_new (nf_template_new (scan), store->registry);
    NfAnnouncePlan plan;
    NfLearntPlan learnt;

    nf_announce_plan (&plan, binding);
    if (plan.any || nf_learnt_plan (&learnt, binding))
        return binding;
    nf_binding_unref (binding);
    return NULL;
}

static void
note_template (Noting *n, const NfTemplateScan *scan)
{
    const gpointer key = GUINT_TO_POINTER (scan->id);
    const NfStoredKind kind = scan->options ? NF_STORED_OPTIONS_TEMPLATE : NF_STORED_TEMPLATE;
    NfStored *stored;

    n->domain = n->domain ? n->domain : ensure_domain (n->store, n->datagram, &n->message);
    stored = g_hash_table_lookup (n->domain->templates, key);
    if (renew (n, stored, scan->wire, scan->span.length, kind))
        return;
    if (stored) {
        forget_records (n, scan->id);
        count (n, stored, FALSE);
    }
    stored = stored_new (n, kind, scan->id, scan->wire, scan->span.length);
    stored->announcer = scan->options ? announcer_of (n->store, scan) : NULL;
    count (n, stored, TRUE);
    g_hash_table_insert (n->domain->templates, key, stored);
}

static void
note_templates (Noting *n, const NfSet *set, NfReader *content)
{
    NfTemplateScan scan;

    while (content->left > 0) {
        nf_template_scan (&scan, content, n->message.version, set->kind == NF_SET_OPTIONS_TEMPLATE);
        if (!scan.skippable)
            return;
        if (scan.ok && !scan.withdrawal)
            note_template (n, &scan);
    }
}

static void
add_subject (GByteArray *subject, const NfAnnouncedKey *key)
{
    g_byte_array_append (subject, &key->kind, 1);
    g_byte_array_append (subject, &key->length, 1);
    g_byte_array_append (subject, key->octets, key->length);
}

/* An element's description, as if it were announced. */
static NfAnnouncedKey
key_of_element (const NfElement *element)
{
    NfAnnouncedKey key =
        nf_announced_key (NF_ANNOUNCED_INTERFACE, (guint64)element->pen << 16 | element->id);

    key.kind = NF_N_ANNOUNCED;
    return key;
}

/* What records of a binding announce and describe. */
typedef struct {
    NfAnnouncePlan plan;
    NfLearntPlan learnt;
    gboolean describes_elements;
} About;

/* What the record at `from` is about. NULL where it announces and describes nothing. */
static GBytes *
find_subject (const Noting *n, const About *about, const NfAnnouncer *from)
{
    const NfTemplate *t = about->plan.binding->tmpl;
    GByteArray *subject = g_byte_array_new ();
    NfDescribed described;
    NfAnnouncedKey key;

    for (guint kind = 0; kind < NF_N_ANNOUNCED; kind++) {
        NfAnnouncement *a = nf_announce (&about->plan, (NfAnnouncedKind)kind, from, &key);

        if (a)
            add_subject (subject, &key);
        g_clear_pointer (&a, nf_announcement_unref);
    }
    if (about->describes_elements && nf_learnt_read (n->store->registry, &about->learnt,
                                                     from->octets, from->fields, &described)) {
        key = key_of_element (&described.element);
        add_subject (subject, &key);
    }
    if (subject->len == 0) {
        g_byte_array_unref (subject);
        return NULL;
    }
    g_byte_array_append (subject, (const guint8 *)&t->id, sizeof t->id);
    return g_byte_array_free_to_bytes (subject);
}

static void
note_record (Noting *n, const About *about, const NfAnnouncer *from)
{
    const guint8 *octets = nf_span_octets (from->octets, from->record);
    g_autoptr (GBytes) subject = find_subject (n, about, from);
    guint16 id = about->plan.binding->tmpl->id;
    NfStored *stored;

    if (!subject)
        return;
    stored = g_hash_table_lookup (n->domain->records, subject);
    if (renew (n, stored, octets, from->record.length, NF_STORED_RECORD))
        return;
    if (stored)
        count (n, stored, FALSE);
    stored = stored_new (n, NF_STORED_RECORD, id, octets, from->record.length);
    count (n, stored, TRUE);
    g_hash_table_insert (n->domain->records, g_steal_pointer (&subject), stored);
}

static void
note_records (Noting *n, const NfBinding *binding, NfReader *content)
{
    const NfTemplate *t = binding->tmpl;
    NfTemplateStore *store = n->store;
    gsize used = 0; /* nothing that is counted here stays */
    About about;

    nf_announce_plan (&about.plan, binding);
    about.describes_elements = nf_learnt_plan (&about.learnt, binding);
    while (t->record_length > 0 && content->left >= t->record_length) {
        guint32 start = content->offset;

        if (!nf_template_read_all (t, content, &store->fields))
            return;
        note_record (n, &about,
                     &(NfAnnouncer){.octets = n->datagram->octets,
                                    .fields = store->fields.at,
                                    .record = {start, content->offset - start},
                                    .version = n->message.version,
                                    .domain = n->message.domain,
                                    .used = &used});
    }
}

static void
note_data (Noting *n, const NfSet *set, NfReader *content)
{
    const NfStored *stored =
        n->domain && n->domain->n_announcers > 0
            ? g_hash_table_lookup (n->domain->templates, GUINT_TO_POINTER (set->id))
            : NULL;

    if (stored && stored->announcer)
        note_records (n, stored->announcer, content);
    else
        n->is_all = FALSE;
}

static gint64
time_of (const NfDatagram *datagram, const NfMessage *message)
{
    return datagram->has_time ? datagram->time_ns : (gint64)message->export_time_s * 1000000000;
}

gboolean
nf_template_store_note (NfTemplateStore *store, const NfDatagram *datagram)
{
    Noting n = {.store = store, .datagram = datagram, .is_all = TRUE};
    NfFinding trouble;
    NfReader r, content;
    NfSet set;

    if (datagram->transport != NF_TRANSPORT_UDP || datagram->exporter.family == 0 ||
        !nf_message_read (&n.message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble) ||
        !nf_message_has_templates (&n.message))
        return FALSE;
    n.domain = find_domain (store, datagram, &n.message);
    n.time_ns = time_of (datagram, &n.message);
    r = nf_reader (datagram->octets, n.message.end, 0);
    nf_reader_take (&r, n.message.header_length);
    while (nf_message_next_set (&n.message, &r, &set, &content, &trouble) == NF_SET_THERE)
        if (set.kind == NF_SET_TEMPLATE || set.kind == NF_SET_OPTIONS_TEMPLATE)
            note_templates (&n, &set, &content);
        else if (set.kind == NF_SET_DATA)
            note_data (&n, &set, &content);
    if (store->size > NF_TEMPLATE_STORE_SIZE)
        make_room (store);
    return n.is_all;
}

guint64
nf_template_store_changes (const NfTemplateStore *store)
{
    return store->changes;
}

guint64
nf_template_store_forgotten (const NfTemplateStore *store)
{
    return store->n_forgotten;
}

gint64
nf_template_store_interval (const NfTemplateStore *store, const NfDatagram *datagram,
                            const NfMessage *message)
{
    const NfStoredDomain *domain = find_domain (store, datagram, message);

    return domain ? domain->interval_ns : 0;
}
