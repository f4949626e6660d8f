/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -T findings --json: the letter as one object. */
#include "findings.h"
#include "json.h"

/* What stands before the next object of an array. */
static void
begin_object (NfText *t, guint index)
{
    nf_text_add (t, index == 0 ? "{" : ",{");
}

static void
add_counts (NfText *t, const NfTally *tally)
{
    gsize start;

    nf_text_add (t, ",\"counts\":");
    start = nf_text_length (t);
    nf_json_add_uint (t, "messages", tally->messages);
    nf_json_add_uint (t, "flows", tally->flows);
    nf_json_add_uint (t, "options", tally->options);
    nf_json_add_uint (t, "data_sets", tally->sets);
    nf_json_add_uint (t, "data_sets_without_template", tally->missing);
    nf_json_add_uint (t, "undecoded_octets", tally->undecoded);
    nf_json_add_uint (t, "copies", tally->copies);
    nf_json_add_uint (t, "cut_short", tally->cut);
    nf_json_add_uint (t, "refused", tally->refused);
    nf_json_add_uint (t, "wrong_checksums", tally->unsound);
    nf_json_add_uint (t, "fragments_incomplete", tally->lost);
    nf_json_add_uint (t, "stream_gaps", tally->gaps);
    nf_json_add_uint (t, "encrypted", tally->encrypted);
    nf_json_add_uint (t, "errors", tally->findings[NF_SEVERITY_ERROR]);
    nf_json_add_uint (t, "warnings", tally->findings[NF_SEVERITY_WARNING]);
    nf_json_add_uint (t, "notes", tally->findings[NF_SEVERITY_NOTE]);
    t->start[start] = '{'; /* in place of the first key's comma */
    nf_text_add_char (t, '}');
}

/* ,"first":{"file":"a.pcap","packet":12,"offset":20}; nothing for what is about all that came. */
static void
add_place (NfText *t, const char *key, const NfFindingsPlace *place)
{
    if (place->packet == 0 && place->message == 0)
        return;
    nf_json_begin_place (t, key, place->is_file ? place->file : NULL, place->packet,
                         place->message);
    nf_json_add_uint (t, "offset", place->offset);
    nf_text_add_char (t, '}');
}

static void
add_group (NfShow *show, const NfFindingsGroup *group)
{
    guint version = group->domain->version;
    NfText *t = &show->out, *text = &show->scratch;

    nf_text_add (t, "\"code\":\"");
    nf_text_add (t, nf_finding_code (group->id));
    nf_text_add_char (t, '"');
    nf_json_add_string (t, "severity", nf_severity_name (group->severity));
    nf_json_add_uint (t, "count", group->n);
    if (version > 0)
        nf_json_add_uint (t, "version", version);
    if (nf_version_has (version, NF_HEADER_DOMAIN))
        nf_json_add_uint (t, "domain", group->domain->domain);
    if (group->tmpl > 0)
        nf_json_add_uint (t, "template", group->tmpl);
    add_place (t, "first", &group->first);
    add_place (t, "last", &group->last);
    nf_text_truncate (text, 0);
    nf_describe_finding (text, show->registry, &group->finding, version);
    nf_json_add_string (t, "text", nf_text_string (text));
    nf_json_add_string (t, "reference", nf_finding_reference (group->id, version));
    nf_json_add_string (t, "meaning", nf_finding_meaning (group->id));
    nf_json_add_string (t, "remedy", nf_finding_remedy (group->id));
}

static void
add_groups (NfShow *show, const NfFindingsExporter *exporter)
{
    NfText *t = &show->out;

    nf_text_add (t, ",\"findings\":[");
    for (guint i = 0; i < exporter->n_groups; i++) {
        begin_object (t, i);
        add_group (show, exporter->groups->pdata[i]);
        nf_text_add_char (t, '}');
    }
    nf_text_add_char (t, ']');
    if (exporter->ungrouped > 0)
        nf_json_add_uint (t, "findings_not_listed", exporter->ungrouped);
}

static void
add_losses (NfShow *show, const NfFindingsExporter *exporter)
{
    NfLoss losses[NF_LOSSES];
    guint n = nf_findings_losses (exporter, show->options->filter != NULL, losses);
    NfText *t = &show->out;

    nf_text_add (t, ",\"losses\":[");
    for (guint i = 0; i < n; i++) {
        g_autofree char *unit = g_ascii_strdown (losses[i].unit, -1);

        begin_object (t, i);
        nf_text_add_format (t, "\"lost\":%" G_GUINT64_FORMAT, losses[i].lost);
        if (losses[i].of > 0)
            nf_json_add_uint (t, "of", losses[i].of);
        nf_json_add_string (t, "unit", unit);
        nf_text_add_char (t, '}');
    }
    nf_text_add_char (t, ']');
}

static void
add_domains (NfText *t, const NfFindingsExporter *exporter)
{
    guint n = 0;

    nf_text_add (t, ",\"domains\":[");
    for (guint i = 0; i < exporter->domains->len; i++) {
        const NfFindingsDomain *domain = exporter->domains->pdata[i];

        if (domain->version == 0)
            continue;
        begin_object (t, n++);
        nf_text_add_format (t, "\"version\":%u", domain->version);
        if (nf_version_has (domain->version, NF_HEADER_DOMAIN))
            nf_json_add_uint (t, "domain", domain->domain);
        nf_json_add_uint (t, "messages", domain->tally.messages);
        nf_json_add_uint (t, "flows", domain->tally.flows);
        nf_json_add_uint (t, "options", domain->tally.options);
        nf_text_add_char (t, '}');
    }
    nf_text_add_char (t, ']');
}

static void
add_exporter (NfShow *show, const NfFindingsExporter *exporter)
{
    NfText *t = &show->out, *text = &show->scratch;
    gsize start = nf_text_length (t);

    nf_text_truncate (text, 0);
    if (exporter->address.family != 0) {
        nf_endpoint_text (text, &exporter->address);
        nf_json_add_string (t, "exporter", nf_text_string (text));
    }
    nf_json_add_string (t, "verdict", nf_health_name (nf_findings_health (exporter)));
    nf_text_truncate (text, 0);
    nf_findings_sentence (text, exporter, show->options->filter != NULL);
    nf_json_add_string (t, "sentence", nf_text_string (text));
    nf_text_add (t, ",\"doubled\":");
    nf_text_add (t, nf_findings_is_doubled (exporter) ? "true" : "false");
    add_counts (t, &exporter->tally);
    add_losses (show, exporter);
    add_domains (t, exporter);
    add_groups (show, exporter);
    t->start[start] = '{'; /* in place of the first key's comma */
    nf_text_add_char (t, '}');
}

void
nf_findings_json (NfShow *show, NfFindings *findings)
{
    const GPtrArray *exporters = findings->sorted;
    NfText *t = &show->out;

    nf_text_add_format (t, "{\"messages\":%" G_GUINT64_FORMAT, findings->tally.messages);
    if (exporters->len > 0) /* the worst is the first */
        nf_json_add_string (t, "verdict",
                            nf_health_name (nf_findings_health (exporters->pdata[0])));
    nf_text_add (t, ",\"exporters\":[");
    for (guint i = 0; i < exporters->len; i++) {
        if (i > 0)
            nf_text_add_char (t, ',');
        add_exporter (show, exporters->pdata[i]);
    }
    nf_text_add (t, "]}\n");
}
