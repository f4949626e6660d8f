/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is remembered of the open file. */
#include "state.h"

#include "chunks.h"
#include "domain.h"
#include "hash.h"
#include "headers.h"
#include "late.h"
#include "match.h"
#include "numbers.h"
#include "plugin.h"
#include "template-file.h"

/* The template file counts as input 1, so that its packets are not taken for frames. */
enum { FILE_CAPTURE, FILE_TEMPLATES };

/* Datagrams of the template file come before frame 1, the Messages of a frame one by one, and what
 * a frame quotes behind those. */
#define FIRST_FRAME_ORDER   (G_GUINT64_CONSTANT (1) << 40)
#define MESSAGES_OF_A_FRAME 65536

/* Data Sets that wait for their Template: as many as a long capture without any has, some 100
 * octets each. More are shown without their Templates' saying where they are used. */
#define MAX_WAITING 200000

/* Where nothing tells the SCTP stream. */
#define NFP_NO_STREAM G_MAXUINT16

/* A Data Set whose Template may still come. */
typedef struct {
    NfDatagram datagram; /* without octets */
    guint32 domain;
    guint16 version;
    guint16 id;
    guint32 offset;
} Waiting;

static struct {
    NfRegistry *registry;
    NfCollector *collector;
    NfUsage *usage;
    NfSamplers *samplers;
    GArray *said;           /* of NfFinding, empty between calls */
    GHashTable *plans;      /* NfBinding -> NfpPlan, owned */
    NfpPlan *last;          /* most records have the Template of the one before */
    GHashTable *uses;       /* place of a Template -> NfpUse, owned */
    GHashTable *late_uses;  /* the same of those that waited */
    GArray *waiting;        /* of Waiting */
    guint64 changes_served; /* nf_collector_changes() for which late_uses holds */
    guint64 newest;         /* order of the datagram learnt last */
} state;

/* Of all 64 bits: GLib's own takes the lower half, where places of many frames are the same. */
static guint
place_hash (gconstpointer key)
{
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, (guint64) * (const gint64 *)key);
    return nf_hash_end (&hash);
}

static GHashTable *
new_uses (void)
{
    return g_hash_table_new_full (place_hash, g_int64_equal, g_free, g_free);
}

void
nfp_state_begin (NfRegistry *registry, const char *template_file)
{
    NfLimits limits = nf_default_limits;

    nfp_state_end ();
    limits.stream = FALSE;
    state.registry = registry;
    state.collector = nf_collector_new (registry, &limits);
    nfp_numbers_begin ();
    nfp_chunks_begin ();
    nfp_late_begin ();
    state.usage = nf_usage_new (NULL);
    state.samplers = nf_samplers_new (NULL);
    state.said = g_array_new (FALSE, FALSE, sizeof (NfFinding));
    state.plans = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, nfp_plan_free);
    state.uses = new_uses ();
    state.late_uses = new_uses ();
    state.waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
    if (template_file && *template_file)
        nfp_template_file_learn (state.collector, template_file, FILE_TEMPLATES, FIRST_FRAME_ORDER);
}

void
nfp_state_end (void)
{
    nfp_match_forget ();
    g_clear_pointer (&state.plans, g_hash_table_unref); /* before the bindings they refer to */
    g_clear_pointer (&state.collector, nf_collector_free);
    nfp_numbers_end ();
    nfp_chunks_end ();
    nfp_late_end ();
    g_clear_pointer (&state.usage, nf_usage_free);
    g_clear_pointer (&state.samplers, nf_samplers_free);
    g_clear_pointer (&state.said, g_array_unref);
    g_clear_pointer (&state.uses, g_hash_table_unref);
    g_clear_pointer (&state.late_uses, g_hash_table_unref);
    g_clear_pointer (&state.waiting, g_array_unref);
    memset (&state, 0, sizeof state);
}

NfCollector *
nfp_state_collector (void)
{
    return state.collector;
}

NfpPlan *
nfp_state_plan (const NfBinding *binding)
{
    NfpPlan *plan;

    if (state.last && state.last->binding == binding)
        return state.last;
    plan = g_hash_table_lookup (state.plans, binding);
    if (!plan) {
        plan = nfp_plan_new (binding, state.registry);
        g_hash_table_insert (state.plans, (gpointer)binding, plan);
    }
    state.last = plan;
    return plan;
}

/* ---- Messages ---- */

static void
fill_endpoint (NfEndpoint *endpoint, const address *a, guint32 port)
{
    memset (endpoint, 0, sizeof *endpoint);
    if (a->type == AT_IPv4 || a->type == AT_IPv6) {
        memcpy (endpoint->address, a->data, a->type == AT_IPv4 ? 4 : 16);
        endpoint->family = a->type == AT_IPv4 ? 4 : 6;
        endpoint->port = (guint16)port;
    }
}

