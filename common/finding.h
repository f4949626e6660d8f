/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Findings: what is wrong with the input. Plain data, made where it is met; the text is made only
 * when somebody wants to read it. All of them stand in finding.def.
 */
#pragma once

#include "reader.h"
#include "text.h"

G_BEGIN_DECLS

typedef enum {
    NF_SEVERITY_NOTE,    /* worth knowing */
    NF_SEVERITY_WARNING, /* decoded, but an RFC forbids it or data was lost */
    NF_SEVERITY_ERROR,   /* octets that could not be decoded */
    NF_N_SEVERITIES
} NfSeverity;

/* One for each row of the table; several may have the same code. */
typedef enum {
#define NF_FINDING(name, code, severity, rfc7011, rfc3954, text) NF_FINDING_##name,
#include "finding.def"
#undef NF_FINDING
    NF_N_FINDINGS
} NfFindingId;

typedef struct {
    NfFindingId id;
    NfSpan span;     /* where, in octets from the first octet of the Message */
    guint64 args[2]; /* what the text calls %a and %b */
} NfFinding;

/* The code ("set-length"), the same for all rows that belong together. */
const char *nf_finding_code (NfFindingId id);

NfSeverity nf_finding_severity (NfFindingId id);

/* The section that tells the rule for a Message of `version`: "RFC 7011 3.3.2", for NetFlow v9
 * "RFC 3954 5.3". For the fixed versions, which no RFC describes, NULL. */
const char *nf_finding_reference (NfFindingId id, guint version);

/* The text of the table, arguments not put in. */
const char *nf_finding_template_text (NfFindingId id);

/* What all findings of the code mean, what to do about them, and a case of it: sentences for people
 * who have no RFC at hand (finding-help.def). */
const char *nf_finding_meaning (NfFindingId id);
const char *nf_finding_remedy (NfFindingId id);
const char *nf_finding_example (NfFindingId id);

/* Part of the argument that names a packet: it is none of the finding's file, but of one read
 * before that. Below is its number. */
#define NF_PACKET_BEFORE (G_GUINT64_CONSTANT (1) << 63)

/* Part of the argument that names an Information Element: it is one of NetFlow v9's scope field
 * types. Below are the enterprise number, from bit 16 on, and the id. */
#define NF_KEY_SCOPE (G_GUINT64_CONSTANT (1) << 48)

/* Whether the text names an Information Element: that. */
gboolean nf_finding_element (const NfFinding *finding, gboolean *is_scope, guint32 *pen,
                             guint16 *id);

/* Appends the text with its arguments; `element` is what that element is called, or NULL. (With the
 * registry's name: nf_describe_finding().) */
void nf_finding_text (NfText *t, const NfFinding *finding, const char *element);

/* "note", "warning", "error" */
const char *nf_severity_name (NfSeverity severity);

/* The severity of that name, or NF_N_SEVERITIES. */
NfSeverity nf_severity_from_name (const char *name);

G_END_DECLS
