#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# IPFIX over TCP and SCTP, encrypted or not, and in IPFIX Files: whole, broken, and what is learnt.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

withdrawal='000a0018 6553f100 00000001 00000001 00020008 01000000'
withdrawal_of_all='000a0018 6553f100 00000001 00000001 00020008 00020000'
other='000a001c 6553f100 00000000 00000001 0002000c 01000001 00080004' # Template 256 again
client_hello='16030100050100000100' # of TLS, as far as it matters

# segments SIZE HEX...: the octets as TCP segments of so many octets, from number 1001 on, for capture.
segments ()
{
    "$PERL" -e '
        my $size = shift;
        my $octets = pack "H*", join ("", @ARGV) =~ s/\s//gr;
        for (my $at = 0; $at < length $octets; $at += $size) {
            print "seq=", 1001 + $at, " ", unpack ("H*", substr $octets, $at, $size), "\n";
        }' "$@"
}

# connection SIZE HEX...: the same with a SYN before it and a FIN behind it.
connection ()
{
    echo 'seq=1000 flags=S'
    segments "$@"
    shift
    echo "seq=$((1001 + $(octets "$@" | wc -c))) flags=F"
}

# The sequence number of $data stays the same, however often it is sent.
a_stream_is_decoded_however_it_is_divided ()
{
    connection 10000 "$template" "$data" "$data" | capture x.pcap
    run --ignore=sequence-late -T jsonl x.pcap
    exits 0
    says_nothing
    shows_lines 2
    shows '"packet":2,"message":2,.*"exporter":"192.0.2.1","port":40000,"transport":"TCP","version":10'
    sed 's/"packet":[0-9]*,//; s/"message":[0-9]*,//' out >whole
    for size in 1 2 3 5 16 35 36 37 50; do
        connection $size "$template" "$data" "$data" | capture x.pcap
        run --ignore=sequence-late -T jsonl x.pcap
        exits 0
        says_nothing
        sed 's/"packet":[0-9]*,//; s/"message":[0-9]*,//' out >divided
        cmp -s whole divided || fail "something else in segments of $size octets"
    done
}

# Nobody says how, but some exporters do.
netflow_comes_over_tcp_too ()
{
    for size in 7 20 40 1000; do
        connection $size "$template9" "$data9" "$data9" "$data5" "$data5" "$data9" | capture x.pcap
        run --ignore=sequence-late -T jsonl x.pcap
        exits 0
        says_nothing
        shows_lines 5
    done
    connection 1000 "$template9" "$data9" "$data9" | sed 's/^/dport=2055 /' | capture x.pcap
    run --ignore=sequence-late -T jsonl -d 2055 x.pcap
    shows_lines 2
    connection 40 "$template9" | sed 's/^/dport=2055 /' | capture x.pcap
    run -T messages x.pcap
    shows 'NetFlow v9/TCP .* 1 Template'
}

out_of_order_and_twice_is_no_harm ()
{
    connection 20 "$template" "$data" "$data" >segments
    { sed -n 1p segments; sed 1d segments | sort -r; sed 1d segments; } | capture x.pcap
    run --ignore=sequence-late -T jsonl x.pcap
    exits 0
    says_nothing
    shows_lines 2
}

the_tree_says_where_segments_are ()
{
    connection 20 "$template" "$data" | capture x.pcap
    run -V x.pcap
    shows '^x.pcap packet 3 .*  TCP 36 octets, segments in packets 2 3$'
    run -T messages x.pcap
    shows '192.0.2.1:40000 .* IPFIX/TCP '
}

a_pipe_gives_what_a_file_gives ()
{
    { segments 30 "$data" "$template" "$data" "$data" | sed 4d; echo "$data5"; } | capture x.pcap
    run -T json x.pcap
    mv out file
    command='nfpeek -T json -'
    "$NFPEEK" -T json - <x.pcap >out 2>err # a file may be read twice
    sed 's/"file":"-"/"file":"x.pcap"/' out >same
    cmp -s file same || fail 'standard input gives something else'
    # shellcheck disable=SC2002 # a pipe is what is tested
    cat x.pcap | "$NFPEEK" -q -T messages - | sed 1d | grep -v 'held until' | cut -c1-8 >piped
    "$NFPEEK" -q -T messages x.pcap | sed 1d | cut -c1-8 >read
    cmp -s piped read || fail 'a pipe gives other Messages'
}

