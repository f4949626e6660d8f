/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is worked out once for each binding. */
#include "plan.h"

#include "section.h"

void
nfp_plan_field (NfpPlanField *field, const NfBoundField *bound)
{
    const NfElement *element = bound->element;

    *field = (NfpPlanField){.field = nfp_element_field (element)};
    if (!element)
        return;
    field->add = nfp_add_of_type ((NfType)element->type);
    field->most = nfp_element_most (element);
    field->is_special = nf_describe_is_special (element);
    field->is_port = nf_describe_is_port (element);
    field->is_list = nf_type_is_list (bound->type);
    field->is_section = nfp_section_kind (element) != NFP_SECTION_NONE;
    field->is_named = nf_derived_has_names (element);
}

/* Whether all values of field `i` fit, read as simple ones, what they are added as. */
static gboolean
is_simple (const NfBinding *binding, guint i, NfpAdd add)
{
    guint length = binding->tmpl->fields[i].length;

    if (length == NF_VARIABLE_LENGTH)
        return FALSE;
    switch (nf_value_simple (binding->fields[i].type, length)) {
    case NF_SIMPLE_UINT:
        return add == NFP_ADD_UINT64 || (add == NFP_ADD_UINT && length <= 4);
    case NF_SIMPLE_IPV4:
        return add == NFP_ADD_IPV4;
    default:
        return FALSE;
    }
}

/* Whether a number of so many octets may be larger. */
static gboolean
may_exceed (guint64 most, guint length)
{
    return most < G_MAXUINT64 && (length >= 8 || ((guint64)1 << 8 * length) - 1 > most);
}

/* Whether a value of one octet has nothing to be described, whichever it is. */
static gboolean
adds_nothing (const NfElement *element)
{
    NfValue value = {.kind = NF_VALUE_UNSIGNED};

    for (; value.u <= G_MAXUINT8; value.u++)
        if (nf_describe_adds (element, &value))
            return FALSE;
    return TRUE;
}

static void
simplify (NfpPlanField *field, const NfBinding *binding, guint i)
{
    const NfTemplate *tmpl = binding->tmpl;

    if (field->field == 0 || field->is_section || i < tmpl->scope_count ||
        !is_simple (binding, i, field->add) || may_exceed (field->most, tmpl->fields[i].length))
        return;
    field->is_simple =
        !field->is_special || (field->add == NFP_ADD_UINT && tmpl->fields[i].length == 1 &&
                               adds_nothing (binding->fields[i].element));
    field->is_plain = field->is_simple && !field->is_port && !field->is_named;
}

NfpPlan *
nfp_plan_new (const NfBinding *binding, const NfRegistry *registry)
{
    NfpPlan *plan = g_new0 (NfpPlan, 1);

    plan->binding = nf_binding_ref ((NfBinding *)binding);
    plan->flow = nf_flow_new (binding, registry);
    plan->fields = g_new0 (NfpPlanField, binding->tmpl->n_fields);
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        nfp_plan_field (&plan->fields[i], &binding->fields[i]);
        simplify (&plan->fields[i], binding, i);
    }
    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        plan->has_sections |= plan->fields[i].is_section;
    return plan;
}

static void
find_common (NfpPlan *plan, const NfpCommon *common, const gint *candidates)
{
    NfpPlanCommon found = {.common = common,
                           .candidates = candidates,
                           .field = {.field = common->field, .add = common->add}};

    if (*candidates < 0)
        return;
    found.field.is_simple =
        candidates[1] < 0 && is_simple (plan->binding, (guint)*candidates, common->add);
    g_array_append_val (plan->commons, found);
}

void
nfp_plan_find_commons (NfpPlan *plan)
{
    guint n;
    const NfpCommon *commons = nfp_commons (&n);

    if (plan->commons)
        return;
    plan->commons = g_array_new (FALSE, FALSE, sizeof (NfpPlanCommon));
    plan->candidates = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 0; i < n; i++) {
        const NfpCommon *c = &commons[i];

        if (c->is_either) {
            find_common (plan, c, nf_flow_candidates (plan->flow, c->ends[0]));
            find_common (plan, c, nf_flow_candidates (plan->flow, c->ends[1]));
        } else {
            gint *candidates = nf_binding_candidates (plan->binding, c->common);

            g_ptr_array_add (plan->candidates, candidates);
            find_common (plan, c, candidates);
        }
    }
}

void
nfp_plan_free (gpointer data)
{
    NfpPlan *plan = data;

    g_clear_pointer (&plan->commons, g_array_unref);
    g_clear_pointer (&plan->candidates, g_ptr_array_unref);
    g_free (plan->fields);
    nf_flow_free (plan->flow);
    nf_binding_unref (plan->binding);
    g_free (plan);
}
