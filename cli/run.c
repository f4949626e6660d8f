/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run. Files are read twice: first every datagram is learnt, then every datagram is walked and
 * shown, so that Templates that come late are there. What can be read only once (a pipe, sockets)
 * is learnt and walked datagram by datagram, and Sets without a Template are held for a while.
 */
#include "run.h"

#include "answer.h"
#include "hold.h"
#include "need.h"
#include "output.h"
#include "report.h"
#include "select.h"
#include "source.h"
#include "view.h"

#include <unistd.h>

/* Text is written out when there is so much of it. */
#define WRITE_LENGTH ((gsize)1 << 20)

typedef struct {
    const NfOptions *options;
    GPtrArray *inputs; /* of NfInput */
    NfCollector *collector;
    NfDecoder decoder;
    const NfView *view;
    gpointer self; /* the view's */
    NfShow show;
    NfOutput output;
    NfReport *report;
    NfAnswers *answers;
    NfHold *hold;
    guint64 place;      /* counts what is read of a file, for NfDatagram's order */
    guint64 n_shown;    /* Messages */
    guint64 n_messages; /* of the file being shown */
    guint64 n_records;
    guint64 n_missing;    /* Data Sets without a Template */
    guint64 n_undecoded;  /* octets */
    guint64 since_packet; /* while held datagrams are shown: the packet that brought Templates */
    gboolean live;        /* write out after every datagram */
    gboolean stop;        /* enough is shown, or it cannot be written */
    gboolean failed;
} NfRun;

static void
complain (NfRun *run, const char *name, const GError *error)
{
    g_printerr ("nfpeek: %s%s%s\n", name ? name : "", name ? ": " : "", error->message);
    run->failed = TRUE;
}

/* Takes the next item of a file, numbered so that every pass numbers it the same. */
static gboolean
next_item (NfRun *run, NfSource *source, guint file, NfItem *item, GError **error)
{
    if (!source->next (source, item, error))
        return FALSE;
    item->datagram.file = file;
    item->datagram.order = (guint64)(file + 1) << 40 | ++run->place;
    return TRUE;
}

/* ---- learning ---- */

static NfSource *
open_input (NfRun *run, NfInput *input)
{
    g_autoptr (GError) error = NULL;
    NfSource *source;

    if (input->failed)
        return NULL;
    run->place = 0;
    source = nf_input_look (input, &error) ? nf_input_open (input, &error) : NULL;
    if (!source) {
        complain (run, input->name, error);
        input->failed = TRUE;
    }
    return source;
}

/* Learns a file. Returns FALSE where no more has to be learnt. */
static gboolean
learn_file (NfRun *run, guint file, NfNeed *need)
{
    NfSource *source = open_input (run, run->inputs->pdata[file]);
    gboolean go_on = TRUE;
    NfItem item;

    while (source && go_on && next_item (run, source, file, &item, NULL)) {
        if (item.kind != NF_ITEM_DATAGRAM || !nf_select_is_message (run->options, &item.datagram))
            continue;
        nf_collector_learn (run->collector, &item.datagram, NULL);
        go_on = !nf_need_is_met (need, &item.datagram, run->inputs->len);
    }
    if (source)
        source->free (source);
    return go_on;
}

static void
learn_files (NfRun *run)
{
    NfNeed *need = nf_need_new (run->options, run->collector);
    gboolean go_on = TRUE;

    for (guint i = 0; i < run->inputs->len && go_on; i++) {
        NfInput *input = run->inputs->pdata[i];
        g_autoptr (GError) error = NULL;

        if (!nf_input_look (input, &error)) {
            complain (run, input->name, error);
            input->failed = TRUE;
        } else if (!input->is_stream) {
            go_on = learn_file (run, i, need);
        }
    }
    nf_need_free (need);
}

/* ---- showing ---- */

