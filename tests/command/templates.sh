#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -T templates: each exporter's Templates over time.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# `template` with the export time and the sequence number in $1, and the fields in $2.
template_at ()
{
    # shellcheck disable=SC2086 # words
    set -- "$1" $2
    at=$1
    shift
    n=$(($# / 2))
    printf '000a%04x %s 00000001 0002%04x 0100%04x' $((24 + 4 * n)) "$at" $((8 + 4 * n)) "$n"
    printf ' %s' "$@"
    echo
}

# Two announcements of one Template, a minute apart, with data between; then it changes.
make_changing ()
{
    {
        echo "time=1700000000 $(template_at '6553f100 00000000' '0008 0004 000c 0004 0001 0008')"
        echo "time=1700000010 $data"
        echo "time=1700000060 $(template_at '6553f13c 00000001' '0008 0004 000c 0004 0001 0008')"
        echo "time=1700000070 000a0024 6553f146 00000001 00000001 01000014 c0000201 c6336401 \
            00000000000004b0"
        echo "time=1700000120 $(template_at '6553f178 00000002' '0008 0004 0001 0008 0002 0004')"
    } | capture x.pcap
}

templates_are_shown_with_what_became_of_them ()
{
    make_changing
    run -T templates x.pcap
    exits 0
    cat >expected <<'END'
192.0.2.1:40000 IPFIX domain 1: 5 Messages in 00:02:00.000, 1 Template

  Template 256: 3 fields, records of 16 octets
    announced  3 times, packet 1 to packet 5, every 00:01:00.000
    data       2 records in 2 Sets, packet 2 to packet 4
    has        src addr octets packets
    lacks      dst start end in_if out_if
    changed    behind packet 3
      - destinationIPv4Address    12  ipv4Address           4 octets
      + packetDeltaCount           2  unsigned64            4 octets
    offset  field
         0  sourceIPv4Address     8  ipv4Address           4 octets
         4  octetDeltaCount       1  unsigned64            8 octets
        12  packetDeltaCount      2  unsigned64            4 octets
END
    diff -u expected out >diff || fail "differs: $(cat diff)"
    says 'packet 5: octet 20: note: Template 256 has other fields .*\[template-changed'
}

# What came before the first ones that are kept is not told field by field.
many_changes_are_counted ()
{
    for length in 1 2 3 4 5 6 7 8 1 2 3 4 5 6 7 8 1 2 3 4; do
        template_at '6553f100 00000000' "0001 000$length"
    done | capture x.pcap
    head -c 24 x.pcap >empty.pcap
    run -q -T templates empty.pcap x.pcap
    shows '^    announced  20 times, x\.pcap packet 1 to packet 20, '
    [ "$(grep -c '^    changed    behind x\.pcap packet' out)" -eq 15 ] || fail 'not the first fifteen changes'
    shows '^    changed    4 times more$'
    run -q -T templates -x "$template" x.pcap
    shows '^    announced  1 time, -x Message 1$'
}

data_without_a_template_is_shown ()
{
    printf 'time=1700000000 %s\n' "$data" >in.txt
    printf 'time=1700000118 %s\n' "$data" >>in.txt
    capture x.pcap <in.txt
    run -q -T templates x.pcap
    exits 1
    cat >expected <<'END'
192.0.2.1:40000 IPFIX domain 1: 2 Messages in 00:01:58.000, 0 Templates, 1 missing

  256: 2 Data Sets, 32 octets, no Template in 00:01:58.000, packet 1 to packet 2
END
    diff -u expected out >diff || fail "differs: $(cat diff)"
}

data_before_its_template_is_counted ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    run -q -T templates x.pcap
    exits 0
    shows '    data       1 record in 1 Set, packet 1; of those 1 record before the Template came'
}

# A live source shows a Set when its Template has come: it is not lost then.
held_data_is_not_lost ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    through_pipe -q -T templates -
    exits 0
    shows '    data       1 record in 1 Set, packet 1; of those 1 record before the Template came'
    shows_not 'not decodable'
    shows "IPFIX domain 1: 2 Messages, 1 Template"
}

an_expression_chooses ()
{
    {
        echo "$template"
        echo "${template%01000003*}01010003 00080004 000c0004 00010008"
        echo "$data"
    } | capture x.pcap
    run -q -T templates -Y 'exporter == 192.0.2.1 and template == 257' x.pcap
    exits 0
    shows '  Template 257: 3 fields'
    shows_not 'Template 256'
    run -q -T templates -Y 'exporter == 192.0.2.9' x.pcap
    shows 'nothing for which -Y holds'
}

# RFC 5610: what the exporter says that an element is.
described_types_are_shown ()
{
    run -q -T templates "$NFPEEK_SOURCE/tests/golden/good-ipfix-types-learnt.hex"
    exits 0
    shows 'as the exporter says'
}

