/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How values stand to each other. */
#include "value.h"

#include <math.h>

/* Values of one class are compared by what they say, those of different classes never equal. */
typedef enum {
    CLASS_NONE,
    CLASS_NUMBER,
    CLASS_BOOLEAN,
    CLASS_OCTETS,
    CLASS_STRING,
    CLASS_IPV4,
    CLASS_IPV6,
    CLASS_TIME
} Class;

static Class
class_of (const NfValue *v)
{
    switch (v->kind) {
    case NF_VALUE_NONE:
        break;
    case NF_VALUE_UNSIGNED:
    case NF_VALUE_SIGNED:
    case NF_VALUE_FLOAT:
        return CLASS_NUMBER;
    case NF_VALUE_BOOLEAN:
        return CLASS_BOOLEAN;
    case NF_VALUE_OCTETS:
    case NF_VALUE_MAC:
        return CLASS_OCTETS;
    case NF_VALUE_STRING:
        return CLASS_STRING;
    case NF_VALUE_IPV4:
        return CLASS_IPV4;
    case NF_VALUE_IPV6:
        return CLASS_IPV6;
    case NF_VALUE_TIME:
        return CLASS_TIME;
    }
    return CLASS_NONE;
}

gdouble
nf_value_double (const NfValue *v)
{
    return v->kind == NF_VALUE_FLOAT    ? v->f
           : v->kind == NF_VALUE_SIGNED ? (gdouble)v->i
                                        : (gdouble)v->u;
}

static gboolean
is_negative (const NfValue *v)
{
    return v->kind == NF_VALUE_SIGNED && v->i < 0;
}

static gint
compare_numbers (const NfValue *a, const NfValue *b)
{
    if (a->kind == NF_VALUE_FLOAT || b->kind == NF_VALUE_FLOAT) {
        gdouble x = nf_value_double (a), y = nf_value_double (b);

        return x < y ? -1 : x > y;
    }
    if (is_negative (a) != is_negative (b))
        return is_negative (a) ? -1 : 1;
    /* of one sign both are in the order of their bits */
    return a->u < b->u ? -1 : a->u > b->u;
}

static gint
compare_octets (const NfValue *a, const NfValue *b)
{
    gsize least = MIN (a->length, b->length);
    gint order = least > 0 ? memcmp (a->octets, b->octets, least) : 0;

    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

static gint
compare_times (NfTime a, NfTime b)
{
    if (a.s != b.s)
        return a.s < b.s ? -1 : 1;
    return a.ns < b.ns ? -1 : a.ns > b.ns;
}

gboolean
nf_value_is_like (const NfValue *a, const NfValue *b)
{
    Class class = class_of (a);

    if (class == CLASS_NONE || class != class_of (b))
        return FALSE;
    return class != CLASS_NUMBER || !(isnan (nf_value_double (a)) || isnan (nf_value_double (b)));
}

gint
nf_value_compare (const NfValue *a, const NfValue *b)
{
    Class class = class_of (a), other = class_of (b);

    if (class != other)
        return class < other ? -1 : 1;
    switch (class) {
    case CLASS_NONE:
        return 0;
    case CLASS_NUMBER:
        return compare_numbers (a, b);
    case CLASS_BOOLEAN:
        return (a->u == 1) - (b->u == 1);
    case CLASS_TIME:
        return compare_times (a->time, b->time);
    default:
        return compare_octets (a, b);
    }
}
