/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tests of an expression: which names and literals go together, and by which relations. */
#include "filter-private.h"

/* ---- names ---- */

static const NfOperand *
operand_of (const NfParser *p, const NfTerm *term)
{
    return &g_array_index (p->filter->operands, NfOperand, term->operand);
}

/* The place of an operand among the filter's. */
static guint
keep_operand (NfFilter *filter, const NfOperand *operand)
{
    for (guint i = 0; i < filter->operands->len; i++) {
        const NfOperand *o = &g_array_index (filter->operands, NfOperand, i);

        if (o->derived == operand->derived && o->is_announced == operand->is_announced &&
            o->announced == operand->announced && o->common == operand->common &&
            o->element == operand->element && o->pen == operand->pen && o->id == operand->id &&
            o->space == operand->space && o->is_ipv6 == operand->is_ipv6)
            return i;
    }
    g_array_append_val (filter->operands, *operand);
    return filter->operands->len - 1;
}

/* A whole number is one, not the element of that number. */
static gboolean
may_be_name (const NfToken *token)
{
    return token->kind == NF_TOKEN_WORD &&
           !(g_ascii_isdigit (*token->text) &&
             strspn (token->text, "xX" G_CSET_DIGITS "abcdefABCDEF") == token->length);
}

/* Looks whether a side is a name. */
static gboolean
find_name (NfParser *p, NfSide *side)
{
    NfOperand operand;

    if (!side->is_name && may_be_name (side->token) &&
        nf_operand_find (&operand, p->filter->registry, side->token->text)) {
        side->is_name = TRUE;
        side->term.operand = keep_operand (p->filter, &operand);
    }
    return side->is_name;
}

static gboolean
no_name (NfParser *p, const NfToken *token)
{
    NfText t = NF_TEXT_INIT;

    if (token->kind == NF_TOKEN_STRING)
        return nf_trouble_note (p->trouble, token->place, "a name is expected, not a string");
    nf_operand_suggest (&t, p->filter->registry, token->text);
    nf_trouble_note (p->trouble, token->place, "no element or key is called '%s'%s", token->text,
                     nf_text_string (&t));
    nf_text_clear (&t);
    return FALSE;
}

/* ---- literals ---- */

/* And of the literals that it is compared with. */
NfSort
nf_term_sort (const NfParser *p, const NfTerm *term)
{
    NfSort sort = operand_of (p, term)->sort;

    return term->is_sliced && sort == NF_SORT_MAC ? NF_SORT_OCTETS : sort;
}

/* Whether values of the sort have parts that can be cut out or looked for. */
static gboolean
has_parts (NfSort sort)
{
    return sort == NF_SORT_TEXT || sort == NF_SORT_OCTETS || sort == NF_SORT_MAC;
}

static gboolean
bad_literal (NfParser *p, const NfOperand *operand, NfSort sort, const NfToken *token)
{
    if (nf_operand_has_words (operand) && sort == NF_SORT_TEXT)
        return nf_trouble_note (p->trouble, token->place, "%s is never '%s'", operand->name,
                                token->text);
    if (sort == NF_SORT_TIME)
        return nf_trouble_note (p->trouble, token->place,
                                "%s is a time, and '%s' is none, such as \"2023-11-14 22:13:20\"",
                                operand->name, token->text);
    return nf_trouble_note (p->trouble, token->place, "%s is %s, and '%s' is none%s", operand->name,
                            nf_sort_name (sort), token->text,
                            sort == NF_SORT_NUMBER && operand->meaning && operand->meaning->names
                                ? ", nor the name of one"
                                : "");
}

/* Reads a literal that a term is held against, as a value of `sort`. */
static gboolean
read_literal (NfParser *p, const NfTerm *term, NfSort sort, const NfToken *token,
              NfLiteral *literal)
{
    const NfOperand *operand = operand_of (p, term);

    return nf_literal_read (p->filter, operand, sort, token, literal) ||
           bad_literal (p, operand, sort, token);
}

/* Digits, few enough for a Message's octets. */
static gboolean
take_digits (const char **at, gint *number)
{
    const char *start = *at;

    for (*number = 0; g_ascii_isdigit (**at) && *at - start < 6; ++*at)
        *number = 10 * *number + (**at - '0');
    return *at > start;
}

/* How far a slice goes, behind its first octet: ":3", ":", "-5"; nothing is one octet. */
static gboolean
read_extent (const char *text, NfTerm *term)
{
    char separator = *text;
    gint number;

    term->length = separator == ':' ? 0 : 1;
    if (separator == '\0' || strcmp (text, ":") == 0)
        return TRUE;
    text++;
    if (!take_digits (&text, &number) || *text != '\0')
        return FALSE;
    if (separator == '-')
        number = term->first >= 0 ? number - term->first + 1 : 0;
    term->length = (guint)number;
    return (separator == ':' || separator == '-') && number > 0;
}

