/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes on while a live source is read. */
#include "live.h"

#include "say.h"
#include "select.h"
#include "show-origin.h"
#include "signals.h"

/* How long nothing is decoded before it is said: longer than most exporters are silent. It is said
 * again after twice the time, and so on. */
#define SILENCE_US (10 * G_USEC_PER_SEC)

/* Templates waited for that are told: nobody reads more in a line. */
#define MAX_TOLD 5

struct _NfLive {
    const NfOptions *options;
    NfWalker *walker;
    NfSource *source;
    gint64 begin_us;   /* as all others: g_get_monotonic_time() */
    gint64 end_us;     /* of --for; G_MAXINT64: none, or it has ended */
    gint64 show_us;    /* when --every is due; G_MAXINT64: never */
    gint64 decoded_us; /* when anything was decoded */
    gint64 say_us;     /* when to say that nothing is */
    guint64 messages;  /* since `decoded_us`: of which nothing was decoded, */
    NfCensus *others;  /* and what is no Message; NULL: nothing */
    guint64 n_missing; /* Data Sets without a Template so far */
};

static void
set_alarm (NfLive *live)
{
    live->source->wake_us = MIN (MIN (MIN (live->end_us, live->show_us), live->say_us),
                                 nf_walker_wake_us (live->walker));
}

NfLive *
nf_live_new (const NfOptions *options, NfWalker *walker, NfSource *source)
{
    NfLive *live = g_new0 (NfLive, 1);
    gint64 now_us = g_get_monotonic_time ();

    live->options = options;
    live->walker = walker;
    live->source = source;
    live->begin_us = live->decoded_us = now_us;
    live->end_us = options->for_us > 0 ? now_us + options->for_us : G_MAXINT64;
    live->show_us = options->every_us > 0 ? now_us + options->every_us : G_MAXINT64;
    live->say_us = options->quiet ? G_MAXINT64 : now_us + SILENCE_US;
    set_alarm (live);
    return live;
}

static void
note_dropped (NfLive *live)
{
    if (live->source->dropped)
        nf_walker_note_dropped (live->walker, live->source->dropped (live->source));
}

void
nf_live_free (NfLive *live)
{
    note_dropped (live);
    g_clear_pointer (&live->others, nf_census_free);
    g_free (live);
}

/* ---- silence ---- */

/* "260 of 192.0.2.1 domain 1: 40 s, 1204 Sets held" */
static void
add_waiting (NfText *t, const NfWalker *walker, gint64 now_us)
{
    g_autoptr (GArray) waiting = nf_walker_waiting (walker);

    for (guint i = 0; i < waiting->len && i < MAX_TOLD; i++) {
        const NfWaiting *w = &g_array_index (waiting, NfWaiting, i);

        nf_text_add_format (t, "%s %u of ", i == 0 ? "; Templates waited for:" : ";", w->id);
        nf_endpoint_text (t, &w->exporter);
        nf_text_add_format (t, " domain %u: %" G_GINT64_FORMAT " s, ", w->domain,
                            (now_us - w->since_us) / G_USEC_PER_SEC);
        nf_text_add_count (t, w->sets, "Sets");
        nf_text_add (t, " held");
    }
    if (waiting->len > MAX_TOLD)
        nf_text_add_format (t, "; and %u more", waiting->len - MAX_TOLD);
}

