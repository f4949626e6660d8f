/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of -T summary: exporters, findings, advice. */
#include "advice.h"
#include "columns.h"
#include "show-origin.h"
#include "show-value.h"
#include "summary.h"

#define MAX_ROWS_SHOWN     20
#define MAX_FINDINGS_SHOWN 10

/* The worst first, then who sends most. */
static gint
compare_rows (gconstpointer a, gconstpointer b)
{
    const NfRow *x = *(NfRow *const *)a, *y = *(NfRow *const *)b;
    guint x_rank = nf_tally_judge (&x->tally).rank, y_rank = nf_tally_judge (&y->tally).rank;

    if (x_rank != y_rank)
        return x_rank > y_rank ? -1 : 1;
    return nf_row_compare_messages (x, y);
}

static void
add_counts (NfText *t, const NfSummaryRow *row)
{
    const NfTally *tally = &row->row.tally;

    nf_text_add_uint_right (t, tally->messages, 10);
    nf_text_add_uint_right (t, row->templates, 11);
    nf_text_add_uint_right (t, tally->flows, 11);
    nf_text_add_uint_right (t, tally->options, 9);
    nf_text_add_uint_right (t, tally->undecoded, 11);
    if (nf_version_has (row->row.key.version, NF_HEADER_SEQUENCE))
        nf_text_add_uint_right (t, tally->skipped, 9);
    else
        nf_text_add (t, "        -");
}

static void
add_row (NfShow *show, const NfSummaryRow *summary_row, guint width)
{
    const NfRow *row = &summary_row->row;
    NfText *t = &show->out;
    gsize start;
    NfJudgement judged = nf_tally_judge (&row->tally);

    nf_origin_exporter_column (t, &row->key.exporter, &width);
    nf_text_add (t, "  ");
    start = nf_text_length (t);
    nf_text_add (t, row->key.version ? nf_version_name (row->key.version) : "-");
    nf_column_left (t, start, strlen ("NetFlow v9"));
    if (nf_version_has (row->key.version, NF_HEADER_DOMAIN))
        nf_text_add_uint_right (t, row->key.domain, 12);
    else
        nf_text_add (t, "           -");
    add_counts (t, summary_row);
    nf_text_add (t, "  ");
    if (judged.rank > 0)
        nf_color_severity (show, row->tally.findings[NF_SEVERITY_ERROR] > 0 ? NF_SEVERITY_ERROR
                                                                            : NF_SEVERITY_WARNING);
    nf_text_add (t, judged.word);
    if (judged.rank > 0)
        nf_color_end (show);
    nf_text_add_char (t, '\n');
}

static void
add_others (NfShow *show, const NfTally *others)
{
    NfText *t = &show->out;

    if (others->messages + others->undecoded + others->lost == 0)
        return;
    nf_text_add_format (t, "and in those beyond the first %u, which are not told apart: ", NF_ROWS);
    nf_text_add_count (t, others->messages, "Messages");
    nf_text_add (t, ", ");
    nf_text_add_count (t, others->flows + others->options, "records");
    nf_text_add (t, ", ");
    nf_text_add_count (t, others->undecoded, "undecoded octets");
    nf_text_add_char (t, '\n');
}

/* How wide the exporters' column has to be for the first rows. */
static guint
exporter_width (const GPtrArray *rows)
{
    guint width = strlen ("exporter");
    NfText t = NF_TEXT_INIT;

    for (guint i = 0; i < rows->len && i < MAX_ROWS_SHOWN; i++) {
        nf_text_truncate (&t, 0);
        nf_origin_exporter_column (&t, &((const NfRow *)rows->pdata[i])->key.exporter, &width);
    }
    nf_text_clear (&t);
    return width;
}

static void
add_table (NfShow *show, const NfSummary *s, const GPtrArray *rows)
{
    guint width = exporter_width (rows);
    NfText *t = &show->out;
    gsize start;

    nf_color_bold (show);
    start = nf_text_length (t);
    nf_text_add (t, "exporter");
    nf_column_left (t, start, width);
    nf_text_add (
        t, "  version         domain  Messages  Templates      flows  options  undecoded     lost");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
    for (guint i = 0; i < rows->len && i < MAX_ROWS_SHOWN; i++)
        add_row (show, rows->pdata[i], width);
    if (rows->len > MAX_ROWS_SHOWN)
        nf_text_add_format (t, "and %u more\n", rows->len - MAX_ROWS_SHOWN);
    add_others (show, &s->rows.others->tally);
    if (g_hash_table_size (s->templates) == NF_SUMMARY_TEMPLATES)
        nf_text_add_format (t, "Templates beyond %u are not counted\n", NF_SUMMARY_TEMPLATES);
    nf_text_add_char (t, '\n');
}

