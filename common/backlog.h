/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The octets of a stream in order, from the first one that was not handed out; and in which frames
 * they came, and when.
 */
#pragma once

#include "datagram.h"
#include "reader.h"

G_BEGIN_DECLS

typedef struct {
    GByteArray *octets; /* NULL where there are none */
    gsize taken;        /* of those, how many were taken */
    guint64 place;      /* number of the first one not taken, counted from the stream's start */
    GQueue marks;       /* of Mark, owned: which frames they came in */
    GArray *frames;     /* guint64: of what was handed out last */
} NfBacklog;

G_GNUC_INTERNAL void nf_backlog_init (NfBacklog *backlog);
G_GNUC_INTERNAL void nf_backlog_clear (NfBacklog *backlog);

/* Octets of memory that it takes, but for itself. */
G_GNUC_INTERNAL gsize nf_backlog_held (const NfBacklog *backlog);

/* Frees what was taken, and is not to be looked at any more. What is idle then takes no more memory
 * than what it waits with. */
G_GNUC_INTERNAL void nf_backlog_settle (NfBacklog *backlog);

/* Appends octets that came in frame `packet` at `time_ns`. What was taken is freed. */
G_GNUC_INTERNAL void nf_backlog_add (NfBacklog *backlog, NfReader octets, guint64 packet,
                                     gint64 time_ns);

/* What was not taken yet. */
G_GNUC_INTERNAL NfReader nf_backlog_rest (const NfBacklog *backlog);

/* Takes octets, as many as there are at most. Returns how many. */
G_GNUC_INTERNAL gsize nf_backlog_drop (NfBacklog *backlog, guint64 length);

/* Takes `length` octets, which are there, for `datagram`: its octets, length and frames, borrowed
 * until something is added; its packet and time, those of the frame with which all of them were
 * there. Where all came in its `packet`, it gets no frames. */
G_GNUC_INTERNAL void nf_backlog_hand_out (NfBacklog *backlog, gsize length, NfDatagram *datagram);

G_END_DECLS
