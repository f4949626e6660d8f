/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals while a live source is read: SIGINT and SIGTERM end it, SIGUSR1 asks for what came so
 * far, SIGHUP for the files that are written to be opened again. A source waits with poll() for
 * nf_signals_fd(), too; what is asked for is done by whoever reads the source (live.h). SIGINT and
 * SIGTERM end pipes, and files of which -w writes a capture, in the same way.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    NF_SIGNAL_REPORT, /* SIGUSR1 */
    NF_SIGNAL_REOPEN, /* SIGHUP */
    NF_N_SIGNALS
} NfSignal;

/* Begins to catch signals; SIGHUP, which ends a program whose terminal is gone, only with
 * `reopens`. Where they are caught already, it only takes one nf_signals_end() more. Returns FALSE
 * and sets `error` where it cannot be. */
gboolean nf_signals_begin (gboolean reopens, GError **error);

/* Gives the signals back what they did before. */
void nf_signals_end (void);

/* Whether SIGINT or SIGTERM came, or nf_signals_stop() was called. From then on the next SIGINT or
 * SIGTERM ends the program at once. */
gboolean nf_signals_stopped (void);
void nf_signals_stop (void);

/* Whether it was asked for since the last call. */
gboolean nf_signals_take (NfSignal signal);

/* A file descriptor that can be read from when a signal came, until nf_signals_settle() is called;
 * for poll() only; -1 while none are caught. Settle first, then take: then none is missed. */
int nf_signals_fd (void);
void nf_signals_settle (void);

G_END_DECLS
