#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --anonymize: who it is about is gone, all else is as before.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

golden=$NFPEEK_SOURCE/tests/golden
corpus=${NFPEEK_CORPUS-$NFPEEK_SOURCE/../shared/corpus}

# An options Template of an interface's number (scope), name, MAC address (56), and exporter (130);
# Template 256 with source, destination, next hop, source MAC address, interface, an unknown element
# and an IPv6 source; Template 258, in which a MAC address is followed by a prefix and its length.
options_template='000a 002c 6553f100 00000000 00000001
    0003 001c 0101 0004 0001 000a 0004 0052 0010 0038 0006 0082 0004 0000'
options='000a 0032 6553f100 00000000 00000001
    0101 0022 00000007 5465726162697445746865726e657400 001b213c9df8 c633645b'
flow_template='000a 0038 6553f100 00000001 00000001
    0002 0028 0100 0007 0008 0004 000c 0004 000f 0004 0038 0006 000a 0004 8001 0008 00007ed9 001b 0010'
flow="000a 0042 6553f100 00000001 00000001
    0100 0032 c633645b c6336463 00000000 001b213c9df8 00000007 7365637265742121
    20010db8a1b2c3d41122334455667788"

make_capture ()
{
    for message in "$options_template" "$options" "$flow_template" "$flow"; do
        printf 'src=198.51.100.91 %s\n' "$(echo "$message" | tr -d ' \n')"
    done | capture x.pcap
}

# samples: the files that all of a kind is tried on.
samples ()
{
    ls "$golden"/*.hex "$NFPEEK_SOURCE"/samples/*.pcap "$NFPEEK_SOURCE"/samples/*.gz
    [ ! -d "$corpus" ] || ls "$corpus"/*.pcap
}

# lacks FILE HEX...: none of these octets is in the file.
lacks ()
{
    "$PERL" -e 'my $name = shift; open my $file, "<:raw", $name or die; local $/; my $all = <$file>;
        for (@ARGV) { exit 1 if index ($all, pack ("H*", $_)) >= 0 }' -- "$@" ||
        fail "$1 has octets that should be gone"
}

# without_sums: checksums are those of other octets.
without_sums ()
{
    sed -E '/checksum/s/0x[0-9a-f]{4}/0x/g'
}

# structure: what the last run shows, without any value.
structure ()
{
    grep -oE '"(offset|length|id|pen|code|severity|text|sequence|port|domain|padding|template|packet|late)":("[^"]*"|[0-9]+|true)' out |
        without_sums
}

every_sample_has_the_same_structure_and_findings ()
{
    n=0
    for sample in $(samples); do
        n=$((n + 1))
        run -q -T json "$sample"
        structure >expected
        before=$status
        run -q --anonymize -T json "$sample"
        exits "$before"
        structure | cmp -s expected - || fail "${sample##*/} is another one"
    done
    [ "$n" -gt 180 ] || fail "only $n samples"
}

# found FILE: all findings with their places in Messages, whichever these are.
found ()
{
    run -q -T json "$1"
    grep -oE '"code":"[^"]*","severity":"[^"]*"(,"offset":[0-9]+,"length":[0-9]+)?,"text":"[^"]*"' out |
        without_sums | sort
}

every_sample_is_written_with_the_same_findings ()
{
    for sample in $(samples); do
        run -q -o /dev/null -w plain.pcap "$sample"
        run -q -o /dev/null --anonymize -w other.pcap "$sample"
        found plain.pcap >expected
        found other.pcap | cmp -s expected - || fail "${sample##*/} has other findings"
    done
}

# Of a datagram that did not arrive the quote says who sent it what.
errors_of_icmp_are_about_others ()
{
    {
        printf 'src=198.51.100.91 %s\n' "$(echo "$flow_template" | tr -d ' \n')"
        printf 'src=198.51.100.91 icmp=3,3 %s\n' "$(echo "$flow" | tr -d ' \n')"
    } | capture x.pcap
    run -q --anonymize -w y.pcap -T findings x.pcap
    shows 'collector-unreachable'
    shows_not '198\.51\.100\.91'
    lacks y.pcap c633645b c6336463
    run -q -T findings y.pcap
    shows 'collector-unreachable'
}

