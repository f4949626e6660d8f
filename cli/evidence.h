/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --evidence: the smallest capture that shows each finding of a run. What was read is gone through
 * once more, silently:
 *
 *      gather      the findings, in groups as -T findings has them; of each the first place
 *      select      the datagrams at fault, and all that these hang on
 *      check       what was selected is read as any capture is: a group that does not show in it
 *                  gets more of its domain's Messages, until it does
 */
#pragma once

#include "source.h"
#include "view.h"

G_BEGIN_DECLS

typedef struct _NfEvidence NfEvidence;

/* Opens FILE of --evidence, which stays as it is until nf_evidence_write(), and has what can be
 * read only once kept while it is read: of `inputs`, an array of NfInput, or what comes to sockets.
 * Returns NULL and sets `error` where that fails, or FILE is one of those to be read. Free with
 * nf_evidence_free(). */
NfEvidence *nf_evidence_new (const NfOptions *options, const GPtrArray *inputs, GError **error);
void nf_evidence_free (NfEvidence *evidence);

/* Keeps a datagram, Message or not, unless it comes from `inputs`. */
void nf_evidence_keep (NfEvidence *evidence, const NfDatagram *datagram);

/* Notes what a view is shown: findings. */
void nf_evidence_event (NfEvidence *evidence, const NfShow *show, const NfEvent *event);

/* Writes FILE: the evidence of what `inputs` hold and was kept, which is added to them. Returns
 * FALSE and sets `error` where it cannot be written. */
gboolean nf_evidence_write (NfEvidence *evidence, const NfOptions *options, NfRegistry *registry,
                            GPtrArray *inputs, GError **error);

G_END_DECLS
