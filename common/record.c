/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data Records as values and times. */
#include "flow.h"

/* Whether the element counts what sampling leaves out: packets, the frames that they came in, and
 * octets of these. */
static gboolean
counts_packets (const NfElement *element)
{
    return element && g_str_has_suffix (element->semantics, "Counter") &&
           (strcmp (element->units, "octets") == 0 || strcmp (element->units, "packets") == 0 ||
            strcmp (element->units, "frames") == 0);
}

void
nf_record_scale (const NfRecord *r, guint i, NfValue *value)
{
    gdouble scaled = (gdouble)value->u * r->scale + 0.5;

    if (value->kind == NF_VALUE_UNSIGNED && counts_packets (r->event->binding->fields[i].element))
        value->u = scaled < (gdouble)G_MAXUINT64 ? (guint64)scaled : G_MAXUINT64;
}

gboolean
nf_record_is_zero (const NfRecord *r, guint i)
{
    NfSpan span = nf_event_field (r->event, i);
    NfReader content = nf_reader (nf_span_octets (r->octets, span), span.length, span.offset);

    return nf_reader_rest_is_zero (&content);
}

/* Which version of IP an element is an end of a flow of: an address or a prefix; 0: it is none. */
static guint
version_of_end (const NfElement *element)
{
    switch (element && element->pen == 0 ? nf_element_iana_id (element) : 0) {
    case 8: /* sourceIPv4Address, destinationIPv4Address, and their prefixes */
    case 12:
    case 44:
    case 45:
        return 4;
    case 27: /* the same of IPv6 */
    case 28:
    case 169:
    case 170:
        return 6;
    default:
        return 0;
    }
}

/* Whether a record is of IPv6 whose Template has the addresses of both versions, one of which are
 * zero: it says so (ipVersion), or has an end of IPv6 and none of IPv4. */
static gboolean
is_of_ipv6 (const NfRecord *r)
{
    const NfBinding *binding = r->event->binding;
    const guint16 ip_version = 60;
    gboolean has_ipv6 = FALSE;
    guint64 version;

    if (nf_record_number (r, ip_version, &version) && (version == 4 || version == 6))
        return version == 6;
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        guint end = version_of_end (binding->fields[i].element);

        if (end == 0 || nf_record_is_zero (r, i))
            continue;
        if (end == 4)
            return FALSE;
        has_ipv6 = TRUE;
    }
    return has_ipv6;
}

/* Which one to take where all are zero: of addresses one of the version that the flow is of. */
static gint
pick_of_zeros (const NfRecord *r, const gint *candidates)
{
    const NfBoundField *fields = r->event->binding->fields;

    if (fields[*candidates].type != NF_TYPE_IPV4_ADDRESS)
        return *candidates;
    for (const gint *c = candidates; *c >= 0; c++)
        if (fields[*c].type == NF_TYPE_IPV6_ADDRESS)
            return is_of_ipv6 (r) ? *c : *candidates;
    return *candidates;
}

gint
nf_record_pick (const NfRecord *r, const gint *candidates)
{
    if (*candidates < 0 || candidates[1] < 0) /* no choice, as with most names */
        return *candidates;
    for (const gint *c = candidates; *c >= 0; c++)
        if (!nf_record_is_zero (r, (guint)*c))
            return *c;
    return pick_of_zeros (r, candidates);
}

const NfAnnouncement *
nf_record_announced (const NfRecord *r, const NfAnnouncedKey *key)
{
    if (!r->collector)
        return NULL;
    return nf_collector_find_announced (r->collector, r->domain, r->datagram, key,
                                        r->event->span.offset);
}

/* When the exporter started, in milliseconds since 1970: by the record, or by options data. FALSE
 * where neither tells. */
static gboolean
read_start (const NfRecord *r, guint64 *start_ms)
{
    enum { SYSTEM_INIT_TIME_MILLISECONDS = 160 };
    gint field = nf_binding_find (r->event->binding, SYSTEM_INIT_TIME_MILLISECONDS);
    const NfAnnouncement *announced;
    NfAnnouncedKey key;
    NfValue boot;

    if (field >= 0) {
        nf_record_value (r, (guint)field, &boot);
        *start_ms = boot.time.s * 1000 + boot.time.ns / 1000000;
        return boot.kind == NF_VALUE_TIME && boot.time.s > 0;
    }
    key = (NfAnnouncedKey){.kind = NF_ANNOUNCED_START};
    announced = nf_record_announced (r, &key);
    *start_ms = announced ? announced->start_ms : 0;
    return announced != NULL;
}

gboolean
nf_record_number (const NfRecord *r, guint16 id, guint64 *n)
{
    gint field = nf_binding_find (r->event->binding, id);
    NfValue value;

    if (field < 0)
        return FALSE;
    nf_record_value (r, (guint)field, &value);
    *n = value.u;
    return value.kind == NF_VALUE_UNSIGNED;
}

