/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registry: what is known of Information Elements, one CSV row each (RFC 7011 2, RFC 7012).
 *
 * The rows the project ships (common/elements, common/values) are built into the library as tables;
 * the user's files are read when they are loaded. A registry is filled first, then shared, and
 * never changed once a collector uses it; reading it needs no lock of its users'.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Abstract data types (RFC 7012 3.1, RFC 6313 4.1, RFC 9740). The order is that of RFC 5610 3.1's
 * informationElementDataType, so that learnt types need no table. */
typedef enum {
    NF_TYPE_OCTET_ARRAY,
    NF_TYPE_UNSIGNED8,
    NF_TYPE_UNSIGNED16,
    NF_TYPE_UNSIGNED32,
    NF_TYPE_UNSIGNED64,
    NF_TYPE_SIGNED8,
    NF_TYPE_SIGNED16,
    NF_TYPE_SIGNED32,
    NF_TYPE_SIGNED64,
    NF_TYPE_FLOAT32,
    NF_TYPE_FLOAT64,
    NF_TYPE_BOOLEAN,
    NF_TYPE_MAC_ADDRESS,
    NF_TYPE_STRING,
    NF_TYPE_DATE_TIME_SECONDS,
    NF_TYPE_DATE_TIME_MILLISECONDS,
    NF_TYPE_DATE_TIME_MICROSECONDS,
    NF_TYPE_DATE_TIME_NANOSECONDS,
    NF_TYPE_IPV4_ADDRESS,
    NF_TYPE_IPV6_ADDRESS,
    NF_TYPE_BASIC_LIST,
    NF_TYPE_SUB_TEMPLATE_LIST,
    NF_TYPE_SUB_TEMPLATE_MULTI_LIST,
    NF_TYPE_UNSIGNED256,
    NF_N_TYPES
} NfType;

/* The enterprise whose elements are the reverse of IANA's (RFC 5103 6.1). */
#define NF_REVERSE_PEN 29305

/* Whether it is a number without a sign, of at most 8 octets. */
static inline gboolean
nf_type_is_unsigned (NfType type)
{
    return type >= NF_TYPE_UNSIGNED8 && type <= NF_TYPE_UNSIGNED64;
}

/* Whether values of the type hold others: structured data (RFC 6313). */
static inline gboolean
nf_type_is_list (NfType type)
{
    return type >= NF_TYPE_BASIC_LIST && type <= NF_TYPE_SUB_TEMPLATE_MULTI_LIST;
}

/* Which numbering an id belongs to. */
typedef enum {
    NF_SPACE_IPFIX,    /* (enterprise number, id); enterprise 0 is IANA's registry */
    NF_SPACE_NETFLOW9, /* ids met in NetFlow v9 that IANA's registry has no row for */
    NF_SPACE_SCOPE,    /* NetFlow v9's scope field types (RFC 3954 6.1) */
    NF_SPACE_FIXED     /* what NetFlow v6 to v8 have that no element of IANA's stands for */
} NfSpace;

/* Ids of NF_SPACE_FIXED begin here, where no element of IPFIX has one (RFC 7011 3.2). */
#define NF_FIRST_FIXED_ID 0x8000

typedef enum {
    NF_ELEMENT_UPTIME = 1 << 0,  /* milliseconds of the exporter's sysUpTime: 21, 22 */
    NF_ELEMENT_PADDING = 1 << 1, /* no data: paddingOctets (210) */
    NF_ELEMENT_SINGLE = 1 << 2,  /* the record of a flow has but one of it */
    NF_ELEMENT_LEARNT = 1 << 3,  /* of no registry: the exporter says what it is (RFC 5610) */
    NF_ELEMENT_IDENTITY = 1 << 4 /* a number that tells who or where somebody is */
} NfElementFlags;

/*
 * What the octets of a value are made of, where a name for the whole, or for each bit, is not all
 * that can be said. In the registry's files it is a word among the flags, written as here:
 * class-of- service. describe.c makes text of it.
 */
