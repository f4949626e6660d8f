/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of whole domains, in between and in the end. */
#include "say.h"
#include "walk-private.h"

/* ---- what is said of whole domains ---- */

/* Shows what is said of a whole domain, as if it were a Message without octets. */
static void
show_verdict (const NfDomainKey *key, const NfFinding *finding, guint64 order, gpointer walker)
{
    NfMessage message = {.version = key->version, .domain = key->id};
    NfDatagram datagram = {.exporter = key->exporter,
                           .collector = key->collector,
                           .transport = key->transport,
                           .connection = key->connection,
                           .order = G_MAXUINT64};
    NfWalker *w = walker;
    NfDatagram came = datagram;
    NfPlain plain = {.datagram = &came};

    nf_walker_begin (w, &datagram);
    if (w->show.anonymizer) {
        nf_anonymizer_show_ends (w->show.anonymizer, &came);
        w->show.plain = &plain;
    }
    w->show.message = &message;
    w->show.others[0] = order;
    nf_walker_take_finding (w, finding, FALSE);
    w->show.others[0] = 0;
    if (w->is_started)
        nf_walker_end_view (w);
    w->show.plain = NULL;
}

/* Has the view take note of that, as if all had come, or take it back. */
static void
judge_so_far (NfWalker *w, gboolean is_back)
{
    if (!w->usage || !w->view->shows_findings)
        return;
    w->show.is_end = w->show.is_so_far = TRUE;
    w->show.is_back = is_back;
    nf_usage_end (w->usage, show_verdict, w);
    nf_samplers_end (w->samplers, w->collector, show_verdict, w);
    w->show.is_end = w->show.is_so_far = w->show.is_back = FALSE;
}

/* ---- in between ---- */

/* Objects of JSON need none to be told apart. */
static void
add_heading (NfWalker *w, const char *heading)
{
    if (!w->show.options->json)
        nf_text_add_format (&w->show.out, "%s\n", heading);
}

void
nf_walker_show_now (NfWalker *walker, const char *heading)
{
    NfWalker *w = walker;

    if (!w->view->now || w->done)
        return;
    add_heading (w, heading);
    judge_so_far (w, FALSE);
    w->view->now (&w->show, w->self);
    judge_so_far (w, TRUE);
    if (!w->show.options->json)
        nf_text_add_char (&w->show.out, '\n');
    nf_walker_write_out (w);
}

void
nf_walker_reopen (NfWalker *walker)
{
    NfWalker *w = walker;
    const NfOptions *options = w->show.options;
    g_autoptr (GError) error = NULL, writer_error = NULL;

    nf_walker_write_out (w);
    if (nf_output_reopen (&w->output, "-o", options->files, &error) && w->view->again)
        w->view->again (&w->show, w->self);
    nf_walker_write_out (w);
    if (w->copies.writer)
        w->copies.writer = nf_writer_reopen (w->copies.writer, "-w", options->files, &writer_error);
    if (error)
        nf_say (NULL, "%s", error->message);
    if (writer_error)
        nf_say (NULL, "%s", writer_error->message);
}

GArray *
nf_walker_waiting (const NfWalker *walker)
{
    GArray *waiting = nf_hold_waiting (walker->hold);

    for (guint i = 0; walker->show.anonymizer && i < waiting->len; i++) {
        NfWaiting *w = &g_array_index (waiting, NfWaiting, i);
        NfDatagram datagram = {.exporter = w->exporter};

        nf_anonymizer_hide_ends (walker->show.anonymizer, &datagram);
        w->exporter = datagram.exporter;
    }
    return waiting;
}

/* ---- the end ---- */

/* Nothing came out of them, and nobody can tell whether something should have. */
static void
say_unknown (const NfWalker *w)
{
    guint64 n = nf_pick_unknown (w->pick);

    if (n > 0 && !w->show.options->quiet)
        nf_say (NULL,
                "-Y: %" G_GUINT64_FORMAT
                " Data Set%s without a Template: what it says of their records is not known",
                n, n == 1 ? "" : "s");
}

/* All has come: what is to be said of the whole, unless not all was wanted. */
static void
end_all (NfWalker *w)
{
    if (!w->usage || w->done || w->failed)
        return;
    w->show.is_file = FALSE;
    w->show.is_end = TRUE;
    nf_usage_end (w->usage, show_verdict, w);
    nf_samplers_end (w->samplers, w->collector, show_verdict, w);
}

/* Writes the file of --metrics. Returns whether that could be done; else it is said. */
static gboolean
write_metrics (NfWalker *w)
{
    g_autoptr (GError) error = NULL;

    if (!w->metrics ||
        nf_metrics_write (w->metrics, w->is_clocked ? g_get_real_time () * 1000 : 0, &error))
        return TRUE;
    nf_say (NULL, "%s", error->message);
    return FALSE;
}

gint64
nf_walker_wake_us (const NfWalker *walker)
{
    return walker->metrics ? nf_metrics_due_us (walker->metrics) : G_MAXINT64;
}

void
nf_walker_note_dropped (NfWalker *walker, guint64 dropped)
{
    if (walker->metrics)
        nf_metrics_set_dropped (walker->metrics, dropped);
}

void
nf_walker_wake (NfWalker *walker)
{
    if (walker->metrics && g_get_monotonic_time () >= nf_metrics_due_us (walker->metrics))
        write_metrics (walker);
}

void
nf_walker_abandon (NfWalker *walker)
{
    walker->show.is_abandoned = TRUE;
    walker->view->close (&walker->show, walker->self);
    nf_walker_discard (walker);
}

gboolean
nf_walker_finish (NfWalker *walker, gboolean *failed)
{
    g_autoptr (GError) error = NULL;
    gboolean written;

    end_all (walker);
    if (walker->show.options->every_us > 0)
        add_heading (walker, "---- in the end ----");
    walker->view->close (&walker->show, walker->self);
    if (!walker->failed)
        nf_walker_write_out (walker);
    if (!nf_output_close (&walker->output, &error) && !walker->failed)
        nf_say (NULL, "%s", error->message);
    written = !walker->failed && !error;
    written = nf_copies_close (&walker->copies) && written;
    written = write_metrics (walker) && written;
    if (!walker->is_quiet)
        nf_report_never_came (walker->report, walker->waiting);
    say_unknown (walker);
    *failed = nf_report_failed (walker->report);
    nf_walker_discard (walker);
    return written;
}
