/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers and flags as people read them, and what of their record says more about them. */
#include "describe-private.h"

/* IANA's elements that other fields are read with. */
enum { EXPORT_TRANSPORT_PROTOCOL = 215, PRIVATE_ENTERPRISE_NUMBER = 346 };

/* ---- flags ---- */

void
nf_describe_bits (NfText *t, const NfNames *names, guint64 value, guint64 known,
                  const char *separator)
{
    const char *name;
    guint64 mask, nameless = value & ~known;
    gboolean any = FALSE;

    for (guint i = 0; (name = nf_names_nth (names, i, &mask)) != NULL; i++) {
        if (mask == 0 || (value & mask) != mask)
            continue;
        nf_text_add (t, any ? " " : separator);
        nf_text_add (t, name);
        any = TRUE;
        nameless &= ~mask;
    }
    if (any && nameless != 0) {
        nf_text_add (t, " 0x");
        nf_text_add_hex_uint (t, nameless, 1);
    }
}

void
nf_describe_kinds (NfText *t, const NfNames *names, NfReader octets, guint first)
{
    const guint most = 32; /* octets of an unsigned256: there are no more kinds */
    guint length = (guint)octets.left;
    guint8 copy[32];
    gboolean any = FALSE;

    if (octets.left > most)
        return;
    for (guint i = length; i > 0; i--) /* the lowest bits are in the last octet */
        copy[i - 1] = nf_reader_u8 (&octets);
    for (guint i = 0; i < length * 8; i++) {
        const char *name = names ? nf_names_value (names, first + i) : NULL;

        if ((copy[i / 8] >> i % 8 & 1) == 0)
            continue;
        if (any)
            nf_text_add_char (t, ' ');
        if (name)
            nf_text_add (t, name);
        else
            nf_text_add_uint (t, first + i, 1);
        any = TRUE;
    }
}

/* "fields 1 2 5": the lowest bit is a Template's first field. */
static void
add_fields (NfText *t, guint64 value)
{
    nf_text_add (t, "fields");
    for (guint i = 0; i < 64; i++) {
        if (value >> i & 1) {
            nf_text_add_char (t, ' ');
            nf_text_add_uint (t, i + 1, 1);
        }
    }
}

/* The scope of an IPv6 multicast address (RFC 7346 2). */
static void
add_scope (NfText *t, guint scope, gboolean first)
{
    static const char *const scopes[16] = {
        [1] = "Interface-Local", [2] = "Link-Local", [3] = "Realm-Local",
        [4] = "Admin-Local",     [5] = "Site-Local", [8] = "Organization-Local",
        [14] = "Global",
    };

    if (scope == 0)
        return;
    nf_text_add (t, first ? "scope " : ", scope ");
    if (scopes[scope])
        nf_text_add (t, scopes[scope]);
    else
        nf_text_add_uint (t, scope, 1);
}

/* What the bits say, without what is around it. */
static void
add_bits (NfText *t, const NfElement *element, const NfValue *value)
{
    guint64 wire = GUINT64_TO_BE (value->u);
    NfReader octets = nf_reader ((const guint8 *)&wire, sizeof wire, 0);
    gsize start = nf_text_length (t);

    switch (element->form) {
    case NF_FORM_FIELD_BITS:
        add_fields (t, value->u);
        return;
    case NF_FORM_KINDS:
        nf_describe_kinds (t, element->names, octets, 0);
        return;
    case NF_FORM_KINDS_192:
        nf_describe_kinds (t, element->names, octets, 192);
        return;
    case NF_FORM_GTPU_FLAGS: /* 3GPP TS 29.281 5.1 */
        nf_text_add_format (t, "version %u", (guint)(value->u >> 5 & 7));
        nf_describe_bits (t, element->names, value->u, 0xe0, ", ");
        return;
    case NF_FORM_MULTICAST:
        nf_describe_bits (t, element->names, value->u, 0xf0, "");
        add_scope (t, value->u >> 4 & 15, nf_text_length (t) == start);
        return;
    default:
        if (element->names)
            nf_describe_bits (t, element->names, value->u, 0, "");
    }
}

/* "0x1b (FIN SYN PSH ACK)"; bits without a name as a number behind the names. */
static void
add_flags (NfText *t, const NfElement *element, const NfValue *value, gboolean numeric)
{
    gsize start, inside;
    guint octets = 1;

    while (octets < 8 && value->u >> 8 * octets != 0)
        octets++;
    nf_text_add (t, "0x");
    nf_text_add_hex_uint (t, value->u, 2 * octets);
    if (numeric || value->u == 0)
        return;
    start = nf_text_length (t);
    nf_text_add (t, " (");
    inside = nf_text_length (t);
    add_bits (t, element, value);
    if (nf_text_length (t) > inside)
        nf_text_add_char (t, ')');
    else
        nf_text_truncate (t, start);
}

