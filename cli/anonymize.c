/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams written anew: what a walk finds is copied, rewritten, or left out. */
#include "anonymize.h"

#include "anonymize-say.h"
#include "arrival.h"
#include "readings.h"
#include "rewrite.h"

/* Octets of headers that stay in front of what cannot be decoded, as findings are made of them. */
#define OF_VERSION  2
#define SET_HEADER  4
#define SFLOW       4  /* the version */
#define TLS_HEADER  5  /* RFC 8446 5.1 */
#define DTLS_HEADER 13 /* RFC 6347 4.1 */

struct _NfAnonymizer {
    NfCollector *collector; /* of what came */
    NfDecoder decoder;
    NfReadings *readings;
    NfPseudonyms *pseudonyms;
    NfPlain plain;
    NfDatagram came; /* what `plain` is about */
    GByteArray *octets;
    GByteArray *stayed;
    NfSpans spans; /* of a record read otherwise */
    NfRewriting rewriting;
    NfAnonymized all; /* of what was counted */
    /* ---- of the datagram being rewritten ---- */
    const NfMessage *message;  /* NULL: it has no header */
    const NfBinding *binding;  /* of the current Set, or NULL; */
    NfSet set;                 /* that, if it has one, */
    gboolean is_foreign;       /* and whether another session's Template was taken, */
    gboolean is_late;          /* or one that came later: perhaps none of them was meant; */
    gboolean is_template_set;  /* or it is one of Templates or Options Templates */
    const NfFinding *trouble;  /* the last one, */
    NfFinding trouble_storage; /* which is here */
};

NfAnonymizer *
nf_anonymizer_new (NfRegistry *registry, const NfLimits *limits, GError **error)
{
    NfPseudonyms *pseudonyms = nf_pseudonyms_new_random (error);
    NfAnonymizer *a;

    if (!pseudonyms)
        return NULL;
    a = g_new0 (NfAnonymizer, 1);
    a->pseudonyms = pseudonyms;
    a->collector = nf_collector_new (registry, limits);
    a->readings = nf_readings_new ();
    a->octets = g_byte_array_new ();
    a->stayed = g_byte_array_new ();
    a->rewriting.kept = g_hash_table_new (NULL, NULL);
    a->all.kept = g_hash_table_new (NULL, NULL);
    a->plain = (NfPlain){.datagram = &a->came, .collector = a->collector};
    return a;
}

void
nf_anonymizer_free (NfAnonymizer *anonymizer)
{
    if (!anonymizer)
        return;
    nf_decoder_clear (&anonymizer->decoder);
    nf_collector_free (anonymizer->collector);
    nf_readings_free (anonymizer->readings);
    nf_pseudonyms_free (anonymizer->pseudonyms);
    nf_spans_clear (&anonymizer->spans);
    g_byte_array_unref (anonymizer->octets);
    g_byte_array_unref (anonymizer->stayed);
    g_hash_table_unref (anonymizer->rewriting.kept);
    g_hash_table_unref (anonymizer->all.kept);
    g_free (anonymizer);
}

void
nf_anonymizer_learn (NfAnonymizer *anonymizer, const NfDatagram *datagram)
{
    guint64 changes = nf_collector_changes (anonymizer->collector);

    nf_collector_learn (anonymizer->collector, datagram, NULL);
    if (nf_collector_changes (anonymizer->collector) != changes)
        nf_readings_note (anonymizer->readings, anonymizer->collector, datagram);
}

NfCollector *
nf_anonymizer_collector (const NfAnonymizer *anonymizer)
{
    return anonymizer->collector;
}

/* ---- ends ---- */

typedef void (*Rename) (NfPseudonyms *p, guint8 *to, const guint8 *from);

static void
rename_end (NfAnonymizer *a, NfEndpoint *end, Rename ipv4, Rename ipv6)
{
    if (end->family != 0)
        (end->family == 4 ? ipv4 : ipv6) (a->pseudonyms, end->address, end->address);
}

void
nf_anonymizer_hide_ends (NfAnonymizer *anonymizer, NfDatagram *datagram)
{
    rename_end (anonymizer, &datagram->exporter, nf_pseudonyms_ipv4, nf_pseudonyms_ipv6);
    rename_end (anonymizer, &datagram->collector, nf_pseudonyms_ipv4, nf_pseudonyms_ipv6);
}

void
nf_anonymizer_show_ends (NfAnonymizer *anonymizer, NfDatagram *datagram)
{
    rename_end (anonymizer, &datagram->exporter, nf_pseudonyms_ipv4_back, nf_pseudonyms_ipv6_back);
    rename_end (anonymizer, &datagram->collector, nf_pseudonyms_ipv4_back, nf_pseudonyms_ipv6_back);
}