# The letter counts them, for each exporter.
the_letter_is_the_same ()
{
    for sample in "$NFPEEK_SOURCE"/samples/*.pcap "$golden"/odd-*.hex; do
        run -q -T findings --json "$sample"
        grep -oE '"(code|count|first|last|verdict)":("[^"]*"|[0-9]+)' out | sort >expected
        run -q --anonymize -T findings --json "$sample"
        grep -oE '"(code|count|first|last|verdict)":("[^"]*"|[0-9]+)' out | sort |
            cmp -s expected - || fail "${sample##*/} has another letter"
    done
}

no_value_of_any_sample_is_left ()
{
    for sample in $(samples); do
        run -q -n -T json "$sample"
        mv out before
        run -q -n --anonymize -T json "$sample"
        "$PERL" "$NFPEEK_SOURCE/tests/command/anonymize.pl" before out >problems 2>&1 ||
            fail "${sample##*/}: $(head -n 3 problems)"
    done
}

no_octet_is_left_in_a_capture ()
{
    make_capture
    run -q -o /dev/null --anonymize -w y.pcap x.pcap
    exits 0
    lacks y.pcap c633645b c6336463 5465726162 001b213c9df8 736563726574 a1b2c3d4 1122334455667788
    run -q -T json y.pcap
    shows '"id":1,"name":"[^"]*","offset":[0-9]+,"length":8,"value":"0000000000000000"'
    # a Data Set without a Template, one that is cut, padding, what is behind the Message's end
    echo '000a 0030 6553f100 00000000 00000001 0200 0020 c633645b 736563726574 001b213c9df8 010203040506' \
        '00000000 0000' | tr -d ' ' >octets
    {
        cat octets
        echo '000a002a 6553f100 00000000 00000001 0002 000c 0100 0001 0008 0004' \
            '0100 000e c633645b 736563 000000 736563726574'
        echo '000a001a 6553f100 00000000 00000001 0100 000a c633645b 7365'
        echo '0007 736563726574 c633645b'
        echo '0009 0001 00000001 6553f100 00000001 00000001 736563726574c633645b'
        echo '0009 0001 00000001 6553f100 00000001 00000001 00000002 736563726574c633645b'
    } | capture x.pcap
    found x.pcap >expected
    run -q -o /dev/null --anonymize -w y.pcap x.pcap
    lacks y.pcap c633645b 736563726574 001b213c9df8 010203040506
    found y.pcap | cmp -s expected - || fail 'other findings'
    run -q -o /dev/null --anonymize -w y.pcap "$golden/good-ipfix-sections.hex"
    lacks y.pcap c0000201 c6336402 4500003c
}

# value NAME [N]: the Nth value of the field in the last run, which shows JSON lines.
value ()
{
    grep -oE "\"$1\":(\"[^\"]*\"|[0-9]+)" out | sed -n "${2:-1}p" | sed 's/^[^:]*://; s/"//g'
}

