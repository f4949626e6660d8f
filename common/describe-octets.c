/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Octets as people read them: labels, segments, identifiers, parts of packets. */
#include "describe-private.h"

#include "section.h"

/* dataLinkFrameType: what a frame is where it is not Ethernet. */
#define FRAME_TYPE 408

enum { FRAME_TYPE_802_11 = 2 };

/* Members of a list that are shown. */
#define MAX_MEMBERS 16

/* The engines of applicationId (RFC 6759 4.1, IANA's registry) whose selectors say what they are.
 */
enum { IANA_L3 = 1, IANA_L4 = 3, ETHERTYPE = 18, PANA_L7_PEN = 20 };

/* ---- MPLS ---- */

/* 20 bits of label, 3 of class, 1 that marks the bottom of the stack (RFC 3032 2.1, RFC 5462). An
 * unused label is all zero, and not label 0 with a meaning. */
static void
add_label (NfText *t, const NfDescriber *d, const NfNames *names, guint entry)
{
    const char *name =
        names && !d->numeric && entry != 0 ? nf_names_value (names, entry >> 4) : NULL;

    nf_text_add_format (t, "label %u", entry >> 4);
    if (name)
        nf_text_add_format (t, " %s", name);
    nf_text_add_format (t, ", class %u%s", entry >> 1 & 7,
                        entry & 1 ? ", bottom of the stack" : "");
}

/* Of three octets, or of four with a TTL behind. */
static void
mpls_label (NfText *t, const NfDescriber *d, const NfElement *element, NfReader r)
{
    guint entry = (guint)nf_reader_uint (&r, 3);

    if (r.failed || r.left > 1)
        return;
    add_label (t, d, element->names, entry);
    if (r.left == 1)
        nf_text_add_format (t, ", TTL %u", nf_reader_u8 (&r));
}

/* Whole entries, with TTL, down to the bottom of the stack. */
static void
mpls_stack (NfText *t, const NfDescriber *d, const NfElement *element, NfReader r)
{
    guint64 offset = 0;
    guint entry = 0;

    if (d->record)
        r = nf_reader_sub (&r, nf_record_section (d->record, element, r.left, &offset));
    for (guint i = 0; offset % 4 == 0 && r.left >= 4 && (entry & 0x100) == 0; i++) {
        entry = nf_reader_u32 (&r);
        if (i > 0)
            nf_text_add (t, "; ");
        if (i == MAX_MEMBERS) {
            nf_text_add (t, "...");
            return;
        }
        add_label (t, d, element->names, entry >> 8);
        nf_text_add_format (t, ", TTL %u", entry & 255);
    }
}

/* ---- SRv6 ---- */

/* "2001:db8::1, 2001:db8::2": the list begins with the last segment (RFC 8754 2). */
static void
segments (NfText *t, NfReader r)
{
    for (guint i = 0; r.left >= 16; i++) {
        if (i > 0)
            nf_text_add (t, ", ");
        if (i == MAX_MEMBERS) {
            nf_text_add_format (t, "%u more", (guint)(r.left / 16));
            return;
        }
        nf_ipv6_text (t, nf_reader_take (&r, 16));
    }
}

/* RFC 8754 2, RFC 8200 4.4 */
static void
segment_routing_header (NfText *t, const NfDescriber *d, NfReader r)
{
    guint next = nf_reader_u8 (&r);
    gsize length = 8 * nf_reader_u8 (&r); /* behind the first eight octets */
    guint type = nf_reader_u8 (&r);
    guint left = nf_reader_u8 (&r);
    guint last = nf_reader_u8 (&r);
    guint flags = nf_reader_u8 (&r);
    guint tag = nf_reader_u16 (&r);
    const char *name = nf_describe_name_of (d, NF_ID_PROTOCOL, next);
    const guint segment_routing = 4;

    if (r.failed)
        return;
    nf_text_add_format (t, "next header %u", next);
    nf_describe_add_name (t, name);
    if (type != segment_routing) {
        nf_text_add_format (t, ", routing type %u", type);
        return;
    }
    nf_text_add (t, ", ");
    nf_text_add_count (t, left, "segments");
    nf_text_add_format (t, " left, flags 0x%02x, tag %u", flags, tag);

    gsize octets = MIN (MIN (16 * (last + 1u), r.left), length) / 16 * 16;

    if (octets == 0)
        return;
    nf_text_add (t, ", segments ");
    segments (t, nf_reader_sub (&r, octets));
}

/* ---- applications ---- */

