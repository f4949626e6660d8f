/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a Data Record beside its fields. */
#include "derived.h"

#include "printable.h"

/* Where a text comes from: which part of the record, announced as what, and which of its texts. */
static const struct {
    const char *name;
    NfFlowPart part;
    NfAnnouncedKind kind;
    gboolean is_description;
    gboolean is_number;
} rows[NF_N_DERIVED] = {
    [NF_DERIVED_INGRESS_INTERFACE_NAME] = {"ingress_interface_name", NF_FLOW_IN_IF,
                                           NF_ANNOUNCED_INTERFACE, FALSE, FALSE},
    [NF_DERIVED_INGRESS_INTERFACE_DESCRIPTION] = {"ingress_interface_description", NF_FLOW_IN_IF,
                                                  NF_ANNOUNCED_INTERFACE, TRUE, FALSE},
    [NF_DERIVED_EGRESS_INTERFACE_NAME] = {"egress_interface_name", NF_FLOW_OUT_IF,
                                          NF_ANNOUNCED_INTERFACE, FALSE, FALSE},
    [NF_DERIVED_EGRESS_INTERFACE_DESCRIPTION] = {"egress_interface_description", NF_FLOW_OUT_IF,
                                                 NF_ANNOUNCED_INTERFACE, TRUE, FALSE},
    [NF_DERIVED_INGRESS_VRF_NAME] = {"ingress_vrf_name", NF_FLOW_IN_VRF, NF_ANNOUNCED_VRF, FALSE,
                                     FALSE},
    [NF_DERIVED_EGRESS_VRF_NAME] = {"egress_vrf_name", NF_FLOW_OUT_VRF, NF_ANNOUNCED_VRF, FALSE,
                                    FALSE},
    [NF_DERIVED_APPLICATION_NAME] = {"application_name", NF_FLOW_APPLICATION,
                                     NF_ANNOUNCED_APPLICATION, FALSE, FALSE},
    [NF_DERIVED_DOMAIN_NAME] = {"domain_name", NF_N_FLOW_PARTS, NF_ANNOUNCED_DOMAIN, FALSE, FALSE},
    [NF_DERIVED_SAMPLER_NAME] = {"sampler_name", NF_FLOW_SAMPLER, NF_ANNOUNCED_SAMPLER, FALSE,
                                 FALSE},
    [NF_DERIVED_SAMPLING_RATE] = {"sampling_rate", NF_N_FLOW_PARTS, NF_N_ANNOUNCED, FALSE, TRUE},
    [NF_DERIVED_SAMPLING_SOURCE] = {"sampling_source", NF_N_FLOW_PARTS, NF_N_ANNOUNCED, FALSE,
                                    FALSE},
};

const char *
nf_derived_name (NfDerived which)
{
    g_return_val_if_fail (which < NF_N_DERIVED, NULL);
    return rows[which].name;
}

NfDerived
nf_derived_find (const char *name)
{
    guint i = 0;

    while (i < NF_N_DERIVED && strcmp (rows[i].name, name) != 0)
        i++;
    return (NfDerived)i;
}

gboolean
nf_derived_is_number (NfDerived which)
{
    return rows[which].is_number;
}

/* ---- what was announced of a number ---- */

/* What was announced of a value, as which most likely anything was. */
static const NfAnnouncement *
announced_of_value (const NfRecord *r, NfAnnouncedKind kind, const NfValue *value)
{
    NfAnnouncedKey key;

    if (value->kind == NF_VALUE_UNSIGNED)
        key = nf_announced_key (kind, value->u);
    else if (value->kind == NF_VALUE_OCTETS && value->length > 0)
        key = nf_announced_key_octets (kind, value->octets, value->length);
    else
        return NULL;
    nf_announced_key_confine (&key, r->message->version, r->message->domain);
    return nf_record_announced (r, &key);
}

static const NfAnnouncement *
announced_of_part (const NfRecord *r, NfFlowPart part, NfAnnouncedKind kind)
{
    NfValue value;

    if (!r->collector || !nf_collector_has_announced (r->collector, kind) ||
        *nf_flow_candidates (r->flow, part) < 0 || !nf_flow_value (r, part, &value))
        return NULL;
    return announced_of_value (r, kind, &value);
}

