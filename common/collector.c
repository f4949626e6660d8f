/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Transport Sessions, Observation Domains, and what is learnt of their Templates (RFC 7011 8, 9).
 */
#include "collector.h"

#include "collector-private.h"
#include "hash.h"

static guint
source_hash (gconstpointer key)
{
    const NfDomainKey *k = key;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash_address (&k->exporter));
    nf_hash_add (&hash, (guint64)k->version << 32 | k->id);
    return nf_hash_end (&hash);
}

static gboolean
source_equal (gconstpointer a, gconstpointer b)
{
    const NfDomainKey *x = a, *y = b;

    return x->id == y->id && x->version == y->version &&
           nf_endpoint_same_address (&x->exporter, &y->exporter);
}

static guint
number_hash (gconstpointer key)
{
    const NfDomainKey *k = key;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guint64)k->version << 32 | k->id);
    return nf_hash_end (&hash);
}

static gboolean
number_equal (gconstpointer a, gconstpointer b)
{
    const NfDomainKey *x = a, *y = b;

    return x->id == y->id && x->version == y->version;
}

static guint
session_hash (gconstpointer key)
{
    const NfDomainKey *k = key;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash (&k->exporter));
    nf_hash_add (&hash, nf_endpoint_hash (&k->collector));
    nf_hash_add (&hash, (guint64)k->connection << 32 | k->transport);
    return nf_hash_end (&hash);
}

static gboolean
session_equal (gconstpointer a, gconstpointer b)
{
    const NfDomainKey *x = a, *y = b;

    return x->transport == y->transport && x->connection == y->connection &&
           nf_endpoint_equal (&x->exporter, &y->exporter) &&
           nf_endpoint_equal (&x->collector, &y->collector);
}

static guint
binding_hash (gconstpointer binding)
{
    return nf_template_hash (((const NfBinding *)binding)->tmpl);
}

static gboolean
binding_equal (gconstpointer a, gconstpointer b)
{
    return nf_template_equal (((const NfBinding *)a)->tmpl, ((const NfBinding *)b)->tmpl);
}

NfCollector *
nf_collector_new (NfRegistry *registry, const NfLimits *limits)
{
    NfCollector *c = g_new0 (NfCollector, 1);

    c->registry = nf_registry_ref (registry);
    c->limits = limits ? *limits : nf_default_limits;
    c->domains =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, NULL, nf_domain_free);
    c->by_source = g_hash_table_new (source_hash, source_equal);
    c->by_number = g_hash_table_new (number_hash, number_equal);
    c->by_session = g_hash_table_new (session_hash, session_equal);
    c->bindings =
        g_hash_table_new_full (binding_hash, binding_equal, (GDestroyNotify)nf_binding_unref, NULL);
    for (guint i = 0; i < NF_N_FIXED; i++)
        c->fixed[i] = nf_binding_new (nf_fixed_template (i), registry);
    nf_collector_begin_options (c);
    return c;
}

void
nf_collector_free (NfCollector *collector)
{
    g_hash_table_unref (collector->by_source);
    g_hash_table_unref (collector->by_number);
    g_hash_table_unref (collector->by_session);
    g_hash_table_unref (collector->domains);
    nf_collector_end_options (collector);
    g_hash_table_unref (collector->bindings);
    for (guint i = 0; i < NF_N_FIXED; i++)
        nf_binding_unref (collector->fixed[i]);
    nf_registry_unref (collector->registry);
    g_free (collector);
}

NfRegistry *
nf_collector_registry (const NfCollector *collector)
{
    return collector->registry;
}

/* Whether somebody will say that the session has ended. */
static gboolean
may_end (const NfCollector *c, const NfDomainKey *key)
{
    return c->limits.stream && nf_transport_has_connections (key->transport);
}

/* `link` is one of the domain's own. */
static void
index_add (GHashTable *index, NfDomain *domain, GList *link)
{
    link->next = g_hash_table_lookup (index, &domain->key);
    if (link->next)
        link->next->prev = link;
    g_hash_table_replace (index, &domain->key, link);
}

