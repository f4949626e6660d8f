#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The record filter marks the records for which it holds; and one grammar: what a display filter finds
# in packets of one record each, the command and the record filter find, too.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# ipfix SET-ID HEX: a Message of one Set.
ipfix ()
{
    "$PERL" -e '
        my ($id, $hex) = @ARGV;
        my $set = pack "H*", $hex =~ s/\s//gr;
        print unpack ("H*", pack ("nnNNN", 10, 20 + length $set, 1700000000, 0, 1)
            . pack ("nn", $id, 4 + length $set) . $set), "\n"' "$1" "$2"
}

# Packets: 1 the Templates; 2 to 12 a record each; 13, 14 of NetFlow v5.
one_record_each ()
{
    {
        # addresses, ports, protocol, flags, octets, packets, start, end, MAC, interface's name, direction
        ipfix 2 '0100 000d 0008 0004 000c 0004 0007 0002 000b 0002 0004 0001 0006 0002 0001 0008 0002 0004
            0098 0008 0099 0008 0038 0006 0052 ffff 003d 0001
            0101 0006 001b 0010 001c 0010 0007 0002 000b 0002 0004 0001 0001 0004
            0102 0006 0008 0004 0055 0008 01b2 0004 0114 0001 0140 0008 0046 0003'
        ipfix 256 '0a000001 c0000209 01bb c738 06 0012 00000000000005dc 00000003
            0000018bcfe56800 0000018bcfe56ddc 001122334455 07 47696745302f37 01'
        ipfix 256 '0a000002 c0000209 01bb c739 06 0018 0000000000002710 00000014
            0000018bcfe56801 0000018bcfe56801 001122334456 07 47696745302f38 00'
        ipfix 256 '0a010001 0a000001 0035 c738 11 0000 000000000000003e 00000001
            0000018bcfe50000 0000018bcfe50100 aabbccddeeff 05 7a75303a31 01'
        ipfix 256 'c0a80001 08080808 cafe 0035 11 0000 0000000000000040 00000001
            0000018bcfe60000 0000018bcfe70000 001122334455 00 00'
        ipfix 256 'c0a80001 08080404 0000 0800 01 0000 0000000100000000 00000002
            0000018bcfe56800 0000018bcfe56800 000000000000 04 5a757269 01'
        ipfix 257 '20010db8000000000000000000000001 20010db8000000000000000000000002 0035 1388 11 00000100'
        ipfix 257 '20010db8000100000000000000000001 fe800000000000000000000000000001 01bb c000 06 00001000'
        ipfix 258 '0a000001 0000000000000064 fffffffb 01 3fe0000000000000 000102'
        ipfix 258 '0a000063 00000000000f4240 00000005 02 bff0000000000000 000103'
        ipfix 258 '00000000 0000000000000000 00000000 01 0000000000000000 ffffff'
        ipfix 258 'ffffffff ffffffffffffffff 7fffffff 02 41dfffffffc00000 000000'
        echo "$data5"
        echo "$data5" | sed 's/c0000201/c0000207/; s/000004b0/00000578/'
    } | capture one.pcap
}

# Expressions that are both: with nfpeek. before each name they are Wireshark's.
expressions ()
{
    grep -v '^#' "$NFPEEK_SOURCE/tests/expressions.txt"
}

# json: the lines of standard input as JSON strings.
json ()
{
    "$PERL" -MJSON::PP -ne 'chomp; print JSON::PP->new->allow_nonref->encode ($_), "\n"'
}

# How many frames each line of standard input finds as a display filter, by sharkd, line by line.
count_frames ()
{
    set -- "load \"file\":\"$PWD/one.pcap\""
    while read -r string; do
        set -- "$@" "frames \"filter\":$string"
    done
    sharkd "$@"
    "$PERL" -MJSON::PP -ne '
        my $answer = decode_json ($_)->{result};
        print ref $answer eq "ARRAY" ? scalar @$answer : "refused", "\n" if $. > 1' out
}

# What only the plugin has a name for: nfpeek.record, which all records have, as version.
count_records ()
{
    while read -r expression; do
        expression=$(printf '%s\n' "$expression" | sed 's/nfpeek\.record/version/g')
        "$NFPEEK" -q -T jsonl -Y "$expression" one.pcap >records 2>said || echo refused >>records
        wc -l <records
    done
}

one_grammar ()
{
    need_sharkd || return
    one_record_each
    expressions >expressions
    # the packet of the Templates is found where nothing is asked for but what it has not
    sed 's/.*/nfpeek.record and (&)/' expressions | json | count_frames >frames
    count_records <expressions >records_found
    paste frames records_found expressions >table
    awk -F '\t' '$1 != $2 || $1 >= 13 || $1 !~ /^[0-9]+$/' table >different
    [ ! -s different ] || fail "frames, records: $(cat different)"
    [ "$(wc -l <table)" -gt 75 ] || fail 'too few expressions'
}

