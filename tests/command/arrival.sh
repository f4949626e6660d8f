#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the arrival of datagrams tells: clocks that are wrong, checksums for which a kernel drops
# them; and by ICMP that they did not arrive.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

exported=1700000000 # by the headers of lib.sh

# arriving TIME: shows data that was exported at $exported and arrives then.
arriving ()
{
    printf 'time=%s %s\n' "$1" "$template" | capture x.pcap
    run -T json --fail-on=warning x.pcap
}

clocks_that_are_near_enough ()
{
    for time in $exported $((exported + 300)) $((exported - 300)); do
        arriving "$time"
        exits 0
        shows_not export-time-skew
    done
}

clocks_that_are_wrong ()
{
    arriving $((exported + 301))
    exits 1
    shows '"code":"export-time-skew","severity":"warning","offset":4,"length":4,'
    shows '"text":"exported 5 minutes \(301 s\) before it arrived: the exporter.s clock is behind"'
    arriving $((exported - 86400))
    shows '"text":"exported 1440 minutes \(86400 s\) after it arrived: the exporter.s clock is ahead"'
    printf 'time=%s 000a0010 00000000 00000000 00000001\n' $exported | capture x.pcap
    run -T json x.pcap
    shows '"text":"exported 0 seconds after 1970: the exporter.s clock was never set"'
}

time_zones ()
{
    arriving $((exported - 7199))
    shows '"text":"exported 2 h 0 min after it arrived: the header has local time instead of UTC"'
    arriving $((exported - 19801))
    shows '"text":"exported 5 h 30 min after it arrived: '
    arriving $((exported + 18003))
    shows '"text":"exported 5 h 0 min before it arrived: '
}

the_uptime_is_no_time ()
{
    printf 'time=%s %s\n' $exported '00090000 000f4240 000003e8 00000000 00000001' | capture x.pcap
    run -T json x.pcap
    shows '"offset":8,"length":4,"text":"the header.s UNIX seconds are 1000: they hold the uptime \(1000000 ms\), not the time"'
}

# Times of a capture may count from its start.
captures_without_a_clock ()
{
    for time in 0 86400; do
        arriving $time
        exits 0
        shows_not export-time-skew
    done
    run -T json -x "$template"
    shows_not export-time-skew
}

over_tcp_it_is_the_last_segment ()
{
    capture x.pcap <<END
time=$exported seq=1000 flags=S
time=$exported seq=1001 $(echo "$template" | cut -c1-40)
time=$((exported + 400)) seq=1019 $(echo "$template" | cut -c41-)
END
    run -T json x.pcap
    shows '"code":"export-time-skew".*6 minutes \(400 s\) before'
}

the_letter_says_what_to_do ()
{
    arriving $((exported - 7200))
    run -T findings x.pcap
    shows 'warning export-time-skew, 1 time'
    shows 'What to do: Look at the exporter.s clock'
}

# sums LINE...: the texts about checksums that datagrams raise, each made by a line for capture.
sums ()
{
    printf '%s\n' "$@" | capture x.pcap
    run -T json x.pcap
    "$PERL" -MJSON::PP -ne '
        my $message = decode_json ($_);
        print "$message->{packet}: $_->{text}\n"
            for grep { $_->{code} eq "datagram-checksum" } @{$message->{findings}}' <out >texts
    mv texts out
}

checksums_that_are_right ()
{
    sums "$template" "vlan=5 mpls=16 options=1 $data" "udpsum=0 $data" "fragment=24 $template" \
        "src=2001:db8::1 dst=2001:db8::9 options=1 $template" "snap=60 udpsum=1234 $template" \
        "src=2001:db8::1 dst=2001:db8::9 fragment=24 $data" "link=raw $data"
    shows_nothing
}

