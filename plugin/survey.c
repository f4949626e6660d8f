/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a Message holds. */
#include "survey.h"

#include "plugin.h"
#include "section.h"

/* Kinds of records that the Info column names; nobody reads more. */
#define MAX_GROUPS 12

static NfpBool
clear_decoder (wmem_allocator_t *pool, wmem_cb_event_t event, void *decoder)
{
    (void)pool;
    (void)event;
    nf_decoder_clear (decoder);
    return FALSE; /* once */
}

NfDecoder *
nfp_decoder_new (packet_info *pinfo)
{
    NfDecoder *decoder = wmem_new (pinfo->pool, NfDecoder);

    *decoder = (NfDecoder)NF_DECODER_INIT;
    wmem_register_callback (pinfo->pool, clear_decoder, decoder);
    return decoder;
}

static NfpeekTapSet *
last_set (const NfpSurvey *survey)
{
    guint n = wmem_array_get_count (survey->sets);

    return n > 0 ? wmem_array_index (survey->sets, n - 1) : NULL;
}

/* A survey while it is made. */
typedef struct {
    NfpSurvey *survey;
    packet_info *pinfo;
    const NfDatagram *datagram;
    const NfDecoder *decoder;
    NfpMemory *fresh;   /* at the first visit; else NULL */
    guint32 set_offset; /* of the current Set, */
    guint16 noted;      /* of which lists had records of this Template last */
} Walk;

/* Records of the current Set, or of a list in it, have a Template. */
static void
note_use (const Walk *w, guint16 id, const NfTemplateUse *use)
{
    /* whoever exports the packet wants its Templates, too */
    if (nfp_state_is_frame (use) && use->packet != w->pinfo->num)
        NFP_DEPENDS_ON (w->pinfo, (guint32)use->packet);
    if (w->fresh && nf_message_has_templates (w->survey->message))
        nfp_state_note_use (w->datagram, w->survey->message, id, w->set_offset, use);
}

static void
begin_set (Walk *w, const NfEvent *event)
{
    NfpSurvey *survey = w->survey;
    const NfSet *set = event->set;
    NfpeekTapSet tap = {.id = set->id,
                        .kind = (guint8)set->kind,
                        .has_template = event->use->binding != NULL,
                        .options = event->use->binding && event->use->binding->tmpl->options,
                        .length = set->span.length};

    wmem_array_append_one (survey->sets, tap);
    if (set->kind != NF_SET_DATA)
        return;
    survey->lacks_template |= !event->use->binding && set->span.length > 4;
    survey->has_sections |=
        event->use->binding && nfp_state_plan (event->use->binding)->has_sections;
    w->set_offset = set->span.offset;
    w->noted = 0;
    note_use (w, set->id, event->use);
}

/* Records in a list, or in a part of one, have a Template, too. */
static void
note_list (Walk *w, const NfList *list)
{
    if (list->template_id != w->noted)
        note_use (w, list->template_id, &list->use);
    w->noted = list->template_id;
    if (list->binding)
        w->survey->has_sections |= nfp_state_plan (list->binding)->has_sections;
}

/* Notes which Templates the lists in a record use, and whether there are parts of packets. */
static void
look_into_lists (Walk *w, const NfEvent *record)
{
    const NfList *list;
    NfListWalk walk;
    NfListStep step;

    nf_list_walk_begin (&walk, nf_decoder_lists (w->decoder), record);
    while ((list = nf_list_walk_next (&walk, &step))) {
        if (step == NF_LIST_PART)
            note_list (w, list);
        if (step != NF_LIST_BEGIN || list->header.length == 0)
            continue;
        if (list->kind == NF_LIST_SUB_TEMPLATE)
            note_list (w, list);
        if (list->kind == NF_LIST_BASIC)
            w->survey->has_sections |=
                nfp_section_kind (list->binding->fields[0].element) != NFP_SECTION_NONE;
    }
}

