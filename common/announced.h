/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What options data announces: what interfaces, samplers, applications, VRFs and Observation
 * Domains are called, at what rate packets are sampled, when the exporter started, and the
 * properties that flows have in common (RFC 7011 3.4.2, 4; RFC 5473; RFC 6759; RFC 5476 6).
 *
 * An announcement holds from its record on until the next one of the same subject; where none has
 * come yet, the first one to come is taken, as with Templates.
 */
#pragma once

#include "binding.h"
#include "datagram.h"
#include "reader.h"

G_BEGIN_DECLS

/* Octets of the longest key: an application ID has up to 13, and no exporter sends longer ones. */
#define NF_ANNOUNCED_KEY 16

/* What an announcement is about, and what its key is. */
typedef enum {
    NF_ANNOUNCED_INTERFACE,          /* an interface's number: its name, its description */
    NF_ANNOUNCED_SAMPLER,            /* a sampler's or selector's number: its name, its rate */
    NF_ANNOUNCED_TEMPLATE_SAMPLING,  /* a Template ID, in its domain: the rate */
    NF_ANNOUNCED_INTERFACE_SAMPLING, /* an interface's number: the rate */
    NF_ANNOUNCED_SYSTEM_SAMPLING,    /* no key: the rate for all that has no other */
    NF_ANNOUNCED_APPLICATION,        /* an application ID, octets: its name, its description */
    NF_ANNOUNCED_VRF,                /* a VRF's number: its name */
    NF_ANNOUNCED_DOMAIN,             /* an Observation Domain's number: its name */
    NF_ANNOUNCED_START,              /* no key: when the exporter started */
    NF_ANNOUNCED_COMMON_PROPERTIES,  /* a commonPropertiesId, in its domain: the record of it */
    NF_N_ANNOUNCED
} NfAnnouncedKind;

typedef struct {
    guint8 kind;     /* NfAnnouncedKind */
    guint8 length;   /* octets used of `octets`; the others are zero */
    guint16 version; /* of the domain that it is confined to, and */
    guint32 domain;  /* its number; of what holds for all of an exporter 0 */
    guint8 octets[NF_ANNOUNCED_KEY];
} NfAnnouncedKey;

typedef struct {
    gint refs;
    NfPlace place; /* of its record */
    guint file;    /* of that place, to show: NfDatagram's */
    guint64 packet;
    guint32 domain;          /* the Observation Domain that it was announced in */
    const char *name;        /* as it came, perhaps no UTF-8; "" where it has none */
    const char *description; /* likewise */
    gdouble rate;            /* of sampling: one packet in so many; 0: not told */
    guint64 start_ms;        /* of NF_ANNOUNCED_START: milliseconds since 1970 */
    NfBinding *binding;      /* of NF_ANNOUNCED_COMMON_PROPERTIES: how to read the record; */
    const guint8 *octets;    /* its octets; */
    const NfSpan *fields;    /* and where its fields are among them */
    gsize size;              /* octets of memory */
    gsize *used;             /* of which the collector keeps count here */
} NfAnnouncement;

/* Announcements by their subject. */
typedef struct _NfAnnounced NfAnnounced;

/* The key of a number, and of octets: the first NF_ANNOUNCED_KEY of them. */
NfAnnouncedKey nf_announced_key (NfAnnouncedKind kind, guint64 number);
NfAnnouncedKey nf_announced_key_octets (NfAnnouncedKind kind, const guint8 *octets, gsize length);

/* Confines a key to an Observation Domain where it is unique only within one: Template IDs (RFC
 * 7011 3.4.1) and commonPropertiesIds (RFC 5473). The others hold for all of an exporter. */
void nf_announced_key_confine (NfAnnouncedKey *key, guint16 version, guint32 domain);

/* What the fields of a record say of sampling, by their elements; 0 where they are not there. */
typedef struct {
    guint64 interval;         /* 34: one in so many */
    guint64 packets, space;   /* 305, 306: so many, then so many not (RFC 5476 6.5.2.1) */
    guint64 random;           /* 50: one in so many, at random */
    guint64 size, population; /* 309, 310: so many of so many */
    gdouble probability;      /* 311 */
} NfSampling;

/* One packet in how many that means: the first of the above that says something; 0: nothing. */
gdouble nf_sampling_rate (const NfSampling *sampling);

/* The kinds of things that records of a binding tell a name, a description or a rate of: bit
 * 1 << NfAnnouncedKind of each. */
G_GNUC_INTERNAL guint nf_announced_kinds (const NfBinding *binding);

/* ---- for the collector ---- */

/* Which fields of a binding's records announce what: looked for once, as there may be thousands.
 * Of fields -1: there is none. */
typedef struct {
    const NfBinding *binding;
    gboolean any;
    gboolean announces[NF_N_ANNOUNCED];
    gint key[NF_N_ANNOUNCED], name[NF_N_ANNOUNCED], description[NF_N_ANNOUNCED];
    gint interval, packets, space, random, size, population, probability; /* of NfSampling */
    gint start; /* when the exporter started */
} NfAnnouncePlan;

/* Finds out what records of an Options Template announce. */
G_GNUC_INTERNAL void nf_announce_plan (NfAnnouncePlan *plan, const NfBinding *binding);

/* Where an announcement comes from. */
typedef struct {
    const guint8 *octets; /* the Message */
    const NfSpan *fields; /* of the record, in octets from the Message's first octet */
    NfSpan record;
    NfPlace place;
    guint file;
    guint64 packet;
    guint16 version;
    guint32 domain;
    gsize *used; /* where memory is counted */
} NfAnnouncer;

/* Reads what a record announces of `kind`. Returns one reference, or NULL where it says nothing.
 * `key` becomes its subject. */
G_GNUC_INTERNAL NfAnnouncement *nf_announce (const NfAnnouncePlan *plan, NfAnnouncedKind kind,
                                             const NfAnnouncer *from, NfAnnouncedKey *key);

G_GNUC_INTERNAL NfAnnouncement *nf_announcement_ref (NfAnnouncement *announcement);
G_GNUC_INTERNAL void nf_announcement_unref (NfAnnouncement *announcement);

G_GNUC_INTERNAL NfAnnounced *nf_announced_new (void);
G_GNUC_INTERNAL void nf_announced_free (NfAnnounced *announced);

/* The announcement in force at `place` or, where there is none, the first to come. NULL where the
 * subject was never announced. */
G_GNUC_INTERNAL const NfAnnouncement *nf_announced_find (const NfAnnounced *announced,
                                                         const NfAnnouncedKey *key, NfPlace place);

/* Whether an announcement brings nothing: what is in force at its place says the same, or it was
 * added before. */
G_GNUC_INTERNAL gboolean nf_announced_knows (const NfAnnounced *announced,
                                             const NfAnnouncedKey *key,
                                             const NfAnnouncement *announcement);

/* Adds an announcement; takes a reference. Forgets those that no datagram from order `oldest` on
 * can ask for. */
G_GNUC_INTERNAL void nf_announced_add (NfAnnounced *announced, const NfAnnouncedKey *key,
                                       NfAnnouncement *announcement, guint64 oldest);

G_END_DECLS
