/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kinds of headers a frame may hold, and a frame while they are read one by one. Private to
 * capture.c, layer.c and link.c.
 *
 * Each kind of header is a row of a table of layers, whose function takes the header off the
 * reader and says what kind comes next, by a number in the header. So tags, label stacks and
 * tunnels nest in any order, and one loop bounds how deep.
 */
#pragma once

#include "capture.h"
#include "fragment.h"
#include "reader.h"
#include "stream.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    NF_LAYER_END, /* what the frame is has been settled */
    /* rows of nf_link_layers */
    NF_LAYER_ETHERNET,
    NF_LAYER_COOKED,
    NF_LAYER_COOKED_2,
    NF_LAYER_LOOPBACK,
    NF_LAYER_LLC,
    NF_LAYER_C_HDLC,
    NF_LAYER_PPP,
    NF_LAYER_PPPOE,
    NF_LAYER_VLAN,
    NF_LAYER_MPLS,
    NF_LAYER_IP,
    /* rows of nf_ip_layers */
    NF_LAYER_IPV4,
    NF_LAYER_IPV6,
    NF_LAYER_GRE,
    NF_LAYER_EXTENSION,
    NF_LAYER_ROUTING,
    NF_LAYER_AUTHENTICATION,
    NF_LAYER_FRAGMENT,
    NF_LAYER_ICMP,
    NF_LAYER_ICMPV6,
    NF_LAYER_SCTP,
    NF_LAYER_TCP,
    NF_LAYER_UDP
} NfLayer;

typedef struct _NfWalk NfWalk;

/* A frame being read. */
struct _NfWalk {
    NfFragments *fragments; /* NULL: fragments are not put together */
    NfStreams *streams;     /* NULL: streams are not, either */
    NfFrame *frame;
    NfReader r;           /* behind the headers read so far */
    gsize missing;        /* octets behind `r` that were on the wire but not captured */
    gboolean joined;      /* `r` reads what fragments were joined to, */
    gboolean is_lost;     /* and not all of them are there */
    gboolean is_quote;    /* a packet within an error of ICMP */
    gboolean is_underway; /* the packet's last destination is another one than its header's */
    /* Called before each header is read, unless it is NULL. */
    void (*observe) (const NfWalk *w, NfLayer layer, gpointer data);
    gpointer observe_data;
};

typedef struct {
    const char *name;            /* of the header, for people */
    NfLayer (*read) (NfWalk *w); /* need not notice that it reads past the end */
} NfLayerRow;

/* What a number in a header stands for: a layer, or NF_LAYER_END and the name of something that
 * carries no Messages. */
typedef struct {
    guint number;
    NfLayer layer;
    const char *name;
} NfKnown;

typedef struct {
    int link_type; /* DLT_..., or LINKTYPE_... where files have another number */
    guint skip;    /* octets before its first layer that do not matter */
    NfLayer layer;
} NfLinkType;

G_GNUC_INTERNAL extern const NfLayerRow nf_link_layers[];
G_GNUC_INTERNAL extern const NfLayerRow nf_ip_layers[];

/* The link type's row, or NULL. */
G_GNUC_INTERNAL const NfLinkType *nf_link_type_find (int link_type);

/* What follows a header with this EtherType. */
G_GNUC_INTERNAL NfLayer nf_walk_follow_ethertype (NfWalk *w, guint type);

/* What is behind a label stack, which does not say it: IP, or the Ethernet of a pseudowire. */
G_GNUC_INTERNAL NfLayer nf_walk_follow_labels (NfWalk *w);

/* What an IP packet of this protocol holds. */
G_GNUC_INTERNAL NfLayer nf_walk_follow_ip_protocol (NfWalk *w, guint protocol);

/* TCP (RFC 9293 3.1) and SCTP (RFC 9260 3). */
G_GNUC_INTERNAL NfLayer nf_walk_tcp (NfWalk *w);
G_GNUC_INTERNAL NfLayer nf_walk_sctp (NfWalk *w);

/* Reads headers from `layer` on until it is settled what the frame is. */
G_GNUC_INTERNAL void nf_walk (NfWalk *w, NfLayer layer);

/* Settles that the frame has nothing to give, and what it is. Returns NF_LAYER_END. */
G_GNUC_INTERNAL NfLayer nf_walk_other (NfWalk *w, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The row of `number` among `n`, or NULL. */
static inline const NfKnown *
nf_known_find (const NfKnown *known, gsize n, guint number)
{
    for (gsize i = 0; i < n; i++)
        if (known[i].number == number)
            return &known[i];
    return NULL;
}

/* What follows by a number of a header: `known` is its row, NULL where it has none, and `numbers`
 * says for people what it is a number of. */
G_GNUC_INTERNAL NfLayer nf_walk_follow (NfWalk *w, const NfKnown *known, const char *numbers,
                                        guint number);

/* Cuts what is left to the `length` octets that a header says follow it: behind them lies padding
 * of the link. */
static inline void
nf_walk_trim (NfWalk *w, gsize length)
{
    gsize captured = MIN (length, w->r.left);

    if (w->r.failed)
        return;
    w->r.left = captured;
    w->missing = length - captured;
}

/* The next octet, without taking it. */
G_GNUC_INTERNAL guint nf_walk_peek (NfWalk *w);

G_END_DECLS
