#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -Y: the records, Templates and Messages that an expression chooses, in every view. What expressions
# mean is tests/unit/test-filter.c's.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# A record of Template 256 with another source and other octets.
other='000a0024 6553f102 00000001 00000001 01000014 c0000202 c6336401 0000000000000064'
# Two records of it, of 1200 and of 100 octets, and 8 octets that are no padding.
both='000a003c 6553f102 00000001 00000001 0100002c c0000201 c6336401 00000000000004b0'
both="$both c0000202 c6336401 0000000000000064 c0000203 c6336401"

# Packets: 1 the Template, 2 and 3 a record each, 4 the same of NetFlow v9 with its Template, 5 of v5.
# The exporters are 192.0.2.1 and, of v9, 192.0.2.7.
make_capture ()
{
    {
        printf '%s\n' "$template" "$data" "$other"
        echo "src=192.0.2.7 $(echo "$template9" | cut -c 1-44) $(echo "$template9" | cut -c 46-)"
        echo "src=192.0.2.7 $data9"
        echo "$data5"
    } | capture x.pcap
}

# packets LIST: those that standard output has, as -T json and jsonl write them.
packets ()
{
    [ "$(sed 's/.*"packet":\([0-9]*\).*/\1/' out | tr '\n' ' ')" = "${1:+$1 }" ] ||
        fail "other packets than $1"
}

records_are_chosen ()
{
    make_capture
    run -T jsonl -Y 'octets > 1000' x.pcap
    exits 0
    says_nothing
    packets '2 5 6'
    run -T jsonl -Y 'src == 192.0.2.2' x.pcap
    packets 3
    run -T jsonl -Y 'nfpeek.proto == "TCP" and port == 80' x.pcap
    packets 6
}

every_view_shows_what_is_chosen ()
{
    make_capture
    for view in flows csv; do
        run -T $view -Y 'src == 192.0.2.2' x.pcap
        exits 0
        shows_lines 2
        shows '192\.0\.2\.2.*198\.51\.100\.1'
    done
    run -T messages -Y 'src == 192.0.2.2' x.pcap
    shows_lines 2
    shows '^ +3 .*1 record of 256$'
    run -T summary -Y 'src == 192.0.2.2' x.pcap
    shows '^1 Message of'
    shows '^192\.0\.2\.1:40000 +IPFIX +1 +1 +0 +1 +0 +0 '
    shows "nfpeek -T flows -Y 'src == 192.0.2.2' x.pcap"
    run -T tree -Y 'src == 192.0.2.2' x.pcap
    [ "$(grep -c ' header$' out)" -eq 1 ] || fail 'not one Message'
    shows 'sourceIPv4Address: 192\.0\.2\.2'
    run -T json -Y 'src == 192.0.2.2' x.pcap
    packets 3
}

# What goes with them stays: headers, padding; what they are beside does not.
records_keep_their_places ()
{
    run -q -V -Y 'octets == 100' -x "$template" -x "$both"
    exits 0
    shows ' 16 +44  Set 256: Data'
    shows ' 36 +16    Data Record 2: '
    shows_not 'Data Record 1:'
    shows_not '192\.0\.2\.1$'
    shows ' 52 +8    \[note\] .*set-padding'
    shows ' 52 +8    Padding'
    run -q -T json -Y 'octets == 1200' -x "$template" -x "$both"
    shows_lines 1
    shows '"records":\[\{"offset":20,"length":16,[^]]*\]\}\],"padding":8\}\]'
}

# Nobody is told what is wrong with what is not shown.
findings_are_those_of_what_is_shown ()
{
    printf '%s\n' "$template" "$both" | capture x.pcap
    run --fail-on=note -T jsonl -Y 'octets == 7' x.pcap
    exits 0
    says_nothing
    shows_nothing
    run --fail-on=note -T jsonl -Y 'octets == 100' x.pcap
    exits 1
    says set-padding
    shows_lines 1
}

