/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --sum NAME[,BY...]: values of NAME added up, a row for each group of values of BY. */
#include "say.h"
#include "sum-reverse.h"
#include "sum-show.h"

/* What stands for the number of records where a name is wanted. */
#define RECORDS "records"

/* So many groups may one record count in: it has two ends, but an element may stand in a Template
 * thousands of times. */
#define MAX_GROUPS_OF_RECORD 64

typedef struct {
    NfSumLayout layout;
    NfSumCounter counter;
    gboolean has_fields_to_group_by; /* some of BY are of the record itself */
    NfSum sum;
    NfSumDoubts doubts;
    /* ---- of the record being added ---- */
    const NfSubject *subject;
    const GPtrArray *fields; /* of NAME, then of each of BY, then of the opposites of those */
    gboolean turned;         /* it is its other direction */
    NfAmount amount;
    guint n_groups;
} Sum;

/* ---- names ---- */

static gboolean
set_name (Sum *s, const NfRegistry *registry, const char *name, GError **error)
{
    NfSort sort;

    s->layout.name.name = name;
    s->layout.counts = strcmp (name, RECORDS) == 0;
    if (s->layout.counts)
        return TRUE;
    if (!nf_show_find_name (&s->layout.name.operand, registry, "--sum", name, error))
        return FALSE;
    sort = s->layout.name.operand.sort;
    s->layout.with_fraction = sort == NF_SORT_FLOAT;
    s->counter = nf_sum_counter (&s->layout.name.operand, registry);
    return sort == NF_SORT_NUMBER || sort == NF_SORT_FLOAT ||
           nf_refuse (error, "--sum: %s is %s: only numbers can be added up", name,
                      nf_sort_name (sort));
}

static gboolean
add_by (Sum *s, const NfRegistry *registry, const char *name, GError **error)
{
    NfSumColumn *by = &s->layout.by[s->layout.n_by];

    if (s->layout.n_by == NF_SUM_BY)
        return nf_refuse (error, "--sum: more than %u names to group by", NF_SUM_BY);
    for (guint i = 0; i < s->layout.n_by; i++)
        if (strcmp (s->layout.by[i].name, name) == 0)
            return nf_refuse (error, "--sum: %s stands there twice", name);
    if (strcmp (s->layout.name.name, name) == 0)
        return nf_refuse (error, "--sum: %s stands there twice", name);
    by->name = name;
    s->layout.n_by++;
    if (!nf_show_find_name (&by->operand, registry, "--sum", name, error))
        return FALSE;
    by->has_opposite = nf_sum_opposite (&by->opposite, registry, &by->operand);
    s->has_fields_to_group_by |= by->operand.stage == NF_STAGE_RECORD;
    return TRUE;
}

static void
sum_free (Sum *s)
{
    nf_sum_clear (&s->sum);
    g_free (s);
}

/* The fields of a binding for each name. */
static gpointer
extend_plan (NfPlan *plan, gpointer data)
{
    Sum *s = data;
    GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);

    g_ptr_array_add (fields, s->layout.counts
                                 ? NULL
                                 : nf_operand_fields (&s->layout.name.operand, plan->binding));
    for (guint i = 0; i < s->layout.n_by; i++)
        g_ptr_array_add (fields, nf_operand_fields (&s->layout.by[i].operand, plan->binding));
    for (guint i = 0; i < s->layout.n_by; i++)
        g_ptr_array_add (fields, nf_operand_fields (&s->layout.by[i].opposite, plan->binding));
    return fields;
}

static gpointer
sum_open (NfShow *show, GError **error)
{
    const GPtrArray *names = show->options->sum;
    Sum *s = g_new0 (Sum, 1);
    gboolean good;

    nf_sum_init (&s->sum, show->options->bounds.max_groups);
    good = set_name (s, show->registry, names->pdata[0], error);
    for (guint i = 1; good && i < names->len; i++)
        good = add_by (s, show->registry, names->pdata[i], error);
    if (good) {
        nf_plans_extend (show->plans, extend_plan, s, (GDestroyNotify)g_ptr_array_unref);
        return s;
    }
    sum_free (s);
    return NULL;
}

/* ---- records ---- */

/* The groups being looked for, from one of BY on. */
typedef struct {
    Sum *s;
    guint by;
    gboolean any; /* the record has a value */
} Level;

static gboolean
add_amount (const NfValue *value, gpointer data)
{
    Level *level = data;

    level->any |= nf_amount_add_value (&level->s->amount, value);
    return FALSE;
}

static gboolean add_groups (Sum *s, guint by);

static gboolean
add_group (const NfValue *value, gpointer data)
{
    Level *level = data;
    Sum *s = level->s;
    guint length = nf_sum_push (&s->sum, value);
    gboolean enough = add_groups (s, level->by + 1);

    nf_sum_pop (&s->sum, length);
    level->any = TRUE;
    return enough;
}

/* Adds the record to each group that the values of BY from `by` on make, behind those in the key.
 * Returns whether it is in as many as it may be. */
