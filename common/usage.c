/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates over time: announcements, changes, and the data they describe. */
#include "usage.h"

#include "domain.h"
#include "shortcut.h"

/* A Template over UDP should have come again by now: exporters send them every few minutes, the
 * slowest by default every half an hour. A minute for those who are not quite in time. */
#define LAPSE_NS (31 * 60 * G_GINT64_CONSTANT (1000000000))

/* After such a silence no data flowed in which the Template should have come: whoever has flows
 * exports some within half an hour, the longest that one is usually kept. */
#define SILENCE_NS LAPSE_NS

/* So many changes are no new configuration. */
#define CHANGING 3

struct _NfUsage {
    NfLimits limits;
    GHashTable *domains; /* set of NfDomainUsage, owned */
    GQueue by_use;       /* of NfDomainUsage, the one heard of last first */
    NfShortcuts shortcuts;
    guint64 n_seen; /* domains */
    guint n_templates;
    gboolean told;             /* that a limit is reached */
    NfDomainUsage *domain;     /* of the Message at hand; NULL: nothing is to be noted */
    NfTemplateUsage *template; /* of the Data Set at hand, or NULL */
    gboolean is_late;          /* its Template came later */
    gboolean again;
    NfWhen now;
};

static void
clear_former (gpointer former)
{
    nf_binding_unref (((NfFormer *)former)->binding);
}

static void
free_template (gpointer template)
{
    NfTemplateUsage *t = template;

    if (t->binding)
        nf_binding_unref (t->binding);
    if (t->former)
        g_array_unref (t->former);
    g_free (t);
}

static void
free_domain (gpointer domain)
{
    NfDomainUsage *d = domain;

    nf_id_map_clear (&d->templates, free_template);
    g_free (d);
}

NfUsage *
nf_usage_new (const NfLimits *limits)
{
    NfUsage *usage = g_new0 (NfUsage, 1);

    usage->limits = limits ? *limits : nf_default_limits;
    /* The key is the first member. */
    usage->domains =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, free_domain, NULL);
    return usage;
}

void
nf_usage_free (NfUsage *usage)
{
    g_hash_table_unref (usage->domains);
    g_free (usage);
}

static void
say (GArray *findings, NfFindingId id, NfSpan span, guint64 a, guint64 b)
{
    NfFinding finding = {.id = id, .span = span, .args = {a, b}};

    if (findings)
        g_array_append_val (findings, finding);
}

static void
say_limit (NfUsage *usage, GArray *findings)
{
    if (!usage->told)
        say (findings, NF_FINDING_LIMIT_USAGE, (NfSpan){0, 0}, usage->n_templates,
             g_hash_table_size (usage->domains));
    usage->told = TRUE;
}

/* Forgets the domain longest silent. */
static void
forget (NfUsage *usage, GArray *findings)
{
    NfDomainUsage *oldest = g_queue_peek_tail (&usage->by_use);

    say_limit (usage, findings);
    usage->n_templates -= nf_id_map_size (&oldest->templates);
    g_queue_unlink (&usage->by_use, &oldest->by_use);
    nf_shortcuts_drop (&usage->shortcuts, &oldest->key.exporter, oldest->key.id, oldest);
    g_hash_table_remove (usage->domains, oldest);
}

/* Sequence numbers of IPFIX begin with 0 in each session (RFC 7011 3.1). */
static NfDomainUsage *
new_domain (NfUsage *usage, const NfDatagram *datagram, const NfMessage *message)
{
    NfDomainUsage *d = g_new0 (NfDomainUsage, 1);

    d->key = nf_domain_key (datagram, message);
    d->index = usage->n_seen++;
    d->first = usage->now;
    d->steady_ns = usage->now.time_ns;
    d->has_start = message->sequence == 0;
    d->by_use.data = d;
    return d;
}

static NfDomainUsage *
find_domain (const NfUsage *usage, const NfDatagram *datagram, const NfMessage *message)
{
    NfDomainKey key = nf_domain_key (datagram, message);

    return g_hash_table_lookup (usage->domains, &key);
}

