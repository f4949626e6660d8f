/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures that are written, datagrams that are sent. */
#include "copies.h"

#include "say.h"

gboolean
nf_copies_open (NfCopies *copies, const NfOptions *options, GError **error)
{
    *copies = (NfCopies){NULL, NULL};
    if (options->write)
        copies->writer = nf_writer_new ("-w", options->write, options->files, error);
    if (options->write && !copies->writer)
        return FALSE;
    if (options->send)
        copies->sender = nf_sender_new (options->send, options->rate, options->quiet, error);
    return !options->send || copies->sender;
}

static void
write_one (NfWriter *writer, const NfDatagram *datagram, const NfItem *item)
{
    if (item && item->kind == NF_ITEM_REFUSAL)
        nf_writer_add_refusal (writer, item);
    else if (item)
        nf_writer_add_lost (writer, item);
    else
        nf_writer_add (writer, datagram);
}

/* Whom ICMP answered has been sent already. */
static gboolean
send_one (NfSender *sender, const NfDatagram *datagram, const NfItem *item, GError **error)
{
    if (!item)
        return nf_sender_add (sender, datagram, error);
    if (item->kind == NF_ITEM_LOST)
        nf_sender_add_lost (sender);
    return TRUE;
}

gboolean
nf_copies_add (NfCopies *copies, const NfDatagram *datagram, const NfItem *item, gboolean live,
               GError **error)
{
    if (copies->writer)
        write_one (copies->writer, datagram, item);
    if (copies->writer && live && !nf_writer_flush (copies->writer, error))
        return FALSE;
    if (!copies->sender)
        return TRUE;
    return send_one (copies->sender, datagram, item, error) &&
           (!live || nf_sender_flush (copies->sender, error));
}

gboolean
nf_copies_close (NfCopies *copies)
{
    g_autoptr (GError) error = NULL;
    gboolean good = TRUE;

    if (copies->writer && !nf_writer_close (g_steal_pointer (&copies->writer), &error)) {
        nf_say (NULL, "%s", error->message);
        good = FALSE;
    }
    if (copies->sender && !nf_sender_close (g_steal_pointer (&copies->sender)))
        good = FALSE;
    return good;
}
