/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walks as text, and what every walk must keep to (tests/unit/transcript.h). */
#include "transcript.h"

#include "common/fixed.h"
#include "transcript-list.h"

#define SET_HEADER_LENGTH 4

static const char *const finding_names[NF_N_FINDINGS] = {
#define NF_FINDING(name, code, severity, rfc7011, rfc3954, text) [NF_FINDING_##name] = #name,
#include "common/finding.def"
#undef NF_FINDING
};

const char *
transcript_finding_name (NfFindingId id)
{
    return finding_names[id];
}

guint8 *
transcript_hex (const char *text, gsize *length)
{
    g_autoptr (GByteArray) octets = g_byte_array_new ();

    for (const char *at = text; *at != '\0';) {
        if (*at == '#') {
            at += strcspn (at, "\n");
        } else if (g_ascii_isspace (*at)) {
            at++;
        } else if (*at == '*') {
            char *end;
            guint8 octet = octets->data[octets->len - 1];

            for (guint64 n = g_ascii_strtoull (at + 1, &end, 10); n > 1; n--)
                g_byte_array_append (octets, &octet, 1);
            at = end;
        } else {
            g_assert_true (g_ascii_isxdigit (at[0]) && g_ascii_isxdigit (at[1]));
            guint8 octet =
                (guint8)(g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));

            g_byte_array_append (octets, &octet, 1);
            at += 2;
        }
    }
    *length = octets->len;
    return g_memdup2 (octets->data, octets->len);
}

static NfEndpoint
endpoint (const TranscriptInput *in, gboolean exporter)
{
    static const guint8 ipv4[2][4] = {{198, 51, 100}, {192, 0, 2}};
    static const guint8 ipv6[4] = {0x20, 0x01, 0x0d, 0xb8};
    NfEndpoint e = {.family = in->family ? in->family : 4};
    guint8 last = exporter ? in->host : in->to;

    if (in->unknown)
        return (NfEndpoint){.family = 0};
    memcpy (e.address, e.family == 6 ? ipv6 : ipv4[exporter], sizeof ipv6);
    e.address[e.family == 6 ? 15 : 3] = last ? last : 1;
    e.port = exporter && in->port ? in->port : 2055;
    return e;
}

void
transcript_sample_make (TranscriptSample *sample, const TranscriptInput *inputs)
{
    *sample = (TranscriptSample){.n = 0};
    for (const TranscriptInput *in = inputs; in->hex; in++) {
        guint i = sample->n++;
        NfDatagram *d = &sample->datagrams[i];
        gsize length;
        guint8 *whole = transcript_hex (in->hex, &length);

        g_assert_cmpuint (i, <, TRANSCRIPT_MAX - 1);
        g_assert_cmpuint (in->cut, <=, length);
        sample->octets[i] = g_memdup2 (whole, length - in->cut);
        g_free (whole);
        *d = (NfDatagram){.octets = sample->octets[i],
                          .length = length - in->cut,
                          .wire_length = length,
                          .exporter = endpoint (in, TRUE),
                          .collector = endpoint (in, FALSE),
                          .transport = in->transport,
                          .connection = in->connection,
                          .gap = in->gap,
                          .checksums = in->checksums,
                          .has_time = in->arrival_s != 0,
                          .time_ns = in->arrival_s * G_GINT64_CONSTANT (1000000000),
                          .order = i + 1,
                          .file = in->file,
                          .packet = i + 1,
                          .message = 1};
        if (in->transport == NF_TRANSPORT_NONE && !in->unknown)
            d->transport = NF_TRANSPORT_UDP;
    }
}

void
transcript_sample_clear (TranscriptSample *sample)
{
    for (guint i = 0; i < sample->n; i++)
        g_free (sample->octets[i]);
    sample->n = 0;
}

NfRegistry *
transcript_registry (void)
{
    static NfRegistry *registry;

    if (!registry)
        registry = nf_registry_new ();
    return registry;
}

void
transcript_learn (NfCollector *collector, const TranscriptSample *sample, GArray *findings)
{
    for (guint i = 0; i < sample->n; i++)
        nf_collector_learn (collector, &sample->datagrams[i], findings);
}

/* ---- what a walk must keep to ---- */

