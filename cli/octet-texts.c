/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What fields of one octet are shown as. */
#include "octet-texts.h"

#define N_VALUES 256

/* Bounded by the registry: exporters cannot add elements to it. */
struct _NfOctetTexts {
    NfRegistry *registry;
    GHashTable *by_element; /* NfElement -> array of N_VALUES NfOctetText, owned */
};

static void
free_values (gpointer values)
{
    for (guint i = 0; i < N_VALUES; i++)
        g_free (((NfOctetText *)values)[i].text);
    g_free (values);
}

NfOctetTexts *
nf_octet_texts_new (NfRegistry *registry)
{
    NfOctetTexts *texts = g_new (NfOctetTexts, 1);

    texts->registry = nf_registry_ref (registry);
    texts->by_element = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, free_values);
    return texts;
}

void
nf_octet_texts_free (NfOctetTexts *texts)
{
    g_hash_table_unref (texts->by_element);
    nf_registry_unref (texts->registry);
    g_free (texts);
}

NfOctetText *
nf_octet_texts_get (NfOctetTexts *texts, const NfField *field, const NfBoundField *bound)
{
    const NfElement *element = bound->element;
    NfOctetText *values;

    if (!nf_describe_is_by_octet (field, bound) ||
        nf_registry_lookup (texts->registry, element->space, element->pen, element->id) != element)
        return NULL;
    values = g_hash_table_lookup (texts->by_element, element);
    if (!values) {
        values = g_new0 (NfOctetText, N_VALUES);
        g_hash_table_insert (texts->by_element, (gpointer)element, values);
    }
    return values;
}

void
nf_octet_text_set (NfOctetText *octet, const NfText *t, gsize start)
{
    octet->length = nf_text_length (t) - start;
    octet->text = g_memdup2 (t->start + start, octet->length);
}
