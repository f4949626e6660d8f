/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T templates --json: one object,
 *
 *      {"exporters":[{"exporter":...,"domain":1,...,"templates":[{"id":256,...,"fields":[...],
 *       "former":[{...,"fields":[...]}]}]}]}
 */
#include "json-record.h"
#include "show-origin.h"
#include "templates.h"

/* Appends ,"key":{"file":...,"packet":...,"time":...} */
static void
add_when (NfShow *show, const char *key, const NfWhen *when)
{
    const GPtrArray *files = show->options->files;
    NfText *t = &show->out;

    nf_json_begin_place (t, key, when->file < files->len ? files->pdata[when->file] : NULL,
                         when->packet, when->message);
    nf_text_add (t, ",\"time\":\"");
    nf_time_text (t, nf_time_from_ns (when->time_ns), 6);
    nf_text_add (t, "\"}");
}

/* Appends ,"key":1.250 */
static void
add_seconds (NfText *t, const char *key, gint64 ns)
{
    nf_text_add_format (t, ",\"%s\":%" G_GINT64_FORMAT ".%03d", key, ns / 1000000000,
                        (int)(ns % 1000000000 / 1000000));
}

static void
add_fields (NfShow *show, const NfBinding *binding)
{
    const NfPlan *plan = nf_plans_get (show->plans, binding);
    const NfTemplate *tmpl = binding->tmpl;
    NfText *t = &show->out;
    gint64 offset = 0;

    nf_json_add_uint (t, "scope_count", tmpl->scope_count);
    if (!tmpl->variable)
        nf_json_add_uint (t, "record_length", tmpl->record_length);
    nf_text_add (t, ",\"fields\":[");
    for (guint i = 0; i < tmpl->n_fields; i++) {
        const NfElement *element = binding->fields[i].element;

        if (i > 0)
            nf_text_add_char (t, ',');
        nf_json_begin_field (t, &tmpl->fields[i], plan->fields[i].name);
        if (offset >= 0)
            nf_json_add_uint (t, "offset", (guint64)offset);
        nf_json_add_length (t, &tmpl->fields[i]);
        if (element)
            nf_json_add_string (t, "type", nf_type_name ((NfType)element->type));
        if (element && element->flags & NF_ELEMENT_LEARNT)
            nf_text_add (t, ",\"described\":true");
        nf_text_add (t, plan->fields[i].is_scope ? ",\"scope\":true}" : "}");
        offset = nf_templates_next_offset (offset, &tmpl->fields[i]);
    }
    nf_text_add_char (t, ']');
}

static void
add_announced (NfShow *show, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    nf_json_add_uint (t, "announced", u->announced);
    if (u->announced == 0)
        return;
    add_when (show, "first", &u->first);
    add_when (show, "last", &u->last);
    if (u->n_intervals > 0) {
        add_seconds (t, "interval", u->interval_ns / (gint64)u->n_intervals);
        add_seconds (t, "shortest_interval", u->shortest_ns);
        add_seconds (t, "longest_interval", u->longest_ns);
    }
    nf_json_add_uint (t, "changes", u->changes);
    nf_json_add_uint (t, "withdrawals", u->withdrawals);
    if (u->withdrawn)
        nf_text_add (t, ",\"withdrawn\":true");
}

static void
add_data (NfShow *show, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    nf_json_add_uint (t, "sets", u->sets);
    nf_json_add_uint (t, "records", u->records);
    nf_json_add_uint (t, "late_sets", u->late_sets);
    nf_json_add_uint (t, "late_records", u->late_records);
    nf_json_add_uint (t, "foreign_sets", u->foreign_sets);
    nf_json_add_uint (t, "undecoded_sets", u->lost_sets);
    nf_json_add_uint (t, "undecoded_octets", u->lost_octets);
    if (u->sets + u->lost_sets == 0)
        return;
    add_when (show, "first_data", &u->first_data);
    add_when (show, "last_data", &u->last_data);
}

static void
add_template (NfShow *show, const NfTemplateUsage *u)
{
    NfText *t = &show->out;

    nf_text_add_format (t, "{\"id\":%u", u->id);
    if (u->binding)
        nf_json_add_string (t, "kind", u->binding->tmpl->options ? "options" : "flow");
    add_announced (show, u);
    add_data (show, u);
    if (u->binding)
        add_fields (show, u->binding);
    if (u->former) {
        nf_text_add (t, ",\"former\":[");
        for (guint i = 0; i < u->former->len; i++) {
            const NfFormer *former = &g_array_index (u->former, NfFormer, i);
            gsize start = nf_text_length (t);

            add_when (show, "last", &former->last);
            t->start[start] = '{';
            add_fields (show, former->binding);
            nf_text_add (t, i + 1 < u->former->len ? "}," : "}");
        }
        nf_text_add_char (t, ']');
    }
    nf_text_add_char (t, '}');
    nf_plans_trim (show->plans);
}

static void
add_domain (NfShow *show, const NfDomainUsage *d)
{
    g_autoptr (GPtrArray) templates = nf_usage_templates (d);
    NfText *t = &show->out;

    nf_text_add (t, "{\"version\":");
    nf_text_add_uint (t, d->key.version, 1);
    nf_json_add_uint (t, "domain", d->key.id);
    if (d->key.exporter.family != 0) {
        nf_text_add (t, ",\"exporter\":\"");
        nf_endpoint_text (t, &d->key.exporter);
        nf_text_add_char (t, '"');
        nf_json_add_uint (t, "port", d->key.exporter.port);
        nf_text_add (t, ",\"collector\":\"");
        nf_endpoint_text (t, &d->key.collector);
        nf_text_add_char (t, '"');
        nf_json_add_uint (t, "collector_port", d->key.collector.port);
        nf_json_add_string (t, "transport", nf_origin_transport (d->key.transport));
    }
    nf_json_add_uint (t, "messages", d->messages);
    nf_json_add_uint (t, "flow_records", d->flows);
    nf_json_add_uint (t, "options_records", d->options);
    add_when (show, "first", &d->first);
    add_when (show, "last", &d->last);
    nf_text_add (t, ",\"templates\":[");
    for (guint i = 0; i < templates->len; i++) {
        if (i > 0)
            nf_text_add_char (t, ',');
        add_template (show, templates->pdata[i]);
    }
    nf_text_add (t, "]}");
}

void
nf_templates_json (NfShow *show, const NfUsage *usage)
{
    g_autoptr (GPtrArray) domains = nf_usage_domains (usage);

    nf_text_add (&show->out, "{\"exporters\":[");
    for (guint i = 0; i < domains->len; i++) {
        if (i > 0)
            nf_text_add_char (&show->out, ',');
        add_domain (show, domains->pdata[i]);
    }
    nf_text_add (&show->out, "]}\n");
}
