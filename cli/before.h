/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another capture that what is shown is compared with: --diff. */
#pragma once

#include "anonymize.h"
#include "options.h"
#include "usage.h"

G_BEGIN_DECLS

/* Reads the Templates of a file, and what became of them; with an `anonymizer`, which may be NULL,
 * its exporters have other addresses. Returns NULL and sets `error` where it cannot be read, or has
 * no Message. Free with nf_usage_free(). */
NfUsage *nf_before_read (const char *name, const NfOptions *options, NfRegistry *registry,
                         NfAnonymizer *anonymizer, GError **error);

G_END_DECLS
