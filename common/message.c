/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Message headers, and the Sets of a Message. */
#include "message.h"

#include "template.h"

#define SET_HEADER_LENGTH 4

#define NUMBERED (NF_HEADER_SEQUENCE | NF_HEADER_DOMAIN)
#define ENGINE   (NUMBERED | NF_HEADER_ENGINE)

/* The header, by version; 0 octets: not decoded. */
static const struct {
    guint16 length;
    guint16 parts; /* NfHeaderPart */
    const char *name;
} headers[] = {
    [1] = {16, 0, "NetFlow v1"},
    [5] = {24, ENGINE | NF_HEADER_SAMPLING, "NetFlow v5"},
    [6] = {24, ENGINE | NF_HEADER_SAMPLING, "NetFlow v6"},
    [7] = {24, NF_HEADER_SEQUENCE | NF_HEADER_RESERVED, "NetFlow v7"},
    [8] = {28, ENGINE | NF_HEADER_AGGREGATION | NF_HEADER_SAMPLING | NF_HEADER_RESERVED,
           "NetFlow v8"},
    [9] = {20, NUMBERED, "NetFlow v9"},
    [10] = {16, NUMBERED, "IPFIX"},
};

static guint16
header_length (guint version)
{
    return version < G_N_ELEMENTS (headers) ? headers[version].length : 0;
}

gboolean
nf_version_is_decoded (guint version)
{
    return header_length (version) > 0;
}

const char *
nf_version_name (guint version)
{
    return header_length (version) > 0 ? headers[version].name : "unknown version";
}

gboolean
nf_version_has (guint version, NfHeaderPart part)
{
    return header_length (version) > 0 && (headers[version].parts & part) != 0;
}

/* Where the header of a version has them. */
static guint32
sequence_at (guint version)
{
    return version == 10 ? 8 : version == 9 ? 12 : 16;
}

static guint32
export_time_at (guint version)
{
    return version == 10 ? 4 : 8;
}

NfSpan
nf_message_sequence_span (guint version)
{
    if (!nf_version_has (version, NF_HEADER_SEQUENCE))
        return (NfSpan){0, 0};
    return (NfSpan){sequence_at (version), 4};
}

NfSpan
nf_message_uptime_span (guint version)
{
    return version >= 1 && version <= 9 ? (NfSpan){4, 4} : (NfSpan){0, 0};
}

NfSpan
nf_message_export_time_span (guint version)
{
    return (NfSpan){export_time_at (version), 4};
}

/* Four octets of a header. */
static guint32
part_of (const NfReader *header, guint32 offset)
{
    return (guint32)nf_reader_peek (header, offset, 4);
}

/* What the headers of the fixed versions have behind the export time: seldom, so not inlined. */
static G_GNUC_NO_INLINE void
read_fixed (NfMessage *m, NfReader r)
{
    nf_reader_take (&r, 12);
    m->export_time_ns = nf_reader_u32 (&r);
    nf_reader_take (&r, nf_version_has (m->version, NF_HEADER_SEQUENCE) ? 4 : 0);
    if (nf_version_has (m->version, NF_HEADER_ENGINE)) {
        m->engine_type = nf_reader_u8 (&r);
        m->engine_id = nf_reader_u8 (&r);
        m->domain = (guint32)m->engine_type << 8 | m->engine_id;
    }
    if (nf_version_has (m->version, NF_HEADER_AGGREGATION)) {
        m->aggregation = nf_reader_u8 (&r);
        m->aggregation_version = nf_reader_u8 (&r);
    }
    if (nf_version_has (m->version, NF_HEADER_SAMPLING))
        m->sampling = nf_reader_u16 (&r);
    if (nf_version_has (m->version, NF_HEADER_RESERVED))
        m->reserved = (guint32)nf_reader_uint (&r, m->header_length - r.offset);
}

