/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts as OpenMetrics text. */
#include "metrics.h"

#include "domain.h"
#include "output.h"
#include "replace.h"
#include "row.h"
#include "show-origin.h"

#include <errno.h>
#include <glib/gstdio.h>

/* How often it is written: more often than Prometheus asks by default, which is every minute. */
#define INTERVAL_US (10 * G_USEC_PER_SEC)

/* Templates whose age is told: of some hundred exporters. A line each in what is read every few
 * seconds; of further ones nothing is kept. */
#define MAX_TEMPLATES 10000

/* Text is written out when there is so much of it. */
#define WRITE_LENGTH ((gsize)1 << 20)

/* A counter of each row. Those that follow each other under one name are one family and differ by a
 * label. */
typedef struct {
    const char *name;
    const char *unit; /* which the name ends with; NULL: none */
    const char *help;
    const char *label; /* NULL: none */
    gsize offset;      /* of the number in NfTally */
} Counter;

static const Counter counters[] = {
    {"messages", NULL, "Messages that came.", NULL, offsetof (NfTally, messages)},
    {"octets", "octets", "Octets of payload that came.", NULL, offsetof (NfTally, octets)},
    {"records", NULL, "Data Records that were decoded.", "kind=\"flow\"",
     offsetof (NfTally, flows)},
    {"records", NULL, NULL, "kind=\"options\"", offsetof (NfTally, options)},
    {"templates", NULL, "Template Records that came.", NULL, offsetof (NfTally, templates)},
    {"data_sets", NULL, "Data Sets that came.", NULL, offsetof (NfTally, sets)},
    {"data_sets_without_template", NULL, "Data Sets that came without a Template.", NULL,
     offsetof (NfTally, missing)},
    {"undecoded_octets", "octets", "Octets that could not be decoded.", NULL,
     offsetof (NfTally, undecoded)},
    {"copies", NULL, "Messages that had come before.", NULL, offsetof (NfTally, copies)},
    {"findings", NULL, "What was found to be wrong.", "severity=\"error\"",
     offsetof (NfTally, findings[NF_SEVERITY_ERROR])},
    {"findings", NULL, NULL, "severity=\"warning\"",
     offsetof (NfTally, findings[NF_SEVERITY_WARNING])},
    {"findings", NULL, NULL, "severity=\"note\"", offsetof (NfTally, findings[NF_SEVERITY_NOTE])},
};

typedef struct {
    NfRow row;
    gboolean has_message;
    gint64 last_ns;    /* when the last Message came or, where that is not known, was exported */
    const char *unit;  /* what of was lost when it was last told; NULL: nothing told */
    guint64 told_lost; /* the most that was told, in that unit: counters do not fall, though what */
    guint64 told[G_N_ELEMENTS (counters)]; /* was late or held back is taken off; of each */
    GQueue announced[2];                   /* Announced: Templates, Options Templates */
} Row;

/* A Template of a row. */
typedef struct {
    guint64 key; /* index of the row, Template ID */
    gboolean options;
    gint64 last_ns; /* when it was last announced */
    GList link;     /* in the row's list of its kind */
} Announced;

struct _NfMetrics {
    const char *path;
    NfRows rows;           /* of Row */
    GHashTable *templates; /* set of Announced, owned */
    gboolean has_dropped;
    guint64 dropped;
    gint64 last_ns; /* of all rows */
    gint64 due_us;
    NfText text;
    NfOutput output;
};

/* ---- counting ---- */

static guint64
template_key (const NfRow *row, guint16 id)
{
    return (guint64)row->index << 16 | id;
}

void
nf_metrics_start (NfMetrics *metrics)
{
    nf_rows_start (&metrics->rows);
}

static void
note_message (NfMetrics *m, Row *row, const NfShow *show)
{
    if (show->held && show->is_again)
        return;
    row->last_ns = nf_origin_message_ns (show);
    row->has_message = TRUE;
    m->last_ns = MAX (m->last_ns, row->last_ns);
}

static GQueue *
announced_of (Row *row, gboolean options)
{
    return &row->announced[options ? 1 : 0];
}

