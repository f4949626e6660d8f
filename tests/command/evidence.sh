#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --evidence: a small capture that shows each finding, as nfpeek itself finds them in it.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

"$PERL" -MJSON::PP -e 1 2>/dev/null || skip_all 'no JSON::PP'

golden=$NFPEEK_SOURCE/tests/golden
corpus=${NFPEEK_CORPUS-$NFPEEK_SOURCE/../shared/corpus}

# collect FILE...: writes e.pcap.
collect ()
{
    run -T messages -o /dev/null --fail-on=never --evidence e.pcap "$@"
}

# shows_the_same FILE...: e.pcap, just written, has the findings that these files have.
shows_the_same ()
{
    "$NFPEEK" -q -T findings --json --fail-on=never "$@" >whole.json
    "$NFPEEK" -q -T findings --json --fail-on=never e.pcap >small.json 2>empty
    "$PERL" "$NFPEEK_SOURCE/tests/command/evidence.pl" whole.json small.json >out
    [ ! -s out ] || fail "the evidence of $* is another"
    says_not 'more only the whole input shows'
}

# has_datagrams N: in e.pcap.
has_datagrams ()
{
    n=$("$NFPEEK" -q -T hex --fail-on=never e.pcap | grep -c '^#')
    [ "$n" -eq "$1" ] || fail "$n datagrams, not $1"
}

# has_finding CODE: in e.pcap.
has_finding ()
{
    "$NFPEEK" -q -T findings --json --fail-on=never e.pcap | grep -q "\"$1\"" ||
        fail "the evidence has no $1"
}

# messages PERL: x.pcap, a capture of what the script prints, with these at hand.
#   $time                           when Messages arrive and are exported
#   ipfix (SEQUENCE, DOMAIN, SET...), v9 (SEQUENCE, UPTIME, SET...)    a Message, for capture.pl
#   tcp (MESSAGE)                   the same in a segment; the connection begins with the first one
#   set (ID, HEX...)                a Set
#   $template, flow (OCTETS, PACKETS)   a Set of Template 256, and a record of it
#   $template9, $flow9              the same in NetFlow v9, without times
messages ()
{
    "$PERL" -e '
        our $time = 1700000000;
        sub set {
            my ($id, @hex) = @_;
            my $content = join ("", @hex) =~ s/ //gr;
            return sprintf "%04x%04x%s", $id, 4 + length ($content) / 2, $content;
        }
        sub ipfix {
            my ($sequence, $domain, @sets) = @_;
            my $content = join "", @sets;
            return sprintf "time=%d 000a%04x%08x%08x%08x%s\n", $time, 16 + length ($content) / 2,
                $time, $sequence, $domain, $content;
        }
        sub v9 {
            my ($sequence, $uptime, @sets) = @_;
            return sprintf "time=%d 0009%04x%08x%08x%08x%08x%s\n", $time, scalar @sets, $uptime,
                $time, $sequence, 7, join "", @sets;
        }
        my $next = 1000;
        sub tcp {
            my ($message) = @_;
            my ($keys, $hex) = split " ", $message;
            my $syn = $next == 1000 ? "$keys flags=S seq=999\n" : "";
            my $line = "$keys seq=$next $hex\n";
            $next += length ($hex) / 2;
            return "$syn$line";
        }
        our $parts = "00080004 000c0004 000a0004 000e0004 00010004 00020004";
        our $template = set (2, "01000009", $parts, "00960004 00970004 00040001");
        our $template9 = set (0, "01000006", $parts);
        our $flow9 = "0a0000010a000002" . "00000001" x 2 . "000003e8" . "00000002";
        sub flow {
            my ($octets, $packets) = @_;
            return sprintf "0a0000010a00000200000001%08x%08x%08x%08x%08x06", 1, $octets // 1000,
                $packets // 2, $time, $time;
        }
        '"$1" >lines
    capture x.pcap <lines
}

each_sample_is_shown_by_its_evidence ()
{
    for sample in "$golden"/bad-*.hex "$golden"/odd-*.hex "$golden"/good-*.hex; do
        collect "$sample"
        shows_the_same "$sample"
    done
}

