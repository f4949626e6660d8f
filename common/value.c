/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One field's octets as a typed value (RFC 7011 6.1, 6.2) and as text (RFC 7373).
 *
 * Values are written some ten million times a second: whatever is frequent (integers, addresses,
 * times) is put into the text digit by digit, without a format string.
 */
#include "value.h"

#include "reader.h"

#include <float.h>
#include <math.h>

#define S_PER_DAY 86400

/* RFC 7011 6.1.9: of a dateTimeMicroseconds' fraction the lowest 11 bits say nothing. */
#define NTP_MICROSECONDS_MASK 0xfffff800u

/*
 * An NTP timestamp, 32 bits of seconds since 1900 and 32 bits of their fraction, counted in
 * `per_second`ths of a second.
 *
 * The seconds wrap in 2036, and no bit tells on which side a value lies (RFC 5905 6 calls the
 * sides eras). Flows are not older than 1970, so the 2^32 seconds that begin there are meant: the
 * years 1970 to 2106, as with dateTimeSeconds. All zero is NTP's "not known"; it becomes 1970 and
 * not 2036, as an unset time of any other type does.
 *
 * The fraction is rounded to the nearest count. What an exporter cuts off when it makes the
 * fraction, with the 11 bits ignored, is less than half a microsecond, so the microsecond it
 * meant comes back; of a nanosecond it loses a quarter at most.
 */
static NfTime
ntp_time (guint64 timestamp, guint32 fraction_mask, guint32 per_second)
{
    guint64 fraction = timestamp & fraction_mask;
    guint64 counts = (fraction * per_second + (G_GUINT64_CONSTANT (1) << 31)) >> 32;

    if (timestamp == 0)
        return (NfTime){0};
    return (NfTime){.s = (guint32)((timestamp >> 32) - NF_NTP_EPOCH_TO_1970) + counts / per_second,
                    .ns = (guint32)(counts % per_second) * (1000000000 / per_second)};
}

static void
read_time (NfValue *value, NfType type)
{
    if (value->length != (type == NF_TYPE_DATE_TIME_SECONDS ? 4 : 8))
        return;

    guint64 u = nf_octets_uint (value->octets, value->length);

    value->kind = NF_VALUE_TIME;
    switch (type) {
    case NF_TYPE_DATE_TIME_SECONDS:
        value->time = (NfTime){.s = u};
        break;
    case NF_TYPE_DATE_TIME_MILLISECONDS:
        value->time = nf_time_from_ms (u);
        value->digits = 3;
        break;
    case NF_TYPE_DATE_TIME_MICROSECONDS:
        value->time = ntp_time (u, NTP_MICROSECONDS_MASK, 1000000);
        value->digits = 6;
        break;
    default:
        value->time = ntp_time (u, G_MAXUINT32, 1000000000);
        value->digits = 9;
        break;
    }
}

static void
read_unsigned (NfValue *value)
{
    if (value->length > 8)
        return;
    value->kind = NF_VALUE_UNSIGNED;
    value->u = nf_octets_uint (value->octets, value->length);
}

static void
read_signed (NfValue *value)
{
    if (value->length > 8)
        return;

    guint64 sign = G_GUINT64_CONSTANT (1) << (8 * value->length - 1);

    value->kind = NF_VALUE_SIGNED;
    value->i = (gint64)((nf_octets_uint (value->octets, value->length) ^ sign) - sign);
}

/* Four octets are a float32, also where a float64 was announced (RFC 7011 6.2). */
static void
read_float (NfValue *value, NfType type)
{
    if (value->length != 4 && (value->length != 8 || type == NF_TYPE_FLOAT32))
        return;

    guint64 bits64 = nf_octets_uint (value->octets, value->length);

    value->kind = NF_VALUE_FLOAT;
    value->digits = (guint8)value->length;
    if (value->length == 4) {
        guint32 bits32 = (guint32)bits64;
        gfloat f;

        memcpy (&f, &bits32, sizeof f);
        value->f = f;
    } else {
        memcpy (&value->f, &bits64, sizeof value->f);
    }
}

