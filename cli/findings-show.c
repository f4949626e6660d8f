/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The letter of -T findings: a paragraph an exporter, the worst first. */
#include "columns.h"
#include "findings.h"

#define WIDTH        90 /* characters a line; names of files may make it longer */
#define INDENT       4  /* of what is said of a finding */
#define MAX_PATIENTS 25 /* exporters with trouble, in full; the others are counted */
#define MAX_HEALTHY  10 /* exporters without, a line each; likewise */
#define MAX_NUMBERS  8  /* domains or Templates named together */

typedef struct {
    NfShow *show;
    NfText sentence;
    const char *note;                     /* the code of the first one, or NULL */
    gboolean is_explained[NF_N_FINDINGS]; /* what the code means has been said */
} Letter;

/* ---- numbers in a row: "domains 1, 2 and 5" ---- */

typedef struct {
    guint32 numbers[MAX_NUMBERS];
    guint n;
    guint more;
} Numbers;

/* Takes a number; numbers come in such an order that the same ones follow each other, or are few.
 */
static void
take_number (Numbers *numbers, guint32 number)
{
    for (guint i = 0; i < numbers->n; i++)
        if (numbers->numbers[i] == number)
            return;
    if (numbers->n < MAX_NUMBERS)
        numbers->numbers[numbers->n++] = number;
    else
        numbers->more++;
}

static void
add_numbers (NfText *t, const char *words, const Numbers *numbers)
{
    gsize length = strlen (words);

    nf_text_add_octets (t, words, numbers->n == 1 ? length - 1 : length);
    for (guint i = 0; i < numbers->n; i++) {
        gboolean is_last = i + 1 == numbers->n && numbers->more == 0;

        nf_text_add (t, i == 0 ? " " : is_last ? " and " : ", ");
        nf_text_add_uint (t, numbers->numbers[i], 1);
    }
    if (numbers->more > 0)
        nf_text_add (t, " and others");
}

/* ---- what was found ---- */

/* Appends in lines that begin with `indent` spaces. */
static void
add_lines (NfShow *show, const char *text, guint indent)
{
    nf_text_add_format (&show->out, "%*s", (int)indent, "");
    nf_column_wrap (&show->out, text, indent, WIDTH);
    nf_text_add_char (&show->out, '\n');
}

static void
add_place (NfText *t, const NfOptions *options, const NfFindingsPlace *place)
{
    if (nf_origin_is_ambiguous (options)) {
        nf_origin_file (t, place->file);
        nf_text_add_char (t, ' ');
    }
    nf_origin_place (t, place->packet, place->message);
    nf_text_add_format (t, " octet %u", place->offset);
}

static gboolean
has_place (const NfFindingsPlace *place)
{
    return place->packet > 0 || place->message > 0;
}

/* "packet 12 octet 20: ", or where it is about all that came nothing. */
static void
add_first_place (Letter *letter, NfText *t, const NfFindingsEntry *entry)
{
    const NfFindingsPlace *first = &entry->first->first;

    if (!has_place (first))
        return;
    if (entry->n > 1)
        nf_text_add (t, "first in ");
    add_place (t, letter->show->options, first);
    nf_text_add (t, ": ");
}

/* "  domain 1  Templates 257 and 258" */
static void
add_parts (NfText *t, const NfFindingsExporter *exporter, const NfFindingsEntry *entry)
{
    Numbers domains = {.n = 0}, templates = {.n = 0};

    for (guint i = 0; i < entry->n_parts; i++) {
        const NfFindingsGroup *part = entry->parts[i];

        if (nf_version_has (part->domain->version, NF_HEADER_DOMAIN))
            take_number (&domains, part->domain->domain);
        if (part->tmpl > 0)
            take_number (&templates, part->tmpl);
    }
    if (domains.n > 0 && exporter->domains->len > 1) {
        nf_text_add (t, ", ");
        add_numbers (t, "domains", &domains);
    }
    if (templates.n > 0) {
        nf_text_add (t, ", ");
        add_numbers (t, "Templates", &templates);
    }
}

/* What the code means and what to do, once in the letter. */
static void
explain (Letter *letter, NfFindingId id)
{
    NfText *t = &letter->sentence;

    if (letter->is_explained[id])
        return;
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        if (strcmp (nf_finding_code ((NfFindingId)i), nf_finding_code (id)) == 0)
            letter->is_explained[i] = TRUE;
    add_lines (letter->show, nf_finding_meaning (id), INDENT);
    nf_text_truncate (t, 0);
    nf_text_add (t, "What to do: ");
    nf_text_add (t, nf_finding_remedy (id));
    add_lines (letter->show, nf_text_string (t), INDENT);
}

