/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a frame's headers are read one by one. */
#include "layer.h"

/* Headers of one frame. Double tags, PPPoE, labels and a tunnel come to a dozen; more than this is
 * made to keep us busy. */
#define MAX_HEADERS 32

NfLayer
nf_walk_other (NfWalk *w, const char *format, ...)
{
    va_list args;

    w->frame->kind = NF_FRAME_OTHER;
    va_start (args, format);
    g_vsnprintf (w->frame->what, sizeof w->frame->what, format, args);
    va_end (args);
    return NF_LAYER_END;
}

NfLayer
nf_walk_follow (NfWalk *w, const NfKnown *known, const char *numbers, guint number)
{
    if (!known)
        return nf_walk_other (w, "%s 0x%04x", numbers, number);
    if (known->layer == NF_LAYER_END)
        return nf_walk_other (w, "%s", known->name);
    return known->layer;
}

guint
nf_walk_peek (NfWalk *w)
{
    NfReader ahead = w->r;
    guint octet = nf_reader_u8 (&ahead);

    w->r.failed = ahead.failed;
    return octet;
}

void
nf_walk (NfWalk *w, NfLayer layer)
{
    for (guint depth = 0; layer != NF_LAYER_END && depth < MAX_HEADERS; depth++) {
        const NfLayerRow *row =
            layer < NF_LAYER_IPV4 ? &nf_link_layers[layer] : &nf_ip_layers[layer];

        if (w->observe)
            w->observe (w, layer, w->observe_data);
        layer = row->read (w);
        if (w->r.failed)
            layer = nf_walk_other (w, "%s its %s header",
                                   w->missing != 0 ? "cut before" : "too short for", row->name);
    }
    if (layer != NF_LAYER_END)
        nf_walk_other (w, "too many headers");
}