gboolean
nf_describe_is_flags (const NfElement *element)
{
    if (element->names && nf_names_are_bits (element->names))
        return TRUE;
    return *element->semantics == 'f' && strcmp (element->semantics, "flags") == 0 &&
           (!element->names || element->form != NF_FORM_PLAIN);
}

/* ---- octets of two parts ---- */

/* Six bits of DSCP and two of ECN (RFC 2474 3, RFC 3168 5). */
static void
class_of_service (NfText *t, const NfElement *element, guint8 octet)
{
    static const char *const ecn[4] = {"Not-ECT", "ECT(1)", "ECT(0)", "CE"};
    const char *name = element->names ? nf_names_value (element->names, octet >> 2) : NULL;

    nf_text_add (t, "DSCP ");
    if (name)
        nf_text_add (t, name);
    else
        nf_text_add_uint (t, octet >> 2, 1);
    nf_text_add (t, ", ");
    nf_text_add (t, ecn[octet & 3]);
}

/* The upper two bits of a forwarding status; the others are a reason (RFC 7270 4.12). */
static const char *const statuses[4] = {"Unknown", "Forwarded", "Dropped", "Consumed"};

static void
forwarding_status (NfText *t, const NfElement *element, guint8 octet)
{
    const char *name = element->names ? nf_names_value (element->names, octet) : NULL;

    if (name)
        nf_text_add (t, name);
    else
        nf_text_add_format (t, "%s, reason %u", statuses[octet >> 6], octet & 0x3fu);
}

gboolean
nf_describe_has_octet_names (const NfElement *element)
{
    return element->form == NF_FORM_CLASS_OF_SERVICE || element->form == NF_FORM_FORWARDING_STATUS;
}

void
nf_describe_octet_name (NfText *t, const NfElement *element, guint8 octet)
{
    if (element->form == NF_FORM_CLASS_OF_SERVICE)
        class_of_service (t, element, octet);
    else
        forwarding_status (t, element, octet);
}

/* ---- ICMP ---- */

static const char *
icmp_type_name (const NfDescriber *d, gint protocol, guint64 type)
{
    if (protocol == NF_IP_ICMP)
        return nf_describe_name_of (d, NF_ID_ICMP_TYPE, type);
    return protocol == NF_IP_ICMPV6 ? nf_describe_name_of (d, NF_ID_ICMPV6_TYPE, type) : NULL;
}

const char *
nf_describe_icmp (const NfDescriber *d, gint protocol, guint type, guint code)
{
    guint16 id = protocol == NF_IP_ICMP ? NF_ID_ICMP_TYPE_CODE : NF_ID_ICMPV6_TYPE_CODE;
    const char *type_name = icmp_type_name (d, protocol, type);
    const char *name = type_name ? nf_describe_name_of (d, id, type << 8 | code) : NULL;

    return name ? name : type_name;
}

/* The name of a code; NULL too where its type has but one, which is called as the type is. */
static const char *
icmp_code_name (const NfDescriber *d, gint protocol, guint type, guint code)
{
    const char *type_name = icmp_type_name (d, protocol, type);
    const char *name = nf_describe_icmp (d, protocol, type, code);

    return name && strcmp (name, type_name) != 0 ? name : NULL;
}

/* Which ICMP an element of ICMP's is about in a record about `protocol`, which says it better: many
 * exporters use IPv4's elements for both. -1 where the record is about something else. */
static gint
icmp_of (const NfElement *element, gint protocol)
{
    guint16 id = nf_element_iana_id (element);

    if (protocol >= 0)
        return protocol == NF_IP_ICMP || protocol == NF_IP_ICMPV6 ? protocol : -1;
    return id == NF_ID_ICMPV6_TYPE_CODE || id >= NF_ID_ICMPV6_TYPE ? NF_IP_ICMPV6 : NF_IP_ICMP;
}

/* The name of a value of one of ICMP's elements. */
static const char *
icmp_name (const NfDescriber *d, const NfElement *element, guint64 value, gint protocol)
{
    guint16 type_id = nf_element_iana_id (element) - 1; /* of a code */
    guint64 type;

    protocol = icmp_of (element, protocol);
    if (protocol < 0 || value > G_MAXUINT16)
        return NULL;
    if (element->form == NF_FORM_ICMP_TYPE_CODE)
        return nf_describe_icmp (d, protocol, (guint)value >> 8, (guint)value & 255);
    if (element->form == NF_FORM_ICMP_TYPE)
        return icmp_type_name (d, protocol, value);
    if (!d->record || !nf_record_number (d->record, type_id, &type) || type > 255)
        return NULL;
    return icmp_code_name (d, protocol, (guint)type, (guint)value);
}

