/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What exporters say, by options data, that they exported (elements 40, 41 and 42) against what was
 * received: between an exporter's first report and its last one.
 */
#pragma once

#include "view.h"

G_BEGIN_DECLS

typedef struct _NfExported NfExported;

NfExported *nf_exported_new (void);
void nf_exported_free (NfExported *exported);

/* Counts what is received: an event of the datagram being shown. */
void nf_exported_note (NfExported *exported, NfShow *show, const NfEvent *event);

/* Appends a line an exporter that sent two reports or more. */
void nf_exported_text (NfText *t, const NfExported *exported);

G_END_DECLS