/* ---- what cannot be decoded ---- */

/* How many octets of it are a header that `trouble` is about; G_MAXUINT32: all. */
static guint32
header_of (NfFindingId trouble)
{
    switch (trouble) {
    case NF_FINDING_LIST_HEADER: /* too few octets for a header of 9 */
        return G_MAXUINT32;
    case NF_FINDING_MESSAGE_SHORT:
    case NF_FINDING_MESSAGE_VERSION:
        return OF_VERSION;
    case NF_FINDING_MESSAGE_VERSION_SFLOW:
        return SFLOW;
    case NF_FINDING_MESSAGE_ENCRYPTED_TLS:
        return TLS_HEADER;
    case NF_FINDING_MESSAGE_ENCRYPTED_DTLS:
        return DTLS_HEADER;
    case NF_FINDING_SET_LENGTH:
    case NF_FINDING_LIST_PART_LENGTH: /* a Template ID and a length, as in a Set's header */
    case NF_FINDING_LIST_PART_BEYOND:
        return SET_HEADER;
    default:
        return 0;
    }
}

static void
put_undecoded (NfRewriting *w, NfSpan span, const NfFinding *trouble, const NfBinding *binding)
{
    NfSpan header = {span.offset, trouble ? MIN (header_of (trouble->id), span.length) : 0};

    nf_rewrite_copy (w, header);
    if (header.length == 0)
        nf_rewrite_rest (w, span, binding ? binding->tmpl : NULL);
    else if (header.length < span.length)
        nf_rewrite_zero (w, (NfSpan){span.offset + header.length, span.length - header.length});
}

/* ---- records ---- */

static NfRecord
record_of (const NfAnonymizer *a, const NfEvent *event)
{
    return (NfRecord){.event = event, .octets = a->came.octets, .message = a->message};
}

static void
put_list_step (NfAnonymizer *a, const NfList *list, NfListStep step)
{
    NfRewriting *w = &a->rewriting;
    NfRecord record;

    switch (step) {
    case NF_LIST_BEGIN:
        nf_rewrite_copy (w, list->header);
        if (list->binding)
            nf_rewrite_note (w, list->binding);
        return;
    case NF_LIST_PART:
        nf_rewrite_copy (w, (NfSpan){list->part.offset, SET_HEADER});
        if (list->binding)
            nf_rewrite_note (w, list->binding);
        return;
    case NF_LIST_RECORD:
        record = record_of (a, &list->record);
        nf_rewrite_record (w, &record);
        return;
    case NF_LIST_UNDECODED:
        put_undecoded (w, list->undecoded, &list->trouble, list->binding);
        return;
    case NF_LIST_END:
        return;
    }
}

static void
put_record (NfAnonymizer *a, const NfEvent *event)
{
    NfRecord record = record_of (a, event);
    const NfList *list;
    NfListStep step;
    NfListWalk walk;

    nf_rewrite_record (&a->rewriting, &record);
    if (event->binding->n_lists > 0) {
        nf_list_walk_begin (&walk, nf_decoder_lists (&a->decoder), event);
        while ((list = nf_list_walk_next (&walk, &step)))
            put_list_step (a, list, step);
    }
    nf_rewrite_not_zero (&a->rewriting, event->span);
}

/* ---- records that another Template may have been meant for ---- */

/* The next record in `body` as `binding` reads it. FALSE: there is none. */
static gboolean
next_record (NfAnonymizer *a, const NfBinding *binding, NfReader *body, NfEvent *event)
{
    const NfTemplate *t = binding->tmpl;

    *event = (NfEvent){.type = NF_EVENT_RECORD, .span = {body->offset, 0}, .binding = binding};
    if (t->record_length == 0 || body->left < t->record_length ||
        !nf_template_read_record (t, body, &a->spans))
        return FALSE;
    event->fields = t->variable ? a->spans.at : NULL;
    event->span.length = body->offset - event->span.offset;
    return TRUE;
}

/* Goes through the Set's records by `binding`: either they are all written once more as it reads
 * them, or, being those of the Set's own Template, they stay none that is zero. */
static void
put_reading (NfAnonymizer *a, const NfBinding *binding, NfReader body)
{
    NfEvent event;

    while (next_record (a, binding, &body, &event)) {
        NfRecord record = record_of (a, &event);

        if (binding == a->binding)
            nf_rewrite_not_zero (&a->rewriting, event.span);
        else
            nf_rewrite_doubted (&a->rewriting, &record);
    }
}

