/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --templates: the file in which Templates and options data are remembered from run to run. It is a
 * capture of Messages that hold them. What it holds is learnt before everything else; after the
 * run, and while a live one goes on, it is written anew.
 */
#pragma once

#include "options.h"

G_BEGIN_DECLS

typedef struct _NfRemember NfRemember;

/* The input number of what comes from the file: no input of the run has it. */
#define NF_FILE_TEMPLATES G_MAXUINT

/* Looks at the file of --templates and reads it, if there is one. What cannot be read of it is
 * said. Returns NULL and sets `error` where it can be no such file, or cannot be written. Free with
 * nf_remember_free(). */
NfRemember *nf_remember_new (const NfOptions *options, NfRegistry *registry, GError **error);
void nf_remember_free (NfRemember *remember);

/* Lets a collector that has learnt nothing yet learn what the file held. */
void nf_remember_learn (NfRemember *remember, NfCollector *collector);

/* Takes note of what a datagram of the run brings. */
void nf_remember_note (NfRemember *remember, const NfDatagram *datagram);

/* Whether `set`, an event of a Data Set, is read by a Template of the file, of which that was not
 * said yet for its domain: `finding` says so then. */
gboolean nf_remember_judge (NfRemember *remember, const NfDatagram *datagram,
                            const NfMessage *message, const NfEvent *set, NfFinding *finding);

/* The finding of the last Set judged was said: it is not told again. Where the Set is not shown it
 * is not. */
void nf_remember_said (NfRemember *remember);

/* Writes the file where something was announced since it was read or written. Returns FALSE and
 * sets `error` where it cannot be: what was there before still is. */
gboolean nf_remember_write (NfRemember *remember, GError **error);

/* The same for live sources, to be called often and at the time below: once a minute it is done. */
gboolean nf_remember_write_if_due (NfRemember *remember, GError **error);

/* When that is due, by g_get_monotonic_time(); G_MAXINT64: there is nothing to be written. */
gint64 nf_remember_due_us (const NfRemember *remember);

G_END_DECLS
