/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a mistyped name may have meant. */
#include "element-private.h"

#include <string.h>

/* Letters and digits looked at: more than the longest shipped name has, and little enough that all
 * rows are compared in some milliseconds. */
#define MAX_LETTERS 64

/* Costs. One wrong letter costs LETTER; a name that holds what was typed, or begins it, is taken
 * for worse than one wrong letter and better than three. */
#define LETTER      8
#define BEGINNING   8
#define PART        12
#define ABBREVIATED 16

/* What was typed must have so many letters before a part of a name counts. */
#define LEAST_PART 3

typedef struct {
    guint cost;
    const char *name;
} Guess;

typedef struct {
    char typed[MAX_LETTERS + 1];
    GArray *guesses; /* of Guess */
} Search;

/* Leaves the letters and digits, in lower case: "IPV4_SRC_ADDR" is "ipv4srcaddr". */
static void
simplify (char simple[MAX_LETTERS + 1], const char *name)
{
    gsize n = 0;

    for (; *name && n < MAX_LETTERS; name++)
        if (g_ascii_isalnum (*name))
            simple[n++] = g_ascii_tolower (*name);
    simple[n] = '\0';
}

/* How many letters must be put in, left out, changed or swapped with the next one to make `b` of
 * `a` (Damerau, Levenshtein; what was swapped is not changed again). */
static guint
edit_distance (const char *a, const char *b)
{
    guint rows[3][MAX_LETTERS + 1]; /* the letters of `a` so far, against each beginning of `b` */
    guint n = (guint)strlen (b), m = (guint)strlen (a);

    for (guint i = 0; i <= n; i++)
        rows[0][i] = i;
    for (guint k = 1; k <= m; k++) {
        const guint *above = rows[(k - 1) % 3], *before = rows[(k + 1) % 3];
        guint *row = rows[k % 3];

        row[0] = k;
        for (guint i = 1; i <= n; i++) {
            guint changed = above[i - 1] + (a[k - 1] != b[i - 1]);

            row[i] = MIN (changed, MIN (row[i - 1], above[i]) + 1);
            if (k > 1 && i > 1 && a[k - 1] == b[i - 2] && a[k - 2] == b[i - 1])
                row[i] = MIN (row[i], before[i - 2] + 1);
        }
    }
    return rows[m % 3][n];
}

/* How far `name` is from what was typed, or G_MAXUINT where it is out of the question. */
static guint
cost_of (const char *typed, const char *name)
{
    char simple[MAX_LETTERS + 1];

    simplify (simple, name);
    gsize n = strlen (typed), m = strlen (simple);
    guint distance = edit_distance (typed, simple);
    guint cost = distance <= 1 + n / 4 && distance < n ? distance * LETTER : G_MAXUINT;
    const char *part = n >= LEAST_PART ? strstr (simple, typed) : NULL;

    if (part)
        cost = MIN (cost, (part == simple ? BEGINNING : PART) + (guint)(m - n) / 2);
    else if (m >= LEAST_PART && g_str_has_prefix (typed, simple))
        cost = MIN (cost, ABBREVIATED + (guint)(n - m));
    return cost;
}

static void
consider (Search *search, guint cost, const char *name)
{
    Guess guess = {cost, name};

    if (cost != G_MAXUINT)
        g_array_append_val (search->guesses, guess);
}

/* An element is named once, by the name that is nearer. IANA's come before other enterprises'. */
static void
consider_element (const NfElement *element, gpointer data)
{
    Search *search = data;
    guint cost = cost_of (search->typed, element->name);
    guint cost9 = element->netflow9 ? cost_of (search->typed, element->netflow9) : G_MAXUINT;
    guint foreign = element->space == NF_SPACE_IPFIX && element->pen == 0 ? 0 : 1;

    if (cost9 < cost)
        consider (search, cost9, element->netflow9);
    else if (cost != G_MAXUINT)
        consider (search, cost + foreign, element->name);
}

static int
compare_guesses (gconstpointer a, gconstpointer b)
{
    const Guess *x = a, *y = b;

    return x->cost < y->cost ? -1 : x->cost > y->cost;
}

char **
nf_registry_near (const NfRegistry *registry, const char *name, const char *const *others,
                  guint max)
{
    g_return_val_if_fail (registry != NULL && name != NULL, NULL);
    Search search = {.guesses = g_array_new (FALSE, FALSE, sizeof (Guess))};
    GPtrArray *near = g_ptr_array_new ();

    simplify (search.typed, name);
    for (guint i = 0; i < registry->commons->len; i++) {
        const char *common = g_array_index (registry->commons, NfCommonName, i).name;

        consider (&search, cost_of (search.typed, common), common);
    }
    for (; others && *others; others++)
        consider (&search, cost_of (search.typed, *others), *others);
    nf_registry_foreach (registry, consider_element, &search);
    g_array_sort (search.guesses, compare_guesses); /* stable */
    for (guint i = 0; i < MIN (max, search.guesses->len); i++)
        g_ptr_array_add (near, g_strdup (g_array_index (search.guesses, Guess, i).name));
    g_ptr_array_add (near, NULL);
    g_array_unref (search.guesses);
    return (char **)g_ptr_array_free (near, FALSE);
}
