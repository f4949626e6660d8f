/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much is remembered of what comes: each number that hostile or broken exporters could drive up
 * until memory is full, and that somebody with a large network may want higher.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    guint max_domains;   /* Transport Session and Observation Domain pairs */
    guint max_templates; /* generations of Templates in all domains */
    guint max_fields;    /* fields of all different Templates */
    gsize max_announced; /* octets that what options data says takes */
    guint max_fragments; /* datagrams that wait for fragments at once; one at least */
    guint max_streams; /* TCP connections and SCTP associations, a direction each, at once; likewise
                        */
    gboolean stream;   /* a live source: when a limit is reached, the domain least recently used
                          is forgotten, and a Template's earlier generations go when no datagram
                          can ask for them; else the newest is refused and nothing is forgotten */
} NfLimits;

/* What to use where nothing else is asked for: below 256 MiB on hostile input. */
extern const NfLimits nf_default_limits;

G_END_DECLS
