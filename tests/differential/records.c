/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates (RFC 7011 3.4, RFC 3954 5.2 and 6.1), records, and lists in those (RFC 6313 4.5). */
#include "generate.h"

#include <string.h>

#define MAX_DEPTH   2     /* of records in lists */
#define CROWDED     20000 /* octets of a Message; what comes now is kept short */
#define LONG_RECORD 16    /* octets: what is not taken for padding is shorter */
#define N_SCOPES    5     /* that NetFlow v9 has (RFC 3954 6.1) */

/* ---- Templates ---- */

/* An element that no registry has. */
static Element
draw_unknown (Output *o)
{
    static const guint32 pens[] = {0, 32473, 637, 64512, G_MAXUINT32};
    Element element = {.type = OCTET_ARRAY};
    gboolean taken;

    do {
        char number[32];

        element.pen = o->version == 9 ? 0 : pens[draw (o, G_N_ELEMENTS (pens))];
        element.id = (guint16)(1 + draw (o, o->version == 9 ? 65534 : 32767));
        g_snprintf (number, sizeof number, "%u/%u", element.pen, element.id);
        taken = g_hash_table_contains (o->known->taken, number);
    } while (taken);
    return element;
}

/* Each type is as likely as the next, however few elements it has. NetFlow v9 has no lists. */
static Element
draw_element (Output *o)
{
    const GPtrArray *elements;

    if (once_in (o, 12))
        return draw_unknown (o);
    do
        elements = o->known->by_type[draw (o, o->version == 9 ? BASIC_LIST : N_TYPES)];
    while (elements->len == 0);
    return *(const Element *)g_ptr_array_index (elements, draw (o, elements->len));
}

static Field
draw_scope (Output *o)
{
    static char *const names[N_SCOPES] = {"scope_system", "scope_interface", "scope_line_card",
                                          "scope_cache", "scope_template"};
    guint scope = (guint)draw (o, N_SCOPES);
    Field field = {
        .element = {.id = (guint16)(scope + 1), .type = UNSIGNED64, .name = names[scope]}};

    field.length = draw_length (o, UNSIGNED64);
    return field;
}

void
draw_template (Output *o, Template *t, guint16 id)
{
    *t = (Template){.id = id, .options = once_in (o, 4), .n_records = 1 + (guint)draw (o, 5)};
    t->n_fields = 1 + (guint)draw (o, once_in (o, 3) ? MAX_FIELDS : MAX_FIELDS / 2);
    if (t->options)
        t->n_scopes = 1 + (guint)draw (o, MIN (t->n_fields, 3));
    for (guint i = 0; i < t->n_fields; i++) {
        if (o->version == 9 && i < t->n_scopes) {
            t->fields[i] = draw_scope (o);
            continue;
        }
        t->fields[i].element = draw_element (o);
        t->fields[i].length = draw_length (o, t->fields[i].element.type);
    }
}

guint
least_length (const Template *t)
{
    guint length = 0;

    for (guint i = 0; i < t->n_fields; i++)
        length += t->fields[i].length == VARIABLE ? 1 : t->fields[i].length;
    return length;
}

/* A Field Specifier (RFC 7011 3.2), without the end of its object. */
static void
put_specifier (Output *o, const Field *field)
{
    const Element *element = &field->element;

    put (o, element->pen > 0 ? 0x8000u | element->id : element->id, 2);
    put (o, field->length, 2);
    if (element->pen > 0)
        put (o, element->pen, 4);
    say (o, "{");
    say_element (o, element);
    say (o, "\"length\":%u,", field->length);
    if (field->length == VARIABLE)
        say (o, "\"variable\":true,");
}

void
put_template (Output *o, const Template *t)
{
    guint start = o->octets->len;

    say (o, "{\"id\":%u,\"offset\":%u,\"scope_count\":%u,\"fields\":[", t->id, start, t->n_scopes);
    put (o, t->id, 2);
    if (t->options && o->version == 9) {
        put (o, 4 * t->n_scopes, 2);
        put (o, 4 * (t->n_fields - t->n_scopes), 2);
    } else {
        put (o, t->n_fields, 2);
        if (t->options)
            put (o, t->n_scopes, 2);
    }
    for (guint i = 0; i < t->n_fields; i++) {
        put_specifier (o, &t->fields[i]);
        if (i < t->n_scopes)
            say (o, "\"scope\":true,");
        say_end (o, "},");
    }
    say_end (o, "],");
    say (o, "\"length\":%u},", o->octets->len - start);
}

/* ---- what is in a field ---- */

static void put_fields (Output *o, const Template *templates, guint i, guint depth);

static guint
draw_variable_length (Output *o)
{
    if (o->octets->len > CROWDED)
        return (guint)draw (o, 4);
    return (guint)draw (o, once_in (o, 30) ? 700 : 30);
}

static const char *
draw_semantic (Output *o, guint8 *number)
{
    static const struct {
        guint8 number;
        const char *name;
    } semantics[] = {{0, "noneOf"}, {1, "exactlyOneOf"}, {2, "oneOrMoreOf"},
                     {3, "allOf"},  {4, "ordered"},      {255, "undefined"}};
    guint i = (guint)draw (o, G_N_ELEMENTS (semantics));

    *number = semantics[i].number;
    return semantics[i].name;
}

static void put_variable (Output *o, const Field *field, const Template *templates, guint n,
                          guint depth);

static void
put_value_or_list (Output *o, const Field *field, const Template *templates, guint n, guint depth)
{
    if (field->length == VARIABLE) {
        put_variable (o, field, templates, n, depth);
        return;
    }
    say (o, "\"offset\":%u,\"length\":%u,", o->octets->len, field->length);
    put_value (o, field->element.type, field->length);
}

