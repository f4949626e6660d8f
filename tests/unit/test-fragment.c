/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fragments through nf_capture_frame(): in any order, overlapping, repeated, cut, missing, too
 * late, too many; each of IPv4 and of IPv6.
 */
#include "common/capture.h"

#include <stdlib.h>
#include <string.h>

#define RAW        12
#define SECOND     G_GINT64_CONSTANT (1000000000)
#define UDP_HEADER 8

/*
 * What becomes of fragments of a datagram of 40 octets, UDP header and all. A fragment is written
 * as its first octet and the one behind its last, then as it applies:
 *   +  more follow          cN  the snap length cut N octets off   iN  identification
 *   !  an octet is changed  tN  seconds of capture time
 * In the transcript, behind a fragment is what it caused to be given up, and behind "end" what was
 * given up then. #: frames.
 */
typedef struct {
    const char *name;
    const char *fragments;
    const char *expected;
} Scenario;

static const Scenario scenarios[] = {
    {"two", "0-16+ 16-40", "wait, whole 32/32 #1 #2, end"},
    {"last-first", "16-40 0-16+", "wait, whole 32/32 #2 #1, end"},
    {"repeated", "0-16+ 0-16+ 16-40", "wait, wait, whole 32/32 #1 #3, end"},
    {"repeated-when-whole", "0-16+ 16-40 0-16+ 16-40",
     "wait, whole 32/32 #1 #2, other fragment of a datagram that is whole already, "
     "other fragment of a datagram that is whole already, end"},
    {"identification-again", "0-16+ 16-40 0-16+! 16-40",
     "wait, whole 32/32 #1 #2, wait, whole 32/32 #3 #4, end"},
    {"identification-again-late", "0-16+ 16-40 0-16+t31 16-40t31",
     "wait, whole 32/32 #1 #2, wait, whole 32/32 #3 #4, end"},
    {"two-datagrams", "0-16+ 0-16+i1 16-40i1 16-40",
     "wait, wait, whole 32/32 #2 #3, whole 32/32 #1 #4, end"},
    {"overlap-equal", "0-24+ 16-32+ 32-40", "wait, wait, whole 32/32 #1 #2 #3, end"},
    {"overlap-within", "8-16+ 0-24+ 24-40", "wait, wait, whole 32/32 #2 #1 #3, end"},
    {"overlap-contradicts", "0-24+ 16-32+! 24-40",
     "wait, wait, wait, end, lost 4096 beginning 16, 16 of 32 #1"},
    {"repeated-contradicts", "8-32+ 8-32+! 32-40 0-8+",
     "wait, wait, wait, wait, end, lost 0 beginning 0, 24 of 0 #1"},
    {"two-ends", "16-40 16-32 0-16+", "wait, wait, wait, end, lost 0 beginning 0, 24 of 32 #1"},
    {"end-before-what-came", "24-32+ 16-24 0-16+",
     "wait, wait, wait, end, lost 0 beginning 0, 8 of 0 #1"},
    {"beyond-end", "16-32 24-40+ 0-16+", "wait, wait, wait, end, lost 0 beginning 0, 16 of 24 #1"},
    {"no-first", "16-32+ 32-40", "wait, wait, end, lost 0 beginning 0, 24 of 32 #1 #2"},
    {"no-last", "0-16+ 16-32+", "wait, wait, end, lost 4096 beginning 24, 24 of 32 #1 #2"},
    {"no-middle", "32-40 0-16+", "wait, wait, end, lost 4096 beginning 8, 16 of 32 #2 #1"},
    {"middle-alone", "16-32+", "wait, end, lost 0 beginning 0, 16 of 0 #1"},
    {"header-cut-alone", "0-16+c12 32-40", "wait, wait, end, lost 0 beginning 0, 20 of 32 #1 #2"},
    {"30-seconds", "0-16+ 16-40t30", "wait, whole 32/32 #1 #2, end"},
    {"31-seconds", "0-16+ 16-40t31",
     "wait, wait, lost 4096 beginning 8, 8 of 32 #1, end, lost 0 beginning 0, 24 of 32 #2"},
    {"time-back", "0-16+t100 16-40t80", "wait, whole 32/32 #1 #2, end"},
    {"time-far-back", "0-16+t100 16-40t60",
     "wait, wait, lost 4096 beginning 8, 8 of 32 #1, end, lost 0 beginning 0, 24 of 32 #2"},
    {"other-tells-time", "0-16+ 0-16+t31i1",
     "wait, wait, lost 4096 beginning 8, 8 of 32 #1, end, lost 4096 beginning 8, 8 of 32 #2"},
    {"first-cut", "0-16+c4 16-40", "wait, whole 4/32 #1 #2, end"},
    {"middle-cut", "0-16+ 16-32+c16 32-40", "wait, wait, whole 8/32 #1 #2 #3, end"},
    {"last-cut", "16-40c1 0-16+", "wait, whole 31/32 #2 #1, end"},
    {"header-cut", "0-16+c9 16-40", "wait, other cut before its UDP header, end"},
    {"odd-length", "0-12+", "other malformed fragment, end"},
    {"beyond-65535", "65528-65536", "other malformed fragment, end"},
};