/* "0:3", "-4:2", "4:", ":3", "1-2", "5" */
static gboolean
read_slice (const char *text, NfTerm *term)
{
    gboolean from_end = *text == '-';

    text += from_end ? 1 : 0;
    if (!take_digits (&text, &term->first) && (from_end || *text != ':'))
        return FALSE;
    if (from_end)
        term->first = -term->first;
    term->is_sliced = TRUE;
    return read_extent (text, term);
}

/* The octets that a side wants of its name. */
static gboolean
set_slice (NfParser *p, NfSide *side)
{
    const NfOperand *operand = operand_of (p, &side->term);

    if (!side->slice)
        return TRUE;
    if (!has_parts (operand->sort))
        return nf_trouble_note (p->trouble, side->slice->place,
                                "%s is %s: only text and octets have slices", operand->name,
                                nf_sort_name (operand->sort));
    return read_slice (side->slice->text, &side->term) ||
           nf_trouble_note (p->trouble, side->slice->place, "'%s' is no slice, such as 0:3",
                            side->slice->text);
}

/* The bits that a side wants of its name: a number, or the name of a flag. */
static gboolean
set_mask (NfParser *p, NfSide *side)
{
    NfLiteral literal;

    if (!side->mask)
        return TRUE;
    if (nf_term_sort (p, &side->term) != NF_SORT_NUMBER)
        return nf_trouble_note (p->trouble, side->mask->place, "%s is %s, which has no bits",
                                operand_of (p, &side->term)->name,
                                nf_sort_name (nf_term_sort (p, &side->term)));
    if (!read_literal (p, &side->term, NF_SORT_NUMBER, side->mask, &literal))
        return FALSE;
    if (literal.low.kind == NF_VALUE_STRING) /* "v5" */
        return bad_literal (p, operand_of (p, &side->term), NF_SORT_NUMBER, side->mask);
    side->term.is_masked = TRUE;
    side->term.mask = literal.low.u;
    return TRUE;
}

/* What a side wants of its name. */
static gboolean
set_parts (NfParser *p, NfSide *side)
{
    return set_slice (p, side) && set_mask (p, side);
}

gboolean
nf_test_name (NfParser *p, NfSide *side)
{
    return find_name (p, side) ? set_parts (p, side) : no_name (p, side->token);
}

static gint
compare_literals (gconstpointer a, gconstpointer b)
{
    return nf_value_compare (&((const NfLiteral *)a)->low, &((const NfLiteral *)b)->low);
}

/* Ranges that overlap are joined, so that one search finds a value. */
void
nf_test_end_ranges (GArray *literals)
{
    guint n = 0;

    g_array_sort (literals, compare_literals);
    for (guint i = 1; i < literals->len; i++) {
        NfLiteral *last = &g_array_index (literals, NfLiteral, n);
        const NfLiteral *l = &g_array_index (literals, NfLiteral, i);

        if (nf_value_compare (&l->low, &last->high) > 0)
            g_array_index (literals, NfLiteral, ++n) = *l;
        else if (nf_value_compare (&l->high, &last->high) > 0)
            last->high = l->high;
    }
    g_array_set_size (literals, n + 1);
}

/* ---- tests ---- */

static gboolean
set_regex (NfParser *p, NfTest *test, const NfToken *token)
{
    g_autoptr (GError) error = NULL;

    if (strlen (token->text) != token->length)
        return nf_trouble_note (p->trouble, token->place, "a pattern has no zero octet");
    /* octets as they come, which need not be UTF-8, whatever the case of letters */
    test->regex =
        g_regex_new (token->text, G_REGEX_CASELESS | G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, &error);
    return test->regex || nf_trouble_note (p->trouble, token->place, "%s", error->message);
}

static gboolean
is_number (NfSort sort)
{
    return sort == NF_SORT_NUMBER || sort == NF_SORT_FLOAT;
}

static gboolean
go_together (NfSort a, NfSort b)
{
    return a == b || (is_number (a) && is_number (b)) ||
           (a == NF_SORT_ADDRESS && (b == NF_SORT_IPV4 || b == NF_SORT_IPV6)) ||
           (b == NF_SORT_ADDRESS && (a == NF_SORT_IPV4 || a == NF_SORT_IPV6)) ||
           (has_parts (a) && has_parts (b) && a != NF_SORT_TEXT && b != NF_SORT_TEXT);
}

static gboolean
set_right (NfParser *p, NfTest *test, const NfSide *right)
{
    NfSort a = nf_term_sort (p, &test->left), b = nf_term_sort (p, &right->term);

    test->has_right = TRUE;
    test->right = right->term;
    return go_together (a, b) ||
           nf_trouble_note (p->trouble, right->token->place,
                            "%s is %s and %s is %s: they are never the same",
                            operand_of (p, &test->left)->name, nf_sort_name (a),
                            operand_of (p, &right->term)->name, nf_sort_name (b));
}

