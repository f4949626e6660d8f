/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages: the header of each version, and the Sets behind it (RFC 7011 3.1, 3.3; RFC 3954 5.1).
 * v9 calls a Message an Export Packet, a Set a FlowSet, a domain a Source ID.
 */
#pragma once

#include "finding.h"
#include "fixed.h"
#include "reader.h"
#include "value.h"

G_BEGIN_DECLS

typedef struct {
    guint16 version;
    guint16 header_length;  /* octets */
    gsize length;           /* octets by its header; of versions without a Length, the payload */
    gsize end;              /* octets from its first one to the last one that is there */
    guint16 count;          /* versions up to 9: records, as the header says */
    guint32 sys_uptime_ms;  /* versions up to 9 */
    guint32 export_time_s;  /* seconds since 1970 */
    guint32 export_time_ns; /* versions up to 8: and so many nanoseconds */
    guint32 sequence;
    guint32 domain;     /* Observation Domain, Source ID; engine type * 256 + engine id */
    guint8 engine_type; /* v5, v6, v8; also below */
    guint8 engine_id;
    guint16 sampling;   /* 2 bits of mode, 14 bits of interval */
    guint8 aggregation; /* v8: the scheme, which says what its records hold */
    guint8 aggregation_version;
    guint32 reserved; /* v7, v8 */
} NfMessage;

/* What the headers of some versions have and those of others have not. */
typedef enum {
    NF_HEADER_SEQUENCE = 1 << 0,
    NF_HEADER_DOMAIN = 1 << 1,
    NF_HEADER_ENGINE = 1 << 2, /* which is the domain, then */
    NF_HEADER_AGGREGATION = 1 << 3,
    NF_HEADER_SAMPLING = 1 << 4,
    NF_HEADER_RESERVED = 1 << 5
} NfHeaderPart;

typedef enum { NF_SET_TEMPLATE, NF_SET_OPTIONS_TEMPLATE, NF_SET_DATA, NF_SET_RESERVED } NfSetKind;

typedef struct {
    NfSetKind kind;
    guint16 id;   /* 0 for the records of a fixed version */
    gsize length; /* octets by its header; more than span.length where fewer are there */
    NfSpan span;  /* the Set with its header, as far as it is there */
    gboolean cut; /* it ends where the Message ends, not where it should */
} NfSet;

/* What nf_message_next_set() found. */
typedef enum {
    NF_SET_THERE,   /* a Set */
    NF_SET_NO_MORE, /* the Message is over */
    NF_SET_NO_SET   /* octets that are no Set: `trouble` says why */
} NfSetResult;

/*
 * Reads a header: `captured` octets are there, `wire` were on the wire. Returns TRUE; FALSE, with
 * the reason in `trouble`, where it is no header of a version that is decoded.
 */
gboolean nf_message_read (NfMessage *message, const guint8 *octets, gsize captured, gsize wire,
                          NfFinding *trouble);

/* Whether Messages of this version are decoded. */
gboolean nf_version_is_decoded (guint version);

/* "NetFlow v9", "IPFIX"; "unknown version". */
const char *nf_version_name (guint version);

/* Whether the header of a version has a part. */
gboolean nf_version_has (guint version, NfHeaderPart part);

/* Where the header of a version has its sequence number, its sysUptime, its export time; empty
 * where it has none. */
NfSpan nf_message_sequence_span (guint version);
NfSpan nf_message_uptime_span (guint version);
NfSpan nf_message_export_time_span (guint version);

/* The header's export time. `digits`, if not NULL, becomes how many digits of its fraction are
 * known: 0, or 9 where there are nanoseconds. */
NfTime nf_message_export_time (const NfMessage *message, guint *digits);

/* Whether the records of this version are described by Templates on the wire. */
gboolean nf_message_has_templates (const NfMessage *message);

/* The layout of the records (fixed.h), by the Message's length of several the one that fits;
 * NF_N_FIXED where Templates describe them, or nothing does. */
guint nf_message_layout (const NfMessage *message);

/* Octets that the Message should have by its Count; 0 where that is no measure. */
gsize nf_message_counted_length (const NfMessage *message);

