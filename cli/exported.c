/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What exporters say that they exported against what was received. */
#include "exported.h"

#include "hash.h"

#define MAX_EXPORTERS       10000 /* some MiB */
#define MAX_EXPORTERS_SHOWN 10

/* exportedMessageTotalCount, exportedFlowRecordTotalCount, exportedOctetTotalCount */
enum { MESSAGES, FLOWS, OCTETS, N_COUNTERS };

static const struct {
    guint16 id;
    const char *words;
} counters[N_COUNTERS] = {{41, "Messages"}, {42, "flow records"}, {40, "octets"}};

/* What an exporter sends to one collector: what it counts is what it sent to that one. */
typedef struct {
    NfEndpoint exporter;
    NfEndpoint collector;
    guint16 version;
    guint64 received[N_COUNTERS]; /* so far, */
    guint64 before[N_COUNTERS];   /* and before the Message at hand */
    guint n_reports;
    gboolean counts[N_COUNTERS];       /* which counters its reports have */
    guint64 first[N_COUNTERS];         /* less received: by the first report since it started */
    guint64 exported[N_COUNTERS];      /* between the reports */
    guint64 came[N_COUNTERS];          /* was received between them */
    guint64 at_first[N_COUNTERS];      /* was received before the first one */
    guint64 first_report, last_report; /* of flows: which datagrams these were */
} Exporter;

struct _NfExported {
    GHashTable *exporters; /* set of Exporter, owned */
    GPtrArray *in_order;   /* of appearance; borrowed */
    Exporter *current;
};

static guint
exporter_hash (gconstpointer data)
{
    const Exporter *e = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash (&e->exporter));
    nf_hash_add (&hash, nf_endpoint_hash (&e->collector));
    nf_hash_add (&hash, e->version);
    return nf_hash_end (&hash);
}

static gboolean
exporter_equal (gconstpointer a, gconstpointer b)
{
    const Exporter *x = a, *y = b;

    return x->version == y->version && nf_endpoint_equal (&x->exporter, &y->exporter) &&
           nf_endpoint_equal (&x->collector, &y->collector);
}

NfExported *
nf_exported_new (void)
{
    NfExported *exported = g_new0 (NfExported, 1);

    exported->exporters = g_hash_table_new_full (exporter_hash, exporter_equal, g_free, NULL);
    exported->in_order = g_ptr_array_new ();
    return exported;
}

void
nf_exported_free (NfExported *exported)
{
    g_ptr_array_unref (exported->in_order);
    g_hash_table_unref (exported->exporters);
    g_free (exported);
}

static Exporter *
find_exporter (NfExported *exported, const NfShow *show)
{
    Exporter key = {.exporter = show->datagram->exporter,
                    .collector = show->datagram->collector,
                    .version = show->message->version};
    Exporter *e = exported->current;

    if (e && exporter_equal (e, &key)) /* most often */
        return e;
    e = g_hash_table_lookup (exported->exporters, &key);

    if (!e && g_hash_table_size (exported->exporters) < MAX_EXPORTERS) {
        e = g_memdup2 (&key, sizeof key);
        g_hash_table_add (exported->exporters, e);
        g_ptr_array_add (exported->in_order, e);
    }
    return e;
}

/* A report, whose counts leave out the Message that it is in (RFC 5102 5.3). Where a counter is
 * less than in the one before, the exporter has started again: what it counts from there on is a
 * new beginning. */
static void
note_report (Exporter *e, const NfRecord *r)
{
    gboolean any = FALSE;

    for (guint c = 0; c < N_COUNTERS; c++) {
        gint field = nf_binding_find (r->event->binding, counters[c].id);
        NfValue value;

        if (field < 0)
            continue;
        nf_record_value (r, (guint)field, &value);
        if (value.kind != NF_VALUE_UNSIGNED)
            continue;
        if (!e->counts[c] || value.u < e->first[c] + e->exported[c]) {
            e->first[c] = value.u;
            e->at_first[c] = e->before[c];
            e->first_report = c == FLOWS ? r->datagram->order : e->first_report;
        }
        e->last_report = c == FLOWS ? r->datagram->order : e->last_report;
        e->counts[c] = any = TRUE;
        e->exported[c] = value.u - e->first[c];
        e->came[c] = e->before[c] - e->at_first[c];
    }
    e->n_reports += any ? 1 : 0;
}

/* Flow records that waited for their Template: they came with a datagram before the one at hand. */
static void
note_held (Exporter *e, guint64 order, guint n)
{
    e->received[FLOWS] += n;
    e->before[FLOWS] += n;
    if (!e->counts[FLOWS])
        return;
    if (order < e->first_report)
        e->at_first[FLOWS] += n;
    else if (order < e->last_report)
        e->came[FLOWS] += n;
}

void
nf_exported_note (NfExported *exported, NfShow *show, const NfEvent *event)
{
    Exporter *e = exported->current;
    NfRecord record;

    if (event->type == NF_EVENT_MESSAGE) {
        e = exported->current = find_exporter (exported, show);
        if (!e || show->held)
            return;
        memcpy (e->before, e->received, sizeof e->before);
        e->received[MESSAGES]++;
        e->received[OCTETS] += show->datagram->wire_length;
    }
    if (!e || event->type != NF_EVENT_RECORD)
        return;
    if (show->held) {
        if (!event->binding->tmpl->options)
            note_held (e, show->datagram->order, event->count);
        return;
    }
    if (!event->binding->tmpl->options) {
        e->received[FLOWS] += event->count;
        return;
    }
    record = nf_show_raw_record (show, event);
    note_report (e, &record);
}

/* Whether the exporter sends to other collectors, too. */
static gboolean
has_others (const NfExported *exported, const Exporter *e)
{
    for (guint i = 0; i < exported->in_order->len; i++) {
        const Exporter *other = exported->in_order->pdata[i];

        if (other != e && other->version == e->version &&
            nf_endpoint_equal (&other->exporter, &e->exporter))
            return TRUE;
    }
    return FALSE;
}

static void
add_line (NfText *t, const NfExported *exported, const Exporter *e)
{
    const char *separator = " ";

    nf_endpoint_text_port (t, &e->exporter);
    nf_text_add (t, " says that it exported");
    if (has_others (exported, e)) {
        nf_text_add (t, " to ");
        nf_endpoint_text_port (t, &e->collector);
        separator = ": ";
    }
    for (guint c = 0; c < N_COUNTERS; c++) {
        if (!e->counts[c])
            continue;
        nf_text_add (t, separator);
        nf_text_add_count (t, e->exported[c], counters[c].words);
        nf_text_add (t, " (received: ");
        nf_text_add_uint (t, e->came[c], 1);
        nf_text_add_char (t, ')');
        separator = ", ";
    }
    nf_text_add_format (t, " between the first and the last of %u reports\n", e->n_reports);
}

void
nf_exported_text (NfText *t, const NfExported *exported)
{
    guint shown = 0, n = 0;

    for (guint i = 0; i < exported->in_order->len; i++) {
        const Exporter *e = exported->in_order->pdata[i];

        if (e->n_reports < 2)
            continue;
        if (n++ < MAX_EXPORTERS_SHOWN) {
            add_line (t, exported, e);
            shown++;
        }
    }
    if (n > shown)
        nf_text_add_format (t, "and %u more exporters report\n", n - shown);
    if (n > 0)
        nf_text_add_char (t, '\n');
}