typedef struct {
    const NfDatagram *datagram;
    const NfMessage *message; /* NULL: there is no header */
    const NfBinding *binding; /* of the current Data Set */
    gsize at;                 /* the Message is covered up to here */
    gsize set_at, set_end;    /* the current Set, likewise; equal where all of it is covered */
    guint n_sets, n_findings;
    NfLists *lists;
    GArray *troubles; /* NfFinding: of the lists of all records so far; */
    guint n_told;     /* so many have been met as events */
} Walk;

static void
assert_inside (const Walk *w, NfSpan span)
{
    g_assert_cmpuint (span.offset, <=, w->datagram->length);
    g_assert_cmpuint (span.length, <=, w->datagram->length - span.offset);
}

static void
check_message (Walk *w, const NfEvent *event)
{
    g_assert_cmpuint (w->at, ==, 0);
    g_assert_null (w->message);
    g_assert_cmpuint (event->span.offset, ==, 0);
    g_assert_cmpuint (event->span.length, ==, event->message->header_length);
    g_assert_cmpuint (event->message->end, <=, w->datagram->length);
    w->message = event->message;
    w->at = event->span.length;
}

static void
check_set (Walk *w, const NfEvent *event)
{
    gsize header = w->message->version >= 9 ? SET_HEADER_LENGTH : 0;

    g_assert_cmpuint (w->set_at, ==, w->set_end);
    g_assert_cmpuint (event->span.offset, ==, w->at);
    g_assert_cmpuint (event->span.length, >=, header);
    g_assert_cmpuint (event->span.offset, ==, event->set->span.offset);
    g_assert_cmpuint (event->span.length, ==, event->set->span.length);
    g_assert_true (event->set->cut ? event->set->length > event->span.length
                                   : event->set->length == event->span.length);
    w->at += event->span.length;
    g_assert_cmpuint (w->at, <=, w->message->end);
    w->set_at = event->span.offset + header;
    w->set_end = w->at;
    w->binding = event->set->kind == NF_SET_DATA ? event->use->binding : NULL;
    w->n_sets++;
}

/* Templates, records, padding, undecoded octets: all that covers a part of the Message. */
static void
check_covers (Walk *w, const NfEvent *event)
{
    g_assert_cmpuint (event->span.length, >, 0);
    if (event->in_set) {
        g_assert_cmpuint (event->span.offset, ==, w->set_at);
        w->set_at += event->span.length;
        g_assert_cmpuint (w->set_at, <=, w->set_end);
    } else {
        g_assert_cmpint (event->type, ==, NF_EVENT_UNDECODED);
        g_assert_cmpuint (w->set_at, ==, w->set_end);
        g_assert_cmpuint (event->span.offset, ==, w->at);
        w->at += event->span.length;
    }
}

static void
check_record (Walk *w, const NfEvent *event)
{
    g_assert_true (event->binding == w->binding);
    g_assert_cmpuint (event->depth, ==, 0);
    transcript_check_fields (w->lists, event, w->datagram, w->troubles);
}

/* What is wrong with a record's lists is said behind the record, all of it and in order. */
static void
check_finding (Walk *w, const NfFinding *finding)
{
    const NfFinding *trouble;

    w->n_findings++;
    if (w->n_told == w->troubles->len)
        return;
    trouble = &g_array_index (w->troubles, NfFinding, w->n_told);
    if (trouble->id == finding->id && trouble->span.offset == finding->span.offset &&
        trouble->span.length == finding->span.length && trouble->args[0] == finding->args[0] &&
        trouble->args[1] == finding->args[1])
        w->n_told++;
}

static void
check_event (Walk *w, const NfEvent *event)
{
    assert_inside (w, event->span);
    if (event->type != NF_EVENT_FINDING)
        g_assert_cmpuint (w->n_told, ==, w->troubles->len);
    g_assert_true (event->type == NF_EVENT_MESSAGE || event->type == NF_EVENT_FINDING ||
                   event->type == NF_EVENT_UNDECODED || w->message);
    g_assert_true (!event->in_set || w->n_sets > 0);
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        check_message (w, event);
        break;
    case NF_EVENT_SET:
        check_set (w, event);
        break;
    case NF_EVENT_FINDING:
        g_assert_cmpuint (event->span.offset, ==, event->finding.span.offset);
        g_assert_cmpuint (event->span.length, ==, event->finding.span.length);
        check_finding (w, &event->finding);
        break;
    case NF_EVENT_UNDECODED:
        g_assert_cmpuint (w->n_findings, >, 0);
        check_covers (w, event);
        break;
    case NF_EVENT_RECORD:
        check_record (w, event);
        check_covers (w, event);
        break;
    default:
        check_covers (w, event);
    }
}

