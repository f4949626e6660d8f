/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Octets of TCP -> Messages. */
#include "framer.h"

#include "message.h"

/* Octets by which it can be told what begins: of IPFIX up to its Length, of TLS the record header.
 */
#define TELLING 5

/* The least of a Message that can be decoded: its header. */
#define IPFIX_HEADER 16

/* What a look at the backlog came to. */
typedef enum {
    LOOK_DONE,  /* a Message is handed out */
    LOOK_AGAIN, /* look again, the mode has changed */
    LOOK_LATER  /* more octets are needed, or none are left */
} Look;

void
nf_framer_init (NfFramer *framer, NfFramerMode mode, gboolean is_expected)
{
    *framer =
        (NfFramer){.mode = mode, .is_expected = is_expected, .is_late = mode == NF_FRAMER_JOINS};
    nf_backlog_init (&framer->backlog);
}

void
nf_framer_clear (NfFramer *framer)
{
    nf_backlog_clear (&framer->backlog);
}

void
nf_framer_add (NfFramer *framer, NfReader octets, guint64 packet, gint64 time_ns)
{
    if (framer->mode != NF_FRAMER_IGNORES)
        nf_backlog_add (&framer->backlog, octets, packet, time_ns);
}

void
nf_framer_add_hole (NfFramer *framer, guint64 length)
{
    framer->hole += length;
}

void
nf_framer_end (NfFramer *framer)
{
    framer->at_end = TRUE;
}

/* Whether no octets will follow those in the backlog. */
static gboolean
is_cut (const NfFramer *f)
{
    return f->hole > 0 || f->at_end;
}

static void
skip (NfFramer *f, guint64 length)
{
    f->skipped += nf_backlog_drop (&f->backlog, length);
}

static void
hand_out_gap (NfFramer *f, NfDatagram *d)
{
    d->gap = (NfGap){.missing = f->missing, .skipped = f->skipped, .at_start = f->is_late};
    f->missing = f->skipped = 0;
}

static Look
hand_out (NfFramer *f, gsize length, gsize wire_length, NfDatagram *d)
{
    NfReader r = nf_backlog_rest (&f->backlog);
    NfMessage message;
    NfFinding trouble;

    if (nf_message_read (&message, r.at, length, wire_length, &trouble)) {
        f->export_time_s = message.version == 10 ? message.export_time_s : 0;
        hand_out_gap (f, d);
        f->is_late = FALSE;
    }
    d->wire_length = wire_length;
    nf_backlog_hand_out (&f->backlog, length, d);
    f->needed = 0;
    return LOOK_DONE;
}

static Look
turn (NfFramer *f, NfFramerMode mode)
{
    f->mode = mode;
    f->needed = 0;
    return LOOK_AGAIN;
}

static Look
wait_for (NfFramer *f, gsize needed)
{
    f->needed = needed;
    return LOOK_LATER;
}

/* At the beginning of a connection, or of what was captured of it. */
static Look
look_at_beginning (NfFramer *f, NfReader r, NfDatagram *d)
{
    NfMessage message;
    NfFinding trouble;

    if (r.left < TELLING && !is_cut (f))
        return wait_for (f, TELLING);

    gboolean is_encrypted = !nf_message_read (&message, r.at, r.left, r.left, &trouble) &&
                            trouble.id == NF_FINDING_MESSAGE_ENCRYPTED_TLS;
    gsize length = nf_message_length (r.at, r.left);

    if (f->mode == NF_FRAMER_JOINS && !is_encrypted)
        return turn (f, NF_FRAMER_SEARCHES);
    if (length != NF_NO_MESSAGE)
        return turn (f, NF_FRAMER_FOLLOWS);
    turn (f, is_encrypted ? NF_FRAMER_IGNORES : NF_FRAMER_SEARCHES);
    return f->is_expected ? hand_out (f, r.left, r.left, d) : LOOK_AGAIN;
}

