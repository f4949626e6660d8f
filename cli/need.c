/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far to learn for the Messages that will be shown. */
#include "need.h"

#include "common/hash.h"

/* Templates that may be lacking: 2 MiB, at some 450 octets each. Few captures lack more than some;
 * one that does is learnt to its end, as none would bring them all. */
#define MAX_OPEN 4096

/* A Template that Messages to be shown still lack: of which exporter, version, domain, and id. */
typedef struct {
    NfEndpoint exporter; /* its port does not count */
    guint32 domain;
    guint16 version;
    guint16 id;
} Lack;

/* Where it was lacking first. */
typedef struct {
    Lack lack;
    NfDatagram datagram; /* without octets */
    NfMessage message;
    guint32 offset;
} Open;

struct _NfNeed {
    const NfOptions *options;
    const NfCollector *collector;
    guint64 n_shown;
    gboolean all_met;     /* the Messages to be shown have all been read */
    gboolean is_endless;  /* more Templates are lacking than are remembered */
    gboolean has_segment; /* a packet to be shown is part of a stream */
    GHashTable *open;     /* of Open, by its first member */
};

static guint
lack_hash (gconstpointer key)
{
    const Lack *lack = key;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash_address (&lack->exporter));
    nf_hash_add (&hash, (guint64)lack->domain << 32 | (guint32)lack->version << 16 | lack->id);
    return nf_hash_end (&hash);
}

static gboolean
lack_equal (gconstpointer a, gconstpointer b)
{
    const Lack *x = a, *y = b;

    return x->domain == y->domain && x->version == y->version && x->id == y->id &&
           nf_endpoint_same_address (&x->exporter, &y->exporter);
}

NfNeed *
nf_need_new (const NfOptions *options, const NfCollector *collector)
{
    NfNeed *need = g_new0 (NfNeed, 1);

    need->options = options;
    need->collector = collector;
    need->open = g_hash_table_new_full (lack_hash, lack_equal, NULL, g_free);
    return need;
}

void
nf_need_free (NfNeed *need)
{
    g_hash_table_unref (need->open);
    g_free (need);
}

static gboolean
has_template (const NfNeed *need, const Open *open)
{
    NfTemplateUse use;
    const NfDomain *domain = nf_collector_domain (need->collector, &open->datagram, &open->message);

    return nf_collector_find_template (need->collector, domain, &open->datagram, &open->message,
                                       open->lack.id, open->offset, &use) &&
           !use.foreign;
}

/* Notes that a Data Set of a Message to be shown has no Template yet. */
static void
note_data (NfNeed *need, const Open *set)
{
    Open *open;

    if (g_hash_table_contains (need->open, &set->lack) || has_template (need, set))
        return;
    if (g_hash_table_size (need->open) >= MAX_OPEN) {
        need->is_endless = TRUE;
        g_hash_table_remove_all (need->open);
        return;
    }
    open = g_memdup2 (set, sizeof *set);
    g_hash_table_insert (need->open, &open->lack, open);
}

/* Looks whether the Templates of a Set just learnt are lacking ones. */
static void
close_lacks (NfNeed *need, Lack lack, NfReader *content, gboolean options)
{
    NfTemplateScan scan = {.skippable = TRUE};

    while (content->left > 0 && scan.skippable && g_hash_table_size (need->open) > 0) {
        nf_template_scan (&scan, content, lack.version, options);
        lack.id = scan.id;

        const Open *open = scan.ok ? g_hash_table_lookup (need->open, &lack) : NULL;

        if (open && has_template (need, open))
            g_hash_table_remove (need->open, &lack);
    }
}

/* Notes what a Message brings and, where it is to be shown, what it lacks. */
static void
note_message (NfNeed *need, const NfDatagram *datagram, gboolean is_shown)
{
    Open set = {.datagram = *datagram};
    NfFinding trouble;
    NfReader r = nf_reader (datagram->octets, datagram->length, 0), content;
    NfSet s;

    if (!nf_message_read (&set.message, datagram->octets, datagram->length, datagram->wire_length,
                          &trouble) ||
        !nf_message_has_templates (&set.message))
        return;
    set.datagram.octets = NULL;
    set.lack = (Lack){datagram->exporter, set.message.domain, set.message.version, 0};
    r.left = set.message.end;
    nf_reader_take (&r, set.message.header_length);
    while (nf_message_next_set (&set.message, &r, &s, &content, &trouble) == NF_SET_THERE) {
        set.lack.id = s.id;
        set.offset = s.span.offset;
        if (s.kind == NF_SET_DATA && is_shown && content.left > 0)
            note_data (need, &set);
        else if (s.kind == NF_SET_TEMPLATE || s.kind == NF_SET_OPTIONS_TEMPLATE)
            close_lacks (need, set.lack, &content, s.kind == NF_SET_OPTIONS_TEMPLATE);
    }
}

gboolean
nf_need_is_met (NfNeed *need, const NfDatagram *datagram, guint n_files)
{
    const NfOptions *o = need->options;
    guint64 count = o->filter ? 0 : o->count; /* nobody knows which of them -Y wants */
    gboolean is_shown = !need->all_met && nf_select_wants_packet (o, datagram) &&
                        nf_select_wants_time (o, datagram);

    if (need->is_endless || o->scale) /* by rates that options data may bring at any time */
        return FALSE;
    if (count == 0 && (o->packets->len == 0 || n_files > 1))
        return FALSE;
    note_message (need, datagram, is_shown);
    need->n_shown += is_shown ? 1 : 0;
    need->all_met |=
        (count > 0 && need->n_shown >= count) ||
        (n_files == 1 && !need->has_segment && nf_select_is_past (o, datagram->packet));
    return need->all_met && g_hash_table_size (need->open) == 0;
}

void
nf_need_note_segment (NfNeed *need, guint64 packet)
{
    need->has_segment |= nf_ranges_have (need->options->packets, packet);
}