/* Notes what goes on over time. */
static void
note (const Walk *w, const NfEvent *event)
{
    nfp_state_note (w->fresh, w->datagram, event);
    if (event->type != NF_EVENT_RECORD || event->binding->tmpl->options)
        return;
    NfRecord record = {.event = event,
                       .octets = w->datagram->octets,
                       .message = w->survey->message,
                       .flow = nfp_state_plan (event->binding)->flow,
                       .lists = nf_decoder_lists (w->decoder),
                       .collector = nfp_state_collector (),
                       .domain = nf_decoder_domain (w->decoder),
                       .datagram = w->datagram};

    nfp_state_note_record (&record);
}

static void
count (Walk *w, const NfEvent *event)
{
    NfpSurvey *survey = w->survey;

    nf_record_counts_add (&survey->counts, event);
    if (w->fresh)
        note (w, event);
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        survey->header = *event->message;
        survey->message = &survey->header;
        break;
    case NF_EVENT_SET:
        begin_set (w, event);
        break;
    case NF_EVENT_TEMPLATE:
    case NF_EVENT_WITHDRAWAL:
        last_set (survey)->records++;
        break;
    case NF_EVENT_RECORD:
        last_set (survey)->records += event->count;
        if (event->binding->n_lists > 0)
            look_into_lists (w, event);
        break;
    case NF_EVENT_UNDECODED:
        survey->undecoded += event->span.length;
        break;
    case NF_EVENT_FINDING:
        if (!w->pinfo->flags.in_error_pkt) /* of a quote, which is cut, nothing is to be said */
            wmem_array_append_one (survey->findings, event->finding);
        break;
    default:
        break;
    }
}

void
nfp_survey (NfpSurvey *survey, packet_info *pinfo, const NfDatagram *datagram, NfpMemory *fresh)
{
    NfDecoder *decoder = nfp_decoder_new (pinfo);
    Walk w = {
        .survey = survey, .pinfo = pinfo, .datagram = datagram, .decoder = decoder, .fresh = fresh};
    NfEvent event;

    *survey = (NfpSurvey){.sets = wmem_array_new (pinfo->pool, sizeof (NfpeekTapSet)),
                          .findings = wmem_array_new (pinfo->pool, sizeof (NfFinding)),
                          .counts = nf_record_counts_begin (datagram)};
    nf_decoder_begin (decoder, nfp_state_collector (), datagram, NF_CHECK_VALUES);
    nf_decoder_join_records (decoder);
    while (nf_decoder_next (decoder, &event) != NF_EVENT_END)
        count (&w, &event);
}

/* ---- parts of packets ---- */

static void dissect_list (packet_info *pinfo, tvbuff_t *tvb, const NfRecord *r, guint i);

/* In the order in which a tree has them. */
static void
dissect_sections (packet_info *pinfo, tvbuff_t *tvb, const NfRecord *r)
{
    const NfBinding *binding = r->event->binding;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        if (nf_type_is_list (binding->fields[i].type))
            dissect_list (pinfo, tvb, r, i);
        else if (nfp_section_kind (binding->fields[i].element) != NFP_SECTION_NONE)
            nfp_section_dissect (NULL, pinfo, tvb, r, i);
    }
}

static void
dissect_list (packet_info *pinfo, tvbuff_t *tvb, const NfRecord *r, guint i)
{
    NfRecord inner = *r;
    NfListStep step;
    NfList list;

    inner.event = &list.record;
    nf_list_begin (&list, r->lists, r->event, i);
    while ((step = nf_list_next (&list)) != NF_LIST_END)
        if (step == NF_LIST_RECORD)
            dissect_sections (pinfo, tvb, &inner);
}

