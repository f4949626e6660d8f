/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Template Records and Options Template Records, from the wire (RFC 7011 3.4, RFC 3954 5.2, 6.1).
 */
#include "template.h"

#include "hash.h"

/*
 *  v9 and IPFIX Template:      | id | field count | fields ...
 *  IPFIX Options Template:     | id | field count | scope field count | fields, scope first ...
 *  v9 Options Template:        | id | octets of scope | octets of options | fields, scope first ...
 *
 *  A field is | id | length |, in IPFIX with the top bit of the id set | id | length | enterprise
 * |.
 */
#define ENTERPRISE_BIT 0x8000
#define IPFIX_VERSION  10

/* A record has all fields, however few its octets. Those of length 0 cost a sender four octets in
 * the Template, and a line of output each in every record: no exporter has more than a few. */
#define MAX_EMPTY_FIELDS 1024

void
nf_template_read_specifier (NfField *field, NfReader *r, guint16 version)
{
    *field = (NfField){.id = nf_reader_u16 (r), .length = nf_reader_u16 (r)};
    if (version == IPFIX_VERSION && field->id & ENTERPRISE_BIT) {
        field->id &= (guint16)~ENTERPRISE_BIT;
        field->pen = nf_reader_u32 (r);
    }
}

/* Reads what comes before the fields. */
static void
scan_header (NfTemplateScan *scan, NfReader *r)
{
    scan->id = nf_reader_u16 (r);
    if (!scan->options) {
        scan->n_fields = nf_reader_u16 (r);
    } else if (scan->version == IPFIX_VERSION) {
        scan->n_fields = nf_reader_u16 (r);
        if (scan->n_fields > 0)
            scan->scope_count = nf_reader_u16 (r);
    } else {
        scan->scope_length = nf_reader_u16 (r);
        scan->options_length = nf_reader_u16 (r);
        scan->scope_count = scan->scope_length / NF_SPECIFIER_LENGTH;
        scan->n_fields = scan->scope_count + scan->options_length / NF_SPECIFIER_LENGTH;
    }
    scan->withdrawal = scan->version == IPFIX_VERSION && scan->n_fields == 0 && !r->failed;
}

NfReader
nf_template_specifiers (const NfTemplate *tmpl, const NfReader *record)
{
    NfTemplateScan scan = {.version = tmpl->version, .options = tmpl->options};
    NfReader r = *record;

    scan_header (&scan, &r);
    return r;
}

static void
trouble (NfTemplateScan *scan, NfFindingId id, guint64 a, guint64 b)
{
    scan->ok = FALSE;
    scan->trouble = (NfFinding){.id = id, .span = scan->span, .args = {a, b}};
}

/* A Template withdrawal names a Template, or all of a kind by the id of their Set (RFC 7011 8.1).
 */
static gboolean
may_withdraw (const NfTemplateScan *scan)
{
    return scan->id >= NF_FIRST_TEMPLATE_ID || scan->id == (scan->options ? 3 : 2);
}

static void
judge (NfTemplateScan *scan)
{
    if (scan->withdrawal ? !may_withdraw (scan) : scan->id < NF_FIRST_TEMPLATE_ID)
        trouble (scan, NF_FINDING_TEMPLATE_ID, scan->id, 0);
    else if (scan->withdrawal)
        return;
    else if (scan->n_fields == 0)
        trouble (scan, NF_FINDING_TEMPLATE_EMPTY, scan->id, 0);
    else if (scan->scope_count > scan->n_fields)
        trouble (scan, NF_FINDING_TEMPLATE_SCOPE, scan->scope_count, scan->n_fields);
    else if (scan->n_empty > MAX_EMPTY_FIELDS)
        trouble (scan, NF_FINDING_LIMIT_EMPTY_FIELDS, scan->id, scan->n_empty);
}

