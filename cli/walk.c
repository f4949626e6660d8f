/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Datagrams through the decoder into a view. */
#include "walk.h"

#include "hold.h"
#include "output.h"
#include "report.h"
#include "say.h"

#include <unistd.h>

/* Text is written out when there is so much of it. */
#define WRITE_LENGTH ((gsize)1 << 20)

struct _NfWalker {
    NfCollector *collector;
    NfDecoder decoder;
    const NfView *view;
    gpointer self; /* the view's */
    NfShow show;
    NfOutput output;
    NfReport *report;
    NfHold *hold;
    NfCounts counts;
    const NfDatagram *since; /* while held datagrams are shown: what brought their Templates */
    NfLack lack;             /* of the datagram being shown */
    NfIdSet brought;         /* Templates in it, while learning */
    gboolean live;
    gboolean is_learning; /* the datagram being shown is read only once: Templates may yet come */
    guint64 waiting;      /* Data Sets that had none then, and have none now */
    gboolean done;
    gboolean failed;
};

static void
discard (NfWalker *w)
{
    nf_decoder_clear (&w->decoder);
    nf_plans_free (w->show.plans);
    nf_text_clear (&w->show.out);
    nf_text_clear (&w->show.scratch);
    nf_report_free (w->report);
    nf_hold_free (w->hold);
    g_free (w);
}

NfWalker *
nf_walker_new (const NfOptions *options, NfCollector *collector, const NfView *view, GError **error)
{
    NfWalker *w = g_new0 (NfWalker, 1);

    w->collector = collector;
    w->view = view;
    w->show.decoder = &w->decoder;
    w->show.options = options;
    w->show.registry = nf_collector_registry (collector);
    w->show.collector = collector;
    w->show.plans = nf_plans_new (w->show.registry, options->netflow9_names);
    w->report = nf_report_new (options, !view->shows_findings);
    w->hold = nf_hold_new ();
    if (nf_output_open (&w->output, options->output, options->files, error)) {
        w->show.is_terminal = isatty (w->output.fd) == 1;
        w->show.color = options->color == NF_COLOR_ALWAYS ||
                        (options->color == NF_COLOR_AUTO && w->show.is_terminal);
        w->self = view->open (&w->show, error);
    }
    if (w->self && nf_output_begin (&w->output, error))
        return w;
    if (w->self)
        view->close (&w->show, w->self);
    discard (w);
    return NULL;
}

static void
write_out (NfWalker *w)
{
    g_autoptr (GError) error = NULL;

    if (nf_output_write (&w->output, &w->show.out, &error))
        return;
    nf_say (NULL, "%s", error->message);
    nf_text_truncate (&w->show.out, 0);
    w->done = w->failed = TRUE;
}

gboolean
nf_walker_finish (NfWalker *walker, gboolean *failed)
{
    g_autoptr (GError) error = NULL;
    gboolean written;

    walker->view->close (&walker->show, walker->self);
    if (!walker->failed)
        write_out (walker);
    if (!nf_output_close (&walker->output, &error) && !walker->failed)
        nf_say (NULL, "%s", error->message);
    written = !walker->failed && !error;
    nf_report_never_came (walker->report, walker->waiting);
    *failed = nf_report_failed (walker->report);
    discard (walker);
    return written;
}

void
nf_walker_begin_input (NfWalker *walker, const char *name, gboolean is_file, gboolean live)
{
    walker->show.file = name;
    walker->show.is_file = is_file;
    walker->live = live;
}

void
nf_walker_end_input (NfWalker *walker)
{
    nf_report_end_file (walker->report, walker->show.file);
}

gboolean
nf_walker_is_done (const NfWalker *walker)
{
    return walker->done;
}

const NfCounts *
nf_walker_counts (const NfWalker *walker)
{
    return &walker->counts;
}

/* A Set without a Template; on a live source it may yet come. */
static void
count_lack (NfWalker *w, guint16 id)
{
    NfLack *lack = &w->lack;

    w->counts.missing++;
    if (!w->is_learning)
        return;
    w->waiting++;
    for (guint i = 0; i < lack->n_ids; i++)
        if (lack->ids[i] == id)
            return;
    if (lack->n_ids < NF_HOLD_IDS)
        lack->ids[lack->n_ids++] = id;
}

static void
count_event (NfWalker *w, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        w->lack.version = event->message->version;
        w->lack.domain = event->message->domain;
        return;
    case NF_EVENT_RECORD:
        w->counts.records++;
        return;
    case NF_EVENT_TEMPLATE:
        if (w->is_learning)
            nf_id_set_add (&w->brought, event->binding->tmpl->id);
        return;
    case NF_EVENT_SET:
        if (nf_set_lacks_template (event))
            count_lack (w, event->set->id);
        return;
    case NF_EVENT_UNDECODED:
        w->counts.undecoded += event->span.length;
        return;
    case NF_EVENT_FINDING:
        if (w->is_learning && event->finding.id == NF_FINDING_TEMPLATE_MISSING)
            nf_report_waiting (w->report, &w->show, &event->finding);
        else
            nf_report_finding (w->report, &w->show, &event->finding);
        return;
    default:
        return;
    }
}

