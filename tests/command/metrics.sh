#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --metrics: counts as a file of OpenMetrics text, beside any view. What it has while nfpeek listens
# is in listen.sh.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

labels='exporter="192.0.2.1",port="40000",version="10",domain="1"'

# has LINE: the file has it; lacks PATTERN.
has () { grep -qxF -- "$1" m.prom || fail "m.prom lacks: $1"; }
lacks () { ! grep -qE -- "$1" m.prom || fail "m.prom has: $1"; }

# is_valid: as OpenMetrics has it, and nothing is left over of its making.
is_valid ()
{
    "$PERL" "$NFPEEK_SOURCE/tests/command/openmetrics.pl" m.prom >wrong || fail "$(cat wrong)"
    [ "$(echo m.prom*)" = m.prom ] || fail "there is more: $(echo m.prom*)"
}

# Two records after the Template at 100 s, the second of which says that two more went before it; an
# exporter without a Template.
make_capture ()
{
    {
        echo "time=1700000100 $template"
        echo "time=1700000101 $data"
        echo "time=1700000130 $(echo "$data" | sed 's/ 00000000 / 00000003 /')"
        echo "src=192.0.2.9 time=1700000131 $data9"
    } | capture x.pcap
}

counts_are_those_of_stats ()
{
    make_capture
    run -q --metrics m.prom -T jsonl x.pcap
    shows_lines 2
    is_valid
    has "nfpeek_messages_total{$labels} 3"
    has "nfpeek_octets_total{$labels} 108"
    has "nfpeek_records_total{$labels,kind=\"flow\"} 2"
    has "nfpeek_records_total{$labels,kind=\"options\"} 0"
    has "nfpeek_lost_total{$labels,unit=\"records\"} 2"
    has "nfpeek_undecoded_octets_total{$labels} 0"
    has "nfpeek_template_age_seconds{$labels,template=\"256\"} 31.000"
    has "nfpeek_last_message_timestamp_seconds{$labels} 1700000130.000"
    other='exporter="192.0.2.9",port="40000",version="9",domain="1"'
    has "nfpeek_data_sets_without_template_total{$other} 1"
    has "nfpeek_undecoded_octets_total{$other} 12"
    has "nfpeek_findings_total{$other,severity=\"error\"} 1"
    has '# UNIT nfpeek_undecoded_octets octets'
    lacks 'dropped'
}

# What was held back for its Template is decoded in the end; what was told by then would stay.
what_waited_is_not_undecoded ()
{
    printf '%s\n' "$data" "$template" | capture x.pcap
    through_pipe -q --metrics m.prom -T jsonl -
    shows_lines 1
    is_valid
    has "nfpeek_undecoded_octets_total{$labels} 0"
    has "nfpeek_octets_total{$labels} 72"
}