typedef enum {
    NF_FORM_PLAIN,
    /* ---- numbers ---- */
    NF_FORM_HEXADECIMAL, /* people know it in base 16 */
    NF_FORM_PORT,        /* of the transport protocol that the record is about */
    NF_FORM_TCP_PORT,
    NF_FORM_UDP_PORT,
    NF_FORM_EXPORT_PORT,       /* of the protocol that flows are exported with */
    NF_FORM_CLASS_OF_SERVICE,  /* six bits of DSCP, two of ECN; `names` are the DSCP's */
    NF_FORM_FORWARDING_STATUS, /* two bits of status, six of reason */
    NF_FORM_ICMP_TYPE_CODE,    /* `names` hold where the record is about that ICMP */
    NF_FORM_ICMP_TYPE,
    NF_FORM_ICMP_CODE, /* `names` are those of type * 256 + code */
    NF_FORM_ENTERPRISE,
    NF_FORM_ELEMENT,    /* of the enterprise that the record says */
    NF_FORM_FIELD_BITS, /* the lowest bit is the first field of a Template */
    NF_FORM_MULTICAST,  /* flags, and in the upper half a scope */
    NF_FORM_GTPU_FLAGS, /* flags, and in the upper three bits a version */
    NF_FORM_SEGMENT_ID, /* an octet of encapsulation, the rest an id */
    NF_FORM_COMMUNITY,  /* of BGP */
    NF_FORM_KINDS,      /* bit N says that an option of kind N was seen; `names` are the kinds' */
    NF_FORM_KINDS_192,  /* the same of kinds from 192 on */
    NF_FORM_NSEL_EVENT, /* `names`, and above 2000 why a flow ended */
    NF_FORM_YES_NO,     /* a string: "yes", "y" or "1" is yes */
    /* ---- octets ---- */
    NF_FORM_MPLS_LABEL, /* one entry of a label stack; `names` are labels' */
    NF_FORM_APPLICATION,
    NF_FORM_ROUTE_DISTINGUISHER,
    NF_FORM_EXTENDED_COMMUNITY,
    NF_FORM_LARGE_COMMUNITY,
    NF_FORM_SERVICE_TAG, /* of IEEE 802.1ah */
    NF_FORM_OBJECT_ID,   /* an OBJECT IDENTIFIER of ASN.1 */
    NF_FORM_UUID,
    NF_FORM_ACL_ID,   /* of a Cisco ASA */
    NF_FORM_SEGMENTS, /* IPv6 addresses */
    NF_FORM_SEGMENT_ROUTING_HEADER,
    /* ---- a part of a packet, from that header on ---- */
    NF_FORM_MPLS_STACK, /* entries with TTL; `names` are labels' */
    NF_FORM_FRAME,
    NF_FORM_IP_PACKET,
    NF_FORM_IP_PAYLOAD,
    NF_FORM_MPLS_PAYLOAD,
    NF_FORM_ICMP_MESSAGE,
    NF_N_FORMS
} NfForm;

/* Names of values, or of bits: one file of common/values. */
typedef struct _NfNames NfNames;

typedef struct {
    guint32 pen; /* private enterprise number; 0 in the spaces other than NF_SPACE_IPFIX */
    guint16 id;
    guint8 space;          /* NfSpace */
    guint8 type;           /* NfType */
    guint8 flags;          /* NfElementFlags */
    guint8 form;           /* NfForm */
    const char *name;      /* "sourceIPv4Address", "cisco.applicationHttpHost"; never NULL */
    const char *netflow9;  /* "IPV4_SRC_ADDR"; NULL where v9 has no name of its own */
    const char *semantics; /* "deltaCounter"; "" where not known */
    const char *units;     /* "octets"; "" where there is none or it is not known */
    const NfNames *names;  /* names of its values or bits, or NULL */
    gboolean has_range;
    guint64 range_min, range_max; /* the values it may have, where has_range */
} NfElement;

/* A common name: one word for elements that exporters use for the same thing. */
typedef struct {
    const char *name;           /* "octets" */
    const NfElement **elements; /* in order of preference */
    guint n_elements;
} NfCommonName;

typedef struct _NfRegistry NfRegistry;

#define NF_REGISTRY_ERROR (nf_registry_error_quark ())
GQuark nf_registry_error_quark (void);

typedef enum {
    NF_REGISTRY_ERROR_ROW, /* a row that cannot be used; the message begins with file:line */
    NF_REGISTRY_ERROR_FILE /* the file cannot be read */
} NfRegistryError;

/* A registry with all rows the project ships. Returns one reference. */
NfRegistry *nf_registry_new (void);
NfRegistry *nf_registry_ref (NfRegistry *registry);
void nf_registry_unref (NfRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NfRegistry, nf_registry_unref)

/*
 * Adds the rows of a CSV file, or replaces those of the same enterprise number and id. The first
 * line names the columns: id, name and type are needed, pen, netflow9, semantics, units, range,
 * names, flags and vendor may be there; other columns are ignored. Without a pen column the rows
 * belong to the enterprise that a file name pen-N.csv gives, else to IANA's registry. The rows of
 * a file netflow9.csv are NetFlow v9's private ids, VENDOR.NAME where they have a vendor. An
 * enterprise's element is called ENTERPRISE.NAME, by the short name of elements/enterprises.csv
 * or the number. No two elements may have the same name.
 * Returns FALSE and sets `error` where the file cannot be read or a row is bad; the rows before
 * it have been taken then. Rows that were replaced stay valid as long as the registry. Not to be
 * called once the registry is shared.
 */
