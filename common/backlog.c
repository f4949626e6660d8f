/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Octets of a stream that wait for the rest of their Message. */
#include "backlog.h"

/* The frame of the octets up to number `end`. */
typedef struct {
    guint64 end;
    guint64 packet;
    gint64 time_ns;
} Mark;

void
nf_backlog_init (NfBacklog *backlog)
{
    *backlog = (NfBacklog){.octets = NULL};
    g_queue_init (&backlog->marks);
}

static void
clear_octets (NfBacklog *b)
{
    g_clear_pointer (&b->octets, g_byte_array_unref);
    b->taken = 0;
}

void
nf_backlog_clear (NfBacklog *backlog)
{
    clear_octets (backlog);
    g_queue_clear_full (&backlog->marks, g_free);
    g_clear_pointer (&backlog->frames, g_array_unref);
}

gsize
nf_backlog_held (const NfBacklog *backlog)
{
    return (backlog->octets ? backlog->octets->len : 0) +
           backlog->marks.length * (sizeof (Mark) + sizeof (GList)) +
           (backlog->frames ? backlog->frames->len * sizeof (guint64) : 0);
}

NfReader
nf_backlog_rest (const NfBacklog *backlog)
{
    NfReader r = backlog->octets ? nf_reader (backlog->octets->data, backlog->octets->len, 0)
                                 : nf_reader (NULL, 0, 0);

    nf_reader_take (&r, backlog->taken);
    r.offset = 0;
    return r;
}

void
nf_backlog_settle (NfBacklog *backlog)
{
    NfReader rest = nf_backlog_rest (backlog);
    GByteArray *octets = NULL;

    g_clear_pointer (&backlog->frames, g_array_unref);
    if (backlog->taken == 0)
        return;
    if (rest.left > backlog->taken) {
        g_byte_array_remove_range (backlog->octets, 0, (guint)backlog->taken);
        backlog->taken = 0;
        return;
    }
    if (rest.left > 0) {
        guint left = (guint)rest.left;

        octets = g_byte_array_sized_new (left);
        g_byte_array_append (octets, nf_reader_take (&rest, left), left);
    }
    clear_octets (backlog);
    backlog->octets = octets;
}

void
nf_backlog_add (NfBacklog *backlog, NfReader octets, guint64 packet, gint64 time_ns)
{
    guint length = (guint)octets.left;
    Mark *mark;

    nf_backlog_settle (backlog);
    if (length == 0)
        return;
    if (!backlog->octets)
        backlog->octets = g_byte_array_new ();
    mark = g_new (Mark, 1);
    mark->end = backlog->place + backlog->octets->len + length;
    mark->packet = packet;
    mark->time_ns = time_ns;
    g_queue_push_tail (&backlog->marks, mark);
    g_byte_array_append (backlog->octets, nf_reader_take (&octets, length), length);
}

static void
drop_marks (NfBacklog *b)
{
    const Mark *first;

    while ((first = g_queue_peek_head (&b->marks)) != NULL && first->end <= b->place)
        g_free (g_queue_pop_head (&b->marks));
}

gsize
nf_backlog_drop (NfBacklog *backlog, guint64 length)
{
    gsize n = (gsize)MIN (length, nf_backlog_rest (backlog).left);

    backlog->taken += n;
    backlog->place += n;
    drop_marks (backlog);
    return n;
}

/* Lists the frames of the next `length` octets, each once, and notes the one that came last. */
static void
list_frames (NfBacklog *b, gsize length, NfDatagram *datagram)
{
    guint64 last = 0;

    datagram->packet = 0;
    for (const GList *at = b->marks.head; at; at = at->next) {
        const Mark *mark = at->data;

        if (mark->packet >= datagram->packet) {
            datagram->packet = mark->packet;
            datagram->time_ns = mark->time_ns;
        }
        if (mark->packet != last)
            g_array_append_val (b->frames, mark->packet);
        last = mark->packet;
        if (mark->end >= b->place + length)
            return;
    }
}

void
nf_backlog_hand_out (NfBacklog *backlog, gsize length, NfDatagram *datagram)
{
    NfReader r = nf_backlog_rest (backlog);

    if (!backlog->frames)
        backlog->frames = g_array_new (FALSE, FALSE, sizeof (guint64));
    g_array_set_size (backlog->frames, 0);
    list_frames (backlog, length, datagram);
    datagram->length = length;
    datagram->octets = nf_reader_take (&r, length);
    if (backlog->frames->len > 1 ||
        (backlog->frames->len == 1 &&
         g_array_index (backlog->frames, guint64, 0) != datagram->packet)) {
        datagram->frames = (const guint64 *)(const void *)backlog->frames->data;
        datagram->n_frames = backlog->frames->len;
    }
    nf_backlog_drop (backlog, length);
}
