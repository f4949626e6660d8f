/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How Messages come. */
#include "dissect.h"

#include "chunks.h"
#include "experts.h"
#include "headers.h"
#include "late.h"
#include "plugin.h"
#include "ports.h"
#include "survey.h"
#include "tree.h"

/* Octets of an IPFIX Message's header, and those from which its Length is known. */
#define IPFIX_HEADER 16
#define LENGTH_KNOWN 4

/* Octets from which its Version is known. */
#define VERSION_KNOWN 2

static NfpHandles handles;
static heur_dissector_list_t udp_heuristics;

/* Whether the payload begins with the header of a Message. */
static gboolean
has_header (tvbuff_t *tvb)
{
    guint captured = (guint)tvb_captured_length (tvb);
    const guint8 *octets = captured > 0 ? tvb_get_ptr (tvb, 0, (gint)captured) : NULL;
    NfMessage message;
    NfFinding trouble;

    return nf_message_read (&message, octets, captured, tvb_reported_length (tvb), &trouble);
}

/* When the packet came, in seconds since 1970; 0 where that is not known. */
static guint64
arrival_s (const packet_info *pinfo)
{
    return pinfo->presence_flags & PINFO_HAS_TS ? (guint64)pinfo->abs_ts.secs : 0;
}

/* ---- one Message ---- */

/* All findings, where no tree is made. */
static void
tell_findings (packet_info *pinfo, tvbuff_t *tvb, const NfpSurvey *survey)
{
    guint version = survey->message ? survey->message->version : 0;

    for (guint i = 0; nfp_preferences.findings && i < wmem_array_get_count (survey->findings); i++)
        nfp_experts_add (pinfo, NULL, tvb, wmem_array_index (survey->findings, i), version);
}

static proto_tree *
add_protocol (proto_tree *tree, packet_info *pinfo, tvbuff_t *tvb, const NfpSurvey *survey)
{
    proto_item *item = proto_tree_add_item (tree, nfp_protocol, tvb, 0, -1, ENC_NA);
    const NfMessage *m = survey->message;
    NfText t = NF_TEXT_INIT;

    if (nfp_is_visible (tree)) {
        if (m)
            nfp_survey_text (&t, survey);
        const char *text = m ? wmem_strdup (pinfo->pool, nf_text_string (&t)) : "no Message";

        nf_text_clear (&t);
        proto_item_set_text (item, "%s, %s", m ? nf_version_name (m->version) : "NetFlow", text);
    }
    return proto_item_add_subtree (item, nfp_subtree.message);
}

/* What is to be said of a Message of which nothing is remembered: one that an error of ICMP quotes
 * did not reach the collector. */
static const NfpMemory *
remember_quote (packet_info *pinfo, tvbuff_t *tvb, const NfDatagram *datagram)
{
    NfpMemory *memory = wmem_new0 (pinfo->pool, NfpMemory);
    NfFinding *finding = wmem_new0 (pinfo->pool, NfFinding);

    if (pinfo->flags.in_error_pkt && nfp_headers_read_refusal (datagram, tvb, finding)) {
        memory->findings = finding;
        memory->n_findings = 1;
    }
    return memory;
}

/* Dissects what is in `tvb` as one Message, whatever it is; over SCTP it came in `chunk`. */
static int
dissect_one (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, const NfpChunk *chunk)
{
    NfpMemory *fresh = NULL;
    NfDatagram datagram;
    NfpSurvey survey;
    gboolean is_new;
    const NfpMemory *memory = nfp_state_visit (pinfo, tvb, chunk, &datagram, &is_new);
    wmem_array_t *said; /* of NfFinding: what the walk does not tell */
    guint n_found;      /* what it tells, so that a second walk knows what to look for */

    if (is_new)
        memory = fresh = nfp_state_learn (pinfo, chunk, &datagram);
    nfp_survey (&survey, pinfo, &datagram, fresh);
    n_found = wmem_array_get_count (survey.findings);
    if (fresh && survey.message)
        nfp_state_track (fresh, &datagram, survey.message, &survey.counts);
    if (fresh && survey.lacks_template)
        nfp_late_keep (fresh, &datagram);

    if (!memory)
        memory = remember_quote (pinfo, tvb, &datagram);
    said = wmem_array_new (pinfo->pool, sizeof (NfFinding));
    wmem_array_append (said, memory->findings, memory->n_findings);
    wmem_array_append (said, memory->numbers, memory->n_numbers);
    if (memory->order > 0 && !fresh && survey.message)
        nfp_state_judge (&datagram, survey.message, said);
    wmem_array_append (survey.findings, wmem_array_get_raw (said), wmem_array_get_count (said));
    nfp_survey_columns (pinfo, &survey, nfp_preferences.findings);
    nfp_survey_tap (pinfo, &survey, &datagram, &memory->track);
    if (tree) {
        NfpTree walk = {.pinfo = pinfo,
                        .tvb = tvb,
                        .tree = add_protocol (tree, pinfo, tvb, &survey),
                        .datagram = &datagram,
                        .message = survey.message,
                        .findings = nfp_preferences.findings,
                        .level = n_found > 0 ? NF_CHECK_VALUES : NF_CHECK_STRUCTURE};

        nfp_tree_message (&walk, &memory->track, said);
    } else {
        tell_findings (pinfo, tvb, &survey);
        if (survey.has_sections)
            nfp_survey_sections (pinfo, tvb, &datagram);
    }
    return (int)tvb_captured_length (tvb);
}

