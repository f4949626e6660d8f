/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run from inside: what is learnt and opened (run.c), what is shown (run-show.c). */
#pragma once

#include "anonymize.h"
#include "answer.h"
#include "live.h"
#include "pairs.h"
#include "progress.h"
#include "run.h"

G_BEGIN_DECLS

typedef struct {
    const NfOptions *options;
    GPtrArray *inputs; /* of NfInput */
    NfCollector *collector;
    NfAnonymizer *anonymizer; /* with --anonymize; else NULL */
    NfWalker *walker;
    NfAnswers *answers;
    NfPairs *pairs;
    NfLive *live;         /* while a live source is read; else NULL */
    NfProgress *progress; /* NULL: nobody looks */
    gboolean is_attempt;  /* the datagrams are learnt as they are shown, */
    gboolean is_wrong;    /* and what is shown of them is wrong, or nothing */
    gboolean is_first;    /* the datagrams are learnt for the first time */
    GArray *limits;       /* of NfFinding: the first limit that learning the files reached */
    guint64 limit_order;  /* the datagram at which it was reached */
    guint64 n_outside;    /* Messages that --from and --to left out, */
    gint64 outside[2];    /* and their first and last time, nanoseconds since 1970 */
    NfEvidence *evidence; /* of --evidence, or NULL */
    NfRemember *remember; /* of --templates, or NULL */
    gboolean is_silent;   /* it is gone through once more: nothing is said */
    char *interface;      /* the name of -i's; NULL: none */
    NfSource *capture;    /* of this interface; else NULL */
    gboolean catches;     /* signals, until all is written */
    gint64 end_us; /* monotonic: when to stop reading a pipe after the signal; 0: there was none */
    gboolean is_cut; /* the signal came before all was read, which has been said */
    gboolean failed;
} NfRun;

/* What goes wrong is said, unless it has been said before. */
G_GNUC_INTERNAL void nf_run_complain (NfRun *run, const char *name, const GError *error);

/* Opens an input. NULL, which has been said, where that cannot be done. */
G_GNUC_INTERNAL NfSource *nf_run_open_input (NfRun *run, NfInput *input);

/* Learns a datagram of a file; notes the first limit that is reached. */
G_GNUC_INTERNAL void nf_run_learn (NfRun *run, const NfDatagram *datagram);

/* Shows what is to be read: files, which have been learnt or, in an attempt, are learnt on the way;
 * what comes to the sockets of -l; what -i captures. */
G_GNUC_INTERNAL void nf_run_show_files (NfRun *run);
G_GNUC_INTERNAL void nf_run_show_sockets (NfRun *run);
G_GNUC_INTERNAL void nf_run_show_interface (NfRun *run);

/* Opens the interface of -i; then nothing takes root's rights any more. */
G_GNUC_INTERNAL gboolean nf_run_open_interface (NfRun *run, GError **error);

/* There are Messages, but --from and --to left all of them out. */
G_GNUC_INTERNAL void nf_run_say_outside (const NfRun *run);

G_END_DECLS