static void
read_string (NfValue *value)
{
    value->kind = NF_VALUE_STRING;
    value->length = nf_value_text_length (value->octets, value->length);
}

static gboolean
may_be_empty (NfType type)
{
    switch (type) {
    case NF_TYPE_OCTET_ARRAY:
    case NF_TYPE_STRING:
    case NF_TYPE_BASIC_LIST:
    case NF_TYPE_SUB_TEMPLATE_LIST:
    case NF_TYPE_SUB_TEMPLATE_MULTI_LIST:
        return TRUE;
    default:
        return FALSE;
    }
}

void
nf_value_read (NfValue *value, NfType type, const guint8 *octets, gsize length)
{
    *value = (NfValue){.kind = NF_VALUE_OCTETS, .octets = octets, .length = length};

    if (length == 0 && !may_be_empty (type)) {
        value->kind = NF_VALUE_NONE;
        return;
    }
    switch (type) {
    case NF_TYPE_UNSIGNED8:
    case NF_TYPE_UNSIGNED16:
    case NF_TYPE_UNSIGNED32:
    case NF_TYPE_UNSIGNED64:
    case NF_TYPE_UNSIGNED256:
        read_unsigned (value);
        break;
    case NF_TYPE_SIGNED8:
    case NF_TYPE_SIGNED16:
    case NF_TYPE_SIGNED32:
    case NF_TYPE_SIGNED64:
        read_signed (value);
        break;
    case NF_TYPE_FLOAT32:
    case NF_TYPE_FLOAT64:
        read_float (value, type);
        break;
    case NF_TYPE_BOOLEAN:
        if (length == 1) {
            value->kind = NF_VALUE_BOOLEAN;
            value->u = octets[0];
        }
        break;
    case NF_TYPE_MAC_ADDRESS:
        if (length == 6)
            value->kind = NF_VALUE_MAC;
        break;
    case NF_TYPE_STRING:
        read_string (value);
        break;
    case NF_TYPE_DATE_TIME_SECONDS:
    case NF_TYPE_DATE_TIME_MILLISECONDS:
    case NF_TYPE_DATE_TIME_MICROSECONDS:
    case NF_TYPE_DATE_TIME_NANOSECONDS:
        read_time (value, type);
        break;
    case NF_TYPE_IPV4_ADDRESS:
        if (length == 4)
            value->kind = NF_VALUE_IPV4;
        break;
    case NF_TYPE_IPV6_ADDRESS:
        if (length == 16)
            value->kind = NF_VALUE_IPV6;
        break;
    case NF_TYPE_OCTET_ARRAY:
    case NF_TYPE_BASIC_LIST:
    case NF_TYPE_SUB_TEMPLATE_LIST:
    case NF_TYPE_SUB_TEMPLATE_MULTI_LIST:
    case NF_N_TYPES:
        break;
    }
}

NfSimple
nf_value_simple (NfType type, gsize length)
{
    switch (type) {
    case NF_TYPE_UNSIGNED8:
    case NF_TYPE_UNSIGNED16:
    case NF_TYPE_UNSIGNED32:
    case NF_TYPE_UNSIGNED64:
    case NF_TYPE_UNSIGNED256:
        return length >= 1 && length <= 8 ? NF_SIMPLE_UINT : NF_SIMPLE_NOT;
    case NF_TYPE_IPV4_ADDRESS:
        return length == 4 ? NF_SIMPLE_IPV4 : NF_SIMPLE_NOT;
    default:
        return NF_SIMPLE_NOT;
    }
}

/* How long the character is that begins with this octet, which is not ASCII; 0: none does. */
static gsize
length_by_lead (guint8 lead)
{
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    if (lead >= 0xf0 && lead <= 0xf4)
        return 4;
    return 0;
}

