/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames -> items, for the sources that have frames: a frame is read, then all is taken that came
 * of it.
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct {
    NfCapture *capture;
    NfFrame frame;       /* the last one */
    NfLostDatagram lost; /* the last one taken */
    gboolean is_due;     /* nothing was told of the frame yet */
} NfFrames;

/* For frames of a link type. Returns FALSE where it is not known. `options` is borrowed. */
gboolean nf_frames_init (NfFrames *frames, int link_type, const NfOptions *options);
void nf_frames_clear (NfFrames *frames);

/* Reads a frame, as nf_capture_frame() does. All that came of the one before has been taken. */
void nf_frames_read (NfFrames *frames, const guint8 *octets, gsize captured, gsize wire,
                     gint64 time_ns, guint64 packet);

struct pcap_pkthdr;

/* The same, of a packet as libpcap gives it, with nanoseconds in place of microseconds. */
void nf_frames_read_packet (NfFrames *frames, const struct pcap_pkthdr *header,
                            const guint8 *octets, guint64 packet);

/* Takes the next item that came of the last frame or, `at_end`, that is left of all of them. FALSE
 * where there is none. */
gboolean nf_frames_take (NfFrames *frames, gboolean at_end, NfItem *item);

G_END_DECLS
