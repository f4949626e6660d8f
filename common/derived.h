/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of a Data Record beside its fields: what the exporter announced, by options data,
 * of the interfaces, samplers, applications, VRFs and domains that it names by number, and at what
 * rate its packets were sampled.
 */
#pragma once

#include "flow.h"

G_BEGIN_DECLS

typedef enum {
    NF_DERIVED_INGRESS_INTERFACE_NAME,
    NF_DERIVED_INGRESS_INTERFACE_DESCRIPTION,
    NF_DERIVED_EGRESS_INTERFACE_NAME,
    NF_DERIVED_EGRESS_INTERFACE_DESCRIPTION,
    NF_DERIVED_INGRESS_VRF_NAME,
    NF_DERIVED_EGRESS_VRF_NAME,
    NF_DERIVED_APPLICATION_NAME,
    NF_DERIVED_DOMAIN_NAME,
    NF_DERIVED_SAMPLER_NAME,
    NF_DERIVED_SAMPLING_RATE,
    NF_DERIVED_SAMPLING_SOURCE,
    NF_N_DERIVED
} NfDerived;

/* Who told the sampling rate, in order of precedence. */
typedef enum {
    NF_SAMPLING_RECORD,    /* the record itself */
    NF_SAMPLING_SAMPLER,   /* options data about the sampler that the record names */
    NF_SAMPLING_TEMPLATE,  /* about its Template */
    NF_SAMPLING_INTERFACE, /* about an interface of its */
    NF_SAMPLING_SYSTEM,    /* about the whole exporter */
    NF_SAMPLING_HEADER,    /* v5's header */
    NF_SAMPLING_UNKNOWN
} NfSamplingSource;

/* "ingress_interface_name" */
const char *nf_derived_name (NfDerived which);

/* The one of that name, or NF_N_DERIVED. */
NfDerived nf_derived_find (const char *name);

/* Whether its values are numbers; else they are text. */
gboolean nf_derived_is_number (NfDerived which);

/* Whether a record of the same Message and binding as `r` may have it: for those who ask once for
 * many records. */
gboolean nf_derived_is_possible (const NfRecord *r, NfDerived which);

/* Reads it: text as NF_VALUE_STRING, whose octets belong to the collector, a number as
 * NF_VALUE_UNSIGNED where it is whole, else as NF_VALUE_FLOAT. Returns FALSE where the record has
 * none. */
gboolean nf_derived_value (const NfRecord *r, NfDerived which, NfValue *value);

/* Of NF_DERIVED_SAMPLING_RATE and _SOURCE: makes one of a rate and its source, as
 * nf_record_sampling() gave them. Returns FALSE where there is none. */
gboolean nf_derived_of_sampling (NfDerived which, gdouble rate, NfSamplingSource source,
                                 NfValue *value);

/* What an interface is called: its name, else its description. FALSE where neither was announced.
 */
gboolean nf_derived_interface (const NfRecord *r, gboolean egress, NfValue *value);

/* Whether the record's rate, or that there is none, is the same for all records of its Data Set. */
gboolean nf_record_is_sampled_as_others (const NfRecord *r);

/* One packet in how many was sampled, and who says so; 0 and NF_SAMPLING_UNKNOWN where nobody does.
 */
gdouble nf_record_sampling (const NfRecord *r, NfSamplingSource *source);

/* Looks the rate up once for all that ask of the record. Returns it. */
gdouble nf_record_note_sampling (NfRecord *r);

/* The announcement that told the rate of nf_record_sampling(); NULL where that was none. */
const NfAnnouncement *nf_record_sampling_announcement (const NfRecord *r, NfSamplingSource source);

/* "record", "sampler", "template", "interface", "system", "header"; NULL of NF_SAMPLING_UNKNOWN. */
const char *nf_sampling_source_name (NfSamplingSource source);

/* Whether values of the element are numbers of things whose names exporters announce. */
gboolean nf_derived_has_names (const NfElement *element);

/* What the exporter announced of the number or octets in field `i`: of an interface, a sampler, an
 * application, a VRF, a domain. NULL where that is nothing, and in options data that announces it
 * itself. */
const NfAnnouncement *nf_record_announced_of_field (const NfRecord *r, guint i,
                                                    const NfValue *value);

/* What the exporter announced of the Observation Domain `id` of a Message; `domain` is the
 * Message's own, as nf_collector_domain() gave it. NULL where that is nothing. */
const NfAnnouncement *nf_announced_of_domain (const NfCollector *collector, const NfDomain *domain,
                                              const NfDatagram *datagram, guint32 id);

/* Appends it as it stands behind the number: " (GigE0/7)", of a sampler " (NAME, 1:1000)". A name
 * is made safe for a terminal. Nothing where it has no name and no rate. */
void nf_announcement_text (NfText *t, const NfAnnouncement *announcement);

/*
 * The next record of common properties that the record names (RFC 5473); `*next` is 0 for the
 * first. `joined` becomes it, with `event` in which its fields stand. Returns FALSE behind the last
 * one, where nothing was announced of any, and where nobody asks.
 */
gboolean nf_record_joined (const NfRecord *r, guint *next, NfRecord *joined, NfEvent *event);

G_END_DECLS
