#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Beginnings of packets inside records: shown by the dissectors of Ethernet and IP, while the outer
# packet stays what it is.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

ip='450000541234400040010000 0a000001 0a000002' # ICMP, 84 octets in all
icmp='0800 0000 0001 0001 00010203'
ethernet='020000000002 020000000001 0800'

# A Template of one element of 46 octets or 32, and a record of it.
section ()
{
    capture section.pcap <<END
000a001c 6553f100 00000000 00000001 0002000c 01000001 $1 $2
000a00$3 6553f100 00000000 00000001 010000$4 $5
END
}

outer_packet_is_as_it_was ()
{
    shark -2 -r section.pcap -Y 'frame.number == 2'
    shows '192.0.2.1 .* 192.0.2.9 .*IPFIX .*1 flow \(256\)$'
    finds section.pcap 1 'frame.number == 2 and udp.dstport == 2055 and ip.src == 192.0.2.1'
}

section_of_ip ()
{
    section 0139 0020 34 24 "$ip $icmp"
    finds section.pcap 1 'nfpeek.ipHeaderPacketSection and ip.dst == 10.0.0.2 and icmp.type == 8'
    shark -2 -r section.pcap -V
    nothing_is_broken
    outer_packet_is_as_it_was
}

section_of_ipv6 ()
{
    ip6='6000000000083b40 20010db8000000000000000000000001 20010db8000000000000000000000002'
    section 0139 0028 3c 2c "$ip6"
    finds section.pcap 1 'nfpeek.ipHeaderPacketSection and ipv6.dst == 2001:db8::2'
    outer_packet_is_as_it_was
}

section_of_ethernet ()
{
    for element in 013b 0068; do # dataLinkFrameSection, layer2packetSectionData
        section $element 002e 42 32 "$ethernet $ip $icmp"
        finds section.pcap 1 'eth.src == 02:00:00:00:00:01 and ip.dst == 10.0.0.2 and icmp.type == 8'
        shark -2 -r section.pcap -V
        nothing_is_broken
        outer_packet_is_as_it_was
    done
}

# With dataLinkFrameType (408) 2 it is of 802.11: data from the access point, then SNAP and IPv4.
section_of_wireless ()
{
    capture section.pcap <<END
000a0020 6553f100 00000000 00000001 00020010 01000002 01980002 013b0020
000a0036 6553f100 00000000 00000001 01000026 0002 08020000 020000000002 020000000003 020000000001 0000 aaaa03000000 0800
END
    finds section.pcap 1 'wlan.sa == 02:00:00:00:00:01 and nfpeek.dataLinkFrameSection'
}

sections_too_short_to_say_anything ()
{
    sequence=0
    for length in 1 2 13 14 20; do
        printf '000a001c 6553f100 %08x 00000001 0002000c %04x0001 013b%04x\n' $sequence \
            $((256 + length)) $length
        printf '000a00%02x 6553f100 %08x 00000001 %04x00%02x %0*d\n' $((20 + length)) $sequence \
            $((256 + length)) $((4 + length)) $((2 * length)) 0
        sequence=$((sequence + 1))
    done | capture section.pcap
    shark -2 -r section.pcap -V
    nothing_is_broken
    shark -2 -r section.pcap
    [ "$(grep -c '192.0.2.1 .* 192.0.2.9 .*IPFIX .*1 flow (2[0-9]*)$' out)" -eq 5 ] || fail 'not five flows'
    finds section.pcap 5 'nfpeek.dataLinkFrameSection and udp.dstport == 2055 and ip.src == 192.0.2.1'
}

