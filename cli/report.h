/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Findings on standard error, a line each, and what they mean for the exit status.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

typedef struct _NfReport NfReport;

/* With `prints` findings are written out; else they are only counted. */
NfReport *nf_report_new (const NfOptions *options, gboolean prints);
void nf_report_free (NfReport *report);

/* Whether findings are written out. */
gboolean nf_report_prints (const NfReport *report);

/* Whether it makes a difference that a value is found to be wrong: it is written out, or decides
 * the exit status. */
gboolean nf_report_minds_values (const NfReport *report);

/* The same of findings that are errors only where the user says so. */
gboolean nf_report_minds_warnings (const NfReport *report);

/* Notes a finding about the datagram being shown. */
void nf_report_finding (NfReport *report, const NfShow *show, const NfFinding *finding);

/* Notes that a Set of a live source has no Template yet: that is no finding before the end. */
void nf_report_waiting (NfReport *report, const NfShow *show, const NfFinding *finding);

/* Notes that `n` Sets waited for Templates that never came. */
void nf_report_never_came (NfReport *report, guint64 n);

/* Says how many findings of the same kind were left out for `file`, and starts anew. */
void nf_report_end_file (NfReport *report, const char *file);

/* Whether there was a finding at or above --fail-on. */
gboolean nf_report_failed (const NfReport *report);

G_END_DECLS
