/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames as libpcap gives them -> UDP datagrams: link layers, VLAN tags, MPLS, PPPoE, IPv4 and
 * IPv6 with options, extension headers and fragments.
 *
 * It opens no file: the caller reads frames with libpcap (or builds them) and hands them over one
 * by one, in order.
 */
#pragma once

#include "datagram.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NfCapture NfCapture;

/*
 * What a frame turned out to be. A datagram of which the snap length cut a part off, in its only
 * frame or in any of its fragments, is whole in this sense: its `length`, up to the first octet
 * that was not captured, is less than its `wire_length`.
 */
typedef enum {
    NF_FRAME_DATAGRAM, /* `datagram` is whole: this frame alone, or with it the last fragment came
                        */
    NF_FRAME_FRAGMENT, /* a fragment of a UDP datagram that is not whole yet */
    NF_FRAME_OTHER     /* no UDP: `what` says what it is */
} NfFrameKind;

typedef struct {
    NfFrameKind kind;
    NfDatagram datagram; /* of NF_FRAME_DATAGRAM; `order`, `file` and `message` are the caller's */
    char what[48];       /* of NF_FRAME_OTHER, for people: "ARP", "TCP to port 80", "ICMP port
                            unreachable", "cut before its UDP header" */
} NfFrame;

/* What a datagram looks like that never became whole. */
typedef struct {
    NfDatagram datagram;     /* its octets are the payload's beginning as far as it came without a
                                gap, `wire_length` is `octets_expected`; `packet` and `time_ns` are
                                the last fragment's. Ports are 0 and octets NULL where the UDP
                                header is missing */
    guint64 octets_there;    /* of its payload, on the wire */
    guint64 octets_expected; /* 0 where neither the UDP header nor the last fragment came */
} NfLostDatagram;

/* For frames of `link_type`, as libpcap numbers them (DLT_...). Returns NULL where the link type is
 * not known; else free with nf_capture_free(). */
NfCapture *nf_capture_new (int link_type);
void nf_capture_free (NfCapture *capture);

/*
 * Reads one frame: `captured` octets there, `wire` on the wire (at least `captured`); `time_ns` in
 * nanoseconds since 1970; `packet` its number from 1. Fills `frame`, whose datagram's octets and
 * frames are borrowed: from `octets`, or from `capture` until the next call.
 */
void nf_capture_frame (NfCapture *capture, const guint8 *octets, gsize captured, gsize wire,
                       gint64 time_ns, guint64 packet, NfFrame *frame);

/*
 * Takes the next datagram that will never be whole: its fragments waited longer than 30 seconds
 * of capture time, too many waited, or (with `at_end`) the frames are over. Call it after each
 * frame until it returns FALSE. What `lost` points to is borrowed until the next call of any kind.
 */
gboolean nf_capture_take_lost (NfCapture *capture, gboolean at_end, NfLostDatagram *lost);

G_END_DECLS
