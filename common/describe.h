/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values as people read them: with the names of numbers and flags, units, services, and what octets
 * are made of. Names are the registry's; those of services the caller's.
 */
#pragma once

#include "flow.h"

G_BEGIN_DECLS

/* Octets of a value that are shown behind its name; longer content is dumped. */
#define NF_DESCRIBE_INLINE 32

typedef struct {
    const NfRegistry *registry;
    gboolean numeric; /* numbers and flags stay without names */
    /* The record that the value is in, or NULL: other fields of it say what a code, a port or a
     * part of a packet is. */
    const NfRecord *record;
    /* The name of a port of an IP protocol, or NULL. May be NULL itself. */
    const char *(*service) (gpointer data, guint protocol, guint port);
    gpointer service_data;
} NfDescriber;

/*
 * Appends a value of an element, which may be NULL where the value is octets. `protocol` is the IP
 * protocol that the record is about, or -1. A string is appended as it is, not escaped.
 * Returns FALSE where it is more octets than a line holds: only their number is appended then, and
 * what they are.
 */
gboolean nf_describe_value (NfText *t, const NfDescriber *d, const NfElement *element,
                            const NfValue *value, gint protocol);

/* Appends " (NAME)" with the registry's name for a value of IANA's element `id`, if it has one. */
void nf_describe_name (NfText *t, const NfDescriber *d, guint16 id, guint64 value);

/* Appends " (NAME)" where a string of the element stands for that. */
void nf_describe_string_name (NfText *t, const NfDescriber *d, const NfElement *element,
                              const NfValue *value);

/* Appends a number of the element by itself, as in a column: with what it is called wherever it
 * stands, but without a unit. */
void nf_describe_alone (NfText *t, const NfDescriber *d, const NfElement *element,
                        const NfValue *value);

/* Finds the numbers of the element that go by a name, whatever the case of its letters: those from
 * `low` to `high`, as of a status with any reason. Of bits both are the mask. FALSE where none
 * does. */
gboolean nf_describe_find (const NfElement *element, const char *name, guint64 *low, guint64 *high);

/* Appends a unit as it stands behind a number, a space before it: those of time by their symbols;
 * of others, which are words in the plural, `one` is without its s. Nothing where there is none. */
void nf_describe_unit (NfText *t, const char *unit, gboolean one);

/* Appends milliseconds as "12.345 s", "02:03:04.567", "49 d 02:03:04.567". */
void nf_describe_duration (NfText *t, guint64 ms);

/* Whether the element's numbers are sets of bits, which are read in hexadecimal. */
gboolean nf_describe_is_flags (const NfElement *element);

/* Whether the names of the element's values are names of each value: of all of it, wherever it
 * stands; but for ICMP's, which hold in records about that ICMP. */
gboolean nf_describe_has_names (const NfElement *element);

/* Whether each of an octet's values has a name that is put together from parts of it, and that
 * name, appended. */
gboolean nf_describe_has_octet_names (const NfElement *element);
void nf_describe_octet_name (NfText *t, const NfElement *element, guint8 octet);

/* Whether values of the element may be described by more than a number, its name and its unit, and
 * whether that one is. Ports, which have names as services, are not
 * among them. */
gboolean nf_describe_is_special (const NfElement *element);
gboolean nf_describe_adds (const NfElement *element, const NfValue *value);

/* Whether a value of that field is always shown as itself, whatever else is in the record: it is an
 * address or a time. */
gboolean nf_describe_is_plain (const NfField *field, const NfBoundField *bound);

/* Whether something may stand behind a value: the time that it means, what was announced of it. */
gboolean nf_describe_has_more (const NfElement *element);

/* Whether it is shown as a number without a name, its unit, and what may stand behind that. */
gboolean nf_describe_is_number (const NfField *field, const NfBoundField *bound);

/* Whether it is a port of two octets at most, shown as nf_describe_port() does and no more. */
gboolean nf_describe_is_plain_port (const NfField *field, const NfBoundField *bound);

/* Appends a port with the name of its service, "443 (https)". `protocol` is the record's, or -1. */
void nf_describe_port (NfText *t, const NfDescriber *d, const NfElement *element, guint64 port,
                       gint protocol);

/* Whether it is a number of one octet, and how it is shown follows from that alone. */
gboolean nf_describe_is_by_octet (const NfField *field, const NfBoundField *bound);

/* Appends a finding's text with its arguments, elements by number and name, as a Message of
 * `version` has them. */
void nf_describe_finding (NfText *t, const NfRegistry *registry, const NfFinding *finding,
                          guint version);

/* Whether they are ports. */
gboolean nf_describe_is_port (const NfElement *element);

G_END_DECLS
