/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Elements that no registry knows and an exporter describes itself, by options data (RFC 5610):
 * what each Transport Session said of them. Private to the collector.
 *
 * A description holds from its record on until the next one of the same element; where none has
 * come yet, the first one to come is taken, as with Templates.
 */
#pragma once

#include "binding.h"
#include "domain.h"

G_BEGIN_DECLS

/* ---- descriptions in records: learnt-read.c ---- */

/* Which fields of a binding's records describe elements, or -1. */
typedef struct {
    const NfBinding *binding;
    gint pen, id, type, name, semantics, units, range_begin, range_end;
} NfLearntPlan;

/* Returns whether records of the binding describe elements. */
G_GNUC_INTERNAL gboolean nf_learnt_plan (NfLearntPlan *plan, const NfBinding *binding);

/* Octets of the longest name, "ENTERPRISE.NAME"; IANA's longest has 50. */
#define NF_LEARNT_NAME 128

/* A description that was read; not to be copied. */
typedef struct {
    NfElement element; /* its name is the one below */
    char name[NF_LEARNT_NAME];
} NfDescribed;

/* Reads what a record, whose fields lie at `fields` of the Message at `octets`, says of an element.
 * Returns FALSE where it says nothing that can be used: of an element that the registry knows, too,
 * which is believed more than the exporter. */
G_GNUC_INTERNAL gboolean nf_learnt_read (const NfRegistry *registry, const NfLearntPlan *plan,
                                         const guint8 *octets, const NfSpan *fields,
                                         NfDescribed *described);

/* ---- what was described ---- */

typedef struct _NfLearnt NfLearnt;

/* What the sessions say is counted in octets of memory at `used`. */
G_GNUC_INTERNAL NfLearnt *nf_learnt_new (gsize *used);
G_GNUC_INTERNAL void nf_learnt_free (NfLearnt *learnt);

/* Whether a description brings nothing to the session of `domain`: what is in force at its place
 * says the same, or it was added before. */
G_GNUC_INTERNAL gboolean nf_learnt_knows (const NfLearnt *learnt, const NfDomainKey *domain,
                                          const NfDescribed *described, NfPlace place);

/* Adds a description. Forgets those that no datagram from order `oldest` on can ask for. Returns
 * FALSE where no more are remembered of the element. */
G_GNUC_INTERNAL gboolean nf_learnt_add (NfLearnt *learnt, const NfDomainKey *domain,
                                        const NfDescribed *described, NfPlace place,
                                        guint64 oldest);

/* Forgets what the session of `domain` said. */
G_GNUC_INTERNAL void nf_learnt_forget (NfLearnt *learnt, const NfDomainKey *domain);

/* What the session of `domain` has said of a field by `place`, or NULL. Unless NULL, `from` becomes
 * where it said so. */
G_GNUC_INTERNAL const NfElement *nf_learnt_find (const NfLearnt *learnt, const NfDomainKey *domain,
                                                 const NfField *field, NfPlace place,
                                                 NfPlace *from);

/*
 * The binding of a Template that data at `place` has with what the session of `domain` said of its
 * elements by then: `binding` itself where that is nothing. Borrowed until one of the two functions
 * below is called. The same Template with the same descriptions has the same binding. May be called
 * by several threads. `limited` becomes whether descriptions are left out, because too many
 * bindings are kept.
 */
G_GNUC_INTERNAL NfBinding *nf_learnt_bind (NfLearnt *learnt, const NfDomainKey *domain,
                                           NfBinding *binding, NfPlace place, gboolean *limited);

/* Forgets bindings that nobody has any more, and what nothing else says: now, or once those may be
 * many. */
G_GNUC_INTERNAL void nf_learnt_forget_unused (NfLearnt *learnt);
G_GNUC_INTERNAL void nf_learnt_tidy (NfLearnt *learnt);

G_END_DECLS
