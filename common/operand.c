/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a user may name. */
#include "operand.h"

#include "fixed.h"

struct _NfKey {
    const char *name;
    NfStage stage;
    NfSort sort;
    gboolean (*has_word) (const char *word); /* NULL: no word stands for a value */
    gboolean (*read) (const NfSubject *subject, NfValue *value); /* FALSE: there is none */
};

/* ---- derived keys ---- */

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

static gboolean
is_transport (const char *word)
{
    return strcmp (word, "UDP") == 0 || strcmp (word, "TCP") == 0 || strcmp (word, "SCTP") == 0;
}

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
is_kind (const char *word)
{
    return strcmp (word, "flow") == 0 || strcmp (word, "options") == 0;
}

static gboolean
is_fixed (const char *word)
{
    for (guint16 version = 0; version < 9; version++)
        if (g_strcmp0 (nf_fixed_name (version), word) == 0)
            return TRUE;
    return FALSE;
}

static const NfKey derived_keys[] = {
    {"file", NF_STAGE_MESSAGE, NF_SORT_TEXT, NULL, read_file},
    {"packet", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_packet},
    {"message", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_message},
    {"time", NF_STAGE_MESSAGE, NF_SORT_TIME, NULL, read_time},
    {"exporter", NF_STAGE_MESSAGE, NF_SORT_ADDRESS, NULL, read_exporter},
    {"export_port", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_export_port},
    {"transport", NF_STAGE_MESSAGE, NF_SORT_TEXT, is_transport, read_transport},
    {"stream", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_stream},
    {"version", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_version},
    {"domain", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_domain},
    {"sequence", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_sequence},
    {"aggregation", NF_STAGE_MESSAGE, NF_SORT_NUMBER, NULL, read_aggregation},
    {"export_time", NF_STAGE_MESSAGE, NF_SORT_TIME, NULL, read_export_time},
    {"template", NF_STAGE_SET, NF_SORT_NUMBER, is_fixed, read_template},
    {"kind", NF_STAGE_TEMPLATE, NF_SORT_TEXT, is_kind, read_kind},
    {"start", NF_STAGE_RECORD, NF_SORT_TIME, NULL, read_start},
    {"end", NF_STAGE_RECORD, NF_SORT_TIME, NULL, read_end},
    {"duration", NF_STAGE_RECORD, NF_SORT_FLOAT, NULL, read_duration},
};

static gboolean
find_derived (NfOperand *operand, const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (derived_keys); i++) {
        const NfKey *d = &derived_keys[i];

        if (strcmp (d->name, name) != 0)
            continue;
        *operand = (NfOperand){.derived = d, .name = d->name, .sort = d->sort, .stage = d->stage};
        return TRUE;
    }
    return FALSE;
}

/* What the exporter announced of what a record names. */
static gboolean
find_announced (NfOperand *operand, const char *name)
{
    NfDerived which = nf_derived_find (name);

    if (which == NF_N_DERIVED)
        return FALSE;
    *operand = (NfOperand){.is_announced = TRUE,
                           .announced = which,
                           .name = nf_derived_name (which),
                           .sort = nf_derived_is_number (which) ? NF_SORT_FLOAT : NF_SORT_TEXT,
                           .stage = NF_STAGE_RECORD};
    return TRUE;
}

gboolean
nf_operand_has_words (const NfOperand *operand)
{
    return operand->derived && operand->derived->has_word;
}

gboolean
nf_operand_has_word (const NfOperand *operand, const char *word)
{
    return nf_operand_has_words (operand) && operand->derived->has_word (word);
}

/* ---- fields ---- */

