/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The streams that are followed, and what they hand out. */
#include "stream.h"

#include "assembler.h"
#include "framer.h"
#include "hash.h"
#include "message.h"

/* Octets that all of them may hold: of 1,000 Messages of the largest kind, as yet not whole. */
#define MAX_HELD (64 << 20)

/* Packets of a stream whose Messages stay counted. */
#define MAX_NUMBERS 4

/* So far behind what should come, in octets or chunks, is no repetition: windows are smaller. It is
 * of another connection, whose beginning was not captured. */
#define MAX_BEHIND_OCTETS (1 << 24)
#define MAX_BEHIND_CHUNKS (1 << 14)

/* What the packets of one direction of a connection have in common. An SCTP association may have
 * several addresses (RFC 9260 6.4) and is known by its tag (8.5), which is 0 only where somebody
 * made it up. */
typedef struct {
    NfEndpoint from;
    NfEndpoint to;
    guint32 tag;
    NfTransport transport;
} Key;

/* How many Messages a packet has had so far. */
typedef struct {
    guint64 packet;
    guint n;
} Number;

typedef struct {
    Key key;
    GList use;  /* its links in the queues: of all streams, by use, or of those that are over; */
    GList hold; /* of those that hold something */
    NfEndpoint exporter;
    NfEndpoint collector;
    guint32 connection;
    NfSequence sequence;
    union {
        NfFramer framer;       /* of TCP */
        NfAssembler assembler; /* of SCTP */
    };
    gint64 time_ns; /* of its last packet */
    guint64 packet;
    GArray *numbers;  /* of Number: of the packets that had Messages; NULL: none did */
    gsize held;       /* octets of memory */
    gboolean is_over; /* nothing more will come: holes are given up */
    /* ---- TCP ---- */
    guint32 syn;      /* the sequence number of the SYN, or that a SYN would have that comes late */
    gboolean has_fin; /* its end is known: */
    guint64 fin;      /* the number behind its last octet */
} Stream;

struct _NfStreams {
    guint max_streams; /* the one that was silent longest makes room */
    NfPortFilter expects;
    gconstpointer expects_data;
    GHashTable *streams; /* Key in Stream -> Stream, owned by `used` */
    GQueue used;         /* of Stream, the one used last at its head */
    GQueue over;         /* of Stream, owned: what they still have is to be taken */
    GQueue holders;      /* of Stream, the one that has held something for longest at its head */
    Stream *current;     /* the one whose packet came last; borrowed; NULL: it has nothing more */
    gsize held;          /* by all */
};

static guint
key_hash (gconstpointer data)
{
    const Key *k = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guint64)k->from.port << 48 | (guint64)k->to.port << 32 | k->tag);
    nf_hash_add (&hash, (guint64)k->transport << 8 | k->from.family);
    nf_hash_add_octets (&hash, k->from.address, sizeof k->from.address);
    nf_hash_add_octets (&hash, k->to.address, sizeof k->to.address);
    return nf_hash_end (&hash);
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
    const Key *x = a, *y = b;

    return x->transport == y->transport && x->tag == y->tag &&
           nf_endpoint_equal (&x->from, &y->from) && nf_endpoint_equal (&x->to, &y->to);
}

static Key
key_of (NfTransport transport, const NfOrigin *origin, guint32 tag)
{
    Key key = {.from = origin->from, .to = origin->to, .tag = tag, .transport = transport};

    if (tag != 0) {
        key.from = (NfEndpoint){.port = origin->from.port};
        key.to = (NfEndpoint){.port = origin->to.port};
    }
    return key;
}

/* The ports of IPFIX (RFC 7011 10.1). */
static gboolean
is_port_of_ipfix (guint16 port, gconstpointer data)
{
    (void)data;
    return port == 4739 || port == 4740;
}

NfStreams *
nf_streams_new (void)
{
    NfStreams *s = g_new0 (NfStreams, 1);

    s->max_streams = nf_default_limits.max_streams;
    s->expects = is_port_of_ipfix;
    s->streams = g_hash_table_new (key_hash, key_equal);
    return s;
}

static void
stream_free (NfStreams *streams, Stream *s)
{
    streams->held -= s->held;
    if (s->held > 0)
        g_queue_unlink (&streams->holders, &s->hold);
    nf_sequence_clear (&s->sequence);
    g_clear_pointer (&s->numbers, g_array_unref);
    if (s->key.transport == NF_TRANSPORT_TCP)
        nf_framer_clear (&s->framer);
    else
        nf_assembler_clear (&s->assembler);
    g_free (s);
}

