/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder for targets that read and write files; it goes in the end, and nothing is said
 * meanwhile.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The path of a file of this name in the folder. Free with g_free(). */
char *scratch_path (const char *name);

/* Writes the file anew. */
void scratch_write (const char *path, const guint8 *octets, gsize size);

G_END_DECLS
