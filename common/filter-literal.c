/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Literals of an expression, each read as a value of the name that it is held against. */
#include "describe.h"
#include "filter-private.h"

#include <arpa/inet.h>

/* ---- numbers ---- */

/* A digit's value, or one that no base has. */
static guint
digit_of (char c)
{
    gint value = g_ascii_xdigit_value (c);

    return value < 0 ? 99 : (guint)value;
}

/* "443", "0x1bb", "0b11", "0777" (octal), without a sign. */
static gboolean
read_whole (const char *text, guint64 *value)
{
    guint base = 10;

    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        base = 16;
    else if (text[0] == '0' && (text[1] == 'b' || text[1] == 'B'))
        base = 2;
    else if (text[0] == '0' && text[1] != '\0')
        base = 8;
    text += base == 16 || base == 2 ? 2 : 0;
    *value = 0;
    if (*text == '\0')
        return FALSE;
    for (; *text; text++) {
        guint digit = digit_of (*text);

        if (digit >= base || *value > (G_MAXUINT64 - digit) / base)
            return FALSE;
        *value = *value * base + digit;
    }
    return TRUE;
}

static gboolean
read_number (const char *text, NfValue *value)
{
    gboolean minus = *text == '-';

    value->kind = NF_VALUE_UNSIGNED;
    if (!read_whole (text + (minus || *text == '+'), &value->u))
        return FALSE;
    if (!minus)
        return TRUE;
    value->kind = NF_VALUE_SIGNED;
    if (value->u > (guint64)G_MAXINT64 + 1)
        return FALSE;
    value->u = -value->u;
    return TRUE;
}

/* The numbers that go by a name; of bits, their mask. */
static gboolean
read_name (const NfOperand *operand, const char *text, NfLiteral *literal)
{
    literal->low = literal->high = (NfValue){.kind = NF_VALUE_UNSIGNED};
    return operand->meaning &&
           nf_describe_find (operand->meaning, text, &literal->low.u, &literal->high.u);
}

static gboolean
read_float (const char *text, NfValue *value)
{
    char *end;

    value->kind = NF_VALUE_FLOAT;
    value->f = g_ascii_strtod (text, &end);
    return *end == '\0' && end > text && value->f - value->f == 0; /* neither NaN nor infinite */
}

gboolean
nf_number_read (const char *text, NfValue *value)
{
    return read_number (text, value) || read_float (text, value);
}

static gboolean
read_boolean (const char *text, NfValue *value)
{
    gboolean yes = g_ascii_strcasecmp (text, "true") == 0 || strcmp (text, "1") == 0;

    *value = (NfValue){.kind = NF_VALUE_BOOLEAN, .u = yes ? 1 : 2};
    return yes || g_ascii_strcasecmp (text, "false") == 0 || strcmp (text, "0") == 0;
}

/* ---- addresses ---- */

/* Sets the bits of the highest address of a prefix of `bits` bits, and clears those of the lowest.
 */
static void
spread (guint8 *low, guint8 *high, guint length, guint bits)
{
    for (guint i = 0; i < length; i++) {
        guint kept = bits > 8 * i ? MIN (bits - 8 * i, 8) : 0;
        guint8 host = (guint8)(0xff >> kept);

        low[i] &= (guint8)~host;
        high[i] = low[i] | host;
    }
}

/* "10.0.0.1", "2001:db8::/32" */
static gboolean
read_address (NfFilter *filter, NfSort sort, const char *text, NfLiteral *literal)
{
    const char *slash = strchr (text, '/');
    g_autofree char *address = slash ? g_strndup (text, (gsize)(slash - text)) : g_strdup (text);
    gboolean six = strchr (address, ':') != NULL;
    guint length = six ? 16 : 4;
    guint64 bits = 8 * length;
    guint8 low[16], high[16];

    if (six ? sort == NF_SORT_IPV4 : sort == NF_SORT_IPV6)
        return FALSE;
    if (inet_pton (six ? AF_INET6 : AF_INET, address, low) != 1)
        return FALSE;
    if (slash && (!read_whole (slash + 1, &bits) || bits > 8 * length))
        return FALSE;
    spread (low, high, length, (guint)bits);
    literal->low = (NfValue){.kind = six ? NF_VALUE_IPV6 : NF_VALUE_IPV4,
                             .octets = nf_filter_keep (filter, low, length),
                             .length = length};
    literal->high = literal->low;
    literal->high.octets = nf_filter_keep (filter, high, length);
    return TRUE;
}

