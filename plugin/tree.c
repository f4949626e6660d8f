/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Headers, Sets, and what is in them, as a tree. */
#include "tree.h"

#include "experts.h"
#include "survey.h"

/* Text of labels. Not freed when a dissection is given up: it is used again. */
static NfText scratch;

/* ---- labels ---- */

/* Whether octets that eight ones are of are ASCII that can be printed: neither below ' ', nor above
 * '~'. What is borrowed from the next octet or carried into it comes of one that is not. */
static gboolean
are_printable (guint64 eight)
{
    const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

    return ((eight | (eight - ones * ' ') | (eight + ones)) & ones * 0x80) == 0;
}

/* Whether all of the text is that: eight octets at a time, the last eight once more for the rest.
 */
static gboolean
is_printable (const NfText *text)
{
    const guint8 *octets = (const guint8 *)text->start;
    gsize n = nf_text_length (text);

    if (n < 8)
        return FALSE;
    for (gsize i = 0; i + 8 < n; i += 8)
        if (!are_printable (nf_octets_uint (octets + i, 8)))
            return FALSE;
    return are_printable (nf_octets_uint (octets + n - 8, 8));
}

/* proto_item_set_text() sends even "%s" through printf, which takes longer than all else that is
 * done for the item. Later versions escape what cannot be printed there: that is left to it. */
void
nfp_tree_set_label (proto_item *item, NfText *text)
{
    field_info *info = item ? PITEM_FINFO (item) : NULL;
    const char *label = nf_text_string (text);

    if (!info || info->rep || proto_item_is_hidden (item) ||
        nf_text_length (text) >= ITEM_LABEL_LENGTH || !is_printable (text)) {
        proto_item_set_text (item, "%s", label);
        return;
    }
    info->rep = wmem_new0 (PNODE_POOL (item), item_label_t);
    memcpy (info->rep->representation, label, nf_text_length (text));
}

/* ---- the header ---- */

static proto_item *
add_uint (const NfpTree *tree, proto_tree *parent, int field, NfReader *r, guint length)
{
    guint32 offset = r->offset;

    return proto_tree_add_uint (parent, field, tree->tvb, (gint)offset, (gint)length,
                                (guint32)nf_reader_uint (r, length));
}

static void
add_export_time (const NfpTree *tree, NfReader *r)
{
    const NfMessage *m = tree->message;
    gint length = m->version < 9 ? 8 : 4; /* seconds, and nanoseconds */
    nstime_t time = {(time_t)m->export_time_s, (int)(m->export_time_ns % 1000000000)};

    proto_item *item = proto_tree_add_time (tree->tree, nfp_field.export_time, tree->tvb,
                                            (gint)r->offset, length, &time);
    guint digits;
    NfTime exported = nf_message_export_time (m, &digits);

    nf_reader_take (r, (gsize)length);
    if (!tree->visible)
        return;
    nf_text_truncate (&scratch, 0);
    nf_time_text (&scratch, exported, digits);
    proto_item_set_text (item, "Export Time: %s", nf_text_string (&scratch));
}

/* What the exporter's Messages before this one make of its sequence number. */
static void
add_track (NfpTree *tree, const NfTrack *track)
{
    proto_tree *t = tree->tree;
    proto_item *item;

    if (track->order != NF_ORDER_UNKNOWN) {
        item = proto_tree_add_uint (t, nfp_field.expected, tree->tvb, 0, 0, track->expected);
        nfp_mark_generated (item);
    }
    if (track->order != NF_ORDER_UNKNOWN &&
        track->unit != nf_unit_of_version (tree->message->version)) {
        item =
            proto_tree_add_string (t, nfp_field.unit, tree->tvb, 0, 0, nf_unit_name (track->unit));
        nfp_mark_generated (item);
    }
    if (track->order == NF_ORDER_GAP) {
        item = proto_tree_add_uint (t, nfp_field.lost, tree->tvb, 0, 0,
                                    tree->message->sequence - track->expected);
        if (tree->visible)
            proto_item_append_text (item, " %s", nf_unit_name (track->unit));
        nfp_mark_generated (item);
    }
    if (track->has_last && track->packet > 0) {
        item = proto_tree_add_uint (t, nfp_field.previous, tree->tvb, 0, 0, (guint32)track->packet);
        nfp_mark_generated (item);
    }
}

static void
add_engine (const NfpTree *tree, NfReader *r)
{
    NfSpan both = {r->offset, 2};

    add_uint (tree, tree->tree, nfp_field.engine_type, r, 1);
    add_uint (tree, tree->tree, nfp_field.engine_id, r, 1);
    nfp_mark_generated (proto_tree_add_uint (tree->tree, nfp_field.engine, tree->tvb,
                                             (gint)both.offset, (gint)both.length,
                                             tree->message->domain));
}