static void
free_queue (NfStreams *streams, GQueue *queue)
{
    GList *link;

    while ((link = g_queue_pop_head_link (queue)) != NULL)
        stream_free (streams, link->data);
}

void
nf_streams_free (NfStreams *streams)
{
    free_queue (streams, &streams->used);
    free_queue (streams, &streams->over);
    g_hash_table_unref (streams->streams);
    g_free (streams);
}

void
nf_streams_limit (NfStreams *streams, const NfLimits *limits)
{
    streams->max_streams = MAX (limits->max_streams, 1);
}

void
nf_streams_expect (NfStreams *streams, NfPortFilter expects, gconstpointer data)
{
    streams->expects = expects;
    streams->expects_data = data;
}

/* ---- which stream ---- */

/* Follows a stream no further; what it has is still to be taken. */
static void
finish (NfStreams *streams, Stream *s)
{
    if (streams->current == s)
        streams->current = NULL;
    s->is_over = TRUE;
    g_hash_table_remove (streams->streams, &s->key);
    g_queue_unlink (&streams->used, &s->use);
    g_queue_push_tail_link (&streams->over, &s->use);
}

static Stream *
find (NfStreams *streams, const Key *key)
{
    Stream *s = g_hash_table_size (streams->streams) > 0
                    ? g_hash_table_lookup (streams->streams, key)
                    : NULL;

    if (s && streams->used.head != &s->use) {
        g_queue_unlink (&streams->used, &s->use);
        g_queue_push_head_link (&streams->used, &s->use);
    }
    return s;
}

/* Begins to follow a stream with the number `first`. */
static Stream *
begin (NfStreams *streams, const Key *key, const NfOrigin *origin, guint32 first,
       guint32 connection)
{
    Stream *s = g_new0 (Stream, 1);

    if (streams->used.length >= streams->max_streams)
        finish (streams, streams->used.tail->data);
    s->key = *key;
    s->use.data = s->hold.data = s;
    s->exporter = origin->from;
    s->collector = origin->to;
    s->connection = connection;
    nf_sequence_init (&s->sequence, first);
    g_hash_table_insert (streams->streams, &s->key, s);
    g_queue_push_head_link (&streams->used, &s->use);
    return s;
}

static gboolean
is_expected (const NfStreams *streams, const NfOrigin *origin)
{
    return streams->expects (origin->to.port, streams->expects_data);
}

static gboolean
starts_stream (NfReader octets, const NfOrigin *origin)
{
    return nf_message_starts_stream (octets.at, octets.left,
                                     (guint64)(origin->time_ns / 1000000000));
}

static void
note_packet (NfStreams *streams, Stream *s, const NfOrigin *origin)
{
    s->time_ns = origin->time_ns;
    s->packet = origin->packet;
    streams->current = s;
}

/* ---- TCP ---- */

/* The sequence number of its first octet: the SYN takes the one before it (RFC 9293 3.4). */
static guint32
first_octet (const NfSegment *segment)
{
    return segment->sequence + (segment->syn ? 1 : 0);
}

/* Whether a segment between the same ends is of another connection than `s`: a SYN that does not
 * stand before its first octet, data behind the end, or so far back that it repeats nothing. */
static gboolean
begins_another (const Stream *s, const NfSegment *segment)
{
    guint64 start = nf_sequence_unwrap (&s->sequence, segment->sequence);

    if (segment->syn)
        return segment->sequence != s->syn;
    if (segment->wire_length == 0)
        return FALSE;
    return start + MAX_BEHIND_OCTETS < s->sequence.next ||
           (s->framer.at_end && start >= s->sequence.next);
}

/* Whether a segment of a stream that is not followed is a reason to. */
static gboolean
is_worth_following (const NfSegment *segment, gboolean expected)
{
    if (expected)
        return segment->syn || segment->wire_length > 0;
    return starts_stream (segment->octets, &segment->origin);
}

/* The stream that a segment belongs to; NULL where it is not followed. */
static Stream *
stream_of_segment (NfStreams *streams, const NfSegment *segment)
{
    Key key = key_of (NF_TRANSPORT_TCP, &segment->origin, 0);
    Stream *s = find (streams, &key);
    gboolean expected = is_expected (streams, &segment->origin);
    NfFramerMode mode = segment->syn    ? NF_FRAMER_BEGINS
                        : s || expected ? NF_FRAMER_JOINS
                                        : NF_FRAMER_FOLLOWS;
    guint32 connection = s ? s->connection + 1 : 0;

    if (s && !begins_another (s, segment))
        return s;
    if (s)
        finish (streams, s);
    else if (!is_worth_following (segment, expected))
        return NULL;
    s = begin (streams, &key, &segment->origin, first_octet (segment), connection);
    s->syn = first_octet (segment) - 1;
    nf_framer_init (&s->framer, mode, expected);
    return s;
}

