#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What Wireshark's own dissector gets wrong, or did in a version this plugin is for, comes out right; and
# what its users have is there.

# shellcheck source=tests/plugin/lib.sh
. "$(dirname -- "$0")/lib.sh"

a_redefined_template_holds ()
{
    capture again.pcap <<END
$template9
$data9
00090001 000f4240 6553f102 00000002 00000001 00000010 01000002 00020004 00010004
00090001 000f4240 6553f103 00000003 00000001 0100000c 00000007 00000310
END
    finds again.pcap 1 'nfpeek.packetDeltaCount == 7 and nfpeek.octetDeltaCount == 784'
    finds again.pcap 1 'nfpeek.sourceIPv4Address'
}

every_flowset_is_shown_whatever_the_count_says ()
{
    for count in 0000 0001 0002 00ff; do
        capture count.pcap <<END
0009$count 000f4240 6553f100 00000000 00000001 0000000c 01000001 00010004 01000008 00000001 01000008 00000002 01000008 00000003
END
        shark -2 -r count.pcap -T fields -e nfpeek.octetDeltaCount
        [ "$(cat out)" = 1,2,3 ] || fail "not three records where Count is $count"
        finds count.pcap 1 'nfpeek.finding.message_count'
    done
}

templates_may_have_many_fields ()
{
    "$PERL" -e 'print "00090001000f42406553f1000000000000000001", unpack "H*",
        pack ("nnnn", 0, 8 + 4 * 100, 256, 100) . pack ("nn", 1, 4) x 99 . pack ("nn", 2, 4) .
        pack ("nn", 256, 404) . pack ("N", 9) x 100;' >hex
    capture wide.pcap <<END
$(cat hex)
END
    finds wide.pcap 1 'nfpeek.packetDeltaCount == 9 and nfpeek.template.field_count == 100'
}

an_empty_variable_length_field_is_no_error ()
{
    capture empty.pcap <<END
000a0030 6553f100 00000000 00000001 00020010 01000002 0052ffff 00010004 01000010 00 00000005 0161 00000006 00
END
    finds empty.pcap 1 'nfpeek.octetDeltaCount == 5'
    shark -2 -r empty.pcap -T fields -e nfpeek.octetDeltaCount
    [ "$(cat out)" = 5,6 ] || fail 'not both records'
}

templates_outlive_a_new_source_port ()
{
    capture port.pcap <<END
sport=50000 $template9
sport=50001 $data9
END
    finds port.pcap 1 'nfpeek.octetDeltaCount == 1200 and nfpeek.finding.template_foreign'
}

short_numbers_are_no_malformed_packet ()
{
    capture short.pcap <<END
000a0028 6553f100 00000000 00000001 00020010 01000002 00070001 00010003 01000008 35 000102
END
    finds short.pcap 1 'nfpeek.sourceTransportPort == 53 and nfpeek.octetDeltaCount == 258'
    shark -2 -r short.pcap -V
    nothing_is_broken
}

aggregated_flows_are_laid_out_as_routers_send_them ()
{
    golden good-netflow8-tos
    finds good-netflow8-tos.pcap 1 'nfpeek.aggregation == 9 and nfpeek.ingressInterface == 3 and
        nfpeek.egressInterface == 4 and nfpeek.ipClassOfService == 184'
    finds good-netflow8-tos.pcap 2 'nfpeek.aggregation > 12 and nfpeek.sourceIPv4PrefixLength == 16 and
        nfpeek.destinationIPv4PrefixLength == 24'
    shark -2 -r good-netflow8-tos.pcap
    shows 'NetFlow v8 .*engine 1/2, AS-ToS, seq 100: 1 flow$'
}

no_version_is_left_out ()
{
    golden good-netflow6
    finds good-netflow6.pcap 1 'nfpeek.version == 6 and nfpeek.v6_input_encapsulation == 14'
    golden good-netflow7
    finds good-netflow7.pcap 1 'nfpeek.version == 7 and nfpeek.v7_flow_flags == 0x102 and
        nfpeek.ipv4RouterSc == 198.51.100.254 and not nfpeek.domain'
}

lost_messages_are_told ()
{
    capture gap.pcap <<END
$template9
00090001 000f4240 6553f101 00000009 00000001 01000010 c0000201 c6336401 000004b0
END
    finds gap.pcap 1 'nfpeek.finding.sequence_gap and nfpeek.sequence.lost == 8'
    shark -2 -r gap.pcap -q -z expert
    shows 'Sequence +nfpeek +8 Messages missing before this one'
}

what_cflow_shows_is_there ()
{
    sample softflowd-v9.pcap
    shark -2 -r softflowd-v9.pcap -V
    shows '\[Template in frame: 1\]'
    shows '\[Flow duration: '
    shows '\[Flow start: 2023-11-14T22:13:19.640Z\]'
    sample nfprobe-v9.pcap
    shark -2 -r nfprobe-v9.pcap -V
    shows '\[Expected Sequence Number: 2\]'
    shows '\[Previous Message of this domain: 1\]'
}

captures_without_a_fault_have_no_expert_info_above_a_note ()
{
    "$PERL" "$here/sample-capture.pl" good.pcap "$NFPEEK_SOURCE"/tests/golden/good-*.hex >good.frames
    frames good.pcap nfpeek
    [ "$count" -gt 10 ] || fail "only $count Messages"
    finds good.pcap 0 '_ws.expert.severity == "Warning" or _ws.expert.severity == "Error"'
    for name in nfprobe-v9 fprobe-v5 softflowd-v5 openvswitch-v5; do
        sample "$name.pcap"
        finds "$name.pcap" 0 '_ws.expert.severity == "Warning" or _ws.expert.severity == "Error"'
    done
}

perform a_redefined_template_holds every_flowset_is_shown_whatever_the_count_says \
    templates_may_have_many_fields an_empty_variable_length_field_is_no_error \
    templates_outlive_a_new_source_port short_numbers_are_no_malformed_packet \
    aggregated_flows_are_laid_out_as_routers_send_them no_version_is_left_out lost_messages_are_told \
    what_cflow_shows_is_there captures_without_a_fault_have_no_expert_info_above_a_note
