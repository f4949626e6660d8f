/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formulas of a filter, a record -> their values. This runs for every record. */
#include "filter-private.h"

#include <math.h>

/* Values that are looked at for one formula, where names in it have several each: as many as a
 * Message has octets. The rest of their combinations is left out. */
#define MAX_VALUES 65536

/* A formula being calculated. */
typedef struct {
    NfTermEach *each_of_name;
    gpointer names;
    guint looked_at; /* values so far */
} Run;

/* What is done with the values of a part of a formula. */
typedef struct {
    Run *run;
    const NfFormula *formula;
    const NfValue *left; /* while those of the right side are gone through */
    NfOperandEach each;
    gpointer data;
    NfValue best; /* of several: the highest or lowest so far */
    guint64 n;    /* how many there were */
} Step;

static gboolean each_value (Run *run, const NfFormula *f, NfOperandEach each, gpointer data);

/* ---- whole numbers ---- */

/* A whole number as its sign and size. */
typedef struct {
    gboolean minus;
    guint64 size;
} Whole;

static Whole
whole (const NfValue *v)
{
    gboolean minus = v->kind == NF_VALUE_SIGNED && v->i < 0;

    return (Whole){minus, minus ? -v->u : v->u};
}

/* FALSE where it is beyond 64 bits. */
static gboolean
give_whole (Whole w, NfValue *value)
{
    *value = (NfValue){.kind = NF_VALUE_UNSIGNED, .u = w.size};
    if (!w.minus || w.size == 0)
        return TRUE;
    *value = (NfValue){.kind = NF_VALUE_SIGNED, .u = -w.size};
    return w.size <= (guint64)G_MAXINT64 + 1;
}

static gboolean
add_wholes (Whole a, Whole b, NfValue *value)
{
    if (a.minus == b.minus)
        return a.size <= G_MAXUINT64 - b.size &&
               give_whole ((Whole){a.minus, a.size + b.size}, value);
    return a.size >= b.size ? give_whole ((Whole){a.minus, a.size - b.size}, value)
                            : give_whole ((Whole){b.minus, b.size - a.size}, value);
}

static gboolean
multiply_wholes (Whole a, Whole b, NfValue *value)
{
    if (b.size > 0 && a.size > G_MAXUINT64 / b.size)
        return FALSE;
    return give_whole ((Whole){a.minus != b.minus, a.size * b.size}, value);
}

/* FALSE where there is no such number, or none of 64 bits. */
static gboolean
calculate_wholes (NfFormulaKind kind, Whole a, Whole b, NfValue *value)
{
    switch (kind) {
    case NF_FORMULA_ADD:
        return add_wholes (a, b, value);
    case NF_FORMULA_SUBTRACT:
        return add_wholes (a, (Whole){!b.minus, b.size}, value);
    case NF_FORMULA_MULTIPLY:
        return multiply_wholes (a, b, value);
    case NF_FORMULA_DIVIDE: /* what is left over is left out, as in Wireshark */
        return b.size > 0 && give_whole ((Whole){a.minus != b.minus, a.size / b.size}, value);
    default:
        return b.size > 0 && give_whole ((Whole){a.minus, a.size % b.size}, value);
    }
}

/* ---- numbers ---- */

static NfValue
fraction (gdouble f)
{
    return (NfValue){.kind = NF_VALUE_FLOAT, .digits = 8, .f = f};
}

static gboolean
calculate_fractions (NfFormulaKind kind, gdouble a, gdouble b, NfValue *value)
{
    switch (kind) {
    case NF_FORMULA_ADD:
        *value = fraction (a + b);
        break;
    case NF_FORMULA_SUBTRACT:
        *value = fraction (a - b);
        break;
    case NF_FORMULA_MULTIPLY:
        *value = fraction (a * b);
        break;
    default:
        *value = fraction (a / b);
        break;
    }
    return isfinite (value->f);
}

static gboolean
is_number (const NfValue *v)
{
    return v->kind == NF_VALUE_UNSIGNED || v->kind == NF_VALUE_SIGNED || v->kind == NF_VALUE_FLOAT;
}

static gboolean
calculate (const NfFormula *f, const NfValue *a, const NfValue *b, NfValue *value)
{
    if (!is_number (a) || !is_number (b))
        return FALSE; /* a Template that is called "v5" */
    if (f->sort == NF_SORT_FLOAT)
        return calculate_fractions (f->kind, nf_value_double (a), nf_value_double (b), value);
    return calculate_wholes (f->kind, whole (a), whole (b), value);
}

/* ---- operators ---- */

static gboolean
each_right (const NfValue *value, gpointer data)
{
    Step *step = data;
    NfValue result;

    return calculate (step->formula, step->left, value, &result) &&
           step->each (&result, step->data);
}

