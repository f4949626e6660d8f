/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of -T tree: Message, Set and Template headers (RFC 7011 3.1, 3.3, 3.4; RFC 3954 5, 6). */
#include "tree.h"

#include "remember.h"
#include "show-origin.h"
#include "tree-lines.h"

#define DUMP_WIDTH 16 /* octets a line */

#define NUMBER_WIDTH 6

/* A line's offset and length, and the space before what it says. */
void
nf_tree_columns (NfShow *show, NfSpan span, guint depth)
{
    static const char spaces[] = "                "; /* of as many levels as most trees have */
    NfText *t = &show->out;
    char *at = nf_text_room (t, 3 * sizeof spaces);

    if (G_LIKELY (span.offset < NF_FOUR_DIGITS && span.length < NF_FOUR_DIGITS)) {
        at = nf_put_small_right (at, span.offset, NUMBER_WIDTH);
        *at++ = ' ';
        t->at = nf_put_small_right (at, span.length, NUMBER_WIDTH);
    } else {
        nf_text_add_uint_right (t, span.offset, NUMBER_WIDTH);
        nf_text_add_char (t, ' ');
        nf_text_add_uint_right (t, span.length, NUMBER_WIDTH);
    }
    memcpy (nf_text_room (t, sizeof spaces), spaces, sizeof spaces);
    t->at += MIN (2 + 2 * depth, sizeof spaces - 1);
    for (guint i = sizeof spaces / 2 - 1; i < depth; i++)
        nf_text_add (t, "  ");
}

void
nf_tree_begin (NfShow *show, NfSpan span, guint depth)
{
    nf_tree_lines_add (show->lines, nf_text_length (&show->out), span, depth);
    nf_tree_columns (show, span, depth);
}

/* Fields of Data Records, the most of all lines. */
#define FIELD_DEPTH 2

/* The beginning of a line but for its offset: of a field whose length is always the same. */
typedef struct {
    guint32 at;     /* in `text` */
    guint32 length; /* 0: the field has another length each time */
} Beginning;

typedef struct {
    char *text; /* of all, NF_PLAN_STEP octets behind the last one */
    Beginning of_fields[];
} Extra;

gpointer
nf_tree_extend_plan (NfPlan *plan, gpointer data)
{
    const NfTemplate *tmpl = plan->binding->tmpl;
    Extra *extra = g_malloc0 (sizeof (Extra) + tmpl->n_fields * sizeof (Beginning));
    NfShow show = {.out = NF_TEXT_INIT};

    (void)data;
    for (guint i = 0; i < tmpl->n_fields; i++) {
        Beginning *b = &extra->of_fields[i];
        gsize start = nf_text_length (&show.out);

        if (tmpl->fields[i].length == NF_VARIABLE_LENGTH)
            continue;
        nf_tree_columns (&show, (NfSpan){0, tmpl->fields[i].length}, FIELD_DEPTH);
        nf_text_add_octets (&show.out, plan->fields[i].label, plan->fields[i].label_length);
        b->at = (guint32)start + NUMBER_WIDTH;
        b->length = (guint32)nf_text_length (&show.out) - b->at;
    }
    memset (nf_text_room (&show.out, NF_PLAN_STEP), 0, NF_PLAN_STEP);
    extra->text = g_memdup2 (show.out.start, nf_text_length (&show.out) + NF_PLAN_STEP);
    nf_text_clear (&show.out);
    return extra;
}

void
nf_tree_free_extra (gpointer extra)
{
    g_free (((Extra *)extra)->text);
    g_free (extra);
}

void
nf_tree_begin_field (NfShow *show, NfSpan span, guint depth, const NfPlan *plan, guint i)
{
    const Extra *extra = plan->extra;
    const Beginning *b = &extra->of_fields[i];
    NfText *t = &show->out;

    if (depth != FIELD_DEPTH || b->length == 0 || span.offset >= NF_FOUR_DIGITS) {
        nf_tree_begin (show, span, depth);
        nf_text_add_octets (t, plan->fields[i].label, plan->fields[i].label_length);
        return;
    }
    nf_tree_lines_add (show->lines, nf_text_length (t), span, depth);
    char *at = nf_text_room (t, 8 + 4 + b->length + NF_PLAN_STEP);

    at = nf_put_small_right (at, span.offset, NUMBER_WIDTH);
    t->at = nf_plan_put (at, extra->text + b->at, b->length);
}

