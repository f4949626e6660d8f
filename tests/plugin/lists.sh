#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Lists in records (RFC 6313): filters look into them, their Templates are linked, parts of packets in
# them are shown. What the tree has of each, tests/plugin/compare.sh looks at.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# Template 256 of an address and a subTemplateList, Template 257 of an address and a port, and data: two
# records in the list, allOf.
of_lists='000a0020 6553f100 00000000 00000001 00020010 01000002 00080004 0124ffff'
of_records='000a0020 6553f100 00000000 00000001 00020010 01010002 000c0004 00070002'
lists='000a0028 6553f100 00000000 00000001 01000018 c0000201 0f 03 0101 c6336401 0050 c6336402 01bb'

three_messages ()
{
    capture three.pcap <<END
$of_lists
$of_records
$lists
END
}

filters_look_into_lists ()
{
    three_messages
    finds three.pcap 1 'nfpeek.destinationIPv4Address == 198.51.100.2'
    finds three.pcap 1 'nfpeek.sourceTransportPort == 80 and nfpeek.sourceTransportPort == 443'
    finds three.pcap 0 'nfpeek.sourceTransportPort == 22'
    finds three.pcap 1 'nfpeek.list.record'
    finds three.pcap 1 'nfpeek.list.template_id == 257 and nfpeek.subTemplateList'
}

filters_look_into_lists_in_lists ()
{
    golden good-list-nested
    finds good-list-nested.pcap 1 'nfpeek.sourceIPv4Address == 192.0.2.2'
    finds good-list-nested.pcap 1 'nfpeek.destinationTransportPort == 53'
    finds good-list-nested.pcap 1 'nfpeek.interfaceName == "lo"'
    finds good-list-nested.pcap 1 'nfpeek.list.part.length == 40'
    finds good-list-nested.pcap 0 'nfpeek.destinationTransportPort == 22'
}

filters_know_what_is_unknown_in_lists ()
{
    golden odd-element-unknown-list
    finds odd-element-unknown-list.pcap 1 'nfpeek.unknown == 56:78 and nfpeek.unknown.pen == 32473'
    finds odd-element-unknown-list.pcap 1 'nfpeek.list.field.pen == 32473 and nfpeek.list.field.id == 1'
}

semantics_have_names ()
{
    golden good-list-nested
    golden good-list-empty
    finds good-list-nested.pcap 1 'nfpeek.list.semantic == "ordered"'
    finds good-list-nested.pcap 1 'nfpeek.list.semantic == 2'
    finds good-list-nested.pcap 0 'nfpeek.list.semantic == "undefined"'
    finds good-list-empty.pcap 1 'nfpeek.list.semantic == "undefined"'
}

values_in_lists_can_be_printed ()
{
    three_messages
    shark -r three.pcap -T fields -e nfpeek.sourceIPv4Address -e nfpeek.sourceTransportPort -Y nfpeek.list.record
    grep -qx '192.0.2.1	80,443' out || fail 'not the ports of the list'
}

findings_about_lists_are_filters ()
{
    golden bad-list-malformed-nested
    finds bad-list-malformed-nested.pcap 1 'nfpeek.finding.list_malformed and nfpeek.ingressInterface == 7'
    shark -r bad-list-malformed-nested.pcap
    shows '\[error: list-malformed\]$'
}

templates_of_lists_are_linked ()
{
    three_messages
    finds three.pcap 1 'nfpeek.set.template == 1 and nfpeek.list.template == 2 and frame.number == 3'
    finds three.pcap 1 'nfpeek.template.first_use == 3 and frame.number == 2'
    capture late.pcap <<END
$of_lists
$lists
$of_records
END
    finds late.pcap 1 'nfpeek.list.template == 3 and nfpeek.finding.template_late and frame.number == 2'
    finds late.pcap 1 'nfpeek.template.first_use == 2 and frame.number == 3'
    shark -r late.pcap -Y 'nfpeek.finding.template_missing' -T fields -e frame.number
    [ "$(cat out)" = 2 ] || fail 'the first visit knows what comes later'
}

exported_packets_take_the_templates_of_lists_along ()
{
    case $NFPEEK_WIRESHARK in
    4.0 | 4.2) ;;
    *)
        skip 'tshark of this version looks at no dependencies'
        return
        ;;
    esac
    three_messages
    shark -2 -r three.pcap -Y 'frame.number == 3' -w few.pcap
    [ "$status" -eq 0 ] || fail 'tshark cannot write'
    finds few.pcap 3 'nfpeek'
    finds few.pcap 1 'nfpeek.sourceTransportPort == 443'
}

# A basicList of two ipHeaderPacketSections of 20 octets.
packets_in_lists_are_shown ()
{
    ip='450000541234400040010000 0a000001'
    capture section.pcap <<END
000a001c 6553f100 00000000 00000001 0002000c 01000001 0123ffff
000a0042 6553f100 00000000 00000001 01000032 2d 03 0139 0014 $ip 0a000002 $ip 0a000003
END
    finds section.pcap 1 'ip.dst == 10.0.0.3 and ip.dst == 10.0.0.2'
    shark -2 -r section.pcap -V
    nothing_is_broken
}

# 65,000 octets that are a list of values of one octet; a list of empty parts; lists in lists.
long_lists_are_shown ()
{
    for list in 'basicList 0123 0300040001 06' 'subTemplateMultiList 0125 03 03e70004' \
        'basicList 0123 030123ffff 0b040123ffff05040123ffff'; do
        # shellcheck disable=SC2086 # four words
        set -- $list
        "$PERL" -e '
            my ($begin, $unit) = map { pack "H*", $_ } @ARGV;
            my $list = substr $begin . $unit x 65000, 0, 65000;
            my $set = pack ("nnCn", 256, 7 + length $list, 255, length $list) . $list;
            print unpack "H*", pack ("nnNNN", 10, 16 + length $set, 1700000000, 0, 1) . $set;
            ' "$3" "$4" >hex
        capture long.pcap <<END
000a001c 6553f100 00000000 00000001 0002000c 01000001 $2ffff
$(cat hex)
END
        shark -2 -r long.pcap -V
        nothing_is_broken
        shows "^ +$1: allOf"
    done
}

perform filters_look_into_lists filters_look_into_lists_in_lists filters_know_what_is_unknown_in_lists \
    semantics_have_names values_in_lists_can_be_printed findings_about_lists_are_filters \
    templates_of_lists_are_linked exported_packets_take_the_templates_of_lists_along \
    packets_in_lists_are_shown long_lists_are_shown
