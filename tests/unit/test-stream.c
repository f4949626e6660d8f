/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TCP segments and SCTP chunks through nf_capture_frame(): in any order, overlapping, repeated,
 * cut, missing, of several connections, of other protocols, too many.
 */
#include "packet.h"

#include "common/capture.h"
#include "common/message.h"

#include <stdlib.h>
#include <string.h>

#define SECOND     G_GINT64_CONSTANT (1000000000)
#define START      (G_GINT64_CONSTANT (1700000000) * SECOND)
#define N_MESSAGES 40

/*
 * What becomes of segments. One is written as its first octet and the one behind its last, counted
 * from the stream's start, then as it applies:
 *   S  SYN    F  FIN    R  RST    cN  the snap length cut N octets off    tN  seconds of capture
 * time !  octets that came before are others    bN  of a connection whose SYN had a number N higher
 * In the transcript a Message is m and its number, "/" and the octets captured where it is cut, "+"
 * where a gap behind it tells that, "@"
 * the frames it came in where those are not the last one so far, and before it in brackets what is
 * missing and what was skipped; "x" is a datagram that is no Message, "-" a gap that none follows.
 */
typedef struct {
    const char *name;
    const char *segments;
    const char *expected;
} Scenario;

static const Scenario scenarios[] = {
    {"one-each", "0-0S 0-36 36-72 72-108F", ". m0 m1 m2"},
    {"one-segment", "0-0S 0-108", ". m0,m1,m2"},
    {"octet-by-octet", "0-0S 0-1 1-2 2-3 3-4 4-5 5-36", ". . . . . . m0@2,3,4,5,6,7"},
    {"across", "0-0S 0-50 50-100 100-108", ". m0 m1@2,3 m2@3,4"},
    {"out-of-order", "0-0S 36-72 0-36 72-108", ". . m0,m1@2 m2"},
    {"backwards", "0-0S 72-108 36-72 0-36", ". . . m0,m1@3,m2@2"},
    {"repeated", "0-0S 0-36 0-36 36-72 0-72", ". m0 . m1 ."},
    {"overlap-keeps-first", "0-0S 0-36 72-108 60-108! 36-60", ". m0 . . m1@5,4,m2@3"},
    {"overlap-both-sides", "0-0S 36-50 20-60! 0-36 60-72", ". . . m0@4,3 m1@2,3,5"},
    {"longer-than-before", "0-0S 0-36 0-72", ". m0 m1"},
    {"syn-twice", "0-0S 0-0S 0-36 0-0S 36-72", ". . m0 . m1"},
    {"syn-with-data", "0-36S 36-72", "m0 m1"},
    {"fin-repeated", "0-0S 0-36F 36-36F 0-36F", ". m0 . ."},

    /* what is missing */
    {"hole-at-end", "0-0S 0-36 72-108", ". m0 .; [36+0]m2"},
    {"hole-in-message", "0-0S 0-36 36-56 60-72 72-108", ". m0 . . .; m1/20@3,m2"},
    {"hole-in-header", "0-0S 0-36 36-46 50-72 72-108", ". m0 . . .; [4+32]m2"},
    {"hole-over-header", "0-0S 0-36 36-56 80-108 108-144", ". m0 . . .; m1/20+@3,[8+28]m3"},
    {"hole-over-many", "0-0S 0-36 40-50 300-396", ". m0 . .; [254+34]m9,m10"},
    {"cut-at-once", "0-0S 0-3 36-72", ". . .; [33+3]m1"},
    {"first-missing", "0-0S 36-72 72-108", ". . .; [36+0]m1@2,m2"},
    {"hole-not-filled-in-time", "0-0S 0-36 72-108 108-144t11", ". m0 . [36+0]m2@3,m3"},
    {"hole-filled-in-time", "0-0S 0-36 72-108 36-72t11 108-144t11", ". m0 . m1,m2@3 m3"},
    {"hole-closed-by-rst", "0-0S 0-36 72-108 108-108R", ". m0 . [36+0]m2@3"},
    {"hole-before-fin", "0-0S 0-36 72-72F", ". m0 .; [36+0]-"},
    {"fin-before-hole", "0-0S 0-36 72-108F 36-72", ". m0 . m1,m2@3"},
    {"cut-by-end", "0-0S 0-36 36-60", ". m0 .; m1/24"},
    {"cut-by-fin", "0-0S 0-36 36-60F", ". m0 m1/24"},
    {"cut-by-rst", "0-0S 0-36 36-60 60-60R", ". m0 . m1/24@3"},
    {"cut-within-header", "0-0S 0-36 36-46F", ". m0 [26+10]-"},
    {"rst-with-text", "0-0S 0-36 36-60R", ". m0 ."},
    {"rst-of-somebody", "0-0S 0-36 10-10R 36-72", ". m0 . m1"},

    /* the snap length */
    {"snap", "0-0S 0-36c10 36-72 72-108c30", ". m0/26 m1 .; [30+6]-"},
    {"snap-to-header", "0-0S 0-108c60 108-144", ". m0 [60+12]m3"},

    /* connections that began before the capture */
    {"joined-at-message", "36-72 72-108", "m1 m2"},
    {"joined-within-message", "40-72 72-108", ". [^0+32]m2"},
    {"joined-far-from-message", "40-50 50-60 60-70 70-90 90-108", ". . . . [^0+32]m2@4,5"},
    {"joined-within-header", "1-80 80-180", "[^0+35]m1 m2@1,2,m3,m4"},
    {"joined-and-lost", "40-72 100-144", ". .; [^28+40]m3"},
    {"never-a-message", "40-50 50-60", ". .; [^0+20]-"},

    {"joined-before-syn", "0-36 0-0S 36-72", "m0 . m1"},

    /* several connections */
    {"syn-again", "0-0S 0-50 0-0Sb9999999 0-36b9999999", ". m0 [22+14]- m0"},
    {"data-behind-fin", "0-0S 0-36F 0-36b5000", ". m0 m0"},
    {"data-far-behind", "0-0S 0-36 0-36b4000000000", ". m0 m0"},

    /* what is no Message */
    {"garbage", "garbage 0-0S 0-128", ". m0,m1,[0+20]m2"},
    {"garbage-split", "garbage 0-0S 0-72 72-80 80-128", ". m0,m1 . [0+20]m2"},
    {"garbage-at-end", "garbage 0-0S 0-72 72-90F", ". m0,m1 [0+18]-"},
    {"like-version-1", "version-1 0-0S 0-272", ". m0,m1,[0+20]m2,m3,m4,m5,m6"},
    {"http", "http 0-0S 0-20 20-92", ". x20 m0,m1"},
    {"http-elsewhere", "http elsewhere 0-0S 0-30 30-92", ". . ."},
    {"http-joined", "http 0-20", ".; [^0+20]-"},
    {"tls", "tls 0-0S 0-20 20-92 92-200", ". x20 . ."},
    {"tls-joined", "tls 0-20 20-92 92-200", "x20 . ."},
    {"tls-elsewhere", "tls elsewhere 0-0S 0-30 30-90 90-200", ". . . ."},

    /* where nobody expects export */
    {"elsewhere", "elsewhere 0-0S 0-36 36-60 60-72 72-108", ". m0 . m1@3,4 m2"},
    {"elsewhere-joined", "elsewhere 10-36 36-80 80-108", ". m1 m2@2,3"},
    {"elsewhere-longer-than-segment", "elsewhere 0-30 30-36", ". m0@1,2"},
    {"elsewhere-too-short-to-tell", "elsewhere 0-18 18-36 36-72", ". . m1"},
};