static void
add_totals (NfShow *show, const NfSummary *s, const NfSeen *seen, guint n_rows)
{
    NfText *t = &show->out;

    nf_text_add_count (t, seen->messages, "Messages");
    if (n_rows > 1)
        nf_text_add_format (t, " of %u exporters and domains", n_rows);
    nf_origin_period (t, &s->period, seen->messages);
    nf_text_add (t, "\n\n");
}

static gint
compare_groups (gconstpointer a, gconstpointer b)
{
    const NfSummaryGroup *x = *(NfSummaryGroup *const *)a, *y = *(NfSummaryGroup *const *)b;

    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (gint)x->first.id - (gint)y->first.id;
}

static GPtrArray *
sorted_groups (NfSummary *s)
{
    GPtrArray *groups = g_ptr_array_new ();

    for (guint i = 0; i < NF_N_FINDINGS; i++)
        if (s->groups[i].n > 0)
            g_ptr_array_add (groups, &s->groups[i]);
    g_ptr_array_sort (groups, compare_groups);
    return groups;
}

static void
add_place (NfShow *show, const NfSummaryGroup *group)
{
    NfText *t = &show->out;

    if (nf_origin_is_ambiguous (show->options)) {
        nf_origin_file (t, group->file);
        nf_text_add_char (t, ' ');
    }
    nf_origin_place (t, group->packet, group->message);
    nf_text_add_format (t, " octet %u: ", group->first.span.offset);
}

static void
add_group (NfShow *show, const NfSummaryGroup *group)
{
    NfText *t = &show->out;
    gsize start;

    nf_text_add (t, "  ");
    nf_color_severity (show, group->severity);
    start = nf_text_length (t);
    nf_text_add (t, nf_severity_name (group->severity));
    nf_column_left (t, start, strlen ("warning"));
    nf_color_end (show);
    nf_text_add_uint_right (t, group->n, 8);
    nf_text_add (t, "  ");
    start = nf_text_length (t);
    nf_text_add (t, nf_finding_code (group->first.id));
    nf_column_left (t, start, strlen ("template-zero-length"));
    nf_text_add (t, "  ");
    if (!group->is_end)
        add_place (show, group);
    nf_describe_finding (t, show->registry, &group->first, group->version);
    nf_text_add_char (t, '\n');
}

static void
add_groups (NfShow *show, const GPtrArray *groups)
{
    NfText *t = &show->out;

    if (groups->len == 0)
        return;
    nf_color_bold (show);
    nf_text_add (t, "findings     times  code                  first");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
    for (guint i = 0; i < groups->len && i < MAX_FINDINGS_SHOWN; i++)
        add_group (show, groups->pdata[i]);
    if (groups->len > MAX_FINDINGS_SHOWN)
        nf_text_add_format (t, "  and %u more kinds\n", groups->len - MAX_FINDINGS_SHOWN);
    nf_text_add_char (t, '\n');
}

static void
see (NfSeen *seen, const NfTally *row)
{
    seen->messages += row->messages;
    seen->flows += row->flows;
    seen->options += row->options;
    seen->missing += row->missing;
}

static NfSeen
sum_up (const NfSummary *s, const GPtrArray *rows, const GPtrArray *groups)
{
    const NfSummaryGroup *worst = groups->len > 0 ? groups->pdata[0] : NULL;
    NfSeen seen = {.has_findings = worst != NULL};

    for (guint i = 0; i < rows->len; i++)
        see (&seen, &((const NfRow *)rows->pdata[i])->tally);
    see (&seen, &s->rows.others->tally);
    if (worst && worst->severity > NF_SEVERITY_NOTE) {
        seen.trouble_file = worst->file;
        seen.trouble_packet = worst->packet;
    }
    return seen;
}

/* Exporters' counts against what came, where all of that is shown. */
static void
add_exported (NfShow *show, const NfSummary *s)
{
    if (!show->options->filter && show->options->packets->len == 0)
        nf_exported_text (&show->out, s->exported);
}

void
nf_summary_show (NfShow *show, NfSummary *summary)
{
    g_autoptr (GPtrArray) rows = nf_rows_sorted (&summary->rows, compare_rows);
    g_autoptr (GPtrArray) groups = sorted_groups (summary);
    NfSeen seen = sum_up (summary, rows, groups);

    if (rows->len > 0) {
        add_totals (show, summary, &seen, rows->len);
        add_table (show, summary, rows);
        add_exported (show, summary);
        add_groups (show, groups);
        nf_advice (show, &seen);
    } else if (show->options->filter) {
        nf_text_add (&show->out, "there is nothing for which -Y holds\n");
    }
}
