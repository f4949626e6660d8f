#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the arrival of datagrams tells: clocks that are wrong.

# shellcheck source=tests/command/lib.sh
. "$(dirname -- "$0")/lib.sh"

exported=1700000000 # by the headers of lib.sh

# arriving TIME: shows data that was exported at $exported and arrives then.
arriving ()
{
    printf 'time=%s %s\n' "$1" "$template" | capture x.pcap
    run -T json --fail-on=warning x.pcap
}

clocks_that_are_near_enough ()
{
    for time in $exported $((exported + 300)) $((exported - 300)); do
        arriving "$time"
        exits 0
        shows_not export-time-skew
    done
}

clocks_that_are_wrong ()
{
    arriving $((exported + 301))
    exits 1
    shows '"code":"export-time-skew","severity":"warning","offset":4,"length":4,'
    shows '"text":"exported 5 minutes \(301 s\) before it arrived: the exporter.s clock is behind"'
    arriving $((exported - 86400))
    shows '"text":"exported 1440 minutes \(86400 s\) after it arrived: the exporter.s clock is ahead"'
    printf 'time=%s 000a0010 00000000 00000000 00000001\n' $exported | capture x.pcap
    run -T json x.pcap
    shows '"text":"exported 0 seconds after 1970: the exporter.s clock was never set"'
}

time_zones ()
{
    arriving $((exported - 7199))
    shows '"text":"exported 2 h 0 min after it arrived: the header has local time instead of UTC"'
    arriving $((exported - 19801))
    shows '"text":"exported 5 h 30 min after it arrived: '
    arriving $((exported + 18003))
    shows '"text":"exported 5 h 0 min before it arrived: '
}

the_uptime_is_no_time ()
{
    printf 'time=%s %s\n' $exported '00090000 000f4240 000003e8 00000000 00000001' | capture x.pcap
    run -T json x.pcap
    shows '"offset":8,"length":4,"text":"the header.s UNIX seconds are 1000: they hold the uptime \(1000000 ms\), not the time"'
}

# Times of a capture may count from its start.
captures_without_a_clock ()
{
    for time in 0 86400; do
        arriving $time
        exits 0
        shows_not export-time-skew
    done
    run -T json -x "$template"
    shows_not export-time-skew
}

over_tcp_it_is_the_last_segment ()
{
    capture x.pcap <<END
time=$exported seq=1000 flags=S
time=$exported seq=1001 $(echo "$template" | cut -c1-40)
time=$((exported + 400)) seq=1019 $(echo "$template" | cut -c41-)
END
    run -T json x.pcap
    shows '"code":"export-time-skew".*6 minutes \(400 s\) before'
}

the_letter_says_what_to_do ()
{
    arriving $((exported - 7200))
    run -T findings x.pcap
    shows 'warning export-time-skew, 1 time'
    shows 'What to do: Look at the exporter.s clock'
}

perform clocks_that_are_near_enough clocks_that_are_wrong time_zones the_uptime_is_no_time \
    captures_without_a_clock over_tcp_it_is_the_last_segment the_letter_says_what_to_do
