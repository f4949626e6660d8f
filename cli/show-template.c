/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates and their Field Specifiers as text (RFC 7011 3.2, 3.4). */
#include "show-template.h"

#include "columns.h"
#include "printable.h"

void
nf_show_template_title (NfText *t, const NfTemplate *tmpl)
{
    nf_text_add (t, tmpl->options ? "Options Template " : "Template ");
    nf_text_add_uint (t, tmpl->id, 1);
    nf_text_add (t, ": ");
    nf_text_add_count (t, tmpl->n_fields, "fields");
    if (tmpl->scope_count > 0)
        nf_text_add_format (t, " (%u scope)", tmpl->scope_count);
    nf_text_add (t, tmpl->variable ? ", records of variable length" : ", records of ");
    if (!tmpl->variable)
        nf_text_add_count (t, tmpl->record_length, "octets");
}

guint
nf_show_longest_name (const NfPlan *plan)
{
    const guint enough = 50;
    gsize longest = 0;

    for (guint i = 0; i < plan->binding->tmpl->n_fields; i++)
        longest = MAX (longest, strlen (plan->fields[i].name));
    return (guint)MIN (longest, enough);
}

void
nf_show_specifier (NfShow *show, const NfField *field, const NfBoundField *bound, const char *name,
                   guint width, gboolean is_scope)
{
    guint32 pen = bound->element ? bound->element->pen : field->pen;
    const char *title = NULL;
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    nf_text_add (t, name);
    nf_column_left (t, start, width);
    start = nf_text_length (t);
    nf_text_add_char (t, ' ');
    if (field->pen) {
        nf_text_add_uint (t, field->pen, 1);
        nf_text_add_char (t, '/');
    }
    nf_text_add_uint (t, field->id, 1);
    nf_column_right (t, start, 6);
    nf_text_add (t, "  ");
    start = nf_text_length (t);
    nf_text_add (t, bound->element ? nf_type_name ((NfType)bound->element->type) : "not known");
    nf_column_left (t, start, 20);
    nf_text_add (t, "  ");
    if (field->length == NF_VARIABLE_LENGTH)
        nf_text_add (t, "variable length");
    else
        nf_text_add_count (t, field->length, "octets");
    if (is_scope)
        nf_text_add (t, ", scope");
    if (bound->element && bound->element->flags & NF_ELEMENT_LEARNT)
        nf_text_add (t, ", as the exporter says");
    if (pen != 0 && nf_registry_enterprise (show->registry, pen, &title)) {
        nf_text_add (t, ", ");
        nf_show_printable (t, (const guint8 *)title, strlen (title));
    }
}