static void
index_remove (GHashTable *index, NfDomain *domain, GList *link)
{
    GList *next = link->next;
    gboolean is_first = !link->prev;

    if (link->prev)
        link->prev->next = next;
    if (next)
        next->prev = link->prev;
    if (is_first && next)
        g_hash_table_replace (index, &((NfDomain *)next->data)->key, next);
    else if (is_first)
        g_hash_table_remove (index, &domain->key);
}

/* Forgets the Templates that only a forgotten domain had. */
static gboolean
is_unused (gpointer key, gpointer value, gpointer data)
{
    NfBinding *binding = key;

    (void)value;
    if (g_atomic_int_get (&binding->refs) > 1)
        return FALSE;
    *(gsize *)data -= binding->tmpl->n_fields;
    return TRUE;
}

static void
forget_unused (NfCollector *c)
{
    c->swept = c->changes;
    nf_learnt_forget_unused (c->learnt);
    g_hash_table_foreach_remove (c->bindings, is_unused, &c->n_fields);
}

static void
forget_domain (NfCollector *c, NfDomain *domain)
{
    c->found.key.version = 0;
    nf_shortcuts_drop (&c->shortcuts, &domain->key.exporter, domain->key.id, domain);
    c->n_templates -= nf_domain_size (domain);
    nf_collector_forget_options (c, domain);
    g_queue_unlink (&c->by_use, &domain->use);
    if (domain->key.exporter.family != 0)
        index_remove (c->by_source, domain, &domain->kin);
    index_remove (c->by_number, domain, &domain->namesake);
    if (may_end (c, &domain->key))
        index_remove (c->by_session, domain, &domain->mate);
    g_hash_table_remove (c->domains, &domain->key);
}

static gboolean
has_room (const NfCollector *c, NfRoom need)
{
    return g_hash_table_size (c->domains) + need.domains <= c->limits.max_domains &&
           c->n_templates + need.templates <= c->limits.max_templates &&
           c->n_fields + need.fields <= c->limits.max_fields &&
           (!need.announced || c->announced <= c->limits.max_announced);
}

/* Gives up the domains least recently used, an eighth of them at once so that it is not done for
 * every Message. */
static void
forget_oldest (NfCollector *c, const NfDomain *keep)
{
    guint n = c->by_use.length / 8 + 1;

    while (n-- > 0 && c->by_use.tail && c->by_use.tail->data != keep)
        forget_domain (c, c->by_use.tail->data);
    forget_unused (c);
}

gboolean
nf_collector_make_room (NfCollector *c, const NfDomain *keep, NfRoom need, GArray *findings)
{
    NfFinding finding = {.id = NF_FINDING_LIMIT_REACHED,
                         .args = {c->n_templates, g_hash_table_size (c->domains)}};

    if (need.announced)
        finding = (NfFinding){.id = NF_FINDING_LIMIT_ANNOUNCED, .args = {c->announced, 0}};
    if (has_room (c, need))
        return TRUE;
    /* Not for every Template of a sender who sees to it that nothing is unused. */
    if (c->limits.stream && c->changes - c->swept > g_hash_table_size (c->bindings) / 8)
        forget_unused (c);
    if (has_room (c, need))
        return TRUE;
    if (findings)
        g_array_append_val (findings, finding);
    if (c->limits.stream && c->by_use.tail && c->by_use.tail->data != keep)
        forget_oldest (c, keep);
    return has_room (c, need);
}

void
nf_collector_end_session (NfCollector *collector, const NfDatagram *datagram)
{
    NfDomainKey key = {.exporter = datagram->exporter,
                       .collector = datagram->collector,
                       .transport = datagram->transport,
                       .connection = datagram->connection};
    const GList *mates;

    while ((mates = g_hash_table_lookup (collector->by_session, &key)))
        forget_domain (collector, mates->data);
}

static NfDomain *
look_up (const NfCollector *c, const NfDomainKey *key)
{
    NfDomain *domain = *nf_shortcut ((NfShortcuts *)&c->shortcuts, &key->exporter, key->id);

    if (domain && nf_domain_key_equal (&domain->key, key))
        return domain;
    return g_hash_table_lookup (c->domains, key);
}

