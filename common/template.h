/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Templates: what the wire says of the records of a Data Set (RFC 7011 3.4.1, 3.4.2; RFC 3954
 * 5.2, 6.1). Parsed whole or not at all, then immutable.
 */
#pragma once

#include "element.h"
#include "finding.h"
#include "reader.h"

G_BEGIN_DECLS

/* The length that stands for a variable one (RFC 7011 7). */
#define NF_VARIABLE_LENGTH 65535

/* Template IDs begin here; Set IDs below are for other uses (RFC 7011 3.4.1). */
#define NF_FIRST_TEMPLATE_ID 256

/* Octets of a Field Specifier without an enterprise number. */
#define NF_SPECIFIER_LENGTH 4

/* A Field Specifier (RFC 7011 3.2). */
typedef struct {
    guint32 pen;    /* enterprise number, 0 where the enterprise bit is not set */
    guint16 id;     /* element id without the enterprise bit; in v9 all 16 bits */
    guint16 length; /* octets, or NF_VARIABLE_LENGTH */
} NfField;

typedef struct {
    guint16 id;
    guint16 version;   /* of the Messages it is for: 9, 10, or a fixed version */
    gboolean options;  /* an Options Template */
    gboolean variable; /* it has fields of variable length */
    guint scope_count; /* the first so many fields are scope */
    guint n_fields;
    guint n_fixed;       /* the first so many fields lie at the same place in all records */
    gsize fixed_length;  /* octets of these */
    gsize record_length; /* octets of a record; the least possible where `variable` */
    guint32 *offsets;    /* of the first `n_fixed` fields in their record, octets */
    guint8 *wire;        /* the Template Record as it came; NULL for fixed versions */
    gsize wire_length;
    NfField fields[];
} NfTemplate;

/* A Template Record as it stands on the wire, looked through but not stored. */
typedef struct {
    gboolean ok;         /* it is whole and can be remembered; else `trouble` says why not */
    gboolean withdrawal; /* RFC 7011 8.1: no fields, `id` is gone */
    gboolean skippable;  /* not ok, but its end is known: the next record follows */
    gboolean options;
    guint16 version;
    guint16 id;
    guint n_fields;
    guint scope_count;
    guint n_empty;          /* fields of length 0 */
    guint16 scope_length;   /* v9: what its header says of the scope fields and of the others, */
    guint16 options_length; /* octets */
    NfSpan span;            /* the Template Record */
    const guint8 *wire;     /* its octets, borrowed */
    NfFinding trouble;
} NfTemplateScan;

/*
 * Looks through the next Template Record in `set`, a reader of a (v9 or IPFIX, Options or not)
 * Template Set's records, and moves behind it where its end is known. Allocates nothing.
 */
void nf_template_scan (NfTemplateScan *scan, NfReader *set, guint16 version, gboolean options);

/* Where the Field Specifiers of a Template Record begin that `record` is a reader of. */
NfReader nf_template_specifiers (const NfTemplate *tmpl, const NfReader *record);

/* Reads the next Field Specifier of a Template of `version`. */
void nf_template_read_specifier (NfField *field, NfReader *r, guint16 version);

/* Makes the Template that an ok scan describes. Free with nf_template_free(). */
NfTemplate *nf_template_new (const NfTemplateScan *scan);

/* Makes a Template of `n` fields that no wire described, for records of a fixed version. Free with
 * nf_template_free(). */
NfTemplate *nf_template_new_fixed (guint16 version, const NfField *fields, guint n);

/* Gives a Template that has one field, and was made so, another one. */
void nf_template_set_field (NfTemplate *tmpl, const NfField *field);

/* Makes another one that says the same. Only of one that a wire described. Free with
 * nf_template_free(). */
NfTemplate *nf_template_copy (const NfTemplate *tmpl);

void nf_template_free (NfTemplate *tmpl);

/* Room for where the fields of a record lie, used again for the next one. Begins as zeros; free
 * with nf_spans_clear(). */
typedef struct {
    NfSpan *at; /* the content of each field, without the length prefix; owned */
    guint room; /* for so many */
} NfSpans;

void nf_spans_clear (NfSpans *spans);

/* The same as nf_template_read_record(), but `spans` has all fields. */
gboolean nf_template_read_all (const NfTemplate *tmpl, NfReader *r, NfSpans *spans);

/* The same of a Template that is `variable`. */
gboolean nf_template_read_variable (const NfTemplate *tmpl, NfReader *r, NfSpans *spans);

/* The same of as many such records as begin before the offset `end`, but of one at least and of
 * `max` at most: `spans` has the fields of each behind those of the one before, `records` where it
 * lies. Returns how many there are before the first one that runs past `r`, which is moved behind
 * them. */
guint nf_template_read_records (const NfTemplate *tmpl, NfReader *r, guint32 end, guint max,
                                NfSpans *spans, NfSpans *records);

/* Moves `r` behind a record of the Template, and finds those fields on the way that tmpl->offsets
 * does not tell: `spans` has them. Returns FALSE where the record runs past `r`. */
static inline gboolean
nf_template_read_record (const NfTemplate *tmpl, NfReader *r, NfSpans *spans)
{
    if (tmpl->variable)
        return nf_template_read_variable (tmpl, r, spans);
    nf_reader_take (r, tmpl->record_length);
    return !r->failed;
}

/* Which numbering the ids of field `i` belong to. */
NfSpace nf_template_space (const NfTemplate *tmpl, guint i);

/* Whether the scanned record says, octet for octet, what `tmpl` said. */
gboolean nf_template_equals_scan (const NfTemplate *tmpl, const NfTemplateScan *scan);

/* For hash tables of Templates by what they say (version, kind, octets). Each process has hashes of
 * its own. */
guint nf_template_hash (gconstpointer tmpl);
gboolean nf_template_equal (gconstpointer a, gconstpointer b);

G_END_DECLS