void
nf_tree_end (NfShow *show)
{
    nf_text_add_char (&show->out, '\n');
}

/* ---- octets ---- */

static guint32
count_zeros (const guint8 *octets, guint32 length)
{
    guint32 n = 0;

    while (n < length && octets[n] == 0)
        n++;
    return n;
}

/* "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ................" */
static void
add_dump_line (NfText *t, const guint8 *octets, guint32 n)
{
    gsize start = nf_text_length (t);

    nf_text_add_hex (t, octets, n, ' ');
    nf_column_left (t, start, 3 * DUMP_WIDTH - 1);
    nf_text_add (t, "  ");
    for (guint32 i = 0; i < n; i++)
        nf_text_add_char (t, octets[i] >= 0x20 && octets[i] < 0x7f ? (char)octets[i] : '.');
}

void
nf_tree_dump (NfShow *show, NfSpan span, guint depth)
{
    const guint8 *octets = nf_show_octets (show, span);

    for (guint32 i = 0, n; i < span.length; i += n) {
        guint32 zeros = count_zeros (&octets[i], span.length - i);

        n = zeros > DUMP_WIDTH ? zeros : MIN (DUMP_WIDTH, span.length - i);
        nf_tree_begin (show, (NfSpan){span.offset + i, n}, depth);
        if (zeros > DUMP_WIDTH)
            nf_text_add_format (&show->out, "%u octets of zero", zeros);
        else
            add_dump_line (&show->out, &octets[i], n);
        nf_tree_end (show);
    }
}

void
nf_tree_octets (NfShow *show, NfSpan span, guint depth, const char *label)
{
    const guint8 *octets = nf_show_octets (show, span);
    NfText *t = &show->out;

    nf_tree_begin (show, span, depth);
    nf_text_add (t, label);
    if (span.length <= DUMP_WIDTH) {
        nf_text_add (t, ": ");
        nf_text_add_hex (t, octets, span.length, ' ');
        nf_tree_end (show);
    } else if (count_zeros (octets, span.length) == span.length) {
        nf_text_add_format (t, ": %u octets of zero", span.length);
        nf_tree_end (show);
    } else {
        nf_tree_end (show);
        nf_tree_dump (show, span, depth + 1);
    }
}

/* ---- headers ---- */

/* A line "LABEL: NUMBER" for the next `length` octets of a header, left open. Returns the number.
 */
static guint64
begin_number (NfShow *show, NfReader *r, guint length, const char *label, guint depth)
{
    NfSpan span = {r->offset, length};
    guint64 number = nf_reader_uint (r, length);

    nf_tree_begin (show, span, depth);
    nf_text_add (&show->out, label);
    nf_text_add (&show->out, ": ");
    nf_text_add_uint (&show->out, number, 1);
    return number;
}

static guint64
add_number (NfShow *show, NfReader *r, guint length, const char *label, guint depth)
{
    guint64 number = begin_number (show, r, length, label, depth);

    nf_tree_end (show);
    return number;
}

typedef enum {
    PART_PLAIN,
    PART_LENGTH,
    PART_UPTIME,
    PART_TIME,
    PART_ENGINE,
    PART_SCHEME,
    PART_SAMPLING,
    PART_DOMAIN
} Part;

typedef struct {
    const char *label;
    guint8 length; /* octets */
    guint8 part;   /* what is said behind the number */
} HeaderField;

#define UPTO9_BEGINNING                                                                            \
    {"Version", 2, 0}, {"Count", 2, 0},                                                            \
    {                                                                                              \
        "sysUptime", 4, PART_UPTIME                                                                \
    }

static const HeaderField header_v1[] = {
    UPTO9_BEGINNING, {"unix_secs", 4, PART_TIME}, {"unix_nsecs", 4, 0}, {NULL, 0, 0}};