/* The kind under which something is announced of values of an element; NF_N_ANNOUNCED: of none. */
static NfAnnouncedKind
kind_of_element (const NfElement *element)
{
    const guint16 scope_interface = 2;

    if (element && element->space == NF_SPACE_SCOPE && element->id == scope_interface)
        return NF_ANNOUNCED_INTERFACE;
    if (!element || element->pen != 0 || element->space != NF_SPACE_IPFIX)
        return NF_N_ANNOUNCED;
    switch (element->id) {
    case 10: /* ingressInterface, egressInterface, and the physical ones */
    case 14:
    case 252:
    case 253:
        return NF_ANNOUNCED_INTERFACE;
    case 48: /* samplerId, selectorId */
    case 302:
        return NF_ANNOUNCED_SAMPLER;
    case 95: /* applicationId */
        return NF_ANNOUNCED_APPLICATION;
    case 149: /* observationDomainId */
        return NF_ANNOUNCED_DOMAIN;
    case 234: /* ingressVRFID, egressVRFID */
    case 235:
        return NF_ANNOUNCED_VRF;
    default:
        return NF_N_ANNOUNCED;
    }
}

gboolean
nf_derived_has_names (const NfElement *element)
{
    return kind_of_element (element) != NF_N_ANNOUNCED;
}

const NfAnnouncement *
nf_record_announced_of_field (const NfRecord *r, guint i, const NfValue *value)
{
    NfAnnouncedKind kind;

    if (!r->collector)
        return NULL;
    kind = kind_of_element (r->event->binding->fields[i].element);
    if (kind == NF_N_ANNOUNCED || !nf_collector_has_announced (r->collector, kind) ||
        (r->flow && nf_flow_is_announcing (r->flow, kind)))
        return NULL;
    return announced_of_value (r, kind, value);
}

const NfAnnouncement *
nf_announced_of_domain (const NfCollector *collector, const NfDomain *domain,
                        const NfDatagram *datagram, guint32 id)
{
    NfAnnouncedKey key = nf_announced_key (NF_ANNOUNCED_DOMAIN, id);

    if (!nf_collector_has_announced (collector, NF_ANNOUNCED_DOMAIN))
        return NULL;
    return nf_collector_find_announced (collector, domain, datagram, &key, 0);
}

/* "1:1000"; of a rate that is no whole number "1:1.5". */
static void
add_rate (NfText *t, gdouble rate)
{
    nf_text_add (t, "1:");
    nf_float_text (t, rate, 8);
}

void
nf_announcement_text (NfText *t, const NfAnnouncement *announcement)
{
    const NfAnnouncement *a = announcement;
    const char *name = *a->name ? a->name : a->description;

    if (!*name && a->rate == 0)
        return;
    nf_text_add (t, " (");
    nf_show_safe (t, name, strlen (name));
    if (*name && a->rate > 0)
        nf_text_add (t, ", ");
    if (a->rate > 0)
        add_rate (t, a->rate);
    nf_text_add_char (t, ')');
}

/* ---- sampling ---- */

static guint64
part_number (const NfRecord *r, NfFlowPart part)
{
    guint64 n;

    return *nf_flow_candidates (r->flow, part) >= 0 && nf_flow_number (r, part, &n) ? n : 0;
}

static gdouble
rate_of_record (const NfRecord *r)
{
    NfSampling s;
    NfValue value;

    if (!nf_flow_has_sampling (r->flow))
        return 0;
    s = (NfSampling){.interval = part_number (r, NF_FLOW_SAMPLING_INTERVAL),
                     .packets = part_number (r, NF_FLOW_SAMPLING_PACKETS),
                     .space = part_number (r, NF_FLOW_SAMPLING_SPACE),
                     .random = part_number (r, NF_FLOW_SAMPLING_RANDOM),
                     .size = part_number (r, NF_FLOW_SAMPLING_SIZE),
                     .population = part_number (r, NF_FLOW_SAMPLING_POPULATION)};
    if (*nf_flow_candidates (r->flow, NF_FLOW_SAMPLING_PROBABILITY) >= 0 &&
        nf_flow_value (r, NF_FLOW_SAMPLING_PROBABILITY, &value) && value.kind == NF_VALUE_FLOAT)
        s.probability = value.f;
    return nf_sampling_rate (&s);
}

static const NfAnnouncement *
announced_of_sampler (const NfRecord *r)
{
    return announced_of_part (r, NF_FLOW_SAMPLER, NF_ANNOUNCED_SAMPLER);
}

