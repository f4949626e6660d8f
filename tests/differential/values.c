/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of each abstract data type, as octets (RFC 7011 6.1, with reduced sizes: 6.2) and as JSON.
 */
#include "generate.h"

#include <arpa/inet.h>
#include <math.h>
#include <string.h>
#include <time.h>

#define MAX_FIXED 40
#define NTP_1970  2208988800u                          /* seconds from 1900 to 1970 */
#define LAST_MS   G_GUINT64_CONSTANT (253402300799999) /* of the year 9999 */

/* The octets that a type has in full; 0: as many as there are. */
static const guint8 full_length[N_TYPES] = {
    [UNSIGNED8] = 1,
    [UNSIGNED16] = 2,
    [UNSIGNED32] = 4,
    [UNSIGNED64] = 8,
    [UNSIGNED256] = 32,
    [SIGNED8] = 1,
    [SIGNED16] = 2,
    [SIGNED32] = 4,
    [SIGNED64] = 8,
    [FLOAT32] = 4,
    [FLOAT64] = 8,
    [BOOLEAN] = 1,
    [MAC_ADDRESS] = 6,
    [DATE_TIME_SECONDS] = 4,
    [DATE_TIME_MILLISECONDS] = 8,
    [DATE_TIME_MICROSECONDS] = 8,
    [DATE_TIME_NANOSECONDS] = 8,
    [IPV4_ADDRESS] = 4,
    [IPV6_ADDRESS] = 16,
};

guint
draw_length (Output *o, Type type)
{
    gboolean variable = o->version == 10 && draw (o, 2) != 0;

    if (type >= BASIC_LIST)
        return VARIABLE;
    if (type == OCTET_ARRAY || type == STRING)
        return variable ? VARIABLE : 1 + (guint)draw (o, MAX_FIXED);
    if (type == FLOAT64)
        return once_in (o, 3) ? 4 : 8;
    if (type >= UNSIGNED8 && type <= SIGNED64 && draw (o, 2))
        return 1 + (guint)draw (o, full_length[type]);
    return full_length[type];
}

/* A number of so many bits: any, a small one, or one at an end of what they hold. */
static guint64
draw_number (Output *o, guint bits)
{
    guint64 most = bits < 64 ? (G_GUINT64_CONSTANT (1) << bits) - 1 : G_MAXUINT64;

    switch (draw (o, 4)) {
    case 0:
        return draw (o, MIN (most, 1000));
    case 1:
        return draw (o, 2) ? most - draw (o, 2) : draw (o, 2);
    default:
        return draw (o, G_MAXUINT64) & most;
    }
}

static void
put_unsigned (Output *o, guint length)
{
    guint64 number = draw_number (o, 8 * length);

    put (o, number, length);
    say (o, "%" G_GUINT64_FORMAT, number);
}

static void
put_signed (Output *o, guint length)
{
    gint64 number = (gint64)draw_number (o, 8 * length - 1);

    if (draw (o, 2))
        number = -number - 1;
    put (o, (guint64)number, length);
    say (o, "%" G_GINT64_FORMAT, number);
}

static void
put_octets (Output *o, guint length)
{
    say (o, "\"");
    for (guint i = 0; i < length; i++) {
        guint octet = once_in (o, 8) ? 0 : (guint)draw (o, 256);

        put (o, octet, 1);
        say (o, "%02x", octet);
    }
    say (o, "\"");
}

/* ---- floats ---- */

static double
draw_float (Output *o)
{
    switch (draw (o, 8)) {
    case 0:
        return 0;
    case 1:
        return draw (o, 2) ? INFINITY : -INFINITY;
    case 2:
        return NAN;
    case 3:
        return (double)draw (o, 100000) / 100;
    default:
        return ldexp ((double)draw (o, G_MAXUINT64) / 3, (int)draw (o, 200) - 164);
    }
}

/* With as many digits as the type has, which tell a reader how exact it is. */
static void
put_float (Output *o, guint length)
{
    double number = draw (o, 2) ? draw_float (o) : -draw_float (o);
    char text[40];
    guint64 bits;

    if (length == 4) {
        float narrow = (float)number;
        guint32 bits_32;

        memcpy (&bits_32, &narrow, sizeof bits_32);
        bits = bits_32;
        g_ascii_formatd (text, sizeof text, "%.8e", (double)narrow);
    } else {
        memcpy (&bits, &number, sizeof bits);
        g_ascii_formatd (text, sizeof text, "%.16e", number);
    }
    put (o, bits, length);
    if (isnan (number))
        say (o, "\"NaN\"");
    else if (isinf (number))
        say (o, number < 0 ? "\"-INF\"" : "\"INF\"");
    else
        say (o, "%s", text);
}

/* ---- strings ---- */

/* Characters of so many octets in UTF-8 (RFC 3629 3), no surrogates among them. */
static gunichar
draw_character (Output *o, guint octets)
{
    static const gunichar first[] = {0, 0, 0x80, 0x800, 0x10000},
                          behind[] = {0, 0x80, 0x800, 0x10000, 0x110000};
    gunichar c;

    do
        c = first[octets] + (gunichar)draw (o, behind[octets] - first[octets]);
    while (c >= 0xd800 && c < 0xe000);
    return c;
}

static guint
put_character (Output *o, guint8 *at, guint room)
{
    gboolean plain = draw (o, 4) != 0;
    guint wide = 1 + (guint)draw (o, 4), n = plain ? 1 : MIN (room, wide);
    gunichar c = plain ? ' ' + (gunichar)draw (o, 95) : draw_character (o, n);

    switch (n) {
    case 1:
        at[0] = (guint8)c;
        break;
    case 2:
        at[0] = (guint8)(0xc0 | c >> 6);
        break;
    case 3:
        at[0] = (guint8)(0xe0 | c >> 12);
        break;
    default:
        at[0] = (guint8)(0xf0 | c >> 18);
        break;
    }
    for (guint i = 1; i < n; i++)
        at[i] = (guint8)(0x80 | (c >> 6 * (n - 1 - i) & 0x3f));
    return n;
}