static gboolean
add_range (NfParser *p, NfTest *test, NfSort sort, const NfToken *low, const NfToken *high)
{
    NfLiteral literal, last;

    if (!read_literal (p, &test->left, sort, low, &literal))
        return FALSE;
    if (high) {
        if (!read_literal (p, &test->left, sort, high, &last))
            return FALSE;
        literal.high = last.high;
        if (nf_value_compare (&literal.low, &literal.high) > 0)
            return nf_trouble_note (p->trouble, low->place, "'%s' is higher than '%s'", low->text,
                                    high->text);
    }
    if (!test->literals)
        test->literals = g_array_new (FALSE, FALSE, sizeof (NfLiteral));
    g_array_append_val (test->literals, literal);
    return TRUE;
}

gboolean
nf_test_add_range (NfParser *p, NfTest *test, const NfToken *low, const NfToken *high)
{
    return add_range (p, test, nf_term_sort (p, &test->left), low, high);
}

/* Whether the right side is a name. In a comparison with text every word could be a literal: then a
 * name it is if there is one, as in Wireshark; elsewhere what can be a literal is one. */
static gboolean
is_name_on_the_right (NfParser *p, const NfTest *test, NfSort sort, NfSide *side)
{
    const NfOperand *operand = operand_of (p, &test->left);
    NfLiteral literal;

    if (side->mask || side->slice || side->term.formula)
        return find_name (p, side) || no_name (p, side->token);
    if (sort == NF_SORT_TEXT && !nf_operand_has_words (operand))
        return find_name (p, side);
    return !nf_literal_read (p->filter, operand, sort, side->token, &literal) &&
           find_name (p, side);
}

static gboolean
set_other_side (NfParser *p, NfTest *test, NfSide *right)
{
    NfSort sort = nf_term_sort (p, &test->left);

    if (test->relation >= NF_RELATION_CONTAINS && (!has_parts (sort) || test->left.is_masked))
        return nf_trouble_note (p->trouble, right->token->place,
                                "%s is %s: only text and octets contain or match something",
                                operand_of (p, &test->left)->name, nf_sort_name (sort));
    if (test->relation == NF_RELATION_MATCHES)
        return set_regex (p, test, right->token);
    if (test->relation == NF_RELATION_CONTAINS && sort == NF_SORT_MAC)
        sort = NF_SORT_OCTETS; /* a part of it */
    if (is_name_on_the_right (p, test, sort, right))
        return set_parts (p, right) && set_right (p, test, right);
    return !p->trouble->text && add_range (p, test, sort, right->token, NULL);
}

static NfRelation
mirrored (NfRelation relation)
{
    switch (relation) {
    case NF_RELATION_LESS:
        return NF_RELATION_GREATER;
    case NF_RELATION_LESS_EQUAL:
        return NF_RELATION_GREATER_EQUAL;
    case NF_RELATION_GREATER:
        return NF_RELATION_LESS;
    case NF_RELATION_GREATER_EQUAL:
        return NF_RELATION_LESS_EQUAL;
    default:
        return relation;
    }
}

/* Whether the left side is a literal and the right one its name: 1000 < octets. */
static gboolean
is_turned_round (NfParser *p, NfSide *left, NfRelation relation, NfSide *right)
{
    NfLiteral literal;

    return !find_name (p, left) && relation < NF_RELATION_CONTAINS && find_name (p, right) &&
           nf_literal_read (p->filter, operand_of (p, &right->term), nf_term_sort (p, &right->term),
                            left->token, &literal);
}

NfNode *
nf_test_compare (NfParser *p, NfSide *left, const NfToken *operator, NfSide * right,
                 const NfToken *quantifier)
{
    NfNode *node = nf_node_new (NF_NODE_TEST);
    NfTest *test = &node->test;
    gboolean good;

    test->relation = operator->relation;
    test->negated = operator->negated;
    test->all = quantifier ? quantifier->kind == NF_TOKEN_ALL : operator->all;
    if (is_turned_round (p, left, test->relation, right)) {
        NfSide *turned = left;

        left = right;
        right = turned;
        test->relation = mirrored (test->relation);
    }
    good = nf_test_name (p, left);
    test->left = left->term;
    if (good && set_other_side (p, test, right))
        return node;
    nf_node_free (node);
    return NULL;
}

NfNode *
nf_test_presence (NfParser *p, NfSide *side)
{
    NfNode *node;

    if (!nf_test_name (p, side))
        return NULL;
    node = nf_node_new (NF_NODE_TEST);
    node->test.left = side->term;
    node->test.relation = side->term.is_masked ? NF_RELATION_BITS : NF_RELATION_EXISTS;
    return node;
}