/* Octets that are no Messages, and before which Message they stand. */
static const struct {
    const char *word;
    guint before;
    char octets[24];
} others[] = {
    {"garbage", 2, "\0\x0bgarbage \0\x0a\0\x0b what"},
    {"version-1", 2, "\0\1\0\4 of something else"},
    {"http", 0, "GET / HTTP/1.1\r\nHost"},
    {"tls", 0, "\x16\3\1\0\x50\1\0\0\x4c\3\3 hello !!!"},
};

static GByteArray *
make_stream (const char *words)
{
    GByteArray *stream = g_byte_array_new ();

    for (guint i = 0; i < N_MESSAGES; i++) {
        for (gsize k = 0; k < G_N_ELEMENTS (others); k++)
            if (i == others[k].before && g_str_has_prefix (words, others[k].word))
                g_byte_array_append (stream, (const guint8 *)others[k].octets, 20);
        packet_add_message (stream, i);
    }
    return stream;
}

static void
add_gap (GString *text, const NfGap *gap)
{
    if (gap->missing + gap->skipped > 0)
        g_string_append_printf (text, "[%s%" G_GUINT64_FORMAT "+%" G_GUINT64_FORMAT "]",
                                gap->at_start ? "^" : "", gap->missing, gap->skipped);
}

/* The frames, of which the last one to come is the Message's own and tells its time. `times` are
 * those of the packets so far. */