/* The same, for Wireshark. */
static int
dissect_message (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)data;
    return dissect_one (tvb, pinfo, tree, NULL);
}

/* ---- UDP ---- */

/* A datagram that is no Message, on a port of ours: anybody's who knows it by its looks; else one
 * that a collector would choke on, which is worth saying. */
static int
dissect_no_message (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    heur_dtbl_entry_t *entry = NULL;

    if (!nfp_ports_is_chosen (pinfo)) {
        if (!nfp_ports_has (NFP_PORTS_UDP, pinfo->destport) || tvb_reported_length (tvb) == 0)
            return 0;
        if (udp_heuristics &&
            dissector_try_heuristic (udp_heuristics, tvb, pinfo, tree, &entry, data))
            return (int)tvb_captured_length (tvb);
    }
    dissect_message (tvb, pinfo, tree, data);
    return (int)tvb_captured_length (tvb);
}

static int
dissect_udp (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (!has_header (tvb))
        return dissect_no_message (tvb, pinfo, tree, data);
    return dissect_message (tvb, pinfo, tree, data);
}

static NfpBool
dissect_heuristic (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    guint captured = (guint)tvb_captured_length (tvb);

    if (!nfp_preferences.heuristics || captured == 0 ||
        !nf_message_certain (tvb_get_ptr (tvb, 0, (gint)captured), captured,
                             tvb_reported_length (tvb), arrival_s (pinfo)))
        return FALSE;
    dissect_message (tvb, pinfo, tree, data);
    return TRUE;
}

/* ---- streams ---- */

/* Octets of the Message that begins here, or 0 where none does. */
static guint
length_at (tvbuff_t *tvb, int offset)
{
    guint version = tvb_get_ntohs (tvb, offset), length = tvb_get_ntohs (tvb, offset + 2);

    return version == 10 && length >= IPFIX_HEADER ? length : 0;
}

/* Where the next Message begins in octets that begin with none, since those before them were not
 * captured. Returns how many octets lie before it, or -1 where none begins. */
static gint
find_message (packet_info *pinfo, tvbuff_t *tvb)
{
    guint captured = (guint)tvb_captured_length (tvb);
    NfAround around = {.arrival_s = arrival_s (pinfo)};
    gsize before, needed;

    if (nf_message_find (tvb_get_ptr (tvb, 0, (gint)captured), captured, TRUE, around, &before,
                         &needed) != NF_FIND_HERE)
        return -1;
    return (gint)before;
}

/* Where a Message may begin of which there is too little to tell, in octets that begin with none; 0
 * where none does. One octet of its Version is too little even for that. */
static gint
find_beginning (packet_info *pinfo, tvbuff_t *tvb)
{
    guint captured = (guint)tvb_captured_length (tvb);
    NfAround around = {.arrival_s = arrival_s (pinfo)};
    gsize before, needed;

    if (nf_message_find (tvb_get_ptr (tvb, 0, (gint)captured), captured, FALSE, around, &before,
                         &needed) != NF_FIND_LATER ||
        before + VERSION_KNOWN > captured || tvb_get_ntohs (tvb, (gint)before) != 10)
        return 0;
    return (gint)before;
}

/* Where the next Message begins behind octets that belong to none, or 0 where they are the header
 * of one, or none begins. */
static gint
find_behind (packet_info *pinfo, tvbuff_t *tvb)
{
    gint found = has_header (tvb) ? 0 : find_message (pinfo, tvb);

    return found < 0 ? find_beginning (pinfo, tvb) : found;
}

/* Octets of the Message that begins here or, where none does, up to the next one; where none comes,
 * all. `data`: how many of those are of no Message though one comes behind them. */
static guint
part_length (packet_info *pinfo, tvbuff_t *tvb, int offset, void *data)
{
    guint length = length_at (tvb, offset);
    gint *skipped = data;

    *skipped = length > 0 ? 0 : find_behind (pinfo, tvb_new_subset_remaining (tvb, offset));
    if (length > 0)
        return length;
    if (*skipped == 0)
        return (guint)tvb_reported_length_remaining (tvb, offset);
    if (*skipped >= LENGTH_KNOWN)
        return (guint)*skipped;
    if (tvb_captured_length_remaining (tvb, offset + *skipped) < LENGTH_KNOWN)
        return LENGTH_KNOWN; /* a part has no less */
    return MAX ((guint)*skipped + length_at (tvb, offset + *skipped), LENGTH_KNOWN);
}