static void
add_uint (GByteArray *packet, guint32 value, guint n)
{
    while (n-- > 0) {
        guint8 octet = (guint8)(value >> 8 * n);
        g_byte_array_append (packet, &octet, 1);
    }
}

/* An IP packet with `length` octets of a datagram's payload, from `start` on. */
static GByteArray *
make_packet (int family, guint id, guint start, gboolean more, guint8 protocol,
             const guint8 *octets, guint length)
{
    GByteArray *packet = g_byte_array_new ();

    if (family == 4) {
        add_uint (packet, 0x4500, 2);
        add_uint (packet, 20 + length, 2);
        add_uint (packet, id, 2);
        add_uint (packet, start / 8 | (more ? 0x2000 : 0), 2);
        add_uint (packet, 64, 1);
        add_uint (packet, protocol, 1);
        add_uint (packet, 0, 2);
        add_uint (packet, 0xc0000201, 4);
        add_uint (packet, 0xc0000202, 4);
    } else {
        add_uint (packet, 0x60000000, 4);
        add_uint (packet, 8 + length, 2);
        add_uint (packet, 44 << 8 | 64, 2);
        for (guint end = 1; end <= 2; end++) { /* fd00::1 to fd00::2 */
            add_uint (packet, 0xfd000000, 4);
            add_uint (packet, 0, 4);
            add_uint (packet, 0, 4);
            add_uint (packet, end, 4);
        }
        add_uint (packet, protocol, 1);
        add_uint (packet, 0, 1);
        add_uint (packet, start | (more ? 1 : 0), 2);
        add_uint (packet, id, 4);
    }
    g_byte_array_append (packet, octets, length);
    return packet;
}

/* Octets of a UDP datagram of `length` octets, header and all: each tells its place. */
static guint8 *
make_datagram (guint length, guint size)
{
    guint8 *octets = g_malloc (size);
    const guint8 header[] = {0x10, 0, 8, 7, (guint8)(length >> 8), (guint8)length, 0, 0};

    for (guint i = 0; i < size; i++)
        octets[i] = (guint8)(i ^ i >> 8);
    memcpy (octets, header, sizeof header);
    return octets;
}

/* Feeds a copy that ends where its memory ends. */
static void
feed (NfCapture *capture, const GByteArray *packet, guint captured, gint64 time_ns, guint64 number,
      NfFrame *frame)
{
    g_autofree guint8 *copy = g_memdup2 (packet->data, captured);

    nf_capture_frame (capture, copy, captured, packet->len, time_ns, number, frame);
    if (frame->kind == NF_FRAME_DATAGRAM && frame->datagram.n_frames == 0)
        frame->datagram.octets = NULL; /* was in the copy */
}

static void
add_frames (GString *text, const NfDatagram *d)
{
    for (guint i = 0; i < d->n_frames; i++)
        g_string_append_printf (text, " #%" G_GUINT64_FORMAT, d->frames[i]);
}

/* Whether the payload is the beginning of what make_datagram() makes. The first octet may have
 * been changed, as a fragment's may. */
static void
assert_payload (const NfDatagram *d)
{
    for (gsize i = 1; i < d->length; i++)
        g_assert_cmpuint (d->octets[i], ==, (guint8)((i + 8) ^ (i + 8) >> 8));
}

