/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IP fragments -> whole payloads.
 *
 * A datagram is in one of three queues, oldest first: `waiting` for fragments, `recent` after it
 * became whole, `lost` until the caller takes it. The first two are also in the table. Whole ones
 * are kept for a while because a capture often sees each packet twice (a bridge and its port):
 * the second copy of the last fragment must not look like the beginning of another datagram.
 */
#include "fragment.h"

#include "hash.h"

/* Octets that all of those may hold: 256 of the largest, 11,000 of a usual two-fragment size. */
#define MAX_HELD (16 << 20)

/* Octets of a datagram's payload: what the length fields of IP can say. */
#define MAX_PAYLOAD 65535

/* Fragments of a datagram. The largest takes 54 where links carry 1280 octets, as IPv6 demands,
 * and 241 over a serial line of 296; more are made to keep us busy. */
#define MAX_PIECES 512

/* Whole datagrams remembered for their repetitions, which come within a few packets. */
#define MAX_RECENT 32

/* How long a datagram waits: as long as Linux lets IPv4's wait. RFC 1122 3.3.2 and RFC 8200 4.5
 * name 60 seconds, but the 16-bit identifications of a busy exporter repeat sooner. */
#define MAX_WAIT_NS (30 * G_GINT64_CONSTANT (1000000000))

/* A fragment that was taken in:   start ====captured==== there ----cut---- end */
typedef struct {
    guint32 start;
    guint32 there;
    guint32 end;
    guint64 packet;
} Piece;

typedef struct {
    NfFragmentKey key;
    GList link;      /* in one of the queues */
    GArray *pieces;  /* Piece, by start */
    guint8 *octets;  /* owned; those between pieces were never written */
    gsize room;      /* octets there is room for */
    guint32 total;   /* octets of the payload; 0: the last fragment is missing */
    guint8 protocol; /* as in NfFragmented */
    gboolean whole;
    gboolean refused; /* fragments contradict each other, or are too many: never whole */
    gint64 first_ns;  /* when the first one to come came */
    gint64 last_ns;
    guint64 last_packet;
    NfChecksums checksums; /* as in NfFragmented */
    guint64 *frames;       /* owned; made when the datagram is handed out */
} Partial;

struct _NfFragments {
    guint max_waiting;
    GHashTable *partials; /* NfFragmentKey in Partial -> Partial; owned by their queues */
    GQueue waiting;
    GQueue recent;
    GQueue lost;
    gsize held;     /* octets for which those waiting have room */
    Partial *taken; /* owned: the lost one handed out last */
};

static guint
key_hash (gconstpointer key)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add_octets (&hash, key, sizeof (NfFragmentKey));
    return nf_hash_end (&hash);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
    return memcmp (a, b, sizeof (NfFragmentKey)) == 0;
}

static void
partial_free (Partial *p)
{
    if (!p)
        return;
    g_array_unref (p->pieces);
    g_free (p->octets);
    g_free (p->frames);
    g_free (p);
}

static void
free_queue (GQueue *queue)
{
    GList *link;

    while ((link = g_queue_pop_head_link (queue)) != NULL)
        partial_free (link->data);
}

NfFragments *
nf_fragments_new (void)
{
    NfFragments *f = g_new0 (NfFragments, 1);

    f->max_waiting = nf_default_limits.max_fragments;
    f->partials = g_hash_table_new (key_hash, key_equal);
    return f;
}

void
nf_fragments_limit (NfFragments *f, const NfLimits *limits)
{
    f->max_waiting = MAX (limits->max_fragments, 1);
}

void
nf_fragments_free (NfFragments *f)
{
    if (!f)
        return;
    g_hash_table_destroy (f->partials);
    free_queue (&f->waiting);
    free_queue (&f->recent);
    free_queue (&f->lost);
    partial_free (f->taken);
    g_free (f);
}

/* Whether the datagram is out of time at `now_ns`. Capture time may go back; a large step back is
 * as good a reason not to join fragments as a large one forward. */
static gboolean
is_stale (const Partial *p, gint64 now_ns)
{
    guint64 apart = now_ns > p->first_ns ? (guint64)now_ns - (guint64)p->first_ns
                                         : (guint64)p->first_ns - (guint64)now_ns;

    return apart > MAX_WAIT_NS;
}

static void
stop_waiting (NfFragments *f, Partial *p)
{
    g_queue_unlink (&f->waiting, &p->link);
    f->held -= p->room;
}

