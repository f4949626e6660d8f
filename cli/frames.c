/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What comes of frames. */
#include "frames.h"

#include <pcap/pcap.h>

static gboolean
is_port_of_d (guint16 port, gconstpointer options)
{
    return nf_ranges_have (((const NfOptions *)options)->ports, port);
}

gboolean
nf_frames_init (NfFrames *frames, int link_type, const NfOptions *options)
{
    *frames = (NfFrames){.capture = nf_capture_new (link_type)};
    if (frames->capture)
        nf_capture_limit (frames->capture, &options->bounds.library);
    if (frames->capture && options->ports->len > 0)
        nf_capture_expect (frames->capture, is_port_of_d, options);
    return frames->capture != NULL;
}

void
nf_frames_clear (NfFrames *frames)
{
    g_clear_pointer (&frames->capture, nf_capture_free);
}

void
nf_frames_read (NfFrames *frames, const guint8 *octets, gsize captured, gsize wire, gint64 time_ns,
                guint64 packet)
{
    nf_capture_frame (frames->capture, octets, captured, wire, time_ns, packet, &frames->frame);
    frames->is_due = TRUE;
}

void
nf_frames_read_packet (NfFrames *frames, const struct pcap_pkthdr *header, const guint8 *octets,
                       guint64 packet)
{
    nf_frames_read (frames, octets, header->caplen, MAX (header->len, header->caplen),
                    nf_arrival_ns_of_pcap (header->ts.tv_sec, header->ts.tv_usec), packet);
}

/* What the frame itself is. */
static gboolean
take_frame (NfFrames *frames, NfItem *item)
{
    static const NfItemKind kinds[] = {[NF_FRAME_DATAGRAM] = NF_ITEM_DATAGRAM,
                                       [NF_FRAME_FRAGMENT] = NF_ITEM_FRAGMENT,
                                       [NF_FRAME_SEGMENT] = NF_ITEM_SEGMENT,
                                       [NF_FRAME_REFUSAL] = NF_ITEM_REFUSAL,
                                       [NF_FRAME_OTHER] = NF_ITEM_OTHER};
    const NfFrame *frame = &frames->frame;

    if (!frames->is_due)
        return FALSE;
    frames->is_due = FALSE;
    item->kind = kinds[frame->kind];
    item->datagram = frame->datagram;
    item->what = frame->what;
    item->why = frame->why;
    return TRUE;
}

static gboolean
take_lost (NfFrames *frames, gboolean at_end, NfItem *item)
{
    if (!nf_capture_take_lost (frames->capture, at_end, &frames->lost))
        return FALSE;
    item->kind = NF_ITEM_LOST;
    item->datagram = frames->lost.datagram;
    item->octets_there = frames->lost.octets_there;
    item->octets_expected = frames->lost.octets_expected;
    return TRUE;
}

/* A Message of a stream. It tells what the frame is with which it became whole. */
static gboolean
take_message (NfFrames *frames, gboolean at_end, NfItem *item)
{
    if (!nf_capture_take_message (frames->capture, at_end, &item->datagram))
        return FALSE;
    item->kind = NF_ITEM_DATAGRAM;
    if (item->datagram.packet == frames->frame.datagram.packet)
        frames->is_due = FALSE;
    return TRUE;
}

gboolean
nf_frames_take (NfFrames *frames, gboolean at_end, NfItem *item)
{
    gboolean is_udp = frames->frame.datagram.transport == NF_TRANSPORT_UDP;

    if (is_udp && frames->is_due)
        return take_frame (frames, item);
    if (take_lost (frames, at_end, item))
        return TRUE;
    if (is_udp && !at_end)
        return FALSE;
    return take_message (frames, at_end, item) || take_frame (frames, item);
}
