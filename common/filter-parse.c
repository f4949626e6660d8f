/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens -> a tree of tests: recursive descent along the grammar in filter.h. */
#include "filter-private.h"

static NfNode *parse_or (NfParser *p);

/* ---- nodes ---- */

NfNode *
nf_node_new (NfNodeKind kind)
{
    NfNode *node = g_new0 (NfNode, 1);

    node->kind = kind;
    if (kind != NF_NODE_TEST)
        node->children = g_ptr_array_new_with_free_func (nf_node_free);
    return node;
}

static NfNode *
new_parent (NfNodeKind kind, NfNode *child)
{
    NfNode *node = nf_node_new (kind);

    g_ptr_array_add (node->children, child);
    return node;
}

void
nf_node_free (gpointer data)
{
    NfNode *node = data;

    if (!node)
        return;
    g_clear_pointer (&node->children, g_ptr_array_unref);
    g_clear_pointer (&node->test.literals, g_array_unref);
    g_clear_pointer (&node->test.regex, g_regex_unref);
    g_free (node);
}

/* ---- tokens ---- */

static const NfToken *
take (NfParser *p, NfTokenKind kind)
{
    return p->next->kind == kind ? p->next++ : NULL;
}

/* "')'", "the end" */
static const char *
token_name (const NfToken *token)
{
    return token->kind == NF_TOKEN_END ? "the end" : token->text;
}

static gboolean
unexpected (NfParser *p, const char *wanted)
{
    return nf_trouble_note (p->trouble, p->next->place, "%s is expected, not %s%s%s", wanted,
                            p->next->kind == NF_TOKEN_END ? "" : "'", token_name (p->next),
                            p->next->kind == NF_TOKEN_END ? "" : "'");
}

/* ---- the grammar ---- */

static const NfToken *
take_literal (NfParser *p, const char *wanted)
{
    const NfToken *token = take (p, NF_TOKEN_WORD);

    if (!token)
        token = take (p, NF_TOKEN_STRING);
    if (!token)
        unexpected (p, wanted);
    return token;
}

gboolean
nf_side_slice (NfParser *p, NfSide *side)
{
    if (!take (p, NF_TOKEN_OPEN_SLICE))
        return TRUE;
    side->slice = take (p, NF_TOKEN_WORD);
    return (side->slice && take (p, NF_TOKEN_CLOSE_SLICE)) ||
           unexpected (p, side->slice ? "]" : "a slice such as 0:3");
}

static gboolean
parse_name_or_literal (NfParser *p, NfSide *side)
{
    *side = (NfSide){.token = take_literal (p, "a name or a value")};
    return side->token != NULL;
}

static gboolean
parse_side (NfParser *p, NfSide *side)
{
    if (!(nf_formula_is_next (p) ? nf_formula_parse (p, side) : parse_name_or_literal (p, side)) ||
        !nf_side_slice (p, side))
        return FALSE;
    if (!take (p, NF_TOKEN_BITS))
        return TRUE;
    side->mask = take_literal (p, "a number");
    return side->mask != NULL;
}

static gboolean
parse_ranges (NfParser *p, NfTest *test)
{
    if (!take (p, NF_TOKEN_OPEN_SET))
        return unexpected (p, "{");
    do {
        const NfToken *low = take_literal (p, "a value"), *high = NULL;

        if (!low)
            return FALSE;
        if (take (p, NF_TOKEN_TO) && !(high = take_literal (p, "a value")))
            return FALSE;
        if (!nf_test_add_range (p, test, low, high))
            return FALSE;
    } while (take (p, NF_TOKEN_COMMA));
    return take (p, NF_TOKEN_CLOSE_SET) || unexpected (p, "a comma or }");
}

/* "in {...}", behind the name. */
static NfNode *
parse_set (NfParser *p, NfSide *left, const NfToken *quantifier)
{
    NfNode *node = nf_test_presence (p, left);

    if (!node)
        return NULL;
    node->test.relation = NF_RELATION_EQUAL;
    node->test.all = quantifier && quantifier->kind == NF_TOKEN_ALL;
    if (!parse_ranges (p, &node->test)) {
        nf_node_free (node);
        return NULL;
    }
    nf_test_end_ranges (node->test.literals);
    return node;
}

/* Comparisons in a row hold where each of them does: 0 < octets <= 1500. */
static NfNode *
parse_comparisons (NfParser *p, NfSide left, const NfToken *quantifier)
{
    NfNode *all = nf_node_new (NF_NODE_AND), *node;
    const NfToken *operator;

    while ((operator= take (p, NF_TOKEN_RELATION))) {
        NfSide right;

        node = parse_side (p, &right) ? nf_test_compare (p, &left, operator, & right, quantifier)
                                      : NULL;
        if (!node) {
            nf_node_free (all);
            return NULL;
        }
        g_ptr_array_add (all->children, node);
        left = right;
    }
    return all;
}

