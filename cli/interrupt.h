/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SIGINT and SIGTERM, as wishes that work be ended well. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on the first of the signals is only noted; a second one ends the program. */
void nf_interrupt_catch (void);

/* Whether a signal came since then. */
gboolean nf_interrupt_came (void);

/* A file descriptor to poll: there is something to be read from it once a signal came. -1 before
 * nf_interrupt_catch(), which poll() passes over. */
int nf_interrupt_fd (void);

G_END_DECLS
