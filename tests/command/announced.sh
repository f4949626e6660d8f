#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What options data announces, as the command uses it.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

golden=$NFPEEK_SOURCE/tests/golden

names_are_columns ()
{
    run -q -T csv -e octets,ingress_interface_name,egress_interface_name,sampler_name,sampling_rate,sampling_source \
        "$golden/good-netflow9-options-names.hex"
    shows '^1200,GigE0/7,GigE0/8,SMPL1000,1000,sampler$'
    shows '^1200,Te0/7,,,,$'
}

common_properties_are_columns ()
{
    run -q -T csv -e src,sourceIPv4Address,dport,octets "$golden/good-ipfix-common-properties.hex"
    shows '^10\.0\.0\.1,10\.0\.0\.1,443,1200$'
    shows '^10\.0\.0\.1,10\.0\.0\.1,,40$'
}

numbers_only_means_no_names ()
{
    run -q -nV "$golden/good-netflow9-options-names.hex"
    shows 'ingressInterface: 7$'
    shows_not 'GigE0/7)'
}

scale_multiplies_counters ()
{
    run -q --scale -T csv -e octets,sampling_rate "$golden/good-ipfix-options-sampling.hex"
    printf '%s\n' octets,sampling_rate 150,1.5 6400,64 50000,500 10000,100 1000,10 10000,100 >expected
    cmp -s expected out || fail 'not scaled as it should be'
    run -q --scale -T jsonl "$golden/good-netflow9-options-names.hex"
    shows '"octetDeltaCount":1200000,"ingressInterface":7'
    shows '"octetDeltaCount":1200,"ingressInterface":7'
    run -q --scale -T flows "$golden/good-netflow5.hex"
    cp out scaled
    run -q -T flows "$golden/good-netflow5.hex"
    ! cmp -s scaled out || fail '-T flows is not scaled'
    run -q --scale -V "$golden/good-netflow9-options-names.hex"
    shows 'octetDeltaCount: 1200 octets'
    run -q --scale -T csv -e octets,packets -x '000a0034 6553f100 00000000 00000001
        00020014 01000003 01600004 01ae0004 00220004 01000010 00000064 00000002 0000000a' # of layer 2
    shows '^1000,20$'
}

# The sampler is announced behind the only Message that is shown.
scale_asks_the_whole_file ()
{
    {
        echo '00090001 00015f90 6553f100 00000001 00000007 0000 0010 0100 0002 0030 0001 0001 0004'
        echo '00090001 00015f90 6553f100 00000002 00000007 0100 000c 05 00000064 000000'
        echo '00090002 00015f90 6553f100 00000003 00000007' \
            '0001 0018 0101 0004 0008 0001 0000 0030 0001 0022 0004 0000' \
            '0101 000c 05 000003e8 000000' # 257: of the System, a sampler and its rate
    } | capture x.pcap
    run -q --scale -T jsonl --packets 2 x.pcap
    shows '"sampling_rate":1000,.*"octetDeltaCount":100000'
    run -q --scale -T csv -e octets -c 2 x.pcap
    shows '^100000$'
}

# 256: samplingInterval, a list of octetDeltaCounts, a list of records of 257: octets.
scale_goes_into_lists ()
{
    set -- '000a 0057 6553f100 00000000 00000001' \
        '0002 001c 0100 0003 0022 0001 0123 ffff 0124 ffff 0101 0001 0001 0004' \
        '0100 002b' \
        '0a 09 00 0001 0004 00000003 07 00 0101 00000005' \
        '14 09 00 0001 0004 00000007 07 00 0101 0000000b 00'
    run -q --scale -T jsonl -x "$(printf '%s ' "$@")"
    shows '"basicList":\[{"octetDeltaCount":30}\],"subTemplateList":\[{"octetDeltaCount":50}\]'
    shows '"basicList":\[{"octetDeltaCount":140}\],"subTemplateList":\[{"octetDeltaCount":220}\]'
    run -q --scale --sum octetDeltaCount -T csv -x "$(printf '%s ' "$@")"
    shows '^440'
}

flows_have_names_of_interfaces ()
{
    run -q -T flows "$golden/good-netflow9-options-names.hex"
    shows ' GigE0/7>GigE0/8$'
    run -qn -T flows "$golden/good-netflow9-options-names.hex"
    shows ' 7>8$'
}

