/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk through a Message: one step at a time, each making one event or a few. */
#include "decoder.h"

/* Padding and an all-zero record are told apart from this record length on: nobody sends a flow of
 * 16 zero octets, but a counter that is 0 may be a record. */
#define SHORTEST_FLOW 16

enum { PHASE_SETS, PHASE_TEMPLATES, PHASE_RECORDS, PHASE_END };

static void
push (NfDecoder *d, NfEvent event)
{
    g_return_if_fail (d->n_queue < G_N_ELEMENTS (d->queue));
    event.in_set = d->phase == PHASE_TEMPLATES || d->phase == PHASE_RECORDS;
    d->queue[d->n_queue++] = event;
}

static void
push_finding (NfDecoder *d, NfFinding finding)
{
    push (d, (NfEvent){.type = NF_EVENT_FINDING, .span = finding.span, .finding = finding});
}

static void
push_rest (NfDecoder *d, NfEventType type, NfReader *r)
{
    if (r->left == 0)
        return;
    push (d, (NfEvent){.type = type, .span = nf_reader_rest (r)});
    nf_reader_take (r, r->left);
}

void
nf_decoder_clear (NfDecoder *decoder)
{
    g_free (decoder->spans);
    if (decoder->owned)
        nf_binding_unref (decoder->owned);
    *decoder = (NfDecoder)NF_DECODER_INIT;
}

/* Whether the capture has the whole datagram. */
static void
check_captured (NfDecoder *d)
{
    const NfDatagram *g = d->datagram;

    if (g->length < g->wire_length)
        push_finding (d, (NfFinding){NF_FINDING_MESSAGE_TRUNCATED,
                                     {(guint32)g->length, 0},
                                     {g->length, g->wire_length}});
}

/* What the header alone tells. */
static void
check_header (NfDecoder *d)
{
    const NfMessage *m = &d->message;
    const NfDatagram *g = d->datagram;

    check_captured (d);
    if (m->version == 10 && m->length != g->wire_length)
        push_finding (d,
                      (NfFinding){NF_FINDING_MESSAGE_LENGTH, {2, 2}, {m->length, g->wire_length}});
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

/* The records of a fixed version are one Set without a header. */
static void
begin_fixed_records (NfDecoder *d)
{
    d->binding = nf_collector_fixed (d->collector, &d->message);
    d->content = nf_reader_sub (&d->body, fixed_records_length (d));
    d->set = (NfSet){
        .kind = NF_SET_DATA, .length = d->content.left, .span = nf_reader_rest (&d->content)};
    push (d, (NfEvent){.type = NF_EVENT_SET,
                       .span = d->set.span,
                       .set = &d->set,
                       .use = {.binding = (NfBinding *)d->binding}});
    d->phase = PHASE_RECORDS;
}

void
nf_decoder_begin (NfDecoder *decoder, const NfCollector *collector, const NfDatagram *datagram)
{
    NfDecoder *d = decoder;
    NfFinding trouble;

    *d = (NfDecoder){.collector = collector,
                     .datagram = datagram,
                     .uncountable = datagram->length < datagram->wire_length,
                     .owned = d->owned,
                     .spans = d->spans,
                     .n_spans = d->n_spans};
    d->body = nf_reader (datagram->octets, datagram->length, 0);
    if (!nf_message_read (&d->message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble)) {
        d->phase = PHASE_END;
        check_captured (d);
        push_finding (d, trouble);
        push_rest (d, NF_EVENT_UNDECODED, &d->body);
        return;
    }
    d->body.left = d->message.end;
    nf_reader_take (&d->body, d->message.header_length);
    push (d, (NfEvent){.type = NF_EVENT_MESSAGE,
                       .span = {0, d->message.header_length},
                       .message = &d->message});
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
    push_finding (d, (NfFinding){id, {2, 2}, {d->message.count, d->n_records}});
}

/* Behind the last Set: what the Message's Length leaves out, and the Count. */
static void
end_message (NfDecoder *d)
{
    NfReader beyond = nf_reader (d->datagram->octets, d->datagram->length, 0);

    d->phase = PHASE_END;
    nf_reader_take (&beyond, d->message.end);
    push_rest (d, NF_EVENT_UNDECODED, &beyond);
    check_count (d);
}

/* What finding the Template of a Data Set was like. */
static void
check_template_use (NfDecoder *d, const NfTemplateUse *use)
{
    NfSpan header = {d->set.span.offset, 4};
    guint64 id = d->set.id;

    if (use->candidates > 1)
        push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_AMBIGUOUS, header, {id, use->candidates}});
    else if (!use->binding)
        push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_MISSING, header, {id, d->content.left}});
    else if (use->foreign)
        push_finding (d, (NfFinding){d->message.version == 9 ? NF_FINDING_TEMPLATE_FOREIGN_NETFLOW9
                                                             : NF_FINDING_TEMPLATE_FOREIGN,
                                     header,
                                     {id, 0}});
    else if (use->late)
        push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_LATE, header, {id, 0}});
}

