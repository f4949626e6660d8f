/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network interfaces, as libpcap knows them. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* The name of an interface that -i gives by name or, as -D counts, by number. Free it with
 * g_free(). Returns NULL and sets `error` where there is none of that number; a name may be any. */
char *nf_interface_name (const char *text, GError **error);

/* Appends a line an interface: "1. eth0", "2. lo (Loopback)". Returns FALSE and sets `error` where
 * they cannot be told. */
gboolean nf_interfaces_list (NfText *t, GError **error);

G_END_DECLS