static void
add_frames (GString *text, const NfDatagram *d, const GArray *times)
{
    guint64 last = d->n_frames == 0 ? d->packet : 0;

    for (guint i = 0; i < d->n_frames; i++) {
        g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i ? "," : "@", d->frames[i]);
        last = MAX (last, d->frames[i]);
    }
    if (d->n_frames == 0 && d->packet != times->len)
        g_string_append_printf (text, "@%" G_GUINT64_FORMAT, d->packet);
    g_assert_cmpuint (d->packet, ==, last);
    g_assert_cmpint (d->time_ns, ==, g_array_index (times, gint64, last - 1));
}

static void
add_datagram (GString *text, const NfDatagram *d, const GArray *times)
{
    g_autoptr (GByteArray) original = g_byte_array_new ();
    NfMessage m;
    NfFinding trouble;

    add_gap (text, &d->gap);
    if (d->wire_length == 0) {
        g_string_append_c (text, '-');
        return;
    }
    if (!nf_message_read (&m, d->octets, d->length, d->wire_length, &trouble)) {
        g_string_append_printf (text, "x%zu", d->length);
        return;
    }
    packet_add_message (original, m.sequence);
    g_assert_cmpuint (d->wire_length, ==, PACKET_MESSAGE);
    g_assert_true (memcmp (d->octets, original->data, d->length) == 0);
    g_string_append_printf (text, "m%u", m.sequence);
    if (d->length < d->wire_length)
        g_string_append_printf (text, "/%zu%s", d->length, d->gap.behind ? "+" : "");
    add_frames (text, d, times);
}

/* Takes all Messages there are now; a dot where there is none. */
static void
take_all (GString *text, NfCapture *capture, gboolean at_end, const GArray *times)
{
    NfDatagram d;
    guint n = 0;

    while (nf_capture_take_message (capture, at_end, &d)) {
        if (n++ > 0)
            g_string_append_c (text, ',');
        add_datagram (text, &d, times);
        g_assert_cmpuint (d.packet, <=, times->len);
        g_assert_cmpuint (d.message, >, 0);
    }
    if (n == 0 && !at_end)
        g_string_append_c (text, '.');
}

typedef struct {
    guint start, end;
    guint flags, cut, time_s;
    guint32 base;
    gboolean change;
} Step;

static Step
read_step (const char *text)
{
    static const char letters[] = "FSR";
    Step step = {0};
    char *at;

    step.start = (guint)strtoul (text, &at, 10);
    g_assert_cmpint (*at, ==, '-');
    step.end = (guint)strtoul (at + 1, &at, 10);
    while (*at) {
        char letter = *at++;
        const char *flag = strchr (letters, letter);
        guint32 number = g_ascii_isdigit (*at) ? (guint32)strtoul (at, &at, 10) : 0;

        if (flag)
            step.flags |= 1u << (flag - letters);
        else if (letter == '!')
            step.change = TRUE;
        else
            *(letter == 'c' ? &step.cut : letter == 't' ? &step.time_s : &step.base) = number;
    }
    return step;
}

