/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the records of a Template are, as far as its elements tell: flows, with all that a flow has
 * or without a part of it, or something else.
 */
#pragma once

#include "binding.h"

G_BEGIN_DECLS

/* What a Template of flows lacks: bit i stands for finding NF_FINDING_TEMPLATE_LACKS_COUNTERS + i.
 * 0 where it lacks nothing, and where its records are no flows, or parts of them come from
 * elsewhere. */
G_GNUC_INTERNAL guint8 nf_shape_lacks (const NfBinding *binding, const NfRegistry *registry);

G_END_DECLS
