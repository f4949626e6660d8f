/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzzer's input -> frames, as they are, as segments of a TCP connection, and as chunks of an
 * SCTP association; the Messages that come of them are learnt and walked.
 *
 * The input is IPv4 packets back to back, as golden samples of frames are; or it is the octets of a
 * stream, as those of Messages are. Its last octets say how that is divided, and what is lost.
 */
#include "tests/unit/packet.h"
#include "tests/unit/transcript.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* So many segments say all there is to say. */
#define MAX_SEGMENTS 64

#define FIRST 1000

/* What goes into a packet with its headers. */
#define MAX_USER_MESSAGE 65000

/* Of chunks (RFC 9260 3.3.1). */
enum { CHUNK_ENDS = 1, CHUNK_BEGINS = 2 };

typedef struct {
    NfCapture *capture;
    NfCollector *collector;
    guint64 packet;
    guint64 order;
    guint64 octets;        /* of Messages, missing and skipped */
    gboolean is_encrypted; /* what follows is not looked at */
} Run;

static void
begin (Run *run)
{
    *run = (Run){.capture = nf_capture_new (PACKET_LINK_TYPE),
                 .collector = nf_collector_new (transcript_registry (), NULL)};
}

/* Takes what came of the last frame, or of all. */
static void
take (Run *run, gboolean at_end)
{
    NfDatagram d;
    NfLostDatagram lost;
    NfMessage message;
    NfFinding trouble;

    while (nf_capture_take_message (run->capture, at_end, &d)) {
        g_assert_cmpuint (d.length, <=, d.wire_length);
        g_assert_cmpuint (d.packet, <=, run->packet);
        g_assert_cmpuint (d.message, >=, 1);
        g_assert_true (d.wire_length > 0 || d.gap.missing + d.gap.skipped > 0);
        for (guint i = 0; i < d.n_frames; i++)
            g_assert_cmpuint (d.frames[i], <=, run->packet);
        run->octets += d.wire_length + d.gap.missing + d.gap.skipped;
        if (!nf_message_read (&message, d.octets, d.length, d.wire_length, &trouble))
            run->is_encrypted |= trouble.id == NF_FINDING_MESSAGE_ENCRYPTED_TLS;
        d.order = ++run->order;
        nf_collector_learn (run->collector, &d, NULL);
        transcript_walk (NULL, run->collector, &d, NULL);
    }
    while (nf_capture_take_lost (run->capture, at_end, &lost))
        g_assert_cmpuint (lost.datagram.length, <=, lost.datagram.wire_length);
}

static void
end (Run *run)
{
    take (run, TRUE);
    nf_capture_free (run->capture);
    nf_collector_free (run->collector);
}

/* A frame from a heap block of its own, of which the last octets may be cut off. */
static void
feed (Run *run, const guint8 *octets, gsize length, gsize cut)
{
    g_autofree guint8 *copy = g_memdup2 (octets, length - cut);
    gint64 time_ns = (gint64)run->packet++ * G_GINT64_CONSTANT (1000000000);
    NfFrame frame;

    nf_capture_frame (run->capture, copy, length - cut, length, time_ns, run->packet, &frame);
    if (frame.kind == NF_FRAME_DATAGRAM)
        g_assert_cmpuint (frame.datagram.length, <=, frame.datagram.wire_length);
    take (run, FALSE);
}

static void
run_frames (const guint8 *data, gsize size)
{
    Run run;

    begin (&run);
    while (size > 0) {
        gsize length = size >= 4 ? (gsize)data[2] << 8 | data[3] : size;

        length = CLAMP (length, 1, size);
        feed (&run, data, length, data[length - 1] % 32 == 7 ? length / 4 : 0);
        data += length;
        size -= length;
    }
    end (&run);
}

/* The input as a connection; `how` decides the lengths of its segments and what becomes of each. */
static void
run_stream (const guint8 *data, gsize size, guint32 how, guint16 port)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (how);
    g_autoptr (GPtrArray) packets =
        g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
    guint longest = (guint)(size / MAX_SEGMENTS * 2 + 2 + how % 64);
    Run run;

    begin (&run);
    g_ptr_array_add (packets, packet_segment (4, port, FIRST, PACKET_SYN, data, 0));
    for (gsize at = 0; at < size;) {
        guint n = 1 + g_rand_int (rand) % longest;

        n = (guint)MIN (n, size - at);
        if (g_rand_int (rand) % 16 != 0)
            g_ptr_array_insert (
                packets, (gint)(packets->len - (packets->len > 1 ? g_rand_int (rand) % 2 : 0)),
                packet_segment (4, port, FIRST + 1 + (guint32)at, 0, data + at, n));
        at += n;
    }
    g_ptr_array_add (packets,
                     packet_segment (4, port, FIRST + 1 + (guint32)size, PACKET_FIN, data, 0));
    for (guint i = 0; i < packets->len; i++) {
        const GByteArray *packet = packets->pdata[i];

        feed (&run, packet->data, packet->len,
              g_rand_int (rand) % 16 == 0 ? (packet->len - 40) / 2 : 0);
    }
    take (&run, TRUE);
    /* nothing goes in silence: a Message cut by the end may claim more than there is */
    g_assert_true (port != 4739 || run.is_encrypted || run.octets >= size);
    end (&run);
}

/* Chunks of one user message, which has `n` octets at `data`, each in a packet of its own. */
static void
add_user_message (GPtrArray *packets, GRand *rand, guint32 *number, const guint8 *data, gsize n)
{
    guint16 stream = (guint16)(g_rand_int (rand) % 2);

    for (gsize at = 0; at < n;) {
        guint left = (guint)(n - at), part = 1 + g_rand_int (rand) % left;
        GByteArray *packet = packet_sctp (1, 4739, 77);

        if (g_rand_int (rand) % 2)
            part = left;
        packet_add_data (packet,
                         (at == 0 ? CHUNK_BEGINS : 0) | (part == left ? CHUNK_ENDS : 0) |
                             (g_rand_int (rand) % 32 ? 0 : CHUNK_ENDS),
                         (*number)++, stream, data + at, part);
        if (g_rand_int (rand) % 32 == 0)
            packet_add_forward (packet, *number + g_rand_int (rand) % 4);
        if (g_rand_int (rand) % 16)
            g_ptr_array_insert (
                packets, (gint)(packets->len - (packets->len ? g_rand_int (rand) % 2 : 0)), packet);
        else
            g_byte_array_unref (packet);
        at += part;
    }
}

/* The input as user messages, a Message each, as far as there are some. */
static void
run_association (const guint8 *data, gsize size, guint32 how)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (how);
    g_autoptr (GPtrArray) packets =
        g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
    guint32 number = how % 4 ? FIRST : G_MAXUINT32 - 3;
    Run run;

    while (size > 0 && packets->len < MAX_SEGMENTS) {
        gsize length = nf_message_extent (data, size);

        length = MIN (length > 0 ? length : size, MAX_USER_MESSAGE);
        add_user_message (packets, rand, &number, data, length);
        data += length;
        size -= length;
    }
    begin (&run);
    for (guint i = 0; i < packets->len; i++) {
        const GByteArray *packet = packets->pdata[i];

        feed (&run, packet->data, packet->len,
              g_rand_int (rand) % 16 == 0 ? (packet->len - 48) / 2 : 0);
    }
    end (&run);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
    guint32 how = 0;

    for (gsize i = size > 4 ? size - 4 : 0; i < size; i++)
        how = how << 8 | data[i];
    run_frames (data, size);
    run_stream (data, size, how, 4739);
    run_stream (data, size, how, 80);
    run_association (data, size, how);
    return 0;
}
