/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --anonymize says in the end, so that people can sign off what they post. */
#pragma once

#include "rewrite.h"

G_BEGIN_DECLS

typedef struct {
    guint64 n_datagrams;
    NfRewritten done;
    GHashTable *kept; /* of const NfElement: those of which values stayed */
} NfAnonymized;

/* Says it on standard error. */
void nf_anonymized_say (const NfAnonymized *anonymized);

G_END_DECLS
