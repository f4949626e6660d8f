#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -T findings, the letter: letters/ has what is expected of some captures. With NFPEEK_UPDATE=yes in the
# environment it writes what stands there anew.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

letters=$NFPEEK_SOURCE/tests/command/letters

# is_letter NAME: standard output is what letters/NAME.txt has.
is_letter ()
{
    [ -z "${NFPEEK_UPDATE-}" ] || cp out "$letters/$1.txt"
    cmp -s "$letters/$1.txt" out || fail "$(diff -u "$letters/$1.txt" out)"
}

# netflow9 ADDRESS SEQUENCE FLOWSETS: a line for capture.pl: a Message of Source ID 1. Its Count is 1.
netflow9 ()
{
    printf 'src=%s time=%d 00090001 000f4240 6553f100 %08x 00000001 %s\n' \
        "$1" $((1700000000 + $2)) "$2" "$3"
}
flowset9='00000014 01000003 00080004 000c0004 00010004'
records9='01000010 c0000201 c6336401 000004b0'

# ipfix ADDRESS SEQUENCE DOMAIN SETS: the same of an Observation Domain in IPFIX. The Sets have 20 octets.
ipfix ()
{
    printf 'src=%s time=%d 000a0024 6553f100 %08x %08x %s\n' "$1" $((1700000000 + $2)) "$2" "$3" "$4"
}
set10='00020014 01000003 00080004 000c0004 00010008'
records10='01000014 c0000201 c6336401 00000000000004b0'

# One that loses Messages, one without Templates in two domains, one that is broken, one that is healthy.
make_exporters ()
{
    {
        netflow9 192.0.2.1 1 "$flowset9"
        ipfix 192.0.2.4 0 0 "$set10"
        for sequence in 2 3 5 6 7 10; do
            netflow9 192.0.2.1 $sequence "$records9"
        done
        for domain in 5 6; do
            ipfix 192.0.2.2 0 $domain "$records10"
            ipfix 192.0.2.2 1 $domain "0101${records10#0100}"
        done
        netflow9 192.0.2.3 1 "$flowset9 01000002 c0000201 c6336401 000004b0"
        netflow9 192.0.2.3 2 "$records9"
        for sequence in 0 1 2; do
            ipfix 192.0.2.4 $sequence 0 "$records10"
        done
    } | capture "$1"
}

a_single_exporter ()
{
    cp "$NFPEEK_SOURCE/samples/softflowd-v9.pcap" .
    run -T findings softflowd-v9.pcap
    exits 0
    says_nothing
    is_letter softflowd-v9
}

exporters_come_the_worst_first ()
{
    make_exporters x.pcap
    run -T findings x.pcap
    exits 1
    says_nothing
    is_letter exporters
}

lines_are_for_a_terminal ()
{
    make_exporters x.pcap
    run -T findings x.pcap
    ! grep -q '.\{91\}' out || fail 'a line of more than 90 characters'
    ! grep -q ' $' out || fail 'a space at the end of a line'
    cp out plain
    run --color=always -T findings x.pcap
    sed 's/\x1b\[[0-9]*m//g' out >bare
    cmp -s plain bare || fail 'colours change the text'
    grep -q "$(printf '\033')" out || fail 'no colours'
}

# The machine's form has each Template by itself.
json_is_one_object ()
{
    make_exporters x.pcap
    run --json -T findings x.pcap
    exits 1
    says_nothing
    shows_lines 1
    "$PERL" -MJSON::PP -e '
        my $all = decode_json (join "", <STDIN>);
        my @exporters = @{$all->{exporters}};
        my ($broken, $missing, $lossy, $healthy) = @exporters;
        print "$all->{verdict} $all->{messages}\n";
        print "$_->{exporter} $_->{verdict} ", scalar @{$_->{findings}}, "\n" for @exporters;
        print join (",", map { "$_->{code}:$_->{domain}:$_->{template}:$_->{count}" }
            @{$missing->{findings}}), "\n";
        print "$_->{lost}/$_->{of} $_->{unit}\n" for @{$lossy->{losses}};
        my $gap = $lossy->{findings}[0];
        print "$gap->{first}{file} $gap->{first}{packet} $gap->{last}{packet} ",
            "$gap->{last}{offset} $gap->{severity} $gap->{reference}\n";
        print "$gap->{text}\n" if $gap->{meaning} && $gap->{remedy};
        print join (",", map { "$_->{version}/$_->{domain}" } @{$missing->{domains}}), "\n";
        ' <out >got 2>&1
    cat >expected <<'END'
broken 17
192.0.2.3 broken 1
192.0.2.2 undecodable 4
192.0.2.1 lossy 1
192.0.2.4 healthy 0
template-missing:5:256:1,template-missing:5:257:1,template-missing:6:256:1,template-missing:6:257:1
3/10 messages
x.pcap 5 8 12 warning RFC 3954 5.1
1 Message missing before this one, whose sequence number should be 4
10/5,10/6
END
    cmp -s expected got || fail "$(diff expected got)"
}

