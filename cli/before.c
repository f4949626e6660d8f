/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another capture, for its Templates alone. */
#include "before.h"

#include "select.h"
#include "source.h"

#define BEFORE_ERROR g_quark_from_static_string ("nfpeek-before")

typedef struct {
    const NfOptions *options;
    NfInput *input;
    NfCollector *collector;
    NfDecoder decoder;
    NfUsage *usage;
    NfAnonymizer *anonymizer; /* or NULL */
} Before;

static void
learn (Before *before, const NfDatagram *datagram)
{
    nf_collector_learn (before->collector, datagram, NULL);
}

static void
walk (Before *before, const NfDatagram *datagram)
{
    NfEvent event;

    nf_usage_begin (before->usage);
    nf_decoder_begin (&before->decoder, before->collector, datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&before->decoder, &event) != NF_EVENT_END) {
        if (event.type == NF_EVENT_MESSAGE)
            nf_usage_message (before->usage, datagram, event.message, FALSE, NULL);
        nf_usage_event (before->usage, &event, NULL);
    }
}

/* Gives each Message of the file to `take`, numbered the same each time. Returns whether there is
 * one, and all could be read. */
static gboolean
read_all (Before *before, void (*take) (Before *before, const NfDatagram *datagram), GError **error)
{
    NfSource *source = nf_input_open (before->input, error);
    GError *trouble = NULL;
    guint64 place = 0;
    gboolean any = FALSE;
    NfItem item;

    while (source && source->next (source, &item, &trouble)) {
        item.datagram.order = ++place;
        if (item.kind != NF_ITEM_DATAGRAM ||
            !nf_select_is_message (before->options, &item.datagram))
            continue;
        if (before->anonymizer) /* only its Templates are shown, and which exporter has them */
            nf_anonymizer_hide_ends (before->anonymizer, &item.datagram);
        take (before, &item.datagram);
        any = TRUE;
    }
    if (!source)
        return FALSE;
    source->free (source);
    if (trouble)
        g_propagate_error (error, trouble);
    else if (!any)
        g_set_error_literal (error, BEFORE_ERROR, 0, "no NetFlow or IPFIX Message");
    return any && !trouble;
}

/* As files that are shown are read: all is learnt before it is looked at. */
static gboolean
read_input (Before *before, GError **error)
{
    if (!nf_input_look (before->input, error))
        return FALSE;
    if (before->input->is_stream) {
        g_set_error_literal (error, BEFORE_ERROR, 0,
                             "a capture from a pipe can be read only once; name a file");
        return FALSE;
    }
    return read_all (before, learn, error) &&
           (!nf_collector_missed_options (before->collector) || read_all (before, learn, error)) &&
           read_all (before, walk, error);
}

NfUsage *
nf_before_read (const char *name, const NfOptions *options, NfRegistry *registry,
                NfAnonymizer *anonymizer, GError **error)
{
    Before before = {.options = options,
                     .input = nf_input_new_file (name, options),
                     .collector = nf_collector_new (registry, &options->bounds.library),
                     .decoder = NF_DECODER_INIT,
                     .usage = nf_usage_new (&options->bounds.library),
                     .anonymizer = anonymizer};

    if (!read_input (&before, error)) {
        g_prefix_error (error, "--diff %s: ", name);
        g_clear_pointer (&before.usage, nf_usage_free);
    }
    nf_decoder_clear (&before.decoder);
    nf_collector_free (before.collector);
    nf_input_free (before.input);
    return before.usage;
}