static void
write_out (NfRun *run)
{
    g_autoptr (GError) error = NULL;

    if (nf_output_write (&run->output, &run->show.out, &error))
        return;
    complain (run, NULL, error);
    nf_text_truncate (&run->show.out, 0);
    run->stop = TRUE;
}

static void
count_event (NfRun *run, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_RECORD:
        run->n_records++;
        return;
    case NF_EVENT_SET:
        run->n_missing += event->set->kind == NF_SET_DATA && !event->use.binding;
        return;
    case NF_EVENT_UNDECODED:
        run->n_undecoded += event->span.length;
        return;
    case NF_EVENT_FINDING:
        nf_report_finding (run->report, &run->show, &event->finding);
        return;
    default:
        return;
    }
}

static void
begin_datagram (NfRun *run, const NfDatagram *datagram)
{
    run->show.datagram = datagram;
    run->show.message = NULL;
    run->view->start (&run->show, run->self);
}

static void
give_event (NfRun *run, const NfEvent *event)
{
    if (event->type == NF_EVENT_MESSAGE)
        run->show.message = event->message;
    count_event (run, event);
    run->view->event (&run->show, run->self, event);
}

static void
end_datagram (NfRun *run)
{
    run->view->end (&run->show, run->self);
    run->n_shown++;
    run->n_messages++;
    if (run->live || nf_text_length (&run->show.out) >= WRITE_LENGTH)
        write_out (run);
    if (run->options->count > 0 && run->n_shown >= run->options->count)
        run->stop = TRUE;
}

/* Walks a datagram and shows it. Returns whether a Data Set had no Template. */
static gboolean
show_datagram (NfRun *run, const NfDatagram *datagram)
{
    guint64 missing = run->n_missing;
    NfEvent event;

    begin_datagram (run, datagram);
    nf_decoder_begin (&run->decoder, run->collector, datagram);
    while (nf_decoder_next (&run->decoder, &event) != NF_EVENT_END)
        give_event (run, &event);
    end_datagram (run);
    return run->n_missing > missing;
}

/* A Message whose fragments did not all come: only a finding is left of it. */
static void
show_lost (NfRun *run, const NfItem *item)
{
    NfEvent event = {.type = NF_EVENT_FINDING,
                     .finding = {.id = NF_FINDING_FRAGMENT_INCOMPLETE,
                                 .args = {item->octets_there, item->octets_expected}}};

    begin_datagram (run, &item->datagram);
    give_event (run, &event);
    end_datagram (run);
}

/* Whether the Set is one of a held datagram that can be shown only now. */
static gboolean
is_new (const NfRun *run, const NfEvent *event)
{
    return event->set->kind == NF_SET_DATA && event->use.binding &&
           event->use.packet == run->since_packet;
}

/* Shows the Sets of a held datagram whose Template has just come. Returns whether none is left. */
static gboolean
show_held (const NfDatagram *datagram, gpointer data)
{
    NfRun *run = data;
    gboolean shown = FALSE, wanted = FALSE, missing = FALSE;
    NfEvent event, header = {.type = NF_EVENT_END};

    nf_decoder_begin (&run->decoder, run->collector, datagram);
    while (nf_decoder_next (&run->decoder, &event) != NF_EVENT_END) {
        if (event.type == NF_EVENT_MESSAGE)
            header = event;
        if (event.type == NF_EVENT_SET) {
            wanted = is_new (run, &event);
            missing |= event.set->kind == NF_SET_DATA && !event.use.binding;
        }
        if (!wanted || !(event.in_set || event.type == NF_EVENT_SET))
            continue;
        if (!shown) {
            begin_datagram (run, datagram);
            give_event (run, &header);
        }
        shown = TRUE;
        give_event (run, &event);
    }
    if (shown)
        run->view->end (&run->show, run->self);
    return !missing;
}

