/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T messages: a line a Message: where it came from, what its Sets hold, what is wrong with it.
 *
 *  packet  time                      exporter         version     domain  sequence  holds
 *       1  2023-11-14T22:13:20.000Z  192.0.2.1:40000  NetFlow v9       0         7  1 Template
 * (256)
 */
#include "columns.h"
#include "show-origin.h"

/* Ids and kinds of records that one line names. */
#define MAX_NAMED 8

/* Ids that are met, the first of them by name. */
typedef struct {
    guint64 n;
    guint16 ids[MAX_NAMED];
} Ids;

/* Records of one Template, or octets that lack it. */
typedef struct {
    guint16 id;
    gboolean options;
    gboolean missing; /* there is no Template */
    guint64 n;        /* records, or octets */
} Data;

typedef struct {
    gboolean any;
    guint place_width; /* columns grow with what they have to hold */
    guint exporter_width;
    /* of the Message */
    Ids templates, options_templates, withdrawals;
    Data data[MAX_NAMED];
    guint n_data;
    guint64 other_records; /* of Templates that have no room in `data` */
    guint64 undecoded;     /* octets; those that lack a Template not counted */
    gboolean lacks;        /* the Set has no Template */
    guint16 set_id;
    guint64 findings[NF_N_FINDINGS];
} Messages;

/* What "router.pcap 123" takes where there are several files. */
static guint
place_width (const NfOptions *options)
{
    gsize width = strlen ("packet");

    for (guint i = 0; nf_origin_is_ambiguous (options) && i < options->files->len; i++) {
        g_autofree char *name = g_path_get_basename (options->files->pdata[i]);

        width = MAX (width, nf_column_width (name, strlen (name)) + strlen (" 123"));
    }
    return (guint)width;
}

static gpointer
messages_open (NfShow *show, GError **error)
{
    Messages *m = g_new0 (Messages, 1);

    (void)show;
    (void)error;
    m->place_width = place_width (show->options);
    m->exporter_width = strlen ("192.168.100.100:40000");
    return m;
}

static void
messages_start (NfShow *show, gpointer self)
{
    Messages *m = self;

    (void)show;
    *m = (Messages){
        .any = m->any, .place_width = m->place_width, .exporter_width = m->exporter_width};
}

/* ---- counting ---- */

static void
note_id (Ids *ids, guint16 id)
{
    if (ids->n < MAX_NAMED)
        ids->ids[ids->n] = id;
    ids->n++;
}

/* Where to count what belongs to Template `id`; NULL where too many are there. */
static Data *
data_of (Messages *m, guint16 id, gboolean options, gboolean missing)
{
    for (guint i = m->n_data; i-- > 0;) {
        Data *d = &m->data[i];

        if (d->id == id && d->options == options && d->missing == missing)
            return d;
    }
    if (m->n_data == MAX_NAMED)
        return NULL;
    m->data[m->n_data] = (Data){.id = id, .options = options, .missing = missing};
    return &m->data[m->n_data++];
}

static void
count_records (Messages *m, const NfTemplate *tmpl, guint n)
{
    Data *data = data_of (m, tmpl->id, tmpl->options, FALSE);

    if (data)
        data->n += n;
    else
        m->other_records += n;
}

static void
count_undecoded (Messages *m, const NfEvent *event)
{
    Data *data = event->in_set && m->lacks ? data_of (m, m->set_id, FALSE, TRUE) : NULL;

    if (data)
        data->n += event->span.length;
    else
        m->undecoded += event->span.length;
}

static void
messages_event (NfShow *show, gpointer self, const NfEvent *event)
{
    Messages *m = self;

    (void)show;
    switch (event->type) {
    case NF_EVENT_SET:
        m->lacks = nf_set_lacks_template (event);
        m->set_id = event->set->id;
        return;
    case NF_EVENT_TEMPLATE:
        note_id (event->binding->tmpl->options ? &m->options_templates : &m->templates,
                 event->binding->tmpl->id);
        return;
    case NF_EVENT_WITHDRAWAL:
        note_id (&m->withdrawals, event->template_id);
        return;
    case NF_EVENT_RECORD:
        count_records (m, event->binding->tmpl, event->count);
        return;
    case NF_EVENT_UNDECODED:
        count_undecoded (m, event);
        return;
    case NF_EVENT_FINDING:
        m->findings[event->finding.id]++;
        return;
    default:
        return;
    }
}

/* ---- the line ---- */

/* Appends what stands between two things of the list that began at octet `start`. */
static void
separate (NfText *t, gsize start)
{
    if (nf_text_length (t) > start)
        nf_text_add (t, ", ");
}

static void
add_ids (NfText *t, gsize start, const Ids *ids, const char *words)
{
    if (ids->n == 0)
        return;
    separate (t, start);
    nf_text_add_count (t, ids->n, words);
    for (guint i = 0; i < ids->n && i < MAX_NAMED; i++) {
        nf_text_add (t, i ? " " : " (");
        nf_text_add_uint (t, ids->ids[i], 1);
    }
    nf_text_add (t, ids->n > MAX_NAMED ? " ...)" : ")");
}

static void
add_data (NfText *t, gsize start, const Data *data)
{
    separate (t, start);
    if (data->missing) {
        nf_text_add_count (t, data->n, "octets");
        nf_text_add_format (t, " of %u without Template", data->id);
        return;
    }
    nf_text_add_count (t, data->n, data->options ? "options records" : "records");
    if (data->id > 0) { /* a fixed version has no ids */
        nf_text_add (t, " of ");
        nf_text_add_uint (t, data->id, 1);
    }
}

