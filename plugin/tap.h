/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tap "nfpeek" tells its listeners, once for each Message. In Lua, Listener.new ("nfpeek")
 * is called once for each Message, too. All that is pointed to lives as long as the packet is being
 * dissected.
 */
#pragma once

#include <glib.h>

#define NFPEEK_TAP "nfpeek"

typedef struct {
    guint16 id;            /* Set ID; 0 for the records of a fixed version */
    guint8 kind;           /* 0 Templates, 1 Options Templates, 2 data, 3 reserved */
    gboolean has_template; /* of data */
    gboolean options;      /* of data: described by an Options Template */
    guint32 length;        /* octets that are there */
    guint32 records;       /* Template Records, or Data Records */
} NfpeekTapSet;

typedef struct {
    const char *code;     /* "set-length" */
    const char *severity; /* "note", "warning", "error" */
} NfpeekTapFinding;

typedef struct {
    guint16 version;          /* 1, 5 to 10; 0: the datagram is no Message */
    const char *version_name; /* "NetFlow v9" */
    const char *exporter;     /* "192.0.2.1:2055" */
    guint32 domain;           /* Observation Domain ID, Source ID; engine type * 256 + id */
    guint32 sequence;
    guint32 export_time_s; /* seconds since 1970 */
    guint32 length;        /* octets that are there */
    guint32 undecoded;     /* octets of those that could not be decoded */
    guint32 flows;         /* Data Records described by a Template, or of a fixed version */
    guint32 options;       /* Data Records described by an Options Template */
    guint32 templates;     /* Template Records of both kinds */
    const NfpeekTapSet *sets;
    guint n_sets;
    const NfpeekTapFinding *findings;
    guint n_findings;
    guint32 lost;     /* by the sequence number, just before this Message */
    guint32 found;    /* of what was lost, what is here after all */
    guint64 lost_all; /* in this domain so far, this Message included; what came late taken off */
    const char *unit; /* what `lost` counts: "Messages", "Data Records" */
} NfpeekTap;
