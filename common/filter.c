/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filters: compiled from an expression, then for each binding. */
#include "filter-private.h"

G_DEFINE_QUARK (nf - filter - error - quark, nf_filter_error)

/* More than a command line or a preference holds, and no time to compile. */
#define MAX_EXPRESSION 131072

/* Bindings remembered at once, and names looked up in them, some octets each: more than a fleet of
 * exporters has, and a bound on what hostile Templates can make it hold. */
#define MAX_BINDINGS  4096
#define MAX_LOOKED_UP (1u << 20)

/* ---- trouble ---- */

gboolean
nf_trouble_note (NfTrouble *trouble, gsize place, const char *format, ...)
{
    va_list args;

    if (trouble->text)
        return FALSE;
    va_start (args, format);
    trouble->text = g_strdup_vprintf (format, args);
    va_end (args);
    trouble->place = place;
    return FALSE;
}

/* Octets as characters, from 1 on; one that is no UTF-8 counts as one, too. */
static guint
column_of (const char *expression, gsize place)
{
    guint column = 1;

    for (gsize i = 0; i < place; i++)
        column += ((guchar)expression[i] & 0xc0) != 0x80;
    return column;
}

/* ---- bindings ---- */

static void
program_free (gpointer data)
{
    NfProgram *program = data;

    for (guint i = 0; i < program->n; i++)
        g_free (program->fields[i]);
    g_free (program->fields);
    nf_binding_unref (program->binding);
    g_free (program);
}

static NfProgram *
program_new (const NfFilter *filter, const NfBinding *binding)
{
    NfProgram *program = g_new0 (NfProgram, 1);

    program->binding = nf_binding_ref ((NfBinding *)binding);
    program->n = filter->operands->len;
    program->fields = g_new (gint *, program->n);
    for (guint i = 0; i < program->n; i++)
        program->fields[i] =
            nf_operand_fields (&g_array_index (filter->operands, NfOperand, i), binding);
    program->has_more = nf_binding_has_more (binding);
    program->verdict = nf_filter_judge_binding (filter, program);
    return program;
}

void
nf_filter_forget (NfFilter *filter)
{
    g_hash_table_remove_all (filter->programs);
    filter->last = NULL;
}

static const NfProgram *
program_for (NfFilter *filter, const NfBinding *binding)
{
    NfProgram *program = filter->last;

    if (program && program->binding == binding)
        return program;
    program = g_hash_table_lookup (filter->programs, binding);
    if (!program) {
        if (g_hash_table_size (filter->programs) >=
            MIN (MAX_BINDINGS, MAX_LOOKED_UP / filter->operands->len))
            nf_filter_forget (filter);
        program = program_new (filter, binding);
        g_hash_table_insert (filter->programs, (gpointer)binding, program);
    }
    filter->last = program;
    return program;
}

/* ---- filters ---- */

const guint8 *
nf_filter_keep (NfFilter *filter, const void *octets, gsize length)
{
    char *kept = g_malloc (length + 1);

    if (length > 0)
        memcpy (kept, octets, length);
    kept[length] = '\0';
    g_ptr_array_add (filter->texts, kept);
    return (const guint8 *)kept;
}

static gboolean
compile (NfFilter *filter, const char *expression, NfTrouble *trouble)
{
    g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (NfToken));

    if (strlen (expression) > MAX_EXPRESSION)
        return nf_trouble_note (trouble, 0, "longer than %u octets", MAX_EXPRESSION);
    if (!nf_filter_lex (filter, expression, tokens, trouble))
        return FALSE;
    filter->root = nf_filter_parse (filter, tokens, trouble);
    return filter->root != NULL;
}

NfFilter *
nf_filter_new (NfRegistry *registry, const char *expression, gsize *place, GError **error)
{
    g_return_val_if_fail (registry != NULL && expression != NULL, NULL);
    g_autoptr (NfFilter) filter = g_new0 (NfFilter, 1);
    NfTrouble trouble = {.text = NULL};
    filter->registry = nf_registry_ref (registry);
    filter->texts = g_ptr_array_new_with_free_func (g_free);
    filter->operands = g_array_new (FALSE, FALSE, sizeof (NfOperand));
    filter->formulas = g_ptr_array_new_with_free_func (nf_formula_free);
    filter->programs = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, program_free);
    if (compile (filter, expression, &trouble))
        return g_steal_pointer (&filter);
    g_set_error (error, NF_FILTER_ERROR, 0, "column %u: %s", column_of (expression, trouble.place),
                 trouble.text);
    if (place)
        *place = trouble.place;
    g_free (trouble.text);
    return NULL;
}

void
nf_filter_free (NfFilter *filter)
{
    g_hash_table_unref (filter->programs);
    nf_node_free (filter->root);
    g_array_unref (filter->operands);
    g_ptr_array_unref (filter->formulas);
    g_ptr_array_unref (filter->texts);
    nf_registry_unref (filter->registry);
    g_free (filter);
}

NfVerdict
nf_filter_judge (NfFilter *filter, const NfSubject *subject, NfStage stage)
{
    const NfProgram *program;

    if (stage != NF_STAGE_RECORD)
        return nf_filter_judge_subject (filter, NULL, subject, stage);
    program = program_for (filter, subject->record->event->binding);
    if (program->verdict != NF_VERDICT_OPEN)
        return program->verdict;
    return nf_filter_judge_subject (filter, program, subject, stage);
}
