/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Derived keys: what is known of a record beside its fields, of its Message and its Template. */
#include "operand-key.h"

#include "fixed.h"

static gboolean
number (NfValue *value, guint64 n)
{
    *value = (NfValue){.kind = NF_VALUE_UNSIGNED, .u = n};
    return TRUE;
}

static gboolean
text (NfValue *value, const char *s)
{
    *value = (NfValue){
        .kind = NF_VALUE_STRING, .octets = (const guint8 *)s, .length = s ? strlen (s) : 0};
    return s != NULL;
}

static gboolean
time_of (NfValue *value, NfTime time, guint digits)
{
    *value = (NfValue){.kind = NF_VALUE_TIME, .digits = (guint8)digits, .time = time};
    return TRUE;
}

static gboolean
read_file (const NfSubject *s, NfValue *value)
{
    return text (value, s->file);
}

static gboolean
read_packet (const NfSubject *s, NfValue *value)
{
    return number (value, s->datagram->packet) && s->datagram->packet > 0;
}

static gboolean
read_message (const NfSubject *s, NfValue *value)
{
    return number (value, s->datagram->message);
}

static gboolean
read_time (const NfSubject *s, NfValue *value)
{
    return time_of (value, nf_time_from_ns (s->datagram->time_ns), 6) && s->datagram->has_time;
}

static gboolean
read_exporter (const NfSubject *s, NfValue *value)
{
    const NfEndpoint *e = &s->datagram->exporter;

    *value = (NfValue){.kind = e->family == 4 ? NF_VALUE_IPV4 : NF_VALUE_IPV6,
                       .octets = e->address,
                       .length = e->family == 4 ? 4 : 16};
    return e->family != 0;
}

static gboolean
read_export_port (const NfSubject *s, NfValue *value)
{
    return number (value, s->datagram->exporter.port) && s->datagram->exporter.family != 0;
}

static const char *const transports[] = {"UDP", "TCP", "SCTP", NULL};

static gboolean
read_transport (const NfSubject *s, NfValue *value)
{
    static const char *const names[] = {[NF_TRANSPORT_NONE] = NULL,
                                        [NF_TRANSPORT_UDP] = "UDP",
                                        [NF_TRANSPORT_TCP] = "TCP",
                                        [NF_TRANSPORT_SCTP] = "SCTP"};

    return text (value, names[s->datagram->transport]);
}

static gboolean
read_stream (const NfSubject *s, NfValue *value)
{
    return number (value, s->datagram->stream) && s->datagram->transport == NF_TRANSPORT_SCTP;
}

static gboolean
read_version (const NfSubject *s, NfValue *value)
{
    return s->message && number (value, s->message->version);
}

static gboolean
read_domain (const NfSubject *s, NfValue *value)
{
    return s->message && nf_version_has (s->message->version, NF_HEADER_DOMAIN) &&
           number (value, s->message->domain);
}

static gboolean
read_sequence (const NfSubject *s, NfValue *value)
{
    return s->message && nf_version_has (s->message->version, NF_HEADER_SEQUENCE) &&
           number (value, s->message->sequence);
}

static gboolean
read_aggregation (const NfSubject *s, NfValue *value)
{
    return s->message && nf_version_has (s->message->version, NF_HEADER_AGGREGATION) &&
           number (value, s->message->aggregation);
}

static gboolean
read_export_time (const NfSubject *s, NfValue *value)
{
    guint digits;

    if (!s->message)
        return FALSE;
    NfTime time = nf_message_export_time (s->message, &digits);

    return time_of (value, time, digits);
}

/* A fixed version has no ids; its name stands for one. */
static gboolean
read_template (const NfSubject *s, NfValue *value)
{
    if (s->tmpl && nf_fixed_name (s->tmpl->version))
        return text (value, nf_fixed_name (s->tmpl->version));
    return number (value, s->tmpl ? s->tmpl->id : s->template_id);
}

static gboolean
read_kind (const NfSubject *s, NfValue *value)
{
    return text (value, s->tmpl->options ? "options" : "flow");
}