/* What may follow one side of a relation. */
static NfNode *
parse_rest (NfParser *p, NfSide left, const NfToken *quantifier)
{
    NfNode *node;

    if (p->next->kind == NF_TOKEN_RELATION)
        return parse_comparisons (p, left, quantifier);
    if (take (p, NF_TOKEN_IN))
        return parse_set (p, &left, quantifier);
    if (p->next->kind == NF_TOKEN_NOT && p->next[1].kind == NF_TOKEN_IN) {
        p->next += 2;
        node = parse_set (p, &left, quantifier);
        return node ? new_parent (NF_NODE_NOT, node) : NULL;
    }
    if (quantifier)
        return unexpected (p, "a comparison"), NULL;
    return nf_test_presence (p, &left);
}

static NfNode *
parse_test (NfParser *p)
{
    const NfToken *quantifier = take (p, NF_TOKEN_ANY);
    NfSide left;

    if (!quantifier)
        quantifier = take (p, NF_TOKEN_ALL);
    return parse_side (p, &left) ? parse_rest (p, left, quantifier) : NULL;
}

/* Whether a relation comes next, to whatever stood before. */
static gboolean
is_at_relation (const NfParser *p)
{
    return p->next->kind == NF_TOKEN_RELATION || p->next->kind == NF_TOKEN_IN ||
           (p->next->kind == NF_TOKEN_NOT && p->next[1].kind == NF_TOKEN_IN);
}

/* Behind an opening parenthesis. What is in it may turn out to be the side of a relation:
 * (tcpControlBits & 0x12) == 0x02. */
static NfNode *
parse_group (NfParser *p)
{
    const NfToken *first = p->next;
    NfNode *node;

    if (p->depth == NF_MAX_DEPTH)
        return nf_trouble_note (p->trouble, first[-1].place, "too many parentheses in each other"),
               NULL;
    p->depth++;
    node = parse_or (p);
    p->depth--;
    if (!node)
        return NULL;
    if (!take (p, NF_TOKEN_CLOSE)) {
        unexpected (p, "an operator or )");
        nf_node_free (node);
        return NULL;
    }
    if (is_at_relation (p) && node->kind == NF_NODE_TEST &&
        node->test.relation <= NF_RELATION_BITS) {
        NfSide left = {.token = first, .is_name = TRUE, .term = node->test.left};

        nf_node_free (node);
        return parse_rest (p, left, NULL);
    }
    return node;
}

static NfNode *
parse_factor (NfParser *p)
{
    gboolean negated = FALSE;
    NfNode *node;

    while (take (p, NF_TOKEN_NOT))
        negated = !negated;
    node = take (p, NF_TOKEN_OPEN) ? parse_group (p) : parse_test (p);
    return node && negated ? new_parent (NF_NODE_NOT, node) : node;
}

/* What `next` parses, joined by tokens of a kind; one alone stays as it is. */
static NfNode *
parse_list (NfParser *p, NfTokenKind joint, NfNodeKind kind, NfNode *(*next) (NfParser *p))
{
    NfNode *node = next (p), *child;

    if (!node || p->next->kind != joint)
        return node;
    node = new_parent (kind, node);
    while (take (p, joint)) {
        child = next (p);
        if (!child) {
            nf_node_free (node);
            return NULL;
        }
        g_ptr_array_add (node->children, child);
    }
    return node;
}

static NfNode *
parse_and (NfParser *p)
{
    return parse_list (p, NF_TOKEN_AND, NF_NODE_AND, parse_factor);
}

static NfNode *
parse_xor (NfParser *p)
{
    return parse_list (p, NF_TOKEN_XOR, NF_NODE_XOR, parse_and);
}

static NfNode *
parse_or (NfParser *p)
{
    return parse_list (p, NF_TOKEN_OR, NF_NODE_OR, parse_xor);
}

NfNode *
nf_filter_parse (NfFilter *filter, const GArray *tokens, NfTrouble *trouble)
{
    NfParser p = {
        .filter = filter, .next = (const NfToken *)(void *)tokens->data, .trouble = trouble};
    NfNode *node = parse_or (&p);

    if (node && p.next->kind != NF_TOKEN_END) {
        unexpected (&p, "an operator");
        nf_node_free (node);
        return NULL;
    }
    return node;
}
