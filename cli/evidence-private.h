/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --evidence from inside: FILE and what is kept of the input (evidence.c), groups of findings
 * (evidence-groups.c), what a datagram hangs on (evidence-needs.c), which datagrams these are in
 * all (evidence-select.c), the capture (evidence-write.c). */
#pragma once

#include "domain.h"
#include "evidence.h"
#include "output.h"
#include "writer.h"

G_BEGIN_DECLS

/* Groups of findings that are shown; whoever reads the capture looks at the first hundred. Some 200
 * octets each. */
#define NF_EVIDENCE_GROUPS 10000

/* Datagrams of the capture; some 100 octets each while they are selected. */
#define NF_EVIDENCE_DATAGRAMS 262144

/* Findings that say the same of the same Template in the same domain: what is to be shown once. */
typedef struct {
    NfEndpoint exporter; /* its port is 0; where nobody knows it, the one that a capture has then */
    guint32 domain;
    guint16 version; /* 0: no Message */
    guint16 tmpl;    /* 0: it is not about one */
    NfFindingId id;
    /* ---- of the first one ---- */
    gboolean is_unknown; /* the exporter is not known: in a capture it is, which is another case */
    NfDomainKey key;     /* of the Message */
    guint64 order;       /* of the datagram; 0: it is about the whole domain */
    guint64 others[2];   /* of others that it hangs on; 0: none that can be named */
    /* ---- what is kept for it ---- */
    guint64 place;  /* the how manieth Message of its domain it is in, from 1; where it is about all
                       of them, how many there are. 0: not known, or of no domain */
    guint64 before; /* so many Messages of the domain before it, */
    guint64 first;  /* and so many of those that the domain begins with */
    gboolean given_up;
} NfEvidenceGroup;

struct _NfEvidence {
    NfOutput output;
    GHashTable *groups; /* set of NfEvidenceGroup, owned */
    GHashTable *codes;  /* the same by code, whichever of its rows it is; borrowed */
    guint64 ungrouped;  /* findings beyond the limit */
    guint16 set_id;     /* of the Data Set at hand; 0: it is another Set */
    NfSpool *spool;     /* what comes to sockets is kept there, */
    NfWriter *keeper;   /* by this one; or NULL */
};

/* Only what is gathered, no FILE. */
G_GNUC_INTERNAL NfEvidence *nf_evidence_new_bare (void);

/* Ends what was kept: it becomes one of `inputs`, all of which can be opened again then. Returns
 * whether all could be kept. */
G_GNUC_INTERNAL gboolean nf_evidence_end_spools (NfEvidence *evidence, const NfOptions *options,
                                                 GPtrArray *inputs);

/* How many earlier definitions of its Template a finding hangs on. */
G_GNUC_INTERNAL guint nf_evidence_generations (NfFindingId id);

/* Whether a capture can show it: limits of nfpeek are reached by what no small one holds. */
G_GNUC_INTERNAL gboolean nf_evidence_is_possible (NfFindingId id);

/* Whether what was gathered of a capture shows the group, too. */
G_GNUC_INTERNAL gboolean nf_evidence_shows (const NfEvidence *found, const NfEvidenceGroup *group);

/* Has more kept for the groups that `found`, gathered of what was selected, does not show; where
 * more is of no use, as little as at first. Returns whether there is anything to be selected
 * anew. */
G_GNUC_INTERNAL gboolean nf_evidence_widen (NfEvidence *evidence, const NfEvidence *found);

/* ---- evidence-needs.c ---- */

/* Takes the order of a datagram that another one hangs on. `is_bare`: for what it says, not for
 * what that says of the definitions before. */
typedef void (*NfEvidenceWant) (guint64 order, gboolean is_bare, gpointer data);

typedef struct _NfNeeds NfNeeds;

G_GNUC_INTERNAL NfNeeds *nf_needs_new (const NfCollector *collector, NfEvidenceWant want,
                                       gpointer data);
G_GNUC_INTERNAL void nf_needs_free (NfNeeds *needs);

/* Tells what the datagram hangs on: Templates, what was described of their elements, sampling
 * rates, common properties, when the exporter started; unless `is_bare` withdrawals of its
 * Templates, and `generations` of their earlier definitions. Returns whether it has data. */
G_GNUC_INTERNAL gboolean nf_needs_of (NfNeeds *needs, const NfDatagram *datagram, gboolean is_bare,
                                      guint generations);

/* ---- evidence-select.c ---- */

typedef struct _NfSelection NfSelection;

/* Begins to select of `inputs`, which `collector` has learnt. All are borrowed. */
G_GNUC_INTERNAL NfSelection *nf_selection_new (const NfOptions *options,
                                               const NfCollector *collector, GPtrArray *inputs);
G_GNUC_INTERNAL void nf_selection_free (NfSelection *selection);

/* Selects what all groups of `evidence` need. */
G_GNUC_INTERNAL void nf_selection_make (NfSelection *selection, const NfEvidence *evidence);

/* Calls `take` with each item that is selected, in the order of the inputs. */
G_GNUC_INTERNAL void nf_selection_each (NfSelection *selection,
                                        void (*take) (const NfItem *item, gpointer data),
                                        gpointer data);

/* Whether NF_EVIDENCE_DATAGRAMS are fewer than what is needed. */
G_GNUC_INTERNAL gboolean nf_selection_is_full (const NfSelection *selection);

G_END_DECLS
