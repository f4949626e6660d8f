/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the plan of the checks of a binding (check-plan.c) holds for judging records (check.c). */
#pragma once

#include "check.h"

G_BEGIN_DECLS

/* Fields that may hold the flow's start, or its end: a Template has one, or the same in other units
 * beside it. More are not looked at, so that a plan stays small. */
#define NF_MAX_CANDIDATES 3

typedef enum {
    NF_JUDGE_RANGE,
    NF_JUDGE_BOOLEAN,
    NF_JUDGE_MILLISECONDS,
    NF_JUDGE_STRING,
    NF_JUDGE_NTP,
    NF_JUDGE_COUNTERS,
    NF_JUDGE_FLOW_TIMES
} NfJudge;

typedef struct {
    guint8 judge; /* NfJudge */
    guint16 field;
    guint16 other; /* NF_JUDGE_COUNTERS: the packets, where `field` has the octets */
} NfCheckItem;

/* How the most preferred times of a flow are encoded, where both are so: as 64 bits that count
 * modulo 2^64, behind a shift to the left. */
typedef struct {
    guint shift;
    guint64 per_second; /* 0: they differ, or are of another kind */
} NfCheckClock;

struct _NfCheckPlan {
    gint start[NF_MAX_CANDIDATES + 1]; /* fields, as nf_binding_candidates() has them */
    gint end[NF_MAX_CANDIDATES + 1];
    NfCheckClock clock; /* of the first of each */
    guint n;
    NfCheckItem items[];
};

/* The plan of a binding, made once. */
G_GNUC_INTERNAL const NfCheckPlan *nf_check_plan (NfBinding *binding, const NfRegistry *registry);

G_END_DECLS
