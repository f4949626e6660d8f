/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One Observation Domain of one Transport Session: its Templates by id, each with its generations.
 * For the collector and the tracker; clients see domains through collector.h.
 */
#pragma once

#include "announced.h"
#include "binding.h"
#include "collector.h"
#include "datagram.h"
#include "id-map.h"

G_BEGIN_DECLS

/* From where on a Template holds. */
typedef struct {
    NfPlace place; /* the first, for nf_places_begun() */
    guint file;    /* of that place, to show */
    guint64 packet;
    NfBinding *binding; /* a reference; NULL: withdrawn */
} NfGeneration;

struct _NfDomain {
    NfDomainKey key;
    NfIdMap templates;      /* id -> GArray of generations, in order of place */
    gboolean withdraws_all; /* there are generations under nf_domain_id_of_all() */
    gboolean has_data;      /* Data Sets were learnt that are not of options */
    NfAnnounced *announced; /* what its options data says; NULL: nothing */
    GList use;              /* its links in the collector's lists: of all domains, by use; */
    GList kin;              /* of its exporter's domains of this number; */
    GList namesake;         /* of all exporters'; */
    GList mate;             /* of a connection that may end, those of its session */
};

/* The domain that a Message belongs to. */
static inline NfDomainKey
nf_domain_key (const NfDatagram *datagram, const NfMessage *message)
{
    return (NfDomainKey){.exporter = datagram->exporter,
                         .collector = datagram->collector,
                         .transport = datagram->transport,
                         .connection = datagram->connection,
                         .version = message->version,
                         .id = message->domain};
}

/* Whether that is `key`, which need not be made of them for it. */
static inline gboolean
nf_domain_key_is_of (const NfDomainKey *key, const NfDatagram *datagram, const NfMessage *message)
{
    return key->id == message->domain && key->version == message->version &&
           key->transport == datagram->transport && key->connection == datagram->connection &&
           nf_endpoint_equal (&key->exporter, &datagram->exporter) &&
           nf_endpoint_equal (&key->collector, &datagram->collector);
}

/* The id under which a withdrawal of all Templates, or all Options Templates, stands among the
 * generations: that of their Set (RFC 7011 8.1). */
static inline guint16
nf_domain_id_of_all (gboolean options)
{
    return options ? 3 : 2;
}

G_GNUC_INTERNAL NfDomain *nf_domain_new (const NfDomainKey *key);
G_GNUC_INTERNAL void nf_domain_free (gpointer domain);

/* The generation in force at `place` or, where none is yet, the first one after it that is no
 * withdrawal, if there is one. NULL where Template `id` is not known. */
G_GNUC_INTERNAL const NfGeneration *nf_domain_find (const NfDomain *domain, guint16 id,
                                                    NfPlace place);

/* Whether `g` holds only behind `place`. */
static inline gboolean
nf_generation_is_late (const NfGeneration *g, NfPlace place)
{
    return nf_place_is_before (place, g->place);
}

/* Adds a generation; takes over its reference. Forgets those that no datagram from order `oldest`
 * on can ask for. Returns by how many there are more now. */
G_GNUC_INTERNAL gint nf_domain_add (NfDomain *domain, guint16 id, const NfGeneration *generation,
                                    guint64 oldest);

/* Of structures that begin with the NfPlace from which each holds, in order of place: how many have
 * begun at `place`, and how many lie before the one in force at the first octet of datagram
 * `oldest`. */
G_GNUC_INTERNAL guint nf_places_begun (const GArray *all, NfPlace place);
G_GNUC_INTERNAL guint nf_places_outlived (const GArray *all, guint64 oldest);

/* The number of generations of all ids. */
G_GNUC_INTERNAL guint nf_domain_size (const NfDomain *domain);

G_END_DECLS