checksums_that_are_wrong ()
{
    sums "udpsum=1234 $template" "ipsum=1234 $data" "ipsum=0 $data" "udpsum=8448 $data" \
        "fragment=24 backwards=1 udpsum=ffff $template" "fragment=24 ipsum=abcd $data" \
        "src=2001:db8::1 dst=2001:db8::9 udpsum=0 $data" \
        "src=2001:db8::1 dst=2001:db8::9 udpsum=1 $data" \
        "src=2001:db8::1 dst=2001:db8::9 fragment=24 udpsum=1 $data"
    shows '^1: the UDP checksum is 0x1234, not 0x[0-9a-f]{4}: a kernel drops such datagrams silently$'
    shows '^2: the IPv4 header has the checksum 0x1234, not 0x[0-9a-f]{4}: '
    shows '^3: the IPv4 header has no checksum: captured on the sender'
    shows '^4: the UDP checksum is begun only: '
    shows '^6: the UDP checksum is 0xffff, '
    shows '^8: the IPv4 header has the checksum 0xabcd, not '
    shows '^9: UDP over IPv6 without a checksum: '
    shows '^10: the UDP checksum is 0x0001, not '
    shows '^12: the UDP checksum is 0x0001, not '
    shows_lines 9
}

# Flows in a capture, none in the collector: that is not healthy. What the card computes is.
what_a_kernel_drops_is_lost ()
{
    good='000a 002c 6553f100 00000000 00000001 0002 000c 0100 0001 0001 0004 0100 0010 00000064 00000064 00000064'
    printf '%s\n' "src=192.0.2.1 udpsum=1234 $good" "src=192.0.2.1 udpsum=1234 $good" \
        "src=192.0.2.2 $good" "src=192.0.2.3 ipsum=0000 $good" | capture x.pcap
    run -T findings --json x.pcap
    shows '"verdict":"lossy","sentence":"Lossy: 2 wrong checksums, for which a kernel drops datagrams\."'
    shows '"exporter":"192\.0\.2\.2","verdict":"healthy"'
    shows '"exporter":"192\.0\.2\.3","verdict":"healthy"'
    shows '"wrong_checksums":2,'
    run x.pcap
    shows '^192\.0\.2\.1:40000 .* bad checksums$'
    run -T stats x.pcap
    shows 'incomplete.*2 wrong checksums'
    run -T stats --json x.pcap
    shows '"wrong_checksums":2,'
}

# Behind a Routing header with segments left the checksum is for another destination.
packets_underway ()
{
    ends='src=2001:db8::1 dst=2001:db8::9 protocol=43'
    addresses='20010db8000000000000000000000007 20010db8000000000000000000000009'
    sums "$ends 11 04 04 01 01000000 $addresses 9c40 0807 002c 1234 $template" \
        "$ends 11 04 04 00 01000000 $addresses 9c40 0807 002c 1234 $template"
    shows '^2: the UDP checksum is 0x1234, not '
    shows_lines 1
}

# refusals: the packets with collector-unreachable, and who is named there.
refusals ()
{
    "$PERL" -MJSON::PP -ne '
        my $m = decode_json ($_);
        print "$m->{packet} $m->{exporter} $m->{port} $_->{severity} $_->{text}\n"
            for grep { $_->{code} eq "collector-unreachable" } @{$m->{findings}}' <out >texts
    mv texts out
}

nobody_listens ()
{
    capture x.pcap <<END
$template
icmp=3,3 $template
icmp=3,1 by=192.0.2.77 $template
icmp=3,13 by=192.0.2.77 quote=200 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,4 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,1 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,3 vlan=5 $template
END
    run -T json --fail-on=warning x.pcap
    exits 1
    shows_lines 7
    refusals
    shows '^2 192\.0\.2\.1 40000 warning nobody listens at UDP port 2055 of the collector: '
    shows '^3 192\.0\.2\.1 40000 warning no way leads to the collector, UDP port 2055: '
    shows '^4 192\.0\.2\.1 40000 warning a filter keeps export from the collector, UDP port 2055 '
    shows '^5 2001:db8::1 40000 warning nobody listens '
    shows '^6 2001:db8::1 40000 warning a filter '
    shows '^7 2001:db8::1 40000 warning no way '
    shows_lines 6
}

