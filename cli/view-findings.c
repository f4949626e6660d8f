/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T findings: what is wrong with each exporter, what that means and what to do about it. This is
 * how findings are gathered; findings.h says what becomes of them.
 */
#include "findings.h"
#include "hash.h"

static guint
exporter_hash (gconstpointer data)
{
    return nf_endpoint_hash_address (&((const NfFindingsExporter *)data)->address);
}

static gboolean
exporter_equal (gconstpointer a, gconstpointer b)
{
    const NfFindingsExporter *x = a, *y = b;

    return nf_endpoint_same_address (&x->address, &y->address);
}

static guint
domain_hash (gconstpointer data)
{
    const NfFindingsDomain *domain = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, domain->exporter->index);
    nf_hash_add (&hash, (guint64)domain->version << 32 | domain->domain);
    return nf_hash_end (&hash);
}

static gboolean
domain_equal (gconstpointer a, gconstpointer b)
{
    const NfFindingsDomain *x = a, *y = b;

    return x->exporter == y->exporter && x->version == y->version && x->domain == y->domain;
}

static guint
group_hash (gconstpointer data)
{
    const NfFindingsGroup *group = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, domain_hash (group->domain));
    nf_hash_add (&hash, (guint64)group->id << 32 | group->tmpl);
    return nf_hash_end (&hash);
}

static gboolean
group_equal (gconstpointer a, gconstpointer b)
{
    const NfFindingsGroup *x = a, *y = b;

    return x->domain == y->domain && x->id == y->id && x->tmpl == y->tmpl;
}

static void
free_exporter (gpointer data)
{
    NfFindingsExporter *exporter = data;

    g_ptr_array_unref (exporter->domains);
    g_ptr_array_unref (exporter->groups);
    g_free (exporter);
}

/* "Template 257", "Templates 257", "Template ID 255": what the texts call the first argument. */
gboolean
nf_findings_name_template (NfFindingId id)
{
    const char *text = nf_finding_template_text (id);

    return strstr (text, "Template %a") || strstr (text, "Templates %a") ||
           strstr (text, "Template ID %a");
}

static gpointer
findings_open (NfShow *show, GError **error)
{
    NfFindings *f = g_new0 (NfFindings, 1);

    (void)show;
    (void)error;
    f->domains = g_hash_table_new (domain_hash, domain_equal);
    f->exporters = g_hash_table_new (exporter_hash, exporter_equal);
    f->groups = g_hash_table_new (group_hash, group_equal);
    f->sorted = g_ptr_array_new_with_free_func (free_exporter);
    for (guint i = 0; i < NF_N_FINDINGS; i++)
        f->names_template[i] = nf_findings_name_template ((NfFindingId)i);
    return f;
}

static void
findings_start (NfShow *show, gpointer self)
{
    NfFindings *f = self;

    f->is_known = FALSE;
    f->set_id = 0;
    nf_period_note (&f->period, show->datagram);
}

/* ---- whose Message it is ---- */

static NfFindingsExporter *
add_exporter (NfFindings *f, const NfEndpoint *address)
{
    NfFindingsExporter *exporter = g_new0 (NfFindingsExporter, 1);

    exporter->address = *address;
    exporter->address.port = 0;
    exporter->index = f->sorted->len;
    exporter->domains = g_ptr_array_new_with_free_func (g_free);
    exporter->groups = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (f->sorted, exporter);
    return exporter;
}

static NfFindingsDomain *
add_domain (NfFindingsDomain key)
{
    NfFindingsDomain *domain = g_memdup2 (&key, sizeof key);

    g_ptr_array_add (key.exporter->domains, domain);
    return domain;
}

static NfFindingsDomain *
rest (NfFindings *f)
{
    if (!f->rest) {
        NfFindingsExporter *exporter = add_exporter (f, &(NfEndpoint){.family = 0});

        exporter->is_rest = TRUE;
        f->rest = add_domain ((NfFindingsDomain){.exporter = exporter});
    }
    return f->rest;
}

static NfFindingsDomain *
find_domain (NfFindings *f, const NfEndpoint *address, NfFindingsDomain key)
{
    NfFindingsExporter probe = {.address = *address};
    NfFindingsDomain *domain = NULL;

    key.exporter = g_hash_table_lookup (f->exporters, &probe);
    if (key.exporter)
        domain = g_hash_table_lookup (f->domains, &key);
    if (domain)
        return domain;
    if (g_hash_table_size (f->domains) >= NF_FINDINGS_DOMAINS)
        return rest (f);
    if (!key.exporter) {
        key.exporter = add_exporter (f, address);
        g_hash_table_add (f->exporters, key.exporter);
    }
    domain = add_domain (key);
    g_hash_table_add (f->domains, domain);
    return domain;
}

/* The domain of the Message at hand, which is known from its first event on: mostly that of the one
 * before. */
