/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -T summary keeps of the input: counts by exporter, version and domain, and of each finding.
 * However long the input, it is bounded. */
#pragma once

#include "exported.h"
#include "view.h"

G_BEGIN_DECLS

#define NF_SUMMARY_ROWS      10000  /* exporters and domains counted one by one: some MiB */
#define NF_SUMMARY_TEMPLATES 250000 /* Template IDs told apart, all rows together: some MiB */

/* An exporter's Messages of one version and Observation Domain. */
typedef struct {
    NfEndpoint exporter;
    guint32 domain;
    guint16 version; /* 0: what it sends is no Message */
    guint index;     /* of the row, in order of appearance */
    guint64 messages;
    guint64 templates; /* different ids */
    guint64 flows;     /* records */
    guint64 options;   /* records */
    guint64 undecoded; /* octets */
    guint64 missing;   /* Data Sets without a Template */
    guint64 cut;       /* Messages that were not captured whole */
    guint64 lost;      /* datagrams whose fragments did not all come */
    guint64 gaps;      /* in streams */
    guint64 skipped;   /* by the sequence numbers: Messages, or records */
    guint64 encrypted; /* connections, or datagrams */
    guint64 findings[NF_N_SEVERITIES];
} NfSummaryRow;

/* Findings of one kind. */
typedef struct {
    guint64 n;
    NfSeverity severity;
    NfFinding first; /* the first one, and where it was met */
    char *file;
    guint64 packet;
    guint message;
} NfSummaryGroup;

typedef struct {
    GHashTable *rows;      /* set of NfSummaryRow, owned */
    GHashTable *templates; /* set of row index and Template ID */
    NfSummaryRow others;   /* what had no room in `rows` */
    NfSummaryRow *row;     /* of the Message at hand */
    gboolean lacks;        /* the Set at hand has no Template */
    gboolean any_time;
    gint64 first_ns, last_ns; /* arrival */
    NfExported *exported;     /* what exporters say that they sent */
    NfSummaryGroup groups[NF_N_FINDINGS];
} NfSummary;

/* Appends it to show->out, the worst and the largest first, and what to type next. */
void nf_summary_show (NfShow *show, NfSummary *summary);

G_END_DECLS
