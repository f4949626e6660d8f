/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sums as a table, or as rows. */
#include "sum-show.h"

#include "cell.h"
#include "columns.h"
#include "json.h"
#include "printable.h"
#include "say.h"

#include "common/describe.h"

#include <math.h>

#define RECORDS_TITLE "records"
#define SHARE_WIDTH   6         /* "100.0%" */
#define NO_ROOM       "no room" /* for groups: the longest label in place of a value */

/* What is being shown. */
typedef struct {
    NfShow *show;
    const NfSumLayout *layout;
    const NfSum *sum;
    NfText cell;
    NfText safe;
    guint by_width[NF_SUM_BY];
    guint amount_width, records_width;
} Table;

/* ---- a table to read ---- */

/* "6 (TCP)", as a terminal may have it; "-" where there is nothing. In `safe`. */
static void
write_by (Table *table, const NfSumColumn *by, const NfValue *value)
{
    NfDescriber d = {.registry = table->show->registry, .numeric = table->show->options->numeric};

    nf_text_truncate (&table->cell, 0);
    nf_text_truncate (&table->safe, 0);
    if (by->operand.meaning)
        nf_describe_alone (&table->cell, &d, by->operand.meaning, value);
    else
        nf_value_text (&table->cell, value);
    nf_show_safe (&table->safe, table->cell.start, nf_text_length (&table->cell));
    if (nf_text_length (&table->safe) == 0)
        nf_text_add_char (&table->safe, '-');
}

static void
add_amount (NfText *t, const Table *table, const NfAmount *amount)
{
    NfValue value = nf_amount_value (amount, table->layout->with_fraction);

    nf_value_text (t, &value);
}

static guint
width_of (const NfText *t)
{
    return nf_column_width (t->start, nf_text_length (t));
}

static guint
amount_width (Table *table, const NfAmount *amount)
{
    nf_text_truncate (&table->cell, 0);
    add_amount (&table->cell, table, amount);
    return width_of (&table->cell);
}

/* How wide the columns are: as their titles, or what is widest below them. */
static void
measure (Table *table, const GPtrArray *groups, guint n)
{
    const NfSumLayout *l = table->layout;
    NfValue values[NF_SUM_BY];

    for (guint i = 0; i < l->n_by; i++)
        table->by_width[i] = (guint)strlen (l->by[i].name);
    if (l->n_by > 0)
        table->by_width[0] = MAX (table->by_width[0], (guint)strlen (NO_ROOM));
    table->amount_width =
        MAX ((guint)strlen (l->name.name), amount_width (table, &table->sum->total));
    table->records_width = MAX ((guint)strlen (RECORDS_TITLE), 10);
    for (guint g = 0; g < n; g++) {
        const NfGroup *group = groups->pdata[g];

        nf_group_values (group, values, l->n_by);
        for (guint i = 0; i < l->n_by; i++) {
            write_by (table, &l->by[i], &values[i]);
            table->by_width[i] = MAX (table->by_width[i], width_of (&table->safe));
        }
        table->amount_width =
            MAX (table->amount_width, amount_width (table, &group->summed.amount));
    }
}

static void
add_left (NfText *t, const char *text, gsize length, guint width)
{
    gsize start = nf_text_length (t);

    nf_text_add_octets (t, text, length);
    nf_column_left (t, start, width);
    nf_text_add (t, "  ");
}

static void
add_share (Table *table, const NfAmount *amount)
{
    const gboolean f = table->layout->with_fraction;
    NfValue part = nf_amount_value (amount, f);
    NfValue whole = nf_amount_value (&table->sum->total, f);
    NfText *t = &table->show->out;
    gsize start = nf_text_length (t);
    gdouble divisor = nf_value_double (&whole);

    if (divisor > 0 && isfinite (divisor)) /* floats may be anything */
        nf_text_add_format (t, "%.1f%%", 100 * nf_value_double (&part) / divisor);
    else
        nf_text_add_char (t, '-');
    nf_column_right (t, start, SHARE_WIDTH);
}

