/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the generator writes: a Message beside what is expected of it, and captures of those. */
#include "generate.h"

#include <string.h>

#define FIRST_ADDRESS     0x0a000000u /* 10.0.0.0 */
#define COLLECTOR_ADDRESS 0xc00002feu /* 192.0.2.254 */
#define LINK_TYPE_RAW     101
#define IP_HEADER         20
#define UDP_HEADER        8

/* splitmix64: every state is a good one, so that numbers of exporters can be. */
static guint64
draw_64 (Output *o)
{
    guint64 x = o->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

    x = (x ^ x >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
    return x ^ x >> 31;
}

guint64
draw (Output *o, guint64 limit)
{
    return limit > 0 ? draw_64 (o) % limit : 0;
}

gboolean
once_in (Output *o, guint n)
{
    return draw (o, n) == 0;
}

void
put (Output *o, guint64 number, guint n_octets)
{
    guint8 octets[8];

    for (guint i = n_octets; i-- > 0; number >>= 8)
        octets[i] = (guint8)number;
    g_byte_array_append (o->octets, octets, n_octets);
}

void
put_at (Output *o, guint at, guint16 number)
{
    o->octets->data[at] = (guint8)(number >> 8);
    o->octets->data[at + 1] = (guint8)number;
}

void
put_zeros (Output *o, guint n)
{
    while (n-- > 0)
        put (o, 0, 1);
}

void
say (Output *o, const char *format, ...)
{
    va_list args;

    va_start (args, format);
    g_string_append_vprintf (o->json, format, args);
    va_end (args);
}

void
say_element (Output *o, const Element *element)
{
    say (o, "\"pen\":%u,\"id\":%u,", element->pen, element->id);
    if (element->name)
        say (o, "\"name\":\"%s\",", element->name);
    else
        say (o, "\"name\":\"%u/%u\",", element->pen, element->id);
}

void
say_string (Output *o, const guint8 *octets, gsize length)
{
    g_string_append_c (o->json, '"');
    for (gsize i = 0; i < length; i++) {
        if (octets[i] < ' ' || octets[i] == '"' || octets[i] == '\\')
            say (o, "\\u%04x", octets[i]);
        else
            g_string_append_c (o->json, (char)octets[i]);
    }
    g_string_append_c (o->json, '"');
}

void
say_end (Output *o, const char *end)
{
    if (o->json->str[o->json->len - 1] == ',')
        g_string_truncate (o->json, o->json->len - 1);
    g_string_append (o->json, end);
}

/* ---- captures ---- */

void
capture_begin (FILE *file)
{
    /* of microseconds, version 2.4, as this host counts */
    const guint32 magic = 0xa1b2c3d4, nothing = 0, snap_length = 65535, link_type = LINK_TYPE_RAW;
    const guint16 version[] = {2, 4};

    fwrite (&magic, sizeof magic, 1, file);
    fwrite (version, sizeof version, 1, file);
    fwrite (&nothing, sizeof nothing, 1, file);
    fwrite (&nothing, sizeof nothing, 1, file);
    fwrite (&snap_length, sizeof snap_length, 1, file);
    fwrite (&link_type, sizeof link_type, 1, file);
}

/* RFC 791 3.1 */
static guint16
checksum_of (const guint8 *octets, guint n)
{
    guint sum = 0;

    for (guint i = 0; i < n; i += 2)
        sum += (guint)octets[i] << 8 | octets[i + 1];
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (guint16)~sum;
}

/* The headers of IPv4 and UDP (RFC 768), the latter without a checksum. */
static void
put_headers (Output *headers, guint version, guint exporter, guint length)
{
    put (headers, 0x4500, 2);
    put (headers, IP_HEADER + UDP_HEADER + length, 2);
    put (headers, 0x00004000, 4); /* no fragment */
    put (headers, 0x40110000, 4); /* hops, UDP, no checksum yet */
    put (headers, FIRST_ADDRESS + exporter, 4);
    put (headers, COLLECTOR_ADDRESS, 4);
    put_at (headers, 10, checksum_of (headers->octets->data, IP_HEADER));
    put (headers, 40000, 2);
    put (headers, version == 9 ? 2055 : 4739, 2);
    put (headers, UDP_HEADER + length, 2);
    put (headers, 0, 2);
}

void
capture_add (FILE *file, const Output *o, guint exporter, guint64 time_us)
{
    Output headers = {.octets = g_byte_array_new ()};
    guint32 record[4];

    put_headers (&headers, o->version, exporter, o->octets->len);
    record[0] = (guint32)(time_us / G_USEC_PER_SEC);
    record[1] = (guint32)(time_us % G_USEC_PER_SEC);
    record[2] = record[3] = headers.octets->len + o->octets->len;
    fwrite (record, sizeof record, 1, file);
    fwrite (headers.octets->data, headers.octets->len, 1, file);
    fwrite (o->octets->data, o->octets->len, 1, file);
    g_byte_array_unref (headers.octets);
}
