/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> Messages that a store of Templates takes note of (cli/template-store.h). What
 * it gives must hold nothing but what is remembered, and another store must give the same of it.
 *
 * The input is Messages back to back. Its last octet says which of them come from another port.
 */
#include "tests/unit/transcript.h"

#include "cli/template-store.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* As many as say all there is to say; more only take time. */
#define MAX_MESSAGES 32

static void
note_all (NfTemplateStore *store, const guint8 *data, gsize size)
{
    guint8 how = size > 0 ? data[size - 1] : 0;

    for (guint i = 0; size > 0 && i < MAX_MESSAGES; i++) {
        gsize length = nf_message_extent (data, size);
        g_autofree guint8 *exact = NULL;
        NfDatagram d = {.exporter = {.family = 4, .port = how >> i % 8 & 1},
                        .transport = NF_TRANSPORT_UDP,
                        .has_time = TRUE,
                        .time_ns = i / 2 * G_GINT64_CONSTANT (1000000000)};

        if (length == 0)
            length = size;
        d.octets = exact = g_memdup2 (data, length);
        d.length = d.wire_length = length;
        nf_template_store_note (store, &d);
        data += length;
        size -= length;
    }
}

static void
take_composed (const NfDatagram *datagram, gpointer data)
{
    GArray *all = data;
    NfDatagram copy = *datagram;

    copy.octets = g_memdup2 (copy.octets, copy.length);
    copy.order = all->len + 1;
    g_array_append_val (all, copy);
}

static void
datagram_clear (gpointer datagram)
{
    g_free ((gpointer)((NfDatagram *)datagram)->octets);
}

/* Composes all; of NfDatagram, owned. */
static GArray *
compose (const NfTemplateStore *store)
{
    GArray *all = g_array_new (FALSE, FALSE, sizeof (NfDatagram));

    g_array_set_clear_func (all, datagram_clear);
    nf_template_store_compose (store, take_composed, all);
    return all;
}

/* They are Messages, of which everything can be decoded. */
static void
walk_all (const GArray *all)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));

    for (guint i = 0; i < all->len; i++)
        nf_collector_learn (collector, &g_array_index (all, NfDatagram, i), NULL);
    for (guint i = 0; i < all->len; i++)
        transcript_walk (NULL, collector, &g_array_index (all, NfDatagram, i), findings);
    for (guint i = 0; i < findings->len; i++) {
        NfFindingId id = g_array_index (findings, NfFinding, i).id;

        g_assert_true (id != NF_FINDING_RECORD_TRUNCATED && id != NF_FINDING_TEMPLATE_TRUNCATED &&
                       id != NF_FINDING_SET_LENGTH && id != NF_FINDING_MESSAGE_LENGTH);
    }
    nf_collector_free (collector);
}

static void
assert_same (const GArray *a, const GArray *b)
{
    g_assert_cmpuint (a->len, ==, b->len);
    for (guint i = 0; i < a->len; i++) {
        const NfDatagram *x = &g_array_index (a, NfDatagram, i);
        const NfDatagram *y = &g_array_index (b, NfDatagram, i);

        g_assert_cmpuint (x->length, ==, y->length);
        g_assert_true (memcmp (x->octets, y->octets, x->length) == 0);
        g_assert_cmpint (x->time_ns, ==, y->time_ns);
        g_assert_cmpuint (x->exporter.port, ==, y->exporter.port);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    NfTemplateStore *store = nf_template_store_new (transcript_registry ());
    NfTemplateStore *again = nf_template_store_new (transcript_registry ());
    g_autoptr (GArray) first = NULL, second = NULL;

    note_all (store, data, size);
    first = compose (store);
    for (guint i = 0; i < first->len; i++) {
        const NfDatagram *d = &g_array_index (first, NfDatagram, i);

        g_assert_true (nf_message_plausible (d->octets, d->length, d->wire_length));
        g_assert_true (nf_template_store_note (again, d));
    }
    second = compose (again);
    assert_same (first, second);
    walk_all (first);
    nf_template_store_free (store);
    nf_template_store_free (again);
    return 0;
}
