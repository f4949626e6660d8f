/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A filter from the inside: text -> tokens (filter-lex.c) -> a tree of tests (filter-parse.c,
 * filter-test.c, which has literals read by filter-literal.c; what is calculated by
 * filter-formula.c) -> verdicts (filter-judge.c, which has formulas worked out by
 * filter-calculate.c). */
#pragma once

#include "filter.h"

G_BEGIN_DECLS

/* ---- trouble ---- */

/* What is wrong with an expression: the first thing that is found. */
typedef struct {
    char *text;  /* owned; NULL: nothing */
    gsize place; /* octets from the expression's first one */
} NfTrouble;

/* Notes trouble, unless there is some already. Returns FALSE. */
G_GNUC_INTERNAL gboolean nf_trouble_note (NfTrouble *trouble, gsize place, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* ---- tokens ---- */

typedef enum {
    NF_TOKEN_END,
    NF_TOKEN_WORD,
    NF_TOKEN_STRING,
    NF_TOKEN_OPEN,
    NF_TOKEN_CLOSE,
    NF_TOKEN_OPEN_SET,
    NF_TOKEN_CLOSE_SET,
    NF_TOKEN_OPEN_SLICE,
    NF_TOKEN_CLOSE_SLICE,
    NF_TOKEN_COMMA,
    NF_TOKEN_TO, /* ".." */
    NF_TOKEN_BITS,
    NF_TOKEN_SUM,     /* "+", "-" */
    NF_TOKEN_PRODUCT, /* "*", "/", "%" */
    NF_TOKEN_AND,
    NF_TOKEN_OR,
    NF_TOKEN_XOR,
    NF_TOKEN_NOT,
    NF_TOKEN_ANY,
    NF_TOKEN_ALL,
    NF_TOKEN_IN,
    NF_TOKEN_RELATION
} NfTokenKind;

typedef enum {
    NF_RELATION_EXISTS,
    NF_RELATION_BITS, /* one of the masked bits is set */
    NF_RELATION_EQUAL,
    NF_RELATION_LESS,
    NF_RELATION_LESS_EQUAL,
    NF_RELATION_GREATER,
    NF_RELATION_GREATER_EQUAL,
    NF_RELATION_CONTAINS,
    NF_RELATION_MATCHES
} NfRelation;

/* A name, a number, what operators and functions make of such. */
typedef enum {
    NF_FORMULA_NAME,
    NF_FORMULA_NUMBER,
    NF_FORMULA_ADD,
    NF_FORMULA_SUBTRACT,
    NF_FORMULA_MULTIPLY,
    NF_FORMULA_DIVIDE,
    NF_FORMULA_MODULO,
    NF_FORMULA_LENGTH,
    NF_FORMULA_COUNT, /* of the values of a name */
    NF_FORMULA_LOWER,
    NF_FORMULA_UPPER,
    NF_FORMULA_STRING,
    NF_FORMULA_ABSOLUTE,
    NF_FORMULA_HIGHEST,
    NF_FORMULA_LOWEST
} NfFormulaKind;

typedef struct {
    NfTokenKind kind;
    NfFormulaKind formula; /* of NF_TOKEN_SUM and NF_TOKEN_PRODUCT */
    NfRelation relation;   /* of NF_TOKEN_RELATION; */
    gboolean negated;      /* it must not hold, */
    gboolean all;          /* for any value, or for all */
    gsize place;           /* octets from the expression's first one */
    const char *text; /* as it is meant: escapes are resolved; zero-ended. Owned by the filter */
    gsize length;     /* octets of `text`, which may have zeros in it */
} NfToken;

/* ---- tests ---- */

typedef struct _NfFormula NfFormula;

/* The values of a name, or of a formula, or some of their octets or bits. */
typedef struct {
    guint operand;            /* in the filter's array */
    const NfFormula *formula; /* the operand is what this comes to; NULL: a name */
    gboolean is_sliced;
    gint first;   /* octet; negative: from the end, -1 being the last one */
    guint length; /* octets; 0: up to the end */
    gboolean is_masked;
    guint64 mask;
} NfTerm;

/* What is calculated. It has a value for each value of the names in it, in all combinations. */
struct _NfFormula {
    NfFormulaKind kind;
    const NfToken *token; /* with which it begins, while the expression is parsed */
    NfSort sort;
    NfStage stage;  /* from which on its values are known */
    NfTerm term;    /* of NF_FORMULA_NAME */
    NfValue number; /* of NF_FORMULA_NUMBER */
    GPtrArray *of;  /* of the others: NfFormula, borrowed */
};

/* Values from the lowest to the highest; both are in it. */
typedef struct {
    NfValue low, high;
} NfLiteral;

typedef struct {
    NfTerm left;
    NfRelation relation;
    gboolean negated;
    gboolean all;
    /* ---- what `left` is held against: one of these ---- */
    gboolean has_right;
    NfTerm right;
    GArray *literals; /* of NfLiteral, rising, apart from each other; for the order of two one */
    GRegex *regex;
} NfTest;

typedef enum { NF_NODE_TEST, NF_NODE_NOT, NF_NODE_AND, NF_NODE_OR, NF_NODE_XOR } NfNodeKind;

typedef struct {
    NfNodeKind kind;
    NfTest test;         /* of NF_NODE_TEST */
    GPtrArray *children; /* of the others; NfNode, owned */
} NfNode;

/* What is known of a filter's names in the records of a binding. */
typedef struct {
    NfBinding *binding; /* a reference */
    gint **fields;      /* of each operand: nf_operand_fields() */
    guint n;
    gboolean
        has_more; /* records may have values beside their fields: in lists, by common properties */
    NfVerdict verdict; /* on every record of it */
} NfProgram;

struct _NfFilter {
    NfRegistry *registry;
    GPtrArray *texts;    /* what tokens and literals point to */
    GArray *operands;    /* of NfOperand, no two the same */
    GPtrArray *formulas; /* owned */
    NfNode *root;
    GHashTable *programs; /* NfBinding -> NfProgram, owned */
    NfProgram *last;      /* most records have the Template of the one before */
};

/* Octets that live as long as the filter; a zero octet follows them. */
G_GNUC_INTERNAL const guint8 *nf_filter_keep (NfFilter *filter, const void *octets, gsize length);

/* Takes the expression apart: an array of NfToken, whose last one is NF_TOKEN_END. FALSE, with the
 * reason in `trouble`, where that cannot be done. */
G_GNUC_INTERNAL gboolean nf_filter_lex (NfFilter *filter, const char *expression, GArray *tokens,
                                        NfTrouble *trouble);

/* Reads a token as a literal of a sort; `operand` is what it is compared with, whose values may
 * have names. FALSE where it is none. */
G_GNUC_INTERNAL gboolean nf_literal_read (NfFilter *filter, const NfOperand *operand, NfSort sort,
                                          const NfToken *token, NfLiteral *literal);

/* ---- from tokens to tests ---- */

/* Parentheses in parentheses: more than anybody writes, and little of any stack. */
#define NF_MAX_DEPTH 100

typedef struct {
    NfFilter *filter;
    const NfToken *next;
    guint depth; /* parentheses that are open */
    guint parts; /* of the formula being parsed */
    NfTrouble *trouble;
} NfParser;

/* One side of a relation: a name, a formula, or a literal whose sort the other side tells. */
typedef struct {
    const NfToken *token;
    const NfToken *slice; /* between brackets, or NULL */
    const NfToken *mask;  /* behind "&", or NULL */
    gboolean is_name;
    NfTerm term; /* of a name, or a formula */
} NfSide;

/* Takes the slice that may stand next; looks the name of a side up, and what is wanted of it.
 * FALSE, with the reason in the parser's trouble, where that is none. */
G_GNUC_INTERNAL gboolean nf_side_slice (NfParser *p, NfSide *side);
G_GNUC_INTERNAL gboolean nf_test_name (NfParser *p, NfSide *side);

/* The sort of a term's values. */
G_GNUC_INTERNAL NfSort nf_term_sort (const NfParser *p, const NfTerm *term);

/* Reads a number, whole or with a fraction. */
G_GNUC_INTERNAL gboolean nf_number_read (const char *text, NfValue *value);

/* ---- formulas ---- */

G_GNUC_INTERNAL void nf_formula_free (gpointer formula);

/* Whether a formula stands next, and not just a name or a literal; makes a side of it. FALSE as
 * above. */
G_GNUC_INTERNAL gboolean nf_formula_is_next (const NfParser *p);
G_GNUC_INTERNAL gboolean nf_formula_parse (NfParser *p, NfSide *side);

/* Calls `each` for every value that a name has, until one is enough; returns whether one was. */
typedef gboolean NfTermEach (gpointer names, const NfTerm *term, NfOperandEach each, gpointer data);

/* Likewise of what a formula comes to, where each_of_name() tells its names' values. */
G_GNUC_INTERNAL gboolean nf_formula_each (const NfFormula *formula, NfTermEach *each_of_name,
                                          gpointer names, NfOperandEach each, gpointer data);

/* ---- tests and trees ---- */

G_GNUC_INTERNAL NfNode *nf_node_new (NfNodeKind kind);
G_GNUC_INTERNAL void nf_node_free (gpointer node);

/* A comparison of two sides, of which the left or, turned round, the right one is a name;
 * `quantifier` ("any", "all") may be NULL. Returns NULL, with the reason in the parser's trouble,
 * where they do not go together. */
G_GNUC_INTERNAL NfNode *nf_test_compare (NfParser *p, NfSide *left, const NfToken *operator,
                                         NfSide * right, const NfToken *quantifier);

/* A name alone: the record has it, or one of the bits of it. NULL as above. */
G_GNUC_INTERNAL NfNode *nf_test_presence (NfParser *p, NfSide *side);

/* Adds the values from `low` to `high`, which may be NULL where it is one, to those that a test of
 * equality wants; and puts them in order when all are there. FALSE as above. */
G_GNUC_INTERNAL gboolean nf_test_add_range (NfParser *p, NfTest *test, const NfToken *low,
                                            const NfToken *high);
G_GNUC_INTERNAL void nf_test_end_ranges (GArray *literals);

/* Makes the tree of an expression. Returns NULL, with the reason in `trouble`, where it is none. */
G_GNUC_INTERNAL NfNode *nf_filter_parse (NfFilter *filter, const GArray *tokens,
                                         NfTrouble *trouble);

/* The verdict on all records of a binding. */
G_GNUC_INTERNAL NfVerdict nf_filter_judge_binding (const NfFilter *filter,
                                                   const NfProgram *program);

/* The verdict on a subject known up to `stage`; `program`, of its record's binding, may be NULL
 * below NF_STAGE_RECORD. */
G_GNUC_INTERNAL NfVerdict nf_filter_judge_subject (const NfFilter *filter, const NfProgram *program,
                                                   const NfSubject *subject, NfStage stage);

G_END_DECLS
