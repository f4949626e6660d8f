/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -T summary keeps of the input: counts by exporter, version and domain, and of each finding.
 * However long the input, it is bounded. */
#pragma once

#include "exported.h"
#include "row.h"
#include "show-origin.h"

G_BEGIN_DECLS

#define NF_SUMMARY_TEMPLATES 250000 /* Template IDs told apart, all rows together: some MiB */

typedef struct {
    NfRow row;
    guint64 templates; /* different ids */
} NfSummaryRow;

/* Findings of one kind. */
typedef struct {
    guint64 n;
    NfSeverity severity;
    NfFinding first; /* the first one, and where it was met */
    char *file;
    guint64 packet;
    guint message;
    guint version;   /* of its Message; 0: none */
    gboolean is_end; /* it is about a whole domain */
} NfSummaryGroup;

typedef struct {
    NfRows rows;           /* of NfSummaryRow */
    GHashTable *templates; /* set of row index and Template ID */
    NfPeriod period;       /* of arrival */
    NfExported *exported;  /* what exporters say that they sent */
    NfSummaryGroup groups[NF_N_FINDINGS];
} NfSummary;

/* Appends it to show->out, the worst and the largest first, and what to type next. */
void nf_summary_show (NfShow *show, NfSummary *summary);

G_END_DECLS
