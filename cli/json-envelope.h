/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -T json and -T jsonl have in common: the keys that say where a Message came from. */
#pragma once

#include "json.h"
#include "view.h"

G_BEGIN_DECLS

/* Appends {"file":... up to "export_time":...; keys of what is not known are left out. */
void nf_json_envelope (NfText *t, const NfShow *show);

/* Appends "template": an id, or the name of a fixed version. */
void nf_json_template (NfText *t, const NfBinding *binding);

G_END_DECLS
