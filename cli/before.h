/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another capture that what is shown is compared with: --diff. */
#pragma once

#include "options.h"
#include "usage.h"

G_BEGIN_DECLS

/* Reads the Templates of a file, and what became of them. Returns NULL and sets `error` where it
 * cannot be read, or has no Message. Free with nf_usage_free(). */
NfUsage *nf_before_read (const char *name, const NfOptions *options, NfRegistry *registry,
                         GError **error);

G_END_DECLS
