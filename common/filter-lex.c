/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An expression as tokens. */
#include "filter-private.h"

/* What operators are called; of those that begin alike the longer ones first. */
static const struct {
    const char *text;
    NfTokenKind kind;
    NfRelation relation;
    gboolean negated, all;
    NfFormulaKind formula;
} operators[] = {
    {.text = "===", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL, .all = TRUE},
    {.text = "!==", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL, .negated = TRUE},
    {.text = "==", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL},
    {"!=", NF_TOKEN_RELATION, NF_RELATION_EQUAL, TRUE, TRUE, 0},
    {.text = "~=", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL, .negated = TRUE},
    {.text = "<=", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_LESS_EQUAL},
    {.text = ">=", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_GREATER_EQUAL},
    {.text = "<", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_LESS},
    {.text = ">", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_GREATER},
    {.text = "~", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_MATCHES},
    {.text = "&&", .kind = NF_TOKEN_AND},
    {.text = "&", .kind = NF_TOKEN_BITS},
    {.text = "||", .kind = NF_TOKEN_OR},
    {.text = "^^", .kind = NF_TOKEN_XOR},
    {.text = "!", .kind = NF_TOKEN_NOT},
    {.text = "(", .kind = NF_TOKEN_OPEN},
    {.text = ")", .kind = NF_TOKEN_CLOSE},
    {.text = "{", .kind = NF_TOKEN_OPEN_SET},
    {.text = "}", .kind = NF_TOKEN_CLOSE_SET},
    {.text = "[", .kind = NF_TOKEN_OPEN_SLICE},
    {.text = "]", .kind = NF_TOKEN_CLOSE_SLICE},
    {.text = ",", .kind = NF_TOKEN_COMMA},
    {.text = "..", .kind = NF_TOKEN_TO},
    {.text = "+", .kind = NF_TOKEN_SUM, .formula = NF_FORMULA_ADD},
    {.text = "-", .kind = NF_TOKEN_SUM, .formula = NF_FORMULA_SUBTRACT},
    {.text = "*", .kind = NF_TOKEN_PRODUCT, .formula = NF_FORMULA_MULTIPLY},
    {.text = "/", .kind = NF_TOKEN_PRODUCT, .formula = NF_FORMULA_DIVIDE},
    {.text = "%", .kind = NF_TOKEN_PRODUCT, .formula = NF_FORMULA_MODULO},
    {.text = "eq", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL},
    {.text = "any_eq", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL},
    {.text = "all_eq", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL, .all = TRUE},
    {"ne", NF_TOKEN_RELATION, NF_RELATION_EQUAL, TRUE, TRUE, 0},
    {"all_ne", NF_TOKEN_RELATION, NF_RELATION_EQUAL, TRUE, TRUE, 0},
    {.text = "any_ne", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_EQUAL, .negated = TRUE},
    {.text = "lt", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_LESS},
    {.text = "le", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_LESS_EQUAL},
    {.text = "gt", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_GREATER},
    {.text = "ge", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_GREATER_EQUAL},
    {.text = "contains", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_CONTAINS},
    {.text = "matches", .kind = NF_TOKEN_RELATION, .relation = NF_RELATION_MATCHES},
    {.text = "bitand", .kind = NF_TOKEN_BITS},
    {.text = "bitwise_and", .kind = NF_TOKEN_BITS},
    {.text = "and", .kind = NF_TOKEN_AND},
    {.text = "or", .kind = NF_TOKEN_OR},
    {.text = "xor", .kind = NF_TOKEN_XOR},
    {.text = "not", .kind = NF_TOKEN_NOT},
    {.text = "any", .kind = NF_TOKEN_ANY},
    {.text = "all", .kind = NF_TOKEN_ALL},
    {.text = "in", .kind = NF_TOKEN_IN},
};

/* An expression on its way into tokens. */
typedef struct {
    NfFilter *filter;
    const char *start, *at;
    GString *text; /* of the string being read */
    NfTrouble *trouble;
} Lexer;

static gsize
place (const Lexer *l)
{
    return (gsize)(l->at - l->start);
}

static gboolean
is_word (const char *at)
{
    guchar c = (guchar)*at;

    return g_ascii_isalnum (c) || c >= 0x80 || (c != '\0' && strchr ("_:/+-", c)) ||
           (c == '.' && at[1] != '.');
}

/* The octets of a word; 0 where none begins here. A ".." ends it. */
static gsize
word_length (const char *at)
{
    gsize n = 0;

    while (is_word (at + n))
        n++;
    return n;
}

/* ---- strings ---- */

static gboolean
read_code (Lexer *l, guint digits, guint base, guint32 *code)
{
    *code = 0;
    guint n = 0;

    for (;
         n < digits && g_ascii_isxdigit (l->at[n]) && g_ascii_xdigit_value (l->at[n]) < (gint)base;
         n++)
        *code = *code * base + (guint32)g_ascii_xdigit_value (l->at[n]);
    l->at += n;
    return n > 0 && (digits < 4 || n == digits);
}

