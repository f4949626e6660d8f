/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NetFlow versions whose records have one layout for ever, as Templates: their records take the
 * same road as those that the wire describes. In v8 the layout is that of an aggregation scheme.
 *
 * A layout is known by its number, from 0 on.
 */
#pragma once

#include "template.h"

G_BEGIN_DECLS

/* Of v1 two, one each of v5, v6 and v7, and of v8's 14 schemes; as a number: no layout. */
#define NF_N_FIXED 19

/* The layout of `count` records in `octets` octets: of several that the version has the one that
 * fills them, else the first. NF_N_FIXED where the version has Templates, or v8 no such scheme;
 * of other versions `scheme` is 0. */
guint nf_fixed_layout (guint version, guint scheme, guint count, gsize octets);

/* Octets of a record of the layout. */
guint nf_fixed_record_length (guint layout);

/* The layout as a Template. Free with nf_template_free(). */
NfTemplate *nf_fixed_template (guint layout);

/* How a version is called where a Template ID would stand: "v5"; NULL where it has Templates. */
const char *nf_fixed_name (guint version);

/* How an aggregation scheme of v8 is called: "source prefix"; NULL where it has none such. */
const char *nf_fixed_scheme_name (guint scheme);

G_END_DECLS
