/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T csv -e NAME...: chosen columns of Data Records (RFC 4180). */
#include "json-flat.h"

#include "printable.h"

/* What a column shows. */
typedef enum {
    COLUMN_FILE,
    COLUMN_PACKET,
    COLUMN_MESSAGE,
    COLUMN_TIME,
    COLUMN_EXPORTER,
    COLUMN_PORT,
    COLUMN_VERSION,
    COLUMN_DOMAIN,
    COLUMN_SEQUENCE,
    COLUMN_AGGREGATION,
    COLUMN_EXPORT_TIME,
    COLUMN_TEMPLATE,
    COLUMN_KIND,
    COLUMN_ENVELOPE, /* those above are known of every record */
    COLUMN_START,
    COLUMN_END,
    COLUMN_DERIVED,
    COLUMN_COMMON,
    COLUMN_ELEMENT
} ColumnKind;

typedef struct {
    const char *name; /* as the user wrote it; borrowed from the options */
    ColumnKind kind;
    NfDerived derived;
    const NfCommonName *common;
    const NfElement *element; /* NULL for a number that no row is for */
    NfSpace space;
    guint32 pen;
    guint16 id;
} Column;

typedef struct {
    GArray *columns;
    NfText value; /* of one cell, before it is quoted */
    NfText safe;  /* the same as a terminal may have it */
} Csv;

static const char *const envelope_names[COLUMN_ENVELOPE] = {
    [COLUMN_FILE] = "file",
    [COLUMN_PACKET] = "packet",
    [COLUMN_MESSAGE] = "message",
    [COLUMN_TIME] = "time",
    [COLUMN_EXPORTER] = "exporter",
    [COLUMN_PORT] = "export_port",
    [COLUMN_VERSION] = "version",
    [COLUMN_DOMAIN] = "domain",
    [COLUMN_SEQUENCE] = "sequence",
    [COLUMN_AGGREGATION] = "aggregation",
    [COLUMN_EXPORT_TIME] = "export_time",
    [COLUMN_TEMPLATE] = "template",
    [COLUMN_KIND] = "kind",
};

static const char *const default_names[] = {"start", "end",   "src",     "dst",   "sport",
                                            "dport", "proto", "packets", "octets"};

static gboolean
resolve (Column *column, const NfRegistry *registry)
{
    for (guint i = 0; i < COLUMN_ENVELOPE; i++) {
        if (strcmp (column->name, envelope_names[i]) == 0) {
            column->kind = (ColumnKind)i;
            return TRUE;
        }
    }
    if (strcmp (column->name, "start") == 0 || strcmp (column->name, "end") == 0) {
        column->kind = *column->name == 's' ? COLUMN_START : COLUMN_END;
        return TRUE;
    }
    column->kind = COLUMN_DERIVED;
    column->derived = nf_derived_find (column->name);
    if (column->derived < NF_N_DERIVED)
        return TRUE;
    column->kind = COLUMN_COMMON;
    column->common = nf_registry_common (registry, column->name);
    if (column->common)
        return TRUE;
    column->kind = COLUMN_ELEMENT;
    column->element = nf_registry_find (registry, column->name);
    return column->element ||
           nf_element_parse_number (column->name, &column->space, &column->pen, &column->id);
}

static void
unknown_name (GError **error, const NfRegistry *registry, const char *name)
{
    g_auto (GStrv) near = nf_registry_near (registry, name, 4);
    g_autofree char *list = g_strjoinv (", ", near);

    g_set_error (error, g_quark_from_static_string ("nfpeek-csv"), 0,
                 "-e: no element is called '%s'%s%s%s", name, *list ? "; did you mean " : "", list,
                 *list ? "?" : "; see 'nfpeek --list-elements'");
}

static gboolean
add_column (Csv *csv, const NfRegistry *registry, const char *name, GError **error)
{
    Column column = {.name = name};

    if (!resolve (&column, registry)) {
        unknown_name (error, registry, name);
        return FALSE;
    }
    g_array_append_val (csv->columns, column);
    return TRUE;
}

/* A number without a row is met as -T jsonl writes it, too: "0/ID", whatever space it is of. */
static gboolean
is_field (const Column *column, const NfBinding *binding, guint i)
{
    const NfField *field = &binding->tmpl->fields[i];

    if (column->element)
        return binding->fields[i].element == column->element;
    return field->pen == column->pen && field->id == column->id &&
           (column->space == NF_SPACE_IPFIX ||
            column->space == nf_template_space (binding->tmpl, i));
}

