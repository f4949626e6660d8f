/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the registry is made of: between element.c, which answers, element-builtin.c, which knows
 * what is shipped, and element-load.c, which adds what users have. */
#pragma once

#include "element.h"

G_BEGIN_DECLS

/* CERT's enterprise, and the bit of its ids that makes an element its own reverse. */
#define NF_CERT_PEN     6871
#define NF_CERT_REVERSE 0x4000

/* IPFIX ids have 15 bits; the 16th says that an enterprise number follows (RFC 7011 3.2). */
#define NF_MAX_IPFIX_ID 0x7fff

struct _NfRegistry {
    gint refs;
    NfElement **shipped;   /* one a row of nf_builtin_elements; NULL until it is asked for */
    GArray *commons;       /* of NfCommonName, `elements` owned */
    GPtrArray *texts;      /* the user's files, cut into fields: names and units point into them */
    GStringChunk *strings; /* names that no file has as such */
    GPtrArray *blocks;     /* of the user's elements, replaced ones too */
    guint block_used;      /* elements in the last block */
    GHashTable *by_id;     /* set of the user's elements, by space, enterprise and id */
    GHashTable *by_name;   /* name, of either kind -> one of those */
};

/* The row of exactly this id, or NULL. */
G_GNUC_INTERNAL const NfElement *nf_registry_exact (const NfRegistry *registry, NfSpace space,
                                                    guint32 pen, guint16 id);

/* The element of an enterprise that exports its elements in NetFlow v9 too, all ids moved up by one
 * number; or NULL. */
G_GNUC_INTERNAL const NfElement *nf_registry_moved (const NfRegistry *registry, guint16 id);

/* Whether `name` belongs to an element other than that of `element`'s id. */
G_GNUC_INTERNAL gboolean nf_registry_name_taken (const NfRegistry *registry,
                                                 const NfElement *element, const char *name);

/* Takes a copy of `element`, the user's, in place of the one that has its id; its strings are
 * borrowed. */
G_GNUC_INTERNAL void nf_registry_add (NfRegistry *registry, const NfElement *element);

/* Reads a whole number, decimal or with 0x before it hexadecimal, from `*text` on and moves it
 * behind. Returns FALSE where there is none or it is over `max`, which is at least 15. */
G_GNUC_INTERNAL gboolean nf_parse_uint (const char **text, guint64 max, guint64 *value);

G_END_DECLS
