#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A bound on what is remembered: more Templates than that are refused, with a finding, and all else
# goes on.

. "$NFPEEK_SOURCE/tests/command/lib.sh"

# Templates of one field that are different from Message to Message, 8189 in each of 130 Messages:
# more than the million that nfpeek remembers. Then data of the first.
make_capture ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        for my $n (1 .. 130) {
            my $set = pack "nn", 2, 4 + 8 * 8180;
            $set .= pack "nnnn", $_, 1, $n, 4 for 256 .. 256 + 8179;
            print message ($set);
        }
        print message (pack "nnN", 256, 8, 1)' >x.dat
}

more_than_a_million_templates_are_refused ()
{
    make_capture
    run -T jsonl x.dat
    exits 0
    says 'warning: .*\[limit-reached'
    [ "$(grep -c limit-reached err)" -eq 1 ] || fail 'not told once'
    shows_lines 1
    run -T json x.dat
    [ "$(grep -c '"code":"limit-reached"' out)" -eq 1 ] || fail 'not told once in -T json'
    run --fail-on=warning -q -T jsonl x.dat
    exits 1
}

perform more_than_a_million_templates_are_refused
