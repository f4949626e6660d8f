/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is worked out once for each binding. */
#include "plan.h"

#include "json.h"
#include "shortcut.h"

/* Plans kept for the next datagram: more different Templates than a fleet of exporters has, and a
 * bound on what hostile Templates can make a stream hold. */
#define MAX_PLANS 4096

struct _NfPlans {
    NfRegistry *registry;
    gboolean netflow9_names;
    GHashTable *plans; /* NfBinding -> NfPlan */
    NfOctetTexts *octets;
    NfShortcuts recent; /* most records have the Template of some before */
    gpointer (*extend) (NfPlan *plan, gpointer data);
    gpointer extend_data;
    GDestroyNotify free_extra;
};

NfPlans *
nf_plans_new (NfRegistry *registry, gboolean netflow9_names)
{
    NfPlans *plans = g_new0 (NfPlans, 1);

    plans->registry = nf_registry_ref (registry);
    plans->netflow9_names = netflow9_names;
    plans->plans = g_hash_table_new (g_direct_hash, g_direct_equal);
    plans->octets = nf_octet_texts_new (registry);
    return plans;
}

static void
free_plan (NfPlans *plans, NfPlan *plan)
{
    if (plans->free_extra && plan->extra)
        plans->free_extra (plan->extra);
    for (guint i = 0; i < plan->binding->tmpl->n_fields; i++)
        g_free (plan->fields[i].key);
    g_free (plan->fields);
    nf_flow_free (plan->flow);
    nf_binding_unref (plan->binding);
    g_free (plan);
}

static void
forget_plans (NfPlans *plans)
{
    GHashTableIter iter;
    gpointer plan;

    g_hash_table_iter_init (&iter, plans->plans);
    while (g_hash_table_iter_next (&iter, NULL, &plan))
        free_plan (plans, plan);
    g_hash_table_remove_all (plans->plans);
    plans->recent = (NfShortcuts){.to = {NULL}};
}

void
nf_plans_free (NfPlans *plans)
{
    forget_plans (plans);
    g_hash_table_unref (plans->plans);
    nf_octet_texts_free (plans->octets);
    nf_registry_unref (plans->registry);
    g_free (plans);
}

void
nf_plans_extend (NfPlans *plans, gpointer (*extend) (NfPlan *plan, gpointer data), gpointer data,
                 GDestroyNotify free_extra)
{
    forget_plans (plans);
    plans->extend = extend;
    plans->extend_data = data;
    plans->free_extra = free_extra;
}

void
nf_field_name (NfText *t, const NfField *field, const NfElement *element, gboolean netflow9_names)
{
    if (element)
        nf_text_add (t, netflow9_names && element->netflow9 ? element->netflow9 : element->name);
    else
        nf_text_add_format (t, "%u/%u", field->pen, field->id);
}

/* Appends what stands behind a number of the field on a terminal. Returns its length. */
static gsize
add_unit (NfText *t, const NfBoundField *bound, gboolean one)
{
    gsize start = nf_text_length (t);

    if (bound->element)
        nf_describe_unit (t, bound->element->units, one);
    return nf_text_length (t) - start;
}

/* All texts of a field, one behind the other; the name between zero octets. */
static void
name_field (const NfPlans *plans, const NfBinding *binding, guint i, NfPlanField *out, NfText *t)
{
    gsize json, label, units;

    nf_text_truncate (t, 0);
    nf_field_name (t, &binding->tmpl->fields[i], binding->fields[i].element, plans->netflow9_names);
    g_autofree char *name = g_strdup (nf_text_string (t));

    nf_text_truncate (t, 0);
    nf_text_add_char (t, ',');
    nf_json_string (t, (const guint8 *)name, strlen (name));
    nf_text_add_char (t, ':');
    out->key_length = nf_text_length (t);
    nf_text_add_char (t, '\0');
    nf_text_add (t, name);
    nf_text_add_char (t, '\0');
    json = nf_text_length (t);
    nf_json_begin_field (t, &binding->tmpl->fields[i], name);
    out->json_length = nf_text_length (t) - json;
    label = nf_text_length (t);
    nf_text_add (t, name);
    nf_text_add (t, ": ");
    out->label_length = nf_text_length (t) - label;
    units = nf_text_length (t);
    out->units.length = add_unit (t, &binding->fields[i], FALSE);
    out->unit.length = add_unit (t, &binding->fields[i], TRUE);
    memset (nf_text_room (t, NF_PLAN_STEP), 0, NF_PLAN_STEP); /* to be read, not to be seen */
    out->key = g_memdup2 (t->start, nf_text_length (t) + NF_PLAN_STEP);
    out->name = out->key + out->key_length + 1;
    out->json = out->key + json;
    out->label = out->key + label;
    out->units.text = out->key + units;
    out->unit.text = out->units.text + out->units.length;
}