/* What the fixed versions from v5 on have behind the sequence number. */
static void
add_fixed (const NfpTree *tree, NfReader *r)
{
    guint version = tree->message->version;
    NfReader twice;

    if (nf_version_has (version, NF_HEADER_ENGINE))
        add_engine (tree, r);
    if (nf_version_has (version, NF_HEADER_AGGREGATION)) {
        add_uint (tree, tree->tree, nfp_field.aggregation, r, 1);
        add_uint (tree, tree->tree, nfp_field.aggregation_version, r, 1);
    }
    if (nf_version_has (version, NF_HEADER_SAMPLING)) {
        twice = *r;
        add_uint (tree, tree->tree, nfp_field.sampling_mode, &twice, 2);
        add_uint (tree, tree->tree, nfp_field.sampling_interval, r, 2);
    }
    if (nf_version_has (version, NF_HEADER_RESERVED))
        add_uint (tree, tree->tree, nfp_field.reserved, r,
                  tree->message->header_length - r->offset);
}

static void
add_uptime (const NfpTree *tree, NfReader *r)
{
    proto_item *item = add_uint (tree, tree->tree, nfp_field.sys_uptime, r, 4);

    if (!tree->visible)
        return;
    nf_text_truncate (&scratch, 0);
    nf_text_add (&scratch, " (");
    nf_describe_duration (&scratch, tree->message->sys_uptime_ms);
    nf_text_add_char (&scratch, ')');
    proto_item_append_text (item, "%s", nf_text_string (&scratch));
}

/* The Observation Domain, with what it is called. */
static void
add_domain (const NfpTree *tree, NfReader *r)
{
    const NfMessage *m = tree->message;
    proto_item *item =
        add_uint (tree, tree->tree, m->version == 9 ? nfp_field.source_id : nfp_field.domain, r, 4);
    const NfAnnouncement *a;

    if (!tree->visible)
        return;
    a = nf_announced_of_domain (nfp_state_collector (), tree->domain, tree->datagram, m->domain);
    if (!a)
        return;
    nf_text_truncate (&scratch, 0);
    nf_announcement_text (&scratch, a);
    proto_item_append_text (item, "%s", nf_text_string (&scratch));
}

static void
add_header (NfpTree *tree, const NfTrack *track)
{
    const NfMessage *m = tree->message;
    proto_tree *t = tree->tree;
    NfReader r = nf_reader (tree->datagram->octets, tree->datagram->length, 0);

    add_uint (tree, t, nfp_field.version, &r, 2);
    if (m->version == 10) {
        add_uint (tree, t, nfp_field.length, &r, 2);
    } else {
        add_uint (tree, t, nfp_field.count, &r, 2);
        add_uptime (tree, &r);
    }
    add_export_time (tree, &r);
    if (nf_version_has (m->version, NF_HEADER_SEQUENCE))
        add_uint (tree, t, nfp_field.sequence, &r, 4);
    add_track (tree, track);
    if (m->version < 9)
        add_fixed (tree, &r);
    else
        add_domain (tree, &r);
}

/* ---- Sets ---- */

const char *
nfp_set_word (const NfpTree *tree)
{
    return tree->message->version == 9 ? "FlowSet" : "Set";
}

void
nfp_tree_add_frame (const NfpTree *tree, proto_tree *parent, int field, guint64 frame)
{
    if (frame == 0 || frame > G_MAXUINT32)
        return;
    nfp_mark_generated (proto_tree_add_uint (parent, field, tree->tvb, 0, 0, (guint32)frame));
}

static void
add_set_text (const NfpTree *tree, proto_item *item, const NfEvent *event)
{
    static const char *const kinds[] = {[NF_SET_TEMPLATE] = "Templates",
                                        [NF_SET_OPTIONS_TEMPLATE] = "Options Templates",
                                        [NF_SET_DATA] = "Data",
                                        [NF_SET_RESERVED] = "reserved"};
    const NfSet *set = event->set;
    const NfTemplateUse *use = event->use;

    if (!tree->visible)
        return;
    if (!nf_message_has_templates (tree->message)) {
        proto_item_set_text (item, "Records of %s", nf_version_name (tree->message->version));
        return;
    }
    proto_item_set_text (item, "%s %u: %s", nfp_set_word (tree), set->id, kinds[set->kind]);
    if (set->kind != NF_SET_DATA)
        return;
    if (!use->binding && use->candidates > 1)
        proto_item_append_text (item, ", one of %u different Templates", use->candidates);
    else if (!use->binding)
        proto_item_append_text (item, ", no Template");
    else if (!nfp_state_is_frame (use))
        proto_item_append_text (item, ", Template from the template file");
    else if (use->late)
        proto_item_append_text (item, ", Template comes later");
    if (use->foreign)
        proto_item_append_text (item, ", Template of another session");
}

