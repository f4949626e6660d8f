/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the views' text goes: standard output, or a file. */
#pragma once

#include "nfpeek.h"

#include <sys/stat.h>

G_BEGIN_DECLS

typedef struct {
    const char *name; /* "standard output", or the file's */
    int fd;
} NfOutput;

/* Opens the file, or standard output for NULL and "-"; what is in a file stays until
 * nf_output_begin(). Returns FALSE and sets `error` where it cannot be written, or where it is one
 * of `inputs`, an array of char *; `option`, such as "-o", is what named it. */
gboolean nf_output_open (NfOutput *output, const char *option, const char *path,
                         const GPtrArray *inputs, GError **error);

/* Whether a file is one of `inputs`, an array of char *: writing would destroy what is still to be
 * read. */
gboolean nf_output_is_input (const struct stat *about, const GPtrArray *inputs);

/* Empties the file, now that there is something to be written. Returns FALSE and sets `error`
 * where that fails. */
gboolean nf_output_begin (const NfOutput *output, GError **error);

/* Whether it is a file that has been renamed or removed. */
gboolean nf_output_has_moved (const NfOutput *output);

/* Where it is such a file, goes on in a new one of its name. Returns whether it does; `error` is
 * set where no file can be made, and the old one is kept, or where that cannot be closed. */
gboolean nf_output_reopen (NfOutput *output, const char *option, const GPtrArray *inputs,
                           GError **error);

/* Writes the text out and empties it. Returns FALSE and sets `error` where that fails. */
gboolean nf_output_write (NfOutput *output, NfText *text, GError **error);

/* Closes it; a full disk may show itself only now. */
gboolean nf_output_close (NfOutput *output, GError **error);

G_END_DECLS