# With its ports alone a datagram is one of those that came before, or of a port of -d.
quotes_that_are_cut ()
{
    capture x.pcap <<END
icmp=3,3 quote=28 $template
$template
icmp=3,3 quote=28 $data
icmp=3,3 quote=30 $data
icmp=3,3 quote=44 sport=40001 $template
icmp=3,3 quote=27 $data
icmp=3,3 quote=28 sport=40002 $template
icmp=3,3 quote=28 dport=2056 $template
icmp=3,3 dport=2055 sport=53 0102
icmp=3,4 $data
icmp=11,0 $data
END
    run -T json x.pcap
    refusals
    sed 's/ .*//' out | tr '\n' ' ' >packets
    [ "$(cat packets)" = '3 4 5 ' ] || fail "not packets 3 4 5"
    run -T json -d 2056 x.pcap
    refusals
    shows '^8 192\.0\.2\.1 40000 warning nobody listens at UDP port 2056 '
    shows_lines 1
}

# Templates in a quote were never received.
quotes_are_not_learnt ()
{
    printf '%s\n' "icmp=3,3 $template" "$data" | capture x.pcap
    run -T json x.pcap
    shows '"packet":2,.*template-missing'
    run -T stats --json x.pcap
    shows '"messages":1,'
    shows '"refused":1,'
}

refusals_belong_to_the_exporter ()
{
    printf '%s\n' "$template" "$data" "icmp=3,3 quote=28 $data" | capture x.pcap
    run -T findings x.pcap
    shows '^192\.0\.2\.1  IPFIX domain 1$'
    shows 'warning collector-unreachable, 1 time'
    shows 'Lossy: 1 datagram did not reach the collector\.'
    run x.pcap
    shows '^192\.0\.2\.1:40000 +IPFIX +1 +2 +1 +1 .* refused$'
    run -T jsonl x.pcap
    shows_lines 1
    says 'packet 3: octet 0: warning: nobody listens at UDP port 2055 .*collector-unreachable, RFC 1122'
    run -T hex x.pcap
    shows_not 'packet 3'
    run -T json -c 2 x.pcap
    shows_lines 2
    run -T json --ignore collector-unreachable x.pcap
    shows_lines 2
    run -T messages --packets 3 x.pcap
    shows 'collector-unreachable'
}

# The usual error of its kind, from the collector.
refusals_are_written_and_read_back ()
{
    capture x.pcap <<END
$template
icmp=3,3 quote=28 $data
icmp=3,1 $template
icmp=3,13 by=192.0.2.77 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,4 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,5 $template
src=2001:db8::1 dst=2001:db8::9 icmp=1,0 quote=80 $template
END
    run -T json x.pcap
    sed 's/"x.pcap"/"y.pcap"/' out >expected
    run -o /dev/null -w y.pcap x.pcap
    run -T json y.pcap
    shows_same expected
    command -v tshark >/dev/null || return
    tshark -n -r y.pcap -T fields -e icmp.type -e icmp.code -e icmpv6.type -e icmpv6.code \
        -e icmp.checksum.status -e icmpv6.checksum.status 2>err | tr -s '\t\n' ' ' >out
    shows '^ *3 3 1 3 1 1 3 13 1 1 4 1 1 1 1 1 3 1 ?$'
}

other_errors_are_told_if_asked_for ()
{
    printf '%s\n' "$template" 'icmp=3,3 dport=53 00' 'icmp=3,4 00' | capture x.pcap
    run -T messages --packets 2-3 x.pcap
    says 'packet 2: no Message: ICMP port unreachable'
    says 'packet 3: no Message: ICMP type 3 code 4'
}

perform nobody_listens refusals_are_written_and_read_back quotes_that_are_cut quotes_are_not_learnt refusals_belong_to_the_exporter \
    other_errors_are_told_if_asked_for checksums_that_are_right checksums_that_are_wrong what_a_kernel_drops_is_lost packets_underway clocks_that_are_near_enough clocks_that_are_wrong time_zones the_uptime_is_no_time \
    captures_without_a_clock over_tcp_it_is_the_last_segment the_letter_says_what_to_do
