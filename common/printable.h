/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that a terminal may be given, whatever is in it. */
#pragma once

#include "text.h"

G_BEGIN_DECLS

/* Appends text that may hold anything: control characters and what else a terminal would not print
 * are escaped as C does ("\n", "\x1b", "\u202e"), what is no UTF-8 as "\xff". */
G_GNUC_INTERNAL void nf_show_safe (NfText *t, const char *text, gsize length);

/* The same for what stands between quotes: they and backslashes are escaped, too, so that one can
 * tell what was there. */
G_GNUC_INTERNAL void nf_show_printable (NfText *t, const guint8 *text, gsize length);

G_END_DECLS
