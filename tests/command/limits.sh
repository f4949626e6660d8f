#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A bound on what is remembered: more Templates than that are refused, with a finding, and all else
# goes on.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

# 130 Messages with 8180 Templates each: more than the million that nfpeek remembers. Each Message
# has another element, so that no Template repeats the one before it. Then data of the last.
make_messages ()
{
    "$PERL" -e '
        sub message { pack ("nnNNN", 10, 16 + length $_[0], 1700000000, 0, 1) . $_[0] }
        for my $element (1 .. 130) {
            print message (pack ("nn", 2, 4 + 8 * 8180)
                . join "", map { pack "nnnn", $_, 1, $element, 4 } 256 .. 256 + 8179);
        }
        print message (pack "nnN", 256, 8, 1)' >x.dat
}

more_than_a_million_templates_are_refused ()
{
    make_messages
    run --fail-on=warning -T jsonl x.dat
    exits 1
    [ "$(grep -c 'warning: .*\[limit-reached' err)" -eq 1 ] || fail 'not told once'
    shows_lines 1
}

perform more_than_a_million_templates_are_refused