/* The columns behind those of BY. */
static void
add_numbers (Table *table, const NfAmount *amount, guint64 records)
{
    NfText *t = &table->show->out;
    gsize start = nf_text_length (t);

    add_amount (t, table, amount);
    nf_column_right (t, start, table->amount_width);
    if (table->layout->n_by > 0) {
        nf_text_add (t, "  ");
        add_share (table, amount);
    }
    if (!table->layout->counts)
        nf_text_add_uint_right (t, records, table->records_width + 2);
    nf_text_add_char (t, '\n');
}

static void
add_titles (Table *table)
{
    const NfSumLayout *l = table->layout;
    NfText *t = &table->show->out;
    gsize start;

    nf_color_bold (table->show);
    for (guint i = 0; i < l->n_by; i++)
        add_left (t, l->by[i].name, strlen (l->by[i].name), table->by_width[i]);
    start = nf_text_length (t);
    nf_text_add (t, l->name.name);
    nf_column_right (t, start, table->amount_width);
    if (l->n_by > 0)
        nf_text_add (t, "   share");
    if (!l->counts) {
        start = nf_text_length (t);
        nf_text_add (t, RECORDS_TITLE);
        nf_column_right (t, start, table->records_width + 2);
    }
    nf_color_end (table->show);
    nf_text_add_char (t, '\n');
}

static void
add_group (Table *table, const NfGroup *group)
{
    const NfSumLayout *l = table->layout;
    NfValue values[NF_SUM_BY];

    nf_group_values (group, values, l->n_by);
    for (guint i = 0; i < l->n_by; i++) {
        write_by (table, &l->by[i], &values[i]);
        add_left (&table->show->out, table->safe.start, nf_text_length (&table->safe),
                  table->by_width[i]);
    }
    add_numbers (table, &group->summed.amount, group->summed.records);
}

/* A row that is of no group. */
static void
add_other (Table *table, const char *label, const NfAmount *amount, guint64 records)
{
    for (guint i = 0; i < table->layout->n_by; i++)
        add_left (&table->show->out, i ? "" : label, i ? 0 : strlen (label), table->by_width[i]);
    add_numbers (table, amount, records);
}

static void
show_table (Table *table, const GPtrArray *groups, guint n)
{
    const NfSum *sum = table->sum;
    NfText *t = &table->show->out;

    if (sum->n_records == 0) {
        nf_text_add_format (t, "no record has %s\n", table->layout->name.name);
        return;
    }
    measure (table, groups, n);
    add_titles (table);
    if (table->layout->n_by > 0) {
        for (guint i = 0; i < n; i++)
            add_group (table, groups->pdata[i]);
        if (n < groups->len)
            nf_text_add_format (t, "and %u more\n", groups->len - n);
        if (sum->beyond.records > 0)
            add_other (table, NO_ROOM, &sum->beyond.amount, sum->beyond.records);
    }
    add_other (table, "total", &sum->total, sum->n_records);
}

/* ---- rows for programs ---- */

static void
show_csv (Table *table, const GPtrArray *groups, guint n)
{
    const NfSumLayout *l = table->layout;
    NfShow *show = table->show;
    NfValue values[NF_SUM_BY];

    for (guint i = 0; i <= l->n_by; i++) {
        nf_text_add (&table->cell, i < l->n_by ? l->by[i].name : l->name.name);
        nf_cell_add (show, &table->cell);
        if (i < l->n_by)
            nf_text_add_char (&show->out, ',');
    }
    nf_text_add (&show->out, l->counts ? "\n" : "," RECORDS_TITLE "\n");
    for (guint g = 0; g < n; g++) {
        const NfGroup *group = groups->pdata[g];

        nf_group_values (group, values, l->n_by);
        for (guint i = 0; i < l->n_by; i++) {
            nf_value_text (&table->cell, &values[i]);
            nf_cell_add (show, &table->cell);
            nf_text_add_char (&show->out, ',');
        }
        add_amount (&show->out, table, &group->summed.amount);
        if (!l->counts)
            nf_text_add_format (&show->out, ",%" G_GUINT64_FORMAT, group->summed.records);
        nf_text_add_char (&show->out, '\n');
    }
}