static NfSort
sort_of_type (NfType type)
{
    switch (type) {
    case NF_TYPE_UNSIGNED8:
    case NF_TYPE_UNSIGNED16:
    case NF_TYPE_UNSIGNED32:
    case NF_TYPE_UNSIGNED64:
    case NF_TYPE_UNSIGNED256:
    case NF_TYPE_SIGNED8:
    case NF_TYPE_SIGNED16:
    case NF_TYPE_SIGNED32:
    case NF_TYPE_SIGNED64:
        return NF_SORT_NUMBER;
    case NF_TYPE_FLOAT32:
    case NF_TYPE_FLOAT64:
        return NF_SORT_FLOAT;
    case NF_TYPE_BOOLEAN:
        return NF_SORT_BOOLEAN;
    case NF_TYPE_MAC_ADDRESS:
        return NF_SORT_MAC;
    case NF_TYPE_STRING:
        return NF_SORT_TEXT;
    case NF_TYPE_DATE_TIME_SECONDS:
    case NF_TYPE_DATE_TIME_MILLISECONDS:
    case NF_TYPE_DATE_TIME_MICROSECONDS:
    case NF_TYPE_DATE_TIME_NANOSECONDS:
        return NF_SORT_TIME;
    case NF_TYPE_IPV4_ADDRESS:
        return NF_SORT_IPV4;
    case NF_TYPE_IPV6_ADDRESS:
        return NF_SORT_IPV6;
    case NF_TYPE_OCTET_ARRAY:
    case NF_TYPE_BASIC_LIST:
    case NF_TYPE_SUB_TEMPLATE_LIST:
    case NF_TYPE_SUB_TEMPLATE_MULTI_LIST:
    case NF_N_TYPES:
        break;
    }
    return NF_SORT_OCTETS;
}

static gboolean
is_address (NfSort sort)
{
    return sort == NF_SORT_IPV4 || sort == NF_SORT_IPV6 || sort == NF_SORT_ADDRESS;
}

static gboolean
find_common (NfOperand *operand, const NfRegistry *registry, const char *name)
{
    const NfCommonName *common = nf_registry_common (registry, name);

    if (!common)
        return FALSE;
    *operand = (NfOperand){.common = common,
                           .name = common->name,
                           .sort = sort_of_type (common->elements[0]->type),
                           .stage = NF_STAGE_RECORD};
    for (guint i = 0; i < common->n_elements; i++) {
        NfSort sort = sort_of_type (common->elements[i]->type);

        if (sort != operand->sort && is_address (sort) && is_address (operand->sort))
            operand->sort = NF_SORT_ADDRESS;
        if (!operand->meaning)
            operand->meaning = common->elements[i];
    }
    operand->is_either = nf_flow_ends (common->name, operand->ends);
    return TRUE;
}

/* "src6": the addresses of IPv6 alone. */
static gboolean
find_common6 (NfOperand *operand, const NfRegistry *registry, const char *name)
{
    gsize length = strlen (name);

    if (length < 2 || name[length - 1] != '6')
        return FALSE;
    g_autofree char *bare = g_strndup (name, length - 1);

    if (!find_common (operand, registry, bare) || operand->sort != NF_SORT_ADDRESS)
        return FALSE;
    operand->sort = NF_SORT_IPV6;
    operand->is_ipv6 = TRUE;
    return TRUE;
}

static gboolean
find_element (NfOperand *operand, const NfRegistry *registry, const char *name)
{
    const NfElement *element = nf_registry_find (registry, name);

    *operand = (NfOperand){.name = "an element without a name",
                           .element = element,
                           .sort = NF_SORT_OCTETS,
                           .stage = NF_STAGE_RECORD};
    if (!element)
        return nf_element_parse_number (name, &operand->space, &operand->pen, &operand->id);
    operand->name = element->name;
    operand->sort = sort_of_type (element->type);
    operand->meaning = element;
    return TRUE;
}

gboolean
nf_operand_find (NfOperand *operand, const NfRegistry *registry, const char *name)
{
    static const char prefix[] = "nfpeek.", element[] = "element.";

    if (g_str_has_prefix (name, prefix))
        name += strlen (prefix);
    /* how the plugin calls a user's element that is named as something else is */
    if (g_str_has_prefix (name, element))
        return find_element (operand, registry, name + strlen (element));
    return find_derived (operand, name) || find_announced (operand, name) ||
           find_common (operand, registry, name) || find_common6 (operand, registry, name) ||
           find_element (operand, registry, name);
}

