#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the arrival of packets tells, in Wireshark: the findings of the command, on the same frames.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

clocks_that_are_wrong ()
{
    {
        echo "time=1700000300 $template"
        echo "time=1699996400 $data"
        echo "time=1700090000 $data"
    } | capture x.pcap
    finds x.pcap 2 nfpeek.finding.export_time_skew
    finds x.pcap 1 'nfpeek.finding == "export-time-skew" and frame.number == 2'
    settle
    agree x.pcap
}

checksums_that_are_wrong ()
{
    capture x.pcap <<END
$template
udpsum=1234 $data
ipsum=1234 options=1 vlan=7 $data
fragment=24 udpsum=ffff $data
src=2001:db8::1 dst=2001:db8::9 udpsum=0 $data
src=2001:db8::1 dst=2001:db8::9 udpsum=1 options=1 $data
snap=60 udpsum=1234 $data
END
    finds x.pcap 5 nfpeek.finding.datagram_checksum
    finds x.pcap 1 'nfpeek.finding.datagram_checksum and frame.number == 3'
    settle
    agree x.pcap
}

# Wireshark knows the last destination of a packet with a Routing header, and whether it is right.
packets_underway ()
{
    ends='src=2001:db8::1 dst=2001:db8::9 protocol=43'
    routing='11 04 04 01 01000000 20010db8000000000000000000000007 20010db8000000000000000000000009'
    for sum in a813 a811; do
        echo "$ends $routing 9c40 0807 002c $sum $template"
    done | capture x.pcap
    finds x.pcap 1 nfpeek.finding.datagram_checksum
    finds x.pcap 1 'nfpeek.finding.datagram_checksum and frame.number == 2'
}

# Where a quote has something of a Message; of that nothing else is said.
nobody_listens ()
{
    capture x.pcap <<END
$template
icmp=3,3 $data
icmp=3,13 by=192.0.2.77 quote=60 $template
icmp=3,4 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,4 vlan=5 $data
src=2001:db8::1 dst=2001:db8::9 icmp=1,1 quote=70 $data
src=2001:db8::1 dst=2001:db8::9 $data
END
    finds x.pcap 4 nfpeek.finding.collector_unreachable
    finds x.pcap 4 'nfpeek.finding and icmp or nfpeek.finding and icmpv6'
    finds x.pcap 1 'nfpeek.finding.template_missing'
    finds x.pcap 1 'nfpeek.finding == "collector-unreachable" and nfpeek.version == 10 and frame.number == 6'
    finds x.pcap 0 'nfpeek.finding.message_length'
}

perform nobody_listens checksums_that_are_wrong packets_underway clocks_that_are_wrong