static gboolean
has_field (const NfAnonymizer *a, const char *name)
{
    const NfRegistry *registry = nf_collector_registry (a->collector);
    g_autofree gint *found =
        nf_binding_candidates (a->binding, nf_registry_common (registry, name));

    return *found >= 0;
}

/* Whether the Set's own Template is certainly the one that was meant: the records have times, and
 * there is nothing to be said against any of them. Other octets do not make times by chance that
 * lie within the hour before the export. */
static gboolean
reads_right (NfAnonymizer *a, NfReader body)
{
    NfFinding finding;
    NfCheck check;
    NfEvent event;

    if (!has_field (a, "start") || !has_field (a, "end"))
        return FALSE;
    nf_check_begin (&check, a->collector, a->plain.domain, &a->came, a->message, a->binding);
    while (next_record (a, a->binding, &body, &event))
        if (nf_check_record (&check, &event, &finding))
            return FALSE;
    return TRUE;
}

/* The Set is written: addresses that it has by another Template of its id go, too. Where the one
 * that was meant may be none that is known, all values go: what came late or from another session
 * may be the Template of something else (RFC 7011 8). */
static void
end_set (NfAnonymizer *a)
{
    gboolean all, is_sure = !a->is_late && !a->is_foreign;
    const GPtrArray *known;
    NfReader body;
    NfSpan span;

    if (!a->binding || !nf_message_has_templates (a->message) || a->set.span.length <= SET_HEADER)
        return;
    span = (NfSpan){a->set.span.offset + SET_HEADER, a->set.span.length - SET_HEADER};
    body = nf_reader (a->came.octets + span.offset, span.length, span.offset);
    known = nf_readings_find (a->readings, &a->came, a->message, a->set.id, a->is_foreign, &all);
    if ((all && is_sure && (!known || known->len < 2)) || reads_right (a, body)) {
        a->binding = NULL;
        return;
    }
    for (guint i = 0; all && known && i < known->len; i++) {
        const NfBinding *other = known->pdata[i];

        if (!nf_template_equal (other->tmpl, a->binding->tmpl) &&
            nf_reading_fits (other, body, a->set.cut))
            put_reading (a, other, body);
    }
    if (!all || !is_sure)
        nf_rewrite_stayed (&a->rewriting, span);
    put_reading (a, a->binding, body);
    a->binding = NULL;
}

/* ---- a datagram ---- */

/* A datagram without a header: what it is taken for is told by its first octets. */
static void
put_no_message (NfRewriting *w, NfSpan span, const NfFinding *trouble)
{
    guint32 kept = trouble ? MIN (header_of (trouble->id), span.length) : 0;

    nf_rewrite_copy (w, (NfSpan){span.offset, kept});
    nf_rewrite_omit (w, (NfSpan){span.offset + kept, span.length - kept});
}

static void
put_rest (NfAnonymizer *a, const NfEvent *event)
{
    if (!a->message)
        put_no_message (&a->rewriting, event->span, a->trouble);
    else if (event->in_set && a->is_template_set)
        nf_rewrite_broken_template (&a->rewriting, event->span, a->message->version,
                                    a->set.kind == NF_SET_OPTIONS_TEMPLATE);
    else
        put_undecoded (&a->rewriting, event->span, event->in_set ? NULL : a->trouble,
                       event->in_set ? a->binding : NULL);
}

static void
put_set (NfAnonymizer *a, const NfEvent *event)
{
    const NfSet *set = event->set;

    end_set (a);
    a->set = *set;
    a->is_foreign = event->use->foreign;
    a->is_late = event->use->late;
    a->is_template_set = set->kind == NF_SET_TEMPLATE || set->kind == NF_SET_OPTIONS_TEMPLATE;
    a->binding = set->kind == NF_SET_DATA ? event->use->binding : NULL;
    if (nf_message_has_templates (a->message)) /* else it has no header: a fixed version's */
        nf_rewrite_copy (&a->rewriting,
                         (NfSpan){event->span.offset, MIN (SET_HEADER, event->span.length)});
    if (a->binding)
        nf_rewrite_note (&a->rewriting, a->binding);
}

static void
put_event (NfAnonymizer *a, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        a->message = event->message;
        a->plain.domain = nf_decoder_domain (&a->decoder);
        nf_rewrite_copy (&a->rewriting, event->span);
        return;
    case NF_EVENT_SET:
        put_set (a, event);
        return;
    case NF_EVENT_TEMPLATE:
    case NF_EVENT_WITHDRAWAL:
        nf_rewrite_copy (&a->rewriting, event->span);
        return;
    case NF_EVENT_RECORD:
        put_record (a, event);
        return;
    case NF_EVENT_PADDING:
        nf_rewrite_zero (&a->rewriting, event->span);
        return;
    case NF_EVENT_UNDECODED:
        put_rest (a, event);
        return;
    case NF_EVENT_FINDING:
        a->trouble_storage = event->finding;
        a->trouble = &a->trouble_storage;
        return;
    case NF_EVENT_END:
        end_set (a);
        return;
    }
}