/* Takes note of a segment that ends the connection. A RST that does not fit is somebody else's. */
static void
note_end (Stream *s, const NfSegment *segment, const NfPiece *piece)
{
    if (segment->fin && !s->has_fin) {
        s->has_fin = TRUE;
        s->fin = piece->end;
    }
    if (segment->rst && piece->start >= s->sequence.next)
        s->is_over = TRUE;
}

NfPart
nf_streams_add_segment (NfStreams *streams, const NfSegment *segment)
{
    Stream *s = stream_of_segment (streams, segment);

    if (!s)
        return NF_PART_FOREIGN;

    guint64 start = nf_sequence_unwrap (&s->sequence, first_octet (segment));
    NfPiece piece = {.start = start,
                     .end = start + segment->wire_length,
                     .packet = segment->origin.packet,
                     .time_ns = segment->origin.time_ns,
                     .octets = segment->octets};
    gboolean is_new = nf_sequence_add (&s->sequence, &piece);

    note_packet (streams, s, &segment->origin);
    note_end (s, segment, &piece);
    if (segment->wire_length == 0)
        return NF_PART_EMPTY;
    if (s->framer.mode == NF_FRAMER_IGNORES)
        return NF_PART_ENCRYPTED;
    return is_new ? NF_PART_TAKEN : NF_PART_REPEATS;
}

static gboolean
take_tcp (Stream *s, NfDatagram *d)
{
    NfPiece *piece;
    guint64 hole;

    if (s->is_over && s->has_fin)
        s->sequence.forward = s->fin;
    while (!nf_framer_take (&s->framer, d))
        switch (nf_sequence_take (&s->sequence, s->time_ns, s->is_over, &piece, &hole)) {
        case NF_NEXT_PIECE:
            hole = piece->end - piece->start - piece->octets.left;
            nf_framer_add (&s->framer, piece->octets, piece->packet, piece->time_ns);
            nf_framer_add_hole (&s->framer, hole); /* beyond the snap length */
            nf_piece_free (piece);
            break;
        case NF_NEXT_HOLE:
            nf_framer_add_hole (&s->framer, hole);
            break;
        case NF_NEXT_NOTHING:
            if (s->framer.at_end || !(s->is_over || (s->has_fin && s->sequence.next >= s->fin)))
                return FALSE;
            nf_framer_end (&s->framer);
        }
    return TRUE;
}

/* ---- SCTP ---- */

static Stream *
stream_of_chunk (NfStreams *streams, const NfChunk *chunk)
{
    Key key = key_of (NF_TRANSPORT_SCTP, &chunk->origin, chunk->tag);
    Stream *s = find (streams, &key);
    guint32 connection = chunk->tag;

    if (s &&
        nf_sequence_unwrap (&s->sequence, chunk->number) + MAX_BEHIND_CHUNKS >= s->sequence.next)
        return s;
    if (s) {
        connection = s->connection + 1;
        finish (streams, s);
    } else if (!is_expected (streams, &chunk->origin) &&
               !(chunk->begins && starts_stream (chunk->octets, &chunk->origin))) {
        return NULL;
    }
    s = begin (streams, &key, &chunk->origin, chunk->number, connection);
    nf_assembler_init (&s->assembler);
    return s;
}

NfPart
nf_streams_add_chunk (NfStreams *streams, const NfChunk *chunk)
{
    Stream *s = stream_of_chunk (streams, chunk);

    if (!s)
        return NF_PART_FOREIGN;

    guint64 number = nf_sequence_unwrap (&s->sequence, chunk->number);
    NfPiece piece = {.start = number,
                     .end = number + 1,
                     .packet = chunk->origin.packet,
                     .time_ns = chunk->origin.time_ns,
                     .octets = chunk->octets,
                     .wire_length = chunk->wire_length,
                     .stream = chunk->stream,
                     .begins = chunk->begins,
                     .ends = chunk->ends};
    gboolean is_new = nf_sequence_add (&s->sequence, &piece);

    note_packet (streams, s, &chunk->origin);
    if (s->assembler.is_encrypted)
        return NF_PART_ENCRYPTED;
    return is_new ? NF_PART_TAKEN : NF_PART_REPEATS;
}