findings_go_with_their_record ()
{
    # a flow of 192.0.2.1 that ended hours before it was exported, one of 192.0.2.2 that ended after
    {
        printf '000a0034 6553f102 00000000 00000001 00020010 01000002 00080004 00970004 '
        echo '01000014 c0000201 6553c000 c0000202 6553ff00'
    } | capture x.pcap
    run -T json -Y 'src == 192.0.2.1' x.pcap
    shows '"findings":\[\{"code":"flow-time-past","severity":"note","offset":40,"length":4,[^{]*\]'
    run --fail-on=note -T jsonl -Y 'src == 192.0.2.1' x.pcap
    exits 1
    says ': octet 40: note: the flow ended 3 hours '
    says_not flow-time-future
    run --fail-on=warning -T jsonl -Y 'src == 192.0.2.2' x.pcap
    exits 1
    says ': octet 48: warning: the flow ends .*flow-time-future'
    says_not flow-time-past
}

envelopes_decide_messages_and_templates ()
{
    make_capture
    run -T json -Y 'exporter == 192.0.2.7' x.pcap
    exits 0
    packets '4 5'
    run -T json -Y 'version == 10' x.pcap
    packets '1 2 3'
    run -T json -Y 'template == 256' x.pcap
    packets '1 2 3 4 5'
    shows '"templates":\[\{"id":256'
    run -T messages -Y 'exporter == 192.0.2.1 and template == 256' x.pcap
    shows ' 1 Template \(256\)$'
    [ "$(grep -c 'IPFIX' out)" -eq 3 ] && [ "$(grep -c 'NetFlow' out)" -eq 0 ] || fail 'others'
    run -T json -Y 'template == v5' x.pcap
    packets 6
    run -T json -Y 'packet in {1, 4..5} && not kind == options' x.pcap
    packets '1 4 5'
    run -T jsonl -Y 'template == 256 and octets > 1000' x.pcap
    packets '2 5'
    run -T json -Y 'octets' x.pcap
    packets '2 3 5 6'
}

# A Template is chosen among those of its Set.
templates_are_chosen_one_by_one ()
{
    two='000a002c 6553f100 00000000 00000001 0002001c 01000001 00080004 01010003 000c0004 00010008 00020008'
    run -q -T json -Y 'template == 257' -x "$two"
    shows '"templates":\[\{"id":257,"offset":28,'
    shows_not '"id":256'
    run -q -T messages -Y 'template == 257' -x "$two"
    shows '1 Template \(257\)$'
}

what_is_no_message_is_chosen_by_its_exporter ()
{
    printf '%s\n' 0000000500000001 "$data5" | capture x.pcap
    run -q -T json -Y 'exporter == 192.0.2.1' x.pcap
    exits 1
    packets '1 2'
    run -q -T json -Y 'version == 5' x.pcap
    exits 0
    packets 2
    run -q -T json -Y 'octets' x.pcap
    packets 2
    printf '%s\n' "fragment=16 without=3 $data" "$data5" | capture x.pcap
    run -q --fail-on=warning -T json -Y 'not version == 5' x.pcap
    exits 1
    shows fragment-incomplete
    shows_lines 1
}

nothing_chosen_is_no_failure ()
{
    make_capture
    for view in messages tree json jsonl; do
        run -T $view -Y 'octets > 1000000' x.pcap
        exits 0
        says_nothing
        shows_nothing
    done
    run -Y 'octets > 1000000' x.pcap
    exits 0
    shows 'nothing for which -Y holds'
    printf '%s\n' 'dport=53 0001010000010000' | capture dns.pcap
    run -T json -Y 'octets > 1000000' dns.pcap
    exits 2
}

c_counts_what_is_shown ()
{
    make_capture
    run -T json -c 2 -Y 'octets > 1000' x.pcap
    exits 0
    packets '2 5'
    {
        echo "$data"
        echo "$other"
        echo "$template"
    } | capture y.pcap
    run -T jsonl -c 1 -Y 'octets == 100' y.pcap
    packets 2
}

data_without_a_template_is_not_judged ()
{
    printf '%s\n' "$data" "$data9" | capture x.pcap
    run -T json -Y 'octets > 5' x.pcap
    exits 0
    shows_nothing
    says '^nfpeek: -Y: 2 Data Sets without a Template: what it says of their records is not known$'
    run -T json -Y 'template == 256 and version == 9' x.pcap
    exits 1
    packets 2
    shows template-missing
    says_nothing
    run -T json -Y 'template == 257' x.pcap
    exits 0
    shows_nothing
    says_nothing
}