void
nfp_survey_sections (packet_info *pinfo, tvbuff_t *tvb, const NfDatagram *datagram)
{
    NfDecoder *decoder = nfp_decoder_new (pinfo);
    NfEvent event;

    nf_decoder_begin (decoder, nfp_state_collector (), datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (decoder, &event) != NF_EVENT_END) {
        if (event.type != NF_EVENT_RECORD)
            continue;
        NfRecord record = {
            .event = &event, .octets = datagram->octets, .lists = nf_decoder_lists (decoder)};

        if (event.binding->n_lists > 0 || nfp_state_plan (event.binding)->has_sections)
            dissect_sections (pinfo, tvb, &record);
    }
}

/* The worst of the findings, the first of those; NULL where there is none. */
static const NfFinding *
worst_finding (const NfpSurvey *survey)
{
    const NfFinding *worst = NULL;

    for (guint i = 0; i < wmem_array_get_count (survey->findings); i++) {
        const NfFinding *finding = wmem_array_index (survey->findings, i);

        if (!worst || nf_finding_severity (finding->id) > nf_finding_severity (worst->id))
            worst = finding;
    }
    return worst;
}

/* ---- as text ---- */

static gboolean
is_alike (const NfpeekTapSet *a, const NfpeekTapSet *b)
{
    return a->id == b->id && a->kind == b->kind && a->has_template == b->has_template;
}

/* Appends what Sets of one kind and ID hold together, from Set `i` on. */
static void
add_group (NfText *t, const NfpSurvey *survey, guint i)
{
    const NfpeekTapSet *first = wmem_array_index (survey->sets, i);
    guint64 records = 0;

    for (guint k = i; k < wmem_array_get_count (survey->sets); k++) {
        const NfpeekTapSet *set = wmem_array_index (survey->sets, k);

        if (is_alike (set, first))
            records += set->records;
    }
    switch (first->kind) {
    case NF_SET_TEMPLATE:
        nf_text_add_count (t, records, "Templates");
        return;
    case NF_SET_OPTIONS_TEMPLATE:
        nf_text_add_count (t, records, "Options Templates");
        return;
    case NF_SET_RESERVED:
        nf_text_add_format (t, "reserved Set %u", first->id);
        return;
    default:
        break;
    }
    if (!first->has_template) {
        nf_text_add_format (t, "data without Template %u", first->id);
        return;
    }
    nf_text_add_count (t, records, first->options ? "options" : "flows");
    if (first->id > 0)
        nf_text_add_format (t, " (%u)", first->id);
}

/* Whether a Set before this one is of the same kind and ID. */
static gboolean
is_told (const NfpSurvey *survey, guint i)
{
    const NfpeekTapSet *set = wmem_array_index (survey->sets, i);

    for (guint k = 0; k < i; k++)
        if (is_alike (wmem_array_index (survey->sets, k), set))
            return TRUE;
    return FALSE;
}

void
nfp_survey_text (NfText *t, const NfpSurvey *survey)
{
    guint n = 0;

    for (guint i = 0; i < wmem_array_get_count (survey->sets) && n <= MAX_GROUPS; i++) {
        if (is_told (survey, i))
            continue;
        if (n++ > 0)
            nf_text_add (t, ", ");
        if (n > MAX_GROUPS)
            nf_text_add (t, "...");
        else
            add_group (t, survey, i);
    }
    if (n == 0)
        nf_text_add (t, survey->undecoded > 0 ? "undecoded" : "empty");
}

/* "engine 0/1, seq 5: ", "Source ID 7, seq 5: ": what the header has of that. */
static void
add_origin (NfText *t, const NfMessage *m)
{
    const char *scheme = nf_fixed_scheme_name (m->aggregation);

    if (nf_version_has (m->version, NF_HEADER_ENGINE))
        nf_text_add_format (t, "engine %u/%u, ", m->engine_type, m->engine_id);
    else if (nf_version_has (m->version, NF_HEADER_DOMAIN))
        nf_text_add_format (t, "%s %u, ", m->version == 10 ? "domain" : "Source ID", m->domain);
    if (scheme)
        nf_text_add_format (t, "%s, ", scheme);
    if (nf_version_has (m->version, NF_HEADER_SEQUENCE))
        nf_text_add_format (t, "seq %u: ", m->sequence);
}

