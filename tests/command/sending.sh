#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What people send to others: Messages as hex, captures of what was shown.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

golden=$NFPEEK_SOURCE/tests/golden

make_capture ()
{
    printf '%s\n' "$template" "$data" "$template9" "$data9" | capture x.pcap
}

# octets_shown: the hex of the last run without what is about it.
octets_shown ()
{
    grep -v '^#' out
}

# shows_message PACKET HEX: the last run showed these octets of the packet, and no others of it.
shows_message ()
{
    hex=$(awk -v packet="# packet $1," 'index ($0, packet) == 1 { on = 1; next }
        /^$/ { on = 0 } on' out | sed 's/^[0-9a-f]*  //' | tr -d ' \n')
    [ "$hex" = "$(echo "$2" | tr -d ' ')" ] || fail "packet $1 is shown as $hex"
}

hex_has_each_message_under_a_comment ()
{
    make_capture
    run -T hex x.pcap
    exits 0
    says_nothing
    shows '^# packet 1, 192\.0\.2\.1:40000, IPFIX, 36 octets$'
    shows '^# packet 4, 192\.0\.2\.1:40000, NetFlow v9, 36 octets$'
    shows_message 1 "$template"
    shows_message 2 "$data"
    shows_message 3 "$template9"
    shows_message 4 "$data9"
    run -T hex x.pcap x.pcap
    shows '^# packet 1 of x\.pcap, 192\.0\.2\.1:40000, IPFIX, 36 octets$'
}

hex_has_what_was_chosen ()
{
    make_capture
    run -T hex --packets 2,3 x.pcap
    [ "$(grep -c '^#' out)" -eq 2 ] || fail 'not two Messages'
    shows_message 2 "$data"
    shows_message 3 "$template9"
    run -T hex -Y 'version == 9 and src == 192.0.2.1' x.pcap
    [ "$(grep -c '^#' out)" -eq 1 ] || fail 'not one Message'
    shows_message 4 "$data9"
    run -T hex -c 1 x.pcap
    [ "$(grep -c '^#' out)" -eq 1 ] || fail 'not one Message'
    shows_message 1 "$template"
}

hex_held_back_is_shown_once ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    through_pipe -q -T hex -
    [ "$(grep -c '^#' out)" -eq 2 ] || fail 'not two Messages'
    through_pipe -q -T hex -Y 'src == 192.0.2.1' -
    [ "$(grep -c '^#' out)" -eq 1 ] || fail 'not one Message'
    shows_message 1 "$data"
}

# Octets that the capture lacks are still said to be missing.
hex_says_where_a_message_was_cut ()
{
    printf 'snap=60 %s\n' "$template" "$data" | capture x.pcap
    run -q -T hex x.pcap
    shows '^# packet 1, .*, 18 octets of 36$'
    shows '^0024$'
    mv out in
    run -T json -
    shows '"length":36,"captured":18'
    says_not 'message-length'
    shows 'message-truncated'
}

# Of what has no addresses all is the same, findings included; of the rest the octets are.
hex_is_read_back_as_the_same_messages ()
{
    n=0
    for sample in "$golden"/*.hex; do
        n=$((n + 1))
        run -q -T hex "$sample"
        octets_shown >octets
        mv out back
        run -q -T hex back
        octets_shown | cmp -s octets - || fail "${sample##*/} is not read back"
        run -q -T json "$sample"
        ! grep -q '"exporter"' out || continue
        sed 's/"file":"[^"]*",//' out >expected
        run -q -T json back
        sed 's/"file":"[^"]*",//' out | cmp -s expected - || fail "${sample##*/} is read otherwise"
        run -q -T json -x "$(cat back)"
        cmp -s expected out || fail "${sample##*/} is read otherwise after -x"
    done
    [ "$n" -gt 100 ] || fail "only $n samples"
}

# codes_of FILE: the findings, each once.
codes_of ()
{
    run -q -T json "$1"
    grep -o '"code":"[^"]*"' out | sort -u
}

# essence FILE: -T json, without what says where in which file a Message is.
essence ()
{
    run -q -T json "$1"
    sed 's/"file":"[^"]*",//; s/"packet":[0-9]*,//; s/"message":[0-9]*,"exporter/"exporter/
        s/"time":"[^"]*",//; s/in packet [0-9]*/in packet N/g' out
}

a_capture_is_written_of_what_is_shown ()
{
    make_capture
    run -T jsonl x.pcap
    cp out expected
    run -T jsonl -w y.pcap x.pcap
    exits 0
    says_nothing
    shows_same expected
    run -T jsonl y.pcap
    sed 's/y\.pcap/x.pcap/' out | cmp -s expected - || fail 'what was written is something else'
    for chosen in '--packets 2,3' '-Y version==9 --packets 3,4' '-c 2'; do
        # shellcheck disable=SC2086 # several words
        run -q -T jsonl -w y.pcap $chosen x.pcap
        run -q -T messages y.pcap
        shows_lines 3
    done
    run -q -w y.pcap -Y 'dst == 198.51.100.1' x.pcap
    run -q -T hex y.pcap
    shows_message 1 "$data"
    shows_message 2 "$data9"
}

