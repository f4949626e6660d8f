/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of views, and the names they are given. */
#include "view.h"

static const NfView *const views[] = {
#define NF_VIEW(name, help, manual) &nf_view_##name,
#include "view.def"
#undef NF_VIEW
};

static gpointer
open_nothing (NfShow *show, GError **error)
{
    (void)error;
    return show;
}

static void
show_nothing (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
show_no_event (NfShow *show, gpointer self, const NfEvent *event)
{
    (void)show;
    (void)self;
    (void)event;
}

const NfView nf_view_nothing = {
    .name = "nothing",
    .shows_findings = TRUE,
    .open = open_nothing,
    .start = show_nothing,
    .event = show_no_event,
    .end = show_nothing,
    .close = show_nothing,
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

gboolean
nf_show_find_name (NfOperand *operand, const NfRegistry *registry, const char *option,
                   const char *name, GError **error)
{
    NfText t = NF_TEXT_INIT;

    if (nf_operand_find (operand, registry, name))
        return TRUE;
    nf_operand_suggest (&t, registry, name);
    g_set_error (error, g_quark_from_static_string ("nfpeek-name"), 0,
                 "%s: no element is called '%s'%s", option, name, nf_text_string (&t));
    nf_text_clear (&t);
    return FALSE;
}
