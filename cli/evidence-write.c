/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --evidence: what was selected as a capture, looked into before it is written. */
#include "evidence-private.h"
#include "run.h"
#include "say.h"
#include "writer.h"

#include <errno.h>

/* So many times more is selected for what does not show: each time it is twice as much, until that
 * is of no use. */
#define MAX_ROUNDS 24

typedef struct {
    NfEvidence *evidence;
    const NfOptions *options; /* to gather findings, of the inputs; */
    const NfOptions *plain;   /* of the capture */
    NfRegistry *registry;
    NfInput *capture;                  /* what is selected; owned */
    guint64 n;                         /* datagrams in it */
    guint hidden;                      /* findings that do not show in it, */
    gboolean is_hidden[NF_N_FINDINGS]; /* and which ones those are */
    gboolean is_full;                  /* it would need more datagrams than there may be */
    gboolean is_cut;                   /* not all of the input could be kept */
} Making;

typedef struct {
    NfWriter *writer;
    guint64 n;
} Writing;

static void
take (const NfItem *item, gpointer data)
{
    Writing *w = data;

    w->n++;
    if (item->kind == NF_ITEM_LOST)
        nf_writer_add_lost (w->writer, item);
    else if (item->kind == NF_ITEM_REFUSAL)
        nf_writer_add_refusal (w->writer, item);
    else
        nf_writer_add (w->writer, &item->datagram);
}

/* Writes what is selected to a temporary file; NULL: nothing is. */
static gboolean
compose (Making *m, NfSelection *selection, GError **error)
{
    NfSpool *spool = nf_spool_new (error);
    Writing w = {.n = 0};

    if (!spool)
        return FALSE;
    g_clear_pointer (&m->capture, nf_input_free);
    m->capture = nf_input_new_spool ("--evidence", spool, m->plain);
    w.writer = nf_writer_new_file (nf_spool_open (spool, "wb", error), "a temporary file", error);
    if (!w.writer)
        return FALSE;
    if (selection)
        nf_selection_each (selection, take, &w);
    m->n = w.n;
    return nf_writer_close (w.writer, error);
}

/* Reads the capture as anybody does. */
static NfEvidence *
look_into (const Making *m)
{
    NfEvidence *found = nf_evidence_new_bare ();
    g_autoptr (GPtrArray) inputs = g_ptr_array_new ();
    NfCollector *collector;

    g_ptr_array_add (inputs, m->capture);
    collector = nf_run_gather (m->plain, m->registry, inputs, found);
    if (collector)
        nf_collector_free (collector);
    return found;
}

/* What does not show in the capture. */
static void
note_hidden (Making *m, const NfEvidence *found)
{
    GHashTableIter iter;
    gpointer key;

    m->hidden = 0;
    memset (m->is_hidden, 0, sizeof m->is_hidden);
    g_hash_table_iter_init (&iter, m->evidence->groups);
    while (g_hash_table_iter_next (&iter, &key, NULL)) {
        const NfEvidenceGroup *group = key;

        if (nf_evidence_shows (found, group))
            continue;
        m->hidden++;
        m->is_hidden[group->id] = TRUE;
    }
}

/* Selects until all shows that can be shown. */
static gboolean
make (Making *m, NfSelection *selection, GError **error)
{
    gboolean again = TRUE;

    for (guint i = 0; again && i < MAX_ROUNDS; i++) {
        NfEvidence *found;

        nf_selection_make (selection, m->evidence);
        if (!compose (m, selection, error))
            return FALSE;
        found = look_into (m);
        note_hidden (m, found);
        again = nf_evidence_widen (m->evidence, found);
        nf_evidence_free (found);
    }
    m->is_full = nf_selection_is_full (selection);
    return TRUE;
}

