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

elements_that_the_exporter_describes_are_read ()
{
    golden good-ipfix-types-learnt
    finds good-ipfix-types-learnt.pcap 1 'nfpeek.unknown.pen == 32473'
    shark -r good-ipfix-types-learnt.pcap -V -2
    nothing_is_broken
    shows '^ *32473\.tunnelOctets: 1200 octets$'
    shows '^ *32473\.user__1m: abcd$'
}

perform names_are_fields names_stand_behind_numbers common_properties_are_fields_of_the_record \
    elements_that_the_exporter_describes_are_read
