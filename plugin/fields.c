/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of the fields that every Message has. */
#include "fields.h"

#include "elements.h"

NfpFields nfp_field;
NfpSubtrees nfp_subtree = {-1, -1, -1, -1, -1, -1, -1,
                           -1, -1, -1, -1, -1, -1, -1}; /* which Wireshark asks for */

/* NetFlow v8's aggregation schemes, from 1 on. */
#define N_SCHEMES 14

static const unit_name_string unit_ms = {" ms", NULL};

#define FIELD(member, name, filter, type, display, strings, mask, blurb)                           \
    {                                                                                              \
        &nfp_field.member,                                                                         \
        {                                                                                          \
            name, "nfpeek." filter, type, display, strings, mask, blurb, HFILL                     \
        }                                                                                          \
    }
#define NUMBER(member, name, filter, type, blurb)                                                  \
    FIELD (member, name, filter, type, BASE_DEC, NULL, 0, blurb)
#define FRAME(member, name, filter, kind, blurb)                                                   \
    FIELD (member, name, filter, FT_FRAMENUM, BASE_NONE, FRAMENUM_TYPE (kind), 0, blurb)
#define PLAIN(member, name, filter, type, blurb)                                                   \
    FIELD (member, name, filter, type, BASE_NONE, NULL, 0, blurb)

static const value_string sampling_modes[] = {
    {0, "none"}, {1, "packet interval"}, {2, "random"}, {0, NULL}};

static hf_register_info header_fields[] = {
    NUMBER (version, "Version", "version", FT_UINT16, "RFC 7011 3.1, RFC 3954 5.1"),
    NUMBER (length, "Length", "length", FT_UINT16, "Octets of the Message, header included"),
    NUMBER (count, "Count", "count", FT_UINT16, "Records in the Message"),
    FIELD (sys_uptime, "sysUptime", "sys_uptime", FT_UINT32, BASE_DEC | BASE_UNIT_STRING,
           (void *)&unit_ms, 0, "Since the exporter started"),
    FIELD (export_time, "Export Time", "export_time", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
           "When the exporter sent the Message, by its clock"),
    NUMBER (sequence, "Sequence Number", "sequence", FT_UINT32, NULL),
    NUMBER (expected, "Expected Sequence Number", "sequence.expected", FT_UINT32,
            "By the Message before it of this domain"),
    PLAIN (unit, "Sequence Numbers count", "sequence.unit", FT_STRING,
           "Where this exporter counts in another unit than its version's"),
    NUMBER (lost, "Missing before this Message", "sequence.lost", FT_UINT32,
            "In the unit of the sequence numbers"),
    FRAME (previous, "Previous Message of this domain", "previous", FT_FRAMENUM_NONE, NULL),
    NUMBER (domain, "Observation Domain ID", "domain", FT_UINT32, NULL),
    NUMBER (source_id, "Source ID", "domain", FT_UINT32, "NetFlow v9's Observation Domain ID"),
    NUMBER (engine_type, "Engine Type", "engine_type", FT_UINT8, NULL),
    NUMBER (engine_id, "Engine ID", "engine_id", FT_UINT8, NULL),
    NUMBER (engine, "Domain (Engine Type * 256 + Engine ID)", "domain", FT_UINT32, NULL),
    NUMBER (aggregation, "Aggregation", "aggregation", FT_UINT8,
            "NetFlow v8's scheme, which says what its records hold"),
    NUMBER (aggregation_version, "Aggregation Version", "aggregation_version", FT_UINT8, NULL),
    FIELD (sampling_mode, "Sampling Mode", "sampling.mode", FT_UINT16, BASE_DEC,
           VALS (sampling_modes), 0xc000, NULL),
    FIELD (sampling_interval, "Sampling Interval", "sampling.interval", FT_UINT16, BASE_DEC, NULL,
           0x3fff, "One of so many packets"),
    NUMBER (reserved, "Reserved", "reserved", FT_UINT32, "Of NetFlow v7 and v8"),
};

