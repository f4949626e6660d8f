/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk through a Message: one step at a time, each making one event or a few. */
#include "decoder-private.h"

#include "arrival.h"

/* What a Length can say (RFC 7011 3.1). */
#define LONGEST_MESSAGE 65535

void
nf_decoder_push_finding (NfDecoder *d, NfFinding finding)
{
    nf_decoder_push (d, NF_EVENT_FINDING, finding.span)->finding = finding;
}

void
nf_decoder_push_rest (NfDecoder *d, NfEventType type, NfReader *r)
{
    if (r->left == 0)
        return;
    nf_decoder_push (d, type, nf_reader_rest (r));
    nf_reader_take (r, r->left);
}

void
nf_decoder_clear (NfDecoder *decoder)
{
    nf_spans_clear (&decoder->spans);
    nf_spans_clear (&decoder->records);
    nf_decoder_clear_lists (decoder);
    if (decoder->owned)
        nf_binding_unref (decoder->owned);
    *decoder = (NfDecoder)NF_DECODER_INIT;
}

/* Whether the capture has the whole datagram. A gap that is told weighs more than what it cut. */
static void
check_captured (NfDecoder *d)
{
    const NfDatagram *g = d->datagram;
    NfFinding finding = {.id = NF_FINDING_MESSAGE_TRUNCATED_STREAM,
                         .span = {(guint32)g->length, 0},
                         .args = {g->length, g->wire_length}};

    if (g->length >= g->wire_length)
        return;
    if (g->transport == NF_TRANSPORT_UDP)
        finding.id = NF_FINDING_MESSAGE_TRUNCATED;
    else if (g->gap.behind)
        finding.id = NF_FINDING_MESSAGE_TRUNCATED_GAP;
    nf_decoder_push_finding (d, finding);
}

/* What the stream lacks before the datagram, or has there instead of Messages. */
static void
check_gap (NfDecoder *d)
{
    const NfGap *gap = &d->datagram->gap;
    NfFinding finding = {.args = {gap->missing, gap->skipped}};

    if (gap->missing + gap->skipped == 0)
        return;
    if (gap->missing == 0) {
        gboolean is_rest = gap->at_start && gap->skipped < LONGEST_MESSAGE;

        finding.id = is_rest ? NF_FINDING_STREAM_GAP_BEGINNING : NF_FINDING_STREAM_GAP_NO_MESSAGE;
        finding.args[0] = gap->skipped;
    } else if (d->datagram->transport == NF_TRANSPORT_SCTP) {
        finding.id = NF_FINDING_STREAM_GAP_CHUNKS;
    } else {
        finding.id = gap->skipped > 0 ? NF_FINDING_STREAM_GAP_SKIPPED : NF_FINDING_STREAM_GAP;
    }
    nf_decoder_push_finding (d, finding);
}

/* What the header alone tells. */
static void
check_header (NfDecoder *d)
{
    const NfMessage *m = &d->message;
    const NfDatagram *g = d->datagram;
    NfFinding finding;

    check_captured (d);
    check_gap (d);
    if (m->version == 10 && m->length != g->wire_length)
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_MESSAGE_LENGTH, {2, 2}, {m->length, g->wire_length}});
    if (d->level == NF_CHECK_ERRORS)
        return;
    if (nf_arrival_judge_ip (g, &finding))
        nf_decoder_push_finding (d, finding);
    if (nf_arrival_judge_udp (g, &finding))
        nf_decoder_push_finding (d, finding);
    if (nf_arrival_judge_time (g, m, &finding))
        nf_decoder_push_finding (d, finding);
}

/* Octets of the records of a fixed version: as many as the Count says and are there, and behind
 * those what is not all zero. */
static gsize
fixed_records_length (const NfDecoder *d)
{
    gsize record = d->binding->tmpl->record_length;
    gsize there = d->body.left / record;
    gsize used = (nf_reader_zero_tail (&d->body) - d->body.offset + record - 1) / record;

    return MIN (there, MAX (used, d->message.count)) * record;
}

/* A Data Set begins whose Template is known: its values are to be judged, or not, and there may be
 * lists in its records. In a fixed version only a user's own registry can call something a list. */
static void
begin_records (NfDecoder *d)
{
    if (d->level == NF_CHECK_VALUES)
        nf_check_begin (&d->values, d->collector, d->domain, d->datagram, &d->message, d->binding);
    if (d->binding->n_lists > 0)
        nf_decoder_begin_list_set (d);
}

/* A Set begins, of which a Data Set has a Template, or should have. */
static void
push_set (NfDecoder *d)
{
    NfEvent *event = nf_decoder_push (d, NF_EVENT_SET, d->set.span);

    event->set = &d->set;
    event->use = &d->use;
}

/* The records of a fixed version are one Set without a header; of an aggregation scheme that is not
 * known they are none. */
