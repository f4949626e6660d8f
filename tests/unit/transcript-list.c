/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists in records as text, and what must be true of them (tests/unit/transcript-list.h). */
#include "transcript-list.h"

#include "common/value.h"

#define PART_HEADER_LENGTH 4

/* ---- as text ---- */

static void
add_list (NfText *t, NfLists *lists, const NfEvent *record, guint i, const guint8 *message)
{
    NfListStep step;
    NfList list;

    nf_list_begin (&list, lists, record, i);
    if (list.header.length > 0 && nf_list_semantic_name (&list))
        nf_text_add (t, nf_list_semantic_name (&list));
    else if (list.header.length > 0)
        nf_text_add_uint (t, list.semantic, 1);
    nf_text_add_char (t, '[');
    if (list.kind == NF_LIST_SUB_TEMPLATE && list.header.length > 0)
        nf_text_add_format (t, "%u:", list.template_id);
    while ((step = nf_list_next (&list)) != NF_LIST_END) {
        if (t->at[-1] != '[')
            nf_text_add_char (t, ' ');
        if (step == NF_LIST_PART) {
            nf_text_add_format (t, "%u:", list.template_id);
        } else if (step == NF_LIST_UNDECODED) {
            nf_text_add_format (t, "?%u+%u", list.undecoded.offset, list.undecoded.length);
        } else {
            gsize start = nf_text_length (t);

            transcript_add_fields (t, lists, &list.record, message);
            if (nf_text_length (t) > start)
                t->start[start] = '{';
            nf_text_add_char (t, '}');
        }
    }
    nf_text_add_char (t, ']');
}

void
transcript_add_fields (NfText *t, NfLists *lists, const NfEvent *record, const guint8 *message)
{
    const NfBinding *b = record->binding;

    for (guint i = 0; i < b->tmpl->n_fields; i++) {
        NfSpan span = nf_event_field (record, i);
        NfValue value;

        nf_text_add_char (t, ' ');
        if (b->fields[i].element)
            nf_text_add (t, b->fields[i].element->name);
        else if (b->tmpl->fields[i].pen)
            nf_text_add_format (t, "%u/%u", b->tmpl->fields[i].pen, b->tmpl->fields[i].id);
        else
            nf_text_add_uint (t, b->tmpl->fields[i].id, 1);
        nf_text_add_char (t, '=');
        if (nf_type_is_list (b->fields[i].type)) {
            add_list (t, lists, record, i, message);
        } else {
            nf_value_read (&value, b->fields[i].type, nf_span_octets (message, span), span.length);
            nf_value_text (t, &value);
        }
    }
}

/* ---- what must be true ---- */

typedef struct {
    NfLists *lists;
    const NfDatagram *datagram;
    GArray *troubles;
    guint64 steps; /* of all lists, NF_LIST_BEGIN included */
} Check;

static void check_fields (Check *c, const NfEvent *record);

/* The octets from `at` to `end` are this. Returns what follows. */
static guint32
take (guint32 at, NfSpan span, guint32 end)
{
    g_assert_cmpuint (span.offset, ==, at);
    g_assert_cmpuint (span.length, <=, end - at);
    return at + span.length;
}

static void
check_undecoded (Check *c, const NfList *list)
{
    g_assert_cmpuint (list->undecoded.length, >, 0);
    g_assert_cmpuint (list->trouble.span.offset, ==, list->undecoded.offset);
    g_assert_cmpuint (list->trouble.span.length, ==, list->undecoded.length);
    g_array_append_val (c->troubles, list->trouble);
}

static void
check_record (Check *c, const NfList *list)
{
    g_assert_cmpint (list->record.type, ==, NF_EVENT_RECORD);
    g_assert_cmpuint (list->record.depth, ==, list->depth);
    g_assert_cmpuint (list->record.span.length, >, 0);
    g_assert_true (list->record.binding == list->binding);
    check_fields (c, &list->record);
}

static void
check_list (Check *c, const NfEvent *record, guint i)
{
    guint32 at, end, part_end = 0;
    NfListStep step;
    NfList list;

    nf_list_begin (&list, c->lists, record, i);
    if (record->binding->tmpl->fields[i].length > 0) /* else a walk passes it over */
        c->steps += 2;                               /* NF_LIST_BEGIN, NF_LIST_END */
    g_assert_cmpuint (list.depth, ==, record->depth + 1);
    g_assert_cmpuint (list.depth, <=, NF_LIST_DEPTH + 1);
    end = list.span.offset + list.span.length;
    at = take (list.span.offset, list.header, end);
    while ((step = nf_list_next (&list)) != NF_LIST_END) {
        c->steps++;
        if (step == NF_LIST_PART) {
            g_assert_cmpuint (at, >=, part_end);
            part_end = at + list.part.length;
            g_assert_cmpuint (part_end, <=, end);
            at = take (at, (NfSpan){list.part.offset, PART_HEADER_LENGTH}, part_end);
        } else if (step == NF_LIST_UNDECODED) {
            at = take (at, list.undecoded, list.in_part ? part_end : end);
            g_assert_cmpuint (at, ==, list.in_part ? part_end : end);
            check_undecoded (c, &list);
        } else {
            at = take (at, list.record.span, list.in_part ? part_end : end);
            check_record (c, &list);
        }
    }
    g_assert_cmpuint (at, ==, end);
    g_assert_cmpint (nf_list_next (&list), ==, NF_LIST_END);
}

/* Moves over the length prefix of a field of variable length (RFC 7011 7). */
static void
check_prefix (NfReader *r, guint32 length)
{
    guint32 first = nf_reader_u8 (r);

    g_assert_cmpuint (first == 255 ? nf_reader_u16 (r) : first, ==, length);
    g_assert_false (r->failed);
}

static void
check_fields (Check *c, const NfEvent *record)
{
    const NfBinding *b = record->binding;
    NfReader r = nf_reader (c->datagram->octets, c->datagram->length, 0);
    guint n_lists = 0;

    nf_reader_take (&r, record->span.offset);
    for (guint i = 0; i < b->tmpl->n_fields; i++) {
        NfSpan field = nf_event_field (record, i);

        if (b->tmpl->fields[i].length == NF_VARIABLE_LENGTH)
            check_prefix (&r, field.length);
        else
            g_assert_cmpuint (field.length, ==, b->tmpl->fields[i].length);
        g_assert_cmpuint (field.offset, ==, r.offset);
        nf_reader_take (&r, field.length);
        g_assert_false (r.failed);
        if (nf_type_is_list (b->fields[i].type)) {
            check_list (c, record, i);
            if (b->tmpl->fields[i].length > 0)
                g_assert_cmpuint (b->lists[n_lists++], ==, i);
        }
    }
    g_assert_cmpuint (r.offset, ==, record->span.offset + record->span.length);
    g_assert_cmpuint (n_lists, ==, b->n_lists);
}

void
transcript_check_fields (NfLists *lists, const NfEvent *record, const NfDatagram *datagram,
                         GArray *troubles)
{
    Check c = {.lists = lists, .datagram = datagram, .troubles = troubles};
    NfListWalk walk;
    NfListStep step;

    check_fields (&c, record);
    if (record->binding->n_lists == 0)
        return;
    nf_list_walk_begin (&walk, lists, record);
    for (; nf_list_walk_next (&walk, &step); c.steps--)
        g_assert_cmpuint (c.steps, >, 0);
    g_assert_cmpuint (c.steps, ==, 0);
}
