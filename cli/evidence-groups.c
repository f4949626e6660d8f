/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --evidence: findings in groups, and how much of its domain each of them hangs on. */
#include "evidence-private.h"

#include "compose.h"
#include "findings.h"
#include "hash.h"

/* So many Messages of a domain are kept for one finding at most: what these do not show would not
 * be a small capture. */
#define MAX_KEPT 65536

/*
 * What a finding hangs on besides the datagram it is about, which goes with the Templates and
 * options data that it is read with. What has no row here hangs on nothing else.
 *
 *      before         Messages of the domain before it: those that its header is compared with
 *      first          Messages that the domain begins with: it is about all of them
 *      generations    definitions of its Template before this one
 *      never          a limit of nfpeek: only the whole input reaches it
 *
 * These are the least that can do. Where more is needed (numbers that jump to and fro, 30 flows of
 * which each Message has one) the check finds out.
 */
static const struct {
    guint8 before, first, generations;
    gboolean never;
} rules[NF_N_FINDINGS] = {
    [NF_FINDING_COLLECTOR_UNREACHABLE_PORT] = {.before = 1},
    [NF_FINDING_COLLECTOR_UNREACHABLE_HOST] = {.before = 1},
    [NF_FINDING_COLLECTOR_UNREACHABLE_FILTER] = {.before = 1},
    [NF_FINDING_UPTIME_RESET] = {.before = 1},
    [NF_FINDING_UPTIME_JUMP] = {.before = 1},
    [NF_FINDING_SEQUENCE_GAP_MESSAGES] = {.before = 1},
    [NF_FINDING_SEQUENCE_GAP_RECORDS] = {.before = 1},
    [NF_FINDING_SEQUENCE_GAP_FLOWS] = {.before = 1},
    [NF_FINDING_SEQUENCE_GAP_MESSAGES_BEFORE] = {.before = 4},
    [NF_FINDING_SEQUENCE_GAP_RECORDS_BEFORE] = {.before = 4},
    [NF_FINDING_SEQUENCE_GAP_FLOWS_BEFORE] = {.before = 4},
    [NF_FINDING_SEQUENCE_LATE] = {.before = 1},
    [NF_FINDING_SEQUENCE_COPY] = {.before = 1},
    [NF_FINDING_SEQUENCE_RESET] = {.before = 1},
    [NF_FINDING_SEQUENCE_UNIT_MESSAGES] = {.before = 3},
    [NF_FINDING_SEQUENCE_UNIT_RECORDS] = {.before = 3},
    [NF_FINDING_SEQUENCE_UNIT_INCLUDING] = {.before = 3},
    [NF_FINDING_SEQUENCE_UNIT_FLOWS] = {.before = 3},
    [NF_FINDING_SEQUENCE_UNIT_TEMPLATES] = {.before = 3},
    [NF_FINDING_SEQUENCE_UNIT_NONE] = {.before = 3},
    [NF_FINDING_EXPORTER_SHARED] = {.before = 4},
    [NF_FINDING_EXPORTER_SHARED_UPTIME] = {.before = 4},
    [NF_FINDING_EXPORT_NO_DATA] = {.first = 2},
    [NF_FINDING_EXPORT_NO_FLOWS] = {.first = 2},
    [NF_FINDING_SAMPLING_ABSENT] = {.first = 2},
    [NF_FINDING_TEMPLATE_WITHDRAWAL_UNKNOWN] = {.first = 1},
    [NF_FINDING_TEMPLATE_CHANGED] = {.generations = 1},
    [NF_FINDING_TEMPLATE_CHANGED_UNASKED] = {.generations = 1},
    [NF_FINDING_TEMPLATE_CHANGING] = {.generations = 3},
    [NF_FINDING_LIMIT_SAMPLERS] = {.first = 2},
    [NF_FINDING_COLLECTOR_UNREACHABLE_SOCKET] = {.never = TRUE},
    [NF_FINDING_LIMIT_REACHED] = {.never = TRUE},
    [NF_FINDING_LIMIT_ANNOUNCED] = {.never = TRUE},
    [NF_FINDING_LIMIT_DESCRIBED] = {.never = TRUE},
    [NF_FINDING_LIMIT_TRACKED] = {.never = TRUE},
    [NF_FINDING_LIMIT_USAGE] = {.never = TRUE},
};

guint
nf_evidence_generations (NfFindingId id)
{
    return rules[id].generations;
}

gboolean
nf_evidence_is_possible (NfFindingId id)
{
    return !rules[id].never;
}

/* ---- groups ---- */

static guint
hash_without_id (const NfEvidenceGroup *group)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, nf_endpoint_hash_address (&group->exporter));
    nf_hash_add (&hash, (guint64)group->version << 32 | group->domain);
    nf_hash_add (&hash, group->tmpl);
    return nf_hash_end (&hash);
}

