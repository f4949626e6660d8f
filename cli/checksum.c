/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checksums of what is written. */
#include "checksum.h"

#include "reader.h"

/* The polynomial of Castagnoli, its bits the other way round. */
#define CRC32C 0x82f63b78u

guint64
nf_checksum_add (guint64 sum, const guint8 *octets, gsize n)
{
    return sum + nf_octets_sum (octets, n);
}

void
nf_checksum_put (GByteArray *octets, gsize at, guint64 sum)
{
    guint16 folded = nf_sum_fold (sum);
    guint checksum = folded == 0xffff ? 0xffff : 0xffffu - folded;

    octets->data[at] = (guint8)(checksum >> 8);
    octets->data[at + 1] = (guint8)checksum;
}

void
nf_checksum_put_crc32c (GByteArray *octets, gsize at, gsize start)
{
    guint32 crc = 0xffffffffu;

    for (gsize i = start; i < octets->len; i++) {
        crc ^= octets->data[i];
        for (guint bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? CRC32C : 0);
    }
    crc = ~crc;
    for (guint i = 0; i < 4; i++) /* its least octet first */
        octets->data[at + i] = (guint8)(crc >> 8 * i);
}
