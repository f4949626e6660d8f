#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --sum: numbers added up by others.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# record HOST OCTETS: an IPFIX record from 192.0.2.HOST, the next one of the capture being made.
record ()
{
    printf '000a0024 6553f101 %08x 00000001 01000014 c00002%02x c6336401 %016x\n' \
        "${sequence:=0}" "$1" "$2"
    sequence=$((sequence + 1))
}

# 600 octets from host 1, 300 from host 2 in two records, 100 from host 3.
make_capture ()
{
    {
        echo "$template"
        record 2 100
        record 1 600
        record 3 100
        record 2 200
    } | capture x.pcap
}

the_largest_come_first ()
{
    make_capture
    run --sum octets,src x.pcap
    exits 0
    says_nothing
    cat >expected <<'END'
src        octets   share     records
192.0.2.1     600   60.0%           1
192.0.2.2     300   30.0%           2
192.0.2.3     100   10.0%           1
total        1000  100.0%           4
END
    shows_same expected
}

# A character of Chinese takes two columns.
values_that_are_wide_stand_in_columns ()
{
    run -q --sum octets,interfaceName -x '000a0038 6553f100 00000000 00000001
        00020010 01000002 0052ffff 00010004
        01000018 06e4b8ade69687 000004b0 0465746830 00000064'
    exits 0
    cat >expected <<'END'
interfaceName  octets   share     records
中文             1200   92.3%           1
eth0              100    7.7%           1
total            1300  100.0%           2
END
    shows_same expected
}

# Groups are found by a hash that is another one in each run.
what_is_alike_has_an_order ()
{
    odd='000a0042 6553f100 00000000 00000001 00020010 01000002 01140001 00010004 01000022'
    odd="$odd ff00000064 0300000064 4d00000064 c800000064 0000000064 0400000064"
    for n in 1 2 3 4 5 6; do
        run -q -T csv --sum octets,dataRecordsReliability -x "$odd"
        grep -o '^[0-9]*' out | tr '\n' ' ' >order
        [ "$(cat order)" = '0 3 4 77 200 255 ' ] || fail "run $n: $(cat order)"
    done
}

c_limits_the_rows ()
{
    make_capture
    run --sum octets,src -c 1 x.pcap
    cat >expected <<'END'
src        octets   share     records
192.0.2.1     600   60.0%           1
and 2 more
total        1000  100.0%           4
END
    shows_same expected
    run --sum octets,src -c 2 -T csv x.pcap
    shows_lines 3
}

without_others_there_is_one_total ()
{
    make_capture
    run --sum octets x.pcap
    cat >expected <<'END'
octets     records
  1000           4
END
    shows_same expected
    run --sum IN_BYTES -T jsonl x.pcap
    echo '{"IN_BYTES":1000,"records":4}' >expected
    shows_same expected
}

programs_get_rows ()
{
    make_capture
    run --sum octets,src,export_port -T csv x.pcap
    printf '%s\n' 'src,export_port,octets,records' '192.0.2.1,40000,600,1' '192.0.2.2,40000,300,2' \
        '192.0.2.3,40000,100,1' >expected
    shows_same expected
    run --sum octets,src,proto -T jsonl x.pcap
    printf '%s\n' '{"src":"192.0.2.1","octets":600,"records":1}' \
        '{"src":"192.0.2.2","octets":300,"records":2}' \
        '{"src":"192.0.2.3","octets":100,"records":1}' >expected
    shows_same expected
    run --sum octets,src,proto -T json x.pcap
    shows_same expected
}

records_can_be_counted ()
{
    make_capture
    run --sum records,src -c 1 x.pcap
    cat >expected <<'END'
src        records   share
192.0.2.2        2   50.0%
and 2 more
total            4  100.0%
END
    shows_same expected
    run --sum records,template,version -T csv x.pcap
    printf '%s\n' template,version,records 256,10,4 >expected
    shows_same expected
}