static NfFindingsDomain *
domain_of (NfShow *show, NfFindings *f)
{
    const NfMessage *message = show->message ? show->message : show->whose;
    const NfEndpoint *address = &show->datagram->exporter;
    NfFindingsDomain key = {.domain = message ? message->domain : 0,
                            .version = message ? message->version : 0};

    if (f->is_known)
        return f->domain;
    f->is_known = TRUE;
    if (!f->domain || f->domain->domain != key.domain || f->domain->version != key.version ||
        !nf_endpoint_same_address (&f->domain->exporter->address, address) || f->domain == f->rest)
        f->domain = find_domain (f, address, key);
    return f->domain;
}

/* ---- findings ---- */

/* The group of such findings; a new one has no finding yet. NULL where there is no room for it. */
static NfFindingsGroup *
find_group (NfFindings *f, NfFindingsDomain *domain, NfFindingId id, guint16 tmpl)
{
    NfFindingsGroup key = {.domain = domain, .id = id, .tmpl = tmpl};
    NfFindingsGroup *group = f->group;

    if (group && group_equal (group, &key))
        return group;
    group = g_hash_table_lookup (f->groups, &key);
    if (!group) {
        if (g_hash_table_size (f->groups) >= NF_FINDINGS_GROUPS)
            return NULL;
        group = g_memdup2 (&key, sizeof key);
        g_ptr_array_add (domain->exporter->groups, group);
        g_hash_table_add (f->groups, group);
    }
    f->group = group;
    return group;
}

static void
note_finding (NfShow *show, NfFindings *f, NfFindingsDomain *domain, const NfEvent *event)
{
    const NfFinding *finding = &event->finding;
    guint16 tmpl = event->in_set ? f->set_id : 0;
    NfFindingsGroup *group;

    if (tmpl == 0 && f->names_template[finding->id])
        tmpl = (guint16)finding->args[0];
    group = find_group (f, domain, finding->id, tmpl);
    if (!group) {
        domain->exporter->ungrouped += show->is_back ? (guint64)-1 : 1;
        return;
    }
    if (show->is_back) {
        group->n--;
        return;
    }
    group->last = (NfFindingsPlace){.rank = ++f->rank,
                                    .file = show->file,
                                    .is_file = show->is_file,
                                    .packet = show->datagram->packet,
                                    .message = show->datagram->message,
                                    .offset = finding->span.offset};
    if (group->n++ > 0)
        return;
    group->severity = show->options->severities.of[finding->id];
    group->finding = *finding;
    group->first = group->last;
}

/* A Set that a live source held back was said to lack its Template when it came. */
static void
note_set (NfShow *show, NfFindings *f, NfFindingsDomain *domain, const NfSet *set)
{
    NfFindingsGroup key = {
        .domain = domain, .id = NF_FINDING_TEMPLATE_MISSING, .tmpl = (guint16)set->id};
    NfFindingsGroup *missing = NULL;

    f->set_id = set->kind == NF_SET_DATA ? set->id : 0;
    if (show->held && show->is_set_again)
        missing = g_hash_table_lookup (f->groups, &key);
    if (missing && missing->n > 0)
        missing->n--;
}

static void
findings_event (NfShow *show, gpointer self, const NfEvent *event)
{
    NfFindings *f = self;
    NfFindingsDomain *domain = domain_of (show, f);

    nf_tally_event (&domain->tally, show, event);
    if (event->type == NF_EVENT_SET)
        note_set (show, f, domain, event->set);
    else if (event->type == NF_EVENT_FINDING)
        note_finding (show, f, domain, event);
}

static void
findings_end (NfShow *show, gpointer self)
{
    NfFindingsDomain *domain = domain_of (show, self);
    NfFindingsGroup key = {.domain = domain, .id = show->track.filled_finding};
    NfFindingsGroup *gaps = NULL;

    nf_tally_end (&domain->tally, show);
    if (show->track.filled) /* it was none: what was missing has come */
        gaps = g_hash_table_lookup (((NfFindings *)self)->groups, &key);
    if (gaps && gaps->n > 0)
        gaps->n--;
}

static void
findings_now (NfShow *show, gpointer self)
{
    NfFindings *f = self;

    nf_findings_sort (f);
    if (show->options->json)
        nf_findings_json (show, f);
    else
        nf_findings_show (show, f);
}

static void
findings_close (NfShow *show, gpointer self)
{
    NfFindings *f = self;

    findings_now (show, f);
    g_hash_table_unref (f->groups);
    g_hash_table_unref (f->domains);
    g_hash_table_unref (f->exporters);
    g_ptr_array_unref (f->sorted);
    g_free (f);
}

const NfView nf_view_findings = {
    .name = "findings",
    .joins = TRUE,
    .shows_findings = TRUE,
    .has_json = TRUE,
    .open = findings_open,
    .start = findings_start,
    .event = findings_event,
    .end = findings_end,
    .close = findings_close,
    .now = findings_now,
};