/* ICMP has no ports, but exporters without elements for it put its type and code there; not into a
 * list of ports, whose values are records that know of no flow. */
static const char *
icmp_port_name (const NfDescriber *d, const NfElement *element, guint64 value, gint protocol)
{
    enum { SOURCE_PORT = 7, DESTINATION_PORT = 11 };
    guint64 type, code;

    if (!d->record || !d->record->flow || !nf_flow_icmp_in_ports (d->record, &type, &code))
        return NULL;
    switch (nf_element_iana_id (element)) {
    case SOURCE_PORT: /* the type, or nothing */
        return value > 0 ? icmp_type_name (d, protocol, type) : NULL;
    case DESTINATION_PORT: /* both, or the code */
        if (value == code)
            return icmp_code_name (d, protocol, (guint)type, (guint)code);
        return nf_describe_icmp (d, protocol, (guint)type, (guint)code);
    default:
        return NULL;
    }
}

/* ---- ports ---- */

gboolean
nf_describe_is_port (const NfElement *element)
{
    return element->form >= NF_FORM_PORT && element->form <= NF_FORM_EXPORT_PORT;
}

/* Which protocol's services a port is to be looked up with; -1 where that is not known. */
static gint
protocol_of_port (const NfDescriber *d, const NfElement *element, gint protocol)
{
    guint64 export;

    switch (element->form) {
    case NF_FORM_TCP_PORT:
        return NF_IP_TCP;
    case NF_FORM_UDP_PORT:
        return NF_IP_UDP;
    case NF_FORM_EXPORT_PORT:
        if (!d->record || !nf_record_number (d->record, EXPORT_TRANSPORT_PROTOCOL, &export))
            return -1;
        return export <= 255 ? (gint) export : -1;
    default:
        return protocol;
    }
}

static const char *
port_name (const NfDescriber *d, const NfElement *element, guint64 value, gint protocol)
{
    protocol = protocol_of_port (d, element, protocol);
    if (protocol == NF_IP_ICMP || protocol == NF_IP_ICMPV6)
        return icmp_port_name (d, element, value, protocol);
    if (protocol < 0 || value > G_MAXUINT16 || !d->service)
        return NULL;
    return d->service (d->service_data, (guint)protocol, (guint)value);
}

void
nf_describe_port (NfText *t, const NfDescriber *d, const NfElement *element, guint64 port,
                  gint protocol)
{
    nf_text_add_uint (t, port, 1);
    if (!d->numeric)
        nf_describe_add_name (t, port_name (d, element, port, protocol));
}

/* ---- numbers ---- */

static const char *
enterprise_title (const NfDescriber *d, guint64 pen)
{
    const char *title = NULL;

    if (pen > 0 && pen <= G_MAXUINT32)
        nf_registry_enterprise (d->registry, (guint32)pen, &title);
    return title;
}

/* The name of the element with this id, of the enterprise that the record says (RFC 5610). */
static const char *
element_name (const NfDescriber *d, guint64 id)
{
    guint64 pen = 0;
    const NfElement *element;

    if (d->record)
        nf_record_number (d->record, PRIVATE_ENTERPRISE_NUMBER, &pen);
    if (id > G_MAXUINT16 || pen > G_MAXUINT32)
        return NULL;
    element = nf_registry_lookup (d->registry, NF_SPACE_IPFIX, (guint32)pen, (guint16)id);
    return element ? element->name : NULL;
}

/* An octet says how a network is laid over another, the lowest 24 bits which one it is. */
static void
add_segment_id (NfText *t, guint64 value)
{
    static const char *const kinds[] = {[1] = "VXLAN", [2] = "NVGRE"};
    guint64 kind = value >> 56;

    if (kind > 0 && kind < G_N_ELEMENTS (kinds))
        nf_text_add_format (t, " (%s %u)", kinds[kind], (guint)(value & 0xffffff));
}

/* The name of a community, else an AS number and what that AS means by the rest (RFC 1997). */
static void
add_community (NfText *t, const NfElement *element, guint64 value)
{
    const char *name = element->names ? nf_names_value (element->names, value) : NULL;

    if (name)
        nf_describe_add_name (t, name);
    else if (value <= G_MAXUINT32)
        nf_text_add_format (t, " (%u:%u)", (guint)(value >> 16), (guint)(value & 0xffff));
}

/* Extended events of a Cisco ASA above 2000 are all reasons why a flow was terminated. */
static const char *
nsel_event_name (const NfElement *element, guint64 value)
{
    const char *name = element->names ? nf_names_value (element->names, value) : NULL;

    return name || value <= 2000 ? name : "flow terminated";
}

