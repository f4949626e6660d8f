/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structured data (RFC 6313). */
#include "list.h"

#define SEMANTIC_LENGTH    1
#define TEMPLATE_ID_LENGTH 2
#define PART_HEADER_LENGTH 4 /* Template ID, Data Records Length */
#define SPECIFIER_LENGTH   4 /* without an enterprise number, */
#define PEN_LENGTH         4 /* which has so many */
#define IPFIX_VERSION      10

/* Templates that are remembered once found: a Data Set's lists have a few, thousands of times. */
#define MAX_REMEMBERED 16

typedef struct {
    guint16 id; /* 0: none */
    NfTemplateUse use;
} Remembered;

/* Room for the list at one depth. */
typedef struct {
    NfSpans spans;     /* of its current record */
    NfBinding *values; /* of a basicList: a field whose specifier is set for each list anew. The one
                          binding that ever changes, and nobody else has it. */
} Room;

struct _NfLists {
    const NfCollector *collector;
    const NfNames *semantics;
    const NfDomain *domain;
    const NfDatagram *datagram;
    const NfMessage *message;
    guint32 set_offset;
    Remembered remembered[MAX_REMEMBERED]; /* by id modulo their number */
    Room rooms[NF_LIST_DEPTH];
};

NfLists *
nf_lists_new (void)
{
    return g_new0 (NfLists, 1);
}

void
nf_lists_free (NfLists *lists)
{
    for (guint i = 0; i < NF_LIST_DEPTH; i++) {
        nf_spans_clear (&lists->rooms[i].spans);
        if (lists->rooms[i].values)
            nf_binding_unref (lists->rooms[i].values);
    }
    g_free (lists);
}

void
nf_lists_begin (NfLists *lists, const NfCollector *collector, const NfDomain *domain,
                const NfDatagram *datagram, const NfMessage *message, guint32 set_offset)
{
    lists->collector = collector;
    lists->semantics =
        nf_registry_names (nf_collector_registry (collector), "structuredDataSemantics");
    lists->domain = domain;
    lists->datagram = datagram;
    lists->message = message;
    lists->set_offset = set_offset;
    memset (lists->remembered, 0, sizeof lists->remembered);
}

/* Finds a Template as for a Data Set at the place of the one that the list is in. */
static void
find_template (NfLists *lists, guint16 id, NfTemplateUse *use)
{
    Remembered *r = &lists->remembered[id % MAX_REMEMBERED];

    if (r->id != id) {
        r->id = id;
        nf_collector_find_template (lists->collector, lists->domain, lists->datagram,
                                    lists->message, id, lists->set_offset, &r->use);
    }
    *use = r->use;
}

static Room *
room_of (const NfList *l)
{
    return &l->lists->rooms[l->depth - 1];
}

/* ---- what cannot be decoded ---- */

/* All that is left in `r` cannot be decoded, for this reason. */
static NfListStep
give_up (NfList *l, NfReader *r, NfFinding reason)
{
    l->undecoded = nf_reader_rest (r);
    l->trouble = reason;
    l->trouble.span = l->undecoded;
    nf_reader_take (r, r->left);
    return NF_LIST_UNDECODED;
}

/* The list has no header, or none that is read: all of its octets will be undecoded. */
static void
refuse (NfList *l, NfReader whole, NfFinding reason)
{
    l->content = whole;
    l->why = reason;
}

/* ---- headers ---- */

/* The records that follow are of this Template. */
static void
begin_records (NfList *l, guint16 id)
{
    l->template_id = id;
    find_template (l->lists, id, &l->use);
    l->binding = l->use.binding;
    if (l->use.candidates > 1)
        l->why = (NfFinding){.id = NF_FINDING_TEMPLATE_AMBIGUOUS, .args = {id, l->use.candidates}};
    else if (!l->binding)
        l->why = (NfFinding){.id = NF_FINDING_LIST_TEMPLATE, .args = {id, l->content.left}};
    else if (l->binding->tmpl->record_length == 0)
        l->why = (NfFinding){.id = NF_FINDING_TEMPLATE_ZERO_RECORD, .args = {id, 0}};
}

/* A binding of one field, which may be a list. */
static NfBinding *
values_binding (Room *room, const NfRegistry *registry)
{
    const NfField any = {.length = 1};

    if (!room->values)
        room->values = nf_binding_new (nf_template_new_fixed (IPFIX_VERSION, &any, 1), registry);
    if (!room->values->lists)
        room->values->lists = g_new0 (guint, 1);
    return room->values;
}

