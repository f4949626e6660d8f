/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records and fields as -T json has them, with the place of everything, lists in them included. */
#pragma once

#include "json.h"
#include "view.h"

G_BEGIN_DECLS

/* Appends ,"offset":...,"length":... */
void nf_json_add_span (NfText *t, NfSpan span);

/* Appends {"offset":...,"length":...: an object that begins with a place. */
void nf_json_begin_at (NfText *t, NfSpan span);

/* Appends ,"length":... of a Field Specifier, and that it is variable where it is. */
void nf_json_add_length (NfText *t, const NfField *field);

/* Appends ,"undecoded":{"offset":...,"length":...} */
void nf_json_add_undecoded (NfText *t, NfSpan span);

/* Appends the object of a RECORD event to show->out. */
void nf_json_record (NfShow *show, const NfEvent *event);

G_END_DECLS
