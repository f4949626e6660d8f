/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DATA chunks of SCTP through nf_capture_frame(): several in a packet, user messages in several
 * chunks, out of order, missing, abandoned, of several associations and addresses.
 */
#include "packet.h"

#include "common/message.h"

#include <stdlib.h>
#include <string.h>

#define START (G_GINT64_CONSTANT (1700000000) * G_GINT64_CONSTANT (1000000000))

/*
 * A packet is written as its chunks with + between them. A chunk is its number, then what it has:
 *   mN  Message N       <N >N  its first half, its second half     =N  Messages N and N + 1
 *   -   nothing         x      octets that are no Message          d   DTLS     v  NetFlow v9
 *   f   no data: it is FORWARD TSN
 * and then what applies: sN stream, tN tag, hN last octet of the sender's address, cN octets cut
 * off by the snap length. "elsewhere" before them: to a port where no export is expected. In the
 * transcript a Message is m and its number, "/" and the octets captured where it is cut ("+": by a
 * gap that is told), ":" its stream where that is not 0, "@" the frames it came in where those are
 * not the last one so far, and before it in brackets missing chunks and skipped octets; "v" is
 * NetFlow v9, "x" a datagram that is no Message, "-" a gap that none follows.
 */
typedef struct {
    const char *name;
    const char *packets;
    const char *expected;
} Scenario;

static const Scenario scenarios[] = {
    {"one-each", "1m0 2m1 3m2", "m0 m1 m2"},
    {"bundled", "1m0+2m1 3m2+4m3", "m0,m1 m2,m3"},
    {"streams", "1m0s1+2m1s7 3m2", "m0:1,m1:7 m2"},
    {"fragmented", "1<0 2>0 3m1", ". m0@1,2 m1"},
    {"fragmented-bundled", "1m0+2<1 3>1+4m2", "m0 m1@1,2,m2"},
    {"two-in-one", "1=0 2m2", "m0,m1 m2"},
    {"numbers-wrap", "4294967295m0 0m1 1m2", "m0 m1 m2"},
    {"out-of-order", "1m0 3m2 2m1 4m3", "m0 . m1,m2@2 m3"},
    {"fragments-out-of-order", "1m0 3>1 2<1", "m0 . m1@3,2"},
    {"repeated", "1m0 1m0 2m1 1m0+2m1+3m2", "m0 . m1 m2"},
    {"nothing-in-it", "1m0 2- 3m1", "m0 . m1"},

    {"missing", "1m0 3m2 4m3", "m0 . .; [1+0]m2@2,m3"},
    {"missing-first-part", "1m0 3>1 4m2", "m0 . .; [1+18]m2"},
    {"missing-last-part", "1m0 2<1 4m2", "m0 . .; m1/18+@2,[1+0]m2"},
    {"next-begins-too-soon", "1m0 2<1 3m2", "m0 . [0+18]m2"},
    {"joined-within", "2>1 3m2", ". [^0+18]m2"},
    {"ends-within", "1m0 2<1", "m0 .; m1/18"},
    {"abandoned", "1m0 3m2 2f", "m0 . [1+0]m2@2"},
    {"abandoned-at-end", "1m0 5f", "m0 .; [4+0]-"},
    {"forward-says-nothing", "1m0 1f 2m1", "m0 . m1"},
    {"snap", "1m0c10 2m1", "m0/26 m1"},
    {"snap-bundled", "1m0+2m1c40 3m2", "m0 .; [1+0]m2"},
    {"snap-first-part", "1<0c4 2>0 3m1", ". m0/16@1 m1"},

    {"another-tag", "1m0t5 1m0t6 2m1t5", "m0 m0 m1"},
    {"several-addresses", "1m0t5 2m1t5h3 3m2t5", "m0 m1 m2"},
    {"addresses-without-tag", "1m0 2m1h3 2m1", "m0 m1 m1"},
    {"begins-again", "100000m0 100001m1 1m0", "m0 m1 m0"},

    {"no-message", "1x 2m0", "x m0"},
    {"netflow9", "1v 2v", "v v"},
    {"encrypted", "1d 2d 3d", "x . ."},
    {"elsewhere", "elsewhere 1x 2m0 3x", ". m0 x"},
};

