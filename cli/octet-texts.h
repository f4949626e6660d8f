/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What fields of one octet are shown as: protocols, flags, classes of service. There are 256 values
 * of an element at most, so each is described once.
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

typedef struct {
    char *text; /* NULL: not described yet */
    gsize length;
} NfOctetText;

/* By element, each with 256 texts. */
typedef struct _NfOctetTexts NfOctetTexts;

NfOctetTexts *nf_octet_texts_new (NfRegistry *registry);
void nf_octet_texts_free (NfOctetTexts *texts);

/* The texts of a field, made when they are asked for first; owned by `texts`. NULL where what it is
 * shown as does not follow from its octet alone. */
NfOctetText *nf_octet_texts_get (NfOctetTexts *texts, const NfField *field,
                                 const NfBoundField *bound);

/* Remembers what the end of `t` from `start` on shows. */
void nf_octet_text_set (NfOctetText *octet, const NfText *t, gsize start);

G_END_DECLS
