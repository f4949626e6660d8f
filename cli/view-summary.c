/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T summary: one screen that tells whether anything is coming, from whom, whether it can be
 * decoded, what is wrong, and what to type next. However long the input, what is kept is bounded.
 */
#include "advice.h"
#include "columns.h"
#include "exported.h"
#include "hash.h"
#include "show-origin.h"
#include "show-value.h"

#define MAX_ROWS           10000  /* exporters and domains counted one by one: some MiB */
#define MAX_TEMPLATES      250000 /* Template IDs told apart, all rows together: some MiB */
#define MAX_ROWS_SHOWN     20
#define MAX_FINDINGS_SHOWN 10

/* An exporter's Messages of one version and Observation Domain. */
typedef struct {
    NfEndpoint exporter;
    guint32 domain;
    guint16 version; /* 0: what it sends is no Message */
    guint index;     /* of the row, in order of appearance */
    guint64 messages;
    guint64 templates; /* different ids */
    guint64 flows;     /* records */
    guint64 options;   /* records */
    guint64 undecoded; /* octets */
    guint64 missing;   /* Data Sets without a Template */
    guint64 cut;       /* Messages that were not captured whole */
    guint64 lost;      /* datagrams whose fragments did not all come */
    guint64 gaps;      /* in streams */
    guint64 encrypted; /* connections, or datagrams */
    guint64 findings[NF_N_SEVERITIES];
} Row;

/* Findings of one kind. */
typedef struct {
    guint64 n;
    NfFinding first; /* the first one, and where it was met */
    char *file;
    guint64 packet;
    guint message;
} Group;

typedef struct {
    GHashTable *rows;      /* set of Row, owned */
    GHashTable *templates; /* set of row index and Template ID */
    Row others;            /* what had no room in `rows` */
    Row *row;              /* of the Message at hand */
    gboolean lacks;        /* the Set at hand has no Template */
    gboolean any_time;
    gint64 first_ns, last_ns; /* arrival */
    NfExported *exported;     /* what exporters say that they sent */
    Group groups[NF_N_FINDINGS];
} Summary;

static guint
row_hash (gconstpointer data)
{
    const Row *row = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash (&row->exporter));
    nf_hash_add (&hash, (guint64)row->version << 32 | row->domain);
    return nf_hash_end (&hash);
}

static gboolean
row_equal (gconstpointer a, gconstpointer b)
{
    const Row *x = a, *y = b;

    return x->domain == y->domain && x->version == y->version &&
           nf_endpoint_equal (&x->exporter, &y->exporter);
}

static gpointer
summary_open (NfShow *show, GError **error)
{
    Summary *s = g_new0 (Summary, 1);

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
    Summary *s = self;
    const NfDatagram *g = show->datagram;

    s->row = NULL;
    s->lacks = FALSE;
    if (!g->has_time)
        return;
    s->first_ns = s->any_time ? MIN (s->first_ns, g->time_ns) : g->time_ns;
    s->last_ns = s->any_time ? MAX (s->last_ns, g->time_ns) : g->time_ns;
    s->any_time = TRUE;
}

/* ---- counting ---- */

static Row *
find_row (NfShow *show, Summary *s)
{
    const NfMessage *message = show->message;
    Row key = {.exporter = show->datagram->exporter,
               .domain = message ? message->domain : 0,
               .version = message ? message->version : 0,
               .index = g_hash_table_size (s->rows)};
    Row *row = g_hash_table_lookup (s->rows, &key);

    if (row)
        return row;
    if (key.index >= MAX_ROWS)
        return &s->others;
    row = g_memdup2 (&key, sizeof key);
    g_hash_table_add (s->rows, row);
    return row;
}

/* The row of the Message at hand, which is known from its first event on. */
static Row *
row_of (NfShow *show, Summary *s)
{
    if (!s->row)
        s->row = find_row (show, s);
    return s->row;
}

static void
count_template (Summary *s, Row *row, guint16 id)
{
    gpointer key = GUINT_TO_POINTER (row->index << 16 | id);

    if (row != &s->others && g_hash_table_size (s->templates) < MAX_TEMPLATES)
        row->templates += g_hash_table_add (s->templates, key) ? 1 : 0;
}

/* A Set that a live source held back may have been counted as undecoded when it came. */
static void
count_set (NfShow *show, Summary *s, Row *row, const NfEvent *event)
{
    s->lacks = nf_set_lacks_template (event);
    if (s->lacks)
        row->missing++;
    if (!show->held || !show->is_set_again)
        return;
    row->missing--;
    row->undecoded -= event->span.length - 4;
    row->findings[NF_SEVERITY_ERROR]--;
    s->groups[NF_FINDING_TEMPLATE_MISSING].n--;
}

