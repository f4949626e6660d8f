/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates bound to the registry's elements. */
#include "binding.h"

#include "shape.h"

/* An integer longer than its type is a number all the same: a samplerId of 4 octets is one that old
 * exporters send. */
static gboolean
is_long_integer (NfType type, guint16 length)
{
    return type >= NF_TYPE_UNSIGNED8 && type <= NF_TYPE_SIGNED64 && length <= 8;
}

/* How to read a field: as its element says, where its length allows. */
static NfType
readable_type (const NfElement *element, guint16 length)
{
    if (!element)
        return NF_TYPE_OCTET_ARRAY;
    if (length == 0 || nf_type_allows (element->type, length) ||
        is_long_integer (element->type, length))
        return element->type;
    return NF_TYPE_OCTET_ARRAY;
}

NfBoundField
nf_bind_element (const NfField *field, const NfElement *element)
{
    return (NfBoundField){.element = element, .type = readable_type (element, field->length)};
}

NfBoundField
nf_bind_field (const NfField *field, NfSpace space, const NfRegistry *registry)
{
    return nf_bind_element (field, nf_registry_lookup (registry, space, field->pen, field->id));
}

/* The fields in which there may be lists. */
static guint *
find_lists (const NfBinding *binding, guint *n)
{
    const NfTemplate *tmpl = binding->tmpl;
    GArray *found = NULL;

    for (guint i = 0; i < tmpl->n_fields; i++) {
        if (!nf_type_is_list (binding->fields[i].type) || tmpl->fields[i].length == 0)
            continue;
        if (!found)
            found = g_array_new (FALSE, FALSE, sizeof (guint));
        g_array_append_val (found, i);
    }
    *n = found ? found->len : 0;
    return found ? (guint *)(void *)g_array_free (found, FALSE) : NULL;
}

/* Whether IANA's element `id` stands twice in the Template. */
static gboolean
is_twice (const NfBinding *binding, guint16 id)
{
    guint n = 0;

    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        n += nf_element_iana_id (binding->fields[i].element) == id;
    return n > 1;
}

/* Whether the records have the addresses of two headers, outer and inner (RFC 7011 8): then other
 * fields of a header may be there twice, too. */
static gboolean
has_two_headers (const NfBinding *binding)
{
    return (is_twice (binding, 8) && is_twice (binding, 12)) ||
           (is_twice (binding, 27) && is_twice (binding, 28));
}

NfBinding *
nf_binding_new (NfTemplate *tmpl, const NfRegistry *registry)
{
    NfBinding *b = g_malloc (sizeof *b + tmpl->n_fields * sizeof b->fields[0]);

    b->refs = 1;
    b->lacking = FALSE;
    b->learnt = NULL;
    b->tmpl = tmpl;
    b->checks = NULL;
    b->is_sound = 0;
    for (guint i = 0; i < tmpl->n_fields; i++) {
        b->fields[i] = nf_bind_field (&tmpl->fields[i], nf_template_space (tmpl, i), registry);
        b->lacking |= !b->fields[i].element && tmpl->fields[i].pen != 0;
    }
    b->lists = find_lists (b, &b->n_lists);
    b->lacks = nf_shape_lacks (b, registry);
    b->two_headers = has_two_headers (b);
    return b;
}

NfBinding *
nf_binding_new_learnt (const NfBinding *binding, NfLearntElement learnt, gpointer data,
                       GPtrArray *keep)
{
    guint n = binding->tmpl->n_fields;
    NfBinding *b = g_memdup2 (binding, sizeof *b + n * sizeof b->fields[0]);

    gboolean any = FALSE;

    b->refs = 1;
    b->checks = NULL;
    b->is_sound = 0;
    for (guint i = 0; i < n; i++) {
        const NfField *field = &b->tmpl->fields[i];
        const NfElement *element = b->fields[i].element ? NULL : learnt (data, field);

        if (!element)
            continue;
        b->fields[i] = nf_bind_element (field, element);
        any = TRUE;
    }
    if (!any) {
        g_free (b);
        return NULL;
    }
    b->learnt = g_ptr_array_ref (keep);
    b->tmpl = nf_template_copy (binding->tmpl);
    b->lists = find_lists (b, &b->n_lists);
    return b;
}

NfBinding *
nf_binding_ref (NfBinding *binding)
{
    g_atomic_int_inc (&binding->refs);
    return binding;
}

void
nf_binding_unref (NfBinding *binding)
{
    if (!g_atomic_int_dec_and_test (&binding->refs))
        return;
    nf_template_free (binding->tmpl);
    if (binding->learnt)
        g_ptr_array_unref (binding->learnt);
    g_free ((guint *)binding->lists);
    g_free (binding->checks);
    g_free (binding);
}