/*
 * v1:     version count uptime secs nsecs
 * v5, v6: version count uptime secs nsecs sequence engine-type engine-id sampling
 * v7:     version count uptime secs nsecs sequence reserved
 * v8:     version count uptime secs nsecs sequence engine-type engine-id aggregation
 *         aggregation-version sampling reserved
 * v9:     version count uptime secs sequence source-id
 * IPFIX:  version length secs sequence domain
 *
 * `header` has all octets of it; of the Message there were `wire`.
 */
static void
read_header (NfMessage *m, const NfReader *header, guint16 version, gsize wire)
{
    guint16 length = header_length (version), second = (guint16)nf_reader_peek (header, 2, 2);

    *m = (NfMessage){
        .version = version,
        .header_length = length,
        .length = version == 10 ? second : wire,
        .count = version == 10 ? 0 : second,
        .sys_uptime_ms = version == 10 ? 0 : part_of (header, 4),
        .export_time_s = part_of (header, export_time_at (version)),
        .sequence = nf_version_has (version, NF_HEADER_SEQUENCE)
                        ? part_of (header, sequence_at (version))
                        : 0,
        .domain = version >= 9 ? part_of (header, length - 4) : 0,
    };
    if (version < 9)
        read_fixed (m, *header);
}

static gboolean
is_sflow (guint32 first)
{
    return first == 2 || first == 4 || first == 5;
}

/* What octets of an unknown version are: a record of TLS (RFC 8446 5.1), one of DTLS (RFC 6347 4.1,
 * RFC 9147 4), or nothing that has a name. Of a datagram `wire` octets were on the wire. */
static NfFindingId
find_name (NfReader r, gsize wire)
{
    const gsize longest = 16384 + 2048, dtls_header = 13; /* RFC 5246 6.2.3 */
    guint type = nf_reader_u8 (&r);
    guint version = nf_reader_u16 (&r);
    gboolean is_tls = version >= 0x0300 && version <= 0x0304;
    gboolean is_dtls = version == 0xfeff || version == 0xfefd || version == 0xfefc;

    if (is_dtls)
        nf_reader_take (&r, 8); /* epoch and sequence number */
    gsize length = nf_reader_u16 (&r);

    if (r.failed || type < 20 || length == 0 || length > longest)
        return NF_FINDING_MESSAGE_VERSION;
    if (is_tls && type <= 24)
        return NF_FINDING_MESSAGE_ENCRYPTED_TLS;
    if (is_dtls && type <= 25 && length <= wire - dtls_header)
        return NF_FINDING_MESSAGE_ENCRYPTED_DTLS;
    return NF_FINDING_MESSAGE_VERSION;
}

/* Says why there is no header in `captured` octets: not inlined where there mostly is one. */
static G_GNUC_NO_INLINE NfFinding
why_no_header (const guint8 *octets, gsize captured, gsize wire)
{
    NfReader r = nf_reader (octets, captured, 0), first = r;
    guint16 version = nf_reader_u16 (&r);
    guint32 word = nf_reader_u32 (&first);
    guint64 needed = header_length (version) > 0 ? header_length (version) : 2;

    if (!first.failed && is_sflow (word))
        return (NfFinding){NF_FINDING_MESSAGE_VERSION_SFLOW, {0, 4}, {word, 0}};
    if (!r.failed && header_length (version) == 0)
        return (NfFinding){find_name (nf_reader (octets, captured, 0), wire), {0, 2}, {version, 0}};
    return (NfFinding){NF_FINDING_MESSAGE_SHORT, {0, (guint32)captured}, {captured, needed}};
}

gboolean
nf_message_read (NfMessage *message, const guint8 *octets, gsize captured, gsize wire,
                 NfFinding *trouble)
{
    NfReader r = nf_reader (octets, captured, 0), first = r;
    guint16 version = nf_reader_u16 (&first), length = header_length (version);
    NfReader header = nf_reader_sub (&r, length);

    if (G_UNLIKELY (header.failed || length == 0)) {
        *message = (NfMessage){.version = version, .header_length = length, .length = wire};
        *trouble = why_no_header (octets, captured, wire);
        return FALSE;
    }
    read_header (message, &header, version, wire);
    message->end = CLAMP (message->length, length, captured);
    return TRUE;
}