/* Returns when it came. */
static gint64
play_step (NfCapture *capture, const GByteArray *stream, guint8 *seen, const char *text, int family,
           guint16 port, guint32 first, guint64 number)
{
    Step step = read_step (text);
    guint length = step.end - step.start;
    g_autofree guint8 *octets = g_memdup2 (stream->data + step.start, length + 1);
    guint32 sequence = first + step.base + step.start + (step.flags & PACKET_SYN ? 0 : 1);

    for (guint i = 0; i < length; i++)
        if (step.change && seen[step.start + i])
            octets[i] ^= 0xff;
    memset (seen + step.start, 1, length);
    g_autoptr (GByteArray) packet =
        packet_segment (family, port, sequence, step.flags, octets, length);
    packet_feed (capture, packet, step.cut, START + step.time_s * SECOND, number);
    return START + step.time_s * SECOND;
}

static char *
play (const char *segments, int family, guint32 first)
{
    g_auto (GStrv) steps = g_strsplit (segments, " ", -1);
    g_autoptr (GByteArray) stream = make_stream (segments);
    g_autofree guint8 *seen = g_malloc0 (stream->len);
    g_autoptr (GString) rest = g_string_new (NULL);
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    GString *text = g_string_new (NULL);
    guint16 port = strstr (segments, "elsewhere") ? 80 : 4739;
    g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

    for (guint i = 0; steps[i]; i++) {
        gint64 time_ns;

        if (!g_ascii_isdigit (*steps[i]))
            continue;
        time_ns = play_step (capture, stream, seen, steps[i], family, port, first, times->len + 1);
        g_array_append_val (times, time_ns);
        if (times->len > 1)
            g_string_append_c (text, ' ');
        take_all (text, capture, FALSE, times);
    }
    take_all (rest, capture, TRUE, times);
    if (rest->len > 0)
        g_string_append_printf (text, "; %s", rest->str);
    nf_capture_free (capture);
    return g_string_free (text, FALSE);
}

/* Whatever the first sequence number: they wrap in any place. */
static void
test_scenarios (void)
{
    static const guint32 firsts[] = {0, 1000, G_MAXUINT32, G_MAXUINT32 - 40, G_MAXUINT32 - 100};

    for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
        for (int family = 4; family <= 6; family += 2)
            for (gsize k = 0; k < G_N_ELEMENTS (firsts); k++) {
                g_test_message ("%s, IPv%d, from %u", scenarios[i].name, family, firsts[k]);
                g_autofree char *text = play (scenarios[i].segments, family, firsts[k]);
                g_assert_cmpstr (text, ==, scenarios[i].expected);
            }
}

/* What a stream at random has given so far. */
typedef struct {
    GArray *times;    /* gint64: of the packets */
    GHashTable *seen; /* packets and numbers of Messages in them */
    guint64 octets;   /* of Messages, missing and skipped */
    gint64 last;      /* Message */
} Given;

/* Takes all there is. Returns how many Messages were whole. */
static guint
take_octets (NfCapture *capture, gboolean at_end, Given *given)
{
    NfDatagram d;
    guint whole = 0;

    while (nf_capture_take_message (capture, at_end, &d)) {
        g_autoptr (GString) text = g_string_new (NULL);

        given->octets += d.wire_length + d.gap.missing + d.gap.skipped;
        if (d.wire_length == 0)
            continue;
        add_datagram (text, &d, given->times);
        g_assert_true (
            g_hash_table_add (given->seen, GUINT_TO_POINTER (d.packet << 8 | d.message)));
        g_assert_cmpint (atoll (strchr (text->str, 'm') + 1), >, given->last);
        given->last = atoll (strchr (text->str, 'm') + 1);
        whole += d.length == d.wire_length;
    }
    return whole;
}