static const NfAnnouncement *
announced_of_template (const NfRecord *r)
{
    NfAnnouncedKey key;

    if (!r->collector || !nf_collector_has_announced (r->collector, NF_ANNOUNCED_TEMPLATE_SAMPLING))
        return NULL;
    key = nf_announced_key (NF_ANNOUNCED_TEMPLATE_SAMPLING, r->event->binding->tmpl->id);
    nf_announced_key_confine (&key, r->message->version, r->message->domain);
    return nf_record_announced (r, &key);
}

static const NfAnnouncement *
announced_of_interface (const NfRecord *r)
{
    static const NfFlowPart parts[] = {NF_FLOW_IN_IF, NF_FLOW_OUT_IF};

    for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
        const NfAnnouncement *a = announced_of_part (r, parts[i], NF_ANNOUNCED_INTERFACE_SAMPLING);

        if (a && a->rate > 0)
            return a;
    }
    return NULL;
}

static const NfAnnouncement *
announced_of_system (const NfRecord *r)
{
    NfAnnouncedKey key = {.kind = NF_ANNOUNCED_SYSTEM_SAMPLING};

    return nf_record_announced (r, &key);
}

const NfAnnouncement *
nf_record_sampling_announcement (const NfRecord *r, NfSamplingSource source)
{
    switch (source) {
    case NF_SAMPLING_SAMPLER:
        return announced_of_sampler (r);
    case NF_SAMPLING_TEMPLATE:
        return announced_of_template (r);
    case NF_SAMPLING_INTERFACE:
        return announced_of_interface (r);
    case NF_SAMPLING_SYSTEM:
        return announced_of_system (r);
    default:
        return NULL;
    }
}

gboolean
nf_record_is_sampled_as_others (const NfRecord *r)
{
    return !nf_flow_has_sampling (r->flow) && *nf_flow_candidates (r->flow, NF_FLOW_SAMPLER) < 0 &&
           !(r->collector &&
             nf_collector_has_announced (r->collector, NF_ANNOUNCED_INTERFACE_SAMPLING));
}

/* v5's header has 2 bits of mode and 14 of interval. Exporters leave the mode 0 though they sample;
 * an interval of 1 with it is no sampling, nor news. */
static gdouble
rate_of_header (const NfRecord *r)
{
    guint mode = r->message->sampling >> 14, interval = r->message->sampling & 0x3fff;

    return interval > 1 || (interval == 1 && mode != 0) ? interval : 0;
}

/* Whether who tells a rate may tell that of the record. What was announced goes for Messages that
 * have announcements: a fixed version has its header, and what else runs at its address samples as
 * it likes. */
static gboolean
is_heard (const NfRecord *r, NfSamplingSource source)
{
    return source == NF_SAMPLING_RECORD || source == NF_SAMPLING_HEADER || r->message->version >= 9;
}

static gdouble
rate_of (const NfRecord *r, NfSamplingSource source)
{
    const NfAnnouncement *a;

    if (source == NF_SAMPLING_RECORD)
        return rate_of_record (r);
    if (source == NF_SAMPLING_HEADER)
        return rate_of_header (r);
    a = nf_record_sampling_announcement (r, source);
    return a ? a->rate : 0;
}

/* Whether anything may tell a rate of the record. */
static gboolean
is_sampling_possible (const NfRecord *r)
{
    return nf_collector_announced_kinds (r->collector) & nf_flow_sampling_kinds (r->flow) ||
           nf_flow_has_sampling (r->flow) || rate_of_header (r) > 0;
}

gdouble
nf_record_sampling (const NfRecord *r, NfSamplingSource *source)
{
    if (r->sampled.is_known) {
        *source = (NfSamplingSource)r->sampled.source;
        return r->sampled.rate;
    }
    *source = NF_SAMPLING_UNKNOWN;
    if (r->event->binding->tmpl->options || (r->collector && !is_sampling_possible (r)))
        return 0;
    for (guint i = 0; i < NF_SAMPLING_UNKNOWN; i++) {
        gdouble rate = is_heard (r, (NfSamplingSource)i) ? rate_of (r, (NfSamplingSource)i) : 0;

        *source = (NfSamplingSource)i;
        if (rate > 0)
            return rate;
    }
    *source = NF_SAMPLING_UNKNOWN;
    return 0;
}

gdouble
nf_record_note_sampling (NfRecord *r)
{
    NfSamplingSource source;
    gdouble rate = nf_record_sampling (r, &source);

    r->sampled = (NfSampled){.is_known = TRUE, .source = source, .rate = rate};
    return rate;
}

