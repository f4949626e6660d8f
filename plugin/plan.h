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
    gboolean is_special; /* its text may be more than Wireshark makes of the value; */
    gboolean is_port;    /* of a port where services have names */
    gboolean is_section; /* a part of a packet, for other dissectors */
    gboolean is_list;    /* with values or records in it */
    NfSimple simple;     /* how it is added at once, if there is nothing else to be shown of it */
} NfpPlanField;

typedef struct {
    NfBinding *binding; /* a reference */
    NfFlow *flow;
    NfpPlanField *fields;
    gboolean has_sections;
    gint **commons; /* candidates for each of nfp_commons(); NULL until they are wanted */
    guint n_commons;
} NfpPlan;

/* What is to be known of one field. */
void nfp_plan_field (NfpPlanField *field, const NfBoundField *bound);

NfpPlan *nfp_plan_new (const NfBinding *binding, const NfRegistry *registry);
/* Finds the common names among the fields, if that was not done yet. */
void nfp_plan_find_commons (NfpPlan *plan);

void nfp_plan_free (gpointer plan);
