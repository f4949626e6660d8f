/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long something lasts, as users write it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads "90", "90s", "5m" or "2h": at least a second, at most a year. Returns FALSE where it is
 * nothing of the kind; else `*us` becomes microseconds. */
gboolean nf_duration_read (const char *text, gint64 *us);

G_END_DECLS
