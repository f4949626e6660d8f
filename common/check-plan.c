/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which fields of a binding there is something to be checked of. */
#include "check-private.h"

/* Counters of the same packets: octets, packets. Not those of payload, of which a packet may have
 * none: initiatorOctets and responderOctets (231, 232), transportOctetDeltaCount (401). */
static const struct {
    guint16 octets, packets;
} counters[] = {
    {1, 2},     {85, 86},                           /* what came in, */
    {23, 24},   {171, 172},                         /* what went out, */
    {20, 19},   {175, 174},                         /* by multicast */
    {132, 133}, {134, 135}, {165, 164}, {168, 167}, /* dropped, ignored, notSent */
    {391, 392},                                     /* flowSelected */
    {352, 430}, {353, 431}, {426, 433},             /* frames of layer 2, */
    {352, 2},   {353, 86}                           /* in which the packets came */
};

static void
add_item (GArray *items, NfCheckItem item)
{
    g_array_append_val (items, item);
}

/* What there is to be checked of field `i` by itself. */
static void
add_field (GArray *items, const NfBinding *binding, guint i)
{
    const NfElement *element = binding->fields[i].element;
    NfType type = binding->fields[i].type;
    NfCheckItem item = {.field = (guint16)i};

    if (binding->tmpl->fields[i].length == 0)
        return;
    if (type == NF_TYPE_STRING) {
        item.judge = NF_JUDGE_STRING;
    } else if (type == NF_TYPE_BOOLEAN) {
        item.judge = NF_JUDGE_BOOLEAN;
    } else if (type == NF_TYPE_DATE_TIME_MILLISECONDS) {
        item.judge = NF_JUDGE_MILLISECONDS;
    } else if (type == NF_TYPE_DATE_TIME_MICROSECONDS || type == NF_TYPE_DATE_TIME_NANOSECONDS) {
        item.judge = NF_JUDGE_NTP;
    } else if (nf_type_is_unsigned (type) && element->has_range) {
        item.judge = NF_JUDGE_RANGE;
    } else {
        return;
    }
    add_item (items, item);
}

/* The only field that is IANA's element `id`, or its reverse (RFC 5103) with that `pen`; -1 where
 * there is none, or several, which nothing tells apart. */
static gint
find_only (const NfBinding *binding, guint32 pen, guint16 id)
{
    gint found = -1;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        const NfElement *element = binding->fields[i].element;

        if (nf_element_iana_id (element) != id || element->pen != pen ||
            !nf_type_is_unsigned (binding->fields[i].type) || binding->tmpl->fields[i].length == 0)
            continue;
        if (found >= 0)
            return -1;
        found = (gint)i;
    }
    return found;
}

/* The elements of the directions are IANA's and their reverse. */
static const guint32 directions[NF_N_DIRECTIONS] = {0, NF_REVERSE_PEN};

static void
add_counters (GArray *items, const NfBinding *binding)
{
    for (guint i = 0; i < G_N_ELEMENTS (counters) * G_N_ELEMENTS (directions); i++) {
        guint32 pen = directions[i % G_N_ELEMENTS (directions)];
        gint octets = find_only (binding, pen, counters[i / G_N_ELEMENTS (directions)].octets);
        gint packets = find_only (binding, pen, counters[i / G_N_ELEMENTS (directions)].packets);

        if (octets >= 0 && packets >= 0)
            add_item (items, (NfCheckItem){.judge = NF_JUDGE_COUNTERS,
                                           .field = (guint16)octets,
                                           .other = (guint16)packets});
    }
}

/* Whether the element is the time at which one packet was seen, or an event: neither the start nor
 * the end of anything (observationTimeSeconds to observationTimeNanoseconds). */
static gboolean
is_observation_time (const NfElement *element)
{
    guint16 id = nf_element_iana_id (element);

    return id >= 322 && id <= 325;
}

/* The fields that a common name stands for, or their reverse, in its order of preference. */
static void
find_candidates (gint *kept, const NfBinding *binding, const NfCommonName *common, guint32 pen)
{
    guint n = 0;

    for (guint i = 0; common && i < common->n_elements; i++) {
        for (guint f = 0; f < binding->tmpl->n_fields && n < NF_MAX_CANDIDATES; f++) {
            const NfElement *element = binding->fields[f].element;
            gboolean is_same = pen == 0 ? element == common->elements[i]
                                        : element && element->pen == pen &&
                                              nf_element_iana_id (element) ==
                                                  nf_element_iana_id (common->elements[i]);

            if (is_same && !is_observation_time (element))
                kept[n++] = (gint)f;
        }
    }
    kept[n] = -1;
}

/* Finds the fields with a direction's times. Returns whether there are any. */
static gboolean
find_times (NfTimeFields *times, const NfBinding *binding, const NfRegistry *registry, guint32 pen)
{
    find_candidates (times->start, binding, nf_registry_common (registry, "start"), pen);
    find_candidates (times->end, binding, nf_registry_common (registry, "end"), pen);
    times->clock = nf_clock_of (binding, *times->start, *times->end);
    return *times->start >= 0 || *times->end >= 0;
}

static NfCheckPlan *
make_plan (const NfBinding *binding, const NfRegistry *registry)
{
    g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (NfCheckItem));
    NfCheckPlan head = {.n = 0};
    NfCheckPlan *plan;

    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        add_field (items, binding, i);
    if (!binding->tmpl->options) {
        add_counters (items, binding);
        for (guint16 i = 0; i < NF_N_DIRECTIONS; i++)
            if (find_times (&head.times[i], binding, registry, directions[i]))
                add_item (items, (NfCheckItem){.judge = NF_JUDGE_FLOW_TIMES, .other = i});
    }
    head.n = items->len;
    plan = g_malloc (sizeof *plan + items->len * sizeof (NfCheckItem));
    *plan = head;
    for (guint i = 0; i < items->len; i++)
        plan->items[i] = g_array_index (items, NfCheckItem, i);
    return plan;
}

/* Walks in other threads may make it at the same time: one is kept. */
const NfCheckPlan *
nf_check_plan (NfBinding *binding, const NfRegistry *registry)
{
    NfCheckPlan *plan = g_atomic_pointer_get (&binding->checks);

    if (plan)
        return plan;
    plan = make_plan (binding, registry);
    if (g_atomic_pointer_compare_and_exchange (&binding->checks, NULL, plan))
        return plan;
    g_free (plan);
    return g_atomic_pointer_get (&binding->checks);
}
