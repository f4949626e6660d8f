/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as people read them. */
#include "describe.h"

#include "reader.h"

/* IANA's elements whose number or octets have parts worth telling. */
enum {
    CLASS_OF_SERVICE = 5,
    SOURCE_PORT = 7,
    DESTINATION_PORT = 11,
    POST_CLASS_OF_SERVICE = 55,
    FIRST_MPLS_LABEL = 70,
    LAST_MPLS_LABEL = 79,
    APPLICATION_ID = 95,
    CLASSIFICATION_ENGINE = 101,
    UDP_SOURCE_PORT = 180,
    UDP_DESTINATION_PORT = 181,
    TCP_SOURCE_PORT = 182,
    TCP_DESTINATION_PORT = 183,
    DSCP = 195,
    POST_NAPT_SOURCE_PORT = 227,
    POST_NAPT_DESTINATION_PORT = 228
};

enum { TCP = 6, UDP = 17 };

/* The engine whose selectors begin with an enterprise number (RFC 6759 4.1). */
#define PANA_L7_PEN 20

/* The id of an element of IANA's registry, or 0. */
static guint16
iana_id (const NfElement *element)
{
    return element && element->pen == 0 && element->space == NF_SPACE_IPFIX ? element->id : 0;
}

static void
add_name (NfText *t, const char *name)
{
    if (!name)
        return;
    nf_text_add (t, " (");
    nf_text_add (t, name);
    nf_text_add_char (t, ')');
}

static const NfNames *
names_of (const NfDescriber *d, guint16 id)
{
    const NfElement *element = nf_registry_lookup (d->registry, NF_SPACE_IPFIX, 0, id);

    return element ? element->names : NULL;
}

/* "0x1b (FIN SYN PSH ACK)"; bits without a name as a number behind the names. */
static void
add_flags (NfText *t, const NfNames *names, guint64 value, gboolean numeric)
{
    const char *name, *separator = " (";
    guint64 mask, nameless = value;

    nf_text_add (t, "0x");
    nf_text_add_hex_uint (t, value, 2);
    if (numeric || value == 0)
        return;
    for (guint i = 0; (name = nf_names_nth (names, i, &mask)) != NULL; i++) {
        if (mask == 0 || (value & mask) != mask)
            continue;
        nf_text_add (t, separator);
        nf_text_add (t, name);
        separator = " ";
        nameless &= ~mask;
    }
    if (nameless != 0 && nameless != value) {
        nf_text_add (t, " 0x");
        nf_text_add_hex_uint (t, nameless, 1);
    }
    if (nameless != value)
        nf_text_add_char (t, ')');
}

/* Which protocol's services a port is to be looked up with; -1 where the element is no port. */
static gint
protocol_of_port (guint16 id, gint record_protocol)
{
    switch (id) {
    case SOURCE_PORT:
    case DESTINATION_PORT:
    case POST_NAPT_SOURCE_PORT:
    case POST_NAPT_DESTINATION_PORT:
        return record_protocol;
    case UDP_SOURCE_PORT:
    case UDP_DESTINATION_PORT:
        return UDP;
    case TCP_SOURCE_PORT:
    case TCP_DESTINATION_PORT:
        return TCP;
    default:
        return -1;
    }
}

void
nf_describe_unit (NfText *t, const char *unit, gboolean one)
{
    static const char *const symbols[][2] = {{"seconds", " s"},
                                             {"milliseconds", " ms"},
                                             {"microseconds", " us"},
                                             {"nanoseconds", " ns"}};

    for (guint i = 0; i < G_N_ELEMENTS (symbols); i++) {
        if (strcmp (unit, symbols[i][0]) == 0) {
            nf_text_add (t, symbols[i][1]);
            return;
        }
    }
    if (*unit == '\0' || strcmp (unit, "inferred") == 0)
        return;
    nf_text_add_char (t, ' ');
    nf_text_add_octets (t, unit, strlen (unit) - (one && !g_str_has_suffix (unit, "ies")));
}

/* The six upper bits of a class of service, by their name (RFC 2474 3). */
static void
add_class_of_service (NfText *t, const NfDescriber *d, guint64 value)
{
    const NfNames *names = names_of (d, DSCP);
    const char *name = names ? nf_names_value (names, value >> 2) : NULL;

    if (value >> 2 != 0 && name) {
        nf_text_add (t, " (DSCP ");
        nf_text_add (t, name);
        nf_text_add_char (t, ')');
    }
}

