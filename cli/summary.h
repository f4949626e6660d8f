/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -T summary keeps of the input: counts by exporter, version and domain, and of each finding.
 * However long the input, it is bounded. */
#pragma once

#include "exported.h"
#include "show-origin.h"
#include "tally.h"

G_BEGIN_DECLS

#define NF_SUMMARY_ROWS      10000  /* exporters and domains counted one by one: some MiB */
#define NF_SUMMARY_TEMPLATES 250000 /* Template IDs told apart, all rows together: some MiB */

/* An exporter's Messages of one version and Observation Domain. */
typedef struct {
    NfEndpoint exporter;
    guint32 domain;
    guint16 version;   /* 0: what it sends is no Message */
    guint index;       /* of the row, in order of appearance */
    guint64 templates; /* different ids */
    NfTally tally;
} NfSummaryRow;

/* Findings of one kind. */
typedef struct {
    guint64 n;
    NfSeverity severity;
    NfFinding first; /* the first one, and where it was met */
    char *file;
    guint64 packet;
    guint message;
    gboolean is_end; /* it is about a whole domain */
} NfSummaryGroup;

typedef struct {
    GHashTable *rows;      /* set of NfSummaryRow, owned */
    GHashTable *templates; /* set of row index and Template ID */
    NfSummaryRow others;   /* what had no room in `rows` */
    NfSummaryRow *row;     /* of the Message at hand */
    NfPeriod period;       /* of arrival */
    NfExported *exported;  /* what exporters say that they sent */
    NfSummaryGroup groups[NF_N_FINDINGS];
} NfSummary;

/* Appends it to show->out, the worst and the largest first, and what to type next. */
void nf_summary_show (NfShow *show, NfSummary *summary);

G_END_DECLS
