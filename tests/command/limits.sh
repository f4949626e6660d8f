#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bounds on what is remembered: more Templates than that are refused, with a finding, and all else
# goes on; --limit changes the bounds, --hold that of what waits for Templates.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# 17 Messages with 8180 Templates each: more than the 100,000 that nfpeek remembers. Each
# Message has another element, so that no Template repeats the one before it. Then data of the last.
make_messages ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        for my $element (1 .. 17) {
            print message (pack ("nn", 2, 4 + 8 * 8180)
                . join "", map { pack "nnnn", $_, 1, $element, 4 } 256 .. 256 + 8179);
        }
        print message (pack "nnN", 256, 8, 1)' >x.dat
}

more_templates_than_the_limit_are_refused ()
{
    make_messages
    run --fail-on=warning -T jsonl x.dat
    exits 1
    [ "$(grep -c 'warning: .*\[limit-reached' err)" -eq 1 ] || fail 'not told once'
    shows_lines 1
    run --fail-on=warning --limit templates=200000 -T jsonl x.dat
    exits 1 # another limit: every Template came without data
    says_not 'limit-reached'
    shows_lines 1
}

# 16,000 fields of length 0 and one of an octet; data of 60,000 octets, each of which would be a
# record of all of them.
a_template_of_empty_fields_is_refused ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        print message (pack ("nnnn", 2, 8 + 4 * 16001, 256, 16001)
            . pack ("nn", 1, 0) x 16000 . pack ("nn", 4, 1));
        print message (pack ("nn", 256, 60004) . "\6" x 60000)' >x.dat
    run --fail-on=warning -T jsonl x.dat
    exits 1
    says 'warning: Template 256 has 16000 fields of length 0: not remembered \[limit-reached'
    shows_nothing
}

# A NetFlow v9 Message of some 40 MiB of text: 16,000 records, each of an octet and of 64 fields
# without one. Its Count is wrong, which is met at its end and belongs to its header; but by then that
# has long been shown: no more than 16 MiB are kept for it.
a_message_of_much_text_is_not_kept ()
{
    "$PERL" -e '
        print pack ("nnNNNN", 9, 1, 0, 1700000000, 1, 1),
            pack ("nnnn", 0, 8 + 4 * 65, 256, 65), pack ("nn", 1, 0) x 64, pack ("nn", 4, 1),
            pack ("nn", 256, 16004), "\6" x 16000' >x.dat
    run -V x.dat
    exits 0
    [ "$(wc -c <out)" -gt 33554432 ] || fail 'that is not much text'
    grep -n '\[message-count' out | cut -d: -f1 >at
    [ "$(wc -l <at)" -eq 1 ] || fail 'the Count is not said to be wrong'
    [ "$(cat at)" -gt 300000 ] || fail 'all of the text was kept until the end of the Message'
}

limits_are_listed ()
{
    run --limit help
    exits 0
    shows '^  domains +25000  '
    shows '^--hold N, 16 '
    run --limit foo=1 x.dat
    exits 2
    says "^nfpeek: --limit wants NAME=N, .*not 'foo=1'; there are domains, templates, .*, groups$"
}

# More domains than the limit: said, and of a file the first ones are decoded.
domains_are_limited ()
{
    "$PERL" -e '
        for my $domain (1 .. 20) {
            print unpack ("H*", pack "nnNNN nnnnnn nnN", 10, 36, 1700000000, 0, $domain,
                2, 12, 256, 1, 1, 4, 256, 8, $domain), "\n";
        }' | capture x.pcap
    run -T jsonl --limit domains=5 --fail-on=warning x.pcap
    says 'limit-reached'
    shows_lines 5
    run -T jsonl --limit domains=20 x.pcap
    says_not 'limit-reached'
    shows_lines 20
}

groups_are_limited ()
{
    printf '%s\n' "$template" "$data" "$(echo "$data" | sed 's/c0000201/c0000202/')" | capture x.pcap
    run --sum octets,src --limit groups=1 x.pcap
    says_not 'wants'
    run --sum octets,src -T csv --limit groups=1 x.pcap
    shows '192\.0\.2\.1'
    shows_not '192\.0\.2\.2'
}