static void
add_contents (NfShow *show, const Messages *m)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    add_ids (t, start, &m->templates, "Templates");
    add_ids (t, start, &m->options_templates, "Options Templates");
    add_ids (t, start, &m->withdrawals, "withdrawals");
    for (guint i = 0; i < m->n_data; i++)
        add_data (t, start, &m->data[i]);
    if (m->other_records > 0) {
        separate (t, start);
        nf_text_add_count (t, m->other_records, "records");
        nf_text_add (t, " of other Templates");
    }
    if (m->undecoded > 0) {
        separate (t, start);
        nf_text_add_count (t, m->undecoded, show->message ? "undecoded octets" : "octets");
        if (!show->message)
            nf_text_add (t, m->undecoded == 1 ? " that is no Message" : " that are no Message");
    }
    if (nf_text_length (t) == start)
        nf_text_add (t, show->message ? "no record" : "no Message");
}

/* Whether there is more to tell than notes. */
static gboolean
has_trouble (const NfShow *show, const Messages *m)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        if (m->findings[i] > 0 && show->options->severities.of[i] > NF_SEVERITY_NOTE)
            return TRUE;
    return FALSE;
}

/* Whether a finding of the same code stands before this one in the table and was met, too. */
static gboolean
is_told (const Messages *m, guint id)
{
    for (guint i = 0; i < id; i++)
        if (m->findings[i] > 0 &&
            strcmp (nf_finding_code ((NfFindingId)i), nf_finding_code ((NfFindingId)id)) == 0)
            return TRUE;
    return FALSE;
}

/* The codes of errors and warnings; notes would bury them. */
static void
add_findings (NfShow *show, const Messages *m)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        if (m->findings[i] == 0)
            continue;
        NfSeverity severity = show->options->severities.of[i];

        if (severity == NF_SEVERITY_NOTE || is_told (m, i))
            continue;
        nf_text_add_char (&show->out, ' ');
        nf_color_severity (show, severity);
        nf_text_add_char (&show->out, '[');
        nf_text_add (&show->out, nf_finding_code ((NfFindingId)i));
        nf_text_add_char (&show->out, ']');
        nf_color_end (show);
    }
}

static void
add_number (NfText *t, gboolean there, guint32 number, guint width)
{
    gsize start = nf_text_length (t);

    if (there) {
        nf_text_add_uint_right (t, number, width);
        return;
    }
    nf_text_add_char (t, '-');
    nf_column_right (t, start, width);
}

/* Version, with what carries it where that is not UDP, domain, sequence: a dash where there is
 * none.
 */
static void
add_header (NfShow *show)
{
    const NfMessage *message = show->message;
    NfTransport transport = show->datagram->transport;
    NfText *t = &show->out;
    gsize start = nf_text_length (t);
    guint version = message ? message->version : 0;

    nf_text_add (t, message ? nf_version_name (version) : "-");
    if (transport == NF_TRANSPORT_TCP || transport == NF_TRANSPORT_SCTP)
        nf_text_add_format (t, "/%s", nf_origin_transport (transport));
    nf_column_left (t, start, strlen ("NetFlow v9"));
    nf_text_add (t, "  ");
    add_number (t, nf_version_has (version, NF_HEADER_DOMAIN), message ? message->domain : 0, 10);
    add_number (t, nf_version_has (version, NF_HEADER_SEQUENCE), message ? message->sequence : 0,
                12);
    nf_text_add (t, "  ");
}

static void
add_titles (NfShow *show, const Messages *m)
{
    NfText *t = &show->out;

    nf_color_bold (show);
    nf_text_add (t, "packet");
    nf_column_left (t, nf_text_length (t) - strlen ("packet"), m->place_width);
    nf_text_add (t, "  time                      exporter");
    nf_column_left (t, nf_text_length (t) - strlen ("exporter"), m->exporter_width);
    nf_text_add (t, "  version         domain    sequence  holds");
    nf_color_end (show);
    nf_text_add_char (t, '\n');
}

/* A line about a whole domain, which has no columns. */
static void
add_verdict (NfShow *show, const Messages *m)
{
    nf_origin_domain (&show->out, show->datagram, show->message);
    nf_text_add (&show->out, ", in all:");
    add_findings (show, m);
    nf_text_add_char (&show->out, '\n');
}

static void
messages_end (NfShow *show, gpointer self)
{
    Messages *m = self;
    NfText *t = &show->out;

    if (show->is_end) {
        if (has_trouble (show, m))
            add_verdict (show, m);
        return;
    }
    if (!m->any)
        add_titles (show, m);
    m->any = TRUE;
    nf_origin_place_column (show, &m->place_width);
    nf_text_add (t, "  ");
    nf_origin_time_column (show);
    nf_text_add (t, "  ");
    nf_origin_exporter_column (t, &show->datagram->exporter, &m->exporter_width);
    nf_text_add (t, "  ");
    add_header (show);
    add_contents (show, m);
    if (show->held)
        nf_text_add (t, ", held until the Template came");
    add_findings (show, m);
    nf_text_add_char (t, '\n');
}

/* With the next Message its titles come. */
static void
messages_again (NfShow *show, gpointer self)
{
    (void)show;
    ((Messages *)self)->any = FALSE;
}

static void
messages_close (NfShow *show, gpointer self)
{
    (void)show;
    g_free (self);
}

const NfView nf_view_messages = {
    .name = "messages",
    .joins = TRUE,
    .shows_findings = TRUE,
    .open = messages_open,
    .start = messages_start,
    .event = messages_event,
    .end = messages_end,
    .close = messages_close,
    .again = messages_again,
};
