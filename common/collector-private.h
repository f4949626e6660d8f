/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The collector from inside: Templates (collector.c), what options data says (collector-options.c).
 */
#pragma once

#include "announced.h"
#include "collector.h"
#include "domain.h"
#include "fixed.h"
#include "learnt.h"
#include "shortcut.h"

G_BEGIN_DECLS

/* What is known of a Message's domain while the Message is learnt and walked. */
typedef struct {
    NfDomainKey key;  /* version 0: nothing is known */
    NfDomain *domain; /* NULL: it is not remembered; */
    const GList *kin; /* those that nf_collector_siblings() then returns */
} NfFound;

struct _NfCollector {
    NfRegistry *registry;
    NfLimits limits;
    GHashTable *domains;    /* NfDomainKey -> NfDomain, owned */
    GHashTable *by_source;  /* exporter address, version, domain number -> list of NfDomain, the
                               newest first; its key is that one's */
    GHashTable *by_number;  /* version, domain number -> the same of all exporters */
    GHashTable *by_session; /* exporter, collector, transport, connection -> the same;
                               live sources only, over transports whose connections end */
    GQueue by_use;          /* of NfDomain, most recently used first */
    NfShortcuts shortcuts;  /* to `domains` */
    NfFound found;          /* the domain last looked for: it will be looked for again */
    GHashTable *bindings;   /* a set of NfBinding by what their Template says, as the registry knows
                               their elements */
    NfBinding *fixed[NF_N_FIXED];
    GHashTable *exporters;   /* set of NfExporter, owned */
    NfLearnt *learnt;        /* elements that exporters describe */
    GHashTable *missed;      /* set of hashes of domain and id: data that had no Template yet */
    gboolean missed_options; /* of which some was options data */
    GHashTable *with_data;   /* set of NfEndpoint, by address, owned: exporters of Data Records */
    gboolean hindsight;      /* as nf_collector_has_hindsight() */
    gboolean has_announcers; /* there are Options Templates whose records tell something */
    gsize announced;         /* octets that announcements and descriptions of elements take */
    guint announced_kinds;   /* a bit for each kind that was: most look-ups end here */
    NfSpans fields;          /* of an options record */
    guint n_templates;       /* generations in all domains */
    gsize n_fields;          /* of all bindings */
    guint64 oldest;
    guint64 first; /* what has a lower order is of an earlier run; 0: nothing is */
    guint64 changes;
    guint64 swept; /* `changes` when unused bindings were last looked for */
};

/* What all domains of an exporter announced, wherever it sends from. */
typedef struct {
    NfEndpoint exporter; /* its port does not count */
    NfAnnounced *announced;
    guint n_domains; /* that announced something */
} NfExporter;

/* What is to be remembered. */
typedef struct {
    guint domains, templates, fields;
    gboolean announced; /* an announcement, whose octets are counted already */
} NfRoom;

/* Makes room where a limit is reached; `keep` is not forgotten for it. Returns whether there is
 * some; of files there is none. */
G_GNUC_INTERNAL gboolean nf_collector_make_room (NfCollector *collector, const NfDomain *keep,
                                                 NfRoom need, GArray *findings);

/* The domain of a Message, to learn into; NULL where no more are remembered. */
G_GNUC_INTERNAL NfDomain *nf_collector_ensure_domain (NfCollector *collector,
                                                      const NfDatagram *datagram,
                                                      const NfMessage *message, GArray *findings);

/* Domains of that number, the newest first: of the exporter or, where its address is not known, of
 * all. */
G_GNUC_INTERNAL const GList *nf_collector_siblings (const NfCollector *collector,
                                                    const NfDomainKey *key);

/* Whether a Template that is not known may yet come for a Message of domain `key`, which is `own`
 * or not remembered: its own or another session's. Files forget nothing: at a limit none may. */
G_GNUC_INTERNAL gboolean nf_collector_may_find (const NfCollector *collector, const NfDomain *own,
                                                const NfDomainKey *key);

/* Gives a reference up that no domain has any more; forgets the binding where it was the last one.
 */
G_GNUC_INTERNAL void nf_collector_drop_binding (NfCollector *collector, NfBinding *binding);

/* ---- collector-options.c ---- */

G_GNUC_INTERNAL void nf_collector_begin_options (NfCollector *collector);
G_GNUC_INTERNAL void nf_collector_end_options (NfCollector *collector);

/* Learns a Data Set of a Message of domain `own`, if it is of options. `content` is a reader of its
 * records. */
G_GNUC_INTERNAL void nf_collector_learn_data (NfCollector *collector, const NfDomain *own,
                                              const NfDatagram *datagram, const NfMessage *message,
                                              const NfSet *set, NfReader *content,
                                              GArray *findings);

/* Takes note of a Template that has come for `domain`. */
G_GNUC_INTERNAL void nf_collector_note_template (NfCollector *collector, const NfDomain *domain,
                                                 const NfBinding *binding);

/* A domain is about to be forgotten. */
G_GNUC_INTERNAL void nf_collector_forget_options (NfCollector *collector, NfDomain *domain);

G_END_DECLS
