/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures: libpcap reads the frames, the library finds the datagrams in them. */
#include "source.h"

#include <pcap/pcap.h>

typedef struct {
    NfSource base;
    pcap_t *pcap;
    NfCapture *capture;
    guint64 packet;
    NfFrame frame;
    NfLostDatagram lost;
    gboolean at_end;
} CaptureSource;

/* Nanoseconds since 1970; a capture may claim any time at all. */
static gint64
time_of (const struct pcap_pkthdr *header)
{
    gint64 s = CLAMP ((gint64)header->ts.tv_sec, 0, G_MAXINT64 / 1000000000 - 1);

    return s * 1000000000 + CLAMP ((gint64)header->ts.tv_usec, 0, 999999999);
}

void
nf_item_from_frame (NfItem *item, const NfFrame *frame, guint64 packet)
{
    static const NfItemKind kinds[] = {[NF_FRAME_DATAGRAM] = NF_ITEM_DATAGRAM,
                                       [NF_FRAME_FRAGMENT] = NF_ITEM_FRAGMENT,
                                       [NF_FRAME_OTHER] = NF_ITEM_OTHER};

    *item = (NfItem){.kind = kinds[frame->kind], .datagram = frame->datagram, .what = frame->what};
    item->datagram.packet = packet;
}

gboolean
nf_item_take_lost (NfItem *item, NfCapture *capture, gboolean at_end, NfLostDatagram *lost)
{
    if (!nf_capture_take_lost (capture, at_end, lost))
        return FALSE;
    *item = (NfItem){.kind = NF_ITEM_LOST,
                     .datagram = lost->datagram,
                     .octets_there = lost->octets_there,
                     .octets_expected = lost->octets_expected};
    return TRUE;
}

static gboolean
take_lost (CaptureSource *source, NfItem *item)
{
    return nf_item_take_lost (item, source->capture, source->at_end, &source->lost);
}

static gboolean
capture_next (NfSource *base, NfItem *item, GError **error)
{
    CaptureSource *source = (CaptureSource *)base;
    struct pcap_pkthdr *header;
    const u_char *octets;

    if (take_lost (source, item))
        return TRUE;
    if (source->at_end)
        return FALSE;

    int result = pcap_next_ex (source->pcap, &header, &octets);

    if (result == PCAP_ERROR)
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_IO, "after packet %" G_GUINT64_FORMAT ": %s",
                     source->packet, pcap_geterr (source->pcap));
    if (result != 1) {
        source->at_end = TRUE;
        return result != PCAP_ERROR && take_lost (source, item);
    }
    nf_capture_frame (source->capture, octets, header->caplen, MAX (header->len, header->caplen),
                      time_of (header), ++source->packet, &source->frame);
    nf_item_from_frame (item, &source->frame, source->packet);
    return TRUE;
}

static void
capture_free (NfSource *base)
{
    CaptureSource *source = (CaptureSource *)base;

    pcap_close (source->pcap);
    nf_capture_free (source->capture);
    g_free (source);
}

NfSource *
nf_source_capture_new (FILE *file, GError **error)
{
    char message[PCAP_ERRBUF_SIZE];
    pcap_t *pcap =
        pcap_fopen_offline_with_tstamp_precision (file, PCAP_TSTAMP_PRECISION_NANO, message);

    if (!pcap) {
        fclose (file);
        g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, message);
        return NULL;
    }

    int link_type = pcap_datalink (pcap);
    NfCapture *capture = nf_capture_new (link_type);

    if (!capture) {
        const char *name = pcap_datalink_val_to_name (link_type);

        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "frames of link type %d (%s) are not decoded", link_type,
                     name ? name : "unknown");
        pcap_close (pcap);
        return NULL;
    }

    CaptureSource *source = g_new0 (CaptureSource, 1);

    source->base = (NfSource){.next = capture_next, .free = capture_free};
    source->pcap = pcap;
    source->capture = capture;
    return &source->base;
}