the_record_filter_marks_the_same ()
{
    need_sharkd || return
    one_record_each
    expressions | grep -v 'nfpeek\.record' | sed -n '1~3p' >expressions
    set --
    last=100 # sharkd remembers what a filter has found, so none is asked twice
    json <expressions >strings
    while read -r string; do
        last=$((last + 1))
        set -- "$@" "setconf \"name\":\"nfpeek.record_filter\",\"value\":$string" \
            "load \"file\":\"$PWD/one.pcap\"" "frames \"filter\":\"nfpeek.record.match and frame.number < $last\""
    done <strings
    sharkd "$@"
    "$PERL" -MJSON::PP -ne 'print scalar @{decode_json ($_)->{result}}, "\n" if $. % 3 == 0' out >frames
    count_records <expressions >records_found
    paste frames records_found expressions | awk -F '\t' '$1 != $2' >different
    [ ! -s different ] || fail "frames, records: $(cat different)"
    [ "$(wc -l <frames)" -gt 25 ] || fail 'too few answers'
}

records_are_marked_one_by_one ()
{
    sample softflowd-v9.pcap
    shark -r softflowd-v9.pcap -o 'nfpeek.record_filter:port == 53' -V
    nothing_is_broken
    [ "$(grep -c 'Data Record .* \[match\]$' out)" -eq 4 ] || fail 'not four are marked'
    [ "$(grep -c '^            \[Matches the record filter: True\]$' out)" -eq 4 ] || fail 'not four fields'
    shows 'Data Record 1: UDP 192\.0\.2\.10:5353 -> 203\.0\.113\.53:53, .* \[match\]$'
    shows 'Data Record 3: UDP 192\.0\.2\.12:5004 -> 203\.0\.113\.99:5004, [^[]*$'
    finds softflowd-v9.pcap 0 nfpeek.record.match
    shark -r softflowd-v9.pcap -o 'nfpeek.record_filter:port == 53' -Y '!nfpeek.record.match'
    shows_nothing
    shark -r softflowd-v9.pcap -o 'nfpeek.record_filter:port == 54' -Y 'nfpeek.record.match == 1'
    shows_nothing
    shark -r softflowd-v9.pcap -o 'nfpeek.record_filter:port == 53' -T fields -e nfpeek.record.match
    shows '^(1|True),(1|True),(1|True),(1|True)$'
}

# It looks at the Message, too, and sees late Templates at the second visit.
messages_count_as_the_command_has_them ()
{
    printf '%s\n' "$data" "$template" "$data" | capture three.pcap
    shark -2 -r three.pcap -o 'nfpeek.record_filter:packet == 1 and octets == 1200' -Y nfpeek.record.match
    shows '^ +1 '
    shows_lines 1
    shark -r three.pcap -o 'nfpeek.record_filter:exporter == 192.0.2.1 and template == 256' -Y nfpeek.record.match
    shows '^ +3 '
    shows_lines 1
}

# As sharkd tells, whose "e" is the kind of a subtree: that of what matches is another one.
what_matches_is_of_another_kind ()
{
    need_sharkd || return
    sample softflowd-v9.pcap
    for filter in '' 'port == 53'; do
        sharkd "setconf \"name\":\"nfpeek.record_filter\",\"value\":\"$filter\"" \
            "load \"file\":\"$PWD/softflowd-v9.pcap\"" 'frame "frame":1,"proto":true'
        "$PERL" -MJSON::PP -ne '
            sub walk {
                my ($n) = @_;
                print "$n->{e}\n" if ($n->{l} // "") =~ /^Data Record/;
                walk ($_) for @{$n->{n} // []};
            }
            walk ($_) for @{decode_json ($_)->{result}{tree} // []}' out | sort | uniq -c >kinds
        if [ -z "$filter" ]; then
            [ "$(wc -l <kinds)" -eq 1 ] || fail 'several kinds without a filter'
        else
            [ "$(awk '{ print $1 }' kinds | sort -n | tr '\n' ' ')" = '4 11 ' ] || fail "kinds: $(cat kinds)"
        fi
    done
}

what_is_no_expression_is_told_and_does_no_harm ()
{
    sample softflowd-v9.pcap
    for expression in 'port = 53' 'prot == 53' 'port == tcp' '(((((' '"' 'interfaceName ~ "("'; do
        shark -r softflowd-v9.pcap -o "nfpeek.record_filter:$expression" -V
        nothing_is_broken
        shows 'Data Record 1: '
        shows_not '\[match\]'
        says 'nfpeek: record filter: column [0-9]+: '
        [ "$(grep -c 'record filter' err)" -eq 1 ] || fail 'told more than once'
    done
}

without_it_nothing_is_there ()
{
    sample softflowd-v9.pcap
    shark -r softflowd-v9.pcap -V
    cp out plain
    shark -r softflowd-v9.pcap -o 'nfpeek.record_filter:' -V
    shows_same plain
    shows_not 'record filter'
    says_not 'record filter'
}

perform one_grammar the_record_filter_marks_the_same records_are_marked_one_by_one \
    messages_count_as_the_command_has_them what_matches_is_of_another_kind \
    what_is_no_expression_is_told_and_does_no_harm without_it_nothing_is_there
