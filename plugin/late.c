/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages that wait for a Template. */
#include "late.h"

#include "numbers.h"

/* Octets of Messages that are kept: an hour of a busy router's that sends its Templates as rarely.
 */
#define MAX_OCTETS (64u << 20)

struct _NfpLate {
    NfpMemory *memory;
    NfDatagram datagram; /* with octets of its own */
    NfRecordCounts counts;
    guint64 noted; /* what its Data Sets tell is noted whose Templates came up to this datagram */
    gboolean is_read;
};

static struct {
    GPtrArray *all; /* of NfpLate, owned */
    gsize octets;
    guint64 changes; /* nf_collector_changes() at the last look */
    NfDecoder decoder;
} late;

static void
late_free (gpointer one)
{
    g_free ((guint8 *)((NfpLate *)one)->datagram.octets);
    g_free (one);
}

void
nfp_late_begin (void)
{
    late.all = g_ptr_array_new_with_free_func (late_free);
}

void
nfp_late_end (void)
{
    g_clear_pointer (&late.all, g_ptr_array_unref);
    nf_decoder_clear (&late.decoder);
    late.octets = 0;
    late.changes = 0;
}

void
nfp_late_keep (NfpMemory *memory, const NfDatagram *datagram)
{
    NfpLate *one;

    if (late.octets + datagram->length > MAX_OCTETS || datagram->exporter.family == 0)
        return;
    late.octets += datagram->length;
    one = g_new0 (NfpLate, 1);
    one->memory = memory;
    one->datagram = *datagram;
    one->noted = datagram->order;
    one->datagram.octets = g_memdup2 (datagram->octets, datagram->length);
    memory->late = one;
    g_ptr_array_add (late.all, one);
}

/* A record in a Data Set that was not read at the first visit. */
static void
note_record (NfCollector *collector, const NfpLate *one, const NfMessage *message,
             const NfEvent *event)
{
    NfRecord record = {.event = event,
                       .octets = one->datagram.octets,
                       .message = message,
                       .flow = nfp_state_plan (event->binding)->flow,
                       .lists = nf_decoder_lists (&late.decoder),
                       .collector = collector,
                       .domain = nf_decoder_domain (&late.decoder),
                       .datagram = &one->datagram};

    if (!event->binding->tmpl->options)
        nfp_state_note_record (&record);
}

/* Counts what the Message holds, and notes the records in Data Sets that could not be read before:
 * their Template has come since the first visit, at which one further on in the Message served. */
static void
walk (NfCollector *collector, NfpLate *one)
{
    const NfMessage *message = NULL;
    gboolean is_new = FALSE;
    NfEvent event;

    one->counts = nf_record_counts_begin (&one->datagram);
    nf_decoder_begin (&late.decoder, collector, &one->datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&late.decoder, &event) != NF_EVENT_END) {
        nf_record_counts_add (&one->counts, &event);
        if (event.type == NF_EVENT_MESSAGE) {
            message = event.message;
            nfp_state_begin_records (&one->datagram, message);
        } else if (event.type == NF_EVENT_SET) {
            is_new = event.use->late && event.use->order > one->noted;
        }
        if (event.type == NF_EVENT_RECORD && is_new)
            note_record (collector, one, message, &event);
    }
}

/* Reads the Message as far as it can be read; what it counts is known once that is all of it. */
static void
serve (NfCollector *collector, NfpLate *one, guint64 newest)
{
    walk (collector, one);
    one->noted = newest;
    if (one->counts.unknown)
        return;
    one->is_read = TRUE;
    nfp_numbers_changed (one->memory);
    g_free ((guint8 *)one->datagram.octets);
    one->datagram.octets = NULL;
    late.octets -= one->datagram.length;
}

void
nfp_late_serve (NfCollector *collector, guint64 newest)
{
    if (late.all->len == 0 || late.changes == nf_collector_changes (collector))
        return;
    late.changes = nf_collector_changes (collector);
    for (guint i = 0; i < late.all->len; i++) {
        NfpLate *one = late.all->pdata[i];

        if (!one->is_read)
            serve (collector, one, newest);
    }
}

const NfRecordCounts *
nfp_late_counts (const NfpMemory *memory)
{
    return memory->late && memory->late->is_read ? &memory->late->counts : NULL;
}
