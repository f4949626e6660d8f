/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts of Messages, and the judgement on them. */
#include "tally.h"

/* A Data Set; one that a live source held back was counted as undecoded when it came. */
static void
count_data_set (NfTally *tally, const NfShow *show, const NfEvent *event)
{
    NfSeverity severity = show->options->severities.of[NF_FINDING_TEMPLATE_MISSING];

    if (!show->held || !show->is_set_again) {
        tally->sets++;
        tally->missing += nf_set_lacks_template (event) ? 1 : 0;
        return;
    }
    tally->missing--;
    tally->undecoded -= event->span.length - 4;
    if (severity != NF_N_SEVERITIES)
        tally->findings[severity]--;
}

/* Data Records. Of those in a Set that a live source held back it was not known, when their Message
 * was followed, that they are there: what they add to the sequence number comes now. */
static void
count_records (NfTally *tally, const NfShow *show, const NfEvent *event)
{
    gboolean options = event->binding->tmpl->options;
    guint n = event->count;

    *(options ? &tally->options : &tally->flows) += n;
    if (!show->held)
        return;
    tally->received[NF_UNIT_FLOWS] += options ? 0 : n;
    tally->received[NF_UNIT_RECORDS] += n;
    tally->received[NF_UNIT_RECORDS_INCLUDING] += n;
    tally->received[NF_UNIT_RECORDS_AND_TEMPLATES] += n;
}

/* Counts what the exporter is judged by. */
static void
count_kind (NfTally *tally, NfFindingId id)
{
    switch (id) {
    case NF_FINDING_FRAGMENT_INCOMPLETE:
        tally->lost++;
        break;
    case NF_FINDING_COLLECTOR_UNREACHABLE_PORT:
    case NF_FINDING_COLLECTOR_UNREACHABLE_HOST:
    case NF_FINDING_COLLECTOR_UNREACHABLE_FILTER:
    case NF_FINDING_COLLECTOR_UNREACHABLE_SOCKET:
        tally->refused++;
        break;
    case NF_FINDING_DATAGRAM_CHECKSUM_IP:
    case NF_FINDING_DATAGRAM_CHECKSUM_UDP:
    case NF_FINDING_DATAGRAM_CHECKSUM_UDP_NONE:
        tally->unsound++;
        break;
    case NF_FINDING_STREAM_GAP:
    case NF_FINDING_STREAM_GAP_SKIPPED:
    case NF_FINDING_STREAM_GAP_CHUNKS:
        tally->gaps++;
        break;
    case NF_FINDING_MESSAGE_TRUNCATED:
    case NF_FINDING_MESSAGE_TRUNCATED_STREAM:
    case NF_FINDING_MESSAGE_TRUNCATED_GAP:
        tally->cut++;
        break;
    case NF_FINDING_MESSAGE_ENCRYPTED_TLS:
    case NF_FINDING_MESSAGE_ENCRYPTED_DTLS:
        tally->encrypted++;
        break;
    default:
        break;
    }
}

static void
count_finding (NfTally *tally, const NfShow *show, NfFindingId id)
{
    NfSeverity severity = show->options->severities.of[id];
    guint64 by = show->is_back ? (guint64)-1 : 1;

    tally->findings[severity] += by;
    if (severity == NF_SEVERITY_ERROR && id != NF_FINDING_TEMPLATE_MISSING &&
        id != NF_FINDING_TEMPLATE_AMBIGUOUS && id != NF_FINDING_LIST_TEMPLATE)
        tally->broken += by;
    count_kind (tally, id);
}

void
nf_tally_event (NfTally *tally, const NfShow *show, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_MESSAGE:
        tally->messages += !(show->held && show->is_again);
        return;
    case NF_EVENT_SET:
        if (event->set->kind == NF_SET_DATA)
            count_data_set (tally, show, event);
        return;
    case NF_EVENT_TEMPLATE:
        tally->templates++;
        return;
    case NF_EVENT_RECORD:
        count_records (tally, show, event);
        return;
    case NF_EVENT_UNDECODED:
        tally->undecoded += event->span.length;
        return;
    case NF_EVENT_FINDING:
        count_finding (tally, show, event->finding.id);
        return;
    default:
        return;
    }
}

