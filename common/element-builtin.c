/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is looked up in the tables of builtin.h: elements, enterprises, names of values. */
#include "builtin.h"
#include "element-private.h"

#include <stdlib.h>
#include <string.h>

/* What elements are sorted by. */
static guint64
order (guint space, guint32 pen, guint16 id)
{
    return (guint64)space << 48 | (guint64)pen << 16 | id;
}

static int
compare_order (const void *key, const void *member)
{
    const NfBuiltinElement *row = member;
    guint64 wanted = *(const guint64 *)key, here = order (row->space, row->pen, row->id);

    return wanted < here ? -1 : wanted > here;
}

const NfBuiltinElement *
nf_builtin_find (NfSpace space, guint32 pen, guint16 id)
{
    guint64 key = order (space, pen, id);

    return bsearch (&key, nf_builtin_elements, nf_n_builtin_elements, sizeof *nf_builtin_elements,
                    compare_order);
}

static int
compare_element_name (const void *key, const void *member)
{
    return strcmp (key, nf_builtin_string (((const NfBuiltinName *)member)->name));
}

const NfBuiltinElement *
nf_builtin_find_name (const char *name)
{
    const NfBuiltinName *found =
        bsearch (name, nf_builtin_element_names, nf_n_builtin_element_names,
                 sizeof *nf_builtin_element_names, compare_element_name);

    return found ? &nf_builtin_elements[found->element] : NULL;
}

NfElement *
nf_builtin_make (const NfBuiltinElement *row)
{
    NfElement *element = g_new (NfElement, 1);

    *element = (NfElement){.pen = row->pen,
                           .id = row->id,
                           .space = row->space,
                           .type = row->type,
                           .flags = row->flags,
                           .form = row->form,
                           .name = nf_builtin_string (row->name),
                           .netflow9 = row->netflow9 ? nf_builtin_string (row->netflow9) : NULL,
                           .semantics = nf_builtin_string (row->semantics),
                           .units = nf_builtin_string (row->units),
                           .names = row->names ? &nf_builtin_names[row->names - 1] : NULL,
                           .has_range = row->range > 0};
    if (row->range > 0) {
        element->range_min = nf_builtin_ranges[row->range - 1].min;
        element->range_max = nf_builtin_ranges[row->range - 1].max;
    }
    return element;
}

/* ---- enterprises ---- */

const char *
nf_registry_enterprise (const NfRegistry *registry, guint32 pen, const char **title)
{
    g_return_val_if_fail (registry != NULL, NULL);
    for (guint i = 0; i < nf_n_builtin_enterprises; i++) {
        const NfBuiltinEnterprise *e = &nf_builtin_enterprises[i];

        if (e->pen != pen)
            continue;
        if (title)
            *title = nf_builtin_string (e->title);
        return nf_builtin_string (e->key);
    }
    return NULL;
}

const NfElement *
nf_registry_moved (const NfRegistry *registry, guint16 id)
{
    for (guint i = 0; i < nf_n_builtin_enterprises; i++) {
        const NfBuiltinEnterprise *e = &nf_builtin_enterprises[i];
        const NfElement *element = NULL;

        if (e->netflow9 > 0 && id >= e->netflow9)
            element =
                nf_registry_exact (registry, NF_SPACE_IPFIX, e->pen, (guint16)(id - e->netflow9));
        if (element)
            return element;
    }
    return NULL;
}

/* ---- names of values ---- */

static int
compare_table (const void *key, const void *member)
{
    return strcmp (key, nf_builtin_string (((const NfNames *)member)->name));
}

const NfNames *
nf_registry_names (const NfRegistry *registry, const char *table)
{
    g_return_val_if_fail (registry != NULL && table != NULL, NULL);
    return bsearch (table, nf_builtin_names, nf_n_builtin_names, sizeof *nf_builtin_names,
                    compare_table);
}

static int
compare_value (const void *key, const void *member)
{
    guint64 wanted = *(const guint64 *)key, here = ((const NfBuiltinValue *)member)->value;

    return wanted < here ? -1 : wanted > here;
}

const char *
nf_names_value (const NfNames *names, guint64 value)
{
    g_return_val_if_fail (names != NULL, NULL);
    const NfBuiltinValue *found =
        names->bits ? NULL
                    : bsearch (&value, &nf_builtin_values[names->first], names->n_values,
                               sizeof *nf_builtin_values, compare_value);

    return found ? nf_builtin_string (found->name) : NULL;
}

gboolean
nf_names_are_bits (const NfNames *names)
{
    g_return_val_if_fail (names != NULL, FALSE);
    return names->bits;
}

const char *
nf_names_nth (const NfNames *names, guint i, guint64 *mask)
{
    g_return_val_if_fail (names != NULL && mask != NULL, NULL);
    if (i >= names->n_values)
        return NULL;
    const NfBuiltinValue *v = &nf_builtin_values[names->first + i];

    *mask = v->value;
    return nf_builtin_string (v->name);
}
