/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values as people read them: what they are shown as, and which need more than others. */
#include "describe-private.h"

#include "derived.h"

void
nf_describe_add_name (NfText *t, const char *name)
{
    if (!name)
        return;
    nf_text_add (t, " (");
    nf_text_add (t, name);
    nf_text_add_char (t, ')');
}

const NfNames *
nf_describe_names_of (const NfDescriber *d, guint16 id)
{
    const NfElement *element = nf_registry_lookup (d->registry, NF_SPACE_IPFIX, 0, id);

    return element ? element->names : NULL;
}

const char *
nf_describe_name_of (const NfDescriber *d, guint16 id, guint64 value)
{
    const NfNames *names = d->numeric ? NULL : nf_describe_names_of (d, id);

    return names ? nf_names_value (names, value) : NULL;
}

void
nf_describe_name (NfText *t, const NfDescriber *d, guint16 id, guint64 value)
{
    nf_describe_add_name (t, nf_describe_name_of (d, id, value));
}

void
nf_describe_duration (NfText *t, guint64 ms)
{
    guint64 s = ms / 1000;

    if (s >= 86400) {
        nf_text_add_uint (t, s / 86400, 1);
        nf_text_add (t, " d ");
    }
    if (s >= 60) {
        nf_text_add_uint (t, s / 3600 % 24, 2);
        nf_text_add_char (t, ':');
        nf_text_add_uint (t, s / 60 % 60, 2);
        nf_text_add_char (t, ':');
    }
    nf_text_add_uint (t, s % 60, s >= 60 ? 2 : 1);
    nf_text_add_char (t, '.');
    nf_text_add_uint (t, ms % 1000, 3);
    if (s < 60)
        nf_text_add (t, " s");
}

void
nf_describe_unit (NfText *t, const char *unit, gboolean one)
{
    static const char *const symbols[][2] = {{"seconds", " s"},
                                             {"milliseconds", " ms"},
                                             {"microseconds", " us"},
                                             {"nanoseconds", " ns"}};

    if (*unit == '\0' || strcmp (unit, "inferred") == 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS (symbols); i++) {
        if (*unit == *symbols[i][0] && strcmp (unit, symbols[i][0]) == 0) {
            nf_text_add (t, symbols[i][1]);
            return;
        }
    }
    nf_text_add_char (t, ' ');
    if (one && strcmp (unit, "entries") == 0) {
        nf_text_add (t, "entry");
        return;
    }
    nf_text_add_octets (t, unit, strlen (unit) - (one ? 1 : 0));
}

static gboolean
add_octets (NfText *t, const NfDescriber *d, const NfElement *element, const NfValue *value,
            gint protocol)
{
    gboolean is_short = value->length <= NF_DESCRIBE_INLINE;
    gsize start, inside;

    if (value->length == 0) {
        nf_text_add (t, "(empty)");
        return TRUE;
    }
    if (is_short) {
        nf_text_add (t, "0x");
        nf_text_add_hex (t, value->octets, value->length, 0);
    } else {
        nf_text_add_count (t, value->length, "octets");
    }
    start = nf_text_length (t);
    nf_text_add (t, is_short ? " (" : ": ");
    inside = nf_text_length (t);
    if (element)
        nf_describe_octets (t, d, element, value, protocol);
    if (nf_text_length (t) == inside)
        nf_text_truncate (t, start);
    else if (is_short)
        nf_text_add_char (t, ')');
    return is_short;
}

void
nf_describe_string_name (NfText *t, const NfDescriber *d, const NfElement *element,
                         const NfValue *value)
{
    static const struct {
        guint8 letter, digit;
        const char *name;
    } answers[] = {{'y', '1', "yes"}, {'n', '2', "no"}, {'u', '0', "unassigned"}};

    if (d->numeric || !element || element->form != NF_FORM_YES_NO || value->length != 1)
        return;
    for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
        if (value->octets[0] == answers[i].letter || value->octets[0] == answers[i].digit)
            nf_describe_add_name (t, answers[i].name);
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
        return add_octets (t, d, element, value, protocol);
    case NF_VALUE_UNSIGNED:
        nf_describe_number (t, d, element, value, protocol);
        return TRUE;
    case NF_VALUE_SIGNED:
        nf_value_text (t, value);
        nf_describe_unit (t, element->units, value->i == 1);
        return TRUE;
    case NF_VALUE_FLOAT:
        nf_value_text (t, value);
        nf_describe_unit (t, element->units, FALSE);
        return TRUE;
    case NF_VALUE_STRING:
        nf_value_text (t, value);
        nf_describe_string_name (t, d, element, value);
        return TRUE;
    default:
        nf_value_text (t, value);
        return TRUE;
    }
}

