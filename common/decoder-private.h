/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the decoder share: Messages and Sets (decoder.c), what is in a Template Set
 * (decoder-templates.c), what is in a Data Set (decoder-records.c), and in its records
 * (decoder-lists.c). */
#pragma once

#include "decoder.h"

G_BEGIN_DECLS

/* What the next step looks at. */
enum { PHASE_SETS, PHASE_TEMPLATES, PHASE_RECORDS, PHASE_END };

/* Puts an event into the queue that nf_decoder_next() empties before the next step. Returns it, to
 * be filled in with what its type has besides. */
static inline NfEvent *
nf_decoder_push (NfDecoder *d, NfEventType type, NfSpan span)
{
    NfEvent *event;

    g_return_val_if_fail (d->n_queue < G_N_ELEMENTS (d->queue), &d->queue[d->n_queue - 1]);
    event = &d->queue[d->n_queue++];
    event->type = type;
    event->in_set = d->phase == PHASE_TEMPLATES || d->phase == PHASE_RECORDS;
    event->depth = 0;
    event->span = span;
    return event;
}

G_GNUC_INTERNAL void nf_decoder_push_finding (NfDecoder *d, NfFinding finding);

/* Says of the Template of the records behind `header` that it is late or foreign, or that what the
 * exporter said of its elements is left out. */
G_GNUC_INTERNAL void nf_decoder_push_use (NfDecoder *d, const NfTemplateUse *use, NfSpan header,
                                          guint16 id);

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

/* A Data Set begins whose records have lists. */
G_GNUC_INTERNAL void nf_decoder_begin_list_set (NfDecoder *d);

/* The lists of a RECORD event about to be announced are to be judged behind it. */
G_GNUC_INTERNAL void nf_decoder_begin_lists (NfDecoder *d, const NfEvent *record);

/* A step through those lists. Returns TRUE where events were pushed, FALSE where all is said. */
G_GNUC_INTERNAL gboolean nf_decoder_step_lists (NfDecoder *d);

G_GNUC_INTERNAL void nf_decoder_clear_lists (NfDecoder *d);

G_END_DECLS
