/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages in a stream of octets, which may have lost some: where one ends, and where the next one
 * begins (RFC 7011 10.4.3, 9.1; RFC 5655 10.3).
 */
#include "message.h"

#define IPFIX_HEADER 16

/* Sets that are looked at before a Message is believed to be one. What is none does not have so
 * many in a row, and a search must not walk through thousands of them at each octet. */
#define MAX_SETS 64

/* So far from the time at which it should be is the export time of a Message that is believed... */
#define YEAR_S (366 * 86400)

/* ... and that of one whose exporter's clock is wrong, from the next Message's. */
#define DAY_S 86400

/* 2000-01-01: no Message is older, as there was no IPFIX. */
#define FIRST_EXPORT_S 946684800

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
    told = nf_message_extent (octets, length);
    return nf_message_plausible (octets, told, told) ? told : NF_NO_MESSAGE;
}

static gboolean
is_near (guint64 time_s, guint64 around_s, guint64 distance_s)
{
    return time_s + distance_s >= around_s && around_s + distance_s >= time_s;
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
begins_at (NfReader r, gboolean is_all, guint64 around_s, gsize *needed)
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

    gboolean near = around_s > 0 ? is_near (m.export_time_s, around_s, YEAR_S)
                                 : m.export_time_s >= FIRST_EXPORT_S;

    if (!sets_fit (&m, r))
        return NF_FIND_NOTHING;
    *needed = m.length + (near ? 0 : IPFIX_HEADER);
    if (r.left < m.length) {
        if (!is_all)
            return NF_FIND_LATER;
        return near && r.left > IPFIX_HEADER + 4 ? NF_FIND_HERE : NF_FIND_NOTHING;
    }
    switch (look_behind (&m, r)) {
    case BEHIND_MESSAGE:
        return NF_FIND_HERE;
    case BEHIND_MAYBE:
        return near ? NF_FIND_HERE : NF_FIND_NOTHING;
    case BEHIND_OTHER:
        return NF_FIND_NOTHING;
    default:
        return near ? NF_FIND_HERE : is_all ? NF_FIND_NOTHING : NF_FIND_LATER;
    }
}

NfFind
nf_message_find (const guint8 *octets, gsize length, gboolean is_all, guint64 around_s,
                 gsize *before, gsize *needed)
{
    NfFind found = NF_FIND_NOTHING;
    NfReader r = nf_reader (octets, length, 0);

    *needed = 0;
    *before = 0;
    while (r.left > 0 && (found = begins_at (r, is_all, around_s, needed)) == NF_FIND_NOTHING) {
        nf_reader_take (&r, 1);
        ++*before;
    }
    return found;
}

gboolean
nf_message_starts_stream (const guint8 *octets, gsize length, guint64 arrival_s)
{
    NfReader r = nf_reader (octets, length, 0);
    gsize needed;

    switch (begins_at (r, FALSE, arrival_s, &needed)) {
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
    return !r.failed && is_near (export_time_s, arrival_s, DAY_S);
}