# The label says what packet it is; parts of packets from elsewhere than their beginning, by
# sectionOffset (409) or layer2packetSectionOffset (102), are octets, and padding behind what was
# exported (410) is none of the packet.
sections_say_where_they_begin ()
{
    golden good-ipfix-sections
    finds good-ipfix-sections.pcap 1 'eth.src == 02:00:00:00:00:01 and tcp.flags.syn == 1'
    shark -2 -r good-ipfix-sections.pcap -V
    nothing_is_broken
    shows 'dataLinkFrameSection: 58 octets: Ethernet 02:00:00:00:00:01 > .*, VLAN 10, IPv4 .* SYN, length 60$'
    shows 'ipHeaderPacketSection: 0x08000000.* \(from octet 20 on\)$'
    shows 'layer2packetSectionData: 0x00010800.* \(from octet 14 on\)$'
    [ "$(grep -c '^ *Internet Protocol Version 4, Src: 192.0.2.1, Dst: 198.51.100.2' out)" -eq 3 ] ||
        fail 'not three IP headers'
    [ "$(grep -c '^ *Address Resolution Protocol' out)" -eq 1 ] || fail 'not one ARP header'
}

# Records behind a section that ends in the middle of a header, and Sets behind them.
what_follows_sections_is_decoded ()
{
    cut="$ethernet 4500005412344000 4006" # 24 octets: in the middle of IP
    capture cut.pcap <<END
000a001c 6553f100 00000000 00000001 0002000c 01000001 013b0018
000a0080 6553f100 00000000 00000001 0100004c $cut $cut $cut 01000024 $cut 00000000 00000000
END
    shark -2 -r cut.pcap -T fields -e nfpeek.dataLinkFrameSection -Y 'frame.number == 2'
    [ "$(tr -cd , <out | wc -c)" -eq 3 ] || fail 'not four records'
    shark -2 -r cut.pcap -V
    nothing_is_broken
    shows_not 'Packet size limited'
}

# Wireshark gives a packet up that has too many layers; sections are none.
sections_are_no_layers ()
{
    "$PERL" -e '
        my ($section) = pack "H*", join ("", @ARGV) =~ s/ //gr;
        my $set = pack ("nn", 256, 4 + 300 * 46) . $section x 300;
        print unpack "H*", pack ("nnNNN", 10, 16 + length $set, 1700000000, 0, 1) . $set;
        ' "$ethernet $ip $icmp" >hex
    capture many.pcap <<END
000a001c 6553f100 00000000 00000001 0002000c 01000001 013b002e
$(cat hex)
END
    shark -2 -r many.pcap -V
    nothing_is_broken
    [ "$(grep -c '^ *Data Record' out)" -eq 300 ] || fail 'not 300 records'
    shark -2 -r many.pcap -T fields -e frame.protocols
    [ "$(sort -u out)" = eth:ethertype:ip:udp:nfpeek ] || fail 'other layers'
}

# What was learnt at the first visit, which makes no tree, is known at the second.
sections_do_not_disturb_visits ()
{
    messages=
    for number in 0 1 2; do
        messages="$messages 000a0042 6553f100 0000000$number 00000001 01000032 $ethernet $ip $icmp"
    done
    capture tcp.pcap <<END
protocol=6 9c401283 00000001 00000000 50102000 00000000 000a001c 6553f100 00000000 00000001 0002000c 01000001 013b002e $messages
END
    shark -r tcp.pcap -T fields -e nfpeek.sequence.expected
    mv out first
    shark -2 -r tcp.pcap -T fields -e nfpeek.sequence.expected
    shows_same first
    [ "$(cat out)" = 0,1,2 ] || fail 'not the numbers of three Messages'
}

# What a record quotes is no export packet that anybody received.
messages_inside_sections_are_not_learnt ()
{
    udp='9c40 0807 002c 0000'
    section 0139 0040 54 44 "45000040000000004011 0000 c0000201 c0000209 $udp $template"
    finds section.pcap 1 'nfpeek.template.id == 256 and frame.number == 2'
    shark -2 -r section.pcap -Y 'nfpeek.finding.template_foreign'
    shows_nothing
}

perform section_of_ip section_of_ipv6 section_of_ethernet section_of_wireless \
    sections_say_where_they_begin sections_too_short_to_say_anything \
    what_follows_sections_is_decoded sections_are_no_layers sections_do_not_disturb_visits \
    messages_inside_sections_are_not_learnt
