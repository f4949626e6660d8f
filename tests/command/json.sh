#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What programs read: -T json, -T jsonl, -T csv.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# A Template with a string of variable length and octets in three octets, then records with strings
# that are trouble for CSV and JSON.
make_strings ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        sub record { pack ("C", length $_[0]) . $_[0] . "\0\0\1" }
        my $records = join "", map { record ($_) } "a,\"b\"", "two\nlines", "plain", "", "M\xfcll",
            "\xe2\x82\xac", "tab\there", "\1\x7f", "zero\0\0";
        print unpack ("H*", message (pack "nnnnnnnn", 2, 16, 256, 2, 82, 65535, 1, 3)), "\n",
            unpack ("H*", message (pack ("nn", 256, 4 + length $records) . $records)), "\n"' |
        capture x.pcap
}

# run_each ARGUMENT... -- FILE...: nfpeek with each file by itself; all that came out is in out.
run_each ()
{
    arguments=
    while [ "$1" != -- ]; do
        arguments="$arguments $1"
        shift
    done
    shift
    : >all
    for file in "$@"; do
        # shellcheck disable=SC2086 # several arguments
        run $arguments "$file"
        cat out >>all
    done
    mv all out
}

# is_json [CHECK...]: what is on standard output passes json-check.pl.
is_json ()
{
    "$PERL" "$NFPEEK_SOURCE/tests/command/json-check.pl" "$@" <out >problems 2>&1
    [ ! -s problems ] || fail "$(head -n 5 problems)"
}

every_line_is_an_object ()
{
    for view in json jsonl; do
        run_each -q -T $view -- "$NFPEEK_SOURCE"/tests/golden/*.hex
        is_json
    done
}

records_are_flat_and_say_where_they_come_from ()
{
    run_each -T jsonl -- "$NFPEEK_SOURCE"/samples/*.pcap*
    is_json records
}

messages_have_all_keys_and_everything_its_place ()
{
    run_each -T json -- "$NFPEEK_SOURCE"/samples/*.pcap*
    is_json messages headers places
    run_each -q -T json -- "$NFPEEK_SOURCE"/tests/golden/good-*.hex \
        "$NFPEEK_SOURCE"/tests/golden/*-list*.hex
    is_json headers places
}

# The array that jsonl has of a list is what a cell of CSV has.
lists_are_arrays_of_objects ()
{
    nested=$NFPEEK_SOURCE/tests/golden/good-list-nested.hex
    run -q -T jsonl "$nested"
    shows '"basicList":\[\{"destinationTransportPort":53\}\]'
    run -q -T csv -e subTemplateMultiList,basicList "$nested"
    shows_lines 2
    "$NFPEEK" -q -T jsonl "$nested" |
        sed 's/"/""/g; s/.*MultiList"":\(.*\),""basicList"":\(\[{""basicList.*\)}$/"\1","\2"/' >expected
    sed -n 2p out >cells
    cmp -s cells expected || fail 'another CSV'
    run -q -T jsonl "$NFPEEK_SOURCE/tests/golden/good-list-twice.hex"
    shows '"basicList":\[\[\{"ingressInterface":7\}\],\[\{"interfaceName":"eth0"\},'
    run_each -q -T jsonl -- "$NFPEEK_SOURCE"/tests/golden/*-list*.hex
    is_json
    shows_not '"value"|"semantic"'
}

where_something_is_not_known_its_key_is_absent ()
{
    run -q -T json -x "$template"
    shows '^\{"message":1,"version":10,'
    for key in file packet time exporter port; do
        shows_not "\"$key\":"
    done
    echo "$template" >x.hex
    run -q -T json x.hex
    shows '^\{"file":"x.hex","message":1,"version":10,'
}

strings_are_json_strings ()
{
    make_strings
    run -T jsonl x.pcap
    exits 0
    shows_lines 9
    is_json
    shows '"interfaceName":"a,\\"b\\"","octetDeltaCount":1\}$'
    shows '"interfaceName":"two\\nlines"'
    shows '"interfaceName":"","octetDeltaCount"'
    shows '"interfaceName":"M�ll"'
    shows '"interfaceName":"€"'
    shows '"interfaceName":"zero"'
}

csv_quotes_what_must_be_quoted ()
{
    make_strings
    run -T csv -e interfaceName,octets x.pcap
    exits 0
    printf '%s\n' 'interfaceName,octets' '"a,""b""",1' '"two' 'lines",1' 'plain,1' ',1' 'M�ll,1' \
        '€,1' "tab$(printf '\t')here,1" >expected
    head -n 9 out >first
    cmp -s first expected || fail 'another CSV'
    shows_lines 11
}

csv_for_a_terminal_is_harmless ()
{
    "$PERL" -e '
        my $name = "\e[31mred \xc2\x9b31m \xe2\x82\xac \"x\"\n";
        my $data = pack ("nnC", 256, 5 + length $name, length $name) . $name;
        print unpack ("H*", pack ("nnNNNnnnnnn", 10, 28, 1700000000, 0, 1, 2, 12, 256, 1, 82, 65535)
            . pack ("nnNNN", 10, 16 + length $data, 1700000000, 0, 1) . $data)' >red.hex
    mv red.hex "$(printf '\033')red.hex"
    run -q -T csv -e file,interfaceName ./*.hex
    printf 'file,interfaceName\n./\033red.hex,"\033[31mred \302\23331m € ""x""\n"\n' >expected
    shows_same expected
    script -qec true /dev/null >/dev/null 2>&1 || { skip 'no script(1)' && return; }
    command='nfpeek -T csv on a terminal'
    NFPEEK=$NFPEEK script -qec '"$NFPEEK" -q -T csv -e file,interfaceName ./*.hex' /dev/null </dev/null |
        tr -d '\r' >out
    printf '%s\n' 'file,interfaceName' \
        './\x1bred.hex,"\x1b[31mred \u009b31m € ""x""\n"' >expected
    shows_same expected
}

csv_leaves_empty_what_is_not_known ()
{
    columns=file,packet,time,exporter,export_port,version,domain,sequence,export_time
    run -q -T csv -e $columns -x "$(sed 's/#.*//' "$NFPEEK_SOURCE/tests/golden/good-netflow1.hex")"
    exits 0
    shows '^,,,,,1,,,2023-11-14T22:13:20Z$'
    run -q -T csv -e $columns -x "$data5"
    shows '^,,,,,5,258,7,2023-11-14T22:13:20Z$'
    run -q -T csv -e version,domain,sequence,aggregation,octets,v7_flags "$NFPEEK_SOURCE"/tests/golden/good-netflow[78].hex
    shows '^7,,100,,10000,1$'
    shows '^8,258,9,4,10000,$'
    echo "$data5" | sed 's/ 00000000 00000007/ 075bcd15 00000007/' | capture x.pcap
    run -T csv -e $columns x.pcap
    shows '^x.pcap,1,[^,]+,192.0.2.1,40000,5,258,7,2023-11-14T22:13:20.123456789Z$'
}

