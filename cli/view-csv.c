/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T csv -e NAME...: chosen columns of Data Records (RFC 4180). */
#include "cell.h"
#include "json-flat.h"

typedef struct {
    const char *name; /* as the user wrote it; borrowed from the options */
    NfOperand operand;
} Column;

typedef struct {
    GArray *columns;
    gboolean has_record_columns; /* some are of the record itself */
    guint n_sampling;            /* so many are of its sampling rate */
    NfText value;                /* of one cell, before it is quoted */
} Csv;

static const char *const default_names[] = {"start", "end",   "src",     "dst",   "sport",
                                            "dport", "proto", "packets", "octets"};

static gboolean
add_column (Csv *csv, const NfRegistry *registry, const char *name, GError **error)
{
    Column column = {.name = name};

    if (!nf_show_find_name (&column.operand, registry, "-e", name, error))
        return FALSE;
    csv->has_record_columns |= column.operand.stage == NF_STAGE_RECORD;
    csv->n_sampling +=
        column.operand.is_announced && (column.operand.announced == NF_DERIVED_SAMPLING_RATE ||
                                        column.operand.announced == NF_DERIVED_SAMPLING_SOURCE);
    g_array_append_val (csv->columns, column);
    return TRUE;
}

/* Where the records of a binding have the value of a column. */
typedef struct {
    gint *candidates; /* the fields that it may come from; owned */
    NfSimple simple;  /* it is the first of these, whatever the record, and is written at once */
} Place;

typedef struct {
    GArray *of_columns;  /* of Place */
    gboolean are_simple; /* all of them */
} Places;

static void
clear_place (gpointer place)
{
    g_free (((Place *)place)->candidates);
}

static gpointer
extend_plan (NfPlan *plan, gpointer data)
{
    Csv *csv = data;
    Places *places = g_new (Places, 1);

    *places = (Places){g_array_new (FALSE, FALSE, sizeof (Place)), TRUE};
    g_array_set_clear_func (places->of_columns, clear_place);
    for (guint i = 0; i < csv->columns->len; i++) {
        const NfOperand *operand = &g_array_index (csv->columns, Column, i).operand;
        Place place = {.candidates = nf_operand_fields (operand, plan->binding)};

        if (nf_operand_is_field (operand, place.candidates, plan->binding))
            place.simple = plan->fields[*place.candidates].simple;
        places->are_simple &= place.simple != NF_SIMPLE_NOT;
        g_array_append_val (places->of_columns, place);
    }
    return places;
}

static void
free_places (gpointer places)
{
    g_array_unref (((Places *)places)->of_columns);
    g_free (places);
}

static void
csv_free (Csv *csv)
{
    g_array_unref (csv->columns);
    nf_text_clear (&csv->value);
    g_free (csv);
}

/* The line with the columns' names. */
static void
csv_head (NfShow *show, gpointer self)
{
    Csv *csv = self;

    for (guint i = 0; i < csv->columns->len; i++) {
        if (i > 0)
            nf_text_add_char (&show->out, ',');
        nf_text_add (&csv->value, g_array_index (csv->columns, Column, i).name);
        nf_cell_add (show, &csv->value);
    }
    nf_text_add_char (&show->out, '\n');
}

static gpointer
csv_open (NfShow *show, GError **error)
{
    Csv *csv = g_new0 (Csv, 1);
    const GPtrArray *fields = show->options->fields;
    guint n = fields->len ? fields->len : G_N_ELEMENTS (default_names);

    csv->columns = g_array_new (FALSE, FALSE, sizeof (Column));
    for (guint i = 0; i < n; i++) {
        if (!add_column (csv, show->registry, fields->len ? fields->pdata[i] : default_names[i],
                         error)) {
            csv_free (csv);
            return NULL;
        }
    }
    nf_plans_extend (show->plans, extend_plan, csv, free_places);
    csv_head (show, csv);
    return csv;
}

/* What goes into a cell. */
typedef struct {
    NfText *text;
    guint n; /* values in it; they may be empty text */
} Cell;

/* A value behind those already in the cell. */
static gboolean
add_value (const NfValue *value, gpointer data)
{
    Cell *cell = data;

    if (cell->n++ > 0)
        nf_text_add_char (cell->text, ';');
    nf_value_text (cell->text, value);
    return FALSE;
}