static gboolean
read_flow_time (const NfSubject *s, gboolean end, NfValue *value)
{
    guint digits;
    NfTime time;

    return nf_record_flow_time (s->record, end, &time, &digits) && time_of (value, time, digits);
}

static gboolean
read_start (const NfSubject *s, NfValue *value)
{
    return read_flow_time (s, FALSE, value);
}

static gboolean
read_end (const NfSubject *s, NfValue *value)
{
    return read_flow_time (s, TRUE, value);
}

/* In seconds. */
static gboolean
read_duration (const NfSubject *s, NfValue *value)
{
    gint64 ns;

    if (!nf_record_flow_duration (s->record, &ns))
        return FALSE;
    *value = (NfValue){.kind = NF_VALUE_FLOAT, .digits = 8, .f = (gdouble)ns / 1e9};
    return TRUE;
}

static gboolean
read_icmp_type (const NfSubject *s, NfValue *value)
{
    guint64 type, code;

    return nf_flow_icmp (s->record, &type, &code) && number (value, type);
}

static gboolean
read_icmp_code (const NfSubject *s, NfValue *value)
{
    guint64 type, code;

    return nf_flow_icmp (s->record, &type, &code) && number (value, code);
}

static gboolean
read_in_if_name (const NfSubject *s, NfValue *value)
{
    return nf_derived_interface (s->record, FALSE, value);
}

static gboolean
read_out_if_name (const NfSubject *s, NfValue *value)
{
    return nf_derived_interface (s->record, TRUE, value);
}

static const char *const kinds[] = {"flow", "options", NULL};
/* Fixed versions by the name that stands for their Template: nf_fixed_name(). */
static const char *const fixed[] = {"v1", "v5", "v6", "v7", "v8", NULL};

static const NfKey derived_keys[] = {
    {"file", NF_STAGE_MESSAGE, NF_SORT_TEXT, NULL, read_file},
    {"packet", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_packet},
    {"message", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_message},
    {"time", NF_STAGE_MESSAGE, NF_SORT_TIME, NULL, read_time},
    {"exporter", NF_STAGE_MESSAGE, NF_SORT_ADDRESS, NULL, read_exporter},
    {"export_port", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_export_port},
    {"transport", NF_STAGE_MESSAGE, NF_SORT_TEXT, transports, read_transport},
    {"stream", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_stream},
    {"version", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_version},
    {"domain", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_domain},
    {"sequence", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_sequence},
    {"aggregation", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_aggregation},
    {"export_time", NF_STAGE_MESSAGE, NF_SORT_TIME, NULL, read_export_time},
    {"template", NF_STAGE_SET, NF_SORT_NUMBER, fixed, read_template},
    {"kind", NF_STAGE_TEMPLATE, NF_SORT_TEXT, kinds, read_kind},
    {"start", NF_STAGE_RECORD, NF_SORT_TIME, NULL, read_start},
    {"end", NF_STAGE_RECORD, NF_SORT_TIME, NULL, read_end},
    {"duration", NF_STAGE_RECORD, NF_SORT_FLOAT, NULL, read_duration},
    {"icmp_type", NF_STAGE_RECORD, NF_SORT_NUMBER, NULL, read_icmp_type},
    {"icmp_code", NF_STAGE_RECORD, NF_SORT_NUMBER, NULL, read_icmp_code},
    {"in_if_name", NF_STAGE_RECORD, NF_SORT_TEXT, NULL, read_in_if_name},
    {"out_if_name", NF_STAGE_RECORD, NF_SORT_TEXT, NULL, read_out_if_name},
};

const NfKey *
nf_key_nth (guint i)
{
    return i < G_N_ELEMENTS (derived_keys) ? &derived_keys[i] : NULL;
}

const NfKey *
nf_key_find (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (derived_keys); i++)
        if (strcmp (derived_keys[i].name, name) == 0)
            return &derived_keys[i];
    return NULL;
}