/* Often shorter than its field: the rest is zero. Zeros at the end are none of the string's. */
static void
put_string (Output *o, guint length)
{
    g_autofree guint8 *text = g_malloc0 (length + 1);
    guint n = draw (o, 2) ? length : (guint)draw (o, length + 1), used = 0;

    while (used < n)
        used += put_character (o, text + used, n - used);
    g_byte_array_append (o->octets, text, length);
    while (used > 0 && text[used - 1] == '\0')
        used--;
    say_string (o, text, used);
}

/* ---- addresses ---- */

static void
put_mac (Output *o)
{
    guint8 mac[6];

    for (guint i = 0; i < sizeof mac; i++)
        put (o, mac[i] = (guint8)draw (o, 256), 1);
    say (o, "\"%02x:%02x:%02x:%02x:%02x:%02x\"", mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
}

/* inet_ntop() writes IPv6 as RFC 5952 has it, but where it takes the last four octets for IPv4's
 * since all before are zero: such an address is not drawn. */
static void
put_address (Output *o, int family, guint length)
{
    static const guint8 zeros[12];
    guint8 address[16];
    char text[INET6_ADDRSTRLEN];
    gboolean sparse = draw (o, 2) != 0;

    for (guint i = 0; i < length; i++)
        address[i] = sparse && draw (o, 3) ? 0 : (guint8)draw (o, 256);
    if (family == AF_INET6 && once_in (o, 8)) { /* IPv4, mapped */
        memset (address, 0, 10);
        memset (address + 10, 0xff, 2);
    } else if (family == AF_INET6 && memcmp (address, zeros, sizeof zeros) == 0) {
        address[0] = 0x20;
    }
    g_byte_array_append (o->octets, address, length);
    say (o, "\"%s\"", inet_ntop (family, address, text, sizeof text));
}

/* ---- times ---- */

void
say_time (Output *o, guint64 seconds, guint fraction, int digits)
{
    time_t t = (time_t)seconds;
    char text[40];
    struct tm tm;

    strftime (text, sizeof text, "%Y-%m-%dT%H:%M:%S", gmtime_r (&t, &tm));
    say (o, "\"%s", text);
    if (digits > 0)
        say (o, ".%0*u", digits, fraction);
    say (o, "Z\"");
}

/* Seconds since 1900, modulo 2^32, and the fraction of one in units of 2^-32, rounded off. Of
 * microseconds the lowest 11 bits mean nothing (RFC 7011 6.1.9). */
static void
put_ntp (Output *o, guint per_second, guint meaningless, int digits)
{
    guint32 seconds = (guint32)draw_number (o, 32);
    guint fraction =
        once_in (o, 8) ? (guint)draw (o, 2) * (per_second - 1) : (guint)draw (o, per_second);
    guint64 units = ((guint64)fraction << 32) / per_second;

    if ((guint32)(seconds + NTP_1970) == 0) /* an NTP time of 0 is none */
        seconds++;
    units = (units & ~(guint64)meaningless) | (draw (o, G_MAXUINT64) & meaningless);
    put (o, (guint32)(seconds + NTP_1970), 4);
    put (o, units, 4);
    say_time (o, seconds, fraction, digits);
}

static void
put_time (Output *o, Type type)
{
    guint64 number;

    switch (type) {
    case DATE_TIME_SECONDS:
        number = draw_number (o, 32);
        put (o, number, 4);
        say_time (o, number, 0, 0);
        break;
    case DATE_TIME_MILLISECONDS:
        number = draw (o, 2) ? draw (o, LAST_MS + 1) : draw_number (o, 40);
        put (o, number, 8);
        say_time (o, number / 1000, (guint)(number % 1000), 3);
        break;
    case DATE_TIME_MICROSECONDS:
        put_ntp (o, 1000000, 0x7ff, 6);
        break;
    default:
        put_ntp (o, 1000000000, 0, 9);
        break;
    }
}

/* ---- all of them ---- */

void
put_value (Output *o, Type type, guint length)
{
    gboolean is_true;

    say (o, "\"value\":");
    switch (type) {
    case OCTET_ARRAY:
        put_octets (o, length);
        break;
    case STRING:
        put_string (o, length);
        break;
    case UNSIGNED8:
    case UNSIGNED16:
    case UNSIGNED32:
    case UNSIGNED64:
        put_unsigned (o, length);
        break;
    case UNSIGNED256:
        if (length > 8)
            put_octets (o, length);
        else
            put_unsigned (o, length);
        break;
    case SIGNED8:
    case SIGNED16:
    case SIGNED32:
    case SIGNED64:
        put_signed (o, length);
        break;
    case FLOAT32:
    case FLOAT64:
        put_float (o, length);
        break;
    case BOOLEAN: /* RFC 7011 6.1.5 */
        is_true = draw (o, 2) == 1;
        put (o, is_true ? 1 : 2, 1);
        say (o, is_true ? "true" : "false");
        break;
    case MAC_ADDRESS:
        put_mac (o);
        break;
    case IPV4_ADDRESS:
        put_address (o, AF_INET, 4);
        break;
    case IPV6_ADDRESS:
        put_address (o, AF_INET6, 16);
        break;
    default:
        put_time (o, type);
        break;
    }
    say (o, ",");
}
