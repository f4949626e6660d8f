/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the store keeps: for template-store.c, which notes it, and -compose.c, which writes it. */
#pragma once

#include "domain.h"
#include "template-store.h"

G_BEGIN_DECLS

/* In the order in which they are written. */
typedef enum { NF_STORED_TEMPLATE, NF_STORED_OPTIONS_TEMPLATE, NF_STORED_RECORD } NfStoredKind;

/* A Template Record or a record of options data. */
typedef struct {
    NfStoredKind kind;
    guint16 id;           /* of its Template */
    gint64 time_ns;       /* of its last announcement, since 1970 */
    guint32 uptime_ms;    /* of v9: sysUptime then */
    GBytes *octets;       /* as it came; a reference */
    NfBinding *announcer; /* of an Options Template whose records are kept; or NULL. A reference */
} NfStored;

/* The domain of an exporter's endpoint. */
typedef struct {
    NfDomainKey key;       /* the first; its collector is zero */
    NfEndpoint collector;  /* where it was last sent to */
    GHashTable *templates; /* id -> NfStored, owned */
    GHashTable *records;   /* what it is about, GBytes -> NfStored, both owned */
    guint n_announcers;    /* Templates with an announcer */
    gint64 last_ns;        /* when something was announced */
    gint64 interval_ns;    /* the longest between announcements of a Template; 0: not known */
    gsize size;            /* octets of memory */
} NfStoredDomain;

struct _NfTemplateStore {
    NfRegistry *registry;
    GHashTable *domains; /* set of NfStoredDomain, owned */
    NfSpans fields;      /* of a record */
    gsize size;          /* octets of memory, of all */
    guint64 changes;
    guint64 n_forgotten; /* domains, to make room */
};

G_END_DECLS
