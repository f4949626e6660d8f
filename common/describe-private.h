/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between describe.c, describe-numbers.c, describe-octets.c and section.c. */
#pragma once

#include "describe.h"

G_BEGIN_DECLS

/* IANA's elements whose names others need. */
enum {
    NF_ID_PROTOCOL = 4,
    NF_ID_TCP_FLAGS = 6,
    NF_ID_ICMP_TYPE_CODE = 32,
    NF_ID_ICMPV6_TYPE_CODE = 139,
    NF_ID_ICMP_TYPE = 176,
    NF_ID_ICMPV6_TYPE = 178,
    NF_ID_ETHERTYPE = 256
};

/* IP protocols. */
enum { NF_IP_ICMP = 1, NF_IP_TCP = 6, NF_IP_UDP = 17, NF_IP_ICMPV6 = 58 };

/* Appends " (NAME)"; nothing for NULL. */
G_GNUC_INTERNAL void nf_describe_add_name (NfText *t, const char *name);

/* Appends a number with its name, or what it is made of, and its unit. */
G_GNUC_INTERNAL void nf_describe_number (NfText *t, const NfDescriber *d, const NfElement *element,
                                         const NfValue *value, gint protocol);

/* The registry's name for a value of IANA's element `id`, or NULL; with d->numeric always NULL. */
G_GNUC_INTERNAL const char *nf_describe_name_of (const NfDescriber *d, guint16 id, guint64 value);

/* The names for bits or values of IANA's element `id`, or NULL. */
G_GNUC_INTERNAL const NfNames *nf_describe_names_of (const NfDescriber *d, guint16 id);

/* The name of an ICMP message by its type and code, else by its type; NULL where it has none, or
 * `protocol` is no ICMP. */
G_GNUC_INTERNAL const char *nf_describe_icmp (const NfDescriber *d, gint protocol, guint type,
                                              guint code);

/* Appends the names of the bits that are set, `separator` before the first and spaces between;
 * behind them those without a name, as a number, but for `known`, which are told otherwise. Nothing
 * where none has a name. */
G_GNUC_INTERNAL void nf_describe_bits (NfText *t, const NfNames *names, guint64 value,
                                       guint64 known, const char *separator);

/* Appends the kinds whose bits are set in `octets`, the lowest bit being `first`. */
G_GNUC_INTERNAL void nf_describe_kinds (NfText *t, const NfNames *names, NfReader octets,
                                        guint first);

/* Appends what octets of the element's form are made of; nothing where they are not made so. */
G_GNUC_INTERNAL void nf_describe_octets (NfText *t, const NfDescriber *d, const NfElement *element,
                                         const NfValue *value, gint protocol);

G_END_DECLS