# 2,000 datagrams wait: of 300 octets each, all of them in the default bound and some in 1 MiB.
what_waits_is_bounded ()
{
    "$PERL" -e '
        my $template = pack "nnNNN nnnnnn", 10, 28, 1700000000, 0, 1, 2, 12, 256, 1, 1, 4;
        my $data = pack "nnNNN nn N70", 10, 300, 1700000000, 0, 1, 256, 284, 0 .. 69;
        print unpack ("H*", $_), "\n" for ($data) x 2000, $template' | capture x.pcap
    through_pipe -q -T jsonl -
    exits 0
    shows_lines 140000
    through_pipe -T jsonl --hold 1 -
    exits 1
    says '^nfpeek: error: 5?[0-9]* Data Sets waited for a Template that never came'
    [ "$(wc -l <out)" -gt 70000 ] && [ "$(wc -l <out)" -lt 130000 ] || fail "$(wc -l <out) lines"
    "$PERL" -ne 'exit 1 if /"packet":([0-9]+)/ && $1 < $last; $last = $1' out || fail 'not in order'
    through_pipe -T jsonl --hold 0 -
    exits 1
    shows_nothing
    says 'error: 2000 Data Sets waited for a Template that never came'
    says_not 'held'
}

# What is read once forgets who was longest silent, be it a pipe or a socket; of a file, in which one
# can go back, the newest is not remembered.
a_pipe_forgets_who_was_longest_silent ()
{
    "$PERL" -e '
        sub message {
            my ($domain, $sets) = @_;
            printf "000a%04x6553f100%08x%08x%s\n", 16 + length ($sets) / 2, 0, $domain, $sets;
        }
        my ($template, $data) = ("0002000c0100000100010004", "01000008000004b0");
        message (1, $template);
        for (2 .. 20) {
            message (1, $data);
            message ($_, $template);
            message ($_, $data);
        }
        message (1, $data);
        message (2, $data)' | capture x.pcap
    through_pipe -T jsonl --limit domains=4 -
    for domain in 1 2 20; do
        echo "$(grep -c "\"domain\":$domain," out) of $domain"
    done >counts
    [ "$(tr '\n' ' ' <counts)" = '20 of 1 1 of 2 1 of 20 ' ] || fail "shown: $(tr '\n' ' ' <counts)"
    says 'limit-reached'
    run -q -T jsonl --limit domains=4 x.pcap
    for domain in 1 2 20; do
        echo "$(grep -c "\"domain\":$domain," out) of $domain"
    done >counts
    [ "$(tr '\n' ' ' <counts)" = '20 of 1 2 of 2 0 of 20 ' ] || fail "of a file: $(tr '\n' ' ' <counts)"
}