void
nf_tally_end (NfTally *tally, const NfShow *show)
{
    const NfTrack *track = &show->track;

    if (!show->held || !show->is_again)
        tally->octets += show->datagram->wire_length;
    if (track->order != NF_ORDER_UNKNOWN || track->unit != track->found_unit)
        tally->unit = track->unit;
    tally->followed += track->order != NF_ORDER_UNKNOWN;
    tally->resets += track->order == NF_ORDER_RESET;
    tally->in_doubt += track->doubts;
    tally->in_doubt -= MIN (tally->in_doubt, track->settled);
    tally->copies += track->order == NF_ORDER_COPY;
    for (guint i = 0; i < NF_N_UNITS && track->order != NF_ORDER_COPY; i++)
        tally->received[i] += track->steps[i];
    if (track->filled && show->options->severities.of[track->filled_finding] != NF_N_SEVERITIES) {
        guint64 *n = &tally->findings[show->options->severities.of[track->filled_finding]];

        *n -= MIN (*n, 1);
    }
    tally->skipped += track->lost;
    tally->skipped -= MIN (tally->skipped, track->found);
}

void
nf_tally_add (NfTally *tally, const NfTally *other)
{
    tally->messages += other->messages;
    tally->octets += other->octets;
    tally->templates += other->templates;
    tally->flows += other->flows;
    tally->options += other->options;
    tally->sets += other->sets;
    tally->missing += other->missing;
    tally->undecoded += other->undecoded;
    tally->cut += other->cut;
    tally->lost += other->lost;
    tally->gaps += other->gaps;
    tally->refused += other->refused;
    tally->unsound += other->unsound;
    tally->skipped += other->skipped;
    for (guint i = 0; i < NF_N_UNITS; i++)
        tally->received[i] += other->received[i];
    tally->followed += other->followed;
    tally->resets += other->resets;
    tally->in_doubt += other->in_doubt;
    tally->copies += other->copies;
    tally->encrypted += other->encrypted;
    tally->broken += other->broken;
    for (guint i = 0; i < NF_N_SEVERITIES; i++)
        tally->findings[i] += other->findings[i];
}

/* What the sequence numbers count. */
static const char *
unit_of (const NfTally *tally, guint version)
{
    if (tally->unit == NF_UNIT_MESSAGES)
        return "Messages";
    if (version < 9 || tally->unit == NF_UNIT_FLOWS)
        return "flows";
    return tally->unit == NF_UNIT_RECORDS_AND_TEMPLATES ? "records and Templates" : "records";
}

guint
nf_losses_add (NfLoss losses[NF_LOSSES], guint n, const NfTally *tally, guint version)
{
    const char *unit = unit_of (tally, version);
    guint at = 0;

    if (tally->followed == 0 || (tally->in_doubt > 0 && tally->skipped == 0))
        return n;
    while (at < n && strcmp (losses[at].unit, unit) != 0)
        at++;
    if (at == n)
        losses[n++] = (NfLoss){.unit = unit};
    losses[at].lost += tally->skipped;
    losses[at].of += tally->skipped + tally->received[tally->unit];
    return n;
}

NfJudgement
nf_tally_judge (const NfTally *tally)
{
    const struct {
        gboolean holds;
        const char *word;
        NfHealth health;
    } cases[] = {
        {tally->missing > 0, "no Template", NF_UNDECODABLE},
        {tally->messages == 0 && tally->broken > 0, "no Message", NF_UNDECODABLE},
        {tally->findings[NF_SEVERITY_ERROR] > 0, "undecoded", NF_BROKEN},
        {tally->refused > 0, "refused", NF_LOSSY},
        {tally->unsound > 0, "bad checksums", NF_LOSSY},
        {tally->lost > 0, "fragments lost", NF_LOSSY},
        {tally->gaps > 0, "segments lost", NF_LOSSY},
        {tally->skipped > 0, tally->unit == NF_UNIT_MESSAGES ? "Messages lost" : "records lost",
         NF_LOSSY},
        {tally->encrypted > 0, "encrypted", NF_UNDECODABLE},
        {tally->cut > 0, "cut short", NF_LOSSY},
        {tally->flows + tally->options == 0, "no data", NF_HEALTHY},
        {tally->findings[NF_SEVERITY_WARNING] > 0, "warnings", NF_HEALTHY},
    };
    guint i = 0;

    while (i < G_N_ELEMENTS (cases) && !cases[i].holds)
        i++;
    if (i == G_N_ELEMENTS (cases))
        return (NfJudgement){.word = "ok", .health = NF_HEALTHY};
    return (NfJudgement){
        .word = cases[i].word,
        .rank = G_N_ELEMENTS (cases) - i,
        .health = tally->messages > 0 && tally->broken > 0 ? NF_BROKEN : cases[i].health,
    };
}

const char *
nf_health_name (NfHealth health)
{
    static const char *const names[NF_N_HEALTHS] = {
        [NF_HEALTHY] = "healthy",
        [NF_LOSSY] = "lossy",
        [NF_UNDECODABLE] = "undecodable",
        [NF_BROKEN] = "broken",
    };

    g_return_val_if_fail (health < NF_N_HEALTHS, NULL);
    return names[health];
}