json_is_for_views_that_have_it ()
{
    make_exporters x.pcap
    for arguments in '' '-T flows' '-V' '-T jsonl' '--sum octets,src'; do
        # shellcheck disable=SC2086 # several words
        run --json $arguments x.pcap
        exits 2
        shows_nothing
        says '^(nfpeek|.*/nfpeek): --json goes with .*-T findings'
    done
}

# Of twelve Messages each is there twice: that is said once, and is no fault.
copies_are_said_once ()
{
    {
        netflow9 192.0.2.1 1 "$flowset9"
        netflow9 192.0.2.1 1 "$flowset9"
        for sequence in 2 3 4 5 6 7 8 9 10 11 12; do
            netflow9 192.0.2.1 $sequence "$records9"
            netflow9 192.0.2.1 $sequence "$records9"
        done
    } | capture x.pcap
    run -T findings x.pcap
    exits 0
    is_letter copies
}

# Three of them are told as what they are.
few_copies_are_a_note ()
{
    {
        netflow9 192.0.2.1 1 "$flowset9"
        for sequence in 2 3 4 5 5 6 7 8 8 9 10 11 11 12; do
            netflow9 192.0.2.1 $sequence "$records9"
        done
    } | capture x.pcap
    run -T findings x.pcap
    shows '^  note sequence-late, 3 times: first in packet 6 '
    shows_not 'is there twice'
}

places_have_their_file ()
{
    netflow9 192.0.2.1 1 "$records9" | capture a.pcap
    netflow9 192.0.2.1 2 "$records9" | capture b.pcap
    run -T findings a.pcap b.pcap
    exits 1
    shows '^  error template-missing, 2 times, Template 256$'
    shows '^    first in a.pcap packet 1 octet 20: no Template 256'
    shows 'last in b.pcap packet 1 octet 20'
}

nobody_knows_who_sent_hex ()
{
    run -T findings -x "$data"
    exits 1
    shows '^1 Message$'
    shows '^an exporter whose address is not known  IPFIX domain 1$'
    shows '^    Message 1 octet 16: no Template 256'
    run -T findings --json -x "$data"
    shows '"exporters":\[\{"verdict":"undecodable"'
    shows '"first":\{"message":1,"offset":16\}'
}

# 192.0.2.1 to 30 lack a Template, 192.0.2.31 to 45 are well.
many_exporters_are_counted ()
{
    {
        for i in $(seq 1 30); do
            netflow9 "192.0.2.$i" 1 "$records9"
        done
        for i in $(seq 31 45); do
            netflow9 "192.0.2.$i" 1 "$flowset9"
            netflow9 "192.0.2.$i" 2 "$records9"
        done
    } | capture x.pcap
    run -T findings x.pcap
    [ "$(grep -c '^  Undecodable: 1 of 1 Data Set has no Template, 12 octets' out)" -eq 25 ] ||
        fail 'not 25 exporters in full'
    shows '^and 5 more exporters with findings: '
    [ "$(grep -c '^192.*  Healthy: 2 Messages decoded, none missing.$' out)" -eq 10 ] ||
        fail 'not 10 healthy ones'
    shows '^and 5 more exporters without findings$'
    [ "$(grep -c 'What to do' out)" -eq 1 ] || fail 'explained more than once'
    run -T findings -Y 'exporter == 192.0.2.44' x.pcap
    exits 0
    shows '^192.0.2.44 '
    shows_not '192.0.2.1 '
}

# The Template of a domain and one of another exporter do not stand for each other.
templates_are_named ()
{
    {
        for i in $(seq 256 266); do
            printf 'src=192.0.2.9 000a001c 6553f100 00000000 00000007 %04x000c 00000001 00000002\n' "$i"
        done
    } | capture x.pcap
    run -T findings x.pcap
    shows 'template-missing, 11 times, Templates 256, 257, 258, 259, 260, 261, 262, 263 and others'
}

what_counts_is_the_users_to_say ()
{
    make_exporters x.pcap
    run -T findings --fail-on=never x.pcap
    exits 0
    run -T findings --ignore template-missing,set-length,template-late --fail-on=warning x.pcap
    exits 1
    shows_not 'template-missing'
    shows '^  warning sequence-gap, 2 times'
    run -T findings --ignore template-missing,set-length,sequence-gap --fail-on=warning x.pcap
    exits 0
    run -T findings --severity sequence-gap=error --ignore template-missing,set-length x.pcap
    exits 1
    shows '^  error sequence-gap, 2 times'
}

only_some_messages ()
{
    make_exporters x.pcap
    run -T findings -c 4 x.pcap
    exits 0
    shows '^4 Messages of 2 exporters'
    run -T findings -Y 'exporter == 192.0.2.1' x.pcap
    shows '^  Lossy: lost 3 Messages\.$'
}

