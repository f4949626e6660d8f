/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a datagram hangs on: the others without which its Messages would be read in another way, or
 * not at all. It is walked once more, and the collector asked where what it is read with came from.
 */
#include "derived.h"
#include "evidence-private.h"

struct _NfNeeds {
    const NfCollector *collector;
    NfEvidenceWant want;
    gpointer data;
    NfPlans *plans;
    NfDecoder decoder;
    /* ---- of the datagram at hand ---- */
    const NfDatagram *datagram;
    const NfMessage *message;
    const NfDomain *domain;
    gboolean is_bare;
    guint generations;
};

NfNeeds *
nf_needs_new (const NfCollector *collector, NfEvidenceWant want, gpointer data)
{
    NfNeeds *n = g_new0 (NfNeeds, 1);

    n->collector = collector;
    n->want = want;
    n->data = data;
    n->plans = nf_plans_new (nf_collector_registry (collector), FALSE);
    return n;
}

void
nf_needs_free (NfNeeds *needs)
{
    nf_plans_free (needs->plans);
    nf_decoder_clear (&needs->decoder);
    g_free (needs);
}

static void
want (const NfNeeds *n, guint64 order)
{
    if (order != 0 && order != n->datagram->order)
        n->want (order, FALSE, n->data);
}

static void
want_bare (const NfNeeds *n, guint64 order)
{
    if (order != 0 && order != n->datagram->order)
        n->want (order, TRUE, n->data);
}

static void
want_announcement (const NfNeeds *n, const NfAnnouncement *announcement)
{
    if (announcement)
        want (n, announcement->place.order);
}

/* ---- Templates ---- */

/* What the exporter said of elements that no registry knows. */
static void
want_descriptions (const NfNeeds *n, const NfBinding *binding, guint32 offset)
{
    NfPlace from;

    for (guint i = 0; binding->learnt && i < binding->tmpl->n_fields; i++)
        if (binding->tmpl->fields[i].pen != 0 &&
            nf_collector_find_described (n->collector, n->datagram, n->message,
                                         &binding->tmpl->fields[i], offset, &from))
            want (n, from.order);
}

static void
want_use (const NfNeeds *n, const NfTemplateUse *use, guint32 offset)
{
    want (n, use->order);
    want (n, use->other);
    if (use->binding)
        want_descriptions (n, use->binding, offset);
}

/* What was in force before a Template Record or a withdrawal of `id`: the withdrawal, which hangs
 * on what it withdraws, or so many definitions. */
static void
want_before (const NfNeeds *n, guint16 id, guint32 offset, guint generations)
{
    NfDatagram at = *n->datagram;
    NfTemplateUse use = {.offset = offset};

    do {
        nf_collector_find_template (n->collector, n->domain, &at, n->message, id, use.offset - 1,
                                    &use);
        if (use.other != 0 && use.candidates == 0) {
            want_bare (n, use.other);
            return;
        }
        if (generations == 0 || !use.binding || use.late || use.foreign)
            return;
        want_bare (n, use.order);
        at.order = use.order;
    } while (--generations > 0);
}

/* ---- records ---- */

static void
want_lists (const NfNeeds *n, const NfEvent *event)
{
    const NfList *list;
    NfListWalk walk;
    NfListStep step;

    if (event->binding->n_lists == 0)
        return;
    nf_list_walk_begin (&walk, nf_decoder_lists (&n->decoder), event);
    while ((list = nf_list_walk_next (&walk, &step))) {
        if (step == NF_LIST_RECORD)
            continue;
        if (list->template_id != 0)
            want_use (n, &list->use, event->span.offset);
        else if (list->binding)
            want_descriptions (n, list->binding, event->span.offset);
    }
}

/* What the sampler of a record was announced with last, which is what it is judged by at the end.
 */
static void
want_last_rate (const NfNeeds *n, const NfRecord *record)
{
    NfDatagram end = *n->datagram;
    NfAnnouncedKey key;
    guint64 id;

    end.order = G_MAXUINT64;
    if (!nf_collector_has_announced (n->collector, NF_ANNOUNCED_SAMPLER) ||
        !nf_flow_number (record, NF_FLOW_SAMPLER, &id))
        return;
    key = nf_announced_key (NF_ANNOUNCED_SAMPLER, id);
    want_announcement (n, nf_collector_find_announced (n->collector, n->domain, &end, &key, 0));
}

/* What options data says of a record of flows. */
static void
want_announced (const NfNeeds *n, const NfEvent *event)
{
    const NfAnnouncedKey start = {.kind = NF_ANNOUNCED_START};
    NfRecord joined, record = {.event = event,
                               .octets = n->datagram->octets,
                               .message = n->message,
                               .flow = nf_plans_get (n->plans, event->binding)->flow,
                               .lists = nf_decoder_lists (&n->decoder),
                               .collector = n->collector,
                               .domain = n->domain,
                               .datagram = n->datagram};
    NfSamplingSource source;
    NfEvent of_joined;
    guint next = 0;

    if (event->binding->tmpl->options)
        return;
    want_announcement (n, nf_record_announced (&record, &start));
    while (nf_record_joined (&record, &next, &joined, &of_joined))
        want_announcement (n, joined.announcement);
    nf_record_sampling (&record, &source);
    want_announcement (n, nf_record_sampling_announcement (&record, source));
    want_last_rate (n, &record);
}

/* ---- all together ---- */

static void
look_at (NfNeeds *n, const NfEvent *event)
{
    gboolean is_reliable =
        n->datagram->transport == NF_TRANSPORT_TCP || n->datagram->transport == NF_TRANSPORT_SCTP;

    switch (event->type) {
    case NF_EVENT_MESSAGE:
        n->message = event->message;
        n->domain = nf_decoder_domain (&n->decoder);
        return;
    case NF_EVENT_SET:
        if (event->set->kind == NF_SET_DATA)
            want_use (n, event->use, event->span.offset);
        return;
    case NF_EVENT_TEMPLATE:
        want_descriptions (n, event->binding, event->span.offset);
        if (!n->is_bare && (is_reliable || n->generations > 0))
            want_before (n, event->binding->tmpl->id, event->span.offset, n->generations);
        return;
    case NF_EVENT_WITHDRAWAL:
        if (is_reliable)
            want_before (n, event->template_id, event->span.offset, 1);
        return;
    case NF_EVENT_RECORD:
        want_lists (n, event);
        want_announced (n, event);
        return;
    default:
        return;
    }
}

gboolean
nf_needs_of (NfNeeds *needs, const NfDatagram *datagram, gboolean is_bare, guint generations)
{
    gboolean has_data = FALSE;
    NfEvent event;

    needs->datagram = datagram;
    needs->message = NULL;
    needs->domain = NULL;
    needs->is_bare = is_bare;
    needs->generations = generations;
    nf_plans_trim (needs->plans);
    nf_decoder_begin (&needs->decoder, needs->collector, datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&needs->decoder, &event) != NF_EVENT_END) {
        look_at (needs, &event);
        has_data |= event.type == NF_EVENT_RECORD ||
                    (event.type == NF_EVENT_SET && nf_set_lacks_template (&event));
    }
    return has_data;
}
