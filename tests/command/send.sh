#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --send: what a collector on loopback gets is what the capture has.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"
# shellcheck source=tests/command/background.sh
. "$NFPEEK_SOURCE/tests/command/background.sh"

"$PERL" -MSocket -e 'socket my $s, AF_INET, SOCK_DGRAM, 0 or exit 1;
    bind $s, pack_sockaddr_in (0, INADDR_LOOPBACK) or exit 1' || skip_all 'no UDP on loopback'

# free_port: a port of loopback at which nobody listens.
free_port ()
{
    "$PERL" -MSocket -e 'socket my $s, AF_INET, SOCK_DGRAM, 0 or die;
        bind $s, pack_sockaddr_in (0, INADDR_LOOPBACK) or die;
        print +(unpack_sockaddr_in (getsockname $s))[0]'
}

make_capture ()
{
    printf '%s\n' "$template" "$data" "$template9" "$data9" "$data5" | capture x.pcap
}

# essence FILE: records without what the way they came has changed.
essence ()
{
    sed -E 's/"(file|time|exporter|port|transport|stream|packet|message)":("[^"]*"|[0-9]+),?//g' "$1"
}

# arrives_as ARGUMENT...: what nfpeek shows of these, a collector gets from --send of them.
arrives_as ()
{
    run -q -T jsonl "$@"
    essence out >expected
    collect
    run --send "127.0.0.1:$port" --rate max "$@"
    exits 0
    collected "$(wc -l <expected)"
    essence collected.out | cmp -s expected - || fail "something else arrives: $(essence collected.out)"
}

a_capture_arrives ()
{
    make_capture
    arrives_as x.pcap
    shows_nothing
    says "^nfpeek: sent 5 datagrams, 220 octets, to 127\.0\.0\.1:$port in 0\.0[0-9]* s"
    for sample in "$NFPEEK_SOURCE"/samples/*.pcap; do
        arrives_as "$sample"
    done
}

what_is_chosen_arrives ()
{
    make_capture
    arrives_as --packets 1,2 x.pcap
    says 'sent 2 datagrams'
    arrives_as -c 4 x.pcap
    says 'sent 4 datagrams'
    arrives_as -Y 'version == 5' x.pcap
    says 'sent 1 datagram, 72 octets'
    { printf 'time=1700000000 dport=7777 %s\n' "$template" "$data"
        printf 'time=1700000100 %s\n' "$template" "$data" "$data"; } | capture x.pcap
    arrives_as -d 7777 x.pcap
    says 'sent 2 datagrams'
    arrives_as --from @1700000050 x.pcap
    says 'sent 3 datagrams'
}

text_pipes_and_several_files_arrive ()
{
    arrives_as -q -x "$template" -x "$data"
    make_capture
    octets "$template" "$data" >raw
    arrives_as x.pcap raw
    run -T jsonl x.pcap
    essence out >expected
    collect
    through_pipe --send "127.0.0.1:$port" -
    exits 0
    collected 3
    essence collected.out | cmp -s expected - || fail 'something else arrives through a pipe'
}

# Octets that a stream has lost, or that are none of a Message, are not sent.
messages_of_streams_arrive_as_datagrams ()
{
    { printf 'dport=4739 seq=1 %s\n' "$template"; printf 'dport=4739 seq=37 %s\n' "$data"
        printf 'dport=4739 seq=73 %s\n' "$(echo "$data" | cut -c 1-35)"; } | capture x.pcap
    collect
    run --send "127.0.0.1:$port" x.pcap
    collected 1
    says '^nfpeek: not sent: 1 that the capture has not whole$'
    says 'sent 2 datagrams, 72 octets'
}

each_exporter_has_a_port_of_its_own ()
{
    for octet in 1 2 1 2 1; do
        printf 'src=192.0.2.%s %s\n' $octet "$template" $octet "$data"
    done | capture x.pcap
    collect
    run --send "127.0.0.1:$port" --rate max x.pcap
    collected 5
    ports=$(sed 's/.*"port":\([0-9]*\).*/\1/' collected.out | tr '\n' ' ')
    echo "$ports" | grep -qE '^([0-9]+) ([0-9]+) \1 \2 \1 $' || fail "ports are $ports"
    # shellcheck disable=SC2086
    [ "$(printf '%s\n' $ports | sort -u | wc -l)" -eq 2 ] || fail "ports are $ports"
}

