/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IP fragments -> whole payloads (RFC 791 3.2, RFC 8200 4.5, RFC 5722), within fixed bounds of
 * number, memory and capture time.
 *
 * Extents are those on the wire: a fragment that the snap length cut counts as there, so that a
 * payload is whole when all of its fragments were seen. What was captured of it may end sooner.
 */
#pragma once

#include "datagram.h"
#include "bound.h"
#include "reader.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NfFragments NfFragments;

/* What fragments of one datagram have in common. Without padding: it is compared as octets. */
typedef struct {
    guint8 source[16]; /* as in NfEndpoint */
    guint8 destination[16];
    guint32 identification;
    guint8 family;    /* 4 or 6 */
    guint8 protocol;  /* IPv4 alone tells datagrams apart by it; 0 for IPv6 */
    guint8 unused[2]; /* 0 */
} NfFragmentKey;

typedef struct {
    NfFragmentKey key;
    guint8 protocol;   /* of what the datagram's payload begins with, as this fragment says */
    gboolean more;     /* not the last one */
    guint32 offset;    /* in octets from the first octet of the datagram's payload */
    NfReader octets;   /* its payload, as far as it was captured */
    gsize wire_length; /* of its payload */
    gint64 time_ns;
    guint64 packet;
    NfChecksums checksums; /* of the headers before it */
} NfFragment;

/* A datagram's payload as far as it came. What is pointed to is borrowed. */
typedef struct {
    NfFragmentKey key;
    guint8 protocol;       /* as the first fragment says, else as any of them does */
    const guint8 *octets;  /* from the first octet on without a gap; NULL where that is nothing */
    gsize length;          /* octets of it */
    gsize seen;            /* octets its fragments had on the wire */
    gsize total;           /* octets it had before it was fragmented; 0: the last one is missing */
    gint64 time_ns;        /* of the fragment that came last */
    guint64 packet;        /* likewise */
    const guint64 *frames; /* the fragments' packets, by offset */
    guint n_frames;
    NfChecksums checksums; /* of the first fragment to come that has a wrong one */
} NfFragmented;

typedef enum {
    NF_FRAGMENT_WAITS,     /* others are missing, or it repeats one of those waiting */
    NF_FRAGMENT_COMPLETES, /* all are there now */
    NF_FRAGMENT_REPEATS,   /* repeats a part of a datagram that became whole a short while ago */
    NF_FRAGMENT_MALFORMED  /* empty, beyond 65,535 octets, or not the last one and its length no
                              multiple of 8 */
} NfFragmentResult;

G_GNUC_INTERNAL NfFragments *nf_fragments_new (void);
/* Right after that: other limits than the default ones. */
G_GNUC_INTERNAL void nf_fragments_limit (NfFragments *fragments, const NfLimits *limits);
G_GNUC_INTERNAL void nf_fragments_free (NfFragments *fragments);

/* Takes in a fragment. Fills `whole` where it completes its datagram, borrowed until the next call
 * of this function. */
G_GNUC_INTERNAL NfFragmentResult nf_fragments_add (NfFragments *fragments,
                                                   const NfFragment *fragment, NfFragmented *whole);

/* Whether none waits, nor is one given up that was not taken: there is none to take, then. */
G_GNUC_INTERNAL gboolean nf_fragments_are_none (const NfFragments *fragments);

/* Takes the next datagram that will never be whole, at `now_ns` of capture time or `at_end`; FALSE
 * where there is none. `lost` is borrowed until the next call of this function or of
 * nf_fragments_add(). */
G_GNUC_INTERNAL gboolean nf_fragments_take_lost (NfFragments *fragments, gint64 now_ns,
                                                 gboolean at_end, NfFragmented *lost);

G_END_DECLS
