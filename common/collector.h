/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that is remembered of the input: for each Transport Session and Observation Domain the
 * Templates, with the places from which on each holds (RFC 7011 8, 9).
 *
 * Learning a datagram changes the collector; nothing else does. A learnt collector may be read by
 * several decoders and threads at once.
 */
#pragma once

#include "announced.h"
#include "binding.h"
#include "datagram.h"
#include "bound.h"
#include "message.h"

G_BEGIN_DECLS

typedef struct _NfCollector NfCollector;
typedef struct _NfDomain NfDomain;

/* Which Template a Data Set has, and how it was found. */
typedef struct {
    NfBinding *binding; /* with what the exporter said of its elements by then (RFC 5610);
                           borrowed until the collector learns again; NULL: none */
    gboolean late;      /* it came after the Data Set */
    gboolean foreign;   /* it came in another Transport Session of the exporter */
    gboolean lent;      /* it is not the own domain's, whose may come later: foreign, or the same
                           process sent it to another collector, or nobody knows whose it is */
    guint candidates;   /* where several exporters' Templates differ and none can be chosen */
    guint file;         /* where it came: NfDatagram's file and packet */
    guint64 packet;
    guint64 order;    /* where its Template Record stands, which tells it from all others: its */
    guint32 offset;   /* datagram's order, and octets from its Message's first octet */
    guint64 other;    /* the order of what it hangs on besides: the withdrawal of the own domain's
                         Template, or another of several that differ; 0: nothing */
    gboolean limited; /* the exporter said more of its elements than `binding` has: a limit */
} NfTemplateUse;

/* A collector that remembers nothing yet. `limits` may be NULL. Keeps a reference to `registry`.
 * Free with nf_collector_free(). */
NfCollector *nf_collector_new (NfRegistry *registry, const NfLimits *limits);
void nf_collector_free (NfCollector *collector);

NfRegistry *nf_collector_registry (const NfCollector *collector);

/*
 * Remembers the Templates of the datagram's Message, and what its options data says. Datagrams are
 * learnt in the order they are to be walked; one already learnt adds nothing. `findings`, an array
 * of NfFinding or NULL, gets what is to be said about the limits.
 */
void nf_collector_learn (NfCollector *collector, const NfDatagram *datagram, GArray *findings);

/* For streams: the Transport Session of `datagram`, a connection, has ended, and with it what its
 * Templates and options data said (RFC 7011). */
void nf_collector_end_session (NfCollector *collector, const NfDatagram *datagram);

/* What was learnt of orders below `first` is remembered from an earlier run: the same Template from
 * there on counts as another one, and one that is in force goes before a late one of the own
 * domain. */
void nf_collector_set_remembered (NfCollector *collector, guint64 first);

/* For streams: no datagram of an order below `oldest` will be walked any more. */
void nf_collector_forget_before (NfCollector *collector, guint64 oldest);

/* Whether options data was met before its Template was: learning the datagrams once more, in their
 * order, finds it. */
gboolean nf_collector_missed_options (const NfCollector *collector);

/* Whether what was learnt says something of datagrams learnt before it, so that they may be read
 * otherwise now: a Template that came late, or is another session's; options data behind records.
 */
gboolean nf_collector_has_hindsight (const NfCollector *collector);

/* How many Templates were remembered or redefined so far: whether learning brought anything. */
guint64 nf_collector_changes (const NfCollector *collector);

/* The Observation Domain a Message belongs to, or NULL where none of its Templates is known. */
const NfDomain *nf_collector_domain (const NfCollector *collector, const NfDatagram *datagram,
                                     const NfMessage *message);

/* What is remembered, of anybody, that says the same as a scanned Template, as the registry knows
 * it; NULL where nothing does. Owned by the collector. */
G_GNUC_INTERNAL NfBinding *nf_collector_find_binding (const NfCollector *collector,
                                                      const NfTemplateScan *scan);

/*
 * Finds Template `id` for the Data Set at `offset` octets in the Message. `domain` is the
 * Message's own, as nf_collector_domain() gave it. Looked at in this order: the own domain; the
 * same exporter's domain of this number in its sessions with other collectors; the same from its
 * other ports and, over TCP and SCTP, other connections. Without an exporter address, any Template
 * of this version, domain and id counts if all agree. Returns whether there is one.
 */
gboolean nf_collector_find_template (const NfCollector *collector, const NfDomain *domain,
                                     const NfDatagram *datagram, const NfMessage *message,
                                     guint16 id, guint32 offset, NfTemplateUse *use);

/*
 * What the exporter announced of `key` for a record that lies `offset` octets in the datagram's
 * Message. `domain` is the Message's own, as nf_collector_domain() gave it. Where that has no word
 * of it, the exporter's other domains and ports are asked. Returns it, borrowed, or NULL.
 */
const NfAnnouncement *nf_collector_find_announced (const NfCollector *collector,
                                                   const NfDomain *domain,
                                                   const NfDatagram *datagram,
                                                   const NfAnnouncedKey *key, guint32 offset);

/* What the exporter said, in the session of the datagram's Message, that the element of a field is
 * which lies `offset` octets in it (RFC 5610); NULL where it said nothing. For fields that no
 * registry knows; those of Templates know it already. Unless NULL, `from` becomes where it said
 * so. */
const NfElement *nf_collector_find_described (const NfCollector *collector,
                                              const NfDatagram *datagram, const NfMessage *message,
                                              const NfField *field, guint32 offset, NfPlace *from);

/* Whether anything of the kind was announced by anybody. */
gboolean nf_collector_has_announced (const NfCollector *collector, NfAnnouncedKind kind);

/* The kinds of which anything was announced by anybody: bit 1 << NfAnnouncedKind of each. */
guint nf_collector_announced_kinds (const NfCollector *collector);

/* The Template for the records of a fixed version; NULL where none is known. Borrowed. */
NfBinding *nf_collector_fixed (const NfCollector *collector, const NfMessage *message);

G_END_DECLS