void
nf_operand_suggest (NfText *t, const NfRegistry *registry, const char *name)
{
    const char *keys[G_N_ELEMENTS (derived_keys) + NF_N_DERIVED + 1] = {NULL};
    guint n = 0;

    for (guint i = 0; i < G_N_ELEMENTS (derived_keys); i++)
        if (!nf_registry_common (registry, derived_keys[i].name))
            keys[n++] = derived_keys[i].name;
    for (guint i = 0; i < NF_N_DERIVED; i++)
        keys[n++] = nf_derived_name ((NfDerived)i);
    g_auto (GStrv) near = nf_registry_near (registry, name, keys, 4);
    g_autofree char *list = g_strjoinv (", ", near);

    if (*list)
        nf_text_add_format (t, "; did you mean %s?", list);
    else
        nf_text_add (t, "; see 'nfpeek --list-elements'");
}

/* A number without a row is met as -T jsonl writes it, too: "0/ID", whatever space it is of. */
static gboolean
is_field (const NfOperand *operand, const NfBinding *binding, guint i)
{
    const NfField *field = &binding->tmpl->fields[i];

    if (operand->element)
        return binding->fields[i].element == operand->element;
    return field->pen == operand->pen && field->id == operand->id &&
           (operand->space == NF_SPACE_IPFIX ||
            operand->space == nf_template_space (binding->tmpl, i));
}

gboolean
nf_binding_has_more (const NfBinding *binding)
{
    const guint16 common_properties_id = 137;

    return binding->n_lists > 0 || nf_binding_find (binding, common_properties_id) >= 0;
}

gint *
nf_operand_fields (const NfOperand *operand, const NfBinding *binding)
{
    GArray *found;
    gint end = -1;

    if (operand->common)
        return nf_binding_candidates (binding, operand->common);
    found = g_array_new (FALSE, FALSE, sizeof (gint));
    for (gint i = 0;
         !operand->derived && !operand->is_announced && i < (gint)binding->tmpl->n_fields; i++)
        if (is_field (operand, binding, (guint)i))
            g_array_append_val (found, i);
    g_array_append_val (found, end);
    return (gint *)(void *)g_array_free (found, FALSE);
}

/* ---- values ---- */

static gboolean
give_field (const NfOperand *operand, const NfRecord *r, gint field, NfOperandEach each,
            gpointer data)
{
    NfValue value;

    if (field < 0)
        return FALSE;
    nf_record_value (r, (guint)field, &value);
    if (value.kind == NF_VALUE_NONE || (operand->is_ipv6 && value.kind != NF_VALUE_IPV6))
        return FALSE;
    return each (&value, data);
}

/* A number is one with a fraction, so that all rates can be compared. */
static gboolean
give_announced (const NfOperand *operand, const NfRecord *r, NfOperandEach each, gpointer data)
{
    NfValue value;

    if (!nf_derived_value (r, operand->announced, &value))
        return FALSE;
    if (value.kind == NF_VALUE_UNSIGNED)
        value = (NfValue){.kind = NF_VALUE_FLOAT, .digits = 8, .f = (gdouble)value.u};
    return each (&value, data);
}

/* Whether field `i` of a binding is one that the name may take its values from. */
static gboolean
is_source (const NfOperand *operand, const NfBinding *binding, guint i)
{
    if (!operand->common)
        return is_field (operand, binding, i);
    for (guint k = 0; k < operand->common->n_elements; k++)
        if (binding->fields[i].element == operand->common->elements[k])
            return TRUE;
    return FALSE;
}

/* The values in the common properties that a record names (RFC 5473), of which it has none itself.
 */
static gboolean
give_joined (const NfOperand *operand, const NfRecord *r, NfOperandEach each, gpointer data)
{
    NfRecord joined;
    NfEvent event;

    for (guint next = 0; nf_record_joined (r, &next, &joined, &event);)
        for (guint i = 0; i < event.binding->tmpl->n_fields; i++)
            if (is_source (operand, event.binding, i) &&
                give_field (operand, &joined, (gint)i, each, data))
                return TRUE;
    return FALSE;
}

