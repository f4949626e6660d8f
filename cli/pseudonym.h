/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Other names for what tells who somebody is: addresses, MAC addresses, text. Under one key the
 * same always becomes the same, of the same length; without the key nobody finds the way back.
 *
 * Addresses that begin with the same bits become addresses that begin with as many same bits, and
 * no two become the same (as in Crypto-PAn of Xu, Fan, Ammar and Moon, 2002):
 *
 *      address    1 1 0 0 0 0 0 0 . 1 0 1 ...
 *      key says   - - - x - x x - . x - x ...     each bit by those to its left: turn it or not
 *      becomes    1 1 0 1 0 1 1 0 . 0 0 0 ...
 *
 * Addresses that mean the same everywhere stay as they are: unspecified, loopback, broadcast, those
 * that multicast protocols use on a link; of others the kind stays: multicast with flags and scope,
 * link-local. So bits in which an address has much in common with one of those are not turned: of
 * IPv4 that is the class, of IPv6 the first three bits at least.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _NfPseudonyms NfPseudonyms;

/* Under a key that is known, or a new one that nobody knows. The latter returns NULL and sets
 * `error` where the system has no random numbers. Free with nf_pseudonyms_free(). */
NfPseudonyms *nf_pseudonyms_new (guint64 low, guint64 high);
NfPseudonyms *nf_pseudonyms_new_random (GError **error);
void nf_pseudonyms_free (NfPseudonyms *p);

/* Writes to `to` what an address becomes, of 4 octets or of 16. One of IPv6 that holds one of IPv4
 * (mapped or compatible, RFC 4291 2.5.5; of NAT64, RFC 6052) becomes one that holds what that
 * becomes. `to` may be `from`. */
void nf_pseudonyms_ipv4 (NfPseudonyms *p, guint8 *to, const guint8 *from);
void nf_pseudonyms_ipv6 (NfPseudonyms *p, guint8 *to, const guint8 *from);

/* The way back, for who has the key. Slow. */
void nf_pseudonyms_ipv4_back (NfPseudonyms *p, guint8 *to, const guint8 *from);
void nf_pseudonyms_ipv6_back (NfPseudonyms *p, guint8 *to, const guint8 *from);

/* The same of a MAC address, 6 octets: it stays one of a group or of a station, administered
 * locally or not (IEEE 802). All zeros and all ones stay. */
void nf_pseudonyms_mac (NfPseudonyms *p, guint8 *to, const guint8 *from);

/* The same of text, `length` octets: small letters, so many. Zeros at its end stay. Text that is
 * not UTF-8 becomes such with the first wrong octet at the same place. Of very short texts two may
 * become the same. */
void nf_pseudonyms_text (NfPseudonyms *p, guint8 *to, const guint8 *from, gsize length);

G_END_DECLS