/*
 * How many octets from `r` on belong together: one character, or, with `valid` FALSE, the longest
 * start of a character that goes wrong behind it (Unicode 3.9, "maximal subpart"), which one
 * U+FFFD stands for. At least one octet is left.
 *
 * Only the second octet has a range of its own, which keeps out overlong forms (E0, F0),
 * surrogates (ED) and what lies beyond U+10FFFF (F4): RFC 3629 4.
 */
static gsize
character_length (const NfReader *r, gboolean *valid)
{
    guint8 lead = r->at[0];

    *valid = lead < 0x80;
    if (*valid)
        return 1;

    guint8 low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    guint8 high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    gsize length = length_by_lead (lead);

    if (length == 0)
        return 1;
    for (gsize i = 1; i < length; i++) {
        if (i >= r->left || r->at[i] < low || r->at[i] > high)
            return i;
        low = 0x80;
        high = 0xbf;
    }
    *valid = TRUE;
    return length;
}

static void
string_text (NfText *t, const guint8 *octets, gsize length)
{
    static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */
    NfReader r = nf_reader (octets, length, 0);
    const guint8 *good = octets; /* what is to be copied as it is */
    gsize good_length = 0;

    while (r.left > 0) {
        gboolean valid;
        gsize n = character_length (&r, &valid);

        nf_reader_take (&r, n);
        if (valid) {
            good_length += n;
            continue;
        }
        nf_text_add_octets (t, good, good_length);
        nf_text_add (t, replacement);
        good = r.at;
        good_length = 0;
    }
    nf_text_add_octets (t, good, good_length);
}

gsize
nf_value_valid_length (const NfValue *value)
{
    NfReader r = nf_reader (value->octets, value->length, 0);
    gboolean valid = TRUE;

    for (;;) {
        nf_reader_skip_ascii (&r);
        if (r.left == 0)
            break;
        gsize n = character_length (&r, &valid);

        if (!valid)
            break;
        nf_reader_take (&r, n);
    }
    return r.offset;
}

static void
boolean_text (NfText *t, guint64 u)
{
    if (u == 1)
        nf_text_add (t, "true");
    else if (u == 2)
        nf_text_add (t, "false");
    else
        nf_text_add_uint (t, u, 1);
}

void
nf_value_text (NfText *t, const NfValue *value)
{
    switch (value->kind) {
    case NF_VALUE_NONE:
        break;
    case NF_VALUE_OCTETS:
        nf_text_add_hex (t, value->octets, value->length, 0);
        break;
    case NF_VALUE_UNSIGNED:
        nf_text_add_uint (t, value->u, 1);
        break;
    case NF_VALUE_SIGNED:
        nf_text_add_int (t, value->i);
        break;
    case NF_VALUE_FLOAT:
        nf_float_text (t, value->f, value->digits);
        break;
    case NF_VALUE_BOOLEAN:
        boolean_text (t, value->u);
        break;
    case NF_VALUE_MAC:
        nf_text_add_hex (t, value->octets, 6, ':');
        break;
    case NF_VALUE_STRING:
        string_text (t, value->octets, value->length);
        break;
    case NF_VALUE_IPV4:
        nf_ipv4_text (t, value->octets);
        break;
    case NF_VALUE_IPV6:
        nf_ipv6_text (t, value->octets);
        break;
    case NF_VALUE_TIME:
        nf_time_text (t, value->time, value->digits);
        break;
    }
}

/* Puts the last `n` decimal digits of `value` at `at`. Returns the place behind them. */
static char *
put_digits (char *at, guint32 value, guint n)
{
    guint i = n;

    for (; i >= 2; value /= 100)
        memcpy (at + (i -= 2), nf_digit_pairs + 2 * (value % 100), 2);
    if (i == 1)
        *at = (char)('0' + value % 10);
    return at + n;
}