static NfDomainUsage *
ensure_domain (NfUsage *usage, const NfDatagram *datagram, const NfMessage *message,
               GArray *findings)
{
    gpointer *place = nf_shortcut (&usage->shortcuts, &datagram->exporter, message->domain);
    NfDomainUsage *domain = *place;

    if (!domain || !nf_domain_key_is_of (&domain->key, datagram, message))
        domain = find_domain (usage, datagram, message);
    if (domain && usage->by_use.head == &domain->by_use) /* that of the Message before */
        return domain;
    if (domain) {
        g_queue_unlink (&usage->by_use, &domain->by_use);
    } else {
        if (g_hash_table_size (usage->domains) >= usage->limits.max_domains)
            forget (usage, findings);
        domain = new_domain (usage, datagram, message);
        g_hash_table_add (usage->domains, domain);
    }
    g_queue_push_head_link (&usage->by_use, &domain->by_use);
    *place = domain;
    return domain;
}

static gint64
time_of (const NfDatagram *datagram, const NfMessage *message)
{
    NfTime export_time;

    if (datagram->has_time)
        return datagram->time_ns;
    export_time = nf_message_export_time (message, NULL);
    return (gint64)export_time.s * 1000000000 + export_time.ns;
}

void
nf_usage_begin (NfUsage *usage)
{
    usage->domain = NULL;
    usage->template = NULL;
}

void
nf_usage_message (NfUsage *usage, const NfDatagram *datagram, const NfMessage *message,
                  gboolean again, GArray *findings)
{
    nf_usage_begin (usage);
    if (!nf_message_has_templates (message))
        return;
    usage->again = again;
    usage->now = (NfWhen){.file = datagram->file,
                          .packet = datagram->packet,
                          .message = datagram->message,
                          .order = datagram->order,
                          .time_ns = time_of (datagram, message)};
    usage->domain = ensure_domain (usage, datagram, message, findings);
    if (again)
        return;
    if (usage->now.time_ns - usage->domain->last.time_ns > SILENCE_NS)
        usage->domain->steady_ns = usage->now.time_ns;
    usage->domain->messages++;
    usage->domain->last = usage->now;
}

/* NULL where no more are followed. */
static NfTemplateUsage *
ensure_template (NfUsage *usage, guint16 id, GArray *findings)
{
    NfTemplateUsage *t = nf_id_map_find (&usage->domain->templates, id);

    if (t)
        return t;
    while (usage->n_templates >= usage->limits.max_templates) {
        say_limit (usage, findings);
        if (g_queue_peek_tail (&usage->by_use) == usage->domain)
            return NULL;
        forget (usage, findings);
    }
    usage->n_templates++;
    t = g_new0 (NfTemplateUsage, 1);
    t->id = id;
    t->live.data = t;
    nf_id_map_add (&usage->domain->templates, id, t);
    return t;
}

/* ---- Templates ---- */

/* Whether Templates are withdrawn before they change: NetFlow v9 has no withdrawals. */
static gboolean
has_withdrawals (const NfUsage *usage)
{
    const NfDomainKey *key = &usage->domain->key;

    return key->version == 10 && nf_transport_has_connections (key->transport);
}

static void
keep_former (NfTemplateUsage *t)
{
    NfFormer former = {.binding = t->binding, .last = t->last};

    if (!t->former) {
        t->former = g_array_new (FALSE, FALSE, sizeof (NfFormer));
        g_array_set_clear_func (t->former, clear_former);
    }
    if (t->former->len < NF_USAGE_FORMER)
        g_array_append_val (t->former, former);
    else
        nf_binding_unref (former.binding);
    t->binding = NULL;
}

static void
note_change (const NfUsage *usage, NfTemplateUsage *t, NfSpan span, GArray *findings)
{
    NfFindingId id = NF_FINDING_TEMPLATE_CHANGED;

    keep_former (t);
    t->changes++;
    if (has_withdrawals (usage) && !t->withdrawn)
        id = NF_FINDING_TEMPLATE_CHANGED_UNASKED;
    else if (!t->withdrawn && t->changes >= CHANGING)
        id = NF_FINDING_TEMPLATE_CHANGING;
    say (findings, id, span, t->id, t->changes);
}

