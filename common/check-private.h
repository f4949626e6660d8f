/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the plan of the checks of a binding (check-plan.c) holds for judging records (check.c). */
#pragma once

#include "check.h"
#include "clock.h"

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
    guint16 other; /* NF_JUDGE_COUNTERS: the packets, where `field` has the octets;
                      NF_JUDGE_FLOW_TIMES: of which direction */
} NfCheckItem;

/* The fields with the times of a flow, in order of preference, -1 behind the last one. */
typedef struct {
    gint start[NF_MAX_CANDIDATES + 1];
    gint end[NF_MAX_CANDIDATES + 1];
    NfClock clock; /* of the first of each */
} NfTimeFields;

struct _NfCheckPlan {
    NfTimeFields times[NF_N_DIRECTIONS];
    guint n;
    NfCheckItem items[];
};

/* The plan of a binding, made once. */
G_GNUC_INTERNAL const NfCheckPlan *nf_check_plan (NfBinding *binding, const NfRegistry *registry);

G_END_DECLS