# The Template comes in packet 3.
what_was_held_is_judged_when_it_can_be ()
{
    printf '%s\n' "$data" "$other" "$template" "$data" | capture x.pcap
    through_pipe -T jsonl -Y 'octets > 1000' -
    exits 0
    packets '1 4'
    shows '"packet":1,.*"held":true'
    says_not 'without a Template'
    through_pipe -T summary -Y 'octets > 1000' -
    shows '^192\.0\.2\.1:40000 +IPFIX +1 +2 +0 +2 +0 +0 '
    through_pipe -T summary -
    shows '^192\.0\.2\.1:40000 +IPFIX +1 +4 +1 +3 +0 +0 '
    through_pipe -T summary -Y 'template == 256' -
    shows '^192\.0\.2\.1:40000 +IPFIX +1 +4 +1 +3 +0 +0 '
    through_pipe -T summary -Y 'kind == flow' -
    shows '^192\.0\.2\.1:40000 +IPFIX +1 +4 +1 +3 +0 +0 '
    through_pipe -T jsonl -c 1 -Y 'octets == 100' -
    packets 2
    through_pipe -T jsonl -Y 'packet == 2' -
    packets 2
    shows '"held":true'
}

what_never_gets_its_template_is_told_once ()
{
    printf '%s\n' "$data" | capture x.pcap
    through_pipe -T jsonl -Y 'octets > 1000' -
    exits 0
    says '-Y: 1 Data Set without a Template'
    says_not template-missing
    through_pipe -T jsonl -Y 'template == 256' -
    exits 1
    says 'waited for a Template that never came'
    through_pipe -T jsonl -Y 'template == 257' -
    exits 0
    says_nothing
}

# A Template is learnt from Messages that are not shown.
templates_are_learnt_from_all_messages ()
{
    make_capture
    run -T jsonl -Y 'packet == 3' x.pcap
    exits 0
    packets 3
    shows '"octetDeltaCount":100'
    through_pipe -T jsonl -Y 'packet == 3' -
    packets 3
    shows '"octetDeltaCount":100'
}

mistakes_are_shown_with_their_place ()
{
    run -T jsonl -Y 'src = 10.0.0.1' -x "$data"
    exits 2
    shows_nothing
    printf '%s\n' "nfpeek: -Y: column 5: '=' has no meaning here: equality is ==" \
        '  src = 10.0.0.1' '      ^' >expected
    cmp -s err expected || fail 'said otherwise'
    run -Y 'ip.src == 10.0.0.1 and tcp.port == 443 and ip.len > 100' -x "$data"
    says '^  ip\.src == 10\.0\.0\.1 and tcp\.port == 443 and ip\.len > 100$'
    run -T jsonl -Y 'octets > 5 and srcc == 10.0.0.1' -x "$data"
    exits 2
    says "column 16: no element or key is called 'srcc'; did you mean src"
    run -Y '' -x "$data"
    exits 2
    says 'column 1: '
    run -Y 'src == 10.0.0.1
and' -x "$data"
    exits 2
    says '^  src == 10\.0\.0\.1\\nand$'
    says '^                      \^$'
    run -Y "interfaceName == \"$(printf '\303\274\033')\" and $" -x "$data"
    exits 2
    says 'column 27: '
    says '^  interfaceName == "ü\\x1b" and \$$'
    says '^ {31}\^$'
    run -Y "interfaceName == \"$(printf '\344\270\255')\" and $" -x "$data" # of two columns
    says '^ {28}\^$'
    run -Y "$("$PERL" -e 'print "src or " x 50, "sr", " or src" x 50')" -x "$data"
    exits 2
    says '^  \.{3}.{60}sr( or src){5} or\.{3}$'
    says '^ {65}\^$'
    run -Y 'ip.src == 192.0.2.10' -x "$data"
    says '^  ip\.src == 192\.0\.2\.10$'
    says '^  \^$'
}

hostile_expressions_are_survived ()
{
    for expression in '"(" x 10000' '"!" x 100000 . "src"' '"src" . " or src" x 10000' \
        '"port in {" . join (",", 1 .. 20000) . "}"' '"interfaceName ~ \"(((a+)+)+)+\$\""' \
        '"interfaceName matches \"" . "(" x 10000 . "\""' '"a" x 100000' '"\xff" x 1000' \
        '"src == " . "\"" . "\\" x 999'; do
        "$PERL" -e "print $expression" >expression
        run -q -T jsonl -Y "$(cat expression)" -x "$template" -x "$data"
        [ "$status" -eq 0 ] || [ "$status" -eq 2 ] || fail "exit status $status: $expression"
    done
}