NfTime
nf_message_export_time (const NfMessage *message, guint *digits)
{
    if (digits)
        *digits = message->export_time_ns > 0 ? 9 : 0;
    return (NfTime){message->export_time_s, message->export_time_ns % 1000000000};
}

gboolean
nf_message_has_templates (const NfMessage *message)
{
    return message->version >= 9;
}

guint
nf_message_layout (const NfMessage *message)
{
    return nf_fixed_layout (message->version, message->aggregation, message->count,
                            message->length - message->header_length);
}

gsize
nf_message_counted_length (const NfMessage *message)
{
    guint layout = nf_message_layout (message);

    if (layout == NF_N_FIXED)
        return 0;
    return message->header_length + (gsize)message->count * nf_fixed_record_length (layout);
}

static NfSetKind
set_kind (guint16 version, guint16 id)
{
    guint16 first = version == 9 ? 0 : 2; /* RFC 3954 5.2, 6.1; RFC 7011 3.3.2 */

    if (id >= NF_FIRST_TEMPLATE_ID)
        return NF_SET_DATA;
    if (id == first)
        return NF_SET_TEMPLATE;
    return id == first + 1 ? NF_SET_OPTIONS_TEMPLATE : NF_SET_RESERVED;
}

/* Octets that are no Set, and why. Where the capture cut the Message there is no telling, and this
 * is not called. */
static NfSetResult
no_set (NfFinding *trouble, const NfReader *r, NfFindingId id, guint64 argument)
{
    *trouble = (NfFinding){.id = id, .span = nf_reader_rest (r), .args = {argument, 0}};
    return NF_SET_NO_SET;
}

NfSetResult
nf_message_next_set (const NfMessage *message, NfReader *r, NfSet *set, NfReader *content,
                     NfFinding *trouble)
{
    gsize limit = message->length - r->offset; /* what the Message should still have */
    gboolean cut = limit > r->left;
    NfReader start = *r, header = *r;

    *trouble = (NfFinding){.span = {0, 0}};
    if (r->left == 0)
        return NF_SET_NO_MORE;
    *set = (NfSet){.id = nf_reader_u16 (&header), .length = nf_reader_u16 (&header)};
    if (header.failed)
        return cut ? NF_SET_NO_SET : no_set (trouble, r, NF_FINDING_MESSAGE_TRAILING, start.left);
    if (set->length < SET_HEADER_LENGTH) {
        if (nf_reader_rest_is_zero (r))
            return cut ? NF_SET_NO_SET
                       : no_set (trouble, r, NF_FINDING_MESSAGE_TRAILING_ZERO, start.left);
        no_set (trouble, r, NF_FINDING_SET_LENGTH, set->length);
        trouble->span.length = SET_HEADER_LENGTH;
        return NF_SET_NO_SET;
    }
    set->kind = set_kind (message->version, set->id);
    set->cut = set->length > r->left;
    set->span = (NfSpan){start.offset, (guint32)MIN (set->length, r->left)};
    if (set->length > limit)
        *trouble = (NfFinding){
            NF_FINDING_SET_LENGTH_BEYOND, {start.offset, SET_HEADER_LENGTH}, {set->length, limit}};
    *content = nf_reader_sub (r, set->span.length);
    nf_reader_take (content, SET_HEADER_LENGTH);
    return NF_SET_THERE;
}

/* Whether all Sets lie where they should: each of a known kind, none past the end. */
static gboolean
sets_fit (const NfMessage *m, const guint8 *octets)
{
    NfReader r = nf_reader (octets, m->end, 0), content;
    NfFinding trouble;
    NfSetResult result;
    NfSet set;
    guint n = 0;

    nf_reader_take (&r, m->header_length);
    while ((result = nf_message_next_set (m, &r, &set, &content, &trouble)) == NF_SET_THERE) {
        if (set.kind == NF_SET_RESERVED || trouble.span.length > 0)
            return FALSE;
        n++;
    }
    return n > 0 && !(result == NF_SET_NO_SET && trouble.id == NF_FINDING_SET_LENGTH);
}