static void
check_end (const Walk *w)
{
    g_assert_cmpuint (w->set_at, ==, w->set_end);
    g_assert_cmpuint (w->at, ==, w->datagram->length);
    g_assert_cmpuint (w->n_told, ==, w->troubles->len);
}

/* ---- the walk as text ---- */

static void
add_message (NfText *t, const NfMessage *m)
{
    nf_text_add_format (t, "message v%u %" G_GSIZE_FORMAT, m->version, m->length);
    if (m->version < 10)
        nf_text_add_format (t, " count %u", m->count);
    nf_text_add_format (t, " domain %u sequence %u", m->domain, m->sequence);
}

static void
add_use (NfText *t, const NfTemplateUse *use)
{
    if (!use->binding) {
        nf_text_add (t, " of no template");
        return;
    }
    if (use->packet == 0)
        nf_text_add_format (t, " of %s", nf_fixed_name (use->binding->tmpl->version));
    else if (use->file == 0)
        nf_text_add_format (t, " of packet %" G_GUINT64_FORMAT, use->packet);
    else
        nf_text_add_format (t, " of file %u packet %" G_GUINT64_FORMAT, use->file, use->packet);
    if (use->late)
        nf_text_add (t, " late");
    if (use->foreign)
        nf_text_add (t, " foreign");
}

static void
add_set (NfText *t, const NfEvent *event)
{
    static const char *const kinds[] = {"template", "options template", "data", "reserved"};

    nf_text_add_format (t, " %u %s", event->set->id, kinds[event->set->kind]);
    if (event->set->kind == NF_SET_DATA)
        add_use (t, event->use);
    if (event->set->cut)
        nf_text_add_format (t, " cut from %" G_GSIZE_FORMAT, event->set->length);
}

/* "9/12235": an element's enterprise, where it has one, and id. */
static void
add_id (NfText *t, const NfField *field)
{
    if (field->pen)
        nf_text_add_format (t, "%u/", field->pen);
    nf_text_add_format (t, "%u", field->id);
}

static void
add_template (NfText *t, const NfTemplate *tmpl)
{
    nf_text_add_format (t, " %u", tmpl->id);
    for (guint i = 0; i < tmpl->n_fields; i++) {
        const NfField *field = &tmpl->fields[i];

        if (tmpl->options && i == tmpl->scope_count)
            nf_text_add (t, " |");
        nf_text_add_char (t, ' ');
        add_id (t, field);
        if (field->length == NF_VARIABLE_LENGTH)
            nf_text_add (t, ":v");
        else
            nf_text_add_format (t, ":%u", field->length);
    }
}

static void
add_finding (NfText *t, const NfFinding *f)
{
    nf_text_add_format (t, "! %s %u+%u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                        finding_names[f->id], f->span.offset, f->span.length, f->args[0],
                        f->args[1]);
}

static void
add_event (NfText *t, NfLists *lists, const NfEvent *event, const guint8 *octets)
{
    static const char *const names[] = {
        [NF_EVENT_SET] = "set",         [NF_EVENT_TEMPLATE] = "template",
        [NF_EVENT_RECORD] = "record",   [NF_EVENT_WITHDRAWAL] = "withdrawal",
        [NF_EVENT_PADDING] = "padding", [NF_EVENT_UNDECODED] = "undecoded",
    };

    if (event->in_set && event->type != NF_EVENT_SET)
        nf_text_add (t, "  ");
    if (event->type == NF_EVENT_MESSAGE)
        add_message (t, event->message);
    else if (event->type == NF_EVENT_FINDING)
        add_finding (t, &event->finding);
    else
        nf_text_add_format (t, "%s %u+%u", names[event->type], event->span.offset,
                            event->span.length);
    if (event->type == NF_EVENT_SET)
        add_set (t, event);
    else if (event->type == NF_EVENT_TEMPLATE)
        add_template (t, event->binding->tmpl);
    else if (event->type == NF_EVENT_WITHDRAWAL)
        nf_text_add_format (t, " %u", event->template_id);
    else if (event->type == NF_EVENT_RECORD)
        transcript_add_fields (t, lists, event, octets);
    nf_text_add_char (t, '\n');
}

static void
assert_same_span (NfSpan a, NfSpan b)
{
    g_assert_cmpuint (a.offset, ==, b.offset);
    g_assert_cmpuint (a.length, ==, b.length);
}