static void
begin_fixed_records (NfDecoder *d)
{
    d->binding = nf_collector_fixed (d->collector, &d->message);
    if (!d->binding) {
        d->uncountable = TRUE;
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_MESSAGE_AGGREGATION, {22, 1}, {d->message.aggregation, 0}});
        nf_decoder_push_rest (d, NF_EVENT_UNDECODED, &d->body);
        return;
    }
    d->content = nf_reader_sub (&d->body, fixed_records_length (d));
    d->set = (NfSet){
        .kind = NF_SET_DATA, .length = d->content.left, .span = nf_reader_rest (&d->content)};
    d->use = (NfTemplateUse){.binding = (NfBinding *)d->binding};
    push_set (d);
    d->phase = PHASE_RECORDS;
    begin_records (d);
}

void
nf_decoder_begin (NfDecoder *decoder, const NfCollector *collector, const NfDatagram *datagram,
                  NfCheckLevel level)
{
    NfDecoder *d = decoder;
    NfFinding trouble;

    memset (d, 0, G_STRUCT_OFFSET (NfDecoder, owned));
    d->collector = collector;
    d->datagram = datagram;
    d->level = level;
    d->uncountable = datagram->length < datagram->wire_length;
    d->at_once = 1;
    d->body = nf_reader (datagram->octets, datagram->length, 0);
    if (!nf_message_read (&d->message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble)) {
        d->phase = PHASE_END;
        check_captured (d);
        check_gap (d);
        if (d->n_queue == 0 || datagram->wire_length > 0)
            nf_decoder_push_finding (d, trouble);
        nf_decoder_push_rest (d, NF_EVENT_UNDECODED, &d->body);
        return;
    }
    d->body.left = d->message.end;
    nf_reader_take (&d->body, d->message.header_length);
    nf_decoder_push (d, NF_EVENT_MESSAGE, (NfSpan){0, d->message.header_length})->message =
        &d->message;
    check_header (d);
    if (nf_message_has_templates (&d->message))
        d->domain = nf_collector_domain (collector, datagram, &d->message);
    else
        begin_fixed_records (d);
}

/* The number of records that the header promises against those that are there. */
static void
check_count (NfDecoder *d)
{
    NfFindingId id = NF_FINDING_MESSAGE_COUNT;

    if (d->message.version > 9 || d->uncountable || d->message.count == d->n_records)
        return;
    if (d->message.version == 9 && d->message.count == d->n_sets)
        id = NF_FINDING_MESSAGE_COUNT_FLOWSETS;
    nf_decoder_push_finding (d, (NfFinding){id, {2, 2}, {d->message.count, d->n_records}});
}

/* Behind the last Set: what the Message's Length leaves out, and the Count. */
static void
end_message (NfDecoder *d)
{
    NfReader beyond = nf_reader (d->datagram->octets, d->datagram->length, 0);

    d->phase = PHASE_END;
    nf_reader_take (&beyond, d->message.end);
    nf_decoder_push_rest (d, NF_EVENT_UNDECODED, &beyond);
    check_count (d);
}

void
nf_decoder_push_use (NfDecoder *d, const NfTemplateUse *use, NfSpan header, guint16 id)
{
    NfFinding finding = {.id = NF_FINDING_TEMPLATE_LATE, .span = header, .args = {id, 0}};

    if (use->foreign)
        finding.id = d->message.version == 9 ? NF_FINDING_TEMPLATE_FOREIGN_NETFLOW9
                                             : NF_FINDING_TEMPLATE_FOREIGN;
    if (use->foreign || use->late)
        nf_decoder_push_finding (d, finding);
    finding.id = NF_FINDING_LIMIT_DESCRIBED;
    if (use->limited)
        nf_decoder_push_finding (d, finding);
}

/* What finding the Template of a Data Set was like. */
static void
check_template_use (NfDecoder *d, const NfTemplateUse *use)
{
    NfSpan header = {d->set.span.offset, 4};
    guint64 id = d->set.id;

    if (use->candidates > 1)
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_TEMPLATE_AMBIGUOUS, header, {id, use->candidates}});
    else if (!use->binding)
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_TEMPLATE_MISSING, header, {id, d->content.left}});
    else
        nf_decoder_push_use (d, use, header, d->set.id);
}

static void
begin_data_set (NfDecoder *d)
{
    nf_collector_find_template (d->collector, d->domain, d->datagram, &d->message, d->set.id,
                                d->set.span.offset, &d->use);
    d->binding = d->use.binding;
    if (!d->binding && d->content.left > 0)
        d->uncountable = TRUE;
    if (d->binding)
        begin_records (d);
}

/* What is wrong with a Set that is neither of Templates nor of data. */
static NfFinding
reserved_set (const NfDecoder *d, NfSpan header)
{
    guint16 id = d->set.id;

    if (id >= 4) /* 0 and 1 are NetFlow v9's (RFC 3954 5.2, 6.1), 2 and 3 IPFIX's */
        return (NfFinding){NF_FINDING_SET_RESERVED, header, {id, 0}};
    return (NfFinding){NF_FINDING_SET_OTHER_VERSION, header, {id, id < 2 ? id + 2 : id - 2}};
}

