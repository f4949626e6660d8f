/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A Message written anew for others to see: what is understood and tells nothing of anybody is
 * copied, addresses and text get other names (pseudonym.h), and all that is left is zero. Lengths
 * and offsets stay, and so does whether a record, padding or what cannot be decoded is zero: what
 * would become zero and was not gets a 1.
 */
#pragma once

#include "nfpeek.h"
#include "pseudonym.h"

G_BEGIN_DECLS

/* What was done, values but for the last one. */
typedef struct {
    guint64 ipv4;
    guint64 ipv6;
    guint64 macs;
    guint64 texts;
    guint64 zeroed; /* octets of what was not zero */
} NfRewritten;

typedef struct {
    NfPseudonyms *pseudonyms;
    const guint8 *from; /* the Message as it came, */
    guint8 *to;         /* and anew; zeros to begin with */
    guint8 *stayed;     /* 1 for each octet of a value that stayed as it was; zeros to begin with */
    NfRewritten done;   /* of this Message */
    GHashTable *kept;   /* of const NfElement: those of which values stayed */
} NfRewriting;

/* Copies octets. */
void nf_rewrite_copy (NfRewriting *w, NfSpan span);

/* Leaves octets zero; they are counted if they were not. */
void nf_rewrite_omit (NfRewriting *w, NfSpan span);

/* Makes sure that what was not zero is not zero. */
void nf_rewrite_not_zero (NfRewriting *w, NfSpan span);

/* Both. */
void nf_rewrite_zero (NfRewriting *w, NfSpan span);

/* Notes of which elements values, or parts of them, stay in records of the binding. */
void nf_rewrite_note (NfRewriting *w, const NfBinding *binding);

/* Writes a record but for what is in its lists (RFC 6313). */
void nf_rewrite_record (NfRewriting *w, const NfRecord *record);

/* `record` is another reading of octets that were written (readings.h): what stayed of them and is
 * part of who or where somebody is by this one goes, too. */
void nf_rewrite_doubted (NfRewriting *w, const NfRecord *record);

/* All values in `span` that stayed go. */
void nf_rewrite_stayed (NfRewriting *w, NfSpan span);

/* A Template Record that is none, or what is in its place: how it begins stays, and how many octets
 * its Field Specifiers have. */
void nf_rewrite_broken_template (NfRewriting *w, NfSpan span, guint16 version, gboolean options);

/* Of the beginning of a record, which runs past `span`: where its fields of variable length end
 * stays (RFC 7011 7), all else is zero. `tmpl` may be NULL. */
void nf_rewrite_rest (NfRewriting *w, NfSpan span, const NfTemplate *tmpl);

G_END_DECLS
