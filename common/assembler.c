/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DATA chunks of SCTP -> Messages. */
#include "assembler.h"

#include "message.h"

/* Octets of a user message: no Message has more than 65,535, and few senders put several into one.
 */
#define MAX_USER_MESSAGE (1 << 20)

void
nf_assembler_init (NfAssembler *assembler)
{
    *assembler = (NfAssembler){.is_late = TRUE};
    nf_backlog_init (&assembler->backlog);
}

void
nf_assembler_clear (NfAssembler *assembler)
{
    nf_backlog_clear (&assembler->backlog);
}

/* Is done with the user message at hand; what is left of it is told with the gap. */
static void
end_message (NfAssembler *a)
{
    a->skipped += nf_backlog_drop (&a->backlog, G_MAXUINT64);
    a->is_open = a->is_whole = a->is_broken = a->is_cut = FALSE;
    a->wire_length = 0;
}

void
nf_assembler_add (NfAssembler *assembler, const NfPiece *chunk)
{
    NfAssembler *a = assembler;

    if (a->is_encrypted)
        return;
    if (chunk->begins) {
        end_message (a);
        a->is_open = TRUE;
        a->stream = chunk->stream;
    }
    if (!a->is_open || a->wire_length + chunk->wire_length > MAX_USER_MESSAGE) {
        end_message (a);
        a->skipped += chunk->wire_length;
        return;
    }
    a->wire_length += chunk->wire_length;
    if (!a->is_cut)
        nf_backlog_add (&a->backlog, chunk->octets, chunk->packet, chunk->time_ns);
    a->is_cut |= chunk->octets.left < chunk->wire_length;
    a->is_whole = chunk->ends;
}

/* Nothing more will come of the user message at hand. */
static void
break_off (NfAssembler *a)
{
    if (a->is_open && !a->is_whole)
        a->is_whole = a->is_broken = TRUE;
}

void
nf_assembler_add_hole (NfAssembler *assembler, guint64 chunks)
{
    if (assembler->is_encrypted)
        return;
    assembler->hole += chunks;
    break_off (assembler);
}

void
nf_assembler_end (NfAssembler *assembler)
{
    assembler->at_end = TRUE;
    break_off (assembler);
}

static void
hand_out_gap (NfAssembler *a, NfDatagram *d)
{
    d->gap = (NfGap){.missing = a->missing, .skipped = a->skipped, .at_start = a->is_late};
    a->missing = a->skipped = 0;
}

/* Octets on the wire of the Message that is next in the user message. */
static guint64
length_of_next (const NfAssembler *a, NfReader r)
{
    NfReader header = r;
    guint16 version = nf_reader_u16 (&header);
    gsize length = nf_message_length (r.at, r.left);

    if (version != 10 || length == 0 || length == NF_NO_MESSAGE)
        return a->wire_length;
    return a->is_broken ? length : MIN (length, a->wire_length);
}

/* Hands out the next Message of the user message. Returns FALSE where nothing is left of it. */
static gboolean
hand_out (NfAssembler *a, NfDatagram *d)
{
    NfReader r = nf_backlog_rest (&a->backlog);
    guint64 length = length_of_next (a, r);
    NfMessage message;
    NfFinding trouble;

    if (r.left == 0) {
        a->skipped += a->wire_length;
        end_message (a);
        return FALSE;
    }
    if (!nf_message_read (&message, r.at, r.left, (gsize)length, &trouble))
        a->is_encrypted = a->is_late && trouble.id == NF_FINDING_MESSAGE_ENCRYPTED_DTLS;
    hand_out_gap (a, d);
    d->gap.behind = length > r.left && a->is_broken && a->hole > 0;
    a->is_late = FALSE;
    a->wire_length -= MIN (length, a->wire_length);
    d->stream = a->stream;
    d->wire_length = (gsize)length;
    nf_backlog_hand_out (&a->backlog, MIN ((gsize)length, r.left), d);
    return TRUE;
}

gboolean
nf_assembler_take (NfAssembler *assembler, NfDatagram *datagram)
{
    NfAssembler *a = assembler;

    if (a->is_whole && hand_out (a, datagram))
        return TRUE;
    a->missing += a->hole;
    a->hole = 0;
    if (!a->at_end || a->missing + a->skipped == 0)
        return FALSE;
    hand_out_gap (a, datagram); /* no Message follows it */
    return TRUE;
}
