/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of views. */
#include "view.h"

static const NfView *const views[] = {
    &nf_view_summary, &nf_view_messages, &nf_view_tree, &nf_view_flows,
    &nf_view_json,    &nf_view_jsonl,    &nf_view_csv,
};

const NfView *
nf_view_find (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (views); i++)
        if (strcmp (views[i]->name, name) == 0)
            return views[i];
    return NULL;
}

const NfView *const *
nf_views (guint *n)
{
    *n = G_N_ELEMENTS (views);
    return views;
}