values_have_names_for_people ()
{
    echo "$data5" | capture x.pcap
    run --sum packets,proto x.pcap
    shows '^6 \(TCP\) +10 +100\.0% +1$'
    run -n --sum packets,proto x.pcap
    shows '^6 +10 +100\.0% +1$'
    run --sum packets,ipClassOfService,tcpControlBits x.pcap
    shows '^0 \(DSCP CS0, Not-ECT\) +0x1b \(FIN SYN PSH ACK\) +10 +100\.0% +1$'
    run --sum packets,proto -T csv x.pcap
    shows '^6,10,1$'
    run --sum duration,template,start -T csv x.pcap
    shows '^v5,2023-11-14T22:13:19\.500Z,0\.4,1$'
}

# Both ends count, but the total has each record once.
either_end_is_a_group ()
{
    {
        echo "$template"
        record 1 600
        printf '000a0024 6553f101 00000000 00000001 01000014 c0000201 c0000201 %016x\n' 400
    } | capture x.pcap
    run --sum octets,addr x.pcap
    cat >expected <<'END'
addr          octets   share     records
192.0.2.1       1000  100.0%           2
198.51.100.1     600   60.0%           1
total           1000  100.0%           2
END
    shows_same expected
}

what_a_record_has_not_is_a_group_too ()
{
    printf '%s\n' "$template" "$data" "$data5" | capture x.pcap
    run --sum octets,dport x.pcap
    shows '^- +1200 +50\.0% +1$'
    shows '^80 +1200 +50\.0% +1$'
    run --sum octets,dport -T csv x.pcap
    shows '^,1200,1$'
    run --sum packets,src -T csv x.pcap # which only one has
    shows_lines 2
}

y_chooses_what_is_added_up ()
{
    make_capture
    run --sum octets,src -Y 'octets < 500' x.pcap
    shows '^192\.0\.2\.2 +300 +75\.0% +2$'
    shows_not '192\.0\.2\.1 '
    run --sum octets,src -Y 'octets < 5' x.pcap
    exits 0
    shows '^no record has octets$'
    run --sum octets,src -T csv -Y 'octets < 5' x.pcap
    shows_lines 1
    run --sum octets,src -T jsonl -Y 'octets < 5' x.pcap
    shows_nothing
}

sums_do_not_wrap ()
{
    {
        echo "$template"
        record 1 -1
        record 1 -1
    } | capture x.pcap
    run --sum octets,src x.pcap
    shows '^192\.0\.2\.1 +18446744073709551615 +100\.0% +2$'
    says '^nfpeek: --sum: octets adds up to more than 2\^64$'
    run --big-as-string --sum octets -T jsonl x.pcap
    shows '^\{"octets":"18446744073709551615","records":2\}$'
}

# mibObjectValueInteger, a signed32 that may stand in a Template twice: 1 and -5, then -7 and 2.
all_values_of_an_element_are_added ()
{
    printf '%s\n' '000a0020 6553f100 00000000 00000001 00020010 01000002 01b20004 01b20004' \
        '000a0024 6553f101 00000000 00000001 01000014 00000001 fffffffb fffffff9 00000002' | capture x.pcap
    run --sum mibObjectValueInteger x.pcap
    shows '^ +-9 +2$'
    run --sum mibObjectValueInteger,packet -T csv x.pcap
    shows '^2,-9,2$'
    run --sum records,mibObjectValueInteger -T csv x.pcap
    printf '%s\n' mibObjectValueInteger,records -7,1 -5,1 1,1 2,1 >expected
    shows_same expected
}

names_from_the_wire_are_harmless ()
{
    "$PERL" -e '
        my $name = "\e[31mred, \"x\"\n";
        my $data = pack ("nnC", 256, 5 + length $name, length $name) . $name;
        print unpack ("H*", pack ("nnNNNnnnnnn", 10, 28, 1700000000, 0, 1, 2, 12, 256, 1, 82, 65535)
            . pack ("nnNNN", 10, 16 + length $data, 1700000000, 0, 1) . $data)' >red.hex
    run -q --sum records,interfaceName red.hex
    shows '^\\x1b\[31mred, "x"\\n +1 +100\.0%$'
    run -q --sum records,interfaceName -T csv red.hex
    printf 'interfaceName,records\n"\033[31mred, ""x""\n",1\n' >expected
    shows_same expected
    run -q --sum records,interfaceName -T jsonl red.hex
    shows '^\{"interfaceName":"\\u001b\[31mred, \\"x\\"\\n","records":1\}$'
}