/* A stream in segments of any size, some of them lost, cut, twice or late. */
static guint
play_random (GRand *random, double trouble, guint64 *octets)
{
    g_autoptr (GByteArray) stream = make_stream ("");
    g_autoptr (GPtrArray) packets =
        g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    guint32 first = g_rand_int (random);
    g_autoptr (GArray) came = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
    Given given = {.times = came, .seen = seen, .last = -1};
    guint whole = 0;

    g_ptr_array_add (packets, packet_segment (4, 4739, first, PACKET_SYN, stream->data, 0));
    for (guint at = 0, n; at < stream->len; at += n) {
        n = (guint)g_rand_int_range (random, 1, 100);
        n = MIN (n, stream->len - at);
        for (guint times = 1 + (g_rand_double (random) < 0.1); times > 0; times--)
            if (g_rand_double (random) >= trouble)
                g_ptr_array_add (packets,
                                 packet_segment (4, 4739, first + 1 + at, 0, stream->data + at, n));
    }
    g_ptr_array_add (
        packets, packet_segment (4, 4739, first + 1 + stream->len, PACKET_FIN, stream->data, 0));
    for (guint i = 1; i + 2 < packets->len; i++) {
        guint with = i + (guint)g_rand_int_range (random, 0, 4);
        gpointer packet = packets->pdata[i];

        with = MIN (with, packets->len - 2);
        packets->pdata[i] = packets->pdata[with];
        packets->pdata[with] = packet;
    }
    for (guint i = 0; i < packets->len; i++) {
        const GByteArray *packet = packets->pdata[i];
        guint cut = g_rand_double (random) < trouble ? (packet->len - 40) / 2 : 0;

        gint64 time_ns = START + i;

        packet_feed (capture, packet, cut, time_ns, i + 1);
        g_array_append_val (came, time_ns);
        whole += take_octets (capture, FALSE, &given);
    }
    whole += take_octets (capture, TRUE, &given);
    *octets = given.octets;
    nf_capture_free (capture);
    return whole;
}

/* Each octet is one of a Message, missing or skipped, and where there is no trouble all come. */
static void
test_random (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (11);
    guint most = 0;

    for (guint i = 0; i < 2000; i++) {
        guint64 octets = 0;
        double trouble = i % 4 * 0.03;
        guint whole = play_random (random, trouble, &octets);

        g_assert_cmpuint (octets, ==, N_MESSAGES * PACKET_MESSAGE);
        g_assert_true (trouble > 0 || whole == N_MESSAGES);
        most += whole;
    }
    g_assert_cmpuint (most, >, 2000 * N_MESSAGES / 2);
}

/* The largest Message, and that behind it. */
static void
test_largest (void)
{
    g_autoptr (GByteArray) stream = g_byte_array_new ();
    static const guint8 header[] = {0, 10, 0xff, 0xff, 0x65, 0x53, 0xf1, 0, 0,    0,
                                    0, 7,  0,    0,    0,    1,    1,    0, 0xff, 0xef};
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfDatagram d;

    g_byte_array_append (stream, header, sizeof header);
    while (stream->len < 65535)
        g_byte_array_append (stream, header, 1);
    packet_add_message (stream, 8);
    for (guint at = 0; at < stream->len; at += 1000) {
        g_autoptr (GByteArray) packet =
            packet_segment (4, 4739, 1 + at, 0, stream->data + at, MIN (1000, stream->len - at));

        g_assert_false (nf_capture_take_message (capture, FALSE, &d));
        packet_feed (capture, packet, 0, START, at / 1000 + 1);
    }
    g_assert_true (nf_capture_take_message (capture, FALSE, &d));
    g_assert_cmpuint (d.length, ==, 65535);
    g_assert_cmpuint (d.n_frames, ==, 66);
    g_assert_cmpuint (d.packet, ==, 66);
    g_assert_cmpuint (d.message, ==, 1);
    g_assert_true (nf_capture_take_message (capture, FALSE, &d));
    g_assert_cmpuint (d.length, ==, PACKET_MESSAGE);
    g_assert_cmpuint (d.message, ==, 2);
    g_assert_false (nf_capture_take_message (capture, TRUE, &d));
    nf_capture_free (capture);
}

