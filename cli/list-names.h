/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of -e, -Y and --sum that are no elements, with what they mean. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* Is called for each with what it means; `common` is NULL where it stands for no elements. */
void nf_list_names (const NfRegistry *registry,
                    void (*each) (const char *name, const char *meaning, const NfCommonName *common,
                                  gpointer data),
                    gpointer data);

G_END_DECLS