mistakes_are_said ()
{
    make_capture
    for words in 'octetz:did you mean octets' 'octets,srcc:did you mean src' 'src:src is an address: only numbers' \
        'start:is a time' 'octets,src,src:src stands there twice' 'octets,octets:stands there twice' \
        ',:--sum wants names' 'octets,1,2,3,4,5,6,7,8,9,10,11,12,14,15,16,17,18:more than 16'; do
        run --sum "${words%%:*}" x.pcap
        exits 2
        shows_nothing
        says "${words#*:}"
    done
    run --sum octets,src --sum packets,dst x.pcap
    exits 2
    shows_nothing
    says '--sum goes once'
    run --sum octets -T tree x.pcap
    exits 2
    says 'a table, or with -T csv'
    run --sum octets -T csv -e src x.pcap
    exits 2
    says '-e chooses columns'
}

# Half a million and ten groups, of one record each.
groups_are_bounded ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        print message (pack ("n*", 2, 16, 256, 2, 8, 4, 1, 1));
        my @numbers = 1 .. 500010;
        while (my @some = splice @numbers, 0, 10000) {
            print message (pack ("nn", 256, 4 + 5 * @some) . join "", map { pack "NC", $_, 1 } @some);
        }' >x.dat
    run --sum octets,src -c 2 x.dat
    exits 0
    shows '^and 499998 more$'
    shows '^no room +10 +0\.0% +10$'
    shows '^total +500010 +100\.0% +500010$'
    says 'room for 500000 groups, and so others lack 10 records$'
}

# Three records of 100 octets between two addresses each; there is room for the first two addresses, and
# the third record has one of these.
a_record_without_room_counts_once ()
{
    run --limit=groups=2 --sum octets,addr -x '000a0044 6553f100 00000000 00000001
        0002 0014 0100 0003 0008 0004 000c 0004 0001 0001
        0100 0020 0a000001 0a000002 64 0a000003 0a000004 64 0a000001 0a000005 64 00'
    exits 0
    shows '^10\.0\.0\.1 +200 +66\.7% +2$'
    shows '^no room +200 +66\.7% +2$'
    says 'room for 2 groups, and so others lack 2 records$'
    run --limit=groups=1 --sum octets,src,dst -x '000a0033 6553f100 00000000 00000001
        0002 0014 0100 0003 0008 0004 000c 0004 0001 0001
        0100 000f 0a000001 0a000002 64 00 00'
    says_not 'others lack'
    run --limit=groups=1 --sum octets,src -x '000a0030 6553f100 00000000 00000001
        0002 0010 0100 0002 0008 0004 0001 0001
        0100 0010 0a000001 64 0a000002 64 0000'
    says 'room for 1 group, and so others lack 1 record$'
}

# softflowd saw the same traffic twice, and sent it as flows of one direction and of two.
biflows_are_two_flows ()
{
    for by in src dst addr src,dst,sport,dport,proto dport in_if,src6 nfpeek.dst6 sourceIPv4Address; do
        for name in octets packets; do
            run -q --sum "$name,$by" -T csv -Y proto "$NFPEEK_SOURCE/samples/softflowd-ipfix.pcap"
            sed 's/,[0-9]*$//' out | sort >expected # records are others
            run -q --sum "$name,$by" -T csv -Y proto "$NFPEEK_SOURCE/samples/softflowd-ipfix-biflow.pcap"
            sed 's/,[0-9]*$//' out | sort >amounts
            [ "$(wc -l <amounts)" -gt 1 ] || fail 'nothing is added up'
            cmp -s expected amounts || fail "$name by $by are not those of the same flows, one by one"
        done
    done
    run --sum octets "$NFPEEK_SOURCE/samples/softflowd-ipfix-biflow.pcap"
    shows '^ 13074 +10$'
    says_nothing
    run --sum octetDeltaCount "$NFPEEK_SOURCE/samples/softflowd-ipfix-biflow.pcap"
    shows ' 5959 +10$'
    says '^nfpeek: --sum: 7 records with a reverse direction that is not counted in octetDeltaCount$'
}

