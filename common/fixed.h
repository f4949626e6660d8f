/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NetFlow versions whose records have one layout for ever, as Templates: their records take the
 * same road as those that the wire describes.
 */
#pragma once

#include "message.h"
#include "template.h"

G_BEGIN_DECLS

typedef enum {
    NF_FIXED_V1,
    NF_FIXED_V1_LONG, /* with the 4 octets at its end that few exporters send */
    NF_FIXED_V5,
    NF_N_FIXED
} NfFixed;

/* The layout as a Template. Free with nf_template_free(). */
NfTemplate *nf_fixed_template (NfFixed layout);

/* The layout of the Message's records, or NF_N_FIXED where its version has Templates. */
NfFixed nf_fixed_layout (const NfMessage *message);

/* How the layout's version is called where a Template ID would stand: "v5". */
const char *nf_fixed_name (guint16 version);

G_END_DECLS