/* and of v6 */
static const HeaderField header_v5[] = {
    UPTO9_BEGINNING,
    {"unix_secs", 4, PART_TIME},
    {"unix_nsecs", 4, 0},
    {"Sequence Number", 4, 0},
    {"Engine Type", 1, PART_ENGINE},
    {"Engine ID", 1, 0},
    {"Sampling", 2, PART_SAMPLING},
    {NULL, 0, 0},
};
static const HeaderField header_v7[] = {
    UPTO9_BEGINNING,           {"unix_secs", 4, PART_TIME}, {"unix_nsecs", 4, 0},
    {"Sequence Number", 4, 0}, {"Reserved", 4, 0},          {NULL, 0, 0},
};
static const HeaderField header_v8[] = {
    UPTO9_BEGINNING,
    {"unix_secs", 4, PART_TIME},
    {"unix_nsecs", 4, 0},
    {"Sequence Number", 4, 0},
    {"Engine Type", 1, PART_ENGINE},
    {"Engine ID", 1, 0},
    {"Aggregation", 1, PART_SCHEME},
    {"Aggregation Version", 1, 0},
    {"Sampling", 2, PART_SAMPLING},
    {"Reserved", 2, 0},
    {NULL, 0, 0},
};
static const HeaderField header_v9[] = {
    UPTO9_BEGINNING,
    {"UNIX Secs", 4, PART_TIME},
    {"Sequence Number", 4, 0},
    {"Source ID", 4, PART_DOMAIN},
    {NULL, 0, 0},
};
static const HeaderField header_ipfix[] = {
    {"Version", 2, 0},
    {"Length", 2, PART_LENGTH},
    {"Export Time", 4, PART_TIME},
    {"Sequence Number", 4, 0},
    {"Observation Domain ID", 4, PART_DOMAIN},
    {NULL, 0, 0},
};

static const HeaderField *const headers[] = {
    [1] = header_v1, [5] = header_v5, [6] = header_v5,     [7] = header_v7,
    [8] = header_v8, [9] = header_v9, [10] = header_ipfix,
};

/* What the number of a header's field means. */
static void
explain (NfShow *show, Part part, guint64 number)
{
    const guint16 engine_type_id = 38; /* the element with the names of engine types */
    const NfAnnouncement *announced;
    NfText *t = &show->out;

    switch (part) {
    case PART_PLAIN:
        return;
    case PART_LENGTH:
        if (number != show->datagram->wire_length)
            nf_text_add_format (t, " (the datagram has %" G_GSIZE_FORMAT " octets)",
                                show->datagram->wire_length);
        return;
    case PART_UPTIME:
        nf_text_add (t, " ms (");
        nf_describe_duration (t, number);
        nf_text_add_char (t, ')');
        return;
    case PART_TIME:
        nf_text_add (t, " (");
        nf_time_text (t, (NfTime){.s = number}, 0);
        nf_text_add_char (t, ')');
        return;
    case PART_ENGINE:
        nf_show_value_name (show, engine_type_id, number);
        return;
    case PART_SCHEME:
        if (nf_fixed_scheme_name ((guint)number))
            nf_text_add_format (t, " (%s)", nf_fixed_scheme_name ((guint)number));
        return;
    case PART_SAMPLING: /* 2 bits of mode, 14 bits of interval */
        if (number == 0)
            return;
        nf_text_add_format (t, " (mode %u, 1 out of %u packets)", (guint)number >> 14,
                            (guint)number & 0x3fff);
        return;
    case PART_DOMAIN:
        announced = show->options->numeric
                        ? NULL
                        : nf_announced_of_domain (show->collector, show->domain, show->datagram,
                                                  (guint32)number);
        if (announced)
            nf_announcement_text (t, announced);
        return;
    }
}

void
nf_tree_message (NfShow *show, const NfMessage *message)
{
    NfSpan span = {0, message->header_length};
    NfReader r = nf_reader (nf_show_octets (show, span), span.length, 0);

    nf_tree_begin (show, span, 0);
    nf_text_add (&show->out, nf_version_name (message->version));
    nf_text_add (&show->out, message->version == 10 ? " Message header" : " header");
    nf_tree_end (show);
    for (const HeaderField *f = headers[message->version]; f->label; f++) {
        guint64 number = begin_number (show, &r, f->length, f->label, 1);

        explain (show, (Part)f->part, number);
        nf_tree_end (show);
    }
}

/* ---- Sets ---- */

