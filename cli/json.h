/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON text (RFC 8259): strings and the values of fields. */
#pragma once

#include "nfpeek.h"

G_BEGIN_DECLS

/* Appends `length` octets as a JSON string, quotes included. Octets that are no UTF-8 become
 * U+FFFD. */
void nf_json_string (NfText *t, const guint8 *octets, gsize length);

/* Whether the octets are UTF-8, so that a JSON string keeps all of them. */
gboolean nf_json_keeps (const guint8 *octets, gsize length);

/* Appends a value as JSON: numbers as numbers, or in quotes above 2^53 with `big_as_string`;
 * addresses and times as text, octets as hexadecimal text. A value that is none
 * (NF_VALUE_NONE) must not be asked for. */
void nf_json_value (NfText *t, const NfValue *value, gboolean big_as_string);

/* Appends ,"key": and a string; nothing where the string is NULL. */
void nf_json_add_string (NfText *t, const char *key, const char *string);

/* Appends ,"key": and a number. */
void nf_json_add_uint (NfText *t, const char *key, guint64 number);

/* Appends {"pen":0,"id":8,"name":"sourceIPv4Address": the beginning of a field, wherever it stands.
 */
void nf_json_begin_field (NfText *t, const NfField *field, const char *name);

/* Begins an object ,"key":{"file":"a.pcap","packet":12,"message":2 that says where a Message is;
 * `file` may be NULL, `packet` 0. It is left open. */
void nf_json_begin_place (NfText *t, const char *key, const char *file, guint64 packet,
                          guint message);

G_END_DECLS
