/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of elements/ and values/, which registry.awk makes into the tables of builtin.c: nothing
 * is read when a registry is made.
 *
 * Strings are places in nf_builtin_text, not pointers: those would have to be relocated at every
 * start, some ten thousand of them.
 */
#pragma once

#include "element.h"

G_BEGIN_DECLS

/* By space, enterprise number and id. */
typedef struct {
    guint32 pen;
    guint32 name, netflow9; /* 0: none */
    guint16 id;
    guint8 space, type, flags, form; /* as in NfElement */
    guint8 names, range;             /* rows of those tables, from 1 on; 0: none */
    guint32 semantics, units;
} NfBuiltinElement;

/* A name of either kind; by name. */
typedef struct {
    guint32 name;
    guint16 element; /* its row */
} NfBuiltinName;

typedef struct {
    guint64 min, max;
} NfBuiltinRange;

/* By name. */
struct _NfNames {
    guint32 name;            /* "tcpControlBits" */
    guint16 first, n_values; /* rows of values */
    gboolean bits;
};

/* Within a table rising, so that they can be searched by halves. */
typedef struct {
    guint64 value; /* or mask */
    guint32 name;
} NfBuiltinValue;

typedef struct {
    guint32 pen;
    guint32 key;      /* "cisco" */
    guint32 title;    /* "Cisco Systems" */
    guint16 netflow9; /* in NetFlow v9 this is added to its elements' ids; 0: it has none there */
} NfBuiltinEnterprise;

typedef struct {
    guint32 name;
    guint16 first, n_elements; /* of meanings, each the row of an element */
} NfBuiltinCommon;

G_GNUC_INTERNAL extern const char nf_builtin_text[];
G_GNUC_INTERNAL extern const NfBuiltinElement nf_builtin_elements[];
G_GNUC_INTERNAL extern const guint nf_n_builtin_elements;
G_GNUC_INTERNAL extern const NfBuiltinName nf_builtin_element_names[];
G_GNUC_INTERNAL extern const guint nf_n_builtin_element_names;
G_GNUC_INTERNAL extern const NfBuiltinRange nf_builtin_ranges[];
G_GNUC_INTERNAL extern const NfNames nf_builtin_names[];
G_GNUC_INTERNAL extern const guint nf_n_builtin_names;
G_GNUC_INTERNAL extern const NfBuiltinValue nf_builtin_values[];
G_GNUC_INTERNAL extern const NfBuiltinEnterprise nf_builtin_enterprises[];
G_GNUC_INTERNAL extern const guint nf_n_builtin_enterprises;
G_GNUC_INTERNAL extern const NfBuiltinCommon nf_builtin_commons[];
G_GNUC_INTERNAL extern const guint nf_n_builtin_commons;
G_GNUC_INTERNAL extern const guint16 nf_builtin_meanings[];

/* What is to be read at a place of nf_builtin_text. */
static inline const char *
nf_builtin_string (guint32 place)
{
    return nf_builtin_text + place;
}

/* The row of exactly this id, or NULL. */
G_GNUC_INTERNAL const NfBuiltinElement *nf_builtin_find (NfSpace space, guint32 pen, guint16 id);

/* The row of this name, of either kind, or NULL. */
G_GNUC_INTERNAL const NfBuiltinElement *nf_builtin_find_name (const char *name);

/* The element of a row; free with g_free(). */
G_GNUC_INTERNAL NfElement *nf_builtin_make (const NfBuiltinElement *row);

G_END_DECLS