static gint *
find_fields (const Column *column, const NfBinding *binding)
{
    GArray *found = g_array_new (FALSE, FALSE, sizeof (gint));
    gint end = -1;

    for (gint i = 0; i < (gint)binding->tmpl->n_fields; i++)
        if (is_field (column, binding, (guint)i))
            g_array_append_val (found, i);
    g_array_append_val (found, end);
    return (gint *)(void *)g_array_free (found, FALSE);
}

/* For each column the fields that it may come from, in order of preference. */
static gpointer
extend_plan (NfPlan *plan, gpointer data)
{
    Csv *csv = data;
    GPtrArray *candidates = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < csv->columns->len; i++) {
        const Column *column = &g_array_index (csv->columns, Column, i);

        g_ptr_array_add (candidates, column->kind == COLUMN_COMMON
                                         ? nf_binding_candidates (plan->binding, column->common)
                                     : column->kind == COLUMN_ELEMENT
                                         ? find_fields (column, plan->binding)
                                         : NULL);
    }
    return candidates;
}

static void
csv_free (Csv *csv)
{
    g_array_unref (csv->columns);
    nf_text_clear (&csv->value);
    nf_text_clear (&csv->safe);
    g_free (csv);
}

/* Text, in quotes where it has to be. */
static void
add_quoted (NfText *t, NfText *value)
{
    const char *text = nf_text_string (value);

    if (nf_text_length (value) == strcspn (text, ",\"\r\n")) {
        nf_text_add_octets (t, text, nf_text_length (value));
        return;
    }
    nf_text_add_char (t, '"');
    for (const char *at = text; at < value->at; at++) {
        if (*at == '"')
            nf_text_add_char (t, '"');
        nf_text_add_char (t, *at);
    }
    nf_text_add_char (t, '"');
}

/* Moves csv->value into a cell, quoted where it has to be. Programs get a string as it came, people
 * what cannot harm their terminal. */
static void
add_cell (NfShow *show, Csv *csv)
{
    NfText *t = &show->out, *value = &csv->value;

    if (show->is_terminal) {
        nf_text_truncate (&csv->safe, 0);
        nf_show_safe (&csv->safe, value->start, nf_text_length (value));
        value = &csv->safe;
    }
    add_quoted (t, value);
    nf_text_truncate (&csv->value, 0);
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
    nf_plans_extend (show->plans, extend_plan, csv, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            nf_text_add_char (&show->out, ',');
        nf_text_add (&csv->value, g_array_index (csv->columns, Column, i).name);
        add_cell (show, csv);
    }
    nf_text_add_char (&show->out, '\n');
    return csv;
}

static void
add_if (NfText *t, gboolean is_known, guint64 number)
{
    if (is_known)
        nf_text_add_uint (t, number, 1);
}

/* A cell of where a record came from; empty where -T jsonl would have no key. */
static void
add_envelope (NfText *t, const NfShow *show, const NfEvent *event, ColumnKind kind)
{
    const NfDatagram *g = show->datagram;
    const NfMessage *m = show->message;
    const NfTemplate *tmpl = event->binding->tmpl;
    guint digits;
    NfTime time;

    switch (kind) {
    case COLUMN_FILE:
        if (show->is_file)
            nf_text_add (t, show->file);
        return;
    case COLUMN_PACKET:
        add_if (t, g->packet > 0, g->packet);
        return;
    case COLUMN_MESSAGE:
        nf_text_add_uint (t, g->message, 1);
        return;
    case COLUMN_TIME:
        if (g->has_time)
            nf_time_text (t, nf_time_from_ns (g->time_ns), 6);
        return;
    case COLUMN_EXPORTER:
        if (g->exporter.family)
            nf_endpoint_text (t, &g->exporter);
        return;
    case COLUMN_PORT:
        add_if (t, g->exporter.family != 0, g->exporter.port);
        return;
    case COLUMN_VERSION:
        nf_text_add_uint (t, m->version, 1);
        return;
    case COLUMN_DOMAIN:
        add_if (t, nf_version_has (m->version, NF_HEADER_DOMAIN), m->domain);
        return;
    case COLUMN_SEQUENCE:
        add_if (t, nf_version_has (m->version, NF_HEADER_SEQUENCE), m->sequence);
        return;
    case COLUMN_AGGREGATION:
        add_if (t, nf_version_has (m->version, NF_HEADER_AGGREGATION), m->aggregation);
        return;
    case COLUMN_EXPORT_TIME:
        time = nf_message_export_time (m, &digits);
        nf_time_text (t, time, digits);
        return;
    case COLUMN_TEMPLATE:
        if (nf_fixed_name (tmpl->version))
            nf_text_add (t, nf_fixed_name (tmpl->version));
        else
            nf_text_add_uint (t, tmpl->id, 1);
        return;
    default:
        nf_text_add (t, tmpl->options ? "options" : "flow");
    }
}

