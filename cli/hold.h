/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Datagrams of a live source that hold Sets without a Template: kept, within bounds, until learning
 * brings it.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* What is held where --hold does not say: some minutes of one exporter's data, or seconds of many.
 */
#define NF_HOLD_OCTETS ((gsize)16 << 20)

/* So many different Templates may a datagram wait for; what it lacks beyond is not waited for. */
#define NF_HOLD_IDS 16

/* What a datagram waits for. */
typedef struct {
    const char *input; /* where it came from: as NfShow's file and is_file */
    gboolean is_file;
    guint16 version;
    guint32 domain;
    gboolean is_shown; /* something of the datagram was */
    guint n_ids;
    guint16 ids[NF_HOLD_IDS];  /* of the Templates it lacks, */
    guint16 sets[NF_HOLD_IDS]; /* and how many Sets each */
    guint n_brought;
    guint16 brought[NF_HOLD_IDS]; /* those that have just come, which it lacks no more */
} NfLack;

/* A Template that is waited for. */
typedef struct {
    NfEndpoint exporter; /* its port is 0 */
    guint16 version;
    guint32 domain;
    guint16 id;
    gint64 since_us; /* by g_get_monotonic_time(): when the first one came of the */
    guint64 sets;    /* Sets that are held for it */
} NfWaiting;

/* A set of Template IDs. */
typedef struct {
    guint32 bits[65536 / 32];
} NfIdSet;

static inline void
nf_id_set_add (NfIdSet *set, guint16 id)
{
    set->bits[id / 32] |= 1u << id % 32;
}

static inline gboolean
nf_id_set_has (const NfIdSet *set, guint16 id)
{
    return (set->bits[id / 32] >> id % 32 & 1) != 0;
}

typedef struct _NfHold NfHold;

/* At most so many octets are held. Free with nf_hold_free(). */
NfHold *nf_hold_new (gsize max_octets);
void nf_hold_free (NfHold *hold);

/* Keeps a copy of the datagram; the oldest ones go where too much is held. */
void nf_hold_add (NfHold *hold, const NfDatagram *datagram, const NfLack *lack);

/*
 * For those that wait for a Template in `brought`, which a datagram from `exporter` brought for its
 * `version` and `domain`: calls `each`, oldest first, and lets go those that lack nothing more.
 */
void nf_hold_release (NfHold *hold, const NfEndpoint *exporter, guint16 version, guint32 domain,
                      const NfIdSet *brought,
                      void (*each) (const NfDatagram *held, NfLack *lack, gpointer data),
                      gpointer data);

/* The Templates that are waited for, those longest first; at most 64. An array of NfWaiting. */
GArray *nf_hold_waiting (const NfHold *hold);

/* The order of the oldest datagram held, or `otherwise`. */
guint64 nf_hold_oldest (const NfHold *hold, guint64 otherwise);

G_END_DECLS