/* The lists (RFC 6313) of an element, as JSON. */
static void
add_lists (NfText *t, NfShow *show, const NfRecord *r, const gint *fields)
{
    for (; *fields >= 0; fields++) {
        if (nf_text_length (t) > 0)
            nf_text_add_char (t, ';');
        nf_json_flat_list (t, show, r, (guint)*fields);
    }
}

static void
add_simple (NfText *t, const NfRecord *r, const Place *place)
{
    NfSpan span = nf_event_field (r->event, (guint)*place->candidates);

    t->at = nf_put_simple (nf_text_room (t, NF_ROOM_FOR_SIMPLE), place->simple,
                           nf_span_octets (r->octets, span), span.length);
}

/* Returns whether the record has something of the column. */
static gboolean
add_cell (NfShow *show, Csv *csv, const NfOperand *operand, const Place *place,
          const NfSubject *subject)
{
    Cell cell = {.text = &csv->value};
    gboolean has_any;

    if (place->simple && subject->record->scale <= 1) {
        add_simple (&show->out, subject->record, place);
        return TRUE;
    }
    if (operand->element && nf_type_is_list ((NfType)operand->element->type))
        add_lists (&csv->value, show, subject->record, place->candidates);
    else
        nf_operand_each (operand, place->candidates, subject, add_value, &cell);
    has_any = *place->candidates >= 0 || (operand->stage == NF_STAGE_RECORD && cell.n > 0);
    nf_cell_add (show, &csv->value);
    return has_any;
}

/* A line a record that has at least one of the chosen elements: an interface's name is no flow. */
static void
add_line (NfShow *show, Csv *csv, const GArray *places, const NfSubject *subject)
{
    gsize start = nf_text_length (&show->out);
    gboolean has_any = !csv->has_record_columns;

    for (guint i = 0; i < csv->columns->len; i++) {
        if (i > 0)
            nf_text_add_char (&show->out, ',');
        has_any |= add_cell (show, csv, &g_array_index (csv->columns, Column, i).operand,
                             &g_array_index (places, Place, i), subject);
    }
    nf_text_add_char (&show->out, '\n');
    if (!has_any)
        nf_text_truncate (&show->out, start);
}

/* The lines of records whose columns are all simple. */
static void
add_simple_lines (NfText *t, const NfRecord *first, const GArray *places)
{
    const Place *of_columns = (const Place *)(const void *)places->data;

    for (guint i = 0; i < first->event->count; i++) {
        NfEvent each = nf_event_record (first->event, i);
        char *at = nf_text_room (t, places->len * (NF_ROOM_FOR_SIMPLE + 1));

        for (guint column = 0; column < places->len; column++) {
            const Place *place = &of_columns[column];
            NfSpan span = nf_event_field (&each, (guint)*place->candidates);

            at = nf_put_simple (at, place->simple, nf_span_octets (first->octets, span),
                                span.length);
            *at++ = ',';
        }
        at[-1] = '\n';
        t->at = at;
    }
}

static void
csv_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Csv *csv = self;
    NfEvent each = *event;

    if (event->type != NF_EVENT_RECORD)
        return;

    const Places *places = nf_show_plan (show, event)->extra;
    NfRecord record = nf_show_raw_record (show, &each);
    NfSubject subject = nf_show_subject (show, &record);

    if (!show->options->scale && places->are_simple) {
        record.event = event;
        add_simple_lines (&show->out, &record, places->of_columns);
        return;
    }
    for (guint i = 0; i < event->count; i++) {
        each = nf_event_record (event, i);
        nf_show_begin_record (show, &record);
        if (csv->n_sampling > 1)
            nf_record_note_sampling (&record);
        add_line (show, csv, places->of_columns, &subject);
    }
}

static void
csv_nothing (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
csv_close (NfShow *show, gpointer self)
{
    nf_plans_extend (show->plans, NULL, NULL, NULL);
    csv_free (self);
}

const NfView nf_view_csv = {
    .name = "csv",
    .joins = TRUE,
    .open = csv_open,
    .start = csv_nothing,
    .event = csv_event,
    .end = csv_nothing,
    .close = csv_close,
    .again = csv_head,
};
