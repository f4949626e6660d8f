/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registry's Information Elements and common names as Wireshark's fields:
 * nfpeek.sourceIPv4Address, nfpeek.cisco.applicationHttpHost, nfpeek.octets.
 */
#pragma once

#include "compat.h"
#include "nfpeek.h"

/* How a value gets into the tree: what kind of field Wireshark has for it. */
typedef enum {
    NFP_ADD_OCTETS,
    NFP_ADD_UINT, /* of up to 32 bits */
    NFP_ADD_UINT64,
    NFP_ADD_INT,
    NFP_ADD_INT64,
    NFP_ADD_FLOAT,
    NFP_ADD_DOUBLE,
    NFP_ADD_BOOLEAN,
    NFP_ADD_STRING,
    NFP_ADD_TIME,
    NFP_ADD_ETHER,
    NFP_ADD_IPV4,
    NFP_ADD_IPV6
} NfpAdd;

/* A common name. Addresses of the two families cannot be values of one field: those of IPv6 have a
 * 6 behind their name ("nfpeek.src6"). */
typedef struct {
    const NfCommonName *common;
    int field;          /* Wireshark's number */
    int field6;         /* of IPv6 addresses; 0 where the common name is of something else */
    NfpAdd add;         /* how its values are added; of addresses NFP_ADD_IPV4 */
    gboolean is_either; /* it stands for both ends, */
    NfFlowPart ends[2]; /* these */
} NfpCommon;

/* Registers all of the registry for the protocol. Keeps a reference to it. */
void nfp_elements_register (int protocol, NfRegistry *registry);

/* How the elements are called in the tree: by IANA's names or, where NetFlow v9 has others, by
 * those. The names in filters stay. */
void nfp_elements_rename (gboolean netflow9);

/* Gives a field that is a number names for its values, in Wireshark's labels and filters. */
void nfp_name_values (header_field_info *hf, const NfNames *names);

/* Wireshark's number of an element's field, which may be NULL; 0 where there is none. */
int nfp_element_field (const NfElement *element);

/* The largest number that the element's field has digits for: in hexadecimal Wireshark shows those
 * of the type, and no others. */
guint64 nfp_element_most (const NfElement *element);

NfpAdd nfp_add_of_type (NfType type);

/*
 * The common names, but for those that nfp_field has for itself (start, end). There are none before
 * the first time that a filter, a column or a list of fields has a name that begins with "nfpeek."
 * and is no element: only then can anybody want them, and until then no tree has to carry them.
 */
const NfpCommon *nfp_commons (guint *n);