static void
add_unsigned (NfText *t, const NfDescriber *d, const NfElement *element, guint64 value,
              gint protocol)
{
    guint16 id = iana_id (element);
    gint port_protocol = protocol_of_port (id, protocol);

    if (element->names && nf_names_are_bits (element->names)) {
        add_flags (t, element->names, value, d->numeric);
        return;
    }
    nf_text_add_uint (t, value, 1);
    if (!d->numeric) {
        if (element->names)
            add_name (t, nf_names_value (element->names, value));
        else if (port_protocol >= 0 && value <= 65535 && d->service)
            add_name (t, d->service (d->service_data, (guint)port_protocol, (guint)value));
        else if (id == CLASS_OF_SERVICE || id == POST_CLASS_OF_SERVICE)
            add_class_of_service (t, d, value);
    }
    nf_describe_unit (t, element->units, value == 1);
}

/* 20 bits of label, 3 of class, 1 that marks the bottom of the stack (RFC 3032 2.1, RFC 5462). */
static void
add_mpls_label (NfText *t, const NfValue *value)
{
    guint64 entry = nf_octets_uint (value->octets, value->length);

    nf_text_add_format (t, " (label %u, class %u%s)", (guint)(entry >> 4), (guint)(entry >> 1 & 7),
                        entry & 1 ? ", bottom of the stack" : "");
}

/* An octet that names the engine, then what that engine calls the application (RFC 6759 4.1). */
static void
add_application (NfText *t, const NfDescriber *d, const NfValue *value)
{
    const NfNames *engines = names_of (d, CLASSIFICATION_ENGINE);
    NfReader r = nf_reader (value->octets, value->length, 0);
    guint8 engine = nf_reader_u8 (&r);
    const char *name = engines ? nf_names_value (engines, engine) : NULL;

    if (!name || r.left == 0 || r.left > 8)
        return;
    nf_text_add (t, " (");
    nf_text_add (t, name);
    nf_text_add_char (t, ':');
    if (engine == PANA_L7_PEN && r.left > 4) {
        nf_text_add_uint (t, nf_reader_u32 (&r), 1);
        nf_text_add_char (t, ':');
    }
    nf_text_add_uint (t, nf_reader_uint (&r, r.left), 1);
    nf_text_add_char (t, ')');
}

static gboolean
add_octets (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value)
{
    guint16 id = iana_id (element);

    if (value->length == 0) {
        nf_text_add (t, "(empty)");
        return TRUE;
    }
    if (value->length > NF_DESCRIBE_INLINE) {
        nf_text_add_count (t, value->length, "octets");
        return FALSE;
    }
    nf_text_add (t, "0x");
    nf_text_add_hex (t, value->octets, value->length, 0);
    if (id >= FIRST_MPLS_LABEL && id <= LAST_MPLS_LABEL && value->length == 3)
        add_mpls_label (t, value);
    else if (id == APPLICATION_ID && !d->numeric)
        add_application (t, d, value);
    return TRUE;
}

gboolean
nf_describe_value (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value,
                   gint protocol)
{
    switch (value->kind) {
    case NF_VALUE_NONE:
        nf_text_add (t, "(empty)");
        return TRUE;
    case NF_VALUE_OCTETS:
        return add_octets (t, d, element, value);
    case NF_VALUE_UNSIGNED:
        add_unsigned (t, d, element, value->u, protocol);
        return TRUE;
    case NF_VALUE_SIGNED:
        nf_value_text (t, value);
        nf_describe_unit (t, element->units, value->i == 1);
        return TRUE;
    case NF_VALUE_FLOAT:
        nf_value_text (t, value);
        nf_describe_unit (t, element->units, FALSE);
        return TRUE;
    default:
        nf_value_text (t, value);
        return TRUE;
    }
}

void
nf_describe_name (NfText *t, const NfDescriber *d, guint16 id, guint64 value)
{
    const NfNames *names = d->numeric ? NULL : names_of (d, id);

    if (names)
        add_name (t, nf_names_value (names, value));
}

gboolean
nf_describe_is_special (const NfElement *element)
{
    guint16 id = iana_id (element);

    return (element->names && nf_names_are_bits (element->names)) || id == CLASS_OF_SERVICE ||
           id == POST_CLASS_OF_SERVICE || id == APPLICATION_ID ||
           (id >= FIRST_MPLS_LABEL && id <= LAST_MPLS_LABEL);
}

gboolean
nf_describe_is_port (const NfElement *element)
{
    return protocol_of_port (iana_id (element), 0) >= 0;
}