/* "\x41", "\101", "\u0041", behind the backslash. */
static gboolean
add_code (Lexer *l)
{
    guint32 code;
    gboolean good;

    if (*l->at >= '0' && *l->at <= '7') {
        good = read_code (l, 3, 8, &code) && code <= 0xff;
    } else {
        char form = *l->at++;

        good = read_code (l, form == 'x' ? 2 : form == 'u' ? 4 : 8, 16, &code);
        if (good && form != 'x') {
            good = code <= 0x10ffff && g_unichar_validate (code);
            if (good)
                g_string_append_unichar (l->text, code);
            return good;
        }
    }
    if (good)
        g_string_append_c (l->text, (char)code);
    return good;
}

/* What a backslash and the octets behind it stand for, as in C. */
static gboolean
add_escape (Lexer *l)
{
    static const char escapes[] = "\"\"\\\\''a\ab\bf\fn\nr\rt\tv\v";
    gsize start = place (l);
    char c = *++l->at;

    for (const char *e = escapes; *e; e += 2) {
        if (*e == c) {
            g_string_append_c (l->text, e[1]);
            l->at++;
            return TRUE;
        }
    }
    if (c != '\0' && strchr ("01234567xuU", c) && add_code (l))
        return TRUE;
    return nf_trouble_note (
        l->trouble, start,
        "a backslash and what follows it are no escape; write \\\\, or r\"...\" "
        "for a string without escapes");
}

/* Behind the opening quote. In a raw string backslashes stand for themselves, but for that a quote
 * behind one does not end it. */
static gboolean
read_string (Lexer *l, gboolean raw, gsize start)
{
    while (*l->at != '"') {
        if (*l->at == '\0')
            return nf_trouble_note (l->trouble, start,
                                    "the string does not end: a quote is missing");
        if (*l->at != '\\') {
            g_string_append_c (l->text, *l->at++);
        } else if (!raw) {
            if (!add_escape (l))
                return FALSE;
        } else {
            g_string_append_c (l->text, *l->at++);
            if (*l->at != '\0')
                g_string_append_c (l->text, *l->at++);
        }
    }
    l->at++;
    return TRUE;
}

static gboolean
lex_string (Lexer *l, NfToken *token)
{
    gboolean raw = *l->at != '"';

    g_string_truncate (l->text, 0);
    l->at += raw ? 2 : 1;
    if (!read_string (l, raw, token->place))
        return FALSE;
    token->kind = NF_TOKEN_STRING;
    token->length = l->text->len;
    token->text = (const char *)nf_filter_keep (l->filter, l->text->str, l->text->len);
    return TRUE;
}

/* ---- operators and words ---- */

/* A word is an operator if it is one as a whole. */
static gboolean
is_operator (const char *text, const char *at, gsize word)
{
    return g_str_has_prefix (at, text) && (word == 0 || strlen (text) == word);
}

static gboolean
lex_operator (Lexer *l, NfToken *token)
{
    gsize word = word_length (l->at);

    for (guint i = 0; i < G_N_ELEMENTS (operators); i++) {
        if (!is_operator (operators[i].text, l->at, word))
            continue;
        token->kind = operators[i].kind;
        token->relation = operators[i].relation;
        token->negated = operators[i].negated;
        token->all = operators[i].all;
        token->formula = operators[i].formula;
        token->length = strlen (operators[i].text);
        token->text = operators[i].text;
        l->at += token->length;
        return TRUE;
    }
    return FALSE;
}

static gboolean
lex_word (Lexer *l, NfToken *token)
{
    token->length = word_length (l->at);
    if (token->length == 0)
        return nf_trouble_note (l->trouble, token->place, "'%c' has no meaning here%s", *l->at,
                                *l->at == '=' ? ": equality is ==" : "");
    token->kind = NF_TOKEN_WORD;
    token->text = (const char *)nf_filter_keep (l->filter, l->at, token->length);
    l->at += token->length;
    return TRUE;
}

static gboolean
lex_token (Lexer *l, NfToken *token)
{
    while (g_ascii_isspace (*l->at))
        l->at++;
    *token = (NfToken){.kind = NF_TOKEN_END, .place = place (l), .text = ""};
    if (*l->at == '\0')
        return TRUE;
    if (*l->at == '"' || ((*l->at == 'r' || *l->at == 'R') && l->at[1] == '"'))
        return lex_string (l, token);
    return lex_operator (l, token) || lex_word (l, token);
}

gboolean
nf_filter_lex (NfFilter *filter, const char *expression, GArray *tokens, NfTrouble *trouble)
{
    g_autoptr (GString) text = g_string_new (NULL);
    Lexer l = {
        .filter = filter, .start = expression, .at = expression, .text = text, .trouble = trouble};
    NfToken token;

    do {
        if (!lex_token (&l, &token))
            return FALSE;
        g_array_append_val (tokens, token);
    } while (token.kind != NF_TOKEN_END);
    return TRUE;
}
