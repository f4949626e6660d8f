/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of Templates and options data is to be remembered for another run: of each exporter's
 * endpoint and Observation Domain the last Template Record of each id, and of what options data
 * announces or describes the last record of each subject.
 *
 * Only of UDP: over TCP and SCTP Templates end with their Transport Session (RFC 7011 8).
 */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* Octets of memory. The largest routers' tables of interfaces and applications have some hundred
 * KiB; a sender of made-up Templates gets no more than this. */
#define NF_TEMPLATE_STORE_SIZE ((gsize)64 << 20)

typedef struct _NfTemplateStore NfTemplateStore;

/* Keeps a reference to `registry`. Free with nf_template_store_free(). */
NfTemplateStore *nf_template_store_new (NfRegistry *registry);
void nf_template_store_free (NfTemplateStore *store);

/* Takes note of what a datagram's Message has. Returns whether that is all it has; FALSE, too,
 * where it is none that can be remembered. */
gboolean nf_template_store_note (NfTemplateStore *store, const NfDatagram *datagram);

/* How many Template Records and records were noted so far. */
guint64 nf_template_store_changes (const NfTemplateStore *store);

/* How many domains were forgotten, as all of them took more than NF_TEMPLATE_STORE_SIZE: those of
 * which nothing was heard for the longest time. */
guint64 nf_template_store_forgotten (const NfTemplateStore *store);

/* The longest time between two announcements of one Template in the domain of a Message, in
 * nanoseconds; 0 where none came twice. */
gint64 nf_template_store_interval (const NfTemplateStore *store, const NfDatagram *datagram,
                                   const NfMessage *message);

typedef void (*NfTemplateStoreFunc) (const NfDatagram *datagram, gpointer data);

/* Gives all of it as datagrams in the order of their times, which are those of the last
 * announcement. `data` is for `give`. */
void nf_template_store_compose (const NfTemplateStore *store, NfTemplateStoreFunc give,
                                gpointer data);

G_END_DECLS