void
nf_streams_forward (NfStreams *streams, const NfOrigin *origin, guint32 tag, guint32 number)
{
    Key key = key_of (NF_TRANSPORT_SCTP, origin, tag);
    Stream *s = find (streams, &key);

    if (!s)
        return;
    s->sequence.forward = MAX (s->sequence.forward, nf_sequence_unwrap (&s->sequence, number + 1));
    note_packet (streams, s, origin);
}

static gboolean
take_sctp (Stream *s, NfDatagram *d)
{
    NfPiece *chunk;
    guint64 hole;

    while (!nf_assembler_take (&s->assembler, d))
        switch (nf_sequence_take (&s->sequence, s->time_ns, s->is_over, &chunk, &hole)) {
        case NF_NEXT_PIECE:
            nf_assembler_add (&s->assembler, chunk);
            nf_piece_free (chunk);
            break;
        case NF_NEXT_HOLE:
            nf_assembler_add_hole (&s->assembler, hole);
            break;
        case NF_NEXT_NOTHING:
            if (s->assembler.at_end || !s->is_over)
                return FALSE;
            nf_assembler_end (&s->assembler);
        }
    return TRUE;
}

/* ---- both ---- */

/* The number of a Message among those of its packet, of which some may have come before others that
 * waited: those of one that closes two holes at once. */
static guint
number_message (Stream *s, guint64 packet)
{
    Number fresh = {.packet = packet, .n = 1};

    if (!s->numbers)
        s->numbers = g_array_new (FALSE, FALSE, sizeof (Number));
    for (guint i = s->numbers->len; i-- > 0;) {
        Number *number = &g_array_index (s->numbers, Number, i);

        if (number->packet == packet)
            return ++number->n;
    }
    g_array_append_val (s->numbers, fresh);
    return 1;
}

/* Only the last packets, and those of what waits, can have another Message. */
static void
forget_numbers (Stream *s)
{
    guint most = MAX_NUMBERS + s->sequence.pieces.length;

    if (s->numbers && s->numbers->len > most)
        g_array_remove_range (s->numbers, 0, s->numbers->len - most);
}

static gboolean
take_from (Stream *s, NfDatagram *d)
{
    *d = (NfDatagram){.exporter = s->exporter,
                      .collector = s->collector,
                      .transport = s->key.transport,
                      .connection = s->connection,
                      .has_time = TRUE,
                      .time_ns = s->time_ns,
                      .packet = s->packet};
    if (!(s->key.transport == NF_TRANSPORT_TCP ? take_tcp (s, d) : take_sctp (s, d)))
        return FALSE;
    d->message = number_message (s, d->packet);
    return TRUE;
}

/* Notes what a stream still holds, once all that it has was taken. */
static void
settle (NfStreams *streams, Stream *s)
{
    NfBacklog *backlog =
        s->key.transport == NF_TRANSPORT_TCP ? &s->framer.backlog : &s->assembler.backlog;
    gsize before = s->held;

    nf_backlog_settle (backlog);
    forget_numbers (s);
    s->held = s->sequence.held + nf_backlog_held (backlog);
    streams->held += s->held - before;
    if (before == 0 && s->held > 0)
        g_queue_push_tail_link (&streams->holders, &s->hold);
    else if (before > 0 && s->held == 0)
        g_queue_unlink (&streams->holders, &s->hold);
}

/* Takes what a stream has that is over, and frees it once that is nothing. */
static gboolean
take_from_last (NfStreams *streams, Stream *s, NfDatagram *d)
{
    if (take_from (s, d))
        return TRUE;
    g_queue_unlink (&streams->over, &s->use);
    stream_free (streams, s);
    return FALSE;
}

gboolean
nf_streams_take (NfStreams *streams, gboolean at_end, NfDatagram *datagram)
{
    for (;;) {
        Stream *over = g_queue_peek_head (&streams->over);
        Stream *current = streams->current;

        if (over) {
            if (take_from_last (streams, over, datagram))
                return TRUE;
        } else if (current) {
            if (take_from (current, datagram))
                return TRUE;
            settle (streams, current);
            streams->current = NULL;
        } else if (streams->held > MAX_HELD) {
            finish (streams, streams->holders.head->data);
        } else if (at_end && streams->used.tail) {
            finish (streams, streams->used.tail->data);
        } else {
            return FALSE;
        }
    }
}
