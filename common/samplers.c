/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Samplers that flows name, and flows that look sampled. */
#include "samplers.h"

#include "domain.h"
#include "shortcut.h"

/* Samplers of a domain that are told apart: routers have one an interface and direction at most,
 * and a handful in use. */
#define MAX_SAMPLERS 64

/* So many TCP flows tell what they look like; further ones are not looked at. */
#define ENOUGH_FLOWS 10000

/* Fewer may be few for other reasons. */
#define FEW_FLOWS 30

/* TCP flags of what has one packet without sampling: attempts that nobody answers, refusals. */
#define TCP_SYN 2
#define TCP_RST 4

#define TCP 6

typedef struct {
    guint64 id;
    guint64 records;
    gboolean rated;      /* somebody tells the rate of one of them */
    gdouble own_rate;    /* what the last record of it said itself; 0: nothing */
    guint64 order;       /* of the first record's datagram, */
    guint64 rated_order; /* and of that of the record with `own_rate` */
} Sampler;

/* Flows of TCP that were looked at, and of those with one packet. */
typedef struct {
    guint64 flows, single;
} Sizes;

typedef struct {
    NfDomainKey key;
    gboolean rated; /* somebody tells a rate */
    Sizes sizes;
    GArray *samplers; /* of Sampler; NULL: none */
    guint64 others;   /* records that name one beyond those */
} Domain;

struct _NfSamplers {
    guint max_domains;
    GHashTable *domains;   /* set of Domain, owned */
    GPtrArray *in_order;   /* the same in order of appearance */
    NfShortcuts shortcuts; /* none of them is freed before the end */
    Domain *domain;        /* of the Message at hand, or NULL */
    guint64 order;         /* of its datagram */
    gboolean asked;        /* whether a rate is known of one of its flows */
};

static void
free_domain (gpointer domain)
{
    g_clear_pointer (&((Domain *)domain)->samplers, g_array_unref);
    g_free (domain);
}

NfSamplers *
nf_samplers_new (const NfLimits *limits)
{
    NfSamplers *samplers = g_new0 (NfSamplers, 1);

    samplers->max_domains = (limits ? limits : &nf_default_limits)->max_domains;
    /* The key is the first member. */
    samplers->domains =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, free_domain, NULL);
    samplers->in_order = g_ptr_array_new ();
    return samplers;
}

void
nf_samplers_free (NfSamplers *samplers)
{
    g_ptr_array_unref (samplers->in_order);
    g_hash_table_unref (samplers->domains);
    g_free (samplers);
}

/* The domain of a Message, or NULL where there are too many. */
static Domain *
ensure_domain (NfSamplers *samplers, const NfDatagram *datagram, const NfMessage *message)
{
    NfDomainKey key = nf_domain_key (datagram, message);
    Domain *domain = g_hash_table_lookup (samplers->domains, &key);

    if (domain || g_hash_table_size (samplers->domains) >= samplers->max_domains)
        return domain;
    domain = g_new0 (Domain, 1);
    domain->key = key;
    g_hash_table_add (samplers->domains, domain);
    g_ptr_array_add (samplers->in_order, domain);
    return domain;
}

void
nf_samplers_message (NfSamplers *samplers, const NfDatagram *datagram, const NfMessage *message)
{
    gpointer *place = nf_shortcut (&samplers->shortcuts, &datagram->exporter, message->domain);
    Domain *domain = *place;

    if (!domain || !nf_domain_key_is_of (&domain->key, datagram, message))
        *place = domain = ensure_domain (samplers, datagram, message);
    samplers->domain = domain;
    samplers->order = datagram->order;
    samplers->asked = FALSE;
}

/* ---- records ---- */

static Sampler *
find_sampler (Domain *d, guint64 id, guint64 order)
{
    Sampler fresh = {.id = id, .order = order};

    if (!d->samplers)
        d->samplers = g_array_new (FALSE, FALSE, sizeof (Sampler));
    for (guint i = 0; i < d->samplers->len; i++)
        if (g_array_index (d->samplers, Sampler, i).id == id)
            return &g_array_index (d->samplers, Sampler, i);
    if (d->samplers->len >= MAX_SAMPLERS)
        return NULL;
    g_array_append_val (d->samplers, fresh);
    return &g_array_index (d->samplers, Sampler, d->samplers->len - 1);
}