static inline char *
put_two (char *at, guint32 value)
{
    memcpy (at, nf_digit_pairs + 2 * value, 2);
    return at + 2;
}

/* Puts the date that lies `days` behind 1970-01-01. Returns the place behind it. */
static char *
put_date (char *at, guint32 days)
{
    /* Years are counted from the first of March, so that the leap day ends one, and days from
     * 0000-03-01. A year has 1461 quarter days on average, a century 146097 / 4 days; five months
     * from March or August on have 153 days. */
    guint32 quarters = 4 * (days + 719468) + 3;
    guint32 century = quarters / 146097;
    guint32 in_century = quarters % 146097 | 3;
    guint32 year = 100 * century + in_century / 1461;
    guint32 day = in_century % 1461 / 4;
    guint32 month = (5 * day + 2) / 153;

    day -= (153 * month + 2) / 5;
    at = nf_put_of_four (at, nf_four_digits (month < 10 ? year : year + 1), 4);
    *at++ = '-';
    at = put_two (at, month < 10 ? month + 3 : month - 9);
    *at++ = '-';
    return put_two (at, day + 1);
}

/* Appends "2023-11-14T22:13:20"; `s` is at most NF_LAST_CALENDAR_S. */
static void
date_time_text (NfText *t, guint64 s)
{
    guint32 second = (guint32)(s % S_PER_DAY);
    char *at = nf_text_room (t, sizeof "YYYY-MM-DDThh:mm:ss");

    at = put_date (at, (guint32)(s / S_PER_DAY));
    *at++ = 'T';
    at = put_two (at, second / 3600);
    *at++ = ':';
    at = put_two (at, second / 60 % 60);
    *at++ = ':';
    t->at = put_two (at, second % 60);
}

/* The first `digits` digits of a fraction in nanoseconds, as a number. */
static guint32
cut_fraction (guint32 ns, guint digits)
{
    switch (digits) {
    case 3:
        return ns / 1000000;
    case 6:
        return ns / 1000;
    default:
        for (guint i = digits; i < 9; i++)
            ns /= 10;
        return ns;
    }
}

void
nf_time_text (NfText *t, NfTime time, guint digits)
{
    gboolean in_calendar = time.s <= NF_LAST_CALENDAR_S;

    if (in_calendar)
        date_time_text (t, time.s);
    else
        nf_text_add_uint (t, time.s, 1);
    if (digits > 0) {
        char *at = nf_text_room (t, 1 + digits);

        *at = '.';
        t->at = put_digits (at + 1, cut_fraction (time.ns, digits), digits);
    }
    if (in_calendar)
        nf_text_add_char (t, 'Z');
}

#define TEN(tens)                                                                                  \
    tens "0.", tens "1.", tens "2.", tens "3.", tens "4.", tens "5.", tens "6.", tens "7.",        \
        tens "8.", tens "9."

/* "0." to "255.": addresses are written so often that a table pays. */
static const char octet_texts[][sizeof "255."] = {
    TEN (""),   TEN ("1"),  TEN ("2"),  TEN ("3"),  TEN ("4"),  TEN ("5"),  TEN ("6"),
    TEN ("7"),  TEN ("8"),  TEN ("9"),  TEN ("10"), TEN ("11"), TEN ("12"), TEN ("13"),
    TEN ("14"), TEN ("15"), TEN ("16"), TEN ("17"), TEN ("18"), TEN ("19"), TEN ("20"),
    TEN ("21"), TEN ("22"), TEN ("23"), TEN ("24"), TEN ("25"),
};

/* Puts an octet and a dot, with up to two octets of no meaning behind that. Returns the place
 * behind the dot. */
static inline char *
put_octet (char *at, guint8 octet)
{
    memcpy (at, octet_texts[octet], 4);
    return at + 2 + (octet >= 10) + (octet >= 100);
}

char *
nf_put_ipv4 (char *at, const guint8 octets[4])
{
    for (guint i = 0; i < 4; i++)
        at = put_octet (at, octets[i]);
    return at - 1;
}

