/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the packets of --packets are that hold no Message. */
#include "answer.h"

#include "columns.h"
#include "say.h"
#include "show-origin.h"

/* Parts asked for whose Message is still to come; as many as can be waiting at all. */
#define MAX_OPEN 4096

struct _NfAnswers {
    const NfOptions *options;
    GHashTable *open;         /* packet numbers of such parts -> NfItemKind */
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

static const char *
name_part (const NfDatagram *g)
{
    return g->transport == NF_TRANSPORT_TCP    ? "segment"
           : g->transport == NF_TRANSPORT_SCTP ? "chunk"
                                               : "fragment";
}

/* The parts of a datagram or Message that is whole now. */
static void
answer_parts (NfAnswers *answers, const char *file, const NfDatagram *g, gboolean is_message)
{
    if (is_message) /* it is shown, and may have waited for what comes before it in its stream */
        g_hash_table_remove (answers->open, &g->packet);
    for (guint i = 0; i < g->n_frames; i++) {
        guint64 packet = g->frames[i];

        if (!g_hash_table_remove (answers->open, &packet))
            continue;
        if (is_message)
            say (answers, file, packet, "%s %u of %u, the Message is in packet %" G_GUINT64_FORMAT,
                 name_part (g), i + 1, g->n_frames, g->packet);
        else
            say (answers, file, packet, "%s %u of %u of a datagram that is no Message",
                 name_part (g), i + 1, g->n_frames);
    }
}

static const char *
name_orphan (NfItemKind kind)
{
    return kind == NF_ITEM_SEGMENT ? "part of a stream, but of no Message"
                                   : "fragment of a datagram that never became whole";
}

static void
answer_lost (NfAnswers *answers, const char *file, const NfItem *item)
{
    for (guint i = 0; i < item->datagram.n_frames; i++) {
        guint64 packet = item->datagram.frames[i];

        if (g_hash_table_remove (answers->open, &packet))
            say (answers, file, packet, "%s", name_orphan (NF_ITEM_FRAGMENT));
    }
}

static void
answer_other (NfAnswers *answers, const char *file, const NfItem *item)
{
    const NfDatagram *g = &item->datagram;
    const char *name;

    if (item->kind == NF_ITEM_OTHER || item->kind == NF_ITEM_REFUSAL) {
        say (answers, file, g->packet, "no Message: %s", item->what);
        return;
    }
    name = nf_select_name_payload (g);
    say (answers, file, g->packet, "no Message: %s%s%s port %u to port %u", name ? name : "",
         name ? ", " : "", nf_origin_transport (g->transport), g->exporter.port, g->collector.port);
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
        answer_parts (answers, file, g, is_message);
    if (is_message || !nf_ranges_have (answers->options->packets, g->packet))
        return;
    if (item->kind != NF_ITEM_FRAGMENT && item->kind != NF_ITEM_SEGMENT)
        answer_other (answers, file, item);
    else if (g_hash_table_size (answers->open) < MAX_OPEN)
        g_hash_table_insert (answers->open, g_memdup2 (&g->packet, sizeof g->packet),
                             GINT_TO_POINTER (item->kind));
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
    gpointer packet, kind;

    g_hash_table_iter_init (&iter, answers->open);
    while (g_hash_table_iter_next (&iter, &packet, &kind))
        say (answers, file, *(guint64 *)packet, "%s",
             name_orphan ((NfItemKind)GPOINTER_TO_INT (kind)));
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