static NfTransport
transport_of (const packet_info *pinfo)
{
    switch (pinfo->ptype) {
    case PT_UDP:
        return NF_TRANSPORT_UDP;
    case PT_TCP:
        return NF_TRANSPORT_TCP;
    case PT_SCTP:
        return NF_TRANSPORT_SCTP;
    default:
        return NF_TRANSPORT_NONE;
    }
}

/* Wireshark's number of the connection, since a new one between the same ends is a new Transport
 * Session. */
static guint32
connection_of (packet_info *pinfo, NfTransport transport)
{
    if (transport != NF_TRANSPORT_TCP && transport != NF_TRANSPORT_SCTP)
        return 0;
    return find_or_create_conversation (pinfo)->conv_index + 1;
}

static void
fill_datagram (NfDatagram *g, packet_info *pinfo, tvbuff_t *tvb, const NfpChunk *chunk)
{
    guint captured = (guint)tvb_captured_length (tvb);

    memset (g, 0, sizeof *g);
    g->length = captured;
    g->octets = captured > 0 ? tvb_get_ptr (tvb, 0, (gint)captured) : (const guint8 *)"";
    g->wire_length = (gsize)tvb_reported_length (tvb);
    g->transport = transport_of (pinfo);
    fill_endpoint (&g->exporter, &pinfo->src, pinfo->srcport);
    fill_endpoint (&g->collector, &pinfo->dst, pinfo->destport);
    if (g->exporter.family == 0)
        g->transport = NF_TRANSPORT_NONE;
    g->connection = connection_of (pinfo, g->transport);
    if (g->transport == NF_TRANSPORT_SCTP)
        g->stream = chunk && chunk->is_known ? chunk->stream : NFP_NO_STREAM;
    if (g->transport == NF_TRANSPORT_UDP && !pinfo->flags.in_error_pkt)
        nfp_headers_read_checksums (g, tvb);
    g->has_time = pinfo->presence_flags & PINFO_HAS_TS ? TRUE : FALSE;
    g->time_ns = nf_arrival_ns (pinfo->abs_ts.secs, pinfo->abs_ts.nsecs);
    g->file = FILE_CAPTURE;
    g->packet = pinfo->num;
}

static guint64
order_of (guint32 frame, guint32 message)
{
    return FIRST_FRAME_ORDER + (guint64)frame * MESSAGES_OF_A_FRAME + message;
}

/* The number of this Message in its frame, from 1 on: the same at every visit. */
static guint32
count_message (packet_info *pinfo)
{
    guint32 *n = nfp_of_packet (pinfo, NFP_OF_PACKET_MESSAGES, sizeof *n);

    ++*n;
    return MIN (*n, MESSAGES_OF_A_FRAME - 2);
}

const NfpMemory *
nfp_state_visit (packet_info *pinfo, tvbuff_t *tvb, const NfpChunk *chunk, NfDatagram *datagram,
                 gboolean *is_new)
{
    const NfpMemory *memory = NULL;

    fill_datagram (datagram, pinfo, tvb, chunk);
    datagram->order = order_of (pinfo->num, MESSAGES_OF_A_FRAME - 1);
    *is_new = FALSE;
    if (pinfo->flags.in_error_pkt)
        return NULL;
    datagram->message = count_message (pinfo);
    memory = p_get_proto_data (wmem_file_scope (), pinfo, nfp_protocol, datagram->message);
    *is_new = !memory && !PINFO_FD_VISITED (pinfo);
    if (memory) {
        datagram->order = memory->order;
        nfp_late_serve (state.collector, state.newest);
        nfp_numbers_review (memory);
        datagram->gap.missing = nfp_chunks_missing (memory);
    }
    return memory;
}

/* Keeps the findings said, which no walk tells again. */
static void
keep_findings (NfpMemory *memory)
{
    GArray *findings = state.said;
    guint n = memory->n_findings + findings->len;

    if (findings->len == 0)
        return;
    memory->findings = wmem_realloc (wmem_file_scope (), memory->findings, n * sizeof (NfFinding));
    memcpy (memory->findings + memory->n_findings, findings->data,
            findings->len * sizeof (NfFinding));
    memory->n_findings = n;
    g_array_set_size (findings, 0);
}

/* The place of a Message at its first visit. Where tshark leaves packets out (-2 -R), it gives
 * their numbers to those behind them, too: whatever the number, a place is behind all before it. */
static guint64
next_order (packet_info *pinfo, guint32 message)
{
    state.newest = MAX (order_of (pinfo->num, message), state.newest + 1);
    return state.newest;
}

NfpMemory *
nfp_state_learn (packet_info *pinfo, const NfpChunk *chunk, NfDatagram *datagram)
{
    NfpMemory *memory = wmem_new0 (wmem_file_scope (), NfpMemory);

    memory->order = datagram->order = next_order (pinfo, datagram->message);
    nf_collector_learn (state.collector, datagram, state.said);
    keep_findings (memory);
    nf_usage_begin (state.usage);
    if (chunk && datagram->transport == NF_TRANSPORT_SCTP)
        nfp_chunks_note (memory, datagram->connection, chunk);
    p_add_proto_data (wmem_file_scope (), pinfo, nfp_protocol, datagram->message, memory);
    return memory;
}

