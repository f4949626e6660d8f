/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T templates for people:
 *
 *  192.0.2.1:40000 NetFlow v9 domain 1: 5 Messages in 00:01:58.000, 1 Template, 1 missing
 *
 *    Template 256: 3 fields, records of 12 octets
 *      announced  twice, packets 1 to 4, every 00:01:00.000
 *      data       20 records in 2 Sets, packets 2 to 5
 *      has        src dst octets
 *      lacks      packets in_if out_if start end
 *
 *      offset  field
 *           0  sourceIPv4Address           8  ipv4Address           4 octets
 */
#include "columns.h"
#include "show-origin.h"
#include "show-template.h"
#include "templates.h"

/* What a collector asks of every flow. */
static const char *const wanted[] = {"src",   "dst", "octets", "packets",
                                     "start", "end", "in_if",  "out_if"};

/* ---- a Template ---- */

/* "    announced  ": what a line of a Template is about. */
static void
begin_line (NfText *t, const char *label)
{
    gsize start = nf_text_length (t);

    nf_text_add (t, "    ");
    nf_text_add (t, label);
    nf_column_left (t, start, 15);
}

/* The input a place is in, where there are several. */
static void
add_file (NfShow *show, guint file)
{
    const GPtrArray *files = show->options->files;

    if (!nf_origin_is_ambiguous (show->options))
        return;
    if (file < files->len)
        nf_origin_file (&show->out, files->pdata[file]);
    else
        nf_text_add (&show->out, "-x");
    nf_text_add_char (&show->out, ' ');
}

static void
add_place (NfShow *show, const NfWhen *when)
{
    add_file (show, when->file);
    nf_origin_place (&show->out, when->packet, when->message);
}

/* ", packet 1 to packet 4" */
static void
add_range (NfShow *show, const NfWhen *first, const NfWhen *last)
{
    nf_text_add (&show->out, ", ");
    add_place (show, first);
    if (first->order == last->order)
        return;
    nf_text_add (&show->out, " to ");
    if (first->file != last->file)
        add_file (show, last->file);
    nf_origin_place (&show->out, last->packet, last->message);
}

static void
add_duration (NfText *t, gint64 ns)
{
    nf_describe_duration (t, (guint64)(ns / 1000000));
}

/* " in 00:01:58.000" */
static void
add_period (NfText *t, const NfDomainUsage *d)
{
    gint64 ns = d->last.time_ns - d->first.time_ns;

    if (ns < 1000000)
        return;
    nf_text_add (t, " in ");
    add_duration (t, ns);
}

static void
add_announced (NfShow *show, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    begin_line (t, "announced");
    if (u->announced == 0) {
        nf_text_add (t, "not in what is shown\n");
        return;
    }
    nf_text_add_count (t, u->announced, "times");
    add_range (show, &u->first, &u->last);
    if (u->n_intervals > 0) {
        nf_text_add (t, ", every ");
        add_duration (t, u->interval_ns / (gint64)u->n_intervals);
    }
    if (u->longest_ns > u->shortest_ns) {
        nf_text_add (t, " (");
        add_duration (t, u->shortest_ns);
        nf_text_add (t, " to ");
        add_duration (t, u->longest_ns);
        nf_text_add_char (t, ')');
    }
    nf_text_add (t, u->withdrawn ? ", then withdrawn\n" : "\n");
}

static void
add_data (NfShow *show, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    begin_line (t, "data");
    if (u->sets + u->lost_sets == 0) {
        nf_text_add (t, "none\n");
        return;
    }
    nf_text_add_count (t, u->records, "records");
    nf_text_add (t, " in ");
    nf_text_add_count (t, u->sets, "Sets");
    add_range (show, &u->first_data, &u->last_data);
    if (u->late_sets > 0) {
        nf_text_add (t, "; of those ");
        nf_text_add_count (t, u->late_records, "records");
        nf_text_add (t, " before the Template came");
    }
    if (u->foreign_sets > 0) {
        nf_text_add (t, "; by the Template of another session ");
        nf_text_add_count (t, u->foreign_sets, "Sets");
    }
    if (u->lost_sets > 0) {
        nf_text_add (t, "; not decodable for want of it ");
        nf_text_add_count (t, u->lost_sets, "Sets");
    }
    nf_text_add_char (t, '\n');
}

static gboolean
has (const NfBinding *binding, const NfCommonName *common)
{
    g_autofree gint *candidates = nf_binding_candidates (binding, common);

    return candidates[0] >= 0;
}

/* By common names what records tell of a flow, and what of that they do not. */
static void
add_contents (NfShow *show, const NfBinding *binding)
{
    NfText *t = &show->out;
    const NfCommonName *common;
    guint n = 0;

    begin_line (t, "has");
    for (guint i = 0; (common = nf_registry_common_nth (show->registry, i)) != NULL; i++)
        if (has (binding, common))
            nf_text_add_format (t, "%s%s", n++ > 0 ? " " : "", common->name);
    nf_text_add (t, n > 0 ? "\n" : "none of the common names\n");
    if (binding->tmpl->options || n == 0)
        return;
    n = 0;
    for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
        if (has (binding, nf_registry_common (show->registry, wanted[i])))
            continue;
        if (n++ == 0)
            begin_line (t, "lacks");
        else
            nf_text_add_char (t, ' ');
        nf_text_add (t, wanted[i]);
    }
    if (n > 0)
        nf_text_add_char (t, '\n');
}