/* What the values of a basicList are: by the registry, else by what the exporter said of them. */
static NfBoundField
bind_values (const NfLists *lists, const NfField *specifier)
{
    const NfRegistry *registry = nf_collector_registry (lists->collector);
    NfBoundField bound = nf_bind_field (specifier, NF_SPACE_IPFIX, registry);

    if (bound.element || specifier->pen == 0)
        return bound;
    return nf_bind_element (
        specifier, nf_collector_find_described (lists->collector, lists->datagram, lists->message,
                                                specifier, lists->set_offset, NULL));
}

/* Makes the binding that a basicList's values have. */
static void
begin_values (NfList *l, const NfField *specifier)
{
    NfBinding *b = values_binding (room_of (l), nf_collector_registry (l->lists->collector));
    NfBoundField bound = bind_values (l->lists, specifier);

    if (bound.element != b->fields[0].element || bound.type != b->fields[0].type)
        g_clear_pointer (&b->checks, g_free); /* they are of other values */
    nf_template_set_field (b->tmpl, specifier);
    b->fields[0] = bound;
    b->n_lists = nf_type_is_list (b->fields[0].type) && specifier->length > 0 ? 1 : 0;
    l->binding = b;
    l->why = (NfFinding){.id = NF_FINDING_LIST_VALUES, .args = {l->content.left, 0}};
}

/* Octets that the header of a list has, where `left` are too few for it. */
static gsize
header_length (NfListKind kind, gsize left)
{
    switch (kind) {
    case NF_LIST_BASIC:
        return SEMANTIC_LENGTH + (left < SEMANTIC_LENGTH + SPECIFIER_LENGTH
                                      ? SPECIFIER_LENGTH
                                      : SPECIFIER_LENGTH + PEN_LENGTH);
    case NF_LIST_SUB_TEMPLATE:
        return SEMANTIC_LENGTH + TEMPLATE_ID_LENGTH;
    default:
        return SEMANTIC_LENGTH;
    }
}

/* Reads the header, and gets ready for what follows it. */
static void
begin_content (NfList *l, NfReader whole)
{
    NfReader r = whole;
    NfField specifier = {.pen = 0};
    guint16 id = 0;

    l->semantic = nf_reader_u8 (&r);
    if (l->kind == NF_LIST_BASIC)
        nf_template_read_specifier (&specifier, &r, IPFIX_VERSION);
    else if (l->kind == NF_LIST_SUB_TEMPLATE)
        id = nf_reader_u16 (&r);
    if (r.failed) {
        refuse (l, whole,
                (NfFinding){.id = NF_FINDING_LIST_HEADER,
                            .args = {whole.left, header_length (l->kind, whole.left)}});
        return;
    }
    l->header = (NfSpan){whole.offset, r.offset - whole.offset};
    if (l->kind == NF_LIST_SUB_TEMPLATE_MULTI) {
        l->parts = r;
        return;
    }
    l->content = r;
    if (l->kind == NF_LIST_BASIC)
        begin_values (l, &specifier);
    else
        begin_records (l, id);
}

void
nf_list_begin (NfList *list, NfLists *lists, const NfEvent *record, guint i)
{
    NfReader whole;

    *list = (NfList){.kind = (NfListKind)(record->binding->fields[i].type - NF_TYPE_BASIC_LIST),
                     .depth = record->depth + 1,
                     .span = nf_event_field (record, i),
                     .lists = lists};
    list->header = (NfSpan){list->span.offset, 0};
    if (list->span.length == 0) /* no list at all, or an empty one without its header */
        return;
    whole = nf_reader (lists->datagram->octets, lists->datagram->length, 0);
    nf_reader_take (&whole, list->span.offset);
    whole = nf_reader_sub (&whole, list->span.length);
    if (list->depth > NF_LIST_DEPTH)
        refuse (list, whole,
                (NfFinding){.id = NF_FINDING_LIMIT_LIST_DEPTH, .args = {NF_LIST_DEPTH, 0}});
    else
        begin_content (list, whole);
}

/* ---- what follows them ---- */

