/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A network interface: libpcap captures the frames, the library finds the datagrams in them. It
 * ends when a signal ends it (signals.h).
 */
#include "frames.h"
#include "port-filter.h"
#include "say.h"
#include "signals.h"

#include <pcap/pcap.h>
#include <poll.h>
#include <unistd.h>

/* As with tcpdump: no frame is longer. */
#define SNAP_LENGTH 262144

/* How often the kernel looks for frames to hand over: nobody sees it, and it need not wake us for
 * each of them. It does so with a block of frames to which it found nothing added since the last
 * time: after twice that. */
#define TIMEOUT_MS 50

/* Where frames wait until they are read: half a second of 100,000 datagrams of 1,300 octets. */
#define BUFFER_OCTETS (64 << 20)

/* After the signal: what the kernel has is handed over by then, and no more is waited for. */
#define DRAIN_US (5 * TIMEOUT_MS * 1000)

/* Frames after which drops are counted again: near enough to where they were, and rarely enough not
 * to cost anything. */
#define COUNT_EVERY 4096

typedef struct {
    NfSource base;
    const char *name; /* borrowed */
    pcap_t *pcap;
    NfFrames frames;
    guint64 n_dropped;     /* by the kernel, or before it by the interface, */
    guint64 n_unread;      /* and of these, as nobody read them in time; */
    guint64 n_told;        /* so many of the latter have been told */
    guint dropped, missed; /* what pcap_stats() told last */
    gboolean in_ns;        /* times of arrival are in nanoseconds, not microseconds */
    gint64 end_us;         /* monotonic: when to stop; 0: there was no signal */
    gboolean at_end;
    GError *error; /* why it is there */
} LiveSource;

/* ---- opening ---- */

/* What it takes to be permitted. */
static gboolean
refuse_permission (const char *name, GError **error)
{
    g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

    return nf_refuse (
        error,
        "not permitted to capture on %s: that takes CAP_NET_RAW. Call it with sudo, or "
        "give it that right once: sudo setcap cap_net_raw+ep %s",
        name, self ? self : "nfpeek");
}

/* Why pcap_activate() failed, or what it warns of. */
static gboolean
judge_activation (LiveSource *source, int result, gboolean quiet, GError **error)
{
    const char *text = pcap_geterr (source->pcap);

    if (!*text)
        text = pcap_statustostr (result);
    switch (result) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        return refuse_permission (source->name, error);
    case PCAP_ERROR_NO_SUCH_DEVICE:
        return nf_refuse (error, "there is no interface '%s': 'nfpeek -D' lists those there are",
                          source->name);
    case PCAP_ERROR_IFACE_NOT_UP:
        return nf_refuse (error, "interface %s is down: 'ip link set %s up' brings it up",
                          source->name, source->name);
    default:
        if (result < 0)
            return nf_refuse (error, "cannot capture on %s: %s", source->name, text);
        if (result > 0 && !quiet)
            nf_say (source->name, "%s", text);
        return TRUE;
    }
}

/* Chooses what is captured: as the user says, or by ports. */
static gboolean
set_filter (LiveSource *source, const NfOptions *options, const GArray *ports, GError **error)
{
    pcap_t *pcap = source->pcap;
    struct bpf_program program;
    NfText t = NF_TEXT_INIT;
    gboolean good;

    if (options->capture_filter)
        nf_text_add (&t, options->capture_filter);
    else
        nf_port_filter (&t, ports, pcap_datalink (pcap));
    good = pcap_compile (pcap, &program, nf_text_string (&t), 1, PCAP_NETMASK_UNKNOWN) == 0;
    if (!good) {
        nf_refuse (error, "'%s' is no capture filter: %s", nf_text_string (&t), pcap_geterr (pcap));
    } else {
        good =
            pcap_setfilter (pcap, &program) == 0 ||
            nf_refuse (error, "%s takes no capture filter: %s", source->name, pcap_geterr (pcap));
        pcap_freecode (&program);
    }
    nf_text_clear (&t);
    return good;
}

static gboolean
open_pcap (LiveSource *source, const NfOptions *options, const GArray *ports, GError **error)
{
    char message[PCAP_ERRBUF_SIZE] = "";
    pcap_t *pcap = source->pcap = pcap_create (source->name, message);
    int link_type;

    if (!pcap)
        return nf_refuse (error, "cannot capture on %s: %s", source->name, message);
    if (pcap_set_snaplen (pcap, SNAP_LENGTH) != 0 || pcap_set_promisc (pcap, 1) != 0 ||
        pcap_set_timeout (pcap, TIMEOUT_MS) != 0 || pcap_set_buffer_size (pcap, BUFFER_OCTETS) != 0)
        return nf_refuse (error, "cannot capture on %s: %s", source->name, pcap_geterr (pcap));
    source->in_ns = pcap_set_tstamp_precision (pcap, PCAP_TSTAMP_PRECISION_NANO) == 0;
    if (!judge_activation (source, pcap_activate (pcap), options->quiet, error))
        return FALSE;

    link_type = pcap_datalink (pcap);
    if (!nf_frames_init (&source->frames, link_type, options))
        return nf_refuse (error, "%s: frames of link type %d (%s) are not decoded", source->name,
                          link_type, pcap_datalink_val_to_name (link_type));
    if (pcap_setnonblock (pcap, 1, message) != 0)
        return nf_refuse (error, "cannot capture on %s: %s", source->name, message);
    return set_filter (source, options, ports, error);
}

