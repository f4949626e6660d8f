/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is worked out once for each binding, so that a record costs little: names as the user wants
 * them, JSON keys, fields that occur twice, where the flow's times and common names are.
 */
#pragma once

#include "octet-texts.h"

G_BEGIN_DECLS

typedef struct {
    const char *text;
    gsize length; /* in octets */
} NfPlanText;

typedef struct {
    const char *name; /* "sourceIPv4Address", "IPV4_SRC_ADDR", "32473/5"; owned by the plan */
    char *key;        /* ,"sourceIPv4Address": with the comma before it; whole steps of
                         NF_PLAN_STEP octets can be read */
    gsize key_length; /* octets of `key` */
    char *json;       /* {"pen":0,"id":8,"name":"sourceIPv4Address" as -T json begins it */
    gsize json_length;
    char *label; /* "sourceIPv4Address: " */
    gsize label_length;
    NfPlanText units; /* " packets", or nothing; owned by the plan */
    NfPlanText unit;  /* the same behind 1 */
    gint next_same;   /* the next field of the same name, or -1 */
    gboolean repeats; /* an earlier field has the same name */
    gboolean is_scope;
    gboolean is_padding; /* paddingOctets: no data */
    gboolean is_plain;   /* nf_describe_is_plain() */
    gboolean is_number;  /* nf_describe_is_number() */
    gboolean is_port;    /* nf_describe_is_plain_port() */
    gboolean has_more;   /* and something may stand behind it: nf_describe_has_more() */
    NfOctetText *octets; /* nf_octet_texts_get(): 256 of them, or NULL */
    gboolean is_text;    /* one key and one string in JSON, whatever the record */
    NfSimple simple;     /* how -T jsonl and csv may write it at once, if they may */
} NfPlanField;

typedef struct {
    NfBinding *binding; /* a reference */
    NfPlanField *fields;
    NfFlow *flow;
    gint section;   /* the first field with a part of a packet, or -1 */
    gpointer extra; /* what the view adds */
} NfPlan;

/* Short texts that are written often are copied in steps of so many octets, without asking how long
 * they are exactly: behind them as many octets can be read. */
#define NF_PLAN_STEP 32

/* Puts such a text at `at`, where there must be room for its length and NF_PLAN_STEP more. Returns
 * the place behind it. */
static inline char *
nf_plan_put (char *at, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i += NF_PLAN_STEP)
        memcpy (at + i, text + i, NF_PLAN_STEP);
    return at + length;
}

typedef struct _NfPlans NfPlans;

/* Names are IANA's or, with `netflow9_names`, NetFlow v9's where they differ. */
NfPlans *nf_plans_new (NfRegistry *registry, gboolean netflow9_names);
void nf_plans_free (NfPlans *plans);

/* What a view adds to each plan when it is made, and how that is freed. */
void nf_plans_extend (NfPlans *plans, gpointer (*extend) (NfPlan *plan, gpointer data),
                      gpointer data, GDestroyNotify free_extra);

/* The plan for a binding, made at its first use. Valid until nf_plans_trim() is called. */
const NfPlan *nf_plans_get (NfPlans *plans, const NfBinding *binding);

/* Forgets all plans where they have become too many. To be called between datagrams: one has no
 * more than a few thousand different Templates. */
void nf_plans_trim (NfPlans *plans);

/* Appends the name that a field goes by. */
void nf_field_name (NfText *t, const NfField *field, const NfElement *element,
                    gboolean netflow9_names);

G_END_DECLS
