/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of findings as expert infos. */
#include "experts.h"

#include "fields.h"
#include "plugin.h"
#include "state.h"

/* Rows of the same code and severity share one. */
static expert_field infos[NF_N_FINDINGS];
static NfFindingId shared[NF_N_FINDINGS]; /* with the row that comes first */

/* So many a packet has; behind them the first one of each row, and one that says so. Wireshark
 * keeps five thousand things of a packet for all taps, and warns of each one beyond these. Parts of
 * packets (section.c) and whatever else the packet has are to have the rest. */
#define MOST 3000

static expert_field more = EI_INIT;

/* What a packet has of them. */
typedef struct {
    guint n;
    gboolean is_full;            /* which was said */
    gboolean has[NF_N_FINDINGS]; /* of a row in `shared` */
} Told;

static const int severities[NF_N_SEVERITIES] = {
    [NF_SEVERITY_NOTE] = PI_NOTE,
    [NF_SEVERITY_WARNING] = PI_WARN,
    [NF_SEVERITY_ERROR] = PI_ERROR,
};

/* Octets that nothing decodes since something is not known, octets that are wrong, what is missing
 * or out of order, and the rest. */
static int
group_of (NfFindingId id)
{
    const char *code = nf_finding_code (id);

    if (strcmp (code, "template-missing") == 0 || strcmp (code, "element-unknown") == 0)
        return PI_UNDECODED;
    if (g_str_has_prefix (code, "sequence-"))
        return PI_SEQUENCE;
    return nf_finding_severity (id) == NF_SEVERITY_ERROR ? PI_MALFORMED : PI_PROTOCOL;
}

static char *
filter_of (const char *code)
{
    char *name = g_strconcat ("nfpeek.finding.", code, NULL);

    return g_strdelimit (name, "-", '_');
}

static NfFindingId
first_alike (NfFindingId id)
{
    guint i = 0;

    while (strcmp (nf_finding_code ((NfFindingId)i), nf_finding_code (id)) != 0 ||
           nf_finding_severity ((NfFindingId)i) != nf_finding_severity (id))
        i++;
    return (NfFindingId)i;
}

void
nfp_experts_register (int protocol)
{
    expert_module_t *module = expert_register_protocol (protocol);

    for (guint i = 0; i < NF_N_FINDINGS; i++) {
        NfFindingId id = (NfFindingId)i;

        shared[i] = first_alike (id);
        if (shared[i] != id)
            continue;
        ei_register_info *info = g_new0 (ei_register_info, 1);

        *info = (ei_register_info){&infos[i],
                                   {filter_of (nf_finding_code (id)), group_of (id),
                                    severities[nf_finding_severity (id)], nf_finding_code (id),
                                    EXPFILL}};
        expert_register_field_array (module, info, 1);
    }

    static ei_register_info last[] = {
        {&more, {"nfpeek.findings_left_out", PI_PROTOCOL, PI_NOTE, "findings-left-out", EXPFILL}}};

    expert_register_field_array (module, last, G_N_ELEMENTS (last));
}

/* What a finding of this row becomes in the packet: NULL, for none, or `more`, that once. */
static expert_field *
next_info (packet_info *pinfo, NfFindingId id)
{
    Told *told = nfp_of_packet (pinfo, NFP_OF_PACKET_EXPERTS, sizeof *told);

    if (told->n < MOST || !told->has[id]) {
        told->n++;
        told->has[id] = TRUE;
        return &infos[id];
    }
    if (told->is_full)
        return NULL;
    told->is_full = TRUE;
    return &more;
}

void
nfp_experts_add (packet_info *pinfo, proto_tree *tree, tvbuff_t *tvb, const NfFinding *finding,
                 guint version)
{
    const char *code = nf_finding_code (finding->id);
    const char *reference = nf_finding_reference (finding->id, version);
    expert_field *info = next_info (pinfo, shared[finding->id]);
    proto_item *item = NULL;
    NfText t = NF_TEXT_INIT;

    if (!info && !tree)
        return;
    nf_describe_finding (&t, nf_collector_registry (nfp_state_collector ()), finding, version);
    nf_text_add_format (&t, " [%s%s%s]", code, reference ? ", " : "", reference ? reference : "");
    const char *text = wmem_strdup (pinfo->pool, nf_text_string (&t));

    nf_text_clear (&t); /* before anything may throw */
    if (tree) {
        item = proto_tree_add_string (tree, nfp_field.finding, tvb, (gint)finding->span.offset,
                                      (gint)finding->span.length, code);
        if (nfp_is_visible (tree))
            proto_item_set_text (item, "%s: %s",
                                 nf_severity_name (nf_finding_severity (finding->id)), text);
    }
    if (info == &more)
        text = "over " G_STRINGIFY (MOST) " findings: of those from this one on only the first of "
                                          "each kind is an expert info";
    if (info)
        expert_add_info_format (pinfo, item, info, "%s", text);
}
