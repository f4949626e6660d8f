/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Octets that are kept in a temporary file without a name, so that they can be read again: what
 * came through a pipe or from sockets, and captures that are looked into before anybody gets them.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* As much as a small machine has room for; some two million Messages. */
#define NF_SPOOL_OCTETS ((guint64)1 << 30)

typedef struct {
    int fd;
    guint64 left;    /* octets that there is still room for */
    gboolean is_cut; /* there was no room for all */
} NfSpool;

/* Begins one. Returns NULL and sets `error` where there can be no such file. Free with
 * nf_spool_free(). */
NfSpool *nf_spool_new (GError **error);
void nf_spool_free (gpointer spool);

/* Adds octets, unless there is no room for these or was none for others before. */
void nf_spool_add (NfSpool *spool, const void *octets, gsize n);

/* Whether there is room for octets that somebody else adds, as with nf_spool_add(). */
gboolean nf_spool_take (NfSpool *spool, gsize n);

/* Its octets from the first one on as a FILE, to read ("rb") or to write ("wb"). One at a time.
 * Returns NULL and sets `error` where it cannot be opened. */
FILE *nf_spool_open (const NfSpool *spool, const char *mode, GError **error);

G_END_DECLS
