/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON text (RFC 8259). */
#include "json.h"

/* Above this an integer may change on its way through a reader that stores doubles. */
#define EXACT_IN_DOUBLE (G_GUINT64_CONSTANT (1) << 53)

static gboolean
is_plain (guint8 c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Of eight octets in one number: less than a space, from DEL on, a quote and a backslash each set
 * the highest bit of theirs; then no octet is known for sure not to. */
static guint64
find_special (guint64 x)
{
    const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101), high_bits = each << 7;
    guint64 quote = x ^ each * '"', slash = x ^ each * '\\';

    return (x | (x - each * ' ') | (x + each) | (quote - each) | (slash - each)) & high_bits;
}

/* Whether all octets are plain: eight at a time, the last eight once more for the rest. */
static gboolean
are_plain (const guint8 *octets, gsize length)
{
    guint64 special = 0;

    if (length < 8) {
        for (gsize i = 0; i < length; i++)
            if (!is_plain (octets[i]))
                return FALSE;
        return TRUE;
    }
    for (gsize i = 0; i + 8 < length; i += 8)
        special |= find_special (nf_octets_uint (octets + i, 8));
    return (special | find_special (nf_octets_uint (octets + length - 8, 8))) == 0;
}

/* An ASCII character that must not stand in a string as it is. */
static void
add_escaped (NfText *t, guint8 c)
{
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";

    for (const char *at = short_forms; *at; at += 2) {
        if ((guint8)*at == c) {
            nf_text_add_char (t, '\\');
            nf_text_add_char (t, at[1]);
            return;
        }
    }
    nf_text_add (t, "\\u00");
    nf_text_add_hex (t, &c, 1, 0);
}

/* Text that is known to be UTF-8, from the first character on that is not plain. */
static void
escape (NfText *t, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        guint8 c = (guint8)text[i];

        if (is_plain (c) || c >= 0x80)
            nf_text_add_char (t, (char)c);
        else
            add_escaped (t, c);
    }
}

void
nf_json_string (NfText *t, const guint8 *octets, gsize length)
{
    char *at = nf_text_room (t, length + 2);

    *at++ = '"';
    if (G_LIKELY (are_plain (octets, length))) {
        if (length > 0)
            memcpy (at, octets, length);
        t->at = at + length;
    } else {
        NfText utf8 = NF_TEXT_INIT;
        NfValue value = {.kind = NF_VALUE_STRING, .octets = octets, .length = length};

        t->at = at;
        nf_value_text (&utf8, &value);
        escape (t, utf8.start, nf_text_length (&utf8));
        nf_text_clear (&utf8);
    }
    nf_text_add_char (t, '"');
}

gboolean
nf_json_keeps (const guint8 *octets, gsize length)
{
    const char *at = (const char *)octets, *end = at + length;

    while (!g_utf8_validate_len (at, (gsize)(end - at), &at)) {
        if (*at != '\0') /* GLib takes a zero octet for an end, JSON does not */
            return FALSE;
        at++;
    }
    return TRUE;
}

static void
add_quoted (NfText *t, const NfValue *value)
{
    nf_text_add_char (t, '"');
    nf_value_text (t, value);
    nf_text_add_char (t, '"');
}

void
nf_json_value (NfText *t, const NfValue *value, gboolean big_as_string)
{
    switch (value->kind) {
    case NF_VALUE_UNSIGNED:
        if (big_as_string && value->u > EXACT_IN_DOUBLE)
            add_quoted (t, value);
        else
            nf_text_add_uint (t, value->u, 1);
        return;
    case NF_VALUE_SIGNED:
        if (big_as_string &&
            (value->i > (gint64)EXACT_IN_DOUBLE || value->i < -(gint64)EXACT_IN_DOUBLE))
            add_quoted (t, value);
        else
            nf_text_add_int (t, value->i);
        return;
    case NF_VALUE_FLOAT:
        if (value->f - value->f != 0) /* not a number, or infinite: JSON has neither */
            add_quoted (t, value);
        else
            nf_value_text (t, value);
        return;
    case NF_VALUE_BOOLEAN:
        nf_value_text (t, value);
        return;
    case NF_VALUE_STRING:
        nf_json_string (t, value->octets, value->length);
        return;
    default:
        add_quoted (t, value);
    }
}

static void
add_key (NfText *t, const char *key)
{
    nf_text_add (t, ",\"");
    nf_text_add (t, key);
    nf_text_add (t, "\":");
}

void
nf_json_add_string (NfText *t, const char *key, const char *string)
{
    if (!string)
        return;
    add_key (t, key);
    nf_json_string (t, (const guint8 *)string, strlen (string));
}

void
nf_json_add_uint (NfText *t, const char *key, guint64 number)
{
    add_key (t, key);
    nf_text_add_uint (t, number, 1);
}

void
nf_json_begin_field (NfText *t, const NfField *field, const char *name)
{
    nf_text_add (t, "{\"pen\":");
    nf_text_add_uint (t, field->pen, 1);
    nf_json_add_uint (t, "id", field->id);
    nf_json_add_string (t, "name", name);
}

void
nf_json_begin_place (NfText *t, const char *key, const char *file, guint64 packet, guint message)
{
    gsize start;

    nf_text_add_format (t, ",\"%s\":", key);
    start = nf_text_length (t);
    nf_json_add_string (t, "file", file);
    if (packet > 0)
        nf_json_add_uint (t, "packet", packet);
    if (message > 1 || packet == 0)
        nf_json_add_uint (t, "message", message);
    t->start[start] = '{'; /* in place of the first key's comma */
}
