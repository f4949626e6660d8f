/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates from another capture. */
#include "template-file.h"

#include "compat.h"

#include <pcap/pcap.h>

/* Learns a Message, whatever its port. */
static void
learn (NfCollector *collector, NfDatagram *datagram, NfDatagram *place)
{
    datagram->order = ++place->order;
    datagram->file = place->file;
    nf_collector_learn (collector, datagram, NULL);
}

/* Learns what a frame holds, and the streams that it belongs to. */
static void
learn_frame (NfCollector *collector, NfCapture *capture, const struct pcap_pkthdr *header,
             const u_char *octets, NfDatagram *place)
{
    gint64 ns = nf_arrival_ns_of_pcap (header->ts.tv_sec, header->ts.tv_usec);
    NfDatagram message;
    NfLostDatagram lost;
    NfFrame frame;

    nf_capture_frame (capture, octets, header->caplen, MAX (header->caplen, header->len), ns,
                      ++place->packet, &frame);
    if (frame.kind == NF_FRAME_DATAGRAM &&
        nf_message_plausible (frame.datagram.octets, frame.datagram.length,
                              frame.datagram.wire_length))
        learn (collector, &frame.datagram, place);
    while (nf_capture_take_message (capture, FALSE, &message))
        learn (collector, &message, place);
    while (nf_capture_take_lost (capture, FALSE, &lost))
        ;
}

/* Why the file could not be opened. libpcap names it where the system said no, and only there. */
static void
report_unopened (const char *path, const char *error)
{
    gsize length = strlen (path);

    if (g_str_has_prefix (error, path) && g_str_has_prefix (error + length, ": "))
        error += length + 2;
    report_failure ("nfpeek: template file %s: %s", path, error);
}

void
nfp_template_file_learn (NfCollector *collector, const char *path, guint file, guint64 end)
{
    char error[PCAP_ERRBUF_SIZE] = "";
    pcap_t *pcap =
        pcap_open_offline_with_tstamp_precision (path, PCAP_TSTAMP_PRECISION_NANO, error);
    NfCapture *capture = pcap ? nf_capture_new (pcap_datalink (pcap)) : NULL;
    NfDatagram place = {.file = file}, message;
    struct pcap_pkthdr *header;
    const u_char *octets;
    int status = 1;

    while (capture && place.order + 1 < end &&
           (status = pcap_next_ex (pcap, &header, &octets)) == 1)
        learn_frame (collector, capture, header, octets, &place);
    while (capture && nf_capture_take_message (capture, TRUE, &message))
        learn (collector, &message, &place);
    if (!pcap)
        report_unopened (path, error);
    else if (!capture)
        report_failure ("nfpeek: template file %s: link type not known", path);
    else if (status == PCAP_ERROR)
        report_failure ("nfpeek: template file %s: %s", path, pcap_geterr (pcap));
    g_clear_pointer (&capture, nf_capture_free);
    g_clear_pointer (&pcap, pcap_close);
}