/* What a length is called that the element's type does not allow. NetFlow v9 has no types, so there
 * a long integer is only strange. */
static NfFindingId
length_finding (const NfBinding *binding, guint i)
{
    if (binding->fields[i].type != binding->fields[i].element->type)
        return binding->tmpl->fields[i].length == NF_VARIABLE_LENGTH ? NF_FINDING_ELEMENT_VARIABLE
                                                                     : NF_FINDING_ELEMENT_OCTETS;
    return binding->tmpl->version == 9 ? NF_FINDING_ELEMENT_LENGTH_NETFLOW9
                                       : NF_FINDING_ELEMENT_LENGTH;
}

/* NetFlow v9's scope System, its type 1, which is all of the exporter (RFC 3954 6.1). */
static gboolean
is_system (const NfElement *element)
{
    return element && element->space == NF_SPACE_SCOPE && element->id == 1;
}

gboolean
nf_binding_lacks (const NfBinding *binding, guint n, NfFinding *finding)
{
    for (guint i = 0; binding->lacks >> i; i++) {
        if (!(binding->lacks >> i & 1) || n-- > 0)
            continue;
        *finding = (NfFinding){.id = (NfFindingId)(NF_FINDING_TEMPLATE_LACKS_COUNTERS + i),
                               .args = {binding->tmpl->id, 0}};
        return TRUE;
    }
    return FALSE;
}

/* The last field before `i` that has the same element and, as it, is a scope field or none; -1
 * where there is none. */
static gint
find_before (const NfBinding *binding, guint i)
{
    const NfElement *element = binding->fields[i].element;
    guint scope = binding->tmpl->scope_count;

    for (guint before = i; before-- > 0;)
        if (binding->fields[before].element == element)
            return (before < scope) == (i < scope) ? (gint)before : -1;
    return -1;
}

/* Whether the element of field `i` should not be there again. Elements that flows have several of
 * are not looked for, so that a Template of thousands of fields costs no square of them. */
static gboolean
is_duplicate (const NfBinding *binding, guint i)
{
    const NfElement *element = binding->fields[i].element;

    return element && element->flags & NF_ELEMENT_SINGLE && find_before (binding, i) >= 0 &&
           !binding->two_headers;
}

gboolean
nf_binding_trouble (const NfBinding *binding, guint i, guint n, NfFinding *finding)
{
    const NfField *field = &binding->tmpl->fields[i];
    const NfElement *element = binding->fields[i].element;
    guint64 scope = nf_template_space (binding->tmpl, i) == NF_SPACE_SCOPE ? NF_KEY_SCOPE : 0;
    guint64 key = scope | (guint64)field->pen << 16 | field->id;
    NfFindingId found[5];
    guint n_found = 0;

    if (field->length == 0)
        found[n_found++] =
            is_system (element) ? NF_FINDING_TEMPLATE_ZERO_SCOPE : NF_FINDING_TEMPLATE_ZERO_LENGTH;
    else if (element && !nf_type_allows (element->type, field->length))
        found[n_found++] = length_finding (binding, i);
    if (field->length == NF_VARIABLE_LENGTH && binding->tmpl->version == 9)
        found[n_found++] = NF_FINDING_TEMPLATE_VARIABLE;
    if (!element)
        found[n_found++] = NF_FINDING_ELEMENT_UNKNOWN;
    if (is_duplicate (binding, i))
        found[n_found++] = NF_FINDING_ELEMENT_DUPLICATE;
    if (n >= n_found)
        return FALSE;
    *finding = (NfFinding){.id = found[n], .args = {key, field->length}};
    return TRUE;
}

gint
nf_binding_find (const NfBinding *binding, guint16 id)
{
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        const NfElement *element = binding->fields[i].element;

        if (nf_element_iana_id (element) == id && element->pen == 0)
            return (gint)i;
    }
    return -1;
}

gint *
nf_binding_candidates (const NfBinding *binding, const NfCommonName *common)
{
    GArray *found = g_array_new (TRUE, FALSE, sizeof (gint));
    gint end = -1;

    for (guint i = 0; common && i < common->n_elements; i++) {
        for (guint f = 0; f < binding->tmpl->n_fields; f++) {
            gint index = (gint)f;

            if (binding->fields[f].element == common->elements[i])
                g_array_append_val (found, index);
        }
    }
    g_array_append_val (found, end);
    return (gint *)(void *)g_array_free (found, FALSE);
}