static void
rewrite_octets (NfAnonymizer *a)
{
    NfEvent event;

    g_byte_array_set_size (a->octets, (guint)a->came.length);
    g_byte_array_set_size (a->stayed, (guint)a->came.length);
    memset (a->octets->data, 0, a->came.length);
    memset (a->stayed->data, 0, a->came.length);
    a->rewriting.pseudonyms = a->pseudonyms;
    a->rewriting.from = a->came.octets;
    a->rewriting.to = a->octets->data;
    a->rewriting.stayed = a->stayed->data;
    a->message = NULL;
    a->binding = NULL;
    a->trouble = NULL;
    nf_decoder_begin (&a->decoder, a->collector, &a->came, NF_CHECK_STRUCTURE);
    do {
        nf_decoder_next (&a->decoder, &event);
        put_event (a, &event);
    } while (event.type != NF_EVENT_END);
}

/* A checksum is as right or as wrong as the one that came was, and tells nothing else of that. */
static void
hide_checksums (NfDatagram *g, const NfDatagram *came)
{
    NfChecksums *c = &g->checksums;
    NfFinding finding;

    if (c->ip_wrong && c->ip != 0)
        c->ip = 1;
    c->ip_right = 0;
    if (!c->udp_known || g->length < g->wire_length) {
        c->udp_known = FALSE; /* nobody can judge it */
        return;
    }
    nf_datagram_set_udp_checksum (g, c->udp);
    if (c->udp == 0)
        return;
    c->udp = nf_arrival_udp_checksum (g);
    if (!nf_arrival_judge_udp (came, &finding))
        return;
    if (finding.id == NF_FINDING_DATAGRAM_CHECKSUM_UDP_CARD)
        c->udp = c->udp_pseudo;
    else
        do
            c->udp = c->udp % G_MAXUINT16 + 1;
        while (c->udp == c->udp_pseudo);
}

void
nf_anonymizer_rewrite (NfAnonymizer *anonymizer, NfDatagram *datagram)
{
    NfAnonymizer *a = anonymizer;

    a->came = *datagram;
    a->plain.domain = NULL;
    a->rewriting.done = (NfRewritten){0};
    g_hash_table_remove_all (a->rewriting.kept);
    nf_anonymizer_hide_ends (a, datagram);
    if (datagram->length == 0)
        return;
    rewrite_octets (a);
    datagram->octets = a->octets->data;
    hide_checksums (datagram, &a->came);
}

void
nf_anonymizer_take (NfAnonymizer *anonymizer, NfItem *item, gboolean once)
{
    if (item->kind == NF_ITEM_DATAGRAM && once)
        nf_anonymizer_learn (anonymizer, &item->datagram);
    if (item->kind == NF_ITEM_DATAGRAM || item->kind == NF_ITEM_LOST ||
        item->kind == NF_ITEM_REFUSAL)
        nf_anonymizer_rewrite (anonymizer, &item->datagram);
    if (item->kind == NF_ITEM_ENDED) {
        nf_collector_end_session (anonymizer->collector, &item->datagram);
        nf_anonymizer_hide_ends (anonymizer, &item->datagram);
    }
}

const NfPlain *
nf_anonymizer_plain (const NfAnonymizer *anonymizer)
{
    return &anonymizer->plain;
}

/* ---- what was done ---- */

void
nf_anonymizer_count (NfAnonymizer *anonymizer, gboolean again)
{
    const NfRewritten *one = &anonymizer->rewriting.done;
    NfAnonymized *all = &anonymizer->all;
    GHashTableIter iter;
    gpointer element;

    all->n_datagrams += again ? 0 : 1;
    all->done.ipv4 += one->ipv4;
    all->done.ipv6 += one->ipv6;
    all->done.macs += one->macs;
    all->done.texts += one->texts;
    all->done.zeroed += one->zeroed;
    g_hash_table_iter_init (&iter, anonymizer->rewriting.kept);
    while (g_hash_table_iter_next (&iter, &element, NULL))
        g_hash_table_add (all->kept, element);
}

void
nf_anonymizer_say (const NfAnonymizer *anonymizer)
{
    nf_anonymized_say (&anonymizer->all);
}
