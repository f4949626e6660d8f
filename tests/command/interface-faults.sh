#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# -i with what a system can do to a program: calls that are interrupted or refused, clocks that go wrong,
# signals at every call.

# shellcheck source=tests/command/interface.sh
. "$(dirname -- "$0")/interface.sh"
# shellcheck source=tests/command/with-faults.sh
. "$NFPEEK_SOURCE/tests/command/with-faults.sh"

captures () { wait_until file_has "$1.err" '^nfpeek: capturing on lo' || fail "$1: $(cat "$1.err")"; }

# What goes by is shown and written by each of them, and nothing else. (libpcap does not expect that the
# calls with which it sets a filter are interrupted, as they do not wait.)
faults_change_nothing_of_what_goes_by ()
{
    make_capture
    run -q -T csv -e src,dst,octets x.pcap
    cp out expected
    i=0
    for what in eintr=6 'eintr=7 short=3' short=0; do
        i=$((i + 1))
        begin_faulty "c$i" "$what" -i lo -T csv -e src,dst,octets -w "w$i.pcap"
        eval "process$i=$begun"
    done
    for i in 1 2 3; do
        captures "c$i"
    done
    inject x.pcap
    for i in 1 2 3; do
        wait_until cmp -s "c$i.out" expected || fail "c$i: not all is shown"
        eval "over c$i \$process$i INT"
        exits 0
        says '^nfpeek: packets captured: 5; Messages: 5; records decoded: 3; '
        says_not 'CRITICAL|WARNING'
        [ -e "c$i.mark" ] || fail "c$i: there was no fault"
        run -q -T csv -e src,dst,octets "w$i.pcap"
        shows_same expected
    done
}

# Packets bring their own time, and what waits goes by the time since the system began.
clocks_that_go_wrong_keep_nothing_from_ending ()
{
    make_capture
    for course in back still leap; do
        begin_faulty "$course" "clock=$course" -i lo --for 2s --every 1s -T summary --metrics "m$course"
        eval "process_$course=$begun"
    done
    for course in back still leap; do
        captures "$course"
    done
    inject x.pcap
    for course in back still leap; do
        eval "over $course \$process_$course"
        exits 0
        says '^nfpeek: packets captured: 5; Messages: 5; '
        says_not 'CRITICAL|WARNING'
        [ -e "$course.mark" ] || fail "$course: there was no fault"
    done
}

# At every call until it waits, while it waits, and while it ends, all at the same time.
a_signal_at_any_call_ends_capturing ()
{
    calls='1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30'
    n_late=0
    for signal in 2 15; do
        for n in $calls; do
            begin_faulty "s$signal.$n" "raise=$signal:$n" -i lo --for 1s -T jsonl -o "o$signal.$n" \
                -w "w$signal.$n" --metrics "m$signal.$n"
            eval "process${signal}_$n=$begun"
        done
    done
    for signal in 2 15; do
        for n in $calls; do
            eval "over s$signal.$n \$process${signal}_$n"
            command="nfpeek -i lo with raise=$signal:$n"
            is_capture "w$signal.$n" || fail 'what is written is no capture'
            ended $signal || { [ "$status" -eq 2 ] && grep -q 'packets captured: 0;' err; } ||
                fail "exit status $status"
            ended $signal || [ ! -e "s$signal.$n.mark" ] || n_late=$((n_late + 1))
        done
    done
    [ $n_late -gt 0 ] || fail 'no signal was caught'
}

perform faults_change_nothing_of_what_goes_by clocks_that_go_wrong_keep_nothing_from_ending \
    a_signal_at_any_call_ends_capturing
