/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields by name, without their places: as -T jsonl has records, and both it and -T csv lists. */
#pragma once

#include "json.h"
#include "view.h"

G_BEGIN_DECLS

/* Appends the fields of a record to an object that is open in `t`: ,"NAME":VALUE each. Padding is
 * left out, and what has no value; an element that stands there more than once is an array. */
void nf_json_flat_fields (NfText *t, NfShow *show, const NfRecord *r);

/* The same with the common properties that the record names (RFC 5473), but for elements that it
 * has itself. */
void nf_json_flat_joined (NfText *t, NfShow *show, const NfRecord *r);

/* Appends the list (RFC 6313) that is field `i` of a record as an array: an object for each record,
 * or for each value of a basicList, keyed by its element. */
void nf_json_flat_list (NfText *t, NfShow *show, const NfRecord *r, guint i);

G_END_DECLS
