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

NfpPlan *
nfp_plan_new (const NfBinding *binding, const NfRegistry *registry)
{
    NfpPlan *plan = g_new0 (NfpPlan, 1);

    plan->binding = nf_binding_ref ((NfBinding *)binding);
    plan->flow = nf_flow_new (binding, registry);
    plan->fields = g_new0 (NfpPlanField, binding->tmpl->n_fields);
    for (guint i = 0; i < binding->tmpl->n_fields; i++)
        nfp_plan_field (&plan->fields[i], &binding->fields[i]);
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
