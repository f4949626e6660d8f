/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk (common/decoder.h): the tables of cases.h, and Messages too long for a table. */
#include "cases.h"

/* An IPFIX Message that begins with a Template of one string of variable length and has Data Sets
 * behind it. */
static GByteArray *
message_of_strings (void)
{
    gsize length;
    guint8 *octets = transcript_hex (IPFIX ("0000") "0002 000c  0100 0001  0052 ffff", &length);
    GByteArray *message = g_byte_array_new_take (octets, length);

    return message;
}

static void
append_u16 (GByteArray *a, guint value)
{
    const guint8 octets[] = {(guint8)(value >> 8), (guint8)value};

    g_byte_array_append (a, octets, sizeof octets);
}

static void
append_fill (GByteArray *a, guint8 octet, guint n)
{
    guint from = a->len;

    g_byte_array_set_size (a, from + n);
    memset (a->data + from, octet, n);
}

/* Learns and walks it, once its Length is set. Returns a transcript. */
static char *
transcript_of_message (GByteArray *message)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    NfDatagram d = {.order = 1, .packet = 1};
    NfText t = NF_TEXT_INIT;
    char *text;

    message->data[2] = (guint8)(message->len >> 8);
    message->data[3] = (guint8)message->len;
    d.octets = message->data;
    d.length = d.wire_length = message->len;
    nf_collector_learn (collector, &d, NULL);
    transcript_walk (&t, collector, &d, NULL);
    text = g_strdup (nf_text_string (&t));
    nf_text_clear (&t);
    nf_collector_free (collector);
    return text;
}

/* Every length around the limit of the short form, and the longest one a Message can hold. */
static void
test_variable_lengths (void)
{
    static const guint lengths[] = {0, 1, 253, 254, 255, 256, 257, 65500};

    for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
        for (guint form = 1; form <= 3; form += 2) {
            guint length = lengths[i];
            g_autoptr (GByteArray) message = message_of_strings ();
            g_autofree char *text = NULL, *string = g_strnfill (length, 'a'), *expected = NULL;

            if (form == 1 && length > 254)
                continue;
            append_u16 (message, 256);
            append_u16 (message, 4 + form + length);
            append_fill (message, form == 1 ? (guint8)length : 255, 1);
            if (form == 3)
                append_u16 (message, length);
            append_fill (message, 'a', length);
            text = transcript_of_message (message);
            expected = g_strdup_printf ("message v10 %u domain 1 sequence 5\n"
                                        "set 16+12 2 template\n"
                                        "  template 20+8 256 82:v\n"
                                        "set 28+%u 256 data of packet 1\n"
                                        "  record 32+%u interfaceName=%s\n",
                                        message->len, 4 + form + length, form + length, string);
            g_assert_cmpstr (text, ==, expected);
        }
    }
}

/* Walks a Message of 65,535 octets, the last ones zeros, and looks at the transcript's end. */
static void
assert_longest (GByteArray *message, const char *end)
{
    g_autofree char *text = NULL;

    append_fill (message, 0, 65535 - message->len);
    text = transcript_of_message (message);
    if (!g_str_has_suffix (text, end))
        g_error ("%s\ndoes not end in\n%s", text + strlen (text) - strlen (end), end);
}

static void
test_longest (void)
{
    const guint rest = 65535 - 28;
    g_autoptr (GByteArray) records = message_of_strings ();
    g_autoptr (GByteArray) sets = message_of_strings ();
    g_autoptr (GByteArray) templates = message_of_strings ();

    append_u16 (records, 256);
    append_u16 (records, rest);
    assert_longest (records, "\n  record 65534+1 interfaceName=\n");

    while (sets->len + 4 <= 65535) {
        append_u16 (sets, 256);
        append_u16 (sets, 4);
    }
    assert_longest (sets, "\nset 65528+4 256 data of packet 1\n"
                          "  ! SET_EMPTY 65528+4 256 0\n"
                          "! MESSAGE_TRAILING 65532+3 3 0\n"
                          "undecoded 65532+3\n");

    append_u16 (templates, 2);
    append_u16 (templates, rest);
    for (guint id = 257; templates->len + 8 <= 65535; id++) {
        append_u16 (templates, id);
        append_u16 (templates, 1);
        append_u16 (templates, 8);
        append_u16 (templates, 4);
    }
    assert_longest (templates, "\n  template 65520+8 8443 8:4\n"
                               "  ! SET_PADDING 65528+7 7 4\n"
                               "  padding 65528+7\n");
}

/* A Template that the collector has not is shown all the same, its data not decoded. */
static void
test_not_learnt (void)
{
    static const TranscriptInput inputs[] = {
        {.hex = IPFIX ("0024") "0002 000c 0100 0001 0008 0004"
                               "0100 0008 0a000001"},
        {.hex = NULL},
    };
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    NfText t = NF_TEXT_INIT;
    TranscriptSample sample;

    transcript_sample_make (&sample, inputs);
    transcript_walk_all (&t, collector, &sample, NULL);
    g_assert_cmpstr (nf_text_string (&t), ==,
                     "message v10 36 domain 1 sequence 5\n"
                     "set 16+12 2 template\n"
                     "  template 20+8 256 8:4\n"
                     "set 28+8 256 data of no template\n"
                     "  ! TEMPLATE_MISSING 28+4 256 4\n"
                     "  undecoded 32+4\n");
    nf_text_clear (&t);
    transcript_sample_clear (&sample);
    nf_collector_free (collector);
}

