#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What nfpeek takes for NetFlow on ports that are not NetFlow's, and what it leaves to others; and what
# it says of other protocols on its own ports.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

other_protocols_are_left_alone ()
{
    "$PERL" "$here/claims.pl" 1 | capture others.pcap
    shark -r others.pcap -T fields -e frame.number
    [ "$(wc -l <out)" -gt 4000 ] || fail 'too few datagrams'
    shark -r others.pcap -Y nfpeek
    nothing_is_broken
    shows_nothing
}

messages_on_any_port_are_recognised ()
{
    capture any.pcap <<END
dport=12345 sport=40000 $template
dport=12345 sport=40000 $data
dport=12346 sport=40000 $template9
dport=12346 sport=40000 $data9
dport=12347 sport=40000 $data5
END
    finds any.pcap 5 nfpeek
    finds any.pcap 2 'nfpeek.octets == 1200 and nfpeek.set.template'
    shark -r any.pcap -Y nfpeek -o nfpeek.heuristics:FALSE
    shows_nothing
}

# On a port of ours, a foreign datagram is told, unless somebody knows it by its looks.
other_protocols_on_a_port_of_netflow_are_told ()
{
    golden bad-message-version-sflow
    finds bad-message-version-sflow.pcap 1 'nfpeek.finding.message_version'
    capture foreign.pcap <<END
dport=2055 sport=40000 deadbeef0102030405060708
dport=40000 sport=2055 deadbeef0102030405060708
dport=2055 sport=40000 010100002112a442000102030405060708090a0b
dport=2055 sport=40000 16fefd0000000000000000001003000004000000000000000400000000
dport=2055 sport=40000 16fefd00000000000000000001ff
END
    finds foreign.pcap 1 'nfpeek.finding.message_version'
    finds foreign.pcap 1 'frame.number == 1 and nfpeek'
    finds foreign.pcap 1 'frame.number == 3 and stun'
    finds foreign.pcap 1 'frame.number == 4 and dtls and not nfpeek'
    finds foreign.pcap 1 'frame.number == 5 and (dtls or nfpeek.finding.message_encrypted)'
}

what_icmp_quotes_is_not_learnt ()
{
    ip=45000040000000004011000 # an IP header, a digit short
    udp='9c40 0807 002c 0000'
    capture quoted.pcap <<END
protocol=1 03030000 00000000 ${ip}0 c0000201 c0000202 $udp $template
$data
END
    shark -2 -r quoted.pcap -Y 'frame.number == 2 and nfpeek.finding.template_missing'
    shows_lines 1
}

perform other_protocols_are_left_alone messages_on_any_port_are_recognised \
    other_protocols_on_a_port_of_netflow_are_told what_icmp_quotes_is_not_learnt
