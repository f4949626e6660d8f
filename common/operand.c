/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a user may name. */
#include "operand-key.h"

/* ---- names ---- */

const char *
nf_operand_key_nth (guint i)
{
    const NfKey *key = nf_key_nth (i);

    return key ? key->name : NULL;
}

static gboolean
find_derived (NfOperand *operand, const char *name)
{
    const NfKey *key = nf_key_find (name);

    if (!key)
        return FALSE;
    *operand =
        (NfOperand){.derived = key, .name = key->name, .sort = key->sort, .stage = key->stage};
    return TRUE;
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
    return operand->derived && operand->derived->words;
}

const char *
nf_operand_find_word (const NfOperand *operand, const char *word)
{
    for (guint i = 0; nf_operand_has_words (operand) && operand->derived->words[i]; i++)
        if (g_ascii_strcasecmp (operand->derived->words[i], word) == 0)
            return operand->derived->words[i];
    return NULL;
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
    g_autoptr (GPtrArray) keys = g_ptr_array_new ();
    const NfKey *key;

    for (guint i = 0; (key = nf_key_nth (i)) != NULL; i++)
        if (!nf_registry_common (registry, key->name))
            g_ptr_array_add (keys, (gpointer)key->name);
    for (guint i = 0; i < NF_N_DERIVED; i++)
        g_ptr_array_add (keys, (gpointer)nf_derived_name ((NfDerived)i));
    g_ptr_array_add (keys, NULL);
    g_auto (GStrv) near =
        nf_registry_near (registry, name, (const char *const *)(void *)keys->pdata, 4);
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

gboolean
nf_operand_is_field (const NfOperand *operand, const gint *fields, const NfBinding *binding)
{
    return fields[0] >= 0 && fields[1] < 0 && !operand->is_either && !operand->is_ipv6 &&
           binding->n_lists == 0;
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