/* Counts what the row is judged by. */
static void
count_kind (Row *row, NfFindingId id)
{
    switch (id) {
    case NF_FINDING_FRAGMENT_INCOMPLETE:
        row->lost++;
        break;
    case NF_FINDING_STREAM_GAP:
    case NF_FINDING_STREAM_GAP_SKIPPED:
    case NF_FINDING_STREAM_GAP_CHUNKS:
        row->gaps++;
        break;
    case NF_FINDING_MESSAGE_TRUNCATED:
    case NF_FINDING_MESSAGE_TRUNCATED_STREAM:
        row->cut++;
        break;
    case NF_FINDING_MESSAGE_ENCRYPTED_TLS:
    case NF_FINDING_MESSAGE_ENCRYPTED_DTLS:
        row->encrypted++;
        break;
    default:
        break;
    }
}

static void
count_finding (NfShow *show, Summary *s, Row *row, const NfFinding *finding)
{
    Group *group = &s->groups[finding->id];

    row->findings[nf_finding_severity (finding->id)]++;
    count_kind (row, finding->id);
    if (group->n++ > 0 || group->file)
        return;
    group->first = *finding;
    group->file = g_strdup (show->file);
    group->packet = show->datagram->packet;
    group->message = show->datagram->message;
}

static void
summary_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Summary *s = self;
    Row *row = row_of (show, s);

    nf_exported_note (s->exported, show, event);
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        row->messages += !(show->held && show->is_again);
        return;
    case NF_EVENT_SET:
        count_set (show, s, row, event);
        return;
    case NF_EVENT_TEMPLATE:
        count_template (s, row, event->binding->tmpl->id);
        return;
    case NF_EVENT_RECORD:
        if (event->binding->tmpl->options)
            row->options++;
        else
            row->flows++;
        return;
    case NF_EVENT_UNDECODED:
        row->undecoded += event->span.length;
        return;
    case NF_EVENT_FINDING:
        count_finding (show, s, row, &event->finding);
        return;
    default:
        return;
    }
}

static void
summary_end (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

/* ---- showing ---- */

/* One word for the row, and how bad it is. */
static guint
judge (const Row *row, const char **word)
{
    const struct {
        gboolean holds;
        const char *word;
    } verdicts[] = {
        {row->missing > 0, "no Template"},
        {row->version == 0 && row->findings[NF_SEVERITY_ERROR] > 0, "no Message"},
        {row->findings[NF_SEVERITY_ERROR] > 0, "undecoded"},
        {row->lost > 0, "fragments lost"},
        {row->gaps > 0, "segments lost"},
        {row->encrypted > 0, "encrypted"},
        {row->cut > 0, "cut short"},
        {row->flows + row->options == 0, "no data"},
        {row->findings[NF_SEVERITY_WARNING] > 0, "warnings"},
    };

    for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
        if (verdicts[i].holds) {
            *word = verdicts[i].word;
            return G_N_ELEMENTS (verdicts) - i;
        }
    }
    *word = "ok";
    return 0;
}

/* The worst first, then who sends most. */
static gint
compare_rows (gconstpointer a, gconstpointer b)
{
    const Row *x = *(Row *const *)a, *y = *(Row *const *)b;
    const char *word;
    guint x_judged = judge (x, &word), y_judged = judge (y, &word);

    if (x_judged != y_judged)
        return x_judged > y_judged ? -1 : 1;
    if (x->messages != y->messages)
        return x->messages > y->messages ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void
add_counts (NfText *t, const Row *row)
{
    nf_column_uint (t, row->messages, 10);
    nf_column_uint (t, row->templates, 11);
    nf_column_uint (t, row->flows, 11);
    nf_column_uint (t, row->options, 9);
    nf_column_uint (t, row->undecoded, 11);
}

static void
add_row (NfShow *show, const Row *row, guint width)
{
    NfText *t = &show->out;
    gsize start;
    const char *word;
    guint judged = judge (row, &word);

    nf_origin_exporter_column (t, &row->exporter, &width);
    nf_text_add (t, "  ");
    start = nf_text_length (t);
    nf_text_add (t, row->version ? nf_version_name (row->version) : "-");
    nf_column_left (t, start, strlen ("NetFlow v9"));
    if (nf_version_has (row->version, NF_HEADER_DOMAIN))
        nf_column_uint (t, row->domain, 12);
    else
        nf_text_add (t, "           -");
    add_counts (t, row);
    nf_text_add (t, "  ");
    if (judged > 0)
        nf_color_severity (show, row->findings[NF_SEVERITY_ERROR] > 0 ? NF_SEVERITY_ERROR
                                                                      : NF_SEVERITY_WARNING);
    nf_text_add (t, word);
    if (judged > 0)
        nf_color_end (show);
    nf_text_add_char (t, '\n');
}

static void
add_others (NfShow *show, const Row *others)
{
    NfText *t = &show->out;

    if (others->messages + others->undecoded + others->lost == 0)
        return;
    nf_text_add_format (t,
                        "and in those beyond the first %u, which are not told apart: ", MAX_ROWS);
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
        nf_origin_exporter_column (&t, &((const Row *)rows->pdata[i])->exporter, &width);
    }
    nf_text_clear (&t);
    return width;
}

