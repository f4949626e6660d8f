/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Holds what nfpeek -T json says, on standard input, against what generate has expected, line by
 * line.
 *
 *      compare EXPECTED SEED
 *
 * Whatever is expected has to be there: members by their names, arrays item by item, strings and
 * numbers by what they mean. What nfpeek says besides is no difference, unless it is one of what
 * says that something is not as it should be (see never_besides). Prints the first differences,
 * each with what generates it again, then how much was compared. Exit status 1 where there are any.
 */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SHOWN       20
#define MAX_PATH        400
#define DIGITS_OF_FLOAT 9 /* more of them: the number is a double */

typedef enum { OBJECT, ARRAY, SCALAR } Kind;

/* A value of JSON; one within another comes behind it. */
typedef struct {
    Kind kind;
    const char *key, *text; /* both within the line */
    gsize key_length, length;
    guint next; /* behind all that is in it */
} Node;

typedef struct {
    GArray *nodes;
    const char *at, *end;
} Json;

typedef struct {
    Json expected, got;
    const char *seed;
    char path[MAX_PATH];
    guint64 line, n_values, n_differences;
} Comparison;

/* ---- JSON, as both sides write it: without spaces ---- */

static void
broken (const Json *json)
{
    fprintf (stderr, "compare: no JSON: %.60s\n", json->at);
    exit (2);
}

static void
take (Json *json, char c)
{
    if (json->at == json->end || *json->at != c)
        broken (json);
    json->at++;
}

/* A string with its quotes, or a number or a word. */
static void
take_scalar (Json *json)
{
    const char *start = json->at;

    if (json->at == json->end)
        broken (json);
    if (*json->at != '"') {
        while (json->at < json->end && !strchr (",]}", *json->at))
            json->at++;
        if (json->at == start)
            broken (json);
        return;
    }
    for (json->at++; json->at < json->end && *json->at != '"'; json->at++)
        if (*json->at == '\\')
            json->at++;
    take (json, '"');
}

static void
take_value (Json *json, const char *key, gsize key_length)
{
    const guint index = json->nodes->len;
    char open = json->at < json->end ? *json->at : '\0', close = open == '{' ? '}' : ']';
    Node node = {.kind = open == '{'   ? OBJECT
                         : open == '[' ? ARRAY
                                       : SCALAR,
                 .key = key,
                 .key_length = key_length,
                 .text = json->at};

    g_array_append_val (json->nodes, node);
    if (node.kind == SCALAR) {
        take_scalar (json);
    } else {
        json->at++;
        while (json->at < json->end && *json->at != close) {
            const char *inner = NULL;
            gsize inner_length = 0;

            if (node.kind == OBJECT) {
                inner = json->at + 1;
                take_scalar (json);
                inner_length = (gsize)(json->at - inner) - 1;
                take (json, ':');
            }
            take_value (json, inner, inner_length);
            if (json->at < json->end && *json->at == ',')
                json->at++;
        }
        take (json, close);
    }
    g_array_index (json->nodes, Node, index).length = (gsize)(json->at - node.text);
    g_array_index (json->nodes, Node, index).next = json->nodes->len;
}

static void
parse (Json *json, const char *line, gssize length)
{
    g_array_set_size (json->nodes, 0);
    json->at = line;
    json->end = line + length;
    take_value (json, NULL, 0);
}

static const Node *
node (const Json *json, guint i)
{
    return &g_array_index (json->nodes, Node, i);
}

/* The member of an object; 0: it has none of that name. */
static guint
find (const Json *json, guint object, const char *key, gsize length)
{
    for (guint i = object + 1; i < node (json, object)->next; i = node (json, i)->next)
        if (node (json, i)->key_length == length && memcmp (node (json, i)->key, key, length) == 0)
            return i;
    return 0;
}

/* ---- what is the same ---- */

/* The characters of a string with its quotes. */
static char *
unescape (const Node *n, gsize *length)
{
    GString *text = g_string_new (NULL);

    for (gsize i = 1; i + 1 < n->length; i++) {
        char c = n->text[i];

        if (c != '\\') {
            g_string_append_c (text, c);
            continue;
        }
        c = n->text[++i];
        if (c == 'u') {
            char digits[] = {n->text[i + 1], n->text[i + 2], n->text[i + 3], n->text[i + 4], '\0'};

            g_string_append_c (text, (char)strtol (digits, NULL, 16)); /* but for ASCII none is */
            i += 4;
        } else {
            g_string_append_c (text, c == 'b'   ? '\b'
                                     : c == 'f' ? '\f'
                                     : c == 'n' ? '\n'
                                     : c == 'r' ? '\r'
                                     : c == 't' ? '\t'
                                                : c);
        }
    }
    *length = text->len;
    return g_string_free (text, FALSE);
}

static gboolean
same_string (const Node *expected, const Node *got)
{
    gsize expected_length, got_length;
    g_autofree char *expected_text = unescape (expected, &expected_length);
    g_autofree char *got_text = unescape (got, &got_length);

    return expected_length == got_length && memcmp (expected_text, got_text, got_length) == 0;
}

static gboolean
is_number (const Node *n)
{
    return *n->text == '-' || g_ascii_isdigit (*n->text);
}

/* A float, which generate writes with an exponent. */
static gboolean
same_float (const Node *expected, const Node *got)
{
    const char *exponent = memchr (expected->text, 'e', expected->length);
    double a = g_ascii_strtod (expected->text, NULL), b = g_ascii_strtod (got->text, NULL);
    gint digits = 0;

    if (!exponent || !is_number (expected) || !is_number (got))
        return FALSE;
    for (const char *at = expected->text; at < exponent; at++)
        digits += g_ascii_isdigit (*at);
    return digits > DIGITS_OF_FLOAT ? memcmp (&a, &b, sizeof a) == 0 : (float)a == (float)b;
}

