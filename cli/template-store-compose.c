/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is remembered, as Messages (RFC 7011 3.1 to 3.4, RFC 3954 5). */
#include "template-store-private.h"

/* Octets of a Message into which another record still goes; so that its frame fits where the
 * exporter's did. A record that is longer has a Message of its own. */
#define MAX_MESSAGE 1400

#define SET_HEADER 4

/* A Message that is done. */
typedef struct {
    const NfStoredDomain *domain;
    gint64 time_ns;
    guint number; /* of all, as they were made */
    GByteArray *octets;
} Composed;

/* The Messages of a domain being made. */
typedef struct {
    GPtrArray *done; /* of Composed, of all domains */
    const NfStoredDomain *domain;
    GByteArray *octets; /* NULL: none is begun */
    gint64 time_ns;
    guint set;           /* where the current Set begins in it; 0: none */
    guint16 set_id;      /* of which id it is */
    gsize shortest;      /* octets of its shortest record */
    guint n_records;     /* in the Message, */
    guint n_data;        /* of which are of options data, */
    guint32 n_before[2]; /* Messages, and records of options data, before it */
} Composing;

static void
composed_free (gpointer data)
{
    Composed *composed = data;

    g_byte_array_unref (composed->octets);
    g_free (composed);
}

static void
put (GByteArray *octets, gsize at, guint64 value, guint n)
{
    for (guint i = 0; i < n; i++)
        octets->data[at + i] = (guint8)(value >> 8 * (n - 1 - i));
}

static void
append (GByteArray *octets, guint64 value, guint n)
{
    g_byte_array_set_size (octets, octets->len + n);
    put (octets, octets->len - n, value, n);
}

static gboolean
is_netflow9 (const Composing *c)
{
    return c->domain->key.version == 9;
}

/* Ends the current Set: in v9 on a multiple of 4 octets (RFC 3954 5.2, 5.3, 6.1), unless that would
 * look like a record. */
static void
end_set (Composing *c)
{
    guint padding = (4 - c->octets->len % 4) % 4;

    if (c->set == 0)
        return;
    if (is_netflow9 (c) && padding < c->shortest)
        append (c->octets, 0, padding);
    put (c->octets, c->set + 2, c->octets->len - c->set, 2);
    c->set = 0;
}

static void
end_message (Composing *c)
{
    Composed *composed;

    if (!c->octets)
        return;
    end_set (c);
    put (c->octets, 2, is_netflow9 (c) ? c->n_records : c->octets->len, 2);
    composed = g_new (Composed, 1);
    *composed = (Composed){.domain = c->domain,
                           .time_ns = c->time_ns,
                           .number = c->done->len,
                           .octets = g_steal_pointer (&c->octets)};
    g_ptr_array_add (c->done, composed);
    c->n_before[0]++;
    c->n_before[1] += c->n_data;
}

/* Begins a Message; its length or count comes in the end. v9 counts Messages, IPFIX Data Records.
 */
static void
begin_message (Composing *c, const NfStored *stored)
{
    c->octets = g_byte_array_new ();
    c->time_ns = stored->time_ns;
    c->n_records = c->n_data = 0;
    append (c->octets, c->domain->key.version, 2);
    append (c->octets, 0, 2);
    if (is_netflow9 (c))
        append (c->octets, stored->uptime_ms, 4);
    append (c->octets, (guint64)(stored->time_ns / 1000000000), 4);
    append (c->octets, c->n_before[is_netflow9 (c) ? 0 : 1], 4);
    append (c->octets, c->domain->key.id, 4);
}

/* The id of the Set that it goes into. */
static guint16
set_of (const Composing *c, const NfStored *stored)
{
    const guint16 first = is_netflow9 (c) ? 0 : 2;

    return stored->kind == NF_STORED_RECORD ? stored->id : (guint16)(first + stored->kind);
}

