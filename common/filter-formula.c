/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is calculated of names in an expression: tokens -> a tree of formulas. */
#include "filter-private.h"

/* Names, numbers, operators and functions of one formula: more than anybody writes, and little of
 * any stack. */
#define MAX_PARTS 100

static NfFormula *parse_sum (NfParser *p);

/* What functions are called; of those with several arguments each may have several values. */
static const struct {
    const char *name;
    NfFormulaKind kind;
    gboolean several;
} functions[] = {
    {"len", NF_FORMULA_LENGTH, FALSE},    {"count", NF_FORMULA_COUNT, FALSE},
    {"lower", NF_FORMULA_LOWER, FALSE},   {"upper", NF_FORMULA_UPPER, FALSE},
    {"string", NF_FORMULA_STRING, FALSE}, {"abs", NF_FORMULA_ABSOLUTE, FALSE},
    {"max", NF_FORMULA_HIGHEST, TRUE},    {"min", NF_FORMULA_LOWEST, TRUE},
};

static gboolean
is_number (NfSort sort)
{
    return sort == NF_SORT_NUMBER || sort == NF_SORT_FLOAT;
}

/* ---- parts ---- */

void
nf_formula_free (gpointer data)
{
    NfFormula *formula = data;

    g_ptr_array_unref (formula->of);
    g_free (formula);
}

/* A formula that begins with a token; the filter owns it. NULL where there are too many. */
static NfFormula *
new_formula (NfParser *p, NfFormulaKind kind, const NfToken *token)
{
    NfFormula *formula;

    if (p->parts++ == MAX_PARTS)
        return nf_trouble_note (p->trouble, token->place,
                                "more than %u names, numbers and operators", MAX_PARTS),
               NULL;
    formula = g_new0 (NfFormula, 1);
    formula->kind = kind;
    formula->token = token;
    formula->sort = NF_SORT_NUMBER;
    formula->of = g_ptr_array_new ();
    g_ptr_array_add (p->filter->formulas, formula);
    return formula;
}

static const NfToken *
take (NfParser *p, NfTokenKind kind)
{
    return p->next->kind == kind ? p->next++ : NULL;
}

static gboolean
expected (NfParser *p, const char *wanted)
{
    gboolean is_end = p->next->kind == NF_TOKEN_END;

    return nf_trouble_note (p->trouble, p->next->place, "%s is expected, not %s%s%s", wanted,
                            is_end ? "" : "'", is_end ? "the end" : p->next->text,
                            is_end ? "" : "'");
}

static const NfOperand *
operand_of (const NfParser *p, const NfFormula *name)
{
    return &g_array_index (p->filter->operands, NfOperand, name->term.operand);
}

/* ---- names and numbers ---- */

static NfFormula *
parse_name (NfParser *p, const NfToken *token)
{
    NfFormula *formula = new_formula (p, NF_FORMULA_NAME, token);
    NfSide side = {.token = token};

    if (!formula || !nf_side_slice (p, &side) || !nf_test_name (p, &side))
        return NULL;
    formula->term = side.term;
    formula->sort = nf_term_sort (p, &side.term);
    formula->stage = operand_of (p, formula)->stage;
    return formula;
}

static NfFormula *
parse_number (NfParser *p, const NfToken *token)
{
    NfValue value;
    NfFormula *formula;

    if (!nf_number_read (token->text, &value))
        return NULL;
    formula = new_formula (p, NF_FORMULA_NUMBER, token);
    if (!formula)
        return NULL;
    formula->number = value;
    formula->sort = value.kind == NF_VALUE_FLOAT ? NF_SORT_FLOAT : NF_SORT_NUMBER;
    return formula;
}

/* ---- functions ---- */

static gboolean
refuse (NfParser *p, const NfFormula *of, const char *what)
{
    return nf_trouble_note (p->trouble, of->token->place, "'%s' is %s: only %s", of->token->text,
                            nf_sort_name (of->sort), what);
}

/* Whether an argument suits a function; what comes out of it. */
static gboolean
set_argument (NfParser *p, NfFormula *function, const NfFormula *of)
{
    gboolean is_text = of->sort == NF_SORT_TEXT;

    switch (function->kind) {
    case NF_FORMULA_LENGTH:
        return is_text || of->sort == NF_SORT_OCTETS || of->sort == NF_SORT_MAC ||
               refuse (p, of, "text and octets have a length");
    case NF_FORMULA_LOWER:
    case NF_FORMULA_UPPER:
        function->sort = NF_SORT_TEXT;
        return is_text || refuse (p, of, "text has letters");
    case NF_FORMULA_STRING:
        function->sort = NF_SORT_TEXT;
        return TRUE;
    case NF_FORMULA_COUNT:
        return of->kind == NF_FORMULA_NAME ||
               nf_trouble_note (p->trouble, of->token->place, "only values of a name are counted");
    default:
        if (!is_number (of->sort))
            return refuse (p, of, "numbers are calculated with");
        if (of->sort == NF_SORT_FLOAT)
            function->sort = NF_SORT_FLOAT;
        return TRUE;
    }
}