static void
note_template (NfMetrics *m, Row *row, const NfTemplate *tmpl)
{
    Announced probe = {.key = template_key (&row->row, tmpl->id)};
    Announced *a = g_hash_table_lookup (m->templates, &probe);

    if (!a && g_hash_table_size (m->templates) >= MAX_TEMPLATES)
        return;
    if (a) {
        g_queue_unlink (announced_of (row, a->options), &a->link);
    } else {
        a = g_memdup2 (&probe, sizeof probe);
        a->link.data = a;
        g_hash_table_add (m->templates, a);
    }
    a->options = tmpl->options;
    a->last_ns = row->last_ns;
    g_queue_push_tail_link (announced_of (row, a->options), &a->link);
}

static void
withdraw (NfMetrics *m, Row *row, Announced *a)
{
    g_queue_unlink (announced_of (row, a->options), &a->link);
    g_hash_table_remove (m->templates, a);
}

/* Of one Template, or of all of a kind, whose id is that of their Set (RFC 7011 8.1). Over UDP, or
 * where the transport is not known, Templates stay (RFC 7011 8.1, 8.4). */
static void
note_withdrawal (NfMetrics *m, Row *row, NfTransport transport, guint16 id)
{
    Announced probe = {.key = template_key (&row->row, id)}, *a;
    GQueue *all = announced_of (row, id == nf_domain_id_of_all (TRUE));

    if (!nf_transport_has_connections (transport))
        return;
    if (id < NF_FIRST_TEMPLATE_ID) {
        while (all->head)
            withdraw (m, row, all->head->data);
    } else if ((a = g_hash_table_lookup (m->templates, &probe))) {
        withdraw (m, row, a);
    }
}

void
nf_metrics_event (NfMetrics *metrics, const NfShow *show, const NfEvent *event)
{
    Row *row = nf_rows_event (&metrics->rows, show, event);
    gboolean is_told = &row->row != metrics->rows.others;

    if (event->type == NF_EVENT_MESSAGE)
        note_message (metrics, row, show);
    else if (event->type == NF_EVENT_TEMPLATE && is_told)
        note_template (metrics, row, event->binding->tmpl);
    else if (event->type == NF_EVENT_WITHDRAWAL && is_told)
        note_withdrawal (metrics, row, show->datagram->transport, event->template_id);
}

void
nf_metrics_end (NfMetrics *metrics, const NfShow *show)
{
    nf_rows_end (&metrics->rows, show);
}

void
nf_metrics_set_dropped (NfMetrics *metrics, guint64 dropped)
{
    metrics->has_dropped = TRUE;
    metrics->dropped = dropped;
}

/* ---- text ---- */

static void
add_family (NfText *t, const char *name, const char *type, const char *unit, const char *help)
{
    nf_text_add_format (t, "# TYPE nfpeek_%s %s\n", name, type);
    if (unit)
        nf_text_add_format (t, "# UNIT nfpeek_%s %s\n", name, unit);
    nf_text_add_format (t, "# HELP nfpeek_%s %s\n", name, help);
}

/* A label and its value, where three characters have to be escaped. */
static void
add_label (NfText *t, const char *name, const char *value)
{
    nf_text_add_format (t, "%s=\"", name);
    for (; *value; value++) {
        if (*value == '\\' || *value == '"' || *value == '\n')
            nf_text_add_char (t, '\\');
        nf_text_add_char (t, *value == '\n' ? 'n' : *value);
    }
    nf_text_add_char (t, '"');
}

/* The labels of a row. What is not known is empty, which is as good as no label. */
static void
add_origin (NfText *t, const NfMetrics *m, const NfRow *row)
{
    gboolean is_others = row == m->rows.others;
    NfText value = NF_TEXT_INIT;

    if (row->key.exporter.family != 0)
        nf_endpoint_text (&value, &row->key.exporter);
    add_label (t, "exporter", is_others ? "others" : nf_text_string (&value));
    nf_text_truncate (&value, 0);
    if (row->key.exporter.family != 0)
        nf_text_add_uint (&value, row->key.exporter.port, 1);
    nf_text_add_char (t, ',');
    add_label (t, "port", nf_text_string (&value));
    nf_text_truncate (&value, 0);
    if (row->key.version > 0)
        nf_text_add_uint (&value, row->key.version, 1);
    nf_text_add_char (t, ',');
    add_label (t, "version", nf_text_string (&value));
    nf_text_truncate (&value, 0);
    if (nf_version_has (row->key.version, NF_HEADER_DOMAIN))
        nf_text_add_uint (&value, row->key.domain, 1);
    nf_text_add_char (t, ',');
    add_label (t, "domain", nf_text_string (&value));
    nf_text_clear (&value);
}