static void
add_octet_name (NfText *t, const NfElement *element, guint64 value)
{
    if (value > G_MAXUINT8)
        return;
    nf_text_add (t, " (");
    nf_describe_octet_name (t, element, (guint8)value);
    nf_text_add_char (t, ')');
}

/* What is behind a number. */
static void
add_meaning (NfText *t, const NfDescriber *d, const NfElement *element, guint64 value,
             gint protocol)
{
    switch (element->form) {
    case NF_FORM_PORT:
    case NF_FORM_TCP_PORT:
    case NF_FORM_UDP_PORT:
    case NF_FORM_EXPORT_PORT:
        nf_describe_add_name (t, port_name (d, element, value, protocol));
        return;
    case NF_FORM_CLASS_OF_SERVICE:
    case NF_FORM_FORWARDING_STATUS:
        add_octet_name (t, element, value);
        return;
    case NF_FORM_ICMP_TYPE_CODE:
    case NF_FORM_ICMP_TYPE:
    case NF_FORM_ICMP_CODE:
        nf_describe_add_name (t, icmp_name (d, element, value, protocol));
        return;
    case NF_FORM_ENTERPRISE:
        nf_describe_add_name (t, enterprise_title (d, value));
        return;
    case NF_FORM_ELEMENT:
        nf_describe_add_name (t, element_name (d, value));
        return;
    case NF_FORM_SEGMENT_ID:
        add_segment_id (t, value);
        return;
    case NF_FORM_COMMUNITY:
        add_community (t, element, value);
        return;
    case NF_FORM_NSEL_EVENT:
        nf_describe_add_name (t, nsel_event_name (element, value));
        return;
    default:
        if (element->names)
            nf_describe_add_name (t, nf_names_value (element->names, value));
    }
}

/* "0x0800": as many digits as the type has room for. */
static void
add_hexadecimal (NfText *t, const NfElement *element, guint64 value)
{
    guint digits = element->type == NF_TYPE_UNSIGNED8    ? 2
                   : element->type == NF_TYPE_UNSIGNED16 ? 4
                   : element->type == NF_TYPE_UNSIGNED32 ? 8
                                                         : 16;

    nf_text_add (t, "0x");
    nf_text_add_hex_uint (t, value, digits);
}

/* "6 (TCP)" */
static void
add_number (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value,
            gint protocol)
{
    if (nf_describe_is_flags (element)) {
        add_flags (t, element, value, d->numeric);
        return;
    }
    if (element->form == NF_FORM_HEXADECIMAL)
        add_hexadecimal (t, element, value->u);
    else
        nf_text_add_uint (t, value->u, 1);
    if (!d->numeric)
        add_meaning (t, d, element, value->u, protocol);
}

void
nf_describe_number (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value,
                    gint protocol)
{
    add_number (t, d, element, value, protocol);
    if (!nf_describe_is_flags (element))
        nf_describe_unit (t, element->units, value->u == 1);
}

void
nf_describe_alone (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value)
{
    NfDescriber alone = {.registry = d->registry, .numeric = d->numeric};

    if (value->kind == NF_VALUE_UNSIGNED)
        add_number (t, &alone, element, value, -1);
    else
        nf_value_text (t, value);
}

/* ---- and back ---- */

/* The numbers that a row of the element's names is about. */
static gboolean
numbers_of (const NfElement *element, guint64 named, guint64 *low, guint64 *high)
{
    guint64 first = element->form == NF_FORM_KINDS_192 ? 192 : 0;

    *low = *high = named;
    switch (element->form) {
    case NF_FORM_CLASS_OF_SERVICE: /* whatever its two bits of ECN */
        *low = named << 2;
        *high = *low | 3;
        return TRUE;
    case NF_FORM_KINDS:
    case NF_FORM_KINDS_192:
        if (named < first || named - first > 63)
            return FALSE;
        *low = *high = G_GUINT64_CONSTANT (1) << (named - first);
        return TRUE;
    case NF_FORM_ICMP_CODE: /* it has a name together with its type alone */
        return FALSE;
    default:
        return TRUE;
    }
}

gboolean
nf_describe_find (const NfElement *element, const char *name, guint64 *low, guint64 *high)
{
    const char *has;
    guint64 named;

    for (guint i = 0; element->form == NF_FORM_FORWARDING_STATUS && i < G_N_ELEMENTS (statuses);
         i++) {
        if (g_ascii_strcasecmp (statuses[i], name) == 0) {
            *low = i << 6;
            *high = *low | 0x3f;
            return TRUE;
        }
    }
    for (guint i = 0; element->names && (has = nf_names_nth (element->names, i, &named)); i++)
        if (g_ascii_strcasecmp (has, name) == 0)
            return numbers_of (element, named, low, high);
    return FALSE;
}
