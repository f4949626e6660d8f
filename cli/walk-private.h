/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A walker from inside: datagrams (walk.c), those of live sources, which may wait (walk-live.c),
 * what is said in between and in the end (walk-end.c). */
#pragma once

#include "copies.h"
#include "hold.h"
#include "metrics.h"
#include "output.h"
#include "pick.h"
#include "report.h"
#include "samplers.h"
#include "tracker.h"
#include "usage.h"
#include "walk.h"

G_BEGIN_DECLS

struct _NfWalker {
    NfCollector *collector;
    NfDecoder decoder;
    const NfView *view;
    gpointer self; /* the view's */
    NfShow show;
    NfOutput output;
    NfCopies copies;      /* what is written and sent */
    gboolean is_quiet;    /* nothing but that is wanted: no finding is one */
    gboolean is_blind;    /* likewise, and nothing need be looked into for it */
    NfEvidence *evidence; /* findings are gathered there; or NULL */
    NfRemember *remember; /* of --templates, or NULL */
    NfMetrics *metrics;   /* of --metrics, or NULL */
    NfReport *report;
    NfCheckLevel level; /* as closely is to be looked */
    NfHold *hold;
    NfPick *pick;
    gboolean minds;     /* somebody hears of findings that are no errors */
    NfTracker *tracker; /* NULL where nobody hears of what it says, or not all Messages are walked:
                           there are gaps, then; */
    NfUsage *usage;     /* likewise; */
    NfSamplers *samplers; /* likewise */
    NfRecordCounts holds; /* of the datagram being shown */
    GArray *said;         /* of NfFinding: what the tracker says of it; */
    GArray *news;         /* likewise: what came of receiving and learning it */
    NfCounts counts;
    NfLack lack;          /* of the datagram being shown */
    NfIdSet brought;      /* Templates in it, while learning, */
    gboolean has_brought; /* if there are any */
    gboolean live;
    gboolean is_clocked;  /* Messages come when they are sent: now is now */
    gboolean is_learning; /* the datagram being shown is read only once: Templates may yet come */
    guint64 waiting;      /* Data Sets shown then that had none, and have none now */
    guint64 shown;        /* Messages */
    gboolean is_started;  /* the view has begun the datagram */
    gboolean is_attempt;  /* not all was learnt before, */
    gboolean is_wrong;    /* and something may have to be shown otherwise */
    gboolean done;
    gboolean failed;
};

/* Writes out what the view has made so far. */
G_GNUC_INTERNAL void nf_walker_write_out (NfWalker *walker);

/* Begins to show a datagram. */
G_GNUC_INTERNAL void nf_walker_begin (NfWalker *walker, const NfDatagram *datagram);

/* Ends a datagram, of which something was shown or nothing; `lost`: not all of it came. */
G_GNUC_INTERNAL void nf_walker_end (NfWalker *walker, const NfItem *lost);

/* Takes an event of the walk: it is shown if it is wanted. */
G_GNUC_INTERNAL void nf_walker_take (NfWalker *walker, const NfEvent *event);

/* The same of a finding that no walk tells. */
G_GNUC_INTERNAL void nf_walker_take_finding (NfWalker *walker, const NfFinding *finding,
                                             gboolean in_set);

/* Counts an event. */
G_GNUC_INTERNAL void nf_walker_count (NfWalker *walker, const NfEvent *event);

/* Notes what an event that has been taken says of what goes on over time. */
G_GNUC_INTERNAL void nf_walker_note_over_time (NfWalker *walker, const NfEvent *event);

/* Begins to walk a datagram, as closely as is wanted. */
G_GNUC_INTERNAL void nf_walker_begin_walk (NfWalker *walker, const NfDatagram *datagram);

/* Writes and sends a datagram that need not be looked into. */
G_GNUC_INTERNAL void nf_walker_pass_on (NfWalker *walker, const NfDatagram *datagram,
                                        const NfItem *lost);

/* Has the view end the datagram. */
G_GNUC_INTERNAL void nf_walker_end_view (NfWalker *walker);

/* Frees the walker. */
G_GNUC_INTERNAL void nf_walker_discard (NfWalker *walker);

G_END_DECLS