each_capture_of_an_exporter_is_shown_by_its_evidence ()
{
    for sample in "$NFPEEK_SOURCE"/samples/*.pcap* "$corpus"/*.pcap; do
        [ -e "$sample" ] || continue
        collect "$sample"
        shows_the_same "$sample"
    done
}

one_bad_message_of_a_thousand_is_kept_with_its_template ()
{
    messages 'for (0 .. 1000) {
        $time++;
        print ipfix ($_, 1, $template) if $_ % 100 == 0;
        print ipfix ($_, 1, set (256, $_ == 777 ? flow (1) : flow ())) }'
    collect x.pcap
    exits 0
    says '^nfpeek: e\.pcap: 2 datagrams that show 1 finding$'
    shows_the_same x.pcap
    has_datagrams 2
    has_finding flow-counters
    run -q -T csv -e time,octets --fail-on=never e.pcap
    shows '^2023-11-14T22:26:18\.0*Z,1$'
}

what_has_no_finding_gives_an_empty_capture ()
{
    messages 'print ipfix (0, 1, $template), ipfix (0, 1, set (256, flow ()))'
    collect x.pcap
    exits 0
    says '^nfpeek: e\.pcap: 0 datagrams that show 0 findings: there are none$'
    [ "$(wc -c <e.pcap)" -eq 24 ] || fail 'not only a header'
}

sequence_numbers_need_what_was_before ()
{
    messages 'my $n = 0;
        for (0 .. 400) {
            $time++;
            print ipfix ($n, 1, $template) if $_ % 50 == 0;
            $n += 5 if $_ == 200;
            print ipfix ($n, 1, set (256, flow () . flow ()));
            $n += 2 }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding sequence-gap
    has_datagrams 3
    messages 'my ($n, $late, $start) = (0, "", 0);
        for (0 .. 400) {
            $time++;
            $start = 200000 if $_ == 200;
            $n = 0 if $_ == 300;
            my $line = v9 ($n, $_ * 1000 - $start + 100000, $_ % 40 ? () : $template9,
                           set (256, $flow9));
            $n++;
            $late = $line, next if $_ == 100;
            print $line;
            print $late if $_ == 103;
            print $line if $_ == 150 }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding uptime-reset
    has_finding sequence-reset
    has_finding sequence-late
    has_finding sequence-gap
}

what_is_counted_keeps_enough_messages ()
{
    messages 'my $n = 0;
        for (0 .. 400) {
            $time++;
            print ipfix ($n, 1, $template) if $_ % 50 == 0;
            my $flows = $_ % 3 + 1;
            $n += $flows;
            print ipfix ($n, 1, set (256, flow () x $flows)) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding sequence-unit
    says ': [1-9] datagrams'
    messages 'my @n = (0, 500000);
        print ipfix (0, 1, $template);
        for (0 .. 400) {
            $time++;
            my $i = $_ * 7 % 3 == 1;
            print ipfix ($n[$i]++, 1, set (256, flow ())) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding exporter-shared
    messages 'print ipfix (0, 1, $template);
        for (0 .. 400) { $time++; print ipfix ($_, 1, set (256, flow (1000, 1))) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding sampling-absent
    has_datagrams 32
    messages 'for (0 .. 400) { $time += 10; print ipfix (0, 1, $template) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding export-no-data
    has_datagrams 2
}

templates_over_time_need_those_before ()
{
    messages 'my $other = set (2, "01000001 00080004");
        for (0 .. 200) {
            $time++;
            print ipfix ($_, 1, $_ % 2 ? $other : $template);
            print ipfix ($_, 1, set (256, $_ % 2 ? "0a000001" : flow ())) }'
    collect x.pcap
    shows_the_same x.pcap
    says ': [45] datagrams'
    messages 'for (0 .. 500) {
            $time++;
            my $n = $_ < 450 ? $_ / 50 % 2 : $_ % 2;
            print ipfix ($_, 1, set (2, "01000001", $n ? "00080004" : "000c0004"));
            print ipfix ($_, 1, set (256, "0a000001")) }'
    collect --ignore template-lacks x.pcap
    has_finding template-changed
    says ': 5 datagrams that show 2 findings'
    messages 'for (0 .. 600) {
            $time += 60;
            print ipfix ($_, 1, $template) if $_ < 300 && $_ % 10 == 0;
            print ipfix ($_, 1, set (256, flow ())) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding template-interval
    has_datagrams 4
    messages 'for (0 .. 100) {
            $time++;
            print "sport=100", $_ % 3, " ", $_ == 50 ? ipfix (50, 1, $template)
                                                     : ipfix ($_, 1, set (256, flow ())) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding template-foreign
    has_finding template-late
}

withdrawals_are_kept_where_findings_hang_on_them ()
{
    messages '
        my $withdrawal = set (2, "01000000");
        for (0 .. 9) {
            print tcp (ipfix ($_, 1, $template, set (256, flow ())));
            print tcp (ipfix ($_ + 1, 1, $withdrawal)) }
        print tcp (ipfix (10, 1, set (256, flow ())));
        print tcp (ipfix (11, 1, $template, set (256, flow (1))))'
    collect x.pcap
    shows_the_same x.pcap
    has_finding template-missing
    has_finding flow-counters
    says ': [2-5] datagrams'
}

# The exporter says what an element is, and how it samples, long before.
options_data_is_kept_where_findings_hang_on_it ()
{
    messages '
        print ipfix (0, 1, set (3, "012c 0004 0002 015a0004 012f0002 01530001 0155ffff"));
        print ipfix (0, 1, set (300, "0000270f 0005 0d 03 616263"));
        print ipfix (1, 1, set (2, "0100 0001 80050004 0000270f"));
        for (1 .. 300) {
            $time++;
            print ipfix ($_, 1, set (256, $_ == 200 ? "ff616263" : "61626364")) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding value-encoding
    has_datagrams 4
    messages '
        print ipfix (0, 1, set (3, "0101 0002 0001 00300001 00320004"),
                     set (2, "01000007", $parts, "00300001"));
        for (0 .. 300) {
            $time++;
            print ipfix ($_ * 2, 1, set (257, "01", sprintf "%08x", 10 + ($_ > 150)),
                         set (256, $flow9, $_ < 250 ? "01" : "02")) }'
    collect x.pcap
    shows_the_same x.pcap
    has_finding sampler-unknown
    says ': [23] datagrams that show 1 finding'
    messages '
        print ipfix (0, 1, set (3, "0101 0002 0001 00900004 00220004"), set (257, "00000001 0000000a"));
        for (0 .. 300) {
            $time++;
            print ipfix (1, 1, set (2, "01000007", $parts, "00300001")) if $_ == 100;
            print ipfix ($_ - 100, 1, set (256, $flow9, "03"), $_ == 300 ? set (299, "00") : ())
                if $_ > 100 }'
    collect x.pcap
    shows_the_same x.pcap
    says ': 3 datagrams that show 1 finding'
}

fragments_and_streams_are_kept ()
{
    messages 'print ipfix (0, 1, $template);
        print ipfix (0, 1, set (256, flow () x 3)) =~ s/^/fragment=32 without=2 /r'
    collect x.pcap
    shows_the_same x.pcap
    has_finding fragment-incomplete
    {
        echo "flags=S seq=999"
        echo "seq=1000 $template"
        echo "seq=1036 $data"
        echo "seq=1080 $data"
        echo "seq=1116 000a00140000000000000002000000010002000801000000"
    } | capture x.pcap
    collect x.pcap
    shows_the_same x.pcap
    has_finding stream-gap
}

what_is_ignored_or_not_chosen_is_no_evidence ()
{
    messages 'for (1, 2) { print ipfix (0, $_, $template) }
        for (1, 2) { print ipfix (0, $_, set (256, flow (1))), ipfix (1, $_, set (299, "00")) }'
    collect x.pcap
    says '6 datagrams that show 4 findings'
    shows_the_same x.pcap
    collect --ignore flow-counters x.pcap
    says '2 datagrams that show 2 findings'
    collect -Y 'domain == 2' x.pcap
    says '3 datagrams that show 2 findings'
    collect --packets 3 x.pcap
    says '2 datagrams that show 1 finding'
    has_finding flow-counters
    collect --to 2023-11-14T22:13 x.pcap
    exits 2
    says '0 datagrams'
    collect -q x.pcap
    says_nothing
}

a_pipe_gives_the_same_as_a_file ()
{
    messages 'for (0 .. 300) {
        print ipfix ($_, 1, $template) if $_ % 100 == 50;
        print ipfix ($_, 1, set (256, flow ($_ == 3)), set (299, "00")) }'
    collect x.pcap
    through_pipe -T summary --fail-on=never --evidence p.pcap -
    exits 0
    cmp -s e.pcap p.pcap || fail 'it is another'
    run -T messages -o view --fail-on=never --evidence - x.pcap
    mv out p.pcap
    cmp -s e.pcap p.pcap || fail 'it is another on standard output'
    [ -s view ] || fail 'there is no view'
}

where_it_cannot_be_written_nothing_is_done ()
{
    messages 'print ipfix (0, 1, $template)'
    cp x.pcap y.pcap
    run --evidence x.pcap x.pcap
    exits 2
    says '--evidence x\.pcap is one of the files to be read'
    shows_nothing
    cmp -s x.pcap y.pcap || fail 'the input is changed'
    run --evidence none/e.pcap x.pcap
    exits 2
    says 'cannot write none/e\.pcap'
    run --evidence - x.pcap
    exits 2
    says 'with --evidence - the view must go elsewhere'
    run -w y.pcap --evidence y.pcap x.pcap
    exits 2
    says 'both write to y\.pcap'
    run --evidence
    exits 2
    says '--evidence requires an argument'
}

# An error that quotes no more than the ports is about who exported before.
errors_of_icmp_are_kept ()
{
    messages '
        print "src=192.0.2.1 ", ipfix ($_, 1, set (2, $template), set (256, flow (1000, 2))), "\n" for 0 .. 200;
        print "src=192.0.2.1 icmp=3,3 quote=28 ", ipfix (201, 1, set (256, flow (1000, 2))), "\n";
        print "src=192.0.2.1 ", ipfix ($_, 1, set (256, flow (1000, 2))), "\n" for 201 .. 300;
    '
    collect x.pcap
    shows_the_same x.pcap
    has_finding collector-unreachable
    [ "$("$NFPEEK" -q -T json --fail-on=never e.pcap | wc -l)" -le 4 ] || fail 'it is not small'
}

# Without the first fragment it is who exports to whom that tells; where that is more than one
# exporting process or domain, two Messages do.
what_has_no_first_fragment_is_kept ()
{
    for keys in '' 'src=2001:db8::1 dst=2001:db8::9 ' 'sport=9999 dport=7777 '; do
        for ways in 'print "KEYS", ipfix ($_, 1, $template, set (256, flow (1000, 2)))' \
            'print "KEYS", ipfix ($_ >> 1, $_ % 2, $template, set (256, flow (1000, 2)))' \
            'print "KEYSsport=", 1000 + $_ % 2, " ", ipfix ($_ >> 1, 1, $template, set (256, flow (1000, 2)))'; do
            for lost in 'without=1 ' 'without=1 fragment=32 '; do
                # with either or both: where there is no last fragment nobody knows how long it was
                messages "$(echo "for (0 .. 99) { $ways =~ s/sport=\\d+ (?=sport)//r }
                    print 'KEYSfragment=48 $lost', ipfix (50, 1, set (256, flow (1000, 2) x 4)) =~ s/fragment=48 (?=.*fragment)//r;" |
                    sed "s/KEYS/$keys/g")"
                collect x.pcap
                shows_the_same x.pcap
                has_finding fragment-incomplete
            done
        done
    done
    # and is written as it came by -w, and without its octets
    run -q -T json -w y.pcap e.pcap
    run -q -T findings y.pcap
    shows 'fragment-incomplete, 1 time'
}

# Checksums are evidence, too: they are written as they came.
checksums_are_kept ()
{
    messages '
        print "src=192.0.2.1 ", ipfix ($_, 1, set (2, $template), set (256, flow (1000, 2))), "\n" for 0 .. 20;
        print "src=192.0.2.1 udpsum=1234 ", ipfix (21, 1, set (256, flow (1000, 2))), "\n";
    '
    collect x.pcap
    shows_the_same x.pcap
    has_finding datagram-checksum
    has_datagrams 2
}

# Another run, over less, meets none of the limits of this one.
what_only_all_of_the_input_shows_is_told ()
{
    for domain in 1 2 3; do
        echo "$template" | sed "s/ 00000001 / 0000000$domain /"
    done | capture x.pcap
    run -T messages --limit domains=2 --evidence e.pcap x.pcap
    exits 0
    says '^nfpeek: e\.pcap: 0 datagrams that show 0 findings; 3 more only the whole input shows: limit-reached$'
}

perform what_only_all_of_the_input_shows_is_told each_sample_is_shown_by_its_evidence each_capture_of_an_exporter_is_shown_by_its_evidence \
    one_bad_message_of_a_thousand_is_kept_with_its_template \
    what_has_no_finding_gives_an_empty_capture sequence_numbers_need_what_was_before \
    what_is_counted_keeps_enough_messages templates_over_time_need_those_before \
    withdrawals_are_kept_where_findings_hang_on_them \
    options_data_is_kept_where_findings_hang_on_it fragments_and_streams_are_kept \
    errors_of_icmp_are_kept what_has_no_first_fragment_is_kept checksums_are_kept \
    what_is_ignored_or_not_chosen_is_no_evidence a_pipe_gives_the_same_as_a_file \
    where_it_cannot_be_written_nothing_is_done
