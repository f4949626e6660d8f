/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --evidence: its FILE, and what is kept of inputs that can be read only once. */
#include "evidence-private.h"

/* Octets of a capture that a datagram takes besides its own, at most. */
#define FRAME_OCTETS 128

/* Has what can be read only once kept. */
static gboolean
begin_spools (NfEvidence *e, const NfOptions *options, const GPtrArray *inputs, GError **error)
{
    for (guint i = 0; i < inputs->len; i++) {
        NfInput *input = inputs->pdata[i];

        if (input->is_stream && !(input->spool = nf_spool_new (error)))
            return FALSE;
    }
    if (!nf_options_are_live (options))
        return TRUE;
    e->spool = nf_spool_new (error);
    if (e->spool)
        e->keeper = nf_writer_new_file (nf_spool_open (e->spool, "wb", error), "UDP", error);
    return e->keeper != NULL;
}

NfEvidence *
nf_evidence_new (const NfOptions *options, const GPtrArray *inputs, GError **error)
{
    NfEvidence *e = nf_evidence_new_bare ();

    if (!nf_output_open (&e->output, "--evidence", options->evidence, options->files, error))
        e->output.fd = -1;
    else if (begin_spools (e, options, inputs, error))
        return e;
    nf_evidence_free (e);
    return NULL;
}

void
nf_evidence_free (NfEvidence *evidence)
{
    if (evidence->output.fd >= 0)
        nf_output_close (&evidence->output, NULL);
    if (evidence->keeper)
        nf_writer_close (evidence->keeper, NULL);
    g_clear_pointer (&evidence->spool, nf_spool_free);
    g_hash_table_unref (evidence->codes);
    g_hash_table_unref (evidence->groups);
    g_free (evidence);
}

void
nf_evidence_keep (NfEvidence *evidence, const NfDatagram *datagram)
{
    if (evidence->keeper && nf_spool_take (evidence->spool, datagram->length + FRAME_OCTETS))
        nf_writer_add (evidence->keeper, datagram);
}

gboolean
nf_evidence_end_spools (NfEvidence *evidence, const NfOptions *options, GPtrArray *inputs)
{
    gboolean is_all = TRUE;

    if (evidence->keeper) {
        is_all =
            nf_writer_close (g_steal_pointer (&evidence->keeper), NULL) && !evidence->spool->is_cut;
        g_ptr_array_add (inputs,
                         nf_input_new_spool ("UDP", g_steal_pointer (&evidence->spool), options));
    }
    for (guint i = 0; i < inputs->len; i++) {
        NfInput *input = inputs->pdata[i];

        is_all &= !input->is_stream || !input->spool || !input->spool->is_cut;
        nf_input_rewind (input);
    }
    return is_all;
}