static void
begin_data_set (NfDecoder *d, NfTemplateUse *use)
{
    nf_collector_find_template (d->collector, d->domain, d->datagram, &d->message, d->set.id,
                                d->set.span.offset, use);
    d->binding = use->binding;
    if (!use->binding && d->content.left > 0)
        d->uncountable = TRUE;
}

static void
begin_set (NfDecoder *d, const NfFinding *trouble)
{
    NfTemplateUse use = {.binding = NULL};
    NfSpan header = {d->set.span.offset, 4};

    d->n_sets++;
    d->n_in_set = 0;
    d->zero_tail = nf_reader_zero_tail (&d->content);
    if (d->set.kind == NF_SET_DATA)
        begin_data_set (d, &use);
    if (d->set.kind == NF_SET_RESERVED || d->set.cut)
        d->uncountable = TRUE;
    push (d, (NfEvent){.type = NF_EVENT_SET, .span = d->set.span, .set = &d->set, .use = use});
    d->phase = d->set.kind == NF_SET_DATA || d->set.kind == NF_SET_RESERVED ? PHASE_RECORDS
                                                                            : PHASE_TEMPLATES;
    if (trouble->span.length > 0)
        push_finding (d, *trouble);
    if (d->message.version == 9 && d->set.length % 4 != 0)
        push_finding (d, (NfFinding){NF_FINDING_SET_ALIGNMENT, header, {d->set.length, 0}});
    if (d->set.kind == NF_SET_DATA && d->content.left > 0)
        check_template_use (d, &use);
    if (d->set.kind == NF_SET_RESERVED) {
        d->binding = NULL;
        push_finding (d, (NfFinding){NF_FINDING_SET_RESERVED, header, {d->set.id, 0}});
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
            push_finding (d, trouble);
        push_rest (d, NF_EVENT_UNDECODED, &d->body);
        break;
    case NF_SET_NO_MORE:
        break;
    }
    end_message (d);
}

/* Ends the current Set: what is left of it is padding, or octets that nothing decodes. */
static void
end_set (NfDecoder *d, NfEventType rest)
{
    NfSpan header = {d->set.span.offset, 4};

    push_rest (d, rest, &d->content);
    if (d->n_in_set == 0 && rest == NF_EVENT_PADDING && !d->set.cut)
        push_finding (d, (NfFinding){NF_FINDING_SET_EMPTY, header, {d->set.id, 0}});
    d->phase = PHASE_SETS;
}

/* Padding that takes the room of a record of `record` octets, or that is not zero. */
static void
end_set_padded (NfDecoder *d, gsize record)
{
    NfReader *rest = &d->content;
    NfFinding finding = {.span = nf_reader_rest (rest), .args = {rest->left, record}};

    if (d->set.cut) {
        end_set (d, NF_EVENT_UNDECODED);
        return;
    }
    if (rest->left >= record) {
        finding.id = NF_FINDING_SET_PADDING;
        push_finding (d, finding);
    } else if (!nf_reader_rest_is_zero (rest)) {
        finding.id = NF_FINDING_SET_PADDING_NOT_ZERO;
        push_finding (d, finding);
    }
    end_set (d, NF_EVENT_PADDING);
}

/* The Template as the collector knows it or, where it could not remember it, one of our own. */
static const NfBinding *
binding_of (NfDecoder *d, const NfTemplateScan *scan)
{
    NfTemplateUse use;

    if (nf_collector_find_template (d->collector, d->domain, d->datagram, &d->message, scan->id,
                                    scan->span.offset, &use) &&
        nf_template_equals_scan (use.binding->tmpl, scan))
        return use.binding;
    if (d->owned)
        nf_binding_unref (d->owned);
    d->owned = nf_binding_new (nf_template_new (scan), nf_collector_registry (d->collector));
    return d->owned;
}

