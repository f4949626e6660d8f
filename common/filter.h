/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expressions that tell which Data Records are wanted, in the grammar of Wireshark's display
 * filters:
 *
 *      or-list    = xor-list *(("or" / "||") xor-list)
 *      xor-list   = and-list *(("xor" / "^^") and-list)
 *      and-list   = factor *(("and" / "&&") factor)
 *      factor     = *("not" / "!") ("(" or-list ")" / test)
 *      test       = term
 *                 / ["any" / "all"] term 1*(relation term)
 *                 / ["any" / "all"] term ["not"] "in" "{" range *("," range) "}"
 *      term       = (word / string / sum) ["[" slice "]"] ["&" (word / string)]
 *      sum        = product *(("+" / "-") product)
 *      product    = part *(("*" / "/" / "%") part)
 *      part       = word ["[" slice "]"] / "{" sum "}" / function "(" sum *("," sum) ")"
 *      slice      = first / first ":" [length] / ":" length / first "-" last
 *      range      = literal [".." literal]
 *
 * A term is a name (operand.h) or a literal, which is read as what the name before or behind it is:
 * 10.0.0.0/8, udp, "idle timeout", 0x1f, "2023-11-14 22:13:20", 00:11:22. The relations are those
 * of Wireshark 4: == eq != ne === all_eq !== any_ne ~= < lt <= le > gt >= ge contains matches ~.
 *
 * Functions are len, count, lower, upper, string, abs, max and min. "+", "-" and "/" stand between
 * blanks, since words may have them inside. Whole numbers are calculated with in 64 bits and a
 * sign; what is beyond, or divided by 0, is no value.
 *
 * A name alone holds where the record has it; of bits, where one of them is set. A name may have
 * several values in a record, or none. A comparison holds where it does for any of
 * them; != and === where it does for all, of which there must be one. As little as that has to be
 * known for a verdict: where a name says something of the Message, before any record is looked at.
 *
 * A filter is compiled once, and for each binding what can be found out beforehand. It remembers
 * bindings, so two threads must not use one at a time. Nothing is allocated for a record, unless a
 * pattern has to be matched or a function makes text.
 */
#pragma once

#include "operand.h"

G_BEGIN_DECLS

typedef enum {
    NF_VERDICT_NO,
    NF_VERDICT_YES,
    NF_VERDICT_OPEN /* it depends on what is not known at this stage */
} NfVerdict;

typedef struct _NfFilter NfFilter;

#define NF_FILTER_ERROR (nf_filter_error_quark ())
GQuark nf_filter_error_quark (void);

/*
 * Compiles an expression. Returns NULL and sets `error` ("column 5: no element is called 'scr';
 * ...") where it is none; `place`, if not NULL, becomes that place in octets from the first one on.
 * Free with nf_filter_free().
 */
NfFilter *nf_filter_new (NfRegistry *registry, const char *expression, gsize *place,
                         GError **error);
void nf_filter_free (NfFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NfFilter, nf_filter_free)

/* Whether the expression holds for a subject that is known up to `stage`; NF_STAGE_RECORD leaves
 * nothing open. */
NfVerdict nf_filter_judge (NfFilter *filter, const NfSubject *subject, NfStage stage);

/* Forgets the bindings it has seen, and lets go of them. */
void nf_filter_forget (NfFilter *filter);

G_END_DECLS
