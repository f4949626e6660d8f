/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Data Records that match the record filter. */
#include "match.h"

static NfFilter *filter; /* NULL: there is none */
static char *applied;    /* the expression it is of, or that was none */

/* Wireshark remembers for each kind of subtree whether it is open: those of what matches begin so,
 * other records closed. */
static void
open_matches (void)
{
    tree_expanded_set (nfp_subtree.message_match, TRUE);
    tree_expanded_set (nfp_subtree.set_match, TRUE);
    tree_expanded_set (nfp_subtree.record_match, TRUE);
    tree_expanded_set (nfp_subtree.record, FALSE);
}

void
nfp_match_apply (NfRegistry *registry, const char *expression)
{
    g_autoptr (GError) error = NULL;

    if (g_strcmp0 (expression, applied) == 0)
        return;
    g_free (applied);
    applied = g_strdup (expression);
    g_clear_pointer (&filter, nf_filter_free);
    if (!expression || *expression == '\0')
        return;
    filter = nf_filter_new (registry, expression, NULL, &error);
    if (filter)
        open_matches ();
    else
        report_failure ("nfpeek: record filter: %s", error->message);
}

void
nfp_match_forget (void)
{
    if (filter)
        nf_filter_forget (filter);
}

gboolean
nfp_match_is_wanted (const NfpTree *tree)
{
    return filter && (tree->visible || nfp_is_asked_for (nfp_field.match));
}

void
nfp_match_record (NfpTree *tree, proto_item *item, const NfRecord *record)
{
    NfSubject subject = {.datagram = tree->datagram,
                         .message = tree->message,
                         .tmpl = record->event->binding->tmpl,
                         .record = record,
                         .is_nested = TRUE};
    NfSpan span = record->event->span;
    proto_tree *t;

    if (nf_filter_judge (filter, &subject, NF_STAGE_RECORD) != NF_VERDICT_YES)
        return;
    tree->tree =
        proto_item_add_subtree (proto_tree_get_parent (tree->tree), nfp_subtree.message_match);
    tree->set = proto_item_add_subtree (proto_tree_get_parent (tree->set), nfp_subtree.set_match);
    t = proto_item_add_subtree (item, nfp_subtree.record_match);
    if (tree->visible)
        proto_item_append_text (item, " [match]");
    nfp_mark_generated (proto_tree_add_boolean (t, nfp_field.match, tree->tvb, (gint)span.offset,
                                                (gint)span.length, TRUE));
}