/* Whether the Message's Length, of which it has been said that it is too small, is why a Set runs
 * past the Message: it ends where the datagram does. */
static gboolean
is_cut_by_length (const NfDecoder *d)
{
    return d->message.version == 10 && d->message.length < d->datagram->wire_length &&
           d->set.span.offset + (gsize)d->set.length == d->datagram->wire_length;
}

static void
begin_set (NfDecoder *d, const NfFinding *trouble)
{
    NfSpan header = {d->set.span.offset, 4};

    d->n_sets++;
    d->n_in_set = 0;
    d->zero_tail = nf_reader_zero_tail (&d->content);
    if (d->set.kind == NF_SET_DATA)
        begin_data_set (d);
    else
        d->use = (NfTemplateUse){.binding = NULL};
    if (d->set.kind == NF_SET_RESERVED || d->set.cut)
        d->uncountable = TRUE;
    push_set (d);
    d->phase = d->set.kind == NF_SET_DATA || d->set.kind == NF_SET_RESERVED ? PHASE_RECORDS
                                                                            : PHASE_TEMPLATES;
    if (trouble->span.length > 0 && !is_cut_by_length (d))
        nf_decoder_push_finding (d, *trouble);
    if (d->message.version == 9 && d->set.length % 4 != 0)
        nf_decoder_push_finding (d,
                                 (NfFinding){NF_FINDING_SET_ALIGNMENT, header, {d->set.length, 0}});
    if (d->set.kind == NF_SET_DATA && d->content.left > 0)
        check_template_use (d, &d->use);
    if (d->set.kind == NF_SET_RESERVED) {
        d->binding = NULL;
        nf_decoder_push_finding (d, reserved_set (d, header));
    }
}

static void
step_sets (NfDecoder *d)
{
    NfFinding trouble;

    switch (nf_message_next_set (&d->message, &d->body, &d->set, &d->content, &trouble)) {
    case NF_SET_THERE:
        begin_set (d, &trouble);
        return;
    case NF_SET_NO_SET:
        d->uncountable |= trouble.id == NF_FINDING_SET_LENGTH || trouble.span.length == 0;
        if (trouble.span.length > 0)
            nf_decoder_push_finding (d, trouble);
        nf_decoder_push_rest (d, NF_EVENT_UNDECODED, &d->body);
        break;
    case NF_SET_NO_MORE:
        break;
    }
    end_message (d);
}

void
nf_decoder_join_records (NfDecoder *decoder)
{
    decoder->joins = TRUE;
    decoder->at_once = NF_MOST_AT_ONCE;
}

/* Ends the current Set: what is left of it is padding, or octets that nothing decodes. */
void
nf_decoder_end_set (NfDecoder *d, NfEventType rest)
{
    NfSpan header = {d->set.span.offset, 4};

    nf_decoder_push_rest (d, rest, &d->content);
    if (d->n_in_set == 0 && rest == NF_EVENT_PADDING && !d->set.cut)
        nf_decoder_push_finding (d, (NfFinding){NF_FINDING_SET_EMPTY, header, {d->set.id, 0}});
    d->phase = PHASE_SETS;
}

/* Padding that takes the room of a record of `record` octets, or that is not zero. */
void
nf_decoder_end_set_padded (NfDecoder *d, gsize record)
{
    NfReader *rest = &d->content;
    NfFinding finding = {.span = nf_reader_rest (rest), .args = {rest->left, record}};

    if (d->set.cut) {
        nf_decoder_end_set (d, NF_EVENT_UNDECODED);
        return;
    }
    if (rest->left >= record) {
        finding.id = NF_FINDING_SET_PADDING;
        nf_decoder_push_finding (d, finding);
    } else if (!nf_reader_rest_is_zero (rest)) {
        finding.id = NF_FINDING_SET_PADDING_NOT_ZERO;
        nf_decoder_push_finding (d, finding);
    }
    nf_decoder_end_set (d, NF_EVENT_PADDING);
}

NfEventType
nf_decoder_next (NfDecoder *decoder, NfEvent *event)
{
    NfDecoder *d = decoder;

    for (;;) {
        if (d->at_queue < d->n_queue) {
            *event = d->queue[d->at_queue++];
            return event->type;
        }
        d->n_queue = d->at_queue = 0;
        switch (d->phase) {
        case PHASE_SETS:
            step_sets (d);
            break;
        case PHASE_TEMPLATES:
            nf_decoder_step_templates (d);
            break;
        case PHASE_RECORDS:
            if (nf_decoder_step_records (d, event))
                return NF_EVENT_RECORD;
            break;
        default:
            *event = (NfEvent){.type = NF_EVENT_END};
            return NF_EVENT_END;
        }
    }
}
