/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings on standard error. */
#include "report.h"

#include "columns.h"
#include "printable.h"
#include "say.h"
#include "show-origin.h"

#include <unistd.h>

/* How often one kind of finding is told for a file: enough to see where, not so many that they
 * bury the others. */
#define TOLD_PER_FILE 5

struct _NfReport {
    const NfOptions *options;
    gboolean prints;
    gboolean color;
    gboolean failed;
    guint64 counts[NF_N_FINDINGS]; /* of this file */
    NfText line;
};

NfReport *
nf_report_new (const NfOptions *options, gboolean prints)
{
    NfReport *report = g_new0 (NfReport, 1);

    report->options = options;
    report->prints = prints && !options->quiet;
    report->color = nf_options_color (options, isatty (STDERR_FILENO) == 1);
    return report;
}

gboolean
nf_report_prints (const NfReport *report)
{
    return report->prints;
}

static gboolean
minds (const NfReport *report, NfFindingId id)
{
    const NfOptions *o = report->options;

    return !nf_severities_ignores (&o->severities, id) &&
           (report->prints || o->severities.of[id] >= o->fail_on);
}

gboolean
nf_report_minds_values (const NfReport *report)
{
    for (NfFindingId id = 0; id < NF_N_FINDINGS; id++)
        if (nf_check_is_of_values (id) && minds (report, id))
            return TRUE;
    return FALSE;
}

gboolean
nf_report_minds_warnings (const NfReport *report)
{
    for (NfFindingId id = 0; id < NF_N_FINDINGS; id++)
        if (nf_finding_severity (id) < NF_SEVERITY_ERROR && minds (report, id))
            return TRUE;
    return FALSE;
}

void
nf_report_free (NfReport *report)
{
    nf_text_clear (&report->line);
    g_free (report);
}

/* nfpeek: a.pcap: packet 12: octet 36: error: Set Length 3 ... [set-length, RFC 7011 3.3.2] */
static void
print (NfReport *report, const NfShow *show, const NfFinding *finding, NfSeverity severity,
       const char *remark)
{
    const NfDatagram *g = show->datagram;
    const char *reference =
        nf_finding_reference (finding->id, show->message ? show->message->version : 10);
    NfText *t = &report->line;

    nf_text_truncate (t, 0);
    nf_text_add (t, "nfpeek: ");
    if (show->is_end) {
        nf_origin_domain (t, g, show->message);
    } else {
        nf_show_safe (t, show->file, strlen (show->file));
        nf_text_add_format (t, ": %s %" G_GUINT64_FORMAT ": octet %u",
                            g->packet ? "packet" : "Message", g->packet ? g->packet : g->message,
                            finding->span.offset);
    }
    nf_text_add_format (t, ": %s%s%s: ", report->color ? nf_severity_color (severity) : "",
                        nf_severity_name (severity), report->color ? "\033[m" : "");
    nf_describe_finding (t, show->registry, finding, show->message ? show->message->version : 10);
    nf_text_add (t, remark);
    nf_text_add_format (t, " [%s%s%s]\n", nf_finding_code (finding->id), reference ? ", " : "",
                        reference ? reference : "");
    nf_say_status (NULL);
    g_printerr ("%s", nf_text_string (t));
}

static void
tell (NfReport *report, const NfShow *show, const NfFinding *finding, NfSeverity severity,
      const char *remark)
{
    if (report->counts[finding->id]++ < TOLD_PER_FILE && report->prints)
        print (report, show, finding, severity, remark);
}

static void
count (NfReport *report, NfSeverity severity)
{
    if (severity >= report->options->fail_on)
        report->failed = TRUE;
}

void
nf_report_finding (NfReport *report, const NfShow *show, const NfFinding *finding)
{
    NfSeverity severity = report->options->severities.of[finding->id];

    count (report, severity);
    tell (report, show, finding, severity, "");
}

void
nf_report_waiting (NfReport *report, const NfShow *show, const NfFinding *finding)
{
    tell (report, show, finding, NF_SEVERITY_NOTE,
          report->options->hold > 0 ? " yet: held until it comes" : " yet");
}

void
nf_report_never_came (NfReport *report, guint64 n)
{
    NfSeverity severity = report->options->severities.of[NF_FINDING_TEMPLATE_MISSING];

    if (n == 0 || severity == NF_N_SEVERITIES)
        return;
    count (report, severity);
    if (report->prints)
        nf_say (NULL,
                "%s: %" G_GUINT64_FORMAT " Data Set%s waited for a Template that never came [%s]",
                nf_severity_name (severity), n, n == 1 ? "" : "s",
                nf_finding_code (NF_FINDING_TEMPLATE_MISSING));
}

void
nf_report_end_file (NfReport *report, const char *file)
{
    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        if (report->counts[i] > TOLD_PER_FILE && report->prints)
            nf_say (file, "%" G_GUINT64_FORMAT " more of %s (-T json has all)",
                    report->counts[i] - TOLD_PER_FILE, nf_finding_code ((NfFindingId)i));
        report->counts[i] = 0;
    }
}

gboolean
nf_report_failed (const NfReport *report)
{
    return report->failed;
}
