/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of -T tree for what is known of a record beside its octets. */
#pragma once

#include "tree.h"

G_BEGIN_DECLS

/* How the record's packets were sampled, and the common properties that it names (RFC 5473). The
 * lines, indented by `depth` levels, have no place: what they say stands elsewhere. */
void nf_tree_derived (NfShow *show, const NfRecord *record, guint depth,
                      const NfServices *services);

G_END_DECLS