/* Joins fields of the same name: `last` finds the one before. */
static void
join_same (NfPlan *plan, guint i, GHashTable *last)
{
    NfPlanField *field = &plan->fields[i];
    gpointer before;

    field->next_same = -1;
    if (g_hash_table_lookup_extended (last, field->name, NULL, &before)) {
        plan->fields[GPOINTER_TO_UINT (before)].next_same = (gint)i;
        field->repeats = TRUE;
    }
    g_hash_table_replace (last, (gpointer)field->name, GUINT_TO_POINTER (i));
}

static gboolean
is_section (const NfElement *element)
{
    return element && element->form >= NF_FORM_FRAME && element->form <= NF_FORM_ICMP_MESSAGE;
}

/* Fields that are one key and one value, whatever the record. */
static void
find_simple (NfPlan *plan)
{
    const NfBinding *binding = plan->binding;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        NfPlanField *field = &plan->fields[i];

        if (field->is_padding || field->repeats || field->next_same >= 0)
            continue;
        field->is_text = binding->fields[i].type == NF_TYPE_STRING;
        if (binding->tmpl->fields[i].length != NF_VARIABLE_LENGTH)
            field->simple =
                nf_value_simple (binding->fields[i].type, binding->tmpl->fields[i].length);
    }
}

static NfPlan *
make_plan (NfPlans *plans, const NfBinding *binding)
{
    const NfTemplate *tmpl = binding->tmpl;
    NfPlan *plan = g_new0 (NfPlan, 1);
    g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
    NfText t = NF_TEXT_INIT;

    plan->binding = nf_binding_ref ((NfBinding *)binding);
    plan->section = -1;
    plan->fields = g_new0 (NfPlanField, tmpl->n_fields);
    for (guint i = 0; i < tmpl->n_fields; i++) {
        const NfElement *element = binding->fields[i].element;

        name_field (plans, binding, i, &plan->fields[i], &t);
        join_same (plan, i, last);
        plan->fields[i].is_scope = i < tmpl->scope_count;
        plan->fields[i].is_padding = element && element->flags & NF_ELEMENT_PADDING;
        plan->fields[i].is_plain = nf_describe_is_plain (&tmpl->fields[i], &binding->fields[i]);
        plan->fields[i].is_number = nf_describe_is_number (&tmpl->fields[i], &binding->fields[i]);
        plan->fields[i].is_port = nf_describe_is_plain_port (&tmpl->fields[i], &binding->fields[i]);
        plan->fields[i].has_more = nf_describe_has_more (element);
        plan->fields[i].octets =
            nf_octet_texts_get (plans->octets, &tmpl->fields[i], &binding->fields[i]);
        if (plan->section < 0 && is_section (element))
            plan->section = (gint)i;
    }
    find_simple (plan);
    nf_text_clear (&t);
    plan->flow = nf_flow_new (binding, plans->registry);
    if (plans->extend)
        plan->extra = plans->extend (plan, plans->extend_data);
    return plan;
}

const NfPlan *
nf_plans_get (NfPlans *plans, const NfBinding *binding)
{
    gpointer *recent = nf_shortcut_of (&plans->recent, GPOINTER_TO_SIZE (binding));
    NfPlan *plan = *recent;

    if (plan && plan->binding == binding)
        return plan;
    plan = g_hash_table_lookup (plans->plans, binding);
    if (!plan) {
        plan = make_plan (plans, binding);
        g_hash_table_insert (plans->plans, (gpointer)binding, plan);
    }
    *recent = plan;
    return plan;
}

void
nf_plans_trim (NfPlans *plans)
{
    if (g_hash_table_size (plans->plans) >= MAX_PLANS)
        forget_plans (plans);
}
