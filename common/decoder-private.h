/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the three parts of the decoder share: Messages and Sets (decoder.c), what is in a Template
 * Set (decoder-templates.c), what is in a Data Set (decoder-records.c). */
#pragma once

#include "decoder.h"

G_BEGIN_DECLS

/* What the next step looks at. */
enum { PHASE_SETS, PHASE_TEMPLATES, PHASE_RECORDS, PHASE_END };

/* Puts an event into the queue that nf_decoder_next() empties before the next step. */
G_GNUC_INTERNAL void nf_decoder_push (NfDecoder *d, NfEvent event);

G_GNUC_INTERNAL void nf_decoder_push_finding (NfDecoder *d, NfFinding finding);

/* An event of `type` for all that is left in `r`, if there is anything; then nothing is. */
G_GNUC_INTERNAL void nf_decoder_push_rest (NfDecoder *d, NfEventType type, NfReader *r);

/* Ends the current Set: what is left of it is padding, or octets that nothing decodes. */
G_GNUC_INTERNAL void nf_decoder_end_set (NfDecoder *d, NfEventType rest);

/* Ends it with padding, and says what is wrong with that: it takes the room of a record of
 * `record` octets, or it is not zero. */
G_GNUC_INTERNAL void nf_decoder_end_set_padded (NfDecoder *d, gsize record);

/* A step in a Set of Templates: pushes at least one event. */
G_GNUC_INTERNAL void nf_decoder_step_templates (NfDecoder *d);

/* A step in a Data Set. Returns TRUE where that is a record, which is in `event`; else events were
 * pushed, or the Set is done. */
G_GNUC_INTERNAL gboolean nf_decoder_step_records (NfDecoder *d, NfEvent *event);

G_END_DECLS
