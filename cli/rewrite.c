/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records written anew, field by field. */
#include "rewrite.h"

/* IANA's elements that are not treated as their type says. */
enum {
    SOURCE_IPV4_PREFIX = 44,
    DESTINATION_IPV4_PREFIX = 45,
    DESTINATION_IPV6_PREFIX = 169,
    SOURCE_IPV6_PREFIX = 170,
    ELEMENT_NAME = 341 /* informationElementName: what nfpeek calls an element by (RFC 5610) */
};

#define SCOPE_SYSTEM 1 /* NetFlow v9's, where routers put an address of theirs (RFC 3954 6.1) */

#define IPV4_LENGTH 4
#define IPV6_LENGTH 16
#define MAC_LENGTH  6

/* What becomes of a field. */
typedef enum { KEEP, ZERO, LIST, IPV4, IPV6, MAC, TEXT, SEGMENTS, ADMINISTERED, SERVICE_TAG } Fate;

/* ---- octets ---- */

static const guint8 *
octets_at (const NfRewriting *w, NfSpan span)
{
    return nf_span_octets (w->from, span);
}

static gboolean
is_zero (const guint8 *octets, gsize length)
{
    NfReader r = nf_reader (octets, length, 0);

    return nf_reader_rest_is_zero (&r);
}

void
nf_rewrite_copy (NfRewriting *w, NfSpan span)
{
    if (span.length > 0)
        memcpy (w->to + span.offset, octets_at (w, span), span.length);
}

void
nf_rewrite_not_zero (NfRewriting *w, NfSpan span)
{
    NfReader r = nf_reader (octets_at (w, span), span.length, span.offset);
    guint32 end = nf_reader_zero_tail (&r); /* behind the last octet that is not zero */

    if (end > span.offset && is_zero (w->to + span.offset, span.length))
        w->to[end - 1] = 1;
}

void
nf_rewrite_omit (NfRewriting *w, NfSpan span)
{
    if (!is_zero (octets_at (w, span), span.length))
        w->done.zeroed += span.length;
}

void
nf_rewrite_zero (NfRewriting *w, NfSpan span)
{
    nf_rewrite_omit (w, span);
    nf_rewrite_not_zero (w, span);
}

/* ---- fields ---- */

/* Of octets that the registry says more about. */
static Fate
fate_of_form (NfForm form)
{
    switch (form) {
    case NF_FORM_MPLS_LABEL:
    case NF_FORM_APPLICATION:
    case NF_FORM_LARGE_COMMUNITY:
        return KEEP;
    case NF_FORM_ROUTE_DISTINGUISHER:
    case NF_FORM_EXTENDED_COMMUNITY:
        return ADMINISTERED;
    case NF_FORM_SERVICE_TAG:
        return SERVICE_TAG;
    case NF_FORM_SEGMENTS:
        return SEGMENTS;
    default:
        return ZERO;
    }
}

/* Of octets, also where an element has not the length of its type: of an address there may be the
 * first octets alone. */
static Fate
fate_of_octets (const NfElement *element, gsize length)
{
    if (element->type == NF_TYPE_IPV4_ADDRESS && length < IPV4_LENGTH)
        return IPV4;
    if (element->type == NF_TYPE_IPV6_ADDRESS && length < IPV6_LENGTH)
        return IPV6;
    return element->type == NF_TYPE_OCTET_ARRAY ? fate_of_form (element->form) : ZERO;
}

static Fate
fate_of (const NfBoundField *bound, gsize length)
{
    const NfElement *element = bound->element;

    if (nf_type_is_list (bound->type))
        return LIST;
    if (!element || element->flags & NF_ELEMENT_IDENTITY)
        return ZERO;
    if (element->space == NF_SPACE_SCOPE && element->id == SCOPE_SYSTEM)
        return length == IPV4_LENGTH ? IPV4 : length > 2 ? ZERO : KEEP;
    switch (bound->type) {
    case NF_TYPE_IPV4_ADDRESS:
        return length <= IPV4_LENGTH ? IPV4 : ZERO;
    case NF_TYPE_IPV6_ADDRESS:
        return length <= IPV6_LENGTH ? IPV6 : ZERO;
    case NF_TYPE_MAC_ADDRESS:
        return length == MAC_LENGTH ? MAC : ZERO;
    case NF_TYPE_STRING:
        return nf_element_iana_id (element) == ELEMENT_NAME ? KEEP : TEXT;
    case NF_TYPE_OCTET_ARRAY:
        return fate_of_octets (element, length);
    default:
        return KEEP;
    }
}

/* Whether of a field values, or parts of them, stay. */
static gboolean
stays (Fate fate)
{
    return fate == KEEP || fate == ADMINISTERED || fate == SERVICE_TAG;
}

