/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T summary: one screen that tells whether anything is coming, from whom, whether it can be
 * decoded, what is wrong, and what to type next.
 */
#include "summary.h"

static gpointer
summary_open (NfShow *show, GError **error)
{
    NfSummary *s = g_new0 (NfSummary, 1);

    (void)show;
    (void)error;
    nf_rows_init (&s->rows, sizeof (NfSummaryRow));
    s->templates = g_hash_table_new (g_direct_hash, g_direct_equal);
    s->exported = nf_exported_new ();
    return s;
}

static void
summary_start (NfShow *show, gpointer self)
{
    NfSummary *s = self;

    nf_rows_start (&s->rows);
    nf_period_note (&s->period, show->datagram);
}

static void
count_template (NfSummary *s, NfSummaryRow *row, guint16 id)
{
    gpointer key = GUINT_TO_POINTER (row->row.index << 16 | id);

    if (&row->row != s->rows.others && g_hash_table_size (s->templates) < NF_SUMMARY_TEMPLATES)
        row->templates += g_hash_table_add (s->templates, key) ? 1 : 0;
}

/* A Set that a live source held back was said to lack its Template when it came. */
static void
count_set (NfShow *show, NfSummary *s)
{
    NfSummaryGroup *missing = &s->groups[NF_FINDING_TEMPLATE_MISSING];

    if (show->held && show->is_set_again && missing->n > 0)
        missing->n--;
}

static void
count_finding (NfShow *show, NfSummary *s, const NfFinding *finding)
{
    NfSummaryGroup *group = &s->groups[finding->id];

    group->severity = show->options->severities.of[finding->id];
    if (show->is_back) {
        group->n--;
        return;
    }
    if (group->n++ > 0)
        return;
    group->first = *finding;
    g_free (group->file); /* of one that is taken back */
    group->file = g_strdup (show->file);
    group->packet = show->datagram->packet;
    group->message = show->datagram->message;
    group->version = show->message ? show->message->version : 0;
    group->is_end = show->is_end;
}

static void
summary_event (NfShow *show, gpointer self, const NfEvent *event)
{
    NfSummary *s = self;
    NfSummaryRow *row = nf_rows_event (&s->rows, show, event);

    nf_exported_note (s->exported, show, event);
    switch (event->type) {
    case NF_EVENT_SET:
        count_set (show, s);
        return;
    case NF_EVENT_TEMPLATE:
        count_template (s, row, event->binding->tmpl->id);
        return;
    case NF_EVENT_FINDING:
        count_finding (show, s, &event->finding);
        return;
    default:
        return;
    }
}

static void
summary_end (NfShow *show, gpointer self)
{
    NfSummary *s = self;
    NfSummaryGroup *gaps = show->track.filled ? &s->groups[show->track.filled_finding] : NULL;

    nf_rows_end (&s->rows, show);
    if (gaps && gaps->n > 0) /* it was none: what was missing has come */
        gaps->n--;
}

static void
free_summary (NfSummary *s)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        g_free (s->groups[i].file);
    nf_rows_clear (&s->rows);
    g_hash_table_unref (s->templates);
    nf_exported_free (s->exported);
    g_free (s);
}

static void
summary_now (NfShow *show, gpointer self)
{
    nf_summary_show (show, self);
}

static void
summary_close (NfShow *show, gpointer self)
{
    summary_now (show, self);
    free_summary (self);
}

const NfView nf_view_summary = {
    .name = "summary",
    .joins = TRUE,
    .shows_findings = TRUE,
    .open = summary_open,
    .start = summary_start,
    .event = summary_event,
    .end = summary_end,
    .close = summary_close,
    .now = summary_now,
};
