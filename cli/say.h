/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What nfpeek says on standard error. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says "nfpeek: INPUT: ..." in one line, or without an input (NULL) "nfpeek: ...". Names of files
 * and arguments may hold anything: what a terminal would not print is escaped. */
void nf_say (const char *input, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Shows a line on a terminal that gives way to whatever is said next; NULL: takes it away. */
void nf_say_status (const char *text);

/* Sets `error` as printf does, for a message that says all. Returns FALSE. */
gboolean nf_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* From now on the program ends with a sentence and NF_EXIT_FAILED, and not by a signal, where GLib
 * gets no memory for what has a bound; what has none is asked for with g_try_malloc(). */
void nf_say_when_memory_ends (void);

G_END_DECLS
