/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which findings count, and how much: the table's severities as --severity and --ignore change
 * them.
 */
#pragma once

#include "finding.h"

G_BEGIN_DECLS

typedef struct {
    NfSeverity of[NF_N_FINDINGS]; /* NF_N_SEVERITIES: ignored */
} NfSeverities;

/* As the table has them. */
void nf_severities_init (NfSeverities *severities);

/* Reads CODE[,CODE...], findings to be ignored. Returns FALSE where one is none, which `*wrong` is
 * then: to be freed. */
gboolean nf_severities_ignore (NfSeverities *severities, const char *text, char **wrong);

/* Reads CODE=LEVEL: all findings of that code become as severe, "note", "warning" or "error".
 * Returns FALSE where the code or the level is none. */
gboolean nf_severities_change (NfSeverities *severities, const char *text);

static inline gboolean
nf_severities_ignores (const NfSeverities *severities, NfFindingId id)
{
    return severities->of[id] == NF_N_SEVERITIES;
}

G_END_DECLS
