/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cells of CSV (RFC 4180). */
#pragma once

#include "view.h"

G_BEGIN_DECLS

/* Moves text into a cell at the end of show->out, quoted where it has to be, and leaves it empty.
 * Programs get it as it came, people what cannot harm their terminal. */
void nf_cell_add (NfShow *show, NfText *value);

G_END_DECLS