/* Sampler 0 is none: exporters send it with flows that were not sampled. */
static void
note_sampler (Domain *d, const NfRecord *r, guint64 order)
{
    NfSamplingSource source;
    Sampler *sampler;
    gdouble rate;
    guint64 id;

    if (!nf_flow_number (r, NF_FLOW_SAMPLER, &id) || id == 0)
        return;
    sampler = find_sampler (d, id, order);
    if (!sampler) {
        d->others++;
        return;
    }
    sampler->records++;
    if (sampler->rated && !nf_flow_has_sampling (r->flow))
        return;
    rate = nf_record_sampling (r, &source);
    sampler->rated |= rate > 0;
    if (source != NF_SAMPLING_RECORD)
        return;
    sampler->own_rate = rate;
    sampler->rated_order = order;
}

/* Who talks TCP sends several packets: if nearly all flows have one, the others were not sampled.
 */
static inline void
note_size (Sizes *sizes, guint64 packets, guint64 flags)
{
    if (packets == 0 || flags == TCP_SYN || flags & TCP_RST)
        return;
    sizes->flows++;
    sizes->single += packets == 1;
}

static void
note_size_of (Sizes *sizes, const NfRecord *r)
{
    guint64 packets, flags;

    if (nf_flow_protocol (r) != TCP || !nf_flow_number (r, NF_FLOW_PACKETS, &packets))
        return;
    note_size (sizes, packets, nf_flow_number (r, NF_FLOW_FLAGS, &flags) ? flags : 0);
}

/* Reads what counts of all records that the first one's event stands for. Returns FALSE where they
 * have to be read one by one. */
static gboolean
read_columns (const NfRecord *first, guint64 protocols[NF_MOST_AT_ONCE],
              guint64 packets[NF_MOST_AT_ONCE], guint64 flags[NF_MOST_AT_ONCE])
{
    if (!nf_flow_column (first, NF_FLOW_PROTO, protocols) ||
        !nf_flow_column (first, NF_FLOW_PACKETS, packets))
        return FALSE;
    if (*nf_flow_candidates (first->flow, NF_FLOW_FLAGS) >= 0)
        return nf_flow_column (first, NF_FLOW_FLAGS, flags);
    memset (flags, 0, NF_MOST_AT_ONCE * sizeof *flags);
    return TRUE;
}

/* The same of all those records. */
static void
note_sizes (Domain *domain, const NfRecord *first)
{
    guint64 protocols[NF_MOST_AT_ONCE], packets[NF_MOST_AT_ONCE], flags[NF_MOST_AT_ONCE];
    guint n = first->event->count;
    Sizes sizes = domain->sizes; /* not in memory meanwhile */

    if (read_columns (first, protocols, packets, flags)) {
        for (guint i = 0; i < n && sizes.flows < ENOUGH_FLOWS; i++)
            if (protocols[i] == TCP)
                note_size (&sizes, packets[i], flags[i]);
    } else {
        for (guint i = 0; i < n && sizes.flows < ENOUGH_FLOWS; i++) {
            NfEvent event = nf_event_record (first->event, i);
            NfRecord record = *first;

            record.event = &event;
            note_size_of (&sizes, &record);
        }
    }
    domain->sizes = sizes;
}

static void
note_samplers (Domain *d, const NfRecord *first, guint64 order)
{
    for (guint i = 0; i < first->event->count; i++) {
        NfEvent event = nf_event_record (first->event, i);
        NfRecord record = *first;

        record.event = &event;
        note_sampler (d, &record, order);
    }
}

void
nf_samplers_records (NfSamplers *samplers, const NfRecord *first)
{
    Domain *d = samplers->domain;
    NfSamplingSource source;

    if (!d || first->event->binding->tmpl->options)
        return;
    if (*nf_flow_candidates (first->flow, NF_FLOW_SAMPLER) >= 0)
        note_samplers (d, first, samplers->order);
    if (d->rated)
        return;
    if (d->sizes.flows < ENOUGH_FLOWS)
        note_sizes (d, first);
    /* once a Message: it is a look at all that may tell a rate */
    if (!samplers->asked)
        d->rated = nf_record_sampling (first, &source) > 0;
    samplers->asked = TRUE;
}

/* ---- the end ---- */

