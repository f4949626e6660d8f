/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beginnings of packets inside records. */
#include "section.h"

#include "fields.h"
#include "plugin.h"

/* IANA's elements. */
enum {
    FRAME_SIZE = 312, /* dataLinkFrameSize: octets the whole frame had */
    FRAME_TYPE = 408  /* dataLinkFrameType */
};

enum { FRAME_TYPE_802_11 = 2 };

/* So many of a packet are dissected. Each is a handful of things for taps (Ethernet's, IP's,
 * UDP's), of which Wireshark takes five thousand a packet (experts.c); a jumbo frame has room for a
 * hundred and forty of 64 octets. */
#define MOST 300

static dissector_handle_t ethernet, wireless, ip4, ip6;

NfpSection
nfp_section_kind (const NfElement *element)
{
    switch (element ? element->form : NF_FORM_PLAIN) {
    case NF_FORM_FRAME:
        return NFP_SECTION_LINK;
    case NF_FORM_IP_PACKET:
        return NFP_SECTION_IP;
    default:
        return NFP_SECTION_NONE;
    }
}

void
nfp_section_handoff (void)
{
    ethernet = find_dissector ("eth_withoutfcs");
    wireless = find_dissector ("wlan_withoutfcs");
    ip4 = find_dissector ("ip");
    ip6 = find_dissector ("ipv6");
}

/* A number elsewhere in the record, or 0. */
static guint64
number_of (const NfRecord *r, guint16 id)
{
    guint64 n;

    return nf_record_number (r, id, &n) ? n : 0;
}

static dissector_handle_t
handle_for (const NfRecord *r, NfpSection kind, guint8 first_octet)
{
    if (kind == NFP_SECTION_IP)
        return first_octet >> 4 == 6 ? ip6 : ip4;
    return number_of (r, FRAME_TYPE) == FRAME_TYPE_802_11 ? wireless : ethernet;
}

/* What a dissector may do to the packet that it believes to be in. */
typedef struct {
    address dl_src, dl_dst, net_src, net_dst, src, dst;
    port_type ptype;
    guint32 srcport, destport, match_uint;
    guint16 can_desegment;
    gboolean in_error_pkt, fragmented, writable;
    guint n_layers;
} Saved;

static Saved
save (const packet_info *pinfo)
{
    return (Saved){.dl_src = pinfo->dl_src,
                   .dl_dst = pinfo->dl_dst,
                   .net_src = pinfo->net_src,
                   .net_dst = pinfo->net_dst,
                   .src = pinfo->src,
                   .dst = pinfo->dst,
                   .ptype = pinfo->ptype,
                   .srcport = pinfo->srcport,
                   .destport = pinfo->destport,
                   .match_uint = pinfo->match_uint,
                   .can_desegment = pinfo->can_desegment,
                   .in_error_pkt = pinfo->flags.in_error_pkt,
                   .fragmented = pinfo->fragmented,
                   .writable = col_get_writable (pinfo->cinfo, -1),
                   .n_layers = wmem_list_count (pinfo->layers)};
}

static void
restore (packet_info *pinfo, const Saved *saved)
{
    pinfo->dl_src = saved->dl_src;
    pinfo->dl_dst = saved->dl_dst;
    pinfo->net_src = saved->net_src;
    pinfo->net_dst = saved->net_dst;
    pinfo->src = saved->src;
    pinfo->dst = saved->dst;
    pinfo->ptype = saved->ptype;
    pinfo->srcport = saved->srcport;
    pinfo->destport = saved->destport;
    pinfo->match_uint = saved->match_uint;
    pinfo->can_desegment = saved->can_desegment;
    pinfo->flags.in_error_pkt = saved->in_error_pkt != 0;
    pinfo->fragmented = saved->fragmented;
    col_set_writable (pinfo->cinfo, -1, saved->writable);
    /* Wireshark takes layers for how deep it is in the packet, and gives up when that is too deep.
     * curr_layer_num goes on counting: dissectors keep by it what they know of each layer. */
    while (wmem_list_count (pinfo->layers) > saved->n_layers)
        wmem_list_remove_frame (pinfo->layers, wmem_list_tail (pinfo->layers));
}

/* Octets the packet had of which the section is the beginning. Where the record does not say, as
 * many as any may have: then no dissector takes the section's end for the packet's. */
static gint
length_on_wire (const NfRecord *r, NfpSection kind, guint32 there)
{
    guint64 said = kind == NFP_SECTION_LINK ? number_of (r, FRAME_SIZE) : 0;

    return (gint)CLAMP (said > 0 ? said : G_MAXUINT16, there, G_MAXUINT16);
}

/* Whether the packet may have one more. */
static gboolean
has_room (packet_info *pinfo)
{
    guint *n = nfp_of_packet (pinfo, NFP_OF_PACKET_SECTIONS, sizeof *n);

    return ++*n <= MOST;
}

void
nfp_section_dissect (proto_item *item, packet_info *pinfo, tvbuff_t *tvb, const NfRecord *r,
                     guint i)
{
    const NfElement *element = r->event->binding->fields[i].element;
    NfpSection kind = nfp_section_kind (element);
    NfSpan span = nf_event_field (r->event, i);
    NfReader content = nf_reader (nf_span_octets (r->octets, span), span.length, span.offset);
    guint64 offset;
    proto_tree *tree;
    Saved saved;
    dissector_handle_t handle;
    tvbuff_t *section;

    span.length = (guint32)nf_record_section (r, element, span.length, &offset);
    if (span.length == 0 || offset > 0 || !(handle = handle_for (r, kind, nf_reader_u8 (&content))))
        return;
    if (!has_room (pinfo)) {
        proto_item_append_text (item, " (octets only, behind " G_STRINGIFY (MOST) " others)");
        return;
    }
    tree = proto_item_add_subtree (item, nfp_subtree.section);
    saved = save (pinfo);
    section = tvb_new_subset_length_caplen (tvb, (gint)span.offset, (gint)span.length,
                                            length_on_wire (r, kind, span.length));
    col_set_writable (pinfo->cinfo, -1, FALSE);
    pinfo->flags.in_error_pkt = TRUE; /* no conversation, no reassembly: nobody received it here */
    TRY
    {
        call_dissector (handle, section, pinfo, tree);
    }
    CATCH2 (BoundsError, FragmentBoundsError)
    {
        /* the exporter sends no more of the packet than this */
    }
    CATCH_NONFATAL_ERRORS
    {
        show_exception (section, pinfo, tree, EXCEPT_CODE, GET_MESSAGE);
    }
    FINALLY
    {
        restore (pinfo, &saved);
    }
    ENDTRY;
}