static void
add_history (NfShow *show, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    for (guint i = 0; u->former && i < u->former->len; i++) {
        const NfFormer *former = &g_array_index (u->former, NfFormer, i);
        gboolean is_last = i + 1 == u->former->len;

        if (is_last && u->changes > u->former->len)
            break; /* what came between this one and the present one is not kept */
        begin_line (t, "changed");
        nf_text_add (t, "behind ");
        add_place (show, &former->last);
        nf_text_add_char (t, '\n');
        nf_templates_add_changes (
            show, former->binding,
            is_last ? u->binding : g_array_index (u->former, NfFormer, i + 1).binding, 6);
    }
    if (u->former && u->changes > u->former->len) {
        begin_line (t, "changed");
        nf_text_add_count (t, u->changes - u->former->len + 1, "times");
        nf_text_add (t, " more\n");
    }
}

static void
add_template (NfShow *show, const NfTemplateUsage *u)
{
    const NfTemplate *tmpl = u->binding->tmpl;
    NfText *t = &show->out;

    nf_text_add (t, "\n  ");
    nf_color_bold (show);
    nf_show_template_title (t, tmpl);
    nf_color_end (show);
    nf_text_add_char (t, '\n');
    add_announced (show, u);
    add_data (show, u);
    add_contents (show, u->binding);
    add_history (show, u);
    nf_text_add (t, "    offset  field\n");
    nf_templates_add_fields (show, u->binding, 4);
    nf_plans_trim (show->plans);
}

/* Data that nothing describes: "257: 1204 Data Sets, 84280 octets, no Template in 00:01:58.000". */
static void
add_missing (NfShow *show, const NfDomainUsage *d, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    nf_text_add (t, "\n  ");
    nf_color_severity (show, show->options->severities.of[NF_FINDING_TEMPLATE_MISSING]);
    nf_text_add_format (t, "%u: ", u->id);
    nf_text_add_count (t, u->lost_sets, "Data Sets");
    nf_text_add (t, ", ");
    nf_text_add_count (t, u->lost_octets, "octets");
    nf_text_add (t, ", no Template");
    add_period (t, d);
    nf_color_end (show);
    add_range (show, &u->first_data, &u->last_data);
    nf_text_add_char (t, '\n');
}

/* ---- a domain ---- */

static gboolean
is_shown (const NfDomainUsage *d)
{
    return nf_id_map_size (&d->templates) > 0;
}

/* What the title of a domain tells; another domain with the same came over another session. */
static NfDomainKey
title_of (const NfDomainUsage *d)
{
    return (NfDomainKey){.exporter = d->key.exporter, .version = d->key.version, .id = d->key.id};
}

/* The domains that are shown: each title, owned -> how many have it. */
static GHashTable *
count_titles (const GPtrArray *domains)
{
    GHashTable *titles =
        g_hash_table_new_full (nf_domain_key_hash, nf_domain_key_equal, g_free, NULL);

    for (guint i = 0; i < domains->len; i++) {
        NfDomainKey title = title_of (domains->pdata[i]);
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (titles, &title));

        if (is_shown (domains->pdata[i]))
            g_hash_table_insert (titles, g_memdup2 (&title, sizeof title),
                                 GUINT_TO_POINTER (n + 1));
    }
    return titles;
}

/* "192.0.2.1:40000 NetFlow v9 domain 1"; with `session` what it came over, too. */
static void
add_title (NfShow *show, const NfDomainUsage *d, gboolean session)
{
    NfDatagram datagram = {.exporter = d->key.exporter};
    NfMessage message = {.version = d->key.version, .domain = d->key.id};
    NfText *t = &show->out;

    nf_color_bold (show);
    nf_origin_domain (t, &datagram, &message);
    if (session && d->key.collector.family != 0) {
        nf_text_add (t, " to ");
        nf_endpoint_text_port (t, &d->key.collector);
    }
    if (session && nf_transport_has_connections (d->key.transport)) {
        nf_text_add_format (t, " over %s from ", nf_origin_transport (d->key.transport));
        add_place (show, &d->first);
    }
    nf_color_end (show);
}

static void
add_domain (NfShow *show, const NfDomainUsage *d, gboolean session)
{
    g_autoptr (GPtrArray) templates = nf_usage_templates (d);
    NfText *t = &show->out;
    guint64 known = 0;

    for (guint i = 0; i < templates->len; i++)
        known += ((const NfTemplateUsage *)templates->pdata[i])->binding ? 1 : 0;
    add_title (show, d, session);
    nf_text_add (t, ": ");
    nf_text_add_count (t, d->messages, "Messages");
    add_period (t, d);
    nf_text_add (t, ", ");
    nf_text_add_count (t, known, "Templates");
    if (templates->len > known)
        nf_text_add_format (t, ", %" G_GUINT64_FORMAT " missing", templates->len - known);
    nf_text_add_char (t, '\n');
    for (guint i = 0; i < templates->len; i++) {
        const NfTemplateUsage *u = templates->pdata[i];

        if (u->binding)
            add_template (show, u);
        else
            add_missing (show, d, u);
    }
}

void
nf_templates_text (NfShow *show, const NfUsage *usage)
{
    g_autoptr (GPtrArray) domains = nf_usage_domains (usage);
    g_autoptr (GHashTable) titles = count_titles (domains);
    guint n = 0;

    for (guint i = 0; i < domains->len; i++) {
        const NfDomainUsage *d = domains->pdata[i];
        NfDomainKey title = title_of (d);

        if (!is_shown (d))
            continue;
        if (n++ > 0)
            nf_text_add_char (&show->out, '\n');
        add_domain (show, d, GPOINTER_TO_UINT (g_hash_table_lookup (titles, &title)) > 1);
    }
    if (n == 0 && show->options->filter)
        nf_text_add (&show->out, "there is nothing for which -Y holds\n");
    else if (n == 0)
        nf_text_add (&show->out, "no Templates\n");
}