a_capture_is_written_through_pipes ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    through_pipe -q -T jsonl -w y.pcap -
    shows_lines 1
    run -q -T messages y.pcap
    shows_lines 3
    run -w - -o /dev/null -q x.pcap
    mv out in
    run -q -T jsonl -
    shows_lines 1
}

no_capture_is_written_over_what_is_read ()
{
    make_capture
    cp x.pcap before
    for arguments in '-w x.pcap' '-w ./x.pcap' '-w -' '-w - -o -' '-w y -o y' '-w no/such/folder'; do
        # shellcheck disable=SC2086
        run $arguments x.pcap
        exits 2
        shows_nothing
        says '-w|cannot write'
        cmp -s x.pcap before || fail 'the capture was changed'
    done
    ln -s x.pcap link
    run -w link x.pcap
    exits 2
    cmp -s x.pcap before || fail 'the capture was changed'
    printf 'keep\n' >y
    run -T csv -e nosuchname -w y x.pcap
    exits 2
    grep -q keep y || fail 'the file was emptied in vain'
    run -q -w /dev/full x.pcap
    exits 2
    says 'cannot write /dev/full: No space left'
}

# What is said only of an exporter that is known.
over_time='"(sequence-|sampl|export-no-data|template-changed|template-interval)'

# Addresses, streams, what was cut, lost or missing: all comes back. What had no addresses has some.
every_sample_is_written_and_read_back ()
{
    n=0
    for sample in "$golden"/*.hex; do
        run -q -o /dev/null -w y.pcap "$sample"
        if ! grep -qv '"exporter"' "${sample%.hex}.json"; then
            n=$((n + 1))
            essence "$sample" >expected
            essence y.pcap | cmp -s expected - || fail "${sample##*/} is not read back"
        else
            codes_of "$sample" >expected
            codes_of y.pcap | grep -vxFf expected >more
            codes_of y.pcap | grep -xFf expected | cmp -s expected - || fail "${sample##*/} lacks codes"
            ! grep -vE "$over_time" more || fail "${sample##*/} has other codes"
        fi
    done
    [ "$n" -gt 20 ] || fail "only $n samples with addresses"
}

every_checksum_is_right ()
{
    command -v tshark >/dev/null || { skip 'no tshark'; return; }
    # but those that were wrong
    cp "$golden"/*.hex .
    rm odd-datagram-checksum*.hex
    run -q -o /dev/null -w y.pcap ./*.hex
    tshark -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE \
        -o sctp.checksum:CRC-32c -r y.pcap -T fields -e ip.checksum.status -e udp.checksum.status \
        -e tcp.checksum.status -e sctp.checksum.status 2>shark >checked
    # 0: bad, 1: good; a second one of IP is of a packet in a record, which has no checksum
    for field in 1 2 3 4; do
        cut -f $field checked | cut -d , -f 1 | grep -q 1 || fail "no checksum of kind $field is good"
        ! cut -f $field checked | cut -d , -f 1 | grep -q 0 || fail "a checksum of kind $field is bad"
    done
}

ipv6_and_large_messages_are_written ()
{
    printf 'src=2001:db8::1 dst=2001:db8::9 %s\n' "$template" "$data" |
        capture x.pcap
    essence x.pcap >expected
    run -q -o /dev/null -w y.pcap x.pcap
    essence y.pcap | cmp -s expected - || fail 'IPv6 is not read back'
    "$PERL" -e 'print pack "nnNNNnn", 10, 65535, 1700000000, 0, 1, 300, 65519; print "\1" x 65515' >large
    run -q -T hex large
    octets_shown >expected
    run -q -o /dev/null -w y.pcap large
    run -q -T hex y.pcap
    octets_shown | cmp -s expected - || fail 'a large Message is not read back'
    shows '^# packet 3, 192\.0\.2\.254:4739, IPFIX, 65535 octets$'
}

# The capture begins within a Message, and lacks octets before another one begins.
gaps_at_the_beginning_are_written ()
{
    printf '%s\n' 'seq=1000 c0000201c633640100000000000004b0' 'seq=1026 c0000201c6336401' | capture x.pcap
    run -T jsonl --fail-on=never -w y.pcap x.pcap
    says 'the stream lacks 10 octets; skipped 24 octets'
    run -T jsonl --fail-on=never y.pcap
    says 'the stream lacks 10 octets; skipped 24 octets'
}

perform hex_has_each_message_under_a_comment hex_has_what_was_chosen \
    hex_held_back_is_shown_once hex_says_where_a_message_was_cut \
    hex_is_read_back_as_the_same_messages a_capture_is_written_of_what_is_shown \
    a_capture_is_written_through_pipes no_capture_is_written_over_what_is_read \
    every_sample_is_written_and_read_back every_checksum_is_right \
    ipv6_and_large_messages_are_written gaps_at_the_beginning_are_written
