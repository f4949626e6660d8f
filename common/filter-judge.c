/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tree of tests, a subject -> a verdict. This runs for every record. */
#include "filter-private.h"

#include <float.h>

typedef struct {
    const NfFilter *filter;
    const NfProgram *program; /* of the binding; NULL below NF_STAGE_RECORD */
    const NfSubject *subject; /* NULL: any record of the binding that has the fields */
    NfStage stage;
} Judge;

/* The values of a test's left side being gone through. */
typedef struct {
    const Judge *judge;
    const NfTest *test;
    const NfValue *left; /* while those of the right side are */
    gboolean any;        /* there was a value */
} Look;

/* ---- values ---- */

/* Cuts a value down to the octets that a term wants. FALSE where it has not all of them. */
static gboolean
cut (const NfTerm *term, NfValue *value)
{
    gsize first = term->first >= 0 ? (gsize)term->first : value->length - (gsize)-term->first;

    if (first >= value->length || term->length > value->length - first)
        return FALSE;
    *value = (NfValue){.kind = value->kind == NF_VALUE_MAC ? NF_VALUE_OCTETS : value->kind,
                       .octets = value->octets + first,
                       .length = term->length > 0 ? term->length : value->length - first};
    return TRUE;
}

/* What a term makes of a value of its name. FALSE where that is none of its sort. */
static gboolean
take_value (const Judge *j, const NfTerm *term, NfValue *value)
{
    const NfOperand *operand = &g_array_index (j->filter->operands, NfOperand, term->operand);

    if (!nf_sort_fits (operand->sort, value))
        return FALSE;
    if (term->is_sliced)
        return cut (term, value);
    if (!term->is_masked)
        return TRUE;
    if (value->kind != NF_VALUE_UNSIGNED && value->kind != NF_VALUE_SIGNED)
        return FALSE;
    *value = (NfValue){.kind = NF_VALUE_UNSIGNED, .u = value->u & term->mask};
    return TRUE;
}

/* The edge of a literal as a value can have it: a float of four octets is shown with the digits
 * that tell it from others, and is the float next to what these say. `room` is for that. */
static const NfValue *
edge_for (const NfValue *value, const NfValue *edge, NfValue *room)
{
    if (value->kind != NF_VALUE_FLOAT || value->digits != 4)
        return edge;
    gdouble f = nf_value_double (edge);

    if (f < -FLT_MAX || f > FLT_MAX)
        return edge;
    *room = (NfValue){.kind = NF_VALUE_FLOAT, .digits = 4, .f = (gfloat)f};
    return room;
}

static gint
compare_to_edge (const NfValue *value, const NfValue *edge)
{
    NfValue room;

    return nf_value_compare (value, edge_for (value, edge, &room));
}

