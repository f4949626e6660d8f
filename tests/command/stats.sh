#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -T stats: how much came from whom, when, and how much did not.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

samples=$NFPEEK_SOURCE/samples
start=1700000000 # 2023-11-14T22:13:20Z

# announce TIME, data TIME SEQUENCE: a line for capture, with the Template, with one record; exported
# when it arrives.
announce ()
{
    echo "time=$1 000a0024 $(printf %08x "$1") ${template#* * }"
}

data ()
{
    echo "time=$1 000a0024 $(printf %08x "$1") $(printf %08x "$2") 00000001" \
        '01000014 c0000201 c6336401 00000000000004b0'
}

# data9 SOURCE TIME SEQUENCE DOMAIN: the same in NetFlow v9, with its Template.
data9 ()
{
    echo "src=$1 time=$2 00090002 000f4240 $(printf '%08x %08x %08x' "$2" "$3" "$4")" \
        "${template9#* * * * * }" '01000010 c0000201 c6336401 000004b0'
}

an_exporter_is_a_block ()
{
    run -T stats "$samples/openvswitch-v5.pcap"
    exits 0
    says_nothing
    cat >expected <<'END'
127.0.0.1:34215 NetFlow v5 domain 52286
  Messages      1, 1 Set
  records       9 of flows, 0 of options
  octets        456, 0.0% of them not decodable
  lost          not known from 1 Message
  active        2026-11-24T02:38:03.959Z
  clock skew    0.000 s (arrival less export time)
  export lag    1.823 s on average, 1.704 s to 1.926 s (export time less the flow's end)
  longest flow  0.118 s
  sampling      no rate known, 9 of 9 records
END
    shows_same expected
}

# Of flows that come together whose times are all far from the export, none is looked at with the others.
times_may_all_be_odd ()
{
    while read -r template_length elements data_length flows; do
        run -q -T stats -x "000a$template_length 6553f100 00000000 00000001 00020010 01000002 \
            $(echo "$elements" | tr , ' ') 0100$data_length $(echo "$flows" | tr , ' ')"
        exits 0
        shows '^  export lag    19674 d '
        shows '^  longest flow  5\.000 s'
    done <<'END'
003c 00960004,00970004 001c 000186a0,000186a3,000186a1,000186a6,000186a2,000186a2
0054 00980008,00990008 0034 0000000005f5e100,0000000005f5ecb8,0000000005f5e4e8,0000000005f5f870,0000000005f5e8d0,0000000005f5e8d0
END
}

# Nor are those that are not known.
times_may_be_unknown ()
{
    run -q -T stats -x '000a0054 6553f100 00000000 00000001 00020010 01000002 00980008 00990008
        01000034 0000018bcfe56418 0000018bcfe567f8 0000018bcfe56418 0000000000000000
        0000000000000000 0000018bcfe567f8'
    exits 0
    shows '^  export lag    0\.008 s \('
    shows '^  longest flow  0\.992 s$'
}

rates_and_silence_take_time ()
{
    {
        announce $start
        for i in 0 1 2 3; do data $((start + i)) $i; done
        data $((start + 10)) 4
    } | capture x.pcap
    run -T stats x.pcap
    cat >expected <<'END'
192.0.2.1:40000 IPFIX domain 1
  Messages      6, 0.600/s, 6 Sets
  records       5 of flows, 0 of options, 0.500/s
  octets        216, 0.0% of them not decodable
  lost          0 of 5 records, 0.0%
  active        10.000 s, from 2023-11-14T22:13:20.000Z to 2023-11-14T22:13:30.000Z
  silent        7.000 s at most, from 2023-11-14T22:13:23.000Z
  clock skew    0.000 s (arrival less export time)
  sampling      no rate known, 5 of 5 records
  by time       |█▄▄▄      ▄|
                from 2023-11-14T22:13:20Z, a column is 1 s
END
    shows_same expected
    LC_ALL=C run -T stats x.pcap
    shows '^  by time       \|8444      4\|$'
}

who_lost_most_comes_first ()
{
    {
        for i in 1 2 3 4 5; do data9 192.0.2.1 $((start + i)) "$i" 0; done
        for i in 1 2 5; do data9 192.0.2.2 $((start + i)) "$i" 0; done
        for i in 1 9; do data9 192.0.2.3 $((start + i)) "$i" 7; done
        for i in 1 2 3 4 5 6; do data9 192.0.2.4 $((start + i)) "$i" 0; done
        announce $start | sed 's/^/src=192.0.2.5 /'
        data $((start + 1)) 0 | sed 's/^/src=192.0.2.5 /'
        data $((start + 2)) 4 | sed 's/^/src=192.0.2.5 /'
        data $((start + 3)) 5 | sed 's/^/src=192.0.2.5 /'
    } | capture x.pcap
    run -q -T stats x.pcap
    grep -E '^(all|[0-9])|lost|Messages' out >lines
    cat >expected <<'END'
all 5 exporters and domains
  Messages      20, 2.2/s, 36 Sets
  lost          9 of 25 Messages, 36.0%
  lost          3 of 6 records, 50.0%
192.0.2.3:40000 NetFlow v9 domain 7
  Messages      2, 0.250/s, 4 Sets
  lost          7 of 9 Messages, 77.8%
192.0.2.5:40000 IPFIX domain 1
  Messages      4, 1.3/s, 4 Sets
  lost          3 of 6 records, 50.0%
192.0.2.2:40000 NetFlow v9 domain 0
  Messages      3, 0.750/s, 6 Sets
  lost          2 of 5 Messages, 40.0%
192.0.2.4:40000 NetFlow v9 domain 0
  Messages      6, 1.2/s, 12 Sets
  lost          0 of 6 Messages, 0.0%
192.0.2.1:40000 NetFlow v9 domain 0
  Messages      5, 1.2/s, 10 Sets
  lost          0 of 5 Messages, 0.0%
END
    cmp -s expected lines || fail "these are: $(cat lines)"
}

what_was_captured_twice_came_once ()
{
    {
        for i in 1 2 3 8; do
            data9 192.0.2.1 $((start + i)) "$i" 0
            data9 192.0.2.1 $((start + i)) "$i" 0
        done
    } | capture x.pcap
    run -q -T stats x.pcap
    shows '^  Messages      8, 1.1/s, 16 Sets; 4 Messages are copies$'
    shows '^  lost          4 of 8 Messages, 50.0%$'
    {
        announce $start
        for i in 0 1 2 3; do data $((start + i)) $i; done
        for i in 0 1 2 3; do data $((start + i)) $i; done
    } | capture x.pcap
    run -q -T stats x.pcap
    shows '^  lost          0 of 4 records, 0.0%$'
}

what_is_not_decodable_is_told ()
{
    {
        data $start 0
        echo '000900'
        echo 'sport=40001 fragment=16 without=2 0009 00000000 00000000 00000000 00000000'
    } | capture x.pcap
    run -q -T stats x.pcap
    shows '^  octets        36, 44.4% of them not decodable, 1 of 1 Data Set without a Template$'
    shows '^192.0.2.1:40000 no Message$'
    shows '^  incomplete    1 datagram without a Message$'
    shows '^  incomplete    1 datagram without all fragments$'
    shows_not 'no Message, 1'
}

an_old_version_has_no_sequence ()
{
    run -q -T stats -x '00010000 000003e8 6553f100 00000000'
    shows '^\? NetFlow v1$'
    shows '^  lost          not known: NetFlow v1 has no sequence numbers$'
    shows '^  active        2023-11-14T22:13:20.000Z \(export times\)$'
}

v5_tells_its_sampling_in_the_header ()
{
    run -T stats -x "$(echo "$data5" | sed 's/01024064/010243e8/')"
    shows '^  sampling      1:1000 by v5 header, 1 of 1 record, counters not scaled$'
    run -T stats --json -x "$(echo "$data5" | sed 's/01024064/010243e8/')"
    shows '"sampling":\[\{"records":1,"rate":1000,"source":"header"\}\]'
}

# Templates 256 (samplerId, octets) and 257 (options: scope System; samplerId, samplerRandomInterval).
sampler_templates='00000018 01000002 00300002 00010004 0000000c'

samplers_are_told_with_their_place ()
{
    {
        # options of sampler 5 (1 in 100) in Source ID 1; data of samplers 5 and 6 in Source ID 2
        echo "time=$start 00090002 000f4240 6553f100 00000000 00000001" \
            '00010018 0101 0004 0008 0001 0004 0030 0002 0032 0004 0000' \
            '01010010 00000000 0005 00000064 0000'
        echo "time=$start 00090004 000f4240 6553f100 00000000 00000002" \
            '00000010 0100 0002 0030 0002 0001 0004' \
            '01000018 0005 00000001 0005 00000001 0006 00000001 0000'
    } | capture x.pcap
    run -T stats x.pcap
    shows '^  sampling      1:100 by sampler 5, announced in packet 1 for domain 1, 2 of 3 records, counters not scaled$'
    shows '^                sampler 6, whose rate was never announced, 1 of 3 records$'
    run -T stats --json x.pcap
    shows '\{"records":2,"rate":100,"source":"sampler","sampler":5,"domain":1,"file":"x.pcap","packet":1\},\{"records":1,"sampler":6\}'
    cp x.pcap y.pcap
    run -q -T stats x.pcap y.pcap
    shows '1:100 by sampler 5, announced in x.pcap packet 1 for domain 1, 4 of 6 records'
}

# 66 samplers of which nothing was announced: of 64 that is said, of the other two that it is not.
more_samplers_than_there_is_room_for_are_counted ()
{
    {
        printf 'time=%s 00090043 000f4240 6553f100 00000000 00000001 ' "$start"
        printf '00000010 0100 0002 0030 0002 0001 0004 01000190'
        i=0
        while [ $((i += 1)) -le 66 ]; do
            printf ' %04x 00000001' "$i"
        done
        echo
    } | capture x.pcap
    run -T findings --json x.pcap
    shows '"code":"sampler-unknown",.*"count":64'
    shows 'nfpeek tells 64 samplers of a domain apart: of others, in 2 records, it says nothing'
}

more_rates_than_there_is_room_for_are_counted ()
{
    {
        for i in 1 2 3 4 5 6 7 8 9 10; do
            echo "$data5" | sed "s/01024064/0102$(printf %04x $((0x4000 + i)))/"
        done
    } | capture x.pcap
    run -q -T stats x.pcap
    shows '^                1:8 by v5 header, 1 of 10 records, counters not scaled$'
    shows '^                more rates, which are not told apart, 2 records$'
}

time_may_go_backward ()
{
    {
        data $((start + 86400)) 1
        announce $start
        data $((start + 43200)) 0
        echo "time=0 00090000 00000000 00000000 00000000 00000001"
    } | capture x.pcap
    run -q -T stats x.pcap
    exits 0
    shows '^  active        12:00:00.000|^  active        1 d 00:00:00.000'
    shows 'from 1970-01-01T00:00:00Z, a column is 512 d'
}

a_folder_and_a_time_choose ()
{
    mkdir folder
    {
        announce $start
        data $((start + 60)) 0
    } | capture folder/b.pcap
    {
        data $((start + 120)) 1
        data $((start + 180)) 3
    } | capture folder/a.pcap
    run -q -T stats folder
    exits 0
    cat >expected <<'END'
192.0.2.1:40000 IPFIX domain 1
  Messages      4, 0.022/s, 4 Sets
  records       3 of flows, 0 of options, 0.017/s
  octets        144, 0.0% of them not decodable
  lost          1 of 4 records, 25.0%
  active        00:03:00.000, from 2023-11-14T22:13:20.000Z to 2023-11-14T22:16:20.000Z
  silent        00:01:00.000 at most, from 2023-11-14T22:13:20.000Z
  clock skew    0.000 s (arrival less export time)
  sampling      no rate known, 3 of 3 records
  by time       |█           █           █           █|
                from 2023-11-14T22:13:20Z, a column is 5 s
END
    shows_same expected
    run -q -T stats --from 2023-11-14T22:14 --to 2023-11-14T22:16 folder
    shows '^  lost          0 of 2 records, 0.0%$'
    shows '^  active        00:01:00.000, from 2023-11-14T22:14:20.000Z to 2023-11-14T22:15:20.000Z$'
}

json_is_one_object ()
{
    {
        for i in 1 2 4; do data9 192.0.2.2 $((start + i)) "$i" 0; done
        announce $start
        data $((start + 9)) 0
    } | capture x.pcap
    run -q -T stats --json x.pcap
    exits 0
    shows_lines 1
    "$PERL" "$NFPEEK_SOURCE/tests/command/json-check.pl" out >checked 2>&1 ||
        fail "$(cat checked)"
    shows '^\{"messages":5,"sets":8,"flows":4,"options":0,"octets":240,'
    shows '"timeline":\{"from":"2023-11-14T22:13:20Z","seconds":1,"messages":\[1,1,1,0,1,0,0,0,0,1\]\}'
    shows '"exporters":\[\{"exporter":"192.0.2.2","port":40000,"version":9,"domain":0,"messages":3,'
    shows '"first":"2023-11-14T22:13:21.000000Z","last":"2023-11-14T22:13:24.000000Z","by":"arrival"'
    shows '"clock_skew":\{"mean":0.000,"min":0.000,"max":0.000\}'
}

json_is_refused_where_there_is_none ()
{
    data $start 0 | capture x.pcap
    run --json x.pcap
    exits 2
    says '^nfpeek: --json goes with .*-T stats'
    run -T flows --json x.pcap
    exits 2
}

nothing_chosen_is_said ()
{
    data $start 0 | capture x.pcap
    run -q -T stats -Y 'exporter == 10.0.0.1' x.pcap
    shows '^there is nothing for which -Y holds$'
}

exporters_beyond_the_limit_are_summed_up ()
{
    "$PERL" -e 'for (my $i = 0; $i < 10003; $i++) {
        printf "src=10.1.%d.%d time=%d 000a0010 6553f100 00000000 00000001\n", $i / 256, $i % 256,
            1700000000 + $i / 100;
    }' | capture x.pcap
    run -q -T stats x.pcap
    shows '^all 10000 exporters and domains$'
    shows '^  Messages      10003, 100.0/s, 0 Sets$'
    shows '^those beyond 10000, which are not told apart$'
    tail -n 7 out >last
    grep -q '^  Messages      3, 0 Sets$' last || fail "the last ones are: $(cat last)"
    run -q -T stats --json x.pcap
    shows '"others":\{"messages":3,'
}