static void
add_payload (GByteArray *payload, char what, guint32 i)
{
    static const char dtls[] = "\x16\xfe\xfd\0\0\0\0\0\0\0\0\0\5hello";
    static const char v9[] =
        "\0\x09\0\1\0\0\0\1\x65\x53\xf1\0\0\0\0\0\0\0\0\1\0\0\0\x0c\1\0\0\1\0\1\0\4";

    switch (what) {
    case 'x':
        g_byte_array_append (payload, (const guint8 *)"what is this", 12);
        return;
    case 'd':
        g_byte_array_append (payload, (const guint8 *)dtls, sizeof dtls - 1);
        return;
    case 'v':
        g_byte_array_append (payload, (const guint8 *)v9, sizeof v9 - 1);
        return;
    case '-':
        return;
    default:
        packet_add_message (payload, i);
    }
    if (what == '=')
        packet_add_message (payload, i + 1);
    if (what == '<')
        g_byte_array_set_size (payload, PACKET_MESSAGE / 2);
    if (what == '>')
        g_byte_array_remove_range (payload, 0, PACKET_MESSAGE / 2);
}

typedef struct {
    guint32 number, message, tag, host, stream, cut;
    char what;
} Chunk;

static Chunk
read_chunk (const char *text)
{
    Chunk chunk = {.host = 1};
    char *at;

    chunk.number = (guint32)strtoul (text, &at, 10);
    chunk.what = *at++;
    chunk.message = (guint32)strtoul (at, &at, 10);
    while (*at) {
        guint32 *field = *at == 's'   ? &chunk.stream
                         : *at == 't' ? &chunk.tag
                         : *at == 'h' ? &chunk.host
                                      : &chunk.cut;

        *field = (guint32)strtoul (at + 1, &at, 10);
    }
    return chunk;
}

static void
add_chunk (GByteArray *packet, const Chunk *chunk)
{
    g_autoptr (GByteArray) payload = g_byte_array_new ();

    if (chunk->what == 'f') {
        packet_add_forward (packet, chunk->number);
        return;
    }
    add_payload (payload, chunk->what, chunk->message);
    packet_add_data (packet, (chunk->what == '<' ? 0 : 1) | (chunk->what == '>' ? 0 : 2),
                     chunk->number, (guint16)chunk->stream, payload->data, payload->len);
}

static void
play_packet (NfCapture *capture, const char *text, guint16 port, guint64 number)
{
    g_auto (GStrv) chunks = g_strsplit (text, "+", -1);
    Chunk first = read_chunk (chunks[0]);
    g_autoptr (GByteArray) packet = packet_sctp ((guint8)first.host, port, first.tag);
    guint cut = 0;

    for (guint i = 0; chunks[i]; i++) {
        Chunk chunk = read_chunk (chunks[i]);

        add_chunk (packet, &chunk);
        cut = chunk.cut;
    }
    packet_feed (capture, packet, cut, START, number);
}

static void
add_datagram (GString *text, const NfDatagram *d, guint64 last)
{
    g_autoptr (GByteArray) original = g_byte_array_new ();
    NfMessage m;
    NfFinding trouble;

    g_assert_cmpint (d->transport, ==, NF_TRANSPORT_SCTP);
    if (d->gap.missing + d->gap.skipped > 0)
        g_string_append_printf (text, "[%s%" G_GUINT64_FORMAT "+%" G_GUINT64_FORMAT "]",
                                d->gap.at_start ? "^" : "", d->gap.missing, d->gap.skipped);
    if (d->wire_length == 0) {
        g_string_append_c (text, '-');
        return;
    }
    if (!nf_message_read (&m, d->octets, d->length, d->wire_length, &trouble) || m.version != 10) {
        g_string_append_c (text, m.version == 9 ? 'v' : 'x');
        return;
    }
    packet_add_message (original, m.sequence);
    g_assert_cmpuint (d->wire_length, ==, PACKET_MESSAGE);
    g_assert_true (memcmp (d->octets, original->data, d->length) == 0);
    g_string_append_printf (text, "m%u", m.sequence);
    if (d->length < d->wire_length)
        g_string_append_printf (text, "/%zu%s", d->length, d->gap.behind ? "+" : "");
    if (d->stream != 0)
        g_string_append_printf (text, ":%u", d->stream);
    for (guint i = 0; i < d->n_frames; i++) {
        g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i ? "," : "@", d->frames[i]);
        g_assert_cmpuint (d->frames[i], <=, d->packet);
    }
    if (d->n_frames == 0 && d->packet != last)
        g_string_append_printf (text, "@%" G_GUINT64_FORMAT, d->packet);
}

static void
take_all (GString *text, NfCapture *capture, gboolean at_end, guint64 last)
{
    NfDatagram d;
    guint n = 0;

    while (nf_capture_take_message (capture, at_end, &d)) {
        if (n++ > 0)
            g_string_append_c (text, ',');
        add_datagram (text, &d, last);
    }
    if (n == 0 && !at_end)
        g_string_append_c (text, '.');
}