/*
 * Finds the next Set at `r`, a reader of what follows the header, and moves behind it. `content`
 * becomes a reader of what follows the Set's header. A Set that runs past the Message is there as
 * far as its octets are, and `trouble` has a span; else that is empty.
 * After NF_SET_NO_SET the reader still has the octets that are no Set.
 */
NfSetResult nf_message_next_set (const NfMessage *message, NfReader *r, NfSet *set,
                                 NfReader *content, NfFinding *trouble);

/*
 * Whether the payload of a datagram on any port is plausibly a Message: a version's header, Sets
 * that lie where they should. Strict, so that no other protocol's datagrams are taken for one.
 */
gboolean nf_message_plausible (const guint8 *octets, gsize captured, gsize wire);

/*
 * The same, stricter, for those who would take the datagram from others: in IPFIX, too, all Sets
 * lie where they should, one of them holds something, nothing but zeros follows them, and the
 * export time may be, by `arrival_s`, seconds since 1970, or 0 where that is not known.
 */
gboolean nf_message_certain (const guint8 *octets, gsize captured, gsize wire, guint64 arrival_s);

/*
 * Where the first of several Messages, written one after the other into a file, ends: in octets
 * from `octets` on. A v9 Message, whose header has no length, ends where what follows its Sets
 * looks like another Message. Returns 0 where there is no header of a known version.
 */
gsize nf_message_extent (const guint8 *octets, gsize length);

/* ---- in streams: TCP (RFC 7011 10.4.3), IPFIX Files (RFC 5655) ---- */

#define NF_NO_MESSAGE G_MAXSIZE

/* How long a Message is whose end is missing, as far as its header and its Sets tell: at least
 * `length` octets. */
gsize nf_message_told_length (const guint8 *octets, gsize length);

/* How long the Message is that begins at `octets`, or must be at least: more than `length` where
 * not all of it is there, 0 where four octets would tell, NF_NO_MESSAGE where none begins. One of
 * v9 ends where what there is of it ends with a Set, or where another one begins; with more octets
 * than a datagram has it is none. */
gsize nf_message_length (const guint8 *octets, gsize length);

typedef enum {
    NF_FIND_NOTHING, /* no Message begins in these octets */
    NF_FIND_LATER,   /* one may: there must be more octets to tell */
    NF_FIND_HERE     /* one begins */
} NfFind;

/* What is known of when a Message was exported that is looked for, in seconds since 1970. */
typedef struct {
    guint64 arrival_s; /* when its octets came; 0: not known */
    guint64 export_s;  /* when one before it in the stream was exported; 0: there is none */
} NfAround;

/* Whether a Message may have been exported at `time_s`: within a year of the one before it or,
 * without one, between 2000 (RFC 3954 is of 2004) and a year after arrival. */
gboolean nf_message_time_is_possible (guint64 time_s, NfAround around);

/* Whether what begins at `octets`, where in a stream of IPFIX a Message should begin, is none by
 * all appearances: one of another version and of another time than `export_s`, behind which none
 * follows. Version 1 and a small Count are common octets. `export_s` 0: nothing is known of the
 * stream. */
gboolean nf_message_is_stray (const guint8 *octets, gsize length, guint64 export_s);

/*
 * Looks for the next IPFIX Message where nobody knows where one begins (RFC 5655 10.3). It is one
 * when its Sets lie where they should, nothing but another one is behind it, and its export time
 * may be, or is that of the Message behind it. `*before` becomes how many octets lie before it, or
 * are none at any rate. After NF_FIND_LATER look again when there are `*needed` octets behind
 * those. `is_all`: no more will come; a Message that is cut by that counts when it is of the day
 * that it should be of.
 */
NfFind nf_message_find (const guint8 *octets, gsize length, gboolean is_all, NfAround around,
                        gsize *before, gsize *needed);

/* Whether these octets, of a segment to a port where nobody expects it, are the beginning of a
 * stream of Messages: one or more that are whole, or one of IPFIX sent within a day of `arrival_s`.
 */
gboolean nf_message_starts_stream (const guint8 *octets, gsize length, guint64 arrival_s);

G_END_DECLS
