#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The same tree whatever the order in which packets are visited, from the second visit on; links between
# data and Templates; nothing remembered from one file to the next.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

# Template 256 with other fields: packets and a port, in 4 octets and 2.
template_again='000a0020 6553f102 00000001 00000001 00020010 01000002 00020004 00070002'
data_again='000a001a 6553f103 00000001 00000001 0100000a 00000005 01bb'

# Data before its Template, the Template, data, the Template once more, another one, data of that.
six_messages ()
{
    capture six.pcap <<END
$data
$template
$data
$template
$template_again
$data_again
END
}

frame ()
{
    printf '"frame":%d,"proto":true' "$1"
}

# answer N: the Nth line of the answers.
answer ()
{
    sed -n "$1p" out
}

a_data_set_names_the_frame_of_its_template ()
{
    six_messages
    finds six.pcap 2 'nfpeek.set.template == 2'
    finds six.pcap 1 'nfpeek.set.template == 5 and frame.number == 6'
    finds six.pcap 1 'frame.number == 1 and nfpeek.finding.template_late and nfpeek.octetDeltaCount == 1200'
}

a_template_names_its_uses_and_what_it_replaces ()
{
    six_messages
    finds six.pcap 1 'frame.number == 2 and nfpeek.template.first_use == 1 and nfpeek.template.last_use == 3'
    finds six.pcap 1 'frame.number == 4 and nfpeek.template.definition == 2 and nfpeek.template.last_use == 3'
    finds six.pcap 1 'frame.number == 5 and nfpeek.template.previous == 2 and nfpeek.template.first_use == 6'
    finds six.pcap 1 'frame.number == 3 and nfpeek.previous == 2'
}

# tshark gives the numbers of packets that it leaves out to those behind them.
packets_left_out_come_before_the_rest ()
{
    { echo "$template"; echo "$template" | sed 's/00080004 000c0004/000c0004 00080004/'; echo "$data"; } |
        capture left.pcap
    shark -2 -R nfpeek.octets -r left.pcap -T fields -e frame.number -e nfpeek.src -e nfpeek.finding
    [ "$(tr '\t' ' ' <out)" = '1 198.51.100.1 ' ] || fail 'other fields'
}

# The Template for one collector serves the data for another one until its own comes.
a_template_is_lent_until_the_own_one_comes ()
{
    { echo "dst=192.0.2.8 $template"; echo "dst=192.0.2.9 $data"; echo "dst=192.0.2.9 $template"; } | capture lent.pcap
    finds lent.pcap 1 'frame.number == 2 and nfpeek.set.template == 3'
    finds lent.pcap 1 'frame.number == 3 and nfpeek.template.first_use == 2'
    finds lent.pcap 0 'frame.number == 1 and nfpeek.template.first_use'
}

a_redefinition_holds_on_its_own_side_only ()
{
    six_messages
    finds six.pcap 2 'nfpeek.octetDeltaCount == 1200'
    finds six.pcap 1 'nfpeek.packetDeltaCount == 5 and nfpeek.sourceTransportPort == 443'
}

a_first_visit_knows_what_came_before ()
{
    six_messages
    shark -r six.pcap -T fields -e frame.number -Y 'nfpeek.octetDeltaCount == 1200'
    [ "$(cat out)" = 3 ] || fail 'not frame 3 alone'
    shark -r six.pcap -T fields -e frame.number -Y 'nfpeek.finding.template_missing'
    [ "$(cat out)" = 1 ] || fail 'not frame 1 alone'
}

# tshark asks for what packets depend on up to 4.2; later ones take all frames for displayed already, so
# only Wireshark's window does.
exported_packets_take_their_templates_along ()
{
    case $NFPEEK_WIRESHARK in
    4.0 | 4.2) ;;
    *)
        skip 'tshark of this version looks at no dependencies'
        return
        ;;
    esac
    six_messages
    shark -2 -r six.pcap -Y 'frame.number == 6' -w few.pcap
    [ "$status" -eq 0 ] || fail 'tshark cannot write'
    finds few.pcap 2 'nfpeek'
    finds few.pcap 1 'nfpeek.packetDeltaCount == 5'
}

