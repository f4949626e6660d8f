/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the collector learns from options data (RFC 7011 3.4.2, 4). */
#include "collector-private.h"

#include "hash.h"

/* Sets without a Template that are remembered by a hash, to know whether they were of options. */
#define MAX_MISSED 65536

/* ---- exporters ---- */

static guint
exporter_hash (gconstpointer exporter)
{
    return nf_endpoint_hash_address (exporter);
}

static gboolean
exporter_equal (gconstpointer a, gconstpointer b)
{
    return nf_endpoint_same_address (a, b);
}

static void
exporter_free (gpointer exporter)
{
    nf_announced_free (((NfExporter *)exporter)->announced);
    g_free (exporter);
}

void
nf_collector_begin_options (NfCollector *c)
{
    c->exporters = g_hash_table_new_full (exporter_hash, exporter_equal, exporter_free, NULL);
    c->learnt = nf_learnt_new (&c->announced);
    c->missed = g_hash_table_new (g_direct_hash, g_direct_equal);
    c->with_data = g_hash_table_new_full (exporter_hash, exporter_equal, g_free, NULL);
}

void
nf_collector_end_options (NfCollector *c)
{
    g_hash_table_unref (c->exporters);
    nf_learnt_free (c->learnt);
    g_hash_table_unref (c->missed);
    g_hash_table_unref (c->with_data);
    nf_spans_clear (&c->fields);
}

void
nf_collector_forget_options (NfCollector *c, NfDomain *domain)
{
    NfExporter *exporter = g_hash_table_lookup (c->exporters, &domain->key.exporter);

    nf_learnt_forget (c->learnt, &domain->key);
    if (domain->announced && --exporter->n_domains == 0)
        g_hash_table_remove (c->exporters, exporter);
}

/* Where the domain's announcements are kept, and its exporter's. */
static NfExporter *
ensure_announced (NfCollector *c, NfDomain *domain)
{
    NfExporter *exporter = g_hash_table_lookup (c->exporters, &domain->key.exporter);

    if (!exporter) {
        exporter = g_new0 (NfExporter, 1);
        exporter->exporter = domain->key.exporter;
        exporter->announced = nf_announced_new ();
        g_hash_table_add (c->exporters, exporter);
    }
    if (!domain->announced) {
        domain->announced = nf_announced_new ();
        exporter->n_domains++;
    }
    return exporter;
}

/* ---- Templates ---- */

static gpointer
hash_of_missed (const NfDomainKey *domain, guint16 id)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_domain_key_hash (domain));
    nf_hash_add (&hash, id);
    return GUINT_TO_POINTER (nf_hash_end (&hash));
}

gboolean
nf_collector_missed_options (const NfCollector *collector)
{
    return collector->missed_options;
}

/* Forgets all that an exporter said in options data. What still holds it says again. */
static void
forget_exporter (NfCollector *c, const NfEndpoint *exporter)
{
    for (const GList *at = c->by_use.head; at; at = at->next) {
        NfDomain *domain = at->data;

        if (!nf_endpoint_same_address (&domain->key.exporter, exporter))
            continue;
        nf_learnt_forget (c->learnt, &domain->key);
        g_clear_pointer (&domain->announced, nf_announced_free);
    }
    g_hash_table_remove (c->exporters, exporter);
}

/* Whether there is room for more of what options data says. A stream has some: where no other
 * domain is left to be forgotten, its exporter begins anew. */
static gboolean
has_room (NfCollector *c, const NfDomain *domain, GArray *findings)
{
    const NfRoom need = {.announced = TRUE};

    if (nf_collector_make_room (c, domain, need, findings))
        return TRUE;
    if (!c->limits.stream)
        return FALSE;
    forget_exporter (c, &domain->key.exporter);
    return nf_collector_make_room (c, domain, need, NULL);
}

