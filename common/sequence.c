/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces in the order of their numbers. */
#include "sequence.h"

/* What may wait behind a hole: more than the windows of usual senders, so that a segment that the
 * network lost, and not the capture, has come again before. */
#define MAX_HELD (4 << 20)

/* Pieces that may wait: those of such a window, and few enough to be walked through for each one
 * that comes. */
#define MAX_PIECES 4096

/* A sender repeats what is lost after a second, and after 2, 4, 8 more (RFC 6298 5.5); what comes
 * behind it by then tells that it did. */
#define MAX_WAIT_NS (10 * G_GINT64_CONSTANT (1000000000))

void
nf_sequence_init (NfSequence *sequence, guint32 first)
{
    *sequence = (NfSequence){.next = (G_GUINT64_CONSTANT (1) << 32) + first};
    g_queue_init (&sequence->pieces);
}

void
nf_piece_free (NfPiece *piece)
{
    g_free (piece);
}

void
nf_sequence_clear (NfSequence *sequence)
{
    NfPiece *piece;

    while ((piece = g_queue_pop_head (&sequence->pieces)) != NULL)
        nf_piece_free (piece);
    sequence->held = 0;
}

guint64
nf_sequence_unwrap (const NfSequence *sequence, guint32 number)
{
    gint32 ahead = (gint32)(number - (guint32)sequence->next);

    return sequence->next + (guint64)(gint64)ahead;
}

static gsize
size_of (const NfPiece *piece)
{
    return sizeof *piece + piece->octets.left;
}

/* Inserts a copy of the part from number `from` to `to` before `place` in the queue, at its end
 * where that is NULL. Only where octets are numbered a piece can be taken apart. */
static void
insert_part (NfSequence *s, const NfPiece *piece, guint64 from, guint64 to, GList *place)
{
    NfReader octets = piece->octets;

    nf_reader_take (&octets, MIN ((gsize)(from - piece->start), octets.left));
    if (to < piece->end)
        octets.left = MIN (octets.left, (gsize)(to - from));

    gsize length = octets.left;
    NfPiece *part = g_malloc (sizeof *part + length);
    guint8 *copy = (guint8 *)(part + 1);

    *part = *piece;
    part->start = from;
    part->end = to;
    part->octets = nf_reader (copy, length, 0);
    if (length > 0)
        memcpy (copy, nf_reader_take (&octets, length), length);
    s->held += size_of (part);
    g_queue_insert_before (&s->pieces, place, part);
}

/* The first waiting piece that ends behind number `start`; most pieces come at the end. */
static GList *
find_place (const NfSequence *s, guint64 start)
{
    GList *place = NULL;

    for (GList *at = s->pieces.tail; at && ((const NfPiece *)at->data)->end > start; at = at->prev)
        place = at;
    return place;
}

gboolean
nf_sequence_add (NfSequence *sequence, const NfPiece *piece)
{
    guint64 at = MAX (piece->start, sequence->next);
    GList *place = find_place (sequence, at);
    gboolean is_new = FALSE;

    for (; place && at < piece->end; place = place->next) {
        const NfPiece *there = place->data;

        if (there->start > at) {
            insert_part (sequence, piece, at, MIN (piece->end, there->start), place);
            is_new = TRUE;
        }
        at = MAX (at, there->end);
    }
    if (at < piece->end) {
        insert_part (sequence, piece, at, piece->end, NULL);
        is_new = TRUE;
    }
    return is_new;
}

/* Whether what is missing before `first` has been waited for long enough. Capture time may go
 * back. */
static gboolean
is_overdue (const NfSequence *s, const NfPiece *first, gint64 now_ns)
{
    guint64 apart = now_ns > first->time_ns ? (guint64)now_ns - (guint64)first->time_ns
                                            : (guint64)first->time_ns - (guint64)now_ns;

    return s->held > MAX_HELD || s->pieces.length > MAX_PIECES || apart > MAX_WAIT_NS;
}

NfNext
nf_sequence_take (NfSequence *sequence, gint64 now_ns, gboolean at_end, NfPiece **piece,
                  guint64 *hole)
{
    NfPiece *first = g_queue_peek_head (&sequence->pieces);
    guint64 next = sequence->next;

    if (first && first->start == next) {
        g_queue_pop_head (&sequence->pieces);
        sequence->held -= size_of (first);
        sequence->next = first->end;
        *piece = first;
        return NF_NEXT_PIECE;
    }
    if (sequence->forward > next)
        sequence->next = first ? MIN (first->start, sequence->forward) : sequence->forward;
    else if (first && (at_end || is_overdue (sequence, first, now_ns)))
        sequence->next = first->start;
    else
        return NF_NEXT_NOTHING;
    *hole = sequence->next - next;
    return NF_NEXT_HOLE;
}