static void
assert_same_event (const NfEvent *plain, const NfEvent *joined, guint nth)
{
    g_assert_cmpint (plain->type, ==, joined->type);
    g_assert_cmpint (plain->in_set, ==, joined->in_set);
    if (plain->type == NF_EVENT_RECORD) {
        NfEvent one = nf_event_record (joined, nth);

        g_assert_cmpuint (plain->count, ==, 1);
        g_assert_true (plain->binding->tmpl == one.binding->tmpl);
        assert_same_span (plain->span, one.span);
        for (guint i = 0; i < plain->binding->tmpl->n_fields; i++)
            assert_same_span (nf_event_field (plain, i), nf_event_field (&one, i));
    } else {
        assert_same_span (plain->span, joined->span);
    }
    if (plain->type == NF_EVENT_FINDING) {
        g_assert_cmpint (plain->finding.id, ==, joined->finding.id);
        assert_same_span (plain->finding.span, joined->finding.span);
        g_assert_cmpuint (plain->finding.args[0], ==, joined->finding.args[0]);
        g_assert_cmpuint (plain->finding.args[1], ==, joined->finding.args[1]);
    }
}

/* Records that come together are those that come one by one. */
static void
check_joined (const NfCollector *collector, const NfDatagram *datagram)
{
    static NfDecoder plain = NF_DECODER_INIT, joined = NF_DECODER_INIT;
    NfEvent one, several;

    nf_decoder_begin (&plain, collector, datagram, NF_CHECK_VALUES);
    nf_decoder_begin (&joined, collector, datagram, NF_CHECK_VALUES);
    nf_decoder_join_records (&joined);
    while (nf_decoder_next (&joined, &several) != NF_EVENT_END) {
        guint count = several.type == NF_EVENT_RECORD ? several.count : 1;

        g_assert_cmpuint (count, >, 0);
        for (guint i = 0; i < count; i++) {
            nf_decoder_next (&plain, &one);
            assert_same_event (&one, &several, i);
        }
    }
    g_assert_cmpint (nf_decoder_next (&plain, &one), ==, NF_EVENT_END);
    nf_decoder_clear (&plain);
    nf_decoder_clear (&joined);
}

void
transcript_walk (NfText *t, const NfCollector *collector, const NfDatagram *datagram,
                 GArray *findings)
{
    static NfDecoder decoder = NF_DECODER_INIT;
    g_autoptr (GArray) troubles = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    Walk w = {.datagram = datagram, .troubles = troubles};
    NfEvent event;

    nf_decoder_begin (&decoder, collector, datagram, NF_CHECK_VALUES);
    while (nf_decoder_next (&decoder, &event) != NF_EVENT_END) {
        w.lists = nf_decoder_lists (&decoder);
        check_event (&w, &event);
        if (t)
            add_event (t, w.lists, &event, datagram->octets);
        if (findings && event.type == NF_EVENT_FINDING)
            g_array_append_val (findings, event.finding);
    }
    check_end (&w);
    g_assert_cmpint (nf_decoder_next (&decoder, &event), ==, NF_EVENT_END);
    nf_decoder_clear (&decoder);
    check_joined (collector, datagram);
}

void
transcript_walk_all (NfText *t, const NfCollector *collector, const TranscriptSample *sample,
                     GArray *findings)
{
    for (guint i = 0; i < sample->n; i++) {
        if (t && sample->n > 1)
            nf_text_add_format (t, "packet %u\n", i + 1);
        transcript_walk (t, collector, &sample->datagrams[i], findings);
    }
}

char *
transcript_of (const TranscriptInput *inputs, const NfLimits *limits)
{
    NfCollector *collector = nf_collector_new (transcript_registry (), limits);
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    NfText t = NF_TEXT_INIT;
    TranscriptSample sample;
    char *text;

    transcript_sample_make (&sample, inputs);
    transcript_learn (collector, &sample, findings);
    for (guint i = 0; i < findings->len; i++) {
        nf_text_add (&t, "learning ");
        add_finding (&t, &g_array_index (findings, NfFinding, i));
        nf_text_add_char (&t, '\n');
    }
    transcript_walk_all (&t, collector, &sample, NULL);
    text = g_strdup (nf_text_string (&t));
    nf_text_clear (&t);
    transcript_sample_clear (&sample);
    nf_collector_free (collector);
    return text;
}
