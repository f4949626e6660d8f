/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tracker hears of a Message. */
#include "tracker-private.h"

NfRecordCounts
nf_record_counts_begin (const NfDatagram *datagram)
{
    return (NfRecordCounts){.unknown = datagram->length < datagram->wire_length};
}

void
nf_record_counts_add (NfRecordCounts *counts, const NfEvent *event)
{
    switch (event->type) {
    case NF_EVENT_SET:
        counts->unknown |=
            event->set->kind == NF_SET_DATA && !event->use->binding && event->set->span.length > 4;
        return;
    case NF_EVENT_TEMPLATE:
    case NF_EVENT_WITHDRAWAL:
        counts->templates++;
        return;
    case NF_EVENT_RECORD:
        *(event->binding->tmpl->options ? &counts->options : &counts->flows) += event->count;
        return;
    case NF_EVENT_UNDECODED:
        counts->unknown |= event->in_set;
        return;
    case NF_EVENT_FINDING: /* there may be Sets behind what has no end, or the wrong one */
        counts->unknown |= event->finding.id == NF_FINDING_SET_LENGTH ||
                           event->finding.id == NF_FINDING_SET_LENGTH_BEYOND ||
                           event->finding.id == NF_FINDING_MESSAGE_LENGTH;
        return;
    default:
        return;
    }
}

NfTrackKey
nf_track_key (const NfDatagram *datagram, const NfMessage *message)
{
    return (NfTrackKey){.domain = nf_domain_key (datagram, message),
                        /* each of v8's schemes counts by itself */
                        .stream = message->aggregation ? message->aggregation : datagram->stream};
}

NfHeard
nf_heard (const NfDatagram *datagram, const NfMessage *message, const NfRecordCounts *counts)
{
    NfHeard heard = {.order = datagram->order,
                     .packet = datagram->packet,
                     .file = datagram->file,
                     .sequence = message->sequence,
                     .export_time_s = message->export_time_s,
                     .sys_uptime_ms = message->sys_uptime_ms,
                     .print = nf_tracked_print (datagram),
                     .counts = *counts};

    heard.counts.unknown |=
        !nf_message_has_templates (message) && nf_message_layout (message) == NF_N_FIXED;
    return heard;
}
