#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A bound on what is remembered: more Templates than that are refused, with a finding, and all else
# goes on.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# 65 Messages with 8180 Templates each: more than the half million that nfpeek remembers. Each
# Message has another element, so that no Template repeats the one before it. Then data of the last.
make_messages ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        for my $element (1 .. 65) {
            print message (pack ("nn", 2, 4 + 8 * 8180)
                . join "", map { pack "nnnn", $_, 1, $element, 4 } 256 .. 256 + 8179);
        }
        print message (pack "nnN", 256, 8, 1)' >x.dat
}

more_than_half_a_million_templates_are_refused ()
{
    make_messages
    run --fail-on=warning -T jsonl x.dat
    exits 1
    [ "$(grep -c 'warning: .*\[limit-reached' err)" -eq 1 ] || fail 'not told once'
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

perform more_than_half_a_million_templates_are_refused a_template_of_empty_fields_is_refused \
    a_message_of_much_text_is_not_kept
