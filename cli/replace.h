/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file that is written anew as a whole: beside the one it replaces, then renamed into its place,
 * so that nobody reads half of it and a fault leaves the old one as it was.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the file may be replaced: a device, or one of `inputs` (of char *), would be gone for
 * ever. One that can't be looked at may: what is wrong with it shows when it is written. Else
 * returns FALSE and sets `error`, in which `option` gave the `path`. */
gboolean nf_replace_check (const char *option, const char *path, const GPtrArray *inputs,
                           GError **error);

/* Opens a new file beside `path`. Returns its name, to be freed, or NULL, and errno tells why;
 * `*fd` is for the caller to write and to close. */
char *nf_replace_begin (const char *path, int *fd);

/* Puts what was begun, and has been closed, in the place of `path`. Returns FALSE where that fails,
 * and errno tells why; then it is removed. */
gboolean nf_replace_end (const char *beside, const char *path);

G_END_DECLS