# Two names in each record, of which either is empty, or both.
csv_has_empty_values_in_their_places ()
{
    names='000a003c 6553f100 00000000 00000001 00020014 01000003 0052ffff 0052ffff 00010004'
    names="$names 01000018 000161 00000001 016100 00000002 0000 00000003"
    run -q -T csv -e interfaceName,octets -x "$names"
    exits 0
    printf '%s\n' 'interfaceName,octets' ';a,1' 'a;,2' ';,3' >expected
    shows_same expected
}

csv_has_the_columns_asked_for ()
{
    printf '%s\n' "$template" "$data" "$template9" "$data9" "$data5" | capture x.pcap
    run -T csv -e start,src,dst,octets x.pcap
    exits 0
    printf '%s\n' 'start,src,dst,octets' ',192.0.2.1,198.51.100.1,1200' \
        ',192.0.2.1,198.51.100.1,1200' \
        '2023-11-14T22:13:19.500Z,192.0.2.1,198.51.100.1,1200' >expected
    shows_same expected
    run -T csv -e src -e dst,octetDeltaCount -e IN_BYTES,packet,version x.pcap
    head -n 2 out | tail -n 1 >line
    echo '192.0.2.1,198.51.100.1,1200,1200,2,10' >expected
    cmp -s line expected || fail 'another line'
    run -T csv x.pcap
    exits 0
    shows '^start,end,src,dst,'
}