static hf_register_info set_fields[] = {
    PLAIN (set, "Set", "set", FT_NONE, "RFC 7011 3.3"),
    NUMBER (set_id, "Set ID", "set.id", FT_UINT16, NULL),
    NUMBER (flowset_id, "FlowSet ID", "set.id", FT_UINT16, "NetFlow v9's Set ID"),
    NUMBER (set_length, "Length", "set.length", FT_UINT16, "Octets of the Set, header included"),
    FRAME (set_template, "Template in frame", "set.template", FT_FRAMENUM_NONE,
           "Where the Template of the Set's records was defined"),
    PLAIN (padding, "Padding", "padding", FT_BYTES, NULL),
    PLAIN (undecoded, "Undecoded octets", "undecoded", FT_BYTES, "A finding says why"),
    PLAIN (tmpl, "Template", "template", FT_NONE, "RFC 7011 3.4.1, 3.4.2"),
    NUMBER (tmpl_id, "Template ID", "template.id", FT_UINT16, NULL),
    NUMBER (field_count, "Field Count", "template.field_count", FT_UINT16, NULL),
    NUMBER (scope_count, "Scope Field Count", "template.scope_count", FT_UINT16, NULL),
    NUMBER (scope_length, "Option Scope Length", "template.scope_length", FT_UINT16, NULL),
    NUMBER (option_length, "Option Length", "template.option_length", FT_UINT16, NULL),
    PLAIN (withdrawal, "Template Withdrawal", "withdrawal", FT_NONE, "RFC 7011 8.1"),
    PLAIN (specifier, "Field Specifier", "template.field", FT_NONE, "RFC 7011 3.2"),
    FIELD (specifier_bit, "Enterprise bit", "template.field.enterprise", FT_BOOLEAN, 16, NULL,
           0x8000, NULL),
    FIELD (specifier_id, "Information Element", "template.field.id", FT_UINT16, BASE_DEC, NULL,
           0x7fff, NULL),
    NUMBER (specifier_id9, "Field Type", "template.field.id", FT_UINT16, NULL),
    NUMBER (specifier_length, "Field Length", "template.field.length", FT_UINT16,
            "65535: variable"),
    NUMBER (specifier_pen, "Enterprise Number", "template.field.pen", FT_UINT32, NULL),
    FRAME (first_use, "First used in frame", "template.first_use", FT_FRAMENUM_NONE, NULL),
    FRAME (last_use, "Last used in frame", "template.last_use", FT_FRAMENUM_NONE, NULL),
    FRAME (definition, "Same as in frame", "template.definition", FT_FRAMENUM_NONE,
           "Where the Template was defined that this one repeats"),
    FRAME (redefined, "Replaces the definition in frame", "template.previous", FT_FRAMENUM_NONE,
           "Where the Template had other fields before"),
};

static hf_register_info record_fields[] = {
    PLAIN (record, "Data Record", "record", FT_NONE, "RFC 7011 3.4.3"),
    NUMBER (prefix, "Length of the next field", "field.length", FT_UINT16, "RFC 7011 7"),
    PLAIN (empty, "Empty field", "field.empty", FT_NONE, "A field of length 0"),
    PLAIN (octets, "Field of a length its type has not", "field.octets", FT_BYTES, NULL),
    PLAIN (unknown, "Unknown element", "unknown", FT_BYTES, "An element that has no row"),
    NUMBER (unknown_pen, "Enterprise Number", "unknown.pen", FT_UINT32, NULL),
    NUMBER (unknown_id, "Element ID", "unknown.id", FT_UINT16, NULL),
    FIELD (start, "Flow start", "start", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
           "By whatever the record has"),
    FIELD (end, "Flow end", "end", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
           "By whatever the record has"),
    PLAIN (duration, "Flow duration", "duration", FT_RELATIVE_TIME, "From start to end"),
    NUMBER (icmp_type, "ICMP type", "icmp_type", FT_UINT8, "By whatever the record has"),
    NUMBER (icmp_code, "ICMP code", "icmp_code", FT_UINT8, "By whatever the record has"),
    PLAIN (common_properties, "Common properties", "common_properties", FT_NONE,
           "Fields of the record that were sent once for many (RFC 5473)"),
    FRAME (common_properties_frame, "Announced in frame", "common_properties.frame",
           FT_FRAMENUM_NONE, NULL),
    PLAIN (match, "Matches the record filter", "record.match", FT_BOOLEAN,
           "Of records that the preference chooses"),
    PLAIN (finding, "Finding", "finding", FT_STRING, "What is wrong, by its code"),
};

