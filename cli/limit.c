/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of limits that can be changed. */
#include "limit.h"

#include "hold.h"

#define LIMIT_ERROR g_quark_from_static_string ("nfpeek-limit")

/* Groups of --sum: a line each for pairs of hosts of a campus, and more than anybody reads; 75 MiB.
 */
#define MAX_GROUPS 500000

typedef struct {
    const char *name;
    gsize offset;     /* of a guint in NfBounds; */
    gboolean is_size; /* or of a gsize */
    const char *help;
} Bound;

#define LIBRARY(member) G_STRUCT_OFFSET (NfBounds, library.member)

static const Bound bounds_table[] = {
    {"domains", LIBRARY (max_domains), FALSE, "Observation Domains of all exporters"},
    {"templates", LIBRARY (max_templates), FALSE, "Templates of all domains, changes included"},
    {"fields", LIBRARY (max_fields), FALSE, "fields of all different Templates"},
    {"announced", LIBRARY (max_announced), TRUE, "octets of what options data announces"},
    {"fragments", LIBRARY (max_fragments), FALSE, "datagrams that wait for fragments"},
    {"streams", LIBRARY (max_streams), FALSE, "TCP and SCTP streams of a capture at once"},
    {"groups", G_STRUCT_OFFSET (NfBounds, max_groups), FALSE, "groups of --sum"},
};

NfBounds
nf_bounds_default (void)
{
    return (NfBounds){.library = nf_default_limits, .max_groups = MAX_GROUPS};
}

static guint64
get (const NfBounds *bounds, const Bound *b)
{
    return b->is_size ? G_STRUCT_MEMBER (gsize, bounds, b->offset)
                      : G_STRUCT_MEMBER (guint, bounds, b->offset);
}

/* Sets it where it can be so high; 0 would be no use. */
static gboolean
set (NfBounds *bounds, const Bound *b, const char *text)
{
    guint64 n;

    if (!g_ascii_string_to_unsigned (text, 10, 1, b->is_size ? G_MAXSIZE : G_MAXINT, &n, NULL))
        return FALSE;
    if (b->is_size)
        G_STRUCT_MEMBER (gsize, bounds, b->offset) = (gsize)n;
    else
        G_STRUCT_MEMBER (guint, bounds, b->offset) = (guint)n;
    return TRUE;
}

gboolean
nf_bounds_change (NfBounds *bounds, const char *text, GError **error)
{
    gsize length = strcspn (text, "=");
    g_autoptr (GString) names = g_string_new (NULL);

    for (guint i = 0; i < G_N_ELEMENTS (bounds_table); i++) {
        const Bound *b = &bounds_table[i];
        gboolean is_it = strlen (b->name) == length && strncmp (b->name, text, length) == 0;

        if (is_it && text[length] == '=' && set (bounds, b, text + length + 1))
            return TRUE;
        g_string_append_printf (names, "%s%s", i ? ", " : "", b->name);
    }
    g_set_error (error, LIMIT_ERROR, 0,
                 "--limit wants NAME=N, such as domains=100000, not '%s'; there are %s", text,
                 names->str);
    return FALSE;
}

void
nf_bounds_list (NfText *t)
{
    const NfBounds bounds = nf_bounds_default ();

    nf_text_add (t, "--limit NAME=N, where N is unless told otherwise:\n");
    for (guint i = 0; i < G_N_ELEMENTS (bounds_table); i++) {
        const Bound *b = &bounds_table[i];

        nf_text_add_format (t, "  %-10s %10" G_GUINT64_FORMAT "  %s\n", b->name, get (&bounds, b),
                            b->help);
    }
    nf_text_add_format (
        t, "--hold N, %u unless told otherwise: MiB of live data that waits for its Template\n",
        (guint)(NF_HOLD_OCTETS >> 20));
}