/* A walk may be given up anywhere, and its decoder used for the next one. */
static void
test_given_up (void)
{
    static const TranscriptInput inputs[] = {
        {.hex = IPFIX ("0031") "0002 0010  0101 0002  0052 ffff  0004 0001"
                               "0101 0011  04 65746830 06  05 666f6f2f31 11"},
        {.hex = V9 ("0002") "0000 000c 0100 0001 0008 0004"
                            "0100 0008 0a000001"},
        {.hex = NULL},
    };
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    NfDecoder decoder = NF_DECODER_INIT;
    TranscriptSample sample;
    NfEvent event;

    transcript_sample_make (&sample, inputs);
    transcript_learn (collector, &sample, NULL);
    for (guint steps = 0; steps < 8; steps++) {
        guint n = 0;

        nf_decoder_begin (&decoder, collector, &sample.datagrams[0], NF_CHECK_VALUES);
        for (guint i = 0; i < steps; i++)
            nf_decoder_next (&decoder, &event);
        nf_decoder_begin (&decoder, collector, &sample.datagrams[1], NF_CHECK_VALUES);
        while (nf_decoder_next (&decoder, &event) != NF_EVENT_END)
            n++;
        g_assert_cmpuint (n, ==, 5);
        if (steps % 2)
            nf_decoder_clear (&decoder);
    }
    nf_decoder_clear (&decoder);
    transcript_sample_clear (&sample);
    nf_collector_free (collector);
}

/* ---- records that come together ---- */

/* Templates of two strings and a DSCP (0 to 63): fields of variable length, and of one. */
#define SOME_VARIABLE "0002 0014  0100 0003  0052 ffff  00c3 0001  0053 ffff"
#define ALL_FIXED     "0002 0014  0100 0003  0052 0005  00c3 0001  0053 0009"

/* A Message of `n` records. Of one in `distance`, from the `first`th on, there is something to be
 * said: of its DSCP, its second string or both. */
static GByteArray *
message_of_records (const char *hex, gboolean is_variable, guint n, guint first, guint distance)
{
    gsize length;
    guint8 *octets = transcript_hex (hex, &length);
    GByteArray *m = g_byte_array_new_take (octets, length);
    guint set = m->len;

    append_u16 (m, 256);
    append_u16 (m, 0);
    for (guint i = 0; i < n; i++) {
        guint bad = i >= first && (i - first) % distance == 0 ? 1 + i % 3 : 0;

        if (is_variable)
            append_fill (m, (guint8)(i % 11), 1);
        append_fill (m, 'a', is_variable ? i % 11 : 5);
        append_fill (m, bad & 1 ? 64 : 63, 1);
        if (is_variable)
            append_fill (m, 9, 1);
        append_fill (m, 'b', 8);
        append_fill (m, bad & 2 ? 0xff : 'b', 1);
    }
    m->data[set + 2] = (guint8)((m->len - set) >> 8);
    m->data[set + 3] = (guint8)(m->len - set);
    return m;
}

/* Counts the events of records, which come together, and those records. */
static guint
count_joined (GByteArray *message, guint *records)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    NfDatagram d = {.order = 1, .octets = message->data};
    NfDecoder decoder = NF_DECODER_INIT;
    NfEvent event;
    guint events = 0;

    d.length = d.wire_length = message->len;
    nf_collector_learn (collector, &d, NULL);
    nf_decoder_begin (&decoder, collector, &d, NF_CHECK_VALUES);
    nf_decoder_join_records (&decoder);
    *records = 0;
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END) {
        if (event.type != NF_EVENT_RECORD)
            continue;
        g_assert_cmpuint (event.count, <=, NF_MOST_AT_ONCE);
        *records += event.count;
        events++;
    }
    nf_decoder_clear (&decoder);
    nf_collector_free (collector);
    return events;
}

/* What comes together is what comes one by one (transcript_walk() holds both against each other),
 * and all comes together of which there is nothing to be said. */
static void
test_joined (void)
{
    static const guint distances[] = {1, 2, 3, 5, 31, 32, 33, 64, 65, 1000};
    static const char *const templates[] = {IPFIX ("0000") ALL_FIXED, IPFIX ("0000") SOME_VARIABLE};
    const guint n = 200;

    for (guint i = 0; i < G_N_ELEMENTS (templates) * G_N_ELEMENTS (distances); i++) {
        guint distance = distances[i / G_N_ELEMENTS (templates)], records;

        for (guint first = 0; first < 40; first++) {
            g_autoptr (GByteArray) m = message_of_records (templates[i % G_N_ELEMENTS (templates)],
                                                           i % 2 == 1, n, first, distance);
            g_autofree char *text = transcript_of_message (m);
            g_auto (GStrv) said = g_strsplit (text, "  ! VALUE_", -1);
            guint bad = 1 + (n - 1 - first) / distance, events = count_joined (m, &records);

            g_assert_cmpuint (records, ==, n);
            g_assert_cmpuint (g_strv_length (said) - 1, >=, bad);
            /* each bad one ends what comes together, and what does grows to twice as many */
            g_assert_cmpuint (events, <=, n / NF_MOST_AT_ONCE + 1 + 7 * bad);
        }
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    cases_add_tests ("/decoder/", fixed_cases);
    cases_add_tests ("/decoder/", netflow9_cases);
    cases_add_tests ("/decoder/", netflow9_bad_cases);
    cases_add_tests ("/decoder/", ipfix_cases);
    cases_add_tests ("/decoder/", ipfix_bad_cases);
    g_test_add_func ("/decoder/variable-lengths", test_variable_lengths);
    g_test_add_func ("/decoder/longest", test_longest);
    g_test_add_func ("/decoder/joined", test_joined);
    g_test_add_func ("/decoder/not-learnt", test_not_learnt);
    g_test_add_func ("/decoder/given-up", test_given_up);
    return g_test_run ();
}