# peak ARGUMENT...: runs it, with the file in; what it took at most, in MiB, is in $peak.
peak ()
{
    command="nfpeek $*"
    peak=$("$PERL" -e '
        my $pid = open my $out, "-|";
        if (!$pid) { open STDERR, ">", "err"; exec @ARGV }
        my $most = 0;
        while (kill 0, $pid) {
            open my $status, "<", "/proc/$pid/status" or last;
            my ($now) = join ("", <$status>) =~ /^VmHWM:\s+(\d+) kB/m or last;
            $most = $now;
            select undef, undef, undef, 0.02;
        }
        print int ($most / 1024)' "$NFPEEK" "$@" -o /dev/null <in)
}

# has_peak: else the test is skipped.
has_peak ()
{
    if [ ! -r /proc/self/status ] || [ -n "${NFPEEK_UNDER-}" ] ||
        grep -q 'enable_sanitizers.*yes\|fsanitize' "$NFPEEK_BUILD/config.log"; then
        skip 'nothing tells how much memory it takes'
        return 1
    fi
}

# 100,000 datagrams, each with an address, a port, a domain and a Template of its own and with data
# of a Template that never comes: more than any limit. A million take no more.
random_datagrams_fill_no_memory ()
{
    has_peak || return
    "$PERL" -e '
        srand 1;
        sub word { int rand 4294967295 }
        print pack "NnnNNNN", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101; # of bare IP packets
        for my $i (1 .. 100000) {
            my ($id, $n) = (256 + int rand 65000, 2 + int rand 20);
            my $sets = pack ("nnnn", 2, 8 + 4 * $n, $id, $n)
                . pack ("(nn)*", map { (1 + int rand 400, 4) } 1 .. $n)
                . pack ("nn", $id, 4 + 4 * $n) . pack ("N*", map { word } 1 .. $n)
                . pack ("nnN4", 256 + int rand 65000, 20, map { word } 1 .. 4);
            my $message = pack ("nnNNN", 10, 16 + length $sets, 1700000000 + $i / 100, word, word)
                . $sets;
            my $packet = pack ("nnNNNN nnnn", 0x4500, 28 + length $message, 0, 0x40110000, word,
                0xc0000202, 1024 + int rand 60000, 4739, 8 + length $message, 0) . $message;
            print pack ("N4", 1700000000 + $i / 100, 0, length $packet, length $packet), $packet;
        }' >x.pcap
    ln x.pcap in
    for view in stats templates; do
        peak -q -T $view x.pcap
        [ "$peak" -gt 30 ] && [ "$peak" -lt 256 ] || fail "-T $view takes $peak MiB of a file"
    done
    for view in findings templates; do
        rm in
        mkfifo in
        cat x.pcap >in &
        peak -q -T $view --metrics m.prom -
        [ "$peak" -gt 30 ] && [ "$peak" -lt 256 ] || fail "-T $view takes $peak MiB of a pipe"
    done
}

# With -c and --packets it is remembered which Templates are lacking, so as to know how far to learn:
# 270 in each of 1000 datagrams, and none of them comes.
lacking_templates_fill_no_memory ()
{
    has_peak || return
    "$PERL" -e '
        print pack "NnnNNNN", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101; # of bare IP packets
        for my $i (1 .. 1000) {
            my $sets = join "", map { pack "nnC", 256 + $_, 5, 1 } 1 .. 270;
            my $message = pack ("nnNNN", 10, 16 + length $sets, 1700000000, $i, $i) . $sets;
            my $packet = pack ("nnNNNN nnnn", 0x4500, 28 + length $message, 0, 0x40110000,
                0xc0000201, 0xc0000202, 1024, 4739, 8 + length $message, 0) . $message;
            print pack ("N4", 1700000000 + $i, 0, length $packet, length $packet), $packet;
        }' >x.pcap
    : >in
    peak -q -T messages x.pcap
    before=$peak
    for arguments in '-c 1000' '--packets 1-1000'; do
        # shellcheck disable=SC2086 # several words
        peak -q -T messages $arguments x.pcap
        [ "$peak" -lt $((before + 20)) ] || fail "$arguments takes $peak MiB, not $before"
    done
}

# A Message of 20,000 records that lie one behind the other, each of an octet and of 500 fields without
# one: 160 MiB of JSON, of which no more is kept than of other text.
records_that_come_together_fill_no_memory ()
{
    has_peak || return
    "$PERL" -e '
        my $fields = pack ("nn", 4, 1) . join "", map { pack "nnN", 0x8000 | $_, 0, 64512 } 1 .. 500;
        my $sets = pack ("nnnn", 2, 8 + length $fields, 256, 501) . $fields
            . pack ("nn", 256, 20004) . "\6" x 20000;
        print pack ("nnNNN", 10, 16 + length $sets, 1700000000, 0, 1), $sets' >x.dat
    : >in
    peak -q -T messages x.dat
    before=$peak
    for view in jsonl csv; do
        peak -q -T "$view" x.dat
        [ "$peak" -lt $((before + 20)) ] || fail "-T $view takes $peak MiB, not $before"
    done
}

perform a_pipe_forgets_who_was_longest_silent more_templates_than_the_limit_are_refused a_template_of_empty_fields_is_refused \
    a_message_of_much_text_is_not_kept limits_are_listed domains_are_limited groups_are_limited \
    what_waits_is_bounded random_datagrams_fill_no_memory lacking_templates_fill_no_memory \
    records_that_come_together_fill_no_memory
