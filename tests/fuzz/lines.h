/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command does with a file, for targets that show one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs the command over the file `input`; `which`, of any value, chooses one of its lines: each view,
 * and what else it does with datagrams. Asserts that it ends as it may. */
void lines_run (const char *input, guint which);

G_END_DECLS