# message SET...: a Message of domain 1 with these Sets, in hex without spaces.
message ()
{
    sets=$(echo "$*" | tr -d ' ')
    printf '000a%04x6553f1000000000000000001%s\n' $((16 + ${#sets} / 2)) "$sets"
}

# Sets: Templates 256 to 258; Options Templates 259 and 260; one of each kind; the same the other way.
templates='0002001c 01000001 00080004 01010001 00080004 01020001 00080004'
options='0003001c 01030001 0001 00950004 01040001 0001 00950004 0000'
one_of_each='0002000c 01000001 00080004 0003000e 01030001 0001 00950004'
otherwise='0002000c 01030001 00080004 0003000e 01000001 0001 00950004'

# withdrawn KIND ID...: a Set of withdrawals of Templates (2) or of Options Templates (3).
withdrawn ()
{
    printf '%04x%04x' "$1" $((4 * $#))
    shift
    printf '%04x0000' "$@"
}

# has_ages ID...: of these Templates there is an age, of others none.
has_ages ()
{
    ages=$(sed -n 's/^nfpeek_template_age_seconds.*template="\([0-9]*\)".*/\1/p' m.prom | tr '\n' ' ')
    [ "$ages" = "$*${1:+ }" ] || fail "ages of $ages, not $*"
}

# after MESSAGE...: what comes of them over TCP.
after ()
{
    {
        echo 'seq=1000 flags=S'
        echo "seq=1001 $(echo "$@" | tr -d ' ')"
    } | capture x.pcap
    run -q --metrics m.prom -T stats x.pcap
    is_valid
}

what_is_withdrawn_has_no_age ()
{
    all=$(message "$templates" "$options")
    after "$all"
    has_ages 256 257 258 259 260
    after "$all" "$(message "$(withdrawn 2 257)" "$(withdrawn 3 260 260)")"
    has_ages 256 258 259
    after "$all" "$(message "$(withdrawn 2 257 2 2 258)")" "$(message "$(withdrawn 2 2)")"
    has_ages 259 260
    after "$all" "$(message "$(withdrawn 3 3 259 3)")"
    has_ages 256 257 258
    after "$all" "$(message "$(withdrawn 2 2)")" "$(message "$one_of_each" "$(withdrawn 3 3)")"
    has_ages 256
    after "$(message "$one_of_each")" "$(message "$otherwise" "$(withdrawn 2 2)")"
    has_ages 256
    after "$(message "$one_of_each")" "$(message "$otherwise" "$(withdrawn 3 3)")"
    has_ages 259
    after "$all" "$(message "$(withdrawn 2 2)" "$(withdrawn 3 3)")"
    has_ages
}

# Nor do those of whose transport nothing is known: Templates are withdrawn over TCP and SCTP alone
# (RFC 7011 8.1, 8.4).
withdrawals_over_udp_change_nothing ()
{
    message "$templates" "$options" >all
    for gone in "$(withdrawn 2 257)" "$(withdrawn 2 2)" "$(withdrawn 3 3)" "$(withdrawn 3 259)"; do
        { cat all && message "$gone"; } | capture x.pcap
        run -q --metrics m.prom -T stats x.pcap
        is_valid
        has_ages 256 257 258 259 260
        octets "$(cat all)" "$(message "$gone")" >x.dat
        run -q --metrics m.prom -T stats x.dat
        has_ages 256 257 258 259 260
    done
}

# Ten thousand Templates, and a million withdrawals of all Options Templates: were each Template
# looked at each time, this would take a hundred times as long.
many_withdrawals_are_soon_done ()
{
    "$PERL" -e '
        sub ipfix { pack ("nnNNN", 10, 20 + length $_[1], 1700000000, 0, 1) .
                        pack ("nn", $_[0], 4 + length $_[1]) . $_[1] }
        my ($octets, $first) = ("", 256);
        for (1 .. 2) {
            $octets .= ipfix (2, join "", map { pack "n4", $_, 1, 8, 4 } $first .. $first + 4999);
            $first += 5000;
        }
        $octets .= ipfix (3, pack ("nn", 3, 0) x 16000) for 1 .. 64;
        print "seq=1000 flags=S\n";
        for (my $at = 0; $at < length $octets; $at += 60000) {
            print "seq=", 1001 + $at, " ", unpack ("H*", substr $octets, $at, 60000), "\n";
        }' | capture x.pcap
    run -q --metrics m.prom -T stats x.pcap
    [ "$(grep -c '^nfpeek_template_age_seconds{' m.prom)" -eq 10000 ] || fail 'Templates are gone'
}

every_sample_is_valid ()
{
    for sample in "$NFPEEK_SOURCE"/samples/*.pcap*; do
        run -q --metrics m.prom -T stats "$sample"
        is_valid
    done
}

no_origin_is_an_empty_label ()
{
    octets "$template" "$data" >x.dat
    run -q --metrics m.prom x.dat
    is_valid
    has 'nfpeek_messages_total{exporter="",port="",version="10",domain="1"} 2'
}

others_may_read_it ()
{
    make_capture
    (umask 022 && "$NFPEEK" -q --metrics m.prom x.pcap >out 2>err)
    [ "$(ls -l m.prom | cut -c1-10)" = -rw-r--r-- ] || fail 'not as the umask says'
}

more_than_ten_thousand_exporters_are_one ()
{
    "$PERL" -e '
        for my $domain (1 .. 10002) { print pack "nnNNN", 10, 16, 1700000000, 0, $domain }' >x.dat
    run -q --metrics m.prom -T stats x.dat
    is_valid
    has 'nfpeek_messages_total{exporter="others",port="",version="",domain=""} 2'
}

what_cannot_be_written_is_said_at_once ()
{
    make_capture
    run --metrics nowhere/m.prom -T jsonl x.pcap
    exits 2
    says '^nfpeek: cannot write nowhere/m.prom: No such file or directory$'
    shows_nothing
    run --metrics . x.pcap
    exits 2
    says '--metrics \. is no ordinary file'
    cp x.pcap before.pcap
    run --metrics x.pcap x.pcap
    exits 2
    says '--metrics x.pcap is one of the files to be read'
    cmp -s x.pcap before.pcap || fail 'the capture is gone'
    run --metrics - x.pcap
    exits 2
    run --metrics m.prom -o m.prom x.pcap
    exits 2
    says 'a file of its own'
}

perform counts_are_those_of_stats what_waited_is_not_undecoded what_is_withdrawn_has_no_age \
    withdrawals_over_udp_change_nothing many_withdrawals_are_soon_done every_sample_is_valid \
    no_origin_is_an_empty_label others_may_read_it more_than_ten_thousand_exporters_are_one \
    what_cannot_be_written_is_said_at_once