/* Shows the first `length` octets, which are of no Message that could be read: `why`. */
static void
show_skipped (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, gint length, NfFindingId why)
{
    NfFinding finding = {.id = why, .span = {0, (guint32)length}, .args = {(guint64)length}};
    proto_item *item = proto_tree_add_item (tree, nfp_protocol, tvb, 0, length, ENC_NA);
    proto_tree *subtree = proto_item_add_subtree (item, nfp_subtree.message);

    proto_item_set_text (item, why == NF_FINDING_STREAM_GAP_REST ? "IPFIX, the rest of a Message"
                                                                 : "IPFIX, octets of no Message");
    proto_tree_add_item (subtree, nfp_field.undecoded, tvb, 0, length, ENC_NA);
    if (nfp_preferences.findings)
        nfp_experts_add (pinfo, subtree, tvb, &finding, 10);
}

/* Dissects what part_length() found. */
static int
dissect_part (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const gint *skipped = data;

    if (*skipped == 0)
        return dissect_message (tvb, pinfo, tree, NULL);
    show_skipped (tvb, pinfo, tree, *skipped, NF_FINDING_STREAM_GAP_NO_MESSAGE);
    if ((guint)*skipped < tvb_reported_length (tvb))
        dissect_message (tvb_new_subset_remaining (tvb, *skipped), pinfo, tree, NULL);
    return (int)tvb_captured_length (tvb);
}

static int
dissect_stream (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    gboolean begins = tvb_captured_length (tvb) < 2 || tvb_get_ntohs (tvb, 0) == 10 ||
                      (nfp_ports_is_chosen (pinfo) && has_header (tvb));
    gint rest = begins ? 0 : find_message (pinfo, tvb);
    gint skipped = 0;

    (void)data;
    if (rest < 0 && !nfp_ports_is_chosen (pinfo))
        return 0;
    if (rest > 0) {
        show_skipped (tvb, pinfo, tree, rest, NF_FINDING_STREAM_GAP_REST);
        tvb = tvb_new_subset_remaining (tvb, rest);
    }
    tcp_dissect_pdus (tvb, pinfo, tree, nfp_preferences.reassemble, LENGTH_KNOWN, part_length,
                      dissect_part, &skipped);
    if (rest > 0 && pinfo->desegment_len > 0)
        pinfo->desegment_offset += rest; /* it counts from the segment's beginning */
    return (int)tvb_captured_length (tvb) + MAX (rest, 0);
}

/* SCTP keeps Messages whole (RFC 7011 10.2.3); should one of its own hold several, they are
 * told apart by their Lengths. */
static int
dissect_sctp (tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    gint left, offset = 0;
    NfpChunk chunk;

    (void)data;
    if (!nfp_ports_is_chosen (pinfo) && !nfp_ports_has (NFP_PORTS_SCTP, pinfo->destport) &&
        (tvb_captured_length (tvb) < LENGTH_KNOWN || tvb_get_ntohs (tvb, 0) != 10))
        return 0;
    chunk = nfp_chunk_of (tvb);
    while ((left = tvb_captured_length_remaining (tvb, offset)) > 0) {
        gint length = left < LENGTH_KNOWN ? left : (gint)length_at (tvb, offset);
        gint rest = tvb_reported_length_remaining (tvb, offset);

        length = length > 0 ? MIN (length, rest) : rest;
        dissect_one (tvb_new_subset_length (tvb, offset, length), pinfo, tree, &chunk);
        chunk.is_used = TRUE;
        offset += length;
    }
    return (int)tvb_captured_length (tvb);
}

/* ---- for Wireshark ---- */

void
nfp_dissect_register (int protocol)
{
    handles.udp = register_dissector ("nfpeek", dissect_udp, protocol);
    handles.stream = register_dissector ("nfpeek.tcp", dissect_stream, protocol);
    handles.sctp = register_dissector ("nfpeek.sctp", dissect_sctp, protocol);
    handles.file = register_dissector ("nfpeek.file", dissect_message, protocol);
}

const NfpHandles *
nfp_dissect_handles (void)
{
    return &handles;
}

void
nfp_dissect_handoff (int protocol)
{
    udp_heuristics = find_heur_dissector_list ("udp");
    heur_dissector_add ("udp", dissect_heuristic, "NetFlow and IPFIX over UDP", "nfpeek_udp",
                        protocol, HEURISTIC_ENABLE);
}
