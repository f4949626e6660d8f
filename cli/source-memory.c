/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages from memory, one after the other, or frames with a Message in each. */
#include "source.h"

typedef struct {
    NfSource base;
    const GPtrArray *chunks;
    guint chunk;        /* the one being read */
    NfReader rest;      /* of it */
    NfCapture *capture; /* for frames of the link type last met */
    int link_type;
    guint64 message;
    NfFrame frame;
    NfLostDatagram lost;
} MemorySource;

static void
frame_item (MemorySource *source, const NfChunk *chunk, NfItem *item)
{
    if (source->capture && source->link_type != chunk->link_type)
        g_clear_pointer (&source->capture, nf_capture_free);
    if (!source->capture) {
        source->link_type = chunk->link_type;
        source->capture = nf_capture_new (chunk->link_type);
    }
    nf_capture_frame (source->capture, source->rest.at, source->rest.left, source->rest.left, 0,
                      source->chunk, &source->frame);
    nf_item_from_frame (item, &source->frame, source->chunk);
    item->datagram.has_time = FALSE;
    item->datagram.message = 1;
    nf_reader_take (&source->rest, source->rest.left);
}

/* How long a Message cut short was, as far as its Sets tell. */
static gsize
told_length (const guint8 *octets, gsize length)
{
    NfMessage message;
    NfFinding trouble;
    NfReader r = nf_reader (octets, length, 0), content;
    NfSet set = {.length = 0};

    if (!nf_message_read (&message, octets, length, G_MAXUINT32, &trouble))
        return length;
    if (message.version == 10)
        return MAX (length, message.length);
    if (!nf_message_has_templates (&message))
        return MAX (length, nf_message_counted_length (&message));
    nf_reader_take (&r, message.header_length);
    while (nf_message_next_set (&message, &r, &set, &content, &trouble) == NF_SET_THERE)
        if (set.cut)
            return set.span.offset + set.length;
    return length;
}

static void
message_item (MemorySource *source, const NfChunk *chunk, NfItem *item)
{
    gsize extent = nf_message_extent (source->rest.at, source->rest.left);
    NfDatagram *g = &item->datagram;

    *item = (NfItem){.kind = NF_ITEM_DATAGRAM};
    g->length = g->wire_length = extent > 0 ? extent : source->rest.left;
    g->octets = nf_reader_take (&source->rest, g->length);
    g->message = (guint)++source->message;
    if (chunk->partial && source->rest.left == 0)
        g->wire_length = told_length (g->octets, g->length);
}

/* Once all is read: a datagram of which fragments are missing. */
static gboolean
take_lost (MemorySource *source, NfItem *item)
{
    if (!source->capture || !nf_item_take_lost (item, source->capture, TRUE, &source->lost))
        return FALSE;
    item->datagram.has_time = FALSE;
    return TRUE;
}

static gboolean
memory_next (NfSource *base, NfItem *item, GError **error)
{
    MemorySource *source = (MemorySource *)base;

    (void)error;
    while (source->rest.left == 0) {
        if (source->chunk >= source->chunks->len)
            return take_lost (source, item);

        const NfChunk *next = source->chunks->pdata[source->chunk++];

        source->rest = nf_reader (next->octets->data, next->octets->len, 0);
    }

    const NfChunk *chunk = source->chunks->pdata[source->chunk - 1];

    if (chunk->is_frame)
        frame_item (source, chunk, item);
    else
        message_item (source, chunk, item);
    return TRUE;
}

static void
memory_free (NfSource *base)
{
    MemorySource *source = (MemorySource *)base;

    if (source->capture)
        nf_capture_free (source->capture);
    g_free (source);
}

NfSource *
nf_source_memory_new (const GPtrArray *chunks)
{
    MemorySource *source = g_new0 (MemorySource, 1);

    source->base = (NfSource){.next = memory_next, .free = memory_free};
    source->chunks = chunks;
    return &source->base;
}