the_same_stays_the_same ()
{
    make_capture
    run -q --anonymize -T jsonl x.pcap
    exporter=$(value exporter)
    [ "$exporter" != 198.51.100.91 ] || fail 'the exporter has its address'
    [ "$(value exporter 2)" = "$exporter" ] || fail 'the exporter has two addresses'
    [ "$(value exporterIPv4Address)" = "$exporter" ] || fail 'options data has another exporter'
    [ "$(value sourceIPv4Address)" = "$exporter" ] || fail 'a record has another exporter'
    [ "$(value sourceMacAddress)" = "$(value sourceMacAddress 2)" ] || fail 'a MAC address differs'
    [ "$(value interfaceName)" = "$(value ingress_interface_name)" ] || fail 'a name differs'
    value interfaceName | grep -qE '^[a-z]{15}$' || fail 'no name of fifteen letters'
    [ "$(value ipNextHopIPv4Address)" = 0.0.0.0 ] || fail '0.0.0.0 is something else'
    shows '"octet|"ingressInterface":7'
    # 91 and 99 have 26 bits in common: 010110.. and 011000.., so two of the last octet
    source=$(value sourceIPv4Address) destination=$(value destinationIPv4Address)
    [ "${source%.*}" = "${destination%.*}" ] || fail "$source and $destination are not near"
    [ $((${source##*.} / 64)) -eq $((${destination##*.} / 64)) ] || fail 'too far from each other'
    [ $((${source##*.} / 32)) -ne $((${destination##*.} / 32)) ] || fail 'too near to each other'
}

each_run_is_another_one ()
{
    make_capture
    run -q --anonymize -T jsonl x.pcap
    cp out first
    run -q --anonymize -T jsonl x.pcap
    ! cmp -s first out || fail 'two runs are the same'
}

# Prefixes stay prefixes, and near the addresses in them.
a_prefix_stays_one ()
{
    {
        echo '000a 0028 6553f100 00000000 00000001' \
            '0002 0018 0100 0004 0008 0004 002c 0004 0009 0001 00a9 0010'
        echo '000a 002d 6553f100 00000000 00000001' \
            '0100 001d c633645b c6336400 18 20010db8a1b200000000000000000000'
    } | capture x.pcap
    run -q --anonymize -T jsonl x.pcap
    source=$(value sourceIPv4Address)
    [ "$(value sourceIPv4Prefix)" = "${source%.*}.0" ] || fail 'it is no prefix of the address'
    shows '"sourceIPv4PrefixLength":24'
}

text_that_is_wrong_stays_wrong ()
{
    for sample in odd-value-encoding odd-value-encoding-netflow9; do
        run -q --anonymize -o /dev/null -w y.pcap "$golden/$sample.hex"
        run -q -T findings y.pcap
        shows value-encoding
    done
}

# What -Y says is about what came.
expressions_are_about_what_came ()
{
    make_capture
    for expression in 'src == 198.51.100.91' 'exporter == 198.51.100.91 and dst in {198.51.100.96/28}' \
        'sourceMacAddress == 00:1b:21:3c:9d:f8' 'in_if_name == "TerabitEthernet"'; do
        run -q --anonymize -T jsonl -Y "$expression" x.pcap
        grep -q '"sourceIPv4Address"' out || fail "nothing for $expression"
        shows_not '198\.51\.100|Terabit|21:3c:9d:f8'
    done
    run -q --anonymize -T jsonl -Y 'interfaceName == "TerabitEthernet"' x.pcap
    shows_lines 1
    run -q --anonymize -T jsonl -Y 'src == 198.51.100.92' x.pcap
    shows_nothing
    # what is said of a whole exporter, in the end
    printf 'src=198.51.100.91 %s\n' "$template" "$template" | capture x.pcap
    run -q --anonymize -T findings -Y 'exporter == 198.51.100.91' x.pcap
    shows 'export-no-data|no data'
    run -q --anonymize -T findings -Y 'exporter == 198.51.100.92' x.pcap
    shows_not 'export-no-data|no data'
}

every_view_has_other_addresses ()
{
    make_capture
    for view in summary findings templates stats messages tree flows json jsonl csv hex; do
        run --anonymize -T $view x.pcap
        [ -s out ] || fail "$view shows nothing"
        shows_not '198\.51\.100\.9|Terabit|00:1b:21|c633 ?645b|001b ?213c'
        says_not '198\.51\.100\.9|Terabit|00:1b:21'
    done
    run --anonymize --sum octetDeltaCount,src x.pcap
    shows_not '198\.51\.100'
    run -q --anonymize -T templates --diff x.pcap x.pcap
    shows_not '198\.51\.100|gone|new'
}

# A pipe is read once: what is not known yet is zero in the capture, and shown later.
what_is_held_is_rewritten ()
{
    printf 'src=198.51.100.91 %s\n' "$(echo "$flow" | tr -d ' \n')" \
        "$(echo "$flow_template" | tr -d ' \n')" | capture x.pcap
    through_pipe -q --anonymize -T jsonl -w y.pcap -
    shows '"held":true.*"ingressInterface":0' # no times tell that the late Template was meant
    shows_not '198\.51\.100'
    lacks y.pcap c633645b 736563726574 001b213c9df8
    run -q -T jsonl y.pcap
    shows '"sourceIPv4Address":"0\.0\.0\.0"'
    run -q --anonymize -T jsonl -w y.pcap x.pcap
    run -q -T jsonl y.pcap
    shows_not '"sourceIPv4Address":"0\.0\.0\.0"'
    # and -Y is about what came, also of what was held
    through_pipe -q --anonymize -T jsonl -Y 'src == 198.51.100.91' -
    shows_lines 1
}

# What --evidence writes shows the same, of others.
evidence_is_rewritten ()
{
    for sample in "$golden"/bad-*.hex "$NFPEEK_SOURCE"/samples/*.pcap; do
        run -q -o /dev/null --evidence plain.pcap "$sample"
        run -q -o /dev/null --anonymize --evidence other.pcap "$sample"
        found plain.pcap >expected
        found other.pcap | cmp -s expected - || fail "${sample##*/} has other findings"
    done
    make_capture
    run -q -o /dev/null --anonymize --evidence y.pcap -Y 'exporter == 198.51.100.91' x.pcap
    lacks y.pcap c633645b c6336463 5465726162 001b213c9df8 736563726574
    found y.pcap | grep -q element-unknown || fail 'the finding is not in the evidence'
    through_pipe -q -o /dev/null --anonymize --evidence y.pcap -
    lacks y.pcap c633645b c6336463 5465726162 001b213c9df8 736563726574
    found y.pcap | grep -q element-unknown || fail 'the finding of a pipe is not in the evidence'
}

# Two exporters behind one address give 256 a Template each, and so does one that changes it while
# nobody listens: whichever a record is read by, what is an address by the other is gone, too.
addresses_read_by_another_template_are_gone ()
{
    counters_first='000a 0024 6553f100 00000000 00000001 0002 0014 0100 0003 0001 0004 0008 0004 0002 0004'
    addresses_first='000a 0024 6553f100 00000000 00000001 0002 0014 0100 0003 0008 0004 0001 0004 0002 0004'
    longer='000a 002c 6553f100 00000000 00000001
        0002 001c 0100 0005 0002 0004 0008 0004 000c 0004 0001 0004 001b 0010'
    of_counters='000a 0020 6553f100 00000000 00000001 0100 0010 000004b0 c633645b 00000003'
    of_addresses='000a 0020 6553f100 00000000 00000001 0100 0010 c6336463 000004b0 00000003'
    of_longer='000a 0034 6553f100 00000000 00000001 0100 0024
        00000005 c633645b c6336463 000004b0 20010db8a1b2c3d41122334455667788'
    for order in "$counters_first|$addresses_first|$of_counters|$of_addresses|$counters_first|$of_addresses" \
        "$longer|$of_longer|$of_addresses|$addresses_first|$of_longer|$of_addresses" \
        "$of_longer|$counters_first|$of_longer|$of_counters|$longer"; do
        echo "$order" | tr -d ' \n' | tr '|' '\n' | sed 's/^/src=192.0.2.7 /' | capture x.pcap
        run -q --anonymize -T jsonl -w y.pcap x.pcap
        shows_not '198\.51\.100\.9'
        lacks y.pcap c633645b c6336463 20010db8a1b2c3d41122334455667788
    done
    # a pipe has only what came before
    printf '%s\n' "$counters_first" "$addresses_first" "$of_counters" "$of_addresses" |
        tr -d ' ' | sed 's/^/src=192.0.2.7 /' | capture x.pcap
    through_pipe -q --anonymize -T jsonl -w y.pcap -
    lacks y.pcap c633645b c6336463
    # of Sets that no other Template fits, all values stay
    printf '%s\n' "$(echo "$longer" | tr -d ' \n')" "$counters_first" "$of_counters" |
        tr -d ' ' | sed 's/^/src=192.0.2.7 /' | capture x.pcap
    run -q --anonymize -T jsonl x.pcap
    shows '"octetDeltaCount":1200,.*"packetDeltaCount":3'
}

# A Template that came later or from another port may be another one than was meant: but for Sets whose
# times tell that it was, no value stays.
values_read_by_a_template_of_another_time_or_session_are_gone ()
{
    addresses_first='000a 0028 6553f100 00000000 00000001
        0002 0018 0100 0004 0008 0004 000c 0004 0001 0004 0002 0004'
    of_counters='000a 0024 6553f100 00000000 00000001 0100 0014 000004b0 00000003 c633645b c6336463'
    of_few_packets='000a 0024 6553f100 00000000 00000001 0100 0014 000004b0 00000003 c6336463 c633645b'
    timed='000a 002c 6553f100 00000000 00000001
        0002 001c 0100 0005 0008 0004 000c 0004 0001 0004 0098 0008 0099 0008'
    of_timed='000a 0030 6553f100 00000000 00000001
        0100 0020 c633645b c6336463 000004b0 0000018bcfe540f0 0000018bcfe56418'
    for order in "$of_counters|$of_few_packets|$addresses_first" \
        "sport=40001 $addresses_first|$of_counters|$of_few_packets" \
        "$of_counters|$of_few_packets|sport=40001 $addresses_first"; do
        echo "$order" | tr -d '\n' | tr '|' '\n' | capture x.pcap
        run -q -T jsonl x.pcap
        shows '"octetDeltaCount":3325256795'
        run -q --anonymize -T jsonl -w y.pcap x.pcap
        shows '"octetDeltaCount":0,"packetDeltaCount":0'
        lacks y.pcap c633645b c6336463
    done
    for order in "$of_timed|$timed" "sport=40001 $timed|$of_timed"; do
        echo "$order" | tr -d '\n' | tr '|' '\n' | capture x.pcap
        run -q --anonymize -T jsonl -w y.pcap x.pcap
        shows '"octetDeltaCount":1200,"flowStartMilliseconds":"2023-11-14T22:13:10'
        lacks y.pcap c633645b c6336463
    done
}

# What is in the place of a Template and is none is not understood; neither was the MAC address that
# a community of EVPN has.
what_is_no_template_becomes_zero ()
{
    for set in '0002 0014 0101 0063 c633645b 7365637265742121' '0002 0014 0011 0003 c633645b 7365637265742121' \
        '0003 0016 0101 0063 0001 c633645b 7365637265742121'; do
        set=$(echo "$set" | tr -d ' ')
        printf '000a%04x6553f1000000000000000001%s\n' $((16 + ${#set} / 2)) "$set" | capture x.pcap
        run -q -T json x.pcap
        structure >expected
        run -q --anonymize -T json -w y.pcap x.pcap
        structure | cmp -s expected - || fail "$set has another structure"
        lacks y.pcap c633645b 736563726574
    done
    printf '%s\n' '000a00246553f1000000000000000001 0002 0010 0100 0002 01e6 0008 0001 0004' \
        '000a00206553f1000000000000000001 0100 0010 0602001b213c9df8 000004b0' \
        '000a00206553f1000000000000000001 0100 0010 0603001b213c9df8 000004b0' | tr -d ' ' | capture x.pcap
    run -q --anonymize -T jsonl -w y.pcap x.pcap
    lacks y.pcap 001b213c9df8
    shows '"octetDeltaCount":1200'
}

it_says_what_was_done ()
{
    make_capture
    run --anonymize -T jsonl x.pcap
    says 'rewritten: 4 datagrams with other addresses, in records IPv4 addresses: 4, IPv6 addresses: 1, MAC addresses: 2, strings: 1, octets made zero: 8$'
    says '^nfpeek: kept: names of files, times of arrival, ports,'
    says '^nfpeek: kept in records: ingressInterface$'
    run -q --anonymize -T jsonl x.pcap
    says_nothing
    run --anonymize -T jsonl "$golden/good-ipfix-types-learnt.hex"
    says 'kept in records: .*informationElementName'
    shows '"32473\.tunnelOctets":1200'
}

# Numbers that tell who or where somebody is are known by a word in the registry.
numbers_of_people_become_zero ()
{
    {
        echo '000a 0028 6553f100 00000000 00000001 0002 0018 0100 0002 806f 0008 0000027d 0001 0008'
        echo '000a 0024 6553f100 00000000 00000001 0100 0014 0000ef1234567890 00000000000004b0'
    } | capture x.pcap
    run -q -T jsonl x.pcap
    shows '"nokia\.imsi":'
    run -q --anonymize -T jsonl x.pcap
    shows '"nokia\.imsi":0,"octetDeltaCount":1200'
    # GTP's version 0 has the IMSI in its tunnel's number; a cell is a place; users have numbers, too.
    {
        echo '000a 0040 6553f100 00000000 00000001 0002 0030 0100 0005 8143 0008 00008b30' \
            '811a 0004 00008b30 8076 0004 0000027d 81a9 0004 00008b30 0001 0008'
        echo '000a 0030 6553f100 00000000 00000001 0100 0020 6202150000000001 00012345 00054321 000003e9' \
            '00000000000004b0'
    } | capture x.pcap
    run -q --anonymize -T jsonl x.pcap
    shows '"ntop\.GTPV0_TID":0,"ntop\.GTPV2_ULI_CELL_ID":0,"nokia\.cellId":0,"ntop\.SRC_PROC_UID":0,"octetDeltaCount":1200'
}

perform every_sample_has_the_same_structure_and_findings \
    every_sample_is_written_with_the_same_findings errors_of_icmp_are_about_others the_letter_is_the_same \
    no_value_of_any_sample_is_left no_octet_is_left_in_a_capture the_same_stays_the_same \
    each_run_is_another_one a_prefix_stays_one text_that_is_wrong_stays_wrong \
    expressions_are_about_what_came every_view_has_other_addresses what_is_held_is_rewritten \
    evidence_is_rewritten addresses_read_by_another_template_are_gone \
    values_read_by_a_template_of_another_time_or_session_are_gone what_is_no_template_becomes_zero \
    it_says_what_was_done numbers_of_people_become_zero