static void
add_entry (Letter *letter, const NfFindingsExporter *exporter, const NfFindingsEntry *entry)
{
    NfShow *show = letter->show;
    NfText *t = &show->out, *sentence = &letter->sentence;
    const NfFindingsGroup *first = entry->first;

    nf_text_add (t, "\n  ");
    nf_color_severity (show, first->severity);
    nf_text_add (t, nf_severity_name (first->severity));
    nf_color_end (show);
    nf_text_add_char (t, ' ');
    nf_color_bold (show);
    nf_text_add (t, nf_finding_code (first->id));
    nf_color_end (show);
    nf_text_add (t, ", ");
    nf_text_add_count (t, entry->n, "times");
    add_parts (t, exporter, entry);
    nf_text_add_char (t, '\n');
    nf_text_truncate (sentence, 0);
    add_first_place (letter, sentence, entry);
    nf_describe_finding (sentence, show->registry, &first->finding, first->domain->version);
    if (entry->n > 1 && has_place (&entry->last->last)) {
        nf_text_add (sentence, "; last in ");
        add_place (sentence, show->options, &entry->last->last);
    }
    add_lines (show, nf_text_string (sentence), INDENT);
    explain (letter, first->id);
}

/* A note is told in a sentence. */
static void
add_note (Letter *letter, const NfFindingsEntry *entry)
{
    NfText *t = &letter->sentence;

    if (!letter->note)
        letter->note = nf_finding_code (entry->first->id);
    nf_text_truncate (t, 0);
    nf_text_add (t, nf_finding_code (entry->first->id));
    nf_text_add (t, ", ");
    nf_text_add_count (t, entry->n, "times");
    nf_text_add (t, ": ");
    add_first_place (letter, t, entry);
    nf_describe_finding (t, letter->show->registry, &entry->first->finding,
                         entry->first->domain->version);
    nf_text_add (&letter->show->out, "  ");
    nf_color_severity (letter->show, NF_SEVERITY_NOTE);
    nf_text_add (&letter->show->out, "note");
    nf_color_end (letter->show);
    nf_text_add_char (&letter->show->out, ' ');
    nf_column_wrap (&letter->show->out, nf_text_string (t), INDENT, WIDTH);
    nf_text_add_char (&letter->show->out, '\n');
}

static void
add_entries (Letter *letter, const NfFindingsExporter *exporter)
{
    gboolean is_doubled = nf_findings_is_doubled (exporter), has_notes = FALSE;
    NfFindingsEntry entry = {.parts = NULL};

    while (nf_findings_next (exporter, &entry)) {
        if (is_doubled && entry.first->id == NF_FINDING_SEQUENCE_COPY)
            continue;
        if (entry.first->severity > NF_SEVERITY_NOTE) {
            add_entry (letter, exporter, &entry);
            continue;
        }
        if (!has_notes)
            nf_text_add_char (&letter->show->out, '\n');
        has_notes = TRUE;
        add_note (letter, &entry);
    }
    if (exporter->ungrouped > 0) {
        nf_text_add (&letter->show->out, "\n  and ");
        nf_text_add_count (&letter->show->out, exporter->ungrouped, "findings");
        nf_text_add_format (&letter->show->out,
                            " more: nfpeek tells %u kinds of them apart, by domain and Template\n",
                            NF_FINDINGS_GROUPS);
    }
}

/* ---- exporters ---- */

static void
add_address (NfText *t, const NfFindingsExporter *exporter)
{
    if (exporter->is_rest)
        nf_text_add_format (t, "exporters beyond the first %u domains, which are not told apart",
                            NF_FINDINGS_DOMAINS);
    else if (exporter->address.family == 0)
        nf_text_add (t, "an exporter whose address is not known");
    else
        nf_endpoint_text (t, &exporter->address);
}

/* "  NetFlow v9 domains 1 and 2, IPFIX domain 0" */
static void
add_domains (NfText *t, const NfFindingsExporter *exporter)
{
    const GPtrArray *domains = exporter->domains;
    gboolean any = FALSE;

    for (guint i = 0; i < domains->len;) {
        guint version = ((const NfFindingsDomain *)domains->pdata[i])->version;
        Numbers numbers = {.n = 0};

        for (; i < domains->len; i++) {
            const NfFindingsDomain *domain = domains->pdata[i];

            if (domain->version != version)
                break;
            take_number (&numbers, domain->domain);
        }
        if (version == 0)
            continue;
        nf_text_add (t, any ? ", " : "  ");
        any = TRUE;
        nf_text_add (t, nf_version_name (version));
        if (!nf_version_has (version, NF_HEADER_DOMAIN))
            continue;
        nf_text_add_char (t, ' ');
        add_numbers (t, "domains", &numbers);
    }
}

