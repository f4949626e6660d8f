/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> several Messages, learnt into one collector and walked. What a walk must
 * keep to is asserted by transcript_walk().
 *
 * The input is Messages back to back, as a collector dumps them into a file, so such a file is a
 * seed. Its last octet says which of them come from another port, over TCP, or cut: a bit each.
 */
#include "tests/unit/transcript.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* As many as say all there is to say of one collector; more only take time. */
#define MAX_MESSAGES 32

/* Small, so that they are reached. */
static const NfLimits limits[] = {
    {.max_domains = 4, .max_templates = 16, .max_fields = 64},
    {.max_domains = 4, .max_templates = 16, .max_fields = 64, .stream = TRUE},
    {.max_domains = 100, .max_templates = 1000, .max_fields = 10000},
};

/* The Message at the beginning of `octets`, the `i`th one, in a heap block of its own. */
static NfDatagram
next_message (const guint8 *octets, gsize size, guint i, guint8 how)
{
    gsize length = nf_message_extent (octets, size);
    guint8 bits = (guint8)(how >> i % 6);
    gsize captured;

    if (length == 0)
        length = size;
    captured = bits & 4 ? length - length / 4 : length;
    return (NfDatagram){.octets = g_memdup2 (octets, captured),
                        .length = captured,
                        .wire_length = length,
                        .exporter = {.family = bits & 8 ? 0 : 4, .port = bits & 1},
                        .transport = bits & 2 ? NF_TRANSPORT_TCP : NF_TRANSPORT_UDP,
                        .order = i + 1,
                        .packet = i + 1};
}

static guint
cut (NfDatagram *messages, const guint8 *data, gsize size, guint8 how)
{
    guint n = 0;

    while (size > 0 && n < MAX_MESSAGES) {
        messages[n] = next_message (data, size, n, how);
        data += messages[n].wire_length;
        size -= messages[n].wire_length;
        n++;
    }
    return n;
}

/* Learns and walks one by one, as of a stream, then walks all again, as of a file. */
static void
run (const NfDatagram *messages, guint n, const NfLimits *limit)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), limit);
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < n; i++) {
        transcript_walk (NULL, collector, &messages[i], NULL);
        nf_collector_learn (collector, &messages[i], NULL);
        transcript_walk (NULL, collector, &messages[i], NULL);
        if (limit->stream && i > 4)
            nf_collector_forget_before (collector, messages[i - 4].order);
    }
    for (guint i = 0; i < n; i++)
        transcript_walk (&t, collector, &messages[i], NULL);
    nf_text_clear (&t);
    nf_collector_free (collector);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    NfDatagram messages[MAX_MESSAGES];
    guint8 how = size > 0 ? data[size - 1] : 0;
    guint n = cut (messages, data, size, how);

    for (guint i = 0; i < n; i++)
        nf_message_plausible (messages[i].octets, messages[i].length, messages[i].wire_length);
    for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
        run (messages, n, &limits[i]);
    for (guint i = 0; i < n; i++)
        g_free ((guint8 *)messages[i].octets);
    return 0;
}