gsize
nf_record_section (const NfRecord *r, const NfElement *element, gsize length, guint64 *offset)
{
    enum {
        LAYER2_PACKET_SECTION_OFFSET = 102,
        LAYER2_PACKET_SECTION_DATA = 104,
        SECTION_OFFSET = 409,
        SECTION_EXPORTED_OCTETS = 410
    };
    gboolean layer2 = nf_element_iana_id (element) == LAYER2_PACKET_SECTION_DATA;
    guint64 exported;

    if (!nf_record_number (r, layer2 ? LAYER2_PACKET_SECTION_OFFSET : SECTION_OFFSET, offset))
        *offset = 0;
    if (nf_record_number (r, SECTION_EXPORTED_OCTETS, &exported) && exported < length)
        return (gsize)exported;
    return length;
}

/* The uptime of the exporter when it sent the Message, modulo 2^32 milliseconds. IPFIX does not say
 * it in its header, but may say when the exporter started. */
static gboolean
read_uptime (const NfRecord *r, NfTime export_time, guint32 *uptime_ms)
{
    guint64 start_ms;

    *uptime_ms = r->message->sys_uptime_ms;
    if (r->message->version <= 9)
        return TRUE;
    if (!read_start (r, &start_ms))
        return FALSE;
    *uptime_ms = (guint32)(export_time.s * 1000 - start_ms);
    return TRUE;
}

/* Of elements 158 and 159: microseconds before the export time (RFC 5102's flowStart/EndDelta). */
static gboolean
is_export_delta (const NfElement *element)
{
    guint16 id = nf_element_iana_id (element);

    return id == 158 || id == 159;
}

/* FALSE where that is before 1970. */
static gboolean
time_before_export (NfTime *time, const NfMessage *message, guint64 us)
{
    guint64 at = (guint64)message->export_time_s * 1000000;

    if (us > at)
        return FALSE;
    at -= us;
    *time = (NfTime){at / 1000000, (guint32)(at % 1000000) * 1000};
    return TRUE;
}

gboolean
nf_record_is_uptime (const NfRecord *r, guint i)
{
    const NfElement *element = r->event->binding->fields[i].element;

    return element && element->flags & NF_ELEMENT_UPTIME;
}

gboolean
nf_element_is_relative_time (const NfElement *element)
{
    return element && (element->flags & NF_ELEMENT_UPTIME || is_export_delta (element));
}

gboolean
nf_record_time (const NfRecord *r, guint i, NfTime *time, guint *digits)
{
    guint32 uptime_ms;
    NfValue value;
    NfTime now;

    nf_record_value (r, i, &value);
    if (value.kind == NF_VALUE_TIME) {
        *time = value.time;
        *digits = value.digits;
        return TRUE;
    }
    if (value.kind != NF_VALUE_UNSIGNED)
        return FALSE;
    *digits = 3;
    now = nf_message_export_time (r->message, NULL);
    if (nf_record_is_uptime (r, i)) {
        return read_uptime (r, now, &uptime_ms) &&
               nf_time_from_uptime (time, now, uptime_ms, (guint32)value.u);
    }
    *digits = 6;
    return is_export_delta (r->event->binding->fields[i].element) &&
           time_before_export (time, r->message, value.u);
}

gboolean
nf_record_flow_time (const NfRecord *r, gboolean end, NfTime *time, guint *digits)
{
    gint i = nf_flow_field (r, end ? NF_FLOW_END : NF_FLOW_START);

    return i >= 0 && nf_record_time (r, (guint)i, time, digits);
}

/* The two uptimes are so far apart, or FALSE: they are not both uptimes. */
static gboolean
uptime_duration (const NfRecord *r, guint from, guint to, gint64 *ns)
{
    NfValue start, end;

    if (!nf_record_is_uptime (r, from) || !nf_record_is_uptime (r, to))
        return FALSE;
    nf_record_value (r, from, &start);
    nf_record_value (r, to, &end);
    *ns = (gint64)(gint32)(guint32)(end.u - start.u) * 1000000;
    return start.kind == NF_VALUE_UNSIGNED && end.kind == NF_VALUE_UNSIGNED;
}

/* Cuts a time off behind so many digits of its fraction. */
static void
cut_time (NfTime *time, guint digits)
{
    guint32 unit = 1;

    for (; digits < 9; digits++)
        unit *= 10;
    time->ns -= time->ns % unit;
}

gboolean
nf_record_duration (const NfRecord *r, guint from, guint to, gint64 *ns)
{
    const gint64 ns_per_s = 1000000000, most_s = G_GINT64_CONSTANT (1) << 33;
    NfTime start, end;
    guint start_digits, end_digits;

    if (uptime_duration (r, from, to, ns))
        return TRUE;
    if (!nf_record_time (r, from, &start, &start_digits) ||
        !nf_record_time (r, to, &end, &end_digits))
        return FALSE;
    if (start_digits != end_digits) {
        cut_time (&start, end_digits);
        cut_time (&end, start_digits);
    }

    gint64 s = (gint64)(end.s - start.s);

    if (s > most_s || s < -most_s)
        return FALSE;
    *ns = s * ns_per_s + (gint64)end.ns - (gint64)start.ns;
    return TRUE;
}

gboolean
nf_record_flow_duration (const NfRecord *r, gint64 *ns)
{
    gint start = nf_flow_field (r, NF_FLOW_START), end = nf_flow_field (r, NF_FLOW_END);

    return start >= 0 && end >= 0 && nf_record_duration (r, (guint)start, (guint)end, ns);
}
