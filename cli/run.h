/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run: learn all that is to be read, then walk and show it. */
#pragma once

#include "evidence.h"
#include "source.h"

G_BEGIN_DECLS

/* What the program ends with. */
enum {
    NF_EXIT_DONE = 0,
    NF_EXIT_FINDINGS = 1, /* there were findings at or above --fail-on */
    NF_EXIT_FAILED = 2    /* something could not be done, or there was no Message at all */
};

/* Shows what the options ask for. Returns an exit status. */
int nf_run (const NfOptions *options, NfRegistry *registry);

/* Goes through `inputs`, an array of NfInput each of which can be opened again, without saying or
 * showing anything, and gathers findings in `evidence`. Returns what was learnt of them, to be
 * freed with nf_collector_free(); NULL where the options cannot be followed. */
NfCollector *nf_run_gather (const NfOptions *options, NfRegistry *registry, GPtrArray *inputs,
                            NfEvidence *evidence);

G_END_DECLS
