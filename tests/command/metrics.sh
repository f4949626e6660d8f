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

perform counts_are_those_of_stats what_waited_is_not_undecoded every_sample_is_valid \
    no_origin_is_an_empty_label others_may_read_it more_than_ten_thousand_exporters_are_one \
    what_cannot_be_written_is_said_at_once