static void
add_lost (GString *text, NfCapture *capture, gboolean at_end)
{
    NfLostDatagram lost;

    while (nf_capture_take_lost (capture, at_end, &lost)) {
        const NfDatagram *d = &lost.datagram;

        assert_payload (d);
        g_assert_cmpuint (d->wire_length, ==, lost.octets_expected);
        g_assert_cmpint (d->transport, ==, NF_TRANSPORT_UDP);
        g_string_append_printf (
            text, ", lost %u beginning %zu, %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
            d->exporter.port, d->length, lost.octets_there, lost.octets_expected);
        add_frames (text, d);
    }
}

static void
add_frame (GString *text, const NfFrame *frame)
{
    const NfDatagram *d = &frame->datagram;

    switch (frame->kind) {
    case NF_FRAME_FRAGMENT:
        g_string_append (text, "wait");
        break;
    case NF_FRAME_OTHER:
        g_string_append_printf (text, "other %s", frame->what);
        break;
    case NF_FRAME_DATAGRAM:
        g_assert_cmpuint (d->exporter.port, ==, 4096);
        g_assert_cmpuint (d->collector.port, ==, 2055);
        assert_payload (d);
        g_string_append_printf (text, "whole %zu/%zu", d->length, d->wire_length);
        add_frames (text, d);
        break;
    case NF_FRAME_SEGMENT:
    case NF_FRAME_REFUSAL:
        g_assert_not_reached ();
    }
}

typedef struct {
    guint start;
    guint end;
    gboolean more;
    gboolean change;
    guint cut;
    guint time_s;
    guint id;
} Step;

/* Reads one fragment of a Scenario. */
static Step
read_step (const char *text)
{
    Step step = {0};
    char *at;

    step.start = (guint)strtoul (text, &at, 10);
    g_assert_cmpint (*at, ==, '-');
    step.end = (guint)strtoul (at + 1, &at, 10);
    while (*at) {
        char letter = *at++;

        switch (letter) {
        case '+':
            step.more = TRUE;
            break;
        case '!':
            step.change = TRUE;
            break;
        case 'c':
            step.cut = (guint)strtoul (at, &at, 10);
            break;
        case 't':
            step.time_s = (guint)strtoul (at, &at, 10);
            break;
        case 'i':
            step.id = (guint)strtoul (at, &at, 10);
            break;
        default:
            g_assert_not_reached ();
        }
    }
    return step;
}

static char *
play (const char *fragments, int family)
{
    g_auto (GStrv) steps = g_strsplit (fragments, " ", -1);
    g_autofree guint8 *datagram = make_datagram (40, 65536);
    NfCapture *capture = nf_capture_new (RAW);
    GString *text = g_string_new (NULL);

    for (guint i = 0; steps[i]; i++) {
        Step step = read_step (steps[i]);
        guint length = step.end - step.start;
        g_autofree guint8 *octets = g_memdup2 (&datagram[step.start], length);
        NfFrame frame;

        if (step.change)
            octets[step.start == 0 ? UDP_HEADER : 0] ^= 0xff;
        g_autoptr (GByteArray) packet =
            make_packet (family, step.id, step.start, step.more, 17, octets, length);
        feed (capture, packet, packet->len - step.cut, step.time_s * SECOND, i + 1, &frame);
        add_frame (text, &frame);
        add_lost (text, capture, FALSE);
        g_string_append (text, ", ");
    }
    g_string_append (text, "end");
    add_lost (text, capture, TRUE);
    nf_capture_free (capture);
    return g_string_free (text, FALSE);
}

static void
test_scenarios (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
        for (int family = 4; family <= 6; family += 2) {
            g_test_message ("%s, IPv%d", scenarios[i].name, family);
            g_autofree char *text = play (scenarios[i].fragments, family);
            g_assert_cmpstr (text, ==, scenarios[i].expected);
        }
}