const char *
nf_sampling_source_name (NfSamplingSource source)
{
    static const char *const names[NF_SAMPLING_UNKNOWN + 1] = {
        [NF_SAMPLING_RECORD] = "record",     [NF_SAMPLING_SAMPLER] = "sampler",
        [NF_SAMPLING_TEMPLATE] = "template", [NF_SAMPLING_INTERFACE] = "interface",
        [NF_SAMPLING_SYSTEM] = "system",     [NF_SAMPLING_HEADER] = "header",
    };

    return names[source];
}

/* ---- values ---- */

static gboolean
text_value (NfValue *value, const char *text)
{
    *value = (NfValue){.kind = NF_VALUE_STRING,
                       .octets = (const guint8 *)text,
                       .length = text ? strlen (text) : 0};
    return value->length > 0;
}

gboolean
nf_derived_of_sampling (NfDerived which, gdouble rate, NfSamplingSource source, NfValue *value)
{
    if (which == NF_DERIVED_SAMPLING_SOURCE)
        return text_value (value, nf_sampling_source_name (source));
    if (rate < 1e15 && rate == (gdouble)(guint64)rate)
        *value = (NfValue){.kind = NF_VALUE_UNSIGNED, .u = (guint64)rate};
    else
        *value = (NfValue){.kind = NF_VALUE_FLOAT, .digits = 8, .f = rate};
    return rate > 0;
}

static gboolean
sampling_value (const NfRecord *r, NfDerived which, NfValue *value)
{
    NfSamplingSource source;
    gdouble rate = nf_record_sampling (r, &source);

    return nf_derived_of_sampling (which, rate, source, value);
}

gboolean
nf_derived_is_possible (const NfRecord *r, NfDerived which)
{
    NfFlowPart part = rows[which].part;

    if (r->event->binding->tmpl->options || !r->collector)
        return FALSE;
    if (rows[which].kind == NF_N_ANNOUNCED)
        return is_sampling_possible (r);
    return nf_collector_has_announced (r->collector, rows[which].kind) &&
           (part == NF_N_FLOW_PARTS || *nf_flow_candidates (r->flow, part) >= 0);
}

gboolean
nf_derived_value (const NfRecord *r, NfDerived which, NfValue *value)
{
    const NfAnnouncement *a = NULL;
    NfAnnouncedKey key;

    if (r->event->binding->tmpl->options || !r->collector)
        return FALSE;
    if (rows[which].kind == NF_N_ANNOUNCED)
        return sampling_value (r, which, value);
    if (rows[which].part < NF_N_FLOW_PARTS) {
        a = announced_of_part (r, rows[which].part, rows[which].kind);
    } else if (nf_collector_has_announced (r->collector, rows[which].kind)) {
        key = nf_announced_key (rows[which].kind, r->message->domain);
        a = nf_record_announced (r, &key);
    }
    return a && text_value (value, rows[which].is_description ? a->description : a->name);
}

gboolean
nf_derived_interface (const NfRecord *r, gboolean egress, NfValue *value)
{
    return nf_derived_value (
               r, egress ? NF_DERIVED_EGRESS_INTERFACE_NAME : NF_DERIVED_INGRESS_INTERFACE_NAME,
               value) ||
           nf_derived_value (r,
                             egress ? NF_DERIVED_EGRESS_INTERFACE_DESCRIPTION
                                    : NF_DERIVED_INGRESS_INTERFACE_DESCRIPTION,
                             value);
}

/* ---- common properties ---- */

gboolean
nf_record_joined (const NfRecord *r, guint *next, NfRecord *joined, NfEvent *event)
{
    const gint *fields = nf_flow_candidates (r->flow, NF_FLOW_COMMON_PROPERTIES);
    const NfAnnouncement *a = NULL;
    NfValue value;

    if (*fields < 0 || !r->collector || r->event->binding->tmpl->options)
        return FALSE;
    while (!a && fields[*next] >= 0) {
        nf_record_value (r, (guint)fields[(*next)++], &value);
        a = announced_of_value (r, NF_ANNOUNCED_COMMON_PROPERTIES, &value);
    }
    if (!a)
        return FALSE;
    *event =
        (NfEvent){.type = NF_EVENT_RECORD, .binding = a->binding, .fields = a->fields, .count = 1};
    *joined =
        (NfRecord){.event = event, .octets = a->octets, .message = r->message, .announcement = a};
    return TRUE;
}