/* A datagram that is read only once: learn it, show it, and what waited for its Templates. */
static void
show_live (NfRun *run, const NfDatagram *datagram)
{
    guint64 changes = nf_collector_changes (run->collector);
    g_autoptr (GArray) findings = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    gboolean missing;
    NfMessage message;
    NfFinding trouble;

    nf_collector_forget_before (run->collector, nf_hold_oldest (run->hold, datagram->order));
    nf_collector_learn (run->collector, datagram, findings);
    missing = show_datagram (run, datagram);
    for (guint i = 0; i < findings->len; i++)
        nf_report_finding (run->report, &run->show, &g_array_index (findings, NfFinding, i));
    if (!nf_message_read (&message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble))
        return;
    if (missing)
        nf_hold_add (run->hold, datagram, &message);
    if (nf_collector_changes (run->collector) == changes || run->stop)
        return;
    run->show.held = TRUE;
    run->since_packet = datagram->packet;
    nf_hold_foreach (run->hold, datagram, &message, show_held, run);
    run->show.held = FALSE;
    write_out (run);
}

static gboolean
is_message (const NfRun *run, const NfItem *item)
{
    if (item->kind == NF_ITEM_LOST)
        return nf_select_is_lost_message (run->options, &item->datagram);
    return item->kind == NF_ITEM_DATAGRAM && nf_select_is_message (run->options, &item->datagram);
}

static void
show_item (NfRun *run, const NfItem *item, gboolean once, NfCensus *census)
{
    gboolean message = is_message (run, item);

    nf_answers_note (run->answers, run->show.file, item, message);
    if (!message) {
        nf_census_add (census, item->kind == NF_ITEM_DATAGRAM ? &item->datagram : NULL);
        return;
    }
    if (!nf_select_wants_packet (run->options, &item->datagram)) {
        if (once && item->kind == NF_ITEM_DATAGRAM)
            nf_collector_learn (run->collector, &item->datagram, NULL);
        run->n_messages++;
        return;
    }
    if (item->kind == NF_ITEM_LOST)
        show_lost (run, item);
    else if (once)
        show_live (run, &item->datagram);
    else
        show_datagram (run, &item->datagram);
}

/* Where a file has no Message: what it has instead. */
static void
say_nothing_found (NfRun *run, const char *name, const NfCensus *census)
{
    NfText t = NF_TEXT_INIT;

    nf_census_text (&t, census);
    g_printerr ("nfpeek: %s: no NetFlow or IPFIX Message: %s\n", name, nf_text_string (&t));
    nf_text_clear (&t);
    run->failed = TRUE;
}

static void
show_source (NfRun *run, NfSource *source, guint file, gboolean once)
{
    g_autoptr (GError) error = NULL;
    NfCensus *census = nf_census_new ();
    NfItem item;
    gboolean past = FALSE;

    run->n_messages = 0;
    while (!run->stop && !past && next_item (run, source, file, &item, &error)) {
        show_item (run, &item, once, census);
        past = nf_select_is_past (run->options, item.datagram.packet + 1) &&
               !nf_answers_are_open (run->answers);
    }
    if (error)
        complain (run, run->show.file, error);
    if (run->n_messages == 0 && !run->stop && !past)
        say_nothing_found (run, run->show.file, census);
    nf_answers_end_file (run->answers, run->show.file);
    nf_report_end_file (run->report, run->show.file);
    nf_census_free (census);
    source->free (source);
}

static void
show_files (NfRun *run)
{
    for (guint i = 0; i < run->inputs->len && !run->stop; i++) {
        NfInput *input = run->inputs->pdata[i];
        NfSource *source = open_input (run, input);

        if (!source)
            continue;
        run->show.file = input->name;
        run->show.is_file = input->is_file;
        run->live = input->is_stream;
        if (input->remark && *input->remark && !run->options->quiet)
            g_printerr ("nfpeek: %s: %s\n", input->name, input->remark);
        show_source (run, source, i, input->is_stream);
    }
}