/* Feeds `n` segments of `length` octets of stream, behind a hole. Returns how many it took until
 * the hole was given up. */
static guint
feed_behind_hole (guint n, guint length)
{
    g_autoptr (GByteArray) stream = make_stream ("");
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfDatagram d;
    guint i = 0;
    g_autoptr (GByteArray) syn = packet_segment (4, 4739, 0, PACKET_SYN, stream->data, 0);

    packet_feed (capture, syn, 0, START, 1);
    for (gboolean found = FALSE; !found && i < n; i++) {
        guint at = i * length % stream->len;
        g_autoptr (GByteArray) packet =
            packet_segment (4, 4739, 1 + stream->len + i * length, 0, stream->data + at, length);

        packet_feed (capture, packet, 0, START, i + 2);
        found = nf_capture_take_message (capture, FALSE, &d);
        g_assert_true (!found || d.gap.missing == stream->len);
        while (nf_capture_take_message (capture, FALSE, &d))
            g_assert_cmpuint (d.gap.missing, ==, 0);
    }
    nf_capture_free (capture);
    return i;
}

/* What waits behind a hole is bounded, in octets and in pieces. */
static void
test_hole_is_given_up (void)
{
    guint by_octets = feed_behind_hole (10000, 1440);
    guint by_pieces = feed_behind_hole (10000, 4);

    g_assert_cmpuint (by_octets, >, 2000);
    g_assert_cmpuint (by_octets, <, 3000);
    g_assert_cmpuint (by_pieces, >, 4000);
    g_assert_cmpuint (by_pieces, <, 4200);
}

/* Segments of `n` connections with the beginning of a Message of 65,535 octets. Returns for how
 * many of them a cut Message or a gap came before the end. */
static guint
flood (NfCapture *capture, guint n, guint length)
{
    g_autofree guint8 *octets = g_malloc0 (65535);
    NfDatagram d;
    guint early = 0;

    memcpy (octets, "\0\x0a\xff\xff\x65\x53\xf1\0\0\0\0\1\0\0\0\1\1\0\xff\xef", 20);
    for (guint i = 0; i < n; i++) {
        g_autoptr (GByteArray) packet = packet_segment (4, 4739, 0, PACKET_SYN, octets, length);

        packet->data[20] = (guint8)(i >> 8); /* the source port, */
        packet->data[21] = (guint8)i;
        packet->data[15] = (guint8)(i >> 16); /* and address */
        packet_feed (capture, packet, 0, START, i + 1);
        while (nf_capture_take_message (capture, FALSE, &d)) {
            g_assert_cmpuint (d.packet, ==, ++early);
            g_assert_true (d.length < d.wire_length || d.gap.missing > 0);
        }
    }
    return early;
}

static guint
count_rest (NfCapture *capture)
{
    NfDatagram d;
    guint n = 0;

    while (nf_capture_take_message (capture, TRUE, &d))
        n++;
    return n;
}

/* The stream that was silent longest goes where there are too many; where they hold too much, the
 * one that has held something for longest. Nothing goes in silence. */
static void
test_limits (void)
{
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    guint early = flood (capture, 20000, 10);

    g_assert_cmpuint (early, ==, 20000 - 16384);
    g_assert_cmpuint (count_rest (capture), ==, 16384);
    early = flood (capture, 2000, 60000);
    g_assert_cmpuint (early, >, 2000 - 1200);
    g_assert_cmpuint (early, <, 2000 - 1000);
    g_assert_cmpuint (count_rest (capture), ==, 2000 - early);
    nf_capture_free (capture);
}

