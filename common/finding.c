/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of findings, and their texts. */
#include "finding.h"

static const struct {
    const char *code;
    NfSeverity severity;
    const char *rfc7011;
    const char *rfc3954;
    const char *text;
} rows[NF_N_FINDINGS] = {
#define ROW(name, code_, severity_, rfc7011_, rfc3954_, text_)                                     \
    [NF_FINDING_##name] = {.code = code_,                                                          \
                           .severity = NF_SEVERITY_##severity_,                                    \
                           .rfc7011 = rfc7011_,                                                    \
                           .rfc3954 = rfc3954_,                                                    \
                           .text = text_},
#define NF_FINDING(name, code, severity, rfc7011, rfc3954, text)                                   \
    ROW (name, code, severity, "RFC 7011 " rfc7011, "RFC 3954 " rfc3954, text)
#define NF_FINDING_OF(name, code, severity, reference, text)                                       \
    ROW (name, code, severity, reference, reference, text)
#include "finding.def"
#undef NF_FINDING
#undef ROW
};

typedef struct {
    const char *code;
    const char *meaning;
    const char *remedy;
    const char *example;
} Help;

static const Help helps[] = {
#define NF_HELP(code_, meaning_, remedy_, example_)                                                \
    {.code = code_, .meaning = meaning_, .remedy = remedy_, .example = example_},
#include "finding-help.def"
};

static const char *const severities[NF_N_SEVERITIES] = {
    [NF_SEVERITY_NOTE] = "note",
    [NF_SEVERITY_WARNING] = "warning",
    [NF_SEVERITY_ERROR] = "error",
};

const char *
nf_finding_code (NfFindingId id)
{
    g_return_val_if_fail (id < NF_N_FINDINGS, NULL);
    return rows[id].code;
}

NfSeverity
nf_finding_severity (NfFindingId id)
{
    g_return_val_if_fail (id < NF_N_FINDINGS, NF_SEVERITY_ERROR);
    return rows[id].severity;
}

const char *
nf_finding_reference (NfFindingId id, guint version)
{
    g_return_val_if_fail (id < NF_N_FINDINGS, NULL);
    if (version == 9)
        return rows[id].rfc3954;
    return version >= 1 && version <= 8 ? NULL : rows[id].rfc7011;
}

const char *
nf_finding_template_text (NfFindingId id)
{
    g_return_val_if_fail (id < NF_N_FINDINGS, NULL);
    return rows[id].text;
}

static const Help *
find_help (NfFindingId id)
{
    static const Help none = {.code = NULL}; /* a test looks for it */

    for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
        if (strcmp (helps[i].code, nf_finding_code (id)) == 0)
            return &helps[i];
    return &none;
}

const char *
nf_finding_meaning (NfFindingId id)
{
    return find_help (id)->meaning;
}

const char *
nf_finding_remedy (NfFindingId id)
{
    return find_help (id)->remedy;
}

const char *
nf_finding_example (NfFindingId id)
{
    return find_help (id)->example;
}

gboolean
nf_finding_element (const NfFinding *finding, gboolean *is_scope, guint32 *pen, guint16 *id)
{
    *is_scope = (finding->args[0] & NF_KEY_SCOPE) != 0;
    *pen = (guint32)(finding->args[0] >> 16);
    *id = (guint16)finding->args[0];
    return strstr (nf_finding_template_text (finding->id), "%E") != NULL;
}

/* "9 (sourceIPv4PrefixLength)", "32473/5" */
static void
add_element (NfText *t, guint64 key, const char *name)
{
    guint32 pen = (guint32)(key >> 16);

    if (pen != 0) {
        nf_text_add_uint (t, pen, 1);
        nf_text_add_char (t, '/');
    }
    nf_text_add_uint (t, key & 0xffff, 1);
    if (!name)
        return;
    nf_text_add (t, " (");
    nf_text_add (t, name);
    nf_text_add_char (t, ')');
}

/* "packet 12", of the file where the finding is unless it says otherwise. */
static void
add_packet (NfText *t, guint64 packet)
{
    nf_text_add (t, "packet ");
    nf_text_add_uint (t, packet & ~NF_PACKET_BEFORE, 1);
    if (packet & NF_PACKET_BEFORE)
        nf_text_add (t, " of a file before");
}

void
nf_finding_text (NfText *t, const NfFinding *finding, const char *element)
{
    guint64 number = 0; /* the last one written: %s is the plural of what follows it */

    for (const char *at = nf_finding_template_text (finding->id); *at; at++) {
        if (*at != '%') {
            nf_text_add_char (t, *at);
            continue;
        }
        at++;
        if (*at == 'E') {
            add_element (t, finding->args[0], element);
        } else if (*at == 'A' || *at == 'B') {
            nf_text_add_format (t, "0x%04x", (guint)finding->args[*at == 'B']);
        } else if (*at == 'p' || *at == 'P') {
            add_packet (t, finding->args[*at == 'P']);
        } else if (*at == 's') {
            nf_text_add (t, number == 1 ? "" : "s");
        } else {
            number = finding->args[*at == 'b'];
            nf_text_add_uint (t, number, 1);
        }
    }
}

const char *
nf_severity_name (NfSeverity severity)
{
    g_return_val_if_fail (severity < NF_N_SEVERITIES, NULL);
    return severities[severity];
}

NfSeverity
nf_severity_from_name (const char *name)
{
    for (guint i = 0; i < NF_N_SEVERITIES; i++)
        if (strcmp (severities[i], name) == 0)
            return (NfSeverity)i;
    return NF_N_SEVERITIES;
}
