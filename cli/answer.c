/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the packets of --packets are that hold no Message. */
#include "answer.h"

/* Fragments asked for whose datagram is still to come; as many as can be waiting at all. */
#define MAX_OPEN 4096

struct _NfAnswers {
    const NfOptions *options;
    GHashTable *open; /* packet numbers of such fragments */
    guint64 last;     /* the last packet read */
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
say (const NfAnswers *answers, const char *file, guint64 packet, const char *format, ...)
{
    va_list args;

    if (answers->options->quiet)
        return;
    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    g_printerr ("nfpeek: %s: packet %" G_GUINT64_FORMAT ": %s\n", file, packet, text);
}

/* The fragments of a datagram that is whole now. */
static void
answer_fragments (NfAnswers *answers, const char *file, const NfDatagram *g)
{
    for (guint i = 0; i < g->n_frames; i++) {
        guint64 packet = g->frames[i];

        if (g_hash_table_remove (answers->open, &packet))
            say (answers, file, packet,
                 "fragment %u of %u, the Message is in packet %" G_GUINT64_FORMAT, i + 1,
                 g->n_frames, g->packet);
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
    answers->last = MAX (answers->last, g->packet);
    if (item->kind == NF_ITEM_DATAGRAM)
        answer_fragments (answers, file, g);
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

void
nf_answers_end_file (NfAnswers *answers, const char *file)
{
    const GArray *ranges = answers->options->packets;
    GHashTableIter iter;
    gpointer packet;

    g_hash_table_iter_init (&iter, answers->open);
    while (g_hash_table_iter_next (&iter, &packet, NULL))
        say (answers, file, *(guint64 *)packet, "fragment of a datagram that never became whole");
    g_hash_table_remove_all (answers->open);
    for (guint i = 0; i < ranges->len; i++) {
        const NfRange *range = &g_array_index (ranges, NfRange, i);

        if (range->first > answers->last)
            say (answers, file, range->first, "there are only %" G_GUINT64_FORMAT " packets",
                 answers->last);
    }
    answers->last = 0;
}