/* The beginning of a Message of `length` octets, behind which octets are missing. The next one may
 * be found by its length all the same. */
static Look
hand_out_cut (NfFramer *f, gsize there, gsize length, NfDatagram *d)
{
    f->rest = length - there;
    f->is_told = there >= IPFIX_HEADER;
    if (f->is_told) {
        hand_out (f, there, length, d);
        d->gap.behind = f->hole > f->rest;
        return LOOK_DONE;
    }
    skip (f, there);
    if (f->at_end)
        f->missing += f->rest;
    return LOOK_LATER;
}

/* Where a Message should begin. */
static Look
follow (NfFramer *f, NfReader r, NfDatagram *d)
{
    gsize length = nf_message_length (r.at, r.left);

    if (length == NF_NO_MESSAGE || nf_message_is_stray (r.at, r.left, f->export_time_s))
        return turn (f, NF_FRAMER_SEARCHES);
    if (length > 0 && length <= r.left)
        return hand_out (f, length, length, d);
    if (!is_cut (f))
        return wait_for (f, MAX (length, TELLING));
    if (length == 0 && f->hole > 0)
        return turn (f, NF_FRAMER_SEARCHES);
    return hand_out_cut (f, r.left, MAX (length, IPFIX_HEADER), d);
}

static Look
search (NfFramer *f, NfReader r, guint64 arrival_s)
{
    const NfAround around = {.arrival_s = arrival_s, .export_s = f->export_time_s};
    gsize before, needed;
    NfFind found = nf_message_find (r.at, r.left, is_cut (f), around, &before, &needed);

    skip (f, before);
    return found == NF_FIND_HERE ? turn (f, NF_FRAMER_FOLLOWS) : wait_for (f, needed);
}

/* What there is of a Message that was cut before is of no use. */
static void
drop_rest (NfFramer *f)
{
    gsize n = nf_backlog_drop (&f->backlog, f->rest);

    f->rest -= n;
    f->skipped += f->is_told ? 0 : n;
}

static gboolean
look (NfFramer *f, guint64 arrival_s, NfDatagram *d)
{
    Look seen = LOOK_AGAIN;

    drop_rest (f);
    while (seen == LOOK_AGAIN) {
        NfReader r = nf_backlog_rest (&f->backlog);

        if (r.left == 0 || (r.left < f->needed && !is_cut (f)))
            return FALSE;
        switch (f->mode) {
        case NF_FRAMER_BEGINS:
        case NF_FRAMER_JOINS:
            seen = look_at_beginning (f, r, d);
            break;
        case NF_FRAMER_FOLLOWS:
            seen = follow (f, r, d);
            break;
        case NF_FRAMER_SEARCHES:
            seen = search (f, r, arrival_s);
            break;
        case NF_FRAMER_IGNORES:
            nf_backlog_drop (&f->backlog, r.left);
            return FALSE;
        }
    }
    return seen == LOOK_DONE;
}

/* Goes on behind a hole. One within a Message whose Length is known does no more harm. */
static void
pass_hole (NfFramer *f)
{
    guint64 within = MIN (f->hole, f->rest);

    if (f->mode != NF_FRAMER_IGNORES) {
        f->rest -= within;
        f->missing += f->is_told ? f->hole - within : f->hole;
        if (f->hole > within)
            turn (f, NF_FRAMER_SEARCHES);
    }
    f->hole = 0;
}

gboolean
nf_framer_take (NfFramer *framer, NfDatagram *datagram)
{
    guint64 arrival_s = (guint64)(datagram->time_ns / 1000000000);
    gboolean found;

    while (!(found = look (framer, arrival_s, datagram)) && framer->hole > 0)
        pass_hole (framer);
    if (found)
        return TRUE;
    if (!framer->at_end || framer->missing + framer->skipped == 0)
        return FALSE;
    hand_out_gap (framer, datagram); /* no Message follows it */
    return TRUE;
}
