/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to type next, after what was seen. */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* What the input held. */
typedef struct {
    guint64 messages;
    guint64 flows;   /* records */
    guint64 options; /* records */
    guint64 missing; /* Data Sets without a Template */
    gboolean has_findings;
    const char *trouble_file; /* where the worst error or warning is first met, or NULL */
    guint64 trouble_packet;   /* 0: not known */
} NfSeen;

/* Appends commands to show->out, a line each, with what each of them shows. */
void nf_advice (NfShow *show, const NfSeen *seen);

G_END_DECLS