static gboolean
is_among (const GArray *literals, const NfValue *value)
{
    guint low = 0, high = literals->len;

    while (low < high) { /* for the last one that begins at or before the value */
        guint middle = low + (high - low) / 2;

        if (compare_to_edge (value, &g_array_index (literals, NfLiteral, middle).low) >= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return FALSE;
    const NfLiteral *l = &g_array_index (literals, NfLiteral, low - 1);

    return compare_to_edge (value, &l->high) <= 0 && nf_value_is_like (value, &l->low);
}

static gboolean
has_part (const NfValue *whole, const NfValue *part)
{
    /* in time that grows with their lengths, not with the product */
    return part->length == 0 || (whole->length > 0 && memmem (whole->octets, whole->length,
                                                              part->octets, part->length) != NULL);
}

static gboolean
matches (const GRegex *regex, const NfValue *value)
{
    /* GLib wants an address even for nothing */
    const char *text = value->length > 0 ? (const char *)value->octets : "";

    return g_regex_match_full (regex, text, (gssize)value->length, 0, 0, NULL, NULL);
}

/* The order of a value and an edge of a literal, or another value, that are alike. */
static gboolean
has_order (NfRelation relation, gint order)
{
    switch (relation) {
    case NF_RELATION_EQUAL:
        return order == 0;
    case NF_RELATION_LESS:
        return order < 0;
    case NF_RELATION_LESS_EQUAL:
        return order <= 0;
    case NF_RELATION_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

static gboolean
is_in_relation (const NfValue *left, NfRelation relation, const NfValue *right)
{
    if (relation == NF_RELATION_CONTAINS)
        return has_part (left, right);
    return nf_value_is_like (left, right) && has_order (relation, nf_value_compare (left, right));
}

/* A value against a literal. What lies in a prefix is as high as all of it. */
static gboolean
is_in_relation_to_literal (const NfValue *left, NfRelation relation, const NfLiteral *l)
{
    gboolean to_high = relation == NF_RELATION_LESS_EQUAL || relation == NF_RELATION_GREATER;
    NfValue room;

    return is_in_relation (left, relation, edge_for (left, to_high ? &l->high : &l->low, &room));
}

static gboolean
holds (const NfTest *test, const NfValue *value)
{
    switch (test->relation) {
    case NF_RELATION_EXISTS:
        return TRUE;
    case NF_RELATION_BITS:
        return value->u != 0;
    case NF_RELATION_EQUAL:
        return is_among (test->literals, value);
    case NF_RELATION_MATCHES:
        return matches (test->regex, value);
    default:
        return is_in_relation_to_literal (value, test->relation,
                                          &g_array_index (test->literals, NfLiteral, 0));
    }
}

/* ---- tests ---- */

/* Whether a comparison that came out so settles the test: one that holds where any has to, one that
 * does not where all have to. */
static gboolean
is_settled (Look *look, gboolean outcome)
{
    look->any = TRUE;
    return (outcome != look->test->negated) != look->test->all;
}

static gboolean
look_right (const NfValue *value, gpointer data)
{
    Look *look = data;
    NfValue right = *value;

    return take_value (look->judge, &look->test->right, &right) &&
           is_settled (look, is_in_relation (look->left, look->test->relation, &right));
}

/* What goes through the values of a name. */
typedef struct {
    const Judge *judge;
    const NfTerm *term;
    NfOperandEach each;
    gpointer data;
} Names;

static gboolean
take_each (const NfValue *value, gpointer data)
{
    const Names *names = data;
    NfValue taken = *value;

    return take_value (names->judge, names->term, &taken) && names->each (&taken, names->data);
}

static gboolean each_value (const Judge *j, const NfTerm *term, NfOperandEach each, gpointer data);

static gboolean
each_of_name (gpointer judge, const NfTerm *term, NfOperandEach each, gpointer data)
{
    Names names = {.judge = judge, .term = term, .each = each, .data = data};

    return each_value (judge, term, take_each, &names);
}

/* Goes through the values of a term until one is enough. */
static gboolean
each_value (const Judge *j, const NfTerm *term, NfOperandEach each, gpointer data)
{
    const NfOperand *operand = &g_array_index (j->filter->operands, NfOperand, term->operand);

    if (term->formula)
        return nf_formula_each (term->formula, each_of_name, (gpointer)j, each, data);
    return nf_operand_each (operand, j->program ? j->program->fields[term->operand] : NULL,
                            j->subject, each, data);
}

static gboolean
look_left (const NfValue *value, gpointer data)
{
    Look *look = data;
    NfValue left = *value;

    if (!take_value (look->judge, &look->test->left, &left))
        return FALSE;
    if (!look->test->has_right)
        return is_settled (look, holds (look->test, &left));
    look->left = &left;
    return each_value (look->judge, &look->test->right, look_right, look);
}

typedef enum { VALUES_NONE, VALUES_OPEN, VALUES_KNOWN } Values;

static Values values_of (const Judge *j, const NfTerm *term);

/* A formula has no values where one of its names has none; some functions do with fewer. */
static Values
values_of_formula (const Judge *j, const NfFormula *formula)
{
    gboolean any = formula->kind == NF_FORMULA_HIGHEST || formula->kind == NF_FORMULA_LOWEST;
    Values values = any ? VALUES_NONE : VALUES_KNOWN;

    if (formula->kind == NF_FORMULA_NAME)
        return values_of (j, &formula->term);
    for (guint i = 0; i < formula->of->len; i++) {
        Values of = values_of_formula (j, formula->of->pdata[i]);

        values = any ? MAX (values, of) : MIN (values, of);
    }
    return formula->of->len > 0 ? values : VALUES_KNOWN;
}

/* What is known of a term's values. */
static Values
values_of (const Judge *j, const NfTerm *term)
{
    const NfOperand *operand = &g_array_index (j->filter->operands, NfOperand, term->operand);

    if (term->formula) {
        Values values = values_of_formula (j, term->formula);

        return values == VALUES_KNOWN && operand->stage > j->stage ? VALUES_OPEN : values;
    }
    if (nf_operand_is_of_fields (operand) && j->program && *j->program->fields[term->operand] < 0 &&
        !j->program->has_more)
        return VALUES_NONE;
    return j->subject && operand->stage <= j->stage ? VALUES_KNOWN : VALUES_OPEN;
}

static NfVerdict
judge_test (const Judge *j, const NfTest *test)
{
    Look look = {.judge = j, .test = test};
    Values left = values_of (j, &test->left);
    Values right = test->has_right ? values_of (j, &test->right) : VALUES_KNOWN;
    gboolean settled;

    if (left == VALUES_NONE || right == VALUES_NONE)
        return NF_VERDICT_NO;
    if (left == VALUES_OPEN || right == VALUES_OPEN)
        return NF_VERDICT_OPEN;
    settled = each_value (j, &test->left, look_left, &look);
    if (test->all)
        return look.any && !settled ? NF_VERDICT_YES : NF_VERDICT_NO;
    return settled ? NF_VERDICT_YES : NF_VERDICT_NO;
}

/* ---- nodes ---- */

static NfVerdict judge_node (const Judge *j, const NfNode *node);

static NfVerdict
opposite (NfVerdict verdict)
{
    return verdict == NF_VERDICT_OPEN ? NF_VERDICT_OPEN
           : verdict == NF_VERDICT_NO ? NF_VERDICT_YES
                                      : NF_VERDICT_NO;
}

/* Of "and" one that does not hold decides, of "or" one that does. */
static NfVerdict
judge_list (const Judge *j, const NfNode *node, NfVerdict decisive)
{
    NfVerdict verdict = opposite (decisive);

    for (guint i = 0; i < node->children->len; i++) {
        NfVerdict child = judge_node (j, node->children->pdata[i]);

        if (child == decisive)
            return decisive;
        if (child == NF_VERDICT_OPEN)
            verdict = NF_VERDICT_OPEN;
    }
    return verdict;
}

static NfVerdict
judge_xor (const Judge *j, const NfNode *node)
{
    NfVerdict verdict = NF_VERDICT_NO;

    for (guint i = 0; i < node->children->len; i++) {
        NfVerdict child = judge_node (j, node->children->pdata[i]);

        if (child == NF_VERDICT_OPEN)
            return NF_VERDICT_OPEN;
        if (child == NF_VERDICT_YES)
            verdict = opposite (verdict);
    }
    return verdict;
}

static NfVerdict
judge_node (const Judge *j, const NfNode *node)
{
    switch (node->kind) {
    case NF_NODE_TEST:
        return judge_test (j, &node->test);
    case NF_NODE_NOT:
        return opposite (judge_node (j, node->children->pdata[0]));
    case NF_NODE_AND:
        return judge_list (j, node, NF_VERDICT_NO);
    case NF_NODE_OR:
        return judge_list (j, node, NF_VERDICT_YES);
    case NF_NODE_XOR:
        return judge_xor (j, node);
    }
    return NF_VERDICT_NO;
}

NfVerdict
nf_filter_judge_binding (const NfFilter *filter, const NfProgram *program)
{
    Judge j = {.filter = filter, .program = program};

    return judge_node (&j, filter->root);
}

NfVerdict
nf_filter_judge_subject (const NfFilter *filter, const NfProgram *program, const NfSubject *subject,
                         NfStage stage)
{
    Judge j = {.filter = filter, .program = program, .subject = subject, .stage = stage};

    return judge_node (&j, filter->root);
}