void
nf_template_scan (NfTemplateScan *scan, NfReader *set, guint16 version, gboolean options)
{
    NfReader r = *set;
    NfField field;

    *scan = (NfTemplateScan){.ok = TRUE,
                             .version = version,
                             .options = options,
                             .wire = set->at,
                             .span = nf_reader_rest (set)};
    scan_header (scan, &r);
    if (r.failed) {
        trouble (scan, NF_FINDING_TEMPLATE_TRUNCATED_HEADER, set->left, 0);
        return;
    }
    for (guint i = 0; i < scan->n_fields && !r.failed; i++) {
        nf_template_read_specifier (&field, &r, version);
        scan->n_empty += field.length == 0;
    }
    if (r.failed) {
        trouble (scan, NF_FINDING_TEMPLATE_TRUNCATED, scan->id, scan->n_fields);
        return;
    }
    scan->skippable = TRUE;
    scan->span.length = r.offset - set->offset;
    *set = r;
    judge (scan);
}

/* Adds up where each field lies, up to the first one whose length is only known later. */
static void
lay_out (NfTemplate *t)
{
    t->variable = FALSE;
    t->n_fixed = 0;
    t->record_length = t->fixed_length = 0;
    for (guint i = 0; i < t->n_fields; i++) {
        gboolean varies = t->fields[i].length == NF_VARIABLE_LENGTH;

        t->variable |= varies;
        t->offsets[i] = (guint32)t->record_length;
        t->record_length += varies ? 1 : t->fields[i].length; /* the least a prefix takes */
        if (!t->variable) {
            t->n_fixed = i + 1;
            t->fixed_length = t->record_length;
        }
    }
}

static NfTemplate *
allocate (guint16 version, guint n_fields)
{
    NfTemplate *t = g_malloc0 (sizeof *t + n_fields * sizeof t->fields[0]);

    t->version = version;
    t->n_fields = n_fields;
    t->offsets = g_new (guint32, n_fields);
    return t;
}

NfTemplate *
nf_template_new (const NfTemplateScan *scan)
{
    g_return_val_if_fail (scan->ok && !scan->withdrawal, NULL);

    NfTemplate *t = allocate (scan->version, scan->n_fields);
    NfReader r = nf_reader (scan->wire, scan->span.length, 0);

    t->id = scan->id;
    t->options = scan->options;
    t->scope_count = scan->scope_count;
    t->wire = g_memdup2 (scan->wire, scan->span.length);
    t->wire_length = scan->span.length;
    r = nf_template_specifiers (t, &r);
    for (guint i = 0; i < t->n_fields; i++)
        nf_template_read_specifier (&t->fields[i], &r, t->version);
    lay_out (t);
    return t;
}

NfTemplate *
nf_template_new_fixed (guint16 version, const NfField *fields, guint n)
{
    NfTemplate *t = allocate (version, n);

    memcpy (t->fields, fields, n * sizeof *fields);
    lay_out (t);
    return t;
}

void
nf_template_set_field (NfTemplate *tmpl, const NfField *field)
{
    g_return_if_fail (tmpl->n_fields == 1);
    tmpl->fields[0] = *field;
    lay_out (tmpl);
}

NfTemplate *
nf_template_copy (const NfTemplate *tmpl)
{
    NfReader r = nf_reader (tmpl->wire, tmpl->wire_length, 0);
    NfTemplateScan scan;

    nf_template_scan (&scan, &r, tmpl->version, tmpl->options);
    return nf_template_new (&scan);
}

void
nf_template_free (NfTemplate *tmpl)
{
    g_free (tmpl->offsets);
    g_free (tmpl->wire);
    g_free (tmpl);
}

void
nf_spans_clear (NfSpans *spans)
{
    g_free (spans->at);
    *spans = (NfSpans){.at = NULL};
}

static void
make_room (NfSpans *spans, guint n)
{
    if (n <= spans->room)
        return;
    spans->at = g_renew (NfSpan, spans->at, n);
    spans->room = n;
}