const NfDomain *
nf_collector_domain (const NfCollector *collector, const NfDatagram *datagram,
                     const NfMessage *message)
{
    NfDomainKey key = nf_domain_key (datagram, message);

    if (nf_domain_key_equal (&collector->found.key, &key))
        return collector->found.domain;
    return look_up (collector, &key);
}

/* The same of a Message that is being learnt: what is found out will be asked for again. */
static NfDomain *
find_domain (NfCollector *c, const NfDatagram *datagram, const NfMessage *message)
{
    NfDomainKey key = nf_domain_key (datagram, message);

    if (!nf_domain_key_equal (&c->found.key, &key)) {
        NfDomain *domain = look_up (c, &key);
        const GList *kin = domain ? NULL : nf_collector_siblings (c, &key);

        *nf_shortcut (&c->shortcuts, &key.exporter, key.id) = domain;
        c->found = (NfFound){.key = key, .domain = domain, .kin = kin};
    }
    return c->found.domain;
}

const GList *
nf_collector_siblings (const NfCollector *collector, const NfDomainKey *key)
{
    if (!collector->found.domain && nf_domain_key_equal (&collector->found.key, key))
        return collector->found.kin;
    return g_hash_table_lookup (
        key->exporter.family == 0 ? collector->by_number : collector->by_source, key);
}

gboolean
nf_collector_may_find (const NfCollector *c, const NfDomain *own, const NfDomainKey *key)
{
    if (!c->limits.stream && c->n_templates >= c->limits.max_templates)
        return FALSE;
    return c->limits.stream || own || g_hash_table_size (c->domains) < c->limits.max_domains ||
           nf_collector_siblings (c, key);
}

NfDomain *
nf_collector_ensure_domain (NfCollector *c, const NfDatagram *datagram, const NfMessage *message,
                            GArray *findings)
{
    NfDomainKey key = nf_domain_key (datagram, message);
    NfDomain *domain = find_domain (c, datagram, message);

    if (domain)
        return domain;
    if (!nf_collector_make_room (c, NULL, (NfRoom){.domains = 1}, findings)) {
        c->hindsight |= nf_collector_may_find (c, NULL, &key);
        return NULL;
    }
    domain = nf_domain_new (&key);
    c->found = (NfFound){.key = key, .domain = domain};
    g_hash_table_insert (c->domains, &domain->key, domain);
    g_queue_push_head_link (&c->by_use, &domain->use);
    if (key.exporter.family != 0)
        index_add (c->by_source, domain, &domain->kin);
    index_add (c->by_number, domain, &domain->namesake);
    if (may_end (c, &key))
        index_add (c->by_session, domain, &domain->mate);
    return domain;
}

NfBinding *
nf_collector_find_binding (const NfCollector *collector, const NfTemplateScan *scan)
{
    NfTemplate tmpl = {.version = scan->version,
                       .options = scan->options,
                       .wire = (guint8 *)scan->wire,
                       .wire_length = scan->span.length};
    const NfBinding probe = {.tmpl = &tmpl};

    return g_hash_table_lookup (collector->bindings, &probe);
}

/* The binding for a scanned Template: the one that says the same, or a new one. Returns a
 * reference, or NULL where no more are remembered. */
static NfBinding *
intern (NfCollector *c, const NfDomain *domain, const NfTemplateScan *scan, GArray *findings)
{
    NfBinding *binding = nf_collector_find_binding (c, scan);

    if (binding)
        return nf_binding_ref (binding);
    if (!nf_collector_make_room (c, domain, (NfRoom){.templates = 1, .fields = scan->n_fields},
                                 findings))
        return NULL;
    binding = nf_binding_new (nf_template_new (scan), c->registry);
    c->n_fields += scan->n_fields;
    g_hash_table_add (c->bindings, binding);
    return nf_binding_ref (binding);
}

void
nf_collector_drop_binding (NfCollector *c, NfBinding *binding)
{
    nf_binding_unref (binding);
    if (g_hash_table_lookup (c->bindings, binding) == binding &&
        is_unused (binding, NULL, &c->n_fields))
        g_hash_table_remove (c->bindings, binding);
}

/* Whether a Template Record brings nothing: the same is in force, or it was learnt before. What is
 * remembered from an earlier run has yet to come in this one. */