/* Who wants none followed gets one at a time. */
static void
test_no_streams (void)
{
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfLimits limits = nf_default_limits;

    limits.max_streams = 0;
    nf_capture_limit (capture, &limits);
    g_assert_cmpuint (flood (capture, 10, 10), ==, 9);
    g_assert_cmpuint (count_rest (capture), ==, 1);
    nf_capture_free (capture);
}

/* A caller that takes nothing loses it, and no more. */
static void
test_nothing_taken (void)
{
    g_autoptr (GByteArray) stream = make_stream ("");
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfDatagram d;

    for (guint i = 0; i < 1000; i++) {
        g_autoptr (GByteArray) packet =
            packet_segment (4, 4739, i * stream->len, 0, stream->data, stream->len);

        packet_feed (capture, packet, 0, START, i + 1);
    }
    for (guint i = 0; i < N_MESSAGES; i++)
        g_assert_true (nf_capture_take_message (capture, FALSE, &d));
    g_assert_false (nf_capture_take_message (capture, TRUE, &d));
    nf_capture_free (capture);
}

static gboolean
is_9999 (guint16 port, gconstpointer data)
{
    return port == 9999 && data == NULL;
}

/* Where export is expected, a stream's beginning is told, whatever it is. */
static void
test_expected_ports (void)
{
    static const guint16 ports[] = {4739, 4740, 9999};

    for (guint i = 0; i < 2 * G_N_ELEMENTS (ports); i++) {
        g_autoptr (GByteArray) stream = make_stream ("http");
        g_autoptr (GByteArray) packet =
            packet_segment (4, ports[i / 2], 0, PACKET_SYN, stream->data, 20);
        NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
        NfDatagram d;

        if (i % 2 > 0)
            nf_capture_expect (capture, is_9999, NULL);
        packet_feed (capture, packet, 0, START, 1);
        g_assert_cmpint (nf_capture_take_message (capture, FALSE, &d), ==,
                         i % 2 > 0 ? ports[i / 2] == 9999 : ports[i / 2] < 9999);
        nf_capture_free (capture);
    }
}

/* Which connection: none before the first SYN, another one with each that follows. */
static void
test_connections (void)
{
    g_autoptr (GByteArray) stream = make_stream ("");
    NfCapture *capture = nf_capture_new (PACKET_LINK_TYPE);
    NfDatagram d;

    for (guint i = 0; i < 5; i++) {
        g_autoptr (GByteArray) packet =
            packet_segment (4, 4739, i * 1000, i ? PACKET_SYN : 0, stream->data, PACKET_MESSAGE);

        packet_feed (capture, packet, 0, START, i + 1);
        g_assert_true (nf_capture_take_message (capture, FALSE, &d));
        g_assert_cmpint (d.transport, ==, NF_TRANSPORT_TCP);
        g_assert_cmpuint (d.exporter.port, ==, 40000);
        g_assert_cmpuint (d.collector.port, ==, 4739);
        g_assert_cmpuint (d.connection, ==, i);
        g_assert_true (d.has_time);
        g_assert_cmpint (d.time_ns, ==, START);
    }
    nf_capture_free (capture);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/stream/scenarios", test_scenarios);
    g_test_add_func ("/stream/random", test_random);
    g_test_add_func ("/stream/largest", test_largest);
    g_test_add_func ("/stream/hole-is-given-up", test_hole_is_given_up);
    g_test_add_func ("/stream/limits", test_limits);
    g_test_add_func ("/stream/no-streams", test_no_streams);
    g_test_add_func ("/stream/nothing-taken", test_nothing_taken);
    g_test_add_func ("/stream/expected-ports", test_expected_ports);
    g_test_add_func ("/stream/connections", test_connections);
    return g_test_run ();
}