/* Four fragments in each of their 24 orders. */
static void
test_orders (void)
{
    static const char *const parts[] = {"0-8+", "8-16+", "16-24+", "24-40"};

    for (guint order = 0; order < 256; order++) {
        const guint at[] = {order & 3, order >> 2 & 3, order >> 4 & 3, order >> 6};
        guint frames[4] = {0};

        for (guint i = 0; i < 4; i++)
            frames[at[i]] = i + 1;
        if (!frames[0] || !frames[1] || !frames[2] || !frames[3])
            continue;
        g_autofree char *fragments =
            g_strjoin (" ", parts[at[0]], parts[at[1]], parts[at[2]], parts[at[3]], NULL);
        g_autofree char *expected =
            g_strdup_printf ("wait, wait, wait, whole 32/32 #%u #%u #%u #%u, end", frames[0],
                             frames[1], frames[2], frames[3]);
        g_autofree char *text = play (fragments, order % 2 ? 4 : 6);
        g_assert_cmpstr (text, ==, expected);
    }
}

/* The largest datagram, in random order and with overlaps; the same pieces make it whole always. */
static void
test_largest (void)
{
    const guint step = 1472;
    const guint n = (65535 + step - 1) / step;
    g_autofree guint8 *datagram = make_datagram (65535, 65536);
    g_autoptr (GRand) random = g_rand_new_with_seed (1);

    for (int family = 4; family <= 6; family += 2) {
        NfCapture *capture = nf_capture_new (RAW);
        g_autofree guint *order = g_new (guint, n);
        NfFrame frame;

        for (guint i = 0; i < n; i++) {
            guint j = (guint)g_rand_int_range (random, 0, (gint32)i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (guint i = 0; i < n; i++) {
            guint start = order[i] * step;
            guint length = MIN (step + 8, 65535 - start);
            g_autoptr (GByteArray) packet = make_packet (family, 1, start, start + length < 65535,
                                                         17, &datagram[start], length);
            feed (capture, packet, packet->len, 0, order[i] + 1, &frame);
            g_assert_cmpint (frame.kind, ==, i + 1 < n ? NF_FRAME_FRAGMENT : NF_FRAME_DATAGRAM);
        }
        g_assert_cmpuint (frame.datagram.length, ==, 65527);
        g_assert_cmpuint (frame.datagram.n_frames, ==, n);
        for (guint i = 0; i < n; i++)
            g_assert_cmpuint (frame.datagram.frames[i], ==, i + 1);
        assert_payload (&frame.datagram);
        nf_capture_free (capture);
    }
}

/* Behind the Fragment header other headers may come before UDP, but no fragment again. */
static void
test_fragmented_extension (void)
{
    static const struct {
        guint8 inner[24];
        guint8 first;
        const char *expected;
    } rows[] = {
        {{17, 0, 1, 4, 0, 0, 0, 0, 0x10, 0, 8, 7, 0, 16, 0, 0, 0, 9, 10, 11, 12, 13, 14, 15},
         60,
         "whole 8/8 #1 #2"},
        {{6, 0, 1, 4, 0, 0, 0, 0, 0x10, 0, 0, 80}, 60, "other TCP to port 80"},
        {{44, 0, 1, 4, 0, 0, 0, 0, 17, 0, 0, 1, 0, 0, 0, 1},
         60,
         "other fragment in a fragmented datagram"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        NfCapture *capture = nf_capture_new (RAW);
        g_autoptr (GString) text = g_string_new (NULL);
        NfFrame frame;

        for (guint part = 0; part < 2; part++) {
            g_autoptr (GByteArray) packet =
                make_packet (6, 1, part * 8, part == 0, rows[i].first, &rows[i].inner[part * 8],
                             part == 0 ? 8 : 16);
            feed (capture, packet, packet->len, 0, part + 1, &frame);
        }
        add_frame (text, &frame);
        g_assert_cmpstr (text->str, ==, rows[i].expected);
        add_lost (text, capture, TRUE);
        g_assert_cmpstr (text->str, ==, rows[i].expected);
        nf_capture_free (capture);
    }
}

/* Feeds `n` first fragments, or the second ones where `start` is not 0, each of another
 * datagram. Returns how many were evicted, the oldest ones. */
static guint
flood (NfCapture *capture, guint n, guint start, gboolean take)
{
    g_autofree guint8 *datagram = make_datagram (65535, 65536);
    guint evicted = 0;

    for (guint i = 0; i < n; i++) {
        g_autoptr (GByteArray) packet = make_packet (6, i, start, TRUE, 17, &datagram[start], 8);
        NfLostDatagram lost;
        NfFrame frame;

        feed (capture, packet, packet->len, 0, i, &frame);
        g_assert_cmpint (frame.kind, ==, NF_FRAME_FRAGMENT);
        while (take && nf_capture_take_lost (capture, FALSE, &lost))
            g_assert_cmpuint (lost.datagram.packet, ==, evicted++);
    }
    return evicted;
}

static guint
count_lost (NfCapture *capture)
{
    NfLostDatagram lost;
    guint n = 0;

    while (nf_capture_take_lost (capture, TRUE, &lost))
        n++;
    return n;
}

/* The oldest goes: by number, and by octets held. */
static void
test_evicted (void)
{
    NfCapture *capture = nf_capture_new (RAW);

    g_assert_cmpuint (flood (capture, 1024, 0, TRUE), ==, 0);
    g_assert_cmpuint (count_lost (capture), ==, 1024);
    g_assert_cmpuint (flood (capture, 3000, 0, TRUE), ==, 3000 - 1024);
    g_assert_cmpuint (count_lost (capture), ==, 1024);

    guint evicted = flood (capture, 1000, 65520, TRUE);
    g_assert_cmpuint (evicted, >, 1000 - 257);
    g_assert_cmpuint (count_lost (capture), ==, 1000 - evicted);

    /* Nobody takes what is lost: as many are kept as may wait. */
    flood (capture, 9000, 0, FALSE);
    g_assert_cmpuint (count_lost (capture), ==, 2048);
    nf_capture_free (capture);
}

/* Who wants none to wait has one waiting, until the next comes. */
static void
test_none_waiting (void)
{
    NfCapture *capture = nf_capture_new (RAW);
    NfLimits limits = nf_default_limits;

    limits.max_fragments = 0;
    nf_capture_limit (capture, &limits);
    g_assert_cmpuint (flood (capture, 10, 0, TRUE), ==, 9);
    g_assert_cmpuint (count_lost (capture), ==, 1);
    nf_capture_free (capture);
}

/* A datagram in more fragments than any honest link makes is given up. */
static void
test_too_many (void)
{
    g_autofree guint8 *datagram = make_datagram (8000, 8000);
    NfCapture *capture = nf_capture_new (RAW);
    NfLostDatagram lost;

    for (guint i = 0; i < 1000; i++) {
        g_autoptr (GByteArray) packet =
            make_packet (4, 1, i * 8, i != 999, 17, &datagram[i * 8], 8);
        NfFrame frame;

        feed (capture, packet, packet->len, 0, i + 1, &frame);
        g_assert_cmpint (frame.kind, ==, NF_FRAME_FRAGMENT);
    }
    g_assert_true (nf_capture_take_lost (capture, TRUE, &lost));
    g_assert_cmpuint (lost.datagram.n_frames, ==, 512);
    g_assert_cmpuint (lost.octets_expected, ==, 7992);
    g_assert_false (nf_capture_take_lost (capture, TRUE, &lost));
    nf_capture_free (capture);
}

/* IPv4 tells datagrams apart by protocol too: here UDP behind an Authentication Header. */
static void
test_protocols (void)
{
    static const guint8 zeros[8] = {0};
    g_autofree guint8 *datagram = make_datagram (16, 16);
    NfCapture *capture = nf_capture_new (RAW);
    g_autoptr (GByteArray) other = make_packet (4, 1, 0, TRUE, 51, zeros, 8);
    g_autoptr (GByteArray) first = make_packet (4, 1, 0, TRUE, 17, datagram, 8);
    g_autoptr (GByteArray) last = make_packet (4, 1, 8, FALSE, 17, &datagram[8], 8);
    NfFrame frame;

    feed (capture, other, other->len, 0, 1, &frame);
    feed (capture, first, first->len, 0, 2, &frame);
    feed (capture, last, last->len, 0, 3, &frame);
    g_assert_cmpint (frame.kind, ==, NF_FRAME_DATAGRAM);
    g_assert_cmpuint (frame.datagram.n_frames, ==, 2);
    nf_capture_free (capture);
}

/* Without the first fragment only the others' word tells what is lost: UDP, or nothing to tell. */
static void
test_protocols_without_first (void)
{
    static const guint8 zeros[8] = {0};
    static const guint8 protocols[] = {6, 51, 60, 132};
    NfCapture *capture = nf_capture_new (RAW);

    for (int family = 4; family <= 6; family += 2)
        for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
            g_autoptr (GByteArray) packet =
                make_packet (family, i, 16, FALSE, protocols[i], zeros, 8);
            NfFrame frame;

            feed (capture, packet, packet->len, 0, i + 1, &frame);
            g_assert_cmpint (frame.kind, ==, NF_FRAME_FRAGMENT);
        }
    g_assert_cmpuint (count_lost (capture), ==, 0);
    nf_capture_free (capture);
}

/* Every prefix of a fragment, behind the other one: at most cut. */
static void
check_prefixes (const GByteArray *whole, const GByteArray *cut)
{
    for (guint n = 0; n < cut->len; n++) {
        NfCapture *capture = nf_capture_new (RAW);
        NfFrame frame;

        feed (capture, whole, whole->len, 0, 1, &frame);
        feed (capture, cut, n, 0, 2, &frame);
        g_assert_true (frame.kind == NF_FRAME_OTHER ||
                       frame.datagram.length < frame.datagram.wire_length);
        count_lost (capture);
        nf_capture_free (capture);
    }
}

static void
test_prefixes (void)
{
    g_autofree guint8 *datagram = make_datagram (24, 24);

    for (int family = 4; family <= 6; family += 2) {
        g_autoptr (GByteArray) first = make_packet (family, 1, 0, TRUE, 17, datagram, 16);
        g_autoptr (GByteArray) last = make_packet (family, 1, 16, FALSE, 17, &datagram[16], 8);

        check_prefixes (first, last);
        check_prefixes (last, first);
    }
}

/* Fragments of a few identifications at random, some of other octets and some at other times. */
static void
test_random (void)
{
    g_autofree guint8 *datagram = make_datagram (40, 256);
    g_autoptr (GRand) random = g_rand_new_with_seed (3);
    NfCapture *capture = nf_capture_new (RAW);
    guint whole = 0;

    for (guint i = 0; i < 20000; i++) {
        guint start = (guint)g_rand_int_range (random, 0, 5) * 8;
        guint length = (guint)g_rand_int_range (random, 1, 4) * 8;
        guint id = (guint)g_rand_int_range (random, 0, 8);
        gboolean more = start + length < 40 || g_rand_int_range (random, 0, 20) == 0;
        guint cut = g_rand_int_range (random, 0, 20) == 0 ? 7 : 0;
        NfLostDatagram lost;
        NfFrame frame;

        datagram[UDP_HEADER] = g_rand_int_range (random, 0, 50) == 0;
        length = more ? length : 40 - start;
        g_autoptr (GByteArray) packet = make_packet (g_rand_boolean (random) ? 4 : 6, id, start,
                                                     more, 17, &datagram[start], length);
        feed (capture, packet, packet->len - cut, ((gint64)(i / 20) - i % 3) * SECOND, i, &frame);
        if (frame.kind == NF_FRAME_DATAGRAM) {
            assert_payload (&frame.datagram);
            whole++;
        }
        while (nf_capture_take_lost (capture, FALSE, &lost))
            g_assert_cmpuint (lost.datagram.n_frames, >, 0);
    }
    g_assert_cmpuint (whole, >, 100);
    count_lost (capture);
    nf_capture_free (capture);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/fragment/scenarios", test_scenarios);
    g_test_add_func ("/fragment/orders", test_orders);
    g_test_add_func ("/fragment/largest", test_largest);
    g_test_add_func ("/fragment/extension", test_fragmented_extension);
    g_test_add_func ("/fragment/evicted", test_evicted);
    g_test_add_func ("/fragment/none-waiting", test_none_waiting);
    g_test_add_func ("/fragment/too-many", test_too_many);
    g_test_add_func ("/fragment/protocols", test_protocols);
    g_test_add_func ("/fragment/protocols-without-first", test_protocols_without_first);
    g_test_add_func ("/fragment/prefixes", test_prefixes);
    g_test_add_func ("/fragment/random", test_random);
    return g_test_run ();
}