# Elements 231 and 232 are two directions; 232 beside 1 may be in that already.
responders_are_the_other_end_of_initiators ()
{
    run -q --sum octets,src "$NFPEEK_SOURCE/tests/golden/good-asa-nsel.hex"
    shows '^10\.0\.0\.1 +2588 '
    shows '^203\.0\.113\.5 +1117 '
    {
        echo '000a0020 6553f100 00000000 00000001 00020010 01000002 00010004 00e80004'
        echo '000a001c 6553f101 00000000 00000001 0100000c 00000064 00000064'
    } | capture x.pcap
    run --sum octets x.pcap
    shows '^ +100 +1$'
    says '1 record with a reverse direction that is not counted in octets$'
    run -q --sum octets x.pcap
    says_nothing
}

# A record with octets in totals of none, and one of the way back alone.
what_a_record_has_not_is_not_shown ()
{
    biflow_of 8 12 | capture x.pcap
    run --sum octetTotalCount x.pcap
    says_nothing
    {
        echo '000a0028 6553f100 00000000 00000001 00020018 01000003 00080004 000c0004 80010004 00007279'
        echo '000a0020 6553f101 00000000 00000001 01000010 c0000201 c6336401 00000007'
    } | capture x.pcap
    run --sum octets,src -T csv x.pcap
    printf '%s\n' src,octets,records 198.51.100.1,7,1 >expected
    shows_same expected
    says_nothing
}

# A biflow from port 40000 by next hop: of the way back that is not known.
what_is_of_one_direction_alone_is_not_of_the_other ()
{
    {
        echo '000a002c 6553f100 00000000 00000001 0002001c 01000004' \
            '00080004 000f0004 00010004 80010004 00007279'
        echo '000a0024 6553f101 00000000 00000001 01000014 c0000201 c0000209 00000064 00000007'
    } | capture x.pcap
    run --sum octets,next_hop -T csv x.pcap
    printf '%s\n' next_hop,octets,records 192.0.2.9,100,1 ,7,1 >expected
    shows_same expected
}

# hex_of ELEMENT...: a biflow of 100 octets and 7, with both ends: 4 octets each, of these elements.
biflow_of ()
{
    printf '000a002c 6553f100 00000000 00000001 0002001c 01000004 %04x0004 %04x0004' "$1" "$2"
    echo ' 00010004 80010004 00007279'
    echo '000a0024 6553f101 00000000 00000001 01000014 c0000201 c6336401 00000064 00000007'
}

# The way back has the other end's element, whatever both are called.
ends_are_exchanged_by_their_names ()
{
    for pair in '225 226 postNATSourceIPv4Address' '226 225 postNATDestinationIPv4Address' \
        '8 12 IPV4_SRC_ADDR' '45 44 destinationIPv4Prefix'; do
        # shellcheck disable=SC2086 # three words
        set -- $pair
        biflow_of "$1" "$2" | capture x.pcap
        run --sum "octets,$3" -T csv x.pcap
        printf '%s\n' "$3,octets,records" 192.0.2.1,100,1 198.51.100.1,7,1 >expected
        sed '1s/^[^,]*/'"$3/" out >out.named
        cmp -s expected out.named || fail "$3: $(cat out)"
    done
    for pair in '234 235 ingressVRFID' '10 14 egressInterface' '252 253 ingressPhysicalInterface'; do
        # shellcheck disable=SC2086
        set -- $pair
        biflow_of "$1" "$2" | capture x.pcap
        run -q --sum "octets,$3" -T csv x.pcap
        case $3 in
            ingress*) there=3221225985 back=3325256705 ;;
            *) there=3325256705 back=3221225985 ;;
        esac
        shows "^$there,100,1\$"
        shows "^$back,7,1\$"
    done
}

