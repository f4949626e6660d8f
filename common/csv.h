/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CSV (RFC 4180) with a header line, cut up where it stands: fields are zero-ended pieces of the
 * text. Lines that begin with # are comments. A field ends with its line, quoted or not, so that a
 * forgotten quote is found where it is.
 */
#pragma once

#include "element.h"

G_BEGIN_DECLS

/* Far above any file's need; it keeps the header's order in a small array. */
#define NF_CSV_MAX_COLUMNS 32

/* Octets. The longest field worth having is a name, which becomes the key of every JSON record and
 * a filter field: the longest shipped has 49. */
#define NF_CSV_MAX_FIELD 255

typedef struct {
    const char *path;                /* for messages */
    guint line;                      /* of the row last read, from 1 */
    char *at;                        /* what is still to be read */
    guint n_fields;                  /* in the header */
    guint32 present;                 /* bit i: the file has the column i */
    gint8 order[NF_CSV_MAX_COLUMNS]; /* of each field its column, or -1 for an unknown one */
} NfCsv;

/*
 * Begins with `text`, which is zero-ended and will be changed, and reads its header. `columns` are
 * the names of the `n_columns` columns wanted; the first `n_needed` must be there, others are
 * ignored. Returns FALSE and sets `error` where the header is bad.
 */
G_GNUC_INTERNAL gboolean nf_csv_begin (NfCsv *csv, const char *path, char *text,
                                       const char *const *columns, guint n_columns, guint n_needed,
                                       GError **error);

/*
 * Reads the next row into `fields`, one for each of the `n_columns` columns; what is not there is
 * "". Returns FALSE at the end, and where the row is bad: `error` is set then.
 */
G_GNUC_INTERNAL gboolean nf_csv_next (NfCsv *csv, const char **fields, guint n_columns,
                                      GError **error);

/* Sets `error` to NF_REGISTRY_ERROR_ROW with "path:line: " and what `format` says. Returns FALSE.
 */
G_GNUC_INTERNAL gboolean nf_csv_fail (const NfCsv *csv, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