typedef struct {
    const NfCollector *collector;
    NfVerdictFunc say;
    gpointer data;
} Ending;

static void
say (const Ending *e, const Domain *d, NfFinding finding, guint64 order)
{
    e->say (&d->key, &finding, order, e->data);
}

/* What the exporter announced, seen from the end. */
static const NfAnnouncement *
find_announced (const Ending *e, const Domain *d, NfAnnouncedKey key)
{
    NfMessage message = {.version = d->key.version, .domain = d->key.id};
    NfDatagram datagram = {.exporter = d->key.exporter,
                           .collector = d->key.collector,
                           .transport = d->key.transport,
                           .connection = d->key.connection,
                           .order = G_MAXUINT64};

    return nf_collector_find_announced (
        e->collector, nf_collector_domain (e->collector, &datagram, &message), &datagram, &key, 0);
}

/* Whether a rate of all that the exporter samples is told by now, if not yet when flows came. */
static gboolean
is_rated_since (const Ending *e, const Domain *d)
{
    const NfAnnouncement *a =
        find_announced (e, d, (NfAnnouncedKey){.kind = NF_ANNOUNCED_SYSTEM_SAMPLING});

    return a && a->rate > 0;
}

/* One packet in so many, which a probability tells in as many digits as its octets have. */
static guint64
in_packets (gdouble rate)
{
    return rate + 0.5 < (gdouble)G_MAXUINT64 ? (guint64)(rate + 0.5) : G_MAXUINT64;
}

/* Not in the last digits of four octets, nor in what is told. */
static gboolean
are_others (gdouble a, gdouble b)
{
    return ABS (a - b) > MAX (a, b) * 1e-6 && in_packets (a) != in_packets (b);
}

static void
judge_sampler (const Ending *e, const Domain *d, const Sampler *sampler)
{
    const NfAnnouncement *a =
        find_announced (e, d, nf_announced_key (NF_ANNOUNCED_SAMPLER, sampler->id));
    gdouble rate = a ? a->rate : 0;

    if (rate <= 0 && !sampler->rated && !is_rated_since (e, d))
        say (e, d,
             (NfFinding){.id = NF_FINDING_SAMPLER_UNKNOWN, .args = {sampler->id, sampler->records}},
             sampler->order);
    else if (rate > 0 && a->domain != d->key.id)
        say (e, d,
             (NfFinding){.id = NF_FINDING_SAMPLER_OTHER_DOMAIN, .args = {sampler->id, a->domain}},
             sampler->order);
    if (rate > 0 && sampler->own_rate > 0 && are_others (rate, sampler->own_rate))
        say (e, d,
             (NfFinding){.id = NF_FINDING_SAMPLER_CONFLICT,
                         .args = {in_packets (sampler->own_rate), in_packets (rate)}},
             sampler->rated_order);
}

static void
judge (const Ending *e, const Domain *d)
{
    for (guint i = 0; d->samplers && i < d->samplers->len; i++)
        judge_sampler (e, d, &g_array_index (d->samplers, Sampler, i));
    if (!d->rated && !d->samplers && d->sizes.flows >= FEW_FLOWS &&
        d->sizes.single * 10 >= d->sizes.flows * 9 && !is_rated_since (e, d))
        say (e, d,
             (NfFinding){.id = NF_FINDING_SAMPLING_ABSENT,
                         .args = {d->sizes.single, d->sizes.flows}},
             0);
    if (d->others > 0)
        say (e, d, (NfFinding){.id = NF_FINDING_LIMIT_SAMPLERS, .args = {MAX_SAMPLERS, d->others}},
             0);
}

void
nf_samplers_judge (const NfSamplers *samplers, const NfDomainKey *key, const NfCollector *collector,
                   NfVerdictFunc say_of, gpointer data)
{
    const Ending e = {.collector = collector, .say = say_of, .data = data};
    const Domain *d = g_hash_table_lookup (samplers->domains, key);

    if (d)
        judge (&e, d);
}

void
nf_samplers_end (const NfSamplers *samplers, const NfCollector *collector, NfVerdictFunc say_of,
                 gpointer data)
{
    const Ending e = {.collector = collector, .say = say_of, .data = data};

    for (guint i = 0; i < samplers->in_order->len; i++)
        judge (&e, samplers->in_order->pdata[i]);
}