# Both ways a capture can be read: learnt whole before, or as it comes.
options_before_their_template_count ()
{
    "$PERL" -e '
        sub message { printf "000a%04x 6553f100 00000000 00000001 %s\n", 16 + length ($_[0] =~ s/ //gr) / 2, $_[0] }
        message "0100 0010 00000007 41414141 42424242"; # the record, then its Template
        message "0003 0016 0100 0003 0001 000a 0004 0052 0004 0053 0004";
        message "0002 000c 0101 0001 000a 0004";
        message "0101 0008 00000007"' | capture x.pcap
    run -q -T jsonl x.pcap
    shows '"template":257,"kind":"flow","ingress_interface_name":"AAAA","ingress_interface_description":"BBBB"'
    command='nfpeek -q -T jsonl -, a pipe'
    # shellcheck disable=SC2002 # a pipe is what is to be read
    cat x.pcap | "$NFPEEK" -q -T jsonl - >out 2>err
    shows '"held":true.*"interfaceName":"AAAA"'
    shows '"template":257,"kind":"flow","ingress_interface_name":"AAAA"'
}

# Three Messages came between two reports of ten, with two flows of seven; then the exporter starts again.
exporters_counts_are_compared_with_what_came ()
{
    {
        echo '00090001 00015f90 6553f100 00000001 00000007' \
            '0001001a 0100 0004 000c 0001 0004 0028 0004 0029 0004 002a 0004' \
            '0000000c 0101 0001 0001 0004' # 256: octets, Messages, flows; 257: a flow
        echo '00090001 00015f90 6553f100 00000002 00000007 01000014 00000000 00001000 00000064 000000c8'
        echo '00090001 00015f90 6553f100 00000003 00000007 01010008 00000001'
        echo '00090001 00015f90 6553f100 00000004 00000007 01010008 00000001'
        echo '00090001 00015f90 6553f100 0000000c 00000007 01000014 00000000 00001400 0000006e 000000cf'
    } | capture x.pcap
    run -q x.pcap
    shows 'says that it exported 10 Messages \(received: 3\), 7 flow records \(received: 2\), 1024 octets \(received: 96\) between the first and the last of 2 reports$'
}

# Flows come ten a Set; the first report has Templates and three flows in its own Message, which its counts
# leave out.
exporters_counts_leave_out_the_message_that_they_are_in ()
{
    "$PERL" -e '
        sub message { printf "000a%04x 6553f100 %08x 00000001 %s\n", 16 + length ($_[1] =~ s/ //gr) / 2, @_ }
        my $flow = "0101 0010 00000001 00000002 00000003";
        my $ten = "0101 002c" . " 00000001" x 10;
        my $report = "0003 0016 0100 0003 0001 0090 0004 0028 0004 002a 0004";
        message 0, "0002 000c 0101 0001 0001 0004 $report $flow 0100 0010 00000001 00000000 00000000";
        message 4, $ten;
        message 14, $ten;
        message 24, "0100 0010 00000001 000000ca 00000017"' | capture x.pcap
    run -q x.pcap
    shows '23 flow records \(received: 23\)'
    shows '202 octets \(received: 202\)'
    for choice in '-Y kind==options' '--packets 1,4'; do # of what is not shown nobody knows that it came
        # shellcheck disable=SC2086 # two words
        run -q $choice x.pcap
        shows '^192\.0\.2\.1:40000  IPFIX'
        shows_not 'received'
    done
}

# Read as it comes: one flow before the first report and two behind it wait for their Template, which comes
# behind the second report. From a file they do not wait.
exporters_counts_know_what_waited ()
{
    {
        echo '000a0018 6553f100 00000000 00000001 01010008 00000001'
        echo '000a002e 6553f100 00000001 00000001' \
            '0003 0012 0100 0002 0001 0090 0004 002a 0004 0100 000c 00000001 00000001'
        echo '000a001c 6553f100 00000002 00000001 0101000c 00000001 00000002'
        echo '000a001c 6553f100 00000004 00000001 0100000c 00000001 00000003'
        echo '000a001c 6553f100 00000005 00000001 0002000c 01010001 00010004'
        echo '000a0018 6553f100 00000005 00000001 01010008 00000001'
        echo '000a001c 6553f100 00000006 00000001 0100000c 00000001 00000004'
    } | capture x.pcap
    run -q x.pcap
    shows '3 flow records \(received: 3\) between the first and the last of 3 reports$'
    through_pipe -q -
    shows '3 flow records \(received: 3\) between the first and the last of 3 reports$'
    head -c "$(($(wc -c <x.pcap) - 16 - 70))" x.pcap >y.pcap
    mv y.pcap x.pcap
    through_pipe -q -
    shows '2 flow records \(received: 2\) between the first and the last of 2 reports$'
}

# From one port to two collectors, two flows to each between its reports.
exporters_count_for_each_collector ()
{
    for dst in 192.0.2.8 192.0.2.9; do
        echo "dst=$dst 000a002e 6553f100 00000000 00000001" \
            '0003 0012 0100 0002 0001 0090 0004 002a 0004 0100 000c 00000001 00000000'
        echo "dst=$dst 000a0028 6553f100 00000001 00000001" \
            '0002 000c 0101 0001 0001 0004 0101 000c 00000001 00000002'
        echo "dst=$dst 000a001c 6553f100 00000003 00000001 0100 000c 00000001 00000002"
    done | capture x.pcap
    run -q x.pcap
    shows '^192\.0\.2\.1:40000 says that it exported to 192\.0\.2\.8:2055: 2 flow records \(received: 2\) between the first and the last of 2 reports$'
    shows '^192\.0\.2\.1:40000 says that it exported to 192\.0\.2\.9:2055: 2 flow records \(received: 2\)'
}

# 257: properties of an id, octets; 256: a flow that names two ids.
common_properties_have_each_key_once ()
{
    run -q -T jsonl -x '000a 0046 6553f100 00000000 00000001
        0003 0012 0101 0002 0001 0089 0001 0001 0004
        0101 000e 01 00000007 02 00000008
        0002 0010 0100 0002 0089 0001 0089 0001 0100 0006 0102' # the keys of both are the same
    shows '"commonPropertiesId":\[1,2\],"octetDeltaCount":7}$'
}

# shows_records NUMBER SAMPLE EXPRESSION
shows_records ()
{
    run -q -T jsonl -Y "$3" "$golden/$2.hex"
    exits 0
    [ "$(grep -c . out)" -eq "$1" ] || fail "$(grep -c . out) records, not $1"
}

filters_know_what_was_announced ()
{
    shows_records 1 good-netflow9-options-names 'ingress_interface_name == "GigE0/7"'
    shows_records 1 good-netflow9-options-names 'ingress_interface_name matches "^te"'
    shows_records 2 good-netflow9-options-names 'ingress_interface_name'
    shows_records 1 good-netflow9-options-names 'sampling_rate >= 1000 and sampling_source == sampler'
    shows_records 1 good-ipfix-options-sampling 'sampling_rate == 1.5'
    shows_records 0 good-ipfix-options-sampling 'sampling_rate > 500'
    run -q -T jsonl -Y 'ingress_interface_nam' "$golden/good-ipfix.hex"
    exits 2
    says 'did you mean ingress_interface_name'
}

filters_look_into_common_properties ()
{
    shows_records 1 good-ipfix-common-properties 'dport == 443 and octets == 1200'
    shows_records 2 good-ipfix-common-properties 'src == 10.0.0.0/8 and kind == flow'
    shows_records 0 good-ipfix-common-properties 'src == 10.0.0.2'
}

filters_look_into_lists ()
{
    shows_records 1 good-list-sub-template 'sourceIPv4Address'
    run -q -T jsonl -Y 'bgpCommunity == 4259840200' "$golden/good-list-basic.hex"
    shows 'bgpCommunity'
    shows_records 0 good-list-basic 'bgpCommunity == 1'
}

# Interface 7 has a name, 8 but a description.
interfaces_go_by_name_or_description ()
{
    {
        echo '000a003a 6553f100 00000000 00000001' \
            '0003 0016 0100 0003 0001 000a 0004 0052 0004 0053 0004' \
            '0002 0014 0101 0003 000a 0004 000e 0004 0001 0004'
        echo '000a0040 6553f100 00000000 00000001' \
            '0100 001c 00000007 41414141 42424242 00000008 00000000 43434343' \
            '0101 0014 00000007 00000008 00000064 00000000'
    } | capture x.pcap
    run -q -T csv -e in_if_name,out_if_name,octets x.pcap
    shows '^AAAA,CCCC,100$'
    run -q --sum octets,out_if_name x.pcap
    shows '^CCCC +100 '
    run -q -T csv -e octets -Y 'in_if_name == "AAAA" and out_if_name matches "^c"' x.pcap
    shows_lines 2
    run -q -T flows x.pcap
    shows ' AAAA>CCCC$'
    run -q -n -T flows x.pcap
    shows ' 7>8$'
}

sums_go_by_what_was_announced ()
{
    run -q --scale --sum octets,sampling_rate -T csv "$golden/good-ipfix-options-sampling.hex"
    shows '^500,50000,'
}

# A v9 exporter samples 1:1000; v5 with its own rate, and without one, at the same address.
announcements_are_not_about_fixed_versions ()
{
    {
        echo '00090001 000f4240 6553f100 00000001 00000001' \
            '00010018 0101 0004 0004 0001 0004 0022 0004 0000' '0101000c 00000000 000003e8'
        echo "$data5" | sed 's/01024064/01020064/' # mode 0, one in 100
        echo "$data5" | sed 's/01024064/01020000/'
    } | capture x.pcap
    run -q -T csv -e version,sampling_rate,sampling_source,packets --scale x.pcap
    printf '%s\n' version,sampling_rate,sampling_source,packets 5,100,header,1000 5,,,10 >expected
    grep -v '^9' out >out.5
    cmp -s expected out.5 || fail 'v5 has another rate than its header'
}

# Domain 1 is called edge-1 by options data of the same Message, which has a flow, too.
a_domain_has_its_name ()
{
    capture x.pcap <<END
000a004e 6553f100 00000000 00000001 00030012 012c0002 00010095 0004012c 00080002 00100100 00020008 00040095 0004012c 00100000 00016564 67652d31 00000100 000cc000 02010000 0001
END
    run -q -V x.pcap
    shows ' Observation Domain ID: 1 \(edge-1\)$'
    shows ' 4  +observationDomainId: 1 \(edge-1\)$'
    run -q -n -V x.pcap
    shows ' Observation Domain ID: 1$'
    run -q -T jsonl x.pcap
    shows '"kind":"flow","domain_name":"edge-1"'
    shows_not '"kind":"options","domain_name"'
}

# Of applications, categories, and of interfaces rates, beside what announces their names; the same of
# interfaces in NetFlow v9.
options_data_reads_what_other_options_data_announces ()
{
    capture x.pcap <<END
000a0094 6553f100 00000000 00000001 00030012 012c0002 0001005f 00040060 00080003 0012012d 00020001 005f0004 01740008 00030012 012e0002 0001000a 00040052 00080003 0012012f 00020001 000a0004 00220004 012c0010 0d000123 77656265 78000000 012d0010 0d000123 766f6963 65000000 012e0010 00000007 47696745 302f3700 012f000c 00000007 00000064
src=192.0.2.9 00090004 000f4240 6553f100 00000000 00000001 00010014 01010004 00040002 00040052 00080000 00010014 01020004 00040002 00040022 00040000 01010010 00000007 47696745 302f3700 0102000c 00000007 00000064
END
    run -q -V x.pcap
    [ "$(grep -c 'applicationId: 0x0d000123 (PANA-L7:291)$' out)" -eq 1 ] || fail 'not itself'
    [ "$(grep -c 'applicationId: 0x0d000123 (PANA-L7:291) (webex)$' out)" -eq 1 ] || fail 'no webex'
    [ "$(grep -c 'ingressInterface: 7$' out)" -eq 1 ] || fail 'not itself'
    [ "$(grep -c 'ingressInterface: 7 (GigE0/7)$' out)" -eq 1 ] || fail 'no GigE0/7'
    [ "$(grep -c 'scope_interface: 7$' out)" -eq 1 ] || fail 'not itself in v9'
    [ "$(grep -c 'scope_interface: 7 (GigE0/7)$' out)" -eq 1 ] || fail 'no GigE0/7 in v9'
}

# sampled PROBABILITY INTERVAL: options data with the probability, an IEEE 754 number, and flows of the
# interval.
sampled ()
{
    n=$((${#1} / 2))
    printf '000a %04x 6553f100 00000000 00000001 0003 0012 0101 0002 0001 0030 0001 0137 %04x' \
        $((55 + n)) $n
    printf '0101 %04x 02 %s 0002 0010 0100 0002 0030 0001 0022 0004\n' $((5 + n)) "$1"
    printf '000a 0019 6553f100 00000001 00000001 0100 0009 02 %08x\n' "$2"
}

# 0.001 in four octets is a little less.
probabilities_have_digits ()
{
    sampled 3a83126f 1000 | capture x.pcap
    run -T findings x.pcap
    says_not 'sampler-conflict'
    shows_not 'sampler-conflict'
    sampled 3a83126f 999 | capture x.pcap
    run -T findings x.pcap
    shows 'flows say that 1 packet in 999 was sampled, options data says 1 in 1000'
}

# One packet in more than can be said is no rate.
tiny_probabilities_are_none ()
{
    sampled 0000000000000001 5 | capture x.pcap
    run -T findings x.pcap
    shows_not 'sampler-conflict'
    run -q -T csv -e sampling_rate,sampling_source x.pcap
    shows '^5,record$'
}

perform probabilities_have_digits tiny_probabilities_are_none options_data_reads_what_other_options_data_announces a_domain_has_its_name interfaces_go_by_name_or_description \
    announcements_are_not_about_fixed_versions filters_know_what_was_announced filters_look_into_common_properties filters_look_into_lists \
    sums_go_by_what_was_announced exporters_counts_are_compared_with_what_came exporters_counts_leave_out_the_message_that_they_are_in exporters_count_for_each_collector exporters_counts_know_what_waited names_are_columns common_properties_are_columns numbers_only_means_no_names \
    scale_multiplies_counters scale_asks_the_whole_file scale_goes_into_lists flows_have_names_of_interfaces \
    common_properties_have_each_key_once options_before_their_template_count