/* Finds the fields of the next record that do not lie at the same place in all. Returns its octets;
 * G_MAXSIZE where it runs past `r`.
 *
 * A length prefix is one octet, or 255 and two octets (RFC 7011 7). The least that a record takes
 * has its fields of fixed length and an octet of each prefix: where so much is left, only what
 * prefixes say is to be compared with what is left beside it, `spare`.
 */
static inline gsize
read_fields (const NfTemplate *tmpl, NfReader r, NfSpan *fields)
{
    gsize at = tmpl->fixed_length, spare = r.left - tmpl->record_length;

    if (r.left < tmpl->record_length)
        return G_MAXSIZE;
    for (guint i = tmpl->n_fixed; i < tmpl->n_fields; i++) {
        gsize length = tmpl->fields[i].length;

        if (length == NF_VARIABLE_LENGTH) {
            length = nf_reader_peek (&r, at++, 1);
            if (G_UNLIKELY (length == 255)) {
                if (spare < 2)
                    return G_MAXSIZE;
                length = nf_reader_peek (&r, at, 2);
                at += 2;
                spare -= 2;
            }
            if (length > spare)
                return G_MAXSIZE;
            spare -= length;
        }
        fields[i] = (NfSpan){r.offset + (guint32)at, (guint32)length};
        at += length;
    }
    return at;
}

gboolean
nf_template_read_variable (const NfTemplate *tmpl, NfReader *r, NfSpans *spans)
{
    make_room (spans, tmpl->n_fields);
    nf_reader_take (r, read_fields (tmpl, *r, spans->at));
    return !r->failed;
}

guint
nf_template_read_records (const NfTemplate *tmpl, NfReader *r, guint32 end, guint max,
                          NfSpans *spans, NfSpans *records)
{
    NfSpan *fields, *record;
    NfReader next = *r;
    guint n = 0;

    make_room (spans, max * tmpl->n_fields);
    make_room (records, max);
    fields = spans->at;
    record = records->at;
    for (; n < max && (n == 0 || next.offset < end); n++, record++, fields += tmpl->n_fields) {
        gsize length = read_fields (tmpl, next, fields);

        if (length > next.left)
            break;
        *record = (NfSpan){next.offset, (guint32)length};
        nf_reader_take (&next, length);
    }
    *r = next;
    return n;
}

gboolean
nf_template_read_all (const NfTemplate *tmpl, NfReader *r, NfSpans *spans)
{
    guint32 start = r->offset;
    gboolean ok = nf_template_read_variable (tmpl, r, spans);

    for (guint i = 0; i < tmpl->n_fixed; i++)
        spans->at[i] = (NfSpan){start + tmpl->offsets[i], tmpl->fields[i].length};
    return ok;
}

NfSpace
nf_template_space (const NfTemplate *tmpl, guint i)
{
    if (tmpl->version < 9 && tmpl->fields[i].id >= NF_FIRST_FIXED_ID)
        return NF_SPACE_FIXED;
    if (tmpl->version != 9)
        return NF_SPACE_IPFIX;
    return i < tmpl->scope_count ? NF_SPACE_SCOPE : NF_SPACE_NETFLOW9;
}

gboolean
nf_template_equals_scan (const NfTemplate *tmpl, const NfTemplateScan *scan)
{
    return tmpl->version == scan->version && tmpl->options == scan->options &&
           tmpl->wire_length == scan->span.length &&
           memcmp (tmpl->wire, scan->wire, tmpl->wire_length) == 0;
}

guint
nf_template_hash (gconstpointer tmpl)
{
    const NfTemplate *t = tmpl;
    NfHash hash = nf_hash_begin ();

    nf_hash_add (&hash, t->version * 2u + (t->options != 0));
    nf_hash_add_octets (&hash, t->wire, t->wire_length);
    return nf_hash_end (&hash);
}

gboolean
nf_template_equal (gconstpointer a, gconstpointer b)
{
    const NfTemplate *x = a, *y = b;

    return x->version == y->version && x->options == y->options &&
           x->wire_length == y->wire_length && memcmp (x->wire, y->wire, x->wire_length) == 0;
}