static gboolean
same_scalar (const Node *expected, const Node *got)
{
    if (expected->length == got->length && memcmp (expected->text, got->text, got->length) == 0)
        return TRUE;
    if (got->kind != SCALAR || (*expected->text == '"') != (*got->text == '"'))
        return FALSE;
    return *got->text == '"' ? same_string (expected, got) : same_float (expected, got);
}

/* ---- comparison ---- */

static void
differ (Comparison *c, const char *what, const Node *expected, const Node *got)
{
    guint i = find (&c->expected, 0, "exporter", strlen ("exporter")), a = 0, b = 0, number = 0;

    if (c->n_differences++ >= MAX_SHOWN)
        return;
    if (i == 0 || sscanf (node (&c->expected, i)->text, "\"10.%u.%u.%u\"", &a, &b, &number) != 3)
        number = 0;
    printf ("packet %" G_GUINT64_FORMAT ", %s%s: expected %.*s, nfpeek has %.*s\n", c->line,
            c->path + (*c->path == '.'), what, expected ? (int)MIN (expected->length, 200) : 7,
            expected ? expected->text : "nothing", got ? (int)MIN (got->length, 200) : 7,
            got ? got->text : "nothing");
    printf (
        "    alone: NFPEEK_DIFFERENTIAL='%s %u 1' make check TESTS=tests/differential/command.sh\n",
        c->seed, a << 16 | b << 8 | number);
}

static void compare (Comparison *c, guint expected, guint got);

/* Members that would say of good octets that they are not. */
static void
never_besides (Comparison *c, guint expected, guint got)
{
    static const char *const keys[] = {"undecoded", "captured", "padding",  "octets",
                                       "scope",     "variable", "withdrawn"};

    for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
        guint at = find (&c->got, got, keys[i], strlen (keys[i]));

        if (at > 0 && find (&c->expected, expected, keys[i], strlen (keys[i])) == 0)
            differ (c, " besides", NULL, node (&c->got, at));
    }
}

static void
compare_objects (Comparison *c, guint expected, guint got)
{
    gsize start = strlen (c->path);

    never_besides (c, expected, got);
    for (guint i = expected + 1; i < node (&c->expected, expected)->next;
         i = node (&c->expected, i)->next) {
        const Node *member = node (&c->expected, i);
        guint at = find (&c->got, got, member->key, member->key_length);

        g_snprintf (c->path + start, MAX_PATH - start, ".%.*s", (int)member->key_length,
                    member->key);
        if (at > 0)
            compare (c, i, at);
        else
            differ (c, "", member, NULL);
        c->path[start] = '\0';
    }
}

static void
compare_arrays (Comparison *c, guint expected, guint got)
{
    const guint expected_end = node (&c->expected, expected)->next;
    const guint got_end = node (&c->got, got)->next;
    guint i = expected + 1, at = got + 1, n = 0;
    gsize start = strlen (c->path);

    while (i < expected_end && at < got_end) {
        g_snprintf (c->path + start, MAX_PATH - start, "[%u]", n++);
        compare (c, i, at);
        c->path[start] = '\0';
        i = node (&c->expected, i)->next;
        at = node (&c->got, at)->next;
    }
    if (i < expected_end || at < got_end)
        differ (c, " (number of items)", i < expected_end ? node (&c->expected, i) : NULL,
                at < got_end ? node (&c->got, at) : NULL);
}

static void
compare (Comparison *c, guint expected, guint got)
{
    const Node *a = node (&c->expected, expected), *b = node (&c->got, got);

    if (a->kind == SCALAR) {
        c->n_values++;
        if (!same_scalar (a, b))
            differ (c, "", a, b);
    } else if (a->kind != b->kind) {
        differ (c, "", a, b);
    } else if (a->kind == OBJECT) {
        compare_objects (c, expected, got);
    } else {
        compare_arrays (c, expected, got);
    }
}

int
main (int argc, char **argv)
{
    Comparison c = {.seed = argc > 2 ? argv[2] : "SEED"};
    FILE *file = argc > 1 ? fopen (argv[1], "rb") : NULL;
    char *expected = NULL, *got = NULL;
    size_t expected_room = 0, got_room = 0;
    ssize_t expected_length, got_length;

    if (!file) {
        fprintf (stderr, "Usage: compare EXPECTED SEED <JSON\n");
        return 2;
    }
    c.expected.nodes = g_array_new (FALSE, FALSE, sizeof (Node));
    c.got.nodes = g_array_new (FALSE, FALSE, sizeof (Node));
    for (;;) {
        expected_length = getline (&expected, &expected_room, file);
        got_length = getline (&got, &got_room, stdin);
        if (expected_length <= 0 || got_length <= 0)
            break;
        c.line++;
        parse (&c.expected, expected, expected_length - 1);
        parse (&c.got, got, got_length - 1);
        compare (&c, 0, 0);
    }
    if (expected_length > 0 || got_length > 0) {
        printf ("more Messages than %" G_GUINT64_FORMAT " %s\n", c.line,
                got_length > 0 ? "come from nfpeek" : "are expected");
        c.n_differences++;
    }
    printf ("%" G_GUINT64_FORMAT " Messages, %" G_GUINT64_FORMAT " values: %" G_GUINT64_FORMAT
            " differences\n",
            c.line, c.n_values, c.n_differences);
    free (expected);
    free (got);
    g_array_unref (c.expected.nodes);
    g_array_unref (c.got.nodes);
    fclose (file);
    return c.n_differences > 0;
}