too_many_exporters_share_ports ()
{
    for octet in $(seq 1 70); do
        printf 'src=192.0.2.%s %s\n' "$octet" "$data5"
    done | capture x.pcap
    collect
    run --send "127.0.0.1:$port" --rate 2000 x.pcap
    exits 0
    says '^nfpeek: more than 64 exporters'
    [ "$(grep -c 'share' err)" -eq 1 ] || fail 'said more than once'
    collected 70
    n=$(sed 's/.*"port":\([0-9]*\).*/\1/' collected.out | sort -u | wc -l)
    [ "$n" -eq 64 ] || fail "there are $n ports"
}

# took MIN MAX: so many milliseconds passed between the first and the last record that arrived.
took ()
{
    # shellcheck disable=SC2016 # Perl's variables
    ms=$("$PERL" -MTime::Local -ne '/"time":"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)(\.\d+)?Z"/ or next;
        my $t = timegm ($6, $5, $4, $3, $2 - 1, $1) + ($7 // 0);
        $first //= $t; $last = $t; END { printf "%d", ($last - $first) * 1000 }' collected.out)
    [ "$ms" -ge "$1" ] && [ "$ms" -le "$2" ] || fail "it took $ms ms, not $1 to $2"
}

# The upper bounds are for busy machines.
gaps_are_kept ()
{
    for time in 1700000000 1700000001 1600000000 1600000001; do
        printf 'time=%s %s\n' $time "$data5"
    done | capture x.pcap
    collect
    run --send "127.0.0.1:$port" x.pcap
    exits 0
    collected 4
    took 1950 8000
}

a_rate_stands_in_for_them ()
{
    for time in 1700000000 1700001000 1700002000 1700003000 1700004000; do
        printf 'time=%s %s\n' $time "$data5"
    done | capture x.pcap
    collect
    run --send "127.0.0.1:$port" --rate 20 x.pcap
    exits 0
    collected 5
    took 190 5000
    collect
    run --send "127.0.0.1:$port" --rate 0 x.pcap
    exits 0
    collected 5
    took 0 150
}

a_view_is_shown_beside ()
{
    make_capture
    run -q -T messages x.pcap
    cp out expected
    collect
    run -q -T messages --send "127.0.0.1:$port" -w y.pcap x.pcap
    exits 0
    says_nothing
    shows_same expected
    collected 3
    run -q -T messages y.pcap
    shows_same expected
}

what_is_anonymized_arrives ()
{
    make_capture
    for input in x.pcap -; do
        collect
        command="nfpeek --anonymize --send ... $input"
        "$NFPEEK" --anonymize --send "127.0.0.1:$port" --rate max $input <x.pcap >out 2>err
        says 'sent 5 datagrams, 220 octets'
        collected 3
        [ "$(grep -c '"octetDeltaCount":1200' collected.out)" -eq 3 ] || fail 'records are missing'
        ! grep -qE '"(192\.0\.2\.1|198\.51\.100\.1)"' collected.out || fail 'addresses arrive'
    done
}

nobody_there_is_said_once ()
{
    make_capture
    port=$(free_port)
    run --send "127.0.0.1:$port" --rate 100 x.pcap
    exits 2
    says "^nfpeek: nobody listens on UDP 127\.0\.0\.1:$port: ICMP port unreachable came back$"
    [ "$(grep -c 'nobody' err)" -eq 1 ] || fail 'said more than once'
    says 'refused: 5$'
    run -x "$template" -q --send "127.0.0.1:$port"
    exits 2
    says 'nobody listens'
}

what_cannot_be_sent_is_counted ()
{
    "$PERL" -e 'print pack "nnNNNnn", 10, 65535, 1700000000, 0, 1, 300, 65519; print "\1" x 65515' >large
    { echo "$template"; echo "snap=60 $data"; echo "fragment=16 without=2 $data"; } | capture x.pcap
    collect
    run --send "127.0.0.1:$port" --rate max x.pcap large
    exits 0
    says 'not sent: 2 that the capture has not whole, 1 too large for UDP'
    says 'sent 1 datagram, 36 octets'
    finish "$collector" INT
    run --send "127.0.0.1:$port" -q large
    exits 2
    says 'not sent: 1 too large'
    says 'sent 0 datagrams'
}

ipv6_and_names_do ()
{
    make_capture
    start six -l '[::1]:0' -T jsonl -q
    collector=$started
    if ! wait_until file_has six.err 'listening on UDP|cannot listen' || file_has six.err cannot; then
        skip 'no IPv6 on loopback'
        return
    fi
    port=$(sed -n 's/^nfpeek: listening on UDP .*:\([1-9][0-9]*\)$/\1/p' six.err)
    run --send "[::1]:$port" x.pcap
    exits 0
    says "to \[::1\]:$port in"
    wait_until file_has six.out '"version":5' || fail 'nothing arrives'
    finish "$collector" INT
    collect
    if ! "$PERL" -MSocket -e 'exit !defined inet_aton ("localhost")'; then
        finish "$collector" INT
        skip 'nobody knows localhost'
        return
    fi
    run --send "localhost:$port" --rate max x.pcap
    says "(to|on UDP) (127\.0\.0\.1|\[::1\]):$port"
    finish "$collector" INT
}

sigint_ends_it ()
{
    printf 'time=1700000000 %s\ntime=1700005000 %s\n' "$template" "$data" | capture x.pcap
    collect -T json
    start sender --send "127.0.0.1:$port" x.pcap
    wait_until file_has sender.err '5000 s later' || fail 'the pause is not said'
    wait_until file_has collected.out '"templates"' || fail 'what came before the pause is not sent'
    finish "$started" INT
    exits 0
    file_has sender.err 'sent 1 datagram, 36 octets' || fail "$(cat sender.err)"
    finish "$collector" INT
}

what_makes_no_sense_is_said ()
{
    make_capture
    for address in 2055 foo '127.0.0.1:' 127.0.0.1:0 127.0.0.1:70000 ::1:2055 x:y no.such.name.invalid:2055; do
        run --send $address x.pcap
        exits 2
        says "^nfpeek: .*$address"
    done
    for arguments in '--rate 5' '--send 127.0.0.1:9 --rate x' '--send 127.0.0.1:9 --rate -1'; do
        # shellcheck disable=SC2086
        run $arguments x.pcap
        exits 2
        says '--rate'
    done
    run --send 127.0.0.1:9 -l 127.0.0.1:0
    exits 2
    says '--send.*-l'
    run --send 127.0.0.1:9
    exits 2
    says 'nothing to read'
    echo 'dport=53 00' | capture x.pcap
    run --send 127.0.0.1:9 x.pcap
    exits 2
    says 'no NetFlow or IPFIX Message'
    says 'sent 0 datagrams'
}

perform a_capture_arrives what_is_chosen_arrives text_pipes_and_several_files_arrive \
    messages_of_streams_arrive_as_datagrams each_exporter_has_a_port_of_its_own \
    too_many_exporters_share_ports gaps_are_kept a_rate_stands_in_for_them a_view_is_shown_beside \
    what_is_anonymized_arrives \
    nobody_there_is_said_once what_cannot_be_sent_is_counted ipv6_and_names_do sigint_ends_it \
    what_makes_no_sense_is_said
