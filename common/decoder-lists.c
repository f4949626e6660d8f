/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong with the lists in a Data Record (RFC 6313): found behind the record, list by list.
 */
#include "decoder-private.h"

/* Things of which a Data Set says only once that they are odd, however many of its lists have
 * them. */
#define MAX_TOLD 16

struct _NfListCheck {
    NfListWalk walk;
    NfEvent record;         /* whose lists are walked */
    NfCheck values;         /* of the record in them last met: */
    gboolean judging;       /* more may be wrong with those */
    guint64 told[MAX_TOLD]; /* by slot_of(); 0: none */
};

void
nf_decoder_begin_list_set (NfDecoder *d)
{
    if (!d->lists) {
        d->lists = nf_lists_new ();
        d->check = g_new0 (NfListCheck, 1);
    }
    nf_lists_begin (d->lists, d->collector, d->domain, d->datagram, &d->message,
                    d->set.span.offset);
    memset (d->check->told, 0, sizeof d->check->told);
}

void
nf_decoder_clear_lists (NfDecoder *d)
{
    g_clear_pointer (&d->lists, nf_lists_free);
    g_clear_pointer (&d->check, g_free);
}

void
nf_decoder_begin_lists (NfDecoder *d, const NfEvent *record)
{
    d->check->record = *record;
    nf_list_walk_begin (&d->check->walk, d->lists, &d->check->record);
    d->check->judging = FALSE;
    d->checking = TRUE;
}

/* Keys are of a Template's id, or of a Field Specifier's parts. */
static guint
slot_of (guint64 key)
{
    return (guint)(key ^ key >> 16 ^ key >> 32) % MAX_TOLD;
}

/* Whether `key`, which is not 0, is met for the first time in this Data Set; or again, since many
 * others were. */
static gboolean
is_news (NfDecoder *d, guint64 key)
{
    guint64 *told = &d->check->told[slot_of (key)];

    if (*told == key)
        return FALSE;
    *told = key;
    return TRUE;
}

/* The values of a basicList have a Field Specifier, as those of a Template's fields have. */
static void
judge_specifier (NfDecoder *d, const NfList *list)
{
    const NfField *field = &list->binding->tmpl->fields[0];
    guint64 key = (guint64)field->pen << 32 | 1u << 31 | (guint32)field->id << 16 | field->length;
    NfSpan span = {list->header.offset + 1, list->header.length - 1};
    NfFinding finding;

    if (!nf_binding_trouble (list->binding, 0, 0, &finding) || !is_news (d, key))
        return;
    for (guint n = 0; nf_binding_trouble (list->binding, 0, n, &finding); n++) {
        finding.span = span;
        nf_decoder_push_finding (d, finding);
    }
}

/* The Template of a list, or of a part of one, is found as a Data Set's is. */
static void
judge_template (NfDecoder *d, const NfList *list, NfSpan header)
{
    const NfTemplateUse *use = &list->use;

    if (use->binding && (use->late || use->foreign || use->limited) &&
        is_news (d, list->template_id))
        nf_decoder_push_use (d, use, header, list->template_id);
}

/* A record in a list, or a single value: what it says is judged as in a Data Record. */
static void
judge_values (NfDecoder *d, const NfList *list)
{
    NfListCheck *c = d->check;
    NfFinding finding;

    if (d->level != NF_CHECK_VALUES)
        return;
    nf_check_begin (&c->values, d->collector, d->domain, d->datagram, &d->message,
                    list->record.binding);
    c->judging = nf_check_record (&c->values, &list->record, &finding);
    if (c->judging)
        nf_decoder_push_finding (d, finding);
}

static void
judge (NfDecoder *d, const NfList *list, NfListStep step)
{
    switch (step) {
    case NF_LIST_BEGIN:
        if (list->header.length == 0)
            return;
        if (list->kind == NF_LIST_BASIC)
            judge_specifier (d, list);
        else
            judge_template (d, list, list->header);
        return;
    case NF_LIST_PART:
        judge_template (d, list, (NfSpan){list->part.offset, 4});
        return;
    case NF_LIST_RECORD:
        judge_values (d, list);
        return;
    case NF_LIST_UNDECODED:
        nf_decoder_push_finding (d, list->trouble);
        return;
    default:
        return;
    }
}

gboolean
nf_decoder_step_lists (NfDecoder *d)
{
    NfListCheck *c = d->check;
    const NfList *list;
    NfFinding finding;
    NfListStep step;

    if (c->judging && (c->judging = nf_check_next (&c->values, &finding))) {
        nf_decoder_push_finding (d, finding);
        return TRUE;
    }
    while ((list = nf_list_walk_next (&d->check->walk, &step))) {
        judge (d, list, step);
        if (d->n_queue > 0)
            return TRUE;
    }
    d->checking = FALSE;
    return FALSE;
}
