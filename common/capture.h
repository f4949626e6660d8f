/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames as libpcap gives them -> UDP datagrams, and Messages of TCP and SCTP: link layers, VLAN
 * tags, MPLS, PPPoE, IPv4 and IPv6 with options, extension headers and fragments; streams with what
 * they lack.
 *
 * It opens no file: the caller reads frames with libpcap (or builds them) and hands them over one
 * by one, in order.
 */
#pragma once

#include "datagram.h"
#include "bound.h"
#include "finding.h"

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
    NF_FRAME_FRAGMENT, /* a fragment of a datagram that is not whole yet */
    NF_FRAME_SEGMENT,  /* a part of a TCP or SCTP stream that is followed: take the Messages */
    NF_FRAME_REFUSAL,  /* ICMP says of `datagram`, which it quotes, that it did not arrive: `why`;
                          `what` says which error it is. Its octets are those that are quoted, its
                          time and its number the frame's */
    NF_FRAME_OTHER     /* none of these: `what` says what it is */
} NfFrameKind;

typedef struct {
    NfFrameKind kind;
    NfDatagram datagram; /* of NF_FRAME_DATAGRAM; `order`, `file` and `message` are the caller's */
    NfFindingId why;     /* of NF_FRAME_REFUSAL: the finding that it is where `datagram` is export,
                            whose first argument is the port */
    char what[48];       /* of NF_FRAME_OTHER, for people: "ARP", "TCP to port 80", "ICMP port
                            unreachable", "cut before its UDP header"; `datagram` then has transport
                            and ports of TCP and SCTP, and otherwise NF_TRANSPORT_UDP, port 0 */
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

/* Before the first frame: other limits than the default ones. */
void nf_capture_limit (NfCapture *capture, const NfLimits *limits);

/* Whether export is expected at a port. */
typedef gboolean (*NfPortFilter) (guint16 port, gconstpointer data);

/*
 * Says at which TCP and SCTP ports export is expected; without, those of IPFIX, 4739 and 4740. What
 * goes there is followed, and its beginning shown, whatever it is. At other ports a stream is
 * followed where it begins with a Message, or one of its segments does.
 */
void nf_capture_expect (NfCapture *capture, NfPortFilter expects, gconstpointer data);

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

/*
 * Takes the next Message that TCP and SCTP streams gave with the last frame, or (with `at_end`)
 * what they still have: `packet` is the frame with which all of it was there, which is an
 * earlier one than the last where what comes before it was waited for; `message` is its number
 * among those of that frame, `frames` where its octets came from. One cut short has a `length`
 * below its `wire_length`; what is missing before it is its `gap`. Call it after each frame until
 * it returns FALSE: what is not taken is lost with the next frame. What `datagram` points to is
 * borrowed until the next call of any kind.
 */
gboolean nf_capture_take_message (NfCapture *capture, gboolean at_end, NfDatagram *datagram);

G_END_DECLS