static void
add (Composing *c, const NfStored *stored)
{
    gsize length;
    const guint8 *octets = g_bytes_get_data (stored->octets, &length);
    guint16 id = set_of (c, stored);

    if (c->octets &&
        (c->time_ns != stored->time_ns || c->octets->len + 2 * SET_HEADER + length > MAX_MESSAGE))
        end_message (c);
    if (!c->octets)
        begin_message (c, stored);
    if (c->set > 0 && c->set_id != id)
        end_set (c);
    if (c->set == 0) {
        c->set = c->octets->len;
        c->set_id = id;
        c->shortest = G_MAXSIZE;
        append (c->octets, (guint64)id << 16, SET_HEADER);
    }
    g_byte_array_append (c->octets, octets, (guint)length);
    c->shortest = MIN (c->shortest, length);
    c->n_records++;
    c->n_data += stored->kind == NF_STORED_RECORD;
}

/* The same is always written in the same order. */
static gint
compare_stored (gconstpointer a, gconstpointer b)
{
    const NfStored *x = *(const NfStored *const *)a, *y = *(const NfStored *const *)b;

    if (x->time_ns != y->time_ns)
        return x->time_ns < y->time_ns ? -1 : 1;
    if (x->kind != y->kind)
        return (int)x->kind - (int)y->kind;
    return x->id != y->id ? (int)x->id - (int)y->id : g_bytes_compare (x->octets, y->octets);
}

static gint
compare_domains (gconstpointer a, gconstpointer b)
{
    const NfDomainKey *x = *(const NfDomainKey *const *)a, *y = *(const NfDomainKey *const *)b;
    gint differ = memcmp (x->exporter.address, y->exporter.address, sizeof x->exporter.address);

    if (differ != 0)
        return differ;
    if (x->exporter.port != y->exporter.port)
        return (int)x->exporter.port - (int)y->exporter.port;
    if (x->version != y->version)
        return (int)x->version - (int)y->version;
    return (x->id > y->id) - (x->id < y->id);
}

static gint
compare_composed (gconstpointer a, gconstpointer b)
{
    const Composed *x = *(const Composed *const *)a, *y = *(const Composed *const *)b;

    if (x->time_ns != y->time_ns)
        return x->time_ns < y->time_ns ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* No record of options data is older than its Template's last announcement: it comes behind it. */
static void
settle_times (const NfStoredDomain *domain)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, domain->records);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        NfStored *record = value;
        const NfStored *of = g_hash_table_lookup (domain->templates, GUINT_TO_POINTER (record->id));

        if (of && of->time_ns > record->time_ns) {
            record->time_ns = of->time_ns;
            record->uptime_ms = of->uptime_ms;
        }
    }
}

static void
add_all (GPtrArray *all, GHashTable *table)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, table);
    while (g_hash_table_iter_next (&iter, NULL, &value))
        g_ptr_array_add (all, value);
}

static void
compose_domain (GPtrArray *done, const NfStoredDomain *domain)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    Composing c = {.done = done, .domain = domain};

    settle_times (domain);
    add_all (all, domain->templates);
    add_all (all, domain->records);
    g_ptr_array_sort (all, compare_stored);
    for (guint i = 0; i < all->len; i++)
        add (&c, all->pdata[i]);
    end_message (&c);
}

/* Where it was sent to. A socket that takes both families is of IPv6, whatever the exporter's. */
static NfEndpoint
collector_of (const NfStoredDomain *domain)
{
    NfEndpoint collector = domain->collector;

    if (collector.family != domain->key.exporter.family)
        collector = (NfEndpoint){.family = domain->key.exporter.family, .port = collector.port};
    return collector;
}

void
nf_template_store_compose (const NfTemplateStore *store, NfTemplateStoreFunc give, gpointer data)
{
    g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (composed_free);
    g_autoptr (GPtrArray) domains = g_ptr_array_new ();

    add_all (domains, store->domains);
    g_ptr_array_sort (domains, compare_domains);
    for (guint i = 0; i < domains->len; i++)
        compose_domain (done, domains->pdata[i]);
    g_ptr_array_sort (done, compare_composed);
    for (guint i = 0; i < done->len; i++) {
        const Composed *m = done->pdata[i];
        const NfDatagram datagram = {.octets = m->octets->data,
                                     .length = m->octets->len,
                                     .wire_length = m->octets->len,
                                     .exporter = m->domain->key.exporter,
                                     .collector = collector_of (m->domain),
                                     .transport = NF_TRANSPORT_UDP,
                                     .has_time = TRUE,
                                     .time_ns = m->time_ns,
                                     .packet = i + 1,
                                     .message = 1};

        give (&datagram, data);
    }
}