/* The values in the lists of a record (RFC 6313), however deep. */
static gboolean
give_nested (const NfOperand *operand, const NfRecord *r, NfOperandEach each, gpointer data)
{
    NfListWalk walk;
    NfListStep step;
    const NfList *list;

    nf_list_walk_begin (&walk, r->lists, r->event);
    while ((list = nf_list_walk_next (&walk, &step))) {
        const NfBinding *binding = step == NF_LIST_RECORD ? list->record.binding : NULL;
        NfRecord record = {.event = &list->record,
                           .octets = r->octets,
                           .message = r->message,
                           .lists = r->lists,
                           .scale = r->scale};

        for (guint i = 0; binding && i < binding->tmpl->n_fields; i++)
            if (is_source (operand, binding, i) &&
                give_field (operand, &record, (gint)i, each, data))
                return TRUE;
    }
    return FALSE;
}

static gboolean
give_own (const NfOperand *operand, const gint *fields, const NfRecord *r, NfOperandEach each,
          gpointer data)
{
    if (operand->is_either)
        return give_field (operand, r, nf_flow_field (r, operand->ends[0]), each, data) ||
               give_field (operand, r, nf_flow_field (r, operand->ends[1]), each, data);
    if (operand->common)
        return give_field (operand, r, nf_record_pick (r, fields), each, data);
    for (const gint *f = fields; *f >= 0; f++)
        if (give_field (operand, r, *f, each, data))
            return TRUE;
    return FALSE;
}

gboolean
nf_operand_each (const NfOperand *operand, const gint *fields, const NfSubject *subject,
                 NfOperandEach each, gpointer data)
{
    const NfRecord *r = subject->record;
    NfValue value;

    if (operand->derived)
        return operand->derived->read (subject, &value) && each (&value, data);
    if (operand->is_announced)
        return give_announced (operand, r, each, data);
    if (give_own (operand, fields, r, each, data) ||
        (*fields < 0 && give_joined (operand, r, each, data)))
        return TRUE;
    return r->lists && r->event->binding->n_lists > 0 && (subject->is_nested || *fields < 0) &&
           give_nested (operand, r, each, data);
}

/* ---- sorts ---- */

gboolean
nf_sort_fits (NfSort sort, const NfValue *value)
{
    switch (value->kind) {
    case NF_VALUE_NONE:
        return FALSE;
    case NF_VALUE_OCTETS:
        return sort == NF_SORT_OCTETS;
    case NF_VALUE_UNSIGNED:
    case NF_VALUE_SIGNED:
        return sort == NF_SORT_NUMBER;
    case NF_VALUE_FLOAT:
        return sort == NF_SORT_FLOAT;
    case NF_VALUE_BOOLEAN:
        return sort == NF_SORT_BOOLEAN;
    case NF_VALUE_MAC:
        return sort == NF_SORT_MAC;
    case NF_VALUE_STRING: /* a number that has a name instead: template v5 */
        return sort == NF_SORT_TEXT || sort == NF_SORT_NUMBER;
    case NF_VALUE_IPV4:
        return sort == NF_SORT_IPV4 || sort == NF_SORT_ADDRESS;
    case NF_VALUE_IPV6:
        return sort == NF_SORT_IPV6 || sort == NF_SORT_ADDRESS;
    case NF_VALUE_TIME:
        return sort == NF_SORT_TIME;
    }
    return FALSE;
}

const char *
nf_sort_name (NfSort sort)
{
    static const char *const names[] = {
        [NF_SORT_NUMBER] = "a number",       [NF_SORT_FLOAT] = "a number with a fraction",
        [NF_SORT_BOOLEAN] = "true or false", [NF_SORT_TEXT] = "text",
        [NF_SORT_OCTETS] = "octets",         [NF_SORT_MAC] = "a MAC address",
        [NF_SORT_IPV4] = "an IPv4 address",  [NF_SORT_IPV6] = "an IPv6 address",
        [NF_SORT_ADDRESS] = "an address",    [NF_SORT_TIME] = "a time",
    };

    return names[sort];
}