/* What is wrong where the next record of the list is not whole. */
static NfFinding
truncated (const NfList *l)
{
    const NfTemplate *t = l->binding->tmpl;

    if (l->kind != NF_LIST_BASIC)
        return (NfFinding){.id = NF_FINDING_LIST_RECORD, .args = {l->template_id, l->content.left}};
    if (t->variable)
        return (NfFinding){.id = NF_FINDING_LIST_VALUE, .args = {l->content.left, 0}};
    return (NfFinding){.id = NF_FINDING_LIST_VALUES, .args = {l->content.left, t->record_length}};
}

static NfListStep
next_record (NfList *l)
{
    const NfTemplate *t = l->binding ? l->binding->tmpl : NULL;
    NfReader r = l->content;
    NfSpans *spans;

    if (!t || t->record_length == 0)
        return give_up (l, &l->content, l->why);
    spans = &room_of (l)->spans;
    if (!nf_template_read_record (t, &r, spans))
        return give_up (l, &l->content, truncated (l));
    l->record = (NfEvent){.type = NF_EVENT_RECORD,
                          .count = 1,
                          .in_set = TRUE,
                          .depth = l->depth,
                          .span = {l->content.offset, r.offset - l->content.offset},
                          .binding = l->binding,
                          .fields = t->variable ? spans->at : NULL};
    l->content = r;
    return NF_LIST_RECORD;
}

/* The Data Records Length counts the octets of the header that it is in, too. */
static NfListStep
next_part (NfList *l)
{
    NfReader r = l->parts;
    guint16 id = nf_reader_u16 (&r), length = nf_reader_u16 (&r);

    if (r.failed)
        return give_up (l, &l->parts,
                        (NfFinding){.id = NF_FINDING_LIST_PART_HEADER,
                                    .args = {l->parts.left, PART_HEADER_LENGTH}});
    if (length < PART_HEADER_LENGTH)
        return give_up (l, &l->parts,
                        (NfFinding){.id = NF_FINDING_LIST_PART_LENGTH, .args = {length, 0}});
    if (length > l->parts.left)
        return give_up (
            l, &l->parts,
            (NfFinding){.id = NF_FINDING_LIST_PART_BEYOND, .args = {length, l->parts.left}});
    l->part = (NfSpan){l->parts.offset, length};
    l->content = nf_reader_sub (&r, length - PART_HEADER_LENGTH);
    l->parts = r;
    l->in_part = TRUE;
    begin_records (l, id);
    return NF_LIST_PART;
}

NfListStep
nf_list_next (NfList *list)
{
    if (list->content.left > 0)
        return next_record (list);
    list->in_part = FALSE;
    return list->parts.left > 0 ? next_part (list) : NF_LIST_END;
}

const char *
nf_list_semantic_name (const NfList *list)
{
    return nf_names_value (list->lists->semantics, list->semantic);
}

/* ---- lists in lists ---- */

void
nf_list_walk_begin (NfListWalk *walk, NfLists *lists, const NfEvent *record)
{
    walk->lists = lists;
    walk->level = 0;
    walk->levels[0].record = record;
    walk->levels[0].next = 0;
    walk->levels[0].open = FALSE;
}

/* Opens the next list of the level's record. Returns FALSE where it has no more. */
static gboolean
open_next (NfListWalk *walk, NfListLevel *at)
{
    if (at->next >= at->record->binding->n_lists)
        return FALSE;
    nf_list_begin (&at->list, walk->lists, at->record, at->record->binding->lists[at->next++]);
    at->open = TRUE;
    return TRUE;
}

/* The lists of a record just met are next. */
static void
descend (NfListWalk *walk, const NfEvent *record)
{
    NfListLevel *below = &walk->levels[++walk->level];

    below->record = record;
    below->next = 0;
    below->open = FALSE;
}

const NfList *
nf_list_walk_next (NfListWalk *walk, NfListStep *step)
{
    for (;; walk->level--) {
        NfListLevel *at = &walk->levels[walk->level];

        if (at->open) {
            *step = nf_list_next (&at->list);
            at->open = *step != NF_LIST_END;
            if (*step == NF_LIST_RECORD && at->list.record.binding->n_lists > 0)
                descend (walk, &at->list.record);
            return &at->list;
        }
        if (open_next (walk, at)) {
            *step = NF_LIST_BEGIN;
            return &at->list;
        }
        if (walk->level == 0)
            return NULL;
    }
}
