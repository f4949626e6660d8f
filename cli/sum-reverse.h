/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other direction of a flow whose record has both (RFC 5103; a firewall's responder): it counts
 * in --sum as a flow of its own, from the destination to the source.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* What NAME of --sum is to a flow. */
typedef struct {
    gboolean is_counter;      /* of octets or packets; else there is nothing below */
    gboolean is_common;       /* by its common name, which stands for either direction */
    NfFlowPart part, reverse; /* one direction, and the other one */
} NfSumCounter;

NfSumCounter nf_sum_counter (const NfOperand *name, const NfRegistry *registry);

/* Reads what the other direction has, more than nothing; `element` is what the one direction was
 * read from, or NULL. Returns FALSE where there is none, or it is in that already. */
gboolean nf_sum_reverse (const NfRecord *r, const NfSumCounter *counter, const NfElement *element,
                         NfValue *value);

/* What `by` is in the other direction: `other` becomes dst for src, itself where it is of neither
 * end. Returns FALSE where it is of one direction alone. */
gboolean nf_sum_opposite (NfOperand *other, const NfRegistry *registry, const NfOperand *by);

G_END_DECLS
