/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * -T hex: Messages as text to paste into an issue; nfpeek and other readers of dumps read it back.
 *
 *      # packet 2, 192.0.2.1:40000, IPFIX, 36 octets
 *      0000  00 0a 00 24 65 53 f1 01 00 00 00 00 00 00 00 01
 *      0010  01 00 00 14 c0 00 02 01 c6 33 64 01 00 00 00 00
 *      0020  00 00 04 b0
 *
 * Offsets count from the Message's first octet. Octets stand alone: in words, a reader would have
 * to guess their order. Where the capture cut the datagram a last line has the offset of its end.
 */
#include "show-origin.h"

#define OCTETS_PER_LINE 16

/* Digits of an offset: as many as readers take for one at least. */
#define MIN_DIGITS 4

static gpointer
hex_open (NfShow *show, GError **error)
{
    (void)error;
    return show; /* there is nothing to remember */
}

static void
add_comment (NfShow *show)
{
    const NfDatagram *g = show->datagram;
    NfText *t = &show->out;

    nf_text_add (t, "# ");
    nf_origin_place (t, g->packet, g->message);
    if (nf_origin_is_ambiguous (show->options)) {
        g_autofree char *name = g_path_get_basename (show->file);

        nf_text_add (t, " of ");
        nf_origin_file (t, name);
    }
    if (g->exporter.family != 0) {
        nf_text_add (t, ", ");
        nf_endpoint_text_port (t, &g->exporter);
    }
    nf_text_add (t, ", ");
    if (show->message)
        nf_text_add_format (t, "%s, ", nf_version_name (show->message->version));
    nf_text_add_count (t, g->length, "octets");
    if (g->length < g->wire_length)
        nf_text_add_format (t, " of %" G_GSIZE_FORMAT, g->wire_length);
    nf_text_add_char (t, '\n');
}

static guint
count_digits (gsize offset)
{
    guint n = MIN_DIGITS;

    while (n < 16 && offset >> 4 * n != 0)
        n++;
    return n;
}

static void
add_octets (NfText *t, const NfDatagram *g)
{
    guint digits = count_digits (MAX (g->length, g->wire_length));
    NfReader r = nf_reader (g->octets, g->length, 0);

    for (gsize offset = 0; r.left > 0; offset += OCTETS_PER_LINE) {
        gsize n = MIN (r.left, OCTETS_PER_LINE);

        nf_text_add_hex_uint (t, offset, digits);
        nf_text_add (t, "  ");
        nf_text_add_hex (t, nf_reader_take (&r, n), n, ' ');
        nf_text_add_char (t, '\n');
    }
    if (g->length > 0 && g->length < g->wire_length) {
        nf_text_add_hex_uint (t, g->wire_length, digits);
        nf_text_add_char (t, '\n');
    }
}

static void
hex_start (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

static void
hex_event (NfShow *show, gpointer self, const NfEvent *event)
{
    (void)show;
    (void)self;
    (void)event;
}

/* One that was held is shown again for its Sets; its octets are the same. What is said of a whole
 * domain in the end has none, nor has what is said of a datagram that did not arrive. */
static void
hex_end (NfShow *show, gpointer self)
{
    (void)self;
    if (show->is_end || show->datagram->wire_length == 0 || (show->held && show->is_again))
        return;
    add_comment (show);
    add_octets (&show->out, show->datagram);
    nf_text_add_char (&show->out, '\n');
}

static void
hex_close (NfShow *show, gpointer self)
{
    (void)show;
    (void)self;
}

const NfView nf_view_hex = {
    .name = "hex",
    .joins = TRUE,
    .open = hex_open,
    .start = hex_start,
    .event = hex_event,
    .end = hex_end,
    .close = hex_close,
};