static void
add_table (NfShow *show, const Summary *s, const GPtrArray *rows)
{
    guint width = exporter_width (rows);
    NfText *t = &show->out;
    gsize start;

    nf_color_bold (show);
    start = nf_text_length (t);
    nf_text_add (t, "exporter");
    nf_column_left (t, start, width);
    nf_text_add (t, "  version         domain  Messages  Templates      flows  options  undecoded");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
    for (guint i = 0; i < rows->len && i < MAX_ROWS_SHOWN; i++)
        add_row (show, rows->pdata[i], width);
    if (rows->len > MAX_ROWS_SHOWN)
        nf_text_add_format (t, "and %u more\n", rows->len - MAX_ROWS_SHOWN);
    add_others (show, &s->others);
    if (g_hash_table_size (s->templates) == MAX_TEMPLATES)
        nf_text_add_format (t, "Templates beyond %u are not counted\n", MAX_TEMPLATES);
    nf_text_add_char (t, '\n');
}

static void
add_totals (NfShow *show, const Summary *s, const NfSeen *seen, guint n_rows)
{
    NfText *t = &show->out;

    nf_text_add_count (t, seen->messages, "Messages");
    if (n_rows > 1)
        nf_text_add_format (t, " of %u exporters and domains", n_rows);
    if (s->any_time) {
        NfDatagram first = {.time_ns = s->first_ns};

        nf_text_add (t, " in ");
        nf_show_duration (t, (guint64)(s->last_ns - s->first_ns) / 1000000);
        nf_text_add (t, " from ");
        nf_time_text (t, nf_origin_time (&first), 3);
    }
    nf_text_add (t, "\n\n");
}

static gint
compare_groups (gconstpointer a, gconstpointer b)
{
    const Group *x = *(Group *const *)a, *y = *(Group *const *)b;
    NfSeverity x_severity = nf_finding_severity (x->first.id);
    NfSeverity y_severity = nf_finding_severity (y->first.id);

    if (x_severity != y_severity)
        return x_severity > y_severity ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (gint)x->first.id - (gint)y->first.id;
}

static GPtrArray *
sorted_groups (Summary *s)
{
    GPtrArray *groups = g_ptr_array_new ();

    for (guint i = 0; i < NF_N_FINDINGS; i++)
        if (s->groups[i].n > 0)
            g_ptr_array_add (groups, &s->groups[i]);
    g_ptr_array_sort (groups, compare_groups);
    return groups;
}

static void
add_group (NfShow *show, const Group *group)
{
    NfSeverity severity = nf_finding_severity (group->first.id);
    NfText *t = &show->out;
    gsize start;

    nf_text_add (t, "  ");
    nf_color_severity (show, severity);
    start = nf_text_length (t);
    nf_text_add (t, nf_severity_name (severity));
    nf_column_left (t, start, strlen ("warning"));
    nf_color_end (show);
    nf_column_uint (t, group->n, 8);
    nf_text_add (t, "  ");
    start = nf_text_length (t);
    nf_text_add (t, nf_finding_code (group->first.id));
    nf_column_left (t, start, strlen ("template-zero-length"));
    nf_text_add (t, "  ");
    if (nf_origin_is_ambiguous (show->options)) {
        nf_origin_file (t, group->file);
        nf_text_add_char (t, ' ');
    }
    nf_origin_place (t, group->packet, group->message);
    nf_text_add_format (t, " octet %u: ", group->first.span.offset);
    nf_finding_text (t, &group->first);
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
see (NfSeen *seen, const Row *row)
{
    seen->messages += row->messages;
    seen->flows += row->flows;
    seen->options += row->options;
    seen->missing += row->missing;
}

static NfSeen
sum_up (const Summary *s, const GPtrArray *rows, const GPtrArray *groups)
{
    const Group *worst = groups->len > 0 ? groups->pdata[0] : NULL;
    NfSeen seen = {.messages = 0};

    for (guint i = 0; i < rows->len; i++)
        see (&seen, rows->pdata[i]);
    see (&seen, &s->others);
    if (worst && nf_finding_severity (worst->first.id) > NF_SEVERITY_NOTE) {
        seen.trouble_file = worst->file;
        seen.trouble_packet = worst->packet;
    }
    return seen;
}

static void
free_summary (Summary *s)
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
    Summary *s = self;
    g_autoptr (GPtrArray) rows = g_ptr_array_new ();
    g_autoptr (GPtrArray) groups = sorted_groups (s);
    GHashTableIter iter;
    gpointer row;

    g_hash_table_iter_init (&iter, s->rows);
    while (g_hash_table_iter_next (&iter, &row, NULL))
        g_ptr_array_add (rows, row);
    g_ptr_array_sort (rows, compare_rows);
    NfSeen seen = sum_up (s, rows, groups);

    if (rows->len > 0) {
        add_totals (show, s, &seen, rows->len);
        add_table (show, s, rows);
        nf_exported_text (&show->out, s->exported);
        add_groups (show, groups);
        nf_advice (show, &seen);
    } else if (show->options->filter) {
        nf_text_add (&show->out, "there is nothing for which -Y holds\n");
    }
    free_summary (s);
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
