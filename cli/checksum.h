/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The checksums of IP, UDP and TCP (RFC 1071) and of SCTP (RFC 9260 Appendix A). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds octets to a sum, which begins at 0 or with numbers below 2^32: words of 16 bits, the last
 * octet of an odd number in the upper half of one. */
guint64 nf_checksum_add (guint64 sum, const guint8 *octets, gsize n);

/* Puts the checksum that a sum makes at `at`: one that would be 0 as 65,535, which is the same and
 * in UDP not "none". */
void nf_checksum_put (GByteArray *octets, gsize at, guint64 sum);

/* Puts the CRC32c of all octets from `start` on, where those at `at` are 0 as yet. */
void nf_checksum_put_crc32c (GByteArray *octets, gsize at, gsize start);

G_END_DECLS