# Records are taken together where none needs to be looked at; with an expression one by one.
records_are_the_same_one_by_one ()
{
    for file in "$NFPEEK_SOURCE"/samples/*.pcap* "$NFPEEK_SOURCE"/tests/golden/good-*.hex \
        "$NFPEEK_SOURCE"/tests/golden/odd-flow-*.hex ${NFPEEK_CORPUS:+"$NFPEEK_CORPUS"/*.pcap}; do
        for view in stats templates; do
            run -q -T "$view" --json "$file"
            mv out together
            run -q -T "$view" --json -Y 'version > 0' "$file"
            cmp -s together out || fail "-T $view of $(basename "$file") differs"
        done
    done
}

# Files are read once where that does; --metrics has them read twice.
what_is_read_once_is_the_same_as_read_twice ()
{
    golden=$NFPEEK_SOURCE/tests/golden
    corpus=${NFPEEK_CORPUS-$NFPEEK_SOURCE/../shared/corpus}
    for view in stats templates findings summary sum; do
        as="-T $view"
        [ "$view" != sum ] || as='--sum octets,addr --scale'
        for sample in "$golden"/*.hex "$NFPEEK_SOURCE"/samples/*.pcap* "$corpus"/*.pcap "$golden/*.hex"; do
            # shellcheck disable=SC2086 # the last one is all of a kind, in one run
            [ "$view" = stats ] || [ -e "$sample" ] || continue
            run $as $sample
            once=$status
            mv out out-once
            mv err err-once
            run $as --metrics m.prom $sample
            [ "$status" -eq "$once" ] || fail "-T $view $sample: status $once, not $status"
            for stream in out err; do
                sed 's/ --metrics m\.prom//' $stream | cmp -s - $stream-once || fail "-T $view $sample: another $stream"
            done
        done
    done
}

# A Template that another session lent gives way to what comes later: its own, or one that is different.
what_comes_later_weighs_as_much_where_it_is_read_once ()
{
    other='000a0024 6553f100 00000000 00000001 00020014 01000003 000c0004 00080004 00010008'
    { echo "dst=192.0.2.8 $template"; echo "dst=192.0.2.9 $data"; echo "dst=192.0.2.9 $template"; } | capture own.pcap
    { echo "dst=192.0.2.8 $template"; echo "dst=192.0.2.9 $data"; echo "dst=192.0.2.9 $other"; } | capture other.pcap
    echo "$template" | capture first.pcap
    octets "$data" >raw.bin
    echo "src=192.0.2.7 $other" | capture last.pcap
    for case in 'template-late|own.pcap' 'template-late|other.pcap' 'template-missing|first.pcap raw.bin last.pcap'; do
        # shellcheck disable=SC2086 # several files
        run -T findings ${case#*|}
        shows "${case%|*}"
        cp out once
        # shellcheck disable=SC2086
        run -T findings -o twice ${case#*|}
        cmp -s once twice || fail 'differs from what is read twice'
    done
}

# Nine of ten are.
seven_of_ten_flows_with_one_packet_are_not_sampled ()
{
    header='000a0072 6553f100 00000000 00000001 00020010 01000002 00040001 00020001 01000052'
    "$PERL" -e 'print $ARGV[0], "0601" x 27, "0605" x 12, "\n"' "$header" | capture x.pcap
    run -T findings x.pcap
    shows_not sampling-absent
    "$PERL" -e 'print $ARGV[0], "0601" x 36, "0605" x 3, "\n"' "$header" | capture x.pcap
    run -T findings x.pcap
    shows 'sampling-absent, 1 time: 36 of 39'
}

# On a terminal a line tells how far it is, and is gone in the end.
a_terminal_is_told_how_far_it_is ()
{
    script -qec true /dev/null >/dev/null 2>&1 </dev/null || { skip 'no terminal can be made'; return; }
    for i in 1 2 3 4 5 6 7 8; do
        printf '%s\n' "$template" "$data" "$data" "$data"
    done >lines
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32; do
        cat lines
    done | capture x.pcap
    echo "(head -c 20000 x.pcap; sleep 1.2; tail -c +20001 x.pcap) | '$NFPEEK' -T summary \$1 -" >feed.sh
    script -qec 'sh feed.sh' /dev/null </dev/null >out
    "$PERL" -0777 -ne 'exit !/\r\e\[K\d+ records, \d+ a second\r\e\[K/' out || fail 'no line'
    script -qec 'stty cols 12; sh feed.sh' /dev/null </dev/null >out
    "$PERL" -0777 -ne 'exit (!/\r\e\[K\d+ r/ || /\r\e\[K[^\r\e\n]{12,}\r\e/)' out ||
        fail 'the line is wider than the terminal'
    script -qec 'sh feed.sh -q' /dev/null </dev/null >out
    ! grep -q 'a second' out || fail 'a line in spite of -q'
    sh feed.sh >out 2>err
    says_not 'a second'
}

# Two records before their Template, which a pipe is only read once for; then three, and two are missing.
what_waited_for_its_template_came ()
{
    {
        echo '000a0024 6553f100 00000000 00000001 01000014 c0000201 00000001 c0000202 00000001'
        echo '000a0020 6553f100 00000002 00000001 00020010 01000002 00080004 00010004'
        echo '000a001c 6553f100 00000002 00000001 0100000c c0000201 00000001'
        echo '000a001c 6553f100 00000003 00000001 0100000c c0000201 00000001'
        echo '000a001c 6553f100 00000006 00000001 0100000c c0000201 00000001'
    } | capture x.pcap
    run -q -T stats x.pcap
    shows '^  lost          2 of 7 records, 28\.6%$'
    through_pipe -q -T stats -
    shows '^  lost          2 of 7 records, 28\.6%$'
}

perform a_terminal_is_told_how_far_it_is what_is_read_once_is_the_same_as_read_twice \
    what_comes_later_weighs_as_much_where_it_is_read_once \
    seven_of_ten_flows_with_one_packet_are_not_sampled \
    an_exporter_is_a_block \
    times_may_all_be_odd \
    times_may_be_unknown \
    rates_and_silence_take_time \
    who_lost_most_comes_first \
    what_was_captured_twice_came_once \
    what_is_not_decodable_is_told \
    an_old_version_has_no_sequence \
    v5_tells_its_sampling_in_the_header \
    samplers_are_told_with_their_place \
    more_samplers_than_there_is_room_for_are_counted \
    more_rates_than_there_is_room_for_are_counted \
    time_may_go_backward \
    a_folder_and_a_time_choose \
    json_is_one_object \
    json_is_refused_where_there_is_none \
    nothing_chosen_is_said \
    exporters_beyond_the_limit_are_summed_up \
    records_are_the_same_one_by_one \
    what_waited_for_its_template_came