void
nf_tree_template_use (NfShow *show, const NfTemplateUse *use)
{
    const NfDatagram *g = show->datagram;
    const GPtrArray *files = show->options->files; /* the first inputs */
    gboolean same_file = use->file == g->file;
    NfText *t = &show->out;

    if (!use->binding) {
        if (use->candidates > 1)
            nf_text_add_format (t, ", one of %u different Templates", use->candidates);
        else
            nf_text_add (t, ", no Template");
        return;
    }
    nf_text_add (t, ", Template ");
    if (use->foreign)
        nf_text_add (t, "of another session ");
    nf_text_add (t, use->late ? "comes later, in " : "from ");
    if (use->file == NF_FILE_TEMPLATES)
        nf_text_add (t, "the template file");
    else if (!same_file && use->file < files->len)
        nf_origin_file (t, files->pdata[use->file]);
    else if (use->packet == 0 || !same_file)
        nf_text_add (t, same_file ? "this input" : "another input");
    if (use->packet > 0) {
        if (!same_file)
            nf_text_add_char (t, ' ');
        if (same_file && use->packet == g->packet)
            nf_text_add (t, "this packet");
        else
            nf_origin_place (t, use->packet, 1);
    }
}

static const char *
set_word (const NfShow *show)
{
    return show->message && show->message->version == 9 ? "FlowSet" : "Set";
}

static void
add_fixed_records (NfShow *show, const NfEvent *event)
{
    NfText *t = &show->out;

    nf_text_add (t, "Records of ");
    nf_text_add (t, nf_version_name (show->message->version));
    if (event->use->binding) {
        nf_text_add (t, ", ");
        nf_text_add_count (t, event->use->binding->tmpl->record_length, "octets");
        nf_text_add (t, " each");
    }
}

void
nf_tree_set (NfShow *show, const NfEvent *event)
{
    static const char *const kinds[] = {[NF_SET_TEMPLATE] = "Templates",
                                        [NF_SET_OPTIONS_TEMPLATE] = "Options Templates",
                                        [NF_SET_DATA] = "Data",
                                        [NF_SET_RESERVED] = "reserved"};
    const NfSet *set = event->set;
    NfReader r = nf_reader (nf_show_octets (show, set->span), set->span.length, set->span.offset);
    const char *word = set_word (show);
    NfText *t = &show->out;

    nf_tree_begin (show, set->span, 0);
    if (!nf_message_has_templates (show->message)) {
        add_fixed_records (show, event);
        nf_tree_end (show);
        return;
    }
    nf_text_add (t, word);
    nf_text_add_char (t, ' ');
    nf_text_add_uint (t, set->id, 1);
    nf_text_add (t, ": ");
    nf_text_add (t, kinds[set->kind]);
    if (set->kind == NF_SET_DATA)
        nf_tree_template_use (show, event->use);
    nf_tree_end (show);
    add_number (show, &r, 2, *word == 'F' ? "FlowSet ID" : "Set ID", 1);
    begin_number (show, &r, 2, "Length", 1);
    if (set->length > set->span.length)
        nf_text_add_format (t, " (%u octets are there)", set->span.length);
    nf_tree_end (show);
}

/* ---- Templates ---- */

void
nf_tree_template_header (NfShow *show, const NfTemplate *tmpl, NfReader *record)
{
    add_number (show, record, 2, "Template ID", 2);
    if (tmpl->options && tmpl->version == 9) {
        add_number (show, record, 2, "Option Scope Length", 2);
        add_number (show, record, 2, "Option Length", 2);
        return;
    }
    add_number (show, record, 2, "Field Count", 2);
    if (tmpl->options)
        add_number (show, record, 2, "Scope Field Count", 2);
}

void
nf_tree_withdrawal (NfShow *show, NfSpan span)
{
    NfReader r = nf_reader (nf_show_octets (show, span), span.length, span.offset);

    add_number (show, &r, 2, "Template ID", 2);
    add_number (show, &r, 2, "Field Count", 2);
}

/* ---- lists ---- */

void
nf_tree_part_header (NfShow *show, NfSpan part, guint depth)
{
    NfReader r = nf_reader (nf_show_octets (show, part), part.length, part.offset);

    add_number (show, &r, 2, "Template ID", depth);
    add_number (show, &r, 2, "Data Records Length", depth);
}
