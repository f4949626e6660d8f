/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CSV files of elements/ and values/ as text, which embed.awk makes into builtin.c. */
#pragma once

#include <glib.h>

typedef struct {
    const char *path; /* "elements/iana.csv" */
    const char *text; /* printable ASCII and line ends; ends with a zero octet */
    gsize length;     /* octets, the zero not counted */
} NfBuiltin;

G_GNUC_INTERNAL extern const NfBuiltin nf_builtins[];
G_GNUC_INTERNAL extern const guint nf_n_builtins;