each_message_has_its_packet_and_number ()
{
    {
        connection 72 "$template" "$data" "$data" "$data"
        echo "sport=40001 $data5"
    } | capture x.pcap
    run -T messages x.pcap
    sed 's/^ *\([0-9#]*\) .*/\1/; /packet/d' out | tr '\n' ' ' >numbers
    [ "$(cat numbers)" = '2 2#2 3 3#2 5 ' ] || fail "other numbers: $(cat numbers)"
    # and so has what is chosen by it
    run -T jsonl --packets 3 x.pcap
    shows_lines 2
}

# What waited for a segment that never came has its own frames and times.
what_waited_came_when_it_came ()
{
    connection 36 "$template" "$data" "$data" "$data" | sed 3d |
        sed 's/^/time=1700000001 /;$s/0001 /0013 /' | capture x.pcap
    run -T json x.pcap
    [ "$(sed -n 's/.*"packet":\([0-9]*\),"time":"[^"]*:\([0-9]*\)\..*/\1@\2/p' out |
        tr '\n' ' ')" = '2@21 3@21 4@21 ' ] || fail 'others'
    # a segment that fills two holes has several Messages
    connection 36 "$template" "$data" "$data" "$data" >all
    { sed -n 1p all; sed -n 3p all; segments 144 "$template" "$data" "$data" "$data"; } | capture x.pcap
    run --ignore=sequence-late -T jsonl x.pcap
    exits 0
    [ "$(sed 's/.*"packet":\([0-9]*\),\("message":\([0-9]\)\)*.*/\1#\3/' out | tr '\n' ' ')" = '2# 3#2 3#3 ' ] ||
        fail 'other numbers'
    for packet in 2 3; do # and is answered for once
        run --ignore=sequence-late -T jsonl --packets $packet x.pcap
        says_nothing
        shows_lines $((packet - 1))
    done
}

packets_of_a_stream_are_answered_for ()
{
    connection 20 "$template" "$data" "$data" | capture x.pcap
    run -T jsonl --packets 2 x.pcap
    exits 0
    says 'packet 2: segment 1 of 2, the Message is in packet 3'
    run -T jsonl --packets 1 x.pcap
    says 'packet 1: no Message: TCP to port 4739, no data'
    segments 20 "$template" "$data" | sed '2p' | capture x.pcap
    run -T jsonl --packets 3 x.pcap
    says 'packet 3: no Message: TCP to port 4739, data that came before'
    segments 10 deadbeefdeadbeefdeadbeef "$template" | sed 3d | capture x.pcap
    run -T jsonl --packets 1 x.pcap
    says 'packet 1: part of a stream, but of no Message'
}

# The Message is whole with a packet behind all that are to be shown.
c_and_packets_wait_for_streams ()
{
    {
        segments 36 "$template" "$data" "$data" | sed -n '1p;3p'
        echo "dport=9995 $data5"
        segments 36 "$template" "$data" "$data" | sed -n 2p
    } | capture x.pcap
    run -T jsonl --packets 2 x.pcap
    exits 0
    shows_lines 1
    shows '"packet":2,.*"octetDeltaCount":1200'
    run -T jsonl -c 4 x.pcap
    exits 0
    shows_lines 3
}

templates_are_withdrawn ()
{
    connection 10000 "$template" "$data" "$withdrawal" "$data" | capture x.pcap
    run -T jsonl x.pcap
    exits 1
    shows_lines 1
    says 'template-missing'
    connection 10000 "$template" "$data" "$withdrawal_of_all" "$data" "$template" "$data" |
        capture x.pcap
    run -T jsonl x.pcap
    exits 1
    shows_lines 2
    run -T json x.pcap
    [ "$(grep -c template-missing out)" -eq 1 ] || fail 'not one Set without Template'
    # over UDP it means nothing
    printf '%s\n' "$template" "$withdrawal" "$data" | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 1
}

templates_are_redefined_without_withdrawal ()
{
    data_of_other='000a0018 6553f101 00000000 00000001 01000008 c0000201'
    connection 10000 "$template" "$data" "$other" "$data_of_other" | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 2
    shows '"sourceIPv4Address":"192.0.2.1"}$'
}

templates_end_with_the_connection ()
{
    {
        connection 10000 "$template" "$data"
        connection 10000 "$data" | sed 's/seq=/seq=5/' # 51000 ...
    } | capture x.pcap
    run -T jsonl --fail-on=warning x.pcap
    exits 1
    shows_lines 2
    says 'packet 5: .*came from another Transport Session.*template-foreign'
    says_not 'packet 2:'
    # a Template of its own goes before
    {
        connection 10000 "$other"
        connection 10000 "$template" "$data" | sed 's/seq=/seq=5/'
    } | capture x.pcap
    run -T jsonl --fail-on=warning x.pcap
    exits 0
    shows_lines 1
}

a_connection_goes_on_in_the_next_file ()
{
    connection 36 "$template" "$data" "$data" >all
    sed -n 1,3p all | capture a.pcap
    sed -n 4,5p all | capture b.pcap
    run -T jsonl --fail-on=warning a.pcap b.pcap
    exits 0
    shows_lines 2
}

what_is_missing_is_said ()
{
    connection 36 "$template" "$data" "$data" "$data" | sed 3d | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 2
    says 'packet 3: octet 0: warning: the stream lacks 36 octets: resumed at the next Message .stream-gap, RFC 7011 10.4.3.'
    run x.pcap
    shows 'segments lost'
    # within a Message: the next one is where its Length says
    connection 12 "$template" "$data" "$data" | sed 7d | capture x.pcap
    run -T json x.pcap
    exits 0
    shows_lines 3
    shows '"length":36,"captured":24,.*only the first 24 of the Message.s 36 octets'
    [ "$(grep -c stream-gap out)" -eq 0 ] || fail 'a gap where the Length tells'
    shows '"code":"message-truncated","severity":"warning"'
    # and beyond it: what it cut is no second warning
    connection 12 "$template" "$data" "$data" "$data" | sed 7,8d | capture x.pcap
    run -T json x.pcap
    shows '"code":"message-truncated","severity":"note",.*the first 24 of the Message.s 36 octets are there, then'
    [ "$(grep -c '"severity":"warning"' out)" -eq 1 ] || fail 'not one warning'
    shows '"code":"stream-gap","severity":"warning"'
}

what_the_snap_length_cuts_is_missing ()
{
    connection 36 "$template" "$data" "$data" | sed '3s/^/snap=80 /' | capture x.pcap
    run -T json x.pcap
    exits 0
    shows_lines 3
    shows '"packet":3,.*"captured":26,'
}

a_capture_may_begin_and_end_anywhere ()
{
    connection 20 "$template" "$data" "$template" "$data" "$data" >all
    for first in 2 3 4 5; do
        for last in 9 10; do
            sed -n "${first},${last}p" all | capture x.pcap
            run -T jsonl x.pcap
            exits 0
            says_not error
            [ -s out ] || fail "no record from packets $first to $last"
        done
    done
    sed -n 3,9p all | capture x.pcap
    run -T json x.pcap
    shows '"severity":"note",.*the capture begins within a Message: skipped 16 octets'
}

other_ports_are_looked_at ()
{
    connection 20 "$template" "$data" | sed 's/^/dport=7777 /' | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 1
    run -T jsonl -d 7777 x.pcap
    exits 0
    says_nothing
    shows_lines 1
    run -T jsonl -d tcp.port==7777,nfpeek x.pcap
    shows_lines 1
    run -T jsonl -d 4739 x.pcap
    exits 2
    says 'no NetFlow or IPFIX Message: 6 packets; TCP ports: 7777'
}

other_protocols_are_counted ()
{
    {
        printf 'dport=80 seq=%s 474554202f20485454502f312e310d0a\n' 1 17 33
        printf 'sport=443 dport=50000 seq=1 1703030010000102030405060708090a\n'
        printf 'dport=53 000101000001000000000000\n'
        printf 'dport=3868 tsn=1 0100001400000118\n'
    } | capture x.pcap
    run x.pcap
    exits 2
    shows_nothing
    says 'x.pcap: no NetFlow or IPFIX Message: 6 packets; UDP ports: 53 \(DNS\) 1; TCP ports: 80 \(HTTP\) 3, 443 \(HTTPS\) 1; SCTP ports: 3868 \(Diameter\) 1$'
}

what_is_no_message_where_one_is_expected_is_said ()
{
    http='474554202f20485454502f312e310d0a'
    connection 8 "$http" "$http" | capture x.pcap
    run -T json x.pcap
    exits 2
    shows '"packet":2,.*"code":"message-version".*version 18245'
    # once
    [ "$(grep -c message-version out)" -eq 1 ] || fail 'more than once'
    connection 10000 "$template" "$data" 'deadbeef' "$data" | capture x.pcap
    run -T jsonl x.pcap
    exits 1
    shows_lines 2
    says 'error: skipped 4 octets of the stream, part of no Message .stream-gap'
}

encrypted_transports_are_named ()
{
    {
        connection 10 $client_hello $client_hello $client_hello | sed 's/^/dport=4740 /'
        echo 'dport=4740 16fefd00000000000000010002abcd'
        echo 'dport=4740 tsn=1 16fefd00000000000000010002abcd'
        echo 'dport=4740 tsn=2 16fefd00000000000000020002abcd'
    } | capture x.pcap
    run -T json x.pcap
    exits 2
    says_nothing
    shows_lines 3
    [ "$(grep -c '"code":"message-encrypted","severity":"note"' out)" -eq 3 ] || fail 'not three notes'
    run x.pcap
    shows ' encrypted$'
    shows 'message-encrypted .*: this is TLS: with its keys Wireshark can read what is inside'
    connection 10 $client_hello $client_hello | sed 's/^/dport=7777 /' | capture x.pcap
    run -T json x.pcap
    shows_nothing
    run -T json -d 7777 x.pcap
    shows message-encrypted
}

sctp_has_streams ()
{
    capture x.pcap <<END
tsn=1 stream=0 $template
tsn=2 stream=3 $data
tsn=4 stream=3 $data
tsn=3 stream=5 $data
END
    run --ignore=sequence-late -T jsonl x.pcap
    exits 0
    says_nothing
    shows_lines 3
    shows '"packet":2,.*"transport":"SCTP","stream":3,'
    sed 's/.*"packet":\([0-9]*\).*"stream":\([0-9]*\).*/\1:\2/' out | tr '\n' ' ' >order
    [ "$(cat order)" = '2:3 4:5 3:3 ' ] || fail "another order: $(cat order)"
}

sctp_divides_messages ()
{
    d=$(echo "$data" | tr -d ' ')
    capture x.pcap <<END
tsn=1 $template
tsn=2 flags=B $(echo "$d" | cut -c1-20)
tsn=3 flags=E $(echo "$d" | cut -c21-)
tsn=4 fragment=24 $data
END
    run --ignore=sequence-late -T jsonl x.pcap
    exits 0
    says_nothing
    shows_lines 2
    run --ignore=sequence-late -T jsonl --packets 2 x.pcap
    says 'packet 2: chunk 1 of 2, the Message is in packet 3'
}

sctp_says_what_is_missing ()
{
    printf 'tsn=%s %s\n' 1 "$template" 2 "$data" 4 "$data" | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 2
    says 'warning: the association lacks 1 DATA chunk before this Message'
    printf 'tsn=%s tag=%s %s\n' 1 7 "$template" 2 7 "$data" 1 8 "$data" | capture x.pcap
    run -T jsonl x.pcap
    says 'packet 3: .*template-foreign'
    # of a Message in three chunks the second is missing: what is written lacks no more and no less
    d=$(echo "$data" | tr -d ' ')
    capture x.pcap <<END
tsn=1 $template
tsn=2 flags=B $(echo "$d" | cut -c1-40)
tsn=4 flags=E $(echo "$d" | cut -c41-)
tsn=5 $data
END
    run -q -T json -w y.pcap x.pcap
    grep -o '"findings".*' out >expected
    run -q -T json y.pcap
    grep -o '"findings".*' out | cmp -s expected - || fail 'what was written has other findings'
    grep -q stream-gap expected || fail 'no stream-gap'
}

segments_come_in_ip_fragments ()
{
    connection 10000 "$template" "$data" | sed 's/^/fragment=16 /' | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    says_nothing
    shows_lines 1
    # the loss of one is the loss of a segment
    connection 36 "$template" "$data" "$data" | sed '3s/^/fragment=16 without=2 /' | capture x.pcap
    run -T jsonl x.pcap
    exits 0
    shows_lines 1
    says stream-gap
    says_not fragment-incomplete
}

# ---- IPFIX Files ----

a_file_that_is_cut_says_so ()
{
    octets "$template" "$data" "$data" | head -c 100 >x.ipfix
    run -T json x.ipfix
    exits 0
    shows_lines 3
    shows '"message":3,.*"captured":28,.*"code":"message-truncated".*only the first 28 of the Message.s 36 octets'
    octets "$template" "$data" "$data" | head -c 80 >x.ipfix
    run -T jsonl x.ipfix
    exits 1
    shows_lines 1
    says 'Message 3: .*message-short'
}

a_file_with_something_else_in_it_is_read_on ()
{
    octets "$template" deadbeef000a "$data" "$data" >x.ipfix
    run -T jsonl x.ipfix
    exits 1
    shows_lines 2
    says 'Message 2: octet 0: error: skipped 6 octets of the stream, part of no Message'
    octets "$template" 00010004deadbeefdeadbeef "$data" "$data" >x.ipfix # what would be version 1
    run -T jsonl x.ipfix
    shows_lines 2
    says 'Message 2: octet 0: error: skipped 12 octets of the stream, part of no Message'
    octets "$template" "$data" "$data9" "$data5" "$data" >x.ipfix # several versions, of one day
    run -T json x.ipfix
    shows_lines 5
    says_not stream-gap
    old5=$(echo "$data5" | sed 's/6553f100/00000064/') # without a clock: in 1970
    octets "$template" "$data" "$old5" "$old5" "$data" >x.ipfix
    run -T json x.ipfix
    shows_lines 5
    says_not stream-gap
    octets "$template" "$data" deadbeef000a >x.ipfix
    run -T jsonl x.ipfix
    exits 1
    shows_lines 1
    says 'Message 3: .*message-version'
    gzip x.ipfix
    run -T jsonl x.ipfix.gz
    shows_lines 1
}

a_file_has_domains_and_no_exporter ()
{
    domain_2=$(echo "$data" | sed 's/ 00000001 01000014/ 00000002 01000014/')
    octets "$template" "$data" "$domain_2" >x
    run -T json x
    exits 1
    shows_lines 3
    shows_not '"exporter"'
    [ "$(grep -c '"template":null' out)" -eq 1 ] || fail 'domains share Templates'
}

# Nothing tells whether what a File has was withdrawn over a transport where that counts.
a_file_keeps_what_is_withdrawn ()
{
    octets "$template" "$withdrawal" "$data" >x
    run -T jsonl x
    exits 0
    shows_lines 1
    says 'Message 2: .*template-withdrawal'
}

perform a_stream_is_decoded_however_it_is_divided netflow_comes_over_tcp_too out_of_order_and_twice_is_no_harm \
    the_tree_says_where_segments_are a_pipe_gives_what_a_file_gives \
    each_message_has_its_packet_and_number what_waited_came_when_it_came packets_of_a_stream_are_answered_for \
    c_and_packets_wait_for_streams templates_are_withdrawn \
    templates_are_redefined_without_withdrawal templates_end_with_the_connection \
    a_connection_goes_on_in_the_next_file what_is_missing_is_said what_the_snap_length_cuts_is_missing \
    a_capture_may_begin_and_end_anywhere other_ports_are_looked_at other_protocols_are_counted \
    what_is_no_message_where_one_is_expected_is_said encrypted_transports_are_named sctp_has_streams \
    sctp_divides_messages sctp_says_what_is_missing segments_come_in_ip_fragments \
    a_file_that_is_cut_says_so a_file_with_something_else_in_it_is_read_on \
    a_file_has_domains_and_no_exporter a_file_keeps_what_is_withdrawn