void
nf_rewrite_note (NfRewriting *w, const NfBinding *binding)
{
    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        const NfBoundField *bound = &binding->fields[i];
        Fate fate = fate_of (bound, binding->tmpl->fields[i].length);

        if (bound->element && !(bound->element->flags & NF_ELEMENT_LEARNT) && stays (fate))
            g_hash_table_add (w->kept, (gpointer)bound->element);
    }
}

/* How many bits the prefix in field `i` has, if it is one and the record says how long it is. */
static gboolean
prefix_bits (const NfRecord *r, guint i, guint64 *bits)
{
    static const struct {
        guint16 id, length_id;
    } prefixes[] = {{SOURCE_IPV4_PREFIX, 9},
                    {DESTINATION_IPV4_PREFIX, 13},
                    {DESTINATION_IPV6_PREFIX, 30},
                    {SOURCE_IPV6_PREFIX, 29}};
    guint16 id = nf_element_iana_id (r->event->binding->fields[i].element);

    for (guint k = 0; k < G_N_ELEMENTS (prefixes); k++)
        if (prefixes[k].id == id)
            return nf_record_number (r, prefixes[k].length_id, bits);
    return FALSE;
}

/* Whether all bits of an address from `bit` on are zero; with `clear` they are made so. */
static gboolean
rest_is_zero (guint8 *octets, gsize length, guint64 bit, gboolean clear)
{
    for (gsize i = bit / 8; i < length; i++) {
        guint8 rest = (guint8)(i == bit / 8 ? 0xff >> bit % 8 : 0xff);

        if (clear)
            octets[i] &= (guint8)~rest;
        else if (octets[i] & rest)
            return FALSE;
    }
    return TRUE;
}

/* An address, or its first octets; what is no part of a prefix stays zero. */
static void
put_address (NfRewriting *w, const NfRecord *r, guint i, NfSpan span, gboolean is_ipv4)
{
    gsize length = is_ipv4 ? IPV4_LENGTH : IPV6_LENGTH;
    guint8 address[IPV6_LENGTH] = {0};
    gboolean is_prefix;
    guint64 bits;

    memcpy (address, octets_at (w, span), span.length);
    is_prefix = r && prefix_bits (r, i, &bits) && rest_is_zero (address, length, bits, FALSE);
    if (is_ipv4)
        nf_pseudonyms_ipv4 (w->pseudonyms, address, address);
    else
        nf_pseudonyms_ipv6 (w->pseudonyms, address, address);
    if (is_prefix)
        rest_is_zero (address, length, bits, TRUE);
    memcpy (w->to + span.offset, address, span.length);
    if (is_ipv4)
        w->done.ipv4++;
    else
        w->done.ipv6++;
}

static void
put_mac (NfRewriting *w, NfSpan span)
{
    nf_pseudonyms_mac (w->pseudonyms, w->to + span.offset, octets_at (w, span));
    w->done.macs++;
}

/* A list of IPv6 addresses, and what is behind the last whole one. */
static void
put_segments (NfRewriting *w, NfSpan span)
{
    for (; span.length >= IPV6_LENGTH; span.offset += IPV6_LENGTH, span.length -= IPV6_LENGTH)
        put_address (w, NULL, 0, (NfSpan){span.offset, IPV6_LENGTH}, FALSE);
    nf_rewrite_omit (w, span);
}

/* Whether an extended community holds a MAC address in octets 2 to 7: ES-Import (RFC 7432 7.6) or
 * EVPN Router's MAC (RFC 9135). */
static gboolean
has_mac (guint high, guint low)
{
    return (high & 0x3f) == 0x06 && (low == 0x02 || low == 0x03);
}

/* A route distinguisher or a community: octets 2 to 5 are an IPv4 address where the type says so,
 * 1 in the lower bits of either octet of it (RFC 4360 3.2, RFC 4364 4.2). */
static void
put_administered (NfRewriting *w, NfForm form, NfSpan span)
{
    NfReader r = nf_reader (octets_at (w, span), span.length, 0);
    guint high = nf_reader_u8 (&r), low = nf_reader_u8 (&r);
    guint kind = form == NF_FORM_ROUTE_DISTINGUISHER ? high << 8 | low : high & 0x3f;

    if (span.length != 8) {
        nf_rewrite_omit (w, span);
        return;
    }
    nf_rewrite_copy (w, span);
    if (kind == 1)
        put_address (w, NULL, 0, (NfSpan){span.offset + 2, IPV4_LENGTH}, TRUE);
    else if (form == NF_FORM_EXTENDED_COMMUNITY && has_mac (high, low))
        put_mac (w, (NfSpan){span.offset + 2, MAC_LENGTH});
}