void
nf_collector_note_template (NfCollector *c, const NfDomain *domain, const NfBinding *binding)
{
    NfLearntPlan learnt;
    NfAnnouncePlan plan;

    nf_learnt_tidy (c->learnt);
    if (!binding->tmpl->options)
        return;
    nf_announce_plan (&plan, binding);
    c->has_announcers |= plan.any || nf_learnt_plan (&learnt, binding);
    c->missed_options |=
        g_hash_table_contains (c->missed, hash_of_missed (&domain->key, binding->tmpl->id));
}

/* ---- records ---- */

/* A Data Set of options being learnt. */
typedef struct {
    NfCollector *collector;
    NfDomain *domain;
    NfAnnouncePlan plan;
    NfLearntPlan learnt;
    gboolean describes_elements;
    GArray *findings;
} Learning;

static void
learn_announcement (Learning *l, NfAnnouncedKind kind, const NfAnnouncer *from)
{
    NfCollector *c = l->collector;
    NfAnnouncedKey key;
    NfAnnouncement *a = nf_announce (&l->plan, kind, from, &key);

    if (!a)
        return;
    ensure_announced (c, l->domain);
    if (!nf_announced_knows (l->domain->announced, &key, a) &&
        has_room (c, l->domain, l->findings)) {
        NfExporter *exporter = ensure_announced (c, l->domain);

        nf_announced_add (l->domain->announced, &key, a, c->limits.stream ? c->oldest : 0);
        nf_announced_add (exporter->announced, &key, a, c->limits.stream ? c->oldest : 0);
        c->announced_kinds |= 1u << kind;
        c->hindsight |= g_hash_table_contains (c->with_data, &l->domain->key.exporter);
    }
    nf_announcement_unref (a);
}

/* An exporter says what an element is. */
static void
learn_element (Learning *l, const NfAnnouncer *from)
{
    NfCollector *c = l->collector;
    const NfDomainKey *domain = &l->domain->key;
    NfDescribed described;

    if (!nf_learnt_read (c->registry, &l->learnt, from->octets, from->fields, &described) ||
        nf_learnt_knows (c->learnt, domain, &described, from->place) ||
        !has_room (c, l->domain, l->findings))
        return;
    c->hindsight |= g_hash_table_contains (c->with_data, &domain->exporter);
    if (!nf_learnt_add (c->learnt, domain, &described, from->place,
                        c->limits.stream ? c->oldest : 0) &&
        l->findings) {
        NfFinding finding = {.id = NF_FINDING_LIMIT_ANNOUNCED, .args = {c->announced, 0}};

        g_array_append_val (l->findings, finding);
    }
}

static void
learn_record (Learning *l, const NfAnnouncer *from)
{
    for (guint k = 0; k < NF_N_ANNOUNCED; k++)
        if (l->plan.announces[k])
            learn_announcement (l, (NfAnnouncedKind)k, from);
    if (l->describes_elements)
        learn_element (l, from);
}

/* The records of a Set, which is of options that announce something. */
static void
learn_records (Learning *l, const NfDatagram *datagram, const NfMessage *message, NfReader *content)
{
    const NfTemplate *t = l->plan.binding->tmpl;
    NfCollector *c = l->collector;

    while (t->record_length > 0 && content->left >= t->record_length) {
        guint32 start = content->offset;

        if (!nf_template_read_all (t, content, &c->fields))
            return;
        learn_record (l, &(NfAnnouncer){.octets = datagram->octets,
                                        .fields = c->fields.at,
                                        .record = {start, content->offset - start},
                                        .place = {datagram->order, start},
                                        .file = datagram->file,
                                        .packet = datagram->packet,
                                        .version = message->version,
                                        .domain = message->domain,
                                        .used = &c->announced});
    }
}

/* Takes note of data that nobody can read yet, unless that is sure to stay so. A stream is not
 * learnt again, so there it is of no use. */