/* Gives a waiting datagram up. A caller that never asks for the lost ones loses the oldest. */
static void
lose (NfFragments *f, Partial *p)
{
    stop_waiting (f, p);
    g_hash_table_remove (f->partials, &p->key);
    g_queue_push_tail_link (&f->lost, &p->link);
    if (f->lost.length > f->max_waiting)
        partial_free (g_queue_pop_head_link (&f->lost)->data);
}

static void
forget_recent (NfFragments *f, Partial *p)
{
    g_queue_unlink (&f->recent, &p->link);
    g_hash_table_remove (f->partials, &p->key);
    partial_free (p);
}

static Partial *
begin_partial (NfFragments *f, const NfFragment *fragment)
{
    Partial *p = g_new0 (Partial, 1);

    if (f->waiting.length >= f->max_waiting)
        lose (f, f->waiting.head->data);
    p->key = fragment->key;
    p->link.data = p;
    p->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
    p->protocol = fragment->protocol;
    p->first_ns = fragment->time_ns;
    g_queue_push_tail_link (&f->waiting, &p->link);
    g_hash_table_insert (f->partials, &p->key, p);
    return p;
}

/* Whether the octets of `fragment` are the same as those of the pieces that it overlaps. */
static gboolean
agrees (const Partial *p, const NfFragment *fragment)
{
    guint32 there = fragment->offset + (guint32)fragment->octets.left;

    for (guint i = 0; i < p->pieces->len; i++) {
        const Piece *piece = &g_array_index (p->pieces, Piece, i);
        guint32 from = MAX (piece->start, fragment->offset);
        guint32 to = MIN (piece->there, there);
        NfReader ours = nf_reader (p->octets, p->room, 0);
        NfReader theirs = fragment->octets;

        if (from >= to)
            continue;
        nf_reader_take (&ours, from);
        nf_reader_take (&theirs, from - fragment->offset);

        const guint8 *a = nf_reader_take (&ours, to - from);
        const guint8 *b = nf_reader_take (&theirs, to - from);
        if (!a || !b || memcmp (a, b, to - from) != 0)
            return FALSE;
    }
    return TRUE;
}

/* Whether `fragment` agrees with what is known of the datagram's end, which it may tell. */
static gboolean
agrees_on_end (const Partial *p, const NfFragment *fragment)
{
    guint32 end = fragment->offset + (guint32)fragment->wire_length;

    if (p->total != 0)
        return fragment->more ? end <= p->total : end == p->total;
    if (!fragment->more)
        for (guint i = 0; i < p->pieces->len; i++)
            if (g_array_index (p->pieces, Piece, i).end > end)
                return FALSE;
    return TRUE;
}

static void
insert_piece (NfFragments *f, Partial *p, const NfFragment *fragment)
{
    gsize length = fragment->octets.left;
    NfReader octets = fragment->octets;
    Piece piece = {.start = fragment->offset,
                   .there = fragment->offset + (guint32)length,
                   .end = fragment->offset + (guint32)fragment->wire_length,
                   .packet = fragment->packet};
    guint at = p->pieces->len;

    while (at > 0 && g_array_index (p->pieces, Piece, at - 1).start > piece.start)
        at--;
    g_array_insert_val (p->pieces, at, piece);
    if (length == 0)
        return;
    if (piece.there > p->room) {
        f->held += piece.there - p->room;
        p->room = piece.there;
        p->octets = g_realloc (p->octets, p->room);
    }
    memcpy (&p->octets[piece.start], nf_reader_take (&octets, length), length);
}

/*
 * Takes the fragment into its datagram. Returns FALSE where it does not fit what is there: RFC
 * 8200 4.5 gives such a datagram up, and so is done here with IPv4's. An overlap of equal octets
 * does no harm, be it a repetition or not.
 */
static gboolean
accept_fragment (NfFragments *f, Partial *p, const NfFragment *fragment)
{
    guint32 end = fragment->offset + (guint32)fragment->wire_length;

    if (!agrees_on_end (p, fragment) || !agrees (p, fragment))
        return FALSE;
    if (!fragment->more)
        p->total = end;
    if (fragment->offset == 0)
        p->protocol = fragment->protocol;
    for (guint i = 0; i < p->pieces->len; i++) {
        const Piece *piece = &g_array_index (p->pieces, Piece, i);
        if (piece->start <= fragment->offset && end <= piece->end)
            return TRUE;
    }
    if (p->pieces->len == MAX_PIECES)
        return FALSE;
    insert_piece (f, p, fragment);
    if (!p->checksums.ip_wrong)
        p->checksums = fragment->checksums;
    p->last_ns = fragment->time_ns;
    p->last_packet = fragment->packet;
    return TRUE;
}