/* ---- reading ---- */

/* libpcap counts from the beginning, in 32 bits. */
static void
count_drops (LiveSource *source)
{
    struct pcap_stat stat;

    if (pcap_stats (source->pcap, &stat) != 0)
        return;
    source->n_dropped += stat.ps_drop - source->dropped;
    source->n_unread += stat.ps_drop - source->dropped;
    source->n_dropped += stat.ps_ifdrop - source->missed;
    source->dropped = stat.ps_drop;
    source->missed = stat.ps_ifdrop;
}

/* Waits for frames, a signal, or until it is time for something else. Returns whether there are
 * frames, perhaps. */
static gboolean
wait_for_frames (LiveSource *source)
{
    struct pollfd polled[] = {{.fd = pcap_get_selectable_fd (source->pcap), .events = POLLIN},
                              {.fd = nf_signals_fd (), .events = POLLIN}};
    gboolean stops = source->end_us > 0;
    gint64 until = stops ? MIN (source->end_us, source->base.wake_us) : source->base.wake_us;
    gint64 left = until - g_get_monotonic_time ();

    count_drops (source); /* what comes next comes behind what was dropped so far */
    if (left > 0)
        poll (polled, stops ? 1 : 2, (int)MIN (left / 1000 + 1, 60000));
    return polled[0].revents != 0;
}

/* Whether it is over: a signal came, and what was there then has been read. */
static gboolean
is_over (LiveSource *source)
{
    if (!nf_signals_stopped ())
        return FALSE;
    if (source->end_us == 0)
        source->end_us = g_get_monotonic_time () + DRAIN_US;
    return g_get_monotonic_time () >= source->end_us;
}

/* Reads a frame, if there is one. FALSE at the end, and where none can be read. */
static gboolean
read_frame (LiveSource *source, gboolean *is_there)
{
    struct pcap_pkthdr *header;
    const u_char *octets;
    int result;

    *is_there = FALSE;
    if (is_over (source))
        return FALSE;
    result = pcap_next_ex (source->pcap, &header, &octets);
    if (result < 0) {
        source->error =
            g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO, "after packet %" G_GUINT64_FORMAT ": %s",
                         source->base.packets, pcap_geterr (source->pcap));
        return FALSE;
    }
    *is_there = result == 1;
    if (result == 1) {
        if (!source->in_ns)
            header->ts.tv_usec *= 1000;
        nf_frames_read_packet (&source->frames, header, octets, ++source->base.packets);
        if (source->base.packets % COUNT_EVERY == 0)
            count_drops (source);
    }
    return TRUE;
}

static gboolean
live_next (NfSource *base, NfItem *item, GError **error)
{
    LiveSource *source = (LiveSource *)base;
    gboolean is_there;

    while (!nf_frames_take (&source->frames, source->at_end, item)) {
        if (source->at_end) {
            if (source->error)
                g_propagate_error (error, g_steal_pointer (&source->error));
            return FALSE;
        }
        source->at_end = !read_frame (source, &is_there);
        if (!source->at_end && !is_there && !wait_for_frames (source)) {
            *item = (NfItem){.kind = NF_ITEM_IDLE};
            return TRUE;
        }
    }
    if (item->kind == NF_ITEM_DATAGRAM) {
        item->datagram.dropped = source->n_unread - source->n_told;
        source->n_told = source->n_unread;
    }
    return TRUE;
}

static guint64
live_dropped (NfSource *base)
{
    LiveSource *source = (LiveSource *)base;

    count_drops (source);
    return source->n_dropped;
}

static void
live_free (NfSource *base)
{
    LiveSource *source = (LiveSource *)base;

    if (source->pcap)
        pcap_close (source->pcap);
    nf_frames_clear (&source->frames);
    g_clear_error (&source->error);
    g_free (source);
}

NfSource *
nf_source_live_new (const char *interface, const NfOptions *options, const GArray *ports,
                    GError **error)
{
    LiveSource *source = g_new0 (LiveSource, 1);

    source->base = (NfSource){.next = live_next, .free = live_free, .dropped = live_dropped};
    source->name = interface;
    if (!open_pcap (source, options, ports, error)) {
        live_free (&source->base);
        return NULL;
    }
    return &source->base;
}