static char *
play (const char *scenario)
{
    g_auto (GStrv) packets = g_strsplit (scenario, " ", -1);
    g_autoptr (GString) rest = g_string_new (NULL);
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    GString *text = g_string_new (NULL);
    guint16 port = strstr (scenario, "elsewhere") ? 80 : 4739;
    guint64 n = 0;

    for (guint i = 0; packets[i]; i++) {
        if (!g_ascii_isdigit (*packets[i]))
            continue;
        play_packet (capture, packets[i], port, ++n);
        if (n > 1)
            g_string_append_c (text, ' ');
        take_all (text, capture, FALSE, n);
    }
    take_all (rest, capture, TRUE, n);
    if (rest->len > 0)
        g_string_append_printf (text, "; %s", rest->str);
    nf_capture_free (capture);
    return g_string_free (text, FALSE);
}

static void
test_scenario (gconstpointer data)
{
    const Scenario *scenario = data;
    g_autofree char *text = play (scenario->packets);

    g_assert_cmpstr (text, ==, scenario->expected);
}

/* A user message in more chunks than any Message needs is not gathered. */
static void
test_endless (void)
{
    static guint8 octets[1400];
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    guint64 skipped = 0;
    NfDatagram d;

    for (guint32 i = 0; i < 2000; i++) {
        g_autoptr (GByteArray) packet = packet_sctp (1, 4739, 1);

        packet_add_data (packet, i == 0 ? 2 : i == 1999 ? 1 : 0, i, 0, octets, sizeof octets);
        packet_feed (capture, packet, 0, START, i + 1);
        g_assert_false (nf_capture_take_message (capture, FALSE, &d));
    }
    while (nf_capture_take_message (capture, TRUE, &d))
        skipped += d.gap.skipped;
    g_assert_cmpuint (skipped, ==, 2000 * sizeof octets);
    nf_capture_free (capture);
}

/* The tag tells the connection. */
static void
test_connection (void)
{
    g_autoptr (GByteArray) payload = g_byte_array_new ();
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfDatagram d;

    packet_add_message (payload, 0);
    for (guint32 tag = 7; tag < 9; tag++) {
        g_autoptr (GByteArray) packet = packet_sctp (1, 4739, tag);

        packet_add_data (packet, 3, 1, 5, payload->data, payload->len);
        packet_feed (capture, packet, 0, START, tag);
        g_assert_true (nf_capture_take_message (capture, FALSE, &d));
        g_assert_cmpuint (d.connection, ==, tag);
        g_assert_cmpuint (d.stream, ==, 5);
        g_assert_cmpuint (d.packet, ==, tag);
        g_assert_cmpuint (d.message, ==, 1);
        g_assert_cmpuint (d.exporter.address[3], ==, 1);
        g_assert_cmpuint (d.collector.port, ==, 4739);
    }
    nf_capture_free (capture);
}

/* Chunks at random, cut anywhere, with any length in their headers. */
static void
test_mutations (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (13);
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfDatagram d;
    guint n = 0;

    for (guint i = 0; i < 50000; i++) {
        g_autoptr (GByteArray) packet =
            packet_sctp (1, 4739, (guint32)g_rand_int_range (random, 0, 3));

        for (gint chunks = g_rand_int_range (random, 1, 5); chunks > 0; chunks--) {
            const Chunk chunk = {.number = i / 4 + (guint32)g_rand_int_range (random, 0, 4),
                                 .what = "mm<>=-xf"[g_rand_int_range (random, 0, 8)]};

            add_chunk (packet, &chunk);
        }
        for (gint changes = g_rand_int_range (random, 0, 3); changes > 0; changes--)
            packet->data[g_rand_int_range (random, 32, (gint32)packet->len)] =
                (guint8)g_rand_int_range (random, 0, 256);
        packet_feed (capture, packet, (guint)g_rand_int_range (random, 0, 20), START, i + 1);
        while (nf_capture_take_message (capture, FALSE, &d)) {
            g_assert_cmpuint (d.length, <=, d.wire_length);
            n++;
        }
    }
    while (nf_capture_take_message (capture, TRUE, &d))
        n++;
    g_assert_cmpuint (n, >, 1000);
    nf_capture_free (capture);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++) {
        g_autofree char *path = g_strdup_printf ("/association/%s", scenarios[i].name);

        g_test_add_data_func (path, &scenarios[i], test_scenario);
    }
    g_test_add_func ("/association/endless", test_endless);
    g_test_add_func ("/association/connection", test_connection);
    g_test_add_func ("/association/mutations", test_mutations);
    return g_test_run ();
}
