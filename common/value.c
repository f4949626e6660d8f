/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One field's octets as a typed value (RFC 7011 6.1, 6.2). */
#include "value.h"

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
    if (type == NF_TYPE_IPV4_ADDRESS && length == 4)
        return NF_SIMPLE_IPV4;
    if (type == NF_TYPE_DATE_TIME_MILLISECONDS && length == 8)
        return NF_SIMPLE_MILLISECONDS;
    if (nf_type_is_unsigned (type) || type == NF_TYPE_UNSIGNED256)
        return length >= 1 && length <= 8 ? NF_SIMPLE_UINT : NF_SIMPLE_NOT;
    return NF_SIMPLE_NOT;
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
