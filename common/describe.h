/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values as people read them: with the names of numbers and flags, units, services. Names are the
 * registry's; those of services the caller's.
 */
#pragma once

#include "element.h"
#include "value.h"

G_BEGIN_DECLS

/* Octets of a value that are shown behind its name; longer content is dumped. */
#define NF_DESCRIBE_INLINE 32

typedef struct {
    const NfRegistry *registry;
    gboolean numeric; /* numbers and flags stay without names */
    /* The name of a port of an IP protocol, or NULL. May be NULL itself. */
    const char *(*service) (gpointer data, guint protocol, guint port);
    gpointer service_data;
} NfDescriber;

/*
 * Appends a value of an element, which may be NULL where the value is octets. `protocol` is the IP
 * protocol that the element's ports belong to, or -1. A string is appended as it is, not escaped.
 * Returns FALSE where it is more octets than a line holds: only their number is appended then.
 */
gboolean nf_describe_value (NfText *t, const NfDescriber *d, const NfElement *element,
                            const NfValue *value, gint protocol);

/* Appends " (NAME)" with the registry's name for a value of IANA's element `id`, if it has one. */
void nf_describe_name (NfText *t, const NfDescriber *d, guint16 id, guint64 value);

/* Appends a unit as it stands behind a number, a space before it: those of time by their symbols;
 * of others, which are words in the plural, `one` is without its s. Nothing where there is none. */
void nf_describe_unit (NfText *t, const char *unit, gboolean one);

/* Whether values of the element, but for zero, are described by more than their number, its name
 * and its unit: flags, parts of the number. */
gboolean nf_describe_is_special (const NfElement *element);

/* Whether they are ports, which have names as services. */
gboolean nf_describe_is_port (const NfElement *element);

G_END_DECLS
