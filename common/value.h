/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One field's octets as a typed value (RFC 7011 6.1, 6.2) and as text (RFC 7373).
 */
#pragma once

#include "element.h"
#include "reader.h"
#include "text.h"

G_BEGIN_DECLS

typedef enum {
    NF_VALUE_NONE,   /* a field of length 0 of a type that has no empty value */
    NF_VALUE_OCTETS, /* octets; also where the length does not fit the type, and lists */
    NF_VALUE_UNSIGNED,
    NF_VALUE_SIGNED,
    NF_VALUE_FLOAT,
    NF_VALUE_BOOLEAN, /* `u`: 1 is true, 2 is false, anything else is neither (RFC 7011 6.1.5) */
    NF_VALUE_MAC,
    NF_VALUE_STRING, /* zeros at its end are padding and left out of `length` */
    NF_VALUE_IPV4,
    NF_VALUE_IPV6,
    NF_VALUE_TIME
} NfValueKind;

#define NF_LAST_CALENDAR_S   G_GUINT64_CONSTANT (253402300799) /* 9999-12-31T23:59:59Z */
#define NF_NTP_EPOCH_TO_1970 G_GUINT64_CONSTANT (2208988800)   /* seconds from 1900 to 1970 */

/* A point in time, in UTC. `s` may lie beyond what a calendar shows: the wire's 64 bits do. */
typedef struct {
    guint64 s;  /* seconds since 1970-01-01 */
    guint32 ns; /* nanoseconds, below 10^9 */
} NfTime;

typedef struct {
    NfValueKind kind;
    guint8 digits;        /* of a time: how many digits of its fraction the type has (0, 3, 6, 9);
                             of a float: 4 or 8, the octets it came in */
    const guint8 *octets; /* borrowed from the Message */
    gsize length;         /* in octets */
    union {
        guint64 u;
        gint64 i;
        gdouble f;
        NfTime time;
    };
} NfValue;

/*
 * Reads a value of `type` from `length` octets. Integers and float64 may be shorter than their
 * type (RFC 7011 6.2); an integer may be longer, too, up to 8 octets: no RFC allows it, but
 * samplerId, an unsigned8, comes in 4. The NTP timestamps of dateTimeMicroseconds and
 * dateTimeNanoseconds become nanoseconds since 1970, rounded to the unit of their type, and the
 * lowest 11 bits of the former are ignored (RFC 7011 6.1.9, 6.1.10); they are taken as lying from
 * 1970 to 2106, all zero as 1970.
 * Octets that cannot be the type become NF_VALUE_OCTETS. `octets` must outlive `value`.
 */
void nf_value_read (NfValue *value, NfType type, const guint8 *octets, gsize length);

/* How many octets of a string count: zeros behind it fill up its field. */
static inline gsize
nf_value_text_length (const guint8 *octets, gsize length)
{
    NfReader r = nf_reader (octets, length, 0);

    return nf_reader_zero_tail (&r);
}

/* Appends the value as RFC 7373 writes it, times as RFC 3339 in UTC; octets as lower-case hex; in
 * a string that is not UTF-8 each broken character becomes one U+FFFD. Nothing for NF_VALUE_NONE.
 */
void nf_value_text (NfText *t, const NfValue *value);

/* How many octets of a string lie before the first that is not UTF-8; all of them where none is
 * wrong. */
gsize nf_value_valid_length (const NfValue *value);

/* Whether two values can be compared: numbers of any kind with each other, addresses of one family,
 * octets with a MAC address; nothing with what is not a number (NaN). */
gboolean nf_value_is_like (const NfValue *a, const NfValue *b);

/* A number of any kind as a double. */
gdouble nf_value_double (const NfValue *value);

/* Negative, 0 or positive, as `a` lies before `b`, is the same or lies behind it. Addresses, octets
 * and strings are in the order of their octets; of booleans true is the greater, and whatever is
 * not true is false. An order there is between values that are not alike, too, but it means
 * nothing. */
gint nf_value_compare (const NfValue *a, const NfValue *b);

/* Appends a time as "2023-11-14T22:13:20.000Z" with `digits` digits of fraction (0 to 9, cut off,
 * not rounded); one beyond the year 9999 as its seconds since 1970: "253402300800.000". */
void nf_time_text (NfText *t, NfTime time, guint digits);

/* Puts one at `at`, where there must be this much room. Returns the place behind it. */
#define NF_ROOM_FOR_TIME 40
char *nf_put_time (char *at, NfTime time, guint digits);

/* Reads "2023-11-14 22:13:20", with T instead of the space and a fraction, with Z or another zone
 * behind it (UTC without), shorter up to "2023-11-14"; "Nov 14, 2023 22:13:20"; seconds since 1970.
 * FALSE where it is no time, or one before 1970. */
gboolean nf_time_read (const char *text, NfTime *time);

/* Appends an address as text: 4 octets as dotted quad, 16 as RFC 5952 ("::ffff:192.0.2.1" for
 * mapped IPv4 addresses, no other is mixed). */
void nf_ipv4_text (NfText *t, const guint8 octets[4]);
void nf_ipv6_text (NfText *t, const guint8 octets[16]);

/* Puts an IPv4 address at `at`, where there must be this much room. Returns the place behind it. */
#define NF_ROOM_FOR_IPV4 16
char *nf_put_ipv4 (char *at, const guint8 octets[4]);

/* The wire's time as seconds: milliseconds since 1970. */
static inline NfTime
nf_time_from_ms (guint64 ms)
{
    return (NfTime){.s = ms / 1000, .ns = (guint32)(ms % 1000) * 1000000};
}

/* ---- most fields: what is put into text from its octets at once, with no NfValue between ---- */

typedef enum { NF_SIMPLE_NOT, NF_SIMPLE_UINT, NF_SIMPLE_IPV4, NF_SIMPLE_MILLISECONDS } NfSimple;

/* What fields of a type are that all have `length` octets. */
NfSimple nf_value_simple (NfType type, gsize length);

/* Puts one at `at`, as nf_value_text() does. Returns the place behind it. */
#define NF_ROOM_FOR_SIMPLE NF_ROOM_FOR_TIME /* the others take less */

static inline char *
nf_put_simple (char *at, NfSimple simple, const guint8 *octets, gsize length)
{
    if (simple == NF_SIMPLE_IPV4)
        return nf_put_ipv4 (at, octets);
    if (simple == NF_SIMPLE_MILLISECONDS)
        return nf_put_time (at, nf_time_from_ms (nf_octets_uint (octets, 8)), 3);
    return nf_put_uint (at, nf_octets_uint (octets, length));
}

/* Appends `value` with the fewest digits that read back as the same `octets`-octet float. Not a
 * number, infinities: "NaN", "INF", "-INF". */
void nf_float_text (NfText *t, gdouble value, guint octets);

/* A clock's time: nanoseconds since 1970; before that, 1970 it is. */
static inline NfTime
nf_time_from_ns (gint64 ns)
{
    guint64 since = (guint64)MAX (ns, 0);

    return (NfTime){.s = since / 1000000000, .ns = (guint32)(since % 1000000000)};
}

/*
 * The absolute time of a sysUpTime-relative value such as flowStartSysUpTime. The header says that
 * at `export_time` the uptime was `now_ms`. Uptimes count modulo 2^32: `value_ms` is taken as
 * lying between 2^31 ms before and 2^31 - 1 ms after `now_ms`. FALSE where that is before 1970, as
 * it is with an exporter that has no clock.
 */
gboolean nf_time_from_uptime (NfTime *time, NfTime export_time, guint32 now_ms, guint32 value_ms);

G_END_DECLS
