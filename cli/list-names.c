/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What common names and keys mean. */
#include "list-names.h"

static const struct {
    const char *name, *meaning;
} meanings[] = {
    {"src", "source: an address, or its network"},
    {"dst", "destination"},
    {"addr", "source or destination, both count"},
    {"sport", "source port"},
    {"dport", "destination port"},
    {"port", "port of either, both count"},
    {"proto", "protocol: tcp, 17"},
    {"octets", "octets of the flow"},
    {"packets", "packets of the flow"},
    {"in_if", "number of the interface it came in by"},
    {"out_if", "number of the interface it left by"},
    {"start", "when the flow started"},
    {"end", "when it ended"},
    {"duration", "from start to end, in seconds"},
    {"next_hop", "address of the next router"},
    {"src_as", "AS of the source"},
    {"dst_as", "AS of the destination"},
    {"src_mac", "MAC address of the source"},
    {"dst_mac", "MAC address of the destination"},
    {"vlan", "VLAN"},
    {"icmp_type", "type of ICMP, out of the ports, too"},
    {"icmp_code", "code of ICMP, out of the ports, too"},
    {"file", "file that it was read from"},
    {"packet", "number of the packet in its file"},
    {"message", "number of the Message in its packet"},
    {"time", "when the packet was captured"},
    {"exporter", "address that sent the packet"},
    {"export_port", "port that sent it"},
    {"transport", "UDP, TCP or SCTP"},
    {"stream", "SCTP stream"},
    {"version", "version of the Message: 5, 9, 10"},
    {"domain", "Observation Domain ID, or Source ID, or engine"},
    {"sequence", "sequence number of the Message"},
    {"aggregation", "aggregation scheme of NetFlow v8"},
    {"export_time", "when the Message was sent, by its header"},
    {"template", "Template ID; v5 of NetFlow v5"},
    {"kind", "flow or options"},
    {"in_if_name", "announced name of in_if, else its description"},
    {"out_if_name", "announced name of out_if, else its description"},
    {"ingress_interface_name", "announced name of in_if"},
    {"ingress_interface_description", "announced description of in_if"},
    {"egress_interface_name", "announced name of out_if"},
    {"egress_interface_description", "announced description of out_if"},
    {"ingress_vrf_name", "announced name of the VRF it came in by"},
    {"egress_vrf_name", "announced name of the VRF it left by"},
    {"application_name", "announced name of the application"},
    {"domain_name", "announced name of the Observation Domain"},
    {"sampler_name", "announced name of the sampler"},
    {"sampling_rate", "one packet in so many was looked at"},
    {"sampling_source", "who says so: record, sampler, template, interface, system, header"},
};

static const char *
meaning_of (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
        if (strcmp (meanings[i].name, name) == 0)
            return meanings[i].meaning;
    return "";
}

void
nf_list_names (const NfRegistry *registry,
               void (*each) (const char *name, const char *meaning, const NfCommonName *common,
                             gpointer data),
               gpointer data)
{
    const NfCommonName *common;
    const char *name;

    for (guint i = 0; (common = nf_registry_common_nth (registry, i)); i++)
        each (common->name, meaning_of (common->name), common, data);
    for (guint i = 0; (name = nf_operand_key_nth (i)); i++)
        if (!nf_registry_common (registry, name))
            each (name, meaning_of (name), NULL, data);
    for (guint i = 0; i < NF_N_DERIVED; i++) {
        name = nf_derived_name ((NfDerived)i);
        each (name, meaning_of (name), NULL, data);
    }
}