running_totals_are_remarked ()
{
    run --sum octets,src "$NFPEEK_SOURCE/tests/golden/good-juniper-totals.hex"
    says '^nfpeek: --sum: 2 records with octets since the start of the flow \(octetTotalCount\)'
    run --sum packetTotalCount "$NFPEEK_SOURCE/tests/golden/good-juniper-totals.hex"
    says '2 records with packetTotalCount since the start of the flow'
    make_capture
    run --sum octets x.pcap
    says_nothing
}

records_without_a_rate_are_remarked ()
{
    run --scale --sum octets,src "$NFPEEK_SOURCE/tests/golden/good-netflow9-options-names.hex"
    shows '^total +1201200 '
    says '^nfpeek: --scale: 1 record without a sampling rate, not multiplied$'
    run --sum octets,src "$NFPEEK_SOURCE/tests/golden/good-netflow9-options-names.hex"
    says_not 'sampling rate'
    run -q --scale --sum octets -Y 'octets > 2000' "$NFPEEK_SOURCE/tests/golden/good-netflow9-options-names.hex"
    shows '^1200000 +1$' # what is shown is judged
}

options_data_counts_by_what_it_has ()
{
    names=$NFPEEK_SOURCE/tests/golden/good-netflow9-options-names.hex
    run -q --sum records,in_if "$names"
    shows_not '^- '
    run -q --sum records,kind -T csv "$names"
    shows '^options,'
    run -q --sum records,samplerId -T csv "$names" # which options data announces
    shows '^3,2$'
}

# As elements for both, for each, in the ports of v5, and of a Template that lacks the protocol.
icmp_goes_by_its_type_and_code ()
{
    run -q -T csv -e proto,icmp_type,icmp_code "$NFPEEK_SOURCE/tests/golden/good-ipfix-icmp.hex"
    printf '%s\n' proto,icmp_type,icmp_code 1,3,3 1,8,0 6,, 58,135,0 1,3,3 1,3,3 1,8,0 58,128,0 1,, \
        17,, >expected
    shows_same expected
    run -q -T csv -e icmp_type -Y 'icmp_type == 128 and icmp_code == 0' \
        "$NFPEEK_SOURCE/tests/golden/good-softflowd-icmp.hex"
    shows_lines 2
    for sample in fprobe-v5 softflowd-v5 nfprobe-v9 softflowd-ipfix; do
        run -q --sum packets,icmp_type -T csv -Y icmp_type "$NFPEEK_SOURCE/samples/$sample.pcap"
        shows '^8,3,1$'
        shows '^0,3,1$'
    done
}

# A share of what is infinite is none.
an_infinite_total_has_no_shares ()
{
    run -q --sum absoluteError,src -x '000a0030 6553f100 00000000 00000001 00020010 01000002 00080004 01400004
        01000010 c0000201 7f800000 00000000'
    exits 0
    shows '^192\.0\.2\.1 +INF +- +1$'
}

perform an_infinite_total_has_no_shares icmp_goes_by_its_type_and_code biflows_are_two_flows responders_are_the_other_end_of_initiators \
    ends_are_exchanged_by_their_names what_a_record_has_not_is_not_shown \
    what_is_of_one_direction_alone_is_not_of_the_other running_totals_are_remarked \
    records_without_a_rate_are_remarked values_that_are_wide_stand_in_columns options_data_counts_by_what_it_has \
    the_largest_come_first what_is_alike_has_an_order c_limits_the_rows without_others_there_is_one_total \
    programs_get_rows records_can_be_counted values_have_names_for_people either_end_is_a_group \
    what_a_record_has_not_is_a_group_too y_chooses_what_is_added_up sums_do_not_wrap \
    all_values_of_an_element_are_added names_from_the_wire_are_harmless mistakes_are_said \
    groups_are_bounded a_record_without_room_counts_once
