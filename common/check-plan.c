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

static gboolean
is_unsigned (NfType type)
{
    return type >= NF_TYPE_UNSIGNED8 && type <= NF_TYPE_UNSIGNED64;
}

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
    } else if (is_unsigned (type) && element->has_range) {
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
            !is_unsigned (binding->fields[i].type) || binding->tmpl->fields[i].length == 0)
            continue;
        if (found >= 0)
            return -1;
        found = (gint)i;
    }
    return found;
}

static void
add_counters (GArray *items, const NfBinding *binding)
{
    static const guint32 directions[] = {0, NF_REVERSE_PEN};

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

static void
find_candidates (gint *kept, const NfBinding *binding, const NfRegistry *registry, const char *name)
{
    g_autofree gint *all = nf_binding_candidates (binding, nf_registry_common (registry, name));
    guint n = 0;

    for (const gint *c = all; *c >= 0 && n < NF_MAX_CANDIDATES; c++)
        if (!is_observation_time (binding->fields[*c].element))
            kept[n++] = *c;
    kept[n] = -1;
}

/* Finds the fields with the flow's times. */
static void
plan_flow_times (NfCheckPlan *plan, const NfBinding *binding, const NfRegistry *registry)
{
    find_candidates (plan->start, binding, registry, "start");
    find_candidates (plan->end, binding, registry, "end");
    plan->clock = nf_clock_of (binding, *plan->start, *plan->end);
}

static NfCheckPlan *
make_plan (const NfBinding *binding, const NfRegistry *registry)
{
    g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (NfCheckItem));
    NfCheckPlan head = {.start = {-1}, .end = {-1}};
    NfCheckPlan *plan;

    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        add_field (items, binding, i);
    if (!binding->tmpl->options) {
        add_counters (items, binding);
        plan_flow_times (&head, binding, registry);
        if (*head.start >= 0 || *head.end >= 0)
            add_item (items, (NfCheckItem){.judge = NF_JUDGE_FLOW_TIMES});
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
