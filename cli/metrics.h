/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --metrics: what is counted of each exporter and Observation Domain, as a file of OpenMetrics text
 * that others read while it is written: each time it is made anew under another name and renamed.
 * It goes beside any view and is given what that is given.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

typedef struct _NfMetrics NfMetrics;

/* Writes the file for the first time, as yet without numbers. Returns NULL and sets `error` where
 * it cannot be written, or where it is one of `inputs`, an array of char *. `path` is borrowed.
 * Free with nf_metrics_free(). */
NfMetrics *nf_metrics_new (const char *path, const GPtrArray *inputs, GError **error);
void nf_metrics_free (NfMetrics *metrics);

/* As a view's functions of these names. */
void nf_metrics_start (NfMetrics *metrics);
void nf_metrics_event (NfMetrics *metrics, const NfShow *show, const NfEvent *event);
void nf_metrics_end (NfMetrics *metrics, const NfShow *show);

/* How many datagrams the kernel dropped so far. Not told before this was called. */
void nf_metrics_set_dropped (NfMetrics *metrics, guint64 dropped);

/* Writes the file. The age of Templates is that at `now_ns`, nanoseconds since 1970, or where that
 * is 0 at the last Message. Returns FALSE and sets `error` where it cannot be written. */
gboolean nf_metrics_write (NfMetrics *metrics, gint64 now_ns, GError **error);

/* When it is to be written next, by g_get_monotonic_time(). */
gint64 nf_metrics_due_us (const NfMetrics *metrics);

G_END_DECLS
