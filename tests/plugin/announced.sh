#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What options data announces can be filtered on, and is read in the tree.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

names_are_fields ()
{
    golden good-netflow9-options-names
    file=good-netflow9-options-names.pcap
    finds $file 1 'nfpeek.ingress_interface_name == "GigE0/7"'
    finds $file 1 'nfpeek.ingress_interface_name == "Te0/7"'
    finds $file 0 'nfpeek.ingress_interface_name == "GigE0/9"'
    finds $file 1 'nfpeek.sampling_rate == 1000 and nfpeek.sampling_source == "sampler"'
    finds $file 0 'nfpeek.sampling_rate > 1000'
    finds $file 1 'nfpeek.ingress_vrf_name == "red"'
}

names_stand_behind_numbers ()
{
    golden good-netflow9-options-names
    shark -r good-netflow9-options-names.pcap -V
    nothing_is_broken
    shows '^ *ingressInterface: 7 \(GigE0/7\)$'
    shows '^ *ingressInterface: 7 \(Te0/7\)$'
    shows '^ *samplerId: 3 \(SMPL1000, 1:1000\)$'
    shows '^ *samplerId: 4$'
}

common_properties_are_fields_of_the_record ()
{
    golden good-ipfix-common-properties
    finds good-ipfix-common-properties.pcap 1 'nfpeek.common_properties'
    finds good-ipfix-common-properties.pcap 1 'nfpeek.sourceTransportPort == 50000'
    shark -r good-ipfix-common-properties.pcap -T fields -e nfpeek.common_properties.frame
    shows '^1,1,1$'
    shark -r good-ipfix-common-properties.pcap -V
    nothing_is_broken
    shows '^ *\[destinationIPv4Address: 203\.0\.113\.5\]$'
    shows '^ *\[sourceTransportPort: 50000\]$'
}

# A record of all kinds of fields: a label, a text, an unknown element, a basicList of an address, ICMP's
# type and code, an address of three octets; and one that names it.
common_properties_read_as_where_they_were_announced ()
{
    capture kinds.pcap <<END
000a0076 6553f100 00000000 00000001 0003002a 01000007 00010089 00080046 00030052 ffff8001 00020000 7ed90123 ffff0020 00020008 00030002 00100101 00020089 00010001 00040100 00230000 00000000 00070003 e1026c6f 12340903 00080004 c0000207 03010a00 00010100 09070000 04b0
END
    shark -2 -r kinds.pcap -V
    nothing_is_broken
    shows '^ *\[Common properties 7\]$'
    for field in mplsTopLabelStackSection interfaceName 32473/1 icmpTypeCodeIPv4 sourceIPv4Address; do
        grep -E "^ *\[?$field: " out | tr -d ' []' >both
        [ "$(grep -c . both)" -ge 2 ] || fail "$field is not there twice"
        [ "$(grep -v ':192' both | sort -u | wc -l)" -eq 1 ] || fail "$field: $(cat both)"
    done
    shows '^ *\[basicList: 0300080004c0000207\]$'
    finds kinds.pcap 1 'nfpeek.unknown.pen == 32473 and nfpeek.icmpTypeCodeIPv4 == "Host Unreachable"'
}

# As -Y of the command has it.
common_names_reach_common_properties_and_lists ()
{
    golden good-ipfix-common-properties
    finds good-ipfix-common-properties.pcap 1 'nfpeek.src == 10.0.0.1 and nfpeek.port == 443'
    shark -r good-ipfix-common-properties.pcap -T fields -e nfpeek.src
    shows '^10\.0\.0\.1,10\.0\.0\.1,10\.0\.0\.1$'
    golden good-list-nested
    finds good-list-nested.pcap 1 'nfpeek.src == 192.0.2.2 and nfpeek.addr == 192.0.2.2 and nfpeek.dport == 53'
}

elements_that_the_exporter_describes_are_read ()
{
    golden good-ipfix-types-learnt
    finds good-ipfix-types-learnt.pcap 1 'nfpeek.unknown.pen == 32473'
    shark -r good-ipfix-types-learnt.pcap -V -2
    nothing_is_broken
    shows '^ *32473\.tunnelOctets: 1200 octets$'
    shows '^ *32473\.user__1m: abcd$'
    shows '^ *32473\.tunnelOctets \(32473/1\), unsigned32, 4 octets, as the exporter says$'
    shows_not 'not known'
    golden good-list-types-learnt
    shark -r good-list-types-learnt.pcap -V -2
    shows '^ *basicList: .*, values of 32473\.tunnelOctets$'
}

a_domain_has_its_name ()
{
    capture x.pcap <<END
000a004e 6553f100 00000000 00000001 00030012 012c0002 00010095 0004012c 00080002 00100100 00020008 00040095 0004012c 00100000 00016564 67652d31 00000100 000cc000 02010000 0001
END
    shark -2 -r x.pcap -V
    nothing_is_broken
    shows '^ *Observation Domain ID: 1 \(edge-1\)$'
    shows '^ *observationDomainId: 1 \(edge-1\)$'
    finds x.pcap 1 'nfpeek.domain == 1 and nfpeek.domain_name == "edge-1"'
}

# Domain 1 has two records before their Template in a Message that waits for another one in vain, and
# three in one that has it further on and waits for a third; domain 2, whose Message comes last, has two.
samplers_of_late_records_are_of_their_domain ()
{
    template='00020010 01000002 00080004 00300001'
    capture x.pcap <<END
000a0023 6553f100 00000000 00000001 0100000e c0000201 07 c0000201 07 01020005 00
000a0029 6553f100 00000000 00000002 $template 01000009 c0000201 07
000a0038 6553f100 00000002 00000001 01000013 c0000201 07 c0000201 07 c0000201 07 01010005 00 $template
000a001c 6553f100 00000006 00000001 0002000c 01010001 00040001
000a0019 6553f100 00000001 00000002 01000009 c0000201 07
END
    run -q -T json x.pcap
    shows 'no rate was announced of sampler 7 \(5 flows\)'
    shows 'no rate was announced of sampler 7 \(2 flows\)'
    shark -2 -r x.pcap -V
    nothing_is_broken
    shows 'no rate was announced of sampler 7 \(5 flows\)'
    shows 'no rate was announced of sampler 7 \(2 flows\)'
}

perform a_domain_has_its_name names_are_fields names_stand_behind_numbers common_properties_are_fields_of_the_record \
    common_properties_read_as_where_they_were_announced common_names_reach_common_properties_and_lists \
    elements_that_the_exporter_describes_are_read samplers_of_late_records_are_of_their_domain