/* Octets of the payload that were on the wire, each counted once. */
static guint32
count_seen (const Partial *p)
{
    guint32 seen = 0;
    guint32 behind = 0;

    for (guint i = 0; i < p->pieces->len; i++) {
        const Piece *piece = &g_array_index (p->pieces, Piece, i);
        if (piece->end > behind) {
            seen += piece->end - MAX (piece->start, behind);
            behind = piece->end;
        }
    }
    return seen;
}

/* Octets of the payload's beginning that were captured without a gap. */
static guint32
count_beginning (const Partial *p)
{
    guint32 behind = 0;

    for (guint i = 0; i < p->pieces->len; i++) {
        const Piece *piece = &g_array_index (p->pieces, Piece, i);
        if (piece->start > behind)
            break;
        behind = MAX (behind, piece->there);
    }
    return behind;
}

/* Hands out what is there. */
static void
describe (Partial *p, NfFragmented *there)
{
    p->frames = g_new (guint64, p->pieces->len);
    for (guint i = 0; i < p->pieces->len; i++)
        p->frames[i] = g_array_index (p->pieces, Piece, i).packet;
    *there = (NfFragmented){.key = p->key,
                            .protocol = p->protocol,
                            .length = count_beginning (p),
                            .seen = count_seen (p),
                            .total = p->total,
                            .time_ns = p->last_ns,
                            .packet = p->last_packet,
                            .frames = p->frames,
                            .checksums = p->checksums,
                            .n_frames = p->pieces->len};
    there->octets = there->length != 0 ? p->octets : NULL;
}

/* The datagram that `fragment` belongs to, or NULL where it is the first to come; one of the same
 * key that it cannot belong to is done with. */
static Partial *
find_partial (NfFragments *f, const NfFragment *fragment)
{
    Partial *p = g_hash_table_lookup (f->partials, &fragment->key);
    gboolean stale = p && is_stale (p, fragment->time_ns);

    if (!p)
        return NULL;
    if (p->whole) {
        if (!stale && agrees_on_end (p, fragment) && agrees (p, fragment))
            return p;
        forget_recent (f, p);
        return NULL;
    }
    if (stale) {
        lose (f, p);
        return NULL;
    }
    return p;
}

static void
complete (NfFragments *f, Partial *p, NfFragmented *whole)
{
    stop_waiting (f, p);
    p->whole = TRUE;
    g_queue_push_tail_link (&f->recent, &p->link);
    if (f->recent.length > MAX_RECENT)
        forget_recent (f, f->recent.head->data);
    describe (p, whole);
}

static gboolean
is_malformed (const NfFragment *fragment)
{
    return fragment->wire_length == 0 || fragment->wire_length > MAX_PAYLOAD ||
           fragment->offset > MAX_PAYLOAD - fragment->wire_length ||
           (fragment->more && fragment->wire_length % 8 != 0);
}

NfFragmentResult
nf_fragments_add (NfFragments *f, const NfFragment *fragment, NfFragmented *whole)
{
    g_clear_pointer (&f->taken, partial_free);
    g_return_val_if_fail (fragment->octets.left <= fragment->wire_length, NF_FRAGMENT_MALFORMED);
    if (is_malformed (fragment))
        return NF_FRAGMENT_MALFORMED;

    /* Before the datagram is looked for, as it may be the one that goes. */
    while (f->held > MAX_HELD - MAX_PAYLOAD)
        lose (f, f->waiting.head->data);

    Partial *p = find_partial (f, fragment);
    if (p && p->whole)
        return NF_FRAGMENT_REPEATS;
    if (!p)
        p = begin_partial (f, fragment);
    if (!p->refused)
        p->refused = !accept_fragment (f, p, fragment);
    if (p->refused || p->total == 0 || count_seen (p) != p->total)
        return NF_FRAGMENT_WAITS;
    complete (f, p, whole);
    return NF_FRAGMENT_COMPLETES;
}

gboolean
nf_fragments_are_none (const NfFragments *f)
{
    return f->waiting.length == 0 && f->lost.length == 0;
}

gboolean
nf_fragments_take_lost (NfFragments *f, gint64 now_ns, gboolean at_end, NfFragmented *lost)
{
    Partial *oldest = g_queue_peek_head (&f->waiting);

    g_clear_pointer (&f->taken, partial_free);
    if (f->lost.length == 0 && oldest && (at_end || is_stale (oldest, now_ns)))
        lose (f, oldest);

    GList *link = g_queue_pop_head_link (&f->lost);
    if (!link)
        return FALSE;
    f->taken = link->data;
    describe (f->taken, lost);
    return TRUE;
}