static gboolean
equal_without_id (const NfEvidenceGroup *a, const NfEvidenceGroup *b)
{
    return a->domain == b->domain && a->version == b->version && a->tmpl == b->tmpl &&
           nf_endpoint_same_address (&a->exporter, &b->exporter);
}

static guint
group_hash (gconstpointer group)
{
    return hash_without_id (group) * 31 + ((const NfEvidenceGroup *)group)->id;
}

static gboolean
group_equal (gconstpointer a, gconstpointer b)
{
    const NfEvidenceGroup *x = a, *y = b;

    return x->id == y->id && equal_without_id (x, y);
}

static guint
code_hash (gconstpointer group)
{
    return hash_without_id (group) * 31 +
           g_str_hash (nf_finding_code (((const NfEvidenceGroup *)group)->id));
}

static gboolean
code_equal (gconstpointer a, gconstpointer b)
{
    const NfEvidenceGroup *x = a, *y = b;

    return strcmp (nf_finding_code (x->id), nf_finding_code (y->id)) == 0 &&
           equal_without_id (x, y);
}

NfEvidence *
nf_evidence_new_bare (void)
{
    NfEvidence *e = g_new0 (NfEvidence, 1);

    e->output.fd = -1;
    e->groups = g_hash_table_new_full (group_hash, group_equal, g_free, NULL);
    e->codes = g_hash_table_new (code_hash, code_equal);
    return e;
}

/* ---- gathering ---- */

static guint16
template_of (const NfEvidence *e, const NfEvent *event)
{
    const NfFinding *finding = &event->finding;

    if (event->in_set && e->set_id != 0)
        return e->set_id;
    return nf_findings_name_template (finding->id) ? (guint16)finding->args[0] : 0;
}

/* What the finding is about: where it is to be found. */
static NfEvidenceGroup
group_of (const NfEvidence *e, const NfShow *show, const NfEvent *event)
{
    const NfDatagram ends = nf_compose_ends (show->datagram);
    const NfMessage *message = show->message ? show->message : show->whose;
    NfEvidenceGroup group = {.exporter = ends.exporter,
                             .tmpl = template_of (e, event),
                             .id = event->finding.id,
                             .is_unknown = show->datagram->exporter.family == 0,
                             .order = show->is_end ? 0 : show->datagram->order,
                             .others = {show->others[0], show->others[1]}};

    group.exporter.port = 0;
    if (message) {
        group.key = nf_domain_key (show->datagram, message);
        group.domain = message->domain;
        group.version = message->version;
    }
    return group;
}

static void
note_finding (NfEvidence *e, const NfShow *show, const NfEvent *event)
{
    NfEvidenceGroup group = group_of (e, show, event), *kept;

    if (g_hash_table_contains (e->groups, &group))
        return;
    if (g_hash_table_size (e->groups) >= NF_EVIDENCE_GROUPS) {
        e->ungrouped++;
        return;
    }
    group.before = rules[group.id].before;
    group.first = rules[group.id].first;
    kept = g_memdup2 (&group, sizeof group);
    g_hash_table_add (e->groups, kept);
    g_hash_table_add (e->codes, kept);
}

void
nf_evidence_event (NfEvidence *evidence, const NfShow *show, const NfEvent *event)
{
    if (event->type == NF_EVENT_MESSAGE)
        evidence->set_id = 0;
    else if (event->type == NF_EVENT_SET)
        evidence->set_id = event->set->kind == NF_SET_DATA ? event->set->id : 0;
    else if (event->type == NF_EVENT_FINDING)
        note_finding (evidence, show, event);
}

/* ---- the check ---- */

gboolean
nf_evidence_shows (const NfEvidence *found, const NfEvidenceGroup *group)
{
    return g_hash_table_contains (group->is_unknown ? found->codes : found->groups, group);
}

/* Twice as much, up to the whole domain. Returns whether that is more. */
static gboolean
widen (NfEvidenceGroup *group)
{
    gboolean is_of_all = group->order == 0;
    guint64 *kept = is_of_all ? &group->first : &group->before;
    guint64 all = MIN (is_of_all ? group->place : MAX (group->place, 1) - 1, MAX_KEPT);

    if (*kept >= all)
        return FALSE;
    *kept = MIN (MAX (*kept * 2, 1), all);
    return TRUE;
}

gboolean
nf_evidence_widen (NfEvidence *evidence, const NfEvidence *found)
{
    gboolean changed = FALSE;
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init (&iter, evidence->groups);
    while (g_hash_table_iter_next (&iter, &key, NULL)) {
        NfEvidenceGroup *group = key;

        if (group->given_up || !nf_evidence_is_possible (group->id) ||
            nf_evidence_shows (found, group))
            continue;
        changed = TRUE;
        if (widen (group))
            continue;
        group->given_up = TRUE;
        group->before = rules[group->id].before;
        group->first = rules[group->id].first;
    }
    return changed;
}