templates_that_never_describe_data_are_noted ()
{
    printf '%s\n' "time=1700000000 $template" "time=1700000060 $template" | capture x.pcap
    run -T templates x.pcap
    exits 0
    shows '    data       none'
    says '^nfpeek: 192.0.2.1:40000 IPFIX domain 1: note: 1 Template in 2 Messages, but no data'
    run -c 1 -T templates x.pcap
    says_nothing
    run -T messages x.pcap
    shows_lines 3
    run -T messages --severity=export-no-data=warning x.pcap
    shows '^192.0.2.1:40000 IPFIX domain 1, in all: \[export-no-data\]$'
    run x.pcap
    shows 'note  *1  export-no-data  *1 Template in 2 Messages'
}

# 256 stays, 257 changes, 258 goes; what was 259 is 300 now, on another port.
two_captures_are_compared ()
{
    four='00020044 01000001 00080004 01010001 00010004 01020001 00020004 01030002 000c0004 00070002'
    echo "000a0038 6553f100 00000000 00000001 $(echo "$four" | sed s/0044/0028/)" | capture old.pcap
    now='00020028 01000001 00080004 01010002 00010008 00020004 012c0002 000c0004 00070002'
    echo "sport=40001 000a0034 6553f100 00000000 00000001 $(echo "$now" | sed s/0028/0024/)" |
        capture new.pcap
    run -T templates --diff old.pcap new.pcap
    exits 0
    says_nothing
    cat >expected <<'END'
192.0.2.1 IPFIX domain 1: 1 the same, 1 changed, 1 renumbered, 1 gone
  Template 257 changed
    - octetDeltaCount      1  unsigned64            4 octets
    + octetDeltaCount      1  unsigned64            8 octets
    + packetDeltaCount     2  unsigned64            4 octets
  Template 300 was 259
  Template 258 is gone
END
    diff -u expected out >diff || fail "differs: $(cat diff)"
    run -T templates --diff new.pcap old.pcap
    shows '  Template 258 is new'
    run -q -T templates --diff old.pcap old.pcap # of which there is nothing to be said but this
    exits 0
    shows '^192.0.2.1 IPFIX domain 1: 4 the same$'
    shows_lines 1
    run -T templates --diff nowhere.pcap new.pcap
    exits 2
    says '^nfpeek: --diff nowhere.pcap: No such file'
    run -T flows --diff old.pcap new.pcap
    exits 2
    says 'goes with -T templates'
}

they_are_one_json_object ()
{
    make_changing
    run -q -T templates --json x.pcap
    exits 0
    shows_lines 1
    shows '^[{]"exporters":\[[{]"version":10,"domain":1,"exporter":"192.0.2.1","port":40000,'
    shows '"messages":5,"flow_records":2,"options_records":0,"first":[{]"file":"x.pcap","packet":1,'
    shows '"templates":\[[{]"id":256,"kind":"flow","announced":3,'
    shows '"interval":60.000,"shortest_interval":60.000,"longest_interval":60.000,"changes":1,'
    shows '"sets":2,"records":2,"late_sets":0,'
    shows '[{]"pen":0,"id":2,"name":"packetDeltaCount","offset":12,"length":4,"type":"unsigned64"[}]'
    shows '"former":\[[{]"last":[{]"file":"x.pcap","packet":3,'
    "$PERL" -MJSON::PP -e 'decode_json (join "", <>)' out || fail 'no JSON'
}

# An exporter may send the same to several collectors, and over several connections.
sessions_are_told_apart ()
{
    printf '%s\n' "$template" "dst=198.51.100.7 $template" "src=192.0.2.9 $template" | capture x.pcap
    run -q -T templates x.pcap
    exits 0
    shows '^192\.0\.2\.1:40000 IPFIX domain 1 to 192\.0\.2\.9:2055: 1 Message, 1 Template$'
    shows '^192\.0\.2\.1:40000 IPFIX domain 1 to 198\.51\.100\.7:2055: 1 Message, 1 Template$'
    shows '^192\.0\.2\.9:40000 IPFIX domain 1: 1 Message, 1 Template$'
    run -q -T templates --json x.pcap
    shows '"exporter":"192.0.2.1","port":40000,"collector":"198.51.100.7","collector_port":2055,"transport":"UDP",'
    for seq in 1 900; do
        echo "flags=S seq=$seq"
        echo "seq=$((seq + 1)) $template"
        echo "flags=F seq=$((seq + 1 + $(octets "$template" | wc -c)))"
    done | capture x.pcap
    run -q -T templates x.pcap
    exits 0
    shows '^192\.0\.2\.1:40000 IPFIX domain 1 to 192\.0\.2\.9:4739 over TCP from packet 2: 1 Message, '
    shows '^192\.0\.2\.1:40000 IPFIX domain 1 to 192\.0\.2\.9:4739 over TCP from packet 5: 1 Message, '
}

perform many_changes_are_counted sessions_are_told_apart they_are_one_json_object two_captures_are_compared \
    templates_are_shown_with_what_became_of_them data_without_a_template_is_shown \
    data_before_its_template_is_counted held_data_is_not_lost an_expression_chooses \
    described_types_are_shown templates_that_never_describe_data_are_noted
