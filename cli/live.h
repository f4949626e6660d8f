/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes on while a live source is read, beside its datagrams: --for, --every, what is said when
 * nothing comes, what signals ask for. All of it goes by a clock that nobody sets.
 */
#pragma once

#include "walk.h"

G_BEGIN_DECLS

typedef struct _NfLive NfLive;

/* Time begins. `options`, `walker` and `source`, whose `wake_us` it sets, are borrowed. Free with
 * nf_live_free(), which still looks at them. */
NfLive *nf_live_new (const NfOptions *options, NfWalker *walker, NfSource *source);
void nf_live_free (NfLive *live);

/* Takes note of an item, which has been shown, and does what is due. `is_message`: it has a header.
 */
void nf_live_note (NfLive *live, const NfItem *item, gboolean is_message);

/* Says what came: received, decoded, lost, dropped. */
void nf_live_say_received (const NfLive *live);

G_END_DECLS
