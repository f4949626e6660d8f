/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values as people read them: with the names of numbers and flags, units, services, and the
 * absolute times that relative ones stand for. Names are the registry's and the system's.
 *
 * Nothing here lets octets from the wire reach a terminal as they are: what is not printable is
 * escaped.
 */
#pragma once

#include "printable.h"
#include "services.h"
#include "view.h"

G_BEGIN_DECLS

/* Appends what is shown behind a value: the absolute time that a relative one means, what the
 * exporter announced of it. Nothing of elements for which nf_describe_has_more() is FALSE. */
void nf_show_more (NfShow *show, const NfRecord *r, guint i, const NfValue *value);

/*
 * Appends the content of field `i` of a record to show->out. `protocol` is the record's
 * (nf_flow_protocol()), for the names of ports; `services` may be NULL. With -n numbers and flags
 * stay without names.
 * Returns FALSE where it is more octets than a line holds: only their number is appended then.
 */
gboolean nf_show_field (NfShow *show, const NfRecord *r, guint i, const NfServices *services,
                        gint protocol);

/* The same of a field of which nf_describe_is_plain_port() holds. */
void nf_show_port (NfShow *show, const NfRecord *r, guint i, const NfServices *services,
                   gint protocol);

/* Appends " (NAME)" with the registry's name for a value of IANA's element `id`, if it has one. */
void nf_show_value_name (NfShow *show, guint16 id, guint64 value);

G_END_DECLS
