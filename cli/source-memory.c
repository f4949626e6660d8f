/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages from memory, one after the other, or frames. */
#include "frames.h"

typedef struct {
    NfSource base;
    const GPtrArray *chunks;
    const NfOptions *options;
    guint chunk;     /* how many were begun */
    NfReader rest;   /* of the one being read, where it is of Messages */
    NfFrames frames; /* of the link type last met */
    int link_type;
    guint64 message;
    guint32 export_time_s; /* of the last Message, if of IPFIX; else 0 */
} MemorySource;

static void
read_frame (MemorySource *source, const NfChunk *chunk)
{
    if (source->frames.capture && source->link_type != chunk->link_type)
        nf_frames_clear (&source->frames);
    if (!source->frames.capture) {
        source->link_type = chunk->link_type;
        nf_frames_init (&source->frames, chunk->link_type, source->options);
    }
    nf_frames_read (&source->frames, chunk->octets->data, chunk->octets->len, chunk->octets->len, 0,
                    source->chunk);
}

/* What came of frames. Where they were pasted, nothing tells when they came. */
static gboolean
take_from_frames (MemorySource *source, gboolean at_end, NfItem *item)
{
    if (!source->frames.capture || !nf_frames_take (&source->frames, at_end, item))
        return FALSE;
    item->datagram.has_time = FALSE;
    item->datagram.message = MAX (item->datagram.message, 1);
    return TRUE;
}

/* Of an IPFIX File: how long the Message is that is cut by its end. */
static gsize
length_in_file (const MemorySource *source, gsize extent)
{
    gsize length = nf_message_length (source->rest.at, source->rest.left);

    return extent == source->rest.left && length != NF_NO_MESSAGE ? MAX (extent, length) : extent;
}

/* Skips what is no Message in an IPFIX File, if there is one behind it (RFC 5655 10.3). */
static gsize
skip_to_message (MemorySource *source)
{
    const NfAround around = {.export_s = source->export_time_s};
    gsize before, needed;

    if (nf_message_find (source->rest.at, source->rest.left, TRUE, around, &before, &needed) !=
        NF_FIND_HERE)
        return 0;
    nf_reader_take (&source->rest, before);
    return before;
}

/* Whether what is behind a pasted Message is of no version: octets of the same datagram then. */
static gboolean
is_followed_by_octets (const MemorySource *source, gsize extent)
{
    NfReader behind = source->rest;
    NfMessage message;
    NfFinding trouble;

    nf_reader_take (&behind, extent);
    return extent > 0 && behind.left > 0 &&
           !nf_message_read (&message, behind.at, behind.left, behind.left, &trouble) &&
           (trouble.id == NF_FINDING_MESSAGE_VERSION || behind.left < 2);
}

static void
message_item (MemorySource *source, const NfChunk *chunk, NfItem *item)
{
    NfDatagram *g = &item->datagram;
    gsize extent = nf_message_extent (source->rest.at, source->rest.left);
    NfMessage message;
    NfFinding trouble;

    *item = (NfItem){.kind = NF_ITEM_DATAGRAM};
    if (chunk->is_file && (extent == 0 || nf_message_is_stray (source->rest.at, source->rest.left,
                                                               source->export_time_s))) {
        g->gap.skipped = skip_to_message (source);
        extent = nf_message_extent (source->rest.at, source->rest.left);
    }
    if (!chunk->is_file && is_followed_by_octets (source, extent))
        extent = source->rest.left;
    g->length = g->wire_length = extent > 0 ? extent : source->rest.left;
    if (chunk->is_file)
        g->wire_length = length_in_file (source, g->length);
    g->octets = nf_reader_take (&source->rest, g->length);
    g->message = (guint)++source->message;
    if (chunk->partial && source->rest.left == 0)
        g->wire_length = nf_message_told_length (g->octets, g->length);
    if (nf_message_read (&message, g->octets, g->length, g->wire_length, &trouble))
        source->export_time_s = message.version == 10 ? message.export_time_s : 0;
}

static gboolean
memory_next (NfSource *base, NfItem *item, GError **error)
{
    MemorySource *source = (MemorySource *)base;

    (void)error;
    for (;;) {
        gboolean at_end = source->chunk == source->chunks->len;
        const NfChunk *chunk;

        if (source->rest.left > 0) {
            message_item (source, source->chunks->pdata[source->chunk - 1], item);
            return TRUE;
        }
        if (take_from_frames (source, at_end, item))
            return TRUE;
        if (at_end)
            return FALSE;
        chunk = source->chunks->pdata[source->chunk++];
        if (chunk->is_frame)
            read_frame (source, chunk);
        else
            source->rest = nf_reader (chunk->octets->data, chunk->octets->len, 0);
    }
}

static void
memory_free (NfSource *base)
{
    MemorySource *source = (MemorySource *)base;

    nf_frames_clear (&source->frames);
    g_free (source);
}

NfSource *
nf_source_memory_new (const GPtrArray *chunks, const NfOptions *options)
{
    MemorySource *source = g_new0 (MemorySource, 1);

    source->base = (NfSource){.next = memory_next, .free = memory_free};
    source->chunks = chunks;
    source->options = options;
    return &source->base;
}
