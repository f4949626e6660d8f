/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values as text (RFC 7373).
 *
 * They are written some ten million times a second: whatever is frequent (integers, addresses,
 * times) is put into the text digit by digit, without a format string.
 */
#include "value.h"

#include <float.h>
#include <math.h>

#define S_PER_DAY 86400

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

/* "00" to "99", one behind the other: two decimal digits at a time. */
static const char digit_pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637"
    "3839404142434445464748495051525354555657585960616263646566676869707172737475"
    "767778798081828384858687888990919293949596979899";

/* Puts the last `n` decimal digits of `value` at `at`. Returns the place behind them. */
static char *
put_digits (char *at, guint32 value, guint n)
{
    guint i = n;

    for (; i >= 2; value /= 100)
        memcpy (at + (i -= 2), digit_pairs + 2 * (value % 100), 2);
    if (i == 1)
        *at = (char)('0' + value % 10);
    return at + n;
}

static inline char *
put_two (char *at, guint32 value)
{
    memcpy (at, digit_pairs + 2 * value, 2);
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

/* Puts "2023-11-14T22:13:20"; `s` is at most NF_LAST_CALENDAR_S. Returns the place behind it. */
static char *
put_date_time (char *at, guint64 s)
{
    guint32 second = (guint32)(s % S_PER_DAY);

    at = put_date (at, (guint32)(s / S_PER_DAY));
    *at++ = 'T';
    at = put_two (at, second / 3600);
    *at++ = ':';
    at = put_two (at, second / 60 % 60);
    *at++ = ':';
    return put_two (at, second % 60);
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

char *
nf_put_time (char *at, NfTime time, guint digits)
{
    gboolean in_calendar = time.s <= NF_LAST_CALENDAR_S;

    at = in_calendar ? put_date_time (at, time.s) : nf_put_uint (at, time.s);
    if (digits > 0) {
        *at++ = '.';
        at = put_digits (at, cut_fraction (time.ns, digits), digits);
    }
    if (in_calendar)
        *at++ = 'Z';
    return at;
}

void
nf_time_text (NfText *t, NfTime time, guint digits)
{
    t->at = nf_put_time (nf_text_room (t, NF_ROOM_FOR_TIME), time, digits);
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
