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

/* The registry must outlive it. */
G_GNUC_INTERNAL NfLearnt *nf_learnt_new (const NfRegistry *registry);
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

/* Reads what a record, whose fields lie at `fields` of the Message at `octets`, says of an element
 * in the session of `domain`. Returns the Templates that waited for it, an array to be freed with
 * g_array_unref(), or NULL where the record says nothing new. */
G_GNUC_INTERNAL GArray *nf_learnt_note (NfLearnt *learnt, const NfLearntPlan *plan,
                                        const NfDomainKey *domain, const guint8 *octets,
                                        const NfSpan *fields);

/* The binding of a Template of `domain` with what its session has said of its elements: a new one,
 * or NULL where that is nothing. Remembers which elements the Template waits for. Returns one
 * reference. */
G_GNUC_INTERNAL NfBinding *nf_learnt_bind (NfLearnt *learnt, const NfDomainKey *domain,
                                           const NfBinding *binding);

/* Forgets what the session of `domain` said. */
G_GNUC_INTERNAL void nf_learnt_forget (NfLearnt *learnt, const NfDomainKey *domain);

G_END_DECLS