static void
note_missed (NfCollector *c, const NfDomain *own, const NfDatagram *datagram,
             const NfMessage *message, guint16 id, gboolean is_ambiguous)
{
    NfDomainKey key = nf_domain_key (datagram, message);

    if (!is_ambiguous && !nf_collector_may_find (c, own, &key))
        return;
    c->hindsight = TRUE;
    if (!c->limits.stream && g_hash_table_size (c->missed) < MAX_MISSED)
        g_hash_table_add (c->missed, hash_of_missed (&key, id));
}

/* Takes note that an exporter has sent records. */
static void
note_data (NfCollector *c, const NfDomain *own)
{
    NfDomain *domain = (NfDomain *)own; /* what the caller must not change */

    if (!domain || domain->has_data)
        return;
    domain->has_data = TRUE;
    if (!c->limits.stream)
        g_hash_table_add (c->with_data, g_memdup2 (&domain->key.exporter, sizeof (NfEndpoint)));
}

/* Whether that is the Template in force of records that are not of options. */
static gboolean
is_plain (const NfGeneration *g, NfPlace place)
{
    return g->binding && !g->binding->tmpl->options && !nf_generation_is_late (g, place);
}

void
nf_collector_learn_data (NfCollector *c, const NfDomain *own, const NfDatagram *datagram,
                         const NfMessage *message, const NfSet *set, NfReader *content,
                         GArray *findings)
{
    NfPlace place = {datagram->order, set->span.offset};
    const NfGeneration *g = own ? nf_domain_find (own, set->id, place) : NULL;
    NfTemplateUse use;

    if (g && (!c->has_announcers || is_plain (g, place))) {
        note_data (c, own);
        return;
    }
    if (!nf_collector_find_template (c, own, datagram, message, set->id, place.offset, &use)) {
        note_missed (c, own, datagram, message, set->id, use.candidates > 0);
        return;
    }
    /* Where it is another session's the own one may come, or one that is different. */
    c->hindsight |= use.late || use.lent;
    if (!use.binding->tmpl->options) {
        note_data (c, own);
        return;
    }
    Learning l = {.collector = c, .findings = findings};

    nf_announce_plan (&l.plan, use.binding);
    l.describes_elements = nf_learnt_plan (&l.learnt, use.binding);
    if (!l.plan.any && !l.describes_elements)
        return;
    /* Making room may forget the domain that it came from. */
    NfBinding *binding = nf_binding_ref (use.binding);

    l.domain = nf_collector_ensure_domain (c, datagram, message, findings);
    if (l.domain)
        learn_records (&l, datagram, message, content);
    nf_collector_drop_binding (c, binding);
}

const NfElement *
nf_collector_find_described (const NfCollector *collector, const NfDatagram *datagram,
                             const NfMessage *message, const NfField *field, guint32 offset,
                             NfPlace *from)
{
    NfDomainKey key = nf_domain_key (datagram, message);
    NfPlace place = {datagram->order, offset};

    return nf_learnt_find (collector->learnt, &key, field, place, from);
}

gboolean
nf_collector_has_announced (const NfCollector *collector, NfAnnouncedKind kind)
{
    return collector->announced_kinds >> kind & 1;
}

guint
nf_collector_announced_kinds (const NfCollector *collector)
{
    return collector->announced_kinds;
}

const NfAnnouncement *
nf_collector_find_announced (const NfCollector *collector, const NfDomain *domain,
                             const NfDatagram *datagram, const NfAnnouncedKey *key, guint32 offset)
{
    NfPlace place = {datagram->order, offset};
    const NfAnnouncement *a = NULL;
    const NfExporter *exporter;

    if (!nf_collector_has_announced (collector, (NfAnnouncedKind)key->kind))
        return NULL;
    if (domain && domain->announced)
        a = nf_announced_find (domain->announced, key, place);
    if (a)
        return a;
    exporter = g_hash_table_lookup (collector->exporters, &datagram->exporter);
    return exporter ? nf_announced_find (exporter->announced, key, place) : NULL;
}