void
nf_ipv4_text (NfText *t, const guint8 octets[4])
{
    t->at = nf_put_ipv4 (nf_text_room (t, NF_ROOM_FOR_IPV4), octets);
}

/* Puts a 16-bit group without leading zeros (RFC 5952 4.1). Returns the place behind it. */
static char *
put_group (char *at, guint16 group)
{
    static const char digits[] = "0123456789abcdef";

    for (guint shift = group > 0xfff  ? 12
                       : group > 0xff ? 8
                       : group > 0xf  ? 4
                                      : 0;
         shift > 0; shift -= 4)
        *at++ = digits[group >> shift & 15];
    *at++ = digits[group & 15];
    return at;
}

void
nf_ipv6_text (NfText *t, const guint8 octets[16])
{
    static const guint8 ipv4_mapped[12] = {[10] = 0xff, [11] = 0xff};
    guint16 groups[8];
    guint start = 8, length = 1; /* of the zeros to leave out: two groups or more (4.2.2) */

    /* The one prefix for which the mixed form is usual (RFC 5952 5). */
    if (memcmp (octets, ipv4_mapped, sizeof ipv4_mapped) == 0) {
        nf_text_add (t, "::ffff:");
        nf_ipv4_text (t, &octets[12]);
        return;
    }

    for (guint i = 0, zeros = 0; i < 8; i++) {
        groups[i] = (guint16)(octets[2 * i] << 8 | octets[2 * i + 1]);
        zeros = groups[i] == 0 ? zeros + 1 : 0;
        if (zeros > length) { /* the first of the longest runs (RFC 5952 4.2.3) */
            length = zeros;
            start = i + 1 - zeros;
        }
    }

    char *at = nf_text_room (t, sizeof "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

    for (guint i = 0; i < 8; i++) {
        if (i == start) {
            *at++ = ':';
            i += length - 1;
            if (i == 7)
                *at++ = ':';
            continue;
        }
        if (i > 0)
            *at++ = ':';
        at = put_group (at, groups[i]);
    }
    t->at = at;
}

/* Whether `text` reads back as `value`, each taken as a float of `octets` octets. */
static gboolean
reads_back (const char *text, gdouble value, guint octets)
{
    gdouble again = g_ascii_strtod (text, NULL);

    return octets == 4 ? (gfloat)again == (gfloat)value : again == value;
}

void
nf_float_text (NfText *t, gdouble value, guint octets)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    char format[] = "%.00g";
    /* Whatever has so many digits survives in a float, so fewer need not be tried (%g leaves out
     * zeros at the end); not so near zero, where floats have lost precision. */
    guint precision = octets == 4 ? FLT_DIG : DBL_DIG;

    if (!isfinite (value)) {
        nf_text_add (t, isnan (value) ? "NaN" : value < 0 ? "-INF" : "INF");
        return;
    }
    if (fabs (value) < (octets == 4 ? FLT_MIN : DBL_MIN))
        precision = 1;
    do {
        put_digits (&format[2], precision, 2);
        g_ascii_formatd (text, sizeof text, format, value);
    } while (!reads_back (text, value, octets) && ++precision <= DBL_DECIMAL_DIG);
    nf_text_add (t, text);
}

gboolean
nf_time_from_uptime (NfTime *time, NfTime export_time, guint32 now_ms, guint32 value_ms)
{
    const gint64 ns_per_s = 1000000000;
    gint64 difference_ms = (gint32)(value_ms - now_ms);
    gint64 ns = (gint64)export_time.ns + difference_ms * 1000000;
    gint64 s = ns / ns_per_s - (ns % ns_per_s < 0);

    if (s < 0 && (guint64)-s > export_time.s)
        return FALSE;
    *time = (NfTime){.s = export_time.s + (guint64)s, .ns = (guint32)(ns - s * ns_per_s)};
    return TRUE;
}
