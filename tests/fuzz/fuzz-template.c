/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> the content of a Template Set of NetFlow v9 (RFC 3954 5.2, 6.1) and of IPFIX
 * (RFC 7011 3.4), of Templates and of Options Templates. Of what is looked through and kept all
 * must be the same, and records of it lie where its fields lie.
 */
#include "tests/unit/transcript.h"

#include "common/binding.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Where the Set's content is said to begin, so that places are told from lengths. */
#define PLACE 100

/* Findings about one field are few. */
#define MAX_TROUBLES 16

static void
check_scan (const NfTemplateScan *s, const NfReader *before, const NfReader *after)
{
    g_assert_cmpuint (s->span.offset, ==, before->offset);
    g_assert_cmpuint (s->span.length, <=, before->left);
    if (s->skippable)
        g_assert_cmpuint (after->offset, ==, s->span.offset + s->span.length);
    else
        g_assert_cmpuint (after->left, ==, before->left);
    g_assert_true (!s->ok || s->skippable);
    g_assert_true (s->ok || s->trouble.span.length <= s->span.length);
}

/* The octets of the whole input as records. */
static void
read_records (const NfTemplate *t, const guint8 *data, gsize size)
{
    NfReader r = nf_reader (data, size, 0);
    NfSpans spans = {.at = NULL};
    guint32 start = 0;

    for (guint n = 0; n < 64 && t->record_length > 0 && nf_template_read_all (t, &r, &spans);
         n++) {
        guint32 at = start;

        g_assert_cmpuint (r.offset - start, >=, t->record_length);
        for (guint i = 0; i < t->n_fields; i++) {
            g_assert_cmpuint (spans.at[i].offset, >=, at);
            g_assert_true (i >= t->n_fixed || spans.at[i].offset == start + t->offsets[i]);
            at = spans.at[i].offset + spans.at[i].length;
        }
        g_assert_cmpuint (at, ==, r.offset);
        g_assert_true (t->variable || at == start + t->record_length);
        start = at;
    }
    nf_spans_clear (&spans);
}

static void
check_binding (NfTemplate *t)
{
    NfBinding *binding = nf_binding_new (t, transcript_registry ());
    NfFinding finding;
    NfText text = NF_TEXT_INIT;

    for (guint i = 0; i < t->n_fields; i++) {
        guint n = 0;

        for (; nf_binding_trouble (binding, i, n, &finding); n++)
            g_assert_cmpuint (n, <, MAX_TROUBLES);
    }
    for (guint n = 0; nf_binding_lacks (binding, n, &finding); n++)
        g_assert_cmpuint (n, <, MAX_TROUBLES);
    nf_text_clear (&text);
    nf_binding_unref (binding);
}

static void
check_template (const NfTemplateScan *s, const guint8 *data, gsize size)
{
    NfTemplate *t = nf_template_new (s), *copy = nf_template_copy (t);
    gsize length = 0;

    g_assert_true (nf_template_equals_scan (t, s));
    g_assert_true (nf_template_equal (t, copy));
    g_assert_cmpuint (nf_template_hash (t), ==, nf_template_hash (copy));
    g_assert_cmpuint (t->n_fields, ==, s->n_fields);
    g_assert_cmpuint (t->scope_count, <=, t->n_fields);
    for (guint i = 0; i < t->n_fields; i++)
        length += t->fields[i].length == NF_VARIABLE_LENGTH ? 1 : t->fields[i].length;
    g_assert_cmpuint (t->record_length, ==, length);
    read_records (t, data, size);
    nf_template_free (copy);
    check_binding (t); /* which takes it over */
}

static void
scan_set (const guint8 *data, gsize size, guint16 version, gboolean options)
{
    NfReader r = nf_reader (data, size, PLACE);

    while (r.left > 0) {
        NfReader before = r;
        NfTemplateScan s;

        nf_template_scan (&s, &r, version, options);
        check_scan (&s, &before, &r);
        if (!s.skippable)
            break;
        if (s.ok && !s.withdrawal)
            check_template (&s, data, size);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    for (guint16 version = 9; version <= 10; version++) {
        scan_set (data, size, version, FALSE);
        scan_set (data, size, version, TRUE);
    }
    return 0;
}