void
nfp_survey_columns (packet_info *pinfo, const NfpSurvey *survey, gboolean with_findings)
{
    const NfMessage *m = survey->message;
    const NfFinding *worst = with_findings ? worst_finding (survey) : NULL;
    NfText t = NF_TEXT_INIT;

    col_set_str (pinfo->cinfo, COL_PROTOCOL, m ? nf_version_name (m->version) : "NetFlow");
    if (!pinfo->cinfo || !col_get_writable (pinfo->cinfo, COL_INFO))
        return;
    if (m) {
        add_origin (&t, m);
        nfp_survey_text (&t, survey);
    }
    if (worst && !m)
        nf_finding_text (&t, worst, NULL);
    if (worst)
        nf_text_add_format (&t, " [%s: %s]", nf_severity_name (nf_finding_severity (worst->id)),
                            nf_finding_code (worst->id));
    const char *text = wmem_strdup (pinfo->pool, nf_text_string (&t));

    nf_text_clear (&t);
    col_clear (pinfo->cinfo, COL_INFO); /* but for the Messages before it in the frame */
    col_append_sep_str (pinfo->cinfo, COL_INFO, " | ", text);
    col_set_fence (pinfo->cinfo, COL_INFO);
}

/* ---- for the tap ---- */

static const NfpeekTapFinding *
tap_findings (packet_info *pinfo, const NfpSurvey *survey)
{
    guint n = wmem_array_get_count (survey->findings);
    NfpeekTapFinding *findings = wmem_alloc_array (pinfo->pool, NfpeekTapFinding, n + 1);

    for (guint i = 0; i < n; i++) {
        const NfFinding *finding = wmem_array_index (survey->findings, i);

        findings[i] = (NfpeekTapFinding){nf_finding_code (finding->id),
                                         nf_severity_name (nf_finding_severity (finding->id))};
    }
    return findings;
}

static const char *
tap_exporter (packet_info *pinfo, const NfDatagram *datagram)
{
    NfText t = NF_TEXT_INIT;

    if (datagram->exporter.family == 0)
        return "unknown exporter";
    nf_endpoint_text_port (&t, &datagram->exporter);
    const char *text = wmem_strdup (pinfo->pool, nf_text_string (&t));

    nf_text_clear (&t);
    return text;
}

void
nfp_survey_tap (packet_info *pinfo, const NfpSurvey *survey, const NfDatagram *datagram,
                const NfTrack *track)
{
    const NfMessage *m = survey->message;
    NfpeekTap *tap;

    if (!have_tap_listener (nfp_tap))
        return;
    tap = wmem_new (pinfo->pool, NfpeekTap);
    *tap = (NfpeekTap){.version = m ? m->version : 0,
                       .version_name = m ? nf_version_name (m->version) : "no Message",
                       .exporter = tap_exporter (pinfo, datagram),
                       .domain = m ? m->domain : 0,
                       .sequence = m ? m->sequence : 0,
                       .export_time_s = m ? m->export_time_s : 0,
                       .length = (guint32)datagram->length,
                       .undecoded = survey->undecoded,
                       .flows = (guint32)survey->counts.flows,
                       .options = (guint32)survey->counts.options,
                       .templates = (guint32)survey->counts.templates,
                       .sets = wmem_array_get_raw (survey->sets),
                       .n_sets = wmem_array_get_count (survey->sets),
                       .findings = tap_findings (pinfo, survey),
                       .n_findings = wmem_array_get_count (survey->findings),
                       .lost = track->lost,
                       .found = track->found,
                       .lost_all = track->lost_all,
                       .unit = nf_unit_name (track->unit)};
    tap_queue_packet (nfp_tap, pinfo, tap);
}
