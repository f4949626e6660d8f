/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the values of a Data Record say that cannot be, or that is worth knowing: outside the range
 * of their element, strings that are not UTF-8, flows whose times or counters contradict each other
 * or the Message's header. Which fields to look at is worked out once for each binding.
 *
 * A record is judged by itself and its Message, so that every walk finds the same. Values within
 * its lists (RFC 6313) are not judged: they are of other flows or of parts of this one, whose times
 * and counters need not be the record's.
 */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* How closely a walk looks. */
typedef enum {
    NF_CHECK_ERRORS,    /* whether the octets can be decoded; not how the datagram arrived */
    NF_CHECK_STRUCTURE, /* whether the octets add up */
    NF_CHECK_VALUES     /* and whether the values of Data Records can be */
} NfCheckLevel;

/* Whether only a walk that looks at values makes such findings. */
static inline gboolean
nf_check_is_of_values (NfFindingId id)
{
    return id >= NF_FINDING_VALUE_BOOLEAN && id <= NF_FINDING_FLOW_COUNTERS;
}

/* A flow and, in the same record, its other direction (RFC 5103). */
#define NF_N_DIRECTIONS 2

/* Not to be looked into. */
typedef struct {
    const NfCheckPlan *plan;      /* of the current Data Set; NULL: nothing to look at */
    guint64 now[NF_N_DIRECTIONS]; /* the export, as the flow's times are encoded; 0: they are not
                                     alike */
    NfRecord record;              /* the current one */
    NfEvent event;                /* its event, once something is wrong with it */
    guint at;                     /* which check is next, */
    guint n;                      /* and how many findings it has made */
    gboolean has_bad_time; /* one of its times cannot be: nothing is concluded from the others */
} NfCheck;

/* Begins the records of a Data Set of that binding; `domain` may be NULL. All must stay. */
void nf_check_begin (NfCheck *check, const NfCollector *collector, const NfDomain *domain,
                     const NfDatagram *datagram, const NfMessage *message,
                     const NfBinding *binding);

/* Judges a record of that Set. Returns FALSE where there is nothing to be said, else TRUE with the
 * first finding. */
gboolean nf_check_record (NfCheck *check, const NfEvent *event, NfFinding *finding);

/* How many of the records of that Set for which the event stands have nothing that is to be said of
 * them, from the first one on. */
guint nf_check_records (NfCheck *check, const NfEvent *first);

/* The next finding about the same record. FALSE where there is none. What the record's event points
 * to must still be there. */
gboolean nf_check_next (NfCheck *check, NfFinding *finding);

G_END_DECLS
