/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of Templates over time, of each Observation Domain: when they were announced, how
 * often they changed, which data they described, which data came without (RFC 7011 8, RFC 3954 9).
 *
 *      NfUsage *usage = nf_usage_new (NULL);
 *
 *      nf_usage_begin (usage);
 *      nf_usage_message (usage, &datagram, &message, FALSE, findings);      if it has a header
 *      nf_usage_event (usage, &event, findings);                            each event of its walk
 *
 * Fed once, in wire order. What it says belongs to the event just given.
 */
#pragma once

#include "event.h"
#include "bound.h"
#include "id-map.h"

G_BEGIN_DECLS

/* Definitions of a Template that are kept; of one that changes more often the first ones. */
#define NF_USAGE_FORMER 16

/* A Message. */
typedef struct {
    guint file; /* as NfDatagram has it */
    guint64 packet;
    guint message;
    guint64 order;
    gint64 time_ns; /* when it arrived or, where that is not known, was exported; since 1970 */
} NfWhen;

/* What a Template said before it changed. */
typedef struct {
    NfBinding *binding; /* a reference */
    NfWhen last;        /* announced */
} NfFormer;

/* A Template ID of a domain. */
typedef struct {
    guint16 id;
    gboolean withdrawn;
    NfBinding *binding;   /* a reference: as it was last announced, or what its first data was
                             decoded with; NULL: no Template came */
    guint64 announced;    /* Template Records */
    NfWhen first, last;   /* of those */
    guint64 n_intervals;  /* between announcements in different Messages, of which the */
    gint64 interval_ns;   /* sum, */
    gint64 shortest_ns;   /* the shortest */
    gint64 longest_ns;    /* and the longest */
    guint64 changes;      /* to other fields */
    guint64 withdrawals;  /* over transports that have them */
    GArray *former;       /* of NfFormer, the first ones; NULL: it never changed */
    guint64 sets;         /* Data Sets decoded with it, */
    guint64 records;      /* and the Data Records in them */
    guint64 late_sets;    /* of those Sets, whose Template came later */
    guint64 late_records; /* and those in them */
    guint64 foreign_sets; /* whose Template came in another session */
    guint64 lost_sets;    /* Data Sets without a Template, */
    guint64 lost_octets;  /* and the octets in them, Set headers not counted */
    NfWhen first_data;    /* of the Data Sets, if there are any */
    NfWhen last_data;
    gboolean lapsed; /* that it is overdue has been said */
    GList live;      /* its link in the `live` of its domain */
} NfTemplateUsage;

/* A Transport Session and Observation Domain. */
typedef struct {
    NfDomainKey key;
    guint64 index; /* in order of appearance */
    guint64 messages;
    guint64 flows;      /* Data Records described by a Template */
    guint64 options;    /* and by an Options Template */
    NfWhen first, last; /* Messages */
    NfIdMap templates;  /* id -> NfTemplateUsage, owned */
    gint64 steady_ns;   /* since when Messages came without a long silence; since 1970 */
    gboolean has_start; /* its first Message is the session's */
    GList by_use;
    GQueue live[2]; /* those announced and not withdrawn: Templates, Options Templates */
} NfDomainUsage;

typedef struct _NfUsage NfUsage;

/* `limits` may be NULL. Free with nf_usage_free(). */
NfUsage *nf_usage_new (const NfLimits *limits);
void nf_usage_free (NfUsage *usage);

/* A datagram begins, which may have no header. */
void nf_usage_begin (NfUsage *usage);

/* Begins a Message. With `again` it was given before: only Sets follow, whose Templates had not
 * come then. Appends findings about limits to `findings`, an array of NfFinding or NULL. */
void nf_usage_message (NfUsage *usage, const NfDatagram *datagram, const NfMessage *message,
                       gboolean again, GArray *findings);

/* Takes note of an event of the Message's walk; appends what is wrong with that to `findings`. Of
 * more domains or Templates than the limits the domains longest silent are forgotten; where one
 * domain has all of the Templates, its further ones are not followed. */
void nf_usage_event (NfUsage *usage, const NfEvent *event, GArray *findings);

/* The order of the datagram in which the Template of the Data Set last given was last announced; 0:
 * in none. */
guint64 nf_usage_last_announced (const NfUsage *usage);

/* All domains, in order of appearance. Free the array with g_ptr_array_unref(); what it points to
 * is borrowed. */
GPtrArray *nf_usage_domains (const NfUsage *usage);

/* The Templates of a domain by id. Free likewise. */
GPtrArray *nf_usage_templates (const NfDomainUsage *domain);

/* What is known of a domain, or NULL. */
const NfDomainUsage *nf_usage_domain (const NfUsage *usage, const NfDomainKey *key);

/* Calls `say_of` with what is wrong with a domain when all has come. */
void nf_usage_judge (const NfDomainUsage *domain, NfVerdictFunc say_of, gpointer data);

/* The same for all domains, in order of appearance. */
void nf_usage_end (const NfUsage *usage, NfVerdictFunc say_of, gpointer data);

G_END_DECLS