static void
begin_datagram (NfWalker *w, const NfDatagram *datagram)
{
    nf_plans_trim (w->show.plans);
    w->show.datagram = datagram;
    w->show.message = NULL;
    w->show.domain = NULL;
    w->view->start (&w->show, w->self);
}

static void
give_event (NfWalker *w, const NfEvent *event)
{
    if (event->type == NF_EVENT_MESSAGE) {
        w->show.message = event->message;
        w->show.domain = nf_decoder_domain (&w->decoder);
    }
    count_event (w, event);
    w->view->event (&w->show, w->self, event);
    if (nf_text_length (&w->show.out) >= WRITE_LENGTH)
        write_out (w);
}

static void
give_finding (NfWalker *w, const NfFinding *finding)
{
    NfEvent event = {.type = NF_EVENT_FINDING, .span = finding->span, .finding = *finding};

    give_event (w, &event);
}

static void
end_datagram (NfWalker *w)
{
    w->view->end (&w->show, w->self);
    if (w->live)
        write_out (w);
}

static void
count_message (NfWalker *w)
{
    w->counts.messages++;
    if (w->show.options->count > 0 && w->counts.messages >= w->show.options->count)
        w->done = TRUE;
}

void
nf_walker_show (NfWalker *walker, const NfDatagram *datagram, const GArray *limits)
{
    NfEvent event;

    begin_datagram (walker, datagram);
    nf_decoder_begin (&walker->decoder, walker->collector, datagram);
    while (!walker->failed && nf_decoder_next (&walker->decoder, &event) != NF_EVENT_END)
        give_event (walker, &event);
    for (guint i = 0; limits && i < limits->len; i++)
        give_finding (walker, &g_array_index (limits, NfFinding, i));
    end_datagram (walker);
    count_message (walker);
}

void
nf_walker_show_lost (NfWalker *walker, const NfItem *item)
{
    NfFinding finding = {.id = NF_FINDING_FRAGMENT_INCOMPLETE,
                         .args = {item->octets_there, item->octets_expected}};

    begin_datagram (walker, &item->datagram);
    give_finding (walker, &finding);
    end_datagram (walker);
    count_message (walker);
}

/* Whether the Set is one of a held datagram that can be shown only now. */
static gboolean
is_new (const NfWalker *w, const NfEvent *event)
{
    return event->set->kind == NF_SET_DATA && event->set->span.length > 4 && event->use.binding &&
           event->use.late && event->use.packet == w->since->packet &&
           event->use.file == w->since->file;
}

/* A Set of a held datagram: one that was counted as undecoded when it came is none any more.
 * Returns whether it is to be shown. */
static gboolean
take_held_set (NfWalker *w, const NfEvent *event)
{
    if (!is_new (w, event))
        return FALSE;
    w->counts.missing--;
    w->waiting--;
    w->counts.undecoded -= event->set->span.length - 4;
    return TRUE;
}

/* Shows the Sets of a held datagram whose Template has just come. */
static void
show_held (const NfDatagram *datagram, const NfLack *lack, gpointer data)
{
    NfWalker *w = data;
    gboolean shown = FALSE, wanted = FALSE;
    NfEvent event, header = {.type = NF_EVENT_END};

    w->show.file = lack->input;
    w->show.is_file = lack->is_file;
    nf_collector_learn (w->collector, datagram, NULL); /* it may be options data */
    nf_decoder_begin (&w->decoder, w->collector, datagram);
    while (!w->failed && nf_decoder_next (&w->decoder, &event) != NF_EVENT_END) {
        if (event.type == NF_EVENT_MESSAGE)
            header = event;
        if (event.type == NF_EVENT_SET)
            wanted = take_held_set (w, &event);
        if (!wanted || !(event.in_set || event.type == NF_EVENT_SET))
            continue;
        if (!shown) {
            begin_datagram (w, datagram);
            give_event (w, &header);
        }
        shown = TRUE;
        give_event (w, &event);
    }
    if (shown)
        end_datagram (w);
}

/* Shows what waited for the Templates that a datagram brought. */
static void
release_held (NfWalker *w, const NfDatagram *datagram)
{
    const char *file = w->show.file;
    gboolean is_file = w->show.is_file;

    w->show.held = TRUE;
    w->since = datagram;
    nf_hold_release (w->hold, &datagram->exporter, w->lack.version, w->lack.domain, &w->brought,
                     show_held, w);
    w->show.held = FALSE;
    w->show.file = file;
    w->show.is_file = is_file;
}

void
nf_walker_show_live (NfWalker *walker, const NfDatagram *datagram)
{
    guint64 changes = nf_collector_changes (walker->collector);
    g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (NfFinding));

    nf_collector_forget_before (walker->collector, nf_hold_oldest (walker->hold, datagram->order));
    nf_collector_learn (walker->collector, datagram, limits);
    walker->lack = (NfLack){.input = walker->show.file, .is_file = walker->show.is_file};
    walker->is_learning = TRUE;
    nf_walker_show (walker, datagram, limits);
    walker->is_learning = FALSE;
    if (walker->lack.n_ids > 0)
        nf_hold_add (walker->hold, datagram, &walker->lack);
    if (nf_collector_changes (walker->collector) != changes && !walker->done)
        release_held (walker, datagram);
    memset (&walker->brought, 0, sizeof walker->brought);
}