/* RFC 6313 4.5; the names of semantics, 4.4, are the registry's. */
static hf_register_info list_fields[] = {
    NUMBER (list_semantic, "Semantic", "list.semantic", FT_UINT8,
            "How what is in the list belongs together"),
    FIELD (list_field_bit, "Enterprise bit", "list.field.enterprise", FT_BOOLEAN, 16, NULL, 0x8000,
           NULL),
    FIELD (list_field_id, "Information Element", "list.field.id", FT_UINT16, BASE_DEC, NULL, 0x7fff,
           "Of the values"),
    NUMBER (list_field_length, "Field Length", "list.field.length", FT_UINT16, "65535: variable"),
    NUMBER (list_field_pen, "Enterprise Number", "list.field.pen", FT_UINT32, NULL),
    NUMBER (list_template_id, "Template ID", "list.template_id", FT_UINT16, "Of the records"),
    FRAME (list_template, "Template in frame", "list.template", FT_FRAMENUM_NONE,
           "Where the Template of the list's records was defined"),
    PLAIN (list_part, "Part", "list.part", FT_NONE, "Records of one Template"),
    NUMBER (list_part_length, "Data Records Length", "list.part.length", FT_UINT16,
            "Octets of the part, its header included"),
    PLAIN (list_record, "Record", "list.record", FT_NONE, "A record in a list"),
};

/* "Ingress interface name" of "ingress_interface_name". */
static char *
title_of (const char *name)
{
    char *title = g_strdelimit (g_strdup (name), "_", ' ');

    *title = g_ascii_toupper (*title);
    return title;
}

/* What nf_derived_value() tells of a record. Wireshark keeps pointers to it until its end. */
static void
register_derived (int protocol)
{
    static hf_register_info info[NF_N_DERIVED];

    for (guint i = 0; i < NF_N_DERIVED; i++) {
        const char *name = nf_derived_name ((NfDerived)i);

        info[i] = (hf_register_info){&nfp_field.derived[i],
                                     {title_of (name), g_strconcat ("nfpeek.", name, NULL),
                                      nf_derived_is_number ((NfDerived)i) ? FT_DOUBLE : FT_STRING,
                                      BASE_NONE, NULL, 0, "By what the exporter announced", HFILL}};
    }
    proto_register_field_array (protocol, info, NF_N_DERIVED);
}

/* Gives values of the header names, for labels and filters: those of elements, and v8's schemes. */
static void
name_header_values (const NfRegistry *registry)
{
    static value_string schemes[N_SCHEMES + 1];

    for (guint i = 0; i < N_SCHEMES; i++)
        schemes[i] = (value_string){i + 1, nf_fixed_scheme_name (i + 1)};
    for (guint i = 0; i < G_N_ELEMENTS (header_fields); i++) {
        header_field_info *hf = &header_fields[i].hfinfo;

        if (header_fields[i].p_id == &nfp_field.engine_type)
            nfp_name_values (hf, nf_registry_names (registry, "engineType"));
        if (header_fields[i].p_id == &nfp_field.aggregation)
            hf->strings = schemes;
    }
}

void
nfp_fields_register (int protocol, const NfRegistry *registry)
{
    static gint *subtrees[] = {
        &nfp_subtree.message,   &nfp_subtree.set,         &nfp_subtree.tmpl,
        &nfp_subtree.specifier, &nfp_subtree.record,      &nfp_subtree.finding,
        &nfp_subtree.section,   &nfp_subtree.unknown,     &nfp_subtree.common_properties,
        &nfp_subtree.list,      &nfp_subtree.part,        &nfp_subtree.message_match,
        &nfp_subtree.set_match, &nfp_subtree.record_match};

    name_header_values (registry);
    proto_register_field_array (protocol, header_fields, G_N_ELEMENTS (header_fields));
    proto_register_field_array (protocol, set_fields, G_N_ELEMENTS (set_fields));
    proto_register_field_array (protocol, record_fields, G_N_ELEMENTS (record_fields));
    register_derived (protocol);
    nfp_name_values (&list_fields[0].hfinfo,
                     nf_registry_names (registry, "structuredDataSemantics"));
    proto_register_field_array (protocol, list_fields, G_N_ELEMENTS (list_fields));
    proto_register_subtree_array (subtrees, G_N_ELEMENTS (subtrees));
}
