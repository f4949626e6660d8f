/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures: libpcap reads the frames, the library finds the datagrams in them. */
#include "frames.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <unistd.h>

/* Octets read at once. A FILE reads 4 KiB, unless it is given a buffer: setvbuf() does not make one
 * of the size it is told. */
#define BUFFER_LENGTH (64 * 1024)

typedef struct {
    NfSource base;
    pcap_t *pcap; /* owns the file */
    char *buffer; /* of the file, which it outlives */
    NfFrames frames;
    int fd; /* which the file is read from, or -1 */
    guint64 packet;
    gboolean at_end;
    GError *error; /* why it is there */
} CaptureSource;

/* What else there is to say of what libpcap says. */
static const char *
hint_of (const char *text)
{
    if (strstr (text, g_strerror (EIO)))
        return " (or what gzip wrote is damaged, or cut short)";
    if (strstr (text, "of the first interface"))
        return " (libpcap goes no further; Wireshark with nfpeek's plugin does)";
    return "";
}

/* libpcap gives nothing of a packet that the file's end cuts off. */
static GError *
read_error (CaptureSource *source)
{
    const char *text = pcap_geterr (source->pcap);

    if (strstr (text, "truncated"))
        return g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO,
                            "the file ends within packet %" G_GUINT64_FORMAT
                            ", which is not decoded: %s",
                            source->packet + 1, text);
    return g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO, "after packet %" G_GUINT64_FORMAT ": %s%s",
                        source->packet, text, hint_of (text));
}

/* Reads the next frame. FALSE where there is none, or none that can be read: what was read before
 * is told all the same, and then the error. */
static gboolean
read_frame (CaptureSource *source)
{
    struct pcap_pkthdr *header;
    const u_char *octets;
    int result = pcap_next_ex (source->pcap, &header, &octets);

    if (result == PCAP_ERROR)
        source->error = read_error (source);
    if (result != 1)
        return FALSE;
    nf_frames_read_packet (&source->frames, header, octets, ++source->packet);
    return TRUE;
}

static gboolean
capture_next (NfSource *base, NfItem *item, GError **error)
{
    CaptureSource *source = (CaptureSource *)base;

    while (!nf_frames_take (&source->frames, source->at_end, item)) {
        if (source->at_end) {
            if (source->error)
                g_propagate_error (error, g_steal_pointer (&source->error));
            return FALSE;
        }
        source->at_end = !read_frame (source);
    }
    return TRUE;
}

static guint64
capture_offset (NfSource *base)
{
    CaptureSource *source = (CaptureSource *)base;
    off_t at = source->fd >= 0 ? lseek (source->fd, 0, SEEK_CUR) : 0;

    return at > 0 ? (guint64)at : 0;
}

static void
capture_free (NfSource *base)
{
    CaptureSource *source = (CaptureSource *)base;

    pcap_close (source->pcap);
    nf_frames_clear (&source->frames);
    g_clear_error (&source->error);
    g_free (source->buffer);
    g_free (source);
}

/* Begins to read; owns `file` from now on. */
static gboolean
open_file (CaptureSource *source, FILE *file, const NfOptions *options, GError **error)
{
    char message[PCAP_ERRBUF_SIZE];
    const char *name;
    int link_type;

    setvbuf (file, source->buffer, _IOFBF, BUFFER_LENGTH);
    source->pcap =
        pcap_fopen_offline_with_tstamp_precision (file, PCAP_TSTAMP_PRECISION_NANO, message);
    if (!source->pcap) {
        fclose (file);
        g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, message);
        return FALSE;
    }
    link_type = pcap_datalink (source->pcap);
    if (nf_frames_init (&source->frames, link_type, options))
        return TRUE;
    name = pcap_datalink_val_to_name (link_type);
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 "frames of link type %d (%s) are not decoded", link_type, name ? name : "unknown");
    pcap_close (source->pcap);
    return FALSE;
}

NfSource *
nf_source_capture_new (FILE *file, int fd, const NfOptions *options, GError **error)
{
    CaptureSource *source = g_new0 (CaptureSource, 1);

    source->base = (NfSource){.next = capture_next, .free = capture_free, .offset = capture_offset};
    source->fd = fd;
    source->buffer = g_malloc (BUFFER_LENGTH);
    if (open_file (source, file, options, error))
        return &source->base;
    g_free (source->buffer);
    g_free (source);
    return NULL;
}
