/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far to learn. With -c or --packets only some Messages are shown: reading may stop when they
 * are met and each of their Sets has its Template.
 */
#pragma once

#include "select.h"

G_BEGIN_DECLS

typedef struct _NfNeed NfNeed;

NfNeed *nf_need_new (const NfOptions *options, const NfCollector *collector);
void nf_need_free (NfNeed *need);

/* Notes a Message just learnt, `n_files` being how many files there are. Returns whether no more
 * has to be learnt. */
gboolean nf_need_is_met (NfNeed *need, const NfDatagram *datagram, guint n_files);

/* Notes a packet that is part of a stream. Where it is to be shown, its Message may yet come,
 * however far behind it that is. */
void nf_need_note_segment (NfNeed *need, guint64 packet);

G_END_DECLS
