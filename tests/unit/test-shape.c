/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Templates of flows lack, and which elements stand in them twice (common/shape.h). */
#include "binding.h"

#define MAX_FIELDS 12

/* Reverse elements are written negative. */
typedef struct {
    const char *lacks; /* c: counters, t: times, a: addresses, i: interfaces */
    gint ids[MAX_FIELDS + 1];
    guint16 version;
    guint n_scope; /* more than 0: an Options Template */
    guint twice;   /* the first field that is another one's duplicate; 0: there is none */
} Case;

static const Case cases[] = {
    {"", {8, 12, 4, 1, 2, 22, 21, 10, 14}, 10, 0, 0},
    {"", {27, 28, 85, 150, 252}, 10, 0, 0},
    {"c", {8, 12, 4, 22, 21, 10}, 10, 0, 0},
    {"c", {8, 12, 182, 153, 253}, 10, 0, 0},
    {"", {8, 12, 4, 22, 21, 10, 231}, 10, 0, 0},
    {"", {8, 12, 4, 22, 21, 10, 299}, 10, 0, 0},
    {"", {8, 12, 4, 22, 21, 10, 24}, 10, 0, 0},
    {"t", {8, 12, 4, 1, 10}, 10, 0, 0},
    {"", {8, 12, 4, 1, 10, 323}, 10, 0, 0},
    {"a", {4, 1, 2, 22, 21, 10}, 10, 0, 0},
    {"", {4, 1, 2, 22, 21, 10, 28}, 10, 0, 0},
    {"", {56, 80, 1, 153, 10}, 10, 0, 0},
    {"", {44, 45, 1, 153, 10}, 10, 0, 0},
    {"", {70, 1, 153, 10}, 10, 0, 0},
    {"i", {8, 12, 1, 2, 22, 21}, 10, 0, 0},
    {"ti", {366, 95, 1, 2}, 10, 0, 0},
    {"ti", {56, 80, 256, 2}, 10, 0, 0},
    {"cti", {8, 12, 7, 11, 4}, 10, 0, 0},
    /* too little to be known for a flow: statistics, a matrix of traffic */
    {"", {8, 1, 2}, 10, 0, 0},
    {"", {8, 12, 1}, 10, 0, 0},
    {"", {8, 12, 7, 11}, 10, 0, 0},
    {"", {1, 2, 5, 22, 21}, 10, 0, 0},
    /* events, logs; packets */
    {"", {8, 12, 4, 225, 230, 21, 22}, 10, 0, 0},
    {"", {8, 12, 4, 233, 22, 21}, 10, 0, 0},
    {"", {8, 12, 4, 152}, 10, 0, 0},
    {"", {8, 12, 4, 323}, 10, 0, 0},
    {"", {8, 12, 4, 22, 21, 315}, 10, 0, 0},
    {"", {8, 12, 4, 22, 21, 40005}, 9, 0, 0},
    {"ci", {8, 12, 4, 22, 21, 40006}, 9, 0, 0},
    /* what is missing may be elsewhere */
    {"", {137, 4, 1, 2, 22, 21}, 10, 0, 0},
    {"", {8, 12, 4, 1, 292}, 10, 0, 0},
    /* options */
    {"", {8, 12, 4, 1, 2}, 10, 1, 0},
    {"", {1, 8, 12, 4, 2}, 9, 1, 0},
    /* duplicates */
    {"", {1, 2, 1}, 10, 0, 2},
    {"", {8, 8}, 10, 0, 1},
    {"", {8, 8}, 9, 0, 1},
    {"", {1, -1, 2, -2}, 10, 0, 0},
    {"", {1, -1, 2, -1}, 10, 0, 3},
    {"", {8, 27, 1}, 10, 0, 0},
    {"", {323, 323, 434, 434, 210, 210, 82, 82, 302, 302}, 10, 0, 0},
    {"ti", {8, 12, 8, 12, 4, 4, 1}, 10, 0, 0},
    {"ti", {27, 28, 4, 27, 28, 4, 1}, 10, 0, 0},
    {"", {8, 27, 12, 28, 12, 1}, 10, 0, 4},
    {"", {10, 10, 41}, 10, 1, 0},
    {"", {10, 41, 41, 10, 10}, 10, 1, 4},
    {"", {10, 10, 2}, 10, 2, 1},
};

static NfBinding *
bind (const Case *c, const NfRegistry *registry)
{
    NfField fields[MAX_FIELDS];
    guint n = 0;
    NfTemplate *tmpl;

    for (; c->ids[n] != 0; n++)
        fields[n] = (NfField){
            .pen = c->ids[n] < 0 ? NF_REVERSE_PEN : 0, .id = (guint16)ABS (c->ids[n]), .length = 4};
    tmpl = nf_template_new_fixed (c->version, fields, n);
    tmpl->scope_count = c->n_scope;
    tmpl->options = c->n_scope > 0;
    return nf_binding_new (tmpl, registry);
}

static void
check_lacks (const Case *c, const NfBinding *binding)
{
    static const struct {
        NfFindingId id;
        char letter;
    } letters[] = {
        {NF_FINDING_TEMPLATE_LACKS_COUNTERS, 'c'},
        {NF_FINDING_TEMPLATE_LACKS_TIMES, 't'},
        {NF_FINDING_TEMPLATE_LACKS_ADDRESSES, 'a'},
        {NF_FINDING_TEMPLATE_LACKS_INTERFACES, 'i'},
    };
    g_autoptr (GString) lacks = g_string_new (NULL);
    NfFinding finding;

    for (guint n = 0; nf_binding_lacks (binding, n, &finding); n++)
        for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
            if (finding.id == letters[i].id)
                g_string_append_c (lacks, letters[i].letter);
    g_assert_cmpstr (lacks->str, ==, c->lacks);
}

static gboolean
is_duplicate (const NfBinding *binding, guint i)
{
    NfFinding finding;

    for (guint n = 0; nf_binding_trouble (binding, i, n, &finding); n++)
        if (finding.id == NF_FINDING_ELEMENT_DUPLICATE) {
            g_assert_cmpuint (finding.args[0] & 0xffff, ==, binding->tmpl->fields[i].id);
            return TRUE;
        }
    return FALSE;
}

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    NfRegistry *registry = nf_registry_new ();
    NfBinding *binding = bind (c, registry);
    guint twice = 0;

    check_lacks (c, binding);
    for (guint i = 0; i < binding->tmpl->n_fields && twice == 0; i++)
        twice = is_duplicate (binding, i) ? i : 0;
    g_assert_cmpuint (twice, ==, c->twice);
    nf_binding_unref (binding);
    nf_registry_unref (registry);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/shape/%u", i);

        g_test_add_data_func (path, &cases[i], test_case);
    }
    return g_test_run ();
}