/* Copies the capture to FILE. */
static gboolean
deliver (const Making *m, GError **error)
{
    g_autofree char *part = g_malloc (1 << 16);
    FILE *from = nf_spool_open (m->capture->spool, "rb", error);
    NfText t = NF_TEXT_INIT;
    gboolean good = from && nf_output_begin (&m->evidence->output, error);
    gsize n;

    while (good && (n = fread (part, 1, 1 << 16, from)) > 0) {
        nf_text_add_octets (&t, part, n);
        good = nf_output_write (&m->evidence->output, &t, error);
    }
    if (good && ferror (from)) {
        g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                     "cannot read the capture that was made: %s", g_strerror (errno));
        good = FALSE;
    }
    if (from)
        fclose (from);
    nf_text_clear (&t);
    return good;
}

/* ": limit-reached, sequence-gap" */
static void
add_hidden (NfText *t, const Making *m)
{
    const char *last = "", *between = ": ";

    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        const char *code = nf_finding_code ((NfFindingId)i);

        if (!m->is_hidden[i] || strcmp (code, last) == 0)
            continue;
        nf_text_add (t, between);
        nf_text_add (t, code);
        between = ", ";
        last = code;
    }
}

/* What was written, in one line. */
static void
say_what (const Making *m)
{
    guint n = g_hash_table_size (m->evidence->groups);
    NfText t = NF_TEXT_INIT;

    nf_text_add_count (&t, m->n, "datagrams");
    nf_text_add (&t, m->n == 1 ? " that shows " : " that show ");
    nf_text_add_count (&t, n - m->hidden, "findings");
    if (n == 0)
        nf_text_add (&t, ": there are none");
    if (m->hidden > 0) {
        nf_text_add_format (&t, "; %u more only the whole input shows", m->hidden);
        add_hidden (&t, m);
    }
    if (m->evidence->ungrouped > 0)
        nf_text_add_format (&t, "; of more than %d findings the further ones are left out",
                            NF_EVIDENCE_GROUPS);
    if (m->is_cut)
        nf_text_add_format (&t, "; only the first %u MiB of what is no file are looked at",
                            (guint)(NF_SPOOL_OCTETS >> 20));
    if (m->is_full)
        nf_text_add_format (&t, "; more than %d datagrams are not written", NF_EVIDENCE_DATAGRAMS);
    nf_say (m->evidence->output.name, "%s", nf_text_string (&t));
    nf_text_clear (&t);
}

/* Gathers findings, selects, and leaves the capture in `m`. */
static gboolean
gather_and_make (Making *m, GPtrArray *inputs, GError **error)
{
    NfCollector *collector = nf_run_gather (m->options, m->registry, inputs, m->evidence);
    NfSelection *selection;
    gboolean good;

    if (!collector || g_hash_table_size (m->evidence->groups) == 0) {
        g_clear_pointer (&collector, nf_collector_free);
        return compose (m, NULL, error);
    }
    selection = nf_selection_new (m->options, collector, inputs);
    good = make (m, selection, error);
    nf_selection_free (selection);
    nf_collector_free (collector);
    return good;
}

gboolean
nf_evidence_write (NfEvidence *evidence, const NfOptions *options, NfRegistry *registry,
                   GPtrArray *inputs, GError **error)
{
    g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
    g_autoptr (GArray) any = g_array_new (FALSE, FALSE, sizeof (NfRange));
    NfOptions silent = *options, plain;
    Making m = {.evidence = evidence, .registry = registry, .options = &silent, .plain = &plain};
    gboolean good;

    silent.output = "/dev/null";
    silent.write = silent.evidence = silent.send = silent.metrics = NULL;
    silent.listen = nobody;
    silent.interface = NULL;
    silent.quiet = TRUE;
    plain = silent;
    plain.packets = any;
    plain.filter = NULL;
    plain.count = 0;
    plain.from_ns = 0;
    plain.to_ns = G_MAXINT64;
    m.is_cut = !nf_evidence_end_spools (evidence, options, inputs);
    good = gather_and_make (&m, inputs, error) && deliver (&m, error);
    if (good && !options->quiet)
        say_what (&m);
    g_clear_pointer (&m.capture, nf_input_free);
    return good;
}
