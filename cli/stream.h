/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file's octets, whether it is a file or a pipe, compressed with gzip or not: its beginning can
 * be looked at before anybody decides how to read it.
 */
#pragma once

#include "spool.h"

G_BEGIN_DECLS

typedef struct _NfStream NfStream;

/* Opens a file; "-" is standard input, from its beginning where it is a file. Returns NULL and
 * sets `error` where it cannot be read. Free with nf_stream_free() or nf_stream_to_file(). */
NfStream *nf_stream_open (const char *name, GError **error);
void nf_stream_free (NfStream *stream);

/* Whether it can be opened again and gives the same octets. */
gboolean nf_stream_is_repeatable (const NfStream *stream);

/* Octets that can be looked at: enough to tell any kind of file. */
#define NF_PEEK 4096

/* Its first octets: as many as there are by now, at least `least` (NF_PEEK at most) where the file
 * has them, which may have to be waited for; they are read again later. Borrowed. Returns NULL and
 * sets `error` where they cannot be read. */
const guint8 *nf_stream_peek (NfStream *stream, gsize least, gsize *length, GError **error);

/* Reads all of it, at most `max` octets, whole MiB. Returns NULL and sets `error` where it cannot
 * be read, is longer, or there is too little memory, and calls it `what` there. `max` is below 4
 * GiB. */
GByteArray *nf_stream_read_all (NfStream *stream, gsize max, const char *what, GError **error);

/* Turns it into a FILE, for libpcap; fclose() frees the stream, too. What is read of it goes to
 * `copy`, too, unless that is NULL. `*fd` becomes what it is read from. Returns NULL and sets
 * `error` where it cannot be done; the stream is freed then, too. */
FILE *nf_stream_to_file (NfStream *stream, NfSpool *copy, int *fd, GError **error);

G_END_DECLS
