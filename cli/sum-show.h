/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sums as a table to read or, with -T csv, jsonl or json, as rows for programs. */
#pragma once

#include "sum.h"
#include "view.h"

G_BEGIN_DECLS

/* A name of --sum. */
typedef struct {
    const char *name; /* as the user wrote it; borrowed from the options */
    NfOperand operand;
    gboolean has_opposite; /* there is something to group the other direction of a record by: */
    NfOperand opposite;
} NfSumColumn;

typedef struct {
    NfSumColumn name; /* what is added up; */
    gboolean counts;  /* the records themselves: there is no operand */
    gboolean with_fraction;
    NfSumColumn by[NF_SUM_BY];
    guint n_by;
} NfSumLayout;

/* Records whose numbers are not quite what they seem. */
typedef struct {
    guint64 totals;         /* they count since the start of their flow, */
    const NfElement *total; /* this for one */
    guint64 reverse;        /* they have another direction, which is not counted */
    guint64 unscaled;       /* --scale knows no rate for them, */
    gboolean scales;        /* but for others */
} NfSumDoubts;

/* Appends the sums to show->out, the largest first, as many as -c wants. */
void nf_sum_show (NfShow *show, const NfSumLayout *layout, const NfSum *sum);

/* Says where they are too low or not all there. */
void nf_sum_say (const NfSumLayout *layout, const NfSum *sum, const NfSumDoubts *doubts);

G_END_DECLS