visits_in_any_order_show_the_same ()
{
    need_sharkd || return
    six_messages
    load='load "file":"'$PWD'/six.pcap"'
    sharkd "$load" "frame $(frame 6)" "frame $(frame 1)" "frame $(frame 4)" "frame $(frame 2)" \
        "frame $(frame 1)" "frame $(frame 6)" "frame $(frame 2)" "frame $(frame 4)"
    [ "$(wc -l <out)" -eq 9 ] || fail 'not nine answers'
    answer 3 | grep -q 'octetDeltaCount: 1200 octets' || fail 'no record in frame 1'
    answer 5 | grep -q 'Last used in frame: 3' || fail 'no last use in frame 2'
    for pair in '2 7' '3 6' '4 9' '5 8'; do
        # shellcheck disable=SC2086 # two numbers
        set -- $pair
        [ "$(answer "$1")" = "$(answer "$2")" ] || fail "answers $1 and $2 differ"
    done
}

a_file_opened_again_shows_the_same ()
{
    need_sharkd || return
    six_messages
    capture data.pcap <<END
$data
END
    six='load "file":"'$PWD'/six.pcap"'
    alone='load "file":"'$PWD'/data.pcap"'
    sharkd "$six" "frame $(frame 1)" "$alone" "frame $(frame 1)" "$six" "frame $(frame 1)"
    [ "$(answer 2)" = "$(answer 6)" ] || fail 'the file shows something else the second time'
    answer 4 | grep -q 'no Template 256' || fail 'a Template of the file before is known'
}

preferences_change_between_visits ()
{
    need_sharkd || return
    six_messages
    six='load "file":"'$PWD'/six.pcap"'
    sharkd "$six" "frame $(frame 3)" 'setconf "name":"nfpeek.names","value":"netflow9"' "$six" \
        "frame $(frame 3)" 'setconf "name":"nfpeek.replace_cflow","value":"FALSE"' "$six" \
        "frame $(frame 3)" 'setconf "name":"nfpeek.replace_cflow","value":"TRUE"' "$six" \
        "frame $(frame 3)"
    answer 2 | grep -q '"octetDeltaCount: 1200 octets"' || fail 'not the name of IANA'
    answer 5 | grep -q '"IN_BYTES: 1200 octets"' || fail 'not the name of NetFlow v9'
    answer 8 | grep -q 'Cisco NetFlow/IPFIX' || fail 'cflow has not got the port'
    answer 11 | grep -q '"IN_BYTES: 1200 octets"' || fail 'nfpeek has not got the port back'
}

two_messages_of_one_frame_are_kept_apart ()
{
    capture tcp.pcap <<END
protocol=6 9c4012830000000100000000501020000000 0000 $template $data $data
END
    finds tcp.pcap 1 'nfpeek.sequence and nfpeek.octetDeltaCount == 1200'
    shark -2 -r tcp.pcap -T fields -e nfpeek.version -e nfpeek.octetDeltaCount
    [ "$(cat out)" = '10,10,10	1200,1200' ] || fail 'not three Messages and two records'
    shark -2 -r tcp.pcap
    shows '1 Template \| .*1 flow \(256\) \| .*1 flow \(256\)'
}

sequence_numbers_are_followed ()
{
    capture gap.pcap <<END
$template
$data
000a0024 6553f101 00000007 00000001 01000014 c0000201 c6336401 00000000000004b0
END
    finds gap.pcap 1 'nfpeek.sequence.expected == 1 and nfpeek.sequence.lost == 6 and nfpeek.previous == 2'
}

# A Template twice, and nothing else: what is said of the whole domain is said at its last Message, once
# all packets have been visited.
what_is_said_of_a_domain_stands_at_its_end ()
{
    printf '%s\n' "$template" "$template" | capture silent.pcap
    finds silent.pcap 1 'frame.number == 2 and nfpeek.finding.export_no_data'
    finds silent.pcap 0 'frame.number == 1 and nfpeek.finding.export_no_data'
    shark -r silent.pcap -T fields -e frame.number -Y nfpeek.finding.export_no_data
    [ ! -s out ] || fail 'said before all packets were visited'
    shark -2 -r silent.pcap -T fields -e nfpeek.finding
    [ "$(tail -n 1 out)" = export-no-data ] || fail 'the finding has no field'
    six_messages
    finds six.pcap 0 nfpeek.finding.export_no_data
}

perform a_data_set_names_the_frame_of_its_template a_template_names_its_uses_and_what_it_replaces \
    packets_left_out_come_before_the_rest a_template_is_lent_until_the_own_one_comes \
    a_redefinition_holds_on_its_own_side_only a_first_visit_knows_what_came_before \
    exported_packets_take_their_templates_along visits_in_any_order_show_the_same \
    a_file_opened_again_shows_the_same preferences_change_between_visits \
    two_messages_of_one_frame_are_kept_apart sequence_numbers_are_followed \
    what_is_said_of_a_domain_stands_at_its_end