static void
note_interval (const NfUsage *usage, NfTemplateUsage *t)
{
    gint64 interval = usage->now.time_ns - t->last.time_ns;

    /* The clock of an exporter may tell any time, and the sum does not hold many centuries. */
    if (usage->now.order == t->last.order || interval < 0 || interval > G_MAXINT64 - t->interval_ns)
        return;
    t->shortest_ns = t->n_intervals > 0 ? MIN (t->shortest_ns, interval) : interval;
    t->longest_ns = MAX (t->longest_ns, interval);
    t->interval_ns += interval;
    t->n_intervals++;
}

static gboolean
is_live (const NfTemplateUsage *t)
{
    return t->announced > 0 && !t->withdrawn;
}

/* Where such a Template stands. */
static GQueue *
live_of (const NfUsage *usage, gboolean options)
{
    return &usage->domain->live[options ? 1 : 0];
}

static void
note_template (NfUsage *usage, const NfEvent *event, GArray *findings)
{
    const NfBinding *binding = event->binding;
    NfTemplateUsage *t = ensure_template (usage, binding->tmpl->id, findings);

    if (!t)
        return;
    if (is_live (t)) /* it may have been of the other kind */
        g_queue_unlink (live_of (usage, t->binding->tmpl->options), &t->live);
    if (t->announced > 0 && t->binding && !nf_template_equal (t->binding->tmpl, binding->tmpl))
        note_change (usage, t, event->span, findings);
    if (t->announced == 0)
        t->first = usage->now;
    else
        note_interval (usage, t);
    if (t->binding)
        nf_binding_unref (t->binding);
    t->binding = nf_binding_ref ((NfBinding *)binding);
    t->announced++;
    t->last = usage->now;
    t->withdrawn = t->lapsed = FALSE;
    g_queue_push_tail_link (live_of (usage, t->binding->tmpl->options), &t->live);
}

static void
withdraw (const NfUsage *usage, NfTemplateUsage *t)
{
    g_queue_unlink (live_of (usage, t->binding->tmpl->options), &t->live);
    t->withdrawn = TRUE;
    t->withdrawals++;
}

/* All Templates of a kind go. Those that are gone are not looked at again: however often all are
 * withdrawn, each announcement is paid for once. */
static void
withdraw_all (const NfUsage *usage, gboolean options)
{
    const GQueue *live = live_of (usage, options);

    while (live->head)
        withdraw (usage, live->head->data);
}

/* Only reliable transports withdraw Templates (RFC 7011 8.1); of one that came before the capture
 * began nothing can be said. */
static void
note_withdrawal (const NfUsage *usage, const NfEvent *event, GArray *findings)
{
    guint16 id = event->template_id;
    NfTemplateUsage *t;

    if (!has_withdrawals (usage))
        return;
    if (id < NF_FIRST_TEMPLATE_ID) {
        withdraw_all (usage, id == nf_domain_id_of_all (TRUE));
        return;
    }
    t = nf_id_map_find (&usage->domain->templates, id);
    if (t && is_live (t))
        withdraw (usage, t);
    else if (usage->domain->has_start)
        say (findings, NF_FINDING_TEMPLATE_WITHDRAWAL_UNKNOWN, event->span, id, 0);
}

/* ---- data ---- */

/* Whether the Template should have come again by now: over UDP, where nothing else tells a
 * collector that started since (RFC 7011 8.4). */
static void
note_lapse (const NfUsage *usage, NfTemplateUsage *t, NfSpan span, GArray *findings)
{
    gint64 age = usage->now.time_ns - t->last.time_ns;
    gint64 heard = MIN (age, usage->now.time_ns - usage->domain->steady_ns);

    if (usage->domain->key.transport != NF_TRANSPORT_UDP || t->lapsed || t->announced == 0 ||
        heard <= LAPSE_NS)
        return;
    t->lapsed = TRUE;
    say (findings, NF_FINDING_TEMPLATE_INTERVAL, (NfSpan){span.offset, 4}, t->id,
         (guint64)age / 60 / 1000000000);
}

