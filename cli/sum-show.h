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
} NfSumColumn;

typedef struct {
    NfSumColumn name; /* what is added up; */
    gboolean counts;  /* the records themselves: there is no operand */
    gboolean with_fraction;
    NfSumColumn by[NF_SUM_BY];
    guint n_by;
} NfSumLayout;

/* Appends the sums to show->out, the largest first, as many as -c wants. Says where they are too
 * low or not all there. */
void nf_sum_show (NfShow *show, const NfSumLayout *layout, const NfSum *sum);

G_END_DECLS
