/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> a file to be read (cli/source.h): a capture, an IPFIX File (RFC 5655) or
 * other Messages, text, any of them compressed; and the same as the file of --templates
 * (cli/remember.h).
 */
#include "scratch.h"

#include "tests/unit/transcript.h"

#include "cli/remember.h"
#include "cli/source.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A Template that is remembered, from an exporter of its own. */
static const TranscriptInput news[] = {
    {.hex = "000a 0020 6553f100 00000000 000003e7 0002 0010 0100 0002 0008 0004 0001 0004",
     .host = 99},
    {.hex = NULL},
};

static char *path;
static NfOptions options;

static void
clear (void)
{
    nf_options_clear (&options);
    g_free (path);
}

static void
prepare (void)
{
    static char *words[] = {(char *)"nfpeek", (char *)"-q", (char *)"file", NULL};
    g_autoptr (GError) error = NULL;

    if (path)
        return;
    path = scratch_path ("input");
    nf_options_parse (&options, 3, words, &error);
    g_assert_no_error (error);
    options.templates = path;
    atexit (clear);
}

/* Reads all. Returns how many items there were. */
static guint
read_all (NfInput *input, NfCollector *collector, gsize size)
{
    g_autoptr (GError) error = NULL;
    NfSource *source = nf_input_open (input, &error);
    gboolean is_file = input->chunks->len == 1 && ((NfChunk *)input->chunks->pdata[0])->is_file;
    gsize octets = 0;
    guint64 order = 0;
    guint n = 0;
    NfItem item;

    for (; source && nf_input_next (input, source, &item, &error); n++) {
        const NfDatagram *d = &item.datagram;

        g_assert_cmpuint (d->order, >, order);
        order = d->order;
        octets += d->length + d->gap.skipped;
        if (item.kind != NF_ITEM_DATAGRAM)
            continue;
        g_assert_cmpuint (d->length, <=, d->wire_length);
        nf_collector_learn (collector, d, NULL);
        transcript_walk (NULL, collector, d, NULL);
    }
    g_assert_true (source || error);
    g_assert_true (!is_file || octets >= size); /* more where it is compressed */
    if (source)
        source->free (source);
    return n;
}

static void
run_input (gsize size)
{
    NfInput *input = nf_input_new_file (path, &options);
    g_autoptr (GError) error = NULL;

    if (nf_input_look (input, &error)) {
        NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
        guint n = read_all (input, collector, size);

        g_assert_cmpuint (read_all (input, collector, size), ==, n);
        nf_collector_free (collector);
    } else {
        g_assert_nonnull (error);
    }
    nf_input_free (input);
}

static NfRemember *
remember_new (void)
{
    g_autoptr (GError) error = NULL;
    NfRemember *remember = nf_remember_new (&options, transcript_registry (), &error);
    NfCollector *collector;

    g_assert_true ((remember == NULL) == (error != NULL));
    if (!remember)
        return NULL;
    collector = nf_collector_new (transcript_registry (), NULL);
    nf_remember_learn (remember, collector);
    nf_collector_free (collector);
    return remember;
}

/* What is written anew can be read. */
static void
run_templates (void)
{
    NfRemember *remember = remember_new ();
    g_autoptr (GError) error = NULL;
    TranscriptSample sample;

    if (!remember)
        return;
    transcript_sample_make (&sample, news);
    nf_remember_note (remember, &sample.datagrams[0]);
    nf_remember_write (remember, &error);
    g_assert_no_error (error);
    nf_remember_free (remember);
    transcript_sample_clear (&sample);
    remember = remember_new ();
    g_assert_nonnull (remember);
    nf_remember_free (remember);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    prepare ();
    scratch_write (path, data, size);
    run_input (size);
    run_templates ();
    return 0;
}