static void
push_template (NfDecoder *d, const NfTemplateScan *scan)
{
    const NfBinding *binding = binding_of (d, scan);
    const NfTemplate *t = binding->tmpl;
    NfReader whole = nf_reader (d->datagram->octets, scan->span.offset + scan->span.length, 0);

    push (d, (NfEvent){.type = NF_EVENT_TEMPLATE, .span = scan->span, .binding = binding});
    if (t->record_length == 0)
        push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_ZERO_RECORD, scan->span, {scan->id, 0}});
    if (t->version == 10 && t->options && t->scope_count == 0)
        push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_NO_SCOPE, scan->span, {scan->id, 0}});
    nf_reader_take (&whole, scan->span.offset);
    d->specifiers = nf_template_specifiers (t, &whole);
    d->specifier = 0;
    d->judged = binding;
}

static void
push_withdrawal (NfDecoder *d, const NfTemplateScan *scan)
{
    push (d, (NfEvent){.type = NF_EVENT_WITHDRAWAL, .span = scan->span, .template_id = scan->id});
    if (d->datagram->transport == NF_TRANSPORT_UDP)
        push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_WITHDRAWAL, scan->span, {scan->id, 0}});
    else if (d->datagram->transport == NF_TRANSPORT_NONE)
        push_finding (d,
                      (NfFinding){NF_FINDING_TEMPLATE_WITHDRAWAL_BARE, scan->span, {scan->id, 0}});
}

/* What there is to say of the next field of a Template just announced; FALSE where all is said. */
static gboolean
judge_field (NfDecoder *d)
{
    const NfBinding *b = d->judged;

    while (b && d->specifier < b->tmpl->n_fields) {
        NfField field;
        guint32 offset = d->specifiers.offset;
        guint i = d->specifier++;
        NfFinding finding;

        nf_template_read_specifier (&field, &d->specifiers, b->tmpl->version);
        for (guint n = 0; nf_binding_trouble (b, i, n, &finding); n++) {
            finding.span = (NfSpan){offset, d->specifiers.offset - offset};
            push_finding (d, finding);
        }
        if (d->n_queue > 0)
            return TRUE;
    }
    d->judged = NULL;
    return FALSE;
}

/* The least octets of a record in a Template Set: an IPFIX withdrawal; in v9 one field. */
static gsize
least_template (const NfDecoder *d)
{
    if (d->message.version == 10)
        return 4;
    return d->set.kind == NF_SET_OPTIONS_TEMPLATE ? 10 : 8;
}

static void
step_templates (NfDecoder *d)
{
    NfTemplateScan scan;

    if (judge_field (d))
        return;
    if (d->content.left < 4 || d->content.offset >= d->zero_tail ||
        (d->content.left < least_template (d) && d->n_in_set > 0)) {
        end_set_padded (d, least_template (d));
        return;
    }
    nf_template_scan (&scan, &d->content, d->message.version,
                      d->set.kind == NF_SET_OPTIONS_TEMPLATE);
    d->n_in_set++;
    if (scan.ok) {
        d->n_records++;
        if (scan.withdrawal)
            push_withdrawal (d, &scan);
        else
            push_template (d, &scan);
        return;
    }
    d->uncountable = TRUE;
    if (!scan.skippable && d->set.cut) {
        end_set (d, NF_EVENT_UNDECODED);
        return;
    }
    push_finding (d, scan.trouble);
    push (d, (NfEvent){.type = NF_EVENT_UNDECODED, .span = scan.span});
    if (!scan.skippable) {
        nf_reader_take (&d->content, d->content.left);
        end_set (d, NF_EVENT_UNDECODED);
    }
}

/*
 * Finds the end of a record with fields of variable length, and its fields' content on the way.
 * A length prefix is one octet, or 255 and two octets (RFC 7011 7). Returns FALSE where the record
 * runs past `r`.
 */
static gboolean
read_variable_record (NfDecoder *d, NfReader *r)
{
    const NfTemplate *t = d->binding->tmpl;

    if (t->n_fields > d->n_spans) {
        d->spans = g_renew (NfSpan, d->spans, t->n_fields);
        d->n_spans = t->n_fields;
    }
    for (guint i = 0; i < t->n_fields; i++) {
        guint32 length = t->fields[i].length;

        if (length == NF_VARIABLE_LENGTH) {
            length = nf_reader_u8 (r);
            if (length == 255)
                length = nf_reader_u16 (r);
        }
        d->spans[i] = (NfSpan){r->offset, length};
        nf_reader_take (r, length);
    }
    return !r->failed;
}