static gboolean
add_groups (Sum *s, guint by)
{
    const NfSumColumn *column = &s->layout.by[by];
    Level level = {.s = s, .by = by};

    if (by == s->layout.n_by) {
        nf_sum_add (&s->sum, &s->amount);
        return ++s->n_groups == MAX_GROUPS_OF_RECORD;
    }
    if ((!s->turned || column->has_opposite) &&
        nf_operand_each (s->turned ? &column->opposite : &column->operand,
                         s->fields->pdata[1 + by + (s->turned ? s->layout.n_by : 0)], s->subject,
                         add_group, &level))
        return TRUE;
    return !level.any && add_group (NULL, &level);
}

static gboolean
is_enough (const NfValue *value, gpointer data)
{
    (void)value;
    (void)data;
    return TRUE;
}

/* Options data is counted where it has something of its own to be grouped by: it has no protocol.
 */
static gboolean
is_counted (const Sum *s)
{
    if (!s->subject->tmpl->options || !s->has_fields_to_group_by)
        return TRUE;
    for (guint i = 0; i < s->layout.n_by; i++)
        if (s->layout.by[i].operand.stage == NF_STAGE_RECORD &&
            nf_operand_each (&s->layout.by[i].operand, s->fields->pdata[i + 1], s->subject,
                             is_enough, NULL))
            return TRUE;
    return FALSE;
}

/* The element that NAME of the record is read from, or NULL. */
static const NfElement *
summed_element (const Sum *s)
{
    const NfRecord *r = s->subject->record;
    gint field = s->counter.is_common ? nf_flow_field (r, s->counter.part)
                                      : *(const gint *)s->fields->pdata[0];

    return field < 0 ? NULL : r->event->binding->fields[field].element;
}

/* The amount of the other direction, if the record has one that counts. */
static gboolean
read_reverse (Sum *s, const NfElement *element, NfAmount *amount)
{
    const NfRecord *r = s->subject->record;
    guint64 uncounted;
    NfValue value;

    *amount = (NfAmount){.plus = 0};
    if (!s->counter.is_counter)
        return FALSE;
    if (s->counter.is_common && nf_sum_reverse (r, &s->counter, element, &value))
        return nf_amount_add_value (amount, &value);
    s->doubts.reverse +=
        element && nf_flow_number (r, s->counter.reverse, &uncounted) && uncounted > 0;
    return FALSE;
}

static void
note_doubts (Sum *s, const NfElement *element, gboolean scales)
{
    const NfRecord *r = s->subject->record;

    if (!element || r->event->binding->tmpl->options)
        return;
    if (strcmp (element->semantics, "totalCounter") == 0) {
        s->doubts.totals++;
        s->doubts.total = element;
    }
    if (scales && g_str_has_suffix (element->semantics, "Counter")) {
        s->doubts.unscaled += r->scale == 0;
        s->doubts.scales |= r->scale > 0;
    }
}

/* Adds the record, if it has an amount, and its other direction with its ends exchanged. */
static void
add_record (Sum *s, gboolean has_amount, const NfAmount *reverse)
{
    s->n_groups = 0;
    s->turned = FALSE;
    nf_sum_begin_record (&s->sum, &s->amount);
    if (has_amount)
        add_groups (s, 0);
    if (!reverse)
        return;
    s->n_groups = 0;
    s->turned = TRUE;
    s->amount = *reverse;
    nf_sum_turn_record (&s->sum, &s->amount);
    add_groups (s, 0);
}

static void
sum_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Sum *s = self;
    Level level = {.s = s};
    NfAmount reverse;
    gboolean has_reverse;

    if (event->type != NF_EVENT_RECORD)
        return;

    NfRecord record = nf_show_record (show, event);
    NfSubject subject = nf_show_subject (show, &record);

    s->subject = &subject;
    s->fields = nf_show_plan (show, event)->extra;
    s->amount = (NfAmount){.plus = s->layout.counts ? 1 : 0};
    if (s->layout.counts) {
        if (is_counted (s))
            add_record (s, TRUE, NULL);
        return;
    }
    nf_operand_each (&s->layout.name.operand, s->fields->pdata[0], &subject, add_amount, &level);

    const NfElement *element = summed_element (s);

    has_reverse = read_reverse (s, element, &reverse);
    if (!level.any && !has_reverse)
        return;
    note_doubts (s, element, show->options->scale);
    add_record (s, level.any, has_reverse ? &reverse : NULL);
}

static void
sum_nothing (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
sum_now (NfShow *show, gpointer self)
{
    const Sum *s = self;

    nf_sum_show (show, &s->layout, &s->sum);
}

static void
sum_close (NfShow *show, gpointer self)
{
    Sum *s = self;

    sum_now (show, s);
    if (!show->options->quiet && !show->is_abandoned)
        nf_sum_say (&s->layout, &s->sum, &s->doubts);
    nf_plans_extend (show->plans, NULL, NULL, NULL);
    sum_free (s);
}

const NfView nf_view_sum = {
    .name = "sum",
    .open = sum_open,
    .start = sum_nothing,
    .event = sum_event,
    .end = sum_nothing,
    .close = sum_close,
    .now = sum_now,
};
