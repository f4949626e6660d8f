/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk through a Data Set: where each record ends, and what behind them is none (RFC 7011
 * 3.4.3). */
#include "decoder-private.h"

/* Padding and an all-zero record are told apart from this record length on: nobody sends a flow of
 * 16 zero octets, but a counter that is 0 may be a record. */
#define SHORTEST_FLOW 16

static void
record_truncated (NfDecoder *d)
{
    if (!d->set.cut)
        nf_decoder_push_finding (d,
                                 (NfFinding){NF_FINDING_RECORD_TRUNCATED,
                                             nf_reader_rest (&d->content),
                                             {d->content.left, d->binding->tmpl->record_length}});
    d->uncountable = TRUE;
    nf_decoder_end_set (d, NF_EVENT_UNDECODED);
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
        nf_decoder_push_finding (d, (NfFinding){nf_reader_rest_is_zero (&d->body)
                                                    ? NF_FINDING_MESSAGE_TRAILING_ZERO
                                                    : NF_FINDING_MESSAGE_TRAILING,
                                                rest,
                                                {rest.length, 0}});
    nf_decoder_push_rest (d, NF_EVENT_UNDECODED, &d->body);
}

/* A step in a Data Set that makes no record. TRUE where there is one to be read. */
static gboolean
record_is_next (NfDecoder *d)
{
    const NfTemplate *t = d->binding ? d->binding->tmpl : NULL;

    if (!t || t->record_length == 0) {
        if (t && d->content.left > 0)
            nf_decoder_push_finding (
                d,
                (NfFinding){NF_FINDING_TEMPLATE_ZERO_RECORD, {d->set.span.offset, 4}, {t->id, 0}});
        d->uncountable |= d->content.left > 0;
        nf_decoder_end_set (d, d->content.left > 0 ? NF_EVENT_UNDECODED : NF_EVENT_PADDING);
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
        nf_decoder_end_set_padded (d, t->record_length);
        return FALSE;
    }
    return TRUE;
}

/* The next thing to be said about the values of the record last announced. Returns FALSE where all
 * is said. */
static gboolean
step_values (NfDecoder *d)
{
    NfFinding finding;

    d->judging = nf_check_next (&d->values, &finding);
    if (d->judging)
        nf_decoder_push_finding (d, finding);
    return d->judging;
}

/* So many records of the current Set, all of one length, lie one behind the other from here on: one
 * at least. What may be filling is left to be looked at by itself. */
static guint
count_alike (const NfDecoder *d)
{
    gsize length = d->binding->tmpl->record_length, octets = d->content.left;
    gsize before_zeros = d->content.offset < d->zero_tail ? d->zero_tail - d->content.offset : 1;

    if (nf_message_has_templates (&d->message))
        octets = MIN (octets, before_zeros + length - 1);
    return (guint)(octets / length);
}

/* How many records are to be read at once, at most. */
static guint
at_once (const NfDecoder *d)
{
    return d->binding->tmpl->options || d->binding->n_lists > 0 ? 1 : d->at_once;
}

/* Reads records: as many as can be told of at once. FALSE: the first one runs past the Set. */
static gboolean
read_records (NfDecoder *d, NfEvent *event)
{
    const NfTemplate *t = d->binding->tmpl;
    guint most = at_once (d), n;
    NfReader r = d->content;

    *event = (NfEvent){.type = NF_EVENT_RECORD,
                       .in_set = TRUE,
                       .span = {r.offset, (guint32)t->record_length},
                       .binding = d->binding};
    if (!t->variable) {
        n = count_alike (d);
        event->count = MIN (most, n);
        return event->count > 0;
    }
    event->count = nf_template_read_records (t, &r, d->zero_tail, most, &d->spans, &d->records);
    if (event->count == 0)
        return FALSE;
    event->fields = d->spans.at;
    event->span = *d->records.at;
    event->records = event->count > 1 ? d->records.at : NULL;
    return TRUE;
}

/* Of records that were read at once, leaves in the event those from the first one on of which there
 * is nothing to be said, or the first one. Where something often is to be said, fewer are read at
 * once, so that none is read again and again. */
static void
judge_records (NfDecoder *d, NfEvent *event)
{
    guint n = event->count, right = n;
    NfFinding finding;

    if (d->level == NF_CHECK_VALUES && n > 1)
        right = nf_check_records (&d->values, event);
    event->count = MAX (right, 1);
    if (event->count == 1)
        event->records = NULL;
    if (d->level == NF_CHECK_VALUES && (right == 0 || n == 1)) {
        d->judging = nf_check_record (&d->values, event, &finding);
        if (d->judging)
            nf_decoder_push_finding (d, finding);
    }
    if (d->joins)
        d->at_once =
            right == n && !d->judging ? MIN (2 * d->at_once, NF_MOST_AT_ONCE) : event->count;
}

/* A record, straight into `event`: this is what happens a million times. What is found in it waits
 * in the queue. */
gboolean
nf_decoder_step_records (NfDecoder *d, NfEvent *event)
{
    NfSpan last;

    if (d->judging && step_values (d))
        return FALSE;
    if (d->checking && nf_decoder_step_lists (d))
        return FALSE;
    if (!record_is_next (d))
        return FALSE;
    if (!read_records (d, event)) {
        record_truncated (d);
        return FALSE;
    }
    if (d->binding->n_lists > 0)
        nf_decoder_begin_lists (d, event);
    judge_records (d, event);
    last = nf_event_record (event, event->count - 1).span;
    nf_reader_take (&d->content, last.offset + last.length - d->content.offset);
    d->n_records += event->count;
    d->n_in_set += event->count;
    return TRUE;
}
