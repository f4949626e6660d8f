/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a Message came from and when. */
#include "show-origin.h"

#include "columns.h"
#include "printable.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

void
nf_origin_place (NfText *t, guint64 packet, guint message)
{
    if (packet > 0) {
        nf_text_add (t, "packet ");
        nf_text_add_uint (t, packet, 1);
    }
    if (packet > 0 && message > 1)
        nf_text_add_char (t, ' ');
    if (packet == 0 || message > 1) {
        nf_text_add (t, "Message ");
        nf_text_add_uint (t, message, 1);
    }
}

const char *
nf_origin_transport (NfTransport transport)
{
    static const char *const names[] = {[NF_TRANSPORT_NONE] = "?",
                                        [NF_TRANSPORT_UDP] = "UDP",
                                        [NF_TRANSPORT_TCP] = "TCP",
                                        [NF_TRANSPORT_SCTP] = "SCTP"};

    return names[transport];
}

void
nf_origin_domain (NfText *t, const NfDatagram *datagram, const NfMessage *message)
{
    nf_endpoint_text_port (t, &datagram->exporter);
    nf_text_add_char (t, ' ');
    nf_text_add (t, nf_version_name (message->version));
    if (!nf_version_has (message->version, NF_HEADER_DOMAIN))
        return;
    nf_text_add (t, " domain ");
    nf_text_add_uint (t, message->domain, 1);
}

void
nf_origin_file (NfText *t, const char *file)
{
    nf_show_printable (t, (const guint8 *)file, strlen (file));
}

gboolean
nf_origin_is_ambiguous (const NfOptions *options)
{
    return options->files->len + (options->hex->len > 0) > 1;
}

NfTime
nf_origin_time (const NfDatagram *datagram)
{
    return nf_time_from_ns (datagram->time_ns);
}

gint64
nf_origin_since_1970 (NfTime time)
{
    return time.s < (guint64)(G_MAXINT64 / NS_PER_S) ? (gint64)time.s * NS_PER_S + time.ns
                                                     : G_MAXINT64;
}

gint64
nf_origin_message_ns (const NfShow *show)
{
    if (show->datagram->has_time)
        return show->datagram->time_ns;
    return nf_origin_since_1970 (nf_message_export_time (show->message, NULL));
}

void
nf_period_note (NfPeriod *period, const NfDatagram *datagram)
{
    gint64 now = datagram->time_ns;

    if (!datagram->has_time)
        return;
    period->first_ns = period->is_known ? MIN (period->first_ns, now) : now;
    period->last_ns = period->is_known ? MAX (period->last_ns, now) : now;
    period->is_known = TRUE;
}

void
nf_origin_period (NfText *t, const NfPeriod *period, guint64 messages)
{
    if (!period->is_known)
        return;
    if (messages > 1) {
        nf_text_add (t, " in ");
        nf_describe_duration (t, (guint64)(period->last_ns - period->first_ns) / 1000000);
    }
    nf_text_add (t, messages > 1 ? " from " : " of ");
    nf_time_text (t, nf_time_from_ns (period->first_ns), 3);
}

void
nf_origin_place_column (NfShow *show, guint *width)
{
    const NfDatagram *g = show->datagram;
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    if (nf_origin_is_ambiguous (show->options)) {
        g_autofree char *name = g_path_get_basename (show->file);

        nf_origin_file (t, name);
        nf_text_add_char (t, ' ');
    }
    if (g->packet > 0)
        nf_text_add_uint (t, g->packet, 1);
    if (g->packet == 0 && g->message == 0) {
        nf_text_add_char (t, '-');
    } else if (g->packet == 0 || g->message > 1) {
        nf_text_add_char (t, '#');
        nf_text_add_uint (t, g->message, 1);
    }
    *width = MAX (*width, nf_column_width (t->start + start, nf_text_length (t) - start));
    nf_column_right (t, start, *width);
}

void
nf_origin_time_column (NfShow *show)
{
    NfText *t = &show->out;
    gsize start = nf_text_length (t);

    if (show->datagram->has_time)
        nf_time_text (t, nf_origin_time (show->datagram), 3);
    else if (show->message)
        nf_time_text (t, nf_message_export_time (show->message, NULL), 0);
    else
        nf_text_add_char (t, '-');
    nf_column_left (t, start, strlen ("2023-11-14T22:13:20.000Z"));
}

void
nf_origin_exporter_column (NfText *t, const NfEndpoint *exporter, guint *width)
{
    gsize start = nf_text_length (t);

    nf_endpoint_text_port (t, exporter);
    nf_column_left (t, start, *width);
    *width = MAX (*width, (guint)(nf_text_length (t) - start));
}