gboolean
nf_describe_has_names (const NfElement *element)
{
    return element->names && !nf_names_are_bits (element->names) &&
           (element->form == NF_FORM_PLAIN || element->form == NF_FORM_HEXADECIMAL ||
            element->form == NF_FORM_NSEL_EVENT || element->form == NF_FORM_ICMP_TYPE ||
            element->form == NF_FORM_ICMP_TYPE_CODE);
}

gboolean
nf_describe_is_special (const NfElement *element)
{
    return nf_describe_is_flags (element) ||
           (element->form != NF_FORM_PLAIN && !nf_describe_is_port (element));
}

gboolean
nf_describe_has_more (const NfElement *element)
{
    return nf_element_is_relative_time (element) || nf_derived_has_names (element);
}

/* Whether what a number means hangs on other values, or on what the exporter announced. */
static gboolean
hangs_on_others (const NfElement *element)
{
    switch (element->form) {
    case NF_FORM_PLAIN:
    case NF_FORM_CLASS_OF_SERVICE:
    case NF_FORM_FORWARDING_STATUS:
    case NF_FORM_MULTICAST:
    case NF_FORM_GTPU_FLAGS:
        return nf_describe_has_more (element);
    default:
        return TRUE;
    }
}

gboolean
nf_describe_is_number (const NfField *field, const NfBoundField *bound)
{
    const NfElement *element = bound->element;

    return element && nf_type_is_unsigned (bound->type) && field->length >= 1 &&
           field->length <= 8 && element->form == NF_FORM_PLAIN && !element->names &&
           !nf_describe_is_flags (element);
}

gboolean
nf_describe_is_plain_port (const NfField *field, const NfBoundField *bound)
{
    const NfElement *element = bound->element;

    return element && nf_type_is_unsigned (bound->type) && field->length >= 1 &&
           field->length <= 2 && nf_describe_is_port (element) && !*element->units &&
           !nf_describe_is_flags (element) && !nf_describe_has_more (element);
}

gboolean
nf_describe_is_plain (const NfField *field, const NfBoundField *bound)
{
    if (!bound->element || field->length == 0 || field->length == NF_VARIABLE_LENGTH)
        return FALSE;
    switch (bound->type) {
    case NF_TYPE_IPV4_ADDRESS:
    case NF_TYPE_IPV6_ADDRESS:
    case NF_TYPE_MAC_ADDRESS:
    case NF_TYPE_DATE_TIME_SECONDS:
    case NF_TYPE_DATE_TIME_MILLISECONDS:
    case NF_TYPE_DATE_TIME_MICROSECONDS:
    case NF_TYPE_DATE_TIME_NANOSECONDS:
        return TRUE;
    default:
        return FALSE;
    }
}

gboolean
nf_describe_is_by_octet (const NfField *field, const NfBoundField *bound)
{
    return bound->element && field->length == 1 && nf_type_is_unsigned (bound->type) &&
           !hangs_on_others (bound->element);
}

gboolean
nf_describe_adds (const NfElement *element, const NfValue *value)
{
    if (value->kind != NF_VALUE_UNSIGNED)
        return TRUE;
    switch (element->form) {
    case NF_FORM_HEXADECIMAL:
        return FALSE;
    case NF_FORM_CLASS_OF_SERVICE:
    case NF_FORM_FORWARDING_STATUS:
        return value->u > G_MAXUINT8; /* the others have names */
    case NF_FORM_SEGMENT_ID:
        return value->u != 0;
    case NF_FORM_NSEL_EVENT:
        return value->u > 2000;
    default:
        return TRUE;
    }
}

void
nf_describe_finding (NfText *t, const NfRegistry *registry, const NfFinding *finding, guint version)
{
    const NfElement *element = NULL;
    gboolean is_scope;
    guint32 pen;
    guint16 id;

    if (nf_finding_element (finding, &is_scope, &pen, &id))
        element = nf_registry_lookup (registry,
                                      is_scope       ? NF_SPACE_SCOPE
                                      : version == 9 ? NF_SPACE_NETFLOW9
                                                     : NF_SPACE_IPFIX,
                                      pen, id);
    nf_finding_text (t, finding, element ? element->name : NULL);
}
