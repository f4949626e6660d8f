/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the packets of --packets are that hold no Message. */
#include "answer.h"

#include "columns.h"
#include "say.h"

/* Fragments asked for whose datagram is still to come; as many as can be waiting at all. */
#define MAX_OPEN 4096

struct _NfAnswers {
    const NfOptions *options;
    GHashTable *open;         /* packet numbers of such fragments */
    guint64 last;             /* the number of the last packet read */
    gboolean counts_messages; /* there are no packets: `last` is a Message's number */
};

NfAnswers *
nf_answers_new (const NfOptions *options)
{
    NfAnswers *answers = g_new0 (NfAnswers, 1);

    answers->options = options;
    answers->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    return answers;
}

void
nf_answers_free (NfAnswers *answers)
{
    g_hash_table_unref (answers->open);
    g_free (answers);
}

static void
say (const NfAnswers *answers, const char *file, guint64 number, const char *format, ...)
{
    va_list args;

    if (answers->options->quiet)
        return;
    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    nf_say (file, "%s %" G_GUINT64_FORMAT ": %s", answers->counts_messages ? "Message" : "packet",
            number, text);
}

/* The fragments of a datagram that is whole now. */
static void
answer_fragments (NfAnswers *answers, const char *file, const NfDatagram *g, gboolean is_message)
{
    for (guint i = 0; i < g->n_frames; i++) {
        guint64 packet = g->frames[i];

        if (!g_hash_table_remove (answers->open, &packet))
            continue;
        if (is_message)
            say (answers, file, packet,
                 "fragment %u of %u, the Message is in packet %" G_GUINT64_FORMAT, i + 1,
                 g->n_frames, g->packet);
        else
            say (answers, file, packet, "fragment %u of %u of a datagram that is no Message", i + 1,
                 g->n_frames);
    }
}

static void
answer_lost (NfAnswers *answers, const char *file, const NfItem *item)
{
    for (guint i = 0; i < item->datagram.n_frames; i++) {
        guint64 packet = item->datagram.frames[i];

        if (g_hash_table_remove (answers->open, &packet))
            say (answers, file, packet, "fragment of a datagram that never became whole");
    }
}

static void
answer_other (NfAnswers *answers, const char *file, const NfItem *item)
{
    const NfDatagram *g = &item->datagram;
    const char *name;

    if (item->kind == NF_ITEM_OTHER) {
        say (answers, file, g->packet, "no Message: %s", item->what);
        return;
    }
    name = nf_select_name_payload (g);
    say (answers, file, g->packet, "no Message: %s%sUDP port %u to port %u", name ? name : "",
         name ? ", " : "", g->exporter.port, g->collector.port);
}

void
nf_answers_note (NfAnswers *answers, const char *file, const NfItem *item, gboolean is_message)
{
    const NfDatagram *g = &item->datagram;

    if (answers->options->packets->len == 0)
        return;
    if (item->kind == NF_ITEM_LOST) {
        answer_lost (answers, file, item);
        return;
    }
    answers->counts_messages = g->packet == 0;
    answers->last = MAX (answers->last, answers->counts_messages ? g->message : g->packet);
    if (item->kind == NF_ITEM_DATAGRAM)
        answer_fragments (answers, file, g, is_message);
    if (is_message || !nf_ranges_have (answers->options->packets, g->packet))
        return;
    if (item->kind != NF_ITEM_FRAGMENT)
        answer_other (answers, file, item);
    else if (g_hash_table_size (answers->open) < MAX_OPEN)
        g_hash_table_add (answers->open, g_memdup2 (&g->packet, sizeof g->packet));
}

gboolean
nf_answers_are_open (const NfAnswers *answers)
{
    return g_hash_table_size (answers->open) > 0;
}

static void
answer_open (const NfAnswers *answers, const char *file)
{
    GHashTableIter iter;
    gpointer packet;

    g_hash_table_iter_init (&iter, answers->open);
    while (g_hash_table_iter_next (&iter, &packet, NULL))
        say (answers, file, *(guint64 *)packet, "fragment of a datagram that never became whole");
}

/* Numbers beyond the last. */
static void
answer_beyond (const NfAnswers *answers, const char *file)
{
    const GArray *ranges = answers->options->packets;
    NfText t = NF_TEXT_INIT;

    nf_text_add_count (&t, answers->last, answers->counts_messages ? "Messages" : "packets");
    for (guint i = 0; i < ranges->len; i++) {
        const NfRange *range = &g_array_index (ranges, NfRange, i);

        if (range->first > answers->last)
            say (answers, file, range->first, "there %s only %s", answers->last == 1 ? "is" : "are",
                 nf_text_string (&t));
    }
    nf_text_clear (&t);
}

void
nf_answers_end_file (NfAnswers *answers, const char *file, gboolean at_end)
{
    if (at_end) {
        answer_open (answers, file);
        answer_beyond (answers, file);
    }
    g_hash_table_remove_all (answers->open);
    answers->last = 0;
    answers->counts_messages = FALSE;
}