/* A cell from the record's fields: of an element that stands there more than once all values, of a
 * list its JSON, of a common name the one that is the best. Returns whether the record has it. */
static gboolean
add_fields (NfText *t, NfShow *show, const NfRecord *r, ColumnKind kind, const gint *candidates)
{
    gint one[] = {nf_record_pick (r, candidates), -1};
    NfValue value;

    for (const gint *c = kind == COLUMN_COMMON ? one : candidates; *c >= 0; c++) {
        if (nf_text_length (t) > 0)
            nf_text_add_char (t, ';');
        if (nf_type_is_list (r->event->binding->fields[*c].type)) {
            nf_json_flat_list (t, show, r, (guint)*c);
            continue;
        }
        nf_record_value (r, (guint)*c, &value);
        nf_value_text (t, &value);
    }
    return *candidates >= 0;
}

/* Whether field `i` of a binding is one that the column may come from. */
static gboolean
is_source (const Column *column, const NfBinding *binding, guint i)
{
    if (column->kind == COLUMN_ELEMENT)
        return is_field (column, binding, i);
    for (guint k = 0; k < column->common->n_elements; k++)
        if (binding->fields[i].element == column->common->elements[k])
            return TRUE;
    return FALSE;
}

/* A cell from the common properties that the record names. */
static gboolean
add_joined (NfText *t, const NfRecord *r, const Column *column)
{
    NfRecord joined;
    NfEvent event;
    NfValue value;

    for (guint n = 0; nf_record_joined (r, n, &joined, &event); n++) {
        for (guint i = 0; i < event.binding->tmpl->n_fields; i++) {
            if (!is_source (column, event.binding, i))
                continue;
            nf_record_value (&joined, i, &value);
            nf_value_text (t, &value);
            return TRUE;
        }
    }
    return FALSE;
}

/* Returns whether the record has what the column is for. */
static gboolean
add_value (NfText *t, NfShow *show, const NfRecord *r, const Column *column,
           const gint *candidates)
{
    NfValue value;
    NfTime time;
    guint digits;

    if (column->kind < COLUMN_ENVELOPE) {
        add_envelope (t, show, r->event, column->kind);
        return FALSE;
    }
    if (column->kind == COLUMN_DERIVED) {
        if (!nf_derived_value (r, column->derived, &value))
            return FALSE;
        nf_value_text (t, &value);
        return TRUE;
    }
    if (column->kind == COLUMN_COMMON || column->kind == COLUMN_ELEMENT)
        return *candidates >= 0 ? add_fields (t, show, r, column->kind, candidates)
                                : add_joined (t, r, column);
    if (!nf_record_flow_time (r, column->kind == COLUMN_END, &time, &digits))
        return FALSE;
    nf_time_text (t, time, digits);
    return TRUE;
}

static gboolean
has_record_columns (const Csv *csv)
{
    for (guint i = 0; i < csv->columns->len; i++)
        if (g_array_index (csv->columns, Column, i).kind > COLUMN_ENVELOPE)
            return TRUE;
    return FALSE;
}

/* A line a record that has at least one of the chosen elements: an interface's name is no flow. */
static void
csv_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Csv *csv = self;

    if (event->type != NF_EVENT_RECORD)
        return;

    const GPtrArray *candidates = nf_show_plan (show, event)->extra;
    NfRecord record = nf_show_record (show, event);
    gsize start = nf_text_length (&show->out);
    gboolean has_any = !has_record_columns (csv);

    for (guint i = 0; i < csv->columns->len; i++) {
        const Column *column = &g_array_index (csv->columns, Column, i);

        if (i > 0)
            nf_text_add_char (&show->out, ',');
        has_any |= add_value (&csv->value, show, &record, column, candidates->pdata[i]);
        add_cell (show, csv);
    }
    nf_text_add_char (&show->out, '\n');
    if (!has_any)
        nf_text_truncate (&show->out, start);
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
    .help = "the columns chosen with -e, a line a Data Record",
    .open = csv_open,
    .start = csv_nothing,
    .event = csv_event,
    .end = csv_nothing,
    .close = csv_close,
};
