/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lists in a record (RFC 6313) as tests write them, and what must be true of them. A list is
 * SEMANTIC[...], a record or a value in it {NAME=VALUE ...}; before the records of a
 * subTemplateList, and of a part of a subTemplateMultiList, stands the Template's ID. "?68+4" are
 * octets that could not be decoded.
 *
 *      subTemplateList=allOf[257: {sourceIPv4Address=192.0.2.1} ?68+4]
 */
#pragma once

#include "common/decoder.h"

G_BEGIN_DECLS

/* Appends " NAME=VALUE" for each field of a record, Data Record or in a list. `lists` may be NULL
 * where it has none. */
void transcript_add_fields (NfText *t, NfLists *lists, const NfEvent *record,
                            const guint8 *message);

/* Asserts that the fields of a record tile it, and each of its lists: header, parts, records and
 * undecoded octets. Appends what the decoder is to say of the lists to `troubles`, an array of
 * NfFinding. */
void transcript_check_fields (NfLists *lists, const NfEvent *record, const NfDatagram *datagram,
                              GArray *troubles);

G_END_DECLS
