/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages in a stream of octets, which may have lost some: where one ends, and where the next one
 * begins (RFC 7011 10.4.3, 9.1; RFC 5655 10.3).
 */
#include "message.h"

#include "template.h"

#define IPFIX_HEADER 16

/* Records of a Message of v5: 30 is what exporters send at most, to stay below 1,500 octets. */
#define MAX_COUNT 64

/* Octets of a Message of v9, which its header does not tell: they have to fit a datagram. Without
 * this one whose end always lies within a Set would never end. */
#define MAX_NETFLOW9 65535

/* Sets that are looked at before a Message is believed to be one. What is none does not have so
 * many in a row, and a search must not walk through thousands of them at each octet. */
#define MAX_SETS 64

/* What makes a Message believed that is there whole, if its export time is not farther from where
 * it should be; ... */
#define YEAR_S (366 * 86400)

/* ... and one that is not. */
#define DAY_S 86400

/* 2000-01-01: no Message is older, as there was no IPFIX. */
#define FIRST_EXPORT_S 946684800

gsize
nf_message_told_length (const guint8 *octets, gsize length)
{
    NfMessage message;
    NfFinding trouble;
    NfReader r = nf_reader (octets, length, 0), content;
    NfSet set = {.length = 0};

    if (!nf_message_read (&message, octets, length, G_MAXUINT32, &trouble))
        return length;
    if (message.version == 10)
        return MAX (length, message.length);
    if (!nf_message_has_templates (&message))
        return MAX (length, nf_message_counted_length (&message));
    nf_reader_take (&r, message.header_length);
    while (nf_message_next_set (&message, &r, &set, &content, &trouble) == NF_SET_THERE)
        if (set.cut)
            return set.span.offset + set.length;
    return length;
}

/* Where the Sets of v9 end behind its header: where another header begins, whose version is no Set
 * ID of v9, or where there is nothing more. */
static gsize
length_by_sets (NfReader r, gsize header)
{
    nf_reader_take (&r, header);
    while (r.left > 0 || r.offset == header) {
        NfReader ahead = r;
        guint16 id = nf_reader_u16 (&ahead);

        if (ahead.failed)
            return r.offset + 2u;
        if (nf_version_is_decoded (id) && id > 1)
            return r.offset > header ? r.offset : NF_NO_MESSAGE;
        gsize length = nf_reader_u16 (&ahead);

        if (ahead.failed)
            return r.offset + 4u;
        if (length < 4 || (id > 1 && id < NF_FIRST_TEMPLATE_ID))
            return NF_NO_MESSAGE;
        if (r.offset + length > MAX_NETFLOW9)
            return NF_NO_MESSAGE;
        if (length > r.left)
            return r.offset + length;
        nf_reader_take (&r, length);
    }
    return r.offset;
}

/* Of a version whose header has no length. */
static gsize
length_by_content (const guint8 *octets, gsize length)
{
    NfMessage m;
    NfFinding trouble;

    if (!nf_message_read (&m, octets, length, length, &trouble))
        return trouble.id == NF_FINDING_MESSAGE_SHORT ? (gsize)trouble.args[1] : NF_NO_MESSAGE;
    if (nf_message_has_templates (&m))
        return length_by_sets (nf_reader (octets, length, 0), m.header_length);
    gsize counted = nf_message_counted_length (&m);

    return m.count > 0 && m.count <= MAX_COUNT && counted > 0 ? counted : NF_NO_MESSAGE;
}

gsize
nf_message_length (const guint8 *octets, gsize length)
{
    NfReader r = nf_reader (octets, length, 0);
    guint16 version = nf_reader_u16 (&r);
    gsize told = nf_reader_u16 (&r);

    if (r.failed)
        return 0;
    if (version == 10)
        return told >= IPFIX_HEADER ? told : NF_NO_MESSAGE;
    return length_by_content (octets, length);
}

static gboolean
is_near (guint64 time_s, guint64 around_s, guint64 distance_s)
{
    return time_s + distance_s >= around_s && around_s + distance_s >= time_s;
}

gboolean
nf_message_time_is_possible (guint64 time_s, NfAround around)
{
    if (around.export_s > 0)
        return is_near (time_s, around.export_s, YEAR_S);
    return time_s >= FIRST_EXPORT_S &&
           (around.arrival_s == 0 || time_s <= around.arrival_s + YEAR_S);
}

gboolean
nf_message_is_stray (const guint8 *octets, gsize length, guint64 export_s)
{
    NfMessage m;
    NfFinding trouble;

    return export_s > 0 && nf_message_read (&m, octets, length, length, &trouble) &&
           m.version != 10 &&
           !nf_message_time_is_possible (m.export_time_s, (NfAround){.export_s = export_s}) &&
           nf_message_extent (octets, length) == length;
}

/* Whether it was then, or nearly. */
static gboolean
is_likely (guint64 time_s, NfAround around)
{
    return is_near (time_s, around.export_s > 0 ? around.export_s : around.arrival_s, DAY_S);
}

