/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Derived keys, as operand.c needs them: names that are neither elements nor common names. */
#pragma once

#include "operand.h"

G_BEGIN_DECLS

struct _NfKey {
    const char *name;
    NfStage stage;
    NfSort sort;
    const char *const *words; /* that stand for values, up to NULL; NULL: there are none */
    gboolean (*read) (const NfSubject *subject, NfValue *value); /* FALSE: there is none */
};

/* The key of that name, or NULL. */
G_GNUC_INTERNAL const NfKey *nf_key_find (const char *name);

/* The `i`th key, from 0 on; NULL behind the last one. */
G_GNUC_INTERNAL const NfKey *nf_key_nth (guint i);

G_END_DECLS