static gboolean
each_left (const NfValue *value, gpointer data)
{
    Step *step = data;

    step->left = value;
    return each_value (step->run, step->formula->of->pdata[1], each_right, step);
}

/* ---- functions ---- */

/* Letters in another case, as long as somebody looks at them. */
static gboolean
give_text (const Step *step, const NfValue *value, char (*turn) (char c))
{
    g_autofree char *text = g_malloc (value->length + 1);
    NfValue turned = *value;

    for (gsize i = 0; i < value->length; i++)
        text[i] = turn ((char)value->octets[i]);
    turned.octets = (const guint8 *)text;
    return step->each (&turned, step->data);
}

static gboolean
give_string (const Step *step, const NfValue *value)
{
    NfText t = NF_TEXT_INIT;
    NfValue string = *value;
    gboolean enough;

    if (value->kind != NF_VALUE_STRING) {
        nf_value_text (&t, value);
        string = (NfValue){.kind = NF_VALUE_STRING, .length = nf_text_length (&t)};
        string.octets = (const guint8 *)nf_text_string (&t);
    }
    enough = step->each (&string, step->data);
    nf_text_clear (&t);
    return enough;
}

static gboolean
give_absolute (const Step *step, const NfValue *value)
{
    NfValue result = *value;

    if (!is_number (value))
        return FALSE;
    if (value->kind == NF_VALUE_FLOAT)
        result.f = fabs (value->f);
    else
        give_whole ((Whole){FALSE, whole (value).size}, &result);
    return step->each (&result, step->data);
}

/* Of functions of one value. */
static gboolean
each_argument (const NfValue *value, gpointer data)
{
    const Step *step = data;
    NfValue length = {.kind = NF_VALUE_UNSIGNED, .u = value->length};

    switch (step->formula->kind) {
    case NF_FORMULA_LENGTH:
        return step->each (&length, step->data);
    case NF_FORMULA_LOWER:
        return give_text (step, value, g_ascii_tolower);
    case NF_FORMULA_UPPER:
        return give_text (step, value, g_ascii_toupper);
    case NF_FORMULA_STRING:
        return give_string (step, value);
    default:
        return give_absolute (step, value);
    }
}

/* Of functions of all values: none of them is enough. */
static gboolean
gather (const NfValue *value, gpointer data)
{
    Step *step = data;
    gint order;

    if (step->formula->kind != NF_FORMULA_COUNT && !is_number (value))
        return FALSE;
    order = step->n > 0 ? nf_value_compare (value, &step->best) : 0;
    if (step->n++ == 0 || (step->formula->kind == NF_FORMULA_LOWEST ? order < 0 : order > 0))
        step->best = *value;
    return FALSE;
}

static gboolean
give_gathered (Step *step)
{
    const NfFormula *f = step->formula;

    for (guint i = 0; i < f->of->len; i++)
        each_value (step->run, f->of->pdata[i], gather, step);
    if (step->n == 0)
        return FALSE;
    if (f->kind == NF_FORMULA_COUNT)
        step->best = (NfValue){.kind = NF_VALUE_UNSIGNED, .u = step->n};
    else if (f->sort == NF_SORT_FLOAT)
        step->best = fraction (nf_value_double (&step->best));
    return step->each (&step->best, step->data);
}

/* ---- all of it ---- */

static gboolean
give (const NfValue *value, gpointer data)
{
    const Step *step = data;

    return step->run->looked_at++ < MAX_VALUES && step->each (value, step->data);
}

/* Calls `each` for every value of a formula, until one is enough. */
static gboolean
each_value (Run *run, const NfFormula *f, NfOperandEach each, gpointer data)
{
    Step step = {.run = run, .formula = f, .each = each, .data = data};

    switch (f->kind) {
    case NF_FORMULA_NAME:
        return run->each_of_name (run->names, &f->term, give, &step);
    case NF_FORMULA_NUMBER:
        return each (&f->number, data);
    case NF_FORMULA_ADD:
    case NF_FORMULA_SUBTRACT:
    case NF_FORMULA_MULTIPLY:
    case NF_FORMULA_DIVIDE:
    case NF_FORMULA_MODULO:
        return each_value (run, f->of->pdata[0], each_left, &step);
    case NF_FORMULA_COUNT:
    case NF_FORMULA_HIGHEST:
    case NF_FORMULA_LOWEST:
        return give_gathered (&step);
    default:
        return each_value (run, f->of->pdata[0], each_argument, &step);
    }
}

gboolean
nf_formula_each (const NfFormula *formula, NfTermEach *each_of_name, gpointer names,
                 NfOperandEach each, gpointer data)
{
    Run run = {.each_of_name = each_of_name, .names = names};

    return each_value (&run, formula, each, data);
}