every_common_name_is_a_column ()
{
    printf '%s\n' "$data5" | capture x.pcap
    run -T csv -e src,dst,addr,sport,dport,port,proto,octets,packets,in_if,out_if,start,end,next_hop,src_as,dst_as,src_mac,dst_mac,vlan x.pcap
    exits 0
    shows '^192.0.2.1,198.51.100.1,[^,]+,1234,80,[^,]+,(6|TCP),1200,10,1,2,2023-11-14T22:13:19.500Z,2023-11-14T22:13:19.900Z,0.0.0.0,65000,65001,,,$'
}

names_are_those_of_netflow9_if_asked_for ()
{
    printf '%s\n' "$template" "$data" | capture x.pcap
    run --names=netflow9 -T jsonl x.pcap
    exits 0
    shows '"IPV4_SRC_ADDR":"192.0.2.1","IPV4_DST_ADDR":"198.51.100.1","IN_BYTES":1200\}$'
    run --names=ipfix -T jsonl x.pcap
    shows '"sourceIPv4Address":"192.0.2.1"'
    run --names=netflow9 -V x.pcap
    shows 'IPV4_SRC_ADDR: 192.0.2.1'
}

big_numbers_are_strings_if_asked_for ()
{
    for number in 0020000000000000:9007199254740992:9007199254740992 \
        0020000000000001:9007199254740993:'"9007199254740993"' \
        ffffffffffffffff:18446744073709551615:'"18446744073709551615"'; do
        octets=${number%%:*} both=${number#*:}
        message="000a0028 6553f100 00000000 00000001 0002000c 01000001 00010008 0100000c $octets"
        run -q -T jsonl -x "$message"
        shows "\"octetDeltaCount\":${both%%:*}\}"
        for view in json jsonl; do
            run -q --big-as-string -T $view -x "$message"
            shows "\"(octetDeltaCount|value)\":${both#*:}\}"
        done
    done
}

options_records_are_marked ()
{
    run -q -T jsonl "$NFPEEK_SOURCE/tests/golden/good-netflow9-options.hex"
    [ "$(grep -c '"kind":"options"' out)" -eq 2 ] || fail 'not two options records'
    shows '"scope_interface":3,"interfaceName":"Gi0/1"\}$'
}

an_element_twice_is_an_array ()
{
    run -q -T jsonl "$NFPEEK_SOURCE/tests/golden/good-ipfix-twice.hex"
    shows '"mibObjectValueInteger":\[1,2\]\}$'
}

flows_are_aligned ()
{
    run -T flows "$NFPEEK_SOURCE/samples/softflowd-v9.pcap"
    exits 0
    shows_lines 16
    shows '^start .*duration.*proto.*source.*destination.*packets.*octets'
    shows '192.0.2.10:5353 -> 203.0.113.53:53 +1 +62'
}

# 1,000,000 seconds, 10^12 packets, 2 * 10^12 octets.
flows_keep_large_numbers_apart ()
{
    run -q -T flows -x '000a0030 6553f100 00000000 00000001 00020020
        01000006 00080004 000c0004 00960004 00970004 00020008 00010008' \
        -x '000a0034 6563334a 00000000 00000001 01000024
        c0000201 c6336401 6553f100 65633340 000000e8d4a51000 000001d1a94a2000'
    exits 0
    shows '^2023-11-14T22:13:20Z +1000000\.000  .* 1000000000000 2000000000000  \.'
    run -q -T flows -x '000a0030 6553f100 00000000 00000001 00020020
        01000006 001b0010 001c0010 00960004 00970004 00020008 00010008' \
        -x '000a004c 6563334a 00000000 00000001 0100003c
        20010db8000000000000000000000001 20010db8111122223333444455556666
        6553f100 65633340 000000e8d4a51000 000001d1a94a2000'
    shows ' 2001:db8:1111:2222:3333:4444:5555:6666 1000000000000 2000000000000  \.'
}

flows_have_the_ends_that_routers_added_up ()
{
    run -q -T flows "$NFPEEK_SOURCE"/tests/golden/good-netflow8*.hex
    exits 0
    shows ' -  +AS65000 -> AS65001  .* 3>4$'
    shows ' TCP  +\*:50000 -> \*:443  .* 10 +10000 '
    shows ' -  +10\.1\.0\.0/16 -> -  .* 3>-$'
    shows ' TCP  +10\.1\.0\.0/16:50000 -> 203\.0\.113\.0/24:443  '
    run -q -T flows "$NFPEEK_SOURCE/tests/golden/good-netflow7-flow-mask.hex"
    shows ' 0  +0\.0\.0\.0 -> 203\.0\.113\.5  '
}

# The time of a NAT's event is when it happened, and no flow's start; of a packet it is.
events_are_no_starts ()
{
    nat=$NFPEEK_SOURCE/tests/golden/good-ipfix-nat.hex
    run -q -T flows "$nat"
    exits 0
    shows '^- .*TCP +10.0.0.1:50000 -> - .* NAT44 session create at 2023-11-14T22:13:20.132Z  source now 203.0.113.5:40001$'
    shows '^- .* Threshold Reached at 2023-11-14T22:13:20.132Z$'
    shows '^2023-11-14T22:13:20.132Z .* 10.0.0.1 -> 203.0.113.5 '
    run -q -T csv -e natEvent,start,src "$nat"
    shows '^4,,10.0.0.1$'
    shows '^,2023-11-14T22:13:20.132Z,10.0.0.1$'
    run -q -T jsonl "$nat"
    [ "$(grep -c '"start"' out)" -eq 1 ] || fail 'not one start'
}

flows_know_icmp_by_its_template ()
{
    run -q -T flows "$NFPEEK_SOURCE/tests/golden/good-softflowd-icmp.hex"
    exits 0
    shows ' ICMP  +10\.0\.0\.1 -> 203\.0\.113\.5 type 8 code 0 +1 +84 '
    shows ' IPv6-ICMP  +2001:db8::1 -> 2001:db8:1::2 type 128 code 0 +1 +104 '
}

flows_before_1970_have_a_duration ()
{
    run -q -T flows "$NFPEEK_SOURCE/tests/golden/odd-export-time-skew-netflow5.hex"
    exits 0
    shows '^- +328\.080  TCP '
}

# Keys of nfpeek's own, in snake case, that the samples of decoding have in JSON.
each_key_is_in_the_manual ()
{
    cat "$NFPEEK_SOURCE"/tests/golden/*.json "$NFPEEK_SOURCE"/tests/golden/*.jsonl |
        grep -oE '"[a-z][a-z0-9_]*":' | tr -d '":' | grep -vE '^v[678]_' | sort -u >keys
    [ "$(wc -l <keys)" -gt 50 ] || fail 'too few keys'
    while read -r key; do
        grep -qE "[\`\"]$key[\`\"]" "$NFPEEK_SOURCE/README.md" || fail "README.md lacks the key $key"
    done <keys
}

# Forwarded, dropped by an access list, dropped without a reason that has a name, consumed.
flows_say_why_they_were_dropped ()
{
    {
        echo '000a0024 6553f100 00000000 00000001 00020014 01000003 00080004 000c0004 00590001'
        echo '000a0038 6553f101 00000000 00000001 01000028 c0000201 c6336401 40 c0000202 c6336401 81' \
            'c0000203 c6336401 bf c0000204 c6336401 c3'
    } | capture x.pcap
    run -q -T flows x.pcap
    exits 0
    shows '192\.0\.2\.1 -> .* -$'
    shows '192\.0\.2\.2 -> .* -  Dropped ACL deny$'
    shows '192\.0\.2\.3 -> .* -  Dropped, reason 63$'
    shows '192\.0\.2\.4 -> .* -  Consumed For us$'
    run -q -n -T flows x.pcap
    shows '192\.0\.2\.2 -> .* -  status 129$'
    run -q -T flows -Y 'forwardingStatus == dropped' x.pcap
    shows_lines 3
}

perform each_key_is_in_the_manual flows_keep_large_numbers_apart flows_say_why_they_were_dropped every_line_is_an_object records_are_flat_and_say_where_they_come_from \
    messages_have_all_keys_and_everything_its_place lists_are_arrays_of_objects \
    where_something_is_not_known_its_key_is_absent \
    strings_are_json_strings csv_quotes_what_must_be_quoted \
    csv_for_a_terminal_is_harmless csv_leaves_empty_what_is_not_known csv_has_empty_values_in_their_places \
    csv_has_the_columns_asked_for \
    every_common_name_is_a_column names_are_those_of_netflow9_if_asked_for \
    big_numbers_are_strings_if_asked_for options_records_are_marked an_element_twice_is_an_array \
    flows_are_aligned flows_have_the_ends_that_routers_added_up flows_know_icmp_by_its_template \
    events_are_no_starts flows_before_1970_have_a_duration
