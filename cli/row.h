/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows: what is counted for each exporter, version and Observation Domain. However long the input,
 * they are bounded. */
#pragma once

#include "shortcut.h"
#include "tally.h"

G_BEGIN_DECLS

/* Exporters and domains counted one by one: at the 2 KiB of the largest rows 20 MiB. */
#define NF_ROWS 10000

typedef struct {
    NfEndpoint exporter;
    guint32 domain;
    guint16 version; /* 0: what it sends is no Message */
} NfRowKey;

/* An exporter's Messages of one version and Observation Domain. */
typedef struct {
    NfRowKey key; /* first: a row is its own key */
    guint index;  /* in order of appearance */
    NfTally tally;
} NfRow;

typedef struct {
    gsize size;            /* of a row in octets: an NfRow and what its user puts behind that */
    GHashTable *told;      /* set of NfRow, owned */
    NfRow *others;         /* all that has no room in `told`; owned */
    NfRow *current;        /* of the datagram at hand */
    NfShortcuts shortcuts; /* to those in `told` */
} NfRows;

/* Rows of `size` octets, which begin with an NfRow and are all zero at first. Clear with
 * nf_rows_clear(). */
void nf_rows_init (NfRows *rows, gsize size);
void nf_rows_clear (NfRows *rows);

/* For a view's start(), event() and end(): take note and, but for the first, return the row. */
void nf_rows_start (NfRows *rows);
gpointer nf_rows_event (NfRows *rows, const NfShow *show, const NfEvent *event);
gpointer nf_rows_end (NfRows *rows, const NfShow *show);

/* The rows but for `others`, in an order. Borrowed; free the array. */
GPtrArray *nf_rows_sorted (const NfRows *rows, GCompareFunc compare);

/* Which of two rows has more Messages, else which appeared first: it comes first. */
gint nf_row_compare_messages (const NfRow *a, const NfRow *b);

G_END_DECLS
