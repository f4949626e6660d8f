/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What flows tell of how their packets were sampled, of each Observation Domain: which samplers
 * they name, what rate they say themselves, whether they look sampled though nobody says so. What
 * is wrong with that is known when all has come: an exporter announces its samplers now and then.
 *
 *      NfSamplers *samplers = nf_samplers_new (NULL);
 *
 *      nf_samplers_message (samplers, &datagram, &message);    each Message
 *      nf_samplers_records (samplers, &record);                each of its Data Records
 */
#pragma once

#include "derived.h"
#include "bound.h"

G_BEGIN_DECLS

typedef struct _NfSamplers NfSamplers;

/* `limits` may be NULL. Free with nf_samplers_free(). */
NfSamplers *nf_samplers_new (const NfLimits *limits);
void nf_samplers_free (NfSamplers *samplers);

/* Begins a Message. Of more domains than the limit, where NfUsage says that it has come to its
 * limit, too, the further ones are left out. */
void nf_samplers_message (NfSamplers *samplers, const NfDatagram *datagram,
                          const NfMessage *message);

/* Takes note of a Data Record, or of all that its event stands for. */
void nf_samplers_records (NfSamplers *samplers, const NfRecord *first);

/* Calls `say_of` with what is wrong with a domain when all has come: the collector is the one that
 * learnt all. Of a domain not known it says nothing. */
void nf_samplers_judge (const NfSamplers *samplers, const NfDomainKey *key,
                        const NfCollector *collector, NfVerdictFunc say_of, gpointer data);

/* The same for all domains, in order of appearance. */
void nf_samplers_end (const NfSamplers *samplers, const NfCollector *collector,
                      NfVerdictFunc say_of, gpointer data);

G_END_DECLS