# What is read once shows its letter at the end, and what came late is none of it.
from_a_pipe ()
{
    {
        netflow9 192.0.2.1 1 "$records9"
        netflow9 192.0.2.1 2 "$flowset9"
        netflow9 192.0.2.1 3 "$records9"
    } | capture x.pcap
    through_pipe -T findings -
    exits 0
    shows '^192.0.2.1  NetFlow v9 domain 1'
    shows_not 'template-missing'
    shows '^  Healthy.*3 Messages decoded'
}

without_messages_there_is_no_letter ()
{
    echo 'src=192.0.2.1 dport=53 00010203' | capture x.pcap
    run -T findings x.pcap
    exits 2
    shows_nothing
    says 'no NetFlow or IPFIX Message'
    run -T findings --json x.pcap
    exits 2
    shows '^\{"messages":0,"exporters":\[\]\}$'
}

# Where there is something, the summary says where to read on.
the_summary_knows_the_letter ()
{
    make_exporters x.pcap
    run x.pcap
    shows '^  what is wrong, what to do +[^ ]*nfpeek -T findings x.pcap$'
    printf '%s\n' "$template" "$data" | capture y.pcap
    run y.pcap
    shows_not 'T findings'
}

# A Template of flows (256) and one of options (257: System; sampler, rate) with its data, again and again
# for six minutes; then the same for four.
# Flows that look sampled, and how they are is told behind them: who has all of it knows.
a_rate_that_comes_late_is_told ()
{
    {
        "$PERL" -e 'print $ARGV[0], "0601" x 40, "\n"' \
            '000a0074 6553f100 00000000 00000001 00020010 01000002 00040001 00020001 01000054'
        echo '000a002e 6553f101 00000028 00000001 00030012 012c0002 0001008f 00040022 0004012c 000c0000 00000000 03e8'
    } | capture x.pcap
    for input in file pipe; do
        [ $input = pipe ] || run -T findings x.pcap
        [ $input = file ] || through_pipe -T findings -
        exits 0
        shows_not sampl
        shows 'Healthy'
    done
}

options_data_alone_is_no_flow ()
{
    for minutes in 6 4; do
        n=0
        while [ $n -le $minutes ]; do
            printf 'time=%d 0009000300000000%08x%08x00000001 ' $((1700000000 + 60 * n)) \
                $((1700000000 + 60 * n)) $n
            printf '0000 000c 0100 0001 0001 0004 0001 0018 0101 0004 0008 0001 0004 0030 0002 0032 0004 0000 '
            printf '0101 0010 00000000 0005 00000064 0000\n'
            n=$((n + 1))
        done | capture x.pcap
        run -q -T findings --json x.pcap
        [ $minutes -eq 6 ] || break
        shows '"code":"export-no-data",.*"text":"1 Template of flows in 7 Messages, but options data alone'
    done
    shows_not 'export-no-data'
}

# From a pipe it is not known beforehand that the fifth Message comes, which the sixth overtakes.
a_gap_that_is_filled_is_none ()
{
    echo "$template" >messages
    for sequence in 0 1 2 3 5 4 6 7; do
        echo "${data%%6553f101*}6553f101 0000000$sequence ${data#*00000000 }"
    done >>messages
    capture x.pcap <messages
    for view in findings summary; do
        through_pipe -q -T $view -
        shows 'sequence-late'
        shows_not 'sequence-gap'
    done
    sed '$s/00000007/00000009/' messages | capture x.pcap
    through_pipe -q -T summary -
    shows '^  warning       1  sequence-gap .*packet 9 octet 8: 2 Data Records missing .* should be 7$'
}

# sequence NUMBER...: a line for capture each, of NetFlow v9.
sequence ()
{
    echo "$template9"
    for number in "$@"; do
        echo "$data9" | sed "s/ 00000001 / $(printf %08x "$number") /"
    done
}

# A number of a packet alone is one of the file where the finding is.
packets_of_other_files_are_told_as_such ()
{
    sequence 1 2 3 900000 | capture x.pcap
    { sequence 900001 900002 900003 900004 | sed 1d; echo "$data9" | sed 's/ 00000001 / 000dbba0 /'; } | capture y.pcap
    run -T flows x.pcap y.pcap
    says '^nfpeek: y\.pcap: packet 3: .* 899996 Messages missing before packet 5 of a file before: '
    says '^nfpeek: y\.pcap: packet 5: .* the same Message as in packet 5 of a file before: '
    sequence 1 2 3 900000 900001 900002 900003 900000 | capture x.pcap
    run -T flows x.pcap
    says '899996 Messages missing before packet 5: '
    says 'the same Message as in packet 5: '
}

perform a_single_exporter exporters_come_the_worst_first lines_are_for_a_terminal \
    json_is_one_object json_is_for_views_that_have_it copies_are_said_once few_copies_are_a_note \
    places_have_their_file nobody_knows_who_sent_hex many_exporters_are_counted templates_are_named \
    what_counts_is_the_users_to_say only_some_messages from_a_pipe without_messages_there_is_no_letter \
    the_summary_knows_the_letter packets_of_other_files_are_told_as_such \
    options_data_alone_is_no_flow a_rate_that_comes_late_is_told \
    a_gap_that_is_filled_is_none