static void
show_sockets (NfRun *run)
{
    g_autoptr (GError) error = NULL;
    NfSource *source = nf_source_udp_new (run->options->listen, &error);

    if (!source) {
        complain (run, NULL, error);
        return;
    }
    run->show.file = "UDP";
    run->live = TRUE;
    show_source (run, source, 0, TRUE);
    if (!run->options->quiet)
        g_printerr ("nfpeek: %" G_GUINT64_FORMAT " Messages received, %" G_GUINT64_FORMAT
                    " records decoded; not decodable: %" G_GUINT64_FORMAT
                    " Data Sets without a Template, %" G_GUINT64_FORMAT " octets in all\n",
                    run->n_messages, run->n_records, run->n_missing, run->n_undecoded);
}

/* ---- all together ---- */

static void
add_inputs (NfRun *run)
{
    run->inputs = g_ptr_array_new_with_free_func (nf_input_free);
    for (guint i = 0; i < run->options->files->len; i++)
        g_ptr_array_add (run->inputs, nf_input_new_file (run->options->files->pdata[i]));
    if (run->options->hex->len > 0)
        g_ptr_array_add (run->inputs, nf_input_new_text (run->options->hex));
}

/* The view that suits what there is to show, where -T does not say. */
static const NfView *
choose_view (const NfRun *run)
{
    gboolean is_single = run->inputs->len > 0;

    if (run->options->view)
        return nf_view_find (run->options->view);
    if (run->options->listen->len > 0)
        return nf_view_find ("messages");
    for (guint i = 0; i < run->inputs->len; i++)
        is_single &= ((const NfInput *)run->inputs->pdata[i])->is_single;
    return nf_view_find (is_single ? "tree" : "summary");
}

static gboolean
open_view (NfRun *run, NfRegistry *registry)
{
    g_autoptr (GError) error = NULL;

    run->view = choose_view (run);
    run->show.options = run->options;
    run->show.registry = registry;
    run->show.plans = nf_plans_new (registry, run->options->netflow9_names);
    run->report = nf_report_new (run->options, !run->view->shows_findings);
    run->answers = nf_answers_new (run->options);
    run->hold = nf_hold_new ();
    if (nf_output_open (&run->output, run->options->output, &error)) {
        run->show.color = run->options->color == NF_COLOR_ALWAYS ||
                          (run->options->color == NF_COLOR_AUTO && isatty (run->output.fd));
        run->self = run->view->open (&run->show, &error);
    }
    if (error)
        complain (run, NULL, error);
    return run->self != NULL;
}

static void
close_view (NfRun *run)
{
    g_autoptr (GError) error = NULL;

    if (run->self)
        run->view->close (&run->show, run->self);
    if (run->output.fd >= 0) {
        write_out (run);
        if (!nf_output_close (&run->output, &error))
            complain (run, NULL, error);
    }
    nf_decoder_clear (&run->decoder);
    nf_plans_free (run->show.plans);
    nf_text_clear (&run->show.out);
    nf_answers_free (run->answers);
    nf_hold_free (run->hold);
}

int
nf_run (const NfOptions *options, NfRegistry *registry)
{
    NfLimits limits = nf_default_limits;
    NfRun run = {.options = options, .output = {.fd = -1}};
    int status;

    limits.stream = options->listen->len > 0;
    run.collector = nf_collector_new (registry, &limits);
    add_inputs (&run);
    learn_files (&run);
    if (open_view (&run, registry)) {
        if (options->listen->len > 0)
            show_sockets (&run);
        else
            show_files (&run);
    }
    close_view (&run);
    status = run.failed                      ? NF_EXIT_FAILED
             : nf_report_failed (run.report) ? NF_EXIT_FINDINGS
                                             : NF_EXIT_DONE;
    nf_report_free (run.report);
    nf_collector_free (run.collector);
    g_ptr_array_unref (run.inputs);
    return status;
}