/* Whether the Sets lie where they should, as far as they are there. */
static gboolean
sets_fit (const NfMessage *m, NfReader r)
{
    NfReader content;
    NfFinding trouble;
    NfSet set;

    r.left = m->end;
    nf_reader_take (&r, m->header_length);
    for (guint n = 0; n < MAX_SETS; n++) {
        NfSetResult result = nf_message_next_set (m, &r, &set, &content, &trouble);

        if (trouble.span.length > 0 || (result == NF_SET_THERE && set.kind == NF_SET_RESERVED))
            return FALSE;
        if (result != NF_SET_THERE)
            break;
    }
    return TRUE;
}

/* What lies behind a Message. */
typedef enum {
    BEHIND_NOTHING, /* that could tell */
    BEHIND_MESSAGE, /* the header of one of about the same time */
    BEHIND_MAYBE,   /* the header of one of another time */
    BEHIND_OTHER
} Behind;

static Behind
look_behind (const NfMessage *m, NfReader r)
{
    NfReader version;

    nf_reader_take (&r, m->length);
    version = r;
    if (r.left >= 2 && nf_reader_u16 (&version) != 10)
        return BEHIND_OTHER;
    nf_reader_take (&r, 4);
    guint32 time_s = nf_reader_u32 (&r);

    if (r.failed)
        return BEHIND_NOTHING;
    return is_near (time_s, m->export_time_s, DAY_S) ? BEHIND_MESSAGE : BEHIND_MAYBE;
}

/* Whether what there is of a header may be the beginning of one. */
static gboolean
header_fits (NfReader r)
{
    NfReader length = r;

    if (r.left < 2)
        return r.left == 0 || nf_reader_u8 (&r) == 0;
    if (nf_reader_u16 (&r) != 10)
        return FALSE;
    nf_reader_take (&length, 2);
    return r.left < 2 || nf_reader_u16 (&length) >= IPFIX_HEADER;
}

/* Whether a Message begins at `r`. NF_FIND_LATER: it may, and `*needed` octets would tell. */
static NfFind
begins_at (NfReader r, gboolean is_all, NfAround around, gsize *needed)
{
    const guint8 *octets = r.at;
    NfFinding trouble;
    NfMessage m;

    r.offset = 0;
    if (!header_fits (r))
        return NF_FIND_NOTHING;
    *needed = IPFIX_HEADER;
    if (!nf_message_read (&m, octets, r.left, r.left, &trouble))
        return is_all ? NF_FIND_NOTHING : NF_FIND_LATER;

    gboolean possible = nf_message_time_is_possible (m.export_time_s, around);

    if (!sets_fit (&m, r))
        return NF_FIND_NOTHING;
    *needed = m.length + (possible ? 0 : IPFIX_HEADER);
    if (r.left < m.length) {
        if (!is_all)
            return NF_FIND_LATER;
        return r.left > IPFIX_HEADER + 4 && is_likely (m.export_time_s, around) ? NF_FIND_HERE
                                                                                : NF_FIND_NOTHING;
    }
    switch (look_behind (&m, r)) {
    case BEHIND_MESSAGE:
        return NF_FIND_HERE;
    case BEHIND_MAYBE:
        return possible ? NF_FIND_HERE : NF_FIND_NOTHING;
    case BEHIND_OTHER:
        return NF_FIND_NOTHING;
    default:
        return possible ? NF_FIND_HERE : is_all ? NF_FIND_NOTHING : NF_FIND_LATER;
    }
}

NfFind
nf_message_find (const guint8 *octets, gsize length, gboolean is_all, NfAround around,
                 gsize *before, gsize *needed)
{
    NfReader r = nf_reader (octets, length, 0);

    *needed = 0;
    *before = 0;
    while (r.left > 0) {
        NfReader ahead = r;
        NfFind found =
            nf_reader_u8 (&ahead) == 0 ? begins_at (r, is_all, around, needed) : NF_FIND_NOTHING;

        if (found != NF_FIND_NOTHING)
            return found;
        nf_reader_take (&r, 1);
        ++*before;
    }
    return NF_FIND_NOTHING;
}

gboolean
nf_message_starts_stream (const guint8 *octets, gsize length, guint64 arrival_s)
{
    const NfAround around = {.arrival_s = arrival_s};
    NfReader r = nf_reader (octets, length, 0);
    gsize needed;

    if (nf_message_certain (octets, length, length, arrival_s))
        return TRUE;
    switch (begins_at (r, FALSE, around, &needed)) {
    case NF_FIND_HERE:
        return TRUE;
    case NF_FIND_NOTHING:
        return FALSE;
    default:
        break;
    }
    nf_reader_take (&r, 4);
    guint32 export_time_s = nf_reader_u32 (&r);

    nf_reader_take (&r, IPFIX_HEADER + 4 - 8); /* there must be a Set to judge by */
    return !r.failed && is_likely (export_time_s, around);
}