/* The I-TAG of IEEE 802.1ah: four octets, then a customer's two MAC addresses. */
static void
put_service_tag (NfRewriting *w, NfSpan span)
{
    const guint tag = 4;

    if (span.length != tag + 2 * MAC_LENGTH) {
        nf_rewrite_omit (w, span);
        return;
    }
    nf_rewrite_copy (w, (NfSpan){span.offset, tag});
    put_mac (w, (NfSpan){span.offset + tag, MAC_LENGTH});
    put_mac (w, (NfSpan){span.offset + tag + MAC_LENGTH, MAC_LENGTH});
}

/* Notes of a value that it stayed, or of a field that it is written otherwise. */
static void
mark (NfRewriting *w, NfSpan span, gboolean stayed)
{
    memset (w->stayed + span.offset, stayed, span.length);
}

static void
put_field (NfRewriting *w, const NfRecord *r, guint i, NfSpan span)
{
    const NfBoundField *bound = &r->event->binding->fields[i];
    Fate fate = fate_of (bound, span.length);

    mark (w, span, stays (fate));
    switch (fate) {
    case KEEP:
        nf_rewrite_copy (w, span);
        return;
    case LIST:
        return;
    case ZERO:
        nf_rewrite_omit (w, span);
        return;
    case IPV4:
    case IPV6:
        put_address (w, r, i, span, fate == IPV4);
        return;
    case MAC:
        put_mac (w, span);
        return;
    case TEXT:
        nf_pseudonyms_text (w->pseudonyms, w->to + span.offset, octets_at (w, span), span.length);
        w->done.texts++;
        return;
    case SEGMENTS:
        put_segments (w, span);
        return;
    case ADMINISTERED:
        put_administered (w, bound->element->form, span);
        return;
    case SERVICE_TAG:
        put_service_tag (w, span);
        return;
    }
}

/* What lies between the fields are the lengths of those that vary (RFC 7011 7). */
void
nf_rewrite_record (NfRewriting *w, const NfRecord *record)
{
    guint n = record->event->binding->tmpl->n_fields;
    guint32 at = record->event->span.offset;

    for (guint i = 0; i < n; i++) {
        NfSpan span = nf_event_field (record->event, i);

        nf_rewrite_copy (w, (NfSpan){at, span.offset - at});
        if (span.length > 0)
            put_field (w, record, i, span);
        at = span.offset + span.length;
    }
}

void
nf_rewrite_stayed (NfRewriting *w, NfSpan span)
{
    for (guint32 at = span.offset; at < span.offset + span.length; at++)
        if (w->stayed[at]) {
            nf_rewrite_omit (w, (NfSpan){at, 1});
            w->to[at] = 0;
            w->stayed[at] = FALSE;
        }
}

/* A field that stayed whole is written by the other reading, which makes it the name that its
 * owner has everywhere. */
void
nf_rewrite_doubted (NfRewriting *w, const NfRecord *record)
{
    const NfBinding *binding = record->event->binding;

    for (guint i = 0; i < binding->tmpl->n_fields; i++) {
        NfSpan span = nf_event_field (record->event, i);
        Fate fate = fate_of (&binding->fields[i], span.length);

        if (span.length == 0 || fate == KEEP)
            continue;
        if (fate != LIST && !memchr (w->stayed + span.offset, FALSE, span.length)) {
            memset (w->to + span.offset, 0, span.length);
            put_field (w, record, i, span);
            mark (w, span, FALSE);
        } else {
            nf_rewrite_stayed (w, span);
        }
    }
}

/* An id and a count, of options also that of the scope fields (of NetFlow v9 their octets, in place
 * of both counts). Of an element's id only the bit stays that says that an enterprise number
 * follows: it tells where the next one begins. */
void
nf_rewrite_broken_template (NfRewriting *w, NfSpan span, guint16 version, gboolean options)
{
    guint32 header = MIN (options ? 6 : 4, span.length), at = span.offset + header;
    guint32 end = span.offset + span.length;

    nf_rewrite_copy (w, (NfSpan){span.offset, header});
    nf_rewrite_zero (w, (NfSpan){at, end - at});
    while (at < end) {
        gboolean has_pen = version != 9 && (w->from[at] & 0x80) != 0;

        w->to[at] = (guint8)(w->to[at] | (has_pen ? 0x80 : 0));
        at += has_pen ? 8 : 4;
    }
}

void
nf_rewrite_rest (NfRewriting *w, NfSpan span, const NfTemplate *tmpl)
{
    NfReader r = nf_reader (octets_at (w, span), span.length, span.offset);

    for (guint i = 0; tmpl && tmpl->variable && i < tmpl->n_fields && r.left > 0; i++) {
        NfReader prefix = r;
        gsize length = tmpl->fields[i].length;

        if (length == NF_VARIABLE_LENGTH) {
            length = nf_reader_u8 (&r);
            if (length == 255)
                length = nf_reader_u16 (&r);
            nf_rewrite_copy (w, (NfSpan){prefix.offset, (guint32)(prefix.left - r.left)});
        }
        nf_reader_take (&r, length);
    }
    nf_rewrite_zero (w, span);
}