/* What an engine's selector is called elsewhere. */
static const char *
selector_name (const NfDescriber *d, guint engine, guint64 selector, gint protocol)
{
    const char *name;

    switch (engine) {
    case IANA_L3:
        return nf_describe_name_of (d, NF_ID_PROTOCOL, selector);
    case ETHERTYPE:
        return nf_describe_name_of (d, NF_ID_ETHERTYPE, selector);
    case IANA_L4:
        if (!d->service || d->numeric || selector > G_MAXUINT16)
            return NULL;
        if (protocol != NF_IP_UDP &&
            (name = d->service (d->service_data, NF_IP_TCP, (guint)selector)) != NULL)
            return name;
        return d->service (d->service_data, NF_IP_UDP, (guint)selector);
    default:
        return NULL;
    }
}

/* An octet that names the engine, then what that engine calls the application (RFC 6759 4). */
static void
application (NfText *t, const NfDescriber *d, const NfElement *element, NfReader r, gint protocol)
{
    guint engine = nf_reader_u8 (&r);
    const char *name = element->names ? nf_names_value (element->names, engine) : NULL;
    const char *title = NULL;
    guint64 selector;

    if (d->numeric || r.left == 0 || r.left > 8)
        return;
    if (name)
        nf_text_add (t, name);
    else
        nf_text_add_format (t, "engine %u", engine);
    nf_text_add_char (t, ':');
    if (engine == PANA_L7_PEN && r.left > 4) {
        guint32 pen = nf_reader_u32 (&r);

        nf_text_add_uint (t, pen, 1);
        if (nf_registry_enterprise (d->registry, pen, &title))
            nf_text_add_format (t, " %s", title);
        nf_text_add_char (t, ':');
    }
    selector = nf_reader_uint (&r, r.left);
    nf_text_add_uint (t, selector, 1);
    name = selector_name (d, engine, selector, protocol);
    if (name)
        nf_text_add_format (t, " %s", name);
}

/* ---- what BGP and VPNs have ---- */

/* Two parts: by `kind` an AS number of two octets, an IPv4 address, or an AS number of four, and
 * the rest of six octets (RFC 4360 3.1, 3.2, RFC 5668, RFC 4364 4.2). */
static gboolean
add_administered (NfText *t, guint kind, NfReader *r)
{
    switch (kind) {
    case 0:
        nf_text_add_uint (t, nf_reader_u16 (r), 1);
        break;
    case 1:
        nf_ipv4_text (t, nf_reader_take (r, 4));
        break;
    case 2:
        nf_text_add_uint (t, nf_reader_u32 (r), 1);
        break;
    default:
        return FALSE;
    }
    nf_text_add_char (t, ':');
    nf_text_add_uint (t, nf_reader_uint (r, r->left), 1);
    return TRUE;
}

static void
route_distinguisher (NfText *t, NfReader r)
{
    if (r.left == 8)
        add_administered (t, nf_reader_u16 (&r), &r);
}

/* A type of two octets: how it is administered, apart from two bits, and what it is (RFC 4360 2).
 */
static void
extended_community (NfText *t, NfReader r)
{
    guint kind = nf_reader_u8 (&r) & 0x3f;
    guint what = nf_reader_u8 (&r);
    gsize start = nf_text_length (t);

    if (r.left != 6 || what < 2 || what > 3)
        return;
    nf_text_add (t, what == 2 ? "route target " : "route origin ");
    if (!add_administered (t, kind, &r))
        nf_text_truncate (t, start);
}

/* Three numbers of four octets (RFC 8092 3). */
static void
large_community (NfText *t, NfReader r)
{
    if (r.left != 12)
        return;
    nf_text_add_uint (t, nf_reader_u32 (&r), 1);
    nf_text_add_char (t, ':');
    nf_text_add_uint (t, nf_reader_u32 (&r), 1);
    nf_text_add_char (t, ':');
    nf_text_add_uint (t, nf_reader_u32 (&r), 1);
}

/* ---- others ---- */

/* The I-TAG of IEEE 802.1ah: 3 bits of priority, one that says that it may be dropped, one that the
 * customer's addresses are used, 24 bits of service; then those addresses. */
static void
service_tag (NfText *t, NfReader r)
{
    guint tag = nf_reader_u32 (&r);
    const guint8 *destination, *source;

    if (r.failed)
        return;
    nf_text_add_format (t, "service instance %u, priority %u", tag & 0xffffff, tag >> 29);
    if (tag >> 28 & 1)
        nf_text_add (t, ", may be dropped");
    destination = nf_reader_take (&r, 6);
    source = nf_reader_take (&r, 6);
    if (!source)
        return;
    nf_text_add (t, ", ");
    nf_text_add_hex (t, source, 6, ':');
    nf_text_add (t, " > ");
    nf_text_add_hex (t, destination, 6, ':');
}

