/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is worked out once for each binding, so that a record costs little: Wireshark's fields for
 * its elements, where the common names are.
 */
#pragma once

#include "elements.h"

typedef struct {
    int field; /* Wireshark's number; 0 where the element is not known */
    NfpAdd add;
    guint64 most;        /* of an element: the largest number that is shown as one */
    gboolean is_special; /* its text may be more than Wireshark makes of the value; */
    gboolean is_port;    /* of a port where services have names */
    gboolean is_section; /* a part of a packet, for other dissectors */
    gboolean is_list;    /* with values or records in it */
    gboolean is_named;   /* the exporter may announce what its number is called */
    /* a number or an IPv4 address that its octets are, whatever they are, of which nothing else is
     * to be shown but for what is_port and is_named are about; and not even that */
    gboolean is_simple, is_plain;
} NfpPlanField;

/* Where a record has what a common name stands for. */
typedef struct {
    const NfpCommon *common;
    const gint *candidates; /* fields that may have it, as nf_record_pick() takes them */
    NfpPlanField field;     /* how the field is added; if it is simple, it is the first candidate */
} NfpPlanCommon;

typedef struct {
    NfBinding *binding; /* a reference */
    NfFlow *flow;
    NfpPlanField *fields;
    gboolean has_sections;
    GArray *commons;       /* of NfpPlanCommon, in the order of nfp_commons(); NULL until wanted */
    GPtrArray *candidates; /* those of them that are owned */
} NfpPlan;

/* What is to be known of one field. */
void nfp_plan_field (NfpPlanField *field, const NfBoundField *bound);

NfpPlan *nfp_plan_new (const NfBinding *binding, const NfRegistry *registry);
/* Finds the common names among the fields, if that was not done yet. */
void nfp_plan_find_commons (NfpPlan *plan);

void nfp_plan_free (gpointer plan);