static void
add_verdict (Letter *letter, const NfFindingsExporter *exporter, guint indent)
{
    static const NfSeverity colors[NF_N_HEALTHS] = {
        [NF_HEALTHY] = NF_SEVERITY_NOTE,
        [NF_LOSSY] = NF_SEVERITY_WARNING,
        [NF_UNDECODABLE] = NF_SEVERITY_ERROR,
        [NF_BROKEN] = NF_SEVERITY_ERROR,
    };
    NfShow *show = letter->show;

    nf_text_truncate (&letter->sentence, 0);
    nf_findings_sentence (&letter->sentence, exporter, show->options->filter != NULL);
    nf_color_severity (show, colors[nf_findings_health (exporter)]);
    nf_column_wrap (&show->out, nf_text_string (&letter->sentence), indent, WIDTH);
    nf_color_end (show);
    nf_text_add_char (&show->out, '\n');
}

/* Whether there is more to say than a line. */
static gboolean
is_in_full (const NfFindingsExporter *exporter)
{
    return exporter->n_groups > 0 || exporter->ungrouped > 0 ||
           nf_findings_health (exporter) != NF_HEALTHY;
}

static void
add_exporter (Letter *letter, const NfFindingsExporter *exporter)
{
    NfText *t = &letter->show->out;

    nf_text_add_char (t, '\n');
    nf_color_bold (letter->show);
    add_address (t, exporter);
    nf_color_end (letter->show);
    add_domains (t, exporter);
    nf_text_add_char (t, '\n');
    add_entries (letter, exporter);
    nf_text_add (t, "\n  ");
    add_verdict (letter, exporter, 2);
}

/* "192.0.2.1: Healthy: 3 Messages decoded, none missing." */
static void
add_healthy (Letter *letter, const NfFindingsExporter *exporter)
{
    NfText *t = &letter->show->out;

    add_address (t, exporter);
    add_domains (t, exporter);
    nf_text_add (t, "  ");
    add_verdict (letter, exporter, INDENT);
}

/* ---- the letter ---- */

/* That packets are there twice, once for all of which it is true. */
static void
add_doubled (Letter *letter, const NfFindings *findings)
{
    guint64 copies = 0, messages = 0;
    NfText *t = &letter->sentence;
    guint n = 0;

    for (guint i = 0; i < findings->sorted->len; i++) {
        const NfFindingsExporter *exporter = findings->sorted->pdata[i];

        if (!nf_findings_is_doubled (exporter))
            continue;
        copies += exporter->tally.copies;
        messages += exporter->tally.messages;
        n++;
    }
    if (n == 0)
        return;
    nf_text_truncate (t, 0);
    nf_text_add (t, "Nearly every Message");
    if (n < findings->sorted->len)
        nf_text_add_format (t, " of %u of the exporters", n);
    nf_text_add_format (t,
                        " is there twice: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                        " are copies. That is what a mirrored port shows that sees packets come "
                        "and go, or a capture on all interfaces; the exporter may also send to two "
                        "collectors. Copies are counted, but not taken for a fault.",
                        copies, messages);
    nf_text_add_char (&letter->show->out, '\n');
    add_lines (letter->show, nf_text_string (t), 0);
}

static void
add_exporters (Letter *letter, const GPtrArray *exporters)
{
    NfText *t = &letter->show->out;
    guint in_full = 0, healthy = 0;

    for (guint i = 0; i < exporters->len; i++)
        if (is_in_full (exporters->pdata[i]) && in_full++ < MAX_PATIENTS)
            add_exporter (letter, exporters->pdata[i]);
    if (in_full > MAX_PATIENTS)
        nf_text_add_format (t,
                            "\nand %u more exporters with findings: -Y 'exporter == ADDRESS' "
                            "chooses one, --json has all\n",
                            in_full - MAX_PATIENTS);
    if (in_full < exporters->len)
        nf_text_add_char (t, '\n');
    for (guint i = 0; i < exporters->len; i++)
        if (!is_in_full (exporters->pdata[i]) && healthy++ < MAX_HEALTHY)
            add_healthy (letter, exporters->pdata[i]);
    if (healthy > MAX_HEALTHY)
        nf_text_add_format (t, "and %u more exporters without findings\n", healthy - MAX_HEALTHY);
}

void
nf_findings_show (NfShow *show, NfFindings *findings)
{
    Letter letter = {.show = show};
    const GPtrArray *exporters = findings->sorted;

    if (exporters->len == 0) {
        if (show->options->filter)
            nf_text_add (&show->out, "there is nothing for which -Y holds\n");
        return;
    }
    nf_text_add_count (&show->out, findings->tally.messages, "Messages");
    if (exporters->len > 1)
        nf_text_add_format (&show->out, " of %u exporters", exporters->len);
    nf_origin_period (&show->out, &findings->period, findings->tally.messages);
    nf_text_add_char (&show->out, '\n');
    add_doubled (&letter, findings);
    add_exporters (&letter, exporters);
    if (letter.note)
        nf_text_add_format (&show->out,
                            "\nWhat a note means: nfpeek --list-findings CODE, such as %s\n",
                            letter.note);
    nf_text_clear (&letter.sentence);
}
