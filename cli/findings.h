/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What -T findings keeps of the input: of each exporter what was counted, domain by domain, and its
 * findings, grouped by what they say, domain and Template. However long the input, it is bounded.
 */
#pragma once

#include "show-origin.h"
#include "tally.h"

G_BEGIN_DECLS

#define NF_FINDINGS_DOMAINS 10000 /* of all exporters, told apart: some MiB */
#define NF_FINDINGS_GROUPS  50000 /* likewise: some MiB */

/* Whoever sends from one address, whatever the port. */
typedef struct {
    NfEndpoint address; /* its port is 0 */
    guint index;        /* in order of appearance */
    gboolean is_rest;   /* all those beyond the limit */
    GPtrArray *domains; /* of NfFindingsDomain, owned */
    GPtrArray *groups;  /* of NfFindingsGroup, owned */
    guint n_groups; /* of these, once they are sorted, those that have a finding: the first ones */
    guint64 ungrouped; /* findings beyond the limit */
    NfTally tally;     /* of all domains, once they are added up */
} NfFindingsExporter;

/* An exporter's Messages of one version and Observation Domain. */
typedef struct {
    NfFindingsExporter *exporter;
    guint32 domain;
    guint16 version; /* 0: no Message, or something about the exporter as a whole */
    NfTally tally;
} NfFindingsDomain;

typedef struct {
    guint64 rank; /* rises over the run */
    const char *file;
    gboolean is_file;
    guint64 packet; /* NfDatagram's */
    guint message;  /* likewise; without both, it is about the input as a whole */
    guint offset;
} NfFindingsPlace;

typedef struct {
    const NfFindingsDomain *domain;
    NfFindingId id;
    guint16 tmpl; /* the Template's ID; 0: it is not about one */
    NfSeverity severity;
    guint64 n;
    NfFinding finding; /* the first one */
    NfFindingsPlace first, last;
} NfFindingsGroup;

/* What one row of the table says of an exporter, in whichever domain and of whichever Template. */
typedef struct {
    guint64 n;
    const NfFindingsGroup *first;  /* the one with the first place, */
    const NfFindingsGroup *last;   /* and with the last */
    NfFindingsGroup *const *parts; /* all */
    guint n_parts;
} NfFindingsEntry;

typedef struct {
    GHashTable *domains;                    /* set of NfFindingsDomain */
    GHashTable *exporters;                  /* set of NfFindingsExporter */
    GHashTable *groups;                     /* set of NfFindingsGroup */
    GPtrArray *sorted;                      /* the exporters, owned: at the end the worst first */
    NfFindingsDomain *rest;                 /* what had no room in `domains`; NULL: all had */
    NfFindingsDomain *domain;               /* of the Message at hand, or of the one before */
    NfFindingsGroup *group;                 /* the last one */
    gboolean is_known;                      /* whether `domain` is that of the Message at hand */
    guint16 set_id;                         /* of the Data Set at hand; 0: it is another Set */
    guint64 rank;                           /* of the last finding */
    NfPeriod period;                        /* of arrival */
    NfTally tally;                          /* of all, at the end */
    gboolean names_template[NF_N_FINDINGS]; /* whether the first argument is a Template's ID */
} NfFindings;

/* Whether the first argument of such findings is a Template's ID. */
gboolean nf_findings_name_template (NfFindingId id);

/* Adds up and sorts, the worst first. More may be noted afterwards, and it be called again. */
void nf_findings_sort (NfFindings *findings);

/* How an exporter is, or all of them. */
NfHealth nf_findings_health (const NfFindingsExporter *exporter);

/* What follows `entry` in the sorted groups of an exporter, from one with `parts` NULL on. FALSE
 * where there is nothing. */
gboolean nf_findings_next (const NfFindingsExporter *exporter, NfFindingsEntry *entry);

/* Whether nearly every Message of the exporter came twice. */
gboolean nf_findings_is_doubled (const NfFindingsExporter *exporter);

/* What is lost by the sequence numbers, units apart. With `is_chosen` only some Messages and
 * records were counted, so that nothing tells of how many. Returns how many there are. */
guint nf_findings_losses (const NfFindingsExporter *exporter, gboolean is_chosen,
                          NfLoss losses[NF_LOSSES]);

/* Appends one sentence: how the exporter is, with the numbers that say so. */
void nf_findings_sentence (NfText *t, const NfFindingsExporter *exporter, gboolean is_chosen);

/* Append all to show->out: the letter; one JSON object. */
void nf_findings_show (NfShow *show, NfFindings *findings);
void nf_findings_json (NfShow *show, NfFindings *findings);

G_END_DECLS