/* Values of one element, which is no list itself. */
static void
put_basic_list (Output *o, guint depth)
{
    Field field;

    do
        field.element = draw_element (o);
    while (field.element.type >= BASIC_LIST);
    field.length = draw_length (o, field.element.type);
    say (o, "\"element\":");
    put_specifier (o, &field);
    say_end (o, "},\"values\":[");
    for (guint n = (guint)draw (o, 5); n > 0; n--) {
        say (o, "{");
        put_value_or_list (o, &field, NULL, 0, depth);
        say_end (o, "},");
    }
    say_end (o, "],");
}

/* Records of one of the first `n` Templates that is none of options. */
static void
put_list_records (Output *o, const Template *templates, guint i, guint depth)
{
    guint n = depth < MAX_DEPTH && o->octets->len < CROWDED ? (guint)draw (o, 4) : 0;

    say (o, "\"records\":[");
    while (n-- > 0)
        put_fields (o, templates, i, depth + 1);
    say_end (o, "],");
}

/* A Template for a list in records of the one behind `n` others. */
static guint
draw_list_template (Output *o, const Template *templates, guint n)
{
    guint i = (guint)draw (o, n);

    while (i > 0 && templates[i].options)
        i--;
    return i;
}

static void
put_part (Output *o, const Template *templates, guint i, guint depth)
{
    guint start = o->octets->len;

    put (o, templates[i].id, 2);
    put (o, 0, 2);
    say (o, "{\"template\":%u,\"offset\":%u,", templates[i].id, start);
    put_list_records (o, templates, i, depth);
    put_at (o, start + 2, (guint16)(o->octets->len - start));
    say (o, "\"length\":%u},", o->octets->len - start);
}

static void
put_list (Output *o, Type type, const Template *templates, guint n, guint depth)
{
    guint8 semantic;
    guint i;

    say (o, "\"semantic\":\"%s\",", draw_semantic (o, &semantic));
    put (o, semantic, 1);
    if (type == BASIC_LIST) {
        put_basic_list (o, depth);
        return;
    }
    i = draw_list_template (o, templates, n);
    if (n == 0 || templates[i].options) /* none yet: a list of nothing */
        depth = MAX_DEPTH;
    if (type == SUB_TEMPLATE_LIST) {
        put (o, templates[i].id, 2);
        say (o, "\"template\":%u,", templates[i].id);
        put_list_records (o, templates, i, depth);
        return;
    }
    say (o, "\"parts\":[");
    for (guint parts = depth < MAX_DEPTH ? (guint)draw (o, 4) : 0; parts > 0; parts--)
        put_part (o, templates, i, depth);
    say_end (o, "],");
}

static void
put_content (Output *o, const Field *field, const Template *templates, guint n, guint depth)
{
    guint start = o->octets->len;

    say (o, "\"offset\":%u,", start);
    if (field->element.type >= BASIC_LIST)
        put_list (o, field->element.type, templates, n, depth);
    else
        put_value (o, field->element.type, draw_variable_length (o));
    say (o, "\"length\":%u,", o->octets->len - start);
}

/* A length before a value has one octet or three (RFC 7011 7). Where one does not do, the value is
 * drawn a second time, behind three. */
static void
put_variable (Output *o, const Field *field, const Template *templates, guint n, guint depth)
{
    const guint start = o->octets->len;
    const gsize said = o->json->len;
    gboolean is_short = draw (o, 8) != 0;
    guint64 random = o->random;

    for (;;) {
        put (o, 255, is_short ? 1 : 3);
        put_content (o, field, templates, n, depth);
        if (!is_short || o->octets->len - start - 1 < 255)
            break;
        g_byte_array_set_size (o->octets, start);
        g_string_truncate (o->json, said);
        o->random = random;
        is_short = FALSE;
    }
    if (is_short) {
        o->octets->data[start] = (guint8)(o->octets->len - start - 1);
    } else {
        o->octets->data[start] = 255;
        put_at (o, start + 1, (guint16)(o->octets->len - start - 3));
    }
}

/* ---- records ---- */

static void
put_fields (Output *o, const Template *templates, guint i, guint depth)
{
    const Template *t = &templates[i];
    guint start = o->octets->len;

    say (o, "{\"offset\":%u,\"fields\":[", start);
    for (guint f = 0; f < t->n_fields; f++) {
        say (o, "{");
        say_element (o, &t->fields[f].element);
        put_value_or_list (o, &t->fields[f], templates, i, depth);
        if (f < t->n_scopes)
            say (o, "\"scope\":true,");
        say_end (o, "},");
    }
    say_end (o, "],");
    say (o, "\"length\":%u},", o->octets->len - start);
}

/* At the end of a Set nfpeek takes zeros for padding that would make a long record: nobody sends a
 * flow of those, and exporters fill up Sets with them. */
static gboolean
looks_like_padding (const Output *o, guint start)
{
    guint i = start;

    while (i < o->octets->len && o->octets->data[i] == 0)
        i++;
    return i == o->octets->len && i - start >= LONG_RECORD;
}

void
put_record (Output *o, const Template *templates, guint i)
{
    const guint start = o->octets->len;
    const gsize said = o->json->len;

    put_fields (o, templates, i, 0);
    while (looks_like_padding (o, start)) {
        g_byte_array_set_size (o->octets, start);
        g_string_truncate (o->json, said);
        put_fields (o, templates, i, 0);
    }
}