static void
say_silence (const NfLive *live, gint64 now_us)
{
    gint64 silent_s = (now_us - live->decoded_us) / G_USEC_PER_SEC;
    NfText t = NF_TEXT_INIT;

    if (live->messages > 0) {
        nf_text_add (&t, "nothing could be decoded for ");
        nf_text_add_format (&t, "%" G_GINT64_FORMAT " s; ", silent_s);
        nf_text_add_count (&t, live->messages, "export packets");
        nf_text_add (&t, " came");
    } else {
        nf_text_add_format (&t, "no export packet for %" G_GINT64_FORMAT " s; ", silent_s);
        nf_text_add (&t, live->others ? "others " : "no other packet ");
        nf_text_add (&t, live->options->listen->len > 0 ? "on the ports listened to" : "captured");
        if (live->others) {
            nf_text_add (&t, ": ");
            nf_census_text (&t, live->others);
        }
    }
    add_waiting (&t, live->walker, now_us);
    nf_say (NULL, "%s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* Whether a Message could be decoded is seen by the Sets that lack a Template: no more than before.
 */
static void
note_datagram (NfLive *live, gboolean is_message, gint64 now_us)
{
    guint64 missing = nf_walker_counts (live->walker)->missing;

    if (is_message && missing <= live->n_missing) {
        live->decoded_us = now_us;
        live->messages = 0;
        g_clear_pointer (&live->others, nf_census_free);
        live->say_us = live->options->quiet ? G_MAXINT64 : now_us + SILENCE_US;
    } else if (is_message) {
        live->messages++;
    }
    live->n_missing = missing;
}

static void
note_other (NfLive *live, const NfItem *item)
{
    if (!live->others)
        live->others = nf_census_new ();
    nf_census_add (live->others, item);
}

/* ---- what is due ---- */

static void
show_now (NfLive *live, gint64 now_us)
{
    g_autofree char *heading = g_strdup_printf ("---- after %" G_GINT64_FORMAT " s ----",
                                                (now_us - live->begin_us) / G_USEC_PER_SEC);

    nf_walker_show_now (live->walker, heading);
    while (live->show_us <= now_us)
        live->show_us += live->options->every_us;
}

void
nf_live_note (NfLive *live, const NfItem *item, gboolean is_message)
{
    gint64 now_us = g_get_monotonic_time ();

    if (!is_message && item->kind < NF_ITEM_ENDED)
        note_other (live, item);
    if (item->kind == NF_ITEM_DATAGRAM)
        note_datagram (live, is_message, now_us);
    else if (item->kind == NF_ITEM_IDLE)
        nf_signals_settle ();
    if (nf_signals_take (NF_SIGNAL_REPORT))
        nf_live_say_received (live);
    if (nf_signals_take (NF_SIGNAL_REOPEN))
        nf_walker_reopen (live->walker);
    if (now_us < live->source->wake_us)
        return;
    note_dropped (live);
    nf_walker_wake (live->walker);
    if (now_us >= live->show_us)
        show_now (live, now_us);
    if (now_us >= live->say_us) {
        say_silence (live, now_us);
        live->say_us = now_us + (now_us - live->decoded_us);
    }
    if (now_us >= live->end_us) {
        live->end_us = G_MAXINT64;
        nf_signals_stop ();
    }
    set_alarm (live);
}

/* ---- what came ---- */

static void
add_lost (NfText *t, const NfCounts *counts)
{
    static const char *const names[NF_N_UNITS] = {
        [NF_UNIT_MESSAGES] = "Messages",
        [NF_UNIT_RECORDS] = "records",
        [NF_UNIT_RECORDS_INCLUDING] = "records",
        [NF_UNIT_FLOWS] = "flows",
        [NF_UNIT_RECORDS_AND_TEMPLATES] = "records and Templates",
    };
    gboolean any = FALSE;

    nf_text_add (t, "; lost by sequence numbers: ");
    for (guint i = 0; i < NF_N_UNITS; i++) {
        if (counts->lost[i] == 0)
            continue;
        nf_text_add (t, any ? ", " : "");
        nf_text_add_count (t, counts->lost[i], names[i]);
        any = TRUE;
    }
    nf_text_add (t, any ? "" : "0");
}

/* What an interface or sockets gave. */
static void
add_received (NfText *t, const NfLive *live, const NfCounts *counts)
{
    const NfOptions *o = live->options;
    guint n_tcp = nf_options_n_tcp (o);

    if (o->listen->len == 0)
        nf_text_add_format (t,
                            "packets captured: %" G_GUINT64_FORMAT "; Messages: %" G_GUINT64_FORMAT,
                            live->source->packets, counts->messages);
    else if (n_tcp == o->listen->len)
        nf_text_add_format (t, "Messages received: %" G_GUINT64_FORMAT, counts->messages);
    else
        nf_text_add_format (t, "datagrams %sreceived: %" G_GUINT64_FORMAT,
                            n_tcp > 0 ? "and Messages of TCP " : "", counts->datagrams);
}

void
nf_live_say_received (const NfLive *live)
{
    const NfCounts *counts = nf_walker_counts (live->walker);
    NfText t = NF_TEXT_INIT;

    add_received (&t, live, counts);
    nf_text_add_format (&t, "; records decoded: %" G_GUINT64_FORMAT, counts->records);
    if (live->options->filter)
        nf_text_add_format (&t, ", shown: %" G_GUINT64_FORMAT, counts->shown);
    nf_text_add_format (&t,
                        "; not decodable: %" G_GUINT64_FORMAT
                        " Data Set%s without a Template, %" G_GUINT64_FORMAT " octets in all",
                        counts->missing, counts->missing == 1 ? "" : "s", counts->undecoded);
    add_lost (&t, counts);
    if (live->source->dropped)
        nf_text_add_format (&t, "; dropped by the kernel: %" G_GUINT64_FORMAT,
                            live->source->dropped (live->source));
    nf_say (NULL, "%s", nf_text_string (&t));
    nf_text_clear (&t);
    if (live->source->say)
        live->source->say (live->source);
}
