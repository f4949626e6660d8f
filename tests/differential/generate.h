/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the generator of random export is made of. It shares no code with nfpeek: the octets and the
 * JSON are both written from what was drawn, never one from the other.
 *
 *      elements.c   the registry's rows, by type (RFC 7012 3.1)
 *      output.c     a Message and what is expected of it, side by side; captures
 *      values.c     values of each type (RFC 7011 6)
 *      records.c    Templates, records, and the lists in them (RFC 7011 3.4, RFC 6313)
 *      generate.c   exporters and their Messages
 */
#pragma once

#include <glib.h>
#include <stdio.h>

/* Abstract data types (RFC 7012 3.1, RFC 6313 4.1, RFC 9740). */
typedef enum {
    OCTET_ARRAY,
    UNSIGNED8,
    UNSIGNED16,
    UNSIGNED32,
    UNSIGNED64,
    UNSIGNED256,
    SIGNED8,
    SIGNED16,
    SIGNED32,
    SIGNED64,
    FLOAT32,
    FLOAT64,
    BOOLEAN,
    MAC_ADDRESS,
    STRING,
    DATE_TIME_SECONDS,
    DATE_TIME_MILLISECONDS,
    DATE_TIME_MICROSECONDS,
    DATE_TIME_NANOSECONDS,
    IPV4_ADDRESS,
    IPV6_ADDRESS,
    BASIC_LIST,
    SUB_TEMPLATE_LIST,
    SUB_TEMPLATE_MULTI_LIST,
    N_TYPES
} Type;

typedef struct {
    guint32 pen;
    guint16 id;
    Type type;
    char *name; /* NULL: nobody knows the element */
} Element;

/* ---- elements.c ---- */

/* Elements that can be exported in one of the versions, by their types. */
typedef struct {
    GPtrArray *by_type[N_TYPES];
    GHashTable *taken; /* numbers that are somebody's: "PEN/ID" */
} Elements;

/* Those of NetFlow v9 (9) or of IPFIX (10), from the rows in this folder. */
Elements *elements_read (const char *folder, guint version);
void elements_free (Elements *elements);

/* ---- output.c ---- */

/* The Length that says that each value has its own (RFC 7011 7). */
#define VARIABLE 65535

typedef struct {
    guint64 random;        /* the state of what is drawn */
    GByteArray *octets;    /* of the Message */
    GString *json;         /* what is expected of it */
    const Elements *known; /* of the exporter's version */
    guint version;
} Output;

/* A number below `limit`. */
guint64 draw (Output *o, guint64 limit);

/* Whether something comes true that does once in `n` times. */
gboolean once_in (Output *o, guint n);

/* Appends a number in so many octets, the most significant first. */
void put (Output *o, guint64 number, guint n_octets);
void put_at (Output *o, guint at, guint16 number);
void put_zeros (Output *o, guint n);

void say (Output *o, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The name of an element, as JSON. */
void say_element (Output *o, const Element *element);

/* A member's value: a string of octets that are UTF-8. */
void say_string (Output *o, const guint8 *octets, gsize length);

/* Ends an object or an array that began with a comma too many, and goes on behind it. */
void say_end (Output *o, const char *end);

/* A capture of raw IPv4 packets. */
void capture_begin (FILE *file);

/* A UDP datagram with the Message; the address is 10.0.0.0 + `exporter`. */
void capture_add (FILE *file, const Output *o, guint exporter, guint64 time_us);

/* ---- values.c ---- */

/* How many octets an element's values have, one of the lengths that its type allows. */
guint draw_length (Output *o, Type type);

/* Draws a value, puts it in so many octets, and says it. Of a list: not here, but put_list(). */
void put_value (Output *o, Type type, guint length);

/* A point in time (RFC 3339), of seconds since 1970 and a fraction with so many digits. */
void say_time (Output *o, guint64 seconds, guint fraction, int digits);

/* ---- records.c ---- */

#define MAX_FIELDS    16
#define MAX_TEMPLATES 7

typedef struct {
    Element element;
    guint length;
} Field;

typedef struct {
    guint16 id;
    gboolean options;
    guint n_scopes, n_fields;
    guint n_records; /* still to be sent */
    Field fields[MAX_FIELDS];
} Template;

void draw_template (Output *o, Template *t, guint16 id);

/* The Template Record, and what is expected of it. */
void put_template (Output *o, const Template *t);

/* The fewest octets that a record can have. */
guint least_length (const Template *t);

/* A record of templates[i]. Records in lists of it are of Templates before it. */
void put_record (Output *o, const Template *templates, guint i);
