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
    c->learnt = nf_learnt_new (c->registry);
    c->missed = g_hash_table_new (g_direct_hash, g_direct_equal);
}

void
nf_collector_end_options (NfCollector *c)
{
    g_hash_table_unref (c->exporters);
    nf_learnt_free (c->learnt);
    g_hash_table_unref (c->missed);
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

typedef struct {
    NfCollector *collector;
    const NfDomain *domain;
} Rebinding;

/* The binding with what the exporter said of its elements. */
static NfBinding *
rebind (gpointer data, NfBinding *binding)
{
    const Rebinding *r = data;
    NfBinding *better = nf_learnt_bind (r->collector->learnt, &r->domain->key, binding);

    if (!better)
        return binding;
    nf_binding_unref (binding);
    return nf_collector_keep_binding (r->collector, better);
}

NfBinding *
nf_collector_note_template (NfCollector *c, const NfDomain *domain, NfBinding *binding)
{
    Rebinding rebinding = {.collector = c, .domain = domain};
    NfLearntPlan learnt;
    NfAnnouncePlan plan;

    if (binding->tmpl->options) {
        nf_announce_plan (&plan, binding);
        c->has_announcers |= plan.any || nf_learnt_plan (&learnt, binding);
        c->missed_options |=
            g_hash_table_contains (c->missed, hash_of_missed (&domain->key, binding->tmpl->id));
    }
    return binding->tmpl->version == 10 ? rebind (&rebinding, binding) : binding;
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
    NfExporter *exporter = ensure_announced (c, l->domain);

    if (!nf_announced_knows (l->domain->announced, &key, a) &&
        nf_collector_make_room (c, l->domain, (NfRoom){.announced = TRUE}, l->findings)) {
        nf_announced_add (l->domain->announced, &key, a, c->limits.stream ? c->oldest : 0);
        nf_announced_add (exporter->announced, &key, a, c->limits.stream ? c->oldest : 0);
        c->by_kind[kind]++;
    }
    nf_announcement_unref (a);
}

/* An exporter says what an element is: the Templates of its session that have it know it now. */
static void
learn_element (Learning *l, const NfAnnouncer *from)
{
    NfCollector *c = l->collector;
    GArray *uses =
        nf_learnt_note (c->learnt, &l->learnt, &l->domain->key, from->octets, from->fields);

    for (guint i = 0; uses && i < uses->len; i++) {
        const NfLearntUse *use = &g_array_index (uses, NfLearntUse, i);
        NfDomainKey key = l->domain->key;

        key.id = use->domain;
        NfDomain *domain = g_hash_table_lookup (c->domains, &key);
        Rebinding rebinding = {.collector = c, .domain = domain};

        if (domain)
            nf_domain_rebind (domain, use->template_id, rebind, &rebinding);
    }
    if (uses) {
        g_array_unref (uses);
        c->changes++;
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

        if (!nf_template_read_variable (t, content, &c->fields))
            return;
        learn_record (l, &(NfAnnouncer){.octets = datagram->octets,
                                        .fields = c->fields.at,
                                        .record = {start, content->offset - start},
                                        .place = {datagram->order, start},
                                        .file = datagram->file,
                                        .packet = datagram->packet,
                                        .domain = message->domain,
                                        .used = &c->announced});
    }
}

/* Takes note of data that nobody can read yet. A stream is not learnt again, so there it is of no
 * use. */
static void
note_missed (NfCollector *c, const NfDatagram *datagram, const NfMessage *message, guint16 id)
{
    NfDomainKey key = nf_domain_key (datagram, message);

    if (!c->limits.stream && g_hash_table_size (c->missed) < MAX_MISSED)
        g_hash_table_add (c->missed, hash_of_missed (&key, id));
}

void
nf_collector_learn_data (NfCollector *c, const NfDomain *own, const NfDatagram *datagram,
                         const NfMessage *message, const NfSet *set, NfReader *content,
                         GArray *findings)
{
    NfPlace place = {datagram->order, set->span.offset};
    Learning l = {.collector = c, .findings = findings};
    NfTemplateUse use;

    if (!c->has_announcers && own && nf_domain_find (own, set->id, place))
        return;
    if (!nf_collector_find_template (c, own, datagram, message, set->id, place.offset, &use)) {
        note_missed (c, datagram, message, set->id);
        return;
    }
    if (!use.binding->tmpl->options)
        return;
    nf_announce_plan (&l.plan, use.binding);
    l.describes_elements = nf_learnt_plan (&l.learnt, use.binding);
    if (!l.plan.any && !l.describes_elements)
        return;
    l.domain = nf_collector_ensure_domain (c, datagram, message, findings);
    if (l.domain)
        learn_records (&l, datagram, message, content);
}

gboolean
nf_collector_has_announced (const NfCollector *collector, NfAnnouncedKind kind)
{
    return collector->by_kind[kind] > 0;
}

const NfAnnouncement *
nf_collector_find_announced (const NfCollector *collector, const NfDomain *domain,
                             const NfDatagram *datagram, const NfAnnouncedKey *key, guint32 offset)
{
    NfPlace place = {datagram->order, offset};
    const NfAnnouncement *a = NULL;
    const NfExporter *exporter;

    if (collector->by_kind[key->kind] == 0)
        return NULL;
    if (domain && domain->announced)
        a = nf_announced_find (domain->announced, key, place);
    if (a)
        return a;
    exporter = g_hash_table_lookup (collector->exporters, &datagram->exporter);
    return exporter ? nf_announced_find (exporter->announced, key, place) : NULL;
}