/* Takes back what was said of the Set when it came. */
static void
take_back (NfTemplateUsage *t, const NfEvent *event)
{
    t->lost_sets -= MIN (t->lost_sets, 1);
    t->lost_octets -= MIN (t->lost_octets, event->span.length - 4);
}

static void
note_data_set (NfUsage *usage, const NfEvent *event, GArray *findings)
{
    NfTemplateUsage *t = ensure_template (usage, event->set->id, findings);

    usage->template = t;
    usage->is_late = event->use->late;
    if (!t || event->span.length <= 4)
        return;
    if (usage->again)
        take_back (t, event);
    if (t->sets + t->lost_sets == 0)
        t->first_data = usage->now;
    t->last_data = usage->now;
    if (!event->use->binding) {
        t->lost_sets++;
        t->lost_octets += event->span.length - 4;
        return;
    }
    if (!t->binding)
        t->binding = nf_binding_ref (event->use->binding);
    t->sets++;
    t->late_sets += event->use->late ? 1 : 0;
    t->foreign_sets += event->use->foreign ? 1 : 0;
    note_lapse (usage, t, event->span, findings);
}

static void
note_record (NfUsage *usage, const NfEvent *event)
{
    *(event->binding->tmpl->options ? &usage->domain->options : &usage->domain->flows) +=
        event->count;
    if (!usage->template)
        return;
    usage->template->records += event->count;
    usage->template->late_records += usage->is_late ? event->count : 0;
}

void
nf_usage_event (NfUsage *usage, const NfEvent *event, GArray *findings)
{
    if (!usage->domain)
        return;
    switch (event->type) {
    case NF_EVENT_SET:
        usage->template = NULL;
        if (event->set->kind == NF_SET_DATA)
            note_data_set (usage, event, findings);
        return;
    case NF_EVENT_TEMPLATE:
        note_template (usage, event, findings);
        return;
    case NF_EVENT_WITHDRAWAL:
        note_withdrawal (usage, event, findings);
        return;
    case NF_EVENT_RECORD:
        note_record (usage, event);
        return;
    default:
        return;
    }
}

/* ---- what is known ---- */

guint64
nf_usage_last_announced (const NfUsage *usage)
{
    return usage->template ? usage->template->last.order : 0;
}

static gint
compare_domains (gconstpointer a, gconstpointer b)
{
    const NfDomainUsage *x = *(NfDomainUsage *const *)a, *y = *(NfDomainUsage *const *)b;

    return x->index < y->index ? -1 : x->index > y->index;
}

GPtrArray *
nf_usage_domains (const NfUsage *usage)
{
    GPtrArray *domains = g_ptr_array_new ();

    /* those heard of in order of appearance are sorted already */
    for (const GList *at = usage->by_use.tail; at; at = at->prev)
        g_ptr_array_add (domains, at->data);
    g_ptr_array_sort (domains, compare_domains);
    return domains;
}

static gint
compare_templates (gconstpointer a, gconstpointer b)
{
    const NfTemplateUsage *x = *(NfTemplateUsage *const *)a, *y = *(NfTemplateUsage *const *)b;

    return (gint)x->id - (gint)y->id;
}

GPtrArray *
nf_usage_templates (const NfDomainUsage *domain)
{
    GPtrArray *templates = g_ptr_array_new ();
    NfIdMapIter iter;
    gpointer t;

    nf_id_map_iter_init (&iter, &domain->templates);
    while ((t = nf_id_map_iter_next (&iter)))
        g_ptr_array_add (templates, t);
    g_ptr_array_sort (templates, compare_templates);
    return templates;
}

const NfDomainUsage *
nf_usage_domain (const NfUsage *usage, const NfDomainKey *key)
{
    return g_hash_table_lookup (usage->domains, key);
}
