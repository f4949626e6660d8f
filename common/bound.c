/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The limits where nobody asks for others, and why they are what they are. */
#include "bound.h"

/*
 * What malloc gives out for them, measured. A domain takes 640 octets in the collector with all
 * that finds it, 700 where its sequence numbers are followed, 650 where its Templates are, 300 for
 * what it tells of sampling. A Template takes 150 octets a generation and 450 to be followed, and
 * where no other domain has the same 340 once more; a field of such a one 36 (8 as it is read, 4
 * for its offset, 16 for its element, up to 8 as it came), and where its records are checked 6.
 */
const NfLimits nf_default_limits = {
    /* 55 MiB, and a fleet of exporters with room to spare. */
    .max_domains = 25000,
    /* 60 MiB: four for each of those domains, which is more than most exporters have. */
    .max_templates = 100000,
    /* 20 MiB: Templates are alike, and those of 10,000 kinds of 50 fields are not met. */
    .max_fields = 500000,
    /* 32 MiB: names of 100,000 interfaces, applications and users. */
    .max_announced = 32 << 20,
    /* An exporter has one or two under way; this is room for a thousand exporters, or for 30
     * seconds at 34 losses a second. What they hold has a bound of its own (fragment.c). */
    .max_fragments = 1024,
    /* 10 MiB, at some 600 octets each: those of a large collector. What they hold has a bound of
     * its own (stream.c). */
    .max_streams = 16384,
};