void
nfp_state_track (NfpMemory *memory, const NfDatagram *datagram, const NfMessage *message,
                 const NfRecordCounts *counts)
{
    /* Each SCTP stream has sequence numbers of its own (RFC 7011 3.1). */
    if (datagram->transport == NF_TRANSPORT_SCTP && datagram->stream == NFP_NO_STREAM)
        return;
    if (datagram->exporter.family == 0)
        return; /* a file may be of several */
    nfp_numbers_note (memory, datagram, message, counts);
}

void
nfp_state_note (NfpMemory *memory, const NfDatagram *datagram, const NfEvent *event)
{
    if (datagram->exporter.family == 0)
        return;
    if (event->type == NF_EVENT_MESSAGE) {
        nf_usage_message (state.usage, datagram, event->message, FALSE, state.said);
        nf_samplers_message (state.samplers, datagram, event->message);
    }
    nf_usage_event (state.usage, event, state.said);
    keep_findings (memory);
}

void
nfp_state_begin_records (const NfDatagram *datagram, const NfMessage *message)
{
    if (datagram->exporter.family != 0)
        nf_samplers_message (state.samplers, datagram, message);
}

void
nfp_state_note_record (const NfRecord *record)
{
    if (record->datagram->exporter.family != 0)
        nf_samplers_records (state.samplers, record);
}

static void
add_verdict (const NfDomainKey *key, const NfFinding *finding, guint64 order, gpointer findings)
{
    (void)key;
    (void)order;
    wmem_array_append ((wmem_array_t *)findings, finding, 1);
}

void
nfp_state_judge (const NfDatagram *datagram, const NfMessage *message, wmem_array_t *findings)
{
    NfDomainKey key = nf_domain_key (datagram, message);
    const NfDomainUsage *domain = nf_usage_domain (state.usage, &key);

    if (datagram->exporter.family == 0 || !domain || domain->last.order != datagram->order)
        return;
    nf_usage_judge (domain, add_verdict, findings);
    nf_samplers_judge (state.samplers, &key, state.collector, add_verdict, findings);
}

/* ---- which Data Sets use a Template ---- */

static gint64
place_key (guint64 order, guint32 offset)
{
    return (gint64)(order << 20 ^ offset); /* a Message has less than 2^20 octets */
}

static void
add_use (GHashTable *uses, guint64 order, guint32 offset, guint32 frame)
{
    gint64 key = place_key (order, offset);
    NfpUse *use = g_hash_table_lookup (uses, &key);

    if (!use) {
        use = g_new0 (NfpUse, 1);
        g_hash_table_insert (uses, g_memdup2 (&key, sizeof key), use);
    }
    use->first = use->first == 0 ? frame : MIN (use->first, frame);
    use->last = MAX (use->last, frame);
}

void
nfp_state_note_use (const NfDatagram *datagram, const NfMessage *message, guint16 id,
                    guint32 offset, const NfTemplateUse *use)
{
    Waiting waiting = {.datagram = *datagram,
                       .domain = message->domain,
                       .version = message->version,
                       .id = id,
                       .offset = offset};

    /* A Template of the own session that is in force stays the one; any other may be replaced by
     * one that comes later. */
    if (use->binding && !use->lent && !use->late) {
        add_use (state.uses, use->order, use->offset, (guint32)datagram->packet);
        return;
    }
    waiting.datagram.octets = NULL;
    if (state.waiting->len < MAX_WAITING)
        g_array_append_val (state.waiting, waiting);
}

/* Looks for the Templates of all that wait, by all that is known now. */
static void
serve_waiting (void)
{
    state.changes_served = nf_collector_changes (state.collector);
    g_hash_table_remove_all (state.late_uses);
    for (guint i = 0; i < state.waiting->len; i++) {
        const Waiting *w = &g_array_index (state.waiting, Waiting, i);
        NfMessage message = {.version = w->version, .domain = w->domain};
        NfTemplateUse use;

        if (nf_collector_find_template (
                state.collector, nf_collector_domain (state.collector, &w->datagram, &message),
                &w->datagram, &message, w->id, w->offset, &use))
            add_use (state.late_uses, use.order, use.offset, (guint32)w->datagram.packet);
    }
}

NfpUse
nfp_state_uses (guint64 order, guint32 offset)
{
    gint64 key = place_key (order, offset);
    const NfpUse *uses, *late;
    NfpUse all = {0, 0};

    if (state.changes_served != nf_collector_changes (state.collector))
        serve_waiting ();
    uses = g_hash_table_lookup (state.uses, &key);
    late = g_hash_table_lookup (state.late_uses, &key);
    if (uses)
        all = *uses;
    if (late) {
        all.first = all.first == 0 ? late->first : MIN (all.first, late->first);
        all.last = MAX (all.last, late->last);
    }
    return all;
}

gboolean
nfp_state_is_frame (const NfTemplateUse *use)
{
    return use->binding && use->file == FILE_CAPTURE && use->packet > 0;
}
