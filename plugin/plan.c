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
    field->is_special = nf_describe_is_special (element);
    field->is_port = nf_describe_is_port (element);
    field->is_list = nf_type_is_list (bound->type);
    field->is_section = nfp_section_kind (element) != NFP_SECTION_NONE;
}

/* How field `i` may be added at once. */
static NfSimple
simple_of (const NfpPlanField *field, const NfBinding *binding, guint i)
{
    const NfTemplate *tmpl = binding->tmpl;
    NfSimple simple;

    if (field->field == 0 || field->is_special || field->is_port || field->is_section ||
        i < tmpl->scope_count || tmpl->fields[i].length == NF_VARIABLE_LENGTH ||
        nf_describe_has_more (binding->fields[i].element))
        return NF_SIMPLE_NOT;
    simple = nf_value_simple (binding->fields[i].type, tmpl->fields[i].length);
    if (simple == NF_SIMPLE_UINT)
        return field->add == NFP_ADD_UINT && tmpl->fields[i].length <= 4 ? simple : NF_SIMPLE_NOT;
    return field->add == NFP_ADD_IPV4 && simple == NF_SIMPLE_IPV4 ? simple : NF_SIMPLE_NOT;
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
        plan->fields[i].simple = simple_of (&plan->fields[i], binding, i);
    }
    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        plan->has_sections |= plan->fields[i].is_section;
    return plan;
}

void
nfp_plan_find_commons (NfpPlan *plan)
{
    guint n;
    const NfpCommon *commons = nfp_commons (&n);

    if (plan->commons)
        return;
    plan->commons = g_new (gint *, n);
    plan->n_commons = n;
    for (guint i = 0; i < n; i++)
        plan->commons[i] = nf_binding_candidates (plan->binding, commons[i].common);
}

void
nfp_plan_free (gpointer data)
{
    NfpPlan *plan = data;

    for (guint i = 0; i < plan->n_commons; i++)
        g_free (plan->commons[i]);
    g_free (plan->commons);
    g_free (plan->fields);
    nf_flow_free (plan->flow);
    nf_binding_unref (plan->binding);
    g_free (plan);
}