/* Appends ,"name": and a value; nothing where there is none. */
static void
add_member (NfShow *show, const char *name, const NfValue *value)
{
    if (value->kind == NF_VALUE_NONE)
        return;
    nf_text_add_char (&show->out, ',');
    nf_json_string (&show->out, (const guint8 *)name, strlen (name));
    nf_text_add_char (&show->out, ':');
    nf_json_value (&show->out, value, show->options->big_as_string);
}

static void
show_jsonl (Table *table, const GPtrArray *groups, guint n)
{
    const NfSumLayout *l = table->layout;
    NfShow *show = table->show;
    NfValue values[NF_SUM_BY];

    for (guint g = 0; g < n; g++) {
        const NfGroup *group = groups->pdata[g];
        NfValue amount = nf_amount_value (&group->summed.amount, l->with_fraction);
        NfValue records = {.kind = NF_VALUE_UNSIGNED, .u = group->summed.records};
        gsize start = nf_text_length (&show->out);

        nf_group_values (group, values, l->n_by);
        for (guint i = 0; i < l->n_by; i++)
            add_member (show, l->by[i].name, &values[i]);
        add_member (show, l->name.name, &amount);
        if (!l->counts)
            add_member (show, RECORDS_TITLE, &records);
        show->out.start[start] = '{'; /* in place of the first comma */
        nf_text_add (&show->out, "}\n");
    }
}

/* ---- all of it ---- */

static void
say_doubts (const NfSumLayout *layout, const NfSumDoubts *doubts)
{
    const char *name = layout->name.name;
    NfText t = NF_TEXT_INIT;

    if (doubts->totals > 0) {
        nf_text_add_count (&t, doubts->totals, "records");
        nf_say (NULL,
                "--sum: %s with %s since the start of the flow (%s): one that was reported "
                "again counts again",
                nf_text_string (&t), name, doubts->total->name);
    }
    nf_text_truncate (&t, 0);
    if (doubts->reverse > 0) {
        nf_text_add_count (&t, doubts->reverse, "records");
        nf_say (NULL, "--sum: %s with a reverse direction that is not counted in %s",
                nf_text_string (&t), name);
    }
    nf_text_truncate (&t, 0);
    if (doubts->unscaled > 0 && doubts->scales) {
        nf_text_add_count (&t, doubts->unscaled, "records");
        nf_say (NULL, "--scale: %s without a sampling rate, not multiplied", nf_text_string (&t));
    }
    nf_text_clear (&t);
}

/* What the numbers do not say. */
static void
say_limits (const NfSumLayout *layout, const NfSum *sum)
{
    NfText t = NF_TEXT_INIT;

    nf_text_add_count (&t, g_hash_table_size (sum->groups), "groups");
    nf_text_add (&t, ", and so others lack ");
    nf_text_add_count (&t, sum->beyond.records, "records");
    if (sum->beyond.records > 0)
        nf_say (NULL, "--sum: there is room for %s", nf_text_string (&t));
    nf_text_clear (&t);
    if (nf_amount_is_full (&sum->total))
        nf_say (NULL, "--sum: %s adds up to more than 2^64", layout->name.name);
}

void
nf_sum_say (const NfSumLayout *layout, const NfSum *sum, const NfSumDoubts *doubts)
{
    say_limits (layout, sum);
    say_doubts (layout, doubts);
}

void
nf_sum_show (NfShow *show, const NfSumLayout *layout, const NfSum *sum)
{
    static const struct {
        const char *view; /* of -T, or NULL */
        void (*show) (Table *table, const GPtrArray *groups, guint n);
    } forms[] = {
        {NULL, show_table}, {"csv", show_csv}, {"jsonl", show_jsonl}, {"json", show_jsonl}};
    g_autoptr (GPtrArray) groups = nf_sum_sorted (sum, layout->n_by, layout->with_fraction);
    guint64 wanted = show->options->rows ? show->options->rows : groups->len;
    Table table = {.show = show, .layout = layout, .sum = sum};

    for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        if (g_strcmp0 (forms[i].view, show->options->view) == 0)
            forms[i].show (&table, groups, (guint)MIN (wanted, groups->len));
    nf_text_clear (&table.cell);
    nf_text_clear (&table.safe);
}
