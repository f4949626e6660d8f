/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk through a Template Set or an Options Template Set (RFC 7011 3.4.1, 3.4.2). */
#include "decoder-private.h"

/* The Template as the collector knows it; where it could not remember it, as it knows it of
 * somebody else, or one of our own. */
static const NfBinding *
binding_of (NfDecoder *d, const NfTemplateScan *scan)
{
    const NfBinding *alike;
    NfTemplateUse use;

    if (nf_collector_find_template (d->collector, d->domain, d->datagram, &d->message, scan->id,
                                    scan->span.offset, &use) &&
        nf_template_equals_scan (use.binding->tmpl, scan))
        return use.binding;
    alike = nf_collector_find_binding (d->collector, scan);
    if (alike)
        return alike;
    if (d->owned)
        nf_binding_unref (d->owned);
    d->owned = nf_binding_new (nf_template_new (scan), nf_collector_registry (d->collector));
    return d->owned;
}

static void
push_lacks (NfDecoder *d, const NfTemplateScan *scan, const NfBinding *binding)
{
    NfFinding finding;

    for (guint n = 0; nf_binding_lacks (binding, n, &finding); n++) {
        finding.span = scan->span;
        nf_decoder_push_finding (d, finding);
    }
}

static void
push_template (NfDecoder *d, const NfTemplateScan *scan)
{
    const NfBinding *binding = binding_of (d, scan);
    const NfTemplate *t = binding->tmpl;
    NfReader whole = nf_reader (d->datagram->octets, scan->span.offset + scan->span.length, 0);

    nf_decoder_push (d, NF_EVENT_TEMPLATE, scan->span)->binding = binding;
    if (t->record_length == 0)
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_TEMPLATE_ZERO_RECORD, scan->span, {scan->id, 0}});
    if (t->version == 10 && t->options && t->scope_count == 0)
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_TEMPLATE_NO_SCOPE, scan->span, {scan->id, 0}});
    if (scan->scope_length % NF_SPECIFIER_LENGTH || scan->options_length % NF_SPECIFIER_LENGTH)
        nf_decoder_push_finding (d, (NfFinding){NF_FINDING_TEMPLATE_LENGTH,
                                                {scan->span.offset + 2, 4},
                                                {scan->scope_length, scan->options_length}});
    push_lacks (d, scan, binding);
    if (g_atomic_int_get (&binding->is_sound))
        return;
    nf_reader_take (&whole, scan->span.offset);
    d->specifiers = nf_template_specifiers (t, &whole);
    d->specifier = 0;
    d->judged = binding;
    d->is_sound = TRUE;
}

static void
push_withdrawal (NfDecoder *d, const NfTemplateScan *scan)
{
    nf_decoder_push (d, NF_EVENT_WITHDRAWAL, scan->span)->template_id = scan->id;
    if (d->datagram->transport == NF_TRANSPORT_UDP)
        nf_decoder_push_finding (d, (NfFinding){scan->id < NF_FIRST_TEMPLATE_ID
                                                    ? NF_FINDING_TEMPLATE_WITHDRAWAL_ALL
                                                    : NF_FINDING_TEMPLATE_WITHDRAWAL,
                                                scan->span,
                                                {scan->id, 0}});
    else if (d->datagram->transport == NF_TRANSPORT_NONE)
        nf_decoder_push_finding (
            d, (NfFinding){NF_FINDING_TEMPLATE_WITHDRAWAL_BARE, scan->span, {scan->id, 0}});
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
            nf_decoder_push_finding (d, finding);
            d->is_sound = FALSE;
        }
        if (d->n_queue > 0)
            return TRUE;
    }
    if (b && d->is_sound) /* which need not be found out again */
        g_atomic_int_set (&((NfBinding *)b)->is_sound, 1);
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

void
nf_decoder_step_templates (NfDecoder *d)
{
    NfTemplateScan scan;

    if (judge_field (d))
        return;
    if (d->content.left < 4 || d->content.offset >= d->zero_tail ||
        (d->content.left < least_template (d) && d->n_in_set > 0)) {
        nf_decoder_end_set_padded (d, least_template (d));
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
        nf_decoder_end_set (d, NF_EVENT_UNDECODED);
        return;
    }
    nf_decoder_push_finding (d, scan.trouble);
    nf_decoder_push (d, NF_EVENT_UNDECODED, scan.span);
    if (!scan.skippable) {
        nf_reader_take (&d->content, d->content.left);
        nf_decoder_end_set (d, NF_EVENT_UNDECODED);
    }
}
