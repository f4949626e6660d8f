/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sums by groups of values: what --sum keeps of the records it has seen. The number of groups is
 * bounded; what is in none of them is summed up as one.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* A group is of so many values at most. */
#define NF_SUM_BY 16

/* Whole numbers above zero and below zero apart, each sum at most G_MAXUINT64, where it stays; and
 * numbers with a fraction. */
typedef struct {
    guint64 plus, minus;
    gdouble fractions;
} NfAmount;

/* Adds a value to it. Returns FALSE where that is no number. */
gboolean nf_amount_add_value (NfAmount *amount, const NfValue *value);

/* The amount as a value, of a kind with or without a fraction. */
NfValue nf_amount_value (const NfAmount *amount, gboolean with_fraction);

/* Whether it is as high as it can be, and so perhaps too low. */
gboolean nf_amount_is_full (const NfAmount *amount);

/* What was added up, each record once however many of its values are of the same group. */
typedef struct {
    NfAmount amount;
    guint64 records;
    guint64 last; /* the last record that counts in it, */
    guint64 turn; /* and the last direction of one */
} NfSummed;

typedef struct {
    NfSummed summed;
    guint key_length; /* octets */
    guint8 key[];     /* the values it is for: for nf_group_values() */
} NfGroup;

typedef struct {
    GHashTable *groups; /* set of NfGroup, owned */
    guint max_groups;
    gsize key_octets;  /* of all their keys */
    guint64 n_records; /* that count, */
    guint64 turn;      /* and directions of them */
    NfAmount total;    /* of those, each once */
    NfSummed beyond;   /* of those that lack a group for want of room */
    GByteArray *key;   /* of the group being looked for */
} NfSum;

void nf_sum_init (NfSum *sum, guint max_groups);
void nf_sum_clear (NfSum *sum);

/* A record counts: adds its amount to the total. Its groups follow. */
void nf_sum_begin_record (NfSum *sum, const NfAmount *amount);

/* The other direction of the same record counts, too. Its groups follow. */
void nf_sum_turn_record (NfSum *sum, const NfAmount *amount);

/* Appends a value to the key of a group; NULL: the record has none. Returns how long the key was,
 * for nf_sum_pop(). */
guint nf_sum_push (NfSum *sum, const NfValue *value);
void nf_sum_pop (NfSum *sum, guint length);

/* Adds the amount of the current record, or direction, to the group of the current key, once. */
void nf_sum_add (NfSum *sum, const NfAmount *amount);

/* The `n` values that a group is for; NF_VALUE_NONE where its records have none. Their octets are
 * the group's. */
void nf_group_values (const NfGroup *group, NfValue *values, guint n);

/* All groups, the largest first, those of one size by their values, of which there are `n`.
 * Borrowed from `sum`; free the array with g_ptr_array_unref(). */
GPtrArray *nf_sum_sorted (const NfSum *sum, guint n, gboolean with_fraction);

G_END_DECLS
