#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# nfdump's tools on loopback: nfcapd, a collector, gets what `nfpeek --send` sends and counts the same
# flows, packets and octets; nfreplay sends them again, and `nfpeek -l` counts them.

. "$(dirname -- "$0")/lib.sh"

need nfcapd nfdump nfreplay perl
samples=${NFPEEK_SOURCE:-$here/../..}/samples

# A port that is free: nfcapd can't be told to choose one.
free_port ()
{
    perl -MSocket -e '
        socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        bind $s, pack_sockaddr_in (0, INADDR_LOOPBACK) or die;
        print +(unpack_sockaddr_in (getsockname $s))[0]'
}

nfcapd_ready ()
{
    grep -q '^Startup nfcapd' "$log"
}

# has_read PORT: nothing waits in the socket on this port. Where nothing tells, some time has to do.
has_read ()
{
    [ -r /proc/net/udp ] || { sleep 2; return 0; }
    perl -e '
        my ($port) = @ARGV;
        open my $sockets, "<", "/proc/net/udp" or die;
        while (<$sockets>) {
            my (undef, $local, undef, undef, $queues) = split " ";
            exit 1 if $local =~ /:([0-9A-F]{4})$/ && hex $1 == $port && $queues !~ /:0+$/;
        }' "$1"
}

# collect NAME: sends a sample to nfcapd; its flows are in $scratch/NAME.flows. nfcapd begins a new file
# when an hour begins.
collect ()
{
    port=$(free_port)
    mkdir "$scratch/$1"
    : >"$log" # what the one before said is not waited for
    nfcapd -w "$scratch/$1" -p "$port" -b 127.0.0.1 -t 3600 >"$log" 2>&1 &
    remember
    collector=$!
    wait_for 10 nfcapd_ready || bail_out 'nfcapd does not start'
    "$nfpeek" -q --send "127.0.0.1:$port" "$samples/$1.pcap" 2>"$scratch/$1.err"
    wait_for 20 has_read "$port" || bail_out 'nfcapd does not read'
    sleep 0.3 # what it has read it has counted then
    kill -TERM "$collector"
    wait "$collector"
    nfdump -q -R "$scratch/$1" -w "$scratch/$1.flows" >/dev/null || bail_out 'nfdump cannot read what nfcapd wrote'
}

# As sums.pl, of what nfdump shows with each further argument as a filter.
nfdump_sums ()
{
    name=$1
    shift
    nfdump -q -N -r "$scratch/$name.flows" -o 'fmt:%pr|%pkt|%byt' "$@" |
        perl -F'\|' -lane '
            $sums{$F[0] + 0}[$_] += $F[$_] for 1, 2;
            END { print "$_ $sums{$_}[1] $sums{$_}[2]" for sort { $a <=> $b } keys %sums }'
}

for name in softflowd-v5 softflowd-v9 softflowd-ipfix nfprobe-v9 nfprobe-ipfix fprobe-v5 openvswitch-v5; do
    collect "$name"
    expected=$("$nfpeek" -q -T jsonl "$samples/$name.pcap" | perl "$here/sums.pl")
    got=$(nfdump_sums "$name")
    [ -n "$expected" ] && [ "$got" = "$expected" ]
    report $? "nfcapd counts what --send sends of $name" "expected (protocol, packets, octets):
$expected
got:
$got
nfpeek says:
$(cat "$scratch/$name.err")
nfcapd says:
$(tail -n 20 "$log")"
    flows=$("$nfpeek" -q -T stats --json "$samples/$name.pcap" | sed 's/^{[^}]*"flows":\([0-9]*\),.*/\1/')
    got=$(nfdump -q -r "$scratch/$name.flows" | wc -l)
    [ "$got" -eq "$flows" ]
    report $? "and as many flows of $name" "$got, not $flows"
done

# replay NAME VERSION FILTER...: nfreplay sends what nfcapd wrote of the sample NAME.
replay ()
{
    name=$1
    version=$2
    shift 2
    receive "nfreplay-v$version"
    for port in "$(capture_port "nfreplay-v$version")" "$(live_port "nfreplay-v$version")"; do
        nfreplay -r "$scratch/$name.flows" -H 127.0.0.1 -p "$port" -v "$version" "$@" >"$log" 2>&1 ||
            bail_out 'nfreplay fails'
    done
    compare "nfreplay-v$version" "$(nfdump_sums "$name" "$@")"
}

replay softflowd-v9 9
replay softflowd-v9 5 'ipv4'
finish