/* "nfpeek_NAME{LABELS,MORE} " */
static void
add_name (NfMetrics *m, const char *name, const char *suffix, const NfRow *row, const char *more)
{
    NfText *t = &m->text;

    nf_text_add_format (t, "nfpeek_%s%s{", name, suffix);
    add_origin (t, m, row);
    nf_text_add_format (t, "%s%s} ", more ? "," : "", more ? more : "");
}

static void
add_seconds (NfText *t, gint64 ns)
{
    guint64 ms = (guint64)ABS (ns) / 1000000;

    nf_text_add_format (t, "%s%" G_GUINT64_FORMAT ".%03u\n", ns < 0 && ms > 0 ? "-" : "", ms / 1000,
                        (guint)(ms % 1000));
}

/* Ends a sample, and writes out what there is when it is much. */
static gboolean
end_sample (NfMetrics *m, GError **error)
{
    return nf_text_length (&m->text) < WRITE_LENGTH ||
           nf_output_write (&m->output, &m->text, error);
}

static gboolean
add_counter (NfMetrics *m, guint i, const GPtrArray *rows, GError **error)
{
    const Counter *c = &counters[i];

    if (c->help)
        add_family (&m->text, c->name, "counter", c->unit, c->help);
    for (guint r = 0; r < rows->len; r++) {
        Row *row = rows->pdata[r];

        row->told[i] = MAX (row->told[i], G_STRUCT_MEMBER (guint64, &row->row.tally, c->offset));
        add_name (m, c->name, "_total", &row->row, c->label);
        nf_text_add_format (&m->text, "%" G_GUINT64_FORMAT "\n", row->told[i]);
        if (!end_sample (m, error))
            return FALSE;
    }
    return TRUE;
}

