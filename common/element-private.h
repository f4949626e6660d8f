/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the registry is made of: between element.c, which answers, and element-load.c, which fills.
 */
#pragma once

#include "element.h"

G_BEGIN_DECLS

/* CERT's enterprise, and the bit of its ids that makes an element its own reverse. */
#define NF_CERT_PEN     6871
#define NF_CERT_REVERSE 0x4000

/* IPFIX ids have 15 bits; the 16th says that an enterprise number follows (RFC 7011 3.2). */
#define NF_MAX_IPFIX_ID 0x7fff

typedef struct {
    guint64 value; /* or mask */
    const char *name;
} NfNamedValue;

struct _NfNames {
    gboolean bits;
    GArray *values; /* of NfNamedValue, rising */
};

typedef struct {
    guint32 pen;
    guint16 netflow9; /* in NetFlow v9 this is added to its elements' ids; 0: it has none there */
    const char *key;  /* "cisco" */
    const char *title;
} NfEnterprise;

struct _NfRegistry {
    gint refs;
    GPtrArray *texts;      /* the files, cut into fields: names and units point into them */
    GStringChunk *strings; /* names that no file has as such */
    GPtrArray *blocks;     /* of elements, replaced ones too */
    guint block_used;      /* elements in the last block */
    GHashTable *by_id;     /* set of NfElement, by space, enterprise and id */
    GHashTable *by_name;   /* name, of either kind -> NfElement */
    GHashTable *names;     /* "tcpControlBits" -> NfNames, owned */
    GArray *enterprises;   /* of NfEnterprise */
    GArray *commons;       /* of NfCommonName, `elements` owned */
};

/* An empty registry. Returns one reference. */
G_GNUC_INTERNAL NfRegistry *nf_registry_new_empty (void);

/* The row of exactly this id, or NULL. */
G_GNUC_INTERNAL const NfElement *nf_registry_exact (const NfRegistry *registry, NfSpace space,
                                                    guint32 pen, guint16 id);

/* Whether `name` belongs to an element other than that of `element`'s id. */
G_GNUC_INTERNAL gboolean nf_registry_name_taken (const NfRegistry *registry,
                                                 const NfElement *element, const char *name);

/* Takes a copy of `element`, in place of the one that has its id; its strings are borrowed. */
G_GNUC_INTERNAL void nf_registry_add (NfRegistry *registry, const NfElement *element);

/* Reads a whole number, decimal or with 0x before it hexadecimal, from `*text` on and moves it
 * behind. Returns FALSE where there is none or it is over `max`, which is at least 15. */
G_GNUC_INTERNAL gboolean nf_parse_uint (const char **text, guint64 max, guint64 *value);

G_END_DECLS