/* IPFIX says its length, so a Set that is plausible behind that is enough. */
static gboolean
first_set_fits (const NfMessage *m, const guint8 *octets)
{
    NfReader r = nf_reader (octets, m->end, 0), content;
    NfFinding trouble;
    NfSet set;

    nf_reader_take (&r, m->header_length);
    NfSetResult result = nf_message_next_set (m, &r, &set, &content, &trouble);

    return result == NF_SET_NO_MORE || (result == NF_SET_THERE && set.kind != NF_SET_RESERVED);
}

gboolean
nf_message_plausible (const guint8 *octets, gsize captured, gsize wire)
{
    NfMessage m;
    NfFinding trouble;

    if (!nf_message_read (&m, octets, captured, wire, &trouble))
        return FALSE;
    if (m.version == 9)
        return sets_fit (&m, octets);
    if (m.version == 10)
        return m.length == wire && first_set_fits (&m, octets);
    return m.count > 0 && nf_message_counted_length (&m) == wire;
}

/* Whether there is a Set with something in it, and nothing but zeros behind the last one. */
static gboolean
sets_say_something (const NfMessage *m, const guint8 *octets)
{
    NfReader r = nf_reader (octets, m->end, 0), content;
    NfFinding trouble;
    gsize most = 0;
    NfSet set;

    nf_reader_take (&r, m->header_length);
    while (nf_message_next_set (m, &r, &set, &content, &trouble) == NF_SET_THERE)
        most = MAX (most, content.left);
    return most > 0 && nf_reader_rest_is_zero (&r);
}

gboolean
nf_message_certain (const guint8 *octets, gsize captured, gsize wire, guint64 arrival_s)
{
    NfMessage m;
    NfFinding trouble;

    if (!nf_message_plausible (octets, captured, wire) ||
        !nf_message_read (&m, octets, captured, wire, &trouble) ||
        !nf_message_time_is_possible (m.export_time_s, (NfAround){.arrival_s = arrival_s}))
        return FALSE;
    return !nf_message_has_templates (&m) ||
           (sets_fit (&m, octets) && sets_say_something (&m, octets));
}

/* Whether a Message of a version that cannot be a Set of v9 starts at `r`. */
static gboolean
message_follows (const NfReader *r)
{
    NfReader start = *r;
    guint16 version = nf_reader_u16 (&start);

    return version != 1 && header_length (version) > 0 && r->left >= header_length (version);
}

/* Skips zeros that fill up a Message: the next one begins with the zero octet of its version. */
static void
skip_filling (NfReader *r)
{
    NfReader ahead = *r;

    nf_reader_u8 (&ahead);
    while (ahead.left > 0 && nf_reader_u8 (&ahead) == 0)
        nf_reader_take (r, 1);
    if (!message_follows (r))
        nf_reader_take (r, r->left);
}

/* Moves behind the Sets of a v9 Message. */
static void
skip_sets (NfReader *r)
{
    while (r->left > 0 && !message_follows (r)) {
        NfReader header = *r;
        guint16 id = nf_reader_u16 (&header);
        guint16 length = nf_reader_u16 (&header);

        if (id == 0 && length == 0) {
            skip_filling (r);
            return;
        }
        nf_reader_take (r, length < SET_HEADER_LENGTH ? r->left : MIN (length, r->left));
    }
}

gsize
nf_message_extent (const guint8 *octets, gsize length)
{
    NfMessage m;
    NfFinding trouble;
    NfReader r = nf_reader (octets, length, 0);

    if (!nf_message_read (&m, octets, length, length, &trouble))
        return 0;
    gsize told = m.version == 10 ? m.length : nf_message_counted_length (&m);

    nf_reader_take (&r, MIN (MAX (told, m.header_length), length));
    if (m.version == 9)
        skip_sets (&r);
    if (r.left > 0 && m.version != 10 && !message_follows (&r))
        return length;
    return r.offset;
}
