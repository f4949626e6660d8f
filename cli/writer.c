/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures, written with libpcap. */
#include "writer.h"

#include "compose.h"
#include "output.h"

#include <errno.h>
#include <pcap/pcap.h>

/* What tcpdump gives as the most octets that a frame has. */
#define SNAP_LENGTH 262144

struct _NfWriter {
    const char *name; /* of what is written */
    pcap_t *pcap;
    pcap_dumper_t *dumper;
    NfComposer *composer;
    gint64 time_ns; /* of the datagram being written */
};

static gboolean
fail (const char *name, GError **error)
{
    g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno), "cannot write %s: %s",
                 name, g_strerror (errno));
    return FALSE;
}

/* libpcap takes nanoseconds in place of microseconds where it was told so. */
static void
take_frame (const GByteArray *octets, gsize wire, gpointer data)
{
    NfWriter *writer = data;
    struct pcap_pkthdr header = {.caplen = octets->len, .len = (bpf_u_int32)wire};

    header.ts.tv_sec = (time_t)(writer->time_ns / 1000000000);
    header.ts.tv_usec = (suseconds_t)(writer->time_ns % 1000000000);
    pcap_dump ((u_char *)writer->dumper, &header, octets->data);
}

static void
discard (NfWriter *writer)
{
    if (writer->pcap)
        pcap_close (writer->pcap);
    nf_composer_free (writer->composer);
    g_free (writer);
}

NfWriter *
nf_writer_new_file (FILE *file, const char *name, GError **error)
{
    NfWriter *writer;

    if (!file)
        return NULL;
    writer = g_new0 (NfWriter, 1);
    writer->name = name;
    writer->composer = nf_composer_new (take_frame, writer);
    writer->pcap =
        pcap_open_dead_with_tstamp_precision (DLT_EN10MB, SNAP_LENGTH, PCAP_TSTAMP_PRECISION_NANO);
    errno = ENOMEM; /* which libpcap does not tell where it is all that it may have lacked */
    writer->dumper = writer->pcap ? pcap_dump_fopen (writer->pcap, file) : NULL;
    if (!writer->dumper) {
        fail (name, error);
        fclose (file);
    } else if (nf_writer_flush (writer, error)) {
        return writer; /* a capture, however it goes on */
    } else {
        pcap_dump_close (writer->dumper);
    }
    discard (writer);
    return NULL;
}

NfWriter *
nf_writer_new (const char *option, const char *path, const GPtrArray *inputs, GError **error)
{
    NfOutput output;
    FILE *file;

    if (!nf_output_open (&output, option, path, inputs, error) || !nf_output_begin (&output, error))
        return NULL;
    file = fdopen (output.fd, "wb");
    if (file)
        return nf_writer_new_file (file, output.name, error);
    fail (output.name, error);
    return NULL;
}

static gint64
time_of (const NfDatagram *g)
{
    NfMessage message;
    NfFinding trouble;

    if (g->has_time)
        return MAX (g->time_ns, 0);
    if (!nf_message_read (&message, g->octets, g->length, g->wire_length, &trouble))
        return 0;
    NfTime time = nf_message_export_time (&message, NULL);

    return (gint64)time.s * 1000000000 + time.ns;
}

void
nf_writer_add (NfWriter *writer, const NfDatagram *datagram)
{
    writer->time_ns = time_of (datagram);
    nf_composer_add (writer->composer, datagram);
}

void
nf_writer_add_lost (NfWriter *writer, const NfItem *lost)
{
    writer->time_ns = time_of (&lost->datagram);
    nf_composer_add_lost (writer->composer, lost);
}

void
nf_writer_add_refusal (NfWriter *writer, const NfItem *refusal)
{
    if (refusal->why == NF_FINDING_COLLECTOR_UNREACHABLE_SOCKET)
        return; /* nobody said so on the wire */
    writer->time_ns = time_of (&refusal->datagram);
    nf_composer_add_refusal (writer->composer, refusal);
}

gboolean
nf_writer_flush (NfWriter *writer, GError **error)
{
    errno = EIO; /* where the trouble came earlier */
    if (pcap_dump_flush (writer->dumper) == 0 && !ferror (pcap_dump_file (writer->dumper)))
        return TRUE;
    return fail (writer->name, error);
}

gboolean
nf_writer_close (NfWriter *writer, GError **error)
{
    gboolean good = nf_writer_flush (writer, error);

    pcap_dump_close (writer->dumper);
    discard (writer);
    return good;
}

NfWriter *
nf_writer_reopen (NfWriter *writer, const char *option, const GPtrArray *inputs, GError **error)
{
    const NfOutput output = {.name = writer->name, .fd = fileno (pcap_dump_file (writer->dumper))};
    NfWriter *new = NULL;

    if (nf_output_has_moved (&output))
        new = nf_writer_new (option, output.name, inputs, error);
    if (!new)
        return writer;
    nf_writer_close (writer, error);
    return new;
}