gboolean nf_registry_load (NfRegistry *registry, const char *path, GError **error);

/* The same from memory: `length` octets at `text`, `path` for messages and for the pen-N rule. */
gboolean nf_registry_load_text (NfRegistry *registry, const char *path, const char *text,
                                gsize length, GError **error);

/* Loads what a user has in store for every run: all *.csv of nfpeek/elements in the user's
 * configuration folder, by name. FALSE and `error` as of
 * nf_registry_load(); TRUE where there is no such folder. */
gboolean nf_registry_load_user (NfRegistry *registry, GError **error);

/* The row of an element, or NULL. `pen` counts in NF_SPACE_IPFIX only. For NF_SPACE_NETFLOW9
 * IANA's rows are looked at, too, then those of enterprises that use their own ids there, moved up
 * (Cisco, ntop). The reverse of an element has a row where the element has one: of IANA's under
 * enterprise 29305 (RFC 5103 6.1), of CERT's with the bit 0x4000 in its id. */
const NfElement *nf_registry_lookup (const NfRegistry *registry, NfSpace space, guint32 pen,
                                     guint16 id);

/* Takes a number apart: "8" or "0/8" of IANA's, "9/12235" of an enterprise, "v9/65" and "scope/1"
 * of NetFlow v9, "fixed/32768" of the versions before it. Returns FALSE where it is none; there
 * need be no row for it. */
gboolean nf_element_parse_number (const char *text, NfSpace *space, guint32 *pen, guint16 *id);

/* The row with this name (either naming; upper and lower case differ) or number, or NULL. */
const NfElement *nf_registry_find (const NfRegistry *registry, const char *name);

/* The common name, or NULL. */
const NfCommonName *nf_registry_common (const NfRegistry *registry, const char *name);

/* The `i`th common name, from 0 on; NULL behind the last one. */
const NfCommonName *nf_registry_common_nth (const NfRegistry *registry, guint i);

/* Up to `max` names a mistyped `name` may have meant, best first; of `others`, a NULL-ended array
 * or NULL, too. Returns a NULL-ended array; free with g_strfreev(). Takes milliseconds: it compares
 * with every name. */
char **nf_registry_near (const NfRegistry *registry, const char *name, const char *const *others,
                         guint max);

/* Calls `each` for all rows, reverse ones included, by space, enterprise number and id. */
void nf_registry_foreach (const NfRegistry *registry,
                          void (*each) (const NfElement *element, gpointer data), gpointer data);

/* The enterprise's short name ("cisco") and, if `title` is not NULL, its full one. Returns NULL
 * where it is not known. */
const char *nf_registry_enterprise (const NfRegistry *registry, guint32 pen, const char **title);

/* "unsigned32" */
const char *nf_type_name (NfType type);

/* The type of that name, or NF_N_TYPES. */
NfType nf_type_from_name (const char *name);

/* Whether a field of `length` octets can hold the type: exactly so many, or fewer where RFC 7011
 * 6.2 allows reduced-size encoding. 65535 stands for a variable length (RFC 7011 7). A length of
 * 0 is right only for strings, octets and lists. */
gboolean nf_type_allows (NfType type, guint16 length);

/* The id in IANA's registry of an element or, of a reverse one (RFC 5103), of the one it is the
 * reverse of; 0 where it is none of IANA's, or NULL. */
static inline guint16
nf_element_iana_id (const NfElement *element)
{
    return element && element->space == NF_SPACE_IPFIX &&
                   (element->pen == 0 || element->pen == NF_REVERSE_PEN)
               ? element->id
               : 0;
}

/* "class-of-service"; NULL of NF_FORM_PLAIN. */
const char *nf_form_name (NfForm form);

/* The names in a file of common/values, by its name without ".csv"; NULL where there is none. */
const NfNames *nf_registry_names (const NfRegistry *registry, const char *table);

/* The name of a value, or NULL; NULL too where `names` is of bits. */
const char *nf_names_value (const NfNames *names, guint64 value);

/* Whether these are names of bits. */
gboolean nf_names_are_bits (const NfNames *names);

/* The `i`th bit (lowest mask first): its name, and its mask into `mask`. Returns NULL past the
 * last one. Of a table of values: the `i`th value. */
const char *nf_names_nth (const NfNames *names, guint i, guint64 *mask);

G_END_DECLS