/* ---- octets and text ---- */

static NfValue
octets_value (NfFilter *filter, NfValueKind kind, const void *octets, gsize length)
{
    return (NfValue){
        .kind = kind, .octets = nf_filter_keep (filter, octets, length), .length = length};
}

/* "00:11:22", "00-11-22", "0011.22", "001122": between the separators whole octets. */
static gboolean
read_hex (NfFilter *filter, const char *text, NfValue *value)
{
    g_autoptr (GByteArray) octets = g_byte_array_new ();
    char separator = '\0';

    for (const char *at = text; *at;) {
        if (at > text && strchr (":-.", *at)) {
            if (separator != '\0' && *at != separator)
                return FALSE;
            separator = *at++;
        }
        guint high = digit_of (*at), low = high < 16 ? digit_of (at[1]) : 99;
        guint8 octet = (guint8)(high << 4 | low);

        if (high > 15 || low > 15)
            return FALSE;
        g_byte_array_append (octets, &octet, 1);
        at += 2;
    }
    *value = octets_value (filter, NF_VALUE_OCTETS, octets->data, octets->len);
    return octets->len > 0;
}

static gboolean
read_mac (NfFilter *filter, const char *text, NfValue *value)
{
    if (!read_hex (filter, text, value))
        return FALSE;
    value->kind = NF_VALUE_MAC;
    return value->length == 6;
}

static gboolean
read_octets (NfFilter *filter, const NfToken *token, NfValue *value)
{
    if (token->kind != NF_TOKEN_STRING)
        return read_hex (filter, token->text, value);
    *value = octets_value (filter, NF_VALUE_OCTETS, token->text, token->length);
    return TRUE;
}

static gboolean
read_text (NfFilter *filter, const NfOperand *operand, const NfToken *token, NfValue *value)
{
    const char *word = nf_operand_find_word (operand, token->text);

    if (word)
        *value = octets_value (filter, NF_VALUE_STRING, word, strlen (word));
    else
        *value = octets_value (filter, NF_VALUE_STRING, token->text, token->length);
    return word || !nf_operand_has_words (operand);
}

/* ---- all of them ---- */

static gboolean
read_value (NfFilter *filter, const NfOperand *operand, NfSort sort, const NfToken *token,
            NfValue *value)
{
    switch (sort) {
    case NF_SORT_NUMBER:
        if (nf_operand_find_word (operand, token->text))
            return read_text (filter, operand, token, value);
        return read_number (token->text, value);
    case NF_SORT_FLOAT:
        return read_float (token->text, value);
    case NF_SORT_BOOLEAN:
        return read_boolean (token->text, value);
    case NF_SORT_TEXT:
        return read_text (filter, operand, token, value);
    case NF_SORT_OCTETS:
        return read_octets (filter, token, value);
    case NF_SORT_MAC:
        return read_mac (filter, token->text, value);
    case NF_SORT_TIME:
        value->kind = NF_VALUE_TIME;
        return nf_time_read (token->text, &value->time);
    case NF_SORT_IPV4:
    case NF_SORT_IPV6:
    case NF_SORT_ADDRESS:
        break;
    }
    return FALSE;
}

gboolean
nf_literal_read (NfFilter *filter, const NfOperand *operand, NfSort sort, const NfToken *token,
                 NfLiteral *literal)
{
    *literal = (NfLiteral){.low = {.kind = NF_VALUE_NONE}};
    if (token->kind == NF_TOKEN_STRING && sort != NF_SORT_TEXT && sort != NF_SORT_OCTETS &&
        strlen (token->text) != token->length)
        return FALSE; /* a zero octet inside */
    if (sort == NF_SORT_IPV4 || sort == NF_SORT_IPV6 || sort == NF_SORT_ADDRESS)
        return read_address (filter, sort, token->text, literal);
    if (!read_value (filter, operand, sort, token, &literal->low))
        return sort == NF_SORT_NUMBER && read_name (operand, token->text, literal);
    literal->high = literal->low;
    return TRUE;
}