static gboolean
is_known (const NfCollector *c, const NfDomain *domain, const NfTemplateScan *scan, NfPlace place)
{
    const NfGeneration *g = nf_domain_find (domain, scan->id, place);

    if (!g || nf_generation_is_late (g, place))
        return FALSE;
    if (g->place.order == place.order && g->place.offset == place.offset)
        return TRUE;
    if (g->place.order < c->first && place.order >= c->first)
        return FALSE;
    if (scan->id < NF_FIRST_TEMPLATE_ID) /* what it withdraws may have come since the last one */
        return FALSE;
    return scan->withdrawal ? g->binding == NULL
                            : g->binding && nf_template_equals_scan (g->binding->tmpl, scan);
}

static void
learn_template (NfCollector *c, NfDomain *domain, const NfDatagram *datagram,
                const NfTemplateScan *scan, GArray *findings)
{
    NfGeneration generation = {.place = {datagram->order, scan->span.offset},
                               .file = datagram->file,
                               .packet = datagram->packet};

    if (!scan->ok || is_known (c, domain, scan, generation.place))
        return;
    if (!nf_collector_make_room (c, domain, (NfRoom){.templates = 1}, findings))
        return;
    if (!scan->withdrawal) {
        generation.binding = intern (c, domain, scan, findings);
        if (!generation.binding)
            return;
        nf_collector_note_template (c, domain, generation.binding);
    }
    c->n_templates +=
        (guint)nf_domain_add (domain, scan->id, &generation, c->limits.stream ? c->oldest : 0);
    c->changes++;
}

/* Only reliable transports withdraw Templates (RFC 7011 8.1, 8.4). Where nothing tells the
 * transport, what follows may be of another session, which did not withdraw it. */
static gboolean
may_withdraw (const NfDatagram *datagram)
{
    return nf_transport_has_connections (datagram->transport);
}

/* Returns the Message's domain. */
static const NfDomain *
learn_set (NfCollector *c, const NfDatagram *datagram, const NfMessage *message, NfSetKind kind,
           NfReader *content, GArray *findings)
{
    NfDomain *domain = nf_collector_ensure_domain (c, datagram, message, findings);
    NfTemplateScan scan;

    while (domain && content->left > 0) {
        nf_template_scan (&scan, content, message->version, kind == NF_SET_OPTIONS_TEMPLATE);
        if (!scan.skippable)
            break;
        if (!scan.withdrawal || may_withdraw (datagram))
            learn_template (c, domain, datagram, &scan, findings);
    }
    return domain;
}

/* Moves a domain to the end of those to be forgotten. */
static void
note_use (NfCollector *c, const NfDomain *domain)
{
    GList *link;

    if (!domain || !c->limits.stream)
        return;
    link = (GList *)&domain->use;
    g_queue_unlink (&c->by_use, link);
    g_queue_push_head_link (&c->by_use, link);
}

void
nf_collector_learn (NfCollector *collector, const NfDatagram *datagram, GArray *findings)
{
    NfMessage message;
    NfFinding trouble;
    const NfDomain *domain;
    NfReader r, content;
    NfSet set;

    if (!nf_message_read (&message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble) ||
        !nf_message_has_templates (&message))
        return;
    domain = find_domain (collector, datagram, &message);
    note_use (collector, domain);
    r = nf_reader (datagram->octets, message.end, 0);
    nf_reader_take (&r, message.header_length);
    while (nf_message_next_set (&message, &r, &set, &content, &trouble) == NF_SET_THERE)
        if (set.kind == NF_SET_TEMPLATE || set.kind == NF_SET_OPTIONS_TEMPLATE)
            domain = learn_set (collector, datagram, &message, set.kind, &content, findings);
        else if (set.kind == NF_SET_DATA)
            nf_collector_learn_data (collector, domain, datagram, &message, &set, &content,
                                     findings);
}

gboolean
nf_collector_has_hindsight (const NfCollector *collector)
{
    return collector->hindsight;
}

void
nf_collector_set_remembered (NfCollector *collector, guint64 first)
{
    collector->first = first;
}

void
nf_collector_forget_before (NfCollector *collector, guint64 oldest)
{
    collector->oldest = oldest;
}

guint64
nf_collector_changes (const NfCollector *collector)
{
    return collector->changes;
}
