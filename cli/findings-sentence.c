/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An exporter's state in one sentence. */
#include "findings.h"

typedef struct {
    NfText *t;
    guint n; /* reasons so far */
} Sentence;

/* What stands before the next reason. */
static NfText *
go_on (Sentence *s)
{
    nf_text_add (s->t, s->n++ == 0 ? ": " : ", ");
    return s->t;
}

/* "0.3 %"; what is little is not nothing. */
static void
add_share (NfText *t, guint64 part, guint64 whole)
{
    gdouble share = 100.0 * (gdouble)part / (gdouble)whole;

    if (share < 0.1)
        nf_text_add (t, "less than 0.1 %");
    else if (part < whole && share > 99.9)
        nf_text_add (t, "more than 99.9 %");
    else
        nf_text_add_format (t, "%.1f %%", share);
}

static void
add_count_if (Sentence *s, guint64 n, const char *words, const char *what)
{
    if (n == 0)
        return;
    nf_text_add_count (go_on (s), n, words);
    nf_text_add (s->t, what);
}

static void
add_undecoded (Sentence *s, const NfTally *tally)
{
    NfText *t = s->t;

    if (tally->messages == 0 && tally->broken > 0) {
        nf_text_add (go_on (s), "nothing of it is a NetFlow or IPFIX Message");
        return;
    }
    if (tally->missing > 0) {
        nf_text_add_uint (go_on (s), tally->missing, 1);
        nf_text_add (t, " of ");
        nf_text_add_count (t, tally->sets, "Data Sets");
        nf_text_add (t, tally->missing == 1 ? " has no Template" : " have no Template");
    }
    if (tally->broken > 0) {
        nf_text_add_count (go_on (s), tally->broken,
                           tally->missing > 0 ? "other errors" : "errors");
        nf_text_add (t, " in ");
        nf_text_add_count (t, tally->messages, "Messages");
    }
    if (nf_tally_judge (tally).health > NF_LOSSY)
        add_count_if (s, tally->undecoded, "octets", " not decoded");
    if (tally->encrypted > 0)
        nf_text_add (go_on (s), "encrypted");
}

/* "lost 12 of 4310 Messages (0.3 %)" */
static void
add_losses (Sentence *s, const NfFindingsExporter *exporter, gboolean is_chosen)
{
    NfLoss losses[NF_LOSSES];
    guint n = nf_findings_losses (exporter, is_chosen, losses);
    const NfTally *tally = &exporter->tally;

    for (guint i = 0; i < n; i++) {
        const NfLoss *loss = &losses[i];

        if (loss->lost == 0)
            continue;
        nf_text_add (go_on (s), "lost ");
        if (loss->of == 0) {
            nf_text_add_count (s->t, loss->lost, loss->unit);
            continue;
        }
        nf_text_add_uint (s->t, loss->lost, 1);
        nf_text_add (s->t, " of ");
        nf_text_add_count (s->t, loss->of, loss->unit);
        nf_text_add (s->t, " (");
        add_share (s->t, loss->lost, loss->of);
        nf_text_add_char (s->t, ')');
    }
    add_count_if (s, tally->refused, "datagrams", " did not reach the collector");
    add_count_if (s, tally->unsound, "wrong checksums", ", for which a kernel drops datagrams");
    add_count_if (s, tally->lost, "datagrams", " without all fragments");
    add_count_if (s, tally->gaps, "gaps", " in streams");
    add_count_if (s, tally->cut, "Messages", " cut short by the capture");
}

/* What is good: all came that was sent, and all of it was decoded. */
static void
add_praise (Sentence *s, const NfTally *tally)
{
    NfText *t = s->t;

    if (s->n > 0 || tally->messages == 0)
        return;
    nf_text_add_count (go_on (s), tally->messages, "Messages");
    nf_text_add (t, " decoded");
    if (tally->undecoded > 0) {
        nf_text_add (t, " but for ");
        nf_text_add_count (t, tally->undecoded, "octets");
    }
    if (tally->followed > tally->resets + tally->resets && tally->in_doubt == 0)
        nf_text_add (t, ", none missing");
    if (tally->flows + tally->options == 0)
        nf_text_add (t, ", but there is no data in them");
}

void
nf_findings_sentence (NfText *t, const NfFindingsExporter *exporter, gboolean is_chosen)
{
    const NfTally *tally = &exporter->tally;
    gsize start = nf_text_length (t);
    NfHealth health = nf_findings_health (exporter);
    Sentence s = {.t = t};

    nf_text_add (t, nf_health_name (health));
    t->start[start] = g_ascii_toupper (t->start[start]);
    if (health == NF_HEALTHY && tally->findings[NF_SEVERITY_WARNING] > 0) {
        nf_text_add (t, " but for ");
        nf_text_add_count (t, tally->findings[NF_SEVERITY_WARNING], "warnings");
    }
    add_undecoded (&s, tally);
    add_losses (&s, exporter, is_chosen);
    add_praise (&s, tally);
    nf_text_add_char (t, '.');
}
