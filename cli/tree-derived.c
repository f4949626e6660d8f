/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a record beside its octets. */
#include "tree-derived.h"

#include "show-origin.h"

static void
begin (NfShow *show, guint depth)
{
    nf_column_left (&show->out, nf_text_length (&show->out), 15 + 2 * depth);
}

/* "[Sampling: 1 packet in 1000, by options data of sampler 3]" */
static void
add_sampling (NfShow *show, const NfRecord *r, guint depth)
{
    static const char *const words[NF_SAMPLING_UNKNOWN] = {
        [NF_SAMPLING_RECORD] = "the record",
        [NF_SAMPLING_SAMPLER] = "what was announced of its sampler",
        [NF_SAMPLING_TEMPLATE] = "what was announced of its Template",
        [NF_SAMPLING_INTERFACE] = "what was announced of its interface",
        [NF_SAMPLING_SYSTEM] = "what was announced of the exporter",
        [NF_SAMPLING_HEADER] = "the Message's header",
    };
    NfText *t = &show->out;
    NfSamplingSource source;
    gdouble rate = nf_record_sampling (r, &source);

    if (rate <= 0)
        return;
    begin (show, depth);
    nf_text_add (t, "[Sampling: 1 packet in ");
    nf_float_text (t, rate, 8);
    nf_text_add (t, ", by ");
    nf_text_add (t, words[source]);
    nf_text_add_char (t, ']');
    nf_tree_end (show);
}

static void
add_joined (NfShow *show, const NfRecord *r, guint depth, const NfServices *services)
{
    NfText *t = &show->out;
    NfRecord joined;
    NfEvent event;
    NfValue id;

    for (guint next = 0; nf_record_joined (r, &next, &joined, &event);) {
        joined.flow = nf_show_plan (show, &event)->flow;
        begin (show, depth);
        nf_text_add (t, "[Common properties ");
        nf_record_value (&joined, 0, &id);
        nf_value_text (t, &id);
        if (joined.announcement->packet > 0) {
            nf_text_add (t, ", from ");
            nf_origin_place (t, joined.announcement->packet, 1);
        }
        nf_text_add_char (t, ']');
        nf_tree_end (show);
        for (guint i = event.binding->tmpl->scope_count; i < event.binding->tmpl->n_fields; i++) {
            begin (show, depth + 1);
            nf_text_add_char (t, '[');
            nf_text_add (t, nf_show_plan (show, &event)->fields[i].name);
            nf_text_add (t, ": ");
            nf_show_field (show, &joined, i, services, -1);
            nf_text_add_char (t, ']');
            nf_tree_end (show);
        }
    }
}

void
nf_tree_derived (NfShow *show, const NfRecord *record, guint depth, const NfServices *services)
{
    add_sampling (show, record, depth);
    add_joined (show, record, depth, services);
}