# More Templates than are remembered at once: each with one record, whose octets are its number.
many_templates_are_no_trouble ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        for my $i (1 .. 10000) {
            print message (pack ("n*", 2, 16, 256 + $i, 2, 1, 4, $i, 1) . pack ("nnNC", 256 + $i, 9, $i, 0));
        }' >x.dat
    run -q -T jsonl -Y 'octets in {7, 4095..4098, 9999} and not octets == 4096' x.dat
    exits 0
    [ "$(sed 's/.*"octetDeltaCount":\([0-9]*\).*/\1/' out | tr '\n' ' ')" = '7 4095 4097 4098 9999 ' ] ||
        fail 'other records'
}

# 0.1 in four octets is the float next to it; what is shown as 0.1 is 0.1 for -Y, too.
floats_are_what_is_shown ()
{
    {
        echo '000a0028 6553f100 00000000 00000001 00020018 01000001 01400004 01010001 01400008'
        echo '000a0024 6553f100 00000000 00000001 01000008 3dcccccd 0101000c 3fb999999999999a'
    } >x.hex
    for expression in '== 0.1' '<= 0.1' '>= 0.1' 'in {0.05..0.1}' 'in {0.1, 7}' '< 1e300'; do
        run -q -T csv -e absoluteError -Y "absoluteError $expression" x.hex
        exits 0
        [ "$(tr '\n' ' ' <out)" = 'absoluteError 0.1 0.1 ' ] || fail "not both are $expression"
    done
    for expression in '!= 0.1' '< 0.1' '> 0.1' 'in {0.2..7}' '== 0.10001' '> 1e300' '== 1e300'; do
        run -q -T jsonl -Y "absoluteError $expression" x.hex
        shows_nothing
    done
}

# Names of the user's own, and numbers of elements that nobody knows.
elements_of_the_user_are_names ()
{
    printf 'id,name,type\n1,packetColour,unsigned16\n' >pen-32473.csv
    golden=$NFPEEK_SOURCE/tests/golden/odd-element-unknown.hex
    run -q -T jsonl -Y '32473/1 == 12:34' "$golden"
    shows_lines 1
    run -q -T jsonl --elements pen-32473.csv -Y '32473.packetColour == 0x1234' "$golden"
    shows_lines 1
    run -q -T jsonl --elements pen-32473.csv -Y '32473.packetColour == 0x1235' "$golden"
    shows_nothing
}

# Templates for both versions of IP leave the addresses of the other one zero. 0.0.0.0 asks 255.255.255.255
# for an address, :: tells ff02::16 what it listens to, and the third record has nothing but its version.
zeros_are_of_the_version_of_the_flow ()
{
    zeros=00000000000000000000000000000000
    message="000a 00fd 6553f100 00000000 00000001
        0002 002c 0100 0009 003c 0001 0008 0004 000c 0004 001b 0010 001c 0010 000f 0004 003e 0010 0004 0001 0001 0001
        0100 00c1
        00 00000000 ffffffff $zeros $zeros 00000000 $zeros 11 01
        00 00000000 00000000 $zeros ff020000000000000000000000000016 00000000 $zeros 3a 02
        06 00000000 00000000 $zeros $zeros 00000000 $zeros 3a 03"
    run -q -T csv -e src,dst,next_hop,octets -x "$message"
    shows '^0\.0\.0\.0,255\.255\.255\.255,0\.0\.0\.0,1$'
    shows '^::,ff02::16,::,2$'
    shows '^::,::,::,3$'
    run -q -T flows -x "$message"
    shows ' :: -> ff02::16 '
    run -q -T csv -e octets -Y 'src == ::' -x "$message"
    shows_lines 3
}

perform records_are_chosen every_view_shows_what_is_chosen records_keep_their_places \
    findings_are_those_of_what_is_shown findings_go_with_their_record envelopes_decide_messages_and_templates \
    templates_are_chosen_one_by_one what_is_no_message_is_chosen_by_its_exporter \
    nothing_chosen_is_no_failure c_counts_what_is_shown data_without_a_template_is_not_judged \
    what_was_held_is_judged_when_it_can_be what_never_gets_its_template_is_told_once \
    templates_are_learnt_from_all_messages mistakes_are_shown_with_their_place \
    hostile_expressions_are_survived many_templates_are_no_trouble floats_are_what_is_shown \
    elements_of_the_user_are_names zeros_are_of_the_version_of_the_flow
