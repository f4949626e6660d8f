/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T summary: one screen that tells whether anything is coming, from whom, whether it can be
 * decoded, what is wrong, and what to type next.
 */
#include "hash.h"
#include "summary.h"

static guint
row_hash (gconstpointer data)
{
    const NfSummaryRow *row = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash (&row->exporter));
    nf_hash_add (&hash, (guint64)row->version << 32 | row->domain);
    return nf_hash_end (&hash);
}

static gboolean
row_equal (gconstpointer a, gconstpointer b)
{
    const NfSummaryRow *x = a, *y = b;

    return x->domain == y->domain && x->version == y->version &&
           nf_endpoint_equal (&x->exporter, &y->exporter);
}

static gpointer
summary_open (NfShow *show, GError **error)
{
    NfSummary *s = g_new0 (NfSummary, 1);

    (void)show;
    (void)error;
    s->rows = g_hash_table_new_full (row_hash, row_equal, g_free, NULL);
    s->templates = g_hash_table_new (g_direct_hash, g_direct_equal);
    s->exported = nf_exported_new ();
    return s;
}

static void
summary_start (NfShow *show, gpointer self)
{
    NfSummary *s = self;

    s->row = NULL;
    nf_period_note (&s->period, show->datagram);
}

static NfSummaryRow *
find_row (NfShow *show, NfSummary *s)
{
    const NfMessage *message = show->message;
    NfSummaryRow key = {.exporter = show->datagram->exporter,
                        .domain = message ? message->domain : 0,
                        .version = message ? message->version : 0,
                        .index = g_hash_table_size (s->rows)};
    NfSummaryRow *row = g_hash_table_lookup (s->rows, &key);

    if (row)
        return row;
    if (key.index >= NF_SUMMARY_ROWS)
        return &s->others;
    row = g_memdup2 (&key, sizeof key);
    g_hash_table_add (s->rows, row);
    return row;
}

/* The row of the Message at hand, which is known from its first event on. */
static NfSummaryRow *
row_of (NfShow *show, NfSummary *s)
{
    if (!s->row)
        s->row = find_row (show, s);
    return s->row;
}

static void
count_template (NfSummary *s, NfSummaryRow *row, guint16 id)
{
    gpointer key = GUINT_TO_POINTER (row->index << 16 | id);

    if (row != &s->others && g_hash_table_size (s->templates) < NF_SUMMARY_TEMPLATES)
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
    if (group->n++ > 0 || group->file)
        return;
    group->first = *finding;
    group->file = g_strdup (show->file);
    group->packet = show->datagram->packet;
    group->message = show->datagram->message;
    group->is_end = show->is_end;
}

static void
summary_event (NfShow *show, gpointer self, const NfEvent *event)
{
    NfSummary *s = self;
    NfSummaryRow *row = row_of (show, s);

    nf_exported_note (s->exported, show, event);
    nf_tally_event (&row->tally, show, event);
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
    nf_tally_end (&row_of (show, self)->tally, show);
}

static void
free_summary (NfSummary *s)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        g_free (s->groups[i].file);
    g_hash_table_unref (s->rows);
    g_hash_table_unref (s->templates);
    nf_exported_free (s->exported);
    g_free (s);
}

static void
summary_close (NfShow *show, gpointer self)
{
    nf_summary_show (show, self);
    free_summary (self);
}

const NfView nf_view_summary = {
    .name = "summary",
    .help = "who sends, what is wrong, what to type next",
    .shows_findings = TRUE,
    .open = summary_open,
    .start = summary_start,
    .event = summary_event,
    .end = summary_end,
    .close = summary_close,
};
