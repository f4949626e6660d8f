/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures that are written: datagrams in frames (compose.h), as pcap with nanoseconds. */
#pragma once

#include "source.h"

G_BEGIN_DECLS

typedef struct _NfWriter NfWriter;

/* Begins a capture: `path` is a file, which is emptied, or "-" for standard output; `option` is
 * what names it on the command line. Returns NULL and sets `error` where it cannot be written, or
 * where it is one of `inputs`, an array of char *. End it with nf_writer_close(). */
NfWriter *nf_writer_new (const char *option, const char *path, const GPtrArray *inputs,
                         GError **error);

/* The same into an open file, which is called `name` and closed in the end, also where this fails.
 * `file` may be NULL: why is in `error` then. */
NfWriter *nf_writer_new_file (FILE *file, const char *name, GError **error);

/* Writes a datagram under its time of arrival or, where that is not known, the time at which its
 * Message was exported. */
void nf_writer_add (NfWriter *writer, const NfDatagram *datagram);

/* Writes what there is of a datagram whose fragments did not all come. */
void nf_writer_add_lost (NfWriter *writer, const NfItem *lost);

/* Writes the error of ICMP that says that a datagram did not arrive. */
void nf_writer_add_refusal (NfWriter *writer, const NfItem *refusal);

/* Makes sure that what was added is in the file. Returns FALSE and sets `error` where it cannot
 * be. */
gboolean nf_writer_flush (NfWriter *writer, GError **error);

/* Where its file was renamed or removed, ends it and begins a new one of its name; where that
 * cannot be, the old one is kept. Returns the writer to go on with; `error` is set where something
 * failed. `option` and `inputs` as above. */
NfWriter *nf_writer_reopen (NfWriter *writer, const char *option, const GPtrArray *inputs,
                            GError **error);

/* Ends the file and frees the writer. Returns FALSE and sets `error` where not all is in it. */
gboolean nf_writer_close (NfWriter *writer, GError **error);

G_END_DECLS