static void
record_truncated (NfDecoder *d)
{
    if (!d->set.cut)
        push_finding (d, (NfFinding){NF_FINDING_RECORD_TRUNCATED,
                                     nf_reader_rest (&d->content),
                                     {d->content.left, d->binding->tmpl->record_length}});
    d->uncountable = TRUE;
    end_set (d, NF_EVENT_UNDECODED);
}

/* Whether a record of the Template cannot be all zero: it has an address or a time. */
static gboolean
cannot_be_zero (const NfBinding *binding)
{
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        NfType type = binding->fields[i].type;
        const NfElement *element = binding->fields[i].element;

        if (type == NF_TYPE_IPV4_ADDRESS || type == NF_TYPE_IPV6_ADDRESS ||
            type == NF_TYPE_MAC_ADDRESS ||
            (type >= NF_TYPE_DATE_TIME_SECONDS && type <= NF_TYPE_DATE_TIME_NANOSECONDS) ||
            (element && element->flags & NF_ELEMENT_UPTIME))
            return TRUE;
    }
    return FALSE;
}

/* Whether what is left is zeros that fill up the Set, however many records they would make. */
static gboolean
is_filling (const NfDecoder *d)
{
    const NfTemplate *t = d->binding->tmpl;

    return d->content.offset >= d->zero_tail && d->n_in_set > 0 && !t->options &&
           t->record_length >= SHORTEST_FLOW && cannot_be_zero (d->binding);
}

/* Of a fixed version, octets behind the records that are none: filling, or less than a record. */
static void
end_fixed_records (NfDecoder *d)
{
    NfSpan rest = nf_reader_rest (&d->body);

    d->phase = PHASE_SETS;
    if (rest.length > 0 && !d->uncountable)
        push_finding (d, (NfFinding){nf_reader_rest_is_zero (&d->body)
                                         ? NF_FINDING_MESSAGE_TRAILING_ZERO
                                         : NF_FINDING_MESSAGE_TRAILING,
                                     rest,
                                     {rest.length, 0}});
    push_rest (d, NF_EVENT_UNDECODED, &d->body);
}

/* A step in a Data Set that makes no record. TRUE where there is one to be read. */
static gboolean
record_is_next (NfDecoder *d)
{
    const NfTemplate *t = d->binding ? d->binding->tmpl : NULL;

    if (!t || t->record_length == 0) {
        if (t && d->content.left > 0)
            push_finding (
                d,
                (NfFinding){NF_FINDING_TEMPLATE_ZERO_RECORD, {d->set.span.offset, 4}, {t->id, 0}});
        d->uncountable |= d->content.left > 0;
        end_set (d, d->content.left > 0 ? NF_EVENT_UNDECODED : NF_EVENT_PADDING);
        return FALSE;
    }
    if (!nf_message_has_templates (&d->message)) {
        if (d->content.left > 0)
            return TRUE;
        end_fixed_records (d);
        return FALSE;
    }
    if (d->content.left < t->record_length && d->n_in_set == 0 &&
        d->content.offset < d->zero_tail) {
        record_truncated (d);
        return FALSE;
    }
    if (d->content.left < t->record_length || is_filling (d)) {
        end_set_padded (d, t->record_length);
        return FALSE;
    }
    return TRUE;
}

/* A record, straight into `event`: this is what happens a million times. */
static gboolean
step_records (NfDecoder *d, NfEvent *event)
{
    NfReader r = d->content;

    if (!record_is_next (d))
        return FALSE;

    const NfTemplate *t = d->binding->tmpl;

    if (!t->variable) {
        nf_reader_take (&r, t->record_length);
    } else if (!read_variable_record (d, &r)) {
        record_truncated (d);
        return FALSE;
    }
    *event = (NfEvent){.type = NF_EVENT_RECORD,
                       .in_set = TRUE,
                       .span = {d->content.offset, r.offset - d->content.offset},
                       .binding = d->binding,
                       .fields = t->variable ? d->spans : NULL};
    d->content = r;
    d->n_records++;
    d->n_in_set++;
    return TRUE;
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
            step_templates (d);
            break;
        case PHASE_RECORDS:
            if (step_records (d, event))
                return NF_EVENT_RECORD;
            break;
        default:
            *event = (NfEvent){.type = NF_EVENT_END};
            return NF_EVENT_END;
        }
    }
}
