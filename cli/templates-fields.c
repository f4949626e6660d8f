/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fields of Templates, and what is different between two. */
#include "columns.h"
#include "show-template.h"
#include "templates.h"

static void
indent_by (NfText *t, guint indent)
{
    while (indent-- > 0)
        nf_text_add_char (t, ' ');
}

/* ---- fields ---- */

static void
add_field (NfShow *show, const NfPlan *plan, guint i, guint width)
{
    const NfBinding *b = plan->binding;

    nf_show_specifier (show, &b->tmpl->fields[i], &b->fields[i], plan->fields[i].name, width,
                       plan->fields[i].is_scope);
    nf_text_add_char (&show->out, '\n');
}

gint64
nf_templates_next_offset (gint64 offset, const NfField *field)
{
    return offset < 0 || field->length == NF_VARIABLE_LENGTH ? -1 : offset + field->length;
}

void
nf_templates_add_fields (NfShow *show, const NfBinding *binding, guint indent)
{
    const NfPlan *plan = nf_plans_get (show->plans, binding);
    guint width = nf_show_longest_name (plan);
    NfText *t = &show->out;
    gint64 offset = 0;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        indent_by (t, indent);
        if (offset >= 0)
            nf_text_add_uint_right (t, (guint64)offset, 6);
        else
            nf_text_add (t, "     -");
        nf_text_add (t, "  ");
        add_field (show, plan, i, width);
        offset = nf_templates_next_offset (offset, &binding->tmpl->fields[i]);
    }
}

/* ---- changes ---- */

/* Template Records of more fields are not compared field by field: it takes the product of their
 * numbers. */
#define MAX_COMPARED 512

static gboolean
is_same_field (const NfTemplate *a, guint i, const NfTemplate *b, guint j)
{
    const NfField *x = &a->fields[i], *y = &b->fields[j];

    return x->pen == y->pen && x->id == y->id && x->length == y->length &&
           (i < a->scope_count) == (j < b->scope_count);
}

/* How many fields the Templates have in common, in their order, from field i of one and j of the
 * other on: at [i * (fields of b + 1) + j]. */
static guint16 *
common_fields (const NfTemplate *a, const NfTemplate *b)
{
    guint row = b->n_fields + 1;
    guint16 *n = g_new0 (guint16, (gsize)(a->n_fields + 1) * row);

    for (guint i = a->n_fields; i-- > 0;)
        for (guint j = b->n_fields; j-- > 0;)
            n[i * row + j] = is_same_field (a, i, b, j)
                                 ? (guint16)(n[(i + 1) * row + j + 1] + 1)
                                 : MAX (n[(i + 1) * row + j], n[i * row + j + 1]);
    return n;
}

typedef struct {
    NfShow *show;
    const NfPlan *before, *after;
    guint indent, width;
} Changes;

static void
add_change (const Changes *c, gboolean is_new, guint i)
{
    NfText *t = &c->show->out;

    indent_by (t, c->indent);
    nf_text_add (t, is_new ? "+ " : "- ");
    add_field (c->show, is_new ? c->after : c->before, i, c->width);
}

void
nf_templates_add_changes (NfShow *show, const NfBinding *before, const NfBinding *after,
                          guint indent)
{
    const NfTemplate *a = before->tmpl, *b = after->tmpl;
    Changes c = {.show = show,
                 .before = nf_plans_get (show->plans, before),
                 .after = nf_plans_get (show->plans, after),
                 .indent = indent};
    gboolean is_long = a->n_fields > MAX_COMPARED || b->n_fields > MAX_COMPARED;
    g_autofree guint16 *n = is_long ? NULL : common_fields (a, b);
    guint i = 0, j = 0, row = b->n_fields + 1;

    c.width = MAX (nf_show_longest_name (c.before), nf_show_longest_name (c.after));
    while (i < a->n_fields || j < b->n_fields) {
        gboolean both = i < a->n_fields && j < b->n_fields;

        if (both && is_same_field (a, i, b, j)) {
            i++;
            j++;
        } else if (j >= b->n_fields || (both && (!n || n[(i + 1) * row + j] >= n[i * row + j + 1])))
            add_change (&c, FALSE, i++);
        else
            add_change (&c, TRUE, j++);
    }
}
