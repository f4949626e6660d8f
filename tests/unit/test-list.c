/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists in records (common/list.h): the tables of cases.h, and what one Message can cost. */
#include "cases.h"

#include "transcript-list.h"

#define LONGEST 65535 /* octets of a Message */

/* A Message of as many octets as there can be: Template 256 is a list of variable length, Template
 * 257 has empty lists and another field; one record of Template 256. */
typedef struct {
    const char *name;
    const char *list;  /* the element's id */
    guint n_empty;     /* fields of Template 257 that are lists of length 0 */
    const char *field; /* its last one, id and length; NULL: no Template 257 */
    const char *begin; /* with what the list begins; */
    const char *unit;  /* what follows, again and again */
    NfListStep step;   /* of which the list and those in it have */
    guint64 at_least;
} LongCase;

static const LongCase long_cases[] = {
    {"values-of-an-octet", "0123", 0, NULL, "03 0004 0001", "06", NF_LIST_RECORD, 65000},
    {"empty-values", "0123", 0, NULL, "03 0052 ffff", "00", NF_LIST_RECORD, 65000},
    {"empty-parts", "0125", 0, NULL, "03", "03e7 0004", NF_LIST_PART, 16000},
    {"parts-of-an-octet", "0125", 0, NULL, "03", "03e7 0005 00", NF_LIST_UNDECODED, 13000},
    {"empty-lists", "0124", 0, "0123 ffff", "03 0101", "00", NF_LIST_BEGIN, 65000},
    {"lists-of-an-octet", "0124", 0, "0123 0001", "03 0101", "03", NF_LIST_UNDECODED, 65000},
    {"empty-fields", "0124", 255, "0004 0001", "03 0101", "06", NF_LIST_RECORD, 60000},
    {"empty-fields-and-a-list", "0124", 255, "0125 0001", "03 0101", "03", NF_LIST_BEGIN, 60000},
    {"lists-of-themselves", "0124", 0, "0124 ffff", "03 0101", "08 03 0101 04 03 0101 00",
     NF_LIST_RECORD, 14000},
    {"lists-in-lists", "0123", 0, NULL, "03 0123 ffff", "0c 04 0123 ffff 06 04 0123 ffff 00",
     NF_LIST_BEGIN, 10000},
};

static void
append_hex (GByteArray *a, const char *hex)
{
    gsize length;
    g_autofree guint8 *octets = transcript_hex (hex, &length);

    g_byte_array_append (a, octets, (guint)length);
}

static void
append_u16 (GByteArray *a, guint value)
{
    const guint8 octets[] = {(guint8)(value >> 8), (guint8)value};

    g_byte_array_append (a, octets, sizeof octets);
}

static void
append_templates (GByteArray *a, const LongCase *c)
{
    append_hex (a, "0002 000c 0100 0001");
    append_hex (a, c->list);
    append_hex (a, "ffff");
    if (!c->field)
        return;
    append_u16 (a, 2);
    append_u16 (a, 4 + 4 + 4 * (c->n_empty + 1));
    append_u16 (a, 257);
    append_u16 (a, c->n_empty + 1);
    for (guint i = 0; i < c->n_empty; i++)
        append_hex (a, "0123 0000");
    append_hex (a, c->field);
}

static void
append_list (GByteArray *a, const LongCase *c)
{
    const guint prefix = 3;
    guint room = LONGEST - a->len - 4;

    append_u16 (a, 256);
    append_u16 (a, LONGEST - a->len + 2);
    append_hex (a, "ff");
    append_u16 (a, room - prefix);
    append_hex (a, c->begin);
    while (a->len < LONGEST)
        append_hex (a, c->unit);
    g_byte_array_set_size (a, LONGEST);
}

/* How many steps of this kind the lists of the Message's records have. The work they take is in
 * proportion to its octets. */
static guint64
count_steps (const NfCollector *collector, const NfDatagram *datagram, NfListStep kind)
{
    NfDecoder decoder = NF_DECODER_INIT;
    guint64 n = 0, n_all = 0;
    NfListWalk walk;
    NfListStep step;
    NfEvent event;

    nf_decoder_begin (&decoder, collector, datagram, NF_CHECK_VALUES);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END) {
        if (event.type != NF_EVENT_RECORD)
            continue;
        nf_list_walk_begin (&walk, nf_decoder_lists (&decoder), &event);
        for (; nf_list_walk_next (&walk, &step); n_all++)
            n += step == kind;
    }
    g_assert_cmpuint (n_all, <=, 4 * datagram->length);
    nf_decoder_clear (&decoder);
    return n;
}

static void
test_long (gconstpointer data)
{
    const LongCase *c = data;
    NfCollector *collector = nf_collector_new (transcript_registry (), NULL);
    g_autoptr (GByteArray) message = g_byte_array_new ();
    NfDatagram d = {.order = 1, .packet = 1};

    append_hex (message, IPFIX ("ffff"));
    append_templates (message, c);
    append_list (message, c);
    d.octets = message->data;
    d.length = d.wire_length = message->len;
    nf_collector_learn (collector, &d, NULL);
    transcript_walk (NULL, collector, &d, NULL);
    g_assert_cmpuint (count_steps (collector, &d, c->step), >=, c->at_least);
    nf_collector_free (collector);
}

/* A decoder keeps no more of a collector than of a datagram. */
static void
test_other_collector (void)
{
    static const TranscriptInput inputs[] = {
        {.hex =
             IPFIX ("002b") "0002 000c 0100 0001 0123 ffff 0100 000f 0a 03 8004 0001 00000000 06"},
        {.hex = NULL},
    };
    NfDecoder decoder = NF_DECODER_INIT;
    TranscriptSample sample;
    NfEvent event;

    transcript_sample_make (&sample, inputs);
    for (guint i = 0; i < 2; i++) {
        NfRegistry *registry = nf_registry_new ();
        NfCollector *collector = nf_collector_new (registry, NULL);
        NfText t = NF_TEXT_INIT;

        nf_registry_unref (registry);
        transcript_learn (collector, &sample, NULL);
        nf_decoder_begin (&decoder, collector, &sample.datagrams[0], NF_CHECK_VALUES);
        while (nf_decoder_next (&decoder, &event) != NF_EVENT_END)
            if (event.type == NF_EVENT_RECORD)
                transcript_add_fields (&t, nf_decoder_lists (&decoder), &event,
                                       sample.datagrams[0].octets);
        g_assert_cmpstr (nf_text_string (&t), ==, " basicList=allOf[{protocolIdentifier=6}]");
        nf_text_clear (&t);
        nf_collector_free (collector);
    }
    nf_decoder_clear (&decoder);
    transcript_sample_clear (&sample);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    cases_add_tests ("/", list_cases);
    cases_add_tests ("/", list_bad_cases);
    for (guint i = 0; i < G_N_ELEMENTS (long_cases); i++) {
        g_autofree char *path = g_strconcat ("/list-long/", long_cases[i].name, NULL);

        g_test_add_data_func (path, &long_cases[i], test_long);
    }
    g_test_add_func ("/list/other-collector", test_other_collector);
    return g_test_run ();
}
