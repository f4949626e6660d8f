/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Elements that no registry knows and an exporter describes itself, by options data (RFC 5610):
 * what each Transport Session said of them. Private to the collector.
 */
#pragma once

#include "binding.h"
#include "domain.h"

G_BEGIN_DECLS

typedef struct _NfLearnt NfLearnt;

/* The registry must outlive it. What the sessions say is counted in octets of memory at `used`. */
G_GNUC_INTERNAL NfLearnt *nf_learnt_new (const NfRegistry *registry, gsize *used);
G_GNUC_INTERNAL void nf_learnt_free (NfLearnt *learnt);

/* Which fields of a binding's records describe elements, or -1. */
typedef struct {
    const NfBinding *binding;
    gint pen, id, type, name, semantics, units, range_begin, range_end;
} NfLearntPlan;

/* Returns whether records of the binding describe elements. */
G_GNUC_INTERNAL gboolean nf_learnt_plan (NfLearntPlan *plan, const NfBinding *binding);

/* A Template of the session that has a field of the element. */
typedef struct {
    guint32 domain;
    guint16 template_id;
} NfLearntUse;

/* Octets of the longest name, "ENTERPRISE.NAME"; IANA's longest has 50. */
#define NF_LEARNT_NAME 128

/* A description that was read; not to be copied. */
typedef struct {
    NfElement element; /* its name is the one below */
    char name[NF_LEARNT_NAME];
} NfDescribed;

/* Reads what a record, whose fields lie at `fields` of the Message at `octets`, says of an element
 * in the session of `domain`. Returns FALSE where that is nothing new. */
G_GNUC_INTERNAL gboolean nf_learnt_read (const NfLearnt *learnt, const NfLearntPlan *plan,
                                         const NfDomainKey *domain, const guint8 *octets,
                                         const NfSpan *fields, NfDescribed *described);

/* Remembers it, and appends to `told`, an array of NfLearntUse, the Templates that waited for it.
 * Returns FALSE where no more are remembered. */
G_GNUC_INTERNAL gboolean nf_learnt_add (NfLearnt *learnt, const NfDomainKey *domain,
                                        const NfDescribed *described, GArray *told);

/* Whether the Template has fields that an exporter could describe. */
G_GNUC_INTERNAL gboolean nf_learnt_is_lacking (const NfBinding *binding);

/* Remembers which descriptions a new Template of `domain` waits for. */
G_GNUC_INTERNAL void nf_learnt_wait (NfLearnt *learnt, const NfDomainKey *domain,
                                     const NfBinding *binding);

/* The binding of a Template of `domain` with what its session has said of its elements: a new one,
 * or NULL where that is nothing. Returns one reference. */
G_GNUC_INTERNAL NfBinding *nf_learnt_bind (const NfLearnt *learnt, const NfDomainKey *domain,
                                           const NfBinding *binding);

/* What the session of `domain` has said of a field, or NULL. */
G_GNUC_INTERNAL const NfElement *nf_learnt_find (const NfLearnt *learnt, const NfDomainKey *domain,
                                                 const NfField *field);

/* Forgets what the session of `domain` said. */
G_GNUC_INTERNAL void nf_learnt_forget (NfLearnt *learnt, const NfDomainKey *domain);

G_END_DECLS
