/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Descriptions of elements, read off the records of options data (RFC 5610 3). */
#include "learnt.h"

#include "element-private.h"
#include "value.h"

/* IANA's elements that describe elements (RFC 5610 3.1 to 3.8, RFC 7012's registry). */
enum {
    INFORMATION_ELEMENT_ID = 303,
    DATA_TYPE = 339,
    NAME = 341,
    RANGE_BEGIN = 342,
    RANGE_END = 343,
    SEMANTICS = 344,
    UNITS = 345,
    PRIVATE_ENTERPRISE_NUMBER = 346
};

gboolean
nf_learnt_plan (NfLearntPlan *plan, const NfBinding *binding)
{
    if (!binding->tmpl->options || binding->tmpl->version != 10)
        return FALSE;
    *plan = (NfLearntPlan){.binding = binding,
                           .pen = nf_binding_find (binding, PRIVATE_ENTERPRISE_NUMBER),
                           .id = nf_binding_find (binding, INFORMATION_ELEMENT_ID),
                           .type = nf_binding_find (binding, DATA_TYPE),
                           .name = nf_binding_find (binding, NAME),
                           .semantics = nf_binding_find (binding, SEMANTICS),
                           .units = nf_binding_find (binding, UNITS),
                           .range_begin = nf_binding_find (binding, RANGE_BEGIN),
                           .range_end = nf_binding_find (binding, RANGE_END)};
    return plan->pen >= 0 && plan->id >= 0 && plan->type >= 0 && plan->name >= 0;
}

/* A record of descriptions. */
typedef struct {
    const NfLearntPlan *plan;
    const guint8 *octets;
    const NfSpan *fields;
} Description;

static void
read_field (const Description *d, gint field, NfValue *value)
{
    NfSpan span = d->fields[field];

    nf_value_read (value, d->plan->binding->fields[field].type, nf_span_octets (d->octets, span),
                   span.length);
}

/* A number, or 0 where there is none. */
static guint64
read_number (const Description *d, gint field)
{
    NfValue value = {.kind = NF_VALUE_NONE};

    if (field >= 0)
        read_field (d, field, &value);
    return value.kind == NF_VALUE_UNSIGNED ? value.u : 0;
}

/* What a number is called in the values of IANA's element `id`; "" where it has no name. */
static const char *
name_of_value (const NfRegistry *registry, guint16 id, guint64 value)
{
    const NfElement *element = nf_registry_lookup (registry, NF_SPACE_IPFIX, 0, id);
    const char *name = element && element->names ? nf_names_value (element->names, value) : NULL;

    return name && strcmp (name, "none") != 0 ? name : "";
}

/* "ENTERPRISE.NAME", as the registry calls its elements. Names become keys and go to terminals:
 * whatever does not belong into one becomes an underscore. Returns FALSE where there is none. */
static gboolean
read_name (const NfRegistry *registry, const Description *d, guint32 pen, char name[NF_LEARNT_NAME])
{
    const char *key = nf_registry_enterprise (registry, pen, NULL);
    NfValue value;
    gsize start;

    read_field (d, d->plan->name, &value);
    if (value.kind != NF_VALUE_STRING || value.length == 0 || value.length > NF_LEARNT_NAME / 2)
        return FALSE;
    if (key)
        g_snprintf (name, NF_LEARNT_NAME / 2, "%s.", key);
    else
        g_snprintf (name, NF_LEARNT_NAME / 2, "%u.", pen);
    start = strlen (name);
    for (gsize i = 0; i < value.length; i++) {
        char c = (char)value.octets[i];

        name[start + i] = g_ascii_isalnum (c) || c == '-' ? c : '_';
    }
    name[start + value.length] = '\0';
    return TRUE;
}

gboolean
nf_learnt_read (const NfRegistry *registry, const NfLearntPlan *plan, const guint8 *octets,
                const NfSpan *fields, NfDescribed *described)
{
    const Description d = {.plan = plan, .octets = octets, .fields = fields};
    guint64 pen = read_number (&d, plan->pen), id = read_number (&d, plan->id);
    guint64 type = read_number (&d, plan->type);
    NfElement *element = &described->element;

    if (pen == 0 || pen > G_MAXUINT32 || id > G_MAXUINT16 || type >= NF_N_TYPES)
        return FALSE;
    id &= NF_MAX_IPFIX_ID; /* some write it with the enterprise bit */
    *element = (NfElement){.pen = (guint32)pen,
                           .id = (guint16)id,
                           .space = NF_SPACE_IPFIX,
                           .type = (guint8)type,
                           .name = described->name,
                           .flags = NF_ELEMENT_LEARNT};
    if (nf_registry_lookup (registry, NF_SPACE_IPFIX, element->pen, element->id))
        return FALSE;
    element->semantics = name_of_value (registry, SEMANTICS, read_number (&d, plan->semantics));
    element->units = name_of_value (registry, UNITS, read_number (&d, plan->units));
    element->range_min = read_number (&d, plan->range_begin);
    element->range_max = read_number (&d, plan->range_end);
    element->has_range = element->range_max > element->range_min;
    return read_name (registry, &d, element->pen, described->name);
}