/* What the sequence numbers say; of rows of which they say something. */
static gboolean
add_lost (NfMetrics *m, const GPtrArray *rows, GError **error)
{
    add_family (&m->text, "lost", "counter", NULL,
                "What did not come, by the sequence numbers, in what these count.");
    for (guint r = 0; r < rows->len; r++) {
        Row *row = rows->pdata[r];
        NfLoss losses[NF_LOSSES] = {{.lost = 0}};
        g_autofree char *label = NULL, *unit = NULL;

        if (nf_losses_add (losses, 0, &row->row.tally, row->row.key.version) == 0)
            continue;
        row->told_lost = MAX (losses[0].lost, losses[0].unit == row->unit ? row->told_lost : 0);
        row->unit = losses[0].unit;
        unit = g_ascii_strdown (row->unit, -1);
        label = g_strdup_printf ("unit=\"%s\"", unit);
        add_name (m, "lost", "_total", &row->row, label);
        nf_text_add_format (&m->text, "%" G_GUINT64_FORMAT "\n", row->told_lost);
        if (!end_sample (m, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
add_last_times (NfMetrics *m, const GPtrArray *rows, GError **error)
{
    add_family (&m->text, "last_message_timestamp_seconds", "gauge", "seconds",
                "When the last Message came, since 1970.");
    for (guint r = 0; r < rows->len; r++) {
        const Row *row = rows->pdata[r];

        if (!row->has_message)
            continue;
        add_name (m, "last_message_timestamp_seconds", "", &row->row, NULL);
        add_seconds (&m->text, row->last_ns);
        if (!end_sample (m, error))
            return FALSE;
    }
    return TRUE;
}

static gint
compare_announced (gconstpointer a, gconstpointer b)
{
    guint64 x = (*(const Announced *const *)a)->key, y = (*(const Announced *const *)b)->key;

    return x < y ? -1 : x > y;
}

/* `rows` is in order of appearance, which their index tells. */
static gboolean
add_ages (NfMetrics *m, const GPtrArray *rows, gint64 now_ns, GError **error)
{
    g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init (&iter, m->templates);
    while (g_hash_table_iter_next (&iter, &key, NULL))
        g_ptr_array_add (sorted, key);
    g_ptr_array_sort (sorted, compare_announced);
    add_family (&m->text, "template_age_seconds", "gauge", "seconds",
                "Time since a Template was last announced.");
    for (guint i = 0; i < sorted->len; i++) {
        const Announced *a = sorted->pdata[i];
        g_autofree char *label = g_strdup_printf ("template=\"%u\"", (guint)(a->key & 0xffff));

        add_name (m, "template_age_seconds", "", rows->pdata[a->key >> 16], label);
        add_seconds (&m->text, MAX (now_ns - a->last_ns, 0));
        if (!end_sample (m, error))
            return FALSE;
    }
    return TRUE;
}

static void
add_dropped (NfMetrics *m)
{
    if (!m->has_dropped)
        return;
    add_family (&m->text, "dropped_datagrams", "counter", NULL,
                "Datagrams that the kernel dropped because they were not read in time.");
    nf_text_add_format (&m->text, "nfpeek_dropped_datagrams_total %" G_GUINT64_FORMAT "\n",
                        m->dropped);
}

static gint
compare_index (gconstpointer a, gconstpointer b)
{
    guint x = (*(const NfRow *const *)a)->index, y = (*(const NfRow *const *)b)->index;

    return x < y ? -1 : x > y;
}

static gboolean
add_all (NfMetrics *m, gint64 now_ns, GError **error)
{
    g_autoptr (GPtrArray) rows = nf_rows_sorted (&m->rows, compare_index);
    gboolean good = TRUE;

    if (m->rows.others->tally.octets > 0)
        g_ptr_array_add (rows, m->rows.others);
    for (guint i = 0; i < G_N_ELEMENTS (counters) && good; i++)
        good = add_counter (m, i, rows, error);
    if (!good || !add_lost (m, rows, error) || !add_last_times (m, rows, error) ||
        !add_ages (m, rows, now_ns, error))
        return FALSE;
    add_dropped (m);
    nf_text_add (&m->text, "# EOF\n");
    return nf_output_write (&m->output, &m->text, error);
}

/* ---- the file ---- */

static gboolean
fail (const NfMetrics *m, GError **error)
{
    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno), "cannot write %s: %s",
                 m->path, g_strerror (errno));
    return FALSE;
}

gboolean
nf_metrics_write (NfMetrics *m, gint64 now_ns, GError **error)
{
    g_autofree char *beside = NULL;
    gboolean good;

    m->due_us = g_get_monotonic_time () + INTERVAL_US;
    m->output = (NfOutput){.name = m->path};
    beside = nf_replace_begin (m->path, &m->output.fd);
    if (!beside)
        return fail (m, error);
    good = add_all (m, now_ns > 0 ? now_ns : m->last_ns, error);
    nf_text_truncate (&m->text, 0);
    good = nf_output_close (&m->output, good ? error : NULL) && good;
    if (!good)
        g_unlink (beside);
    else if (!nf_replace_end (beside, m->path))
        good = fail (m, error);
    return good;
}

gint64
nf_metrics_due_us (const NfMetrics *metrics)
{
    return metrics->due_us;
}

NfMetrics *
nf_metrics_new (const char *path, const GPtrArray *inputs, GError **error)
{
    NfMetrics *m;

    if (!nf_replace_check ("--metrics", path, inputs, error))
        return NULL;
    m = g_new0 (NfMetrics, 1);
    m->path = path;
    m->text = (NfText)NF_TEXT_INIT;
    nf_rows_init (&m->rows, sizeof (Row));
    /* The key is the first member. */
    m->templates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    if (nf_metrics_write (m, 0, error))
        return m;
    nf_metrics_free (m);
    return NULL;
}

void
nf_metrics_free (NfMetrics *metrics)
{
    g_hash_table_unref (metrics->templates);
    nf_rows_clear (&metrics->rows);
    nf_text_clear (&metrics->text);
    g_free (metrics);
}
