/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a user may name: Information Elements, common names, and what is known of a record besides
 * its fields: where it came from, when its flow started. A name is looked up once, found among the
 * fields of a binding once, and then asked for its values record by record.
 */
#pragma once

#include "derived.h"

G_BEGIN_DECLS

/* What a name is asked about. What is not known is NULL or 0. */
typedef struct {
    const NfDatagram *datagram;
    const char *file;         /* where the datagram came from, if that is a file */
    const NfMessage *message; /* NULL too where it has no header */
    const NfTemplate *tmpl;
    guint16 template_id;    /* of a Set without a Template */
    const NfRecord *record; /* with its `flow` */
    gboolean is_nested; /* values in the record's lists count beside its own, too, not only where
                           it has none */
} NfSubject;

/* How far a subject has become known. What is known of a Message is known of its records, too. */
typedef enum {
    NF_STAGE_MESSAGE,  /* its header, or that it has none */
    NF_STAGE_SET,      /* and a Template ID, but no Template */
    NF_STAGE_TEMPLATE, /* and a Template */
    NF_STAGE_RECORD    /* and a Data Record of it */
} NfStage;

/* What the values of a name are, and so what they can be compared with. */
typedef enum {
    NF_SORT_NUMBER,
    NF_SORT_FLOAT,
    NF_SORT_BOOLEAN,
    NF_SORT_TEXT,
    NF_SORT_OCTETS,
    NF_SORT_MAC,
    NF_SORT_IPV4,
    NF_SORT_IPV6,
    NF_SORT_ADDRESS, /* of either family */
    NF_SORT_TIME
} NfSort;

/* A name that is neither an element nor a common name: a row of the table in operand-key.c. */
typedef struct _NfKey NfKey;

typedef struct {
    const char *name; /* as the registry or the table has it */
    /* ---- what it is: one of these, or an element that no row is for, by its number ---- */
    const NfKey *derived;
    gboolean is_announced; /* what the exporter announced: */
    NfDerived announced;
    const NfCommonName *common;
    const NfElement *element;
    NfSpace space;
    guint32 pen;
    guint16 id;
    /* ---- what that means ---- */
    NfSort sort;
    NfStage stage;            /* from which on its values are known */
    const NfElement *meaning; /* what its numbers mean is what they do in this one; or NULL */
    gboolean is_either;       /* the common name of both ends of a flow, */
    NfFlowPart ends[2];       /* these */
    gboolean is_ipv6;         /* only the addresses of IPv6 among its values */
} NfOperand;

/*
 * Looks a name up: a derived key (start, exporter), a common name (src; of addresses also src6, as
 * Wireshark's field for those of IPv6), an element in either naming or by number ("9/12235"); each
 * with "nfpeek." before it, too, as Wireshark has it. Returns FALSE where it is none of these.
 * The registry must outlive the operand.
 */
gboolean nf_operand_find (NfOperand *operand, const NfRegistry *registry, const char *name);

/* The `i`th derived key, from 0 on: what announcements tell is not among them. NULL behind the last
 * one. */
const char *nf_operand_key_nth (guint i);

/* Appends "; did you mean src, srcs?" for a name that is none, or where to look them up. */
void nf_operand_suggest (NfText *t, const NfRegistry *registry, const char *name);

/* Whether some values of the name are words of nfpeek's own ("flow", "v5"). The one that is meant
 * by a word, whatever the case of its letters, or NULL. */
gboolean nf_operand_has_words (const NfOperand *operand);
const char *nf_operand_find_word (const NfOperand *operand, const char *word);

/* Whether the name has its values from fields, and not from where the record came. */
static inline gboolean
nf_operand_is_of_fields (const NfOperand *operand)
{
    return !operand->derived && !operand->is_announced;
}

/* Whether records of a binding may have values that stand in none of its fields: in lists, or in
 * common properties that they name. */
gboolean nf_binding_has_more (const NfBinding *binding);

/* The fields of a binding that the name may take its values from, in order of preference, -1 behind
 * the last one; of a derived key there is none. Free with g_free(). */
gint *nf_operand_fields (const NfOperand *operand, const NfBinding *binding);

/* Whether the name stands for one of these fields, the only one, in all records of the binding: for
 * its value, whatever that is, and for nothing besides. */
gboolean nf_operand_is_field (const NfOperand *operand, const gint *fields,
                              const NfBinding *binding);

/* Is given a value; returns whether that is enough. */
typedef gboolean (*NfOperandEach) (const NfValue *value, gpointer data);

/*
 * Calls `each` for every value that the name has in the subject, whose stage must not be below the
 * operand's; `fields` are those of the record's binding. A common name has the value that is the
 * best of the record, one for each end where it is of either end; an element all that it has. Where
 * the record has no such field, its common properties (RFC 5473) are asked, and its lists (RFC
 * 6313). Returns whether `each` had enough.
 */
gboolean nf_operand_each (const NfOperand *operand, const gint *fields, const NfSubject *subject,
                          NfOperandEach each, gpointer data);

/* Whether a value is what the name promises: a field of a length that its type has not is none. */
gboolean nf_sort_fits (NfSort sort, const NfValue *value);

/* "a number", "an IPv4 address" */
const char *nf_sort_name (NfSort sort);

G_END_DECLS
