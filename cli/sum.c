/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sums by groups of values. */
#include "sum.h"

#include "common/hash.h"

/* Octets of all keys together; only long strings reach it before the groups are too many. */
#define MAX_KEY_OCTETS ((gsize)1 << 26)

/* ---- amounts ---- */

static guint64
add_up (guint64 a, guint64 b)
{
    return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

static void
add_amount (NfAmount *to, const NfAmount *amount)
{
    to->plus = add_up (to->plus, amount->plus);
    to->minus = add_up (to->minus, amount->minus);
    to->fractions += amount->fractions;
}

gboolean
nf_amount_add_value (NfAmount *amount, const NfValue *value)
{
    switch (value->kind) {
    case NF_VALUE_UNSIGNED:
        amount->plus = add_up (amount->plus, value->u);
        return TRUE;
    case NF_VALUE_SIGNED:
        if (value->i < 0)
            amount->minus = add_up (amount->minus, -value->u);
        else
            amount->plus = add_up (amount->plus, value->u);
        return TRUE;
    case NF_VALUE_FLOAT:
        amount->fractions += value->f;
        return TRUE;
    default:
        return FALSE;
    }
}

/* To the 15 digits that a sum of doubles is good for, so that 0.1 and 0.2 are 0.3. */
static gdouble
rounded (gdouble value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.15g", value), NULL);
}

NfValue
nf_amount_value (const NfAmount *amount, gboolean with_fraction)
{
    NfValue value = {.kind = NF_VALUE_UNSIGNED, .u = amount->plus - amount->minus};

    if (with_fraction)
        return (NfValue){.kind = NF_VALUE_FLOAT, .digits = 8, .f = rounded (amount->fractions)};
    if (amount->minus > amount->plus) {
        value.kind = NF_VALUE_SIGNED;
        if (amount->minus - amount->plus > G_MAXINT64)
            value.i = G_MININT64;
    }
    return value;
}

gboolean
nf_amount_is_full (const NfAmount *amount)
{
    return amount->plus == G_MAXUINT64 || amount->minus == G_MAXUINT64;
}

/* ---- keys: of each value what a Head says, then its octets, or its number ---- */

typedef struct {
    guint8 kind; /* NfValueKind */
    guint8 digits;
    guint32 length; /* octets of the value, which follow */
} Head;

/* What follows instead where the value is no octets. */
typedef struct {
    guint64 u;
    guint32 ns; /* of a time */
} Number;

static guint
group_hash (gconstpointer data)
{
    const NfGroup *group = data;
    NfHash hash = nf_hash_begin ();

    nf_hash_add_octets (&hash, group->key, group->key_length);
    return nf_hash_end (&hash);
}

static gboolean
group_equal (gconstpointer a, gconstpointer b)
{
    const NfGroup *x = a, *y = b;

    return x->key_length == y->key_length && memcmp (x->key, y->key, x->key_length) == 0;
}

static gboolean
is_number (guint kind)
{
    return kind == NF_VALUE_NONE || kind == NF_VALUE_UNSIGNED || kind == NF_VALUE_SIGNED ||
           kind == NF_VALUE_FLOAT || kind == NF_VALUE_BOOLEAN || kind == NF_VALUE_TIME;
}

guint
nf_sum_push (NfSum *sum, const NfValue *value)
{
    guint length = sum->key->len;
    Head head;
    Number number;

    memset (&head, 0, sizeof head); /* what lies between the members is compared, too */
    memset (&number, 0, sizeof number);
    if (value) {
        head.kind = (guint8)value->kind;
        head.digits = value->digits;
        head.length = is_number (value->kind) ? 0 : (guint32)value->length;
        number.u = value->u;
        number.ns = value->kind == NF_VALUE_TIME ? value->time.ns : 0;
    }
    g_byte_array_append (sum->key, (const guint8 *)&head, sizeof head);
    if (is_number (head.kind))
        g_byte_array_append (sum->key, (const guint8 *)&number, sizeof number);
    else
        g_byte_array_append (sum->key, value->octets, head.length);
    return length;
}

void
nf_sum_pop (NfSum *sum, guint length)
{
    g_byte_array_set_size (sum->key, length);
}

void
nf_group_values (const NfGroup *group, NfValue *values, guint n)
{
    const guint8 *at = group->key;
    Head head;
    Number number;

    for (guint i = 0; i < n; i++) {
        memcpy (&head, at, sizeof head);
        at += sizeof head;
        values[i] = (NfValue){.kind = (NfValueKind)head.kind,
                              .digits = head.digits,
                              .octets = at,
                              .length = head.length};
        if (is_number (head.kind)) {
            memcpy (&number, at, sizeof number);
            values[i].u = number.u;
            if (head.kind == NF_VALUE_TIME)
                values[i].time.ns = number.ns;
        }
        at += is_number (head.kind) ? sizeof number : head.length;
    }
}

/* ---- the table ---- */

void
nf_sum_init (NfSum *sum, guint max_groups)
{
    *sum = (NfSum){.groups = g_hash_table_new_full (group_hash, group_equal, g_free, NULL),
                   .max_groups = max_groups,
                   .key = g_byte_array_new ()};
}

void
nf_sum_clear (NfSum *sum)
{
    g_hash_table_unref (sum->groups);
    g_byte_array_unref (sum->key);
}

void
nf_sum_begin_record (NfSum *sum, const NfAmount *amount)
{
    sum->n_records++;
    nf_sum_turn_record (sum, amount);
}

void
nf_sum_turn_record (NfSum *sum, const NfAmount *amount)
{
    sum->turn++;
    add_amount (&sum->total, amount);
    /* room for a group before its key: it is looked for with what is here */
    g_byte_array_set_size (sum->key, G_STRUCT_OFFSET (NfGroup, key));
}

/* A new group of the current key; NULL where there is no room for more. */
static NfGroup *
new_group (NfSum *sum)
{
    gsize octets = sum->key->len;
    NfGroup *group;

    if (g_hash_table_size (sum->groups) >= sum->max_groups ||
        sum->key_octets + octets > MAX_KEY_OCTETS)
        return NULL;
    group = g_malloc0 (MAX (octets, sizeof *group));
    group->key_length = (guint)(octets - G_STRUCT_OFFSET (NfGroup, key));
    memcpy (group->key, sum->key->data + G_STRUCT_OFFSET (NfGroup, key), group->key_length);
    sum->key_octets += octets;
    g_hash_table_add (sum->groups, group);
    return group;
}

/* Adds the amount of the current record, or direction, unless it is in there: both ends may be the
 * same. */
static void
add_once (NfSummed *to, const NfSum *sum, const NfAmount *amount)
{
    if (to->turn == sum->turn)
        return;
    to->records += to->last != sum->n_records;
    to->last = sum->n_records;
    to->turn = sum->turn;
    add_amount (&to->amount, amount);
}

void
nf_sum_add (NfSum *sum, const NfAmount *amount)
{
    NfGroup *wanted = (NfGroup *)(void *)sum->key->data, *group;

    wanted->key_length = sum->key->len - (guint)G_STRUCT_OFFSET (NfGroup, key);
    group = g_hash_table_lookup (sum->groups, wanted);
    if (!group)
        group = new_group (sum);
    add_once (group ? &group->summed : &sum->beyond, sum, amount);
}

/* ---- in order ---- */

typedef struct {
    guint n;
    gboolean with_fraction;
} Order;

/* Values that are alike need not be the same: booleans that are none, a time in other units. */
static gint
compare_keys (const NfGroup *a, const NfGroup *b, guint n)
{
    NfValue x[NF_SUM_BY], y[NF_SUM_BY];
    gint order;

    nf_group_values (a, x, n);
    nf_group_values (b, y, n);
    for (guint i = 0; i < n; i++) {
        order = nf_value_compare (&x[i], &y[i]);
        if (order != 0)
            return order;
    }
    order = memcmp (a->key, b->key, MIN (a->key_length, b->key_length));
    return order != 0 ? order : (a->key_length > b->key_length) - (a->key_length < b->key_length);
}

static gint
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
    const NfGroup *x = *(NfGroup *const *)a, *y = *(NfGroup *const *)b;
    const Order *order = data;
    NfValue p = nf_amount_value (&x->summed.amount, order->with_fraction);
    NfValue q = nf_amount_value (&y->summed.amount, order->with_fraction);
    gint by_amount = nf_value_compare (&q, &p);

    return by_amount != 0 ? by_amount : compare_keys (x, y, order->n);
}

GPtrArray *
nf_sum_sorted (const NfSum *sum, guint n, gboolean with_fraction)
{
    GPtrArray *groups = g_ptr_array_sized_new (g_hash_table_size (sum->groups));
    Order order = {.n = n, .with_fraction = with_fraction};
    GHashTableIter iter;
    gpointer group;

    g_hash_table_iter_init (&iter, sum->groups);
    while (g_hash_table_iter_next (&iter, &group, NULL))
        g_ptr_array_add (groups, group);
    g_ptr_array_sort_with_data (groups, compare_groups, &order);
    return groups;
}
