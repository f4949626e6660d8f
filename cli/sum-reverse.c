/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The other direction of a flow whose record has both. */
#include "sum-reverse.h"

static const struct {
    const char *common;
    NfFlowPart part, reverse;
} counters[] = {{"octets", NF_FLOW_OCTETS, NF_FLOW_REVERSE_OCTETS},
                {"packets", NF_FLOW_PACKETS, NF_FLOW_REVERSE_PACKETS}};

static gboolean
has_element (const NfCommonName *common, const NfElement *element)
{
    for (guint i = 0; element && i < common->n_elements; i++)
        if (common->elements[i] == element)
            return TRUE;
    return FALSE;
}

NfSumCounter
nf_sum_counter (const NfOperand *name, const NfRegistry *registry)
{
    for (guint i = 0; i < G_N_ELEMENTS (counters); i++) {
        const NfCommonName *common = nf_registry_common (registry, counters[i].common);
        gboolean is_common = name->common == common;

        if (is_common || has_element (common, name->element))
            return (NfSumCounter){.is_counter = TRUE,
                                  .is_common = is_common,
                                  .part = counters[i].part,
                                  .reverse = counters[i].reverse};
    }
    return (NfSumCounter){.is_counter = FALSE};
}

/* A responder's counter (elements 232, 299) is the other side of its initiator's (231, 298); beside
 * another counter nobody knows whether that has both. A reverse element is of any. */
gboolean
nf_sum_reverse (const NfRecord *r, const NfSumCounter *counter, const NfElement *element,
                NfValue *value)
{
    gint field = nf_flow_field (r, counter->reverse);

    if (field < 0 || !nf_flow_value (r, counter->reverse, value) ||
        value->kind != NF_VALUE_UNSIGNED || value->u == 0)
        return FALSE;
    const NfElement *reverse = r->event->binding->fields[field].element;

    return reverse->pen == NF_REVERSE_PEN || !element || element->id + 1 == reverse->id;
}

/* What an element of the other end is called, by the words in its name; NULL where it is of no end.
 * To be freed. */
static char *
exchange_words (const char *name)
{
    static const char *const words[][2] = {
        {"source", "destination"},
        {"Source", "Destination"},
        {"ingress", "egress"},
        {"Ingress", "Egress"},
        {"Src", "Dst"},
        {"SRC", "DST"},
    };

    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        for (guint k = 0; k < 2; k++) {
            const char *at = strstr (name, words[i][k]);

            /* not the one in "resource" */
            if (at && (g_ascii_isupper (*at) || at == name || !g_ascii_isalpha (at[-1])))
                return g_strdup_printf ("%.*s%s%s", (int)(at - name), name, words[i][1 - k],
                                        at + strlen (words[i][k]));
        }
    return NULL;
}

gboolean
nf_sum_opposite (NfOperand *other, const NfRegistry *registry, const NfOperand *by)
{
    static const char *const ends[][2] = {
        {"src", "dst"},
        {"sport", "dport"},
        {"in_if", "out_if"},
        {"src_as", "dst_as"},
        {"src_mac", "dst_mac"},
        {"in_if_name", "out_if_name"},
        {"bgpPrevAdjacentAsNumber", "bgpNextAdjacentAsNumber"},
    };
    static const char *const alone[] = {"next_hop", "ipNextHopIPv4Address", "ipNextHopIPv6Address",
                                        "bgpNextHopIPv4Address", "bgpNextHopIPv6Address"};
    g_autofree char *name = exchange_words (by->name);
    gboolean found;

    for (guint i = 0; !name && i < G_N_ELEMENTS (ends); i++)
        for (guint k = 0; k < 2; k++)
            if (strcmp (by->name, ends[i][k]) == 0)
                name = g_strdup (ends[i][1 - k]);
    *other = *by;
    if (!name) {
        for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
            if (strcmp (by->name, alone[i]) == 0)
                return FALSE;
        return TRUE;
    }
    found = nf_operand_find (other, registry, name);
    if (by->is_ipv6) {
        other->is_ipv6 = TRUE;
        other->sort = by->sort;
    }
    return found;
}