/* Adds what another formula is made of. */
static gboolean
add_part (NfParser *p, NfFormula *formula, NfFormula *of)
{
    if (!of || !set_argument (p, formula, of))
        return FALSE;
    formula->stage = MAX (formula->stage, of->stage);
    g_ptr_array_add (formula->of, of);
    return TRUE;
}

static gboolean
find_function (NfParser *p, const NfToken *token, guint *i)
{
    for (*i = 0; *i < G_N_ELEMENTS (functions); ++*i)
        if (strcmp (functions[*i].name, token->text) == 0)
            return TRUE;
    return nf_trouble_note (
        p->trouble, token->place,
        "there is no function '%s': only len, count, lower, upper, string, abs, "
        "max and min",
        token->text);
}

/* "max (sport, dport)", behind the opening parenthesis. */
static NfFormula *
parse_function (NfParser *p, const NfToken *token)
{
    NfFormula *function;
    guint i;

    if (!find_function (p, token, &i))
        return NULL;
    function = new_formula (p, functions[i].kind, token);
    do {
        if (!function || !add_part (p, function, parse_sum (p)))
            return NULL;
    } while (functions[i].several && take (p, NF_TOKEN_COMMA));
    if (!take (p, NF_TOKEN_CLOSE))
        return expected (p, functions[i].several ? "a comma or )" : ")"), NULL;
    return function;
}

/* ---- operators ---- */

static NfFormula *
parse_factor (NfParser *p)
{
    const NfToken *token = p->next;
    NfFormula *formula;

    if (take (p, NF_TOKEN_OPEN_SET)) {
        formula = parse_sum (p);
        if (formula && !take (p, NF_TOKEN_CLOSE_SET))
            return expected (p, "an operator or }"), NULL;
        return formula;
    }
    if (token->kind == NF_TOKEN_OPEN)
        return nf_trouble_note (p->trouble, token->place,
                                "what is calculated first stands between { and }"),
               NULL;
    if (!take (p, NF_TOKEN_WORD))
        return expected (p, "a name or a number"), NULL;
    if (take (p, NF_TOKEN_OPEN))
        return parse_function (p, token);
    formula = parse_number (p, token);
    return formula || p->trouble->text ? formula : parse_name (p, token);
}

/* What `next` parses, joined by operators of a kind, from left to right. */
static NfFormula *
parse_chain (NfParser *p, NfTokenKind kind, NfFormula *(*next) (NfParser *p))
{
    NfFormula *left = next (p), *formula;
    const NfToken *operator;

    while (left && (operator= take (p, kind))) {
        formula = new_formula (p, operator->formula, left->token);
        if (!formula || !add_part (p, formula, left) || !add_part (p, formula, next (p)))
            return NULL;
        if (formula->kind == NF_FORMULA_MODULO && formula->sort == NF_SORT_FLOAT)
            return nf_trouble_note (p->trouble, operator->place,
                                    "numbers with a fraction leave no remainder"),
                   NULL;
        left = formula;
    }
    return left;
}

static NfFormula *
parse_product (NfParser *p)
{
    return parse_chain (p, NF_TOKEN_PRODUCT, parse_factor);
}

static NfFormula *
parse_sum (NfParser *p)
{
    if (p->depth == NF_MAX_DEPTH)
        return nf_trouble_note (p->trouble, p->next->place, "too much is calculated first"), NULL;
    p->depth++;
    NfFormula *sum = parse_chain (p, NF_TOKEN_SUM, parse_product);

    p->depth--;
    return sum;
}

/* ---- all of it ---- */

/* What was calculated, to speak of: as it was written, but for the blanks. */
static const char *
text_of (NfParser *p, const NfToken *from)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (const NfToken *t = from; t < p->next; t++) {
        gboolean is_operator = t->kind == NF_TOKEN_SUM || t->kind == NF_TOKEN_PRODUCT;

        g_string_append_printf (text, is_operator ? " %s " : "%s", t->text);
        if (t->kind == NF_TOKEN_COMMA)
            g_string_append_c (text, ' ');
    }
    return (const char *)nf_filter_keep (p->filter, text->str, text->len);
}

gboolean
nf_formula_is_next (const NfParser *p)
{
    const NfToken *t = p->next;

    if (t->kind == NF_TOKEN_OPEN_SET)
        return TRUE;
    return t->kind == NF_TOKEN_WORD && (t[1].kind == NF_TOKEN_OPEN || t[1].kind == NF_TOKEN_SUM ||
                                        t[1].kind == NF_TOKEN_PRODUCT);
}

gboolean
nf_formula_parse (NfParser *p, NfSide *side)
{
    const NfToken *from = p->next;
    NfOperand operand = {.is_announced = TRUE, .announced = NF_N_DERIVED};
    NfFormula *formula;

    p->parts = 0;
    formula = parse_sum (p);
    if (!formula)
        return FALSE;
    operand.name = text_of (p, from);
    operand.sort = formula->sort;
    operand.stage = formula->stage;
    *side = (NfSide){.token = from, .is_name = TRUE, .term = {.formula = formula}};
    side->term.operand = p->filter->operands->len;
    g_array_append_val (p->filter->operands, operand);
    return TRUE;
}
