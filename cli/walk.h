/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The walk as the user sees it: datagrams go through the decoder into the chosen view, what they
 * held is counted, the text is written out.
 */
#pragma once

#include "evidence.h"
#include "hold.h"
#include "remember.h"
#include "source.h"
#include "view.h"

G_BEGIN_DECLS

/* What came so far and was looked into. */
typedef struct {
    guint64 datagrams; /* over TCP what came of the stream */
    guint64 messages;  /* of these, what is one */
    guint64 records;
    guint64 shown;            /* of these records */
    guint64 missing;          /* Data Sets without a Template */
    guint64 undecoded;        /* octets */
    guint64 lost[NF_N_UNITS]; /* by the sequence numbers, in each unit */
} NfCounts;

typedef struct _NfWalker NfWalker;

/* Opens the view and where it writes to; `filter`, which may be NULL, is taken over. With an
 * `anonymizer`, which may be NULL, the walker is given what that has rewritten. Returns NULL and
 * sets `error` where one of them cannot be. End it with nf_walker_finish(). */
NfWalker *nf_walker_new (const NfOptions *options, NfCollector *collector, NfAnonymizer *anonymizer,
                         const NfView *view, NfFilter *filter, GError **error);

/* From now on what findings the view is shown is noted in `evidence`, too. */
void nf_walker_gather (NfWalker *walker, NfEvidence *evidence);

/* From now on the walker says which Templates come from `remember`, borrowed. */
void nf_walker_remember (NfWalker *walker, NfRemember *remember);

/* Closes the view, writes out and frees the walker. Returns whether all could be written; else it
 * has been said. `failed` tells whether there was a finding at or above --fail-on. */
gboolean nf_walker_finish (NfWalker *walker, gboolean *failed);

/* What follows comes from `name`, a file or not; `live` text is written out at once. */
void nf_walker_begin_input (NfWalker *walker, const char *name, gboolean is_file, gboolean live);
void nf_walker_end_input (NfWalker *walker);

/* From here on it is an attempt to show datagrams that were not all learnt before: nothing is
 * written out, and once something comes that may have to be shown otherwise the walker is done. */
void nf_walker_attempt (NfWalker *walker);

/* The attempt is over. Returns whether what was shown is right, and can go on. */
gboolean nf_walker_end_attempt (NfWalker *walker);

/* Ends it with nothing written; standard output, which is all that it may have, stays open. */
void nf_walker_abandon (NfWalker *walker);

/* Tells beforehand of a datagram that will be shown: which Messages were overtaken. */
void nf_walker_foresee (NfWalker *walker, const NfDatagram *datagram);

/* Shows a datagram that has been learnt. `limits`, findings of learning it, may be NULL. */
void nf_walker_show (NfWalker *walker, const NfDatagram *datagram, const GArray *limits);

/* Shows that a Message is lost whose fragments did not all come: `of` is what is known of it,
 * version 0 where nothing is. `before` are the orders of Messages that show that it is one, or 0.
 */
void nf_walker_show_lost (NfWalker *walker, const NfItem *item, const NfMessage *of,
                          const guint64 before[2]);

/* Shows that a datagram did not arrive, which had a Message of the version and the domain of `of`,
 * or 0 of both where they are not known. Nothing is counted: that was done when it was sent. */
void nf_walker_show_refusal (NfWalker *walker, const NfItem *item, const NfMessage *of);

/* Learns a datagram that is read only once, shows it and what waited for its Templates. */
void nf_walker_show_live (NfWalker *walker, const NfDatagram *datagram);

/* Shows what has been gathered so far, under a heading, of a view that gathers; the view goes on.
 */
void nf_walker_show_now (NfWalker *walker, const char *heading);

/* Goes on in new files where those of -o and -w were renamed or removed. Where one cannot be made,
 * that is said, and the old one written on. */
void nf_walker_reopen (NfWalker *walker);

/* The Templates that are waited for (hold.h). Free the array. */
GArray *nf_walker_waiting (const NfWalker *walker);

/* Of what is read live: when nf_walker_wake() has something to do at the latest, by
 * g_get_monotonic_time(). */
gint64 nf_walker_wake_us (const NfWalker *walker);

/* Does what is due by now: writes the file of --metrics. */
void nf_walker_wake (NfWalker *walker);

/* Takes note of how many datagrams the kernel dropped so far. */
void nf_walker_note_dropped (NfWalker *walker, guint64 dropped);

/* Whether nothing more is to be shown: there was enough, or it cannot be written. */
gboolean nf_walker_is_done (const NfWalker *walker);

/* Whether nothing looks into the datagrams: none has to be learnt, then. */
gboolean nf_walker_is_blind (const NfWalker *walker);

/* What came so far. Borrowed. */
const NfCounts *nf_walker_counts (const NfWalker *walker);

G_END_DECLS
