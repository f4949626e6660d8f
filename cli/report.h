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

/* Notes a finding about the datagram being shown. */
void nf_report_finding (NfReport *report, const NfShow *show, const NfFinding *finding);

/* The same, but it may yet turn out to be none: it does not count for the exit status. */
void nf_report_finding_for_now (NfReport *report, const NfShow *show, const NfFinding *finding);

/* Notes that a finding stayed one. */
void nf_report_finding_stays (NfReport *report, NfFindingId id);

/* Says how many findings of the same kind were left out for `file`, and starts anew. */
void nf_report_end_file (NfReport *report, const char *file);

/* Whether there was a finding at or above --fail-on. */
gboolean nf_report_failed (const NfReport *report);

G_END_DECLS
