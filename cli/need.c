/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far to learn for the Messages that will be shown. */
#include "need.h"

/* A Set among those to be shown that had no Template when it was met. */
typedef struct {
    NfDatagram datagram; /* without octets */
    NfMessage message;
    guint16 id;
    guint32 offset;
} Open;

struct _NfNeed {
    const NfOptions *options;
    const NfCollector *collector;
    guint64 n_shown;
    gboolean all_met; /* the Messages to be shown have all been read */
    guint64 changes;  /* the collector's, when `open` was last looked through */
    GArray *open;     /* of Open */
};

NfNeed *
nf_need_new (const NfOptions *options, const NfCollector *collector)
{
    NfNeed *need = g_new0 (NfNeed, 1);

    need->options = options;
    need->collector = collector;
    need->open = g_array_new (FALSE, FALSE, sizeof (Open));
    return need;
}

void
nf_need_free (NfNeed *need)
{
    g_array_unref (need->open);
    g_free (need);
}

static gboolean
has_template (const NfNeed *need, const Open *open)
{
    NfTemplateUse use;
    const NfDomain *domain = nf_collector_domain (need->collector, &open->datagram, &open->message);

    return nf_collector_find_template (need->collector, domain, &open->datagram, &open->message,
                                       open->id, open->offset, &use) &&
           !use.foreign;
}

/* Notes the Data Sets of a Message to be shown that have no Template yet. */
static void
note_sets (NfNeed *need, const NfDatagram *datagram)
{
    Open open = {.datagram = *datagram};
    NfFinding trouble;
    NfReader r = nf_reader (datagram->octets, datagram->length, 0), content;
    NfSet set;

    if (!nf_message_read (&open.message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble) ||
        !nf_message_has_templates (&open.message))
        return;
    open.datagram.octets = NULL;
    r.left = open.message.end;
    nf_reader_take (&r, open.message.header_length);
    while (nf_message_next_set (&open.message, &r, &set, &content, &trouble) == NF_SET_THERE) {
        open.id = set.id;
        open.offset = set.span.offset;
        if (set.kind == NF_SET_DATA && !has_template (need, &open))
            g_array_append_val (need->open, open);
    }
}

static void
close_resolved (NfNeed *need)
{
    if (need->changes == nf_collector_changes (need->collector))
        return;
    need->changes = nf_collector_changes (need->collector);
    for (guint i = need->open->len; i > 0; i--)
        if (has_template (need, &g_array_index (need->open, Open, i - 1)))
            g_array_remove_index_fast (need->open, i - 1);
}

gboolean
nf_need_is_met (NfNeed *need, const NfDatagram *datagram, guint n_files)
{
    const NfOptions *o = need->options;

    if (o->count == 0 && (o->packets->len == 0 || n_files > 1))
        return FALSE;
    if (!need->all_met && nf_select_wants_packet (o, datagram)) {
        note_sets (need, datagram);
        need->n_shown++;
    }
    need->all_met |= (o->count > 0 && need->n_shown >= o->count) ||
                     (n_files == 1 && nf_select_is_past (o, datagram->packet));
    close_resolved (need);
    return need->all_met && need->open->len == 0;
}