static void
begin_set (NfpTree *tree, const NfEvent *event)
{
    const NfSet *set = event->set;
    NfSpan span = set->span;
    NfReader r = nf_reader (tree->datagram->octets, tree->datagram->length, 0);
    proto_item *item = proto_tree_add_item (tree->tree, nfp_field.set, tree->tvb, (gint)span.offset,
                                            (gint)span.length, ENC_NA);

    tree->in = set;
    tree->set = proto_item_add_subtree (item, nfp_subtree.set);
    tree->n_records = 0;
    tree->plan = event->use->binding ? nfp_state_plan (event->use->binding) : NULL;
    add_set_text (tree, item, event);
    if (nf_message_has_templates (tree->message)) {
        nf_reader_take (&r, span.offset);
        add_uint (tree, tree->set,
                  tree->message->version == 9 ? nfp_field.flowset_id : nfp_field.set_id, &r, 2);
        add_uint (tree, tree->set, nfp_field.set_length, &r, 2);
        if (set->kind == NF_SET_DATA && nfp_state_is_frame (event->use))
            nfp_tree_add_frame (tree, tree->set, nfp_field.set_template, event->use->packet);
    }
    if (tree->plan)
        nfp_tree_begin_records (tree);
}

/* ---- all of it ---- */

static void
add_octets (const NfpTree *tree, proto_tree *parent, int field, NfSpan span)
{
    proto_tree_add_item (parent, field, tree->tvb, (gint)span.offset, (gint)span.length, ENC_NA);
}

/* Where findings go that are about a Template, or about the lists in a record: below it. */
typedef struct {
    proto_tree *tree; /* NULL: there was none just before */
    NfSpan span;
} Subject;

/* The tree of what a finding is about. */
static proto_tree *
place_of_finding (const NfpTree *tree, const NfEvent *event, const Subject *subject)
{
    guint32 offset = event->span.offset;

    if (subject->tree && offset >= subject->span.offset &&
        offset < subject->span.offset + subject->span.length)
        return subject->tree;
    return event->in_set && tree->in ? tree->set : tree->tree;
}

static void
add_finding (const NfpTree *tree, const NfEvent *event, const Subject *subject)
{
    if (tree->findings)
        nfp_experts_add (tree->pinfo, place_of_finding (tree, event, subject), tree->tvb,
                         &event->finding, tree->message ? tree->message->version : 0);
}

static void
add_event (NfpTree *tree, const NfEvent *event, Subject *subject)
{
    proto_tree *parent = event->in_set && tree->in ? tree->set : tree->tree;

    switch (event->type) {
    case NF_EVENT_SET:
        begin_set (tree, event);
        break;
    case NF_EVENT_TEMPLATE:
        *subject = (Subject){nfp_tree_template (tree, event), event->span};
        break;
    case NF_EVENT_WITHDRAWAL:
        nfp_tree_withdrawal (tree, event);
        break;
    case NF_EVENT_RECORD:
        *subject = (Subject){nfp_tree_record (tree, event), event->span};
        break;
    case NF_EVENT_PADDING:
        add_octets (tree, parent, nfp_field.padding, event->span);
        break;
    case NF_EVENT_UNDECODED:
        add_octets (tree, parent, nfp_field.undecoded, event->span);
        break;
    case NF_EVENT_FINDING:
        if (!tree->pinfo->flags.in_error_pkt) /* as in survey.c */
            add_finding (tree, event, subject);
        break;
    default:
        break;
    }
}

void
nfp_tree_message (NfpTree *tree, const NfTrack *track, wmem_array_t *said)
{
    NfDecoder *decoder = nfp_decoder_new (tree->pinfo);
    Subject subject = {.tree = NULL};
    NfEvent event;

    tree->visible = nfp_is_visible (tree->tree);
    tree->decoder = decoder;
    nf_decoder_begin (decoder, nfp_state_collector (), tree->datagram, tree->level);
    tree->domain = nf_decoder_domain (decoder);
    if (tree->message)
        add_header (tree, track);
    for (guint i = 0; tree->findings && i < wmem_array_get_count (said); i++)
        nfp_experts_add (tree->pinfo, tree->tree, tree->tvb, wmem_array_index (said, i),
                         tree->message ? tree->message->version : 0);
    while (nf_decoder_next (decoder, &event) != NF_EVENT_END)
        add_event (tree, &event, &subject);
}
