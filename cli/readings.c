/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Templates by domain and id, each content once. */
#include "readings.h"

#include "common/domain.h"

/* An id with more Templates than this is not given to read: its Sets are to be hidden whole. */
#define MAX_OF_ID 16

/* Ids of all domains; about 200 octets each. A capture of real exporters has some hundreds. */
#define MAX_IDS 100000

/* Octets behind the last record that are too few for another Set (RFC 3954 5.3, RFC 7011 3.3.1). */
#define MAX_PADDING 3

typedef struct {
    NfDomainKey domain; /* without ports and collector: of all the exporter's */
    guint16 id;
} Key;

struct _NfReadings {
    GHashTable *by_id; /* Key, owned -> GPtrArray of NfBinding */
    gboolean full;
    NfDecoder decoder;
};

static guint
key_hash (gconstpointer key)
{
    const Key *k = key;

    return nf_domain_key_hash (&k->domain) ^ k->id * 2654435761U;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
    const Key *x = a, *y = b;

    return x->id == y->id && nf_domain_key_equal (&x->domain, &y->domain);
}

NfReadings *
nf_readings_new (void)
{
    NfReadings *readings = g_new0 (NfReadings, 1);

    readings->by_id =
        g_hash_table_new_full (key_hash, key_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    return readings;
}

void
nf_readings_free (NfReadings *readings)
{
    nf_decoder_clear (&readings->decoder);
    g_hash_table_unref (readings->by_id);
    g_free (readings);
}

static Key
key_of (const NfDatagram *datagram, const NfMessage *message, guint16 id, gboolean all)
{
    Key key = {.domain = nf_domain_key (datagram, message), .id = id};

    if (all) {
        key.domain = (NfDomainKey){
            .exporter = key.domain.exporter, .version = message->version, .id = message->domain};
        key.domain.exporter.port = 0;
    }
    return key;
}

static GPtrArray *
ensure (NfReadings *readings, const Key *key)
{
    GPtrArray *known = g_hash_table_lookup (readings->by_id, key);

    if (known)
        return known;
    if (g_hash_table_size (readings->by_id) >= MAX_IDS) {
        readings->full = TRUE;
        return NULL;
    }
    known = g_ptr_array_new_with_free_func ((GDestroyNotify)nf_binding_unref);
    g_hash_table_insert (readings->by_id, g_memdup2 (key, sizeof *key), known);
    return known;
}

static void
add (NfReadings *readings, const Key *key, const NfBinding *binding)
{
    GPtrArray *known = ensure (readings, key);

    if (!known || known->len > MAX_OF_ID)
        return;
    for (guint i = 0; i < known->len; i++)
        if (nf_template_equal (((const NfBinding *)known->pdata[i])->tmpl, binding->tmpl))
            return;
    g_ptr_array_add (known, nf_binding_ref ((NfBinding *)binding));
}

void
nf_readings_note (NfReadings *readings, const NfCollector *collector, const NfDatagram *datagram)
{
    const NfMessage *message = NULL;
    NfEvent event;

    nf_decoder_begin (&readings->decoder, collector, datagram, NF_CHECK_STRUCTURE);
    while (nf_decoder_next (&readings->decoder, &event) != NF_EVENT_END) {
        if (event.type == NF_EVENT_MESSAGE)
            message = event.message;
        if (event.type != NF_EVENT_TEMPLATE)
            continue;
        for (guint all = 0; all < 2; all++) {
            Key key = key_of (datagram, message, event.binding->tmpl->id, all == 1);

            add (readings, &key, event.binding);
        }
    }
}

const GPtrArray *
nf_readings_find (NfReadings *readings, const NfDatagram *datagram, const NfMessage *message,
                  guint16 id, gboolean foreign, gboolean *all)
{
    Key key = key_of (datagram, message, id, foreign);
    const GPtrArray *known = g_hash_table_lookup (readings->by_id, &key);

    *all = known ? known->len <= MAX_OF_ID : !readings->full;
    return known;
}

gboolean
nf_reading_fits (const NfBinding *binding, NfReader body, gboolean cut)
{
    const NfTemplate *t = binding->tmpl;
    NfSpans spans = {0};
    NfReader r = body;

    if (t->record_length == 0)
        return FALSE;
    while (body.left >= t->record_length && nf_template_read_record (t, &r, &spans))
        body = r;
    nf_spans_clear (&spans);
    return cut || body.left <= MAX_PADDING || nf_reader_rest_is_zero (&body);
}