/* The contents of an OBJECT IDENTIFIER (X.690 8.19), with its identifier and length or without. */
static void
object_id (NfText *t, NfReader r)
{
    NfReader header = r;
    guint64 arc = 0;
    gsize start = nf_text_length (t);
    const guint most = 128; /* arcs that SNMP allows (RFC 2578 3.5) */
    guint n = 0;
    gboolean open = FALSE;

    if (nf_reader_u8 (&header) == 6 && nf_reader_u8 (&header) == header.left)
        r = header;
    while (r.left > 0 && n < most && arc <= G_MAXUINT64 >> 7) {
        guint octet = nf_reader_u8 (&r);

        arc = arc << 7 | (octet & 0x7f);
        open = (octet & 0x80) != 0;
        if (open)
            continue;
        if (n == 0) {
            guint64 top = MIN (arc / 40, 2);

            nf_text_add_uint (t, top, 1);
            arc -= 40 * top;
        }
        nf_text_add_char (t, '.');
        nf_text_add_uint (t, arc, 1);
        n++;
        arc = 0;
    }
    if (open || r.left > 0)
        nf_text_truncate (t, start);
}

/* RFC 9562 4 */
static void
uuid (NfText *t, NfReader r)
{
    static const guint8 groups[] = {4, 2, 2, 2, 6};

    if (r.left != 16)
        return;
    for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
        if (i > 0)
            nf_text_add_char (t, '-');
        nf_text_add_hex (t, nf_reader_take (&r, groups[i]), groups[i], 0);
    }
}

/* Hashes of an access list's name, of its entry, and of what that was expanded to; zeros where no
 * list was met. */
static void
acl_id (NfText *t, NfReader r)
{
    if (r.left != 12 || nf_reader_rest_is_zero (&r))
        return;
    nf_text_add_format (t, "list 0x%08x", nf_reader_u32 (&r));
    nf_text_add_format (t, ", entry 0x%08x", nf_reader_u32 (&r));
    nf_text_add_format (t, ", expanded 0x%08x", nf_reader_u32 (&r));
}

/* What packet it is, where the octets are its beginning. */
static void
section (NfText *t, const NfDescriber *d, const NfElement *element, NfReader r, gint protocol)
{
    guint64 offset, type;

    if (d->record) {
        r = nf_reader_sub (&r, nf_record_section (d->record, element, r.left, &offset));
        if (offset > 0) {
            nf_text_add (t, "from octet ");
            nf_text_add_uint (t, offset, 1);
            nf_text_add (t, " on");
            return;
        }
        if (element->form == NF_FORM_FRAME && nf_record_number (d->record, FRAME_TYPE, &type) &&
            type == FRAME_TYPE_802_11) {
            nf_text_add (t, "IEEE 802.11");
            return;
        }
    }
    nf_section_text (t, d, (NfForm)element->form, r, protocol);
}

void
nf_describe_octets (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value,
                    gint protocol)
{
    NfReader r = nf_reader (value->octets, value->length, 0);

    switch (element->form) {
    case NF_FORM_MPLS_LABEL:
        mpls_label (t, d, element, r);
        return;
    case NF_FORM_MPLS_STACK:
        mpls_stack (t, d, element, r);
        return;
    case NF_FORM_SEGMENTS:
        segments (t, r);
        return;
    case NF_FORM_SEGMENT_ROUTING_HEADER:
        segment_routing_header (t, d, r);
        return;
    case NF_FORM_APPLICATION:
        application (t, d, element, r, protocol);
        return;
    case NF_FORM_ROUTE_DISTINGUISHER:
        route_distinguisher (t, r);
        return;
    case NF_FORM_EXTENDED_COMMUNITY:
        extended_community (t, r);
        return;
    case NF_FORM_LARGE_COMMUNITY:
        large_community (t, r);
        return;
    case NF_FORM_SERVICE_TAG:
        service_tag (t, r);
        return;
    case NF_FORM_OBJECT_ID:
        object_id (t, r);
        return;
    case NF_FORM_UUID:
        uuid (t, r);
        return;
    case NF_FORM_ACL_ID:
        acl_id (t, r);
        return;
    case NF_FORM_KINDS: /* more kinds than a number has bits */
        if (!d->numeric)
            nf_describe_kinds (t, element->names, r, 0);
        return;
    case NF_FORM_FRAME:
    case NF_FORM_IP_PACKET:
    case NF_FORM_IP_PAYLOAD:
    case NF_FORM_MPLS_PAYLOAD:
    case NF_FORM_ICMP_MESSAGE:
        section (t, d, element, r, protocol);
        return;
    default: /* more flags than a number has bits; those with names are the lowest */
        if (element->names && nf_names_are_bits (element->names) && !d->numeric)
            nf_describe_bits (t, element->names, nf_octets_uint (value->octets, value->length), 0,
                              "");
    }
}
